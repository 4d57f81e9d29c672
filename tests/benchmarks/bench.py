"""The benches side by side: each bench_*.py in a process of its own, one table of ratios, outputs/bench.md.

A bench is a module with a function ``rows()`` that yields Row after Row; ours and the peer's are measured in one run,
because absolute times drift from machine to machine and ratios hold. Run all with ``make bench``, or some with
``python tests/benchmarks/bench.py cube``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OUTPUT = ROOT / "outputs" / "bench.md"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Parameters
    ----------
    name : str
        What was done, on which world.
    ours, peer : float or None
        Measured, in ``unit``; peer is None where only ``ours`` has an aim.
    aim : float
        The least ratio peer / ours; without a peer the most that ours may be.
    note : str
        How the peer was measured, where it was sampled.
    """

    name: str
    ours: float
    peer: float | None
    aim: float
    unit: str = "s"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the peer needs what we need."""
        return None if self.peer is None else self.peer / self.ours

    @property
    def met(self) -> bool:
        """Whether the aim is reached."""
        return self.ours <= self.aim if self.ratio is None else self.ratio >= self.aim

    def cells(self) -> list[str]:
        """The row as it is printed."""
        if self.ratio is None:
            peer, ratio, aim = "", "", f"at most {self.aim:g} {self.unit}"
        else:
            peer, ratio, aim = f"{self.peer:.4g} {self.unit}", f"{self.ratio:,.1f}", f"{self.aim:,g}"
        return [self.name, f"{self.ours:.4g} {self.unit}", peer, ratio, aim, "yes" if self.met else "NO", self.note]


def timed(do: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Seconds of the fastest of some runs, and what the last one gave."""
    best, result = float("inf"), None
    for _ in range(times):
        result = None
        gc.collect()
        start = perf_counter()
        result = do()
        best = min(best, perf_counter() - start)
    return best, result


def main(names: list[str]) -> int:
    """Run the benches whose names are given, or all, and write the table; 1 where a bench broke."""
    found = sorted(path.stem for path in HERE.glob("bench_*.py"))
    wanted = [one for one in found if not names or one.removeprefix("bench_") in names]
    rows, broken = [], []
    for module in wanted:
        print(f"{module} ...", file=sys.stderr, flush=True)
        rows_of = _rows_of(module)
        broken += [module] if rows_of is None else []
        rows += rows_of or []
    table = _table([row.cells() for row in rows])
    print(table)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(f"# Ratios in one run of `make bench`\n\n{table}\n", encoding="utf-8")
    for module in broken:
        print(f"{module} broke; its message stands above.", file=sys.stderr)
    return 1 if broken else 0


def _rows_of(module: str) -> list[Row] | None:
    path = os.pathsep.join([str(ROOT), str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    words = [sys.executable, str(HERE / "bench.py"), "--rows-of", module]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True, check=False)
    rows = [Row(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    return rows if done.returncode == 0 else None


def _table(rows: list[list[str]]) -> str:
    head = ["name", "ours", "peer", "ratio", "aim", "met", "note"]
    width = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    ruled = [head, ["-" * size for size in width], *rows]
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(row, width, strict=True)) + " |" for row in ruled)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rows-of"]:
        for one in importlib.import_module(f"benchmarks.{sys.argv[2]}").rows():
            print(json.dumps(asdict(one)), flush=True)
    else:
        sys.exit(main(sys.argv[1:]))
