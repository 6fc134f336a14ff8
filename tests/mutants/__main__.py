"""Break the code on purpose and see whether a test notices: `make mutants`, or python -m tests.mutants --help.

Each mutant changes one thing in one line and gets the tests that reach its function, until one fails. Nothing is
written into the tree. A map of who reaches what is kept in build/mutants; drawing it takes half an hour the first time,
and after that only the folders whose tests changed are drawn anew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.figures import table
from tests.house import ROOT
from tests.mutants.choosing import gathered, mark, sample
from tests.mutants.equivalents import equivalents
from tests.mutants.mutations import SLY
from tests.mutants.running import KILLED, LATE, SURVIVED, UNREACHED, Task, written
from tests.mutants.scope import files

KEPT = ROOT / "build" / "mutants"
LEFT_OUT = ("benchmarks", "browser", "faults", "fuzz", "golden", "house", "mutants", "parts", "pictures", "supply")
"""Folders without tests, of what is slow, or of what the tree looks like."""
EXAMPLES = """examples:
  python -m tests.mutants 300 --seed 7
  python -m tests.mutants 40 --files mentorship/rounds/holding.py mentorship/base/outbox.py
"""


def main() -> int:
    """Try a sample; the exit code tells whether no mutant survived."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutants",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("count", type=int, nargs="?", default=30, help="how many, of all files")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int, default=90, help="seconds for a mutant; one that takes longer is killed")
    parser.add_argument("--files", nargs="+", type=Path, metavar="FILE", help="of these alone")
    parser.add_argument(
        "--map", choices=("renew", "as-it-is"), default="renew", help="what to do with a map that is old"
    )
    given = parser.parse_args()

    if given.map == "renew":
        draw_maps(given.workers)
    reach = gathered(KEPT / "reach")
    known = equivalents()
    asked = [one for one in sample(given.files or files(), given.count, given.seed) if one.key not in known]
    tasks = [Task(mutant, reach.of(mutant.file, mutant.function), given.limit) for mutant in asked]
    started = time.monotonic()
    outcomes = tried(tasks, given.workers)
    report(tasks, outcomes, given.count - len(asked), f"seed {given.seed}, {time.monotonic() - started:.0f} s")
    return int(any(outcome in (SURVIVED, UNREACHED) for outcome, _ in outcomes))


def draw_maps(workers: int) -> None:
    """Draw the map of each folder of tests that changed since."""
    folders = [folder for folder in sorted((ROOT / "tests").iterdir()) if any(folder.glob("test_*.py"))]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(draw_map, [folder for folder in folders if folder.name not in LEFT_OUT]))


def draw_map(folder: Path) -> None:
    """Draw the map of a folder of tests, unless it is as it was."""
    path, kept, now = KEPT / "reach" / f"{folder.name}.json", KEPT / f"{folder.name}.mark", mark(folder)
    if path.exists() and kept.exists() and kept.read_text() == now:
        return
    print(f"drawing the map of {folder.name}", file=sys.stderr)
    path.unlink(missing_ok=True)
    words = ["-p", "tests.mutants.reach", "--reach", str(path), "-k", "not postgresql", "-m", "not long"]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *words, f"tests/{folder.name}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if path.exists():
        kept.write_text(now)


def tried(tasks: list[Task], workers: int) -> list[tuple[str, str]]:
    """Return what became of each mutant, and by which test."""
    with tempfile.TemporaryDirectory() as name:
        shares = [Share(Path(name) / str(number), tasks, number, workers) for number in range(workers)]
        for share in shares:
            share.process.wait()
        told = [outcome for share in shares for outcome in share.told()]
    return [(outcome, by) for _, outcome, by in sorted(told)]


class Share:
    """A process that tries every so manieth mutant."""

    def __init__(self, stem: Path, tasks: list[Task], number: int, workers: int) -> None:
        self._numbers = range(number, len(tasks), workers)
        self._told = stem.with_suffix(".told")
        own = [tasks[each] for each in self._numbers]
        stem.with_suffix(".tasks").write_text(written(own))
        paths = sorted({test.split("::")[0] for task in own for test in task.tests})
        told = ["--mutants", str(stem.with_suffix(".tasks")), "--told", str(self._told)]
        words = ["-m", "pytest", "-q", "-k", "not postgresql", "-p", "tests.mutants.running", *told, *paths]
        self._log = stem.with_suffix(".log")
        with self._log.open("w") as log:
            self.process = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)

    def told(self) -> list[tuple[int, str, str]]:
        """Return number, outcome and test of each; stops with what pytest said when it could not try them."""
        lines = self._told.read_text().splitlines() if self._told.exists() else []
        if len(lines) < len(self._numbers):
            sys.exit(self._log.read_text()[-3000:])
        rows = [json.loads(line) for line in lines]
        return [(self._numbers[row["number"]], row["outcome"], row["by"]) for row in rows]


def report(tasks: list[Task], outcomes: list[tuple[str, str]], equivalent: int, title: str) -> None:
    """Print a row a file, then each survivor."""
    counts = Counter((task.mutant.file, outcome) for task, (outcome, _) in zip(tasks, outcomes, strict=True))
    rows = []
    for file in dict.fromkeys(task.mutant.file for task in tasks):
        dead = counts[file, KILLED] + counts[file, LATE]
        left = counts[file, SURVIVED] + counts[file, UNREACHED]
        rows.append([file, str(dead + left), str(dead), str(left)])
    table(title, ["file", "tried", "killed", "survived"], rows)
    for task, (outcome, _) in zip(tasks, outcomes, strict=True):
        if outcome in (SURVIVED, UNREACHED):
            print(f"{outcome} ({len(task.tests)} tests): {task.mutant} [{task.mutant.function}]")
    sly = [(task, outcome) for task, (outcome, _) in zip(tasks, outcomes, strict=True) if task.mutant.kind in SLY]
    print(f"\nkilled {share([outcome for outcome, _ in outcomes])}; of the sly ones {share([each for _, each in sly])}")
    print(f"left out because they change nothing that can be noticed: {equivalent}")


def share(outcomes: list[str]) -> str:
    """Say how many were killed, of how many."""
    dead = sum(outcome in (KILLED, LATE) for outcome in outcomes)
    return f"{dead} of {len(outcomes)}" + (f" ({100 * dead / len(outcomes):.0f} %)" if outcomes else "")


if __name__ == "__main__":
    sys.exit(main())
