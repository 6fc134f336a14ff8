"""The rules of goals: what was reached, what can be claimed, who confirms, and which step follows which."""

from __future__ import annotations

import itertools

import pytest

from mentorship.base.errors import Conflict, Refused
from mentorship.mentorships.goals import rules as goals

STATUSES = ("claimed", "seconding", "confirmed", "declined", "withdrawn")
STEPS = ("confirm", "decline", "withdraw", "name", "agree", "disagree")
AFTER = {  # agreed: mentor first, from "can do it alone" on a second too; the junior may take it back
    (2, "claimed", "confirm"): "confirmed",
    (3, "claimed", "confirm"): "seconding",
    **{(level, "claimed", "decline"): "declined" for level in (2, 3)},
    **{(level, "claimed", "withdraw"): "withdrawn" for level in (2, 3)},
    **{(level, "seconding", "withdraw"): "withdrawn" for level in (2, 3)},
    **{(level, "seconding", "name"): "seconding" for level in (2, 3)},
    **{(level, "seconding", "agree"): "confirmed" for level in (2, 3)},
    **{(level, "seconding", "disagree"): "declined" for level in (2, 3)},
}


def test_every_step_from_every_status():
    for case in itertools.product((2, 3), STATUSES, STEPS):
        level, status, step = case
        if case in AFTER:
            assert goals.after_claim(status, step, level) == AFTER[case], case
        else:
            with pytest.raises(Conflict):
                goals.after_claim(status, step, level)


def test_reached_is_the_highest_confirmed_and_never_under_the_start():
    assert goals.reached(2, []) == 2
    assert goals.reached(2, [4, 3]) == 4
    assert goals.reached(3, [1]) == 3


def test_a_claim_lies_above_what_was_reached_and_on_the_scale():
    allowed = []
    for level in range(-1, 8):
        try:
            goals.check_claim(level, 2)
            allowed.append(level)
        except Refused:
            pass
    assert allowed == [3, 4, 5], "also beyond the goal"


def test_from_on_my_own_a_second_confirms():
    assert [level for level in range(6) if goals.needs_second(level)] == [3, 4, 5]


def test_any_colleague_who_is_here_may_be_the_second_but_not_one_of_the_two():
    may = {
        (pair, left): goals.may_second(one_of_the_pair=pair, left=left)
        for pair in (True, False)
        for left in (True, False)
    }
    assert [case for case, allowed in may.items() if allowed] == [(False, False)]


def test_a_form_fills_in_for_others_only_what_was_shared():
    levels = {1: 4, 2: 0, 3: 5}
    assert goals.prefilled(levels, {2, 9}, own=False) == {2: 0}
    assert goals.prefilled(levels, (), own=False) == {}
    assert goals.prefilled(levels, (), own=True) == levels


@pytest.mark.parametrize(("known", "begins"), [(None, 0), (0, 0), (3, 3), (4, 4), (5, 4)])
def test_a_goal_begins_at_the_level_that_is_known_and_has_somewhere_to_go(known: int | None, begins: int):
    assert goals.begins_at(known) == begins


def test_only_what_runs_or_pauses_changes():
    for status in ("active", "paused"):
        goals.check_changing(status)
    for status in ("proposed", "ended", "refused"):
        with pytest.raises(Refused):
            goals.check_changing(status)


def test_evidence_and_levels():
    goals.check_evidence("tien teken")
    goals.check_levels(2, 3)
    for refused in (
        lambda: goals.check_evidence("negen tek"),
        lambda: goals.check_levels(3, 3),
        lambda: goals.check_levels(4, 2),
        lambda: goals.check_drop("junior", 1),
        lambda: goals.check_drop("mentor", 0),
    ):
        with pytest.raises(Refused):
            refused()
    goals.check_drop("junior", 0)
