"""Reads of what is asked in confidence: by whom, of whom, and no more of the pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from mentorship.base.db import Given, id_of
from mentorship.checkins import findings
from mentorship.checkins.helping import CONFIDANT
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.one_card import card_of
from mentorship.checkins.signals.viewers import look
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people import queries as people
from mentorship.people.access import Actor, Subject
from mentorship.people.models import Person
from mentorship.programme import queries as programme

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Request:
    """Somebody who asked for this confidant; `seen_at`: when they were told that it was seen."""

    id: int
    author: Person
    raised_at: datetime
    seen_at: datetime | None


def asked_of(person_id: Given[int]) -> Select[Signal, Mentorship]:
    """Return the query for the signals by which somebody is asked as a confidant, the longest open first."""
    its_pair = col(Mentorship.id) == Signal.mentorship_id
    query = select(Signal, Mentorship).join(Mentorship, its_pair)
    waiting = query.where(
        Signal.asked_id == person_id,
        Signal.kind == findings.HELP,
        Signal.about == CONFIDANT,
        Signal.status != "done",
    )
    return waiting.order_by(col(Signal.raised_at), col(Signal.id))


def open_requests(session: Session, actor: Actor, now: datetime) -> list[Request]:
    """Return who asked for this confidant and waits still, the longest first."""
    found = list(session.exec(asked_of(actor.person_id)))
    if not found:
        return []
    managers = programme.visibility(session)
    rows = []
    for row, pair in _one_a_card(found):
        seen = look(
            actor,
            row,
            pair,
            managers,
            NOBODY,
            now,
        )
        if seen is not None:
            author = pair.mentor_id if seen.shown.side == MENTOR else pair.junior_id
            rows.append((row, author))
    authors = people.persons(session, [author for _, author in rows])
    return [Request(id_of(row), authors[author], row.raised_at, row.seen_at) for row, author in rows]


def _one_a_card(found: Sequence[tuple[Signal, Mentorship]]) -> Iterator[tuple[Signal, Mentorship]]:
    cards = set()
    for row, pair in found:
        card = card_of(row, row.kind)
        if card not in cards:
            yield row, pair
        cards.add(card)


def subject(session: Session, signal_id: int) -> Subject | None:
    """Return whose request to answer it is; None when nothing was asked in confidence."""
    row = session.get(Signal, signal_id)
    if row is None or row.kind != findings.HELP or row.about != CONFIDANT or row.asked_id is None:
        return None
    return Subject(frozenset({row.asked_id}))
