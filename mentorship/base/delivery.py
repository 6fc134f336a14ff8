"""Sending what waits in the outbox: each mail claimed, written down and noted as sent in three short transactions.

None is open while the mail server is at work. Killed between the server's yes and our note, a mail goes out once more
after the lease, with the same Message-ID; it is never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from time import monotonic
from traceback import format_tb
from typing import Any

from sqlalchemy import Engine, Update, delete, func, update
from sqlmodel import Session, col, select

from mentorship.base.db import id_of, open_session
from mentorship.base.mail import Declined, Mail, Send, Transport, Unreachable, new_message_id, written
from mentorship.base.outbox import DONE, EMPTY, KEPT, NotYet, OutboxRow, Renderer, claimable, drop, unfinished

log = logging.getLogger(__name__)
BUDGET = 60.0
"""Seconds a pass may take, far under the lease."""
BATCH = 200
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    *[timedelta(hours=12)] * 9,
)
"""How long to wait after each refusal of one mail; five days in all. A server that is away does not count."""


@dataclass
class Pass:
    """What one pass did; `more` when it stopped at its batch or budget and not for want of a server."""

    sent: int = 0
    dropped: int = 0
    declined: int = 0
    more: bool = False


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
    done = Pass()
    ends = monotonic() + budget_seconds * 2 / 3
    waiting = _waiting(engine, now, renderers, batch)
    if not waiting:
        return done
    with transport.opened(budget_seconds) as send:
        for row in waiting:
            if monotonic() >= ends:
                done.more = True
                return done
            attempt = _Attempt(engine, id_of(row), now)
            render = renderers[row.kind]
            goes_on = attempt.make(
                send,
                transport.sender,
                render,
                done,
            )
            if not goes_on:
                return done
    done.more = len(waiting) == batch
    return done


def _waiting(engine: Engine, now: datetime, renderers: Mapping[str, Renderer], batch: int) -> list[OutboxRow]:
    known = col(OutboxRow.kind).in_(list(renderers))
    query = select(OutboxRow).where(
        claimable(now),
        known,
    )
    oldest = query.order_by(col(OutboxRow.id)).limit(batch)
    with open_session(engine, read_only=True) as session:
        found = session.exec(oldest).all()
        session.expunge_all()
    return list(found)


class _Attempt:
    """One try to send one mail."""

    def __init__(self, engine: Engine, row_id: int, now: datetime) -> None:
        self._engine = engine
        self._row_id = row_id
        self._now = now

    def make(self, send: Send, sender: str, render: Renderer, done: Pass) -> bool:
        """Claim, write down, send, note; False when no other mail can go out for now."""
        free = self._row().where(claimable(self._now))
        if not self._write(free, claimed_at=self._now):
            return True  # another worker has it
        try:
            message = self._message(render, sender)
            if message is None:
                done.dropped += self._write(self._mine(), dropped_at=self._now, **DONE)
                return True
            send(message)
        except NotYet as later:
            self._write(self._mine(), claimed_at=None, not_before=later.moment)
            return True
        except Unreachable as away:
            self._write(self._mine(), claimed_at=None, last_error=str(away))
            log.warning("the mail server is away: %s", away)
            return False
        except Declined as declined:
            done.declined += 1
            self._decline(str(declined), permanent=declined.permanent)
            return not declined.hung_up
        except Exception as fault:
            done.declined += 1
            self._tell(fault)
            self._decline(type(fault).__name__, permanent=False)
            return True
        # sent is sent, also when the lease ran out and somebody else has it by now
        done.sent += self._write(
            self._row(),
            sent_at=self._now,
            last_error="",
            **DONE,
        )
        return True

    def _message(self, render: Renderer, sender: str) -> EmailMessage | None:
        with open_session(self._engine, read_only=True) as session:
            row = session.get_one(OutboxRow, self._row_id)
            mail = render(session, row, self._now)
            session.expunge_all()
        if mail is None:
            return None
        if row.message_id:
            return written(
                _as_before(mail, row),
                sender,
                row.message_id,
                self._now,
            )
        message_id = new_message_id(sender)
        kept = self._write(
            self._mine(),
            message_id=message_id,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            headers=dict(mail.headers),
        )
        if not kept:
            return None  # taken out of our hands while we wrote it: what we read may hold no longer
        return written(
            mail,
            sender,
            message_id,
            self._now,
        )

    def _tell(self, fault: Exception) -> None:
        """Log where a mail could not be written; not what the fault says, which may be words of the mail."""
        where = "".join(format_tb(fault.__traceback__))
        name = type(fault).__name__
        log.error(
            "mail %s could not be written: %s\n%s",
            self._row_id,
            name,
            where,
        )

    def _decline(self, told: str, *, permanent: bool) -> None:
        tried = self._tried()
        if permanent or tried >= len(DELAYS):
            self._write(
                self._mine(),
                failed_at=self._now,
                attempts=tried + 1,
                last_error=told,
                **EMPTY,
            )
            log.warning("mail %s failed: %s", self._row_id, told)
            return
        self._write(
            self._mine(),
            claimed_at=None,
            not_before=self._now + DELAYS[tried],
            attempts=tried + 1,
            last_error=told,
        )

    def _tried(self) -> int:
        with open_session(self._engine, read_only=True) as session:
            row = session.get_one(OutboxRow, self._row_id)
            return row.attempts

    def _row(self) -> Update:
        return update(OutboxRow).where(col(OutboxRow.id) == self._row_id)

    def _mine(self) -> Update:
        """Return an update of the row for as long as it was not taken over or finished by somebody else."""
        claimed_by_us = col(OutboxRow.claimed_at) == self._now
        return self._row().where(unfinished(), claimed_by_us)

    def _write(self, change: Update, **values: Any) -> int:
        with open_session(self._engine) as session:
            changed = session.exec(change.values(**values)).rowcount
            session.commit()
        return changed


def _as_before(mail: Mail, row: OutboxRow) -> Mail:
    """Return a mail with the words of its first attempt."""
    return replace(
        mail,
        subject=row.subject,
        text=row.text,
        html=row.html,
        headers=row.headers,
    )


def purge(session: Session, now: datetime) -> None:
    """Give up what waited in vain for as long as a mail is kept, and delete what was finished so long ago."""
    waits_since = func.coalesce(OutboxRow.not_before, OutboxRow.created_at)
    drop(session, now, unfinished(), waits_since < now - KEPT)
    for ended in (OutboxRow.sent_at, OutboxRow.dropped_at, OutboxRow.failed_at):
        long_ago = col(ended) < now - KEPT
        session.exec(delete(OutboxRow).where(long_ago))
