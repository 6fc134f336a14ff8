"""The planner: what steps are left, how long they take here as a range, the days that follow, and days in one go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.goals import actions, planning
from mentorship.mentorships.goals.dates import Calendar
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.goals.paces import Step
from mentorship.mentorships.goals.queries import GoalState
from mentorship.mentorships.pace import planner
from mentorship.profiles.models import Domain
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import Stage, counted

Visit = Callable[[str | None], InspectingClient]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
TODAY = date(2026, 11, 23)


def took(*weeks: float, level: int, domain: int = 1) -> list[Step]:
    return [Step(number, domain, level, one) for number, one in enumerate(weeks)]


def state(domain: int = 1, start: int = 0, target: int = 2, **values: Any) -> GoalState:
    goal = Goal(id=7, mentorship_id=1, domain_id=domain, start_level=start, target_level=target, **values)
    return GoalState(goal, Domain(id=domain, name="Lassen", name_en="Welding"), start)


def test_weeks_are_added_up_from_step_to_step():
    taken = took(2, 4, 6, 8, 10, level=1) + took(1, 2, 3, 4, 5, level=2)
    (goal,) = planner.planned([state()], taken, Calendar(TODAY, own=True, runs=True))
    assert [(one.first, one.last) for one in goal.steps] == [
        (TODAY + 4 * WEEK, TODAY + 8 * WEEK),
        (TODAY + 6 * WEEK, TODAY + 12 * WEEK),
    ]
    assert goal.offered == TODAY + 12 * WEEK, "the later end, where no day is chosen"


def test_after_a_step_that_is_not_known_no_day_is_known():
    taken = took(2, 4, 6, 8, level=1) + took(1, 2, 3, 4, 5, level=2)
    (goal,) = planner.planned([state()], taken, Calendar(TODAY, own=True, runs=True))
    assert [(one.pace is None, one.last) for one in goal.steps] == [(True, None), (False, None)]
    assert goal.offered is None


def test_a_day_that_stands_is_filled_in_and_one_that_has_passed_is_not():
    taken = took(2, 4, 6, 8, 10, level=1)
    calendar = Calendar(TODAY, own=True, runs=True)
    (goal,) = planner.planned([state(target=1, due_on=TODAY + DAY)], taken, calendar)
    assert (goal.by, goal.offered) == (TODAY + DAY, TODAY + DAY)
    (goal,) = planner.planned([state(target=1, due_on=TODAY - DAY)], taken, calendar)
    assert (goal.by, goal.offered) == (None, TODAY + 8 * WEEK)


def test_a_pair_that_pauses_plans_from_when_it_goes_on():
    taken = took(2, 4, 6, 8, 10, level=1)
    calendar = Calendar(TODAY, own=True, runs=True, until=TODAY + 2 * WEEK)
    (goal,) = planner.planned([state(target=1)], taken, calendar)
    assert goal.steps[0].first == TODAY + 6 * WEEK


def test_what_is_reached_has_no_plan():
    reached = state(start=2, target=2)
    assert planner.planned([reached], [], Calendar(TODAY, own=True, runs=True)) == []


@pytest.fixture
def pair(stage: Stage) -> int:
    """Five others took the first step of pneumatics in 2, 4, 6, 8 and 10 weeks; a pair with two goals."""
    made = stage.organisation
    made.speak("en")
    pneumatics = made.domains["Pneumatiek"]
    for number in range(5):
        made.mentor(f"coach{number}")
        made.person(f"learner{number}", "junior")
        other = made.pair(f"coach{number}", f"learner{number}", "active")
        began = made.now - 20 * WEEK
        done = {"domain_id": pneumatics, "start_level": 0, "target_level": 1, "made_at": began}
        goal = Goal(mentorship_id=other, **done)
        made.session.add(goal)
        made.session.flush()
        settled = began + (2 + 2 * number) * WEEK
        said = {"claimed_at": settled, "mentor_at": settled, "settled_at": settled, "status": "confirmed"}
        made.session.add(LevelClaim(goal_id=goal.id or 0, level=1, evidence="Zelf gedaan.", **said))
    found = made.pair("senior", "junior", "active", started_on=made.now.date())
    made.domain("Meten")
    made.session.commit()
    for domain, target in (("Pneumatiek", 1), ("Meten", 2)):
        values = {"domain_id": made.domains[domain], "current": 0, "target": target, "words": ""}
        stage.act(actions.add, stage.actor("junior"), found, now=stage.now, **values)
    return found


def ids(stage: Stage, pair: int) -> list[int]:
    query = select(Goal.id).where(Goal.mentorship_id == pair).order_by(Goal.id)
    return stage.read(lambda session: list(session.exec(query)))


def dates(stage: Stage, pair: int) -> list[date | None]:
    query = select(Goal.due_on).where(Goal.mentorship_id == pair).order_by(Goal.id)
    return stage.read(lambda session: list(session.exec(query)))


@pytest.mark.both_databases
def test_the_two_see_the_range_and_use_the_dates_in_one_go(visit: Visit, stage: Stage, pair: int):
    today = local_date(stage.now)
    first, second = ids(stage, pair)
    page = Screen(visit("junior"), f"/mentorships/{pair}/goals").tap("The pace: how long it takes here")
    assert page.heading == "By when the goals are reached is not known yet"
    assert "Pneumatiek: between 21 Dec 2026 and 18 Jan 2027" in page.text
    assert "4 to 8 weeks, of 5 steps in this domain" in page.text
    assert "not known: fewer than five people took this step" in page.text
    fields = page.fields("Use these dates")
    assert (fields[f"due-{first}"], fields[f"due-{second}"]) == ("2027-01-18", "")
    page.press("Use these dates", **{f"due-{second}": (today + 9 * WEEK).isoformat()})
    assert "2 goals have another day now." in page.text
    assert dates(stage, pair) == [date(2027, 1, 18), today + 9 * WEEK]
    page.press("Undo")
    assert dates(stage, pair) == [None, None]


def test_a_wrong_day_is_said_at_its_field_and_saves_nothing(visit: Visit, stage: Stage, pair: int):
    first, second = ids(stage, pair)
    page = Screen(visit("senior"), f"/mentorships/{pair}/goals/pace")
    page.press("Use these dates", **{f"due-{second}": "2026-11-23"})
    assert page.status == 422 and "Choose a day after today." in page.text
    assert page.fields("Use these dates")[f"due-{first}"] == "2027-01-18" and dates(stage, pair) == [None, None]
    page.press("Use these dates", **{f"due-{second}": "nonsense"})
    assert page.status == 422 and "Fill in a date." in page.text


def test_one_of_the_two_gives_the_goals_more_time(visit: Visit, stage: Stage, pair: int):
    page = Screen(visit("junior"), f"/mentorships/{pair}/goals/pace")
    assert "Is it going too fast?" not in page.text, "no goal has a day to move"
    page.press("Use these dates").press("4 weeks more")
    assert "The goals get 4 weeks more." in page.text and dates(stage, pair)[0] == date(2027, 2, 15)
    page.press("Slow the pace", weeks="99")
    assert page.status == 422 and "At most 26." in page.text


def test_who_looks_on_reads_and_changes_nothing(visit: Visit, stage: Stage, pair: int):
    url = f"/mentorships/{pair}/goals/pace"
    page = Screen(visit("coordinator"), url)
    assert "Pneumatiek: between 21 Dec 2026 and 18 Jan 2027" in page.text
    assert not {"Use these dates", "Slow the pace"} & set(page.names("button"))
    for key in ("manager", "other_junior", "hr", "admin"):
        assert visit(key).get(url).status_code in (403, 404)
    for key in ("coordinator", "manager", "other_junior"):
        assert visit(key).post(url, {f"due-{ids(stage, pair)[0]}": "2027-01-18"}).status_code in (403, 404)
        assert visit(key).post(f"{url}/slower", {"weeks": "2"}).status_code in (403, 404)
    assert dates(stage, pair) == [None, None]


def test_a_goal_of_others_is_not_dated_by_it(stage: Stage, pair: int):
    other = stage.read(lambda session: session.exec(select(Goal).order_by(Goal.id)).first())
    with pytest.raises(Conflict, match="gehaald of geschrapt"):
        stage.act(planning.use_dates, stage.actor("junior"), pair, {other.id: TODAY + WEEK}, stage.now)
    stage.act(mentorships.step, stage.actor("junior"), pair, "end", stage.now)
    with pytest.raises(Refused):
        stage.act(planning.use_dates, stage.actor("junior"), pair, {}, stage.now)


def test_a_pair_that_is_over_has_no_pace(visit: Visit, stage: Stage, pair: int):
    stage.act(mentorships.step, stage.actor("junior"), pair, "end", stage.now)
    page = Screen(visit("senior"), f"/mentorships/{pair}/goals/pace")
    assert page.heading == "No goal runs now" and "Use these dates" not in page.names("button")


def test_more_goals_cost_no_more_queries(visit: Visit, stage: Stage, pair: int, session: Session):
    client = visit("junior")
    url = f"/mentorships/{pair}/goals/pace"
    client.get(url)
    with counted(stage.engine) as few:
        client.get(url)
    made = stage.organisation
    for number in range(4):
        values = {"domain_id": made.domain(f"D{number}"), "current": 0, "target": 2, "words": ""}
        made.session.commit()
        stage.act(actions.add, stage.actor("junior"), pair, now=stage.now, **values)
    client.get(url)
    with counted(stage.engine) as many:
        client.get(url)
    assert len(many) == len(few)
