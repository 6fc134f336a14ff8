"""Asking for help once more: every request reaches whom it asks, and who asked reads of each whether it was seen."""

from __future__ import annotations

import pytest
from sqlmodel import select

from mentorship.checkins.signals import raising
from mentorship.checkins.signals.models import Signal
from tests.checkins.stage import Asking

SEEN, UNSEEN = "gezien op", "nog niet gezien"


@pytest.fixture
def asked(stage: Asking) -> Asking:
    """A pair whose junior asked the coordinator and a confidant for help, and asks them once more in two weeks."""
    stage.confide("nobody")
    stage.start()
    stage.open()
    stage.send("junior", 4, help_from=["coordinator", "confidant"])
    return stage


def again(stage: Asking) -> None:
    stage.next_time()
    stage.send("junior", 4, help_from=["coordinator", "confidant"])


def told(stage: Asking) -> list[str]:
    """What the junior reads under each of their check-ins of whether their requests were seen."""
    return [stage.screen("junior", f"/checkins/{row.id}").text for row in stage.asked("junior")]


def rows(stage: Asking) -> list[Signal]:
    found: list[Signal] = stage.read(lambda session: list(session.exec(select(Signal).order_by(Signal.id))))
    return found


@pytest.mark.both_databases
def test_a_request_after_one_that_was_seen_reaches_them_anew(asked: Asking):
    asked.screen("coordinator", "/signals").press("Gezien")
    asked.screen("nobody", "/checkins/asked").press("Gezien")
    again(asked)
    first, second = told(asked)
    assert first.count(SEEN) == 2 and UNSEEN not in first
    assert second.count(UNSEEN) == 2 and SEEN not in second, "the earlier one was seen, not this one"
    assert asked.cards("coordinator") == ["Wil hulp", "Wil hulp"]
    assert asked.asked_in_confidence("nobody") == ["Junior Proef"]
    assert "1 mens vraagt jou om hulp" in asked.screen("nobody").text
    asked.screen("coordinator", "/signals").press("Gezien")
    asked.screen("nobody", "/checkins/asked").press("Gezien")
    assert told(asked)[1].count(SEEN) == 2


@pytest.mark.both_databases
@pytest.mark.parametrize("seen", [True, False])
def test_two_that_wait_are_one_card_and_both_are_seen_with_it(asked: Asking, seen: bool):
    again(asked)
    assert asked.cards("coordinator") == ["Wil hulp"]
    assert "1 persoon vraagt naar je" in asked.screen("nobody", "/checkins/asked").text
    if seen:
        asked.screen("coordinator", "/signals").press("Gezien")
        asked.screen("nobody", "/checkins/asked").press("Gezien")
        assert {row.status for row in rows(asked)} == {"open"}
    else:
        asked.screen("coordinator", "/signals").press("Sluiten", outcome="Gebeld")
        asked.screen("nobody", "/checkins/asked").press("Klaar")
        assert {row.status for row in rows(asked)} == {"done"}
        assert asked.cards("coordinator") == [] and not asked.asked_in_confidence("nobody")
    assert [text.count(SEEN) for text in told(asked)] == [2, 2]


def test_whoever_is_asked_now_hears_it_whomever_an_earlier_one_was_asked_of(asked: Asking):
    asked.confide("other_manager")
    again(asked)
    assert asked.asked_in_confidence("nobody") == asked.asked_in_confidence("other_manager") == ["Junior Proef"]
    asked.screen("nobody", "/checkins/asked").press("Gezien")
    first, second = told(asked)
    assert "(Nobody Proef): gezien op" in first
    assert "(Other_manager Proef): nog niet gezien" in second


def test_a_night_raises_no_request_twice(asked: Asking):
    asked.screen("nobody", "/checkins/asked").press("Gezien")
    again(asked)
    before = len(rows(asked))
    asked.confide("other_manager")
    for _ in range(2):
        asked.later(days=1)
        asked.act(raising.evaluate, asked.now)
    assert len(rows(asked)) == before == 4 and not asked.asked_in_confidence("other_manager")


def test_a_request_that_is_open_yet_stands_above_each_next_one(asked: Asking):
    asked.screen("coordinator", "/signals").press("Gezien")
    asked.screen("nobody", "/checkins/asked").press("Klaar")
    asked.next_time()
    asked.send("junior", 4)
    asked.next_time()
    form = asked.screen("junior", f"/checkins/{asked.newest('junior').id}").text
    assert "Je hebt hulp gevraagd. De coördinator: gezien op" in form and "vroegen van niemand iets" not in form
    assert "vertrouwenspersoon" not in form.partition("Sinds je vorige")[2].partition("Ik ga vooruit")[0]
    asked.screen("coordinator", "/signals").press("Sluiten", outcome="Gebeld")
    form = asked.screen("junior", f"/checkins/{asked.newest('junior').id}").text
    assert "Je vorige antwoorden vroegen van niemand iets." in form
