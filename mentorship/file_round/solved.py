"""A round from files with its outcome, and who is on which row of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mentorship.file_round.facts import Facts
from mentorship.hr_import.reading.export import Export
from mentorship.matching import Result
from mentorship.rounds.gather import Gathered, Terms

Row = dict[str, Any]


@dataclass(frozen=True)
class Solved:
    """A round from files with its outcome."""

    export: Export
    facts: Facts
    terms: Terms
    gathered: Gathered
    result: Result

    def asker(self, row: int) -> int:
        """Return the id of who asks the request on this row; the request has the same."""
        return int(self.gathered.request_ids[row])

    def junior(self, row: int) -> Row:
        """Return who asks, and for what first."""
        person = self.facts.people[self.asker(row)]
        return {
            "junior": person.number,
            "junior_name": person.name,
            "site": person.site,
            "domain": self.domain(row),
        }

    def mentor(self, row: int) -> Row:
        """Return who guides."""
        mentor = int(self.gathered.mentor_ids[row])
        person = self.facts.people[mentor]
        return {
            "mentor": person.number,
            "mentor_name": person.name,
        }

    def domain(self, row: int) -> str:
        """Return the domain of the main need."""
        return self._main_needs[self.asker(row)]

    @cached_property
    def _main_needs(self) -> dict[int, str]:
        found = {}
        for asked in self.facts.records.requests:
            main = asked.needs[0]
            found[asked.id] = self.facts.domains[main.domain]
        return found
