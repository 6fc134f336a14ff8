"""Where a round pinches: who competes for too few places, by domain and site, and where one more place helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.figures.pips import Pips
from mentorship.base.figures.pips import places as places_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.rounds.askers import Asker, Askers
from mentorship.rounds.gather import Terms
from mentorship.rounds.review.words import brings, costs
from mentorship.rounds.solution import Short, Solution

MOST = 50
"""Mentors, shortages, and people of a shortage, that a page shows; the first matter most."""
MOST_GROUPS = 12


@dataclass(frozen=True)
class Group:
    """So many requests of a shortage, about one domain at one site."""

    domain: str
    site: str
    requests: int


@dataclass(frozen=True)
class Shortage:
    """Requests that compete for too few places, with names: the first of each, and how many more there are."""

    requests: int
    places: int
    groups: list[Group]
    more_groups: int
    askers: list[Asker]
    more_askers: int
    mentors: list[Person]
    more_mentors: int

    @property
    def too_few(self) -> int:
        """How many of the requests cannot have any of the places."""
        return self.requests - self.places

    @property
    def pips(self) -> Pips:
        """The places, and the requests beyond them."""
        return places_of(self.requests, self.places)


@dataclass(frozen=True)
class PlaceRow:
    """What a mentor's places are worth, ready to show."""

    mentor: Person
    site: str
    juniors: int
    places: int
    gain: str
    loss: str

    @property
    def pips(self) -> Pips:
        """The places they had free, and which of them this round takes."""
        return places_of(self.juniors, self.places)


def shortages(session: Session, solution: Solution, terms: Terms) -> tuple[list[Shortage], int]:
    """Return the largest shortages, and how many more there are."""
    found = solution.shortages(terms)
    shown = found[:MOST]
    request_ids: list[int] = []
    mentor_ids: list[int] = []
    for short in shown:
        request_ids += short.request_ids
        mentor_ids += short.mentor_ids
    askers = Askers(session, request_ids, mentor_ids)
    named = [_shortage(short, askers) for short in shown]
    return named, len(found) - len(shown)


def _shortage(short: Short, askers: Askers) -> Shortage:
    competing = [askers.asker(request_id) for request_id in short.request_ids]
    mentors = [askers.mentor(mentor_id) for mentor_id in short.mentor_ids]
    groups = _groups(competing)
    return Shortage(
        requests=len(competing),
        places=short.places,
        groups=groups[:MOST_GROUPS],
        more_groups=len(groups[MOST_GROUPS:]),
        askers=competing[:MOST],
        more_askers=len(competing[MOST:]),
        mentors=mentors[:MOST],
        more_mentors=len(mentors[MOST:]),
    )


def _groups(askers: Sequence[Asker]) -> list[Group]:
    """Count requests by domain and site, the most first."""
    counted = Counter((asker.domain, asker.site) for asker in askers)
    groups = []
    for (domain, site), requests in counted.most_common():
        group = Group(domain, site, requests)
        groups.append(group)
    return groups


def places(session: Session, solution: Solution, terms: Terms) -> tuple[list[PlaceRow], int]:
    """Return the mentors with whom one place more helps most, and how many more there are."""
    helpful = [worth for worth in solution.worth(terms) if any(worth.gain)]
    shown = helpful[:MOST]
    mentors = people.persons(session, [worth.mentor_id for worth in shown])
    sites = people.site_names(session)
    rows = []
    for worth in shown:
        mentor = mentors[worth.mentor_id]
        row = PlaceRow(
            mentor,
            sites[mentor.site_id],
            worth.juniors,
            worth.places,
            brings(worth.gain, waits=solution.counts_waiting),
            costs(worth.loss, waits=solution.counts_waiting),
        )
        rows.append(row)
    return rows, len(helpful) - len(shown)


def heading(helpful: int) -> str:
    """Say with how many mentors one place more would help."""
    if not helpful:
        return gettext("One more place changes nothing in this round")
    return ngettext(
        "With %(num)s mentor one more place would help",
        "With %(num)s mentors one more place would help",
        helpful,
    )
