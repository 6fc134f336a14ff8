"""A job of the timetable that failed is seen by an administrator, with when and by which kind of fault, no more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from mentorship import worker
from mentorship.base.config import Settings
from mentorship.base.leader import Leader
from mentorship.operations.console.words import FAILED
from tests.client import InspectingClient
from tests.factories import Organisation
from tests.people.test_directory import plain

pytestmark = pytest.mark.both_databases


def tick(engine: sa.Engine, job: worker.Job, now: datetime) -> None:
    """Let the timetable do one job, as the worker does."""
    worker._ticking(job, Leader(engine), engine, Settings(), lambda: now)()


def test_every_job_has_words():
    assert set(FAILED) == {job.__name__ for _, job in worker.TIMETABLE}


def test_a_job_that_failed_is_said_for_a_month(engine: sa.Engine, visit, organisation: Organisation):
    admin: InspectingClient = visit("admin")
    assert "Mislukt" not in plain(admin.get("/console").text)

    def purge_all(*_given: object) -> None:
        raise ZeroDivisionError("Geheimvogel")

    with pytest.raises(ZeroDivisionError):
        tick(engine, purge_all, organisation.now)
    said = plain(admin.get("/console").text)
    assert "Mislukt in de laatste 30 dagen" in said and "ZeroDivisionError" in said
    assert "Geheimvogel" not in said, "what was in hand is nobody's business"
    assert "purge_all failed" in worker.status(engine, organisation.now).to_text()
    stands = worker.status(engine, organisation.now + timedelta(days=31))
    assert stands.failed_jobs == []
