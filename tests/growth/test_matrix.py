"""The training matrix: who has what a job asks, who grows towards it, what lacks; and who may see it of whom."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.growth.held import actions
from mentorship.growth.models import JobHeld, JobLevel, JobProfile
from mentorship.mentorships.goals.models import Goal
from mentorship.people.access import COORDINATOR, MANAGER, Actor
from tests.factories import Organisation, Screen

PAGE = "/growth/matrix"


@pytest.fixture
def job(session: Session, organisation: Organisation) -> int:
    """Three people in a job that asks pneumatics alone: one has it, one works on it in a pair, one lacks it."""
    made = organisation
    row = JobProfile(name="Monteur")
    session.add(row)
    session.flush()
    domain = made.domains["Pneumatiek"]
    session.add(JobLevel(profile_id=row.id or 0, domain_id=domain, level=3))
    for key in ("able", "grower", "lacker"):
        made.person(key, "junior", manager="manager")
    made.can("able", "Pneumatiek", 3)
    made.can("grower", "Pneumatiek", 1)
    pair = made.pair("senior", "grower", "active")
    session.add(Goal(mentorship_id=pair, domain_id=domain, start_level=1, target_level=3, made_at=made.now))
    session.commit()
    me = Actor(made.people["coordinator"], frozenset({COORDINATOR}))
    people = [made.people[key] for key in ("able", "grower", "lacker")]
    assert actions.hold(session, me, people, row.id, made.now) == 3
    session.commit()
    return row.id or 0


@pytest.mark.both_databases
def test_the_coordinator_sees_who_has_it_grows_or_lacks_it(visit, job: int, organisation: Organisation):
    screen = Screen(visit("coordinator"), PAGE)
    assert "Pneumatiek ontbreekt bij 1 van de 3" in screen.text
    assert "Bij 1 van de 3 is alles op orde." in screen.text
    assert "groeit in een duo: meegekeken, gevraagd: zelfstandig" in screen.text
    assert "ontbreekt, geen plan: nog niet, gevraagd: zelfstandig" in screen.text
    screen.open(f"{PAGE}?profile={job}&lacks={organisation.domains['Pneumatiek']}")
    assert "van de 1" in screen.text and "groeit in een duo:" not in screen.text


@pytest.mark.both_databases
def test_a_manager_sees_of_their_line_only_who_shows_it(visit, session: Session, job: int, organisation: Organisation):
    screen = Screen(visit("manager"), PAGE)
    assert "Hier is nog niemand te zien" in screen.text and "3 anderen uit je team" in screen.text
    assert "groeit in een duo:" not in screen.text and "zelfstandig," not in screen.text
    me = Actor(organisation.people["lacker"], frozenset())
    actions.show(session, me, True, organisation.now)
    session.commit()
    screen.open(PAGE)
    assert "Pneumatiek ontbreekt bij 1 van de 1" in screen.text and "2 anderen uit je team" in screen.text
    sheet = visit("manager").get(f"{PAGE}/matrix.csv").text
    assert sheet.count("ontbreekt, geen plan") == 1 and "groeit in een duo" not in sheet
    other = Screen(visit("other_manager"), PAGE) if "other_manager" in organisation.people else None
    assert other is None or "ontbreekt bij" not in other.text


@pytest.mark.both_databases
def test_another_profile_begins_unshown(session: Session, job: int, organisation: Organisation):
    made = organisation
    actions.show(session, Actor(made.people["able"], frozenset()), True, made.now)
    second = JobProfile(name="Lasser")
    session.add(second)
    session.flush()
    manager = Actor(made.people["manager"], frozenset({MANAGER}))
    actions.hold(session, manager, [made.people["able"]], second.id, made.now)
    held = session.get_one(JobHeld, made.people["able"])
    assert (held.profile_id, held.shown, held.set_by) == (second.id, False, made.people["manager"])


@pytest.mark.both_databases
def test_a_manager_sets_no_job_outside_their_line(session: Session, job: int, organisation: Organisation):
    made = organisation
    manager = Actor(made.people["manager"], frozenset({MANAGER}))
    with pytest.raises(Refused):
        actions.hold(session, manager, [made.people["able"], made.people["coordinator"]], None, made.now)
    assert len(session.exec(select(JobHeld)).all()) == 3


@pytest.mark.both_databases
def test_people_are_ticked_and_read_it_themselves(visit, session: Session, job: int, organisation: Organisation):
    junior = str(organisation.people["junior"])
    screen = Screen(visit("hr"), "/growth/held").press("Zij werken in deze functie", person=[junior], profile=str(job))
    assert "1 functieprofiel ingevuld." in screen.text
    mine = Screen(visit("junior"), "/growth/held/mine")
    assert "Monteur" in mine.text and "Pneumatiek" in mine.text
    mine.press("Laat het mijn leidinggevenden zien")
    session.rollback()
    assert session.get_one(JobHeld, organisation.people["junior"]).shown
    session.rollback()
    mine.press("Niet meer laten zien")
    session.rollback()
    assert not session.get_one(JobHeld, organisation.people["junior"]).shown
    session.rollback()


def test_who_works_in_no_job_reads_so(visit, organisation: Organisation):
    assert "Je werkt nog in geen functieprofiel" in Screen(visit("senior"), "/growth/held/mine").text


def test_without_jobs_the_matrix_says_what_comes_first(visit, organisation: Organisation):
    assert "Schrijf de functies op" in Screen(visit("coordinator"), PAGE).text
    assert visit("coordinator").get(f"{PAGE}/matrix.csv").status_code == 200
