"""Keeps what is dear to work out, in the memory of this process, while nothing was written that could change it.

Whatever anybody decides is noted in the audit log, within the same transaction. So what was worked out holds as long
as the log has no newer row; verbs that cannot change it do not count. A transaction that began earlier may be committed
later, on PostgreSQL, and its rows then stand before the last one: that is why the mark is made of a stretch of the log.
Every process keeps its own, one of each thing and database. Only sessions that read look here: what a transaction that
writes sees may never come to be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlmodel import Session, col

from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.db import only_reads

T = TypeVar("T")
LASTS = timedelta(minutes=10)
"""So long at most: what is deleted when its time is over is not in the log."""
STRETCH = 200
"""So many of the last rows of the log make the mark."""
MOST = 8
"""So many things are kept of a database; the one looked at longest ago goes first."""
QUIET = frozenset(
    {
        "activate account",
        "ask to confirm account",
        "change password",
        "choose mail",
        "choose names in calendar",
        "choose tablet PIN",
        "confirm account",
        "correct check-in",
        "end sessions",
        "enrol tablet",
        "export audit log",
        "forget password",
        "keep text",
        "keep view",
        "mail activation code",
        "make activation code",
        "make calendar address",
        "make check-in code",
        "make recovery codes",
        "remove view",
        "revoke activation code",
        "revoke calendar address",
        "see help",
        "share note",
        "skip check-in",
        "turn on second factor",
        "use recovery code",
        "write message",
    }
)
"""Verbs about accounts, mails, views and the answers of check-ins: no figure that is kept here is made of those."""

Mark = tuple[Hashable, ...]


@dataclass
class _Thing:
    """Something that is kept, by what it was made, and when; one thread at a time makes it."""

    making: Lock = field(default_factory=Lock)
    mark: Mark | None = None
    made_at: datetime | None = None
    value: Any = None

    def holds(self, mark: Mark, now: datetime) -> bool:
        """Tell whether it holds at a moment."""
        if self.mark != mark or self.made_at is None:
            return False
        return abs(now - self.made_at) < LASTS


_KEPT: WeakKeyDictionary[Any, dict[str, _Thing]] = WeakKeyDictionary()
_LOOKING = Lock()


def kept(
    session: Session,
    thing: str,
    now: datetime,
    make: Callable[[], T],
    *,
    but: Collection[str] | None = QUIET,
    also: Hashable = None,
) -> T:
    """Return what is kept under a name, made anew if something was decided since, or another day began.

    `but`: verbs of the log that cannot change it, None where none can. `also`: what else it depends on that the log
    does not tell.
    """
    if not only_reads(session):
        return make()
    mark: Mark = (local_date(now), also)
    if but is not None:
        mark = (*mark, _mark(session, but))
    pool = session.get_bind().engine.pool  # what engines that only read have in common with those that write
    known = _thing(pool, thing)
    with known.making:
        if not known.holds(mark, now):
            known.mark = known.value = None  # what was kept is let go of before there are two
            known.value = make()
            known.mark, known.made_at = mark, now
        value: T = known.value
        return value


def _thing(pool: Any, name: str) -> _Thing:
    with _LOOKING:
        things = _KEPT.setdefault(pool, {})
        known = things.pop(name, None) or _Thing()
        things[name] = known
        if len(things) > MOST:
            del things[next(iter(things))]
        return known


def _mark(session: Session, but: Collection[str]) -> Mark:
    last = (
        select(col(AuditRow.id))
        .where(col(AuditRow.verb).not_in(sorted(but)))
        .order_by(col(AuditRow.id).desc())
        .limit(STRETCH)
        .subquery()
    )
    number = last.c.id
    query = select(
        func.max(number),
        func.min(number),
        func.count(),
    )
    return tuple(session.execute(query.select_from(last)).one())
