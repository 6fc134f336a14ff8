"""What ends by itself: a proposal that nobody answers, a pause of a pair, a pause of a mentor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship import worker
from mentorship.base.errors import Refused
from mentorship.base.mail_kinds import STOPPED
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.signals import raising as signals
from mentorship.hr_import.writing import queries as hr_import
from mentorship.mentor_requests import actions as requests
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships import actions
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.proposals.actions import expire_proposals
from mentorship.profiles import actions as profiles
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.reminders.actions import collect
from mentorship.rounds import counts
from tests.checkins.stage import Asking
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage, in_the_middle

Visit = Callable[[str | None], InspectingClient]
LAST_MINUTE = datetime(2026, 12, 7, 22, 59, tzinfo=UTC)
"""Proposed on 23 November, it can be answered for 14 days: until midnight in Amsterdam."""
TOO_LATE = LAST_MINUTE + timedelta(minutes=1)


@pytest.fixture
def proposal(stage: Stage) -> int:
    """The proposal of a published round to `senior` and `junior`."""
    request_id, _ = stage.cast()
    stage.round_id = stage.solved()  # type: ignore[attr-defined]
    stage.publish(stage.round_id)  # type: ignore[attr-defined]
    return next(m.id for m in stage.mentorships() if m.request_id == request_id)


@pytest.fixture
def asking(engine: sa.Engine, organisation: Organisation, now: datetime, app: Flask) -> Asking:
    return Asking(engine, organisation, now, app)


def found(stage: Stage, mentorship_id: int) -> Mentorship:
    return next(m for m in stage.mentorships() if m.id == mentorship_id)


def request_of(stage: Stage, mentorship_id: int) -> MentorRequest:
    return stage.read(lambda s: s.get_one(MentorRequest, s.get_one(Mentorship, mentorship_id).request_id))


def expire(stage: Stage, now: datetime = TOO_LATE) -> list[int]:
    return stage.act(expire_proposals, now)


@pytest.mark.parametrize("accepted", [None, "senior", "junior"])
def test_a_proposal_waits_until_its_last_day_is_over(stage: Stage, proposal: int, accepted: str | None):
    if accepted:
        stage.answer(accepted, proposal, True)
    assert expire(stage, LAST_MINUTE) == []
    assert proposal in expire(stage)
    over = found(stage, proposal)
    assert (over.status, over.stands, over.started_on) == ("refused", "expired", None)
    assert over.ended_on == date(2026, 12, 8) and False not in (over.mentor_accepted, over.junior_accepted)
    request = request_of(stage, proposal)
    assert (request.status, request.changed_at) == ("open", TOO_LATE)
    assert expire(stage) == [], "once"
    assert {row.actor_id for row in stage.audit("expire proposal")} == {None}
    for accept in (True, False):  # too late, also for who accepted before
        with pytest.raises(Refused):
            stage.answer(accepted or "senior", proposal, accept, TOO_LATE)


def test_what_runs_or_was_refused_does_not_expire(stage: Stage, proposal: int):
    other = next(m.id for m in stage.mentorships() if m.id != proposal)
    for who in ("senior", "junior"):
        stage.answer(who, proposal, True)
    stage.answer("other_senior", other, False)
    assert expire(stage) == []
    assert [found(stage, i).stands for i in (proposal, other)] == ["active", "refused"]


def test_how_long_it_waits_is_a_setting(stage: Stage, proposal: int):
    stage.change(Programme, 1, proposal_days=15)
    assert expire(stage) == []
    assert len(expire(stage, TOO_LATE + timedelta(days=1))) == 2


def test_a_pair_that_nobody_refused_may_be_proposed_again(stage: Stage, proposal: int):
    first = stage.round_id  # type: ignore[attr-defined]
    other = next(m.id for m in stage.mentorships() if m.id != proposal)
    stage.answer("other_junior", other, False)
    expire(stage)
    assert stage.read(counts.answers, first) == {"expired": 1, "refused": 1}
    stage.now = TOO_LATE
    again = stage.solved()
    pairs = stage.pairs(again)
    assert pairs[request_of(stage, proposal).id] == stage.person("senior")
    assert pairs.get(request_of(stage, other).id) != stage.person("other_senior"), "that pair was refused"
    stage.publish(again)
    assert stage.read(counts.answers, first) == {"expired": 1, "refused": 1}, "each round counts its own"
    assert set(stage.read(counts.answers, again)) == {"proposed"}


def test_a_newer_request_takes_its_place(stage: Stage, proposal: int):
    domain = stage.organisation.domains["Pneumatiek"]
    stage.act(requests.add_need, stage.actor("junior"), domain_id=domain, current=1, target=4, now=stage.now)
    expire(stage)
    assert request_of(stage, proposal).status == "withdrawn"


def test_an_export_may_bring_the_pair_that_expired(stage: Stage, proposal: int):
    other = next(m.id for m in stage.mentorships() if m.id != proposal)
    stage.answer("other_senior", other, False)
    expire(stage)
    numbers = {i: key for key, i in stage.organisation.people.items()}
    _, here, over = stage.read(hr_import.duos, numbers)
    assert (here, over) == ({}, {"other_senior/other_junior"})


def test_nobody_is_told_of_a_refusal(stage: Stage, proposal: int):
    expire(stage)
    stage.act(collect, TOO_LATE)
    asked = stage.read(lambda session: set(session.exec(select(OutboxRow.kind))))
    assert STOPPED not in asked


def test_who_answers_at_that_moment_is_in_time_or_told(stage: Stage, proposal: int):
    """The second acceptance is not committed yet while the service looks: it waits, and finds a running pair."""
    stage.answer("senior", proposal, True)
    expired = in_the_middle(
        stage.engine,
        lambda session: actions.answer(session, stage.actor("junior"), proposal, True, LAST_MINUTE),
        lambda: expire(stage),
    )
    assert proposal not in expired
    assert found(stage, proposal).status == "active" and request_of(stage, proposal).status == "placed"


def test_its_page_says_until_when_and_what_became_of_it(stage: Stage, proposal: int, visit: Visit):
    stage.organisation.speak("en")
    page = Screen(visit("junior"), f"/mentorships/{proposal}")
    assert "Answer by Monday 7 December; after that the proposal lapses." in page.text
    assert "It can be answered up to and including 7 Dec 2026." in Screen(visit("coordinator"), page.path).text
    expire(stage)
    for who in ("junior", "senior", "coordinator"):
        page = Screen(visit(who), f"/mentorships/{proposal}")
        assert "Nobody said no" in page.text and "8 Dec 2026" in page.text
        assert not {"Yes, please", "No, rather not"} & set(page.names("button"))
    assert "not answered in time" in Screen(visit("junior"), "/mentorships").text
    shown = Screen(visit("coordinator"), f"/rounds/{stage.round_id}").text  # type: ignore[attr-defined]
    assert "0 of the 2 pairs have begun" in shown and "0 said no" in shown and "2 not answered in time" in shown


def pause(asking: Asking, pair: int, **until: float) -> None:
    asking.act(actions.step, asking.actor("senior"), pair, "pause", asking.now, asking.today + timedelta(**until))


def test_a_pause_ends_on_its_day(asking: Asking):
    pair = asking.start()
    pause(asking, pair, days=10)
    day = asking.today + timedelta(days=10)
    assert found(asking, pair).paused_until == day
    almost = datetime(2026, 12, 2, 22, 59, tzinfo=UTC)  # a minute before midnight in Amsterdam
    assert asking.act(actions.resume_due, almost) == []
    assert asking.act(actions.resume_due, almost + timedelta(minutes=1)) == [pair]
    running = found(asking, pair)
    assert (running.status, running.running_since) == ("active", day)
    assert asking.act(actions.resume_due, almost + timedelta(days=3)) == []
    assert [row.actor_id for row in asking.audit("resume mentorship")] == [None]


def test_taken_up_earlier_it_runs_from_then(asking: Asking):
    pair = asking.start()
    pause(asking, pair, weeks=10)
    asking.later(days=3)
    asking.act(actions.step, asking.actor("junior"), pair, "resume", asking.now)
    assert found(asking, pair).running_since == asking.today
    asking.later(weeks=12)
    assert asking.act(actions.resume_due, asking.now) == []


def test_a_pause_without_a_day_lasts_until_somebody_ends_it(asking: Asking):
    pair = asking.start(status="paused")
    assert asking.act(actions.resume_due, asking.later(weeks=60)) == []
    assert found(asking, pair).status == "paused"


@pytest.mark.parametrize("days", [-1, 0, 26 * 7 + 1])
def test_a_pause_is_ahead_and_no_ending(asking: Asking, days: int):
    pair = asking.start()
    with pytest.raises(Refused):
        pause(asking, pair, days=days)
    assert (found(asking, pair).status, found(asking, pair).paused_until) == ("active", None)
    pause(asking, pair, weeks=26)


def test_the_weeks_of_a_pause_count_for_nothing(asking: Asking):
    """A pair whose rosters never meet: apart is said four weeks after it went on, and asked again some time after."""
    asking.organisation.roster("NACHT", "NNNNN--")
    asking.organisation.person("night", "junior", roster="NACHT")
    pair = asking.start(junior="night", ago=20)
    pause(asking, pair, weeks=8)
    asking.later(weeks=8)
    asking.act(actions.resume_due, asking.now)
    asking.act(signals.evaluate, asking.now)
    assert asking.signals() == [] and asking.open() == 0
    asking.later(days=28)
    asking.act(signals.evaluate, asking.now)
    assert asking.signals() == []
    asking.later(days=1)
    asking.act(signals.evaluate, asking.now)
    assert asking.signals() == [("apart", "both", "")]


def test_after_a_pause_a_pair_is_asked_once_there_is_something_to_ask(asking: Asking):
    pair = asking.start(ago=14)
    assert asking.open() == 2
    pause(asking, pair, weeks=6)
    asking.later(weeks=6)
    asking.act(actions.resume_due, asking.now)
    assert asking.open() == 0, "the day they go on"
    asking.later(days=13)
    assert asking.open() == 0
    asking.later(days=1)
    assert asking.open() == 2


def test_the_page_pauses_until_a_day(asking: Asking):
    asking.organisation.speak("en")
    pair = asking.start()
    page = asking.screen("junior", f"/mentorships/{pair}").tap("Pause until a day")
    assert page.fields("Pause until then") == {"until": "2026-12-21"}, "four weeks ahead"
    for typed, sentence in (
        ("", "Fill in a date."),
        ("x", "Fill in a date."),
        ("2026-11-23", "Choose a day after today."),
        ("2027-05-25", "at most half a year"),
        ("9" * 30, "Fill in a date."),
    ):
        wrong = page.press("Pause until then", until=typed)
        assert wrong.status == 422 and sentence in wrong.text, typed
        assert wrong.fields("Pause until then")["until"] == typed
        assert found(asking, pair).status == "active"
    stale = asking.screen("senior", f"/mentorships/{pair}/pause")
    page = wrong.press("Pause until then", until="2027-01-04")
    assert "It resumes by itself on 4 Jan 2027." in page.text and "Resume" in page.names("button")
    assert stale.press("Pause until then").status == 422
    assert found(asking, pair).paused_until == date(2027, 1, 4)
    page.press("Resume")
    assert found(asking, pair).status == "active"


def test_a_pause_of_two_weeks_takes_one_tap(asking: Asking):
    asking.organisation.speak("en")
    pair = asking.start()
    page = asking.screen("junior", f"/mentorships/{pair}/pause")
    page.press("2 weeks resumes on Monday 7 December")
    assert page.path == f"/checkins/duo/{pair}" and "You and Senior pause" in page.text
    assert found(asking, pair).paused_until == date(2026, 12, 7)
    assert asking.screen("junior", f"/mentorships/{pair}/pause").path == page.path, "there is nothing to pause"


def test_a_mentors_own_pause_ends_after_its_last_day(asking: Asking):
    for key, until in (("senior", date(2026, 12, 1)), ("other_senior", None)):
        asking.act(profiles.set_pause, asking.actor(key), True, until, asking.now)
    assert asking.act(profiles.end_pauses, datetime(2026, 12, 1, 22, 59, tzinfo=UTC)) == []
    assert asking.act(profiles.end_pauses, datetime(2026, 12, 1, 23, 0, tzinfo=UTC)) == [asking.person("senior")]
    offers = asking.read(lambda s: [s.get_one(Capacity, asking.person(k)) for k in ("senior", "other_senior")])
    assert [(o.paused, o.paused_until) for o in offers] == [(False, None), (True, None)]
    assert [row.actor_id for row in asking.audit("end pause")] == [None]


def test_the_worker_does_all_of_it(asking: Asking, session: Session):
    made = asking.organisation
    pair = asking.start("senior", "junior")
    pause(asking, pair, days=7)
    waiting = made.pair("other_senior", "other_junior", request_id=made.asks("other_junior"))
    session.commit()
    asking.act(profiles.set_pause, asking.actor("senior"), True, asking.today, asking.now)
    worker.once(asking.engine, asking.now)
    assert [found(asking, i).stands for i in (pair, waiting)] == ["paused", "proposed"]
    worker.once(asking.engine, TOO_LATE)
    assert [found(asking, i).stands for i in (pair, waiting)] == ["active", "expired"]
    assert not asking.read(lambda s: s.get_one(Capacity, asking.person("senior"))).paused
