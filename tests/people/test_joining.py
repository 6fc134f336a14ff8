"""Somebody new by hand: what is asked, what is refused, and what can be taken back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.people.joining import queries, rules
from mentorship.people.models import NAMELESS, Person, PersonRole, Site
from tests.factories import Organisation, Screen

WHO = {"given_name": "Sanne", "infix": "van der", "family_name": "Berg", "number": "n-900"}


def added(session: Session, number: str = "n-900") -> Person | None:
    found = session.exec(select(Person).where(Person.number == number)).first()
    session.expunge_all()
    session.rollback()
    return found


@pytest.mark.parametrize("who", ["hr", "coordinator", "admin"])
@pytest.mark.both_databases
def test_somebody_is_added_by_hand(who, visit, session: Session, organisation: Organisation):
    page = Screen(visit(who), "/people").tap("Iemand toevoegen")
    assert page.heading == "Wie is er nieuw?"
    page.press("Voeg deze persoon toe", **WHO, manager="n-manager", email="Sanne@Voorbeeld.example", roles=["junior"])
    person = added(session)
    assert person is not None and page.path == f"/insight/person/{person.id}", "and there is what comes next"
    assert (person.name, person.email) == ("Sanne van der Berg", "sanne@voorbeeld.example")
    assert person.manager_id == organisation.people["manager"]
    assert set(session.exec(select(PersonRole.role).where(PersonRole.person_id == person.id))) == {"junior"}


@pytest.mark.both_databases
def test_adding_is_undone(visit, session: Session, organisation: Organisation):
    page = Screen(visit("hr"), "/joining").press("Voeg deze persoon toe", **WHO, roles=["junior"])
    assert added(session) is not None
    page.press("Terugdraaien")
    assert added(session) is None
    assert not session.scalar(sa.select(sa.func.count()).select_from(PersonRole).where(PersonRole.person_id > 90))


def test_a_number_or_an_address_that_somebody_has_is_refused_by_name(visit, session, organisation: Organisation):
    session.get_one(Person, organisation.people["senior"]).email = "kees@voorbeeld.example"
    session.commit()
    page = Screen(visit("hr"), "/joining")
    page.press("Voeg deze persoon toe", **{**WHO, "number": "N-Junior"}, email="kees@voorbeeld.example")
    assert page.status == 422 and "Junior Proef heeft dit personeelsnummer" in page.text
    assert page.fields("Voeg deze persoon toe")["given_name"] == "Sanne", "what was typed is kept"
    page.press("Voeg deze persoon toe", number="n-900")
    assert page.status == 422 and "Senior Proef (n-senior) heeft dit e-mailadres" in page.text
    page.press("Voeg deze persoon toe", email="")
    assert page.status == 200 and added(session) is not None


def test_a_namesake_at_the_site_is_asked_about(visit, session: Session, organisation: Organisation):
    page = Screen(visit("hr"), "/joining")
    same = {"given_name": "junior", "infix": "", "family_name": "PROEF", "number": "n-901"}
    page.press("Voeg deze persoon toe", **same)
    assert (
        page.status == 422 and "Op deze vestiging werkt al Junior Proef (n-junior). Is dit iemand anders?" in page.text
    )
    assert added(session, "n-901") is None
    page.press("Voeg deze persoon toe", sure="true")
    assert added(session, "n-901") is not None


def test_roles_that_an_admin_gives_are_not_offered_to_others(visit, session: Session, organisation: Organisation):
    assert "Beheerder" not in Screen(visit("hr"), "/joining").text
    empty = dict.fromkeys(("department", "manager", "email"), "")
    sent = {**WHO, **empty, "site_id": organisation.sites["Ede"], "languages": ["nl"], "roles": ["admin"]}
    assert visit("hr").post("/joining", sent).status_code == 422
    assert added(session) is None
    assert visit("admin").post("/joining", sent).status_code == 303


def test_the_next_one_starts_at_the_same_site(visit, session: Session, organisation: Organisation):
    other = Site(name="Zwolle")
    session.add(other)
    session.commit()
    other_id = str(other.id)
    session.rollback()
    page = Screen(visit("hr"), "/joining").press("Toevoegen en de volgende", **WHO, site_id=other_id)
    assert page.path == "/joining" and page.fields("Voeg deze persoon toe")["site_id"] == other_id
    assert page.fields("Voeg deze persoon toe")["given_name"] == ""


def test_the_number_proposed_is_one_that_nobody_has(visit, session: Session, organisation: Organisation):
    made = organisation
    for number in ("10399", "9", "10400"):
        session.add(Person(number=number, given_name="A", family_name="B", site_id=made.sites["Ede"]))
    session.commit()
    session.execute(sa.text("UPDATE person SET number = '1' || id WHERE number LIKE 'n-%'"))
    session.commit()
    assert Screen(visit("hr"), "/joining").fields("Voeg deze persoon toe")["number"] == "10401"


@given(st.from_regex(r"\A[A-Z]{0,3}-?[0-9]{1,9}\Z"))
def test_the_number_after_another_differs_by_one(number):
    after = rules.number_after(number)
    digits = len(number) - len(number.rstrip("0123456789"))
    assert int(after[len(number) - digits :]) == int(number[len(number) - digits :]) + 1
    assert len(after) >= len(number)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jan Vis", ("Jan", "", "Vis")),
        ("Jan van der Berg", ("Jan", "van der", "Berg")),
        ("Stijn 't Kok", ("Stijn", "'t", "Kok")),
        ("  Anna   De  Wit ", ("Anna", "De", "Wit")),
        ("Ana Sofia Lopes", ("Ana", "", "Sofia Lopes")),
        ("Bo van", ("Bo", "", "van")),
    ],
)
def test_a_name_is_taken_apart(name, parts):
    found = rules.parts_of(name)
    assert (found.given, found.infix, found.family) == parts


@pytest.mark.parametrize("name", ["", "   ", "Jan"])
def test_a_name_has_two_parts(name):
    with pytest.raises(Refused):
        rules.parts_of(name)


def test_a_row_without_a_name_gives_no_number(session: Session, organisation: Organisation):
    """Of who left long ago a row may stay that nobody can be told from; its number is none of the organisation's."""
    for number in ("10399", f"{NAMELESS}123456"):
        session.add(Person(number=number, given_name="", family_name="", site_id=organisation.sites["Ede"]))
    session.flush()
    session.execute(sa.text("UPDATE person SET number = '1' || id WHERE number LIKE 'n-%'"))
    assert queries.proposed_number(session) == "10400"


def test_a_refusal_proposes_no_number_where_there_is_none(visit, session: Session, organisation: Organisation):
    session.add(Person(number="personeelsnummer-a", given_name="A", family_name="B", site_id=organisation.sites["Ede"]))
    session.commit()
    page = Screen(visit("hr"), "/joining").press("Voeg deze persoon toe", **{**WHO, "number": "n-junior"})
    assert page.status == 422 and "Junior Proef heeft dit personeelsnummer." in page.text
    assert "is vrij" not in page.text, "neither in the refusal nor beside the field"
