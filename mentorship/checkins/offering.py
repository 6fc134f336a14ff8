"""Reads what is needed to offer a short lesson to a mentor, who alone is shown it: nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.checkins import lessons, queries
from mentorship.checkins.models import ANSWERED, CheckIn
from mentorship.checkins.visibility import View
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people.access import Actor
from mentorship.profiles import queries as profiles
from mentorship.profiles.lessons.words import followed


def of_pair(
    session: Session,
    actor: Actor,
    pair: Mentorship,
    noticed: Iterable[View],
    now: datetime,
) -> list[lessons.Offer]:
    """Return what is offered to the mentor of a pair, after their own answers and what was noticed with them."""
    history = queries.history(
        session,
        id_of(pair),
        MENTOR,
        actor.closed_before,
    )
    courses = profiles.trainings(session, actor.person_id)
    noted = followed({course.title for course in courses})
    return lessons.offered(history, noticed, noted, now)


def after_sending(session: Session, actor: Actor, found: CheckIn, now: datetime) -> list[lessons.Offer]:
    """Return what is offered on the page that thanks a mentor for the newest check-in they sent."""
    if found.side != MENTOR or found.status != ANSWERED or found.person_id != actor.person_id:
        return []
    pair = session.get_one(Mentorship, found.mentorship_id)
    history = queries.history(
        session,
        id_of(pair),
        MENTOR,
        actor.closed_before,
    )
    answered = [row.id for row, _answers in history if row.status == ANSWERED]
    if pair.status != ACTIVE or answered[-1:] != [found.id]:
        return []
    return of_pair(session, actor, pair, [], now)
