"""Undo: a verb states its inverse; for ten minutes who did it can have it carried out, once.

A verb states it with `keep` before and `state` after it changed rows, or names another verb with `state_verb`. What was
stated in a transaction is offered by the page with what it says (`web.page.done`). Whoever carries it out checks that
all is still as the verb left it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import JSON, Column, delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col
from sqlmodel import select as select_rows

from mentorship.base import audit, kept_rows, outbox
from mentorship.base.audit_values import changes
from mentorship.base.db import UtcDateTime, metadata
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.kept_rows import Row
from mentorship.base.mail_kinds import UNDO_LASTS
from mentorship.base.personal import MADE, Term, reckoned

KEPT = timedelta(days=1)
CHANGED = N_("Somebody changed this since, so it cannot be undone any more. Nothing was changed.")
IN_USE = N_("It is in use by now, so it cannot be undone any more. Nothing was changed.")
USED = N_("This was undone already.")
LATE = N_("This was more than ten minutes ago, so it cannot be undone any more. Nothing was changed.")
OTHER_ROLES = N_("Your roles changed since, so this cannot be undone any more. Nothing was changed.")
NOT_YOURS = N_("This is not yours to change any more, so it cannot be undone. Nothing was changed.")
_STATED = "undo"


class UndoRow(SQLModel, table=True):
    """What somebody did and can undo: in which words it was told, and the steps back.

    `door` and `named`: by which door, and of which ids, for its rule has to allow the way back too.
    """

    __tablename__ = "undo"
    __table_args__ = ({"info": reckoned(N_("undo what was not meant"), N_("who did it"), Term(MADE, days=1), "undo")},)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    roles: list[str] = Field(sa_column=Column(JSON, nullable=False))
    door: str
    named: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
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
    plain = {key: kept_rows.plain_value(value) for key, value in where.items()}
    return Kept(name, plain, kept_rows.read(session, name, plain))


def state(
    session: Session,
    kept: Kept,
    about: About,
    *,
    anew: bool = False,
    inverse: Inverse | None = None,
) -> None:
    """State that a verb is undone by putting rows back as they were kept.

    `anew`: as new rows, which what guards new ones lets in or not; nothing may point at them. `inverse`: a verb of the
    room that puts them back with `put_back`, and holds them to the rules that more than these rows decide.
    """
    left = kept_rows.read(session, kept.table, kept.where)
    if left == kept.rows:
        return
    audit.add_values(
        session,
        about.verb,
        about.subject,
        about.subject_id,
        changes(kept.table, kept.rows, left),
    )
    state_verb(
        session,
        inverse or put_back,
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


def forget(session: Session) -> None:
    """Forget what was stated in this transaction: it was only tried, and is taken back already."""
    session.info.pop(_STATED, None)


def name_of(inverse: Inverse) -> str:
    """Return the name by which an inverse is registered and stored."""
    return f"{inverse.__module__}.{inverse.__qualname__}".removeprefix("mentorship.")


def offer(
    session: Session,
    actor: Doer,
    said: str,
    door: str,
    named: Mapping[str, int],
    now: datetime,
) -> UndoRow | None:
    """Keep what was stated in this transaction, to be undone for ten minutes; None when nothing was."""
    steps = session.info.pop(_STATED, [])
    if not steps:
        return None
    row = UndoRow(
        person_id=actor.person_id,
        roles=sorted(actor.roles),
        door=door,
        named=dict(named),
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
    if kept_rows.read(session, table, where, lock=True) != left:
        raise Conflict(CHANGED)
    found = metadata.tables[table]
    is_set = len(found.primary_key) > 1  # its rows may not be alike half-way
    try:
        kept_rows.restore(session, found, left, before, anew=anew or is_set)
    except IntegrityError:  # something points at a row that would go, or took what was free then
        raise Conflict(IN_USE) from None
    session.expire_all()


def purge(session: Session, now: datetime) -> None:
    """Delete what was done longer ago than it is kept."""
    long_ago = col(UndoRow.at) < now - KEPT
    session.exec(delete(UndoRow).where(long_ago))
