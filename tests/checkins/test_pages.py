"""The form, what it says will be seen, and the pages around it, in both languages and without JavaScript."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import current_app
from sqlmodel import Session, select

from mentorship.base import links
from mentorship.base.i18n import use_locale
from mentorship.base.undo import UndoRow
from mentorship.checkins import promises
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.matching import DEFAULT_WEIGHTS
from mentorship.mentorships.goals import actions as goals
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.profiles.models import Capacity
from tests.checkins.stage import JUNIOR_KEYS, MENTOR_KEYS, Asking, plant
from tests.client import InspectingClient
from tests.factories import Screen, words_of

SEEN_BY_MANAGERS = {
    "classes": "Whether your side is low, not low, or not known yet",
    "aggregates": "when they are published",
    "released": "and no more, when you show a signal",
}
EMPTY = {"closing", "seen", "note"}
"""The fields of a form in which nothing was filled in."""

EXPLAINED = {
    "parts": {"domain": 1.0, "together": 0.5, "preference": 0.25, "continuity": 0.6, "wish": 0.0},
    "weights": DEFAULT_WEIGHTS,
    "known": True,
    "remote": False,
    "needs": [{"domain": "Pneumatiek", "current": 0, "target": 3, "mentor": 4, "importance": 3}],
    "meeting": {"shifts_per_four_weeks": 12, "hours_per_two_weeks": 0},
}


def form(stage: Asking, key: str) -> Screen:
    return stage.screen(key, f"/checkins/{stage.newest(key).id}")


def asked(screen: Screen) -> list[str]:
    """With whom the desk asks how it goes."""
    return [name for name in screen.names("b") if name.startswith("Hoe gaat het met")]


def choices(screen: Screen) -> dict[str, list[str]]:
    """What one can choose for each question."""
    found: dict[str, list[str]] = {}
    for element in screen.tree.iter("input"):
        if element.get("type") == "radio":
            found.setdefault(element.get("name"), []).append(element.get("value"))
    return found


@pytest.mark.both_databases
def test_each_side_is_asked_its_own_questions_in_its_own_language(stage: Asking):
    stage.start()
    stage.open()
    steps = ["1", "2", "3", "4", "5", "none"]
    junior, senior = form(stage, "junior"), form(stage, "senior")
    turn = ("working_time", "quick_help")
    assert choices(junior) == {f"answer-{key}": steps for key in (*JUNIOR_KEYS, *turn)}
    pace = {"answer-speed": ["1", "2", "3", "none"]}
    assert choices(senior) == {f"answer-{key}": steps for key in MENTOR_KEYS} | pace
    assert "Ik durf alles te vragen, ook als het fout ging." in junior.text
    assert "Hoe gaat het met Senior Proef?" in junior.text
    assert "te langzaam" in senior.text and "te langzaam" not in junior.text
    assert "Schrijf niets over gezondheid" in junior.text
    stage.organisation.speak("en")
    junior = form(stage, "junior")
    assert "I dare to ask anything, also when it went wrong." in junior.text
    assert "How is it going with Senior Proef?" in junior.text
    assert "durf" not in junior.text and "Skip this time" in junior.names("button")


@pytest.mark.parametrize("visibility", SEEN_BY_MANAGERS)
def test_who_sees_what_stands_above_the_button(stage: Asking, visibility: str):
    stage.organisation.speak("en")
    stage.start()
    stage.choose(visibility)
    stage.open()
    for key in ("junior", "senior"):
        text = form(stage, key).text
        told, sent = text.index("Who sees what"), text.index("Send")
        assert told < sent
        told_of = {name: words in text[told:sent] for name, words in SEEN_BY_MANAGERS.items()}
        assert told_of == {name: name == visibility for name in SEEN_BY_MANAGERS}


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ({"note": "n" * 2001}, "n" * 2001, "Te lang: hoogstens 2000 tekens."),
        ({"note": "Veel geleerd", "answer-progress": "6"}, "Veel geleerd", "niets opgeslagen"),
    ],
)
def test_nothing_typed_is_lost(stage: Asking, typed: dict[str, str], kept: str, said: str):
    stage.start()
    stage.open()
    fields = {
        "answer-own_work": "none",
        "answer-speed": None,
        "answer-dare_to_ask": "2",
        "share": "true",
        "help_from": ["coordinator", "mentor"],
        **typed,
    }
    page = form(stage, "junior").press("Versturen", **fields)
    assert page.status == 422 and said in page.text
    shown = page.fields("Versturen")
    assert shown["note"].strip() == kept and shown["share"] == "true"
    assert shown["answer-own_work"] == "none" and shown["answer-dare_to_ask"] == "2"
    assert sorted(shown["help_from"]) == ["coordinator", "mentor"]
    assert stage.states("junior") == ["open"] and not stage.answers(stage.newest("junior").id)


@pytest.mark.both_databases
def test_answered_without_javascript_and_read_back_by_its_author(stage: Asking):
    stage.start()
    stage.open()
    page = form(stage, "junior").press(
        "Versturen",
        **{"answer-progress": "5", "answer-own_work": "none", "note": "Eerste zin\r\nTweede", "help_from": "mentor"},
    )
    assert page.status == 200 and "Verstuurd. Dank je wel!" in page.text
    for words in (
        "helemaal",
        "niet van toepassing",
        "overgeslagen",
        "Eerste zin Tweede",
        "Je hebt hulp gevraagd aan: mijn mentor",
    ):
        assert words in page.text, words
    assert "Versturen" not in page.names("button") and not choices(page)
    assert "Alleen jij ziet dit." in page.text, "the note is not shared unless that is ticked"
    assert stage.answers(stage.newest("junior").id) == {"progress": 5, "own_work": None}


@pytest.mark.parametrize("by_link", [False, True])
def test_nothing_at_all_is_asked_about_instead_of_sent(stage: Asking, by_link: bool):
    stage.start()
    stage.open()
    page = Screen(InspectingClient(stage.app), link(stage, "junior")) if by_link else form(stage, "junior")
    page = page.press("Versturen", note=" ")
    assert page.status == 422 and "Er is nog niets ingevuld, dus er is niets verstuurd." in page.text
    assert stage.states("junior") == ["open"]
    assert "Overgeslagen" in page.press("Deze keer overslaan").text
    assert stage.states("junior") == ["skipped"] and not stage.signals()


def test_what_was_saved_before_may_be_sent_as_it_is(stage: Asking):
    stage.start()
    stage.open()
    client, number = stage.visit("junior"), stage.newest("junior").id
    client.post(f"/checkins/{number}/answer", {"key": "progress", "value": "4"})
    page = Screen(client, f"/checkins/{number}")
    assert "Je was al begonnen: 1 van de 6 antwoorden staat hier weer." in page.text
    assert client.post(f"/checkins/{number}", {"note": "", "closing": "false", "seen": "classes"}).status_code == 303
    assert stage.answers(number) == {"progress": 4}


@pytest.mark.parametrize("by_link", [False, True])
@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ({"note": "Kraanvogel"}, "Dan wordt gewist wat je hebt getypt of aangevinkt."),
        ({"help_from": "coordinator"}, "Dan wordt gewist wat je hebt getypt of aangevinkt."),
        ({"answer-progress": "2"}, "Dan wordt 1 antwoord gewist."),
        ({"answer-progress": "2", "note": "x"}, "Dan wordt 1 antwoord gewist, en wat je hebt getypt of aangevinkt."),
    ],
)
def test_skipping_asks_before_it_throws_something_away(stage: Asking, typed: dict[str, str], asks: str, by_link: bool):
    stage.start()
    stage.open()
    page = Screen(InspectingClient(stage.app), link(stage, "junior")) if by_link else form(stage, "junior")
    page = page.press("Deze keer overslaan", **typed)
    assert asks in page.text and stage.states("junior") == ["open"]
    shown = page.fields("Versturen")
    assert {name: shown[name].strip() for name in typed} == typed, "nothing is lost by pressing it"
    assert "Overgeslagen" in page.press("Ja, wissen en overslaan").text
    assert stage.states("junior") == ["skipped"]


def test_skipping_counts_what_was_saved_and_throws_it_away_once_that_is_meant(stage: Asking):
    stage.start()
    stage.open()
    client, number = stage.visit("junior"), stage.newest("junior").id
    for key in ("progress", "own_work"):
        client.post(f"/checkins/{number}/answer", {"key": key, "value": "1"})
    page = Screen(client, f"/checkins/{number}").press("Deze keer overslaan")
    assert "Dan worden 2 antwoorden gewist." in page.text and stage.states("junior") == ["open"]
    page = page.press("Ja, wissen en overslaan")
    assert not stage.answers(number) and "Terugdraaien" not in page.names("button"), "answers are kept nowhere"


def test_an_empty_one_that_was_skipped_can_be_had_back(stage: Asking):
    stage.start()
    stage.open()
    page = form(stage, "junior").press("Deze keer overslaan")
    page.press("Terugdraaien")
    assert stage.states("junior") == ["open"]


@pytest.mark.parametrize("since", ["paused", "ended", "asked again"])
def test_a_skip_is_not_undone_once_there_is_nothing_left_to_answer(stage: Asking, since: str):
    pair = stage.start()
    stage.open()
    page = form(stage, "junior").press("Deze keer overslaan")
    if since == "asked again":
        plant_later = {"due_on": stage.today + timedelta(days=1), "set_id": stage.newest("junior").set_id}
        stage.act(lambda session: plant(session, stage.organisation, pair, "junior", **plant_later))
    else:
        stage.change(Mentorship, pair, status=since)
    assert "Iemand heeft dit daarna veranderd" in page.press("Terugdraaien").text
    assert stage.states("junior")[0] == "skipped"


@pytest.mark.parametrize(("who", "offered"), [("junior", True), ("senior", False), (None, False)])
def test_a_skip_by_a_slip_is_undone_by_its_author_alone(stage: Asking, who: str | None, offered: bool):
    stage.start()
    stage.open()
    client = stage.visit(who) if who else InspectingClient(stage.app)
    page = Screen(client, link(stage, "junior")).press("Deze keer overslaan")
    assert stage.states("junior") == ["skipped"]
    assert ("Terugdraaien" in page.names("button")) == offered
    with Session(stage.engine) as session:
        assert bool(session.exec(select(UndoRow)).all()) == offered


def test_who_sees_it_is_named_before_it_is_sent(stage: Asking):
    stage.start()
    stage.open()
    text = form(stage, "junior").text
    told = text[text.index("Wie ziet wat") : text.index("Versturen")]
    line = "Je leidinggevenden: Manager Proef en Director Proef"
    for name in ("Senior Proef", line, "Coordinator Proef, coördinator"):
        assert name in told, name


def test_closed_ones_say_why(stage: Asking):
    pair = stage.start()
    stage.open()
    form(stage, "junior").press("Deze keer overslaan")
    assert "niemand neemt het je kwalijk" in form(stage, "junior").text
    missed = stage.newest("senior")
    stage.next_time()
    assert "niet ingevuld voordat de volgende kwam" in stage.screen("senior", f"/checkins/{missed.id}").text
    rows = stage.screen("senior", f"/checkins/duo/{pair}").rows()
    assert rows[0] == ["23 nov 2026", "niet ingevuld", "–"]
    assert "overgeslagen" in stage.screen("junior", f"/checkins/duo/{pair}").text


@pytest.mark.both_databases
def test_the_page_of_a_pair_for_each_reader(stage: Asking):
    pair = stage.start(explanation=EXPLAINED)
    url = f"/checkins/duo/{pair}"
    assert "Nog niets gevraagd" in stage.screen("junior", url).text
    stage.open()
    page = stage.screen("junior", url)
    assert "Vul de tussenstand in" in page.text
    page.tap("Vul de tussenstand in").press("Versturen", note="Voor jou", share="true", **{"answer-progress": "4"})
    shared = stage.screen("senior", url).text
    assert "Voor jou Junior deelde dit" in shared and "23 nov 2026 Voor jou" not in shared, "and not when"
    page = stage.screen("junior", url)
    folded = next(e for e in page.tree.iter("details") if e.get("class") == "chart-table")
    table = [[words_of(cell) for cell in row] for body in folded.iter("tbody") for row in body.iter("tr")]
    assert table == [["23 nov 2026", "75 %"]], "the table of its line"
    rows = page.rows()
    assert rows[0] == ["23 nov 2026", "verstuurd", "75 %"]
    assert [row[-1] for row in rows[1:7]] == ["4", *["–"] * 5], "and question by question"
    assert "Woensdag 25 november weer samen" in page.text or "Vandaag samen tot" in page.text
    assert "Vul de tussenstand in" not in page.names("a")
    assert "De volgende tussenstand komt op 7 dec 2026 of later." in page.text
    assert page.tap("23 nov 2026").path == f"/checkins/{stage.newest('junior').id}"
    for key in ("coordinator", "manager"):
        page = stage.screen(key, url)
        assert "nog onbekend" in page.text and "Voor jou" not in page.text and "75 %" not in page.text
    assert "Waarom deze twee" in stage.screen("coordinator", url).text
    for key in ("manager", "director"):
        assert "Waarom" not in stage.screen(key, url).text, "the line reads no score"
    stage.organisation.speak("en")
    assert "My trend" in stage.screen("junior", url).text and "not known yet" in stage.screen("manager", url).text


@pytest.mark.parametrize("stranger", ["other_junior", "other_senior", "other_manager", "admin", "nobody"])
def test_a_pair_of_others_looks_like_none(stage: Asking, stranger: str):
    pair = stage.start()
    stage.open()
    asked = stage.newest("junior").id
    client = stage.visit(stranger)
    for page, number in (
        ("/mentorships/{}", pair),
        ("/mentorships/{}/goals", pair),
        ("/mentorships/{}/pause", pair),
        ("/checkins/duo/{}", pair),
        ("/checkins/endings/{}", pair),
        ("/checkins/{}", asked),
        ("/checkins/endings/take-back/{}", asked),
    ):
        theirs, none = (client.get(page.format(each)) for each in (number, 99999))
        assert theirs.status_code == none.status_code == 404, page
        said = [words_of(Screen(client, page.format(each)).tree) for each in (number, 99999)]
        assert said[0] == said[1] and "Junior Proef" not in said[0], page


def shows_hours(page: Screen) -> bool:
    return any((element.get("id") or "").startswith("hours") for element in page.tree.iter())


def test_who_reads_the_hours_is_who_is_said_to(stage: Asking):
    """The hours are the mentor's: the line above the junior alone reads none, and nobody is told otherwise."""
    pair = stage.start("senior", "other_junior")
    stage.open()
    url = f"/checkins/duo/{pair}"
    reads = {
        "senior": "je leidinggevenden en de coördinator zien dit",
        "other_junior": "de leidinggevenden van Senior en de coördinator zien dit",
        "manager": "Je ziet of deze kant laag is, de uren en de signalen. Van de andere kant",
        "director": "Je ziet van elke kant of die laag is, de uren en de signalen. Van wat zij antwoordden",
        "coordinator": "Je ziet de groep, de uren en de signalen.",
    }
    for key, said in reads.items():
        page = stage.screen(key, url)
        assert shows_hours(page) and said in page.text, key
    page = stage.screen("other_manager", url)
    assert not shows_hours(page) and "Je ziet of deze kant laag is, en de signalen." in page.text
    form_of_mentor, form_of_junior = form(stage, "senior").text, form(stage, "other_junior").text
    noted = "De genoteerde uren: dat is een registratie."
    assert [noted in row for row in seen_by_lines(form_of_mentor)] == [True, False]
    assert [noted in row for row in seen_by_lines(form_of_junior)] == [False, True]


def seen_by_lines(text: str) -> tuple[str, str]:
    """What a form says that its author's own line sees, and what the line of the other does."""
    _, _, rest = text.partition("Je leidinggevenden:")
    own, _, other = rest.partition("De leidinggevenden van")
    return own, other[: other.index("Wie je om hulp vraagt")]


@pytest.mark.parametrize(("who", "sides"), [("manager", ["Senior"]), ("director", ["Other_junior", "Senior"])])
def test_who_is_told_of_both_sides_is_not_told_that_one_stays_hidden(stage: Asking, who: str, sides: list[str]):
    pair = stage.start("senior", "other_junior")
    text = stage.screen(who, f"/checkins/duo/{pair}").text
    assert [name for name in ("Other_junior", "Senior") if f"Kant van {name}: nog onbekend" in text] == sides
    assert ("Van de andere kant" in text) == (len(sides) == 1)


@pytest.mark.parametrize(("chosen", "shows"), [("released", True), ("aggregates", False)])
def test_who_is_not_told_how_a_pair_stands_reads_what_does_reach_them(stage: Asking, chosen: str, shows: bool):
    pair = stage.start()
    stage.choose(chosen)
    page = stage.screen("manager", f"/checkins/duo/{pair}")
    assert "zien leidinggevenden niet" in page.text
    assert ("behalve een signaal dat een van de twee zelf laat zien" in page.text) == shows


def test_asking_for_help_leads_to_where_one_asks(stage: Asking):
    pair = stage.start()
    stage.open()
    page = stage.screen("junior", f"/checkins/duo/{pair}")
    address = next(e.get("href") for e in page.tree.iter("a") if words_of(e).startswith("Hulp vragen"))
    asked = stage.screen("junior", address)
    help_card = next(e for e in asked.tree.iter() if e.get("id") == address.split("#")[1])
    assert {e.get("value") for e in help_card.iter("input")} == {"mentor", "coordinator", "manager"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Nog niets gevraagd. De eerste tussenstand komt na twee diensten samen."),
        ({"explanation": {"remote": True}}, "Nog niets gevraagd."),
        ({"status": "paused"}, "Nog niets gevraagd. Zolang jullie pauzeren, wordt er niets gevraagd."),
        ({"status": "ended"}, "Van dit duo staan hier geen tussenstanden."),
    ],
    ids=["running", "remote", "paused", "ended"],
)
def test_a_pair_without_check_ins_says_when_they_come(stage: Asking, values: dict[str, Any], said: str):
    if values.get("status") == "ended":
        values = {**values, "ended_on": stage.today}
    text = stage.screen("junior", f"/checkins/duo/{stage.start(**values)}").text
    assert said in text and ("na twee diensten" in text) == ("na twee diensten" in said)
    assert ("Nog niets gevraagd" in text) == ("Nog niets gevraagd" in said)


@pytest.mark.parametrize("with_goal", [False, True])
def test_what_is_blue_on_the_page_of_a_pair_that_pauses_is_to_go_on(stage: Asking, with_goal: bool):
    pair = stage.start()
    stage.open()
    if with_goal:
        junior, domain = Actor(stage.person("junior"), frozenset()), stage.organisation.domains["Pneumatiek"]
        stage.act(goals.add, junior, pair, domain_id=domain, current=0, target=2, words="", now=stage.now)
    stage.change(Mentorship, pair, status="paused")
    page = stage.screen("junior", f"/checkins/duo/{pair}")
    blue = [words_of(e) for e in page.tree.iter() if "btn-primary" in (e.get("class") or "").split()]
    assert blue == ["Weer verder"]


def test_the_address_of_a_pair_leads_to_its_page_once_it_began(stage: Asking):
    pair = stage.start()
    for key in ("junior", "senior", "coordinator"):
        assert stage.screen(key, f"/mentorships/{pair}").path == f"/checkins/duo/{pair}"
    assert stage.visit("manager").get(f"/mentorships/{pair}").status_code == 404, "the line has the other address"


@pytest.mark.parametrize(
    "proposal",
    [
        {"status": "proposed"},
        {"status": "refused", "ended_on": date(2026, 11, 20)},
        {"status": "refused", "ended_on": date(2026, 11, 20), "junior_accepted": None},
    ],
    ids=["proposed", "refused", "expired"],
)
def test_what_became_of_a_proposal_is_not_for_the_line(stage: Asking, proposal: dict[str, Any]):
    pair = stage.start(started_on=None, **proposal)
    answer = stage.visit("manager").get(f"/checkins/duo/{pair}")
    assert answer.status_code == 404 and "nee" not in answer.text
    page = stage.screen("coordinator", f"/checkins/duo/{pair}")
    assert page.path == f"/mentorships/{pair}" and "Jullie" not in page.text


@pytest.mark.both_databases
def test_the_desk_shows_what_waits(stage: Asking):
    stage.start("senior", "junior")
    stage.start("senior", "other_junior")
    assert "Hoe gaat het met" not in stage.screen("senior").text
    stage.open()
    assert len(asked(stage.screen("senior"))) == 2
    stage.send("senior", 4)
    assert len(asked(stage.screen("senior"))) == 1
    stage.send("junior", 1)
    stage.send("other_junior", 1)
    assert "2 signalen vragen om actie" in stage.screen("coordinator").text
    page = stage.screen("coordinator").tap("Verdeel ze : 2 signalen vragen om actie")
    assert page.path == "/signals" and page.text.count("Praat met dit duo – nog van niemand") == 2
    assert "Geen signalen" in stage.screen("senior", "/signals").text
    mine = stage.screen("junior", "/signals").text
    assert mine.count("Je zegt dat er niemand bij je is") == 1, "their own, in full, and of nobody else"


def test_the_settings_say_what_is_wrong_and_keep_what_was_typed(stage: Asking):
    page = stage.screen("coordinator", "/checkins/settings")
    settings = {"version": "1", "later_days": "28"}
    assert page.fields("Instellingen opslaan") == {**settings, "running": "true", "days": "14"}
    wrong = page.press("Instellingen opslaan", days="9", running=None)
    assert wrong.status == 422 and "Minstens 10." in wrong.text
    assert wrong.fields("Instellingen opslaan") == {**settings, "days": "9"}
    long = page.press("Stel voortaan deze vragen", **{"word-mentor-go_on-nl": "x" * 201, "word-mentor-go_on-en": "On?"})
    assert long.status == 422 and "Te lang: hoogstens 200 tekens." in long.text
    shown = long.fields("Stel voortaan deze vragen")
    assert shown["word-mentor-go_on-nl"] == "x" * 201 and shown["word-mentor-go_on-en"] == "On?"
    assert long.fields("Instellingen opslaan") == page.fields("Instellingen opslaan")
    one = long.press("Stel voortaan deze vragen", **{"word-mentor-go_on-nl": ""})
    assert one.fields("Stel voortaan deze vragen")["word-mentor-go_on-nl"] == "On?", "words in one language serve both"


def link(stage: Asking, key: str) -> str:
    with stage.app.app_context():
        known = current_app.extensions["mentorship_settings"]
        return "/links/" + links.sign(known, LINK_PURPOSE, stage.newest(key).id, stage.now)


@pytest.mark.both_databases
def test_a_link_opens_one_form_to_whoever_holds_it_and_nothing_else(stage: Asking):
    stage.start()
    stage.open()
    url = link(stage, "junior")
    holder = Screen(InspectingClient(stage.app), url)
    assert holder.status == 200 and choices(holder)
    holder.client.post(f"{url}/answer", {"key": "progress", "value": "2"})
    assert Screen(holder.client, url).fields("Versturen")["answer-progress"] == "2"
    lost = holder.press("Versturen", note="n" * 2001, **{"answer-progress": "1"})
    assert lost.status == 422 and lost.fields("Versturen")["answer-progress"] == "1"
    holder.press("Versturen", note="Geheimpje", help_from="coordinator", **{"answer-not_alone": "1"})
    assert stage.states("junior") == ["answered"]
    kinds = sorted(s.kind for s in stage.read(lambda s: list(s.exec(select(Signal)))))
    assert kinds == ["help", "safety"]
    after = holder.client.get(url)
    assert "gesloten" in after.text and "Geheimpje" not in after.text and "helemaal niet" not in after.text
    assert holder.client.post(url, {"note": "nog eens"}).status_code == 409
    assert holder.client.post(f"{url}/skip").status_code == 409
    assert holder.client.get("/profiles").status_code == 303, "the link signs nobody in"


def test_another_browser_with_the_same_link_reads_nothing_and_erases_nothing(stage: Asking):
    stage.start()
    stage.open()
    url, number = link(stage, "junior"), stage.newest("junior").id
    first, other = InspectingClient(stage.app), InspectingClient(stage.app)
    for key, value in (("progress", "2"), ("own_work", "none")):
        assert first.post(f"{url}/answer", {"key": key, "value": value}).status_code == 204
    assert Screen(first, url).fields("Versturen")["answer-own_work"] == "none"
    screen = Screen(other, url)
    assert set(screen.fields("Versturen")) == EMPTY, "an empty form"
    wrong = screen.press("Versturen", note="n" * 2001, **{"answer-dare_to_ask": "4"})
    assert wrong.status == 422 and wrong.fields("Versturen")["answer-dare_to_ask"] == "4", "its own typing is kept"
    assert "answer-progress" not in wrong.fields("Versturen")
    assert set(Screen(other, url).fields("Versturen")) == EMPTY, "what was refused was not saved here"
    assert other.post(f"{url}/answer", {"key": "progress", "value": "9"}).status_code == 422
    assert set(Screen(other, url).fields("Versturen")) == EMPTY, "nor does a refused answer open what is there"
    Screen(other, url).press("Versturen", **{"answer-dare_to_ask": "5"})
    assert stage.answers(number) == {"progress": 2, "own_work": None, "dare_to_ask": 5}
    page = stage.screen("junior", f"/checkins/{number}")
    assert "a little" in page.text or "een beetje" in page.text, "the author reads all of it"


def test_a_note_typed_in_one_browser_is_not_shown_in_another(stage: Asking):
    stage.start()
    stage.open()
    url = link(stage, "junior")
    first, other = InspectingClient(stage.app), InspectingClient(stage.app)
    kept = Screen(first, url).press("Versturen", note="Kraanvogel", **{"answer-progress": "6"})
    assert kept.status == 422 and kept.fields("Versturen")["note"].strip() == "Kraanvogel"
    assert "Kraanvogel" not in Screen(other, url).text
    stage.change(CheckIn, stage.newest("junior").id, note="Kraanvogel")  # however it came to be saved
    assert "Kraanvogel" not in Screen(other, url).text
    first.post(f"{url}/answer", {"key": "progress", "value": "3"})
    assert "Kraanvogel" not in Screen(first, url).text, "an answer given here opens no note"


def test_one_answer_given_here_opens_none_of_the_others(stage: Asking):
    """Whoever holds the link may be the manager who printed it: no answer of the author's is read through it."""
    stage.start()
    stage.open()
    url, number = link(stage, "junior"), stage.newest("junior").id
    holder, author = InspectingClient(stage.app), stage.visit("junior")
    for key in ("progress", "own_work", "not_alone"):
        author.post(f"/checkins/{number}/answer", {"key": key, "value": "1"})
    holder.post(f"{url}/answer", {"key": "dare_to_ask", "value": "5"})
    holder.post(f"{url}/answer", {"key": "own_work", "value": "3"})
    seen = {"answer-dare_to_ask": "5", "answer-own_work": "3"}

    def shown() -> dict[str, str]:
        return {k: v for k, v in Screen(holder, url).fields("Versturen").items() if k.startswith("answer-")}

    assert shown() == seen
    author.post(f"/checkins/{number}/answer", {"key": "own_work", "value": "2"})
    assert shown() == seen, "nor what the author changed afterwards"
    assert stage.answers(number or 0)["own_work"] == 2


def test_the_cookie_holds_the_last_five_and_nothing_of_what_was_sent(stage: Asking):
    made, client, cookies = stage.organisation, InspectingClient(stage.app), []
    stage.change(Capacity, stage.person("senior"), places=20, hours=40, confirmed_hours=40)
    for number in range(7):
        made.person(f"j{number}", "junior")
        stage.start("senior", f"j{number}")
    stage.open()
    for number in range(7):
        url = link(stage, f"j{number}")
        for key in JUNIOR_KEYS:
            client.post(f"{url}/answer", {"key": key, "value": "none"})
        cookies.append(len(client.flask.get_cookie("leermaat").value))
    assert max(cookies) < 1500
    kept = ["answer-progress" in Screen(client, link(stage, f"j{n}")).fields("Versturen") for n in range(7)]
    assert kept == [False, False, *[True] * 5], "the last five"
    Screen(client, link(stage, "j6")).press("Versturen")
    Screen(client, link(stage, "j5")).press("Deze keer overslaan").press("Ja, wissen en overslaan")
    kept = ["answer-progress" in Screen(client, link(stage, f"j{n}")).fields("Versturen") for n in (2, 3, 4)]
    assert kept == [True] * 3
    for number in (2, 3, 4):
        Screen(client, link(stage, f"j{number}")).press("Versturen")
    with client.flask.session_transaction() as cookie:
        assert "given_here" not in cookie


def test_who_looks_into_the_cookie_reads_no_answer(stage: Asking):
    stage.start()
    stage.open()
    client = InspectingClient(stage.app)
    client.post(f"{link(stage, 'junior')}/answer", {"key": "dare_to_ask", "value": "1"})
    with client.flask.session_transaction() as cookie:
        told = str(dict(cookie))
        assert "given_here" in told and "dare_to_ask" not in told
        cookie["given_here"] = [[1, {"dare_to_ask": "1"}]]  # as the version before kept it
    assert Screen(client, link(stage, "junior")).status == 200


def line_sees(chosen: str) -> str:
    """What the form says of the junior's managers under a choice of the programme."""
    with use_locale("en"):
        return promises.sees(promises.OWN_LINE, "junior", chosen)


@pytest.mark.parametrize("by_link", [False, True])
def test_what_managers_see_changed_while_it_was_filled_in(stage: Asking, by_link: bool):
    stage.organisation.speak("en")
    stage.start()
    stage.choose("aggregates")
    stage.open()
    page = Screen(InspectingClient(stage.app), link(stage, "junior")) if by_link else form(stage, "junior")
    assert line_sees("aggregates") in page.text
    stage.choose("classes")
    typed = {"answer-progress": "1", "note": "Kraanvogel", "share": "true", "help_from": "coordinator"}
    page = page.press("Send", **typed)
    assert page.status == 422 and "What managers see has changed" in page.text and "Nothing was sent yet" in page.text
    assert line_sees("classes") in page.text and line_sees("aggregates") not in page.text, "the promise as it is now"
    shown = page.fields("Send")
    assert {name: shown[name].strip() for name in typed} == typed
    assert stage.states("junior") == ["open"] and not stage.signals()
    stage.choose("released")
    page = page.press("Send")
    assert page.status == 422 and line_sees("released") in page.text
    page.press("Send")
    assert stage.states("junior") == ["answered"]
    assert ("help", "junior", "coordinator") in stage.signals()


def test_a_form_without_what_it_promised_is_not_taken(stage: Asking):
    stage.start()
    stage.open()
    url, client = f"/checkins/{stage.newest('junior').id}", stage.visit("junior")
    for fields in (
        {},
        {"seen": "classes"},
        {"closing": "false"},
        {"closing": "true", "seen": "classes"},
        {"closing": "false", "seen": "alles"},
    ):
        page = client.post(url, {"note": "Kraanvogel", **fields})
        assert page.status_code == 422 and "Kraanvogel" in page.text, fields
    assert stage.states("junior") == ["open"]
    assert client.post(url, {"note": "x", "closing": "false", "seen": "classes"}).status_code == 303


def test_a_browser_remembers_each_of_its_check_ins_and_not_the_next(stage: Asking):
    """A shared phone that answered one link opens no other's answers."""
    stage.start("senior", "junior")
    stage.start("other_senior", "other_junior")
    stage.open()
    mine, theirs = link(stage, "junior"), link(stage, "other_junior")
    phone, other = InspectingClient(stage.app), InspectingClient(stage.app)
    assert phone.post(f"{mine}/answer", {"key": "progress", "value": "2"}).status_code == 204
    assert other.post(f"{theirs}/answer", {"key": "progress", "value": "3"}).status_code == 204
    assert "answer-progress" not in Screen(phone, theirs).fields("Versturen")
    assert phone.post(f"{theirs}/answer", {"key": "own_work", "value": "4"}).status_code == 204
    assert Screen(phone, mine).fields("Versturen")["answer-progress"] == "2"


def test_a_link_changed_or_too_old_leads_nowhere(stage: Asking):
    stage.start()
    stage.open()
    url = link(stage, "junior")
    client = InspectingClient(stage.app)
    assert client.get(url[:-1] + ("A" if url[-1] != "A" else "B")).status_code == 404
    stage.later(days=41)
    assert client.get(url).status_code == 200
    stage.later(days=2)
    assert client.get(url).status_code == 404


def test_the_mentor_reads_no_mark_of_the_juniors_answers(stage: Asking):
    """The mentor's own pages are the same, letter for letter, whether the junior is content or not."""
    pair = stage.start()
    stage.open()
    urls = ("/", "/signals", "/mentorships", f"/mentorships/{pair}", f"/checkins/duo/{pair}")
    client = stage.visit("senior")
    plain = re.compile(r'name="csrf_token" value="[^"]+"')
    before = [plain.sub("", html.unescape(client.get(url).text)) for url in urls]
    stage.send("junior", 1, note="Niet voor jou", help_from="coordinator")
    assert [plain.sub("", html.unescape(client.get(url).text)) for url in urls] == before
