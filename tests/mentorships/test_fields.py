"""A refusal stands at the field that it is about, so that whoever typed it is put there; edges on both sides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from mentorship.base.errors import Conflict, Refused
from mentorship.mentorships.acting import rules as acting
from mentorship.mentorships.goals import rules as goals
from mentorship.rounds.direct import actions as direct

TODAY, DAY = date(2026, 11, 23), timedelta(days=1)


@pytest.mark.parametrize(
    ("check", "field"),
    [
        (partial(acting.check_reason, acting.SIDE, "nonsense"), "ended_as"),
        (partial(acting.check_reason, acting.LINE, acting.UNSAID), "ended_as"),
        (partial(acting.check_expected, "active", TODAY, TODAY), "until"),
        (partial(acting.check_expected, "paused", TODAY + acting.LONGEST + DAY, TODAY), "until"),
        (partial(acting.check_expected, "ended", TODAY + DAY, TODAY), ""),
        (partial(acting.check_ends_on, "active", TODAY, TODAY), "ends_on"),
        (partial(acting.check_ends_on, "active", TODAY + acting.FORESEEN + DAY, TODAY), "ends_on"),
        (partial(acting.check_ends_on, "proposed", TODAY + DAY, TODAY), ""),
        (partial(goals.check_date, TODAY, TODAY), "due_on"),
        (partial(goals.check_date, TODAY + goals.FARTHEST + DAY, TODAY), "due_on"),
        (partial(goals.check_levels, 3, 3), "target"),
        (partial(goals.check_claim, 3, 3), "level"),
        (partial(goals.check_claim, goals.TOP + 1, 3), "level"),
        (partial(direct.check_until, TODAY, TODAY), "until"),
        (partial(direct.check_until, TODAY + direct.LONGEST + DAY, TODAY), "until"),
    ],
)
def test_where_a_refusal_stands(check: Callable[[], None], field: str):
    with pytest.raises(Refused) as told:
        check()
    assert told.value.field == field and not isinstance(told.value, Conflict)


@pytest.mark.parametrize(
    "check",
    [
        partial(acting.check_reason, acting.SIDE, acting.UNSAID),
        *(partial(acting.check_reason, who, acting.REASONS[0]) for who in (acting.SIDE, acting.LINE)),
        partial(acting.check_expected, "active", None, TODAY),
        partial(acting.check_expected, "active", TODAY + DAY, TODAY),
        partial(acting.check_expected, "paused", TODAY + acting.LONGEST, TODAY),
        partial(acting.check_ends_on, "paused", TODAY + DAY, TODAY),
        partial(acting.check_ends_on, "active", TODAY + acting.FORESEEN, TODAY),
        partial(goals.check_date, None, TODAY),
        partial(goals.check_date, TODAY + DAY, TODAY),
        partial(goals.check_date, TODAY + goals.FARTHEST, TODAY),
        partial(goals.check_levels, 2, 3),
        partial(goals.check_claim, 4, 3),
        partial(goals.check_claim, goals.TOP, goals.TOP - 1),
        partial(direct.check_until, None, TODAY),
        partial(direct.check_until, TODAY + DAY, TODAY),
        partial(direct.check_until, TODAY + direct.LONGEST, TODAY),
    ],
)
def test_what_is_just_within_is_taken(check: Callable[[], None]):
    check()
