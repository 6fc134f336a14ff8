"""Activation cards: what is printed, cut out and handed to each person, by the team of who hands them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.people import queries
from mentorship.people.account.rules import spaced, to_activate
from mentorship.people.models import Person


@dataclass(frozen=True)
class ActivationCard:
    """Whose a card is, where and under whom they work, the code on it, and the address that fills the code in."""

    person: Person
    team: str
    code: str
    address: str


def activation_cards(session: Session, issued: Mapping[int, str], activation: str) -> list[ActivationCard]:
    """Return the cards of codes just issued, in the order in which they are handed out: site, manager, name."""
    people = queries.persons(session, issued)
    managers = queries.persons(session, {person.manager_id for person in people.values()})
    sites = queries.site_names(session)
    found = []
    for person_id, code in issued.items():
        person = people[person_id]
        manager = managers.get(person.manager_id or 0)
        site = sites.get(person.site_id, "")
        under = manager.name if manager else ""
        card = ActivationCard(
            person=person,
            team=" · ".join(filter(None, [site, under])),
            code=spaced(code),
            address=to_activate(activation, person.number, code),
        )
        order = (site, manager.sort_key if manager else "", person.sort_key)
        found.append((order, card))
    found.sort(key=lambda pair: pair[0])
    return [card for _, card in found]
