"""The build hook: when it builds, with which Node, and what it says when it cannot."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
CAMPAIGN_FILES = [
    path for toml in ROOT.glob("geodata/*/campaign.toml") for path in toml.parent.rglob("*") if path.is_file()
]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def player(hook: ModuleType, tmp_path: Path) -> Path:
    """A player with one source, and its built assets, one second younger."""
    built = [(2, f"built/{name}") for name in hook.BUILT]
    for at, name in [(1, "player/package.json"), (1, "player/src/player.js"), *built]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")
        os.utime(path, (at, at))
    return tmp_path / "player"


def test_assets_younger_than_their_sources_are_fresh(hook, player):
    assert not hook.stale(player, player.parent / "built")


def test_a_missing_asset_is_stale(hook, player):
    (player.parent / "built" / "player.css").unlink()
    assert hook.stale(player, player.parent / "built")


def test_an_asset_older_than_one_source_is_stale(hook, player):
    os.utime(player / "src" / "player.js", (3, 3))
    assert hook.stale(player, player.parent / "built")


def test_packages_younger_than_their_lock_are_not_installed_again(hook, player):
    (player / "package-lock.json").write_text("{}", encoding="utf-8")
    assert not hook.packages_installed(player)
    (player / "node_modules").mkdir()
    (player / hook.PACKAGES).write_text("{}", encoding="utf-8")
    assert hook.packages_installed(player)


def test_a_machine_without_node_is_told_what_to_do(hook, player, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(hook.BuildError, match="needs Node 20 or later with npm, and PATH has none"):
        hook.build(player, player.parent / "built")


def test_an_old_node_counts_as_none(hook, tmp_path, monkeypatch):
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.19.0\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hook.node_on_path() is None


def test_a_command_that_fails_is_quoted_with_advice(hook, tmp_path, monkeypatch):
    says = [sys.executable, "-c", "print('E404 no such package'); raise SystemExit(3)", "ci"]
    with pytest.raises(hook.BuildError) as caught:
        hook.run(says, tmp_path, "install the player's packages")
    message = str(caught.value)
    assert f"`npm ci` in {tmp_path} ended with code 3" in message
    assert "E404 no such package" in message
    assert "npm config list" in message


def test_a_folder_without_a_player_is_named(hook, tmp_path):
    with pytest.raises(hook.BuildError, match=r"package\.json is missing"):
        hook.build(tmp_path, tmp_path)


def test_every_folder_with_a_campaign_goes_into_the_wheel(hook, tmp_path):
    for name in ("geodata/yser-1914/campaign.toml", "geodata/aleppo-2016/campaign.toml", "geodata/notes/README.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.touch()
    assert hook.campaigns(tmp_path) == {
        "geodata/aleppo-2016": "territory/geodata/aleppo-2016",
        "geodata/yser-1914": "territory/geodata/yser-1914",
    }


def test_the_wheel_carries_page_assets_and_every_campaign(hook, tmp_path):
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    for wanted in (
        "territory/py.typed",
        *(f"territory/render/assets/built/{name}" for name in hook.BUILT),
        *(f"territory/{path.relative_to(ROOT).as_posix()}" for path in CAMPAIGN_FILES),
    ):
        assert wanted in names
    assert not [name for name in names if "node_modules" in name or name.startswith("territory/player/")]


def test_the_lock_files_name_no_registry():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text


def test_the_lock_files_hold_every_requirement():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    for lock, wanted in {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": [*project["project"]["dependencies"], *groups["dev"]],
        "requirements-node.lock": groups["node"],
    }.items():
        locked = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        names = {re.match(r"[\w.-]+", requirement)[0].lower() for requirement in wanted}
        assert names <= locked, f"{lock} is behind pyproject.toml: make lock"


@pytest.mark.skipif(shutil.which("make") is None, reason="no make in PATH; as root: apt-get install make")
def test_make_alone_lists_the_targets():
    said = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for target in ("demo", "test", "lint", "format", "lock", "build", "clean"):
        assert f"make {target} " in said
