"""Verbs on the check-in settings. They never commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.checkins.models import SUBJECT
from mentorship.checkins.settings import queries
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.people.access import Actor


def change_settings(session: Session, actor: Actor, version: int, *, running: bool, days: int, now: datetime) -> None:
    """Change whether and how often both sides are asked."""
    settings = locked(session, CheckInSettings, 1)
    assert settings is not None, "the schema comes with this row"
    if settings.version != version:
        raise Conflict(N_("Somebody else changed the settings in the meantime. Look at them again and send once more."))
    wanted = {
        "running": running,
        "days": days,
    }
    changed: dict[str, list[Any]] = {}
    for name, value in wanted.items():
        before = getattr(settings, name)
        if before != value:
            changed[name] = [before, value]
            setattr(settings, name, value)
    settings.version += 1
    audit.record(
        session,
        now,
        actor.person_id,
        "change check-ins",
        SUBJECT,
        0,
        **changed,
    )


def change_questions(
    session: Session, actor: Actor, set_id: int, questions: dict[str, list[dict[str, str]]], now: datetime
) -> None:
    """Ask other questions from now on, as a new version; what was asked before keeps its own."""
    newest = queries.newest_set(session)
    if newest.id != set_id:
        raise Conflict(
            N_("Somebody else changed the questions in the meantime. Look at them again and send once more.")
        )
    if newest.questions == questions:
        return
    asked = QuestionSet(questions=questions)
    session.add(asked)
    audit.record(
        session,
        now,
        actor.person_id,
        "change questions",
        SUBJECT,
        set_id,
        before=newest.questions,
        after=questions,
    )
