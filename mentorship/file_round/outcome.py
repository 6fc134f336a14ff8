"""One match round from a folder of files, solved and verified, as plain values for a machine, a terminal and a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from mentorship.base.i18n import N_, gettext
from mentorship.file_round.facts import Facts, facts
from mentorship.hr_import.reading.export import Export
from mentorship.hr_import.reading.rules import check as check_export
from mentorship.hr_import.reading.sheets import read_directory, shown
from mentorship.hr_import.report import Report
from mentorship.matching import SCALE, STEPS, Result, bottlenecks, check, quality, solve, used_places
from mentorship.programme.models import Programme
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.gather import Gathered, Terms, gather
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
Row = dict[str, Any]


@dataclass(frozen=True)
class _Solved:
    """A round from files with its outcome."""

    export: Export
    facts: Facts
    terms: Terms
    gathered: Gathered
    result: Result

    def asker(self, row: int) -> int:
        """Return the id of who asks the request on this row; the request has the same."""
        return int(self.gathered.request_ids[row])

    def junior(self, row: int) -> Row:
        """Return who asks, and for what first."""
        person = self.facts.people[self.asker(row)]
        return {"junior": person.number, "junior_name": person.name, "site": person.site, "domain": self.domain(row)}

    def mentor(self, row: int) -> Row:
        """Return who guides."""
        person = self.facts.people[int(self.gathered.mentor_ids[row])]
        return {"mentor": person.number, "mentor_name": person.name}

    def domain(self, row: int) -> str:
        """Return the domain of the main need."""
        return self._main_needs[self.asker(row)]

    @cached_property
    def _main_needs(self) -> dict[int, str]:
        return {asked.id: self.facts.domains[asked.needs[0].domain] for asked in self.facts.records.requests}


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
    solved = _Solved(export, found, terms, gathered, result)
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
        "weights": dict(terms.weights), "floor": terms.floor, "spread": terms.spread,
        "unmatched_cost": terms.unmatched_cost, "seed": seed, "with_outflow": take_outflow,
    }  # fmt: skip


def _explained(solved: _Solved, told: Told) -> Outcome:
    problem, result = solved.gathered.problem, solved.result
    report = Report.of(solved.export).to_json()
    return {
        "status": result.status,
        "objective": list(result.objective),
        "bound": list(result.bound),
        "input_hash": solved.gathered.input_hash,
        "quality": quality(problem, result).as_dict(),
        "pairs": _pairs(solved, told),
        "unmatched": _unmatched(solved),
        "bottlenecks": _bottlenecks(solved),
        "places_that_help": _places_that_help(solved),
        "domains": _domains(solved),
        "mentors": _mentors(solved),
        **{name: report[name] for name in ("files", "files_missing", "set_aside", "columns_not_taken")},
    }


def _pairs(solved: _Solved, told: Told) -> list[Row]:
    """Return the pairs with their parts, the lowest score first: those want a look."""
    edges = solved.gathered.problem.edges
    explainer = Explainer(solved.gathered, solved.facts.records, solved.terms, solved.facts.domains)
    chosen = np.flatnonzero(solved.result.mentor[edges.request] == edges.mentor).tolist()
    told("explain", 0.0)
    found = []
    for number, edge in enumerate(chosen, start=1):
        explanation = explainer.explain(edge)
        found.append(
            {
                **solved.junior(int(edges.request[edge])),
                **solved.mentor(int(edges.mentor[edge])),
                "score": int(edges.score[edge]) / SCALE,
                **{name: explanation[name] for name in ("parts", "known", "remote", "needs", "meeting")},
            }
        )
        told("explain", number / len(chosen))
    return sorted(found, key=lambda pair: (pair["score"], pair["junior"]))


def _unmatched(solved: _Solved) -> list[Row]:
    """Return the requests nobody was found for, each with its funnel and the honest reason."""
    mentor = solved.result.mentor
    above_floor = np.bincount(solved.gathered.problem.edges.request, minlength=len(mentor))
    found = []
    for row in np.flatnonzero(mentor < 0).tolist():
        counts = [*solved.gathered.eligible.funnel[row].tolist(), int(above_floor[row])]
        stop = next((place for place, count in enumerate(counts) if count == 0), None)
        found.append(
            {
                **solved.junior(row),
                "funnel": dict(zip(FUNNEL_STEPS, counts, strict=True)),
                "stopped_by": None if stop is None else FUNNEL_STEPS[stop],
                "reason": gettext(COMPETITION) if stop is None else gettext(STOPPED, rule=gettext(FUNNEL[stop])),
            }
        )
    return sorted(found, key=lambda one: (one["domain"], one["junior"]))


def _bottlenecks(solved: _Solved) -> list[Row]:
    """Return where requests compete for too few places, the largest shortage first."""
    return [
        {
            "places": one.places,
            "short": one.shortage,
            "requests": [solved.junior(row) for row in one.requests.tolist()],
            "mentors": [solved.mentor(row) for row in one.mentors.tolist()],
        }
        for one in bottlenecks(solved.gathered.problem)
    ]


def _places_that_help(solved: _Solved) -> list[Row]:
    """Return the mentors with whom one more place would make the round better, and by how much."""
    gain = solved.result.place_gain
    found = []
    for row in np.flatnonzero(gain.any(axis=1)).tolist():
        # with a cost for who stays unmatched, a match more is counted within the value
        requests = int(gain[row, 0]) if gain.shape[1] == 2 else None
        found.append({**solved.mentor(row), "requests": requests, "score": round(float(gain[row, -1]), 6)})
    return sorted(found, key=lambda one: (-(one["requests"] or 0), -one["score"], one["mentor"]))


def _domains(solved: _Solved) -> list[Row]:
    """Return per domain how many ask it first, and the free places of the mentors who may guide one of them."""
    problem, mentor = solved.gathered.problem, solved.result.mentor
    names = [solved.domain(row) for row in range(len(mentor))]
    able: dict[str, set[int]] = {}
    for request, guide in zip(problem.edges.request.tolist(), problem.edges.mentor.tolist(), strict=True):
        able.setdefault(names[request], set()).add(guide)
    asked, lacking = Counter(names), Counter(name for name, one in zip(names, mentor, strict=True) if one < 0)
    return [
        {
            "domain": domain.name, "critical": domain.critical, "requests": asked[domain.name],
            "unmatched": lacking[domain.name],
            "places": sum(int(problem.capacity[guide]) for guide in able.get(domain.name, ())),
        }
        for domain in sorted(solved.export.domains, key=lambda domain: domain.name)
    ]  # fmt: skip


def _mentors(solved: _Solved) -> list[Row]:
    """Return what each mentor had and gets."""
    problem, gets = solved.gathered.problem, used_places(solved.gathered.problem, solved.result.mentor)
    return [
        {
            **solved.mentor(row), "places": int(problem.capacity[row]), "running": int(problem.load[row]),
            "gets": int(gets[row]),
        }
        for row in range(len(problem.capacity))
    ]  # fmt: skip
