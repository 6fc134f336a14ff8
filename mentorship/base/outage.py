"""When the database does not answer: which failures mean that, and a line for the log instead of a page of it."""

from __future__ import annotations

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree

AWAY = (OperationalError, InterfaceError, NoneFree)
"""What the database raises while it is busy, restarting, full or gone."""
DISK_FULL = "53100"
"""PostgreSQL's state for a disk without room."""


def is_full(failure: SQLAlchemyError) -> bool:
    """Tell a full disk from a database that will be back by itself."""
    return _no_room(_reason(failure))


def _no_room(reason: BaseException) -> bool:
    return getattr(reason, "sqlstate", None) == DISK_FULL or "disk is full" in str(reason)


def is_lasting(failure: SQLAlchemyError) -> bool:
    """Tell a disk that takes nothing, read-only or broken, from a database that will be back by itself."""
    told = str(_reason(failure)).lower()
    return "readonly database" in told or "disk i/o error" in told


def in_a_line(failure: SQLAlchemyError) -> str:
    """Say what is the matter in one line, without the statement."""
    reason = _reason(failure)
    name = type(reason).__name__
    first, _end, _others = str(reason).partition("\n")
    if is_full(failure):
        return f"the disk is full: {name}: {first}"
    return f"the database does not answer: {name}: {first}"


def _reason(failure: SQLAlchemyError) -> BaseException:
    """Return what the driver raised; a full disk goes before what went wrong on the way back because of it."""
    told = failure.__context__
    while told is not None:
        if _no_room(told):
            return told
        told = told.__context__
    return getattr(failure, "orig", None) or failure
