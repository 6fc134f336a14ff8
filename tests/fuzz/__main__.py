"""Ask the service 20,000 odd things on both databases: `make fuzz`, or python -m tests.fuzz --help.

No answer may be a fault, hold a trace, or take three seconds; nothing may happen by a form without its token.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.benchmarks.figures import table
from tests.fuzz.running import Told, fuzz


def report(all_told: list[Told]) -> None:
    """Print what was asked and what came back."""
    rows = []
    for told in all_told:
        for name in dict.fromkeys(name for name, _ in told.asked):
            counts = [told.asked[name, f"{hundred}xx"] for hundred in (2, 3, 4, 5)]
            rows.append([told.kind, name, str(sum(counts)), *map(str, counts)])
        counts = [sum(n for (_, kind), n in told.asked.items() if kind == f"{hundred}xx") for hundred in (2, 3, 4, 5)]
        rows.append([told.kind, "all", str(sum(counts)), *map(str, counts)])
    table("answers by who asked", ["database", "who", "requests", "2xx", "3xx", "4xx", "5xx"], rows)
    rows = []
    for told in all_told:
        figures = [told.routes, told.reached, told.forms, sum(told.asked.values()), len(told.faults)]
        rows.append([told.kind, *map(str, figures), f"{told.slowest[0][0]:.2f}", f"{told.seconds:.0f}"])
    heads = ["database", "doors", "reached", "forms", "requests", "faults", "slowest s", "whole s"]
    table(f"seed {all_told[0].seed}", heads, rows)
    rows = []
    for told in all_told:
        crawled = told.crawled
        rows.append([told.kind, *map(str, (crawled.tried, crawled.refused, crawled.inside, len(crawled.faults)))])
    table("doors with the ids of others", ["database", "tried", "refused", "allowed", "crossed"], rows)
    table("slowest", ["s", "what"], [[f"{s:.2f}", line] for told in all_told for s, line in told.slowest])
    for told in all_told:
        for fault in told.faults[:200]:
            print(f"{told.kind}: {fault}")


def main() -> int:
    """Fuzz both databases at once, half of the requests each; the exit code tells whether all went well."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="how many, over both databases")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--only", type=int, help="the number of one request, to be sent once more")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    given = parser.parse_args()
    count = given.requests // len(given.databases)
    with ProcessPoolExecutor(len(given.databases), get_context("spawn")) as pool:
        sent = [pool.submit(fuzz, kind, count, given.seed, given.only) for kind in given.databases]
        all_told = [each.result() for each in sent]
    report(all_told)
    return int(any(told.faults for told in all_told))


if __name__ == "__main__":
    sys.exit(main())
