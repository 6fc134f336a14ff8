"""The outbox: what is to be mailed to whom, written in the transaction that caused it and sent once, by a worker.

A mail is claimed, written down and noted as sent in three short transactions; none is open while the mail server is
at work. Killed between the server's yes and our note, a mail goes out once more after the lease, with the same
Message-ID; it is never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from time import monotonic
from traceback import format_tb
from typing import Any

from sqlalchemy import JSON, Column, Engine, Index, UniqueConstraint, Update, and_, delete, func, or_, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from mentorship.base.db import UtcDateTime, insert_new, open_session
from mentorship.base.mail import Declined, Mail, Send, Transport, Unreachable, new_message_id, written
from mentorship.base.personal import personal

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
BUDGET = 60.0
"""Seconds a pass may take, far under the lease."""
BATCH = 200
KEPT = timedelta(days=90)
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    *[timedelta(hours=12)] * 9,
)
"""How long to wait after each refusal of one mail; five days in all. A server that is away does not count."""
_OPEN = "sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL"


class OutboxRow(SQLModel, table=True):
    """One mail to one person, by its key asked for once; its words are here only until it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("kind", "recipient_id", "due_on", "about"),
        Index("ix_outbox_open", "not_before", sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        {"info": personal("send a mail once", "who gets it; its words nobody else", "words until sent, key 90 days")},
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


Renderer = Callable[[Session, OutboxRow, datetime], Mail | None]
"""Writes a mail, None when it is no longer needed. Asked again before each attempt, for who left gets none; the
words stay those of the first time."""
EMPTY: dict[str, Any] = {"subject": "", "text": "", "html": "", "headers": {}}


@dataclass(frozen=True)
class Ask:
    """A mail that is due; `text` is for what is known only now and kept nowhere else."""

    kind: str
    recipient_id: int
    due_on: date
    about: str = ""
    not_before: datetime | None = None
    text: str = ""


@dataclass
class Pass:
    """What one pass did; `more` when it stopped at its batch or budget and not for want of a server."""

    sent: int = 0
    dropped: int = 0
    declined: int = 0
    more: bool = False


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
    ask_all(session, [Ask(kind, recipient_id, due_on, about, not_before, text)], now)


def ask_all(session: Session, asks: Iterable[Ask], now: datetime) -> None:
    """Ask for many mails in one statement; of two that ask for the same at once, one row comes."""
    insert_new(session, OutboxRow, [OutboxRow(**asdict(a), created_at=now).model_dump(exclude={"id"}) for a in asks])


def _unfinished() -> Any:
    return and_(
        col(OutboxRow.sent_at).is_(None), col(OutboxRow.dropped_at).is_(None), col(OutboxRow.failed_at).is_(None)
    )


def _claimable(now: datetime) -> Any:
    """Say which mails may be taken: due, and in nobody's hands, or in those of somebody who died.

    A claim from the future is one of before the clock was set back.
    """
    claimed, due = col(OutboxRow.claimed_at), col(OutboxRow.not_before)
    stale = or_(claimed.is_(None), claimed < now - LEASE, claimed > now + LEASE)
    return and_(_unfinished(), stale, or_(due.is_(None), due <= now))


def deliver(
    engine: Engine,
    now: datetime,
    transport: Transport,
    renderers: Mapping[str, Renderer],
    batch: int = BATCH,
    budget_seconds: float = BUDGET,
) -> Pass:
    """Send what is due, the oldest first; stop when the server is away, for it would refuse the others too.

    The last third of the budget begins no mail: it is for the one under way, which is hung up on at the end.
    """
    done, ends = Pass(), monotonic() + budget_seconds * 2 / 3
    with open_session(engine, read_only=True) as session:
        due = select(OutboxRow.id, OutboxRow.kind).where(_claimable(now), col(OutboxRow.kind).in_(list(renderers)))
        waiting = list(session.exec(due.order_by(col(OutboxRow.id)).limit(batch)))
    if not waiting:
        return done
    with transport.opened(budget_seconds) as send:
        for row_id, kind in waiting:
            if monotonic() >= ends:
                done.more = True
                return done
            attempt = _Attempt(engine, row_id or 0, now)
            if not attempt.make(send, transport.sender, renderers[kind], done):
                return done
    done.more = len(waiting) == batch
    return done


class _Attempt:
    """One try to send one mail."""

    def __init__(self, engine: Engine, row_id: int, now: datetime) -> None:
        self._engine, self._row_id, self._now = engine, row_id, now

    def make(self, send: Send, sender: str, render: Renderer, done: Pass) -> bool:
        """Claim, write down, send, note; False when no other mail can go out for now."""
        if not self._write(self._row().where(_claimable(self._now)), claimed_at=self._now):
            return True  # another worker has it
        try:
            message = self._message(render, sender)
            if message is None:
                done.dropped += self._write(self._mine(), dropped_at=self._now, **EMPTY)
                return True
            send(message)
        except Unreachable as away:
            self._write(self._mine(), claimed_at=None, last_error=str(away))
            log.warning("the mail server is away: %s", away)
            return False
        except Declined as declined:
            done.declined += 1
            self._decline(str(declined), permanent=declined.permanent)
            return not declined.hung_up
        except Exception as fault:
            where = "".join(format_tb(fault.__traceback__))  # not what it says, which may be words of the mail
            log.error("mail %s could not be written: %s\n%s", self._row_id, type(fault).__name__, where)
            done.declined += 1
            self._decline(type(fault).__name__, permanent=False)
            return True
        # sent is sent, also when the lease ran out and somebody else has it by now
        done.sent += self._write(self._row(), sent_at=self._now, last_error="", **EMPTY)
        return True

    def _message(self, render: Renderer, sender: str) -> EmailMessage | None:
        with open_session(self._engine, read_only=True) as session:
            row = session.get_one(OutboxRow, self._row_id)
            mail = render(session, row, self._now)
            session.expunge_all()
        if mail is None:
            return None
        if row.message_id:
            mail = replace(mail, subject=row.subject, text=row.text, html=row.html, headers=row.headers)
            return written(mail, sender, row.message_id, self._now)
        message_id = new_message_id(sender)
        words = {"subject": mail.subject, "text": mail.text, "html": mail.html, "headers": dict(mail.headers)}
        self._write(self._mine(), message_id=message_id, **words)
        return written(mail, sender, message_id, self._now)

    def _decline(self, told: str, *, permanent: bool) -> None:
        with open_session(self._engine, read_only=True) as session:
            tried = session.get_one(OutboxRow, self._row_id).attempts
        if permanent or tried >= len(DELAYS):
            self._write(self._mine(), failed_at=self._now, attempts=tried + 1, last_error=told, **EMPTY)
            log.warning("mail %s failed: %s", self._row_id, told)
        else:
            wait = {"claimed_at": None, "not_before": self._now + DELAYS[tried]}
            self._write(self._mine(), **wait, attempts=tried + 1, last_error=told)

    def _row(self) -> Update:
        return update(OutboxRow).where(col(OutboxRow.id) == self._row_id)

    def _mine(self) -> Update:
        """Return an update of the row for as long as it was not taken over or finished by somebody else."""
        return self._row().where(_unfinished(), col(OutboxRow.claimed_at) == self._now)

    def _write(self, change: Update, **values: Any) -> int:
        with open_session(self._engine) as session:
            changed = session.exec(change.values(**values)).rowcount
            session.commit()
        return changed


def standing(session: Session, now: datetime, today: datetime) -> Standing:
    """Return how the outbox stands, counting what was sent since `today`."""
    row, since = OutboxRow, func.coalesce(OutboxRow.not_before, OutboxRow.created_at)
    due, later = and_(_unfinished(), since <= now), and_(_unfinished(), since > now)

    def count(condition: Any) -> int:
        return session.scalar(select(func.count()).select_from(row).where(condition)) or 0

    oldest = session.scalar(select(col(row.id)).where(due).order_by(since).limit(1))
    found = session.get(row, oldest) if oldest else None
    lag = now - (found.not_before or found.created_at) if found else timedelta(0)
    last = session.scalar(
        select(row.claimed_at).where(col(row.claimed_at).is_not(None)).order_by(col(row.claimed_at).desc())
    )
    return Standing(
        lag, count(due), count(later), count(col(row.sent_at) >= today), count(col(row.failed_at).is_not(None)), last
    )


def failures(session: Session, limit: int = 20) -> list[OutboxRow]:
    """Return the mails that failed, the newest first."""
    found = select(OutboxRow).where(col(OutboxRow.failed_at).is_not(None))
    return list(session.exec(found.order_by(col(OutboxRow.failed_at).desc()).limit(limit)))


def retry(session: Session, now: datetime) -> int:
    """Let mails that failed be tried from the start again, written anew; return how many."""
    failed = update(OutboxRow).where(col(OutboxRow.failed_at).is_not(None))
    again = {"failed_at": None, "claimed_at": None, "not_before": now, "attempts": 0, "message_id": ""}
    return session.exec(failed.values(**again)).rowcount


def asked(session: Session, kinds: Collection[str], since: date) -> set[tuple[str, int, str]]:
    """Return what was asked for of these kinds that was due since a day: kind, whom and about what."""
    found = select(OutboxRow.kind, OutboxRow.recipient_id, OutboxRow.about)
    return set(session.exec(found.where(col(OutboxRow.kind).in_(kinds), OutboxRow.due_on >= since)))


def purge(session: Session, now: datetime) -> None:
    """Delete what was finished long ago."""
    for ended in (OutboxRow.sent_at, OutboxRow.dropped_at, OutboxRow.failed_at):
        session.exec(delete(OutboxRow).where(col(ended) < now - KEPT))
