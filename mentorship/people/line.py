"""Who of some people is below a manager, without reading a line of thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.prepared import prepared
from mentorship.people import managers
from mentorship.people.models import Person, PersonManager

SHORT = 1000
"""A line of so many is read whole."""
AT_ONCE = 200
"""Of a longer one the managers of so many people are looked up at once."""


class Line:
    """Who is below a manager: a short line is read whole, of a long one only those who are asked about."""

    def __init__(self, session: Session, manager_id: int) -> None:
        """Begin to read nothing: that waits until somebody is asked about."""
        self._session = session
        self._manager_id = manager_id

    @cached_property
    def _people(self) -> set[int]:
        """Those nearest below the manager, until there are no more or it is a long line."""
        found: set[int] = set()
        nearest = {self._manager_id}
        while nearest and len(found) <= SHORT:
            read = {below for below in _under_first(self._session, nearest) if below is not None}
            read |= set(_under_others(self._session, nearest))
            nearest = read - found
            found |= read
        return found

    @property
    def is_short(self) -> bool:
        """Tell whether the line can be read whole."""
        return len(self._people) <= SHORT

    @property
    def whole(self) -> set[int]:
        """Return everybody below the manager, of a long line too: for who reads all of it anyway."""
        if self.is_short:
            return self._people
        return set(self._session.scalars(managers.below(self._manager_id)))

    def among(self, ids: Collection[int]) -> set[int]:
        """Return who of these is below the manager."""
        if self.is_short:
            return self._people.intersection(ids)
        known = self._people.intersection(ids)
        unknown = set(ids) - known
        return known | self._looked_up(unknown)

    def _looked_up(self, ids: Collection[int]) -> set[int]:
        """Return those of these above whom the manager stands, by going up from each."""
        query = managers.of_these_below(ids, self._manager_id)
        return set(self._session.scalars(query))

    def first(self, query: Any, people: Sequence[Any], limit: int, *, itself: bool = False) -> list[int]:
        """Return the first ids that a query gives of whatever somebody of the line, or (`itself`) its manager, is in.

        Its rows are an id and then `people`, its columns. A long line is in most of it: its first rows are enough.
        """
        if self.is_short:
            near = self._people | self._manager(itself)
            of_line = or_(*(column.in_(near) for column in people))
            rows = self._session.execute(query.where(of_line).limit(limit))
            return [one for one, *_those in rows]
        begin = self._session.execute(query.limit(AT_ONCE)).all()
        found = self._of_line(begin, limit, itself)
        if len(found) < limit and len(begin) == AT_ONCE:
            rest = self._session.execute(query.offset(AT_ONCE))
            found += self._of_line(rest, limit - len(found), itself)
        return found

    def _manager(self, itself: bool) -> set[int]:
        return {self._manager_id} if itself else set()

    def _of_line(self, rows: Iterable[Sequence[int]], limit: int, itself: bool) -> list[int]:
        found: list[int] = []
        left = iter(rows)
        while len(found) < limit:
            some = list(islice(left, AT_ONCE))
            if not some:
                break
            people: set[int] = set()
            for _id, *those in some:
                people.update(those)
            below = self.among(people) | self._manager(itself)
            for one, *those in some:
                if not below.isdisjoint(those):
                    found.append(one)
        return found[:limit]


@prepared
def _under_first(manager_ids: Collection[int]) -> SelectOfScalar[int | None]:
    return select(col(Person.id)).where(col(Person.manager_id).in_(manager_ids)).limit(SHORT + 1)


@prepared
def _under_others(manager_ids: Collection[int]) -> SelectOfScalar[int]:
    query = select(PersonManager.person_id).where(col(PersonManager.manager_id).in_(manager_ids))
    return query.limit(SHORT + 1)
