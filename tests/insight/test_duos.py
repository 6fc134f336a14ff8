"""All pairs that one may see: whose they are, what is told of them, and never more than that."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.insight.duos.rows import mondays
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import PersonRole
from mentorship.programme.models import Programme
from tests.conftest import NOW
from tests.factories import Organisation, Screen


def shown(screen: Screen) -> list[str]:
    """The first names of the juniors of the pairs, from top to bottom."""
    ticked = any(element.get("name") == "duo" for element in screen.tree.iter("input"))
    return [row[1 if ticked else 0].split()[0] for row in screen.rows()]


def cells(screen: Screen, junior: str) -> str:
    return next(" | ".join(row) for row in screen.rows() if junior in " ".join(row))


@pytest.fixture
def pairs(organisation: Organisation, session: Session) -> dict[str, int]:
    """Pairs over two lines: three that run, one that pauses, one that ended, one that is proposed."""
    made = organisation
    for key, line in (("anna", "manager"), ("bram", "manager"), ("cas", "other_manager")):
        made.person(key, "junior", manager=line)
    began = {"started_on": local_date(made.now) - timedelta(days=70), "origin": "import"}
    found = {
        "anna": made.pair("senior", "anna", "active", **began),
        "bram": made.pair("other_senior", "bram", "active", domain="Hydrauliek", **began),
        "cas": made.pair("other_senior", "cas", "active", **began),
        "junior": made.pair("senior", "junior", "paused", **began),
        "over": made.pair("other_senior", "other_junior", "ended", ended_on=local_date(made.now), **began),
        "proposed": made.pair("senior", "cas", "proposed", origin="import"),
    }
    session.get_one(Programme, 1).visibility = "classes"
    session.commit()
    made.speak("en")
    return found


def test_a_coordinator_sees_all_and_a_manager_their_line(visit, pairs):
    seen = {who: shown(Screen(visit(who), "/duos")) for who in ("coordinator", "manager", "other_manager", "director")}
    assert seen["coordinator"] == seen["director"] == ["Anna", "Bram", "Cas", "Junior"]
    assert seen["manager"] == ["Anna", "Bram", "Junior"], "the line of either side"
    assert seen["other_manager"] == ["Bram", "Cas"]
    for who in ("junior", "senior", "admin", "hr", "nobody"):
        for page in ("/duos", "/duos/duos.csv", "/duos/duos.xlsx"):
            assert visit(who).get(page).status_code == 403, (who, page)


def test_a_proposal_is_not_for_the_line(visit, pairs):
    assert shown(Screen(visit("coordinator"), "/duos?status=proposed")) == ["Cas"]
    assert "Open the proposal" in Screen(visit("coordinator"), f"/duos?open={pairs['proposed']}").names("a")
    for who in ("manager", "director"):
        screen = Screen(visit(who), f"/duos?status=proposed&open={pairs['proposed']}")
        assert "Open the proposal" not in screen.names("a") and "Open the pair" not in screen.names("a")
        assert "Proposals waiting" not in screen.text and "Anna" in shown(screen), "no choice of theirs"


def test_a_pair_of_another_line_does_not_open(visit, pairs):
    panel = Screen(visit("manager"), f"/duos?open={pairs['cas']}")
    assert panel.status == 200 and "Cas" not in panel.text
    rows = visit("manager").post("/duos/ticked.csv", {"duo": [pairs["cas"], pairs["anna"]]})
    assert "Anna" in rows.text and "Cas" not in rows.text, "a sheet never holds more than is seen"


def test_views_filters_search_and_order(visit, pairs):
    for query, wanted in {
        "?status=ended": ["Other_junior"],
        "?status=active&sort=pair&order=down": ["Cas", "Bram", "Anna"],
        "?q=hydrau": ["Bram"],
        "?q=N-ANNA": ["Anna"],
        "?q=c%C3%A4s": ["Cas"],
        "?q=other_senior+bram": ["Bram"],
        "?status=paused": ["Junior"],
        "?view=apart": [],
        "?sort=domain&status=active": ["Bram", "Anna", "Cas"],
        "?class=unknown": ["Anna", "Bram", "Cas"],
        "?class=talk_now": [],
    }.items():
        assert shown(Screen(visit("coordinator"), f"/duos{query}")) == wanted, query
    for sort in ("pair", "mentor", "domain", "site", "status", "since", "last", "how"):
        for order in ("", "&order=down"):
            assert len(shown(Screen(visit("coordinator"), f"/duos?sort={sort}{order}"))) == 4, sort


def test_what_runs_until_soon_is_a_view(visit, session: Session, organisation, pairs):
    today = local_date(organisation.now)
    for key, days in (("anna", 42), ("bram", 43), ("cas", -3), ("junior", 1)):
        session.get_one(Mentorship, pairs[key]).expected_end = today + timedelta(days=days)
    session.commit()
    screen = Screen(visit("coordinator"), "/duos?view=ending")
    assert shown(screen) == ["Anna", "Cas"] and "Nearly done 2" in screen.text, "six weeks; who pauses is not there yet"
    assert "until 4 Jan 2027" in cells(screen, "Anna") and "until 20 Nov" in cells(screen, "Cas")


def test_the_team_of_a_manager_can_be_chosen(visit, organisation, pairs):
    manager = organisation.people["manager"]
    assert shown(Screen(visit("coordinator"), f"/duos?manager={manager}")) == ["Anna", "Bram", "Junior"]
    assert shown(Screen(visit("director"), f"/duos?manager={manager}")) == ["Anna", "Bram", "Junior"]
    other = organisation.people["other_manager"]
    assert len(shown(Screen(visit("manager"), f"/duos?manager={other}"))) == 3, "not offered, so not chosen"


def test_hours_are_told_to_the_line_of_the_mentor_alone(visit, session: Session, organisation, pairs):
    today = local_date(organisation.now)
    weeks = mondays(today)
    for week, hours in zip(weeks, (2, 1, 0, 2, 2, 2, 0, 0), strict=True):
        note = {"hours": Decimal(hours), "noted_by": organisation.people["other_senior"], "noted_at": organisation.now}
        row = WorkedWeek(mentor_id=organisation.people["other_senior"], mentorship_id=pairs["bram"], week=week, **note)
        session.add(row)
    session.commit()
    for who, reads in (("coordinator", True), ("other_manager", True), ("manager", False)):
        row = cells(Screen(visit(who), "/duos"), "Bram")
        assert ("week 45" in row) == reads, (who, row)
        sheet = visit(who).get("/duos/duos.csv?q=bram").get_data().decode("utf-8-sig")
        found = next(csv.DictReader(io.StringIO(sheet), delimiter=";"))
        assert found["Hours logged in eight weeks"] == ("9" if reads else ""), who
        assert "Never used for appraisal" in sheet
    client = visit("coordinator")
    strip = next(e for e in Screen(client, "/duos?q=bram").tree.iter("svg") if "weeks" in (e.get("class") or ""))
    said = strip.get("aria-label").split("; ")
    assert len(said) == 8 and said[0].endswith(": together") and said[1].endswith("less than agreed"), said
    assert said[2].endswith("not together")
    by_hours = shown(Screen(visit("manager"), "/duos?sort=last&order=down"))
    assert by_hours == ["Anna", "Bram", "Junior"], "hours one does not see give no order either"


def test_opening_a_pair_is_kept(visit, pairs):
    Screen(visit("coordinator"), "/duos")
    assert "Coordinator" not in Screen(visit("anna"), "/seen").text
    Screen(visit("coordinator"), f"/duos?open={pairs['anna']}")
    assert "Coordinator" in Screen(visit("anna"), "/seen").text


def test_the_panel_turns_with_links_alone(visit, pairs):
    first = Screen(visit("coordinator"), "/duos?status=active").tap("Anna Proef")
    assert "1 of 3" in first.text and "Previous (K)" not in first.names("a")
    second = first.tap("Next (J)")
    assert "2 of 3" in second.text and "Bram Proef and Other_senior Proef" in second.text
    closed = second.tap("Close (Esc)")
    assert closed.path == "/duos" and "Next (J)" not in closed.names("a")


def test_a_pair_ends_in_three_clicks_from_the_list(visit, session: Session, pairs):
    """It opens beside the list, it is asked how, and it is done; one is back where one was."""
    screen = Screen(visit("coordinator"), "/duos").tap("Anna Proef")
    assert screen.tap("End").press("The goal is reached").path == "/duos"
    session.expire_all()
    assert session.get_one(Mentorship, pairs["anna"]).status == "ended"


def test_several_are_paused_from_the_list(visit, session: Session, pairs):
    client = visit("coordinator")
    assert client.post("/duos/ticked", {"act": "pause"}).status_code in (409, 422)
    answer = client.post("/duos/ticked", {"duo": [str(pairs["anna"]), str(pairs["bram"])], "act": "pause"})
    asked = Screen(client, answer.location)
    assert asked.heading == "Until when do 2 pairs pause?"
    asked.press("Pause until then", until=(local_date(NOW) + timedelta(days=21)).isoformat())
    session.expire_all()
    assert {session.get_one(Mentorship, pairs[key]).status for key in ("anna", "bram")} == {"paused"}


def test_what_pauses_goes_on_from_beside_the_list(visit, session: Session, pairs):
    screen = Screen(visit("manager"), f"/duos?open={pairs['junior']}")
    screen.press("Let them go on")
    session.expire_all()
    assert session.get_one(Mentorship, pairs["junior"]).status == "active"


def test_ones_own_pair_is_told_nothing_of(visit, session: Session, organisation, pairs):
    session.add(PersonRole(person_id=organisation.people["senior"], role="coordinator"))
    session.commit()
    client = visit("senior")
    screen = Screen(client, "/duos")
    assert "not known yet" in cells(screen, "Cas") and "not known yet" not in cells(screen, "Anna")
    assert "your own pair" in cells(screen, "Anna")
    beside = Screen(client, f"/duos?open={pairs['anna']}")
    assert "a page of its own" in beside.text and "Signals" not in [e.text for e in beside.tree.iter("h3")]


def test_where_nothing_is_yet_the_page_leads_on(visit, organisation):
    organisation.speak("en")
    assert "Match rounds" in Screen(visit("coordinator"), "/duos").names("a")
    team = Screen(visit("manager"), "/duos")
    assert team.heading == "No pairs yet" and "Who carries what" in team.names("a")


def test_more_pairs_take_no_more_queries(visit, engine: sa.Engine, organisation, pairs):
    counted: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *about: counted.append(about[2]))
    numbers = []
    for round_ in range(2):
        for who in ("coordinator", "manager"):
            client = visit(who)
            client.get("/duos")
            counted.clear()
            client.get("/duos")
            numbers.append(len(counted))
        for number in range(12):
            key = f"more{round_}-{number}"
            organisation.person(key, "junior", manager="manager")
            organisation.pair("senior", key, "active", origin="import")
        organisation.session.commit()
    assert numbers[:2] == numbers[2:], numbers
