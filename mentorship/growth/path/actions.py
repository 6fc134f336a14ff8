"""Verbs on where somebody wants to grow to. They never commit."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, SQLModel

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.growth.models import Course, CourseFollowed
from mentorship.growth.path import queries, rules
from mentorship.growth.path.models import PathChosen
from mentorship.people.access import Actor
from mentorship.people.models import Person

NO_JOB = N_("Choose a job profile that there is.")
NOT_CHOSEN = N_("You did not choose that direction.")
AHEAD = N_("That day is still to come.")


def choose(session: Session, actor: Actor, profile_id: int, now: datetime) -> None:
    """Choose a job profile to grow towards; nobody but oneself sees it yet."""
    if queries.in_use(session, profile_id) is None:
        raise Refused(NO_JOB, field="profile")
    locked(session, Person, actor.person_id)
    mine = queries.chosen(session, actor.person_id)
    if any(row.profile_id == profile_id for row in mine):
        return
    if len(mine) >= rules.MOST:
        raise Refused(rules.ENOUGH, field="profile")
    kept = keep(session, PathChosen, person_id=actor.person_id, profile_id=profile_id)
    row = PathChosen(person_id=actor.person_id, profile_id=profile_id, chosen_at=now)
    _written(session, actor, "choose a direction", kept, row, now)


def let_go(session: Session, actor: Actor, profile_id: int, now: datetime) -> None:
    """Let a direction go."""
    row = _mine(session, actor, profile_id)
    kept = keep(session, PathChosen, person_id=actor.person_id, profile_id=profile_id)
    session.delete(row)
    _written(session, actor, "let a direction go", kept, None, now)


def show(session: Session, actor: Actor, profile_id: int, shown: bool, now: datetime) -> None:
    """Show a path to one's managers and the coordinator, or no longer."""
    row = _mine(session, actor, profile_id)
    if row.shown is shown:
        return
    kept = keep(session, PathChosen, person_id=actor.person_id, profile_id=profile_id)
    row.shown = shown
    verb = "show own path" if shown else "hide own path"
    _written(session, actor, verb, kept, None, now)


def follow(session: Session, actor: Actor, course_id: int, followed_on: date, now: datetime) -> None:
    """Say that one followed a training course, and when."""
    if followed_on > local_date(now):
        raise Refused(AHEAD, field="followed_on")
    locked(session, Course, course_id)
    kept = keep(session, CourseFollowed, person_id=actor.person_id, course_id=course_id)
    row = session.get(CourseFollowed, (actor.person_id, course_id))
    if row is not None:
        row.followed_on = followed_on
    else:
        row = CourseFollowed(person_id=actor.person_id, course_id=course_id, followed_on=followed_on)
    _written(session, actor, "say a course was followed", kept, row, now)


def unfollow(session: Session, actor: Actor, course_id: int, now: datetime) -> None:
    """Say that one did not follow a training course after all."""
    kept = keep(session, CourseFollowed, person_id=actor.person_id, course_id=course_id)
    row = session.get(CourseFollowed, (actor.person_id, course_id))
    if row is None:
        return
    session.delete(row)
    _written(session, actor, "say a course was not followed", kept, None, now)


def _mine(session: Session, actor: Actor, profile_id: int) -> PathChosen:
    row = session.get(PathChosen, (actor.person_id, profile_id), with_for_update=True)
    if row is None:
        raise Refused(NOT_CHOSEN)
    return row


def _written(session: Session, actor: Actor, verb: str, kept: Kept, row: SQLModel | None, now: datetime) -> None:
    """Write what somebody said of themselves."""
    _flush(session, row)
    audit.record(session, now, actor.person_id, verb, "person", actor.person_id)
    state(session, kept, About(verb, "person", actor.person_id))


def _flush(session: Session, row: SQLModel | None) -> None:
    if row is not None:
        session.add(row)
    session.flush()
