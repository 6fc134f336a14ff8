"""Acting on a pair: by its two sides, the coordinator and managers above one of the two, and by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from mentorship.base.errors import Refused
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.endings import actions as endings
from mentorship.checkins.endings.rules import Parting
from mentorship.checkins.models import CheckIn
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting import actions
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.queries import roles_of
from mentorship.profiles.models import Capacity, Wish
from mentorship.reminders import queries as reminders
from tests.checkins.stage import Asking
from tests.rounds.stage import at_once

BYSTANDERS = ("other_senior", "other_junior", "hr", "admin", "nobody")


@pytest.fixture(autouse=True)
def english(stage: Asking) -> None:
    stage.organisation.speak("en")


def actor(stage: Asking, key: str) -> Actor:
    """Somebody with the roles they have."""
    person_id = stage.person(key)
    return Actor(person_id, stage.read(roles_of, person_id), key)


def pair_of(stage: Asking, pair: int) -> Mentorship:
    found: Mentorship = stage.read(mentorships.one, pair)
    return found


def end(stage: Asking, key: str, pair: int, how: str = "reached", **said: Any) -> Mentorship:
    found: Mentorship = stage.act(endings.end, actor(stage, key), pair, stage.now, Parting(how, **said))
    return found


def told(stage: Asking) -> set[tuple[int, str]]:
    query = select(OutboxRow).where(OutboxRow.kind == "acted")
    rows = stage.read(lambda session: list(session.exec(query)))
    return {(row.recipient_id, row.about.split()[1]) for row in rows}


@pytest.mark.parametrize("key", ["coordinator", "manager", "director"])
def test_the_coordinator_and_managers_above_one_of_them_act(stage: Asking, key: str):
    pair = stage.start()
    until = stage.today + timedelta(weeks=4)
    stage.act(actions.pause, actor(stage, key), pair, until, stage.now)
    assert (pair_of(stage, pair).status, pair_of(stage, pair).paused_until) == ("paused", until)
    stage.act(actions.resume, actor(stage, key), pair, stage.now)
    stage.act(actions.expect, actor(stage, key), pair, until, stage.now)
    assert (pair_of(stage, pair).status, pair_of(stage, pair).expected_end) == ("active", until)
    end(stage, key, pair, thanks="Dank jullie wel")
    over = pair_of(stage, pair)
    assert (over.status, over.ended_on, over.ended_as) == ("ended", stage.today, "reached")
    assert (over.farewell, over.farewell_by_id, over.by_leaving) == ("Dank jullie wel", stage.person(key), False)
    sides = {stage.person("senior"), stage.person("junior")}
    assert told(stage) == {(one, what) for one in sides for what in ("pause", "resume", "until", "end")}
    assert [row.actor_id for row in stage.audit("end mentorship")] == [stage.person(key)]


def test_a_manager_of_either_side_acts_on_a_pair_across_two_lines(stage: Asking):
    pair = stage.start("senior", "other_junior")
    stage.act(actions.expect, actor(stage, "other_manager"), pair, stage.today + timedelta(days=30), stage.now)
    end(stage, "manager", pair)
    assert pair_of(stage, pair).status == "ended"


@pytest.mark.parametrize("key", [*BYSTANDERS, "other_manager"])
def test_nobody_else_acts(stage: Asking, key: str):
    """Neither a colleague, hr nor admin, nor a manager of another line; and not by the doors either."""
    pair = stage.start()
    later = stage.today + timedelta(days=7)
    for verb in (
        partial(actions.pause, until=later),
        partial(actions.expect, until=later),
        partial(endings.end, parting=Parting("reached")),
    ):
        with pytest.raises(Refused):
            stage.act(lambda session, verb=verb: verb(session, actor(stage, key), pair, now=stage.now))
    visit = stage.visit(key)
    for what in ("pause", "until", "end"):
        assert visit.get(f"/acting/{what}?duo={pair}").status_code == 404
    for what, sent in (("pause", {"until": later}), ("end", {"ended_as": "reached"}), ("resume", {}), ("until", {})):
        assert visit.post(f"/acting/{what}", data={"duo": pair, **sent}).status_code == 404
    assert pair_of(stage, pair).status == "active" and not told(stage)


def test_a_side_ends_without_a_reason_and_others_never(stage: Asking):
    pair, other = stage.start(), stage.start("other_senior", "other_junior")
    with pytest.raises(Refused, match="hoe het eindigde"):
        end(stage, "coordinator", pair, "")
    end(stage, "junior", pair, "")
    assert pair_of(stage, pair).ended_as == ""
    assert told(stage) == {(stage.person("senior"), "end")}, "who ended it knows"
    made = stage.organisation
    made.session.execute(
        sa.text("INSERT INTO person_role (person_id, role) VALUES (:id, 'coordinator')"),
        {"id": made.people["other_senior"]},
    )
    made.session.commit()
    end(stage, "other_senior", other, "")
    assert pair_of(stage, other).ended_as == "", "a coordinator who is one of the two ends it as that one"


@pytest.mark.parametrize(("days", "stands"), [(0, False), (1, True), (3 * 366, True), (3 * 366 + 1, False)])
def test_an_expected_end_lies_ahead(stage: Asking, days: int, stands: bool):
    pair = stage.start()
    until = stage.today + timedelta(days=days)
    coordinator = actor(stage, "coordinator")
    if stands:
        stage.act(actions.expect, coordinator, pair, until, stage.now)
    else:
        with pytest.raises(Refused):
            stage.act(actions.expect, coordinator, pair, until, stage.now)
    assert pair_of(stage, pair).expected_end == (until if stands else None)


def test_a_week_before_its_end_both_are_asked_and_nothing_ends_by_itself(stage: Asking):
    pair = stage.start()
    until = stage.today + timedelta(days=8)
    stage.act(actions.expect, actor(stage, "junior"), pair, until, stage.now)
    assert not stage.read(reminders.near_their_end, stage.now)
    near = stage.later(days=1)
    asks = stage.read(reminders.near_their_end, near)
    assert {ask.recipient_id for ask in asks} == {stage.person("senior"), stage.person("junior")}
    stage.now = near
    page = stage.screen("senior", "/")
    assert "does it end or go on?" in page.text
    page = stage.screen("senior", f"/acting/until?duo={pair}").press("It just goes on without an end in sight")
    assert pair_of(stage, pair).expected_end is None and "does it end" not in stage.screen("junior", "/").text
    stage.act(actions.expect, actor(stage, "junior"), pair, stage.today + timedelta(days=1), stage.now)
    stage.now = stage.later(days=20)
    assert "does it end or go on?" in stage.screen("junior", "/").text and pair_of(stage, pair).status == "active"


def test_ended_and_paired_again_in_one_go_the_request_waits_as_it_did(stage: Asking):
    request = stage.organisation.asks("junior")
    stage.organisation.session.commit()
    stage.change(MentorRequest, request, status="placed", waited=2)
    pair = stage.start(request_id=request)
    end(stage, "coordinator", pair, "not_fitting", again=True)
    back = stage.read(lambda session: session.get_one(MentorRequest, request))
    assert (back.status, back.waited) == ("open", 2)
    assert (stage.person("senior"), stage.person("junior")) in stage.read(mentorships.apart)


def test_an_ending_is_taken_back_for_ten_minutes(stage: Asking):
    """All as it was: no closing check-in, the request placed, no mail; the open check-in with what was answered."""
    request = stage.organisation.asks("junior")
    stage.organisation.session.commit()
    stage.change(MentorRequest, request, status="placed")
    pair = stage.start(request_id=request)
    stage.open()
    before = stage.newest("junior")
    page = stage.screen("coordinator", f"/acting/end?duo={pair}&again=true").press(
        "The goal is reached The junior can do what it was for", thanks="Dank"
    )
    assert pair_of(stage, pair).status == "ended" and stage.newest("junior").closing
    page.press("Undo")
    back = pair_of(stage, pair)
    assert (back.status, back.ended_on, back.ended_as, back.farewell) == ("active", None, "", "")
    after = stage.newest("junior")
    assert (after.id, after.closing, after.opened_at) == (before.id, False, before.opened_at)
    assert stage.read(lambda session: session.get_one(MentorRequest, request)).status == "placed"
    assert not told(stage)


def test_it_is_not_taken_back_once_somebody_answered_or_the_place_is_gone(stage: Asking):
    pair, other = stage.start(), stage.start("other_senior", "other_junior")
    ended = "The work or the place changed Another project, site, job or roster"
    page = stage.screen("coordinator", f"/acting/end?duo={pair}").press(ended)
    closing = stage.newest("junior").id
    stage.screen("junior", f"/checkins/{closing}").press("Send", **{"answer-progress": "4"})
    assert "cannot be undone" in page.press("Undo").text
    page = stage.screen("coordinator", f"/acting/end?duo={other}").press(ended)
    stage.change(Capacity, stage.person("other_senior"), places=0)
    assert "cannot be undone" in page.press("Undo").text
    assert {pair_of(stage, one).status for one in (pair, other)} == {"ended"}


def test_after_ten_minutes_it_stands(stage: Asking):
    pair = stage.start()
    page = stage.screen("manager", f"/acting/end?duo={pair}").press(
        "The time agreed on is over You had agreed until when"
    )
    stage.now = stage.later(minutes=11)
    later = stage.screen("manager", "/undo")
    assert "Undo" not in later.names("button") and page.status == 200
    assert pair_of(stage, pair).status == "ended"


def test_several_at_once_and_what_could_not_be_done_is_said(stage: Asking):
    made = stage.organisation
    first, second = stage.start(), stage.start("other_senior", "other_junior")
    over = made.pair("other_senior", "junior", "ended", ended_on=stage.today, started_on=stage.today)
    made.session.commit()
    chosen = "&".join(f"duo={one}" for one in (first, second, over))
    until = stage.today + timedelta(days=10)
    page = stage.screen("coordinator", f"/acting/pause?{chosen}").press("Pause until then", until=until.isoformat())
    assert "2 pairs paused." in page.text and "Not Junior and Other_senior: This cannot be done" in page.text
    assert {pair_of(stage, one).status for one in (first, second)} == {"paused"}
    page.press("Undo")
    assert {pair_of(stage, one).status for one in (first, second)} == {"active"}, "undone as one"
    managed = stage.screen("manager", f"/acting/end?{chosen}")
    assert "End 2 pairs?" in managed.text, "of another line nothing is read"
    assert "Other_junior" not in managed.text


def test_two_who_act_at_the_same_moment_follow_each_other(stage: Asking):
    pair = stage.start()
    outcomes = at_once(
        partial(end, stage, "coordinator", pair, "reached"), partial(end, stage, "manager", pair, "changed")
    )
    assert sorted(isinstance(one, Refused) for one in outcomes) == [False, True], outcomes
    assert len(stage.audit("end mentorship")) == 1
    assert len(stage.read(lambda s: list(s.exec(select(CheckIn).where(col(CheckIn.closing)))))) == 2


def test_the_same_two_again_when_both_say_so(stage: Asking):
    pair = stage.start()
    page = stage.screen("junior", f"/checkins/duo/{pair}")
    assert "Again with" not in page.text
    end(stage, "coordinator", pair, "time")
    page = stage.screen("junior", f"/checkins/duo/{pair}").press("Yes, again with Senior")
    assert "until the other says the same" in page.text
    other = stage.screen("senior", f"/checkins/duo/{pair}")
    assert "Yes, again with Junior" in other.names("button"), "what the other wishes is not told"
    assert "You both said so" in other.press("Yes, again with Junior").text
    assert not stage.read(mentorships.apart)
    assert "so you can be paired again" in stage.screen("junior", f"/checkins/duo/{pair}").text
    wishes = stage.read(lambda session: list(session.exec(select(Wish))))
    assert all(wish.wanted for wish in wishes) and len(wishes) == 2


@pytest.mark.parametrize("how", ["", "not_fitting"])
def test_after_another_ending_nobody_is_asked_for_it_again(stage: Asking, how: str):
    pair = stage.start()
    end(stage, "junior", pair, how)
    assert "Again with" not in stage.screen("junior", f"/checkins/duo/{pair}").text
    with pytest.raises(Refused):
        stage.act(actions.again, actor(stage, "junior"), pair, stage.now)


def test_the_page_says_what_ending_does_and_ends_in_two_presses(stage: Asking):
    pair = stage.start()
    page = stage.screen("manager", f"/checkins/duo/{pair}").tap("End this pair")
    for sentence in ("1 place comes free", "2 hours a week", "closing check-in", "Both read how it ended"):
        assert sentence in page.text, page.text
    page = page.press("The goal is reached The junior can do what it was for")
    assert pair_of(stage, pair).status == "ended" and "Ended: Junior and Senior." in page.text
    assert page.path == f"/checkins/duo/{pair}"
    assert isinstance(pair_of(stage, pair).ended_on, date)
