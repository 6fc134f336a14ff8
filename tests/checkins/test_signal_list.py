"""The list of signals: one is open, the rest wait in their groups, and what one did brings one back to the place."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import select

from mentorship.checkins.endings import actions as endings
from mentorship.checkins.signals.models import Signal
from mentorship.people.access import Actor
from mentorship.people.models import Person
from tests.checkins.stage import Asking
from tests.factories import Screen

DUOS = ("junior", "other_junior")


@pytest.fixture
def apart(stage: Asking) -> None:
    """Two pairs that do not meet, each a signal."""
    for key in DUOS:
        pair = stage.start("senior", key)
        row = Signal(mentorship_id=pair, kind="apart", side="both", since=stage.today, raised_at=stage.now)
        stage.act(lambda session, row=row: session.add(row))
        stage.later(hours=1)


def heading(page: Screen) -> str:
    return " ".join(page.tree.find(".//main").find(".//h1").itertext()).strip()


def opened(page: Screen) -> list[str]:
    return [line.get("id") for line in page.tree.iter("li") if line.get("class") == "open"]


def groups(page: Screen) -> list[str]:
    lines = [line for line in page.tree.iter("li") if line.get("class") == "inbox-part"]
    return ["".join(line.find("h2").text or "").strip() for line in lines]


def test_the_first_that_waits_is_open_and_only_that(stage: Asking, apart: None):
    page = stage.screen("coordinator", "/signals")
    assert heading(page) == "2 signalen zijn van niemand"
    assert opened(page) == ["signal-1"] and page.names("button").count("Oppakken") == 1
    page = stage.screen("coordinator", "/signals?open=2")
    assert opened(page) == ["signal-2"] and page.names("button").count("Oppakken") == 1
    folded = page.tap("Dichtklappen : Senior Proef – Other_junior Proef")
    assert opened(folded) == [] and "Oppakken" not in folded.names("button")
    for odd in ("", "x", "99", "9" * 30):
        assert opened(stage.screen("coordinator", f"/signals?open={odd}")) == []


def test_signals_are_chosen_by_domain_and_site(stage: Asking):
    """But hours, which are over all pairs of a mentor, tell a line neither in what nor where one of them is."""
    made = stage.organisation
    ede = made.session.get_one(Person, made.people["junior"]).site_id
    for mentor, junior, domain, kind, side in (
        ("senior", "junior", "Pneumatiek", "apart", "both"),
        ("senior", "other_junior", "Lassen", "apart", "both"),
        ("other_senior", "junior", "Hydrauliek", "hours", "mentor"),
    ):
        pair = stage.start(mentor, junior, domain=domain)
        row = Signal(mentorship_id=pair, kind=kind, side=side, since=stage.today, raised_at=stage.now)
        stage.act(lambda session, row=row: session.add(row))
    stage.later(days=8)
    for reader, address, shown in (
        ("coordinator", f"domain={made.domains['Lassen']}", {"signal-2"}),
        ("coordinator", f"domain={made.domains['Hydrauliek']}", {"signal-3"}),
        ("coordinator", f"site={ede}&view=new", {"signal-1", "signal-2", "signal-3"}),
        ("coordinator", "site=99&domain=x", {"signal-1", "signal-2", "signal-3"}),
        ("other_manager", "", {"signal-2", "signal-3"}),
        ("other_manager", f"domain={made.domains['Hydrauliek']}", {"signal-2", "signal-3"}),
        ("other_manager", f"domain={made.domains['Lassen']}", {"signal-2"}),
        ("other_manager", f"site={ede}", {"signal-2"}),
    ):
        page = stage.screen(reader, f"/signals?{address}")
        found = {line.get("id") for line in page.tree.iter("li")}
        assert {line for line in found if line and line.startswith("signal-")} == shown, (reader, address)


def test_views_tell_who_is_working_on_it(stage: Asking, apart: None):
    page = stage.screen("coordinator", "/signals").press("Oppakken", action="pace")
    assert heading(page) == "1 signaal is van niemand" and opened(page) == ["signal-2"]
    assert groups(page) == ["Het gaat anders dan afgesproken", "Opgepakt"]
    for key, view, shown in (
        ("coordinator", "mine", {"signal-1"}),
        ("coordinator", "waits", {"signal-2"}),
        ("coordinator", "running", {"signal-1"}),
        ("coordinator", "new", {"signal-2"}),
        ("coordinator", "late", set()),
        ("coordinator", "closed", set()),
        ("manager", "running", {"signal-1"}),
        ("manager", "mine", set()),
        ("manager", "nonsense", {"signal-1", "signal-2"}),
    ):
        page = stage.screen(key, f"/signals?view={view}")
        lines = {line.get("id") for line in page.tree.iter("li")}
        assert {line for line in lines if line and line.startswith("signal-")} == shown, (key, view)
        assert bool(shown) or "Niets past in deze weergave" in page.text
    stage.screen("coordinator", "/signals").press("Oppakken", action="talk")
    page = stage.screen("coordinator", "/signals")
    assert heading(page) == "Niets vraagt om actie" and opened(page) == []
    stage.later(days=15)
    page = stage.screen("coordinator", "/signals")
    assert heading(page) == "2 signalen vragen om actie" and groups(page) == ["Bekijk opnieuw"]


def test_an_act_brings_one_back_to_the_same_place(stage: Asking, apart: None):
    client = stage.visit("coordinator")
    later = (stage.today + timedelta(days=7)).isoformat()
    step = {"action": "pace", "look_again_on": later}
    taken = client.post("/signals/1/take?after=2", step)
    assert taken.headers["Location"] == "/signals#signal-1"
    taken = client.post("/signals/1/take?after=2&view=waits", step)
    assert taken.headers["Location"] == "/signals?view=waits#signal-2", "it waits no more"
    wrong = client.post("/signals/2/take?view=waits", {"action": "pace", "look_again_on": stage.today.isoformat()})
    assert wrong.status_code == 422 and 'aria-current="page">Wacht op jou' in wrong.text
    closed = client.post("/signals/2/close?after=1", {"outcome": "Gepraat", "matter": "true"})
    assert closed.headers["Location"] == "/signals#signal-1", "the one beside it, for this one is gone"
    odd = client.post("/signals/1/close?after=x%0d%0ay", {"outcome": "Gepraat", "matter": "true"})
    assert odd.headers["Location"] == "/signals#signal-1"


def test_who_acts_on_nothing_reads_how_many_are_about_them(stage: Asking, apart: None):
    page = stage.screen("junior", "/signals")
    assert heading(page) == "1 signaal gaat over jou" and opened(page) == []
    assert "Door jou opgepakt" not in page.names("a")
    empty = stage.screen("nobody", "/signals")
    assert heading(empty) == "Niets vraagt om actie"


def lines(page: Screen) -> list[str]:
    ids = [line.get("id") or "" for line in page.tree.iter("li")]
    return [line for line in ids if line.startswith("signal-")]


def test_a_signal_of_a_later_page_is_opened_on_that_page(stage: Asking, apart: None):
    """A link to one leads to where it stands in the list, and what is sent there comes back there."""
    for _number in range(60):
        pair = stage.start("other_senior", "other_junior", status="ended", ended_on=stage.today)
        row = Signal(mentorship_id=pair, kind="apart", side="both", since=stage.today, raised_at=stage.now)
        stage.act(lambda session, row=row: session.add(row))
    last = lines(stage.screen("coordinator", "/signals?page=2"))[-1]
    page = stage.screen("coordinator", f"/signals?open={last.removeprefix('signal-')}")
    assert "Pagina 2 van 2" in page.text and opened(page) == [last]
    taken = page.press("Oppakken", action="pace")
    assert "Pagina 2 van 2" in taken.text and last in lines(taken), "it comes back there"
    other = stage.screen("coordinator", f"/signals?page=1&open={last.removeprefix('signal-')}")
    assert "Pagina 1 van 2" in other.text and opened(other) == [], "who leafs on is not held"


@pytest.mark.parametrize("since", ["ended", "raised again", "nothing"])
def test_a_closed_signal_is_not_opened_again_where_nothing_can_be_mended(stage: Asking, apart: None, since: str):
    page = stage.screen("coordinator", "/signals?open=1").press("Sluiten", outcome="Gepraat", matter="true")
    closed = stage.read(lambda session: session.get_one(Signal, 1))
    pair, first = closed.mentorship_id, closed.since
    stage.later(minutes=1)
    if since == "ended":
        stage.act(endings.end, Actor(stage.person("junior"), frozenset()), pair, stage.now)
    if since == "raised again":
        later = first + timedelta(days=1)
        again = Signal(mentorship_id=pair, kind="apart", side="both", since=later, raised_at=stage.now)
        stage.act(lambda session: session.add(again))
    said = page.press("Terugdraaien").text
    status = stage.read(lambda session: session.get_one(Signal, 1).status)
    assert status == ("open" if since == "nothing" else "done")
    assert ("Iemand heeft dit daarna veranderd" in said) == (since != "nothing")


def sheet(stage: Asking, key: str, url: str) -> list[list[str]]:
    text = stage.visit(key).get(url).get_data(as_text=True)
    *rows, apart, foot = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert (apart, foot) == ([], ["Wordt nooit gebruikt voor beoordeling, loon, promotie of ontslag."])
    return rows


def test_signals_are_chosen_by_what_they_are_and_by_whom_they_are_about(stage: Asking, apart: None):
    pair = stage.start("other_senior", "other_junior")
    row = Signal(mentorship_id=pair, kind="low", side="mentor", since=stage.today, raised_at=stage.now)
    stage.act(lambda session: session.add(row))
    for address, shown in (
        ("kind=apart", ["signal-1", "signal-2"]),
        ("kind=talk", ["signal-3"]),
        ("q=other_junior", ["signal-3", "signal-2"]),
        ("q=junior+other_senior", ["signal-3"]),
        ("q=other_junior&kind=apart", ["signal-2"]),
    ):
        page = stage.screen("coordinator", f"/signals?{address}")
        assert lines(page) == shown, address
        assert len(sheet(stage, "coordinator", f"/signals/signals.csv?{address}")) == 1 + len(shown), address
    assert "Niets past" in stage.screen("coordinator", "/signals?q=xyzzy").text


def test_what_is_done_from_a_choice_comes_back_to_it(stage: Asking, apart: None):
    page = stage.screen("coordinator", "/signals?kind=apart&q=other_junior").press("Oppakken", action="pace")
    assert lines(page) == ["signal-2"]


def test_a_sheet_says_what_its_reader_sees_on_the_page(stage: Asking, apart: None):
    stage.screen("coordinator", "/signals").press("Oppakken", action="pace")
    head, first, second = sheet(stage, "coordinator", "/signals/signals.csv")
    assert head == ["Duo", "Waarom het hier staat", "Over", "Sinds", "Van", "Bekijk opnieuw"]
    assert {first[0], second[0]} == {"Senior Proef – Junior Proef", "Senior Proef – Other_junior Proef"}
    taken = first if first[4] else second
    assert "tempo" in taken[4] and taken[5]
    assert [row[0] for row in sheet(stage, "manager", "/signals/signals.csv")[1:]], "the line sees both"
    assert len(sheet(stage, "junior", "/signals/signals.csv")) == 2, "one's own alone"
    assert len(sheet(stage, "nobody", "/signals/signals.csv")) == 1
    assert stage.visit("coordinator").get("/signals/signals.xlsx").data[:2] == b"PK"


def test_closing_asks_whether_something_was_the_matter(stage: Asking, apart: None):
    page = stage.screen("coordinator", "/signals?open=1").press("Sluiten", outcome="Gepraat")
    assert page.status == 422 and "Zeg of er iets aan de hand was." in page.text
    assert page.fields("Sluiten")["outcome"] == "Gepraat", "what was typed stands there still"
    page.press("Sluiten", matter="false")
    assert stage.read(lambda session: session.get_one(Signal, 1)).matter is False


@pytest.mark.parametrize(("rightly", "share", "retuned"), [(2, "40 %", True), (3, "60 %", False)])
def test_the_coordinator_reads_how_often_it_was_and_that_thresholds_are_to_be_retuned(
    stage: Asking, apart: None, rightly: int, share: str, retuned: bool
):
    pair = stage.read(lambda session: session.get_one(Signal, 1)).mentorship_id
    closed = {"mentorship_id": pair, "kind": "hours", "side": "mentor", "status": "done", "raised_at": stage.now}

    def add(number: int) -> None:
        day = stage.today - timedelta(days=number)
        done_at = stage.now + timedelta(minutes=number)
        row = Signal(**closed, done_at=done_at, since=day, matter=number < rightly)
        stage.act(lambda session: session.add(row))

    for number in range(4):
        add(number)
    assert "meer uren dan er bevestigd zijn" not in stage.screen("coordinator", "/signals").text, "four say nothing"
    add(4)
    text = stage.screen("coordinator", "/signals").text
    assert f"meer uren dan er bevestigd zijn: bij {share} van 5 of meer" in text
    assert ("stel de grenzen hiervan opnieuw af" in text) is retuned
    for key in ("manager", "senior"):
        assert "bij " + share not in stage.screen(key, "/signals").text


@pytest.mark.both_databases
def test_no_count_tells_what_a_signal_was_about_that_its_author_did_not_show(stage: Asking):
    """Whoever closes "talk with this pair" and looks which count went up reads nothing of it there."""
    causes = ("alleen bij nieuw werk", "een heel laag antwoord", "twee keer achter elkaar laag", "antwoorden gedaald")
    stage.organisation.offers("nobody", 2)
    sides = product(("senior", "other_senior", "nobody"), ("junior", "other_junior"))
    pairs = [stage.organisation.pair(*both) for both in sides][:5]
    stage.organisation.session.commit()
    told = ["geantwoord: bij"]
    for number, pair in enumerate(pairs):
        text = stage.screen("coordinator", "/signals").text
        assert not [one for one in told if one in text], f"{number} pairs say nothing"
        closed = {"mentorship_id": pair, "side": "junior", "status": "done", "raised_at": stage.now}
        for kind in ("safety", "low", "lowest"):
            row = Signal(**closed, kind=kind, done_at=stage.now, since=stage.today, matter=number < 3)
            stage.act(lambda session, row=row: session.add(row))
    text = stage.screen("coordinator", "/signals").text
    assert "wat er geantwoord is: bij 60 % van 5 of meer" in text, "closed together they are one"
    assert not [cause for cause in causes if cause in text]


def test_what_somebody_shows_stands_apart_from_what_one_answered_oneself(stage: Asking):
    """The coordinator is a mentor as well: their own low one is theirs, the one they are shown is another's."""
    stage.organisation.offers("coordinator")
    mine, shown = stage.start("coordinator", "junior"), stage.start("senior", "other_junior")
    for pair in (mine, shown):
        by = {"mentorship_id": pair, "side": "mentor", "since": stage.today, "raised_at": stage.now}
        stage.act(lambda session, by=by: session.add(Signal(kind="low", **by)))
    stage.change(Signal, 2, released_at=stage.now, released_by=stage.person("senior"))
    page = stage.screen("coordinator", "/signals")
    talk, own = page.text.index("Tijd om te praten"), page.text.index("Uit wat je antwoordde")
    assert talk < page.text.index("Senior Proef – Other_junior Proef") < own
    assert own < page.text.index("Coordinator Proef – Junior Proef")
    for kind, pairs in (
        ("low", "Coordinator Proef – Junior Proef"),
        ("shown-low", "Senior Proef – Other_junior Proef"),
    ):
        rows = sheet(stage, "coordinator", f"/signals/signals.csv?kind={kind}")
        assert [row[0] for row in rows[1:]] == [pairs], kind
    addresses = [one.get("href") or "" for one in page.tree.iter("a")]
    for kind, there in (("low", True), ("shown-low", True), ("safety", False)):
        assert any(f"kind={kind}" in address for address in addresses) is there, kind


def test_several_signals_of_a_pair_are_one_line_and_each_is_reached_from_it(stage: Asking, apart: None):
    row = Signal(mentorship_id=1, kind="rule", side="both", about="site", since=stage.today, raised_at=stage.now)
    stage.act(lambda session: session.add(row))
    page = stage.screen("coordinator", "/signals")
    assert heading(page) == "2 signalen zijn van niemand" and len(lines(page)) == 2
    assert "Ook: Dit duo past niet meer bij een regel" in page.text
    other = page.open("/signals?open=3")
    assert "Ook: Vier weken niet samen gewerkt" in other.text
    assert opened(other) == ["signal-3"] and len(lines(other)) == 2
    done = other.press("Sluiten", outcome="Geregeld", matter="false")
    assert len(lines(done)) == 2, "the other signal of the pair stands on its line"


def test_what_is_closed_stands_in_its_view_with_what_was_done(stage: Asking, apart: None):
    stage.screen("coordinator", "/signals?open=1").press("Sluiten", outcome="Samen gepraat", matter="false")
    page = stage.screen("coordinator", "/signals?view=closed")
    assert lines(page) == ["signal-1"] and "Samen gepraat" in page.text and opened(page) == []
    assert "Oppakken" not in page.names("button")
    assert "Samen gepraat" not in stage.screen("junior", "/signals?view=closed").text
    assert lines(stage.screen("other_manager", "/signals?view=closed")) == []
    stage.later(weeks=13)
    assert lines(stage.screen("coordinator", "/signals?view=closed")) == []


@pytest.fixture
def whole_line(stage: Asking, apart: None) -> str:
    """A pair of which three signals are nobody's, one of them help that its mentor asked of the coordinator."""
    site = Signal(mentorship_id=1, kind="rule", side="both", about="site", since=stage.today, raised_at=stage.now)
    asked = Signal(mentorship_id=1, kind="help", side="mentor", about="coordinator", since=stage.today)
    asked.raised_at = stage.now
    stage.act(lambda session: session.add_all([site, asked]))
    return "Pak alle 3 op: Senior Proef – Junior Proef"


def rows(stage: Asking) -> list[Signal]:
    return stage.read(lambda session: list(session.exec(select(Signal).order_by(Signal.id))))


def test_a_whole_line_is_picked_up_at_once_and_given_back(stage: Asking, whole_line: str):
    page = stage.screen("coordinator", "/signals?view=new&kind=rule")
    assert [name for name in page.names("button") if name.startswith("Pak alle")] == [whole_line]
    done = page.press(whole_line)
    assert "Opgepakt: 3 signalen van dit duo." in stage.screen("coordinator", "/undo").text
    me, again = stage.person("coordinator"), stage.today + timedelta(days=14)
    stands = [(row.status, row.owner_id, row.look_again_on) for row in rows(stage)]
    assert stands == [("taken", me, again), ("open", None, None), ("taken", me, again), ("taken", me, again)]
    assert rows(stage)[3].seen_at == stage.now, "who asked for help reads that it was seen"
    assert "view=new" in done.client.get("/signals?view=new").request.url
    shown = stage.screen("coordinator", "/signals?view=mine")
    assert len(lines(shown)) == 1 and not [name for name in shown.names("button") if name.startswith("Pak alle")]
    assert "Coordinator Proef heeft het opgepakt en kijkt opnieuw op" in shown.text
    assert "Oppakken" in shown.open("/signals?open=1").names("button"), "what is done is said later"
    back = stage.visit("coordinator")
    (number,) = re.findall(r'action="(/undo/\d+)"', back.get("/undo").text)
    back.post(number, {"from_page": "/signals"})
    assert {row.status for row in rows(stage)} == {"open"} and rows(stage)[3].seen_at is None


def test_what_another_picked_up_meanwhile_stays_theirs(stage: Asking, whole_line: str):
    page = stage.screen("coordinator", "/signals")
    stage.screen("director", "/signals?open=1").press("Oppakken", action="talk")
    page.press(whole_line)
    assert [row.owner_id for row in rows(stage)[:1]] == [stage.person("director")]
    assert rows(stage)[2].owner_id == stage.person("coordinator")
    again = stage.visit("coordinator").post("/signals/3/take-line")
    assert again.status_code == 409 and "Iemand heeft deze al opgepakt." in again.text


def test_a_line_is_picked_up_as_far_as_its_reader_acts_on_it(stage: Asking, whole_line: str):
    """Help that was asked of another is not theirs to pick up, nor counted."""
    page = stage.screen("director", "/signals")
    page.press("Pak alle 2 op: Senior Proef – Junior Proef")
    assert [row.status for row in rows(stage)] == ["taken", "open", "taken", "open"]
    for key in ("other_senior", "other_junior"):
        assert stage.visit(key).post("/signals/3/take-line").status_code == 404


def test_one_signal_alone_is_picked_up_by_itself(stage: Asking, apart: None):
    assert not [name for name in stage.screen("coordinator", "/signals").names("button") if name.startswith("Pak")]
