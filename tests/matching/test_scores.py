"""How well a pair fits: worked by hand, and all of it against the domain document."""

from __future__ import annotations

import numpy as np
import pytest

from mentorship.matching import CRITERIA, DEFAULT_WEIGHTS, Problem, check, find_eligible, score_pairs, solve, weighted
from tests.matching.builders import (
    DAY_WORKER,
    TWO_SHIFT,
    Junior,
    Known,
    Senior,
    days_of,
    instance,
    random_instance,
    week,
)
from tests.matching.reference import Reference

REMOTE = {"remote_domain": (True, False, False, False)}


def scored(juniors, seniors, known=None, weights=DEFAULT_WEIGHTS, floor=0.0, **more):
    made = instance(juniors, seniors, known, **more)
    return score_pairs(made, find_eligible(made), weights, floor)


def part(name, junior=None, senior=None, **more):
    """One criterion of the only pair."""
    found = scored([junior or Junior()], [senior or Senior()], **more)
    assert len(found.pair) == 1
    return float(found.parts[0, CRITERIA.index(name)])


@pytest.mark.parametrize(
    ("needs", "level", "expected"),
    [
        pytest.param([(0, 1, 3, 1)], (3, 0, 0, 0), 1.0, id="at the target"),
        pytest.param([(0, 1, 3, 1)], (4, 0, 0, 0), 1.0, id="one above the target"),
        pytest.param([(0, 1, 3, 1)], (5, 0, 0, 0), 0.85, id="two above the target"),
        pytest.param([(0, 0, 1, 1)], (5, 0, 0, 0), 0.85, id="four above costs no more than two"),
        pytest.param([(0, 0, 5, 1)], (4, 0, 0, 0), 0.8, id="most of the way"),
        pytest.param([(0, 3, 5, 1)], (4, 0, 0, 0), 0.5, id="half of the way"),
        pytest.param([(0, 1, 3, 2), (1, 0, 4, 1)], (4, 2, 0, 0), (2 + 0.5) / 3, id="importance weighs"),
        pytest.param([(0, 1, 3, 1), (1, 3, 4, 1)], (4, 2, 0, 0), 0.5, id="below the junior counts nothing"),
        pytest.param([(0, 1, 3, 1), (1, 0, 2, 2), (2, 1, 4, 3)], (4, 4, 3, 0), (1 + 1.7 + 2) / 6, id="three needs"),
    ],
)
def test_coverage(needs, level, expected):
    assert part("domain", Junior(needs=tuple(needs)), Senior(level=level)) == pytest.approx(expected, abs=1e-12)


def test_together_is_the_juniors_share_of_shifts():
    assert part("together") == 1.0
    assert part("together", senior=Senior(roster=TWO_SHIFT)) == 0.5
    assert part("together", senior=Senior(roster=week(*days_of(DAY_WORKER), off=[0]))) == 0.8
    assert part("together", Junior(roster=week(*days_of(DAY_WORKER), off=[0]))) == 1.0


def test_together_of_a_remote_pair_is_the_share_of_hours():
    afternoon = week(*[(900, 1080)] * 5, None, None)
    pair = Junior(remote=True), Senior(site=2, remote=True, roster=afternoon)
    assert part("together", *pair, **REMOTE) == pytest.approx(60 / 510, abs=1e-12)


RANKED = (5.0, 1.0, 2.0, 4.0, 3.0)


@pytest.mark.parametrize(
    ("forms", "comfort", "expected", "known"),
    [
        pytest.param(RANKED, (4.0, 0.0, 2.0, 4.0, 2.0), 46 / 60, True, id="by hand"),
        pytest.param(RANKED, (4.0,) * 5, 1.0, True, id="every form suits"),
        pytest.param(RANKED, (0.0,) * 5, 0.0, True, id="no form suits"),
        pytest.param(RANKED, (np.nan,) * 5, 0.5, False, id="the mentor did not say"),
        pytest.param((np.nan,) * 5, (4.0,) * 5, 0.5, False, id="the junior did not say"),
        pytest.param((np.nan,) * 5, (np.nan,) * 5, 0.5, False, id="neither said"),
    ],
)
def test_preference(forms, comfort, expected, known):
    found = scored([Junior(forms=forms)], [Senior(comfort=comfort)])
    assert found.parts[0, CRITERIA.index("preference")] == pytest.approx(expected, abs=1e-12)
    assert found.known.tolist() == [known]


def test_continuity_is_urgency_by_coverage():
    needs = ((0, 1, 3, 1), (1, 0, 4, 3))
    found = part("continuity", Junior(needs=needs), Senior(level=(4, 2, 0, 0)), urgency=(0.8, 0.4, 1, 1))
    assert found == pytest.approx((0.8 * 1 + 3 * 0.4 * 0.5) / 4, abs=1e-12)


@pytest.mark.parametrize(
    ("wished", "expected"),
    [([(1, 100)], 1.0), ([(100, 1)], 1.0), ([(1, 100), (100, 1)], 1.0), ([(1, 101), (2, 100)], 0.0), ([], 0.0)],
)
def test_a_wish_counts_in_either_direction(wished, expected):
    assert part("wish", known=Known(wished=wished)) == expected


def test_the_default_score_by_hand():
    found = scored(
        [Junior(forms=RANKED, needs=((0, 1, 3, 2), (1, 0, 4, 1)))],
        [Senior(level=(5, 2, 0, 0), roster=TWO_SHIFT, comfort=(4.0, 0.0, 2.0, 4.0, 2.0))],
        Known(wished=[(100, 1)]),
        urgency=(0.6, 0.3, 0, 0),
    )
    without = 0.40 * (2 * 0.85 + 0.5) / 3 + 0.25 * 0.5 + 0.20 * 46 / 60 + 0.05
    assert found.score[0] == pytest.approx(without + 0.10 * (2 * 0.6 + 0.5 * 0.3) / 3, abs=1e-12)
    assert found.visible[0] == pytest.approx(without / 0.9, abs=1e-12)


QUARTER, HALF = {"comfort": (1.0,) * 5}, {"comfort": (2.0,) * 5}
EVEN = {"domain": 0, "together": 0, "preference": 1, "continuity": 1, "wish": 0}


def test_the_floor_ignores_continuity():
    urgent, calm = (1.0,) * 4, (0.0,) * 4
    raised = scored([Junior(forms=RANKED)], [Senior(**QUARTER)], weights=EVEN, floor=0.3, urgency=urgent)
    assert len(raised.pair) == 0  # 0.625 in all, 0.25 without continuity
    lowered = scored([Junior(forms=RANKED)], [Senior(**HALF)], weights=EVEN, floor=0.3, urgency=calm)
    assert lowered.score.tolist() == [0.25]  # under the floor in all, 0.5 without continuity


@pytest.mark.parametrize(("floor", "kept"), [(0.25, 1), (0.250001, 0), (0.1 + 0.15, 1), (0.0, 1), (1.0, 0)])
def test_a_pair_exactly_at_the_floor_stays(floor, kept):
    assert len(scored([Junior(forms=RANKED)], [Senior(**QUARTER)], weights=EVEN, floor=floor).pair) == kept


def test_a_floor_that_only_rounding_misses_is_met():
    """0.1 + 0.2 is a little over 0.3 in floating point."""
    weights = {"domain": 0.3, "together": 0, "preference": 0.7, "continuity": 0, "wish": 0}
    junior, senior = Junior(forms=RANKED), Senior(comfort=(0.0,) * 5)
    assert len(scored([junior], [senior], weights=weights, floor=0.1 + 0.2).pair) == 1


@pytest.mark.parametrize("seed", range(30))
def test_random_rounds_score_as_the_domain_document_says(seed):
    rng = np.random.default_rng(1000 + seed)
    made = random_instance(rng, int(rng.integers(5, 20)), int(rng.integers(5, 20)))
    weights = dict(zip(CRITERIA, rng.random(5) * (rng.random(5) < 0.9) + [0.1, 0, 0, 0, 0], strict=True))
    floor = float(rng.choice([0.0, 0.3, 0.5]))
    known, eligible = Reference(made), find_eligible(made)
    found = score_pairs(made, eligible, weights, floor)

    expected = {}
    for r, m in zip(eligible.request.tolist(), eligible.mentor.tolist(), strict=True):
        parts = known.parts(r, m)
        shown = {name: value for name, value in parts.items() if name != "continuity"}
        score, visible = (sum(x[n] * weights[n] for n in x) / sum(weights[n] for n in x) for x in (parts, shown))
        if visible >= floor:
            expected[r, m] = [*(parts[name] for name in CRITERIA), score, visible]
    rows = list(zip(eligible.request[found.pair].tolist(), eligible.mentor[found.pair].tolist(), strict=True))
    assert rows == sorted(expected)
    told = np.column_stack([found.parts, found.score, found.visible])
    np.testing.assert_allclose(told, np.array([expected[row] for row in rows]).reshape(-1, 7), rtol=0, atol=1e-12)
    assert np.all((found.parts >= 0) & (found.parts <= 1))
    for parts, score in zip(found.parts, found.score, strict=True):
        assert weighted(dict(zip(CRITERIA, parts, strict=True)), weights) == pytest.approx(score, abs=1e-12)

    matrix = found.matrix(eligible, (len(made.requests.person), len(made.mentors.person)))
    problem = Problem(matrix, made.mentors.places, made.mentors.load, spread=0.02)
    check(problem, solve(problem, seed))


def test_a_score_of_nothing_and_a_score_of_everything_make_a_problem():
    everything = Junior(forms=RANKED), Senior(comfort=(4.0,) * 5)
    for weights in (EVEN, {**dict.fromkeys(CRITERIA, 0), "wish": 1}, dict.fromkeys(CRITERIA, 0.1)):
        for urgency in ((0.0,) * 4, (1.0,) * 4):
            made = instance([everything[0]], [everything[1]], Known(wished=[]), urgency=urgency)
            eligible = find_eligible(made)
            problem = Problem(score_pairs(made, eligible, weights, 0.0).matrix(eligible, (1, 1)), 1)
            assert solve(problem).matched == 1


@pytest.mark.parametrize(("juniors", "seniors"), [(0, 0), (0, 2), (2, 0)])
def test_a_round_without_people(juniors, seniors):
    made = instance([Junior(person=n) for n in range(juniors)], [Senior(person=9 + n) for n in range(seniors)])
    eligible = find_eligible(made)
    found = score_pairs(made, eligible, DEFAULT_WEIGHTS, 0.3)
    problem = Problem(found.matrix(eligible, (juniors, seniors)), made.mentors.places, made.mentors.load)
    result = solve(problem)
    check(problem, result)
    assert result.objective == (0, 0)


@pytest.mark.parametrize(
    ("weights", "floor", "field"),
    [
        pytest.param({"domain": 1.0}, 0.3, "weights", id="missing"),
        pytest.param({**DEFAULT_WEIGHTS, "wish": -0.1}, 0.3, "weights", id="negative"),
        pytest.param({**DEFAULT_WEIGHTS, "wish": np.nan}, 0.3, "weights", id="nan"),
        pytest.param({**DEFAULT_WEIGHTS, "wish": np.inf}, 0.3, "weights", id="infinite"),
        pytest.param(dict.fromkeys(CRITERIA, 0.0), 0.3, "weights", id="all zero"),
        pytest.param({**dict.fromkeys(CRITERIA, 0.0), "continuity": 1.0}, 0.3, "weights", id="only continuity"),
        pytest.param(DEFAULT_WEIGHTS, np.nan, "floor", id="floor nan"),
        pytest.param(DEFAULT_WEIGHTS, -0.1, "floor", id="floor negative"),
        pytest.param(DEFAULT_WEIGHTS, 1.1, "floor", id="floor above 1"),
    ],
)
def test_bad_settings_are_named(weights, floor, field):
    with pytest.raises(ValueError, match=rf"^{field} must"):
        scored([Junior()], [Senior()], weights=weights, floor=floor)
