"""Verb: keep what is published of a closed quarter, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from mentorship.disclosure import Counted
from mentorship.insight.published.models import CountedAnswer, CountedPerson, PublishedFigure
from mentorship.insight.published.queries import ClosedSide, Closing


def publish(session: Session, closing: Closing) -> None:
    """Write the figures of a quarter, and who stood behind them without what they said."""
    _insert(session, CountedPerson, _people(closing))
    for side in closing.sides:
        answers = _answers(closing, side)
        figures = _figures(closing, side)
        _insert(session, CountedAnswer, answers)
        _insert(session, PublishedFigure, figures)


def _insert(session: Session, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        session.execute(insert(table), found)


def _people(closing: Closing) -> Iterator[dict[str, Any]]:
    for person_id, number in closing.numbers.items():
        yield {
            "id": number,
            "whose_id": person_id,
        }


def _answers(closing: Closing, side: ClosedSide) -> Iterator[dict[str, Any]]:
    for one in side.counted:
        yield _answer(closing, side, one, held=False)
    for one in side.held:
        yield _answer(closing, side, one, held=True)


def _answer(closing: Closing, side: ClosedSide, one: Counted, held: bool) -> dict[str, Any]:
    return {
        "quarter": closing.quarter,
        "side": side.side,
        "counted_id": one.person,
        "pair": one.pair,
        "site": one.site,
        "domain": one.domain,
        "held": held,
    }


def _figures(closing: Closing, side: ClosedSide) -> Iterator[dict[str, Any]]:
    for figure in side.figures:
        yield {
            "quarter": closing.quarter,
            "side": side.side,
            "level": figure.place.level,
            "key": figure.place.key,
            "name": closing.names.get(figure.place, ""),
            "value": figure.value,
            "people": figure.people,
            "hidden": figure.hidden,
        }
