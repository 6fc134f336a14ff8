"""What its owner cannot look at again is handed on, and the new owner reads so; what nobody else may hear is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from mentorship.checkins.signals import actions, handing
from mentorship.checkins.signals.models import Signal
from mentorship.leaving import actions as leaving
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.stand_ins.models import StandIn
from mentorship.profiles.away.models import Away
from tests.checkins.stage import Asking


@pytest.fixture
def taken(stage: Asking) -> int:
    """A pair that does not meet; the mentor's manager picked it up, to look again in two weeks."""
    pair = stage.start()
    row = Signal(mentorship_id=pair, kind="apart", side="both", since=stage.today, raised_at=stage.now)
    stage.act(lambda session: session.add(row))
    number = stage.read(lambda s: s.exec(select(Signal.id)).one())
    manager = Actor(stage.person("manager"), frozenset({"manager"}))
    stage.act(actions.take, manager, number, "pace", stage.today + timedelta(days=14), stage.now)
    return number


def hand_on(stage: Asking) -> int:
    return stage.act(handing.hand_on, stage.now)


def signal(stage: Asking) -> Signal:
    return stage.read(lambda s: s.exec(select(Signal)).one())


def is_away(stage: Asking, key: str, days: int) -> None:
    row = Away(person_id=stage.person(key), first_day=stage.today, last_day=stage.today + timedelta(days=days))
    stage.act(lambda session: session.add(row))


def test_of_who_is_here_nothing_is_handed_on(stage: Asking, taken: int):
    assert hand_on(stage) == 0 and signal(stage).owner_id == stage.person("manager")


@pytest.mark.parametrize(("days", "handed"), [(13, 0), (14, 1), (30, 1)])
def test_who_is_away_on_the_day_to_look_again_hands_it_on(stage: Asking, taken: int, days: int, handed: int):
    is_away(stage, "manager", days)
    assert hand_on(stage) == handed
    row = signal(stage)
    owner = "director" if handed else "manager"
    assert (row.owner_id, row.status, row.action) == (stage.person(owner), "taken", "pace")
    assert hand_on(stage) == 0, "once"
    if handed:
        page = stage.screen("director", "/signals")
        assert "Je hebt dit van een collega gekregen." in page.text and "Aan jou gegeven" in page.text
        assert "1 signaal vraagt om actie" in stage.screen("director", "/").text
        assert "van een collega" not in stage.screen("coordinator", "/signals").text
        assert [entry.actor_id for entry in stage.audit("hand on signal")] == [None]
        page.press("Oppakken", action="talk")
        assert signal(stage).handed_at is None


def test_a_stand_in_who_may_act_comes_first(stage: Asking, taken: int):
    is_away(stage, "manager", 20)
    row = StandIn(
        person_id=stage.person("manager"),
        stand_in_id=stage.person("coordinator"),
        first_day=stage.today,
        last_day=stage.today + timedelta(days=20),
        named_at=stage.now,
    )
    stage.act(lambda session: session.add(row))
    assert hand_on(stage) == 1 and signal(stage).owner_id == stage.person("coordinator")


def test_an_heir_who_is_away_is_passed_over(stage: Asking, taken: int):
    for key in ("manager", "director"):
        is_away(stage, key, 20)
    assert hand_on(stage) == 1 and signal(stage).owner_id == stage.person("coordinator")


def test_who_manages_neither_any_more_hands_it_on(stage: Asking, taken: int):
    for key in ("senior", "junior"):
        stage.change(Person, stage.person(key), manager_id=stage.person("other_manager"))
    assert hand_on(stage) == 1 and signal(stage).owner_id == stage.person("other_manager")


def test_of_who_leaves_the_manager_above_reads_that_it_is_theirs(stage: Asking, taken: int):
    stage.act(leaving.leave_at_once, stage.person("manager"), stage.now)
    row = signal(stage)
    assert row.owner_id == stage.person("director") and row.handed_at is not None
    assert "Je hebt dit van een collega gekregen." in stage.screen("director", "/signals").text


def test_help_asked_of_somebody_waits_for_them(stage: Asking, taken: int):
    asked = {"kind": "help", "side": "junior", "about": "manager", "asked_id": stage.person("manager")}
    stage.change(Signal, taken, **asked)
    is_away(stage, "manager", 20)
    assert hand_on(stage) == 0 and signal(stage).owner_id == stage.person("manager")
