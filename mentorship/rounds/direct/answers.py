"""What the page of a direct pairing tells beside the mentors: who waits longest, why somebody cannot, what is next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.matching import CRITERIA, HIDDEN
from mentorship.mentor_requests.actions import Wanted
from mentorship.mentor_requests.for_others import check_wanted as check
from mentorship.mentorships.explanation import TITLES
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import FORM_NAMES, LEVELS
from mentorship.rounds.direct import queries, words
from mentorship.rounds.direct.pool import Pool
from mentorship.rounds.direct.rows import Row
from mentorship.rounds.review import why_not as review
from mentorship.rounds.waiting.waits import waiting

LONGEST = 5
"""So many of those who wait longest are offered at once."""


@dataclass(frozen=True)
class Waiting:
    """Somebody with an open request, for how long, and for what."""

    person: Person
    note: str


def waiting_longest(session: Session, team: Collection[int] | None, now: datetime) -> list[Waiting]:
    """Return who waits longest for a mentor, of a team alone where one is given."""
    names = profiles.domain_names(session)
    limit = LONGEST if team is None else None
    asked = waiting(session, limit)
    longest = [waits for waits in asked if team is None or waits.person_id in team][:LONGEST]
    known = people.persons(session, [waits.person_id for waits in longest])
    found = []
    for waits in longest:
        days = (local_date(now) - local_date(waits.since)).days
        domain = names[waits.domains[0]] if waits.domains else ""
        found.append(Waiting(known[waits.person_id], f"{domain} · {words.waits(days)}"))
    return found


def domain_options(session: Session) -> list[tuple[str, str]]:
    """Return the domains to choose from, with nothing first."""
    nothing = ("", gettext("Choose a domain"))
    return [nothing, *((str(id_of(domain)), domain.title) for domain in profiles.domains(session))]


def check_wanted(session: Session, named: Mapping[str, Any], wanted: Sequence[Wanted]) -> None:
    """Refuse needs that nobody can ask for."""
    check(
        session,
        int(named["person_id"]),
        wanted,
    )


def told(session: Session, wanted: Sequence[Wanted]) -> list[tuple[str, str]]:
    """Return the needs, each a domain with the levels from and to in words."""
    names = profiles.domain_names(session)
    found = []
    for domain, current, target in wanted:
        from_to = gettext(
            "from “%(current)s” to “%(target)s”",
            current=gettext(LEVELS[current]),
            target=gettext(LEVELS[target]),
        )
        found.append((names[domain], from_to))
    return found


def likes(session: Session, person_id: int) -> str:
    """Say how somebody learns best: their first two forms; "" where they did not say."""
    weights = queries.wanted_forms(session, person_id)
    ranked = sorted(weights, key=lambda form: -weights[form])
    return ", ".join(gettext(FORM_NAMES[form]) for form in ranked[:2])


def score_titles(*, merged: bool) -> dict[str, str]:
    """Return what the parts of a score are called, without those that only the coordinator sees for others."""
    return {name: gettext(TITLES[name]) for name in CRITERIA if not (merged and name in HIDDEN)}


def next_steps(session: Session, person: Person, picked: Row | None, now: datetime) -> list[tuple[str, str]]:
    """Say what happens when the mentor who is chosen is proposed, each with the sign that stands beside it."""
    if picked is None:
        return []
    sides = id_of(person), id_of(picked.mentor)
    asked = gettext(
        "%(name)s and %(mentor)s get a message and say yes or no, without a reason.",
        name=person.given_name,
        mentor=picked.mentor.given_name,
    )
    steps = [
        ("message-2", asked),
        (
            "calendar-due",
            words.objecting(
                queries.objections_until(
                    session,
                    sides,
                    now,
                )
            ),
        ),
    ]
    if picked.meeting.first is not None:
        first = gettext("Their first shift together is on %(day)s.", day=words.first_day(picked.meeting.first))
        steps.append(("users", first))
    return steps


def why_not(session: Session, pool: Pool, person: Person, able: Collection[int], *, merged: bool) -> str:
    """Say why somebody cannot be the mentor by today's facts, or that they can."""
    if person.id in able:
        return gettext("%(name)s can: choose them in the list.", name=person.given_name)
    return review.of_pair(
        pool.one_pair(id_of(person)),
        queries.terms(session),
        person.name,
        profiles.domain_names(session),
        merged=merged,
    )
