"""A page reads once what it asks for twice; who writes reads anew."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.db import open_session
from mentorship.people import queries
from mentorship.people.models import Person
from mentorship.profiles.away.queries import away_days
from tests.factories import Organisation
from tests.rounds.stage import counted


def test_a_session_that_reads_asks_once_for_each(engine: sa.Engine, organisation: Organisation):
    junior, senior = organisation.people["junior"], organisation.people["senior"]
    with open_session(engine, read_only=True) as reading, counted(engine) as statements:
        assert queries.line_above(reading, junior) == queries.line_above(reading, junior)
        assert queries.line_above(reading, senior) is queries.line_above(reading, senior)
    asked = [statement for statement in statements if "SELECT" in statement]
    assert len(asked) == 2, "one for each person"


def test_a_session_that_writes_sees_what_it_wrote(session: Session, organisation: Organisation):
    junior = organisation.people["junior"]
    before = queries.line_above(session, junior)
    session.get_one(Person, junior).manager_id = None
    session.flush()
    assert before and not queries.line_above(session, junior)


def test_the_same_people_are_the_same_question_in_any_order(engine: sa.Engine, organisation: Organisation):
    two = organisation.people["junior"], organisation.people["senior"]
    with open_session(engine, read_only=True) as reading, counted(engine) as statements:
        first = away_days(reading, list(two))
        assert away_days(reading, {*two}) is first is away_days(reading, list(reversed(two)))
        assert away_days(reading, [two[0]]) is not first
    asked = [statement for statement in statements if "SELECT" in statement]
    assert len(asked) == 2
