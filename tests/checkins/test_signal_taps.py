"""A mentor whose own signal says it is too much changes it in one tap; too many hours reach the line a week later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mentorship.base.errors import Refused
from mentorship.base.mail_kinds import UNDO_LASTS
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals.models import Signal
from mentorship.people.models import PersonRole
from mentorship.profiles.models import Capacity
from tests.checkins.stage import Asking
from tests.factories import Screen
from tests.rounds.stage import at_once

TALK, LOWEST = "Praat met dit duo", "Je gaf een keer het laagste antwoord"
FEWER, PAUSE, SECOND = "Eén plek minder", "Pauzeren", "Om een tweede mentor vragen"
HOURS = "Meer uren dan bevestigd"


@pytest.fixture
def pair(stage: Asking) -> int:
    return stage.start()


def say(stage: Asking, key: str, step: int = 1) -> None:
    """Answer, so that something is noticed in it."""
    stage.open()
    stage.send(key, step)
    if key == "senior":
        plant(stage, 1, "lowest", "mentor")


def plant(stage: Asking, pair: int, kind: str, side: str) -> int:
    row = Signal(mentorship_id=pair, kind=kind, side=side, since=stage.today, raised_at=stage.now)
    stage.act(lambda session: session.add(row))
    return signal(stage).id or 0


def signal(stage: Asking) -> Signal:
    found: Signal = stage.read(lambda s: s.exec(select(Signal).order_by(Signal.id.desc())).first())
    return found


def offer(stage: Asking) -> Capacity:
    found: Capacity = stage.read(lambda s: s.get_one(Capacity, stage.person("senior")))
    return found


def mine(stage: Asking) -> Screen:
    return stage.screen("senior", "/signals")


def test_one_tap_takes_a_place_off_and_the_signal_on(stage: Asking, pair: int):
    say(stage, "senior")
    page = mine(stage).press(FEWER)
    assert "Je biedt nu 1 plek als mentor." in page.text and FEWER not in page.names("button")
    assert "Senior Proef: minder plekken. Opnieuw kijken op 7 dec 2026." in page.text
    found = signal(stage)
    assert (found.status, found.action, found.owner_id) == ("taken", "fewer_places", stage.person("senior"))
    assert found.look_again_on == date(2026, 12, 7) and offer(stage).places == 1
    assert [row.actor_id for row in stage.audit("offer places")] == [stage.person("senior")]
    assert offer(stage).confirmed_hours == 8, "the hours stay as they were confirmed"
    assert TALK in stage.cards("coordinator")


@pytest.mark.parametrize("button", [FEWER, PAUSE, SECOND])
def test_each_tap_can_be_undone_for_ten_minutes_as_the_mail_says(stage: Asking, pair: int, button: str):
    assert timedelta(minutes=10) == UNDO_LASTS
    say(stage, "senior")
    before = offer(stage)
    page = mine(stage).press(button)
    stage.later(minutes=9)
    page.press("Terugdraaien")
    found = signal(stage)
    assert (found.status, found.action, found.owner_id) == ("open", "", None)
    after = offer(stage)
    assert (after.places, after.paused) == (before.places, before.paused)


def test_a_double_tap_takes_one_place(stage: Asking, pair: int):
    say(stage, "senior")
    page = mine(stage)
    page.press(FEWER)
    answer = page.client.post(f"/signals/{signal(stage).id}/fewer-places")
    assert answer.status_code == 303 and offer(stage).places == 1
    said = "Dit heb je al gedaan bij dit signaal: er is niets opnieuw veranderd. Je biedt nu 1 plek als mentor."
    assert said in page.client.follow(answer).text
    assert len(stage.audit("offer places")) == len(stage.audit("take signal")) == 1


def test_two_taps_at_the_same_moment_take_one_place(stage: Asking, pair: int):
    say(stage, "senior")
    number, actor = signal(stage).id, stage.actor("senior")
    taps = [lambda: stage.act(signal_actions.fewer_places, actor, number, stage.now)] * 3
    assert sorted(at_once(*taps)) == [(False, 1), (False, 1), (True, 1)]
    assert offer(stage).places == 1


def test_when_one_looks_again_a_next_place_may_go_and_never_below_none(stage: Asking, pair: int):
    say(stage, "senior")
    for places in (1, 0):
        mine(stage).press(FEWER)
        assert offer(stage).places == places
        stage.later(days=14)
    assert FEWER not in mine(stage).names("button") and PAUSE in mine(stage).names("button")
    answer = stage.visit("senior").post(f"/signals/{signal(stage).id}/fewer-places")
    assert answer.status_code == 422 and "Je biedt nu geen plekken" in answer.text
    assert offer(stage).places == 0 and len(stage.audit("take signal")) == 2


def test_a_pause_lasts_four_weeks_and_no_shorter_than_it_did(stage: Asking, pair: int):
    say(stage, "senior")
    page = mine(stage).press(PAUSE)
    assert "Je neemt geen nieuwe juniors aan tot en met 21 dec 2026" in page.text
    assert (offer(stage).paused, offer(stage).paused_until) == (True, date(2026, 12, 21))
    assert signal(stage).action == "pause" and "een pauze als mentor" in page.text
    stage.later(days=1)
    client = stage.visit("senior")
    answer = client.post(f"/signals/{signal(stage).id}/pause")
    assert "Dit heb je al gedaan" in client.follow(answer).text and offer(stage).paused_until == date(2026, 12, 21)
    for until, said in ((None, "tot je de pauze stopt"), (date(2027, 6, 1), "tot en met 1 jun 2027")):
        stage.later(days=14)
        stage.change(Capacity, stage.person("senior"), paused_until=until)
        assert said in mine(stage).press(PAUSE).text
        assert offer(stage).paused_until == until, "a longer pause is not cut short"


def test_a_second_mentor_is_asked_of_the_coordinator_in_neutral_words(stage: Asking, pair: int):
    say(stage, "senior")
    page = mine(stage).press(SECOND)
    assert "De coördinator ziet dat je om een tweede mentor vraagt" in page.text
    told = stage.screen("coordinator", "/signals")
    assert stage.cards("coordinator") == [TALK]
    assert "vraagt jou dit Senior Proef vraagt om een tweede mentor. Opnieuw kijken op 7 dec 2026." in told.text
    assert LOWEST not in told.text
    assert signal(stage).owner_id == stage.person("senior")
    plant(stage, pair, "apart", "both")
    assert stage.cards("coordinator")[0] == TALK, "what is asked does not sink under what is open"
    told.press("Sluiten", outcome="Tweede mentor gevonden", matter="true")
    assert TALK not in stage.cards("coordinator")


def test_a_coordinator_who_manages_the_mentor_too_is_asked_for_a_second_one(stage: Asking, pair: int):
    appoint(stage)
    say(stage, "senior")
    mine(stage).press(SECOND)
    told = stage.screen("manager", "/signals").text
    assert "vraagt jou dit Senior Proef vraagt om een tweede mentor." in told


def test_a_manager_who_coordinates_too_reads_by_kind_what_its_author_shows(stage: Asking, pair: int):
    appoint(stage)
    say(stage, "senior")
    assert stage.cards("manager") == [TALK]
    stage.change(Signal, signal(stage).id, released_at=stage.now, released_by=stage.person("senior"))
    assert stage.cards("manager") == stage.cards("coordinator") != [TALK]


def appoint(stage: Asking) -> None:
    """Let the mentor's manager coordinate too."""
    role = PersonRole(person_id=stage.person("manager"), role="coordinator")
    stage.act(lambda session: session.add(role))


@pytest.mark.parametrize(
    ("raised", "side", "offered"),
    [
        ("apart", "both", True),
        ("hours", "mentor", True),
        ("rule", "both", True),
        ("low", "mentor", True),
        ("help", "junior", False),
        ("help", "mentor", False),
    ],
)
def test_taps_stand_at_what_is_ones_own(stage: Asking, pair: int, raised: str, side: str, offered: bool):
    about = {"apart": "", "rule": "site"}.get(raised, "mentor" if side == "junior" else "coordinator")
    number = plant(stage, pair, raised, side)
    stage.change(Signal, number, about=about if raised in ("help", "rule") else "")
    page = mine(stage)
    assert (FEWER in page.names("button")) is (SECOND in page.names("button")) is offered
    for verb in ("fewer-places", "pause", "second-mentor"):
        for key in ("junior", "manager", "coordinator", "other_senior", *(() if offered else ("senior",))):
            assert stage.visit(key).post(f"/signals/{number}/{verb}").status_code == 404, (key, verb)
    assert offer(stage).places == 2 and not offer(stage).paused and signal(stage).status == "open"


def test_who_has_lost_the_pair_taps_nothing(stage: Asking, pair: int):
    number = plant(stage, pair, "low", "junior")
    for verb in (signal_actions.fewer_places, signal_actions.pause, signal_actions.second_mentor):
        with pytest.raises(Refused):
            stage.act(verb, stage.actor("senior"), number, stage.now)
    stage.change(Signal, number, side="mentor", status="done", done_at=stage.now)
    assert stage.visit("senior").post(f"/signals/{number}/pause").status_code == 409


@pytest.mark.parametrize("visibility", ["classes", "released", "aggregates"])
def test_hours_over_the_confirmed_reach_the_line_after_a_week(stage: Asking, visibility: str):
    pair = stage.start("senior", "other_junior")
    stage.choose(visibility)
    plant(stage, pair, "hours", "mentor")
    stage.later(days=6, hours=23)
    assert {key for key in LINES if HOURS in stage.cards(key)} == {"senior"}
    stage.later(hours=1)
    seen = {key for key in LINES if HOURS in stage.cards(key)}
    assert seen == {"senior", "manager", "director", "other_manager", "coordinator"}, "both lines, after the mentor"
    assert "Other_junior" not in stage.screen("manager", "/signals").text, "the hours are over all a mentor's pairs"


LINES = ("senior", "other_junior", "manager", "director", "other_manager", "coordinator")


def test_the_line_sees_at_once_what_the_mentor_does_about_the_hours(stage: Asking, pair: int):
    plant(stage, pair, "hours", "mentor")
    mine(stage).press(FEWER)
    for key in ("manager", "coordinator"):
        assert "Senior Proef: minder plekken" in stage.screen(key, "/signals").text
    assert not stage.cards("junior"), "whose answers it was not drawn from"
