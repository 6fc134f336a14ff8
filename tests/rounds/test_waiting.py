"""Waiting counts: whoever earlier rounds found nobody for goes first when places are short, apart from the score."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from mentorship.mentor_requests.models import MentorRequest
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.rounds import actions
from mentorship.rounds.gather import Terms
from mentorship.rounds.models import Round, RoundPair, RoundUnmatched
from mentorship.rounds.waited import REQUEST, rounds_waited
from tests.factories import Screen
from tests.rounds.stage import Stage


@pytest.fixture
def short(stage: Stage) -> Stage:
    """Two ask for the one place there is; it was wished for by the first, the second fits 0.05 less."""
    stage.first, stage.second = stage.cast()  # type: ignore[attr-defined]
    stage.change(Capacity, stage.person("senior"), places=1)
    stage.change(Capacity, stage.person("other_senior"), paused=True)
    return stage


def in_vain(stage: Stage, *, publish: bool = True) -> None:
    """A round of before that found nobody for the second."""

    def write(session: Session) -> None:
        found = Round(name="Voor niets", weights={}, floor=0.3, spread=0.02, created_at=stage.now, status="solved")
        if publish:
            found.status, found.published_at = "published", stage.now - timedelta(days=9)
        session.add(found)
        session.flush()
        session.add(RoundUnmatched(round_id=found.id, request_id=stage.second, funnel=[]))  # type: ignore[attr-defined]

    stage.act(write)


def counts(stage: Stage, waiting: float) -> None:
    stage.change(Programme, 1, waiting=waiting)


@pytest.mark.parametrize(
    ("waiting", "rounds", "goes_first"),
    [(0.02, 0, "first"), (0.02, 2, "first"), (0.02, 3, "second"), (0.06, 1, "second"), (0.0, 3, "first")],
)
def test_who_waited_long_enough_goes_first(short: Stage, waiting: float, rounds: int, goes_first: str):
    counts(short, waiting)
    for _ in range(rounds):
        in_vain(short)
    round_id = short.solved()
    assert short.pairs(round_id) == {getattr(short, goes_first): short.person("senior")}


def test_a_round_that_nobody_published_was_no_wait(short: Stage):
    counts(short, 0.06)
    in_vain(short, publish=False)
    assert set(short.pairs(short.solved())) == {short.first}  # type: ignore[attr-defined]


def test_it_is_no_part_of_the_score(short: Stage):
    """The pair scores what it scored; the objective holds what waiting added, and the proof is of that."""
    short.change(MentorRequest, short.first, status="withdrawn")  # type: ignore[attr-defined]
    before = short.solved()
    in_vain(short)
    short.change(MentorRequest, short.first, status="withdrawn")  # type: ignore[attr-defined]
    after = short.solved()

    def score(round_id: int) -> int:
        pair = short.read(lambda s: s.get_one(RoundPair, (round_id, short.second)))  # type: ignore[attr-defined]
        return int(pair.score)

    assert score(before) == score(after)
    one, other = (short.round(round_id).quality for round_id in (before, after))
    assert (one["matched"], other["matched"]) == (1, 1)
    assert other["objective"][1] - one["objective"][1] == 20_000
    assert other["bound"] == other["objective"]


def test_a_round_leaves_somebody_waiting_once_it_is_published(short: Stage):
    round_id = short.solved()
    assert short.read(rounds_waited, REQUEST) == {}
    short.publish(round_id)
    assert short.read(rounds_waited, REQUEST) == {short.second: 1}  # type: ignore[attr-defined]


def test_it_adds_a_tenth_at_most():
    terms = Terms({}, 0.3, 0.02, waiting=0.02)
    assert [round(terms.bonus(rounds), 6) for rounds in (0, 1, 4, 5, 99)] == [0, 0.02, 0.08, 0.1, 0.1]


def test_the_price_of_another_choice_counts_it(short: Stage, visit):
    """Whoever the second would be taken from loses what they had over the second, less what waiting counts."""
    counts(short, 0.06)
    in_vain(short)
    round_id = short.solved()
    short.organisation.speak("en")
    page = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{short.first}")  # type: ignore[attr-defined]
    assert "The best alternative is Senior Proef; in all it would cost: together it fits 1 point less." in page.text
    assert "In what it costs it counts too for how long others waited." in page.text


def test_it_is_told_apart_to_who_asked_and_to_the_coordinator(short: Stage, visit):
    counts(short, 0.06)
    in_vain(short)
    round_id = short.solved()
    url = f"/rounds/{round_id}/review/{short.second}"  # type: ignore[attr-defined]
    assert "Wachtte al 1 ronde: een duo telt 0,06 zwaarder, buiten de score." in Screen(visit("coordinator"), url).text
    short.publish(round_id)
    (pair,) = short.mentorships()
    told = "Je wachtte al 1 ronde."
    assert told in visit("other_junior").get(f"/mentorships/{pair.id}").text
    assert "wachtte al" not in visit("senior").get(f"/mentorships/{pair.id}").text


def test_what_was_agreed_without_it_lets_it_count_nothing(short: Stage):
    """The council agreed when waiting could not count yet; a round in which it does is looked at, not published."""
    short.organisation.agree()
    agreed = short.solved()
    round_id = short.open("Anders")
    before = short.round(round_id)
    terms = {name: getattr(before, name) for name in ("weights", "floor", "spread", "unmatched_cost")}
    short.act(
        actions.change,
        short.coordinator,
        round_id,
        before.version,
        site_ids=[],
        now=short.now,
        waiting=0.05,
        **terms,
    )
    short.solve(round_id)
    with pytest.raises(actions.Refused) as refused:
        short.publish(round_id)
    assert "counts waiting otherwise" in refused.value.message
    short.publish(agreed)
