"""What files of HR said of who is erased: of them, of their pairs, as somebody's manager, and to take an import back.

The room of the files stands above this one, so that its tables are known here by their names alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Table, delete, or_, select, update
from sqlmodel import Session

from mentorship.base.db import metadata
from mentorship.base.secret_codes import seals
from mentorship.leaving.queries import of_number

ERASED = "erased"
"""The question whether somebody who was erased is to come back."""
PERSON, PAIR_OVER = "person", "duo over"
"""Kinds of record: of a person, and the digests of a pair that is kept no longer."""
MANAGER, OTHERS, OF = "manager", "others_above", "of"
"""Where a record names others by their number."""


def forget(session: Session, number: str) -> None:
    """Forget what files said of somebody, by the number they had there."""
    records = metadata.tables["imported_record"]
    theirs = [of_number(records.c.key, number)]
    sealed = set(seals(number))
    for key, values in _of_kind(session, records, PAIR_OVER):
        sides = values.get(OF, ())
        if not sealed.isdisjoint(sides):
            theirs.append(records.c.key == key)
    session.execute(delete(records).where(or_(*theirs)))
    is_person = records.c.kind == PERSON
    for key, values in _of_kind(session, records, PERSON):
        others = values.get(OTHERS) or ()
        if number == values.get(MANAGER) or number in others:
            same = is_person & (records.c.key == key)
            rest = _without(values, number)
            session.execute(update(records).where(same).values({"values": rest}))
    _forget_imports(session)
    _forget_answers(session, number)


def _of_kind(session: Session, records: Table, kind: str) -> Collection[Any]:
    query = select(records.c.key, records.c["values"]).where(records.c.kind == kind)
    return session.execute(query).all()


def _without(values: dict[str, Any], number: str) -> dict[str, Any]:
    kept = {**values}
    if kept.get(MANAGER) == number:
        kept[MANAGER] = None
    if kept.get(OTHERS):
        kept[OTHERS] = [other for other in kept[OTHERS] if other != number]
    return kept


def _forget_imports(session: Session) -> None:
    """Let no import be taken back: how they were is packed in it, and who left by it named."""
    taken = metadata.tables["taken_import"]
    for taken_id, summary in session.execute(select(taken.c.id, taken.c.summary)).all():
        left = summary.get("left", ())
        if any(left):
            nameless = {**summary, "left": [""] * len(left)}
            session.execute(update(taken).where(taken.c.id == taken_id).values(summary=nameless))
    session.execute(update(taken).values(journal=None))


def _forget_answers(session: Session, number: str) -> None:
    """Forget what was answered about their number, to read the next file."""
    sources = metadata.tables["import_source"]
    for name, mapping in session.execute(select(sources.c.name, sources.c.mapping)).all():
        answers = mapping.get("answers") or {}
        kept = dict(_about_others(answers, number))
        if kept != answers:
            changed = {**mapping, "answers": kept}
            session.execute(update(sources).where(sources.c.name == name).values(mapping=changed))


def _about_others(answers: dict[str, Any], number: str) -> Iterator[tuple[str, Any]]:
    """Yield the answers but those about a number, be it that they were to come back after they were erased before."""
    entries = seals(number.casefold())
    for asked, answered in answers.items():
        kind, _, about = asked.partition(":")
        of_entry = kind == ERASED and about in entries
        if not of_entry and _bare(about) != _bare(number):
            yield asked, answered


def _bare(number: str) -> str:
    """Return a number as it is when its zeros were lost."""
    return number.casefold().lstrip("0")
