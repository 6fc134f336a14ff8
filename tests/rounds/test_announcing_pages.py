"""Announcing on screen: the coordinator announces and sees who answered, a manager objects with one tap."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mentorship.programme.models import Programme
from tests.rounds.stage import Stage


@pytest.fixture
def announced(visit: Any, stage: Stage) -> int:
    stage.cast()
    stage.change(Programme, 1, objection_days=5)
    round_id = stage.solved()
    browser = visit("coordinator")
    assert browser.get(f"/rounds/{round_id}/publish").status_code == 303, "managers come first"
    asked = browser.get(f"/announcing/{round_id}/announce").text
    assert "2 leidinggevenden zien" in asked and "30 november" in asked
    version = stage.round(round_id).version
    browser.post(f"/announcing/{round_id}/announce", {"version": version})
    assert stage.round(round_id).status == "announced"
    return round_id


def test_a_manager_reads_their_own_pairs_and_objects(visit: Any, stage: Stage, announced: int):
    browser = visit("manager")
    assert "van je team: bezwaar of niet?" in browser.get("/").text
    page = browser.get("/announcing").text
    assert "Te veel" not in page and "Nu te veel voor deze persoon" in page
    (request_id, mentor_id) = next(
        (row.request_id, row.mentor_id)
        for row in stage.read(_announced, stage.now, announced)
        if row.of(stage.person("manager"))
    )
    sent = {"request_id": request_id, "mentor_id": mentor_id, "said": "too_much"}
    assert browser.post(f"/announcing/{announced}", sent).status_code == 303
    answers = visit("coordinator").get(f"/announcing/{announced}/answers").text
    assert "zei nog niets" in answers
    assert "Nu te veel voor deze persoon" in answers
    assert visit("junior").get("/announcing").status_code == 403


def test_the_manager_of_a_mentor_confirms_their_hours_from_the_row(visit: Any, stage: Stage, announced: int):
    """Fewer hours can be said too, and changed later; who manages the junior alone has nothing to confirm."""
    told = stage.read(_announced, stage.now, announced)
    for key in ("manager", "other_manager"):
        me = stage.person(key)
        mine = {row.mentor_id for row in told if row.of(me) and "mentor" in row.sides[me]}
        page = visit(key).get("/announcing").text
        linked = {int(found) for found in re.findall(r"workload\?q=[^\"]*open=(\d+)#p\1\"", page)}
        assert linked == mine and mine
        for mentor_id in mine:
            row = visit(key).get(f"/insight/workload?open={mentor_id}").text
            assert f"/insight/workload/{mentor_id}/confirm" in row


def _announced(session: Any, now: Any, round_id: int) -> Any:
    from mentorship.rounds.announcing.queries import announced as read

    return read(session, now, round_id)


def test_an_announcement_is_withdrawn(visit: Any, stage: Stage, announced: int):
    browser = visit("coordinator")
    assert "weer vrij voor anderen" in browser.get(f"/announcing/{announced}/withdraw").text
    version = stage.round(announced).version
    browser.post(f"/announcing/{announced}/withdraw", {"version": version})
    assert stage.round(announced).status == "solved"
    assert "Geen nieuw duo van je team" in visit("manager").get("/announcing").text


def test_a_manager_names_a_stand_in(visit: Any, stage: Stage):
    browser = visit("manager")
    me = stage.person("manager")
    assert browser.get("/stand-ins").location.endswith(f"/stand-ins/{me}")
    days = {"first_day": "2026-11-23", "last_day": "2026-11-27"}
    wrong = browser.post(f"/stand-ins/{me}", {"stand_in": "n-junior", **days})
    assert "ook leidinggevende of coördinator" in wrong.text
    assert browser.post(f"/stand-ins/{me}", {"stand_in": "n-other_manager", **days}).status_code == 303
    assert "vervangt van" in browser.get(f"/stand-ins/{me}").text
    assert "je vervangt van" in visit("other_manager").get(f"/stand-ins/{stage.person('other_manager')}").text
    assert visit("other_manager").get(f"/stand-ins/{me}").status_code == 404
