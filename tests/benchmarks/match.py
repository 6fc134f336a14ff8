"""make bench: how long a round takes, by stage, and against others; every figure from a process of its own."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import (
    ASKED,
    ENGINES,
    OURS,
    PEOPLE,
    STAGES,
    Measured,
    exponent,
    goals,
    median_run,
    ratios,
    seconds,
    solving,
    table,
)
from tests.benchmarks.shapes import SHAPES

ROOT = Path(__file__).resolve().parents[2]
SIZES = (300, 1_000, 3_000, 10_000, 30_000, 100_000)
SHAPED = (300, 3_000, 30_000)
DENSE_UP_TO, THRICE_UP_TO = 3_000, 10_000
MENTOR_MATCH = ("mentor-match 1", "mentor-match 3")


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.match", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="R", help="numbers of requests")
    parser.add_argument("--shaped", type=int, nargs="*", default=SHAPED, metavar="R", help="the same for other shapes")
    parser.add_argument("--runs", type=int, help=f"runs of each (by default 3 up to {THRICE_UP_TO:,} requests, then 1)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every run there")
    return parser.parse_args()


def one(engine: str, *arguments: int | str) -> dict[str, Any]:
    """Measure once, in a new process."""
    command = [sys.executable, "-m", "tests.benchmarks.runs", engine, *map(str, arguments)]
    print(f"  {' '.join(command[3:])}", end=" ", file=sys.stderr, flush=True)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    print(f"{figures['total']:.3f} s", file=sys.stderr)
    return figures


def sized(sizes: list[int], runs: int | None, *shape: str) -> Measured:
    """Measure every engine at every size, in turn and each time another first, so that load hits all alike."""
    found: Measured = {}
    for size in sizes:
        engines = [engine for engine in ENGINES if engine != "dense" or (size <= DENSE_UP_TO and not shape)]
        for turn in range(runs or (3 if size <= THRICE_UP_TO else 1)):
            for engine in engines[turn % len(engines) :] + engines[: turn % len(engines)]:
                found.setdefault((size, engine), []).append(one(engine, size, *shape))
        objectives = {engine: found[size, engine][0]["objective"] for engine in engines}
        same = len({tuple(objective) for objective in objectives.values()}) == 1
        assert same, f"at {size} requests the objectives differ: {objectives}"
    return found


def among_500(runs: int | None) -> Measured:
    """Measure us and mentor-match on the same 500 requests and 500 mentors."""
    found: Measured = {}
    for _ in range(runs or 3):
        for engine in (*OURS, *MENTOR_MATCH):
            found.setdefault((PEOPLE, engine), []).append(one(engine, PEOPLE, PEOPLE))
    return found


def show_stages(found: Measured) -> None:
    """Print seconds by stage and memory, of the run whose total is the median."""
    rows = []
    for (size, engine), runs in found.items():
        run = median_run(runs)
        stages = [seconds(run["seconds"][stage]) for stage in STAGES]
        memory = f"{run['peak']:,.0f}", f"{run['before']:,.0f}"
        rows.append([f"{size:,}", f"{run['pairs']:,}", ENGINES[engine], *stages, seconds(run["total"]), *memory])
    heads = ["requests", "eligible pairs", "pairs by", *STAGES, "total", "peak MB", "before"]
    table("Seconds by stage; memory at its peak, and before the round with the company made up", heads, rows)


def show_instances(found: Measured) -> None:
    """Print what was solved, and that all agree."""
    rows = []
    for size in sorted({size for size, _ in found}):
        run = found[size, "scipy"][0]
        matched, value = run["objective"]
        figures = [size, run["mentors"], run["places"], run["pairs"], matched]
        rows.append([*(f"{figure:,}" for figure in figures), f"{value / 1e6:,.6f}"])
    heads = ["requests", "mentors", "places", "eligible pairs", "matched", "value"]
    table("Rounds; every engine came to the same objective (asserted)", heads, rows)


def show_ratios(found: Measured) -> None:
    """Print our total over that of each rival, the median over paired runs with the least and most; and the solves."""

    def spread(every: list[float]) -> list[str]:
        return [f"{x:.2f}" for x in (median(every), min(every), max(every))] if every else ["-"] * 3

    rows = []
    for size in sorted({size for size, _ in found}):
        for ours in OURS:
            rivals = ("ortools", "ortools_flow", "dense")
            totals = [figure for rival in rivals for figure in spread(ratios(found, size, ours, rival))]
            rows.append([f"{size:,}", ENGINES[ours], f"{solving(found, size, ours) or 0:.2f}", *totals])
    spans = [x for rival in ("(a)", "(a+)", "(b)") for x in (f"over {rival}", "least", "most")]
    title = "Ours over theirs: assign and prove over the faster flow's solve; totals, median and range of runs in turn"
    table(title, ["requests", "pairs by", "solve", *spans], rows)


def show_changes(found: Measured) -> None:
    """Print how long a change that is asked about takes, beside the solve that it saves."""
    rows = []
    for size in sorted({size for size, _ in found}):
        for ours in OURS:
            stages = [run["seconds"] for run in found[size, ours]]
            solved = median(1000 * sum(run[stage] for stage in ("assign", "prove", "ties", "places")) for run in stages)
            for name, change in ASKED.items():
                every = [1000 * x for run in found[size, ours] for x in run[change]]
                figures = (seconds(x) for x in (median(every), max(every), solved))
                rows.append([f"{size:,}", ENGINES[ours], name, *figures])
    heads = ["requests", "pairs by", "change", "median", "most", "a solve"]
    table("What if: milliseconds a change; who pauses or leaves has most juniors", heads, rows)


def show_growth(found: Measured) -> None:
    """Print by which power of the eligible pairs time and memory grow, from 1,000 requests up."""
    parts = [*STAGES, "total", "peak"]
    rows = []
    for engine, name in ENGINES.items():
        slopes = [exponent(found, engine, part) for part in parts]
        rows.append([name, *("-" if x is None else f"{x:.2f}" for x in slopes)])
    table("Growth: exponent in eligible pairs, least squares from 1,000 requests up", ["pairs by", *parts], rows)


def show_mentor_match(found: Measured) -> None:
    """Print the same 500 requests and 500 mentors by us and by mentor-match, in its own terms."""
    names = {**ENGINES, "mentor-match 1": "(c) mentor-match, one round", "mentor-match 3": "(c) its three rounds"}
    total = {engine: median(run["total"] for run in runs) for (_, engine), runs in found.items()}
    rows = []
    for engine, spent in total.items():
        times = [f"{spent / total[ours]:,.1f}" if engine in MENTOR_MATCH else "-" for ours in OURS]
        rows.append([names[engine], seconds(spent), *times])
    used = f"mentor-match {version('mentor-match')} on munkres {version('munkres')}"
    heads = ["by", "seconds", *(f"times {ENGINES[ours]}" for ours in OURS)]
    table(f"{PEOPLE} requests and {PEOPLE} mentors: {used}", heads, rows)


def show_shapes(sizes: list[int], runs: int | None) -> dict[str, Measured]:
    """Measure and print the other shapes."""
    found = {shape: sized(sizes, runs, shape) for shape in SHAPES} if sizes else {}
    for shape, measured in found.items():
        print(f"\n=== {shape}: {(SHAPES[shape].__doc__ or '').strip()}")
        for show in (show_instances, show_stages, show_ratios, show_changes):
            show(measured)
    return found


def main() -> None:
    """Measure and print everything."""
    asked = options()
    loading = one("loading")["total"]
    small = among_500(asked.runs)
    found = sized(sorted(asked.sizes), asked.runs)
    for show in (show_instances, show_stages, show_ratios, show_growth, show_changes):
        show(found)
    print(f"\nNot in the totals: OR-Tools loads in {seconds(loading)} s, once per process.")
    show_mentor_match(small)
    shapes = show_shapes(sorted(asked.shaped), asked.runs)
    table("Goals", ["goal", "pairs by", "asked", "measured", "outcome"], goals(found, small))
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "ortools"))
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {packages}")
    if asked.json:
        asked.json.write_text(json.dumps({"loading": loading, "runs": every_run(found, small, shapes)}, indent=1))


def every_run(found: Measured, small: Measured, shapes: dict[str, Measured]) -> dict[str, Any]:
    """Return every run by what was measured."""
    runs = {f"{engine} {size}": figures for (size, engine), figures in found.items()}
    runs.update({f"{engine} {size} x {size}": figures for (size, engine), figures in small.items()})
    for shape, measured in shapes.items():
        runs.update({f"{engine} {size} {shape}": figures for (size, engine), figures in measured.items()})
    return runs


if __name__ == "__main__":
    main()
