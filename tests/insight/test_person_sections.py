"""One person's page, a section at a time: who may change what, what two at once do, and who is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.outbox import OutboxRow
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Capacity, Expertise, FilledIn
from mentorship.profiles.rosters.models import WorkTime
from tests.factories import Organisation, Screen


def page(visit, made: Organisation, who: str, key: str = "junior", tab: str = "details") -> Screen:
    return Screen(visit(who), f"/insight/person/{made.people[key]}?tab={tab}")


def person(made: Organisation, key: str = "junior") -> Person:
    made.session.rollback()
    found = made.session.get_one(Person, made.people[key], populate_existing=True)
    made.session.expunge_all()
    made.session.rollback()
    return found


def count(made: Organisation, table: type) -> int:
    found = made.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    made.session.rollback()
    return found


@pytest.mark.parametrize("who", ["coordinator", "hr", "admin"])
@pytest.mark.both_databases
def test_a_name_is_corrected_and_put_back(who, visit, organisation: Organisation):
    screen = page(visit, organisation, who)
    screen.press("Naam opslaan", given_name="Sanne", infix="van der", family_name="Berg")
    assert person(organisation).name == "Sanne van der Berg" and "Sanne van der Berg" in screen.heading
    screen.press("Terugdraaien")
    assert person(organisation).name == "Junior Proef"


def test_each_section_is_saved_apart(visit, organisation: Organisation):
    screen = page(visit, organisation, "hr")
    screen.press("Werk opslaan", department="Montage", manager="other_manager")
    assert person(organisation).department == "Montage"
    assert person(organisation).manager_id == organisation.people["other_manager"], "a name that one person has will do"
    screen.press("Rollen opslaan", roles=["junior", "senior"])
    theirs = PersonRole.person_id == organisation.people["junior"]
    assert set(organisation.session.exec(select(PersonRole.role).where(theirs))) == {"junior", "senior"}
    organisation.session.rollback()
    screen.press("Werk opslaan", manager="nergens")
    assert screen.status == 422 and screen.fields("Werk opslaan")["manager"] == "nergens"


@pytest.mark.both_databases
def test_of_two_at_once_one_wins_and_the_other_is_told(visit, organisation: Organisation):
    first, second = (page(visit, organisation, who) for who in ("hr", "coordinator"))
    first.press("Werk opslaan", department="Montage")
    second.press("Werk opslaan", email="j@voorbeeld.example")
    assert second.status == 409 and "Iemand heeft dit intussen aangepast" in second.text
    assert (person(organisation).department, person(organisation).email) == ("Montage", None)
    assert second.fields("Werk opslaan")["email"] == "j@voorbeeld.example", "what was typed is kept"
    second.press("Naam opslaan", given_name="Ali")
    assert person(organisation).given_name == "Ali", "another section is not in the way"


def test_who_sees_which_sections(visit, organisation: Organisation):
    assert "Vakgebied" not in page(visit, organisation, "hr", tab="knows").text
    hr = page(visit, organisation, "hr", "senior")
    assert hr.names("a").count("Duo's") == 0 and "Rooster opslaan" not in hr.names("button")
    assert "Rooster opslaan" in page(visit, organisation, "hr", tab="roster").names("button")
    admin = page(visit, organisation, "admin", tab="roster")
    assert "Rooster opslaan" not in admin.names("button") and "Naam opslaan" in admin.names("button")
    junior = organisation.people["junior"]
    for who, section in (("hr", "expertise"), ("hr", "places"), ("admin", "roster"), ("manager", "name")):
        assert visit(who).post(f"/insight/person/{junior}/{section}", {}).status_code == 404


@pytest.mark.both_databases
def test_what_is_filled_in_for_somebody_is_marked_and_told(visit, organisation: Organisation):
    made = organisation
    made.person("new", "senior", roster=None)
    made.session.commit()
    screen = page(visit, made, "hr", "new", "roster").press("Rooster opslaan", roster_id=str(made.rosters["DAG"]))
    assert "DAG" in screen.text
    coordinator = page(visit, made, "coordinator", "new", "knows")
    coordinator.press("Opslaan wat deze persoon kan", add_domain=str(made.domains["Pneumatiek"]), add_level="4")
    coordinator.press("Plekken opslaan", places="2", hours="4")
    assert count(made, FilledIn) == 3
    told = set(made.session.exec(select(OutboxRow.recipient_id).where(OutboxRow.kind == "filled-in")))
    made.session.rollback()
    assert told == {made.people["new"]}
    home = Screen(visit("new"))
    assert "Coordinator Proef vulde" in home.text and "Hr Proef vulde je rooster voor je in." in home.text
    profile = home.tap("Bekijk mijn profiel")
    assert "Voor je ingevuld" in profile.text
    profile.press("Dit klopt")
    assert count(made, FilledIn) == 0 and "Voor je ingevuld" not in Screen(visit("new")).text


def test_who_changes_it_makes_it_their_own(visit, organisation: Organisation):
    made = organisation
    page(visit, made, "coordinator", "senior", "knows").press("Plekken opslaan", places="1", hours="2")
    assert count(made, FilledIn) == 1
    assert visit("senior").post("/profiles/places", {"places": "2", "hours": "4"}).status_code == 303
    assert count(made, FilledIn) == 0


def test_filling_in_is_undone_with_its_mark_and_its_mail(visit, organisation: Organisation):
    made = organisation
    made.person("new", "senior", roster=None)
    made.session.commit()
    before = count(made, WorkTime), count(made, Expertise), count(made, Capacity)
    screen = page(visit, made, "hr", "new", "roster").press("Rooster opslaan", roster_id=str(made.rosters["DAG"]))
    screen.press("Terugdraaien")
    assert (count(made, FilledIn), count(made, OutboxRow)) == (0, 0)
    assert (count(made, WorkTime), count(made, Expertise), count(made, Capacity)) == before


def test_the_old_addresses_lead_to_the_page(visit, organisation: Organisation):
    junior = organisation.people["junior"]
    answer = visit("hr").get(f"/people/{junior}/details")
    assert (answer.status_code, answer.location) == (308, f"/insight/person/{junior}")


def test_nobody_marks_what_they_fill_in_for_themselves(visit, session: Session, organisation: Organisation):
    page(visit, organisation, "hr", "hr", "roster").press("Rooster opslaan", roster_id="")
    assert count(organisation, FilledIn) == 0


def leaves(made: Organisation, key: str, day: date, *, done: bool = True) -> None:
    gone = made.session.get_one(Person, made.people[key])
    gone.last_day = day
    gone.left_on = day if done else None
    made.session.commit()
    made.session.expunge_all()
    made.session.rollback()


def test_whose_manager_left_can_be_changed_otherwise(visit, organisation: Organisation):
    """Another manager need not be known yet."""
    made = organisation
    leaves(made, "manager", made.now.date() - timedelta(days=1))
    screen = page(visit, made, "hr").press("Werk opslaan", department="Montage")
    assert screen.status == 200 and person(made).department == "Montage"
    assert person(made).manager_id == made.people["manager"]


@pytest.mark.both_databases
def test_nothing_is_filled_in_for_who_left(visit, organisation: Organisation):
    made = organisation
    leaves(made, "senior", made.now.date() - timedelta(days=1))
    for section, button, typed in (
        ("knows", "Plekken opslaan", {"places": "2"}),
        ("knows", "Opslaan wat deze persoon kan", {"add_domain": str(made.domains["Pneumatiek"]), "add_level": "4"}),
        ("roster", "Rooster opslaan", {"roster_id": ""}),
    ):
        screen = page(visit, made, "coordinator", "senior", section).press(button, **typed)
        assert screen.status == 422 and "is al vertrokken" in screen.text, button
    assert (count(made, FilledIn), count(made, OutboxRow)) == (0, 0)


def test_the_page_of_who_left_says_so(visit, organisation: Organisation):
    made = organisation
    leaves(made, "junior", date(2026, 11, 20))
    assert page(visit, made, "hr").heading == "Junior Proef is op 20 nov 2026 vertrokken"
