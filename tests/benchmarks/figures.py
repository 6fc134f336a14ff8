"""What the measured runs come to: medians, ratios, growth, goals, and how they are printed."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import linear_regression, median, median_low
from typing import Any

Run = dict[str, Any]
Measured = dict[tuple[int, str], list[Run]]
ENGINES = {
    "scipy": "SciPy",
    "flow": "with OR-Tools",
    "ortools": "(a) OR-Tools",
    "ortools_flow": "(a+) its max flow",
    "dense": "(b) dense",
}
OURS, FLOWS = ("scipy", "flow"), ("ortools", "ortools_flow")
STAGES = ("gather", "assign", "prove", "ties", "places", "explain", "check")
ASKED = {"a place or request": "changes", "a pause": "pause", "a mentor who leaves": "mentor leaves"}
"""Changes that are asked about, and under which name a run keeps their seconds."""
GROWS_FROM, PEOPLE = 1_000, 500


def median_run(runs: list[Run]) -> Run:
    """Return the run whose total is the median, so that its stages add up."""
    middle = median_low(run["total"] for run in runs)
    return next(run for run in runs if run["total"] == middle)


def ratios(found: Measured, size: int, one: str, other: str) -> list[float]:
    """Return the totals of one over those of another, of runs made in turn; none when not measured."""
    pairs = zip(found.get((size, one), []), found.get((size, other), []), strict=False)
    return [left["total"] / right["total"] for left, right in pairs]


def ratio(found: Measured, size: int, one: str, other: str) -> float | None:
    """Return the median of `ratios`."""
    return median(every) if (every := ratios(found, size, one, other)) else None


def exponent(found: Measured, engine: str, part: str) -> float | None:
    """Return the slope of log(seconds or memory) in log(eligible pairs); None with fewer than two sizes."""
    points = []
    for (size, who), runs in found.items():
        run = median_run(runs)
        figure = run["seconds"].get(part, run.get(part, 0.0))
        if who == engine and size >= GROWS_FROM and figure > 0:
            points.append((math.log(run["pairs"]), math.log(figure)))
    return linear_regression(*zip(*points, strict=True)).slope if len(points) > 1 else None


def solving(found: Measured, size: int, ours: str) -> float | None:
    """Return what we take to assign and prove over what the faster of OR-Tools' two forms takes to assign: a median."""
    runs = [found.get((size, engine), []) for engine in (ours, *FLOWS)]
    every = [
        (one["seconds"]["assign"] + one["seconds"]["prove"]) / min(a["seconds"]["assign"], b["seconds"]["assign"])
        for one, a, b in zip(*runs, strict=False)
    ]
    return median(every) if every else None


def goals(found: Measured, small: Measured) -> list[list[str]]:
    """Return each goal with what was measured, and whether it was met."""
    rows, sizes = [], sorted({size for size, _ in found})
    for size in [size for size in sizes if size >= 3_000]:
        rows += _judged(f"assign and prove over the faster rival's solve at {size:,}", fast(solving, found, size), 1.0)
    rows += _judged("our total over that of (a+) at 1,000", fast(ratio, found, 1_000, other="ortools_flow"), 2.0)
    over = {"scipy": ratio(found, 10_000, "scipy", "ortools")}
    rows += _judged("our total over that of the slower rival at 10,000", over, 2.0)
    for rounds, words in ((1, "one round"), (3, "its three rounds")):
        over = {ours: ratio(small, PEOPLE, f"mentor-match {rounds}", ours) for ours in OURS}
        rows += _judged(f"(c) with {words} over our total", over, least=100)
    rows += _judged(
        "exponent of the total in eligible pairs", {ours: exponent(found, ours, "total") for ours in OURS}, 1.1
    )
    for name, kind in ASKED.items():
        figures = {ours: changes(found, 3_000, ours, kind) for ours in OURS}
        rows += _judged(f"seconds to say what comes of {name}, at 3,000", figures, 0.05)
    largest = found.get((100_000, "flow"), [])
    rows += _judged("seconds at 100,000", {"flow": max((run["total"] for run in largest), default=None)}, 60)
    return rows + _judged("peak GB at 100,000", {"flow": max((run["peak"] / 1000 for run in largest), default=None)}, 4)


def fast(figure: Callable[..., float | None], found: Measured, size: int, **more: str) -> dict[str, float | None]:
    """Return a figure of ours with the extra."""
    return {"flow": figure(found, size, "flow", **more)}


def changes(found: Measured, size: int, ours: str, kind: str) -> float | None:
    """Return the median of the seconds that a change of a kind took to be answered."""
    every = [seconds for run in found.get((size, ours), []) for seconds in run[kind]]
    return median(every) if every else None


def _judged(
    goal: str, figures: dict[str, float | None], most: float = math.inf, least: float = -math.inf
) -> list[list[str]]:
    """Return a row for each of our engines."""
    limit = f"at most {most:g}" if most < math.inf else f"at least {least:g}"
    return [
        [goal, ENGINES[ours], limit, "-", "not measured"]
        if figure is None
        else [goal, ENGINES[ours], limit, seconds(figure), "met" if least <= figure <= most else "missed"]
        for ours, figure in figures.items()
    ]


def seconds(value: float) -> str:
    """Write seconds, or any positive number, with three significant digits, thousands apart."""
    if value <= 0:
        return "-"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(value)))}f}"


def table(title: str, heads: list[str], rows: list[list[str]]) -> None:
    """Print aligned columns: numbers to the right, words to the left."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    words = [any(row[i][:1].isalpha() or row[i][:1] == "(" for row in rows) for i in range(len(heads))]
    print(f"\n{title}")
    for row in [heads, ["-" * width for width in widths], *rows]:
        cells = (x.ljust(w) if left else x.rjust(w) for x, w, left in zip(row, widths, words, strict=True))
        print("  ".join(cells).rstrip())
