"""Which signals stand on one card: they look the same to who reads it, and are acted on together."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.checkins import findings
from mentorship.checkins.signals.models import Signal


def card_of(row: Signal, shown: str) -> object:
    """Return what tells the card of a signal that is shown by this name from others."""
    if shown == findings.TALK:
        return _state(row)
    if row.kind == findings.HELP:
        return (*_state(row), row.side, row.about, row.asked_id, row.seen_at)
    return row.id


def _state(row: Signal) -> tuple[object, ...]:
    return (
        row.mentorship_id,
        row.status,
        row.owner_id,
        row.action,
        row.look_again_on,
        row.handed_at,
    )


def talks_alike(row: Signal) -> SelectOfScalar[Signal]:
    """Return a query of those drawn from answers that look the same to who sees but the neutral name."""
    return _alike(row).where(col(Signal.kind).in_(findings.ANSWERS))


def requests_alike(row: Signal) -> SelectOfScalar[Signal]:
    """Return a query of the requests of one side to the same person that were not seen apart."""
    return _alike(row).where(
        Signal.kind == row.kind,
        Signal.side == row.side,
        Signal.about == row.about,
        col(Signal.asked_id).is_not_distinct_from(row.asked_id),
        col(Signal.seen_at).is_not_distinct_from(row.seen_at),
    )


def _alike(row: Signal) -> SelectOfScalar[Signal]:
    query = select(Signal).where(
        Signal.mentorship_id == row.mentorship_id,
        Signal.status == row.status,
        col(Signal.owner_id).is_not_distinct_from(row.owner_id),
        Signal.action == row.action,
        col(Signal.look_again_on).is_not_distinct_from(row.look_again_on),
        col(Signal.handed_at).is_not_distinct_from(row.handed_at),
    )
    return query.order_by(col(Signal.id))
