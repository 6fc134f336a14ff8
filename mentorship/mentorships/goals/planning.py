"""Verbs on the days by which goals are meant to be reached: choose one, or those of all. They never commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.mentorships.goals import queries, rules
from mentorship.mentorships.goals.actions import SUBJECT, hold, put_goal_back
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.rules import check_side
from mentorship.people.access import Actor

PAIR = "mentorship"
CHOSEN, PLANNED = "choose day of goal", "plan goals"


def set_date(session: Session, actor: Actor, goal_id: int, due_on: date | None, now: datetime) -> Goal:
    """Choose, from either side, by when a goal is meant to be reached, or none; the same day again changes nothing."""
    pair, goal, claims = queries.locked(session, goal_id)
    check_side(pair.side_of(actor.person_id))
    rules.check_changing(pair.status)
    reached = rules.reached(goal.start_level, rules.confirmed(claims))
    rules.check_running(goal.dropped_at is not None, reached >= goal.target_level)
    if goal.due_on == due_on:
        return goal
    rules.check_date(due_on, local_date(now))
    kept = keep(session, Goal, id=goal_id)
    _put(goal, due_on)
    audit.record(
        session,
        now,
        actor.person_id,
        CHOSEN,
        SUBJECT,
        goal_id,
        mentorship=id_of(pair),
    )
    state(session, kept, About(CHOSEN, SUBJECT, goal_id), inverse=put_goal_back)
    return goal


def _put(goal: Goal, due_on: date | None) -> None:
    """Let a goal have this day, as it is meant: what a pause held of another day is over."""
    goal.due_on = due_on
    goal.held_on = None


def use_dates(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    dates: Mapping[int, date | None],
    now: datetime,
) -> int:
    """Choose, from either side, the days of several goals in one go; return of how many another day came of it."""
    hold(session, actor, mentorship_id)
    going = running(session, mentorship_id)
    if not dates.keys() <= going.keys():
        raise Conflict(N_("In the meantime a goal was reached or dropped. See how it stands now."))
    kept = keep(session, Goal, mentorship_id=mentorship_id)
    changed = 0
    for goal_id, due_on in sorted(dates.items()):
        if going[goal_id].due_on != due_on:
            _check(goal_id, due_on, local_date(now))
            _put(going[goal_id], due_on)
            changed += 1
    if not changed:
        return 0
    audit.record(
        session,
        now,
        actor.person_id,
        PLANNED,
        PAIR,
        mentorship_id,
        goals=changed,
    )
    state(session, kept, About(PLANNED, PAIR, mentorship_id), inverse=put_goal_back)
    return changed


def move(session: Session, mentorship_id: int, weeks: int, today: date) -> None:
    """Let the goals with a day have it so many weeks later, one that has passed from today on; the pair is locked."""
    dated = [goal for goal in running(session, mentorship_id).values() if goal.due_on is not None]
    if not dated:
        raise Refused(N_("No goal of this pair has a day yet."))
    longer = timedelta(weeks=weeks)
    for goal in dated:
        due_on = goal.due_on or today
        later = max(due_on, goal.held_on or today) + longer
        if later > today + rules.FARTHEST:
            raise Refused(N_("Then a goal would be more than three years away."), field="weeks")
        goal.due_on = later


def has_dates(session: Session, mentorship_id: int) -> bool:
    """Tell whether a goal of a pair that is not reached and not dropped has a day."""
    goals = running(session, mentorship_id).values()
    return any(goal.due_on is not None for goal in goals)


def running(session: Session, mentorship_id: int) -> dict[int, Goal]:
    """Return the goals of a pair that are not reached and not dropped, by their ids."""
    found = {}
    for one in queries.of_pair(session, mentorship_id):
        if not one.fulfilled:
            found[id_of(one.goal)] = one.goal
    return found


def _check(goal_id: int, due_on: date | None, today: date) -> None:
    """Refuse a day as `rules.check_date` does, beside the field of its goal."""
    try:
        rules.check_date(due_on, today)
    except Refused as refused:
        raise Refused(str(refused), field=f"due-{goal_id}") from None
