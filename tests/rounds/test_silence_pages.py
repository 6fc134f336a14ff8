"""A round at which nobody works says so to the coordinator: since when, and what happens by itself."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from flask import Flask

from mentorship.base import heartbeat
from mentorship.rounds import rules
from mentorship.rounds.claim import Claim
from mentorship.rounds.silence import LIVES_WITHIN
from mentorship.rounds.solving import solve_round
from tests.rounds.stage import Stage

NOBODY_YET = "nog nooit aan het werk gezien"
WAITS = "voor het laatst aan het werk gezien op 23 nov 2026 10:00"
STOPPED = "Sinds 23 nov 2026 10:00 werkt niemand hieraan"
PART = {"HX-Request": "true"}


@pytest.fixture
def desk(visit):
    return visit("coordinator")


def test_a_round_says_when_nobody_works_on_it(stage: Stage, app: Flask, desk):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    clock = app.config["CLOCK"]

    def at(later: timedelta, path: str = "") -> str:
        app.config["CLOCK"] = lambda: clock() + later
        return html.unescape(desk.get(f"/rounds/{round_id}{path}", headers=PART if path else {}).text)

    none = timedelta(0)
    assert NOBODY_YET in at(none) and NOBODY_YET in at(none, "/progress?shown=0"), "told without loading the page anew"
    assert not at(none, "/progress?shown=0-silent"), "and once"
    stage.act(heartbeat.beat, heartbeat.MAIL, stage.now)
    assert "de worker" not in at(LIVES_WITHIN) and "Je kunt gerust weg v" in at(LIVES_WITHIN)
    assert WAITS in at(LIVES_WITHIN + timedelta(seconds=1))
    assert Claim(stage.engine, round_id, stage.now).take()
    assert "werkt niemand" not in at(rules.LEASE)
    assert STOPPED in at(rules.LEASE + timedelta(seconds=1))
    assert solve_round(stage.engine, round_id, stage.now + timedelta(minutes=1)), "as it says"
    assert STOPPED not in at(timedelta(minutes=2))


def test_an_outcome_that_is_worked_out_again_says_so_too(stage: Stage, app: Flask, desk):
    stage.cast()
    round_id = stage.solved()
    stage.act(heartbeat.beat, heartbeat.MAIL, stage.now)
    stage.ask(round_id)
    told = html.unescape(desk.get(f"/rounds/{round_id}").text)
    assert "opnieuw berekend" in told and "de worker" not in told
    app.config["CLOCK"] = lambda: stage.now + timedelta(minutes=4)
    assert WAITS in html.unescape(desk.get(f"/rounds/{round_id}").text)
