"""The hours of a week, day by day: all that the week is expected to bring, on days with a shift together."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.matching import TOGETHER, Timetable, together_days
from mentorship.mentorships.hours.rules import in_common, prefill
from mentorship.mentorships.hours.spreading import by_day
from tests.matching.builders import blocks

MONDAY = date(2026, 11, 16)
DAY, LATE = (450, 975), (840, 1320)
BLOCKS = (None, DAY, LATE, (360, 840), (1320, 1800), ((420, 660), (840, 1320)))


def week(*shifts: object) -> Timetable:
    days = shifts + (None,) * (7 - len(shifts))
    return Timetable.of(MONDAY.toordinal(), [blocks(day) for day in days])


weeks = st.lists(st.sampled_from(BLOCKS), min_size=7, max_size=7).map(lambda days: week(*days))
amounts = st.sampled_from([Decimal(hundredths) / 100 for hundredths in (30, 100, 150, 200, 333, 800, 4000)])


@pytest.mark.parametrize(
    ("days", "hours", "expected"),
    [
        (5, "2", ["0.5", "0.5", "0.5", "0.25", "0.25"]),
        (2, "2", ["1", "1"]),
        (5, "1", ["0.25", "0.25", "0.25", "0.25", "0"]),  # the fifth is a shift together all the same
        (1, "0.3", ["0.3"]),
        (1, "40", ["8.75"]),
    ],
)
def test_in_quarters_in_turn(days: int, hours: str, expected: list[str]):
    both = week(*[DAY] * days)
    found = by_day(both, both, MONDAY, Decimal(hours))
    assert list(found) == [MONDAY + timedelta(days=n) for n in range(days)]
    assert list(found.values()) == [Decimal(hours) for hours in expected]


def test_what_shifts_together_have_no_room_for_goes_to_other_days():
    junior, mentor = week(DAY, DAY), week(DAY, (840, 1320))  # on Tuesday they have two and a quarter hours in common
    assert by_day(junior, mentor, MONDAY, Decimal(2)) == {MONDAY: Decimal(2)}
    assert by_day(junior, mentor, MONDAY, Decimal(40)) == {
        MONDAY: Decimal("8.75"),
        MONDAY + timedelta(days=1): Decimal("2.25"),
    }


@given(weeks, weeks, amounts, st.booleans())
def test_the_days_are_the_week(junior: Timetable, mentor: Timetable, most: Decimal, remote: bool):
    found = by_day(junior, mentor, MONDAY, most, remote=remote)
    expected = prefill(junior, mentor, MONDAY, most, remote=remote)
    assert sum(found.values(), Decimal(0)) == expected
    least = 60 if remote else TOGETHER
    together = together_days(junior, mentor, MONDAY.toordinal(), 7, least)
    assert {day.toordinal() for day in found} >= set(together)
    for day, hours in found.items():
        assert 0 <= hours <= in_common(junior, mentor, day, 1) + Decimal("0.07"), "no more than they have in common"
        assert day.toordinal() in together or expected > 4, "other days only where those are full"
