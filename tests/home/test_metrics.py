"""The figures for Prometheus: for who has the token, and about nobody."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlmodel import Session

from mentorship import worker
from mentorship.base.outbox import ask
from tests.factories import Organisation
from tests.outbox.postbox import settings

TOKEN = "een-heel-lang-geheim-voor-cijfers"


@pytest.fixture
def metered(app: Flask) -> Flask:
    known = app.extensions["mentorship_settings"]
    app.extensions["mentorship_settings"] = known.model_copy(update={"metrics_token": SecretStr(TOKEN)})
    return app


def read(app: Flask, token: str | None) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = app.test_client().get("/metrics", headers=headers)
    return answer.status_code, answer.text


def test_without_a_token_in_the_settings_there_is_no_such_page(app: Flask, organisation: Organisation):
    assert read(app, None)[0] == read(app, "")[0] == read(app, TOKEN)[0] == 404


def test_without_the_right_token_nothing_is_told(metered: Flask, organisation: Organisation):
    for wrong in (None, "", "x", TOKEN[:-1], "é"):
        status, text = read(metered, wrong)
        assert status == 401 and "leermaat_" not in text


def test_the_figures_say_how_the_timed_work_stands(
    metered: Flask, engine: sa.Engine, session: Session, organisation: Organisation
):
    now = organisation.now
    worker.once(engine, now, settings(25, mode="production", smtp_host=""))
    ask(session, "help", organisation.people["junior"], now.date(), now)
    session.commit()
    status, text = read(metered, TOKEN)
    assert status == 200
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["leermaat_mail_waiting",] == 1 and found["leermaat_mail_failed",] == 0
    assert found["leermaat_worker_late",] == 0
    for job in ("mail", "check-ins", "upkeep", "purge"):
        assert found["leermaat_worker_last_pass_timestamp_seconds", job] == now.timestamp()
