"""Working together: foreseen from two rosters, and counted once however many juniors are there at the same time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.base.errors import Refused
from mentorship.matching import Timetable
from mentorship.mentorships.hours import rules as hours
from mentorship.mentorships.hours.rules import Balance, MentorWeek
from tests.matching.builders import blocks
from tests.matching.reference import day_of

MONDAY = date(2026, 11, 16)
DAY, EARLY, LATE, NIGHT = (450, 975), (360, 840), (840, 1320), (1320, 1800)
SIX_FREE = (None,) * 6
TWO = Decimal(2)


def week(*shifts: tuple[int, int] | None, off: frozenset[int] = frozenset()) -> Timetable:
    days = shifts + (None,) * (7 - len(shifts))
    return Timetable.of(MONDAY.toordinal(), [blocks(day) for day in days], off)


def minutes(timetable: Timetable, first: int, days: int) -> set[int]:
    """Every minute at work in the shifts that begin on `days` days from `first` days after Monday."""
    found: set[int] = set()
    for day in range(first, first + days):
        for begin, end in day_of(timetable, MONDAY.toordinal() + day) or ():
            found |= set(range(day * 1440 + begin, day * 1440 + end))
    return found


shift = st.builds(lambda b, n: (b * 60, (b + n) * 60), st.integers(0, 23), st.integers(1, 24))
timetables = st.builds(
    Timetable.of,
    st.integers(MONDAY.toordinal() - 40, MONDAY.toordinal() + 40),
    st.lists(st.lists(shift, max_size=2), min_size=1, max_size=15),
    st.frozensets(st.integers(0, 6), max_size=3),
)
amounts = st.decimals(0, 60, places=2)


@pytest.mark.parametrize(
    ("junior", "mentor", "most", "remote", "expected"),
    [
        (week(DAY, DAY), week(DAY), 2, False, "2"),
        (week(DAY, DAY), week(DAY), 40, False, "8.75"),
        (week(DAY), week(None, DAY), 2, False, "0"),
        (week(EARLY), week((720, 960)), 2, False, "0"),  # two hours is no together-shift
        (week(EARLY), week((720, 960)), 40, True, "2"),  # and at a distance it is
        (week(EARLY), week((800, 960)), 40, True, "0"),  # forty minutes is not
        (week(NIGHT), week(None, (0, 360)), 40, False, "6"),  # Monday's night is Tuesday's early morning
        (week((0, 360)), week(None, None, None, None, None, None, NIGHT), 40, False, "6"),  # Sunday's night reaches in
        (week(*SIX_FREE, NIGHT), week((0, 360)), 40, False, "6"),  # the junior's own, which runs into the next week
        (week(*SIX_FREE, NIGHT), week(*SIX_FREE, NIGHT), 40, False, "8"),  # of one's own the Monday before is not
        (week(DAY, DAY), week(DAY, DAY, off=frozenset({1})), 40, False, "8.75"),  # Tuesday is a school day
        (week(((420, 660), (840, 1320))), week(((420, 660), (840, 1320))), 40, False, "12"),  # both blocks count
    ],
)
def test_what_is_foreseen(junior, mentor, most, remote, expected):
    assert hours.prefill(junior, mentor, MONDAY, Decimal(most), remote=remote) == Decimal(expected)


@given(timetables, timetables, amounts, st.booleans())
def test_what_is_foreseen_is_the_common_time_and_never_more_than_agreed(junior, mentor, most, remote):
    found = hours.prefill(junior, mentor, MONDAY, most, remote=remote)
    common = len(minutes(junior, 0, 7) & minutes(mentor, -1, 9))
    assert found in (0, min(most, (Decimal(common) / 60).quantize(Decimal("0.01"))))
    if common < (60 if remote else 240):
        assert found == 0


@given(timetables)
def test_ones_own_working_hours(timetable):
    assert hours.at_work(timetable, MONDAY) * 60 == len(minutes(timetable, 0, 7))


@given(st.lists(amounts), st.one_of(st.none(), amounts), amounts)
def test_a_week_never_counts_an_hour_twice(pairs, own, other):
    found = hours.spent(pairs, own, other)
    most = max(pairs, default=Decimal(0))
    assert most + other <= found <= sum(pairs, other)
    if own is not None:
        assert found <= max(own, most) + other, "no more than there was time for"
    assert found == hours.spent(reversed(pairs), own, other)
    assert found <= hours.spent([*pairs, Decimal(3)], own, other), "noting more never counts less"


@given(st.integers(1, 6), timetables, timetables)
def test_juniors_who_are_there_at_the_same_time_fit_in_the_mentors_week(number, junior, mentor):
    """As planned, without a limit per pair: the same shared hours with each of them."""
    shared = hours.prefill(junior, mentor, MONDAY, Decimal(100))
    own = hours.at_work(mentor, MONDAY)
    assert hours.spent([shared] * number, own) <= max(own, shared)


def test_other_guiding_comes_on_top_and_a_free_day_counts():
    assert hours.spent([TWO, TWO], Decimal(35)) == 4
    assert hours.spent([Decimal(30), Decimal(30)], Decimal(35)) == 35
    assert hours.spent([Decimal(30), Decimal(30)], Decimal(35), TWO) == 37
    assert hours.spent([Decimal(4), TWO], Decimal(0)) == 4, "came in on a free day: the longest counts"
    assert hours.spent([Decimal(30), Decimal(30)], None) == 60, "without a roster nobody knows what coincided"
    assert hours.spent([], Decimal(35), TWO) == 2


def test_which_weeks_can_be_noted():
    sunday = MONDAY + timedelta(days=6)
    assert hours.week_of(MONDAY) == hours.week_of(sunday) == MONDAY
    assert hours.weeks_open(sunday) == [MONDAY - timedelta(weeks=n) for n in range(5)]
    assert not hours.has_passed(MONDAY, sunday) and hours.has_passed(MONDAY, sunday + timedelta(days=1))
    for monday in hours.weeks_open(sunday):
        hours.check_week(monday, sunday)
    for wrong in (MONDAY + timedelta(weeks=1), MONDAY - timedelta(weeks=5), sunday, date.min, date.max):
        with pytest.raises(Refused):
            hours.check_week(wrong, sunday)
    assert hours.ran(None, MONDAY) and hours.ran(sunday, MONDAY) and not hours.ran(sunday + timedelta(days=1), MONDAY)


def test_which_hours_can_be_noted():
    for worked, amount in ((True, "0.25"), (True, "60"), (False, "0"), (False, "2")):
        hours.check_hours(worked, Decimal(amount))
    for worked, amount in ((True, "0"), (True, "60.01"), (False, "-0.01")):
        with pytest.raises(Refused):
            hours.check_hours(worked, Decimal(amount))


def weeks(*spent: float, confirmed: Decimal | None = TWO) -> list[MentorWeek]:
    return [MentorWeek(MONDAY + timedelta(weeks=n), confirmed, Decimal(str(s))) for n, s in enumerate(spent)]


@pytest.mark.parametrize(
    ("noted", "expected", "over"),
    [
        (weeks(2), Balance(TWO, TWO, 1), False),
        (weeks(2.49), Balance(Decimal("2.49"), TWO, 1), False),
        (weeks(2.5), Balance(Decimal("2.5"), TWO, 1), True),
        (weeks(60, 2, 2, 2, 2), Balance(Decimal(8), Decimal(8), 4), False),  # the fifth last does not count
        (weeks(0, 4, 4, 2), Balance(Decimal(10), Decimal(8), 4), True),
        (weeks(1, confirmed=None), Balance(Decimal(1), None, 1), False),
        (weeks(1, confirmed=Decimal(0)), Balance(Decimal(1), Decimal(0), 1), True),
        (weeks(0, confirmed=Decimal(0)), Balance(Decimal(0), Decimal(0), 1), False),
    ],
)
def test_the_last_four_noted_weeks(noted, expected, over):
    for order in (noted, noted[::-1]):
        assert hours.balance(order) == expected
    assert expected.over is over
    assert hours.balance([]) is None
