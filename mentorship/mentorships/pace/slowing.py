"""Verb on the pace of a junior: give all their goals with a day more time. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.mail_kinds import MORE_TIME
from mentorship.base.undo import About, keep, state
from mentorship.mentorships.acting import rules
from mentorship.mentorships.acting.actions import SUBJECT, about, hold, tell
from mentorship.mentorships.goals import planning
from mentorship.mentorships.goals.actions import put_goal_back
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import Actor

SLOWER = "slower"
SLOWED = "slow pace"


def slow(session: Session, actor: Actor, mentorship_id: int, weeks: int, now: datetime) -> Mentorship:
    """Move the days of the goals that run by so many weeks; the two are told, and who plans the junior's work."""
    found, who = hold(session, actor, mentorship_id)
    _check_line(session, actor, found, who)
    kept = keep(session, Goal, mentorship_id=mentorship_id)
    planning.move(
        session,
        mentorship_id,
        weeks,
        local_date(now),
    )
    audit.record(
        session,
        now,
        actor.person_id,
        SLOWED,
        SUBJECT,
        mentorship_id,
        weeks=weeks,
    )
    mail = about(
        actor,
        found,
        f"{SLOWER}:{weeks}",
        now,
    )
    to_planner = MORE_TIME, mail[1]
    state(
        session,
        kept,
        About(
            SLOWED,
            SUBJECT,
            mentorship_id,
            [mail, to_planner],
        ),
        inverse=put_goal_back,
    )
    tell(
        session,
        actor,
        found,
        mail,
        now,
    )
    _tell_planner(
        session,
        actor,
        found,
        to_planner,
        now,
    )
    return found


def _check_line(session: Session, actor: Actor, pair: Mentorship, who: str) -> None:
    """Refuse a manager who is not above the junior: the pace of another line is not theirs."""
    if who != rules.LINE:
        return
    if actor.person_id not in people.line_above(session, pair.junior_id):
        raise Refused(rules.NOT_YOURS)


def _tell_planner(
    session: Session,
    actor: Actor,
    pair: Mentorship,
    mail: tuple[str, str],
    now: datetime,
) -> None:
    """Tell the junior's manager, unless they did it, or are the mentor and hear it as such."""
    planner = people.manager_above(session, pair.junior_id)
    if planner is None or planner == pair.mentor_id:
        return
    tell(
        session,
        actor,
        pair,
        mail,
        now,
        [planner],
    )
