"""Reads of what an organisation has settled are made once a process: its sites, domains, rosters, rules, posts.

Such things change a few times a month, and every page asks for them. They change by few verbs, each of which is noted
in the audit log within the same transaction; so what was read holds while the log has no more rows of those verbs. A
change past the verbs, by hand or by a purge, is seen within ten minutes. Only sessions that read look here: what a
transaction that writes sees may never come to be. Whoever gets an answer leaves it as it is: others get the same.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlmodel import Session, col

from mentorship.base.audit import AuditRow
from mentorship.base.db import only_reads

P = ParamSpec("P")
T = TypeVar("T")
Read = Callable[Concatenate[Session, P], T]
TABLES = frozenset(
    {
        "check_in_settings",
        "closed_day",
        "confidant",
        "consent",
        "domain",
        "programme",
        "pulse_wave",
        "question_set",
        "roster",
        "roster_day",
        "shift",
        "site",
        "visibility_period",
    }
)
"""What a settled read may read."""
VERBS = frozenset(
    {
        "add roster",
        "add shift",
        "add site",
        "cancel pulse",
        "change check-ins",
        "change programme",
        "change questions",
        "change roster",
        "change shift",
        "change site",
        "change the days of a roster",
        "close on a day",
        "close pulse",
        "close site",
        "come in first",
        "end stand-in",
        "enter consent",
        "import",
        "leave",
        "let go confidant",
        "name confidant",
        "name stand-in",
        "narrow at once",
        "open on a day",
        "open site",
        "plan pulse",
        "put backup back",
        "remove roster",
        "remove shift",
        "set default roster",
        "set domain",
        "undo import",
        "work on holidays",
    }
)
"""By which of the log they change; of each the undo does too."""
LASTS = 600.0
"""Seconds that it holds at most: a purge, and what is changed by hand, is not in the log."""
MOST = 1000
"""So many answers are kept of a database at most."""

Mark = tuple[int, int | None]
_HOLDS = "settled"
_WHICH = sorted(VERBS | {f"undo: {verb}" for verb in VERBS})
_SPELT: list[ColumnElement[str]] = [literal_column(f"'{verb}'") for verb in _WHICH]
_MARK = select(func.count(), func.max(col(AuditRow.id))).where(col(AuditRow.verb).in_(_SPELT))


class _Answers:
    """What was read while a mark held."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.since = monotonic()
        self.known: dict[Any, Any] = {}

    def hold(self, mark: Mark) -> bool:
        """Tell whether they still hold."""
        fresh = monotonic() - self.since < LASTS
        return self.mark == mark and fresh and len(self.known) < MOST


_KEPT: WeakKeyDictionary[Any, _Answers] = WeakKeyDictionary()
"""By the pool of a database."""
_LOOKING = Lock()
reading: ContextVar[bool] = ContextVar("reading", default=False)
"""Whether a settled read is being made."""


def settled(read: Read[P, T]) -> Read[P, T]:
    """Let a read of these tables be made once a process, until they change."""

    @wraps(read)
    def asked(session: Session, /, *args: P.args, **named: P.kwargs) -> T:
        if not only_reads(session):
            return read(session, *args, **named)
        known = _answers(session)
        question = read, args, frozenset(named.items())
        if question not in known:
            known[question] = _apart(session, known, lambda apart: read(apart, *args, **named))
        answer: T = known[question]
        return answer

    return asked


def _apart(session: Session, known: dict[Any, Any], read: Callable[[Session], T]) -> T:
    """Read within the same transaction by a session of its own, for its rows live on when that is gone."""
    before = reading.set(True)
    try:
        with Session(session.connection()) as apart:
            apart.info[_HOLDS] = known
            return read(apart)
    finally:
        reading.reset(before)


def forget() -> None:
    """Let go of all that is kept."""
    _KEPT.clear()


def _answers(session: Session) -> dict[Any, Any]:
    """Return what is kept for as long as a session lives: it asks once whether that still holds."""
    found: dict[Any, Any] | None = session.info.get(_HOLDS)
    if found is None:
        found = session.info[_HOLDS] = _holding(session)
    return found


def _holding(session: Session) -> dict[Any, Any]:
    count, last = session.execute(_MARK).one()
    mark = count, last
    pool = session.get_bind().engine.pool  # what engines that only read have in common with those that write
    with _LOOKING:
        answers = _KEPT.get(pool)
        if answers is None or not answers.hold(mark):
            answers = _KEPT[pool] = _Answers(mark)
    return answers.known
