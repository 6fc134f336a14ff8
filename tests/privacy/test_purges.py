"""One list of purges: all that is personal names one of it, each is named, and how they stand is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base import audit, heartbeat
from mentorship.base.audit import AuditRow
from mentorship.base.db import open_session
from mentorship.base.i18n import use_locale
from mentorship.base.personal import AFTER_LEAVING, ANSWERS_KEPT, PERSONAL, Basis, Term
from mentorship.operations.queries import PURGE
from mentorship.privacy.kept import SINCE, kept_for
from mentorship.privacy.purges.queries import standings
from mentorship.privacy.purges.words import DELETES
from mentorship.programme.models import Programme
from mentorship.tables import metadata
from mentorship.worker import jobs, purges
from tests.outbox.postbox import settings


def statements() -> dict[str, dict[str, Any]]:
    """What every personal table and column states of itself, by its name."""
    found = {}
    for name, table in metadata.tables.items():
        if PERSONAL in table.info:
            found[name] = table.info[PERSONAL]
        for column in table.columns:
            if PERSONAL in column.info:
                found[f"{name}.{column.name}"] = column.info[PERSONAL]
    return found


@pytest.mark.parametrize("name", sorted(statements()))
def test_what_is_personal_says_by_what_right_from_whom_and_how_long(name: str):
    stated = statements()[name]
    assert isinstance(stated["basis"], Basis) and stated["basis"].letter in "bcdef", "nobody can freely consent at work"
    assert stated["source"] and stated["recipients"] and stated["viewers"] and stated["purpose"]
    assert stated["retention"] and all(isinstance(term, Term) for term in stated["retention"]), "a term, not typed"
    for term in stated["retention"]:
        given = [term.months, term.days, term.minutes, term.setting]
        assert sum(map(bool, given)) == 1 and term.since in SINCE
        assert not term.setting or hasattr(Programme(), term.setting), "a key of the settings"


def test_what_is_personal_names_a_purge_and_each_purge_is_named():
    named = {stated["purge"] for stated in statements().values()}
    assert named == purges.PURGES.keys()
    assert named | {purges.FILES} == DELETES.keys(), "and of files on the disk"


def test_nothing_is_kept_longer_than_the_notice_says(visit: Callable[..., Any]):
    """Months are 24 at most, by the programme's settings too, and days and minutes are fewer."""
    page = visit("junior").get("/notice").text
    assert f"Al het andere: hoogstens {AFTER_LEAVING.months} maanden nadat je weg bent." in page
    checks = metadata.tables["programme"].constraints
    limits = " ".join(str(one.sqltext) for one in checks if isinstance(one, sa.CheckConstraint))
    for name, stated in statements().items():
        for term in stated["retention"]:
            if term.setting:
                assert f"{term.setting} BETWEEN 1 AND {AFTER_LEAVING.months}" in limits, name
            assert term.months <= AFTER_LEAVING.months and term.days < 31 * AFTER_LEAVING.months, name


def test_how_long_is_said_with_the_months_of_the_programme():
    of_answers = {PERSONAL: {"retention": (ANSWERS_KEPT,)}}
    with use_locale("en"):
        assert kept_for(of_answers, Programme(answers_months=9)) == "until 9 months after the pair ended"
        both = {"retention": (Term("last_day", days=42), AFTER_LEAVING)}
        said = "until 42 days after the last day of it, and at most until 24 months after the person left"
        assert kept_for(both, Programme()) == said
        for stated in statements().values():
            assert any(letter.isdigit() for letter in kept_for(stated, Programme()))


def test_what_is_said_of_personal_data_is_said_in_dutch_too():
    with use_locale("nl"):
        assert kept_for({"retention": (ANSWERS_KEPT,)}, Programme()) == "tot 12 maanden na het einde van het duo"


def old_decision(engine: sa.Engine, at: datetime) -> None:
    with open_session(engine) as session:
        audit.record(session, at, None, "leave", "person", 1)
        session.commit()


def test_each_purge_notes_when_it_passed_and_how_much_it_took(engine: sa.Engine, now: datetime):
    old_decision(engine, now - timedelta(days=731))
    old_decision(engine, now - timedelta(days=731))
    jobs.purge_all(engine, now, settings(25))
    later = now + timedelta(hours=6)
    jobs.purge_all(engine, later, settings(25))
    with open_session(engine, read_only=True) as session:
        found = {one.name: one for one in standings(session, later)}
    of_audit = found["audit"]
    assert (of_audit.at, of_audit.rows, of_audit.took_at, of_audit.total) == (later, 0, now, 2)
    assert {one.at for one in found.values()} == {later} and not any(one.late for one in found.values())
    with open_session(engine, read_only=True) as session:
        assert all(one.late for one in standings(session, later + timedelta(hours=25)))


def test_a_purge_that_fails_keeps_no_other_and_is_seen(
    engine: sa.Engine, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(session: Session, _now: datetime) -> None:
        session.execute(sa.delete(AuditRow))
        raise ValueError("no")

    old_decision(engine, now - timedelta(days=731))
    monkeypatch.setitem(purges.PURGES, "sign-ins", fail)
    with pytest.raises(ValueError, match="no"):
        jobs.purge_all(engine, now, settings(25))
    with open_session(engine, read_only=True) as session:
        found = {one.name: one for one in standings(session, now)}
        assert heartbeat.last(session, PURGE) is None, "the job is seen to be late"
    assert found["sign-ins"].late and not found["audit"].late and found["audit"].total == 1
    assert "the purge of sign-ins failed" in caplog.text


def test_a_log_that_could_not_be_emptied_is_told(
    engine: sa.Engine, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(purges, "empty_log", lambda _engine: False)
    jobs.purge_all(engine, now, settings(25))
    assert "is still in the log beside the database" in caplog.text
