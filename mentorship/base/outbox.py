"""The outbox: what is to be mailed to whom, written in the transaction that caused it; `delivery` sends it, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Index, UniqueConstraint, and_, delete, func, or_, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from mentorship.base.db import UtcDateTime, insert_new
from mentorship.base.i18n import N_
from mentorship.base.mail import Mail
from mentorship.base.mail_kinds import UNDO_LASTS, WAITING
from mentorship.base.personal import MAIL_SERVER, SENT, Term, reckoned

LEASE = timedelta(minutes=10)
"""How long a mail stays in the hands of who claimed it."""
KEPT = timedelta(days=90)
_TERM = Term(SENT, days=KEPT.days)
_OPEN = "sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL"

EMPTY: dict[str, Any] = {"subject": "", "text": "", "html": "", "headers": {}}
DONE: dict[str, Any] = {**EMPTY, "address": None}
"""What is left of a mail that is sent or needless; one that failed keeps where it goes, for it may be tried again."""


class OutboxRow(SQLModel, table=True):
    """One mail to one person, by its key asked for once; its words are here only until it is sent.

    `address`: where it goes when that is not the address that its person has by then.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("kind", "recipient_id", "due_on", "about"),
        Index("ix_outbox_open", "not_before", sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        {"info": reckoned(N_("send a mail once"), N_("who gets it"), _TERM, "mail", recipients=MAIL_SERVER)},
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    recipient_id: int
    due_on: date
    about: str = Field(default="", max_length=100)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", max_length=100)
    message_id: str = Field(default="", max_length=200)
    subject: str = ""
    text: str = ""
    html: str = ""
    headers: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    address: str | None = Field(default=None, max_length=254)


class NotYet(Exception):
    """A mail is not sent before a moment: who gets it is not there."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"not before {moment}")
        self.moment = moment


Renderer = Callable[[Session, OutboxRow, datetime], Mail | None]
"""Writes a mail, None when it is no longer needed; `NotYet` when it has to wait. Asked again before each attempt, for
who left gets none; the words stay those of the first time."""


@dataclass(frozen=True)
class Ask:
    """A mail that is due; `text` is for what is known only now and kept nowhere else."""

    kind: str
    recipient_id: int
    due_on: date
    about: str = ""
    not_before: datetime | None = None
    text: str = ""
    address: str | None = None


@dataclass(frozen=True)
class Standing:
    """How the outbox stands; `lag` is how long the oldest mail that may go out has waited."""

    lag: timedelta
    waiting: int
    later: int
    sent: int
    failed: int
    last: datetime | None


def ask(
    session: Session,
    kind: str,
    recipient_id: int,
    due_on: date,
    now: datetime,
    about: str = "",
    not_before: datetime | None = None,
    text: str = "",
) -> None:
    """Ask for one mail unless it was asked for before."""
    wanted = Ask(
        kind,
        recipient_id,
        due_on,
        about,
        not_before,
        text,
    )
    ask_all(session, [wanted], now)


def ask_all(session: Session, asks: Iterable[Ask], now: datetime) -> None:
    """Ask for many mails in one statement; of two that ask for the same at once, one row comes.

    Those that tell of what can be undone wait as long as it can.
    """
    rows = []
    for wanted in asks:
        waiting = _waiting(wanted, now)
        row = OutboxRow(**asdict(waiting), created_at=now)
        rows.append(row.model_dump(exclude={"id"}))
    insert_new(session, OutboxRow, rows)


def _waiting(wanted: Ask, now: datetime) -> Ask:
    if wanted.kind not in WAITING:
        return wanted
    told_from = now + UNDO_LASTS
    if wanted.not_before is not None:
        told_from = max(told_from, wanted.not_before)
    return replace(wanted, not_before=told_from)


def forget(session: Session, kind: str, about: str, since: datetime) -> None:
    """Forget mails of what was undone since: they are not sent, and may be asked for anew."""
    told = delete(OutboxRow).where(
        col(OutboxRow.kind) == kind,
        col(OutboxRow.about) == about,
        col(OutboxRow.sent_at).is_(None),
    )
    asked_since = and_(
        unfinished(),
        col(OutboxRow.created_at) >= since,
    )
    dropped_since = col(OutboxRow.dropped_at) >= since
    session.exec(told.where(or_(asked_since, dropped_since)))


def told(session: Session, kinds: Collection[str], about: str) -> set[int]:
    """Return who was sent a mail of these kinds about something."""
    query = select(OutboxRow.recipient_id).where(
        col(OutboxRow.kind).in_(kinds),
        OutboxRow.about == about,
        col(OutboxRow.sent_at).is_not(None),
    )
    return set(session.exec(query))


def drop(session: Session, now: datetime, *which: ColumnElement[bool]) -> None:
    """Drop the mails of these that are neither sent nor given up, with their words; what failed is not tried again."""
    unsent = and_(
        col(OutboxRow.sent_at).is_(None),
        col(OutboxRow.dropped_at).is_(None),
    )
    dropping = update(OutboxRow).where(unsent, *which)
    session.exec(
        dropping.values(**DONE, dropped_at=now, failed_at=None), execution_options={"synchronize_session": False}
    )


def bring_forward(session: Session, person_id: int, waiting_until: datetime, now: datetime) -> None:
    """Let the mails to somebody that wait until a moment or longer go out as soon as what is new can."""
    soon = now + UNDO_LASTS
    waiting = update(OutboxRow).where(
        unfinished(),
        col(OutboxRow.recipient_id) == person_id,
        col(OutboxRow.not_before) >= waiting_until,
    )
    session.exec(waiting.values(not_before=soon), execution_options={"synchronize_session": False})


def unfinished() -> ColumnElement[bool]:
    """Say which mails are neither sent nor given up."""
    return and_(
        col(OutboxRow.sent_at).is_(None),
        col(OutboxRow.dropped_at).is_(None),
        col(OutboxRow.failed_at).is_(None),
    )


def claimable(now: datetime) -> ColumnElement[bool]:
    """Say which mails may be taken: due, and in nobody's hands, or in those of somebody who died.

    A claim from the future is one of before the clock was set back.
    """
    claimed = col(OutboxRow.claimed_at)
    due = col(OutboxRow.not_before)
    return and_(
        unfinished(),
        or_(
            claimed.is_(None),
            claimed < now - LEASE,
            claimed > now + LEASE,
        ),
        or_(
            due.is_(None),
            due <= now,
        ),
    )


def standing(session: Session, now: datetime, today: datetime) -> Standing:
    """Return how the outbox stands, counting what was sent since `today`."""
    since = func.coalesce(OutboxRow.not_before, OutboxRow.created_at)
    return Standing(
        lag=_lag(session, now, since),
        waiting=_count(session, unfinished(), since <= now),
        later=_count(session, unfinished(), since > now),
        sent=_count(session, col(OutboxRow.sent_at) >= today),
        failed=_count(session, col(OutboxRow.failed_at).is_not(None)),
        last=_last_claim(session),
    )


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(OutboxRow)
    query = query.where(*conditions)
    return session.exec(query).one()


def _lag(session: Session, now: datetime, since: ColumnElement[Any]) -> timedelta:
    query = select(func.min(since)).where(
        unfinished(),
        since <= now,
    )
    oldest: datetime | None
    oldest = session.exec(query).one()
    if oldest is None:
        return timedelta(0)
    return now - oldest


def _last_claim(session: Session) -> datetime | None:
    query = select(func.max(OutboxRow.claimed_at))
    return session.exec(query).one()


def failures(session: Session, limit: int = 20) -> list[OutboxRow]:
    """Return the mails that failed, the newest first."""
    failed = col(OutboxRow.failed_at)
    query = select(OutboxRow).where(failed.is_not(None))
    newest = query.order_by(failed.desc()).limit(limit)
    return list(session.exec(newest))


def retry(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    """Let mails (of these) that failed be tried from the start again, written anew; return how many."""
    failed = update(OutboxRow).where(col(OutboxRow.failed_at).is_not(None), *which)
    again = failed.values(
        failed_at=None,
        claimed_at=None,
        not_before=now,
        attempts=0,
        message_id="",
    )
    return session.exec(again).rowcount


def asked(session: Session, kinds: Collection[str], since: date) -> set[tuple[str, int, str]]:
    """Return what was asked for of these kinds that was due since a day: kind, whom and about what."""
    query = select(OutboxRow.kind, OutboxRow.recipient_id, OutboxRow.about).where(
        col(OutboxRow.kind).in_(kinds),
        OutboxRow.due_on >= since,
    )
    return set(session.exec(query))


def superseded(session: Session, row: OutboxRow, kinds: Collection[str]) -> bool:
    """Tell whether this person was asked to be sent a later mail of these kinds, which neither failed nor lapsed."""
    query = select(OutboxRow.id).where(
        OutboxRow.recipient_id == row.recipient_id,
        col(OutboxRow.kind).in_(kinds),
        col(OutboxRow.id) > row.id,
        col(OutboxRow.failed_at).is_(None),
        col(OutboxRow.dropped_at).is_(None),
    )
    return session.exec(query.limit(1)).first() is not None
