"""For any history with absences nothing is due, asked, reminded, missed or counted together inside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorship.base.clock import AMSTERDAM, local_date
from mentorship.checkins import balance, due, noticing
from mentorship.checkins.endings import rules as endings
from mentorship.checkins.findings import Working
from mentorship.checkins.together_shifts import days_together
from mentorship.matching import Timetable
from mentorship.mentorships.hours import rules as hours
from mentorship.profiles.away.rules import ordinals
from mentorship.reminders.rules import unasked_check_ins

SUMMER_TIMES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
WORK, LATE, NIGHT = ((450, 975),), ((840, 1320),), ((1320, 1800),)

days = st.sampled_from([(), WORK, LATE, NIGHT])
rosters = st.lists(days, min_size=7, max_size=28)
around_a_change = st.builds(
    lambda change, off: change + timedelta(days=off),
    st.sampled_from(SUMMER_TIMES),
    st.integers(-30, 30),
)
absences = st.lists(
    st.builds(
        lambda first, length: (first, first + timedelta(days=length)),
        around_a_change,
        st.integers(0, 40),
    ),
    max_size=4,
).map(ordinals)


def timetable(cycle: list[tuple[tuple[int, int], ...]], out: frozenset[int] = due.NEVER) -> Timetable:
    return replace(Timetable.of(date(2026, 1, 5).toordinal(), cycle), out=out)


@given(rosters, rosters, around_a_change, absences, absences)
def test_a_pair_is_due_on_no_day_on_which_a_side_is_out(mine, theirs, last, gone, also_gone):
    out = gone | also_gone
    junior, mentor = timetable(mine, gone), timetable(theirs, also_gone)
    ahead = (due.days_later(last, due.LATEST_DAYS, out) - last).days
    met = days_together(junior, mentor, last + timedelta(days=1), ahead, False)
    assert not {day.toordinal() for day in met} & out, "nobody works together while one of them is out"
    asked = due.next_due(last, met, out=out)
    assert asked.toordinal() not in out
    assert due.days_since(last, asked, out) >= due.EARLIEST_DAYS, "time away does not count"
    moved = due.days_since(last, asked, out) < (asked - last).days
    if moved and len(met) >= due.MEETINGS and max(met) >= asked:
        assert asked in met, "a date that moved tells no more than when they meet again"


@given(rosters, rosters, around_a_change)
def test_without_absences_a_pair_is_due_as_before(mine, theirs, last):
    junior, mentor = timetable(mine), timetable(theirs)
    met = days_together(junior, mentor, last + timedelta(days=1), due.LATEST_DAYS, False)
    met_since = sorted(met)
    expected = last + timedelta(days=due.LATEST_DAYS)
    if len(met_since) >= due.MEETINGS:
        expected = min(max(last + timedelta(days=due.EARLIEST_DAYS), met_since[1]), expected)
    assert due.next_due(last, met) == expected


@given(around_a_change, st.integers(0, 60), absences)
def test_nothing_is_missed_or_reminded_while_away_and_the_term_shifts(opened, later, out):
    today = opened + timedelta(days=later)
    told = unasked_check_ins([(1, opened)], [], [], today, lambda who, kind: None, {1: out})
    if today.toordinal() in out:
        assert not due.is_missed(opened, today, out)
        assert due.reminders_due(opened, today, [], out) is None and not told
    away_since = sum(opened.toordinal() < day <= today.toordinal() for day in out)
    open_for = later - away_since
    if today.toordinal() not in out:
        assert due.is_missed(opened, today, out) == (open_for >= due.MISSED_AFTER_DAYS)
        assert bool(told)


@given(around_a_change, st.integers(0, 80), absences)
def test_nobody_is_asked_once_more_while_away_and_who_was_is_after_the_return(ended, later, out):
    today = ended + timedelta(days=later)
    there = sum(day not in out for day in range(ended.toordinal() + 1, today.toordinal() + 1))
    expected = today.toordinal() not in out and there <= due.MISSED_AFTER_DAYS
    assert endings.is_asked(ended, today, out) == expected
    assert endings.is_asked(ended, today, due.NEVER) == (later <= due.MISSED_AFTER_DAYS)


@given(around_a_change, st.integers(0, 60))
def test_without_absences_terms_and_reminders_are_as_before(opened, later):
    today = opened + timedelta(days=later)
    assert due.is_missed(opened, today) == (later >= due.MISSED_AFTER_DAYS)
    assert due.last_day(opened) == opened + timedelta(days=due.MISSED_AFTER_DAYS - 1)
    expected = max((days for days in due.REMINDERS if later >= days), default=None)
    assert due.reminders_due(opened, today, []) == expected
    assert due.days_since(opened, today) == later and due.days_later(opened, later) == today


@given(st.none() | rosters, around_a_change, st.integers(0, 1439), absences)
@example(None, date(2026, 3, 28), 1439, ordinals([(date(2026, 3, 28), date(2026, 3, 29))]))
def test_mail_waits_until_the_return(cycle, day, minutes, out):
    now = datetime.combine(day, time(minutes // 60, minutes % 60), AMSTERDAM).astimezone(UTC)
    own = None if cycle is None else timetable(cycle, out)
    moment = due.next_moment(own, now, out=out)
    assert moment >= now
    shift_begins = {local_date(moment), local_date(moment) - timedelta(days=1)}
    assert any(one.toordinal() not in out for one in shift_begins)
    if local_date(moment).toordinal() in out:
        assert moment.astimezone(AMSTERDAM).hour < 6, "the end of a night shift that began before"
    if day.toordinal() not in out and not out:
        planned = None if own is None else own.planned
        assert moment == due.next_moment(planned, now)


@given(rosters, rosters, around_a_change, absences, absences)
def test_no_hours_are_foreseen_on_days_out(mine, theirs, day, gone, also_gone):
    monday = hours.week_of(day)
    junior, mentor = timetable(mine, gone), timetable(theirs, also_gone)
    found = hours.prefill(junior, mentor, monday, hours.MOST)
    week = set(range(monday.toordinal(), monday.toordinal() + 7))
    if week <= gone | also_gone:
        assert not found
    if not (gone | also_gone) & set(range(monday.toordinal() - 1, monday.toordinal() + 8)):
        assert found == hours.prefill(junior.planned, mentor.planned, monday, hours.MOST)
    assert hours.at_work(junior, monday) <= hours.at_work(junior.planned, monday)


@given(rosters, around_a_change, absences)
def test_a_week_is_not_asked_about_only_when_every_shift_of_it_fell_away(cycle, day, out):
    monday = hours.week_of(day)
    own = timetable(cycle, out)
    left = hours.at_work(own, monday)
    planned = hours.at_work(own.planned, monday)
    assert hours.is_out(own, out, monday) == (planned > 0 and left == 0)
    assert not hours.is_out(own.planned, due.NEVER, monday)


@given(around_a_change, st.integers(0, 80), absences)
def test_four_weeks_apart_are_four_weeks_in_which_both_are_there(since, later, out):
    today = since + timedelta(days=later)
    now = datetime.combine(today, time(12), AMSTERDAM)
    found = noticing.noticed({}, Working(running_since=since, out=out), [], now)
    counted = due.days_since(since, today, out)
    assert bool(found) == (counted > 28 and today.toordinal() not in out)


@given(around_a_change, st.integers(0, 160), absences)
def test_time_away_does_not_age_an_answer(answered, later, out):
    today = answered + timedelta(days=later)
    points = [(answered - timedelta(days=14), 0.8), (answered, 0.8)]
    found = balance.standing(points, today, out)
    fresh = due.days_since(answered, today, out) <= balance.FRESH.days
    assert found == (balance.GOOD if fresh else balance.UNKNOWN)
    if not out:
        assert found == balance.standing(points, today)


@pytest.mark.parametrize("change", SUMMER_TIMES)
def test_back_on_the_day_of_a_summer_time_change(change: date):
    out = ordinals([(change - timedelta(days=7), change - timedelta(days=1))])
    now = datetime.combine(change - timedelta(days=3), time(12), AMSTERDAM)
    every_day = timetable([WORK] * 7, out)
    moment = due.next_moment(every_day, now, out=out).astimezone(AMSTERDAM)
    assert (moment.date(), moment.time()) == (change, time(7, 45))
