"""The field of classes: how all running pairs stand, for the coordinator alone, and never of their own."""

from __future__ import annotations

from tests.checkins.stage import Asking
from tests.factories import Screen

BOX = "/insight/balance/box"


def test_the_pairs_of_a_class_are_one_tap_away(stage: Asking):
    stage.start("senior", "other_junior")
    stage.start("other_senior", "junior")
    stage.open()
    stage.twice(other_junior=2, senior=2)
    box = stage.visit("coordinator").get(BOX).text
    assert "1 duo moet nu praten" in box and "Other_junior" not in box and "%" not in box
    talk = stage.screen("coordinator", "/duos?class=talk_now")
    assert 'href="/duos?class=talk_now"' in box and "Other_junior Proef" in talk.text
    assert talk.heading == "1 duo moet nu praten" and "Other_senior" not in talk.text and "%" not in talk.text
    unknown = stage.screen("coordinator", "/duos?class=unknown")
    assert "Other_senior Proef" in unknown.text and "Other_junior Proef" not in unknown.text
    assert stage.screen("coordinator", "/duos?class=alles").status == 200


def test_nobody_else_is_told(stage: Asking):
    stage.start()
    for who in ("junior", "senior", "manager", "director", "admin", "nobody"):
        assert stage.visit(who).get(BOX).status_code == 403, who
        assert "per klasse" not in stage.screen(who).text
    assert "Bekijk de duo's per klasse" in stage.screen("coordinator").text
    assert "Van 1 duo is nog niet bekend" in stage.visit("coordinator").get(BOX).text


def test_ones_own_pair_is_not_counted(stage: Asking):
    stage.start("senior", "coordinator")
    assert "1 duo" not in stage.visit("coordinator").get(BOX).text
    own = Screen(stage.visit("coordinator"), "/duos?class=unknown")
    assert "Senior Proef" not in own.text
