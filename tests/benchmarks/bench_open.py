"""What a user waits for: a large campaign folder to open, the shipped one to be drawn, and help to appear."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import territory
from benchmarks.bench import Row, timed
from benchmarks.worlds import world, write


def rows() -> Iterator[Row]:
    """Seconds by themselves: no peer does this. Each is the fastest of three, with files and bytecode warm."""
    with tempfile.TemporaryDirectory() as name:
        page = str(Path(name) / "page.html")
        yield Row("territory --help, whole process", _process("--help"), None, 0.2)
        yield Row("territory render, shipped campaign, whole process", _process("render", "-o", page), None, 2.5)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield Row("  its peak memory", peak, None, 400, "MB")
        folder = write(world("W3"), Path(name) / "w3")
        seconds, opened = timed(lambda: territory.open(folder), times=3)
        size = f"{len(opened.campaign.places):,} places, {len(opened.campaign.events):,} records"
        yield Row("territory.open, W3 as a folder", seconds, None, 5, note=size)


def _process(*words: str) -> float:
    """Seconds from start to end of a command."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    spent = []
    for _ in range(4):  # the first one warms files and bytecode
        start = perf_counter()
        subprocess.run([sys.executable, "-m", "territory", *words], env=env, check=True, stdout=subprocess.DEVNULL)
        spent.append(perf_counter() - start)
    return min(spent[1:])
