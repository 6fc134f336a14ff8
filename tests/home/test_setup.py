"""The guide, a step at a time: what is sent is taken as a whole or refused as one, and taken back as one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from mentorship.home.setup.forms import LineForm
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Domain
from mentorship.profiles.rosters.models import Roster
from mentorship.programme.models import Programme
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
UNDO = re.compile(r'action="(/undo/\d+)"')
DAY = "Dagdienst, maandag tot en met vrijdag"


@pytest.fixture
def client(visit: Visit, session: Session, organisation: Organisation) -> InspectingClient:
    session.commit()
    return visit("coordinator")


def undo_newest(client: InspectingClient) -> str:
    found = UNDO.search(client.get("/undo").text)
    assert found
    return client.follow(client.post(found[1])).text


def line(session: Session) -> tuple[dict[int, int | None], set[tuple[int, str]]]:
    """Who leads whom, and who holds which role."""
    session.rollback()
    led = dict(session.exec(select(Person.id, Person.manager_id)).all())
    held = set(session.exec(select(PersonRole.person_id, PersonRole.role)).all())
    session.rollback()
    return led, held


@pytest.mark.both_databases
def test_line_and_roles_are_taken_back_together(client: InspectingClient, session: Session, organisation: Organisation):
    before = line(session)
    junior, leader = organisation.people["junior"], organisation.people["other_senior"]
    sent = {"person": [str(junior)], "leader": [str(leader)], "senior": [str(junior)]}
    assert client.post("/setup/line", sent).status_code == 303
    led, held = line(session)
    assert led[junior] == leader
    assert {(junior, "senior"), (leader, "manager")} <= held and (junior, "junior") not in held
    assert "Teruggedraaid" in undo_newest(client)
    assert line(session) == before


@pytest.mark.parametrize("stranger", ["person", "leader"])
def test_nobody_who_is_not_here_is_given_anything(
    stranger: str, client: InspectingClient, session: Session, organisation: Organisation
):
    before = line(session)
    junior = str(organisation.people["junior"])
    sent = {"person": [junior], "leader": [junior], "junior": [junior]} | {stranger: ["999999"]}
    refused = client.post("/setup/line", sent)
    assert refused.status_code == 422 and "niet meer" in refused.text
    assert line(session) == before


def test_a_line_does_not_run_in_a_circle(client: InspectingClient, session: Session, organisation: Organisation):
    before = line(session)
    one, other = (str(organisation.people[name]) for name in ("junior", "senior"))
    assert client.post("/setup/line", {"person": [one, other], "leader": [other, one]}).status_code == 422
    assert line(session) == before


def kept(session: Session) -> tuple[dict[str, bool], set[str]]:
    """The rosters, with which of them is usual; and the domains."""
    session.rollback()
    rosters = dict(session.exec(select(Roster.name, Roster.is_default)).all())
    domains = set(session.exec(select(Domain.name)))
    session.rollback()
    return rosters, domains


@pytest.mark.both_databases
def test_domains_rosters_and_the_usual_one_are_taken_back_together(client: InspectingClient, session: Session):
    before = kept(session)
    screen = Screen(client, "/setup/domains")
    screen.press("Opslaan en verder", domain=["Lassen"], shape=["day"], usual=DAY)
    rosters, domains = kept(session)
    assert rosters[DAY] and "Lassen" in domains
    other = next(iter(before[0]))
    Screen(client, "/setup/domains").press("Opslaan en verder", usual=other)
    assert kept(session)[0] == {DAY: False, other: True}
    assert "Teruggedraaid" in undo_newest(client)
    assert kept(session)[0][DAY]
    assert "Teruggedraaid" in undo_newest(client)
    assert kept(session) == before


def test_the_desk_leads_to_the_open_steps_until_they_are_put_aside(client: InspectingClient, session: Session):
    session.get_one(Programme, 1).works_council_on = None
    session.commit()
    desk = Screen(client)
    assert "Nog 2 stappen tot je eerste duo" in desk.text and "Afspraken · Kaarten uitdelen" in desk.text
    guide = desk.tap("Verder : Nog 2 stappen tot je eerste duo")
    assert guide.path == "/setup/agreements"
    desk = guide.press("Zet deze stappen opzij")
    assert desk.path == "/" and "Nog 2 stappen" not in desk.text
    assert "Er kan nog niets worden gepubliceerd" in desk.text
    assert not [name for name in desk.names("a") if name.startswith("Inrichten")]
    again = desk.open("/programme").tap("Inrichten").press("Zet weer bij Vandaag")
    assert again.open("/").tap("Verder : Nog 2 stappen tot je eerste duo").path == "/setup/agreements"


def test_who_has_no_manager_gets_one_in_one_go(client: InspectingClient, session: Session, organisation: Organisation):
    of = organisation.people
    for person_id, leader_id in ((of["junior"], None), (of["senior"], of["other_senior"]), (of["manager"], None)):
        session.get_one(Person, person_id).manager_id = leader_id
    session.commit()
    page = Screen(client, "/setup/line")
    page.press("Opslaan en verder", **page.fields("Opslaan en verder") | {"rest": str(of["manager"])})
    assert page.status == 200, page.text
    led, held = line(session)
    assert (led[of["junior"]], led[of["senior"]], led[of["manager"]]) == (of["manager"], of["other_senior"], None)
    assert (of["manager"], "manager") in held


def test_saving_the_page_as_it_is_takes_nobodys_manager_away(
    client: InspectingClient, session: Session, organisation: Organisation
):
    of = organisation.people
    session.get_one(Person, of["junior"]).manager_id = of["coordinator"]
    session.get_one(Person, of["senior"]).manager_id = of["nobody"]
    session.get_one(Person, of["nobody"]).left_on = organisation.now.date()
    session.commit()
    before, _ = line(session)
    page = Screen(client, "/setup/line")
    page.press("Opslaan en verder", rest=str(of["manager"]))
    led, held = line(session)
    assert page.status == 200, page.text
    assert [led[of[who]] for who in ("junior", "senior")] == [before[of[who]] for who in ("junior", "senior")]
    assert not [role for person_id, role in held if person_id == of["nobody"]], "who left leads nobody anew"


def test_nobody_comes_to_lead_who_leads_them_in_one_go():
    form = LineForm.read({"person": ["1", "2", "3", "4"], "leader": ["2", "3", "", ""], "rest": "1"})
    assert [one.leader_id for one in form.places()] == [2, 3, None, 1]


def test_the_step_of_the_agreements_leads_to_the_papers(client: InspectingClient):
    page = Screen(client, "/setup/agreements")
    assert "Verzoek om instemming" in page.tap("Verzoek aan de ondernemingsraad").heading
