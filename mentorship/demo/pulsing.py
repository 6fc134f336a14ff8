"""A pulse that closed some weeks ago: most took part, each with answers that fit their work here."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.people.access import SENIOR, Actor
from mentorship.pulse import actions
from mentorship.pulse.models import BY_ROLE, PulseInvited
from mentorship.pulse.questions import (
    ALONE_SOON,
    HIERARCHY,
    HOLDERS,
    LEARNING_TIME,
    MISUNDERSTOOD,
    NEWCOMERS_TIME,
    OWN_CHOICE,
    OWN_WORK,
    PREFERS,
    STATEMENTS,
)
from mentorship.pulse.waves import actions as waves

SEED = 2026
AGO = timedelta(days=40)
LASTS = timedelta(days=13)
TAKE_PART = 0.7
ANSWERED = 0.95
"""So many of the questions somebody answers."""
YES = {
    LEARNING_TIME: 0.6,
    NEWCOMERS_TIME: 0.6,
    OWN_WORK: 0.4,
    ALONE_SOON: 0.25,
    HIERARCHY: 0.15,
    HOLDERS: 0.5,
    MISUNDERSTOOD: 0.3,
    OWN_CHOICE: 0.35,
}
"""How likely somebody is to say yes to a statement."""
MENTORS_YES = {OWN_WORK: 0.65, NEWCOMERS_TIME: 0.7}
WAYS = {"on_the_job": 34, "with_colleague": 30, "short_modules": 14, "classroom": 12, "online": 10}


def hold_pulse(session: Session, coordinator: Actor, now: datetime) -> None:
    """Let a wave open, be answered and close, as it would have some weeks ago."""
    began = now - AGO
    chance = Random(SEED)  # noqa: S311 (the same story each time)
    first = local_date(began)
    wave = waves.plan(session, coordinator, first, first + LASTS, BY_ROLE, first, began)
    waves.invite(session, began)
    for asked in _in_order(session, id_of(wave)):
        if chance.random() < TAKE_PART:
            actions.answer(session, Actor(asked.person_id, frozenset()), _said(asked.grouped, chance), began)
    waves.close(session, id_of(wave), began + LASTS + timedelta(days=1))


def _in_order(session: Session, wave_id: int) -> list[PulseInvited]:
    query = select(PulseInvited).where(PulseInvited.wave_id == wave_id)
    return sorted(session.exec(query), key=lambda one: one.person_id)


def _said(group: str, chance: Random) -> dict[str, str]:
    found = {}
    for question in STATEMENTS:
        likely = YES[question]
        if group == SENIOR:
            likely = MENTORS_YES.get(question, likely)
        if chance.random() < ANSWERED:
            found[question] = chance.choice("45" if chance.random() < likely else "123")
    found[PREFERS] = chance.choices(list(WAYS), list(WAYS.values()))[0]
    return found
