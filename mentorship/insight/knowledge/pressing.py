"""Which pairs to make first: the open requests in the domains at most risk, where somebody has a place for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.insight.knowledge import words
from mentorship.insight.knowledge.facts import MODERATE
from mentorship.insight.knowledge.rules import Row
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.people.models import Person

SHOWN = 5


@dataclass(frozen=True)
class First:
    """Somebody who asks for a domain at risk, and why they come first."""

    person_id: int
    name: str
    why: str


def firsts(session: Session, rows: Sequence[Row]) -> list[First]:
    """Return who to find a mentor for first: the highest risk, then who waits longest; `rows` come worst first."""
    pressing = {row.field.domain_id: row for row in rows if row.band >= MODERATE and row.free}
    if not pressing:
        return []
    found = []
    for domain_id, person in session.exec(_asking(list(pressing))):
        one = First(id_of(person), person.name, _why(pressing[domain_id]))
        found.append(one)
    return found


def _asking(domain_ids: Sequence[int]) -> Any:
    """Return the query of who asks for one of these domains first, in their order, who waits longest first."""
    places = {domain_id: place for place, domain_id in enumerate(domain_ids)}
    domain = col(Need.domain_id)
    query = (
        select(domain, Person)
        .join(MentorRequest, col(MentorRequest.id) == col(Need.request_id))
        .join(Person, col(Person.id) == col(MentorRequest.person_id))
        .where(
            col(MentorRequest.status) == OPEN,
            col(Need.position) == 1,
            domain.in_(domain_ids),
            col(Person.left_on).is_(None),
        )
    )
    ordered = query.order_by(
        case(places, value=domain),
        col(MentorRequest.created_at),
        col(MentorRequest.id),
    )
    return ordered.limit(SHOWN)


def _why(row: Row) -> str:
    at_risk = gettext(
        "%(domain)s, risk %(band)s",
        domain=row.field.title,
        band=gettext(words.BANDS[row.band]),
    )
    places = ngettext("%(num)s place free", "%(num)s places free", row.free)
    return f"{at_risk} · {places}"
