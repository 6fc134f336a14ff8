"""Who is below a manager, found the same way in a short line and in a long one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from mentorship.people import line
from mentorship.people.line import Line
from mentorship.people.models import Person, PersonManager
from mentorship.people.queries import line_below, manager_above
from tests.factories import Organisation, Screen

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


def two_managers(session: Session, made: Organisation) -> None:
    """The junior has the manager, and the other manager besides."""
    session.add(PersonManager(person_id=made.people["junior"], manager_id=made.people["other_manager"]))
    session.commit()


def test_the_second_manager_cannot_come_to_report_to_who_they_appraise(
    visit, session: Session, organisation: Organisation
):
    two_managers(session, organisation)
    page = Screen(visit("hr"), f"/insight/person/{organisation.people['other_manager']}?tab=details")
    page.press("Werk opslaan", manager="n-junior")
    assert page.status == 422 and "valt zelf onder deze persoon" in page.text
    assert session.get_one(Person, organisation.people["other_manager"]).manager_id != organisation.people["junior"]


def test_the_manager_above_may_be_the_second(session: Session, organisation: Organisation):
    made = organisation
    two_managers(session, made)
    assert manager_above(session, made.people["junior"]) == made.people["manager"], "the first, while here"
    session.get_one(Person, made.people["manager"]).left_on = made.now.date()
    assert manager_above(session, made.people["junior"]) == made.people["other_manager"], "before who is farther up"


def test_the_page_of_a_person_names_both_managers(visit, session: Session, organisation: Organisation):
    made = organisation
    two_managers(session, made)
    page = Screen(visit("hr"), f"/insight/person/{made.people['junior']}?tab=details")
    assert "leidinggevende Manager Proef en Other_manager Proef" in page.text
    assert "Other_manager Proef beoordeelt deze persoon ook; dat komt uit een inlezing." in page.text
    assert page.fields("Werk opslaan")["manager"] == "n-manager"
