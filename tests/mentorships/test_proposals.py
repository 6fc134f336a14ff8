"""A proposal is withdrawn: by nobody's refusal, its request open again; who opened it is noted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from mentorship.base import undo
from mentorship.base.db import open_session
from mentorship.base.errors import Conflict, Refused
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import Mentorship, ProposalReminder
from mentorship.mentorships.proposals import actions
from mentorship.mentorships.queries import apart
from mentorship.people.access import Actor
from mentorship.profiles.models import Capacity
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage, at_once, in_the_middle

Visit = Callable[[str | None], InspectingClient]
INVERSES = {undo.name_of(verb): verb for verb in (mentorships.unsay, undo.put_back)}


@pytest.fixture
def proposal(stage: Stage) -> int:
    """The proposal of a published round to `senior` and `junior`."""
    request_id, _ = stage.cast()
    stage.publish(stage.solved())
    return next(m.id for m in stage.mentorships() if m.request_id == request_id)


def found(stage: Stage, mentorship_id: int) -> Mentorship:
    return next(m for m in stage.mentorships() if m.id == mentorship_id)


def request_of(stage: Stage, mentorship_id: int) -> MentorRequest:
    request_id = found(stage, mentorship_id).request_id
    return stage.read(lambda session: session.get_one(MentorRequest, request_id))


def withdraw(stage: Stage, mentorship_id: int, **values: Any) -> Mentorship:
    verb = partial(actions.withdraw, **values)
    done: Mentorship = stage.act(verb, stage.coordinator, mentorship_id, stage.now)
    return done


def withdrawn_offering(stage: Stage, mentorship_id: int) -> int:
    """Withdraw as a door does, which offers to undo it; return the number of the offer."""
    with open_session(stage.engine) as session:
        actions.withdraw(session, stage.coordinator, mentorship_id, stage.now)
        row = undo.offer(session, stage.coordinator, "Withdrawn.", "x", {}, stage.now)
        assert row is not None and row.id is not None
        number = row.id
        session.commit()
    return number


def take_back(stage: Stage, number: int, now: datetime) -> None:
    def verb(session: Any) -> None:
        row = session.get_one(undo.UndoRow, number)
        undo.carry_out(session, stage.coordinator, row, INVERSES, now)

    stage.act(verb)


@pytest.mark.parametrize("accepted", [None, "senior", "junior"])
def test_withdrawn_it_is_over_by_nobodys_refusal(stage: Stage, proposal: int, accepted: str | None):
    if accepted:
        stage.answer(accepted, proposal, True)
    withdraw(stage, proposal)
    over = found(stage, proposal)
    assert (over.status, over.stands, over.lapsed, over.expired) == ("refused", "withdrawn", True, False)
    assert over.withdrawn_at == stage.now and over.started_on is None
    assert request_of(stage, proposal).status == "open"
    apart_now = stage.read(apart)
    assert (over.mentor_id, over.junior_id) not in apart_now, "it may be made again"
    (row,) = stage.audit("withdraw proposal")
    assert (row.actor_id, row.subject_id) == (stage.coordinator.person_id, proposal)
    for accept in (True, False):
        with pytest.raises(Refused):
            stage.answer(accepted or "senior", proposal, accept)
    with pytest.raises(Refused):
        withdraw(stage, proposal)


def test_what_was_answered_cannot_be_withdrawn(stage: Stage, proposal: int):
    other = next(m.id for m in stage.mentorships() if m.id != proposal)
    stage.answer("senior", proposal, True)
    stage.answer("junior", proposal, True)
    stage.answer("other_senior", other, False)
    for pair in (proposal, other, 10**6):
        with pytest.raises(Refused):
            withdraw(stage, pair)
    assert [found(stage, i).stands for i in (proposal, other)] == ["active", "refused"]


def test_the_request_stays_withdrawn_where_a_newer_one_is_open(stage: Stage, proposal: int):
    stage.organisation.asks("junior")
    stage.organisation.session.commit()
    withdraw(stage, proposal)
    assert request_of(stage, proposal).status == "withdrawn"


def test_undone_it_waits_again_with_what_was_noted_of_it(stage: Stage, proposal: int):
    stage.answer("senior", proposal, True)
    stage.act(actions.note_seen, proposal, "mentor", stage.now)
    reminder = ProposalReminder(mentorship_id=proposal, person_id=stage.person("junior"), reminded_at=stage.now)
    stage.act(lambda session: session.add(reminder))
    number = withdrawn_offering(stage, proposal)
    take_back(stage, number, stage.now)
    again = found(stage, proposal)
    assert (again.status, again.mentor_accepted, again.withdrawn_at) == ("proposed", True, None)
    assert again.mentor_seen_at == stage.now and again.junior_seen_at is None
    assert request_of(stage, proposal).status == "placed"
    assert len(stage.read(lambda session: session.exec(select(ProposalReminder)).all())) == 1
    stage.answer("junior", proposal, True)
    assert found(stage, proposal).status == "active"


def test_undone_only_where_its_place_is_still_free(stage: Stage, proposal: int):
    number = withdrawn_offering(stage, proposal)
    stage.change(Capacity, stage.person("senior"), places=0)
    with pytest.raises(Conflict):
        take_back(stage, number, stage.now)
    assert found(stage, proposal).stands == "withdrawn"


def test_an_answer_and_a_withdrawal_at_once_follow_each_other(stage: Stage, proposal: int):
    stage.answer("junior", proposal, True)
    accept = partial(stage.answer, "senior", proposal, True)
    late = in_the_middle(
        stage.engine,
        lambda session: actions.withdraw(session, stage.coordinator, proposal, stage.now),
        accept,
    )
    assert isinstance(late, Refused) and found(stage, proposal).stands == "withdrawn"


def test_two_withdraw_at_once_and_one_does(stage: Stage, proposal: int):
    both = at_once(partial(withdraw, stage, proposal), partial(withdraw, stage, proposal))
    assert sorted(isinstance(one, Refused) for one in both) == [False, True]
    assert len(stage.audit("withdraw proposal")) == 1


def test_who_opened_it_is_noted_once_and_of_nobody_else(
    visit: Visit, organisation: Organisation, stage: Stage, app: Flask
):
    made = organisation
    pair = made.pair("senior", "junior", request_id=made.asks("junior"))
    made.session.commit()
    for key in ("coordinator", "other_senior"):
        visit(key).get(f"/mentorships/{pair}")
    assert seen(stage, pair) == (None, None)
    client = visit("junior")
    client.get(f"/mentorships/{pair}")
    first = seen(stage, pair)
    assert first[1] is not None and first[0] is None
    app.config["CLOCK"] = lambda: stage.now + timedelta(hours=5)
    client.get(f"/mentorships/{pair}")
    assert seen(stage, pair) == first
    visit("senior").get(f"/mentorships/{pair}")
    assert seen(stage, pair)[0] is not None


def seen(stage: Stage, pair: int) -> tuple[datetime | None, datetime | None]:
    of = found(stage, pair)
    return of.mentor_seen_at, of.junior_seen_at


def test_that_the_other_opened_it_keeps_nobody_from_undoing(visit: Visit, organisation: Organisation, stage: Stage):
    made = organisation
    pair = made.pair("senior", "junior", request_id=made.asks("junior"))
    made.session.commit()
    mine = visit("junior")
    mine.get(f"/mentorships/{pair}")
    mine.post(f"/mentorships/{pair}/accept")
    visit("senior").get(f"/mentorships/{pair}")
    offered = stage.read(lambda session: session.exec(select(undo.UndoRow.id)).one())
    mine.post(f"/undo/{offered}")
    assert found(stage, pair).junior_accepted is None
    assert None not in seen(stage, pair), "to have looked stays noted"


def test_a_withdrawal_is_read_as_one(visit: Visit, organisation: Organisation, stage: Stage):
    made = organisation
    made.speak("en")
    pair = made.pair("senior", "junior", request_id=made.asks("junior"))
    made.session.commit()
    stage.act(actions.withdraw, Actor(made.people["coordinator"], frozenset({"coordinator"})), pair, stage.now)
    page = Screen(visit("junior"), f"/mentorships/{pair}")
    assert page.heading.startswith("The proposal with Senior") and page.heading.endswith("was withdrawn")
    assert "It is not because of you, and neither of you said no." in page.text
    assert "neither of the two said no" in Screen(visit("coordinator"), f"/mentorships/{pair}").text


def test_a_yes_is_not_undone_once_they_logged_hours(stage: Stage, proposal: int):
    """A pair that worked together has begun; before that the same undo makes it a proposal again."""
    stage.answer("senior", proposal, True)

    def offered() -> int:
        with open_session(stage.engine) as session:
            mentorships.answer(session, stage.actor("junior"), proposal, True, stage.now)
            row = undo.offer(session, stage.coordinator, "Accepted.", "x", {}, stage.now)
            number = (row and row.id) or 0
            session.commit()
        return number

    def stands() -> str:
        return next(pair.status for pair in stage.mentorships() if pair.id == proposal)

    take_back(stage, offered(), stage.now)
    assert stands() == "proposed"
    number = offered()
    noted = {"noted_by": stage.person("senior"), "noted_at": stage.now, "hours": 2, "week": date(2026, 11, 23)}
    row = WorkedWeek(mentor_id=stage.person("senior"), mentorship_id=proposal, **noted)
    stage.act(lambda session: session.add(row))
    with pytest.raises(Conflict):
        take_back(stage, number, stage.now)
    assert stands() == "active"
