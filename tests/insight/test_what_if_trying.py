"""What is tried comes to what a true new search comes to, on many random pools; nobody moves who need not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from mentorship.insight.what_if.changes import AWAY, MENTOR, PAUSE, PLACES, Change
from mentorship.insight.what_if.seats import Stand, seats
from mentorship.insight.what_if.trying import Ground, Seats, Tried, pairs_of, scores_of, try_out
from mentorship.matching import DEFAULT_WEIGHTS, FORMS, Timetable, solve
from mentorship.rounds.facts import MentorFacts, NeedFacts, PersonFacts, Records, RequestFacts
from mentorship.rounds.gather import Terms, gather

TODAY = date(2026, 11, 30)
WEEK = (((450, 960),),) * 5 + ((),) * 2
ROSTERS = (
    Timetable.of(TODAY.toordinal(), WEEK),
    Timetable.of(TODAY.toordinal(), WEEK, (0, 2, 4)),
    Timetable.of(TODAY.toordinal(), (((840, 1320),),) * 5 + ((),) * 2),
)
DOMAINS = 3
INSTANCES = 1_000


def person(number: int, rng: np.random.Generator) -> PersonFacts:
    languages = frozenset({"nl"})
    roster = ROSTERS[int(rng.integers(len(ROSTERS)))]
    return PersonFacts(number, int(rng.random() < 0.2), languages, None, bool(rng.random() < 0.3), roster)


def asking(number: int, rng: np.random.Generator) -> RequestFacts:
    need = NeedFacts(int(rng.integers(DOMAINS)), int(rng.integers(0, 3)), 4, int(rng.integers(1, 4)))
    return RequestFacts(100 + number, number, (need,), None, int(rng.integers(0, 3)))


def guiding(number: int, rng: np.random.Generator) -> MentorFacts:
    levels = {domain: int(rng.integers(3, 6)) for domain in range(DOMAINS) if rng.random() < 0.6}
    comfort = dict(zip(FORMS, rng.integers(0, 5, 5).tolist(), strict=True))
    paused = bool(rng.random() < 0.15)
    return MentorFacts(number, levels, comfort, int(rng.integers(0, 3)), int(rng.integers(0, 3)), paused)


def pool(rng: np.random.Generator) -> tuple[Records, tuple[MentorFacts, ...], Terms]:
    """Some who ask, some who guide, and some who could but offer no place."""
    askers, guides, others = int(rng.integers(0, 14)), int(rng.integers(1, 7)), int(rng.integers(0, 3))
    count = askers + guides + others
    people = {number: person(number, rng) for number in range(1, count + 1)}
    asked = tuple(asking(number, rng) for number in range(1, askers + 1))
    guide = tuple(guiding(number, rng) for number in range(askers + 1, askers + guides + 1))
    could = tuple(replace(guiding(number, rng), places=0, load=0) for number in range(askers + guides + 1, count + 1))
    learnable = {domain: domain == 0 for domain in range(DOMAINS)}
    records = Records(people, asked, guide, learnable, {0: 0.4, 2: 0.8}, day=TODAY.toordinal())
    spread, cost = float(rng.choice([0.0, 0.02])), rng.choice([None, 0.1])
    return records, could, Terms(DEFAULT_WEIGHTS, float(rng.choice([0.0, 0.3])), spread, cost, 0.02)


def some_changes(rng: np.random.Generator, records: Records, could: tuple[MentorFacts, ...]) -> list[Change]:
    found = []
    for mentor in records.mentors:
        what = str(rng.choice([PLACES, PAUSE, AWAY, ""]))
        if what == AWAY:
            days = timedelta(days=int(rng.integers(1, 40)))
            found.append(Change(AWAY, mentor.person, spell=(TODAY, TODAY + days)))
        elif what:
            found.append(Change(what, mentor.person, int(rng.integers(0, 5))))
    found += [Change(MENTOR, mentor.person, int(rng.integers(0, 3))) for mentor in could if rng.random() < 0.7]
    return found


def after(mentor: MentorFacts, changes: list[Change]) -> int:
    stand = Stand(mentor.person, mentor.places + mentor.load, mentor.places, mentor.load, out=mentor.paused)
    return seats(stand, [change for change in changes if change.person_id == mentor.person], TODAY)


def tried(rng: np.random.Generator) -> tuple[Ground, Tried, Ground]:
    """Return a pool, what was tried with it, and the same pool gathered and solved anew with the changes made."""
    records, could, terms = pool(rng)
    changes = some_changes(rng, records, could)
    named = {change.person_id for change in changes}
    gathered = gather(records, terms)
    ground = Ground(gathered.problem, solve(gathered.problem), gathered.request_ids, gathered.mentor_ids)
    everybody = [mentor for mentor in (*records.mentors, *could) if mentor.person in named]
    wanted = [Seats(mentor.person, after(mentor, changes), mentor.load) for mentor in everybody]
    unknown = [mentor for mentor in everybody if not ground.has_pairs(mentor.person)]
    came = try_out(ground, wanted, scores_of(records, terms, unknown))
    made = []
    for mentor in (*records.mentors, *could):
        if mentor.person in named:
            made.append(replace(mentor, places=after(mentor, changes), paused=False))
        elif mentor in records.mentors:
            made.append(mentor)
    anew = gather(replace(records, mentors=tuple(made)), terms)
    return ground, came, Ground(anew.problem, solve(anew.problem), anew.request_ids, anew.mentor_ids)


def test_it_equals_a_new_search_on_a_thousand_pools():
    met = Counter()
    for seed in range(INSTANCES):
        ground, came, anew = tried(np.random.default_rng(seed))
        assert came.objective == anew.result.objective, seed
        assert came.requests == anew.result.matched - ground.result.matched, seed
        pairs = pairs_of(ground, came)
        rows = {request: row for row, request in enumerate(anew.request_ids.tolist())}
        columns = {mentor: column for column, mentor in enumerate(anew.mentor_ids.tolist())}
        used = Counter(columns[mentor] for _, mentor in pairs)
        assert all(used[column] <= anew.problem.capacity[column] for column in used), seed
        assert all(anew.problem.scores[rows[request], columns[mentor]] > 0 for request, mentor in pairs), seed
        assert len(came.gained) - len(came.lost) == came.requests, seed
        assert all(move.before != move.after for move in came.moves), seed
        new = {request: anew.mentor_of(request) for request in anew.request_ids.tolist()}
        others = sum(new[request] != ground.mentor_of(request) for request in new)
        assert len(came.moves) <= others, seed  # of all that are as good, the one that moves the fewest
        met += Counter(lost=len(came.lost), gained=len(came.gained), other=len(came.other))
    assert min(met.values()) >= 100  # all of it happens


@pytest.mark.parametrize(
    ("change", "free"),
    [
        (Change(PLACES, 1, 3), 1),
        (Change(PLACES, 1, 1), 0),
        (Change(PAUSE, 1), 0),
        (Change(AWAY, 1, spell=(TODAY, TODAY + timedelta(days=13))), 0),
        (Change(AWAY, 1, spell=(TODAY, TODAY + timedelta(days=12))), 2),
        (Change(AWAY, 1, spell=(TODAY + timedelta(days=1), TODAY + timedelta(days=40))), 2),
    ],
)
def test_who_has_juniors_has_so_many_places_left(change: Change, free: int):
    assert seats(Stand(1, 4, 2, 2), [change], TODAY) == free


def test_places_that_another_round_holds_are_not_free():
    assert seats(Stand(1, 4, 4, 0, held=1), [Change(PLACES, 1, 3)], TODAY) == 2
    assert Stand(1, 4, 4, 0, held=1).capacity == 3


def test_who_is_out_takes_nobody_with_more_places_either():
    assert seats(Stand(1, 1, 1, 0, out=True), [Change(PLACES, 1, 5)], TODAY) == 0


def test_a_place_that_somebody_is_locked_to_is_not_taken():
    rng = np.random.default_rng(5)
    for _ in range(50):
        records, _could, terms = pool(rng)
        gathered = gather(records, terms)
        if gathered.eligible_pairs():
            break
    request, mentor = min(gathered.eligible_pairs())
    gathered = gather(records, replace(terms, locked=[(request, mentor)]))
    ground = Ground(gathered.problem, solve(gathered.problem), gathered.request_ids, gathered.mentor_ids)
    assert ground.locked_to(mentor) == 1
    with pytest.raises(ValueError, match="locked"):
        try_out(ground, [Seats(mentor, 0)], {})
