"""How a pair stands: a word for the line and the coordinator, and to each side its own line."""

from __future__ import annotations

import pytest

from tests.checkins.stage import Asking


def standing(stage: Asking, key: str, pair: int) -> str:
    page = stage.screen(key, f"/checkins/duo/{pair}")
    return page.text if page.status == 200 else str(page.status)


@pytest.mark.parametrize(
    ("junior", "mentor", "words"),
    [(5, 5, "in balans"), (5, 2, "op reserve"), (2, 5, "loopt vast"), (2, 2, "nu praten")],
)
def test_the_class_of_a_pair(stage: Asking, junior: int, mentor: int, words: str):
    pair = stage.start("senior", "other_junior")
    stage.open()
    assert "nog onbekend" in standing(stage, "coordinator", pair)
    stage.send("other_junior", junior)
    assert "nog onbekend" in standing(stage, "manager", pair), "one side alone tells nothing"
    stage.send("senior", mentor)
    for key in ("coordinator", "manager", "other_manager", "director"):
        text = standing(stage, key, pair)
        assert words in text and "%" not in text, "words, and no figures"
    for key in ("senior", "other_junior"):
        assert words not in standing(stage, key, pair)
    for key in ("admin", "nobody", "junior", "other_senior"):
        assert standing(stage, key, pair) == "404"
    for visibility in ("aggregates", "released"):
        stage.choose(visibility)
        assert words not in standing(stage, "manager", pair)
        assert "zien leidinggevenden niet" in standing(stage, "manager", pair)
        assert words in standing(stage, "coordinator", pair)


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
