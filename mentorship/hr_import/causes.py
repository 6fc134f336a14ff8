"""What was not taken as it stood, by its cause: the cause first, and how many rows each drags along. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import Export, Filled, Place, Remark, SetAside

_NOT_THERE = N_("%(file)s is not there.")


@dataclass(frozen=True)
class Cause:
    """One thing that is not right: where it stands first, the lines of which the same is true, and what leans on it.

    `set_aside`: those rows were not taken; else they went in without a cell or with something harmless in it.
    """

    file: str
    source: str
    line: int
    key: str
    reason: Remark
    set_aside: bool
    lines: tuple[int, ...] = ()
    drags: Mapping[str, int] = field(default_factory=dict)
    """Rows that were not taken as they stood because of it, by kind of file."""

    @property
    def weight(self) -> int:
        """How many rows it touches."""
        return len(self.lines) + sum(self.drags.values())

    def dragging(self, file: str) -> Cause:
        """Return the cause with one row more that leans on it."""
        count = self.drags.get(file, 0) + 1
        return replace(self, drags={**self.drags, file: count})


def causes(export: Export) -> tuple[Cause, ...]:
    """Return every cause, the one that touches most rows first."""
    found: dict[object, Cause] = {}
    roots: dict[Place, object] = {}
    rows: tuple[SetAside | Filled, ...] = (*export.set_aside, *export.filled)
    for row in rows:
        if row.because is None:
            key = _alike(row)
            roots.setdefault((row.file, row.line), key)
            found[key] = _with(found.get(key), row)
    aside = {(row.file, row.line): row for row in reversed(export.set_aside)}
    for row in rows:
        if row.because is not None:
            root = _root(row.because, aside)
            key = roots.get(root, root)
            cause = found.get(key) or _missing(root)
            found[key] = cause.dragging(row.file)
    ordered = sorted(found.values(), key=_order)
    return tuple(ordered)


def _alike(row: SetAside | Filled) -> object:
    """Return what rows have in common of which the same is wrong."""
    params = sorted(row.reason.params.items(), key=str)
    return row.file, row.reason.message, tuple(params)


def _order(cause: Cause) -> tuple[int, str, int]:
    return -cause.weight, cause.file, cause.line


def _with(cause: Cause | None, row: SetAside | Filled) -> Cause:
    if cause is not None:
        return replace(cause, lines=(*cause.lines, row.line))
    return Cause(
        row.file,
        row.source or row.file,
        row.line,
        row.key,
        row.reason,
        isinstance(row, SetAside),
        (row.line,),
    )


def _root(place: Place, aside: Mapping[Place, SetAside]) -> Place:
    """Return the row that is to blame in the end."""
    seen: set[Place] = set()
    while place in aside and place not in seen:
        seen.add(place)
        because = aside[place].because
        if because is None:
            return place
        place = because
    return place


def _missing(place: Place) -> Cause:
    file, line = place
    return Cause(
        file,
        file,
        line,
        "",
        Remark(_NOT_THERE, {"file": file}),
        set_aside=True,
    )
