"""Decisions keep the outcome: it is solved again behind them, whoever decides meanwhile, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base import undo
from mentorship.base.errors import Conflict, Refused
from mentorship.mentor_requests.models import MentorRequest
from mentorship.profiles.models import Capacity
from mentorship.rounds import rules, solving
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.models import RoundPair
from mentorship.rounds.review import actions as decisions
from mentorship.rounds.review.actions import Asked, take_back
from mentorship.rounds.solving import solve_round, solve_waiting
from tests.client import InspectingClient
from tests.rounds.stage import Stage, at_once, in_the_middle

Visit = Callable[[str | None], InspectingClient]
INVERSES = {undo.name_of(one): one for one in (undo.put_back, take_back)}


def crowd(stage: Stage, number: int = 12) -> list[int]:
    """So many who ask for the same, and two mentors with room for all of them; returns the requests."""
    made = stage.organisation
    found = []
    for place in range(number):
        made.person(f"j{place}", "junior")
        found.append(made.asks(f"j{place}"))
    made.session.commit()
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=20, hours=40, confirmed_hours=40)
    return found


def outcome(stage: Stage, round_id: int) -> dict[int, tuple[int, int]]:
    def read(session: Session) -> dict[int, tuple[int, int]]:
        rows = session.scalars(sa.select(RoundPair).where(RoundPair.round_id == round_id))
        return {row.request_id: (row.mentor_id, row.score) for row in rows}

    found: dict[int, tuple[int, int]] = stage.read(read)
    return found


def decide(stage: Stage, round_id: int, pairs: Any, kind: str | None) -> undo.UndoRow:
    """Decide as a page does, and return what takes it back."""

    def verb(session: Session) -> undo.UndoRow | None:
        asked = [Asked(request, mentor, stage.seen(round_id, request)) for request, mentor in pairs]
        decisions.decide(session, stage.coordinator, round_id, asked, kind=kind, now=stage.now)
        return undo.offer(session, stage.coordinator, "x", "review.decide", {"round_id": round_id}, stage.now)

    row = stage.act(verb)
    assert row is not None
    found: undo.UndoRow = row
    return found


def take_it_back(stage: Stage, row: undo.UndoRow) -> None:
    def verb(session: Session) -> None:
        kept = session.get_one(undo.UndoRow, row.id)
        undo.carry_out(session, stage.coordinator, kept, INVERSES, stage.now)

    stage.act(verb)


def test_ten_locks_in_a_row_keep_the_outcome_and_are_solved_once(stage: Stage):
    crowd(stage)
    round_id = stage.solved()
    before = outcome(stage, round_id)
    locked = list(before.items())[:10]
    for request_id, (mentor_id, _) in locked:
        stage.decide_all(round_id, [(request_id, mentor_id)], "lock")
        found = stage.round(round_id)
        assert (found.status, found.claimed_at) == ("solving", None)
        assert outcome(stage, round_id) == before, "the pairs that were found stay readable"
    assert len(stage.overrides(round_id)) == 10
    with pytest.raises(Refused):
        stage.publish(round_id)
    assert solve_waiting(stage.engine, stage.now)
    assert not solve_waiting(stage.engine, stage.now), "all ten in one search"
    found = stage.round(round_id)
    assert found.status == "solved" and outcome(stage, round_id) == before and found.quality["moved"] == []
    assert stage.publish(round_id) == 12


@pytest.mark.parametrize("step", ["gather", "solve", "pack"])
def test_a_decision_while_it_is_solved_takes_the_round_out_of_those_hands(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, step: str
):
    """Whatever the worker was at, what it found is not written; the next search has the decision in it."""
    first, _ = stage.cast()
    round_id = stage.solved()
    before = outcome(stage, round_id)
    stage.decide(round_id, first, "senior", "lock")
    work, waiting = getattr(solving, step), [True]

    def meanwhile(*args: Any) -> Any:
        found = work(*args)
        if waiting:
            waiting.pop()
            stage.decide(round_id, first, "senior", "forbid")
        return found

    monkeypatch.setattr(solving, step, meanwhile)
    assert solve_round(stage.engine, round_id, stage.now)
    found = stage.round(round_id)
    assert (found.status, found.claimed_at, found.stage) == ("solving", None, "")
    assert outcome(stage, round_id) == before, "nothing of the search that was overtaken"
    assert solve_round(stage.engine, round_id, stage.now + timedelta(seconds=1)), "at once, not after a lease"
    assert stage.round(round_id).status == "solved"
    assert outcome(stage, round_id)[first][0] == stage.person("other_senior")


def test_a_killed_worker_keeps_nobody_from_deciding(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    first, second = stage.cast()
    round_id = stage.solved()
    stage.decide(round_id, first, "senior", "lock")

    class Killed(BaseException):
        """As kill -9."""

    def die(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(solving, "solve", die)
        solve_round(stage.engine, round_id, stage.now)
    assert not solve_waiting(stage.engine, stage.now), "it seems to be in somebody's hands"
    stage.decide(round_id, second, "senior", "forbid")
    assert solve_waiting(stage.engine, stage.now), "the decision freed it, long before the lease is over"
    assert stage.round(round_id).status == "solved"
    assert outcome(stage, round_id)[second][0] == stage.person("other_senior")


def test_two_coordinators_at_once_about_one_request_and_about_two(stage: Stage):
    first, second = stage.cast()
    round_id = stage.solved()
    senior, other = stage.person("senior"), stage.person("other_senior")

    def locks(request_id: int, mentor_id: int) -> Callable[[], Any]:
        asked = [Asked(request_id, mentor_id, "")]
        return lambda: stage.act(decisions.decide, stage.coordinator, round_id, asked, kind="lock", now=stage.now)

    told = at_once(locks(first, senior), locks(second, other))
    assert not [one for one in told if isinstance(one, Exception)], "each about another request: both count"
    assert stage.overrides(round_id) == {(first, senior, "lock"), (second, other, "lock")}
    stage.decide(round_id, first, "senior", None)
    told = at_once(locks(first, senior), locks(first, other))
    refused = [one for one in told if isinstance(one, Exception)]
    assert len(refused) == 1 and isinstance(refused[0], Conflict), "who came second is told"
    assert refused[0].message == decisions.DECIDED_SINCE
    assert len({pair for pair in stage.overrides(round_id) if pair[0] == first}) == 1


def test_a_decision_in_the_middle_of_a_publication_waits_and_is_refused(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    version = stage.round(round_id).version
    late = in_the_middle(
        stage.engine,
        lambda session: announcing.publish(session, stage.coordinator, round_id, version, stage.now),
        lambda: stage.decide(round_id, first, "senior", "forbid"),
    )
    assert isinstance(late, Refused), late
    assert stage.round(round_id).status == "published" and not stage.overrides(round_id)


def test_a_page_of_before_a_decision_publishes_nothing(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    version = stage.round(round_id).version
    stage.decide(round_id, first, "senior", "forbid")
    with pytest.raises(Conflict):
        stage.publish(round_id, version)
    with pytest.raises(Refused) as refused:
        stage.publish(round_id)
    assert "worked out again" in refused.value.message
    assert not stage.mentorships()


def test_the_diff_is_that_of_the_two_outcomes(stage: Stage):
    requests = crowd(stage, 6)
    stage.change(Capacity, stage.person("senior"), places=3)
    stage.change(Capacity, stage.person("other_senior"), places=2)
    round_id = stage.solved()
    before = outcome(stage, round_id)
    assert len(before) == 5
    (left,) = set(requests) - set(before)
    taken = min(before)
    mentor_id = before[taken][0]
    stage.decide_all(round_id, [(left, mentor_id)], "lock")
    stage.decide_all(round_id, [(taken, mentor_id)], "forbid")
    moved = stage.solve(round_id).quality["moved"]
    after = outcome(stage, round_id)
    expected = {
        request: (before.get(request, (None, 0)), after.get(request, (None, 0)))
        for request in requests
        if before.get(request, (None, 0))[0] != after.get(request, (None, 0))[0]
    }
    told = {
        move["request"]: ((move["before"], move["score_before"]), (move["after"], move["score_after"]))
        for move in moved
    }
    assert told == expected and left in told and taken in told


def test_undone_before_it_was_solved_the_outcome_stands_at_once(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    before, solved = outcome(stage, round_id), stage.round(round_id)
    back = decide(stage, round_id, [(first, stage.person("senior"))], "forbid")
    take_it_back(stage, back)
    found = stage.round(round_id)
    assert (found.status, found.input_hash, found.solved_at) == ("solved", solved.input_hash, solved.solved_at)
    assert outcome(stage, round_id) == before and not stage.overrides(round_id)
    assert not solve_waiting(stage.engine, stage.now)
    assert stage.publish(round_id) == 2


def test_undone_while_somebody_solves_it_what_they_find_is_not_written(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    first, _ = stage.cast()
    round_id = stage.solved()
    before = outcome(stage, round_id)
    back = decide(stage, round_id, [(first, stage.person("senior"))], "forbid")
    solve = solving.solve

    def meanwhile(*args: Any) -> Any:
        found = solve(*args)
        take_it_back(stage, back)
        return found

    monkeypatch.setattr(solving, "solve", meanwhile)
    assert solve_round(stage.engine, round_id, stage.now)
    assert stage.round(round_id).status == "solved" and outcome(stage, round_id) == before


def test_undone_after_it_was_solved_the_outcome_becomes_what_it_was(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    before, solved = outcome(stage, round_id), stage.round(round_id)
    back = decide(stage, round_id, [(first, stage.person("senior"))], "forbid")
    stage.solve(round_id)
    assert outcome(stage, round_id) != before
    take_it_back(stage, back)
    assert stage.round(round_id).status == "solving", "it is worked out again, and cannot be published meanwhile"
    found = stage.solve(round_id)
    assert outcome(stage, round_id) == before and found.input_hash == solved.input_hash


def test_only_the_last_of_two_is_undone_and_the_other_is_solved(stage: Stage):
    first, second = stage.cast()
    round_id = stage.solved()
    senior, other = stage.person("senior"), stage.person("other_senior")
    decide(stage, round_id, [(first, senior)], "forbid")
    back = decide(stage, round_id, [(second, other)], "forbid")
    take_it_back(stage, back)
    assert stage.round(round_id).status == "solving"
    assert stage.overrides(round_id) == {(first, senior, "forbid")}
    stage.solve(round_id)
    assert outcome(stage, round_id)[first][0] == other


def test_an_outcome_out_of_which_somebody_was_taken_does_not_hold_again(stage: Stage):
    """Who left is gone from it; taking a decision back does not make it whole."""
    first, second = stage.cast()
    round_id = stage.solved()
    back = decide(stage, round_id, [(first, stage.person("senior"))], "forbid")
    stage.act(
        lambda session: session.execute(sa.delete(RoundPair).where(RoundPair.request_id == second))  # type: ignore[arg-type]
    )
    take_it_back(stage, back)
    assert stage.round(round_id).status == "solving"


def test_a_search_that_was_asked_for_goes_on_when_a_decision_is_taken_back(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    stage.ask(round_id)
    back = decide(stage, round_id, [(first, stage.person("senior"))], "forbid")
    take_it_back(stage, back)
    assert stage.round(round_id).status == "solving"


def test_a_round_that_was_never_solved_waits_for_who_asks(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.open()
    stage.decide(round_id, first, "senior", "lock")
    assert stage.round(round_id).status == "draft" and not solve_waiting(stage.engine, stage.now)


def test_many_at_once_are_decided_together_or_not_at_all(stage: Stage):
    requests = crowd(stage, 4)
    round_id = stage.solved()
    pairs = [(request, mentor) for request, (mentor, _) in outcome(stage, round_id).items()]
    back = decide(stage, round_id, pairs, "lock")
    assert stage.overrides(round_id) == {(request, mentor, "lock") for request, mentor in pairs}
    assert len(stage.audit("lock pair")) == 4, "each is on record"
    asked = [Asked(request, mentor, "") for request, mentor in pairs]
    with pytest.raises(Conflict):
        stage.act(decisions.decide, stage.coordinator, round_id, asked, kind="forbid", now=stage.now)
    with pytest.raises(Refused):
        stage.act(
            decisions.decide,
            stage.coordinator,
            round_id,
            [Asked(requests[0], pairs[0][1], stage.seen(round_id, requests[0])), Asked(999_999, pairs[0][1], "")],
            kind="forbid",
            now=stage.now,
        )
    assert {kind for *_, kind in stage.overrides(round_id)} == {"lock"}
    take_it_back(stage, back)
    assert not stage.overrides(round_id) and stage.round(round_id).status == "solved"


def test_a_published_round_is_decided_on_no_more(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    stage.publish(round_id)
    with pytest.raises(Refused):
        stage.decide(round_id, first, "senior", "forbid")
    assert rules.DECIDABLE == ("draft", "solving", "solved")


def test_who_withdrew_is_not_decided_about_by_another_page(stage: Stage):
    first, second = stage.cast()
    round_id = stage.solved()
    stage.change(MentorRequest, first, status="withdrawn")
    stage.decide(round_id, second, "senior", "lock")
    assert stage.solve(round_id).status == "solved"
    assert set(outcome(stage, round_id)) == {second}
