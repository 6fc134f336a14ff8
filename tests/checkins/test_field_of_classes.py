"""The field of classes: how all running pairs stand, for the coordinator alone, and never of their own."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from mentorship.base.i18n import use_locale
from mentorship.checkins import standings
from mentorship.insight.balance import words
from mentorship.insight.balance.queries import moves
from mentorship.insight.duos.kept import KeptSides
from tests.checkins.stage import Asking
from tests.factories import Screen

BOX = "/insight/balance/box"
LINE = "/insight/balance/line"


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


def test_moves_are_counted_from_class_to_class_and_only_among_enough():
    then = {1: "in_balance", 2: "in_balance", 3: "stuck", 4: "unknown", 5: "stuck", 6: "talk_now"}
    after = {1: "in_balance", 2: "on_reserve", 3: "in_balance", 4: "stuck", 5: "unknown", 6: "talk_now"}
    assert moves(then, after) == {}, "of four known ones each could be told apart"
    then[7], after[7] = "in_balance", "on_reserve"
    assert moves(then, after) == {("in_balance", "on_reserve"): 2, ("stuck", "in_balance"): 1}
    with use_locale("en"):
        said = words.moves(moves(then, after))
    assert said == ["2 pairs from going well to stretched", "1 pair from stuck to going well"]


def test_what_stood_four_weeks_ago_is_by_the_answers_of_then(stage: Asking, session: Session):
    pair = stage.start("senior", "other_junior")
    stage.open()
    stage.twice(other_junior=2, senior=2)
    stage.next_time()
    stage.next_time()
    stage.open()
    stage.send("other_junior", 5)
    stage.send("senior", 5)
    kept, later = KeptSides(), stage.now
    assert standings.sides(session, [pair], later)[pair]["mentor"] != "low"
    for moment, word in ((stage.now - timedelta(days=1), "low"), (later - timedelta(weeks=26), "unknown")):
        assert kept.before(session, [pair], moment.date(), moment)[pair]["mentor"] == word, "5 was said later"
        before = standings.sides(session, [pair], moment, lambda at, end=moment: at <= end)
        assert kept.before(session, [pair], moment.date(), moment)[pair] == before[pair]
    assert kept.before(session, [pair], later.date(), later - timedelta(weeks=26))[pair]["mentor"] == "unknown"


def test_a_manager_reads_the_sides_of_their_own_team_in_two_bars(stage: Asking):
    stage.start("senior", "other_junior")
    stage.start("other_senior", "junior")
    stage.open()
    stage.twice(other_junior=2, senior=2)
    assert 'data-later="/insight/balance/line"' in stage.visit("manager").get("/").text
    box = stage.visit("manager").get(LINE).text
    assert "Praat met 1 collega van je team" in box
    assert "De mentor van je team in 1 duo" in box and "De junior van je team in 1 duo" in box
    assert "1 laag, 0 niet laag, 0 nog onbekend" in box, "the own mentor"
    assert "0 laag, 0 niet laag, 1 nog onbekend" in box, "the own junior, who did not answer; not the other line's"
    assert "nu praten" not in box and "Senior" not in box and "junior Proef" not in box


def test_a_manager_is_told_why_nothing_is_shown(stage: Asking):
    stage.start("senior", "other_junior")
    stage.open()
    stage.twice(other_junior=2, senior=2)
    stage.choose("released")
    box = stage.visit("manager").get(LINE).text
    assert "alleen zien wat de schrijver zelf laat zien" in box and "laag" not in box
    stage.choose("aggregates")
    box = stage.visit("manager").get(LINE).text
    assert "niets zien van wat iemand antwoordt" in box and "/insight/published" in box and "laag" not in box


def test_the_box_of_a_team_is_for_who_has_one(stage: Asking):
    for who in ("junior", "senior", "coordinator", "hr", "admin", "nobody"):
        assert stage.visit(who).get(LINE).status_code == 403, who
    assert "Niemand in je team zit nu in een lopend duo" in stage.visit("manager").get(LINE).text
