"""Circles among who is above whom. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Above = Mapping[str, Iterable[str] | str | None]
"""Who each person reports to: nobody, one, or several."""


def circles(above: Above) -> set[str]:
    """Return everyone who is above themselves, directly or through others (Tarjan's strongly connected components)."""
    found: set[str] = set()
    search = _Search(above)
    for start in above:
        if start not in search.order:
            for circle in search.components(start):
                if len(circle) > 1 or circle[0] in search.managers(circle[0]):
                    found.update(circle)
    return found


class _Search:
    """A search up the lines, deep but without recursion: a line may be long."""

    def __init__(self, above: Above) -> None:
        self.above = above
        self.order: dict[str, int] = {}
        self.lowest: dict[str, int] = {}
        self.stack: list[str] = []
        self.on_stack: set[str] = set()

    def managers(self, person: str) -> tuple[str, ...]:
        """Return who is right above somebody."""
        found = self.above.get(person)
        if found is None:
            return ()
        return (found,) if isinstance(found, str) else tuple(found)

    def _enter(self, person: str) -> tuple[str, Iterator[str]]:
        self.order[person] = self.lowest[person] = len(self.order)
        self.stack.append(person)
        self.on_stack.add(person)
        return person, iter(self.managers(person))

    def components(self, start: str) -> Iterator[list[str]]:
        """Yield the sets of people who are above each other, of everybody above one who was not met yet."""
        path = [self._enter(start)]
        while path:
            person, rest = path[-1]
            next_one = next(rest, None)
            if next_one is None:
                path.pop()
                if path:
                    below = path[-1][0]
                    self.lowest[below] = min(self.lowest[below], self.lowest[person])
                if self.lowest[person] == self.order[person]:
                    yield self._close(person)
            elif next_one not in self.order:
                path.append(self._enter(next_one))
            elif next_one in self.on_stack:
                self.lowest[person] = min(self.lowest[person], self.order[next_one])

    def _close(self, person: str) -> list[str]:
        component = []
        while True:
            member = self.stack.pop()
            self.on_stack.discard(member)
            component.append(member)
            if member == person:
                return component
