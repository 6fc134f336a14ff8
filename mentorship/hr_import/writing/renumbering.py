"""New numbers and moved addresses, before anything else of an export is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import Session, col, select

from mentorship.hr_import.writing.bulk import delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.hr_import.writing.queries import person_ids
from mentorship.people.models import Person

OF_PEOPLE = ("person", "wish", "comfort", "request", "expertise", "duo")
"""Records whose key begins with a number; that of a duo has two."""


def rename(session: Session, numbers: Mapping[str, str]) -> None:
    """Give people their new numbers, also in what earlier imports said of them; one may get what another had."""
    if not numbers:
        return
    ids = person_ids(session)
    aside = [{"id": ids[old], "number": f"\x01{old}"[:40]} for old in numbers]
    update_rows(
        session,
        Person,
        aside,
    )
    update_rows(
        session,
        Person,
        [{"id": ids[old], "number": new} for old, new in numbers.items()],
    )
    of_people = col(ImportedRecord.kind).in_(OF_PEOPLE)
    moved: list[dict[str, object]] = []
    for record in session.exec(select(ImportedRecord).where(of_people)):
        key = _renamed(
            record.key,
            record.kind,
            numbers,
        )
        values = _under_new_numbers(record, numbers)
        if key != record.key or values is not record.values:
            moved.append({"kind": record.kind, "key": key, "values": values, "was": record.key})
    _move(session, moved)


def _renamed(key: str, kind: str, numbers: Mapping[str, str]) -> str:
    first, slash, second = key.partition("/")
    if kind == "duo":
        second = numbers.get(second, second)
    return numbers.get(first, first) + slash + second


def _under_new_numbers(record: ImportedRecord, numbers: Mapping[str, str]) -> dict[str, object]:
    """Return what was said of somebody, the numbers of their managers as they are now."""
    values = record.values
    if values.get("manager") in numbers:
        values = {**values, "manager": numbers[values["manager"]]}
    others = values.get("others_above") or []
    if numbers.keys() & set(others):
        values = {**values, "others_above": [numbers.get(other, other) for other in others]}
    return values


def _move(session: Session, moved: list[dict[str, Any]]) -> None:
    for kind in OF_PEOPLE:
        rows = [row for row in moved if row["kind"] == kind]
        keys = [str(row.pop("was")) for row in rows]
        of_kind = col(ImportedRecord.kind) == kind
        delete_rows(
            session,
            ImportedRecord,
            ImportedRecord.key,
            keys,
            of_kind,
        )
        insert_rows(
            session,
            ImportedRecord,
            rows,
        )
    session.expire_all()


def free_addresses(session: Session, numbers: Collection[str]) -> None:
    """Let go of the addresses that were answered to belong to somebody else."""
    if numbers:
        ids = person_ids(session)
        update_rows(
            session,
            Person,
            [{"id": ids[number], "email": None} for number in numbers],
        )
