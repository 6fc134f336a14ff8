"""When to ask: dates by counting days, moments by walking the clock of Amsterdam minute by minute."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.checkins.due import next_due, next_moment, reminders_due
from mentorship.matching import Timetable
from tests.matching.reference import day_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2024, 1, 1).toordinal()
DAY = date(2026, 3, 2)
MINUTE = timedelta(minutes=1)


def clock(hours, minutes=0):
    return 60 * hours + minutes


def every_day(begin, end):
    return Timetable.of(MONDAY, [[(begin, end)]])


ROSTERS = {
    "day": Timetable.of(MONDAY, [[(clock(7, 30), clock(16))]] * 5 + [[], []], {2}),
    "early": Timetable.of(MONDAY, [[(clock(6), clock(14))]]),
    "late": Timetable.of(MONDAY, [[(clock(14), clock(22, 15))]] * 5 + [[], [(clock(12), clock(20))]]),
    "night": Timetable.of(MONDAY, [[(clock(22), clock(30))]] * 7 + [[]] * 3),
    "split": Timetable.of(
        MONDAY, [[(clock(1, 30), clock(3, 30)), (clock(7), clock(11)), (clock(21), clock(27))]] * 6 + [[]]
    ),
    "no roster": None,
}


def last_sunday(year, month):
    """The last Sunday of a month of 31 days."""
    return date(year, month, 31) - timedelta(days=date(year, month, 31).isoweekday() % 7)


CHANGES = [last_sunday(year, month) for year in range(2026, 2036) for month in (3, 10)]


def local(moment):
    return moment.astimezone(AMSTERDAM)


def at_work(timetable, moment):
    """Whether the clock on the wall stands within a shift, begun today or yesterday."""
    now = local(moment)
    for back in (0, 1):
        day = now.date().toordinal() - back
        minute = clock(now.hour, now.minute) + 1440 * back
        if any(begin <= minute < end for begin, end in day_of(timetable, day)):
            return True
    return False


OFFICE = Timetable.of(MONDAY, [[(clock(9), clock(17))]] * 5 + [[], []])


@lru_cache
def good_minutes(roster, change):
    """The minutes from two days before a change until six after at which a person may be asked."""
    timetable = ROSTERS[roster] or OFFICE
    start = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=2)
    minutes = [start + i * MINUTE for i in range(8 * 1440)]
    works = [at_work(timetable, minute) for minute in minutes]
    good, begin = [], None
    for i, minute in enumerate(minutes):
        begin = None if not works[i] else i if begin is None else begin
        if begin is not None and (ROSTERS[roster] is None or (i - begin >= 15 and all(works[i : i + 30]))):
            good.append(minute)
    return good


def test_the_changes_are_the_days_on_which_the_clock_changes():
    for day in CHANGES:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=AMSTERDAM)
        assert noon.utcoffset() != (noon - timedelta(days=1)).utcoffset()


@pytest.mark.parametrize("roster", ROSTERS)
def test_every_quarter_of_an_hour_around_every_change_of_the_clock(roster):
    timetable = ROSTERS[roster]
    for change in CHANGES:
        good = good_minutes(roster, change)
        start = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=1, hours=2)
        for quarter in range(3 * 96 + 8):
            now = start + quarter * timedelta(minutes=15)
            moment = next_moment(timetable, now)
            assert moment.utcoffset() == timedelta(0)
            assert moment >= now
            assert at_work(timetable or OFFICE, moment), (roster, now, moment)
            assert moment == good[bisect_left(good, now)], (roster, now)


@pytest.mark.parametrize(
    "shift",
    [
        (clock(2), clock(10)),
        (clock(2, 30), clock(4)),
        (clock(18), clock(26, 30)),
        (clock(22), clock(27)),
        (clock(2, 15), clock(2, 45)),
        (clock(2, 30), clock(3, 15)),
        (clock(1, 45), clock(2, 15)),
        (0, clock(24)),
        (clock(23, 59), clock(47, 59)),
    ],
)
def test_shifts_that_begin_or_end_within_the_hour_that_changes(shift):
    for change in CHANGES:
        start = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=1)
        before = start
        for quarter in range(3 * 96):
            now = start + quarter * timedelta(minutes=15)
            moment = next_moment(every_day(*shift), now)
            assert moment >= max(now, before), "a later now never gives an earlier moment"
            wall = local(moment)
            passed = clock(wall.hour, wall.minute)
            # March moves what falls in the lost hour an hour forward; in October an hour passes that no clock counts
            moved = 60 * (wall.date() == change and change.month == 3 and 180 <= passed < 240)
            readings = {passed, passed - moved, 179 if wall.fold else passed}
            assert any(shift[0] <= r + day < shift[1] for r in readings for day in (0, 1440)), (now, wall)
            before = moment


def test_a_shift_that_the_missing_hour_swallows_is_passed_over():
    change = last_sunday(2026, 3)
    midnight = datetime(change.year, change.month, change.day, tzinfo=AMSTERDAM).astimezone(UTC)
    assert next_moment(every_day(clock(2, 30), clock(3, 10)), midnight) == midnight + timedelta(hours=25, minutes=30)


def test_a_time_that_exists_twice_is_taken_once():
    roster, change = every_day(clock(2, 10), clock(3)), last_sunday(2026, 10)
    first = datetime(change.year, change.month, change.day, 0, 0, tzinfo=UTC)
    assert next_moment(roster, first) == first + 25 * MINUTE
    night = every_day(clock(22), clock(26, 30))
    assert next_moment(night, first + 40 * MINUTE) == first + timedelta(hours=21, minutes=15), (
        "it ended at 2:30 summer time"
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((3, 6, 0), (3, 7, 45)),
        ((3, 7, 35), (3, 7, 45)),
        ((3, 12, 7), (3, 12, 7)),
        ((3, 15, 30), (3, 15, 30)),
        ((3, 15, 31), (5, 7, 45)),
        ((6, 16, 0), (9, 7, 45)),
    ],
)
def test_a_working_week_with_wednesdays_off(now, expected):
    def of(day, hour, minute):
        return datetime(2026, 3, day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)

    assert next_moment(ROSTERS["day"], of(*now)) == of(*expected)


def test_short_shifts_no_shifts_and_no_roster():
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert next_moment(Timetable.of(MONDAY, [[]]), noon) == noon
    assert next_moment(every_day(clock(8), clock(8, 40)), noon) == datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert next_moment(every_day(clock(12, 30), clock(13, 10)), noon) == noon, (
        "no shift leaves room: take what there is"
    )
    far = Timetable.of(noon.toordinal() + 15, [[(clock(8), clock(16))]] + [[]] * 99)
    assert next_moment(far, noon) == noon
    assert next_moment(far, noon, 15) == datetime(2026, 3, 19, 7, 15, tzinfo=UTC)
    assert next_moment(None, datetime(2026, 3, 7, 12, tzinfo=UTC)) == datetime(2026, 3, 9, 8, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        next_moment(None, noon.replace(tzinfo=None))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(-12, 14), st.sampled_from(sorted(ROSTERS)))
def test_a_moment_keeps_and_does_not_depend_on_the_zone_of_now(now, hours, roster):
    now = now.replace(tzinfo=UTC)
    moment = next_moment(ROSTERS[roster], now)
    assert moment >= now
    assert next_moment(ROSTERS[roster], moment) == moment
    elsewhere = next_moment(ROSTERS[roster], now.astimezone(timezone(timedelta(hours=hours))))
    assert (elsewhere, elsewhere.utcoffset()) == (moment, timedelta(0))


# the next date


@given(st.lists(st.integers(-20, 80)), st.integers(0, 30), st.integers(30, 60))
def test_the_next_date_by_walking_the_days(days, earliest, latest):
    together = [DAY + timedelta(days=d) for d in days]
    expected = next(d for d in range(earliest, latest + 1) if len({t for t in days if 0 < t <= d}) >= 2 or d == latest)
    assert next_due(DAY, together, earliest, latest) == DAY + timedelta(days=expected)


@given(st.lists(st.integers(1, 60)), st.integers(1, 60))
def test_one_more_meeting_never_postpones(days, more):
    together = [DAY + timedelta(days=d) for d in days]
    assert next_due(DAY, [*together, DAY + timedelta(days=more)]) <= next_due(DAY, together)


def test_ten_days_two_meetings_six_weeks():
    def due(*days):
        return (next_due(DAY, [DAY + timedelta(days=d) for d in days]) - DAY).days

    assert due() == due(5) == due(5, 5) == due(-3, 0, 5) == due(5, 60) == 42
    assert due(1, 2, 3) == due(3, 10) == 10
    assert due(20, 3) == 20


# reminders and missing


def test_a_worker_that_runs_daily_reminds_twice():
    sent = []
    for days in range(30):
        reminder = reminders_due(DAY, DAY + timedelta(days=days), sent)
        if reminder:
            sent.append(reminder)
            assert days == reminder
    assert sent == [3, 7]


@given(st.lists(st.integers(0, 30), max_size=12))
def test_whenever_the_worker_runs_each_reminder_goes_once_and_never_both_at_once(days):
    sent = []
    for day in sorted(days):
        reminder = reminders_due(DAY, DAY + timedelta(days=day), sent)
        if reminder is not None:
            assert day >= reminder
            sent.append(reminder)
            assert reminders_due(DAY, DAY + timedelta(days=day), sent) is None
    assert sent in ([], [3], [7], [3, 7])
    assert (7 in sent) == any(day >= 7 for day in days)


def test_a_worker_that_was_down_for_eight_days_sends_the_last_one_only():
    assert reminders_due(DAY, DAY + timedelta(days=8), []) == 7
    assert reminders_due(DAY, DAY + timedelta(days=9), {7}) is None
    assert reminders_due(DAY, DAY + timedelta(days=4), {7}) is None, "a clock put back brings no earlier one"
    assert reminders_due(DAY, DAY - timedelta(days=9), []) is None
