"""Together-shifts: worked by hand, and minute by minute."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.matching import ALWAYS, NOTHING, Pattern, Timetable, joined, meet, rosters, together_days
from tests.matching import reference
from tests.matching.builders import (
    DAY_WORKER,
    DAYTIME,
    EARLY,
    FIVE_SHIFT,
    LATE,
    MONDAY,
    NIGHT,
    TWO_SHIFT,
    days_of,
    week,
)


def hm(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def shift(begin: str, end: str) -> tuple[int, int]:
    return hm(begin), hm(end)


DAILY = week(shift("08:00", "16:00"))
TWO_SHIFT_LATE_FIRST = week(*days_of(TWO_SHIFT), start=MONDAY + 7)
FIVE = days_of(FIVE_SHIFT)
SUNDAY_NIGHT = week(*[None] * 6, NIGHT)


@pytest.mark.parametrize(
    ("junior", "mentor", "per_four_weeks", "gap", "of_shifts", "of_hours", "hours"),
    [
        pytest.param(DAY_WORKER, DAY_WORKER, 20, 3, 1, 1, 85, id="two day workers"),
        pytest.param(week(*days_of(DAY_WORKER), off=[2]), DAY_WORKER, 16, 3, 1, 1, 68, id="school day on Wednesday"),
        pytest.param(
            week(*days_of(DAY_WORKER), off=[2]),
            week(*days_of(DAY_WORKER), off=[4]),
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


SHIFT = st.tuples(st.integers(0, 95), st.integers(1, 96)).map(lambda x: (15 * x[0], 15 * (x[0] + x[1])))
USUAL = st.sampled_from([EARLY, LATE, NIGHT, DAYTIME, (420, 1140), (1140, 1860), (0, 1440), (420, 660)])
DAYS = st.lists(SHIFT | USUAL, max_size=3).map(joined) | st.sampled_from([(), (EARLY,), ((420, 660), LATE)])
OFF = st.frozensets(st.integers(0, 6), max_size=3)
FIRST = st.integers(738_000, 738_400)


@st.composite
def patterns(draw, lengths=(1, 2, 3, 5, 7, 8, 10, 14), repeats=True):
    length = draw(st.sampled_from(lengths))
    start = draw(st.integers(737_900, 738_300))
    few = draw(st.lists(DAYS, min_size=1, max_size=14))
    days = [few[draw(st.integers(0, len(few) - 1))] for _ in range(min(length, 28))]
    return Pattern(start, tuple((days * length)[:length]), repeats)


@st.composite
def timetables(draw):
    """Somebody who always works by one short cycle."""
    return Timetable(((ALWAYS, draw(patterns())),), draw(OFF))


@st.composite
def eventful(draw):
    """Somebody whose rosters are long, dated, or come one after the other."""
    kinds = (
        patterns(),
        patterns(lengths=(84, 104, 112, 364, 365, 371)),
        patterns(lengths=(0, 5, 31, 90, 365), repeats=False),
        st.just(NOTHING),
    )
    days = draw(st.sets(st.integers(738_000, 738_800), max_size=2))
    first = draw(st.just(ALWAYS) | st.integers(738_000, 738_300))
    from_days = sorted({first, *days})
    return Timetable(tuple((day, draw(st.one_of(kinds))) for day in from_days), draw(OFF))


@settings(max_examples=250, deadline=None, derandomize=True)
@given(timetables(), timetables())
def test_meet_agrees_with_counting_minutes(junior, mentor):
    assert asdict(meet(junior, mentor)) == pytest.approx(reference.meeting(junior, mentor), abs=1e-9)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(eventful(), eventful() | timetables(), FIRST)
def test_over_a_year_meet_agrees_with_counting_minutes(junior, mentor, first):
    assert asdict(meet(junior, mentor, first)) == pytest.approx(reference.meeting(junior, mentor, first), abs=1e-9)
    assert asdict(meet(mentor, junior, first)) == pytest.approx(reference.meeting(mentor, junior, first), abs=1e-9)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(eventful() | timetables(), eventful() | timetables(), FIRST, st.integers(-400, 400))
def test_moving_both_rosters_alike_changes_nothing(junior, mentor, first, days):
    moved = []
    for one in (junior, mentor):
        pieces = [
            (begins + days if begins else ALWAYS, Pattern(held.start + days, held.days, held.repeats))
            for begins, held in one.pieces
        ]
        moved.append(Timetable(tuple(pieces), frozenset((weekday + days) % 7 for weekday in one.off)))
    assert meet(*moved, first + days) == meet(junior, mentor, first)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(eventful() | timetables(), FIRST, st.integers(0, 60), st.frozensets(st.integers(738_000, 738_460), max_size=40))
def test_what_is_worked_is_what_the_calendar_says(timetable, first, days, out):
    away = replace(timetable, out=out)
    for one in (timetable, away):
        assert [list(day) for day in one.worked(days, first)] == [
            reference.day_of(one, first + number) or [] for number in range(days)
        ]
    assert away.planned == timetable
    assert hash(away.planned) == hash(timetable)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(eventful() | timetables(), eventful() | timetables(), FIRST, st.integers(0, 60), st.data())
def test_together_days_are_the_days_of_the_calendar(junior, mentor, first, days, data):
    """Also when one of the two is away, which takes only days on which they would meet."""
    out = st.frozensets(st.integers(first - 2, first + days + 2), max_size=20)
    away = replace(junior, out=data.draw(out)), replace(mentor, out=data.draw(out))
    for two in ((junior, mentor), away):
        expected = [day for day, _, _, run in reference.met_minutes(*two, first, days) if run >= 240]
        assert together_days(*two, first, days) == expected
    assert set(together_days(*away, first, days)) <= set(together_days(junior, mentor, first, days))
    assert not away[0].out.intersection(together_days(*away, first, days))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(eventful() | timetables(), eventful() | timetables(), FIRST, st.frozensets(FIRST))
def test_nobodys_absence_enters_the_match(junior, mentor, first, out):
    assert meet(replace(junior, out=out), replace(mentor, out=out), first) == meet(junior, mentor, first)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(eventful() | timetables(), FIRST)
def test_what_is_over_makes_no_difference_from_then_on(timetable, first):
    rest = timetable.since(first)
    assert rest.pieces[0][0] == ALWAYS or rest == timetable
    assert rest.worked(400, first) == timetable.worked(400, first)
    assert list(rest.known(400, first)) == list(timetable.known(400, first))


def test_who_changed_over_is_like_who_always_worked_so():
    """So that they are met once, however long ago each came to this roster."""
    ((_, day),), ((_, five),) = DAY_WORKER.pieces, FIVE_SHIFT.pieces
    changed = Timetable(((ALWAYS, five), (738_000, NOTHING), (738_100, day)))
    assert changed.since(738_100) == DAY_WORKER
    assert changed.since(738_099) != DAY_WORKER


SPLIT = week(*[((420, 660), (840, 1320))] * 5, None, None)


@pytest.mark.parametrize(
    ("junior", "mentor", "per_four_weeks", "of_shifts", "of_hours", "hours"),
    [
        pytest.param(SPLIT, SPLIT, 20, 1, 1, 120, id="the same two blocks: one together-shift a day"),
        pytest.param(SPLIT, week(*[LATE] * 5, None, None), 20, 1, 8 / 12, 80, id="the second block counts"),
        pytest.param(
            SPLIT, week(*[shift("07:00", "11:00")] * 5, None, None), 20, 1, 4 / 12, 40, id="so does the first"
        ),
        pytest.param(SPLIT, week(*[shift("08:00", "17:00")] * 5, None, None), 0, 0, 0.5, 60, id="3 and 3 are not 4"),
        pytest.param(
            week(*[((360, 540), (540, 660))] * 7), week(*[shift("06:00", "10:00")] * 7), 28, 1, 0.8, 56, id="they abut"
        ),
        pytest.param(
            week(*[shift("06:00", "14:00")] * 7), week(*[((360, 480), (600, 720))] * 7), 0, 0, 0.5, 56, id="a break"
        ),
        pytest.param(
            week(*[shift("08:00", "12:00")] * 7),
            week(*[((481, 720), (1320, 1921))] * 7),
            28,
            1,
            1,
            56,
            id="the last minute of a night, and all the rest after it",
        ),
    ],
)
def test_several_blocks_a_day(junior, mentor, per_four_weeks, of_shifts, of_hours, hours):
    met = meet(junior, mentor)
    assert met.shifts_per_four_weeks == pytest.approx(per_four_weeks, abs=1e-12)
    assert met.share_of_shifts == pytest.approx(of_shifts, abs=1e-12)
    assert met.share_of_hours == pytest.approx(of_hours, abs=1e-12)
    assert met.hours_per_two_weeks == pytest.approx(hours, abs=1e-12)


def test_a_long_cycle_is_compared_over_the_year_from_the_day():
    """365 days and a week have no short cycle in common."""
    year = week(*[DAYTIME] * 200, *[None] * 165, start=MONDAY)
    now, later = meet(DAY_WORKER, year, MONDAY), meet(DAY_WORKER, year, MONDAY + 190)
    assert now.longest_gap == 165, "until the end of the year that is looked at"
    assert now.shifts_per_four_weeks == pytest.approx(144 / 13)
    assert not now.enough_on_site
    assert later.longest_gap == 166
    assert meet(year, year, MONDAY) == meet(year, year, MONDAY + 190), "their joint cycle is short: 365 days"


def dated(days, start=MONDAY):
    return Timetable(((ALWAYS, Pattern(start, tuple((DAYTIME,) if worked else () for worked in days), repeats=False)),))


@pytest.mark.parametrize(
    ("known", "enough"),
    [
        pytest.param(dated([True] * 60), True, id="two months known, all of them together"),
        pytest.param(dated([True] * 60, MONDAY + 20), True, id="from in three weeks"),
        pytest.param(dated([True] * 30 + [False] * 30), False, id="the second month apart"),
        pytest.param(dated([True] * 31 + [False] * 27), True, id="27 free days at the end"),
        pytest.param(dated([False] * 15 + [True] * 31 + [False] * 15), True, id="15 free days at both ends are no 30"),
        pytest.param(dated([False] * 28 + [True] * 31), False, id="four weeks at the beginning"),
        pytest.param(dated([True] * 60, MONDAY - 60), False, id="over and done"),
        pytest.param(dated([]), False, id="nothing is known"),
    ],
)
def test_dated_days_are_compared_as_far_as_they_are_known(known, enough):
    assert meet(week(DAYTIME), known, MONDAY).enough_on_site is enough
    assert meet(known, week(DAYTIME), MONDAY).enough_on_site is enough


def test_each_two_rosters_are_met_once_whoever_is_away_and_whenever_it_is_asked():
    rosters._meeting.cache_clear()
    for number in range(50):
        out = frozenset({MONDAY + number})
        meet(replace(DAY_WORKER, out=out), replace(FIVE_SHIFT, out=out), MONDAY + number)
    assert rosters._meeting.cache_info().misses == 1


@pytest.mark.parametrize(
    "shifts",
    [
        pytest.param((), id="no days"),
        pytest.param(((),) * 372, id="more than 53 weeks"),
        pytest.param((((-1, 60),),), id="before the day"),
        pytest.param((((1440, 1500),),), id="after the day"),
        pytest.param((((600, 600),),), id="no time"),
        pytest.param((((600, 500),),), id="backwards"),
        pytest.param((((600, 2041),),), id="over 24 hours"),
        pytest.param((((600, 700), (500, 550)),), id="out of order"),
        pytest.param((((600, 700), (700, 750)),), id="one stretch said as two"),
    ],
)
def test_a_roster_that_cannot_be_is_refused(shifts):
    with pytest.raises(ValueError, match="must"):
        Pattern(MONDAY, shifts)


@pytest.mark.parametrize("days", [(), (5, 3), (3, 3)])
def test_a_timetable_without_order_is_refused(days):
    with pytest.raises(ValueError, match="later day"):
        Timetable(tuple((day, NOTHING) for day in days))


@given(st.lists(SHIFT, max_size=5))
def test_blocks_that_touch_are_one(blocks):
    found = joined(blocks)
    Pattern(MONDAY, (found,))
    minutes = {minute for begin, end in blocks for minute in range(begin, end)}
    kept = {minute for begin, end in found for minute in range(begin, end)}
    assert kept <= minutes
    if all(end - begin < 1440 for begin, end in found):
        assert kept == minutes
