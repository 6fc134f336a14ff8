"""The sheet for the development talk: guidance received and given, in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import day, decimal, gettext
from mentorship.growth.path import queries
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people


@dataclass(frozen=True)
class Guided:
    """A pair of somebody: with whom, on what, since and until when, and the hours that were noted."""

    given: bool
    who: str
    domains: str
    period: str
    hours: str

    @property
    def told(self) -> str:
        """All but the name, in one line."""
        return " · ".join(filter(None, [self.domains, self.period, self.hours]))


def guidance(session: Session, person_id: int, titles: Mapping[int, str]) -> tuple[list[Guided], list[Guided]]:
    """Return the guidance that somebody received, and that they gave."""
    pairs = queries.guidance(session, person_id)
    ids = [id_of(pair) for pair in pairs]
    hours = queries.hours(session, ids)
    learned = queries.learned_in(session, ids)
    others = [pair.other_of(person_id) for pair in pairs]
    names = people.persons(session, others)
    received: list[Guided] = []
    given: list[Guided] = []
    for pair, other in zip(pairs, others, strict=True):
        gives = pair.mentor_id == person_id
        pair_id = id_of(pair)
        reached = learned.get(pair_id, ())
        row = Guided(
            gives,
            names[other].name,
            _named(reached, titles),
            _period(pair),
            _hours(hours.get(pair_id)),
        )
        if gives:
            given.append(row)
        else:
            received.append(row)
    return received, given


def _named(domains: Sequence[int], titles: Mapping[int, str]) -> str:
    return ", ".join(titles[domain_id] for domain_id in domains)


def _period(pair: Mentorship) -> str:
    started: date | None = pair.started_on
    assert started is not None
    if pair.ended_on is None:
        return gettext("since %(day)s", day=day(started))
    return gettext("%(first)s to %(last)s", first=day(started), last=day(pair.ended_on))


def _hours(total: Decimal | None) -> str:
    if not total:
        return gettext("no hours noted")
    return gettext("hours noted: %(number)s", number=decimal(total))
