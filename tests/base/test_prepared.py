"""A query that is made once: it answers about whatever it is asked; None and yes or no say which query it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Select
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.audit import AuditRow
from mentorship.base.db import Given
from mentorship.base.prepared import prepared

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@prepared
def _verbs(ids: Collection[int] | None, newest: bool = False) -> SelectOfScalar[str]:
    query = select(AuditRow.verb)
    if ids is not None:
        query = query.where(col(AuditRow.id).in_(ids))
    in_order = col(AuditRow.id).desc() if newest else col(AuditRow.id)
    return query.order_by(in_order)


@prepared
def _since(verb: Given[str], at: Given[datetime], most: Given[int]) -> Select[int | None, str]:
    query = select(AuditRow.id, AuditRow.verb).where(AuditRow.verb == verb, col(AuditRow.at) >= at)
    return query.order_by(col(AuditRow.id)).limit(most)


@pytest.fixture
def kept(engine: sa.Engine) -> Iterator[Session]:
    """Three rows of the audit log, numbered 1 to 3."""
    with Session(engine) as session:
        session.execute(sa.delete(AuditRow))
        for number, verb in enumerate(("came", "saw", "came"), 1):
            session.add(AuditRow(id=number, at=NOW.replace(day=number), verb=verb, subject="x"))
        session.flush()
        yield session


@pytest.mark.both_databases
def test_one_query_answers_about_whatever_it_is_asked(kept: Session):
    assert list(_verbs(kept, [1, 2])) == ["came", "saw"]
    assert list(_verbs(kept, {3})) == ["came"]
    assert list(_verbs(kept, frozenset())) == []
    assert _since(kept, "came", NOW, most=9).all() == [(3, "came")]
    assert _since(kept, "came", NOW.replace(day=1), most=1).all() == [(1, "came")]


@pytest.mark.both_databases
def test_nothing_and_yes_or_no_say_which_query(kept: Session):
    assert list(_verbs(kept, None)) == ["came", "saw", "came"]
    assert list(_verbs(kept, None, newest=True)) == ["came", "saw", "came"]
    assert list(_verbs(kept, [1, 2], True)) == ["saw", "came"]
    assert list(_verbs(kept, ids=[1, 2], newest=False)) == ["came", "saw"]


def test_it_is_made_once(kept: Session):
    made = []

    @prepared
    def verb_of(row_id: Given[int]) -> SelectOfScalar[str]:
        made.append(row_id)
        return select(AuditRow.verb).where(AuditRow.id == row_id)

    assert [verb_of(kept, number).one() for number in (1, 2, 3)] == ["came", "saw", "came"]
    assert len(made) == 1
