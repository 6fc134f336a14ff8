"""What signals do when somebody leaves: both lines hear it in time, and what they picked up is handed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, func, or_, update
from sqlmodel import Session, col, select

from mentorship.base.db import id_of, insert_new
from mentorship.checkins.findings import HELP, LEAVES, Finding
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.raising import as_row
from mentorship.mentorships.leaving import RUNNING, of_leaver
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.people.models import Person

DONE = "done"
FREE: dict[str, Any] = {
    "status": "open",
    "owner_id": None,
    "action": "",
    "look_again_on": None,
    "handed_at": None,
}
"""What a signal is that nobody picked up."""


def announced(session: Session, leaver: Person, now: datetime) -> None:
    """Raise a signal in each running pair of who leaves; one of another day, told before, is closed."""
    last_day = leaver.last_day
    if last_day is None:
        return
    rows = []
    for side, pairs in _by_side(session, leaver).items():
        ids = [id_of(pair) for pair in pairs]
        other_day = col(Signal.since) != last_day
        _write(
            session,
            _of(ids, side).where(other_day, _not_done()),
            status=DONE,
            done_at=now,
        )
        told_before = _of(ids, side).where(
            col(Signal.since) == last_day,
            col(Signal.status) == DONE,
        )
        _write(
            session,
            told_before,
            **FREE,
            done_at=None,
            outcome="",
        )
        for pair_id in ids:
            finding = Finding(
                LEAVES,
                side,
                last_day,
                (last_day,),
            )
            rows.append(
                as_row(
                    pair_id,
                    finding,
                    now,
                )
            )
    insert_new(
        session,
        Signal,
        rows,
    )


def _by_side(session: Session, leaver: Person) -> dict[str, list[Mentorship]]:
    """Return the running pairs of who leaves, by the side they are on."""
    person_id = id_of(leaver)
    found: dict[str, list[Mentorship]] = {}
    for pair in of_leaver(session, person_id, *RUNNING):
        side = MENTOR if pair.mentor_id == person_id else JUNIOR
        found.setdefault(
            side,
            [],
        ).append(pair)
    return found


def _of(pair_ids: Sequence[int], side: str) -> Update:
    return update(Signal).where(
        col(Signal.mentorship_id).in_(pair_ids),
        col(Signal.kind) == LEAVES,
        col(Signal.side) == side,
    )


def _not_done() -> ColumnElement[bool]:
    return col(Signal.status) != DONE


def _write(session: Session, change: Update, **values: Any) -> None:
    session.flush()
    session.exec(
        change.values(**values),
        execution_options={"synchronize_session": "fetch"},
    )


def taken_back(session: Session, leaver: Person, now: datetime) -> None:
    """Close what told that somebody leaves who stays."""
    for side, pairs in _by_side(session, leaver).items():
        ids = [id_of(pair) for pair in pairs]
        _write(
            session,
            _of(ids, side).where(_not_done()),
            status=DONE,
            done_at=now,
        )


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Hand on what who left had picked up: in their line to the manager above them, else to whoever may act on it.

    Help that was asked of them by name is nobody else's to hear; it is closed, and its author asks somebody else.
    """
    person_id = id_of(leaver)
    _write(
        session,
        asked_of(person_id).where(_not_done()),
        status=DONE,
        done_at=now,
    )
    above = people.manager_above(
        session,
        person_id,
    )
    if above is not None:
        _write(
            session,
            _picked_up(person_id).where(_in_line(person_id, above)),
            owner_id=above,
            handed_at=now,
        )
    _write(
        session,
        _picked_up(person_id),
        **FREE,
    )


def asked_of(person_id: int) -> Update:
    """Return a change of what asks the help of somebody by name."""
    return update(Signal).where(
        col(Signal.asked_id) == person_id,
        col(Signal.kind) == HELP,
    )


def left_alone(session: Session, leaver: Person, now: datetime) -> list[Signal]:
    """Return what asked the help of who left just now."""
    query = select(Signal).where(
        Signal.asked_id == id_of(leaver),
        Signal.kind == HELP,
        Signal.done_at == now,
    )
    return list(session.exec(query.order_by(col(Signal.id))))


def _picked_up(person_id: int) -> Update:
    return update(Signal).where(
        col(Signal.owner_id) == person_id,
        _not_done(),
    )


def _in_line(person_id: int, above: int) -> ColumnElement[bool]:
    """Return the condition that a signal is of a pair in somebody's line, and not one of who is above them."""
    line = people.line_below(person_id)
    pairs = select(col(Mentorship.id)).where(
        or_(
            col(Mentorship.mentor_id).in_(line),
            col(Mentorship.junior_id).in_(line),
        ),
        col(Mentorship.mentor_id) != above,
        col(Mentorship.junior_id) != above,
    )
    return col(Signal.mentorship_id).in_(pairs) & (col(Signal.kind) != HELP)


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count what somebody picked up, and others would get."""
    query = select(func.count()).where(
        Signal.owner_id == person_id,
        _not_done(),
    )
    return {"signals": session.exec(query).one()}
