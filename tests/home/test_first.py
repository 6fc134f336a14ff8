"""Where nobody is yet: an address that is told once lets the first person in, and nobody after them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.home.first import actions
from mentorship.home.first.actions import First
from mentorship.people.account.passwords import Passwords
from mentorship.people.joining.rules import parts_of
from mentorship.people.models import Person, PersonRole
from mentorship.programme.models import Programme
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import at_once

PASSWORD = "drie koude bakfietsen"
WHO = {"organisation": "Van Dam Installatie", "site": "Ede", "name": "Ingrid van der Meer", "number": "28"}
FIRST = First(parts_of("Ingrid van der Meer"), "28", "Van Dam Installatie", "Ede")


def told(session: Session, now) -> str:
    code = actions.make_code(session, now)
    session.commit()
    assert code
    return code


def knocks(app: Flask, code: str, **typed: str) -> Screen:
    """Open the address as a stranger, and fill in the form."""
    return Screen(InspectingClient(app), "/first").press("Beginnen", code=code, password=PASSWORD, **{**WHO, **typed})


def test_who_opens_the_address_becomes_coordinator_and_admin(app: Flask, session: Session, now):
    code = told(session, now)
    stranger = Screen(InspectingClient(app), "/account/sign-in")
    assert "Er is nog niemand" in stranger.text
    landed = knocks(app, code)
    assert landed.status == 200
    person = session.exec(select(Person)).one()
    assert (person.name, person.number) == ("Ingrid van der Meer", "28")
    assert set(session.exec(select(PersonRole.role))) == {"coordinator", "admin"}
    assert session.get_one(Programme, 1).organisation == "Van Dam Installatie"


def test_it_works_once_and_only_while_nobody_is_there(app: Flask, session: Session, now):
    code = told(session, now)
    knocks(app, code)
    late = Screen(InspectingClient(app), "/first")
    assert late.path == "/account/sign-in" and "Er is nog niemand" not in late.text
    answer = InspectingClient(app).post("/first", {**WHO, "code": code, "password": PASSWORD})
    assert answer.status_code == 303 and answer.location == "/account/sign-in"
    assert actions.make_code(session, now) is None
    assert len(session.exec(select(Person)).all()) == 1


def test_an_old_a_wrong_or_a_replaced_code_lets_nobody_in_and_nothing_typed_is_lost(app: Flask, session: Session, now):
    old = told(session, now)
    new = told(session, now)
    for wrong in (old, "AAAA-AAAA-AAAA"):
        again = knocks(app, wrong)
        assert again.status == 422 and "Start Leermaat opnieuw" in again.text
        assert again.fields("Beginnen")["organisation"] == WHO["organisation"]
    app.config["CLOCK"] = lambda: now + timedelta(hours=actions.HOURS)
    assert knocks(app, new).status == 422
    app.config["CLOCK"] = lambda: now
    weak = Screen(InspectingClient(app), "/first").press("Beginnen", code=new, **{**WHO, "password": "kort"})
    assert weak.status == 422, "the code is not used up by a weak password"
    assert knocks(app, new).status == 200


def test_the_code_cannot_be_guessed(app: Flask, session: Session, now):
    told(session, now)
    client = InspectingClient(app)
    fields = {**WHO, "code": "AAAA-AAAA-AAAA", "password": PASSWORD}
    assert [client.post("/first", fields).status_code for _ in range(6)] == [422] * 5 + [429]


def test_somebody_who_is_here_closes_it(app: Flask, session: Session, organisation: Organisation, now):
    assert actions.make_code(session, now) is None
    assert Screen(InspectingClient(app), "/first").path == "/account/sign-in"


@pytest.mark.both_databases
def test_of_two_at_once_one_comes_in(engine: sa.Engine, session: Session, now):
    code = told(session, now)
    hasher = Passwords(8, 1)

    def come() -> Person:
        with open_session(engine) as own:
            person = actions.come_in(own, code, FIRST, PASSWORD, hasher, now)
            own.commit()
            return person

    outcomes = at_once(come, come)
    assert sorted(isinstance(one, Refused) for one in outcomes) == [False, True]
