"""What the form promises stays true afterwards: when posts change hands, visibility changes, or roles meet in one."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.checkins.signals.models import Signal
from mentorship.insight.overview import overview
from mentorship.people import actions as people
from mentorship.people.models import Person
from tests.checkins.stage import Asking

HELP, TALK = "Wil hulp", "Praat met dit duo"


def asks(stage: Asking, key: str, helper: str) -> None:
    stage.start("senior", "junior")
    stage.open()
    stage.send(key, 4, help_from=[helper])


def test_a_new_confidant_does_not_hear_what_was_asked_of_the_old_one(stage: Asking):
    stage.confide("nobody")
    asks(stage, "junior", "confidant")
    stage.confide("coordinator")
    assert stage.asked_in_confidence("nobody") == ["Junior Proef"]
    assert stage.asked_in_confidence("coordinator") == [] and stage.cards("coordinator") == []


def test_a_new_manager_does_not_hear_what_was_asked_of_the_old_one(stage: Asking, session: Session):
    asks(stage, "junior", "manager")
    session.get_one(Person, stage.person("junior")).manager_id = stage.person("other_manager")
    session.commit()
    assert stage.cards("manager") == [HELP] and stage.cards("other_manager") == []


@pytest.mark.parametrize(("side", "helper"), [("coordinator", "de coördinator"), ("nobody", "de vertrouwenspersoon")])
def test_nobody_is_offered_as_help_who_is_a_side_of_the_duo(stage: Asking, side: str, helper: str):
    stage.confide("nobody")
    for n, mentor in enumerate(("senior", side)):
        if n:
            stage.organisation.offers(side)
        stage.start(mentor, "junior")
    stage.open()
    first, second = (stage.screen("junior", f"/checkins/{row.id}").text for row in stage.asked("junior"))
    assert helper in first and helper not in second


LOW, NOT_LOW = "Kant van Junior: laag", "Kant van Senior: niet laag"


def test_wider_visibility_shows_nothing_that_was_said_before_it(stage: Asking):
    stage.widen("aggregates")
    pair = stage.start("senior", "junior")
    stage.open()
    stage.twice(junior=2, senior=5)
    stage.later(days=1)
    stage.widen("classes")
    url = f"/checkins/duo/{pair}"
    assert stage.cards("manager") == [] and "Kant van Junior: nog onbekend" in stage.screen("manager", url).text
    assert stage.cards("coordinator") == [TALK] and "loopt vast" in stage.screen("coordinator", url).text
    stage.screen("coordinator", "/signals").press("Sluiten", outcome="Gepraat", matter="true")
    stage.later(days=14)
    stage.open()
    stage.send("junior", 1)
    stage.send("senior", 5)
    assert "Kant van Junior: nog onbekend" in stage.screen("manager", url).text, "one answer since"
    stage.next_time()
    stage.send("junior", 1)
    stage.send("senior", 5)
    text = stage.screen("manager", url).text
    assert stage.cards("manager") == [TALK] and LOW in text and NOT_LOW in text


def test_visibility_changed_back_restores_what_managers_saw(stage: Asking):
    pair = stage.start("senior", "junior")
    stage.open()
    stage.twice(junior=1, senior=5)
    url = f"/checkins/duo/{pair}"
    for other in ("released", "aggregates"):
        assert stage.cards("manager") == [TALK] and LOW in stage.screen("manager", url).text
        stage.later(days=1)
        stage.widen(other)
        assert stage.cards("manager") == [] and "zien leidinggevenden niet" in stage.screen("manager", url).text
        stage.later(days=1)
        stage.widen("classes")
    assert stage.cards("manager") == [TALK] and LOW in stage.screen("manager", url).text


def test_what_was_said_between_two_choices_stays_as_it_was_promised(stage: Asking):
    pair = stage.start("senior", "junior")
    stage.open()
    stage.twice(junior=5, senior=5)
    stage.later(days=1)
    stage.widen("aggregates")
    stage.next_time()
    stage.twice(junior=1, senior=5)
    stage.later(days=1)
    stage.widen("classes")
    url = f"/checkins/duo/{pair}"
    assert stage.cards("manager") == [] and "Kant van Junior: niet laag" in stage.screen("manager", url).text
    assert stage.cards("coordinator") == [TALK] and "loopt vast" in stage.screen("coordinator", url).text
    assert "Je leidinggevende ziet dit niet" in stage.screen("junior", "/signals").text, "nor does its author read so"


def test_many_signals_are_one_duo_to_talk_with(stage: Asking):
    stage.start("senior", "junior")
    stage.open()
    stage.twice(junior=1, senior=2)
    assert {(kind, side) for kind, side, _ in stage.signals()} == {("safety", "junior"), ("low", "mentor")}
    assert stage.cards("manager") == stage.cards("coordinator") == [TALK]
    stage.screen("coordinator", "/signals").press("Oppakken", action="pace")
    assert stage.cards("coordinator") == [TALK]
    stage.screen("coordinator", "/signals").press("Sluiten", outcome="Samen gepraat.", matter="true")
    assert stage.cards("coordinator") == stage.cards("manager") == []
    rows = stage.read(lambda s: [row.status for row in s.exec(select(Signal))])
    assert set(rows) == {"done"}, "who closed the card closed all that stood on it"


def test_a_released_signal_does_not_tell_of_an_earlier_one(stage: Asking):
    stage.choose("released")
    pair = stage.start("senior", "junior")
    row = Signal(mentorship_id=pair, kind="low", side="junior", since=stage.today, raised_at=stage.now, returned=True)
    stage.act(lambda session: session.add(row))
    stage.screen("junior", "/signals").press("Laat mijn leidinggevende dit zien")
    assert stage.cards("manager") == [TALK] and "teruggekomen" not in stage.screen("manager", "/signals").text
    assert stage.cards("coordinator") == ["Een van de twee laat zien: twee keer achter elkaar laag"]
    assert "teruggekomen" in stage.screen("coordinator", "/signals").text


def test_a_coordinator_who_mentors_is_told_no_class_of_their_own_duo(stage: Asking):
    stage.organisation.offers("coordinator")
    stage.start("coordinator", "junior")
    stage.start("senior", "other_junior")
    stage.open()
    stage.twice(junior=2, coordinator=5, senior=5, other_junior=5)
    coordinator = stage.organisation.actor("coordinator")
    stage.organisation.session.commit()
    found = stage.read(overview, coordinator, stage.now)
    assert found.running == 1 and found.classes == {"in_balance": 1}
    assert stage.cards("coordinator") == []


def test_roles_that_are_taken_away_close_the_list(stage: Asking):
    stage.start("senior", "junior")
    stage.open()
    stage.send("junior", 1)
    assert stage.cards("manager") == [TALK]
    stage.act(people.set_roles, stage.actor("admin"), stage.person("manager"), [], stage.now)
    assert stage.cards("manager") == []


def test_what_asked_for_attention_is_closed_with_the_duo_and_help_still_waits(stage: Asking):
    pair = stage.start("senior", "junior", ago=60)
    stage.open()
    stage.send("junior", 1, help_from=["coordinator"])
    assert sorted(stage.cards("coordinator")) == ["Praat met dit duo", "Wil hulp"]
    stage.screen("senior", f"/checkins/endings/{pair}").press("Dit duo beëindigen")
    assert stage.cards("coordinator") == ["Wil hulp"] and stage.cards("manager") == []
    closing = stage.screen("junior", f"/checkins/{stage.newest('junior').id}")
    assert "mijn mentor" not in closing.text and "de coördinator" in closing.text


def test_the_desk_counts_what_waits_and_not_what_others_took_on(stage: Asking):
    stage.start("senior", "junior")
    stage.open()
    stage.send("junior", 1)
    assert "1 signaal vraagt om actie" in stage.screen("coordinator").text
    page = stage.screen("manager", "/signals").press("Oppakken", action="pace")
    assert page.tap("Senior Proef – Junior Proef").path.startswith("/checkins/duo/")
    assert "vraagt om actie" not in stage.screen("coordinator").text
    stage.later(days=14)
    assert "1 afspraak is te laat" in stage.screen("coordinator").text, "its day to look again has come"
