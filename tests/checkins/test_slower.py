"""Slowing the pace carries itself out: all days move, the two are told, and who plans hears of more time alone."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from mentorship.base.errors import Refused
from mentorship.base.i18n import use_locale
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.signals import carrying
from mentorship.mentorships.goals import actions, planning
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.pace import slowing
from mentorship.people.access import MANAGER, Actor
from mentorship.people.models import Person
from mentorship.reminders import pace_mail_texts
from mentorship.reminders.acting_mail_texts import acted
from tests.checkins.stage import Asking
from tests.checkins.test_steps import duo, pick_up, plant, signal
from tests.rounds.stage import in_the_middle

WEEK = timedelta(weeks=1)


@pytest.fixture
def pair(stage: Asking) -> int:
    return stage.start()


@pytest.fixture
def goals(stage: Asking, pair: int) -> list[int]:
    """One with a day, one that is reached with a day, one without."""
    found = []
    for name, due_on in (("Pneumatiek", 6), ("Hydrauliek", 6), ("Meten", None)):
        domain_id = stage.organisation.domain(name)
        stage.organisation.session.commit()
        told = {"domain_id": domain_id, "current": 1, "target": 2, "words": "Nooit in een mail", "now": stage.now}
        by_then = None if due_on is None else stage.today + due_on * WEEK
        found.append(stage.act(actions.add, actor(stage, "junior"), pair, due_on=by_then, **told).id)
    moment = {"claimed_at": stage.now, "mentor_at": stage.now, "settled_at": stage.now}
    row = LevelClaim(goal_id=found[1], level=2, status="confirmed", evidence="Zelf gedaan.", **moment)
    stage.act(lambda session: session.add(row))
    return found


def actor(stage: Asking, key: str, *roles: str) -> Actor:
    return Actor(stage.person(key), frozenset(roles))


def days(stage: Asking, goals: list[int]) -> list[Any]:
    return [stage.read(lambda s, one=one: s.get_one(Goal, one).due_on) for one in goals]


def mails(stage: Asking) -> list[tuple[str, int]]:
    rows = stage.read(lambda s: s.exec(select(OutboxRow).order_by(OutboxRow.id)).all())
    return sorted((row.kind, row.recipient_id) for row in rows if row.kind in ("acted", "more-time"))


@pytest.mark.both_databases
def test_all_days_of_goals_that_run_move_and_undo_takes_all_back(stage: Asking, pair: int, goals: list[int]):
    before = days(stage, goals)
    number = plant(stage, pair)
    page = pick_up(stage, number, "pace")
    assert page.heading == "Hoeveel weken krijgen Junior en Senior erbij?"
    assert {"2 weken erbij", "4 weken erbij", "8 weken erbij"} <= set(page.names("button"))
    page.press("Rustiger aan doen", weeks="3")
    assert days(stage, goals) == [before[0] + 3 * WEEK, before[1], None]
    assert "Het tempo is 3 weken rustiger; door Coordinator Proef, op 23 nov 2026." in page.text
    assert signal(stage, number).did[-1]["weeks"] == 3 and stage.audit("slow pace")
    to = {key: stage.person(key) for key in ("junior", "senior", "manager")}
    told = [("acted", to["junior"]), ("acted", to["senior"]), ("more-time", to["manager"])]
    assert mails(stage) == sorted(told)
    page.press("Terugdraaien")
    assert days(stage, goals) == before and signal(stage, number).did == []
    assert mails(stage) == [], "nobody is told of what was undone"


@pytest.mark.parametrize("weeks", ["0", "27", "-2", "", "x"])
def test_a_number_that_is_none_is_said_at_its_field(stage: Asking, pair: int, goals: list[int], weeks: str):
    number = plant(stage, pair)
    page = pick_up(stage, number, "pace").press("Rustiger aan doen", weeks=weeks)
    assert page.status == 422 and page.fields("Rustiger aan doen")["weeks"] == weeks
    assert days(stage, goals)[0] == stage.today + 6 * WEEK


def test_a_day_that_has_passed_counts_from_today(stage: Asking, pair: int, goals: list[int]):
    stage.change(Goal, goals[0], due_on=stage.today - 3 * WEEK)
    stage.act(slowing.slow, actor(stage, "senior"), pair, 2, stage.now)
    assert days(stage, goals)[0] == stage.today + 2 * WEEK


def test_no_day_moves_out_of_sight(stage: Asking, pair: int, goals: list[int]):
    stage.change(Goal, goals[0], due_on=stage.today + 155 * WEEK)
    with pytest.raises(Refused, match="drie jaar"):
        stage.act(slowing.slow, actor(stage, "senior"), pair, 4, stage.now)


@pytest.mark.both_databases
def test_two_at_once_give_both_their_weeks(stage: Asking, pair: int, goals: list[int]):
    values = {"mentorship_id": pair, "now": stage.now}
    first = partial(slowing.slow, actor=actor(stage, "senior"), weeks=2, **values)

    def second() -> Any:
        return stage.act(slowing.slow, actor(stage, "junior"), weeks=4, **values)

    assert not isinstance(in_the_middle(stage.engine, first, second), Exception)
    assert days(stage, goals)[0] == stage.today + 12 * WEEK


def test_who_may_slow_the_pace(stage: Asking, pair: int, goals: list[int]):
    for key, may in {
        "coordinator": True,
        "senior": True,
        "junior": True,
        "manager": True,
        "other_manager": False,
    }.items():
        who = stage.organisation.actor(key)
        stage.organisation.session.rollback()
        found = stage.read(carrying.carried_out, who, duo(stage, pair))
        assert ("pace" in found) is may, key
    with pytest.raises(Refused):
        stage.act(slowing.slow, actor(stage, "other_manager", MANAGER), pair, 2, stage.now)
    with pytest.raises(Refused):
        stage.act(slowing.slow, actor(stage, "nobody"), pair, 2, stage.now)


def test_a_manager_above_the_mentor_alone_does_not(stage: Asking, goals: list[int], pair: int):
    made = stage.organisation
    made.person("foreman", "manager")
    made.session.commit()
    stage.change(Person, stage.person("senior"), manager_id=stage.person("foreman"))
    who = actor(stage, "foreman", MANAGER)
    assert "pace" not in stage.read(carrying.carried_out, who, duo(stage, pair))
    with pytest.raises(Refused):
        stage.act(slowing.slow, who, pair, 2, stage.now)


def test_where_no_goal_has_a_day_one_arranges_it_oneself(stage: Asking, pair: int, goals: list[int]):
    number = plant(stage, pair)
    assert "je kiest hoeveel weken erbij komen" in stage.screen("coordinator", f"/signals?open={number}").text
    stage.act(planning.set_date, actor(stage, "junior"), goals[0], None, stage.now)
    assert "je kiest hoeveel weken erbij komen" not in stage.screen("coordinator", f"/signals?open={number}").text
    page = pick_up(stage, number, "pace")
    assert page.path.startswith("/signals")
    with pytest.raises(Refused, match="streefdatum"):
        stage.act(slowing.slow, actor(stage, "senior"), pair, 2, stage.now)


def test_a_manager_who_slows_it_sees_no_goal_by_it(stage: Asking, pair: int, goals: list[int]):
    number = plant(stage, pair)
    page = pick_up(stage, number, "pace", "manager")
    shown = page.text
    page.press("Rustiger aan doen", weeks="2")
    assert days(stage, goals)[0] == stage.today + 8 * WEEK
    for word in ("Hydrauliek", "Meten", "Nooit in een mail", "18 jan"):
        assert word not in shown and word not in page.text
    assert mails(stage) == sorted(("acted", stage.person(key)) for key in ("junior", "senior"))


def test_what_the_mails_tell(stage: Asking, pair: int, goals: list[int]):
    stage.act(slowing.slow, stage.coordinator, pair, 4, stage.now)
    rows = stage.read(lambda s: s.exec(select(OutboxRow).order_by(OutboxRow.id)).all())
    with use_locale("en"):
        told = {row.kind: row for row in rows}
        to_two = stage.read(acted, told["acted"], stage.now)
        to_planner = stage.read(pace_mail_texts.more_time, told["more-time"], stage.now)
    assert to_two is not None and to_planner is not None
    assert to_two["sentences"][:2] == [
        "The goals of your pair get 4 weeks more: their days moved along.",
        "Coordinator Proef arranged this.",
    ]
    assert to_planner["sentences"] == [
        "Junior Proef gets 4 weeks more to learn the work.",
        "Plan work that is new to them accordingly.",
    ]
    assert to_planner["subject"] == "Junior Proef gets more time" and to_planner["link"] == "/week"
    everything = str(to_planner).lower()
    for word in ("goal", "signal", "pneumatiek", "senior", "coordinator", "answer"):
        assert word not in everything
    stage.change(Mentorship, pair, status="ended")
    for row, tell in ((told["acted"], acted), (told["more-time"], pace_mail_texts.more_time)):
        assert stage.read(tell, row, stage.now) is None
