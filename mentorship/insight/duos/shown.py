"""The list as somebody asks for it: which pairs, in which order, and their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from mentorship.base.lists import Listing, View
from mentorship.insight.duos import queries, words
from mentorship.insight.duos.rows import Row, rows
from mentorship.insight.duos.scope import Scope
from mentorship.insight.duos.standing import Standings


@dataclass(frozen=True)
class Shown:
    """The view of a list, and what its reader sees of how pairs stand."""

    scope: Scope
    stands: Standings
    counts: Counter[str]
    listing: Listing
    view: View

    @cached_property
    def wanted(self) -> set[int] | None:
        """The pairs that are chosen by how they stand; None where that does not matter."""
        found = None
        chosen = self.view.one("view")
        if chosen == words.ATTENTION:
            found = self.stands.asking
        if chosen == words.APART:
            found = self.stands.apart
        kinds = self.view.chosen("class")
        if not kinds:
            return found
        of_kind = self.stands.of_kinds(kinds)
        return of_kind if found is None else found & of_kind

    @cached_property
    def ids(self) -> list[int]:
        """All pairs that the view shows, in its order."""
        session = self.scope.session
        found = queries.ordered(
            session,
            self.scope,
            self.view,
        )
        if self.wanted is not None:
            found = [pair_id for pair_id in found if pair_id in self.wanted]
        if self.view.sort == "how":
            found.sort(
                key=self.stands.place,
                reverse=self.view.descending,
            )
        return found

    @property
    def by_database(self) -> bool:
        """Tell whether the database can hand out a part of it."""
        return self.wanted is None and self.view.sort != "how"

    @cached_property
    def total(self) -> int:
        """How many pairs the view shows."""
        if not self.by_database:
            return len(self.ids)
        if not self.view.narrowed:
            return self.standing
        session = self.scope.session
        return queries.count(
            session,
            self.scope,
            self.view,
        )

    @property
    def standing(self) -> int:
        """How many pairs stand now, whatever the view."""
        return sum(self.counts[status] for status in queries.STANDING)

    def part(self, offset: int, size: int) -> list[int]:
        """Return some of the pairs that the view shows."""
        if self.by_database:
            session = self.scope.session
            view = self.view.rows(
                offset,
                size,
            )
            return queries.ordered(
                session,
                self.scope,
                view,
            )
        end = offset + size
        return self.ids[offset:end]

    def rows(self, ids: Sequence[int], now: datetime) -> list[Row]:
        """Return the rows of these pairs."""
        session = self.scope.session
        return rows(
            session,
            self.scope,
            self.stands,
            ids,
            now,
        )
