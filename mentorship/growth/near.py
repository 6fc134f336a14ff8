"""Who could grow into a holder of a domain: who knows it somewhat, who asks for it, and who is in a pair for it.

For the coordinator alone, who reads levels and requests.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles.models import Expertise

FROM, UP_TO = 2, 3
"""The levels from which somebody could grow into a holder."""


def near(session: Session, domain_id: int, busy: Collection[int], limit: int) -> Sequence[tuple[int, int]]:
    """Return who could be asked to grow, and their level: the highest first; not who is busy with it, or leaves."""
    query = (
        columns(
            col(Expertise.person_id),
            col(Expertise.level),
        )
        .join(Person, col(Person.id) == col(Expertise.person_id))
        .where(
            col(Expertise.domain_id) == domain_id,
            col(Expertise.level).between(
                FROM,
                UP_TO,
            ),
            col(Person.left_on).is_(None),
            col(Person.last_day).is_(None),
        )
        .order_by(col(Expertise.level).desc(), *people.BY_NAME)
    )
    found: list[tuple[int, int]] = []
    for person_id, level in session.execute(query):
        if person_id not in busy and len(found) < limit:
            found.append((person_id, level))
    return found


def in_pairs(session: Session, domain_id: int) -> set[int]:
    """Return who is the junior of a pair in a domain, proposed or running."""
    query: Any = columns(col(Mentorship.junior_id)).where(
        col(Mentorship.domain_id) == domain_id,
        col(Mentorship.status).in_(OCCUPYING),
    )
    return set(session.execute(query).scalars())


def asking(session: Session, domain_id: int) -> set[int]:
    """Return who has an open request with a domain in it."""
    query: Any = (
        columns(col(MentorRequest.person_id))
        .join(Need, col(Need.request_id) == col(MentorRequest.id))
        .where(col(Need.domain_id) == domain_id, col(MentorRequest.status) == OPEN)
    )
    return set(session.execute(query).scalars())
