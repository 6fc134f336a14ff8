"""Together-shifts: worked by hand, and minute by minute."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.matching import Timetable, meet, together_days
from tests.matching import reference
from tests.matching.builders import DAY_WORKER, DAYTIME, EARLY, FIVE_SHIFT, LATE, MONDAY, NIGHT, TWO_SHIFT, week


def hm(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def shift(begin: str, end: str) -> tuple[int, int]:
    return hm(begin), hm(end)


DAILY = week(shift("08:00", "16:00"))
TWO_SHIFT_LATE_FIRST = week(*TWO_SHIFT.shifts, start=MONDAY + 7)
FIVE = FIVE_SHIFT.shifts
SUNDAY_NIGHT = week(*[None] * 6, NIGHT)


@pytest.mark.parametrize(
    ("junior", "mentor", "per_four_weeks", "gap", "of_shifts", "of_hours", "hours"),
    [
        pytest.param(DAY_WORKER, DAY_WORKER, 20, 3, 1, 1, 85, id="two day workers"),
        pytest.param(week(*DAY_WORKER.shifts, off=[2]), DAY_WORKER, 16, 3, 1, 1, 68, id="school day on Wednesday"),
        pytest.param(
            week(*DAY_WORKER.shifts, off=[2]),
            week(*DAY_WORKER.shifts, off=[4]),
            12,
            4,
            0.75,
            0.75,
            51,
            id="school day on Wednesday, mentor free on Friday",
        ),
        pytest.param(TWO_SHIFT, TWO_SHIFT, 20, 3, 1, 1, 80, id="2-shift, the same weeks"),
        pytest.param(TWO_SHIFT, TWO_SHIFT_LATE_FIRST, 0, None, 0, 0, 0, id="2-shift, opposite weeks"),
        pytest.param(DAY_WORKER, TWO_SHIFT, 10, 10, 0.5, 42.5 / 85, 42.5, id="day worker with 2-shift"),
        pytest.param(week(*[NIGHT] * 7), week(*[NIGHT] * 7), 28, 1, 1, 1, 112, id="night with night"),
        pytest.param(
            SUNDAY_NIGHT,
            week(shift("02:00", "10:00"), *[None] * 6),
            4,
            7,
            1,
            0.5,
            8,
            id="night over midnight into the mentor's Monday",
        ),
        pytest.param(
            week(shift("02:00", "10:00"), *[None] * 6),
            SUNDAY_NIGHT,
            4,
            7,
            1,
            0.5,
            8,
            id="Monday morning out of the mentor's night",
        ),
        pytest.param(
            SUNDAY_NIGHT,
            week(shift("02:01", "10:00"), *[None] * 6),
            0,
            None,
            0,
            239 / 480,
            239 / 30,
            id="night over midnight, a minute short",
        ),
        pytest.param(week(*FIVE), week(*FIVE), 16.8, 5, 1, 1, 67.2, id="5-shift, same team"),
        pytest.param(week(*FIVE), week(*FIVE, start=MONDAY + 1), 8.4, 6, 0.5, 0.5, 33.6, id="5-shift, a day later"),
        pytest.param(week(*FIVE), week(*FIVE, start=MONDAY + 2), 0, None, 0, 0, 0, id="5-shift, the next team"),
        pytest.param(
            week(*[shift("07:00", "19:00")] * 4, *[None] * 4),
            week(*[LATE] * 5, None, None),
            10,
            7,
            5 / 7,
            25 / 84,
            25,
            id="12 hours 4 on 4 off, with 8 hours late on weekdays",
        ),
        pytest.param(DAILY, week(shift("12:00", "20:00")), 28, 1, 1, 0.5, 56, id="four hours exactly"),
        pytest.param(DAILY, week(shift("12:01", "20:00")), 0, None, 0, 239 / 480, 239 * 14 / 60, id="a minute short"),
        pytest.param(
            week(None, shift("04:00", "08:00")), week(NIGHT, EARLY), 14, 2, 1, 1, 28, id="the mentor's shifts abut"
        ),
        pytest.param(
            week(None, shift("04:00", "08:00")),
            week(NIGHT, shift("06:01", "14:00")),
            0,
            None,
            0,
            239 / 240,
            239 * 7 / 60,
            id="a minute between the mentor's shifts",
        ),
        pytest.param(
            week(None, shift("05:00", "09:00")),
            week(shift("22:00", "31:00"), EARLY),
            14,
            2,
            1,
            1,
            28,
            id="the mentor's shifts overlap: no minute counts twice",
        ),
        pytest.param(DAILY, week(shift("16:00", "24:00")), 0, None, 0, 0, 0, id="relieved, never together"),
        pytest.param(week(None), DAILY, 0, None, 0, 0, 0, id="the junior never works"),
        pytest.param(week(DAYTIME, off=range(7)), DAILY, 0, None, 0, 0, 0, id="every weekday off"),
        pytest.param(DAILY, week(None), 0, None, 0, 0, 0, id="the mentor never works"),
    ],
)
def test_worked_by_hand(junior, mentor, per_four_weeks, gap, of_shifts, of_hours, hours):
    met = meet(junior, mentor)
    assert met.shifts_per_four_weeks == pytest.approx(per_four_weeks, abs=1e-12)
    assert met.longest_gap == gap
    assert met.share_of_shifts == pytest.approx(of_shifts, abs=1e-12)
    assert met.share_of_hours == pytest.approx(of_hours, abs=1e-12)
    assert met.hours_per_two_weeks == pytest.approx(hours, abs=1e-12)


def on_days(cycle, *days):
    return week(*[DAYTIME if day in days else None for day in range(cycle)])


@pytest.mark.parametrize(
    ("mentor", "enough"),
    [
        pytest.param(on_days(28, 0, 1), True, id="two in four weeks exactly"),
        pytest.param(on_days(29, 0, 14), False, id="two in four weeks and a day"),
        pytest.param(on_days(28, 0), False, id="one in four weeks"),
        pytest.param(on_days(56, 0, 1, 2, 30), True, id="28 days from one to the next"),
        pytest.param(on_days(56, 0, 1, 2, 31), False, id="29 days: four weeks without one"),
        pytest.param(on_days(56, 0, 1, 28), False, id="no long gap but one and a half on average"),
        pytest.param(on_days(105, *range(60)), False, id="45 days without one, many before"),
        pytest.param(on_days(105, *range(0, 105, 14)), True, id="8 evenly in 105 days"),
        pytest.param(on_days(105, *range(0, 105, 15)), False, id="7 evenly in 105 days: 1.87 on average"),
    ],
)
def test_enough_on_site(mentor, enough):
    """With a junior who works every day."""
    assert meet(week(DAYTIME), mentor).enough_on_site is enough


@pytest.mark.parametrize(("minutes", "enough"), [(60, True), (59, False)])
def test_enough_at_a_distance_is_an_hour_in_two_weeks(minutes, enough):
    met = meet(week(DAYTIME), week(*[None] * 13, (600, 600 + minutes)))
    assert met.enough_remote is enough
    assert not met.enough_on_site


@st.composite
def timetables(draw):
    one = st.none() | st.tuples(st.integers(0, 95), st.integers(1, 96)).map(lambda x: (15 * x[0], 15 * (x[0] + x[1])))
    usual = st.sampled_from([EARLY, LATE, NIGHT, DAYTIME, (420, 1140), (1140, 1860), (0, 1440), None])
    length = draw(st.sampled_from([1, 2, 3, 5, 7, 8, 10, 14]))
    shifts = draw(st.lists(one | usual, min_size=length, max_size=length))
    off = draw(st.frozensets(st.integers(0, 6), max_size=3))
    return Timetable(draw(st.integers(735_000, 740_000)), tuple(shifts), off)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(timetables(), timetables())
def test_meet_agrees_with_counting_minutes(junior, mentor):
    assert asdict(meet(junior, mentor)) == pytest.approx(reference.meeting(junior, mentor), abs=1e-9)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(timetables(), timetables(), st.integers(-400, 400))
def test_moving_both_rosters_alike_changes_nothing(junior, mentor, days):
    moved = [
        Timetable(one.start + days, one.shifts, frozenset((weekday + days) % 7 for weekday in one.off))
        for one in (junior, mentor)
    ]
    assert meet(*moved) == meet(junior, mentor)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(timetables(), timetables(), st.integers(738_000, 739_000), st.integers(0, 60))
def test_together_days_are_the_days_of_the_calendar(junior, mentor, first, days):
    expected = [day for day, _, _, run in reference.met_minutes(junior, mentor, first, days) if run >= 240]
    assert together_days(junior, mentor, first, days) == expected


@pytest.mark.parametrize(
    "shifts",
    [
        pytest.param((), id="no days"),
        pytest.param((None,) * 367, id="more than a year"),
        pytest.param(((-1, 60),), id="before the day"),
        pytest.param(((1440, 1500),), id="after the day"),
        pytest.param(((600, 600),), id="no time"),
        pytest.param(((600, 500),), id="backwards"),
        pytest.param(((600, 2041),), id="over 24 hours"),
    ],
)
def test_a_roster_that_cannot_be_is_refused(shifts):
    with pytest.raises(ValueError, match=r"^shifts must"):
        Timetable(MONDAY, shifts)
