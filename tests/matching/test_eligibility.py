"""Who may guide whom: each rule alone, their order, the funnel, and all of it against the domain document."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mentorship.matching import RUNNING, STEPS, failing, find_eligible, first_obstacle
from tests.matching.builders import (
    DAY_WORKER,
    DAYTIME,
    EARLY,
    NIGHT,
    Junior,
    Known,
    Senior,
    instance,
    random_instance,
    week,
)
from tests.matching.reference import Reference

ORDER = ("self", "expertise", "line", "apart", "language", "site", "meeting", "place")
NIGHTS = week(*[NIGHT] * 5, None, None)
REMOTE = {"remote_domain": (True, False, False, False)}


def pairs(eligible):
    return set(zip(eligible.request.tolist(), eligible.mentor.tolist(), strict=True))


def only_pair(junior=None, senior=None, known=None, **more):
    """The obstacle between one junior and one senior, after the ways to ask for it agreed."""
    made = instance([junior or Junior()], [senior or Senior()], known, **more)
    eligible, obstacle = find_eligible(made), first_obstacle(made, 0, 0)
    assert (len(eligible.request) == 1) is (obstacle is None)
    passed = STEPS.index(obstacle) if obstacle else len(STEPS)
    assert eligible.funnel.tolist() == [[1] * passed + [0] * (len(STEPS) - passed)]
    return obstacle


def test_nothing_stands_between_the_default_two():
    assert only_pair() is None
    assert STEPS == ORDER


ALONE = [
    pytest.param("self", {"senior": Senior(person=1)}, id="oneself"),
    pytest.param("expertise", {"senior": Senior(level=(0, 5, 5, 5))}, id="not willing, or in other fields only"),
    pytest.param("expertise", {"senior": Senior(level=(2, 0, 0, 0))}, id="level 2"),
    pytest.param(
        "expertise",
        {"junior": Junior(needs=((0, 0, 1, 1),)), "senior": Senior(level=(2, 0, 0, 0))},
        id="above a low target but under level 3",
    ),
    pytest.param(
        "expertise", {"junior": Junior(needs=((0, 4, 5, 1),)), "senior": Senior(level=(4, 0, 0, 0))}, id="no further"
    ),
    pytest.param(
        "expertise", {"junior": Junior(needs=((0, 1, 4, 1),)), "senior": Senior(level=(3, 0, 0, 0))}, id="below target"
    ),
    pytest.param("line", {"known": Known(line=[(1, 100)])}, id="the mentor appraises the junior"),
    pytest.param("line", {"known": Known(line=[(100, 1)])}, id="the junior appraises the mentor"),
    pytest.param("apart", {"known": Known(apart=[(1, 100)])}, id="blocked by the junior"),
    pytest.param("apart", {"known": Known(apart=[(100, 1)])}, id="blocked by the mentor"),
    pytest.param("language", {"senior": Senior(languages=2)}, id="no language in common"),
    pytest.param("language", {"senior": Senior(languages=0)}, id="no language known"),
    pytest.param("site", {"senior": Senior(site=2)}, id="another site"),
    pytest.param(
        "site", {"junior": Junior(remote=True), "senior": Senior(site=2, remote=True)}, id="the field asks for hands"
    ),
    pytest.param("site", {"junior": Junior(remote=True), "senior": Senior(site=2), **REMOTE}, id="mentor not remote"),
    pytest.param("site", {"senior": Senior(site=2, remote=True), **REMOTE}, id="junior not remote"),
    pytest.param(
        "site",
        {
            "junior": Junior(remote=True, needs=((0, 1, 3, 1), (1, 0, 3, 3))),
            "senior": Senior(site=2, remote=True),
            "remote_domain": (False, True, True, True),
        },
        id="only a later need can be learned remotely",
    ),
    pytest.param("meeting", {"junior": Junior(roster=None)}, id="the junior has no roster"),
    pytest.param("meeting", {"senior": Senior(roster=None)}, id="the mentor has no roster"),
    pytest.param("meeting", {"junior": Junior(roster=None), "senior": Senior(roster=None)}, id="neither has a roster"),
    pytest.param("meeting", {"senior": Senior(roster=NIGHTS)}, id="never at work together"),
    pytest.param(
        "meeting",
        {"junior": Junior(remote=True), "senior": Senior(site=2, remote=True, roster=NIGHTS), **REMOTE},
        id="remote without an hour in common",
    ),
    pytest.param("place", {"senior": Senior(places=0)}, id="no place"),
    pytest.param("place", {"senior": Senior(paused=True)}, id="paused"),
]


@pytest.mark.parametrize(("rule", "people"), ALONE)
def test_each_rule_alone(rule, people):
    assert only_pair(**people) == rule


@pytest.mark.parametrize(
    "people",
    [
        pytest.param({"junior": Junior(needs=((0, 3, 5, 1),))}, id="level 4 is enough for target 5"),
        pytest.param(
            {"junior": Junior(needs=((0, 2, 3, 1),)), "senior": Senior(level=(3, 0, 0, 0))}, id="level 3 for target 3"
        ),
        pytest.param(
            {"junior": Junior(needs=((0, 1, 3, 1), (1, 0, 5, 3)))}, id="knowing nothing of what is not the main need"
        ),
        pytest.param({"known": Known(line=[(1, 7), (100, 7), (7, 8)])}, id="the same manager"),
        pytest.param({"known": Known(apart=[(1, 101), (2, 100)])}, id="blocks between others"),
        pytest.param({"known": Known(wished=[(1, 2)])}, id="a wish for somebody else"),
        pytest.param({"junior": Junior(languages=6), "senior": Senior(languages=3)}, id="one language in common"),
        pytest.param(
            {"junior": Junior(remote=True), "senior": Senior(site=2, remote=True), **REMOTE}, id="both remote"
        ),
        pytest.param({"senior": Senior(load=9)}, id="a place beside nine juniors"),
    ],
)
def test_allowed(people):
    assert only_pair(**people) is None


def test_same_site_without_shifts_together_can_still_meet_remotely():
    late = week(*[(900, 1380)] * 5, None, None)  # one hour a day in common with a day worker
    people = {"junior": Junior(remote=True), "senior": Senior(remote=True, roster=late), **REMOTE}
    assert only_pair(**people) is None
    made = instance([people["junior"]], [people["senior"]], **REMOTE)
    assert find_eligible(made).remote.tolist() == [True]


def test_two_at_one_site_who_meet_enough_are_no_remote_pair():
    made = instance([Junior(remote=True)], [Senior(remote=True)], **REMOTE)
    assert find_eligible(made).remote.tolist() == [False]


# the worst pair breaks every rule; mending one after the other walks down the funnel
MENDED = [
    ("self", {"person": 100}),
    ("expertise", {"level": (4, 0, 0, 0)}),
    ("line", Known(apart=[(1, 100)])),
    ("apart", Known()),
    ("language", {"languages": 1}),
    ("site", {"site": 1}),
    ("meeting", {"roster": DAY_WORKER}),
    ("place", {"places": 1}),
]


def test_the_first_rule_broken_is_the_one_named():
    senior = Senior(person=1, level=(0,) * 4, languages=2, site=2, roster=NIGHTS, places=0)
    known = Known(line=[(1, 100)], apart=[(1, 100)])
    for rule, mending in MENDED:
        assert only_pair(senior=senior, known=known) == rule
        known = mending if isinstance(mending, Known) else known
        senior = replace(senior, **mending) if isinstance(mending, dict) else senior
    assert only_pair(senior=senior, known=known) is None


def test_the_funnel_counts_all_mentors_first():
    seniors = [
        Senior(person=1),
        Senior(person=101, level=(0,) * 4),
        Senior(person=102),
        Senior(person=103, languages=2),
        Senior(person=104, site=2),
        Senior(person=105, roster=week(*[EARLY] * 5, None, None)),
        Senior(person=106, roster=NIGHTS),
        Senior(person=107, paused=True),
        Senior(person=108),
    ]
    eligible = find_eligible(instance([Junior()], seniors, Known(line=[(1, 102)], apart=[(108, 1)])))
    assert eligible.funnel.tolist() == [[8, 7, 6, 5, 4, 3, 2, 1]]
    assert pairs(eligible) == {(0, 5)}


@pytest.mark.parametrize("seed", range(40))
def test_random_rounds_follow_the_domain_document(seed):
    rng = np.random.default_rng(seed)
    made = random_instance(rng, int(rng.integers(2, 14)), int(rng.integers(1, 14)))
    known = Reference(made)
    requests, mentors = len(made.requests.person), len(made.mentors.person)
    obstacle = {(r, m): known.obstacle(r, m) for r in range(requests) for m in range(mentors)}
    eligible = find_eligible(made)

    assert {pair: first_obstacle(made, *pair) for pair in obstacle} == obstacle
    assert pairs(eligible) == {pair for pair, rule in obstacle.items() if rule is None}
    assert sorted(pairs(eligible)) == list(zip(eligible.request.tolist(), eligible.mentor.tolist(), strict=True))
    for r in range(requests):
        left = [len(STEPS) if obstacle[r, m] is None else STEPS.index(obstacle[r, m]) for m in range(mentors)]
        assert eligible.funnel[r].tolist() == [sum(step < passed for passed in left) for step in range(len(STEPS))]
    assert np.all(np.diff(eligible.funnel, axis=1) <= 0)
    assert eligible.remote.tolist() == [not known.on_site(r, m) for r, m in sorted(pairs(eligible))]


def test_random_rounds_meet_every_rule():
    """So that the comparison above compares something."""
    met = set()
    for seed in range(40):
        rng = np.random.default_rng(seed)
        made = random_instance(rng, int(rng.integers(2, 14)), int(rng.integers(1, 14)))
        size = len(made.requests.person), len(made.mentors.person)
        met |= {first_obstacle(made, r, m) for r in range(size[0]) for m in range(size[1])}
    assert met == {None, *STEPS}


@pytest.mark.parametrize(("juniors", "seniors"), [(0, 0), (0, 3), (3, 0)])
def test_nobody_asks_or_nobody_guides(juniors, seniors):
    made = instance([Junior(person=n) for n in range(juniors)], [Senior(person=9 + n) for n in range(seniors)])
    eligible = find_eligible(made)
    assert len(eligible.request) == len(eligible.mentor) == len(eligible.remote) == 0
    assert eligible.funnel.tolist() == [[0] * len(STEPS)] * juniors


def test_ids_up_to_two_to_the_31st_are_told_apart():
    last = 2**31 - 1
    juniors, seniors = [Junior(person=last), Junior(person=0)], [Senior(person=last - 1), Senior(person=1)]
    eligible = find_eligible(instance(juniors, seniors, Known(apart=[(last, last - 1), (1, 0)])))
    assert pairs(eligible) == {(0, 1), (1, 0)}


def test_many_rosters_are_told_apart():
    """Pair up each junior with the one mentor who works on the junior's own days of a long cycle."""
    rosters = [week(*[None] * n, DAYTIME, DAYTIME, *[None] * (26 - n)) for n in range(0, 26, 2)]
    made = instance(
        [Junior(person=n, roster=roster) for n, roster in enumerate(rosters)],
        [Senior(person=100 + n, roster=roster) for n, roster in enumerate(rosters)],
    )
    assert pairs(find_eligible(made)) == {(n, n) for n in range(len(rosters))}


@pytest.mark.parametrize("seed", range(20))
def test_a_running_pair_fails_by_the_rules_that_would_have_kept_it_apart(seed):
    """Of the rules about the two alone, the first that fails is the one that stops them when nothing else does."""
    rng = np.random.default_rng(seed)
    made = random_instance(rng, int(rng.integers(2, 14)), int(rng.integers(1, 14)))
    requests, mentors = len(made.requests.person), len(made.mentors.person)
    r, m = (grid.ravel() for grid in np.mgrid[:requests, :mentors])
    fails = failing(made, r, m)
    assert tuple(fails) == RUNNING
    for at, pair in enumerate(zip(r.tolist(), m.tolist(), strict=True)):
        obstacle = first_obstacle(made, *pair)
        first = next((rule for rule in RUNNING if fails[rule][at]), None)
        if obstacle in (None, "place"):
            assert first is None
        elif obstacle in RUNNING:
            assert first == obstacle
