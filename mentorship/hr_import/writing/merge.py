"""Three-way merge: what the last import said, what is here now, what the file says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Values = dict[str, Any]
"""The fields of one record as JSON values."""
_EMPTY: tuple[Any, ...] = (None, "", [])
_THEIRS = frozenset(("horizon", "wish", "comfort", "request"))
"""What nobody fills in for another: somebody's plans, how they learn or teach, and what they ask."""


@dataclass(frozen=True)
class Kept:
    """A field that stays as it is here, for a person changed it; `field` empty: the whole record was removed here."""

    key: str
    field: str
    file: Any
    here: Any
    choice: str = ""
    """By what one says that the file wins; it holds for these two values alone. Empty where the file cannot win."""


@dataclass
class Merged:
    """What to do for one kind of record."""

    created: dict[str, Values] = field(default_factory=dict)
    updated: dict[str, Values] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    kept: list[Kept] = field(default_factory=list)
    overruled: list[Kept] = field(default_factory=list)
    """What a person changed here and the file wins, for that was chosen."""

    def choose(self, kind: str, file_wins: Collection[str]) -> None:
        """Say of each own edit how the file is chosen over it, and let the file win where that was chosen."""
        kept = self.kept
        self.kept = []
        for one in kept:
            offered = replace(one, choice=_choice(kind, one))
            if offered.choice and offered.choice in file_wins:
                self.overruled.append(offered)
                self.updated.setdefault(one.key, {})[one.field] = one.file
                self.unchanged.discard(one.key)
            else:
                self.kept.append(offered)

    def only_chosen(self) -> int:
        """Return how many records change only because the file was chosen over an own edit."""
        chosen: dict[str, set[str]] = {}
        for one in self.overruled:
            chosen.setdefault(one.key, set()).add(one.field)
        return sum(self.updated[key].keys() == names for key, names in chosen.items())

    @property
    def touched(self) -> dict[str, Values]:
        """What is written of each record, new or changed."""
        return {**self.created, **self.updated}

    def keep(self, key: str, name: str, here: Any) -> None:
        """Leave one field as it is after all, whatever was chosen."""
        changes = self.created.get(key) or self.updated[key]
        said = changes.pop(name)
        self.overruled = [one for one in self.overruled if (one.key, one.field) != (key, name)]
        kept = Kept(key, name, said, here)
        self.kept.append(kept)


def merge(
    said: Mapping[str, Values],
    here: Mapping[str, Values],
    base: Mapping[str, Values],
    *,
    fill: bool = False,
) -> Merged:
    """Decide per record and field; with `fill`, what is empty here and was never imported is filled in."""
    merged = Merged()
    for key, values in said.items():
        present = here.get(key)
        last = base.get(key)
        if present is not None:
            _merge_one(
                merged,
                key,
                values,
                present,
                last or {},
                fill,
            )
        elif last is None:
            merged.created[key] = dict(values)
        else:
            kept = Kept(
                key,
                field="",
                file=values,
                here=None,
            )
            merged.kept.append(kept)
    return merged


def _merge_one(merged: Merged, key: str, said: Values, here: Values, base: Values, fill: bool) -> None:
    changes: Values = {}
    for name, value in said.items():
        if here[name] == value:
            continue
        if _file_wins(name, here, base, fill):
            changes[name] = value
        else:
            kept = Kept(key, name, value, here[name])
            merged.kept.append(kept)
    if changes:
        merged.updated[key] = changes
    else:
        merged.unchanged.add(key)


def _file_wins(name: str, here: Values, base: Values, fill: bool) -> bool:
    """Tell whether nobody changed a field here since it was imported."""
    if name in base:
        return bool(here[name] == base[name])
    return fill and here[name] in _EMPTY


def _choice(kind: str, kept: Kept) -> str:
    """Return by what the file is chosen over an own edit; never of a record that was removed here."""
    if not kept.field or _THEIRS & {kind, kept.field}:
        return ""
    told = repr((kind, kept.key, kept.field, kept.file, kept.here))
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
