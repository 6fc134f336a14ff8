"""The waiting list as a page reads it: who waits and how each stands, what is chosen of it, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.lists import Listing, View
from mentorship.mentor_requests.queries import needs_of
from mentorship.people import queries as people
from mentorship.profiles import queries as profiles
from mentorship.rounds import reading
from mentorship.rounds.waiting import queries
from mentorship.rounds.waiting.fewest import anybody, fewest
from mentorship.rounds.waiting.lines import Line, line
from mentorship.rounds.waiting.listed import Row
from mentorship.rounds.waiting.standing import Gain
from mentorship.rounds.waiting.telling import Names, mentioned
from mentorship.rounds.waiting.waits import goals


@dataclass(frozen=True)
class ReadList:
    """All that the list and its sheets are made of."""

    found: queries.Today
    rows: Sequence[Row]
    listing: Listing
    view: View
    shown: Sequence[Row]
    domains: dict[int, str]
    sites: dict[int, str]

    def lines(self, session: Session, some: Sequence[Row]) -> list[Line]:
        """Return rows ready to show."""
        domains = profiles.domains(session)
        remote = reading.remote_domains(domains)
        shown = [row.request_id for row in some]
        names = Names(
            people.persons(session, mentioned(self.found, some)),
            self.sites,
            self.domains,
            frozenset(key for key, far in remote.items() if far),
            needs_of(session, shown),
            goals(session, shown),
        )
        return [line(self.found, row, names) for row in some]

    def to_ask(self) -> list[Gain]:
        """Return the fewest mentors to ask for the most gain."""
        if not self.rows:
            return []
        return fewest(self.found.standing, self.found.not_asked_now)

    def places_help(self) -> bool:
        """Tell whether asking anybody for a place would help somebody."""
        return bool(self.rows) and anybody(self.found.standing, self.found.not_asked_now)
