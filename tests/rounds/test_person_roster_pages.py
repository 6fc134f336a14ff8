"""Another roster for somebody, from a day on: what it parts is said before; the earlier one holds until then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.profiles.rosters import queries
from tests.factories import Organisation, Screen

PARTED = "This parts 1 pair"


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    organisation.roster("NACHT", "NNNNN--")
    organisation.roster("DAG KORT", "DDD----")
    organisation.pair("senior", "junior", "active")
    organisation.speak("en")
    session.commit()
    return organisation


def page(visit: Any, made: Organisation, who: str = "junior") -> Screen:
    return Screen(visit(who), f"/person-roster/{made.people['junior']}")


def held(session: Session, made: Organisation, days: int) -> int | None:
    session.rollback()
    day = local_date(made.now) + timedelta(days=days)
    found = queries.rosters_on(session, day, [made.people["junior"]]).get(made.people["junior"])
    session.rollback()
    return found


def test_another_roster_holds_from_its_day(visit, session: Session, made: Organisation):
    screen = page(visit, made)
    assert screen.heading == "You work by “DAG”"
    day = local_date(made.now) + timedelta(days=9)
    screen.press("Save", roster_id=str(made.rosters["DAG KORT"]), from_day=day.isoformat())
    assert screen.heading == "You work by “DAG”" and "DAG KORT from Wednesday 2 December" in screen.text
    dag, short = made.rosters["DAG"], made.rosters["DAG KORT"]
    assert [held(session, made, days) for days in (0, 8, 9, 90)] == [dag, dag, short, short]
    screen.press("Undo")
    assert held(session, made, 90) == dag


@pytest.mark.parametrize("who", ["junior", "coordinator", "hr"])
def test_who_is_parted_by_it_is_said_before(visit, session: Session, made: Organisation, who: str):
    screen = page(visit, made, who)
    day = local_date(made.now) + timedelta(days=30)
    screen.press("Save", roster_id=str(made.rosters["NACHT"]), from_day=day.isoformat())
    assert screen.heading == PARTED
    assert ("Junior Proef and Senior Proef" in screen.text) is (who != "hr"), "hr reads how many, not who"
    assert held(session, made, 40) == made.rosters["DAG"]
    screen.press("Save it all the same")
    assert screen.path == f"/person-roster/{made.people['junior']}"
    assert [held(session, made, days) for days in (29, 30)] == [made.rosters["DAG"], made.rosters["NACHT"]]


def test_nobody_else_gets_there_and_days_far_away_are_refused(visit, session: Session, made: Organisation):
    for who in ("senior", "manager", "admin"):
        assert visit(who).get(f"/person-roster/{made.people['junior']}").status_code in (403, 404), who
    screen = page(visit, made)
    for wrong in ({"from_day": "2036-01-01"}, {"from_day": ""}, {"roster_id": "999"}, {"roster_id": "x"}):
        fields = {"roster_id": str(made.rosters["DAG"]), "from_day": "2026-12-01", **wrong}
        assert page(visit, made).press("Save", **fields).status == 422, wrong
    screen.press("Save", roster_id="", from_day="2026-11-23")
    if screen.heading == PARTED:
        screen.press("Save it all the same")
    assert screen.heading == "No roster yet"


def test_ones_profile_leads_there(visit, made: Organisation):
    screen = Screen(visit("junior"), "/profiles").tap("Another roster")
    assert screen.heading == "You work by “DAG”"


@pytest.mark.parametrize("who", ["coordinator", "hr"])
@pytest.mark.both_databases
def test_the_page_of_a_person_asks_before_it_parts_a_pair(visit, session: Session, made: Organisation, who: str):
    screen = Screen(visit(who), f"/insight/person/{made.people['junior']}?tab=roster")
    screen.press("Save the roster", roster_id=str(made.rosters["NACHT"]))
    assert screen.heading == PARTED
    assert ("Junior Proef and Senior Proef" in screen.text) is (who != "hr"), "hr reads how many, not who"
    assert held(session, made, 0) == made.rosters["DAG"]
    screen.press("Save it all the same")
    assert held(session, made, 0) == made.rosters["NACHT"] and "Saved." in screen.text
    screen.press("Undo")
    assert held(session, made, 0) == made.rosters["DAG"]
    screen = Screen(visit(who), f"/insight/person/{made.people['other_junior']}?tab=roster")
    screen.press("Save the roster", roster_id=str(made.rosters["NACHT"]))
    assert "Saved." in screen.text, "there is no pair to part"


@pytest.mark.parametrize("who", ["coordinator", "hr"])
def test_a_roster_for_many_says_which_pairs_it_parts(visit, session: Session, made: Organisation, who: str):
    def look(key: str) -> Screen:
        chosen = [str(made.people[one]) for one in (key, "other_junior")]
        screen = Screen(visit(who), "/people").press("Change together", person=chosen)
        return screen.press("See for whom it changes", roster_id=str(made.rosters["NACHT"]))

    assert "too few shifts together" not in look("other_senior").text
    screen = look("junior")
    assert "1 running pair then has too few shifts together." in screen.text
    assert ("Too few shifts together: Junior Proef and Senior Proef." in screen.text) is (who != "hr")
    assert held(session, made, 0) == made.rosters["DAG"]
    screen.press("Yes, change it")
    assert held(session, made, 0) == made.rosters["NACHT"]
