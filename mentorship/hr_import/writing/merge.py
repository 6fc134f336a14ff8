"""Three-way merge: what the last import said, what is here now, what the file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]
"""The fields of one record as JSON values."""
_EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Kept:
    """A field that stays as it is here, for a person changed it; `field` empty: the whole record was removed here."""

    key: str
    field: str
    file: Any
    here: Any


@dataclass
class Merged:
    """What to do for one kind of record."""

    created: dict[str, Values] = field(default_factory=dict)
    updated: dict[str, Values] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    kept: list[Kept] = field(default_factory=list)

    @property
    def touched(self) -> dict[str, Values]:
        """What is written of each record, new or changed."""
        return {**self.created, **self.updated}

    def keep(self, key: str, name: str, here: Any) -> None:
        """Leave one field as it is after all."""
        changes = self.created.get(key) or self.updated[key]
        said = changes.pop(name)
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
