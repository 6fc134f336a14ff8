"""Continuity in a match: by the declared figure alone, and told beside the same round without it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from mentorship.base.db import open_session
from mentorship.demo.build import DATA
from mentorship.file_round.facts import facts
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.files import read_directory
from mentorship.matching import DEFAULT_WEIGHTS, SCALE, solve
from mentorship.programme.models import Programme
from mentorship.rounds import continuity
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Terms, gather
from mentorship.rounds.models import Round
from tests.factories import Screen
from tests.rounds.stage import Stage

TERMS = Terms(DEFAULT_WEIGHTS, 0.3, 0.02)
HEAVY = replace(TERMS, weights={**DEFAULT_WEIGHTS, "continuity": 0.5})
HOURS = Programme().hours_per_pair
LEAVING = {"under_1": 5, "1_to_3": 4, "3_to_5": 3, "over_5": 1}
INSTANCES = 1_000


@pytest.fixture(scope="module")
def export() -> Any:
    return rules.check(read_directory(DATA), take_outflow=True)


def small(export: Any, rng: random.Random) -> Any:
    """Return an organisation of some who ask and some who can guide, and of nobody else."""
    askers = {request.number for request in rng.sample(export.requests, 6)}
    offering = [person.number for person in export.people if person.places]
    here = askers | set(rng.sample(offering, 14))
    people = []
    for person in export.people:
        if person.number in here:
            manager = person.manager if person.manager in here else None
            people.append(replace(person, manager=manager, others_above=()))
    return replace(
        export,
        people=people,
        expertise=[row for row in export.expertise if row.number in here],
        preferences=[row for row in export.preferences if row.number in here],
        requests=[row for row in export.requests if row.number in askers],
        duos=[],
    )


def renamed(export: Any, rng: random.Random) -> Any:
    """Return the same organisation in which everybody has the number and the name of another."""
    numbers = [person.number for person in export.people]
    names = [(person.given_name, person.infix, person.family_name) for person in export.people]
    rng.shuffle(names)
    others = dict(zip(numbers, rng.sample(numbers, len(numbers)), strict=True))
    people = []
    for person, name in zip(export.people, names, strict=True):
        manager = others[person.manager] if person.manager else None
        given, infix, family = name
        new = replace(person, number=others[person.number], manager=manager)
        people.append(replace(new, given_name=given, infix=infix, family_name=family))
    rng.shuffle(people)
    return replace(
        export,
        people=people,
        expertise=[replace(row, number=others[row.number]) for row in export.expertise],
        preferences=[replace(row, number=others[row.number]) for row in export.preferences],
        requests=[replace(row, number=others[row.number]) for row in export.requests],
    )


def replanned(export: Any, rng: random.Random) -> Any:
    """Return the same organisation in which plans are dealt out anew."""
    plans = [person.horizon for person in export.people]
    rng.shuffle(plans)
    people = [replace(person, horizon=plan) for person, plan in zip(export.people, plans, strict=True)]
    return replace(export, people=people)


def declared(export: Any) -> dict[str, float]:
    """Return the declared figure of each domain, worked out apart from the code: position x attrition / 25."""
    plans = {person.number: person.horizon for person in export.people}
    found = {}
    for domain in export.domains:
        holders = [plans[row.number] for row in export.expertise if row.domain == domain.name and row.level >= 4]
        known = [LEAVING[plan] for plan in holders if plan in LEAVING]
        attrition = sum(known) / len(known) if known else 3 if holders else 5
        position = 1 + 2 * domain.critical + (2 if len(holders) <= 1 else len(holders) <= 3)
        found[domain.name] = position * attrition / 25
    return found


def objective(records: Records) -> tuple[int, int]:
    return solve(gather(records, HEAVY).problem, 1).objective


@pytest.mark.long
def test_nothing_of_somebody_but_the_declared_figure_changes_the_objective(export: Any):
    """Of 1,000 organisations: numbers, names and order of rows change nothing, plans only what a domain weighs."""
    rng = random.Random(17)
    moved = 0
    for _ in range(INSTANCES):
        one = small(export, rng)
        found = facts(one, HOURS)
        ids = {name: rank for rank, name in found.domains.items()}
        first = objective(found.records)
        assert objective(facts(renamed(one, rng), HOURS).records) == first
        other = replanned(one, rng)
        figures = {ids[name]: figure for name, figure in declared(other).items()}
        by_figure = objective(replace(found.records, urgency=figures))
        assert objective(facts(other, HOURS).records) == by_figure
        moved += by_figure != first
    assert moved > INSTANCES / 4, "and plans do change what a domain weighs"


def test_what_continuity_changed_is_the_difference_to_the_round_without_it(export: Any):
    records = facts(export, HOURS).records
    result = solve(gather(records, HEAVY).problem, 1)
    moved = continuity.changed(records, HEAVY, 1, result)
    assert moved
    plain = gather(records, replace(HEAVY, weights={**DEFAULT_WEIGHTS, "continuity": 0.0}))
    best = solve(plain.problem, 1)
    assert best.objective[0] == result.objective[0], "as many get a mentor"
    differ = {int(plain.request_ids[row]) for row in (best.mentor != result.mentor).nonzero()[0]}
    assert {move["request"] for move in moved} == differ
    cost = sum(move["score_before"] - move["score_after"] for move in moved if move["after"] and move["before"])
    assert 0 < cost < SCALE * len(moved)


def test_where_continuity_counts_for_nothing_there_is_nothing_to_tell(export: Any):
    without = replace(TERMS, weights={**DEFAULT_WEIGHTS, "continuity": 0.0})
    records = facts(export, HOURS).records
    result = solve(gather(records, without).problem, 1)
    assert continuity.changed(records, without, 1, result) is None


def test_the_coordinator_reads_it_beside_the_decisions(stage: Stage, visit: Any):
    request, _other = stage.cast()
    round_id = stage.solved()
    page = Screen(visit("coordinator"), f"/rounds/{round_id}/decisions")
    assert "Niemand heeft een andere mentor doordat continuïteit meetelt." in page.text
    with open_session(stage.engine) as session:
        found = session.get_one(Round, round_id)
        moves = [
            {
                "request": request,
                "before": stage.organisation.people["senior"],
                "after": stage.organisation.people["other_senior"],
                "score_before": 800_000,
                "score_after": 760_000,
            }
        ]
        found.quality = {**found.quality, continuity.NAME: moves}
        session.commit()
    page.open(f"/rounds/{round_id}/decisions")
    assert "1 junior heeft een andere mentor doordat continuïteit meetelt. Samen past het 4 punten minder" in page.text
    assert "past 4 punten minder" in page.text
