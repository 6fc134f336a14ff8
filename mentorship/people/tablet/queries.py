"""Reads of shared tablets and of the cards that open something on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.clock import local_date
from mentorship.base.db import chunked
from mentorship.base.secret_codes import digest
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person, Tablet
from mentorship.people.tablet.models import TabletCard


@dataclass(frozen=True)
class CardLine:
    """Somebody's card as it is listed, with who made it."""

    person: Person
    card: TabletCard
    maker: str


def enrolled(session: Session, token: str) -> Tablet | None:
    """Return the tablet that keeps this secret, unless it ended."""
    query = select(Tablet).where(
        Tablet.token_hash == digest(token),
        col(Tablet.ended_at).is_(None),
    )
    return session.exec(query).first()


def tablets(session: Session) -> list[Tablet]:
    """Return the tablets that did not end, by name."""
    query = select(Tablet).where(col(Tablet.ended_at).is_(None))
    return list(session.exec(query.order_by(col(Tablet.name), col(Tablet.id))))


def tablet_subject(session: Session, tablet_id: int) -> Subject | None:
    """Return an owner of none for a tablet that is there."""
    found = session.get(Tablet, tablet_id)
    if found is None or found.ended_at is not None:
        return None
    return Subject()


def card_of(session: Session, secret_hash: str) -> TabletCard | None:
    """Return the card with this secret."""
    query = select(TabletCard).where(TabletCard.secret_hash == secret_hash)
    return session.exec(query).first()


def holder(session: Session, secret_hash: str, now: datetime) -> Person | None:
    """Return whose card this is, if they are still here."""
    card = card_of(session, secret_hash)
    if card is None:
        return None
    person = session.get_one(Person, card.person_id)
    return None if person.is_gone(local_date(now)) else person


def having_cards(session: Session, ids: Iterable[int]) -> set[int]:
    """Return who of these has a card."""
    found: set[int] = set()
    for some in chunked(ids):
        query = select(TabletCard.person_id).where(
            col(TabletCard.person_id).in_(some),
            col(TabletCard.secret_hash).is_not(None),
        )
        found.update(session.exec(query))
    return found


def _cards(text: str) -> SelectOfScalar[TabletCard]:
    query = select(TabletCard).join(Person, col(Person.id) == TabletCard.person_id)
    return query.where(
        col(TabletCard.secret_hash).is_not(None),
        col(Person.left_on).is_(None),
        *people.named(text),
    )


def having_pins(session: Session, ids: Iterable[int]) -> set[int]:
    """Return who of these chose a PIN."""
    found: set[int] = set()
    for some in chunked(ids):
        query = select(TabletCard.person_id).where(
            col(TabletCard.person_id).in_(some),
            TabletCard.pin_hash != "",
        )
        found.update(session.exec(query))
    return found


def count_cards(session: Session, text: str) -> int:
    """Count the cards of people whose name holds some words."""
    rows = _cards(text).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def cards(session: Session, text: str, offset: int, limit: int) -> list[CardLine]:
    """Return one page of the cards of people whose name holds some words."""
    query = _cards(text).order_by(*people.BY_NAME).offset(offset).limit(limit)
    return _lines(session, session.exec(query).all())


def _lines(session: Session, found: Sequence[TabletCard]) -> list[CardLine]:
    named = people.persons(session, _named_in(found))
    lines = []
    for card in found:
        maker = named.get(card.made_by_id or 0)
        line = CardLine(
            named[card.person_id],
            card,
            maker.name if maker else "",
        )
        lines.append(line)
    return lines


def _named_in(found: Sequence[TabletCard]) -> set[int | None]:
    ids: set[int | None] = set()
    for card in found:
        ids.update((card.person_id, card.made_by_id))
    return ids


def untold_card(session: Session, person_id: int) -> TabletCard | None:
    """Return the card that somebody else made for a person, of which they were not told at signing in yet."""
    card = session.get(TabletCard, person_id)
    if card is None or card.secret_hash is None or card.told_at is not None:
        return None
    return None if card.made_by_id in (None, person_id) else card
