"""Asking for a mentor as a junior does it: by following links and pressing buttons."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.i18n import use_locale
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentor_requests.standing import queue
from tests.factories import Organisation, Screen, words_of

LEVELS = ("Not yet", "Have watched it", "With guidance", "Can do it alone", "Can explain it", "The go-to person")


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    """The organisation, reading English, with four domains."""
    organisation.domain("Lassen")
    organisation.domain("Meten")
    organisation.speak("en")
    return organisation


def needs(session: Session, key: str, made: Organisation) -> list[tuple[str, int, int, int]]:
    """Return domain, levels and importance of somebody's open request, the main need first."""
    names = {number: name for name, number in made.domains.items()}
    query = select(Need).join(MentorRequest, Need.request_id == MentorRequest.id).order_by(Need.position)
    query = query.where(MentorRequest.person_id == made.people[key], MentorRequest.status == "open")
    found = [(names[n.domain_id], n.current_level, n.target_level, n.importance) for n in session.exec(query)]
    session.rollback()
    return found


def ask(screen: Screen, domain: str, current: str, target: str) -> Screen:
    return screen.open("/mentor-requests/new").tap(domain).tap(current).press(target)


@pytest.mark.both_databases
def test_three_taps_from_ones_own_page(visit, session: Session, made: Organisation):
    made.can("junior", "Pneumatiek", 1)
    session.commit()
    screen = Screen(visit("junior"))
    assert screen.heading == "What do you want to learn?", "the first tap is there on one's own page"
    screen.tap("Pneumatiek")
    assert screen.heading == "Where are you now with Pneumatiek?"
    hinted = [name for name in screen.names("a") if "as in your profile" in name]
    assert hinted == ["Have watched it I stood by while somebody else did it. as in your profile"]
    assert screen.tap("Not yet").tap("One step back").heading == "Where are you now with Pneumatiek?"
    assert screen.tap("One step back").heading == "What do you want to learn?"
    screen.tap("Pneumatiek").tap("Have watched it")
    assert screen.heading == "How far do you want to get with Pneumatiek?"
    offered = [level for level in LEVELS for name in screen.names("button") if name.startswith(level)]
    assert offered == list(LEVELS[2:]), "only goals above where one is"
    screen.press("Can do it alone")
    assert (screen.path, screen.status) == ("/mentor-requests/mine", 200)
    assert "Your request is sent." in screen.text
    assert "Pneumatiek main from “have watched it” to “can do it alone”" in screen.text
    assert needs(session, "junior", made) == [("Pneumatiek", 1, 3, 3)]
    assert "Waits for the next match round." in screen.open("/").text


@pytest.mark.both_databases
def test_add_change_put_first_and_take_off(visit, session: Session, made: Organisation):
    screen = ask(Screen(visit("junior")), "Pneumatiek", "Not yet", "Can do it alone")
    screen.tap("Add").tap("Lassen").tap("Not yet").press("With guidance")
    assert needs(session, "junior", made) == [("Pneumatiek", 0, 3, 3), ("Lassen", 0, 2, 2)]
    assert "already in your request" in screen.open("/mentor-requests/new").text
    screen.open("/mentor-requests/mine").tap("Change: Lassen").tap("Have watched it").press("Can explain it")
    assert needs(session, "junior", made) == [("Pneumatiek", 0, 3, 3), ("Lassen", 1, 4, 2)], "changed in its place"
    screen.press("Make it the main one: Lassen")
    assert needs(session, "junior", made) == [("Lassen", 1, 4, 3), ("Pneumatiek", 0, 3, 2)]
    screen.press("Remove Lassen")
    assert needs(session, "junior", made) == [("Pneumatiek", 0, 3, 3)], "the next becomes the main one"
    assert not [name for name in screen.names("button") if name.startswith("Remove")], "withdraw the last"


def test_a_fourth_need_is_refused_and_the_three_stay(visit, session: Session, made: Organisation):
    screen = Screen(visit("junior"))
    for domain in ("Pneumatiek", "Lassen", "Meten"):
        ask(screen, domain, "Not yet", "Can do it alone")
    assert "Add: A second need" not in screen.names("a")
    before = needs(session, "junior", made)
    screen.open("/mentor-requests/new")
    assert "Your request has three needs" in screen.text
    tiles = [name.split()[0] for name in screen.names("a") if "already in your request" in name]
    assert tiles == ["Lassen", "Meten", "Pneumatiek"], "what would be refused is not offered"
    screen.open(f"/mentor-requests/new?domain={made.domains['PLC-programmering']}")
    screen.tap("Not yet").press("Can do it alone")
    assert screen.status == 422 and "at most three needs" in screen.text
    assert needs(session, "junior", made) == before and len(before) == 3
    ask(screen, "Meten", "Not yet", "Can explain it")
    assert needs(session, "junior", made)[2] == ("Meten", 0, 4, 1), "one of the three may still change"
    form = {"domain": made.domains["Lassen"], "current": 3, "target": 2}
    assert visit("junior").post("/mentor-requests/needs", form).status_code == 422, "a goal below where one is"


def test_a_goal_is_kept_also_when_it_is_too_long_or_too_late(visit, made: Organisation):
    screen = ask(Screen(visit("junior")), "Pneumatiek", "Not yet", "Can do it alone")
    long = "zelf ventielen afstellen " * 81
    screen.press("Save goal", goal=long)
    assert screen.status == 422 and "Too long: at most 2000 characters." in screen.text
    assert screen.fields("Save goal")["goal"].strip() == long.strip()
    screen.press("Save goal", goal="eerste regel\r\n" + "y" * 1987)
    assert screen.status == 200, "a browser counts the end of a line once, and sends two characters"
    assert screen.open("/mentor-requests/mine").fields("Save goal")["goal"].startswith("eerste regel\n")
    assert "eerste regel" in visit("coordinator").get("/waiting/waiting.csv").get_data(as_text=True)
    other = Screen(visit("junior"), "/mentor-requests/mine")
    other.press("Withdraw my request")
    screen.press("Save goal", goal="zelf afstellen")
    assert screen.status == 422
    assert "not open any more" in screen.text and "zelf afstellen" in screen.text


def test_withdraw_and_undo(visit, session: Session, made: Organisation):
    screen = ask(Screen(visit("junior")), "Pneumatiek", "Not yet", "Can do it alone")
    screen.press("Withdraw my request")
    assert "Your request is withdrawn" in screen.text and needs(session, "junior", made) == []
    screen.press("Undo")
    assert "Undone: Your request is withdrawn." in screen.text
    assert needs(session, "junior", made) == [("Pneumatiek", 0, 3, 3)]
    screen.press("Withdraw my request")
    ask(Screen(visit("junior")), "Lassen", "Not yet", "Can do it alone")
    screen.press("Undo")
    assert screen.status == 200 and "cannot be opened again" in screen.text
    assert needs(session, "junior", made) == [("Lassen", 0, 3, 3)], "the newer request stands"


@pytest.mark.both_databases
def test_two_tabs_that_ask_at_once_make_one_request(visit, session: Session, made: Organisation):
    tabs = [visit("junior"), visit("junior")]
    start = Barrier(2)

    def send(tab: int) -> int:
        tabs[tab].get("/mentor-requests/new")
        start.wait(10)
        form = {"domain": made.domains[("Lassen", "Meten")[tab]], "current": 0, "target": 3}
        answer = tabs[tab].post("/mentor-requests/needs", form)
        assert answer.status_code == 303 or "just before you" in answer.text or "net voor" in answer.text
        return int(answer.status_code)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, range(2)))
    assert answers in ([303, 303], [303, 409], [409, 303])
    assert len(needs(session, "junior", made)) == answers.count(303)
    query = select(MentorRequest).where(MentorRequest.person_id == made.people["junior"])
    assert len(session.exec(query).all()) == 1


def test_a_senior_asks_too_and_the_day_is_that_of_here(visit, session: Session, made: Organisation):
    screen = Screen(visit("senior")).tap("Ask for a mentor")
    screen.tap("PLC-programmering").tap("Not yet").press("With guidance")
    assert needs(session, "senior", made) == [("PLC-programmering", 0, 2, 3)]
    session.exec(select(MentorRequest)).one().created_at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    session.commit()
    assert "Asked on 21 Nov 2026, 2 days ago." in screen.open("/mentor-requests/mine").text
    sheet = visit("coordinator").get("/waiting/waiting.csv").get_data(as_text=True)
    assert ";Senior Proef;" in sheet and ";2026-11-21;2;" in sheet


def test_somebody_elses_request_is_not_there(visit, session: Session, made: Organisation):
    request, domain = made.asks("junior", goal="van mij"), made.domains["Pneumatiek"]
    session.commit()
    for who in ("other_junior", "senior", "manager", "coordinator", "admin"):
        client = visit(who)
        for door, form in (
            ("goal", {"goal": "x"}),
            ("main", {"domain": domain}),
            ("remove", {"domain": domain}),
            ("withdraw", {}),
            ("reopen", {}),
        ):
            assert client.post(f"/mentor-requests/{request}/{door}", form).status_code == 404, f"{who} {door}"
    assert visit("junior").post(f"/mentor-requests/{request + 1000}/withdraw").status_code == 404
    assert needs(session, "junior", made) == [("Pneumatiek", 0, 3, 3)]


def test_a_tile_tells_how_many_colleagues_here_pass_it_on_but_no_number_under_three(
    visit, session: Session, made: Organisation
):
    for number in range(4):
        made.person(f"guide{number}", "senior")
        made.can(f"guide{number}", "Meten", 3 if number else 2, willing=True)
    made.can("guide0", "Lassen", 5, willing=True)
    made.can("guide1", "Lassen", 5, willing=False)
    made.person("far", "senior", site="Assen")
    made.can("far", "Hydrauliek", 5, willing=True)
    session.commit()
    screen = Screen(visit("junior"), "/mentor-requests/new")
    assert "Colleagues in Ede pass this on" in screen.text
    assert "Meten 3 colleagues pass this on" in screen.names("a")
    assert "Lassen one or two colleagues pass this on" in screen.names("a")
    (others,) = [words_of(e) for e in screen.tree.iter("details") if "Is it not there?" in words_of(e)]
    assert "Hydrauliek" in others and "Meten" not in others and "Lassen" not in others


def test_what_is_sent_by_a_tap_can_be_undone(visit, session: Session, made: Organisation):
    screen = ask(Screen(visit("junior")), "Pneumatiek", "Not yet", "Can do it alone")
    screen.press("Undo")
    assert "Undone: Your request is sent." in screen.text and needs(session, "junior", made) == []
    assert screen.heading == "What do you want to learn?", "one is where one can begin anew"
    screen.tap("Lassen").tap("Not yet").press("Can do it alone")
    ask(screen, "Meten", "Not yet", "With guidance").press("Undo")
    assert needs(session, "junior", made) == [("Lassen", 0, 3, 3)]
    ask(screen, "Lassen", "Have watched it", "Can explain it").press("Undo")
    assert needs(session, "junior", made) == [("Lassen", 0, 3, 3)]
    ask(screen, "Meten", "Not yet", "With guidance").press("Make it the main one: Meten").press("Undo")
    assert [need[0] for need in needs(session, "junior", made)] == ["Lassen", "Meten"]


def test_a_goal_is_tapped_from_what_one_wants_to_be_able_to_say(visit, session: Session, made: Organisation):
    screen = ask(Screen(visit("junior")), "Pneumatiek", "Have watched it", "Can do it alone")
    said = [name for name in screen.names("button") if name.startswith("I ")]
    assert said == ["I do it myself while somebody looks on.", "I do it alone, and it is right."]
    screen.press(said[1])
    assert "Your goal is saved." in screen.text
    assert screen.fields("Save goal")["goal"] == "I do it alone, and it is right."
    screen.press("Undo")
    assert screen.fields("Save goal")["goal"] == ""


def test_one_reads_where_one_stands_in_line_when_at_least_three_wait(
    visit, session: Session, made: Organisation, now: datetime
):
    made.asks("other_junior", "Pneumatiek")
    session.exec(select(MentorRequest)).one().created_at = now - timedelta(days=3)
    session.commit()
    screen = ask(Screen(visit("junior")), "Pneumatiek", "Not yet", "Can do it alone")
    assert "who wait" not in screen.text and "waits for the next match round" in screen.text
    made.asks("senior", "Lassen")
    session.commit()
    later = session.exec(select(MentorRequest).where(MentorRequest.person_id == made.people["senior"])).one()
    later.created_at = now + timedelta(days=3)
    session.commit()
    screen.open("/mentor-requests/mine")
    assert "You are number 2 of the 3 who wait" in screen.text
    (queue,) = [e for e in screen.tree.iter("ol") if e.get("class") == "queue"]
    assert words_of(queue) == "1 you, number 2 3"


@pytest.mark.parametrize(
    ("place", "everybody", "drawn"),
    [
        (1, 3, "you, number 1 · 2 · 3"),
        (7, 7, "1 · 2 · 3 · 4 · 5 · 6 · you, number 7"),
        (1, 9, "you, number 1 · 2 · … · 9"),
        (5, 9, "1 · … · 4 · you, number 5 · 6 · … · 9"),
        (9, 9, "1 · … · 8 · you, number 9"),
    ],
)
def test_a_long_queue_is_drawn_by_its_ends_and_ones_own_place(place: int, everybody: int, drawn: str):
    with use_locale("en"):
        spots = queue(place, everybody)
    assert " · ".join(spot.text or "…" for spot in spots) == drawn
    assert [spot.own for spot in spots].count(True) == 1


def test_sending_a_request_is_not_undone_once_more_was_asked(
    visit, app: Flask, session: Session, made: Organisation, now: datetime
):
    sent = ask(Screen(visit("junior")), "Pneumatiek", "Not yet", "Can do it alone")
    app.config["CLOCK"] = lambda: now + timedelta(minutes=1)
    ask(Screen(visit("junior")), "Meten", "Not yet", "With guidance")
    assert "Somebody changed this since" in sent.press("Undo").text
    assert [need[0] for need in needs(session, "junior", made)] == ["Pneumatiek", "Meten"]
