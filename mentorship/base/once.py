"""Reads that a page asks for in several places are made once: who only reads gets the same answer to the same question.

What was read is held on to with its session, which lives as long as one page. A session that writes reads anew each
time, for what it reads may be what it just wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from mentorship.base.db import only_reads

P = ParamSpec("P")
T = TypeVar("T")
Read = Callable[Concatenate[Session, P], T]


def once(read: Read[P, T]) -> Read[P, T]:
    """Let a read be made once by a session that only reads; whoever gets the answer leaves it as it is."""

    @wraps(read)
    def asked(session: Session, /, *args: P.args, **named: P.kwargs) -> T:
        if not only_reads(session):
            return read(session, *args, **named)
        known: dict[Any, T] = session.info.setdefault("asked", {})
        question = (
            read,
            tuple(map(_as_key, args)),
            frozenset((name, _as_key(value)) for name, value in named.items()),
        )
        if question not in known:
            known[question] = read(session, *args, **named)
        return known[question]

    return asked


def _as_key(value: object) -> Any:
    """Return what stands for an argument: ids are the same whatever they came in, for what is read stands by id."""
    if isinstance(value, list | Set):
        return frozenset(value)
    return value
