"""The cards of signals, with what they need of pairs and people read once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.checkins.signals import did
from mentorship.checkins.signals.cards import CardReader, SignalCard, card
from mentorship.checkins.signals.viewers import Seen
from mentorship.mentorships import queries as mentorships
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.programme import queries as programme


@dataclass(frozen=True)
class Sent:
    """What the reader sent on the card of which signal, and what was wrong with it."""

    on: str
    values: Mapping[str, str]
    errors: Mapping[str, str]


def cards(
    session: Session, found: Sequence[Seen], actor: Actor, now: datetime, sent: Sent
) -> tuple[list[SignalCard], dict[int, Person]]:
    """Return the cards of signals, and the people on them."""
    pairs = mentorships.by_id(session, {seen.row.mentorship_id for seen in found})
    ids = {seen.row.owner_id for seen in found}
    for seen in found:
        ids.update(did.who(seen.row.did))
    for pair in pairs.values():
        ids |= {pair.mentor_id, pair.junior_id}
    persons = people.persons(session, ids)
    reader = CardReader(
        person_id=actor.person_id,
        now=now,
        managers=programme.visibility(session),
        places=_places(session, found, actor.person_id),
        domains=profiles.domain_names(session),
        sites=people.site_names(session),
        sent_on=sent.on,
        typed=sent.values,
        wrong=sent.errors,
    )
    made = [card(seen, pairs[seen.row.mentorship_id], persons, reader) for seen in found]
    return made, persons


def _places(session: Session, found: Sequence[Seen], person_id: int) -> int:
    """Return the places that the reader offers, read only where a card needs it."""
    if not any(seen.eases for seen in found):
        return 0
    return profiles.capacity(session, person_id).places
