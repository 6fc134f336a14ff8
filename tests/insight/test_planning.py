"""A planning system reads hours of guiding: by a secret that ends, of the right people, and only what is planned."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.home.agreements.parts import systems
from mentorship.insight.planning import actions, rules
from mentorship.insight.planning.forms import FeedForm
from mentorship.insight.planning.models import PlanningFeed
from mentorship.leaving.rooms import ROOMS
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.away.models import Away
from tests.factories import Organisation


@pytest.fixture
def switched_on(app: Flask) -> None:
    before = app.extensions["mentorship_settings"]
    app.extensions["mentorship_settings"] = before.model_copy(update={"planning_feed": True})


def running(made: Organisation) -> None:
    """A pair in one line, one over two lines, one of another line."""
    since = made.now.date() - timedelta(weeks=20)
    made.pair("senior", "junior", "active", started_on=since)
    made.pair("other_senior", "junior", "active", started_on=since)
    made.pair("other_senior", "other_junior", "active", started_on=since)
    made.speak("en")


def given(made: Organisation, key: str, **fields: object) -> str:
    """Return the secret of an address that somebody made."""
    secret = actions.make(made.session, made.actor(key), FeedForm.read({"name": "Planbord", **fields}).wanted, made.now)
    made.session.commit()
    return secret


def rows_of(app: Flask, secret: str) -> list[dict[str, object]]:
    answer = app.test_client().get(f"/planning/hours/{secret}.json")
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    rows: list[dict[str, object]] = json.loads(answer.data)["rows"]
    return rows


@pytest.mark.usefixtures("switched_on")
def test_hours_a_person_and_day_for_eight_weeks(app: Flask, organisation: Organisation):
    made = organisation
    running(made)
    secret = given(made, "manager")
    answer = app.test_client().get(f"/planning/hours/{secret}.json")
    found = json.loads(answer.data)
    today = local_date(made.now)
    assert found["first_day"] == today.isoformat()
    assert found["last_day"] == (today + timedelta(days=55)).isoformat()
    assert {(row["number"], row["role"]) for row in found["rows"]} == {("n-senior", "mentor"), ("n-junior", "junior")}
    senior = [row for row in found["rows"] if row["number"] == "n-senior"]
    assert senior[0] == {
        "day": today.isoformat(),
        "number": "n-senior",
        "site": "Ede",
        "role": "mentor",
        "hours": 0.5,
        "with": ["n-junior"],
    }
    assert sum(row["hours"] for row in senior) == 16, "two hours a week, as the programme says of a pair"
    assert "Proef" not in answer.text, "no names by itself"
    written = app.test_client().get(f"/planning/hours/{secret}.csv")
    sheet = list(csv.DictReader(io.StringIO(written.text)))
    assert [(row["day"], row["number"], Decimal(row["hours"])) for row in sheet] == [
        (row["day"], row["number"], Decimal(str(row["hours"]))) for row in found["rows"]
    ]
    junior = next(row for row in sheet if row["number"] == "n-junior")
    assert junior["with"] == "n-senior n-other_senior", "of a pair over two lines the other by number"


@pytest.mark.usefixtures("switched_on")
def test_of_whom_it_tells(app: Flask, organisation: Organisation):
    made = organisation
    running(made)
    other = made.people["other_manager"]

    def numbers(secret: str) -> set[object]:
        return {row["number"] for row in rows_of(app, secret)}

    assert numbers(given(made, "manager", manager_id=other)) == {"n-senior", "n-junior"}, "a manager's own line alone"
    assert numbers(given(made, "coordinator", manager_id=other)) == {"n-other_senior", "n-other_junior"}
    assert len(numbers(given(made, "coordinator"))) == 4
    assert numbers(given(made, "coordinator", site_id=made.sites["Ede"])) == numbers(given(made, "coordinator"))
    with_names = rows_of(app, given(made, "manager", names=True))
    assert {row["name"] for row in with_names} == {"Senior Proef", "Junior Proef"}


@pytest.mark.usefixtures("switched_on")
def test_nobody_is_away_in_it(app: Flask, session: Session, organisation: Organisation):
    made = organisation
    running(made)
    secret = given(made, "manager")
    before = app.test_client().get(f"/planning/hours/{secret}.csv").data
    today = local_date(made.now)
    for key in ("senior", "junior"):
        session.add(Away(person_id=made.people[key], first_day=today, last_day=today + timedelta(days=20)))
    session.commit()
    assert app.test_client().get(f"/planning/hours/{secret}.csv").data == before


@pytest.mark.usefixtures("switched_on")
def test_an_address_ends(app: Flask, visit, session: Session, organisation: Organisation):
    made = organisation
    running(made)
    client = app.test_client()

    def works(secret: str) -> bool:
        return client.get(f"/planning/hours/{secret}.json").status_code == 200

    assert not works("nobody-ever-had-this")
    assert client.get("/planning/hours/%00.json").status_code == 404
    stopped, lost, gone = given(made, "manager"), given(made, "other_manager"), given(made, "director")
    assert works(stopped) and works(lost) and works(gone)
    assert session.exec(select(PlanningFeed.read_on)).all() == [local_date(made.now)] * 3
    feed_id = session.exec(select(PlanningFeed.id).where(PlanningFeed.person_id == made.people["manager"])).one()
    session.rollback()
    assert visit("other_manager").get(f"/planning/{feed_id}/stop").status_code == 404, "nobody else's"
    screen = visit("manager")
    assert screen.get(f"/planning/{feed_id}/stop").status_code == 200
    assert screen.post(f"/planning/{feed_id}/stop").status_code == 303
    assert not works(stopped)
    session.execute(sa.delete(PersonRole).where(sa.column("person_id") == made.people["other_manager"]))
    session.commit()
    assert not works(lost), "who manages nobody any more gives nothing away"
    director = session.get_one(Person, made.people["director"])
    for room in ROOMS:
        if PlanningFeed in room.tables:
            room.left(session, director, made.now)
    session.commit()
    assert not works(gone)
    verbs = session.scalars(sa.text("SELECT verb FROM audit WHERE subject = 'planning feed' ORDER BY id")).all()
    assert verbs == ["make planning address"] * 3 + ["stop planning address"]


def test_nothing_is_given_until_it_is_switched_on(app: Flask, visit, organisation: Organisation):
    made = organisation
    running(made)
    secret = given(made, "manager")
    assert app.test_client().get(f"/planning/hours/{secret}.json").status_code == 404
    client = visit("manager")
    assert "Not switched on" in client.get("/planning").text
    assert client.post("/planning", data={"name": "Planbord"}).status_code >= 400
    off = Settings(mode="test", _env_file=None)
    assert "planning" not in {system["kind"] for system in systems(off)}
    on = off.model_copy(update={"planning_feed": True})
    assert {"kind": "planning", "with": ""} in systems(on), "the works council agrees to it"


@pytest.mark.usefixtures("switched_on")
def test_an_address_is_shown_once(app: Flask, visit, organisation: Organisation):
    made = organisation
    running(made)
    client = visit("manager")
    page = client.post("/planning", data={"name": "Planbord", "site_id": ""})
    address = page.text.split("/planning/hours/")[1].split("<")[0]
    assert app.test_client().get(f"/planning/hours/{address}").status_code == 200
    again = client.get("/planning").text
    assert "Planbord" in again and "/planning/hours/" not in again
    assert "Fill this in" in client.post("/planning", data={"name": ""}).text
    made.session.rollback()
    kept = made.session.exec(select(PlanningFeed.token_hash)).one()
    assert kept not in address and address.split(".")[0] not in kept


@pytest.mark.usefixtures("switched_on")
def test_twenty_are_enough(visit, organisation: Organisation):
    made = organisation
    running(made)
    for _ in range(rules.MOST):
        given(made, "manager")
    answer = visit("manager").post("/planning", data={"name": "Planbord"})
    assert "20 addresses already" in answer.text
