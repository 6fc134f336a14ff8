"""Who is below a manager, found the same way in a short line and in a long one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from mentorship.people import line
from mentorship.people.line import Line
from mentorship.people.models import Person
from mentorship.people.queries import line_below
from tests.factories import Organisation

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(("short", "at_once"), [(1000, 200), (1, 2)])
def test_a_long_line_holds_the_same_people_as_a_short_one(
    session: Session, organisation: Organisation, monkeypatch: pytest.MonkeyPatch, short: int, at_once: int
):
    monkeypatch.setattr(line, "SHORT", short)
    monkeypatch.setattr(line, "AT_ONCE", at_once)
    people = organisation.people
    everybody = sorted(people.values())
    for who in ("director", "manager", "other_manager", "junior"):
        below = set(session.scalars(line_below(people[who])))
        found = Line(session, people[who])
        assert found.is_short == (len(below) <= short)
        assert found.among(everybody) == below
        person_id = col(Person.id)
        query = sa.select(10 * person_id, person_id).order_by(person_id)
        of_line = [10 * one for one in everybody if one in below]
        assert found.first(query, [person_id], 99) == of_line
        assert found.first(query, [person_id], 1) == of_line[:1]
        itself = found.first(query, [person_id], 99, itself=True)
        assert itself == [10 * one for one in everybody if one in {*below, people[who]}]
