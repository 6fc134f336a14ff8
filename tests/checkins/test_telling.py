"""A lowest answer is first asked back to its author; silence brings a question to the person, and nothing to others."""

from __future__ import annotations

import pytest

from mentorship.checkins.endings import actions as endings
from mentorship.people.access import Actor
from tests.checkins.stage import Asking
from tests.factories import Screen

ASKS, YES, TALK = "Mag iemand het weten?", "Ja, laat het iemand weten", "Praat met dit duo"
UNHEARD = "De laatste twee keer hoorden we niets van je"
OTHERS = ("junior", "manager", "director", "coordinator")


def sent(stage: Asking, key: str = "senior") -> Screen:
    return stage.screen(key, f"/checkins/{stage.newest(key).id}")


@pytest.fixture
def asked(stage: Asking) -> int:
    """A pair of which the mentor gave the lowest answer everywhere."""
    pair = stage.start()
    stage.open()
    stage.send("senior", 1)
    return pair


def test_nobody_hears_of_a_lowest_answer_before_its_author_says_so(stage: Asking, asked: int):
    page = sent(stage)
    assert ASKS in page.text and "De coördinator en je leidinggevenden lezen dan “praat met dit duo”" in page.text
    assert stage.signals() == [] and not any(stage.cards(key) for key in OTHERS)
    page = page.press(YES)
    assert "Iemand hoort dat het tijd is om te praten" in page.text
    assert stage.signals() == [("lowest", "mentor", "")]
    assert {key for key in OTHERS if stage.cards(key) == [TALK]} == set(OTHERS) - {"junior"}
    page = sent(stage)
    assert "Je liet het iemand weten op 23 nov 2026." in page.text and YES not in page.names("button")
    assert stage.visit("senior").post(f"/checkins/telling/{stage.newest('senior').id}").status_code == 303
    assert len(stage.signals()) == 1, "a second tap tells nothing twice"
    assert stage.audit("let known") == [], "nor does the log tell who gave such an answer"


@pytest.mark.parametrize("visibility", ["released", "aggregates"])
def test_it_says_who_would_hear_of_it(stage: Asking, asked: int, visibility: str):
    stage.choose(visibility)
    page = sent(stage)
    assert "De coördinator leest dan “praat met dit duo”" in page.text
    page.press(YES)
    assert stage.cards("coordinator") == [TALK] and stage.cards("manager") == []


def test_without_a_yes_it_goes_on_only_when_it_is_repeated(stage: Asking, asked: int):
    stage.next_time()
    stage.send("senior", 1)
    assert stage.signals() == [("lowest", "mentor", "")]


def test_what_is_not_at_the_lowest_is_not_asked_about_nor_after_the_end(stage: Asking, asked: int):
    number = stage.newest("senior").id
    stage.send("junior", 2)
    assert ASKS not in sent(stage, "junior").text
    assert stage.visit("junior").post(f"/checkins/telling/{stage.newest('junior').id}").status_code == 409
    assert stage.visit("junior").post(f"/checkins/telling/{number}").status_code == 404, "another's"
    stage.act(endings.end, Actor(stage.person("junior"), frozenset()), asked, stage.now)
    assert ASKS not in stage.screen("senior", f"/checkins/{number}").text
    assert stage.visit("senior").post(f"/checkins/telling/{number}").status_code == 409


def test_who_did_not_answer_twice_is_asked_kindly_and_nobody_else_hears(stage: Asking):
    stage.start()
    stage.open()
    stage.next_time()
    stage.send("senior", 4)
    assert UNHEARD not in stage.screen("junior").text, "once is nothing"
    stage.next_time()
    assert stage.states("junior") == ["missed", "missed", "open"]
    assert UNHEARD in stage.screen("junior").text
    for key in ("senior", "manager", "director", "coordinator"):
        assert UNHEARD not in stage.screen(key).text and not stage.cards(key)
    stage.send("junior", 4)
    stage.next_time()
    assert UNHEARD not in stage.screen("junior").text


def close(stage: Asking) -> None:
    stage.screen("coordinator", "/signals").press("Sluiten", outcome="Gepraat", matter="true")
    assert stage.cards("coordinator") == []


def test_a_yes_within_six_weeks_of_a_closing_reaches_somebody(stage: Asking, asked: int):
    sent(stage).press(YES)
    close(stage)
    stage.next_time()
    stage.send("senior", 4, **{"answer-support": "1"})
    assert stage.cards("coordinator") == [], "what was better by itself stays quiet"
    sent(stage).press(YES)
    assert stage.cards("coordinator") == [TALK]


def test_a_yes_reaches_somebody_after_what_was_noticed_in_it_was_closed(stage: Asking, asked: int):
    stage.next_time()
    stage.send("senior", 1)
    assert stage.cards("coordinator") == [TALK], "it was repeated"
    close(stage)
    sent(stage).press(YES)
    assert stage.cards("coordinator") == [TALK] and stage.signals() == [("lowest", "mentor", "")] * 2


def test_a_yes_raises_its_own_beside_what_stands(stage: Asking):
    stage.start()
    stage.open()
    stage.send("junior", 4, **{"answer-not_alone": "1", "answer-progress": "1"})
    assert stage.signals() == [("safety", "junior", "")]
    stage.screen("coordinator", "/signals").press("Oppakken", action="talk")
    sent(stage, "junior").press(YES)
    assert stage.signals() == [("safety", "junior", ""), ("lowest", "junior", "")]
    assert stage.cards("coordinator") == [TALK, TALK], "one that nobody has picked up yet"


def test_a_yes_adds_nothing_to_an_open_one_that_was_drawn_from_it(stage: Asking, asked: int):
    stage.next_time()
    stage.send("senior", 1)
    sent(stage).press(YES)
    assert stage.signals() == [("lowest", "mentor", "")] and stage.cards("coordinator") == [TALK]
