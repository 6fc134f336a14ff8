"""Notes about a request of a round: several coordinators read them, who wrote one takes it back, no file has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base import undo
from mentorship.base.errors import Conflict, Refused
from mentorship.leaving.erasing import erase
from mentorship.people.access import Actor
from mentorship.rounds.notes import actions, queries, rules
from mentorship.rounds.notes.models import RoundNote
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import Stage, at_once, counted

Visit = Callable[[str | None], InspectingClient]
HIDDEN = 403, 404
WORDS = "Eerst bellen: wil liever niet in de avond"


@pytest.fixture
def asked(stage: Stage) -> tuple[int, int]:
    """A solved round with two coordinators, and a request in it."""
    first, _ = stage.cast()
    stage.organisation.person("second", "coordinator")
    stage.organisation.speak("en")
    stage.organisation.session.commit()
    return stage.solved(), first


def actor(stage: Stage, key: str) -> Actor:
    return Actor(stage.person(key), frozenset({"coordinator"}), key)


def noted(stage: Stage, round_id: int, request_id: int) -> list[str]:
    found: list[RoundNote] = stage.read(queries.notes, round_id, request_id)
    return [one.words for one in found]


def note(stage: Stage, asked: tuple[int, int], key: str = "coordinator", words: str = WORDS) -> RoundNote:
    found: RoundNote = stage.act(actions.note, actor(stage, key), *asked, words=words, now=stage.now)
    return found


def test_one_coordinator_notes_and_the_other_reads_and_answers(stage: Stage, visit: Visit, asked: tuple[int, int]):
    round_id, request_id = asked
    url = f"/rounds/{round_id}/review/{request_id}"
    screen = Screen(visit("coordinator"), url)
    assert "Withdraw the note" not in screen.names("button")
    screen.press("Note it", words=WORDS)
    assert "Noted for the other coordinators." in screen.text and WORDS in screen.text
    other = Screen(visit("second"), url)
    assert WORDS in other.text and "Coordinator Proef, 23 Nov 2026" in other.text
    assert not [name for name in other.names("button") if name.startswith("Withdraw the note")], "that is its writer's"
    other.press("Note it", words="Is gedaan")
    assert Screen(visit("coordinator"), f"/rounds/{round_id}").text.count("2 notes") == 1, "at the row"
    screen.open(url)
    (mine,) = [name for name in screen.names("button") if name.startswith("Withdraw the note")]
    screen.press(mine)
    assert WORDS not in screen.text and "Is gedaan" in screen.text


def test_a_note_stands_at_its_own_request_in_its_own_round(stage: Stage, asked: tuple[int, int]):
    round_id, request_id = asked
    (other,) = set(stage.pairs(round_id)) - {request_id}
    again = stage.solved()
    for number, (where, whom) in enumerate([(round_id, request_id), (round_id, other), (again, request_id)]):
        note(stage, (where, whom), words=f"mat {number}")
    assert noted(stage, round_id, request_id) == ["mat 0"]
    assert noted(stage, round_id, other) == ["mat 1"]
    assert noted(stage, again, request_id) == ["mat 2"]


def test_whom_nobody_was_found_for_is_marked_too(stage: Stage, visit: Visit, asked: tuple[int, int]):
    made = stage.organisation
    made.person("lonely", "junior", manager="manager")
    lonely = made.asks("lonely", "PLC-programmering")
    made.session.commit()
    round_id = stage.solved()
    note(stage, (round_id, lonely))
    page = Screen(visit("second"), f"/rounds/{round_id}/review/unmatched")
    assert WORDS in page.tap("1 note").text


def test_no_list_and_no_file_has_the_words(stage: Stage, visit: Visit, asked: tuple[int, int]):
    round_id, _ = asked
    note(stage, asked)
    page = visit("coordinator")
    for path in ("", "?as=csv", "/decisions", "/review/unmatched"):
        assert WORDS not in page.get(f"/rounds/{round_id}{path}").text
    for row in stage.audit(actions.NOTE):
        assert WORDS not in str(row.details)


@pytest.mark.parametrize("key", ["junior", "senior", "manager", "hr", "admin"])
def test_nobody_else_reads_or_writes_them(stage: Stage, visit: Visit, asked: tuple[int, int], key: str):
    found = note(stage, asked)
    url = "/rounds/{}/notes/{}".format(*asked)
    page = visit(key)
    assert page.get(url).status_code in HIDDEN
    assert page.post(url, {"words": "x"}).status_code in HIDDEN
    assert page.post(f"/rounds/notes/{found.id}/take-back", {}).status_code in HIDDEN
    assert noted(stage, *asked) == [WORDS]


def test_an_id_of_another_request_or_round_is_not_there(stage: Stage, visit: Visit, asked: tuple[int, int]):
    round_id, request_id = asked
    found = note(stage, asked)
    page = visit("coordinator")
    assert page.post(f"/rounds/notes/{(found.id or 0) + 1}/take-back", {}).status_code == 404
    assert page.get(f"/rounds/{round_id + 1}/notes/{request_id}").status_code == 404
    assert page.get(f"/rounds/{round_id}/notes/99999").status_code == 404
    assert noted(stage, *asked) == [WORDS]


@pytest.mark.parametrize("words", ["", "   ", "x" * 301])
def test_what_is_not_right_is_shown_again(stage: Stage, visit: Visit, asked: tuple[int, int], words: str):
    answer = visit("coordinator").post("/rounds/{}/notes/{}".format(*asked), {"words": words})
    assert answer.status_code == 422 and words.strip() in answer.text
    assert noted(stage, *asked) == []


@pytest.mark.both_databases
def test_only_who_wrote_it_takes_it_back_and_once(stage: Stage, asked: tuple[int, int]):
    found = note(stage, asked)
    with pytest.raises(Refused):
        stage.act(actions.take_back, actor(stage, "second"), found.id, stage.now)
    mine = actor(stage, "coordinator")
    told = at_once(*[lambda: stage.act(actions.take_back, mine, found.id, stage.now)] * 2)
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "RoundNote"]
    assert noted(stage, *asked) == []
    with pytest.raises(Conflict):
        stage.act(actions.take_back, mine, found.id, stage.now)


@pytest.mark.both_databases
def test_two_at_once_both_stand_and_the_same_twice_stands_once(stage: Stage, asked: tuple[int, int]):
    told = at_once(*[lambda key=key: note(stage, asked, key) for key in ("coordinator", "coordinator", "second")])
    assert not [one for one in told if isinstance(one, Exception)]
    assert noted(stage, *asked) == [WORDS, WORDS]


@pytest.mark.both_databases
def test_both_ways_can_be_undone(stage: Stage, asked: tuple[int, int]):
    me = actor(stage, "coordinator")

    def undone(verb: Callable[[Session], object]) -> None:
        def do(session: Session) -> undo.UndoRow | None:
            verb(session)
            return undo.offer(session, me, "x", "notes.note", {}, stage.now)

        row = stage.act(do)
        back = {undo.name_of(undo.put_back): undo.put_back}
        stage.act(lambda session: undo.carry_out(session, me, session.get_one(undo.UndoRow, row.id), back, stage.now))

    undone(lambda session: actions.note(session, me, *asked, words=WORDS, now=stage.now))
    assert noted(stage, *asked) == []
    found = note(stage, asked)
    undone(lambda session: actions.take_back(session, me, found.id or 0, stage.now))
    assert noted(stage, *asked) == [WORDS]


def test_there_are_not_more_than_twenty_nor_in_a_closed_round(stage: Stage, asked: tuple[int, int]):
    for number in range(rules.MOST):
        note(stage, asked, words=str(number))
    with pytest.raises(Refused):
        note(stage, asked)
    with pytest.raises(Refused):
        rules.check_note("closed", 0)
    for status in ("draft", "solving", "solved", "announced", "published"):
        rules.check_note(status, 0)


def test_they_go_with_who_asked_and_with_who_wrote_them(stage: Stage, asked: tuple[int, int]):
    round_id, request_id = asked
    (other,) = set(stage.pairs(round_id)) - {request_id}
    note(stage, asked)
    note(stage, (round_id, other), "second")
    stage.act(erase, stage.person("junior"), stage.now)
    assert noted(stage, *asked) == [] and noted(stage, round_id, other) == [WORDS]
    stage.act(erase, stage.person("second"), stage.now + timedelta(days=1))
    assert stage.read(lambda session: session.exec(select(RoundNote)).all()) == []


def test_more_notes_ask_no_more_of_the_database(stage: Stage, visit: Visit, asked: tuple[int, int], engine: sa.Engine):
    page = visit("coordinator")
    numbers = []
    for first, last in ((0, 2), (2, 12)):
        for number in range(first, last):
            note(stage, asked, ("coordinator", "second")[number % 2], str(number))
        for path in (f"/rounds/{asked[0]}", "/rounds/{}/review/{}".format(*asked)):
            with counted(engine) as statements:
                assert page.get(path).status_code == 200
            numbers.append(len(statements))
    assert numbers[2] <= numbers[0] and numbers[3] <= numbers[1]
