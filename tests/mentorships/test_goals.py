"""The rules of goals: what was reached, what can be claimed, who confirms, and which step follows which."""

from __future__ import annotations

import itertools

import pytest

from mentorship.base.errors import Conflict, Refused
from mentorship.mentorships import goals

STATUSES = ("claimed", "seconding", "confirmed", "declined", "withdrawn")
STEPS = ("confirm", "decline", "withdraw", "name", "agree", "disagree")
AFTER = {  # read against the agreed course: mentor first, from "on my own" a second too, the junior may take it back
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


@pytest.mark.parametrize(
    ("held", "both", "manager", "left", "may"),
    [
        (4, False, False, False, True),
        (3, False, False, False, True),
        (2, False, False, False, False),
        (None, False, False, False, False),
        (None, False, True, False, True),
        (0, False, True, False, True),
        (5, True, False, False, False),
        (5, True, True, False, False),
        (5, False, False, True, False),
        (None, False, True, True, False),
    ],
)
def test_who_may_be_the_second(held: int | None, both: bool, manager: bool, left: bool, may: bool):
    assert goals.may_second(held, 3, one_of_the_pair=both, manager=manager, left=left) is may


def test_only_what_runs_or_pauses_changes():
    for status in ("active", "paused"):
        goals.check_changing(status)
    for status in ("proposed", "ended", "refused"):
        with pytest.raises(Refused):
            goals.check_changing(status)


def test_evidence_and_levels():
    goals.check_evidence("tien teken")
    goals.check_levels(2, 3)
    for refused in (lambda: goals.check_evidence("negen tek"), lambda: goals.check_levels(3, 3),
                    lambda: goals.check_levels(4, 2), lambda: goals.check_drop(1)):  # fmt: skip
        with pytest.raises(Refused):
            refused()
    goals.check_drop(0)
