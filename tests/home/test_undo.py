"""Undo: offered where a verb stated its inverse, for ten minutes, once, to who did it, while all is as it was left."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base import mail_kinds
from mentorship.base.audit import AuditRow
from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import UndoRow, purge
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Capacity, FormWish, Training
from mentorship.reminders.actions import collect
from mentorship.reminders.mails import renderers
from mentorship.worker.jobs import MORE_LETTERS
from tests.client import InspectingClient
from tests.factories import Organisation
from tests.outbox.postbox import settings
from tests.rounds.stage import at_once

Visit = Callable[[str | None], InspectingClient]
MINUTE = timedelta(minutes=1)
FORM = re.compile(r'action="(/undo/\d+)"')


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    organisation.speak("en")
    organisation.asks("junior")
    session.commit()
    return organisation


def read(made: Organisation, query: Any) -> list[Any]:
    """Read as it is now, and hold nobody up."""
    made.session.rollback()
    found = list(made.session.exec(query))
    made.session.expunge_all()
    made.session.rollback()
    return found


def withdraw(client: InspectingClient, made: Organisation) -> str:
    """Withdraw the junior's request; return where undo is."""
    (request,) = read(made, select(MentorRequest.id))
    answer = client.post(f"/mentor-requests/{request}/withdraw")
    found = FORM.search(client.follow(answer).text)
    assert found, "the page offers to undo it"
    return found[1]


def status(made: Organisation) -> str:
    (found,) = read(made, select(MentorRequest.status))
    return str(found)


def test_undone_on_any_page_and_audited(visit: Visit, made: Organisation):
    client = visit("junior")
    undo = withdraw(client, made)
    listed = client.get("/undo").text
    assert undo in listed and "Your request is withdrawn." in listed, "also after a reload"
    answer = client.post(undo, {"from_page": "/profiles?x=1"})
    assert answer.location == "/profiles?x=1", "one stays where one was"
    page = client.follow(answer).text
    assert "Undone: Your request is withdrawn." in page and "/undo/" not in page, "an undo is not undone"
    assert status(made) == "open"
    verbs = read(made, select(AuditRow.verb).order_by(col(AuditRow.id)))
    assert "withdraw request" in verbs and verbs[-1] == "undo: withdraw request"
    assert "Nothing to undo" in client.get("/undo").text


def test_a_double_click_undoes_once(visit: Visit, made: Organisation):
    client, other_tab = visit("junior"), visit("junior")
    undo = withdraw(client, made)
    other_tab.get("/undo")
    both = at_once(lambda: client.post(undo), lambda: other_tab.post(undo))
    assert [answer.status_code for answer in both] == [303, 303]
    said = client.follow(both[0]).text + other_tab.follow(both[1]).text
    assert said.count("Undone:") == said.count("This was undone already.") == 1
    assert status(made) == "open"


def test_what_another_did_is_not_there(visit: Visit, made: Organisation):
    undo = withdraw(visit("junior"), made)
    for other in ("senior", "coordinator", "admin"):
        client = visit(other)
        assert client.post(undo).status_code == 404
        assert undo not in client.get("/undo").text
    assert status(made) == "withdrawn"


def test_not_without_token_nor_by_a_link(visit: Visit, made: Organisation):
    client = visit("junior")
    undo = withdraw(client, made)
    client.post(undo, csrf=False)
    assert client.get(undo).status_code == 405
    assert status(made) == "withdrawn"


@pytest.mark.parametrize(("minutes", "after"), [(9, "open"), (10, "withdrawn")])
def test_for_ten_minutes(visit: Visit, app: Flask, made: Organisation, now: datetime, minutes: int, after: str):
    client = visit("junior")
    undo = withdraw(client, made)
    app.config["CLOCK"] = lambda: now + minutes * MINUTE
    assert (undo in client.get("/undo").text) == (after == "open")
    page = client.follow(client.post(undo)).text
    assert ("more than ten minutes ago" in page) == (after == "withdrawn")
    assert status(made) == after


def test_not_when_somebody_changed_it_since(visit: Visit, made: Organisation):
    client = visit("senior")
    first = FORM.search(client.follow(client.post("/profiles/places", {"places": "3", "hours": "8"})).text)
    client.post("/profiles/places", {"places": "2", "hours": "8"})
    assert first
    page = client.follow(client.post(first[1])).text
    assert "Somebody changed this since" in page
    assert read(made, select(Capacity.places).where(Capacity.person_id == made.people["senior"])) == [2]


def test_not_by_who_lost_a_role(visit: Visit, made: Organisation):
    client = visit("coordinator")
    answer = client.post(f"/profiles/{made.people['senior']}/training", {"title": "T", "followed_on": "2026-11-01"})
    found = FORM.search(client.follow(answer).text)
    made.session.exec(sa.delete(PersonRole).where(col(PersonRole.person_id) == made.people["coordinator"]))
    made.session.commit()
    assert found
    assert "not yours to change any more" in client.follow(client.post(found[1])).text
    assert read(made, select(Training))


def test_rows_of_a_set_come_back_as_they_were(visit: Visit, made: Organisation):
    """No two ways of learning weigh the same, also not half-way."""
    client = visit("junior")
    forms = ["on_the_job", "classroom", "online", "with_colleague", "short_modules"]
    client.post("/profiles/learning", {"choice": forms})
    before = weights(made)
    client.post("/profiles/learning", {"choice": forms[::-1]})
    assert weights(made) != before
    undo_newest(client)
    assert weights(made) == before
    undo_newest(client)
    assert weights(made) == {}, "there was none"


def weights(made: Organisation) -> dict[str, int]:
    return {row.form: row.weight for row in read(made, select(FormWish))}


def undo_newest(client: InspectingClient) -> str:
    found = FORM.search(client.get("/undo").text)
    assert found
    return client.follow(client.post(found[1])).text


def test_a_refusal_undone_is_never_told(visit: Visit, app: Flask, made: Organisation, now: datetime):
    (request,) = read(made, select(MentorRequest.id))
    made.mentor("guide")
    pair = made.pair("guide", "junior", request_id=request)
    made.session.get_one(MentorRequest, request).status = "placed"
    made.session.commit()
    client = visit("junior")

    def refuse() -> None:
        client.post(f"/mentorships/{pair}/refuse")
        collect(made.session, now)
        made.session.commit()

    refuse()
    assert state(made, pair) == ("refused", None, False, "open") and asked(made, "refused") == [made.people["guide"]]
    assert "Undone" in undo_newest(client)
    assert state(made, pair) == ("proposed", None, None, "placed") and asked(made, "refused") == []
    refuse()
    assert asked(made, "refused") == [made.people["guide"]], "refused again it is told after all"


def state(made: Organisation, pair: int) -> tuple[Any, ...]:
    (found,) = read(made, select(Mentorship).where(Mentorship.id == pair))
    (request,) = read(made, select(MentorRequest).where(MentorRequest.id == found.request_id))
    return found.status, found.mentor_accepted, found.junior_accepted, request.status


def asked(made: Organisation, kind: str) -> list[int]:
    query = select(OutboxRow.recipient_id).where(OutboxRow.kind == kind)
    return read(made, query)


def test_pausing_is_undone(visit: Visit, made: Organisation, now: datetime):
    pair = made.pair("senior", "junior", status="active", started_on=now.date())
    made.session.commit()
    client = visit("junior")
    client.post(f"/mentorships/{pair}/pause", {"until": "2026-12-10"})
    undo_newest(client)
    (found,) = read(made, select(Mentorship).where(Mentorship.id == pair))
    assert (found.status, found.paused_until) == ("active", None)


def proposed(made: Organisation) -> int:
    """A pair to which the senior said yes already."""
    (request,) = read(made, select(MentorRequest.id))
    pair = made.pair("senior", "junior", request_id=request)
    made.session.get_one(MentorRequest, request).status = "placed"
    made.session.get_one(Mentorship, pair).mentor_accepted = True
    made.session.commit()
    return pair


@pytest.mark.parametrize("logged", [False, True])
def test_a_yes_is_not_undone_once_hours_are_logged(visit: Visit, made: Organisation, now: datetime, logged: bool):
    pair, client = proposed(made), visit("junior")
    client.post(f"/mentorships/{pair}/accept")
    assert state(made, pair)[0] == "active"
    if logged:
        row = WorkedWeek(
            mentor_id=made.people["senior"],
            mentorship_id=pair,
            week=now.date(),
            hours=2,
            noted_by=made.people["senior"],
            noted_at=now,
        )
        made.session.add(row)
        made.session.commit()
    said = undo_newest(client)
    assert ("It is in use by now" in said) == logged
    assert state(made, pair)[:3] == (("active", True, True) if logged else ("proposed", True, None))
    assert bool(read(made, select(Goal.id))) == logged, "and its goals stay"


def test_a_goal_of_a_pair_that_ended_since_stays(visit: Visit, made: Organisation, now: datetime):
    pair = made.pair("senior", "junior", status="active", started_on=now.date())
    made.session.commit()
    client = visit("junior")
    goal = {"domain": made.domains["Pneumatiek"], "current": "0", "target": "2", "words": ""}
    client.follow(client.post(f"/mentorships/{pair}/goals", goal))
    assert len(read(made, select(Goal.id))) == 1
    made.session.execute(sa.update(Mentorship).values(status="ended", ended_on=now.date()))
    made.session.commit()
    undo_newest(client)
    assert len(read(made, select(Goal.id))) == 1


def test_forgotten_after_a_day(visit: Visit, session: Session, made: Organisation, now: datetime):
    withdraw(visit("junior"), made)
    made.session.rollback()
    purge(session, now + timedelta(days=1))
    assert session.exec(select(UndoRow)).all()
    purge(session, now + timedelta(days=1, seconds=1))
    assert not session.exec(select(UndoRow)).all()


def test_every_kind_of_mail_waits_or_goes_at_once():
    kinds = set(renderers(settings(25), MORE_LETTERS))
    assert kinds == mail_kinds.WAITING | mail_kinds.AT_ONCE
    assert not mail_kinds.WAITING & mail_kinds.AT_ONCE


def test_a_line_that_changed_since_is_not_turned_into_a_circle(visit: Visit, made: Organisation):
    admin = visit("admin")
    details = {"site_id": made.sites["Ede"], "department": "", "email": "", "languages": ["nl"]}
    junior, senior = made.people["junior"], made.people["senior"]
    admin.follow(admin.post(f"/insight/person/{senior}/work", {**details, "manager": "n-junior"}))
    answer = admin.post(f"/insight/person/{senior}/work", {**details, "manager": ""})
    undo = FORM.search(admin.follow(answer).text)
    assert undo
    admin.post(f"/insight/person/{junior}/work", {**details, "manager": "n-senior"})
    refused = admin.follow(admin.post(undo[1]))
    assert "reports to this person" in refused.text
    assert read(made, select(Person.manager_id).where(Person.id == senior)) == [None]


def test_hours_are_taken_back_by_a_manager_above_alone(visit: Visit, made: Organisation):
    manager, senior = visit("manager"), made.people["senior"]
    made.session.execute(sa.update(Capacity).where(col(Capacity.person_id) == senior).values(confirmed_hours=4))
    made.session.commit()
    answer = manager.post(f"/insight/workload/{senior}/confirm", {"hours": "6", "answer": "fewer"})
    undo = FORM.search(manager.follow(answer).text)
    assert undo
    made.session.execute(sa.update(Person).where(col(Person.id) == senior).values(manager_id=None))
    made.session.commit()
    manager.post(undo[1])
    assert read(made, select(Capacity.confirmed_hours).where(Capacity.person_id == senior)) == [6]
