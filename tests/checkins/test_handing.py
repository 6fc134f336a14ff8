"""What its owner cannot look at again is handed on, and the new owner reads so; what nobody else may hear is not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from mentorship.checkins.signals import actions, handing
from mentorship.checkins.signals.models import Signal
from mentorship.insight.many import actions as many
from mentorship.insight.person import actions as one_person
from mentorship.leaving import actions as leaving
from mentorship.people.access import Actor
from mentorship.people.forms import PersonForm, RolesForm
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


def enter_away(stage: Asking, key: str, days: int, begins: int = 0) -> None:
    """Say on one's own page that one is away."""
    first = stage.today + timedelta(days=begins)
    dates = {"first_day": first.isoformat(), "last_day": (first + timedelta(days=days)).isoformat()}
    assert stage.visit(key).post("/away", dates).status_code == 303


@pytest.mark.parametrize(("days", "begins", "owner"), [(20, 0, "director"), (20, 1, "manager"), (5, 0, "manager")])
def test_entered_as_away_from_today_it_is_handed_on_at_once(
    stage: Asking, taken: int, days: int, begins: int, owner: str
):
    enter_away(stage, "manager", days, begins)
    assert signal(stage).owner_id == stage.person(owner)
    assert hand_on(stage) == 0, "the hour finds nothing that was left"


def undo(stage: Asking, key: str) -> str:
    client = stage.visit(key)
    found = re.search(r'action="(/undo/\d+)"', client.get("/undo").text)
    assert found
    return str(client.follow(client.post(found[1], {"from_page": "/away"})).text)


def test_undone_it_is_ones_own_again(stage: Asking, taken: int):
    enter_away(stage, "manager", 20)
    assert "Teruggedraaid" in undo(stage, "manager")
    row = signal(stage)
    assert (row.owner_id, row.handed_at, row.action) == (stage.person("manager"), None, "pace")
    assert stage.read(lambda s: s.exec(select(Away)).all()) == []


def test_what_its_new_owner_did_something_with_stays_theirs(stage: Asking, taken: int):
    enter_away(stage, "manager", 20)
    director = Actor(stage.person("director"), frozenset({"manager"}))
    stage.act(actions.take, director, taken, "talk", stage.today + timedelta(days=3), stage.now)
    assert "Teruggedraaid" in undo(stage, "manager")
    row = signal(stage)
    assert (row.owner_id, row.action) == (stage.person("director"), "talk")
    assert stage.read(lambda s: s.exec(select(Away)).all()) == []


def test_said_by_another_it_is_handed_on_too(stage: Asking, taken: int):
    last = stage.today + timedelta(days=20)
    dates = {"first_day": stage.today.isoformat(), "last_day": last.isoformat()}
    answer = stage.visit("director").post(f"/away/of/{stage.person('manager')}", dates)
    assert answer.status_code == 303 and signal(stage).owner_id == stage.person("director")


def give_manager(stage: Asking, key: str, manager: str) -> None:
    """Write by hand who leads somebody."""
    person, boss = (stage.read(lambda s, one=one: s.get_one(Person, stage.person(one))) for one in (key, manager))
    form = PersonForm(
        site_id=person.site_id,
        department=person.department,
        manager=boss.number,
        languages=person.languages.split(","),
        email=person.email or "",
    )
    hr = Actor(stage.person("hr"), frozenset({"hr"}))
    stage.act(one_person.save_work, hr, stage.person(key), form, stage.now)


def test_out_of_the_line_by_hand_it_is_handed_on_at_once(stage: Asking, taken: int):
    give_manager(stage, "senior", "other_manager")
    assert signal(stage).owner_id == stage.person("manager"), "the junior is still theirs"
    give_manager(stage, "junior", "other_manager")
    assert signal(stage).owner_id == stage.person("other_manager")


def test_out_of_the_line_with_who_is_between_them_too(stage: Asking, taken: int):
    director = Actor(stage.person("director"), frozenset({"manager"}))
    stage.act(actions.take, director, taken, "talk", stage.today + timedelta(days=3), stage.now)
    stage.change(Person, stage.person("manager"), manager_id=None)
    stage.act(handing.of_lines, [stage.person("manager")], stage.now)
    assert signal(stage).owner_id == stage.person("manager")


@pytest.mark.parametrize("together", [False, True])
def test_who_manages_nobody_any_more_hands_it_on_at_once(stage: Asking, taken: int, together: bool):
    admin, manager = Actor(stage.person("admin"), frozenset({"admin"})), stage.person("manager")
    if together:
        stage.act(many._set_role, admin, [manager], "manager", stage.now, gives=False)
    else:
        stage.act(one_person.save_roles, admin, manager, RolesForm(roles=[]), stage.now)
    assert signal(stage).owner_id == stage.person("director")


def test_what_somebody_else_is_at_work_on_keeps_nobody_waiting(stage: Asking, taken: int):
    if stage.engine.dialect.name == "sqlite":
        enter_away(stage, "manager", 20)
        assert signal(stage).owner_id == stage.person("director"), "with one writer nobody else can be at work on it"
        return
    with Session(stage.engine) as busy:
        busy.get_one(Signal, taken, with_for_update=True)
        enter_away(stage, "manager", 20)
    assert signal(stage).owner_id == stage.person("manager")
    assert hand_on(stage) == 1, "the hour hands it on"
