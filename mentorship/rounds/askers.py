"""Who asks, with whom and for what, by name: what the rows of a round's pages begin with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.mentor_requests.queries import needs_of
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.rounds import queries


@dataclass(frozen=True)
class Asker:
    """A request: of whom, about which domain first, at which site."""

    request_id: int
    junior: Person
    domain: str
    site: str


class Askers:
    """Some requests by name, and some mentors; a fixed number of queries whatever their number."""

    def __init__(self, session: Session, request_ids: Collection[int], mentor_ids: Iterable[int] = ()) -> None:
        self._requests = queries.requests(session, request_ids)
        self._needs = needs_of(session, request_ids)
        self._domains = profiles.domain_names(session)
        self._sites = people.site_names(session)
        everybody = set(mentor_ids)
        for request in self._requests.values():
            everybody.add(request.person_id)
        self._people = people.persons(session, everybody)

    def asker(self, request_id: int) -> Asker:
        """Return who asks with this request."""
        junior = self._people[self._requests[request_id].person_id]
        return Asker(
            request_id,
            junior,
            self._domain(request_id),
            self.site(junior),
        )

    def mentor(self, person_id: int) -> Person:
        """Return one of the mentors."""
        return self._people[person_id]

    def site(self, person: Person) -> str:
        """Return where somebody works."""
        return self._sites[person.site_id]

    def _domain(self, request_id: int) -> str:
        """Return the domain of the main need."""
        needs = self._needs.get(request_id)
        if not needs:
            return ""
        return self._domains[needs[0].domain_id]
