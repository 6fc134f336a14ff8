"""Sentences and short words of a round, each at the edge where it turns into another: pure, in English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentorship.base.i18n import use_locale
from mentorship.profiles.rosters.models import Shift
from mentorship.rounds import finding
from mentorship.rounds.finding import Outcome, brief, heading, last_of, matched, proven
from mentorship.rounds.models import Round
from mentorship.rounds.remarks import Remark, remarks
from mentorship.rounds.roster.squares import Calendar, Turn, clock, times, turns, weeks
from mentorship.rounds.rows import _weights

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOTHING = Outcome(pairs=0, unmatched=0, decided=0, open=0, answers={})


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_locale("en"):
        yield


def a_round(status: str, **values: Any) -> Round:
    return Round(name="R", weights={}, floor=0.3, spread=0.0, created_at=NOW, status=status, **values)


@pytest.mark.parametrize(
    ("pairs", "unmatched", "said"),
    [
        (0, 0, "No request took part in this round"),
        (1, 0, "The one request has a mentor"),
        (2, 0, "All 2 requests have a mentor"),
        (0, 1, "0 of the 1 have a mentor"),
        (1, 2, "1 of the 3 has a mentor"),
        (2, 1, "2 of the 3 have a mentor"),
    ],
)
def test_how_many_have_a_mentor(pairs: int, unmatched: int, said: str):
    outcome = replace(NOTHING, pairs=pairs, unmatched=unmatched)
    assert outcome.asked == pairs + unmatched and matched(outcome) == said
    assert heading(a_round("solved", solved_at=NOW), outcome) == said
    assert heading(a_round("solving", solved_at=NOW), outcome) == said, "found before, and being found again"


@pytest.mark.parametrize(
    ("status", "number", "said"),
    [
        ("draft", 1, "1 open request can take part"),
        ("draft", 4, "4 open requests can take part"),
        ("solving", 4, "Finding pairs for this round"),
    ],
)
def test_the_heading_before_anything_was_found(status: str, number: int, said: str):
    assert heading(a_round(status), replace(NOTHING, open=number)) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"proposed": 1, "active": 2}, "1 proposal waits for an answer"),
        ({"proposed": 2}, "2 proposals wait for an answer"),
        ({"active": 1, "refused": 2}, "1 of the 3 pairs has begun"),
        ({"active": 1, "paused": 1, "ended": 1}, "3 of the 3 pairs have begun"),
        ({"refused": 1, "expired": 1, "withdrawn": 1}, "0 of the 3 pairs have begun"),
    ],
)
def test_the_heading_of_a_published_round(answers: dict[str, int], said: str):
    outcome = replace(NOTHING, pairs=3, unmatched=1, answers=answers)
    assert heading(a_round("published", solved_at=NOW, published_at=NOW), outcome) == said
    assert heading(a_round("closed", solved_at=NOW, published_at=NOW), outcome) == said


def test_the_quiet_line_says_since_when_and_who_knows():
    found = "Found on 23 Nov 2026 10:00."
    solved = a_round("solved", solved_at=NOW)
    assert _plain(brief(solved, NOTHING)) == f"{found} Nobody has been told yet."
    decided = _plain(brief(solved, replace(NOTHING, decided=1)))
    assert decided == f"{found} 1 decision about pairs. Nobody has been told yet."
    assert "2 decisions about pairs." in brief(solved, replace(NOTHING, decided=2))
    until = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    announced = a_round("announced", solved_at=NOW, announced_at=NOW, objections_until=until)
    said = brief(announced, NOTHING)
    assert "managers can object until and including Monday 30 November" in said and "Nobody" not in said
    assert "Nobody has been told yet." in brief(a_round("solved", solved_at=NOW, objections_until=until), NOTHING)
    assert "Nobody has been told yet." in brief(a_round("announced", solved_at=NOW), NOTHING), "its end is not known"
    assert _plain(brief(a_round("solving", solved_at=NOW), NOTHING)).startswith(found), (
        "what was found stands meanwhile"
    )
    assert brief(a_round("draft"), NOTHING) == "No pairs yet" and brief(a_round("solving"), NOTHING) == ""
    published = a_round("published", solved_at=NOW, published_at=NOW)
    assert _plain(brief(published, NOTHING)) == "Published on 23 Nov 2026 10:00."
    closed = a_round("closed", solved_at=NOW, published_at=NOW)
    assert _plain(brief(closed, NOTHING)) == "The round is closed. Published on 23 Nov 2026 10:00."


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_the_last_day_is_the_one_before_a_term_ends():
    midnight = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    assert last_of(midnight) == date(2026, 11, 30)
    assert last_of(midnight + timedelta(seconds=1)) == date(2026, 12, 1) == last_of(midnight + timedelta(hours=1))


def test_what_is_proven_was_found_by_what_holds_now():
    shown = {status: proven(a_round(status, solved_at=NOW)) for status in ("draft", "solving", "solved", "announced")}
    assert shown == {"draft": False, "solving": False, "solved": True, "announced": True}
    assert not proven(a_round("announced", solved_at=NOW, solve_again=True)) and not proven(a_round("solved"))
    assert finding.proven(a_round("published", solved_at=NOW, published_at=NOW))


def explained(**values: Any) -> dict[str, Any]:
    """A pair whose score is its domain's part, and who meet often."""
    found: dict[str, Any] = {"parts": {"domain": 0.8, "wish": 0.0}, "weights": {"domain": 1.0, "wish": 0.0}}
    return found | {"known": True, "remote": False, "meeting": {"shifts_per_four_weeks": 5}} | values


def told(before: str = "", becomes: str | None = None, **values: Any) -> list[tuple[str, bool]]:
    return [(each.text, each.warns) for each in remarks(explained(**values), 0.3, before, becomes)]


def test_a_pair_of_which_nothing_is_to_be_known():
    assert told() == [] and told(meeting=None) == []
    of_old = explained()
    del of_old["known"]
    assert remarks(of_old, 0.3, "", None) == [], "nobody kept whether it was known"
    assert remarks(explained(), 0.3, "", "Bilal") == [Remark("becomes Bilal")]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"before": "Ans"}, ("was Ans", False)),
        ({"before": "Ans", "becomes": "Bilal"}, ("becomes Bilal", False)),
        ({"before": "Ans", "becomes": ""}, ("another mentor is looked for", False)),
        ({"meeting": {"shifts_per_four_weeks": 4.96}}, ("seldom together: 5 shifts in four weeks", True)),
        ({"meeting": {"shifts_per_four_weeks": 2.25}}, ("seldom together: 2.2 shifts in four weeks", True)),
        ({"meeting": {"shifts_per_four_weeks": 1}}, ("seldom together: 1 shift in four weeks", True)),
        ({"known": False}, ("way of learning not known: counts for half", False)),
        ({"parts": {"domain": 0.8, "wish": 1.0}}, ("one of them named the other", False)),
        ({"parts": {"domain": 0.34, "wish": 0.0}}, ("just above the floor", True)),
    ],
)
def test_one_thing_to_be_known_of_a_pair(values: dict[str, Any], said: tuple[str, bool]):
    assert told(**values) == [said]


def test_just_above_the_floor_ends_where_it_is_no_more_and_counts_no_continuity():
    assert told(parts={"domain": 0.35, "wish": 0.0}) == []
    assert told(parts={"domain": 0.3499, "wish": 0.0}) == [("just above the floor", True)]
    hidden = {"parts": {"domain": 0.34, "continuity": 1.0}, "weights": {"domain": 0.9, "continuity": 0.1}}
    assert told(**hidden) == [("just above the floor", True)], "what counts for the floor is without continuity"


def test_who_learns_at_a_distance_does_not_meet_in_shifts():
    assert told(remote=True, meeting={"shifts_per_four_weeks": 0}) == []


def test_what_happens_to_a_pair_comes_first_and_warnings_before_facts():
    every = told("Ans", known=False, parts={"domain": 0.3, "wish": 1.0}, meeting={"shifts_per_four_weeks": 0})
    assert [warns for _, warns in every] == [False, True, True, False, False]
    assert every[0] == ("was Ans", False)


DAY, NIGHT = Shift(id=1, code="D", begins=450, ends=975), Shift(id=2, code="N", begins=1320, ends=1800)
FREE = Shift(id=3, code="-", begins=None, ends=None)
MONDAY = date(2026, 11, 23)


def test_days_are_called_by_date_by_week_or_by_number():
    dated, by_week, counted = (Calendar(MONDAY, dated=one, by_week=two) for one, two in ((1, 0), (0, 1), (0, 0)))
    assert [by_week.said(day) for day in (0, 6, 7)] == ["Monday of week 1", "Sunday of week 1", "Monday of week 2"]
    assert [counted.said(day) for day in (0, 9)] == ["day 1", "day 10"]
    assert [counted.short(day) for day in (0, 9)] == ["1", "10"]
    assert by_week.short(1) == "Tue" and "24" in dated.short(1) and dated.short(1).startswith("Tue")
    assert "24 November" in dated.said(1)


def test_four_weeks_of_a_roster_and_the_days_that_are_not_there():
    days = tuple((1,) if day % 7 < 5 else () for day in range(30))
    calendar = Calendar(MONDAY, dated=False, by_week=False)
    first, last = weeks(days, [DAY, NIGHT], calendar, 0), weeks(days, [DAY, NIGHT], calendar, 28)
    assert [week.title for week in first] == [f"Week {number}" for number in (1, 2, 3, 4)]
    assert [str(week.number) for week in first] == ["0", "1", "2", "3"] and all(week.goes_on for week in first)
    (end,) = last
    assert (end.number, end.title, len(end.heads), len(end.blank), end.goes_on) == (4, "Week 5", 2, 5, False)
    assert [len(week.blank) for week in first] == [0] * 4 and first[1].heads[0] == "8"
    row, night = first[0].rows
    assert [square.on for square in row.squares] == [True] * 5 + [False] * 2
    assert not any(square.on for square in night.squares)
    assert row.squares[1].name == "day-1" and row.squares[1].said == "D on day 2" and row.squares[1].short == "2"
    assert (row.code, row.times) == ("D", "07:30–16:15") and end.rows[0].squares[0].name == "day-28"


def test_times_are_those_of_a_clock_also_over_midnight():
    assert [times(shift) for shift in (DAY, NIGHT, FREE)] == ["07:30–16:15", "22:00–06:00", "free"]
    for begins, ends in ((450, None), (None, 975)):
        assert times(Shift(id=4, code="?", begins=begins, ends=ends)) == "free"
    assert [clock(minutes) for minutes in (None, 0, 65, 1439, 1440)] == ["", "00:00", "01:05", "23:59", "00:00"]


def test_a_roster_of_more_than_four_weeks_is_turned_over():
    assert turns(((),) * 28, 0) == []
    assert turns(((),) * 29, 28) == [Turn(0, "Weeks 1–4", False), Turn(28, "Weeks 5–5", True)]
    assert [turn.text for turn in turns(((),) * 70, 0)] == ["Weeks 1–4", "Weeks 5–8", "Weeks 9–10"]


def test_weights_are_told_in_their_order_by_name():
    assert _weights(None) == "" == _weights({})
    given = {"wish": 0.05, "continuity": 0.1, "preference": 0.2, "together": 0.25, "domain": 0.4}
    said = _weights(given)
    assert [part.rsplit(" ", 1)[1] for part in said.split(", ")] == ["0.4", "0.25", "0.2", "0.1", "0.05"]
