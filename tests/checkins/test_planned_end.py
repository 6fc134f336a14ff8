"""A pair that ends on a later day runs until then, can be taken back, and ends by itself with the words of then."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import col, select

from mentorship.base.config import Settings
from mentorship.base.errors import Refused
from mentorship.base.outbox import OutboxRow
from mentorship.checkins import queries as check_ins
from mentorship.checkins.endings import actions as endings
from mentorship.checkins.endings.rules import Parting
from mentorship.checkins.models import CheckIn
from mentorship.home.calendar import queries as calendar
from mentorship.home.calendar.feed import Together
from mentorship.leaving import actions as leaving
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting import planning
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.queries import roles_of
from mentorship.worker import jobs
from tests.checkins.stage import Asking
from tests.rounds.stage import at_once

IN_A_MONTH = 30
REACHED = "The goal is reached The junior can do what it was for"


@pytest.fixture(autouse=True)
def english(stage: Asking) -> None:
    stage.organisation.speak("en")


@pytest.fixture
def pair(stage: Asking) -> int:
    return stage.start()


def actor(stage: Asking, key: str) -> Actor:
    person_id = stage.person(key)
    return Actor(person_id, stage.read(roles_of, person_id), key)


def pair_of(stage: Asking, pair: int) -> Mentorship:
    found: Mentorship = stage.read(mentorships.one, pair)
    return found


def plan(stage: Asking, key: str, pair: int, days: int = IN_A_MONTH, how: str = "reached", **said: Any) -> date:
    """Say that it ends in so many days."""
    day = stage.today + timedelta(days=days)
    stage.act(endings.end_on, actor(stage, key), pair, day, stage.now, Parting(how, **said))
    return day


def work(stage: Asking) -> None:
    """Let the worker end what is due."""
    jobs.end_pairs(stage.engine, stage.now, Settings())


def told(stage: Asking) -> list[tuple[int, str]]:
    query = select(OutboxRow).where(OutboxRow.kind == "acted").order_by(col(OutboxRow.id))
    rows = stage.read(lambda session: list(session.exec(query)))
    return [(row.recipient_id, row.about.split()[1].partition(":")[0]) for row in rows]


def closing(stage: Asking) -> int:
    return len(stage.read(lambda session: list(session.exec(select(CheckIn).where(col(CheckIn.closing))))))


def test_it_runs_until_that_day_and_ends_by_itself_with_the_same_words(stage: Asking, pair: int):
    request = stage.organisation.asks("junior")
    stage.organisation.session.commit()
    stage.change(MentorRequest, request, status="placed", waited=1)
    stage.change(Mentorship, pair, request_id=request)
    day = plan(stage, "coordinator", pair, thanks="Well done.", again=True)
    both = {stage.person("junior"), stage.person("senior")}
    assert set(told(stage)) == {(one, "ends") for one in both}, "both hear it now"
    stage.later(days=IN_A_MONTH - 1)
    work(stage)
    assert pair_of(stage, pair).status == "active" and closing(stage) == 0
    stage.later(days=1)
    for _ in range(2):
        work(stage)
    ended = pair_of(stage, pair)
    assert (ended.status, ended.ended_on, ended.ended_as, ended.farewell) == ("ended", day, "reached", "Well done.")
    assert ended.farewell_by_id == stage.person("coordinator")
    assert (ended.ends_on, ended.ends_as, ended.ends_again, ended.ends_by_id) == (None, "", False, None)
    assert closing(stage) == 2 and set(told(stage)) == {(one, what) for one in both for what in ("ends", "end")}
    assert [entry.actor_id for entry in stage.audit("end mentorship")] == [None], "once, by the service"
    assert stage.read(lambda session: session.get_one(MentorRequest, request)).status == "open"


@pytest.mark.parametrize(("days", "stands"), [(-1, False), (1, True), (366, True), (367, False)])
def test_the_day_lies_within_a_year(stage: Asking, pair: int, days: int, stands: bool):
    if stands:
        assert pair_of(stage, pair).ends_on is None
        assert pair_of(stage, pair).ends_on != plan(stage, "manager", pair, days)
        return
    with pytest.raises(Refused) as refused:
        plan(stage, "manager", pair, days)
    assert refused.value.field == "ends_on"


def test_today_is_at_once(stage: Asking, pair: int):
    plan(stage, "manager", pair, 0)
    assert pair_of(stage, pair).status == "ended"


def test_others_give_a_reason_and_strangers_say_nothing(stage: Asking, pair: int):
    with pytest.raises(Refused):
        plan(stage, "coordinator", pair, how="")
    plan(stage, "junior", pair, how="")
    for key in ("other_senior", "other_manager", "hr", "nobody"):
        with pytest.raises(Refused):
            plan(stage, key, pair)
        with pytest.raises(Refused):
            stage.act(planning.let_go_on, actor(stage, key), pair, stage.now)
        assert stage.visit(key).post("/acting/stay", {"duo": str(pair)}).status_code == 404, key


@pytest.mark.parametrize("key", ["junior", "senior", "manager", "coordinator"])
def test_until_then_whoever_may_act_takes_it_back_and_both_hear_it(stage: Asking, pair: int, key: str):
    plan(stage, "director", pair, thanks="Thanks")
    page = stage.screen(key, f"/checkins/duo/{pair}")
    assert "ends on" in page.text
    page.press("Let it not end")
    stands = pair_of(stage, pair)
    assert (stands.status, stands.ends_on, stands.farewell, stands.farewell_by_id) == ("active", None, "", None)
    whom = {stage.person("junior"), stage.person("senior")} - {stage.person(key)}
    assert {one for one, what in told(stage) if what == "stays"} == whom
    stage.later(days=IN_A_MONTH)
    work(stage)
    assert pair_of(stage, pair).status == "active"
    assert stage.visit(key).post("/acting/stay", {"duo": str(pair)}).status_code in (409, 422)


def test_said_by_mistake_it_is_undone_and_nobody_is_told(stage: Asking, pair: int):
    day = stage.today + timedelta(days=IN_A_MONTH)
    page = stage.screen("coordinator", f"/acting/end?duo={pair}").press(REACHED, ends_on=day.isoformat(), thanks="x")
    assert "It ends on" in page.text and "Junior and Senior" in page.text
    assert pair_of(stage, pair).ends_on == day
    page.press("Undo")
    stands = pair_of(stage, pair)
    assert (stands.ends_on, stands.farewell) == (None, "") and not told(stage)


def test_what_is_typed_wrong_is_asked_again(stage: Asking, pair: int):
    past = (stage.today - timedelta(days=1)).isoformat()
    page = stage.screen("coordinator", f"/acting/end?duo={pair}").press(REACHED, ends_on=past)
    assert page.status == 422 and "Choose today or a day after it." in page.text
    page = stage.screen("junior", f"/checkins/endings/{pair}").press("End this pair", ends_on=past)
    assert page.status == 422 and "Choose today or a day after it." in page.text
    odd = stage.visit("junior").post(f"/checkins/endings/{pair}", {"ends_on": "soon"})
    assert odd.status_code == 422 and pair_of(stage, pair).status == "active"


def test_one_of_the_two_chooses_a_day_too(stage: Asking, pair: int):
    day = stage.today + timedelta(days=7)
    page = stage.screen("junior", f"/checkins/endings/{pair}").press("End this pair", ends_on=day.isoformat())
    assert page.path == f"/checkins/duo/{pair}" and "This pair ends on" in page.text
    assert "You two end on" in stage.screen("senior", f"/checkins/duo/{pair}").text
    assert told(stage) == [(stage.person("senior"), "ends")]
    assert pair_of(stage, pair).ends_by_id == stage.person("junior")


def test_several_at_once(stage: Asking, pair: int):
    second = stage.start("other_senior", "other_junior")
    day = stage.today + timedelta(days=IN_A_MONTH)
    page = stage.screen("coordinator", f"/acting/end?duo={pair}&duo={second}").press(REACHED, ends_on=day.isoformat())
    assert "2 pairs end on" in page.text
    assert {pair_of(stage, one).ends_on for one in (pair, second)} == {day}
    duos = stage.screen("coordinator", "/duos").text
    assert duos.count("ends on") == 2
    stage.visit("coordinator").post("/acting/stay", {"duo": [str(pair), str(second)]})
    assert {pair_of(stage, one).ends_on for one in (pair, second)} == {None}


def test_nothing_is_asked_for_a_day_after_it(stage: Asking, pair: int):
    """Neither said to come, nor opened by a worker that is late, nor is a shift together shown."""
    stage.open()
    day = plan(stage, "coordinator", pair, 3)
    duos = stage.read(lambda session: check_ins.duos(session, stage.today, [pair]))
    coming = stage.read(lambda s: check_ins.next_days(s, duos, stage.person("junior"), stage.today))
    assert all(one < day for one in coming.values())
    entries = stage.read(lambda s: calendar.entries(s, stage.person("junior"), names=False, now=stage.now))
    together = [one.day for one in entries if isinstance(one, Together)]
    assert together and max(together) < day
    asked = len(stage.asked())
    stage.later(days=40)
    assert stage.open() == 0 and len(stage.asked()) == asked
    work(stage)
    assert pair_of(stage, pair).status == "ended"


def test_an_expected_end_asks_nothing_then(stage: Asking, pair: int):
    stage.change(Mentorship, pair, expected_end=stage.today + timedelta(days=2))
    near = stage.read(lambda session: acting.near_their_end(session, stage.today))
    assert [one.id for one in near] == [pair]
    plan(stage, "coordinator", pair)
    assert stage.read(lambda session: acting.near_their_end(session, stage.today)) == []


def test_what_ended_otherwise_meanwhile_is_left_alone(stage: Asking, pair: int):
    plan(stage, "coordinator", pair, thanks="Thanks")
    stage.act(endings.end, actor(stage, "manager"), pair, stage.now, Parting("changed"))
    assert (pair_of(stage, pair).farewell, pair_of(stage, pair).ends_on) == ("", None)
    other = stage.start("other_senior", "other_junior")
    plan(stage, "coordinator", other)
    stage.act(leaving.leave_at_once, stage.person("other_senior"), stage.now)
    before = [pair_of(stage, one) for one in (pair, other)]
    stage.later(days=IN_A_MONTH)
    work(stage)
    for one in before:
        after = pair_of(stage, one.id or 0)
        assert (after.status, after.ended_as, after.ended_on) == ("ended", one.ended_as, one.ended_on)


def test_a_pause_does_not_keep_it(stage: Asking, pair: int):
    plan(stage, "coordinator", pair)
    stage.change(Mentorship, pair, status="paused")
    stage.later(days=IN_A_MONTH)
    work(stage)
    assert pair_of(stage, pair).status == "ended"


def test_taken_back_at_the_moment_that_it_is_due(stage: Asking, pair: int):
    """One of the two is first: it ended, and there is nothing to take back; or it goes on, and nothing ends."""
    plan(stage, "coordinator", pair)
    stage.later(days=IN_A_MONTH)
    back = partial(stage.act, planning.let_go_on, actor(stage, "manager"), pair, stage.now)
    outcomes = at_once(partial(work, stage), back)
    found = pair_of(stage, pair)
    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert (found.status, len(refused)) in (("ended", 1), ("active", 0)), outcomes


def test_who_said_it_is_gone_and_it_ends_all_the_same(stage: Asking, pair: int):
    plan(stage, "coordinator", pair)
    stage.change(Mentorship, pair, ends_by_id=None)
    stage.later(days=IN_A_MONTH)
    work(stage)
    assert pair_of(stage, pair).status == "ended"
