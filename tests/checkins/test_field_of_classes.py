"""The field of classes: how all running pairs stand, for the coordinator alone, and never of their own."""

from __future__ import annotations

from tests.checkins.stage import Asking

PAGES = ("/insight/balance", "/insight/balance/box")


def test_the_pairs_of_a_class_are_one_tap_away(stage: Asking):
    stage.start("senior", "other_junior")
    stage.start("other_senior", "junior")
    stage.open()
    stage.twice(other_junior=2, senior=2)
    screen = stage.screen("coordinator", "/insight/balance")
    assert screen.heading == "1 duo moet nu praten" and "Er lopen 2 duo's" in screen.text
    assert "Other_junior" not in screen.text, "first a class is chosen"
    screen.tap("1 nu praten")
    assert "Nu praten: 1 duo" in screen.text and "Other_junior Proef – Senior Proef" in screen.text
    assert "Other_senior" not in screen.text and "%" not in screen.text
    screen.tap("1 nog onbekend")
    assert "Junior Proef – Other_senior Proef" in screen.text and "Other_junior" not in screen.text
    assert stage.screen("coordinator", "/insight/balance?class=alles").status == 200


def test_nobody_else_is_told(stage: Asking):
    stage.start()
    for who in ("junior", "senior", "manager", "director", "admin", "nobody"):
        for page in PAGES:
            assert stage.visit(who).get(page).status_code == 403, (who, page)
        assert "per klasse" not in stage.screen(who).text
    assert "Bekijk de duo's per klasse" in stage.screen("coordinator").text
    assert "Van 1 duo is nog niet bekend" in stage.visit("coordinator").get(PAGES[1]).text


def test_ones_own_pair_is_not_counted(stage: Asking):
    stage.start("senior", "coordinator")
    for page in PAGES:
        assert "1 duo" not in stage.visit("coordinator").get(page).text
    assert "Er lopen nu geen andere duo's" in stage.screen("coordinator", PAGES[0]).text


def test_a_pair_opens_beside_the_list_of_its_class(stage: Asking):
    stage.start()
    stage.start("other_senior", "other_junior")
    listed = stage.screen("coordinator", "/insight/balance?class=unknown")
    first = listed.tap("Junior Proef – Senior Proef")
    assert "1 van 2" in first.text and "Open het duo" in first.names("a")
    assert "Other_junior Proef – Other_senior Proef" in first.names("a"), "the list stays in reach"
    second = first.tap("Volgende (J)")
    assert "2 van 2" in second.text
    assert "Open het duo" not in second.tap("Sluiten (Esc)").names("a")
