"""Undo: a verb states its inverse; for ten minutes who did it can have it carried out, once.

A verb states it with `keep` before and `state` after it changed rows, or names another verb with `state_verb`. What was
stated in a transaction is offered by the page with what it says (`web.page.done`). Whoever carries it out checks that
all is still as the verb left it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import JSON, Column, Table, and_, delete, insert, select, update
from sqlmodel import Field, Session, SQLModel, col
from sqlmodel import select as select_rows

from mentorship.base import audit, outbox
from mentorship.base.db import UtcDateTime, metadata
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import UNDO_LASTS
from mentorship.base.personal import personal

KEPT = timedelta(days=1)
CHANGED = N_("Somebody changed this since, so it cannot be undone any more. Nothing was changed.")
USED = N_("This was undone already.")
LATE = N_("This was more than ten minutes ago, so it cannot be undone any more. Nothing was changed.")
OTHER_ROLES = N_("Your roles changed since, so this cannot be undone any more. Nothing was changed.")
_STATED = "undo"
Row = dict[str, Any]
_FROM_TEXT: dict[type, Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
}


class UndoRow(SQLModel, table=True):
    """What somebody did and can undo: in which words it was told, and the steps back."""

    __tablename__ = "undo"
    __table_args__ = ({"info": personal("take back what was not meant", "who did it", "1 day")},)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    roles: list[str] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    said: str
    steps: list[Row] = Field(sa_column=Column(JSON, nullable=False))
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Doer(Protocol):
    """Who does or undoes something: `people.access.Actor`."""

    @property
    def person_id(self) -> int:
        """Who it is."""

    @property
    def roles(self) -> frozenset[str]:
        """What they may do as."""


Inverse = Callable[..., object]
"""A verb `(session, actor, *, ..., now)` that takes another one back, or refuses when all is no longer as it was left;
its arguments are what JSON holds."""


@dataclass(frozen=True)
class About:
    """What the audit log calls what was done, and the mails that told of it (kind, about)."""

    verb: str
    subject: str
    subject_id: int | None
    mails: Collection[tuple[str, str]] = ()


@dataclass(frozen=True)
class Kept:
    """Rows of a table as they were before a verb."""

    table: str
    where: Mapping[str, Any]
    rows: list[Row] = field(default_factory=list)


def keep(session: Session, model: type[SQLModel], **where: Any) -> Kept:
    """Keep the rows with these values (a list: one of them) as they are before a verb changes them."""
    name = str(model.__tablename__)
    plain = {key: _plain(value) for key, value in where.items()}
    return Kept(name, plain, _rows(session, name, plain))


def state(session: Session, kept: Kept, about: About, *, anew: bool = False) -> None:
    """State that a verb is undone by putting rows back as they were kept.

    `anew`: as new rows, which what guards new ones lets in or not; nothing may point at them.
    """
    left = _rows(session, kept.table, kept.where)
    if left == kept.rows:
        return
    state_verb(
        session,
        put_back,
        about,
        table=kept.table,
        where=dict(kept.where),
        before=kept.rows,
        left=left,
        anew=anew,
    )


def state_verb(session: Session, inverse: Inverse, about: About, **arguments: Any) -> None:
    """State that a verb is undone by another one, with these arguments."""
    step = {
        "inverse": name_of(inverse),
        "arguments": arguments,
        **asdict(about),
    }
    session.info.setdefault(_STATED, []).append(step)


def name_of(inverse: Inverse) -> str:
    """Return the name by which an inverse is registered and stored."""
    return f"{inverse.__module__}.{inverse.__qualname__}".removeprefix("mentorship.")


def offer(session: Session, actor: Doer, said: str, now: datetime) -> UndoRow | None:
    """Keep what was stated in this transaction, to be undone for ten minutes; None when nothing was."""
    steps = session.info.pop(_STATED, [])
    if not steps:
        return None
    row = UndoRow(
        person_id=actor.person_id,
        roles=sorted(actor.roles),
        at=now,
        said=said,
        steps=steps,
    )
    session.add(row)
    session.flush()
    return row


def open_of(session: Session, person_id: int, now: datetime) -> list[UndoRow]:
    """Return what somebody can still undo, the newest first."""
    query = select_rows(UndoRow).where(
        UndoRow.person_id == person_id,
        col(UndoRow.at) > now - UNDO_LASTS,
        col(UndoRow.used_at).is_(None),
    )
    return list(session.exec(query.order_by(col(UndoRow.id).desc())))


def carry_out(session: Session, actor: Doer, row: UndoRow, inverses: Mapping[str, Inverse], now: datetime) -> None:
    """Undo what somebody did, the last step first, and drop the mails that told of it; `row` is locked."""
    if row.used_at is not None:
        raise Conflict(USED)
    if now - row.at >= UNDO_LASTS:
        raise Refused(LATE)
    if not set(row.roles) <= actor.roles:
        raise Refused(OTHER_ROLES)
    row.used_at = now
    for step in reversed(row.steps):
        inverse = inverses[step["inverse"]]
        inverse(session, actor, now=now, **step["arguments"])
        for kind, about in step["mails"]:
            outbox.forget(session, kind, about, row.at)
        audit.record(
            session,
            now,
            actor.person_id,
            f"undo: {step['verb']}"[:60],
            step["subject"],
            step["subject_id"],
        )
    session.info.pop(_STATED, None)  # an undo is not undone


def put_back(
    session: Session,
    _actor: Doer,
    *,
    table: str,
    where: Mapping[str, Any],
    before: list[Row],
    left: list[Row],
    anew: bool,
    now: datetime,
) -> None:
    """Put rows back as they were before, when they still are as they were left."""
    if _rows(session, table, where, lock=True) != left:
        raise Conflict(CHANGED)
    found = metadata.tables[table]
    is_set = len(found.primary_key) > 1  # its rows may not be alike half-way
    _restore(session, found, left, before, anew=anew or is_set)
    session.expire_all()


def _restore(session: Session, table: Table, left: list[Row], before: list[Row], *, anew: bool) -> None:
    """Write the rows of before in place of those that were left."""
    connection = session.connection()
    was = _by_key(table, before)
    stands = _by_key(table, left)
    for key, row in stands.items():
        this_row = _same(table, row)
        if key not in was or (anew and row != was[key]):
            gone = delete(table).where(this_row)
            connection.execute(gone)
            continue
        back = _typed(table, was.pop(key))
        changed = update(table).where(this_row)
        connection.execute(changed.values(back))
    missing = [_typed(table, row) for row in was.values()]
    if missing:
        connection.execute(insert(table), missing)


def purge(session: Session, now: datetime) -> None:
    """Delete what was done longer ago than it is kept."""
    long_ago = col(UndoRow.at) < now - KEPT
    session.exec(delete(UndoRow).where(long_ago))


def _rows(session: Session, name: str, where: Mapping[str, Any], *, lock: bool = False) -> list[Row]:
    """Read the rows of a table with these values, in plain values and the order of their keys."""
    table = metadata.tables[name]
    conditions = _conditions(table, where)
    query = select(table).where(*conditions).order_by(*table.primary_key)
    if lock:
        query = query.with_for_update()
    session.flush()
    connection = session.connection()
    found = []
    for row in connection.execute(query).mappings():
        plain = {key: _plain(value) for key, value in row.items()}
        found.append(plain)
    return found


def _conditions(table: Table, where: Mapping[str, Any]) -> Iterable[Any]:
    for key, value in _typed(table, where).items():
        column = table.c[key]
        if isinstance(value, list):
            yield column.in_(value)
        else:
            yield column.is_not_distinct_from(value)


def _same(table: Table, row: Row) -> Any:
    typed = _typed(table, row)
    parts = []
    for column in table.primary_key:
        part = column == typed[column.name]
        parts.append(part)
    return and_(*parts)


def _by_key(table: Table, rows: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    names = [column.name for column in table.primary_key]
    found = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        found[key] = row
    return found


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _typed(table: Table, row: Mapping[str, Any]) -> Row:
    """Return plain values as the columns of a table want them."""
    typed = {}
    for key, value in row.items():
        kind = table.c[key].type.python_type
        if isinstance(value, str) and kind in _FROM_TEXT:
            value = _FROM_TEXT[kind](value)
        typed[key] = value
    return typed
