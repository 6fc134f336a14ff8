"""Proposals that wait: reminded by hand, and once by the service, in people's own shifts; never too often or late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.clock import local_date, wall_time
from mentorship.base.errors import Refused
from mentorship.base.mail_kinds import PROPOSAL_AGAIN
from mentorship.base.outbox import OutboxRow
from mentorship.mentor_requests.models import RequestOutcome
from mentorship.mentorships.models import Mentorship, ProposalReminder
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away
from mentorship.reminders.proposals import actions, queries, slips
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage, at_once

Visit = Callable[[str | None], InspectingClient]
AGAIN = "Reminder: a proposal waits for your answer, until and including Monday 7 December"
DAY = timedelta(days=1)


@pytest.fixture
def pair(stage: Stage) -> int:
    """Proposed on Monday 23 November; it can be answered until Monday 7 December."""
    made = stage.organisation
    found = made.pair("senior", "junior", request_id=made.asks("junior"))
    made.session.commit()
    return found


def notes(stage: Stage) -> list[ProposalReminder]:
    return stage.read(lambda session: list(session.exec(select(ProposalReminder))))


def asked(stage: Stage) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.kind == PROPOSAL_AGAIN)
    return stage.read(lambda session: list(session.exec(query)))


def remind(stage: Stage, *pairs: int, days: float = 0) -> actions.Reminded:
    return stage.act(actions.remind, stage.coordinator, pairs, stage.now + days * DAY)


def by_itself(stage: Stage, days: float) -> int:
    return stage.act(actions.remind_due, stage.now + days * DAY)


def test_who_did_not_answer_is_reminded_in_their_shift(stage: Stage, post: Post, pair: int):
    stage.answer("senior", pair, True)
    post.go()
    told = remind(stage, pair)
    assert [person.id for person in told.people] == [stage.person("junior")]
    (mail,) = asked(stage)
    assert mail.not_before is not None and mail.not_before >= stage.now + timedelta(minutes=10)
    later = mail.not_before
    found = {str(m["Subject"]): m for m in post.go(later)}
    assert AGAIN in found
    assert "until and including Monday 7 December" in words(found[AGAIN])


def test_at_most_once_in_three_days_by_whomever(stage: Stage, pair: int):
    remind(stage, pair)
    for days in (0, 1, 2.99):
        with pytest.raises(Refused):
            remind(stage, pair, days=days)
    assert len(remind(stage, pair, days=3).people) == 2
    assert len(asked(stage)) == 4


def test_two_coordinators_at_once_send_one_mail(stage: Stage, pair: int):
    both = at_once(partial(remind, stage, pair), partial(remind, stage, pair))
    assert sorted(isinstance(one, Refused) for one in both) == [False, True]
    assert len(asked(stage)) == 2 and len(notes(stage)) == 2, "one to each of the two"


def test_one_mail_tells_of_two_proposals(stage: Stage, pair: int):
    made = stage.organisation
    other = made.pair("senior", "other_junior", request_id=made.asks("other_junior"))
    made.session.commit()
    told = remind(stage, pair, other)
    mails = [row.recipient_id for row in asked(stage)]
    assert mails.count(stage.person("senior")) == 1 and len(told.people) == 3
    of_senior = [note.mentorship_id for note in notes(stage) if note.person_id == stage.person("senior")]
    assert sorted(of_senior) == sorted([pair, other]), "noted of both"


def test_who_has_no_address_is_not_noted_as_reminded(stage: Stage, pair: int):
    stage.change(Person, stage.person("junior"), email=None)
    told = remind(stage, pair)
    assert [person.id for person in told.no_address] == [stage.person("junior")]
    assert [note.person_id for note in notes(stage)] == [stage.person("senior")]
    with pytest.raises(Refused):
        remind(stage, 10**6)


def test_the_service_reminds_once_three_days_before(stage: Stage, pair: int):
    stage.answer("senior", pair, True)
    assert by_itself(stage, 10) == 0
    assert by_itself(stage, 11) == 1
    assert by_itself(stage, 11.1) == by_itself(stage, 14) == 0
    (note,) = notes(stage)
    assert (note.person_id, note.by_id) == (stage.person("junior"), None)


def test_not_after_the_last_day(stage: Stage, post: Post, pair: int):
    """The worker was away for four weeks, or the clock was set on."""
    assert by_itself(stage, 28) == 0
    assert by_itself(stage, 14) == 2
    late = wall_time(local_date(stage.now) + 15 * DAY, 9)
    assert not [m for m in post.go(late) if "Reminder" in str(m["Subject"])], "it waited too long to be sent"


def test_not_to_who_is_away_nor_who_was_reminded_by_hand(stage: Stage, session: Session, pair: int):
    remind(stage, pair, days=9)
    assert by_itself(stage, 11) == 0
    today = local_date(stage.now)
    session.add(Away(person_id=stage.person("junior"), first_day=today, last_day=today + 20 * DAY))
    session.commit()
    assert by_itself(stage, 12.2) == 1, "three days later; not the junior, who is away"
    assert {note.person_id for note in notes(stage) if note.by_id is None} == {stage.person("senior")}


def test_who_has_no_shift_any_more_is_reminded_before(stage: Stage, pair: int):
    """At work until Thursday: the proposal lapses on Monday, and the reminder is there on the last shift before."""
    stage.answer("senior", pair, True)
    made = stage.organisation
    today = local_date(stage.now)
    free = [today + number * DAY for number in range(10, 15)]
    made.session.add(Away(person_id=stage.person("junior"), first_day=free[0], last_day=free[-1]))
    made.session.commit()
    assert by_itself(stage, 6) == 0
    assert by_itself(stage, 7) == 1


def test_for_whom_nobody_was_found_is_told_once_a_round(stage: Stage, post: Post, session: Session):
    request = stage.organisation.asks("junior")
    session.add(
        RequestOutcome(
            request_id=request, round_name="Herfst", told_at=stage.now, able=4, reachable=3, free=0, fitting=0
        )
    )
    session.commit()
    (mail,) = post.go()
    assert str(mail["Subject"]) == "No mentor yet for Pneumatiek; your request stands"
    assert "All who fit have no free place." in words(mail) and "/mentor-requests/mine" in words(mail)
    assert not post.go(stage.now + DAY)


def test_the_page_says_who_said_what_and_reminds_them_with_one_click(visit: Visit, stage: Stage, pair: int):
    stage.answer("senior", pair, True)
    page = Screen(visit("coordinator"), "/proposals")
    assert page.heading == "1 proposal waits for an answer"
    (row,) = page.rows()
    assert "not opened yet" in row[2] and "yes" in row[3] and "15 days" in row[4]
    page.press("Remind 1 person")
    assert "is reminded. The mail goes out in their shift" in page.text
    assert [mail.recipient_id for mail in asked(stage)] == [stage.person("junior")]
    assert "Remind 1 person" not in page.names("button")


def test_undone_nobody_was_reminded(visit: Visit, stage: Stage, pair: int):
    page = Screen(visit("coordinator"), "/proposals").press("Remind 2 people")
    page.press("Undo")
    assert notes(stage) == [] and asked(stage) == []
    page.open("/proposals").press("Remind 2 people")
    assert len(asked(stage)) == 2


def test_withdrawn_from_the_page_it_waits_no_more(visit: Visit, stage: Stage, pair: int):
    page = Screen(visit("coordinator"), "/proposals")
    page.press("Withdraw the proposal of")
    assert "Both are told by mail" in page.text and page.heading == "No proposal waits for an answer"
    page.press("Undo")
    assert Screen(visit("coordinator"), "/proposals").heading == "1 proposal waits for an answer"


def test_slips_are_for_whom_no_mail_reaches(visit: Visit, stage: Stage, pair: int):
    stage.change(Person, stage.person("junior"), email=None)
    page = Screen(visit("coordinator"), "/proposals").tap("1 slip to print")
    assert "1 slip, ready to print" in page.heading and "Monday 7 December" in page.text
    stage.answer("junior", pair, True)
    assert "No slip is needed" in page.open("/proposals/slips").text


def test_what_ends_first_stands_first(stage: Stage):
    made = stage.organisation
    late = made.pair("senior", "junior", request_id=made.asks("junior"))
    soon = made.pair("other_senior", "other_junior", request_id=made.asks("other_junior"))
    made.session.commit()
    stage.change(Mentorship, soon, proposed_at=stage.now - 5 * DAY)
    assert [one.id for one in stage.read(queries.waiting, stage.now)] == [soon, late]


def test_without_a_mail_server_there_is_a_slip_for_whom_nobody_was_found_too(stage: Stage, session: Session):
    told = {"told_at": stage.now, "able": 4, "reachable": 3, "free": 0, "fitting": 0}
    session.add(RequestOutcome(request_id=stage.organisation.asks("junior"), round_name="Herfst", **told))
    session.commit()
    for mails, whom in ((True, []), (False, [stage.person("junior")])):
        printed = stage.read(slips.slips, [], stage.now, mails=mails)
        assert [slip.person.id for slip in printed] == whom
        assert stage.read(slips.count, [], stage.now, mails=mails) == len(whom)


@pytest.mark.parametrize("who", ["junior", "senior", "manager", "admin"])
def test_nobody_else_gets_in(visit: Visit, app: Flask, organisation: Organisation, stage: Stage, pair: int, who: str):
    client = visit(who)
    assert client.get("/proposals").status_code in (403, 404)
    assert client.post("/proposals/remind", {"everybody": "true"}).status_code in (403, 404)
    assert client.post(f"/proposals/{pair}/replace").status_code in (403, 404)
    assert not notes(stage)


def test_another_is_put_in_its_place_from_the_page(visit: Visit, stage: Stage, pair: int):
    page = Screen(visit("coordinator"), "/proposals").press("Another in the place of")
    assert "Withdrawn. Choose whom to propose instead." in page.text
    assert page.path == f"/direct/{stage.person('junior')}"
