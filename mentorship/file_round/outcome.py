"""One match round from a folder of files, solved and verified, as plain values for a machine, a terminal and a page."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from mentorship.base.i18n import N_, gettext
from mentorship.file_round import places
from mentorship.file_round.facts import facts
from mentorship.file_round.solved import Row, Solved
from mentorship.hr_import.reading.files import read_directory
from mentorship.hr_import.reading.rules import check as check_export
from mentorship.hr_import.reading.sheets import shown
from mentorship.hr_import.report import Report
from mentorship.matching import SCALE, STEPS, check, quality, solve
from mentorship.programme.models import Programme
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.gather import Terms, gather
from mentorship.rounds.words import COMPETITION, FUNNEL, STOPPED

STAGES = {
    "read": N_("Reading requests and places"),
    "gather": N_("Finding and scoring eligible pairs"),
    "assign": N_("Looking for the best pairs"),
    "prove": N_("Proving that none are better"),
    "ties": N_("Choosing between equally good pairs"),
    "places": N_("Finding out what one more place would bring"),
    "explain": N_("Explaining the pairs"),
    "check": N_("Checking the outcome again"),
}
"""What is told of the stages, in their order; some are those of `solve`."""
FUNNEL_STEPS = (*STEPS, "floor")
"""The keys of a funnel: the rules in their order, and a score at or above the floor."""
Told = Callable[[str, float], None]
Outcome = dict[str, Any]


def run(directory: Path, terms: Terms, seed: int, told: Told, *, take_outflow: bool = False) -> Outcome:
    """Return the proved best round of the files in a directory; raise `Refused` when they cannot be an export.

    `told` is called with each of `STAGES` and its share done.
    """
    told("read", 0.0)
    export = check_export(read_directory(directory), take_outflow=take_outflow)
    found = facts(export, Programme().hours_per_pair)
    told("read", 1.0)
    told("gather", 0.0)
    gathered = gather(found.records, terms)
    told("gather", 1.0)
    result = solve(gathered.problem, seed, progress=told)
    solved = Solved(
        export,
        found,
        terms,
        gathered,
        result,
    )
    outcome = {
        "folder": shown(directory.resolve().name),
        "terms": _terms(terms, seed, take_outflow),
        **_explained(solved, told),
    }
    told("check", 0.0)
    check(gathered.problem, result)
    told("check", 1.0)
    return outcome


def _terms(terms: Terms, seed: int, take_outflow: bool) -> Row:
    return {
        "weights": dict(terms.weights),
        "floor": terms.floor,
        "spread": terms.spread,
        "unmatched_cost": terms.unmatched_cost,
        "seed": seed,
        "with_outflow": take_outflow,
    }


def _explained(solved: Solved, told: Told) -> Outcome:
    problem = solved.gathered.problem
    result = solved.result
    report = Report.of(solved.export).to_json()
    return {
        "status": result.status,
        "objective": list(result.objective),
        "bound": list(result.bound),
        "input_hash": solved.gathered.input_hash,
        "quality": quality(problem, result).as_dict(),
        "pairs": _pairs(solved, told),
        "unmatched": _unmatched(solved),
        "bottlenecks": places.short(solved),
        "places_that_help": places.that_help(solved),
        "domains": places.by_domain(solved),
        "mentors": places.by_mentor(solved),
        "files": report["files"],
        "files_missing": report["files_missing"],
        "set_aside": report["set_aside"],
        "filled": report["filled"],
        "columns_not_taken": report["columns_not_taken"],
    }


def _pairs(solved: Solved, told: Told) -> list[Row]:
    """Return the pairs with their parts, the lowest score first: those want a look."""
    edges = solved.gathered.problem.edges
    explainer = Explainer(
        solved.gathered,
        solved.facts.records,
        solved.terms,
        solved.facts.domains,
    )
    mentor = solved.result.mentor
    chosen = np.flatnonzero(mentor[edges.request] == edges.mentor).tolist()
    told("explain", 0.0)
    found = []
    for number, edge in enumerate(chosen, start=1):
        explanation = explainer.explain(edge)
        found.append(
            {
                **solved.junior(int(edges.request[edge])),
                **solved.mentor(int(edges.mentor[edge])),
                "score": int(edges.score[edge]) / SCALE,
                "parts": explanation["parts"],
                "known": explanation["known"],
                "remote": explanation["remote"],
                "needs": explanation["needs"],
                "meeting": explanation["meeting"],
            }
        )
        told("explain", number / len(chosen))
    return sorted(found, key=itemgetter("score", "junior"))


def _unmatched(solved: Solved) -> list[Row]:
    """Return the requests nobody was found for, each with its funnel and the honest reason."""
    mentor = solved.result.mentor
    edges = solved.gathered.problem.edges
    above_floor = np.bincount(edges.request, minlength=len(mentor))
    found = []
    for row in np.flatnonzero(mentor < 0).tolist():
        counts = solved.gathered.counts(row, solved.gathered.eligible.funnel)
        counts.append(int(above_floor[row]))
        found.append(
            {
                **solved.junior(row),
                "funnel": dict(zip(FUNNEL_STEPS, counts, strict=True)),
                **_stopped(counts),
            }
        )
    return sorted(found, key=itemgetter("domain", "junior"))


def _stopped(counts: list[int]) -> Row:
    """Return the rule that left no mentor, and the reason in words; without such a rule others went first."""
    if 0 not in counts:
        return {
            "stopped_by": None,
            "reason": gettext(COMPETITION),
        }
    stop = counts.index(0)
    rule = gettext(FUNNEL[stop])
    return {
        "stopped_by": FUNNEL_STEPS[stop],
        "reason": gettext(STOPPED, rule=rule),
    }
