"""Cards for the shared tablet: what is printed and cut out, and what is asked before a card is made anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.base.secret_codes import filled_in
from mentorship.people import queries
from mentorship.people.models import Person
from mentorship.people.tablet.queries import having_cards

MOST_NAMES = 50
"""So many are named; the others are counted."""


@dataclass(frozen=True)
class PrintedCard:
    """Whose a card is, where they work, the code on it, and the address that the square on it holds."""

    person: Person
    site: str
    code: str
    address: str


def printed(session: Session, made: Mapping[int, str], page: str) -> list[PrintedCard]:
    """Return the cards just made, in the order in which they are handed out: site, name."""
    people = queries.persons(session, made)
    sites = queries.site_names(session)
    found = []
    for person_id, secret in made.items():
        person = people[person_id]
        card = PrintedCard(
            person=person,
            site=sites.get(person.site_id, ""),
            code=secret,
            address=filled_in(page, card=secret),
        )
        found.append(card)
    found.sort(key=lambda card: (card.site, card.person.sort_key))
    return found


@dataclass(frozen=True)
class Anew:
    """What is asked before cards are made anew."""

    title: str
    consequences: tuple[str, ...]
    button: str
    names: tuple[str, ...]


def ask(session: Session, chosen: Collection[int]) -> Anew | None:
    """Return what to ask before these get a card, None when none of them has one."""
    having = having_cards(session, chosen)
    if not having:
        return None
    stops = ngettext(
        "%(num)s card for the tablet stops working.",
        "%(num)s cards for the tablet stop working.",
        len(having),
    )
    return Anew(
        title=ngettext(
            "Make %(num)s card for the tablet anew?",
            "Make %(num)s cards for the tablet anew?",
            len(having),
        ),
        consequences=(
            stops,
            gettext("Their PINs stay: only they know them. Everybody hears that you made a card for them."),
        ),
        button=ngettext(
            "Make %(num)s card for the tablet",
            "Make %(num)s cards for the tablet",
            len(chosen),
        ),
        names=_names(session, having),
    )


def _names(session: Session, ids: Collection[int]) -> tuple[str, ...]:
    people = list(queries.persons(session, ids).values())
    people.sort(key=lambda person: (person.sort_key, id_of(person)))
    told = [person.name for person in people[:MOST_NAMES]]
    hidden = len(people) - len(told)
    if hidden:
        told.append(gettext("and %(number)s more", number=integer(hidden)))
    return tuple(told)
