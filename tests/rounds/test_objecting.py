"""Managers of somebody who was paired at once: they object or not, and who is away consents to nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.starting import start_due
from mentorship.people.access import MANAGER, Actor
from mentorship.profiles.away.models import Away
from mentorship.rounds.announcing import objecting, pending
from mentorship.rounds.direct import actions
from tests.factories import Screen
from tests.rounds.stage import Stage, at_once

FINE, TOO_MUCH = "", "too_much"


@pytest.fixture
def paired(stage: Stage) -> int:
    """The junior was proposed the senior at once: the manager of both may object for a day."""
    request_id, _ = stage.cast()
    verb = partial(actions.propose, request_id=request_id)
    made = stage.act(verb, stage.coordinator, stage.person("junior"), stage.person("senior"), stage.now)
    return made.id or 0


def manager(stage: Stage, key: str = "manager") -> Actor:
    return Actor(stage.person(key), frozenset({MANAGER}), key)


def says(stage: Stage, paired: int, reason: str, who: str = "manager") -> None:
    stage.act(objecting.answer, manager(stage, who), paired, reason, stage.now)


def status(stage: Stage, paired: int) -> str:
    return next(found.status for found in stage.mentorships() if found.id == paired)


def test_an_objection_withdraws_it_and_the_request_is_open_again(stage: Stage, paired: int):
    says(stage, paired, TOO_MUCH)
    (found,) = [found for found in stage.mentorships() if found.id == paired]
    assert found.status == "refused" and found.withdrawn_at and found.lapsed, "nobody of the two said no"
    assert len(stage.audit("object to pair")) == 1
    assert stage.read(pending.count_objected) == 1, "the coordinator is told"
    with pytest.raises(Conflict):
        says(stage, paired, FINE)


def test_what_is_fine_begins_once_the_day_is_over(stage: Stage, paired: int):
    says(stage, paired, FINE)
    stage.answer("junior", paired, True)
    stage.answer("senior", paired, True)
    assert status(stage, paired) == "proposed", "the day is not over"
    stage.act(start_due, stage.now + timedelta(days=2))
    assert status(stage, paired) == "active" and not stage.read(pending.count_objected)


def test_who_said_fine_may_object_still(stage: Stage, paired: int):
    says(stage, paired, FINE)
    says(stage, paired, TOO_MUCH)
    assert status(stage, paired) == "refused"


def test_after_their_days_it_is_too_late(stage: Stage, paired: int):
    later = stage.now + timedelta(days=2)
    with pytest.raises(Conflict):
        stage.act(objecting.answer, manager(stage), paired, TOO_MUCH, later)
    assert status(stage, paired) == "proposed"


def test_a_manager_of_neither_is_not_asked(stage: Stage, paired: int):
    with pytest.raises(Refused):
        says(stage, paired, TOO_MUCH, who="other_manager")
    assert not stage.read(pending.waiting_for, stage.person("other_manager"), stage.now)


def test_an_objection_and_an_answer_at_the_same_moment(stage: Stage, paired: int):
    stage.answer("junior", paired, True)
    at_once(
        partial(says, stage, paired, TOO_MUCH),
        partial(stage.answer, "senior", paired, True),
    )
    assert status(stage, paired) == "refused"


def test_who_is_away_consents_to_nothing_until_they_are_back(stage: Stage):
    """The day ends on the first working day on which the manager is there again."""
    request_id, _ = stage.cast()
    away = Away(person_id=stage.person("manager"), first_day=stage.now.date(), last_day=date(2026, 12, 4))
    stage.act(lambda session: session.add(away))
    verb = partial(actions.propose, request_id=request_id)
    made = stage.act(verb, stage.coordinator, stage.person("junior"), stage.person("senior"), stage.now)
    assert made.objections_until is not None
    assert local_date(made.objections_until - timedelta(seconds=1)) == date(2026, 12, 7)


def test_a_manager_objects_with_one_tap_and_takes_it_back(visit: Any, stage: Stage, paired: int):
    stage.organisation.speak("en")
    screen = Screen(visit("manager"), "/").tap("See and answer")
    assert screen.heading == "1 pair waits for you to look" and "Senior Proef mentors Junior Proef" in screen.text
    screen.press("Too much for this person now")
    assert "The proposal is withdrawn" in screen.text and "No pair waits for you" in screen.heading
    assert "A manager objected to 1 pair made at once" in visit("coordinator").get("/").text
    screen.press("Undo")
    assert status(stage, paired) == "proposed"
    assert Screen(visit("manager"), "/announcing").heading == "1 pair waits for you to look"


@pytest.mark.parametrize("who", ["other_manager", "coordinator"])
def test_who_is_not_asked_hears_the_same_as_of_a_pair_that_nobody_is_asked_about(stage: Stage, paired: int, who: str):
    with pytest.raises(Conflict) as refused:
        says(stage, paired, TOO_MUCH, who)
    assert status(stage, paired) == "proposed"
    stage.act(lambda session: setattr(session.get_one(Mentorship, paired), "objections_until", None))
    with pytest.raises(Conflict, match=re.escape(str(refused.value))):
        says(stage, paired, TOO_MUCH, who)


@pytest.mark.parametrize("who", ["junior", "senior", "hr", "admin"])
def test_nobody_else_objects(visit: Any, stage: Stage, paired: int, who: str):
    assert visit(who).post(f"/announcing/pairs/{paired}", {"said": TOO_MUCH}).status_code in (403, 404)
    assert status(stage, paired) == "proposed"
