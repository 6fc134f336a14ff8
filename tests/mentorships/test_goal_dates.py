"""By when a goal is meant to be reached: chosen by either side, put off while nothing is due, and never a lateness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.goals import actions, dates, planning
from mentorship.mentorships.goals.dates import Calendar
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.profiles.away.models import Away
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import Stage, in_the_middle

Visit = Callable[[str | None], InspectingClient]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def pair(stage: Stage) -> int:
    """A running pair, in English."""
    made = stage.organisation
    made.speak("en")
    found = made.pair("senior", "junior", "active", started_on=made.now.date())
    made.session.commit()
    return found


@pytest.fixture
def today(stage: Stage) -> date:
    return local_date(stage.now)


def goal(stage: Stage, pair: int, **values: Any) -> int:
    told = {"current": 1, "target": 3, "words": "", "now": stage.now, **values}
    domain_id = stage.organisation.domains["Pneumatiek"]
    return stage.act(actions.add, stage.actor("junior"), pair, domain_id=domain_id, **told).id


def put(stage: Stage, goal_id: int, due_on: date | None, who: str = "junior") -> Goal:
    return stage.act(planning.set_date, stage.actor(who), goal_id, due_on, stage.now)


def row(stage: Stage, goal_id: int) -> Goal:
    return stage.read(lambda session: session.get_one(Goal, goal_id))


@pytest.mark.both_databases
def test_either_side_chooses_the_day_while_goals_can_change(stage: Stage, pair: int, today: date):
    by_then = today + 10 * WEEK
    mine = goal(stage, pair, due_on=by_then)
    assert row(stage, mine).due_on == by_then
    assert put(stage, mine, today + 12 * WEEK, "senior").due_on == today + 12 * WEEK
    assert put(stage, mine, None).due_on is None
    assert len(stage.audit("choose day of goal")) == 2
    put(stage, mine, None)
    assert len(stage.audit("choose day of goal")) == 2, "the same day again changes nothing"
    with pytest.raises(Refused, match="niet jouw duo"):
        put(stage, mine, by_then, "coordinator")
    stage.act(mentorships.step, stage.actor("junior"), pair, "end", stage.now)
    with pytest.raises(Refused, match="loopt of pauzeert"):
        put(stage, mine, by_then)


@pytest.mark.parametrize(("days", "why"), [(0, "na vandaag"), (-1, "na vandaag"), (1099, "drie jaar")])
def test_a_day_lies_ahead_and_not_out_of_sight(stage: Stage, pair: int, today: date, days: int, why: str):
    with pytest.raises(Refused, match=why):
        goal(stage, pair, due_on=today + days * DAY)
    mine = goal(stage, pair)
    with pytest.raises(Refused, match=why):
        put(stage, mine, today + days * DAY)
    assert put(stage, mine, today + 1098 * DAY).due_on and put(stage, mine, today + DAY).due_on


def test_a_goal_that_is_reached_or_dropped_has_no_day(stage: Stage, pair: int, session: Session, today: date):
    mine = goal(stage, pair, target=2)
    stage.act(actions.drop, stage.actor("junior"), mine, stage.now)
    with pytest.raises(Conflict, match="geschrapt"):
        put(stage, mine, today + WEEK)
    goal(stage, pair, target=2)
    claimed = {"level": 2, "status": "confirmed", "claimed_at": stage.now, "settled_at": stage.now}
    session.add(LevelClaim(goal_id=mine, evidence="Zelf gezien.", mentor_at=stage.now, **claimed))
    session.commit()
    with pytest.raises(Conflict, match="al gehaald"):
        put(stage, mine, today + WEEK)


@pytest.mark.both_databases
def test_who_comes_second_finds_what_the_first_chose(stage: Stage, pair: int, today: date):
    mine = goal(stage, pair)
    first = partial(planning.set_date, actor=stage.actor("junior"), goal_id=mine, due_on=today + WEEK, now=stage.now)
    outcome = in_the_middle(stage.engine, first, lambda: put(stage, mine, today + 2 * WEEK, "senior"))
    assert outcome.due_on == today + 2 * WEEK and row(stage, mine).due_on == today + 2 * WEEK


@pytest.mark.both_databases
def test_a_pause_holds_the_day_and_moves_it_by_as_long_as_it_lasted(stage: Stage, pair: int, today: date):
    mine = goal(stage, pair, due_on=today + 4 * WEEK)
    act = partial(stage.act, mentorships.step, stage.actor("senior"), pair)
    act("pause", stage.now, today + 6 * WEEK)
    assert row(stage, mine).held_on == today
    act("resume", stage.now + 10 * DAY)
    assert (row(stage, mine).due_on, row(stage, mine).held_on) == (today + 4 * WEEK + 10 * DAY, None)
    act("pause", stage.now + 10 * DAY, today + 17 * DAY)
    assert stage.act(mentorships.resume_due, stage.now + 17 * DAY) == [pair]
    assert row(stage, mine).due_on == today + 4 * WEEK + 17 * DAY


def test_a_day_chosen_during_a_pause_stays_as_it_is(stage: Stage, pair: int, today: date):
    mine = goal(stage, pair, due_on=today + 4 * WEEK)
    stage.act(mentorships.step, stage.actor("senior"), pair, "pause", stage.now, today + 2 * WEEK)
    put(stage, mine, today + 9 * WEEK)
    stage.act(mentorships.resume_due, stage.now + 2 * WEEK)
    assert row(stage, mine).due_on == today + 9 * WEEK


def held(due: date | None, since: date | None = None) -> Goal:
    return Goal(due_on=due, held_on=since)


def test_by_when_a_goal_stands():
    today = date(2026, 11, 23)
    runs = Calendar(today, own=True, runs=True)
    assert dates.stands(held(None), runs) is None
    assert dates.stands(held(today + WEEK), runs) == today + WEEK
    pauses = Calendar(today, own=True, runs=True, until=today + WEEK)
    assert dates.stands(held(today + WEEK, today - 2 * DAY), pauses) == today + 2 * WEEK + 2 * DAY
    on = Calendar(today, own=True, runs=True, until=None)
    assert dates.stands(held(today + WEEK, today - 2 * DAY), on) == today + WEEK + 2 * DAY, "it lasts until now"
    assert dates.starts(pauses) == today + WEEK and dates.starts(runs) == today


def test_a_day_in_time_out_that_has_begun_is_when_the_two_meet_again():
    today = date(2026, 11, 23)
    out = frozenset(range(today.toordinal() - 3, today.toordinal() + 8))
    calendar = Calendar(today, own=True, runs=True, out=out)
    assert dates.stands(held(today + 2 * DAY), calendar) == today + 8 * DAY
    assert dates.stands(held(today - 2 * DAY), calendar) == today + 8 * DAY, "while it lasts nothing is due"
    assert dates.stands(held(today - 4 * DAY), calendar) == today - 4 * DAY
    assert dates.stands(held(today + 9 * DAY), calendar) == today + 9 * DAY
    ahead = Calendar(today - 5 * DAY, own=True, runs=True, out=out)
    assert dates.stands(held(today), ahead) == today, "of time out that lies ahead nothing shows"
    assert dates.starts(calendar) == today + 8 * DAY


@pytest.mark.both_databases
def test_the_two_choose_and_undo_on_the_page_of_goals(visit: Visit, stage: Stage, pair: int, today: date):
    mine = goal(stage, pair)
    junior = Screen(visit("junior"), f"/mentorships/{pair}/goals")
    assert "Meant to be reached" not in junior.text.replace("Meant to be reached by A day to plan by", "")
    junior.press("Save the day: Pneumatiek", due_on=(today + 10 * WEEK).isoformat())
    assert "You mean to reach this goal by 1 Feb 2027." in junior.text
    assert "Meant to be reached by 1 Feb 2027." in junior.text
    senior = Screen(visit("senior"), f"/checkins/duo/{pair}")
    assert "Meant to be reached by 1 Feb 2027." in senior.text
    onlooker = Screen(visit("coordinator"), f"/mentorships/{pair}/goals")
    assert "Meant to be reached by 1 Feb 2027." in onlooker.text
    assert "Save the day: Pneumatiek" not in onlooker.names("button")
    assert "Meant to be reached by 1 Feb 2027." in Screen(visit("coordinator"), f"/duos?open={pair}").text
    junior.press("Undo")
    assert row(stage, mine).due_on is None
    senior.open(f"/mentorships/{pair}/goals").press("Save the day: Pneumatiek", due_on=today.isoformat())
    assert senior.status == 422 and "Choose a day after today." in senior.text
    assert senior.fields("Save the day: Pneumatiek")["due_on"] == today.isoformat()
    senior.press("Save the day: Pneumatiek", due_on="")
    assert senior.status == 200 and "No day is meant for this goal any more." in senior.text


def test_a_new_goal_can_have_a_day(visit: Visit, stage: Stage, pair: int, today: date):
    stage.organisation.can("junior", "Pneumatiek", 1)
    stage.organisation.session.commit()
    address = f"/mentorships/{pair}/goals?domain={stage.organisation.domains['Pneumatiek']}"
    screen = Screen(visit("junior"), address).press("Set this goal", due_on=today.isoformat())
    assert screen.status == 422 and "Choose a day after today." in screen.text
    screen.press("Set this goal", due_on=(today + WEEK).isoformat())
    assert "Meant to be reached by 30 Nov 2026." in screen.text


def test_a_day_that_has_passed_is_said_kindly_and_to_the_two_alone(visit: Visit, stage: Stage, pair: int, today: date):
    mine = goal(stage, pair)
    stage.change(Goal, mine, due_on=today - DAY)
    for key in ("junior", "senior"):
        for url in (f"/mentorships/{pair}/goals", f"/checkins/duo/{pair}"):
            told = Screen(visit(key), url).text
            assert "The day you had in mind, 22 Nov 2026, has passed. Choose another if you like." in told
    for url in (f"/mentorships/{pair}/goals", f"/checkins/duo/{pair}", f"/duos?open={pair}"):
        told = Screen(visit("coordinator"), url).text
        assert "has passed" not in told and "22 Nov 2026" not in told


def test_who_looks_on_does_not_read_when_somebody_is_out(visit: Visit, stage: Stage, pair: int, today: date):
    made = stage.organisation
    mine = goal(stage, pair, due_on=today + DAY)
    values = {"first_day": today - DAY, "last_day": today + 3 * DAY}
    made.session.add(Away(person_id=made.people["senior"], **values))
    made.session.commit()
    junior = Screen(visit("junior"), f"/mentorships/{pair}/goals").text
    assert "Meant to be reached by 27 Nov 2026. That is when you meet again." in junior
    onlooker = Screen(visit("coordinator"), f"/mentorships/{pair}/goals").text
    assert "Meant to be reached by 24 Nov 2026." in onlooker and "meet again" not in onlooker
    assert row(stage, mine).due_on == today + DAY


def test_a_pause_says_that_the_day_moves_along(visit: Visit, stage: Stage, pair: int, today: date):
    goal(stage, pair, due_on=today + WEEK)
    stage.act(mentorships.step, stage.actor("senior"), pair, "pause", stage.now, today + 2 * WEEK)
    told = Screen(visit("junior"), f"/mentorships/{pair}/goals").text
    assert "Meant to be reached by 14 Dec 2026. The pair pauses; the day moves along." in told


def test_undoing_a_pause_lets_the_day_go(visit: Visit, stage: Stage, pair: int, today: date):
    mine = goal(stage, pair, due_on=today + WEEK)
    screen = Screen(visit("senior"), f"/mentorships/{pair}/pause")
    screen.press("Pause until then", until=(today + 2 * WEEK).isoformat())
    assert row(stage, mine).held_on == today
    screen.press("Undo")
    assert row(stage, mine).held_on is None


def test_strangers_choose_no_day(visit: Visit, stage: Stage, pair: int, today: date):
    mine = goal(stage, pair)
    for key in ("coordinator", "manager", "nobody"):
        answer = visit(key).post(f"/goals/{mine}/pace", data={"due_on": (today + WEEK).isoformat()})
        assert answer.status_code in (403, 404)
    assert row(stage, mine).due_on is None


def test_the_day_is_not_known_of_a_goal_of_another_pair(stage: Stage, pair: int, today: date):
    mine = goal(stage, pair)
    other = stage.organisation.pair("other_senior", "other_junior", "active")
    stage.organisation.session.commit()
    with pytest.raises(Conflict, match="gehaald of geschrapt"):
        stage.act(planning.use_dates, stage.actor("other_junior"), other, {mine: today + WEEK}, stage.now)
