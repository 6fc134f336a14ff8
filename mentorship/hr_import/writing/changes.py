"""The books of one import: what each kind of record comes to, and what to remember for the next import."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, SQLModel, col

from mentorship.base.db import chunked
from mentorship.hr_import.report import Difference, Gone, KindCount, Report
from mentorship.hr_import.writing.merge import Merged, Values, merge
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.hr_import.writing.queries import Bases


@dataclass
class Ledger:
    """One import under way."""

    session: Session
    now: datetime
    bases: Bases
    report: Report

    def __post_init__(self) -> None:
        self.remembered: dict[tuple[str, str], Values] = {}

    def settle(
        self,
        kind: str,
        said: Mapping[str, Values],
        here: Mapping[str, Values],
        over: Collection[str] = (),
        *,
        fill: bool = False,
    ) -> Merged:
        """Decide what to do; `over` are records that ended here and do not come back."""
        base = self.bases[kind]
        for key, values in said.items():
            last = base.get(key, {})
            self.remembered[kind, key] = {**last, **values}
        ended: dict[str, Values] = {key: {} for key in over}
        return merge(
            said,
            here,
            ended | base,
            fill=fill,
        )

    def note(self, kind: str, merged: Merged, who: Callable[[str], str] = str) -> None:
        """Put what was decided in the report; `who` turns a key into words."""
        for key, changes in list(merged.updated.items()):
            if not changes:
                del merged.updated[key]
                merged.unchanged.add(key)
        count = self.report.kinds.setdefault(kind, KindCount())
        count.created += len(merged.created)
        count.updated += len(merged.updated)
        count.unchanged += len(merged.unchanged)
        for kept in merged.kept:
            self.differ(
                kind,
                who(kept.key),
                kept.field,
                kept.file,
                kept.here,
            )

    def differ(self, kind: str, who: str, field: str, file: Any, here: Any = None) -> None:
        """Report that the file says something else than what stands here, or names what was removed here."""
        difference = Difference(kind, who, field, file, here)
        self.report.differences.append(difference)

    def tie(self, kind: str, ids: Mapping[str, int]) -> None:
        """Remember which rows here the records of the file are."""
        for key, row_id in ids.items():
            values = self.remembered.get((kind, key))
            if values is not None:
                values["id"] = row_id

    def miss(self, kind: str, keys: Iterable[str], who: Callable[[str], str] = str) -> None:
        """Report records of an earlier import that this one does not have."""
        for key in keys:
            self.report.gone.append(Gone(kind, who(key)))

    def close(self) -> None:
        """Write down what this import said."""
        fresh = []
        changed = []
        for (kind, key), values in self.remembered.items():
            last = self.bases[kind].get(key)
            row = {"kind": kind, "key": key, "values": values}
            if last is None:
                fresh.append(row)
            elif last != values:
                changed.append(row)
        insert_rows(self.session, ImportedRecord, fresh)
        update_rows(self.session, ImportedRecord, changed)


def defaults(table: type[SQLModel]) -> dict[str, Any]:
    """Return what a new row has when nothing is said: inserting many at a time does not fill that in."""
    said: dict[str, Any] = {}
    for name, info in table.model_fields.items():
        if name != "id" and not info.is_required():
            said[name] = info.get_default(call_default_factory=True)
    return said


def insert_rows(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Insert rows, many at a time."""
    if rows:
        # into the table itself: the mapped class would make a statement for each pattern of missing values
        statement = insert(table.__table__)  # type: ignore[attr-defined]
        session.exec(statement, params=rows)


def update_rows(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Change rows that are named by their primary key, many at a time."""
    if rows:
        # the like-shaped together, for those go to the database in one statement
        alike = sorted(rows, key=sorted)
        session.exec(update(table), params=alike)


def delete_rows(session: Session, table: type[SQLModel], column: Any, ids: Collection[int], *conditions: Any) -> None:
    """Delete the rows whose column has one of the ids, many at a time."""
    for some in chunked(sorted(ids)):
        these = col(column).in_(some)
        session.exec(delete(table).where(these, *conditions))
