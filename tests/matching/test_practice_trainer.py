"""Who asks for a practice trainer gets one: against each pair looked at alone, and nothing else changes."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from mentorship.matching import RUNNING, STEPS, TRAINER, WITH_TRAINER, failing, find_eligible, first_obstacle, steps_of
from tests.matching.builders import Junior, Senior, instance, random_instance
from tests.matching.reference import Reference


def asking(made, asked, practice):
    """The same instance, with who asks for a practice trainer and who is one."""
    return replace(
        made,
        requests=replace(made.requests, trainer=np.array(asked, dtype=np.bool_)),
        mentors=replace(made.mentors, trainer=np.array(practice, dtype=np.bool_)),
    )


def some(seed):
    rng = np.random.default_rng(seed)
    made = random_instance(rng, int(rng.integers(2, 14)), int(rng.integers(1, 14)))
    asked = rng.random(len(made.requests.person)) < rng.random()
    practice = rng.random(len(made.mentors.person)) < rng.random()
    return made, asked, practice


def obstacle(made, known, r, m):
    """The first rule that stops a pair, by looking at that pair alone."""
    found = known.obstacle(r, m)
    early = found in ("self", "expertise")
    if not early and made.requests.trainer[r] and not made.mentors.trainer[m]:
        return TRAINER
    return found


@pytest.mark.parametrize("seed", range(60))
def test_random_rounds_hold_the_rule(seed):
    plain, asked, practice = some(seed)
    made = asking(plain, asked, practice)
    known = Reference(plain)
    requests, mentors = len(asked), len(practice)
    wanted = {(r, m): obstacle(made, known, r, m) for r in range(requests) for m in range(mentors)}
    eligible = find_eligible(made)

    assert {pair: first_obstacle(made, *pair) for pair in wanted} == wanted
    found = set(zip(eligible.request.tolist(), eligible.mentor.tolist(), strict=True))
    assert found == {pair for pair, rule in wanted.items() if rule is None}
    steps = steps_of(eligible.funnel.shape[1])
    assert steps == (WITH_TRAINER if asked.any() else STEPS)
    for r in range(requests):
        passed = [len(steps) if wanted[r, m] is None else steps.index(wanted[r, m]) for m in range(mentors)]
        assert eligible.funnel[r].tolist() == [sum(step < at for at in passed) for step in range(len(steps))]


def test_random_rounds_meet_the_rule():
    """So that the comparison above compares something."""
    met = set()
    for seed in range(60):
        made = asking(*some(seed))
        size = len(made.requests.person), len(made.mentors.person)
        met |= {first_obstacle(made, r, m) for r in range(size[0]) for m in range(size[1])}
    assert met == {None, *WITH_TRAINER}


@pytest.mark.parametrize("seed", range(20))
def test_where_nobody_asks_nothing_is_another_byte(seed):
    plain, asked, practice = some(seed)
    before = find_eligible(plain)
    after = find_eligible(asking(plain, np.zeros_like(asked), practice))
    for field in fields(before):
        one, other = getattr(before, field.name), getattr(after, field.name)
        assert one == other if field.name == "meetings" else one.tobytes() == other.tobytes()


@pytest.mark.parametrize("seed", range(20))
def test_who_does_not_ask_is_counted_as_before(seed):
    plain, asked, practice = some(seed)
    before, after = find_eligible(plain), find_eligible(asking(plain, asked, practice))
    for r in np.flatnonzero(~asked).tolist():
        counts = after.funnel[r].tolist()
        if asked.any():
            able = counts.pop(WITH_TRAINER.index(TRAINER))
            assert able == counts[STEPS.index("expertise")]
        assert counts == before.funnel[r].tolist()


def test_a_running_pair_is_held_to_it_where_it_was_asked():
    made = instance([Junior(), Junior(person=2)], [Senior(), Senior(person=101)])
    pairs = np.array([0, 1]), np.array([0, 1])
    assert set(failing(made, *pairs)) == set(RUNNING), "nobody asks"
    fails = failing(asking(made, [True, True], [True, False]), *pairs)
    assert fails[TRAINER].tolist() == [False, True]
    assert failing(asking(made, [True, False], [False, False]), *pairs)[TRAINER].tolist() == [True, False]
