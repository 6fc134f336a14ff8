"""A pair that was made at once starts when both said yes and its managers' days are over, and no sooner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from mentorship import worker
from mentorship.base.clock import wall_time
from mentorship.base.mail_kinds import ACCEPTED
from mentorship.mentorships.goals.queries import of_pair
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.proposals.actions import expire_proposals
from mentorship.mentorships.starting import start_due
from mentorship.profiles.closed_days.models import ClosedDay
from mentorship.profiles.closed_days.queries import after_working_days
from mentorship.reminders.actions import due_mail
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage

Visit = Callable[[str | None], InspectingClient]
UNTIL = wall_time(date(2026, 11, 25), 0)
"""The end of Tuesday 24 November in Amsterdam, the working day after it was proposed."""
EARLIER = UNTIL - timedelta(minutes=1)


@pytest.fixture
def proposal(stage: Stage) -> int:
    """A proposal to `senior` and `junior` to which their managers may object until Tuesday is over."""
    request_id, _ = stage.cast()
    stage.round_id = stage.solved()  # type: ignore[attr-defined]
    stage.publish(stage.round_id)  # type: ignore[attr-defined]
    found = next(m.id for m in stage.mentorships() if m.request_id == request_id)
    stage.act(lambda session: hold(session, found))
    return found


def hold(session: Session, mentorship_id: int) -> None:
    session.get_one(Mentorship, mentorship_id).objections_until = UNTIL


def held(stage: Stage, mentorship_id: int) -> Mentorship:
    return next(m for m in stage.mentorships() if m.id == mentorship_id)


def both_say_yes(stage: Stage, mentorship_id: int, now: datetime | None = None) -> None:
    for side in ("senior", "junior"):
        stage.answer(side, mentorship_id, True, now or stage.now)


def test_it_starts_by_itself_when_both_said_yes_and_the_days_are_over(stage: Stage, proposal: int):
    both_say_yes(stage, proposal)
    found = held(stage, proposal)
    assert (found.status, found.started_on, found.agreed) == ("proposed", None, True)
    assert stage.act(start_due, EARLIER) == []
    assert stage.act(start_due, UNTIL) == [proposal]
    assert stage.act(start_due, UNTIL) == [], "once"
    found = held(stage, proposal)
    assert (found.status, found.started_on, found.agreed) == ("active", date(2026, 11, 25), False)
    assert stage.read(lambda session: of_pair(session, proposal)), "with the goals of the request"
    assert [row.actor_id for row in stage.audit("start mentorship")] == [None]


def test_who_answers_later_starts_at_once(stage: Stage, proposal: int):
    stage.answer("senior", proposal, True, EARLIER)
    assert stage.act(start_due, UNTIL) == [], "one of the two did not answer"
    stage.answer("junior", proposal, True, UNTIL)
    assert held(stage, proposal).status == "active"


def test_who_said_yes_may_still_say_no(stage: Stage, proposal: int):
    both_say_yes(stage, proposal)
    stage.answer("junior", proposal, False, EARLIER)
    assert held(stage, proposal).status == "refused"
    assert stage.act(start_due, UNTIL) == []


def test_what_both_said_yes_to_does_not_lapse(stage: Stage, proposal: int):
    both_say_yes(stage, proposal)
    long_after = stage.now + timedelta(days=40)
    assert proposal not in stage.act(expire_proposals, long_after)
    worker.once(stage.engine, long_after)
    assert held(stage, proposal).status == "active"


def test_they_are_told_when_it_begins_and_not_before(stage: Stage, proposal: int):
    both_say_yes(stage, proposal)
    assert ACCEPTED not in kinds(stage, EARLIER)
    stage.act(start_due, UNTIL)
    assert ACCEPTED in kinds(stage, UNTIL)


def kinds(stage: Stage, now: datetime) -> set[str]:
    return {ask.kind for ask in stage.act(due_mail, now)}


def test_both_read_when_they_begin(stage: Stage, proposal: int, visit: Visit):
    before = Screen(visit("junior"), f"/mentorships/{proposal}").text
    assert "op zijn vroegst op woensdag 25 november" in before
    stage.answer("senior", proposal, True)
    junior = visit("junior")
    junior.post(f"/mentorships/{proposal}/accept", follow_redirects=True)
    for who in ("junior", "senior"):
        page = Screen(visit(who), f"/mentorships/{proposal}").text
        assert "Jullie zeiden allebei ja" in page and "en beginnen op woensdag 25 november" in page
        assert "vervalt" not in page
        assert "begint op 25 nov" in Screen(visit(who), "/mentorships").text
    seen = Screen(visit("coordinator"), f"/mentorships/{proposal}").text
    assert "Allebei zeiden ze ja; ze beginnen op 25 nov" in seen


def test_a_working_day_is_no_weekend_and_no_closed_day(session: Session, organisation: Organisation):
    ede, delft = organisation.site("Ede"), organisation.site("Delft")
    friday = date(2026, 11, 27)
    assert after_working_days(session, [ede], friday, 0) == friday
    assert after_working_days(session, [ede], friday, 1) == date(2026, 11, 30)
    assert after_working_days(session, [ede], friday, 6) == date(2026, 12, 7)
    session.add(ClosedDay(site_id=delft, day=date(2026, 11, 30), closed=True))
    session.flush()
    assert after_working_days(session, [ede], friday, 1) == date(2026, 11, 30)
    assert after_working_days(session, [ede, delft], friday, 1) == date(2026, 12, 1)
