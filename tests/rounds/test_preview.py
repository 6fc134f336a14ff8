"""What a decision would move, told beforehand: just what it moves when it is made."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from mentorship.profiles.models import Capacity, Wish
from mentorship.rounds import queries
from mentorship.rounds.models import FORBID, LOCK, Round
from mentorship.rounds.review.preview import MOST_PAIRS
from mentorship.rounds.review.tried import moved_by
from mentorship.rounds.solution import unpack
from tests.client import InspectingClient
from tests.factories import Screen, words_of
from tests.rounds.stage import Stage

Visit = Callable[[str | None], InspectingClient]


def many(stage: Stage, seed: int, requests: int = 9, mentors: int = 4) -> None:
    """Some who ask and few places; most pairs fit alike, so that ties decide; some wish for one another."""
    made, chance = stage.organisation, random.Random(seed)
    guides = [made.mentor(f"m{place}", "Pneumatiek") for place in range(mentors)]
    for place in range(requests):
        junior = made.person(f"j{place}", "junior")
        made.asks(f"j{place}")
        if chance.random() < 0.6:
            made.session.add(Wish(person_id=junior, other_id=made.people[f"m{chance.randrange(mentors)}"], wanted=True))
    made.session.commit()
    assert guides
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=0)


def by_request(moved: list[dict[str, int | None]]) -> dict[int | None, dict[str, int | None]]:
    return {move["request"]: move for move in moved}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("cost", [None, 0.6], ids=["matches first", "quality first"])
def test_what_it_says_is_what_happens(stage: Stage, seed: int, cost: float | None):
    """Each decision is tried, made, solved as a round is, and taken back; with one lock standing all the while."""
    many(stage, seed)
    round_id = stage.open()
    stage.change(Round, round_id, unmatched_cost=cost, seed=seed)
    stage.solve(round_id)
    held, held_by = sorted(stage.pairs(round_id).items())[0]
    stage.decide_all(round_id, [(held, held_by)], LOCK)
    found = stage.solve(round_id)
    solution = unpack(found.problem)
    terms = stage.read(queries.terms, found)
    pairs = stage.pairs(round_id)
    edges = zip(solution.request.tolist(), solution.mentor.tolist(), strict=True)
    eligible = [(int(solution.request_ids[row]), int(solution.mentor_ids[column])) for row, column in edges]
    tried = 0
    for pair in random.Random(seed).sample(eligible, len(eligible)):
        kind = FORBID if pairs.get(pair[0]) == pair[1] else LOCK
        if pair[0] == held or tried == 5:
            continue
        try:
            told = moved_by(solution, terms, found.seed, pair, kind)
        except ValueError:
            assert kind == LOCK and pair[1] == held_by
            continue
        tried += 1
        stage.decide_all(round_id, [pair], kind)
        assert by_request(stage.solve(round_id).quality["moved"]) == by_request(told)
        stage.decide_all(round_id, [pair], None)
        stage.solve(round_id)
        assert stage.pairs(round_id) == pairs
    assert tried


@pytest.mark.parametrize("seed", range(3))
def test_to_lock_what_is_found_or_forbid_what_is_not_moves_nobody(stage: Stage, seed: int):
    """As the page says without trying it."""
    many(stage, seed)
    round_id = stage.solved()
    found = stage.round(round_id)
    solution = unpack(found.problem)
    terms = stage.read(queries.terms, found)
    pairs = stage.pairs(round_id)
    edges = zip(solution.request.tolist(), solution.mentor.tolist(), strict=True)
    for row, column in edges:
        pair = int(solution.request_ids[row]), int(solution.mentor_ids[column])
        kind = LOCK if pairs.get(pair[0]) == pair[1] else FORBID
        assert moved_by(solution, terms, found.seed, pair, kind) == []


def look(stage: Stage, visit: Visit, round_id: int, request_id: int, mentor: str) -> Screen:
    stage.organisation.speak("en")
    path = f"/rounds/{round_id}/review/{request_id}?try={stage.person(mentor)}"
    return Screen(visit("coordinator"), path)


def shown(screen: Screen) -> str:
    (part,) = [each for each in screen.tree.iter("div") if each.get("id") == "try"]
    return words_of(part)


def test_the_page_tells_beforehand_and_decides_from_there(stage: Stage, visit: Visit):
    first, second = stage.cast()
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=1)
    round_id = stage.solved()
    stage.organisation.speak("en")
    screen = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{first}")
    assert shown(screen) == ""
    said = shown(screen.tap("What would change? Other_senior Proef"))
    assert "Choose: 2 pairs move. Nobody loses a mentor. Together it fits 10 points less." in said
    assert "Other_junior Proef was Other_senior Proef becomes Senior Proef" in said
    assert "Not together: nobody moves." in said
    said = shown(look(stage, visit, round_id, first, "senior"))
    assert "Lock: nobody moves." in said and "Not together: 2 pairs move." in said
    screen = look(stage, visit, round_id, first, "other_senior")
    screen.press("Choose : Junior Proef and Other_senior Proef")
    assert stage.overrides(round_id) == {(first, stage.person("other_senior"), "lock")}
    assert shown(look(stage, visit, round_id, first, "senior")) == "", "being worked out again"
    stage.solve(round_id)
    assert stage.pairs(round_id) == {first: stage.person("other_senior"), second: stage.person("senior")}
    assert shown(look(stage, visit, round_id, first, "other_senior")) == "", "decided already"


def test_who_loses_a_mentor_is_told_first(stage: Stage, visit: Visit):
    first, _ = stage.cast()
    stage.change(Capacity, stage.person("other_senior"), places=0)
    stage.change(Capacity, stage.person("senior"), places=1)
    round_id = stage.solved()
    (matched,) = stage.pairs(round_id)
    assert matched == first
    said = shown(look(stage, visit, round_id, first, "senior"))
    assert "Not together: 2 pairs move. 1 loses a mentor." in said
    assert "Junior Proef was Senior Proef no mentor" in said


def test_a_place_that_others_are_locked_to_cannot_be_tried(stage: Stage, visit: Visit):
    first, second = stage.cast()
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=1)
    round_id = stage.solved()
    stage.decide(round_id, second, "other_senior", "lock")
    stage.solve(round_id)
    said = shown(look(stage, visit, round_id, first, "other_senior"))
    assert "Choose: that cannot be, for every place is locked." in said


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999999999999999999", "1%00", "%C2%B2"])
def test_an_id_that_is_nobody_shows_nothing(stage: Stage, visit: Visit, asked: str):
    first, _ = stage.cast()
    round_id = stage.solved()
    screen = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{first}?try={asked}")
    assert screen.status == 200 and shown(screen) == ""


def test_a_published_round_tries_nothing(stage: Stage, visit: Visit):
    first, _ = stage.cast()
    round_id = stage.solved()
    stage.publish(round_id)
    screen = look(stage, visit, round_id, first, "other_senior")
    assert shown(screen) == "" and "What would change?" not in screen.text


def test_of_a_very_large_round_nothing_is_tried(stage: Stage, visit: Visit, monkeypatch: pytest.MonkeyPatch):
    first, _ = stage.cast()
    round_id = stage.solved()
    monkeypatch.setattr("mentorship.rounds.review.preview.MOST_PAIRS", 1)
    assert "What would change?" not in look(stage, visit, round_id, first, "senior").text
    assert MOST_PAIRS == 200_000
