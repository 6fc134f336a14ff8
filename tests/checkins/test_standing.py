"""How a pair stands: a word for the line and the coordinator, and to each side its own line."""

from __future__ import annotations

import pytest

from mentorship.people.models import Person, PersonRole
from tests.checkins.stage import Asking


def standing(stage: Asking, key: str, pair: int) -> str:
    page = stage.screen(key, f"/checkins/duo/{pair}")
    return page.text if page.status == 200 else str(page.status)


@pytest.mark.parametrize(
    ("junior", "mentor", "words"),
    [(5, 5, "in balans"), (5, 2, "op reserve"), (2, 5, "loopt vast"), (2, 2, "nu praten"), (3, 3, "in balans")],
)
def test_the_class_of_a_pair_is_the_coordinators_and_each_side_its_own_lines(
    stage: Asking, junior: int, mentor: int, words: str
):
    pair = stage.start("senior", "other_junior")
    stage.open()
    stage.twice(other_junior=junior, senior=mentor)
    assert words in standing(stage, "coordinator", pair)
    junior_side = f"Kant van Other_junior: {'laag' if junior == 2 else 'niet laag'}"
    mentor_side = f"Kant van Senior: {'laag' if mentor == 2 else 'niet laag'}"
    told = {"other_manager": {junior_side}, "manager": {mentor_side}, "director": {junior_side, mentor_side}}
    for key, sides in told.items():
        text = standing(stage, key, pair)
        assert {side for side in (junior_side, mentor_side) if side in text} == sides
        assert ("Kant van" in text) is True and text.count("Kant van") == 2 * len(sides), "heading and box"
        assert words not in text and "%" not in text, "words, and no figures"
    for key in ("senior", "other_junior"):
        assert words not in standing(stage, key, pair) and "Kant van" not in standing(stage, key, pair)
    for key in ("admin", "nobody", "junior", "other_senior"):
        assert standing(stage, key, pair) == "404"
    for visibility in ("aggregates", "released"):
        stage.choose(visibility)
        assert "Kant van" not in standing(stage, "manager", pair)
        assert "zien leidinggevenden niet" in standing(stage, "manager", pair)
        assert words in standing(stage, "coordinator", pair)


def test_one_answer_of_a_side_tells_nothing_yet(stage: Asking):
    pair = stage.start("senior", "other_junior")
    stage.open()
    stage.send("other_junior", 2)
    stage.send("senior", 2)
    stage.next_time()
    stage.send("senior", 2)
    assert "nog onbekend" in standing(stage, "coordinator", pair)
    assert "Kant van Senior: laag" in standing(stage, "manager", pair)
    assert "Kant van Other_junior: nog onbekend" in standing(stage, "other_manager", pair)


def test_who_has_several_roles_is_told_the_most_of_them_and_a_side_nothing(stage: Asking):
    pair = stage.start("senior", "other_junior")
    stage.open()
    stage.twice(other_junior=2, senior=5)
    for key, role in (("manager", "coordinator"), ("senior", "coordinator"), ("senior", "manager")):
        row = PersonRole(person_id=stage.person(key), role=role)
        stage.act(lambda session, row=row: session.add(row))
    assert "loopt vast" in standing(stage, "manager", pair), "as the coordinator"
    text = standing(stage, "senior", pair)
    assert "loopt vast" not in text and "Kant van" not in text, "a side is a side, whatever else it is"


def test_who_comes_above_a_side_reads_it_and_who_was_above_it_reads_it_no_more(stage: Asking):
    pair = stage.start("senior", "other_junior")
    stage.open()
    stage.twice(other_junior=2, senior=5)
    assert "Kant van Other_junior: laag" in standing(stage, "other_manager", pair)
    stage.change(Person, stage.person("other_junior"), manager_id=stage.person("manager"))
    assert standing(stage, "other_manager", pair) == "404"
    text = standing(stage, "manager", pair)
    assert "Kant van Other_junior: laag" in text and "Kant van Senior: niet laag" in text


def test_ones_own_line_is_for_its_author(stage: Asking):
    pair = stage.start()
    stage.open()
    stage.send("junior", 4)
    stage.send("senior", 2)
    junior, senior = standing(stage, "junior", pair), standing(stage, "senior", pair)
    assert "75 %" in junior and "25 %" not in junior
    assert "25 %" in senior and "75 %" not in senior
    for key in ("manager", "director", "coordinator"):
        text = standing(stage, key, pair)
        assert "Mijn grafiek" not in text and "75 %" not in text and "25 %" not in text
