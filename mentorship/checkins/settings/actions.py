"""Verbs on the check-in settings. They never commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.checkins.models import SUBJECT
from mentorship.checkins.settings import queries, standard
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.people.access import Actor
from mentorship.programme.consent import actions as consent
from mentorship.programme.consent import queries as consent_queries
from mentorship.programme.consent.rules import DAYS, LATER_DAYS, QUESTIONS, SCALE

NUMBERS = DAYS, LATER_DAYS
ASKED = QUESTIONS, SCALE
"""Of what is agreed to: what stands in the settings, and what in a version of the questions."""


def change_settings(
    session: Session,
    actor: Actor,
    version: int,
    *,
    running: bool,
    days: int,
    later_days: int,
    now: datetime,
) -> bool:
    """Change whether and how often both sides are asked; return whether something waits until it is agreed to."""
    settings = locked(session, CheckInSettings, 1)
    assert settings is not None, "the schema comes with this row"
    if settings.version != version:
        raise Conflict(N_("Somebody else changed the settings in the meantime. Look at them again and send once more."))
    wanted = {
        "running": running,
        "days": days,
        "later_days": later_days,
    }
    sifted = consent.ask(
        session,
        actor,
        queries.agreed_to(session),
        wanted,
        now,
    )
    _set(
        session,
        actor,
        settings,
        sifted.at_once,
        now,
    )
    return bool(sifted.waits)


def _set(session: Session, actor: Actor, settings: CheckInSettings, values: Mapping[str, Any], now: datetime) -> None:
    changed: dict[str, list[Any]] = {}
    for name, value in values.items():
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
) -> bool:
    """Ask other questions from now on, as a new version; what was asked before keeps its own.

    A question about a form of guiding that waits goes on to wait. Return whether they wait until they are agreed to.
    """
    waiting = consent_queries.waiting(session).get(QUESTIONS)
    newest = queries.newest_set(session)
    if waiting is not None and standard.asks_form(waiting) and not standard.asks_form(newest.questions):
        questions = standard.with_form(questions)
    return _want(
        session,
        actor,
        set_id,
        {QUESTIONS: questions},
        now,
    )


def take_standard(session: Session, actor: Actor, set_id: int, now: datetime) -> bool:
    """Ask the standard questions from now on, with their scale; return whether they wait until they are agreed to."""
    wanted = {
        QUESTIONS: standard.STANDARD,
        SCALE: standard.SCALE,
    }
    return _want(
        session,
        actor,
        set_id,
        wanted,
        now,
    )


def put_forward(session: Session, actor: Actor, set_id: int, now: datetime) -> bool:
    """Put the question about the driving instructor forward, beside what waits already; return whether it waits."""
    waiting = consent_queries.waiting(session).get(QUESTIONS)
    newest = queries.newest_set(session)
    return _want(
        session,
        actor,
        set_id,
        {QUESTIONS: standard.with_form(waiting or newest.questions)},
        now,
    )


def _want(session: Session, actor: Actor, set_id: int, wanted: Mapping[str, Any], now: datetime) -> bool:
    newest = queries.newest_set(session)
    if newest.id != set_id:
        raise Conflict(
            N_("Somebody else changed the questions in the meantime. Look at them again and send once more.")
        )
    sifted = consent.ask(
        session,
        actor,
        queries.agreed_to(session),
        wanted,
        now,
    )
    settle(
        session,
        actor,
        sifted.at_once,
        now,
    )
    return bool(sifted.waits)


def settle(session: Session, actor: Actor, values: Mapping[str, Any], now: datetime) -> None:
    """Ask otherwise from now on: what was agreed to just now, or never had to be."""
    asked = {name: value for name, value in values.items() if name in ASKED}
    if asked:
        _ask_other(
            session,
            actor,
            asked,
            now,
        )
    numbers = {name: value for name, value in values.items() if name in NUMBERS}
    if numbers:
        settings = locked(session, CheckInSettings, 1)
        assert settings is not None, "the schema comes with this row"
        _set(
            session,
            actor,
            settings,
            numbers,
            now,
        )


def _ask_other(session: Session, actor: Actor, asked: Mapping[str, Any], now: datetime) -> None:
    newest = queries.newest_set(session)
    questions = asked.get(QUESTIONS, newest.questions)
    scale = asked.get(SCALE, newest.scale)
    if (questions, scale) == (newest.questions, newest.scale):
        return
    begins = standard.begins_series(
        newest.questions,
        questions,
        queries.scale_of(newest),
        scale or standard.EARLIER_SCALE,
    )
    other = QuestionSet(
        questions=questions,
        scale=scale,
        series=newest.series + begins,
    )
    session.add(other)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "change questions",
        SUBJECT,
        newest.id,
        before=newest.questions,
        after=questions,
    )
