"""The short lessons stand on a mentor's desk when their first pair begins, and not for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mentorship.home.rules import begins_mentoring
from tests.factories import Organisation, Screen

TODAY = date(2026, 3, 2)
OFFERED = "You mentor somebody for the first time"


@pytest.mark.parametrize(
    ("days", "offered"),
    [([], False), ([0], True), ([55], True), ([56], False), ([-1], False), ([3, 200], False), ([10, 40], True)],
)
def test_from_the_first_day_of_the_first_pair_for_eight_weeks(days: list[int], offered: bool):
    assert begins_mentoring([TODAY - timedelta(days=ago) for ago in days], TODAY) == offered


def test_on_the_desk_of_the_mentor_alone_until_one_is_noted(visit, session: Session, organisation: Organisation):
    organisation.speak("en")
    assert OFFERED not in Screen(visit("senior")).text, "nothing before there is a pair"
    organisation.pair("senior", "junior", "active", started_on=organisation.now.date())
    session.commit()
    screen = Screen(visit("senior"))
    assert OFFERED in screen.text
    for who in ("junior", "manager", "coordinator", "other_senior"):
        assert OFFERED not in Screen(visit(who)).text, who
    assert screen.tap("Begin with explaining while doing").path == "/lessons/1/1"
    Screen(visit("senior"), "/lessons/1/5").press("Note it as a training course")
    assert OFFERED not in Screen(visit("senior")).text
