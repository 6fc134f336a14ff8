"""On one's own initiative: asked now, changed afterwards; what was tapped and not sent; what was done with the last."""

from __future__ import annotations

import pytest
from flask import current_app
from sqlmodel import select

from mentorship.base import links
from mentorship.checkins import actions, queries
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.models import Mentorship
from tests.checkins.stage import Asking

NOW, CHANGE = "Vul er nu een in", "Wijzig wat ik stuurde"


def answered(stage: Asking, step: int, **fields: object) -> int:
    """A pair of which the junior answered the first one; return it."""
    pair = stage.start()
    stage.open()
    stage.send("junior", step, **fields)
    stage.send("senior", 4)
    return pair


@pytest.mark.both_databases
def test_who_wants_is_asked_now_and_the_other_is_not(stage: Asking):
    pair = answered(stage, 4)
    duo = stage.screen("junior", f"/checkins/duo/{pair}")
    assert "Alleen jij krijgt de vragen; de ander hoort er niets van." in duo.text
    form = duo.press(NOW)
    assert form.path == f"/checkins/{stage.newest('junior').id}" and "Versturen" in form.names("button")
    assert stage.states("junior") == ["answered", "open"] and stage.states("senior") == ["answered"]
    again = stage.visit("junior").post(f"/checkins/own/ask/{pair}")
    assert again.location == form.path and len(stage.asked("junior")) == 2, "the one that waits"
    assert NOW not in stage.screen("junior", f"/checkins/duo/{pair}").names("button")
    stage.send("junior", 5)
    stage.later(days=15)
    assert stage.open() == 2, "both in their own rhythm, the junior's counted from what they asked for"


def test_ones_own_wish_moves_no_date_of_the_other(stage: Asking):
    pair = answered(stage, 4)
    days = []
    for _ in range(2):
        found = stage.read(lambda s: queries.duos(s, stage.today, [pair]))
        days.append(stage.read(lambda s, duos=found: queries.next_days(s, duos, stage.person("senior"), stage.today)))
        stage.screen("junior", f"/checkins/duo/{pair}").press(NOW)
        stage.send("junior", 1)
    assert days[0] == days[1] and len(stage.asked("junior")) == 3


def test_a_pair_that_pauses_is_asked_nothing_on_anybodys_wish(stage: Asking):
    pair = answered(stage, 4)
    stage.change(Mentorship, pair, status="paused")
    assert stage.visit("junior").post(f"/checkins/own/ask/{pair}").status_code == 409
    assert stage.visit("other_junior").post(f"/checkins/own/ask/{pair}").status_code == 404
    assert len(stage.asked()) == 2


@pytest.mark.both_databases
def test_what_was_sent_is_changed_until_the_next_one_opens(stage: Asking):
    answered(stage, 1, note="Eerst", help_from=["coordinator"])
    assert {kind for kind, side, _ in stage.signals() if side == "junior"} >= {"safety", "help"}
    found = stage.newest("junior")
    form = stage.screen("junior", f"/checkins/own/{found.id}")
    shown = form.fields("Versturen")
    assert shown["answer-progress"] == "1" and shown["note"].strip() == "Eerst"
    assert shown["help_from"] == "coordinator" and "Deze keer overslaan" not in form.names("button")
    assert stage.states("junior") == ["answered"], "looking changes nothing"
    answers = {f"answer-{key}": "5" for key in found.asked or []}
    page = form.press("Versturen", **answers, note="Later", help_from=None)
    assert "Gewijzigd. Wat je nu stuurde, telt." in page.text and "Later" in page.text and "Eerst" not in page.text
    assert set(stage.answers(found.id or 0).values()) == {5} and stage.states("junior") == ["answered"]
    assert [signal for signal in stage.signals() if signal[1] == "junior"] == []
    (noted,) = stage.audit("correct check-in")
    assert noted.details == {}
    page = stage.screen("junior", f"/checkins/own/{found.id}").press("Versturen", **{"answer-not_alone": "1"})
    assert [kind for kind, side, _ in stage.signals() if side == "junior"] == ["safety"], "what it says now is raised"
    late = stage.screen("junior", f"/checkins/own/{found.id}")
    stage.next_time()
    again = stage.visit("junior").post(f"/checkins/own/{found.id}", {**late.fields("Versturen"), **answers})
    assert again.status_code == 409
    assert CHANGE not in stage.screen("junior", f"/checkins/{found.id}").text
    assert stage.screen("junior", f"/checkins/own/{found.id}").path == f"/checkins/{found.id}"
    assert stage.answers(found.id or 0)["not_alone"] == 1


def test_help_that_was_seen_is_not_unseen(stage: Asking):
    answered(stage, 4, help_from=["coordinator"])
    (row,) = stage.read(lambda s: [one.id for one in s.exec(select(Signal))])
    stage.change(Signal, row, seen_at=stage.now)
    form = stage.screen("junior", f"/checkins/own/{stage.newest('junior').id}")
    form.press("Versturen", help_from=None)
    assert stage.signals() == [("help", "junior", "coordinator")]


def test_a_wrong_change_keeps_what_was_typed_and_what_was_sent(stage: Asking):
    answered(stage, 4)
    found = stage.newest("junior")
    form = stage.screen("junior", f"/checkins/own/{found.id}")
    wrong = form.press("Versturen", note="n" * 2001, **{"answer-progress": "2"})
    assert wrong.status == 422 and wrong.fields("Versturen")["answer-progress"] == "2"
    assert stage.answers(found.id or 0)["progress"] == 4
    stage.choose("released")
    changed = form.press("Versturen", **{"answer-progress": "2"})
    assert changed.status == 422, "what managers see changed since it was shown"
    assert stage.answers(found.id or 0)["progress"] == 4


@pytest.mark.both_databases
@pytest.mark.parametrize("closes", ["late", "next", "pause"])
def test_what_was_tapped_and_not_sent_goes_when_it_closes(stage: Asking, closes: str):
    pair = stage.start()
    stage.open()
    found = stage.newest("junior")
    client = stage.visit("junior")
    assert client.post(f"/checkins/{found.id}/answer", {"key": "progress", "value": "1"}).status_code == 204
    assert stage.answers(found.id or 0)
    if closes == "pause":
        stage.change(Mentorship, pair, status="paused")
    else:
        stage.later(days=14)
    if closes == "next":
        assert stage.open() == 2
    else:
        stage.act(actions.close_missed, stage.now)
    assert not stage.answers(found.id or 0) and stage.states("junior")[0] in ("missed", "skipped")


def test_what_is_looked_at_still_stands_above_each_next_one(stage: Asking):
    answered(stage, 1)
    stage.next_time()
    stage.screen("coordinator", "/signals").press("Oppakken", action="pace", look_again_on="2027-03-01")
    stage.send("junior", 5)
    stage.send("senior", 5)
    for _ in range(2):
        stage.next_time()
        form = stage.screen("junior", f"/checkins/{stage.newest('junior').id}").text
        assert "het is opgepakt, en op 1 mrt 2027 wordt er weer naar gekeken" in form
        assert "vroegen van niemand iets" not in form
        other = stage.screen("senior", f"/checkins/{stage.newest('senior').id}").text
        assert "Je vorige antwoorden vroegen van niemand iets." in other
        stage.send("junior", 5)
        stage.send("senior", 5)


def test_what_was_done_stands_above_the_next_and_is_ones_own(stage: Asking):
    answered(stage, 1, help_from=["coordinator"])
    rows = stage.read(lambda s: {one.kind: one.id for one in s.exec(select(Signal).where(Signal.side == "junior"))})
    done = {"status": "done", "action": "pace", "done_at": stage.now, "outcome": "Geheim"}
    stage.change(Signal, rows["safety"], **done)
    stage.change(Signal, rows["help"], seen_at=stage.now)
    stage.next_time()
    form = stage.screen("junior", f"/checkins/{stage.newest('junior').id}").text
    assert "Sinds je vorige tussenstand" in form and "Geheim" not in form
    assert "Iets in je antwoorden vroeg aandacht: het tempo verlagen. Afgerond op" in form
    assert "Je hebt hulp gevraagd. De coördinator" in form and "gezien op" in form
    other = stage.screen("senior", f"/checkins/{stage.newest('senior').id}").text
    assert "Je vorige antwoorden vroegen van niemand iets." in other and "het tempo verlagen" not in other
    with stage.app.app_context():
        known = current_app.extensions["mentorship_settings"]
        url = "/links/" + links.sign(known, LINK_PURPOSE, stage.newest("junior").id, stage.now)
    held = stage.visit("junior").get(url).text
    assert "Versturen" in held and "Sinds je vorige tussenstand" not in held, "whoever holds a link may be another"


def test_before_the_first_there_is_nothing_to_say(stage: Asking):
    stage.start()
    stage.open()
    assert "Sinds je vorige" not in stage.screen("junior", f"/checkins/{stage.newest('junior').id}").text
