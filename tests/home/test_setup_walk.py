"""From nothing to a pair in the browser alone: sixty names, no shell; and how many actions that takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import sqlalchemy as sa
from flask import Flask, url_for
from sqlmodel import Session, select

from mentorship.mentorships.models import Mentorship
from mentorship.menu import MENU
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Domain
from mentorship.rounds.models import Round
from mentorship.rounds.solving import solve_round
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.home.test_first import PASSWORD, WHO, told
from tests.scanning import scanned

GIVEN = ("Jan", "Piet", "Kees", "Yara", "Sanne", "Milan", "Lieke", "Ruud", "Femke", "Karim")
FAMILY = ("Bos", "Hendriks", "van der Berg", "Dekker", "de Graaf", "Prins")
NAMES = [f"{given} {family}" for given in GIVEN for family in FAMILY]
MOST = {"coordinator": 16, "manager": 8, "mentor": 9, "junior": 9}
"""The actions of each until the first pair, at most: addresses opened, links followed, buttons pressed.

Whoever comes in by a card reads what is kept of them, which is one.
"""


@dataclass
class Walker:
    """Somebody with a browser of their own, whose actions are counted."""

    app: Flask
    address: str
    actions: int = 1
    screen: Screen = field(init=False)

    def __post_init__(self) -> None:
        self.screen = Screen(InspectingClient(self.app), urlsplit(self.address).path)

    def open(self, path: str) -> Walker:
        self.actions += 1
        self.screen.open(path)
        return self

    def tap(self, name: str) -> Walker:
        self.actions += 1
        self.screen.tap(name)
        assert self.screen.status == 200, self.screen.text
        return self

    def press(self, name: str, /, **typed: object) -> Walker:
        self.actions += 1
        self.screen.press(name, **typed)
        assert self.screen.status == 200, self.screen.text
        return self

    def come_in(self) -> Walker:
        """Choose a password; the rest was scanned. What is kept of one is read once, on the way in."""
        handed = dict(parse_qsl(urlsplit(self.address).fragment))
        return self.press("Opslaan en inloggen", password=PASSWORD, **handed).press("Ik heb dit gelezen")


def set_up(coordinator: Walker, code: str) -> dict[str, str]:
    """Go through the guide; return the addresses of the cards by number."""
    coordinator.press("Beginnen", code=code, password=PASSWORD, **WHO)
    coordinator.press("Opslaan en verder", no_works_council="true", dpia_on="2026-11-20", visibility="classes")
    coordinator.press("Bekijk hoe we hem lezen", text="\n".join(NAMES)).press("Voeg 60 mensen toe")
    people = coordinator.screen.fields("Opslaan en verder")["person"]
    manager, mentors, juniors = people[0], people[1:13], people[13:40]
    coordinator.press("Opslaan en verder", senior=mentors, junior=juniors, rest=manager)
    usual = "Dagdienst, maandag tot en met vrijdag"
    coordinator.press("Opslaan en verder", domain=["Pneumatiek", "Lassen"], shape=["day"], usual=usual)
    assert coordinator.screen.path == "/setup/cards"
    cards = Screen(coordinator.screen.client, "/setup/cards")
    coordinator.press("Maak 60 kaarten")
    printed = cards.client.post("/people/activation-codes", {**cards.fields("Maak 60 kaarten"), "sure": "true"})
    return {dict(parse_qsl(urlsplit(one).fragment))["name"]: one for one in scanned(printed.text)}


def test_every_page_of_the_menu_opens_where_nothing_is_yet(app: Flask, session: Session, now: datetime):
    coordinator = Walker(app, "/first").press("Beginnen", code=told(session, now), password=PASSWORD, **WHO)
    client = coordinator.screen.client
    with app.test_request_context():
        doors = [url_for(item.endpoint) for group in MENU.desk for item in group.items]
    for address in doors:
        opened = client.get(address)
        if opened.location:
            opened = client.follow(opened)
        assert opened.status_code == 200, address


def test_the_steps_leave_the_menu_when_all_are_done(visit, organisation: Organisation, session: Session):
    client = visit("coordinator")
    assert [name for name in Screen(client).names("a") if name.startswith("Inrichten")]
    organisation.pair("senior", "junior", "active", started_on=organisation.now.date())
    session.commit()
    client.app.extensions["mentorship_menu_kept"].clear()
    assert not [name for name in Screen(client).names("a") if name.startswith("Inrichten")]
    assert "Zet deze stappen opzij" not in Screen(client, "/setup/organisation").names("button"), "there is nothing to"


def first_with_each_role(session: Session) -> dict[str, str]:
    """The number of somebody with each role, of those who came by the list."""
    session.rollback()
    held = select(PersonRole.role, Person.number).join(Person).where(Person.number != WHO["number"])
    found = dict(session.exec(held.order_by(Person.number.desc())).all())
    session.rollback()
    return found


def solve_only_round(engine: sa.Engine, session: Session, now: datetime) -> None:
    """Do what the worker does in the meantime."""
    round_id = session.exec(select(Round.id)).one()
    session.rollback()
    assert round_id and solve_round(engine, round_id, now)


def test_sixty_names_become_a_pair(app: Flask, engine: sa.Engine, session: Session, now):
    code = told(session, now)
    coordinator = Walker(app, "/first")
    cards = set_up(coordinator, code)
    assert len(cards) == 60
    of = first_with_each_role(session)
    domain = str(session.exec(select(Domain.id).where(Domain.name == "Pneumatiek")).one())
    session.rollback()

    mentor = Walker(app, cards[of["senior"]]).come_in().tap("Mijn profiel")
    mentor.press("Vakgebied toevoegen", add_domain=domain, add_level="4", add_willing="true")
    mentor.press("Plekken opslaan", places="1", hours="2")
    manager = Walker(app, cards[of["manager"]]).come_in().tap("Uren bevestigen").press("Bevestig")
    junior = Walker(app, cards[of["junior"]]).come_in()
    junior.tap("Pneumatiek").tap("Nog niet").press("Zelfstandig")

    coordinator.open("/")
    assert coordinator.screen.text.count("Alle stappen zijn klaar: nu de eerste mentoren") > 1
    coordinator.tap("Koppelrondes").press("Ronde openen", name="De eerste").press("Duo's zoeken")
    solve_only_round(engine, session, now)
    coordinator.screen.open(coordinator.screen.path)
    coordinator.tap("Kondig 1 duo aan").press("Kondig 1 duo aan")
    manager.open("/").tap("Bekijk en antwoord").press("Prima")
    coordinator.screen.open(coordinator.screen.path)
    coordinator.tap("Publiceer 1 voorstel").press("Publiceer")
    for one in (mentor, junior):
        one.open("/").tap("Bekijk en antwoord").press("Ja, graag")
    assert session.exec(select(Mentorship.status)).all() == ["active"]
    taken = {"coordinator": coordinator, "manager": manager, "mentor": mentor, "junior": junior}
    assert {who: walker.actions for who, walker in taken.items()} == MOST
