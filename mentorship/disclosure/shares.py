"""Several ways to part the same people into groups, so that no combination of the groups is of fewer than five."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mentorship.disclosure.groups import FEWEST
from mentorship.disclosure.witnesses import Witnesses


@dataclass(frozen=True)
class Group:
    """A group that may be shown: its key, None for what was too small and put together; and who is in it."""

    key: str | None
    members: tuple[int, ...]


def grouped(parted: Mapping[str, Mapping[int, str]]) -> dict[str, list[Group]]:
    """Return the groups of each way to part people (person -> key), the largest first; none where five are lacking.

    What would be too small alone, or would give a small one away, is put together: that group follows from all people
    less the others, so it is as safe as they are.
    """
    people = _people(parted)
    if len(people) < FEWEST:
        return {name: [] for name in parted}
    witnesses = Witnesses(people)
    everybody = np.ones(len(people), dtype=np.int64)
    witnesses.accept(everybody)
    found = {}
    for name, keys in parted.items():
        members = _members(people, keys)
        found[name] = _parted(
            witnesses,
            people,
            members,
        )
    return found


def _people(parted: Mapping[str, Mapping[int, str]]) -> list[int]:
    found: set[int] = set()
    for keys in parted.values():
        found.update(keys)
    return sorted(found)


def _members(people: Sequence[int], keys: Mapping[int, str]) -> dict[str, list[int]]:
    """Return who is in each group, the largest first."""
    found = defaultdict[str, list[int]](list)
    for person in people:
        key = keys[person]
        found[key].append(person)
    ordered = sorted(found)
    ordered.sort(
        key=lambda key: len(found[key]),
        reverse=True,
    )
    members = {}
    for key in ordered:
        members[key] = found[key]
    return members


def _parted(
    witnesses: Witnesses,
    people: Sequence[int],
    members: Mapping[str, list[int]],
) -> list[Group]:
    found = []
    rest = []
    for key, group in members.items():
        inside = np.isin(people, group)
        row = inside.astype(np.int64)
        enough = len(group) >= FEWEST
        if enough and witnesses.accept(row):
            shown = Group(key, tuple(group))
            found.append(shown)
        else:
            rest += group
    if rest:
        rest.sort()
        together = Group(None, tuple(rest))
        found.append(together)
    return found
