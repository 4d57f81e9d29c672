"""Compare what two checkouts of this project give a user, to show that a refactoring changed nothing.

Runs the command line of both checkouts (``.venv/bin/territory`` of each) on the shipped campaign and prints one line
for each thing compared: the page's data, stills, GeoJSON, tables, the cube, answers in words, and screenshots of the
page in headless Chromium. No module of either checkout is imported, so names inside may differ. Exit code 0: nothing
differs but what is expected to; 1: something does, and both sides' files are kept in outputs/compare; 2: it could not
be run. Run ``make compare WITH=../other``, after ``make venv`` in the other checkout (``make lint``, for the cube), or

    .venv/bin/python tests/compare.py ../other --only stats --expect stats:fronts:columns
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.chromium import browser
from differences import (
    SAME,
    SHOWN,
    SIDES,
    Answer,
    by_cells,
    by_columns,
    by_data_block,
    by_json,
    by_lines,
    by_pixels,
    short,
)

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "outputs" / "compare"
DAYS = ("2015-03-01", "2015-03-28", "2015-04-24", "2015-04-25", "2015-05-28", "2015-09-09", "2015-11-30")
QUESTIONS = {
    "idlib": ("Idleb", "2015-03-28"),
    "jisr-al-shughur": ("Jisr al-Shughur", "2015-04-24"),
    "ariha": ("أريحا", "2015-05-28"),
    "abu-al-duhur": ("Abu al-Duhur", "2015-09-09"),
}
SUBJECTS = ("areas", "units", "evidence", "fronts", "turnover")
ROUTE = ("route", "idlib-2015", "Ariha", "Jisr al-Shughur", "--actor", "government", "--contested")
PAGE = (("render", "-o", "page.html"), "page.html")
PICTURES = {**{day: f"date={day}" for day in DAYS}, "arabic": "date=2015-04-25&lang=ar"}
PICTURES["dark"] = "date=2015-04-25&theme=dark"
VIEW = {"width": 1280, "height": 860}
# A page is at rest when it looks the same after so many milliseconds. Pictures that differ are taken again, slower.
REST_MS = (300, 1500)
LOOKS = 20
MISSING = "not installed here"  # in what a checkout says where packages for the cube are missing

Compare = Callable[[bytes, bytes], Answer]


@dataclass(frozen=True)
class Thing:
    """One thing that both checkouts make with the same words; ``file`` is what they write, else it is printed."""

    name: str
    compare: Compare
    words: tuple[str, ...]
    file: str = ""


@dataclass(frozen=True)
class Checkout:
    """A checkout, and the temporary folder in which its commands are run."""

    root: Path
    folder: Path

    @cache  # noqa: B019 (two checkouts a run)
    def make(self, words: tuple[str, ...], file: str) -> tuple[bytes, str]:
        """What a command writes or prints, and the last line of its complaint if it fails."""
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        env |= {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONUTF8": "1"}
        command = [str(self.root / ".venv" / "bin" / "territory"), *words]
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, check=False)
        if done.returncode != 0:
            lines = [line for line in done.stderr.decode().splitlines() if any(map(str.isalnum, line))]
            return b"", lines[-1] if lines else f"exit code {done.returncode}"
        if file and not (self.folder / file).is_file():
            return b"", f"it wrote no {file}"
        return (self.folder / file).read_bytes() if file else done.stdout, ""


def things() -> Iterator[Thing]:
    """Everything that is compared, pictures aside."""
    yield Thing("page:data", by_data_block, *PAGE)
    for day in DAYS:
        yield Thing(f"still:{day}", by_lines, ("still", "--on", day, "-o", f"{day}.svg"), f"{day}.svg")
    for day in DAYS:
        yield Thing(f"export:{day}", by_json, ("export", "--on", day, "-o", f"{day}.geojson"), f"{day}.geojson")
    for subject in SUBJECTS:
        words = ("stats", "--of", subject, "--format", "csv")
        yield Thing(f"stats:{subject}", by_cells, words)
        yield Thing(f"stats:{subject}:columns", by_columns, words)
    for name, (place, day) in QUESTIONS.items():
        yield Thing(f"why:{name}", by_lines, ("why", "idlib-2015", place, "--on", day))
    yield Thing("route", by_lines, (*ROUTE, "--on", "2015-04-24"))
    yield Thing("check", by_lines, ("check",))
    yield Thing("evaluate", by_lines, ("evaluate",))
    yield Thing("cube", by_json, ("cube", "-o", "cube.zarr", "--resolution", "2000"), "cube.zarr/MANIFEST.json")


def compared(thing: Thing, sides: tuple[Checkout, Checkout]) -> Answer:
    """Let both checkouts make a thing, at once, and compare."""
    with ThreadPoolExecutor(len(sides)) as pool:
        made = list(pool.map(lambda side: side.make(thing.words, thing.file), sides))
    faults = {side: fault for side, (_, fault) in zip(SIDES, made, strict=True) if fault}
    said = "; ".join(f"{side}: {short(fault, 2 * SHOWN)}" for side, fault in faults.items())
    if any(MISSING in fault for fault in faults.values()):
        return "not compared", f"{said} (make lint in that checkout installs it)"
    return ("failed", said) if faults else thing.compare(made[0][0], made[1][0])


# Pictures ----------------------------------------------------------------------------------------


def pictured(names: list[str], sides: tuple[Checkout, Checkout]) -> Iterator[tuple[str, Answer]]:
    """Both pages in one Chromium, pixel for pixel, a picture at a time."""
    if not names:
        return
    faults = [side.make(*PAGE)[1] for side in sides]
    with browser() as chromium:
        for name in names:
            if any(faults):
                yield name, ("not compared", "a page is missing")
            elif chromium is None:
                yield name, ("not compared", "no Chromium here: as root, apt-get install chromium")
            else:
                yield name, picture(chromium, name.partition(":")[2], sides)


def picture(chromium: Any, name: str, sides: tuple[Checkout, Checkout]) -> Answer:
    """One picture of both pages; what differs must still do so when the pages were given more time."""
    from playwright.sync_api import Error

    shots = [side.folder / f"picture-{name}.png" for side in sides]
    answer = SAME
    for rest in REST_MS:
        for side, shot in zip(sides, shots, strict=True):
            address = f"{(side.folder / PAGE[1]).as_uri()}#{PICTURES[name]}"
            try:
                shot.write_bytes(screenshot(chromium, address, rest))
            except Error as error:
                return "failed", f"{side.folder.name}: {short(str(error).splitlines()[0])}"
        answer = by_pixels(*shots)
        if answer == SAME:
            break
    return answer


def screenshot(chromium: Any, address: str, rest: int) -> bytes:
    """The page as it looks when it no longer changes. Any: a browser of Playwright, which is imported late."""
    context = chromium.new_context(viewport=VIEW, reduced_motion="reduce", color_scheme="light", offline=True)
    try:
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("() => window.territory")
        page.evaluate("() => document.fonts.ready.then(() => null)")
        last, shot = b"", bytes(page.screenshot())
        for _ in range(LOOKS):
            if shot == last:
                break
            page.wait_for_timeout(rest)
            last, shot = shot, bytes(page.screenshot())
        return shot
    finally:
        context.close()


# The run -----------------------------------------------------------------------------------------


def main() -> int:
    """Compare, print a line for each thing, and say in the exit code whether something differs that should not."""
    plan = {thing.name: thing for thing in things()}
    names = [*plan, *(f"picture:{name}" for name in PICTURES)]
    parser, asked = arguments(names)
    names = [name for name in names if not asked.only or _among(name, asked.only)]
    start, counts, surprises = time.monotonic(), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        here, there = (
            checkout(root, Path(folder, side), parser) for root, side in zip((ROOT, asked.other), SIDES, strict=True)
        )
        sides = (here, there)
        answers = ((name, compared(plan[name], sides)) for name in names if name in plan)
        pictures = pictured([name for name in names if name not in plan], sides)
        for name, (word, how) in chain(answers, pictures):
            expected = _among(name, asked.expect)
            if word in ("differs", "failed"):
                how = f"as expected: {how}" if expected else how
                surprises += [] if expected else [name]
            elif expected:
                how = f"though expected to differ; {how}".rstrip("; ")
            counts[word] += 1
            print(f"{name:<{max(map(len, names))}}  {word:<12}  {how}".rstrip(), flush=True)
        shutil.rmtree(KEPT, ignore_errors=True)
        if surprises:
            shutil.copytree(folder, KEPT)
    said = ", ".join(f"{count} {word}" for word, count in counts.items())
    print(f"\n{said}; {time.monotonic() - start:.0f} s.")
    if surprises:
        print(f"Not expected to differ: {', '.join(surprises)}. Both sides' files are in {KEPT.relative_to(ROOT)}.")
    return 1 if surprises else 0


def arguments(names: list[str]) -> tuple[argparse.ArgumentParser, argparse.Namespace]:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("other", type=Path, help="the other checkout")
    for option, text in (("--expect", "this may differ"), ("--only", "compare this alone")):
        parser.add_argument(option, action="append", default=[], metavar="NAME", help=f"{text}; may be given again")
    asked = parser.parse_args()
    for name in (*asked.expect, *asked.only):
        if not any(_among(one, [name]) for one in names):
            groups = ", ".join(dict.fromkeys(one.partition(":")[0] for one in names))
            parser.error(f"nothing compared is called {name!r}: it is one of {groups}, or as stats:fronts, say.")
    return parser, asked


def checkout(root: Path, folder: Path, parser: argparse.ArgumentParser) -> Checkout:
    """The checkout, if what its .venv runs is its own: a .venv that was copied runs the one it comes from."""
    root = root.resolve()
    folder.mkdir()
    if not (root / ".venv" / "bin" / "territory").exists():
        parser.error(f"{root} has no .venv/bin/territory; run make venv there.")
    program = [str(root / ".venv" / "bin" / "python"), "-c", "import territory; print(territory.__file__)"]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    found = subprocess.run(program, cwd=folder, env=env, capture_output=True, text=True, check=False).stdout.strip()
    if not found or not Path(found).resolve().is_relative_to(root):
        parser.error(f"{root}/.venv runs {found or 'no territory'}; remove that .venv and run make venv there.")
    return Checkout(root, folder)


def _among(name: str, chosen: list[str]) -> bool:
    return any(name == one or name.startswith(f"{one}:") for one in chosen)


if __name__ == "__main__":
    sys.exit(main())
