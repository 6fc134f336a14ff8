"""A pair made at once: by the rules and by its exact price, and never a place that two people get."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlmodel import select

from mentorship.base.errors import Conflict, Refused
from mentorship.matching import SCALE, PlacesSet, changed, solve
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people.access import Actor
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.rounds.direct import actions, queries
from mentorship.rounds.direct.meeting import shared
from mentorship.rounds.direct.pool import Pool, advised, pool, with_held
from mentorship.rounds.gather import Terms
from mentorship.rounds.models import SOLVED
from tests.benchmarks.instances import company
from tests.rounds.stage import Stage, at_once

TERMS = Terms({"domain": 0.4, "together": 0.25, "preference": 0.2, "continuity": 0.1, "wish": 0.05}, 0.3, 0.02)


def pair(stage: Stage, junior: str, mentor: str, request_id: int | None, who: Actor | None = None, **values):
    verb = partial(actions.propose, request_id=request_id, **values)
    actor = who or stage.coordinator
    return stage.act(verb, actor, stage.person(junior), stage.person(mentor), stage.now)


@pytest.mark.parametrize("seed", range(40))
def test_what_a_mentor_takes_from_others_is_the_difference_of_two_rounds(seed: int):
    """On random organisations, by the room's own wiring: pairs held by rounds are taken, and each price is exact."""
    rng = random.Random(seed)
    records = company(rng.randint(8, 40), seed=seed, mentors=rng.randint(4, 20))
    terms = replace(TERMS, spread=rng.choice((0.0, 0.02, 0.1)), waiting=0.02)
    ids = [request.id for request in records.requests]
    mentors = [mentor.person for mentor in records.mentors]
    held = [(rng.choice(ids), rng.choice(mentors)) for _ in range(rng.randint(0, 3))]
    request_id = rng.choice(ids)
    found = pool(with_held(records, held, request_id), terms, request_id)
    assert found is not None
    alone = {request for request, _ in held if request != request_id}
    assert found.waiting == len(set(ids) - alone) - 1
    before = solve(found.others).objective
    for candidate in found.candidates():
        column = found.gathered.mentor_ids.tolist().index(candidate.mentor_id)
        capacity, load = int(found.others.capacity[column]), int(found.others.load[column])
        after = solve(changed(found.others, [PlacesSet(column, capacity - 1, load + 1)]).problem).objective
        assert candidate.lost == before[0] - after[0]
        assert round(candidate.value * SCALE) == before[1] - after[1]
        gone = [moved for moved in found.moves(candidate.mentor_id) if moved.after is None]
        assert len(gone) >= candidate.lost, "who loses a mentor is named"


def test_the_best_of_those_who_cost_nobody_a_mentor_is_advised():
    found = next(p for p in pools() if p.candidates() and p.candidates()[0].lost and advised(p.candidates()))
    every = found.candidates()
    best = advised(every)
    assert best is not None and not best.lost
    assert all(one.lost for one in every if one.score > best.score)
    assert [one.score for one in every] == sorted((one.score for one in every), reverse=True)


def pools():
    for seed in range(200):
        records = company(30, seed=seed, mentors=9)
        for request in records.requests[:5]:
            found = pool(records, TERMS, request.id)
            assert isinstance(found, Pool)
            yield found


def test_it_is_proposed_with_its_explanation_and_the_managers_day(stage: Stage):
    request_id, _ = stage.cast()
    until = date(2027, 2, 1)
    made = pair(stage, "junior", "senior", request_id, until=until)
    found = next(m for m in stage.mentorships() if m.id == made.id)
    assert (found.origin, found.status, found.expected_end) == ("direct", "proposed", until)
    assert found.objections_until == stage.now.replace(day=24, hour=23, minute=0), "the end of the next working day"
    assert found.explanation["goal"] == "zelfstandig storingen verhelpen"
    assert set(found.explanation["parts"]) == set(TERMS.weights) and found.explanation["needs"]
    (noted,) = stage.audit("pair at once")
    assert noted.details["mentor"] == stage.person("senior") and noted.details["weights"]


def test_nobody_waits_for_managers_where_they_have_no_day(stage: Stage):
    request_id, _ = stage.cast()
    stage.act(lambda session: setattr(session.get_one(Programme, 1), "direct_days", 0))
    assert pair(stage, "junior", "senior", request_id).objections_until is None


def test_a_request_is_opened_for_who_did_not_ask_and_says_by_whom(stage: Stage):
    domain = stage.organisation.domain("Pneumatiek")
    made = pair(stage, "junior", "senior", None, wanted=[(domain, 0, 3)])
    asked = stage.read(lambda session: session.get_one(MentorRequest, made.request_id))
    assert (asked.asked_by_id, asked.status) == (stage.person("coordinator"), "placed")
    need = stage.read(lambda session: session.exec(select(Need).where(Need.request_id == asked.id)).one())
    assert (need.domain_id, need.current_level, need.target_level, need.importance) == (domain, 0, 3, 3)
    assert len(stage.audit("ask on behalf")) == 1


@pytest.mark.parametrize("wanted", [[], [(1, 3, 3)], [(1, 0, 3), (1, 1, 4)], [(999, 0, 3)]])
def test_what_cannot_be_asked_is_refused(stage: Stage, wanted):
    with pytest.raises(Refused):
        pair(stage, "junior", "senior", None, wanted=wanted)
    with pytest.raises(Refused):
        pair(stage, "hr", "senior", None, wanted=[(1, 0, 3)])


def test_a_rule_that_fails_and_a_place_that_is_held_are_refused(stage: Stage):
    first, second = stage.cast()
    with pytest.raises(Conflict):
        pair(stage, "junior", "manager", first)
    stage.act(lambda session: setattr(session.get_one(Capacity, stage.person("senior")), "places", 1))
    stage.solved()
    assert (second, stage.person("senior")) not in stage.read(queries.held, (SOLVED,))
    with pytest.raises(Conflict):
        pair(stage, "other_junior", "senior", second)
    assert pair(stage, "junior", "senior", first), "what is held for oneself is free"


def test_nothing_is_proposed_before_the_set_up_is_complete(stage: Stage):
    request_id, _ = stage.cast()
    stage.act(lambda session: setattr(session.get_one(Programme, 1), "visibility", None))
    with pytest.raises(Refused):
        pair(stage, "junior", "senior", request_id)


def test_a_manager_pairs_within_their_own_team(stage: Stage):
    request_id, _ = stage.cast()
    manager = Actor(stage.person("manager"), frozenset({"manager"}), "manager")
    with pytest.raises(Refused):
        pair(stage, "junior", "other_senior", request_id, manager)
    assert pair(stage, "junior", "senior", request_id, manager)


@pytest.mark.parametrize("days, wrong", [(0, True), (1, False), (730, False), (731, True)])
def test_an_end_lies_ahead(days: int, wrong: bool):
    today = date(2026, 11, 23)
    if not wrong:
        actions.check_until(today + timedelta(days=days), today)
        return
    with pytest.raises(Refused):
        actions.check_until(today + timedelta(days=days), today)


def test_ten_coordinators_at_once_never_give_a_place_twice(stage: Stage):
    """Ten juniors, each pressed by another coordinator at the same moment, for one mentor with three places."""
    made = stage.organisation
    made.mentor("wanted", places=3, manager="director")
    asked = []
    for number in range(10):
        made.person(f"new{number}", "junior", manager="manager")
        asked.append((f"new{number}", made.asks(f"new{number}")))
    made.session.commit()
    jobs = [partial(pair, stage, junior, "wanted", request_id) for junior, request_id in asked]
    outcomes = at_once(*jobs)
    won = [one for one in outcomes if isinstance(one, Mentorship)]
    lost = [one for one in outcomes if isinstance(one, Conflict)]
    assert (len(won), len(lost)) == (3, 7), outcomes
    taken = Counter(m.mentor_id for m in stage.mentorships() if m.status in OCCUPYING)
    assert taken[stage.person("wanted")] == 3


def test_one_request_gets_one_mentor_whoever_presses(stage: Stage):
    request_id, _ = stage.cast()
    jobs = [partial(pair, stage, "junior", mentor, request_id) for mentor in ("senior", "other_senior") * 3]
    outcomes = at_once(*jobs)
    assert sum(isinstance(one, Mentorship) for one in outcomes) == 1
    assert sum(isinstance(one, Conflict) for one in outcomes) == 5, outcomes


def test_it_is_undone_until_somebody_answers(stage: Stage):
    request_id, _ = stage.cast()
    made = pair(stage, "junior", "senior", request_id)
    undo = partial(actions.take_back, mentorship_id=made.id, asked_too=False, now=stage.now)
    stage.act(undo, stage.coordinator)
    assert not stage.mentorships()
    assert stage.read(lambda session: session.get_one(MentorRequest, request_id)).status == "open"
    made = pair(stage, "junior", "senior", request_id)
    stage.answer("senior", made.id, True)
    with pytest.raises(Conflict):
        stage.act(partial(actions.take_back, mentorship_id=made.id, asked_too=False, now=stage.now), stage.coordinator)


def test_shifts_together_are_counted_over_the_coming_twenty(stage: Stage):
    made = stage.organisation
    early = made.roster("VROEG", "VVVVV--")
    times = stage.read(queries.reading.people_facts, date(2026, 11, 23))
    day = times[stage.person("junior")].timetable
    both = shared(day, day, date(2026, 11, 23), remote=False)
    assert (both.first, both.together, both.shifts) == (date(2026, 11, 24), 20, 20)
    assert early and shared(day, None, date(2026, 11, 23), remote=False).first is None
