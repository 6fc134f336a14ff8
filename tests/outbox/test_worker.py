"""The worker's round: ask, send, look back; and what it tells of how the mail stands."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from threading import Event

import pytest
import sqlalchemy as sa
from apscheduler.triggers.interval import IntervalTrigger
from sqlmodel import Session

from mentorship import worker
from mentorship.base import audit
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.lists import View
from mentorship.base.outbox import ask
from mentorship.people import listed
from mentorship.people.account.actions import invite
from mentorship.people.models import Person
from mentorship.worker import jobs
from tests.factories import Organisation
from tests.outbox.postbox import Postbox, free_port, receiving, settings
from tests.reminders.conftest import ask_before
from tests.rounds.stage import at_once

MINUTE = timedelta(minutes=1)


@pytest.fixture
def mailed(session: Session, organisation: Organisation) -> Organisation:
    """A proposal between two people with mailboxes."""
    organisation.pair("senior", "junior")
    for key in ("senior", "junior"):
        session.get_one(Person, organisation.people[key]).email = f"{key}@example.nl"
    session.commit()
    return organisation


@pytest.fixture
def asked(session: Session, mailed: Organisation, now: datetime) -> Organisation:
    """The proposal can not be undone any more, so that its mails may go out."""
    ask_before(session, now)
    session.commit()
    return mailed


def test_once_asks_and_sends_until_nothing_is_due(engine: sa.Engine, asked: Organisation, now: datetime):
    with receiving(Postbox()) as box:
        known = settings(box.port)
        worker.once(engine, now, known)
        assert sorted(box.to()) == ["junior@example.nl", "senior@example.nl"]
        worker.once(engine, now, known)
        worker.once(engine, now + MINUTE, known)
        assert len(box.taken) == 2


def test_what_can_be_undone_is_told_ten_minutes_later(engine: sa.Engine, mailed: Organisation, now: datetime):
    with receiving(Postbox()) as box:
        known = settings(box.port)
        worker.once(engine, now, known)
        worker.once(engine, now + 9 * MINUTE, known)
        assert not box.taken
        worker.once(engine, now + 10 * MINUTE, known)
        assert sorted(box.to()) == ["junior@example.nl", "senior@example.nl"]


def test_two_workers_at_once(engine: sa.Engine, asked: Organisation, now: datetime):
    with receiving(Postbox()) as box:
        known = settings(box.port)
        assert at_once(*[lambda: worker.once(engine, now, known)] * 3) == [None] * 3
        assert sorted(box.to()) == ["junior@example.nl", "senior@example.nl"]


def test_more_than_a_batch_goes_out_at_once(engine: sa.Engine, mailed: Organisation, now: datetime, monkeypatch):
    made = mailed
    made.offers("coordinator", places=20, hours=40, confirmed=40)
    for n in range(7):
        made.pair("coordinator", made_person(made, n))
    ask_before(made.session, now)
    made.session.commit()
    with receiving(Postbox()) as box:
        monkeypatch.setattr(jobs.delivery, "deliver", partial(jobs.delivery.deliver, batch=3))
        worker.once(engine, now, settings(box.port))
        assert len(box.taken) == 9


def made_person(made: Organisation, n: int) -> str:
    made.person(f"p{n}", "junior", email=f"p{n}@example.nl")
    return f"p{n}"


def test_in_production_without_a_mail_server_nothing_is_asked_for(engine: sa.Engine, mailed: Organisation, now, caplog):
    caplog.set_level(logging.INFO)
    worker.once(engine, now, settings(25, mode="production", smtp_host=""))
    stands = worker.status(engine, now)
    assert "0 now, 0 later" in stands.to_text() and not stands.late and "Hallo" not in caplog.text


def test_elsewhere_without_a_mail_server_it_goes_to_the_log(engine: sa.Engine, asked: Organisation, now, caplog):
    caplog.set_level(logging.INFO)
    worker.once(engine, now, settings(25, smtp_host=""))
    assert caplog.text.count("Een voorstel wacht op je antwoord") == 2 and "Hallo Junior," in caplog.text


def test_the_status_of_a_quiet_day(engine: sa.Engine, asked: Organisation, now: datetime):
    stands = worker.status(engine, now)
    assert stands.late and stands.to_text().count("never passed  LATE") == 5, "no worker was ever here"
    with receiving(Postbox()) as box:
        worker.once(engine, now, settings(box.port))
    stands, passed = worker.status(engine, now + MINUTE), "last pass 2026-11-23 09:00:00 UTC"
    assert not stands.late
    assert stands.to_text().splitlines() == [
        "lag:       0 min",
        "waiting:   0 now, 0 later",
        "sent:      2 today",
        "failed:    0",
        "solving:   nothing",
        f"mail:      {passed}",
        f"check-ins: {passed}",
        f"upkeep:    {passed}",
        f"purge:     {passed}",
        f"leaving:   {passed}",
    ]
    assert "0 today" in worker.status(engine, now + timedelta(days=1)).to_text()


def test_a_dead_worker_is_noticed_though_nothing_waits(engine: sa.Engine, mailed: Organisation, now: datetime):
    worker.once(engine, now, settings(25, mode="production", smtp_host=""))
    assert not worker.status(engine, now + 15 * MINUTE).late
    dead = worker.status(engine, now + 16 * MINUTE)
    assert dead.late and dead.idle == ["mail"]
    assert worker.status(engine, now + timedelta(days=2)).idle == ["mail", "check-ins", "upkeep", "purge", "leaving"]


def test_a_server_that_is_away_shows_as_lag(engine: sa.Engine, asked: Organisation, now: datetime):
    known = settings(free_port())
    worker.once(engine, now, known)
    worker.once(engine, now + 14 * MINUTE, known)
    stands = worker.status(engine, now + 14 * MINUTE)
    assert "14 min" in stands.to_text() and "2 now, 0 later" in stands.to_text() and not stands.late
    worker.once(engine, now + 16 * MINUTE, known)
    stands = worker.status(engine, now + 16 * MINUTE)
    assert "16 min" in stands.to_text() and stands.late and not stands.idle
    assert stands.to_json()["late"] and stands.to_json()["mail"]["lag_seconds"] == 16 * 60


def test_what_waits_for_somebodys_shift_is_no_lag(engine: sa.Engine, mailed: Organisation, now: datetime):
    worker.once(engine, now, settings(25, mode="production", smtp_host=""))
    with open_session(engine) as session:
        ask(session, "proposal", mailed.people["junior"], now.date(), now - 60 * MINUTE, not_before=now + MINUTE)
        session.commit()
    stands = worker.status(engine, now)
    assert "0 now, 1 later" in stands.to_text() and not stands.late


def test_a_failed_mail_is_named_and_nothing_of_it_told(engine: sa.Engine, asked: Organisation, now: datetime):
    with receiving(Postbox()) as box:
        box.refusals["junior@example.nl"] = ["550 junior@example.nl unknown"]
        worker.once(engine, now, settings(box.port))
    stands = worker.status(engine, now)
    told = stands.to_text()
    assert "failed:    1" in told and "550 SMTPRecipientsRefused" in told and "(proposal)" in told and not stands.late
    assert "example.nl" not in told
    assert stands.to_json()["failures"][0]["error"] == "550 SMTPRecipientsRefused"
    worker.once(engine, now + timedelta(days=91), settings(25, mode="production", smtp_host=""))
    assert "failed:    0" in worker.status(engine, now + timedelta(days=91)).to_text(), "purged"


def test_a_failed_mail_goes_out_once_more_when_somebody_says_so(engine: sa.Engine, asked: Organisation, now: datetime):
    with receiving(Postbox()) as box:
        box.refusals["junior@example.nl"] = ["550 junior@example.nl unknown"]
        worker.once(engine, now, settings(box.port))
        assert box.to() == ["senior@example.nl"] and worker.retry(engine, now + MINUTE) == 1
        worker.once(engine, now + MINUTE, settings(box.port))
        assert sorted(box.to()) == ["junior@example.nl", "senior@example.nl"], "the mailbox is there now"
        assert worker.retry(engine, now + 2 * MINUTE) == 0


def test_an_invitation_is_not_retried_without_its_code(engine: sa.Engine, mailed: Organisation, session: Session, now):
    with receiving(Postbox()) as box:
        box.refusals["junior@example.nl"] = ["550 unknown", "550 unknown"]
        invite(session, mailed.actor("coordinator"), [mailed.people["junior"]], "https://x/activate", now)
        ask_before(session, now)
        session.commit()
        worker.once(engine, now, settings(box.port))
        assert worker.retry(engine, now + MINUTE) == 2
        box.refusals.clear()
        worker.once(engine, now + MINUTE, settings(box.port))
        assert len(box.taken) == 2, "the proposal: a code that nobody knows any more is no invitation"


def test_the_audit_log_forgets_after_two_years(
    engine: sa.Engine, mailed: Organisation, session: Session, now: datetime
):
    for days in (0, 729, 731):
        audit.record(session, now - timedelta(days=days), None, f"{days} days ago", "test", 1)
    session.commit()
    worker.once(engine, now, settings(25, mode="production", smtp_host=""))
    assert {row.verb for row in audit.history(session, "test", 1)} == {"0 days ago", "729 days ago"}


def test_names_of_an_older_version_are_found_after_a_while(
    engine: sa.Engine, mailed: Organisation, session: Session, now: datetime
):
    session.execute(sa.text("UPDATE person SET sort_key = ''"))
    session.commit()
    worker.once(engine, now, settings(25, mode="production", smtp_host=""))
    found = listed.list_people(session, View("junior"))
    assert found, "the version before wrote people without it while both ran"


def test_a_pass_that_fails_half_way_is_seen_as_late(
    engine: sa.Engine, mailed: Organisation, now: datetime, monkeypatch
):
    known = settings(25, mode="production", smtp_host="")
    worker.once(engine, now, known)
    monkeypatch.setattr(jobs.signals, "to_raise", lambda *_: 1 / 0)
    later = now + timedelta(hours=2)
    with pytest.raises(ZeroDivisionError):
        worker.once(engine, later, known)
    assert "check-ins" in worker.status(engine, later).idle


def test_a_job_without_a_database_takes_a_line_and_goes_on(engine: sa.Engine, monkeypatch, caplog):
    ticks: list[datetime] = []
    twice = Event()

    def failing(_engine: sa.Engine, now: datetime, _settings: Settings) -> None:
        ticks.append(now)
        if len(ticks) > 1:
            twice.set()
        raise sa.exc.OperationalError("SELECT", {}, Exception("the server closed the connection"))

    monkeypatch.setattr(worker, "TIMETABLE", ((IntervalTrigger(seconds=0.05), failing),))
    scheduler = worker.in_background(engine, settings(25))
    assert twice.wait(20)
    scheduler.shutdown()
    told = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert told[0].getMessage() == (
        "failing: the database does not answer: Exception: the server closed the connection"
    )
    assert all(record.exc_info is None for record in told)
