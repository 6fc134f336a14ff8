"""Waiting counts: whoever earlier rounds found nobody for goes first when places are short, apart from the score."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pytest
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.mentor_requests.models import MentorRequest
from mentorship.profiles.models import Capacity
from mentorship.programme.consent.models import Consent
from mentorship.programme.models import Programme
from mentorship.rounds import actions
from mentorship.rounds.gather import Terms
from mentorship.rounds.models import Round, RoundPair
from mentorship.rounds.proof import figures
from mentorship.rounds.retention import delete_rounds
from mentorship.rounds.solution import unpack
from tests.factories import Screen
from tests.rounds.stage import Stage, at_once, counted


@dataclass
class Short(Stage):
    """Two ask for the one place there is; it was wished for by the first, the second fits 0.05 less."""

    first: int = 0
    second: int = 0


@pytest.fixture
def short(stage: Stage) -> Short:
    found = Short(stage.engine, stage.organisation, stage.now)
    found.first, found.second = found.cast()
    found.change(Capacity, found.person("senior"), places=1)
    found.change(Capacity, found.person("other_senior"), paused=True)
    return found


def in_vain(stage: Short) -> None:
    """A round of before found nobody for the second."""

    def wait(session: Session) -> None:
        session.get_one(MentorRequest, stage.second).waited += 1

    stage.act(wait)


def waited(stage: Short) -> dict[int, int]:
    """Who waited, and for how many rounds."""
    query = select(MentorRequest.id, MentorRequest.waited).where(MentorRequest.waited > 0)
    return dict(stage.read(lambda session: session.exec(query).all()))


def counts(stage: Short, waiting: float) -> None:
    stage.change(Programme, 1, waiting=waiting)


@pytest.mark.parametrize(
    ("waiting", "rounds", "goes_first"),
    [(0.02, 0, "first"), (0.02, 2, "first"), (0.02, 3, "second"), (0.06, 1, "second"), (0.0, 3, "first")],
)
def test_who_waited_long_enough_goes_first(short: Short, waiting: float, rounds: int, goes_first: str):
    counts(short, waiting)
    for _ in range(rounds):
        in_vain(short)
    round_id = short.solved()
    assert short.pairs(round_id) == {getattr(short, goes_first): short.person("senior")}


def test_it_is_no_part_of_the_score(short: Short):
    """The pair scores what it scored; the objective holds what waiting added, and the proof is of that."""
    short.change(MentorRequest, short.first, status="withdrawn")
    before = short.solved()
    in_vain(short)
    short.change(MentorRequest, short.first, status="withdrawn")
    after = short.solved()

    def score(round_id: int) -> int:
        pair = short.read(lambda s: s.get_one(RoundPair, (round_id, short.second)))
        return int(pair.score)

    assert score(before) == score(after)
    one, other = (short.round(round_id).quality for round_id in (before, after))
    assert (one["matched"], other["matched"]) == (1, 1)
    assert other["objective"][1] - one["objective"][1] == 20_000
    assert other["bound"] == other["objective"]


def test_a_round_leaves_somebody_waiting_once_it_is_published(short: Short):
    round_id = short.solved()
    assert waited(short) == {}
    short.publish(round_id)
    assert waited(short) == {short.second: 1}


def test_it_adds_a_tenth_at_most():
    terms = Terms({}, 0.3, 0.02, waiting=0.02)
    assert [round(terms.bonus(rounds), 6) for rounds in (0, 1, 4, 5, 99)] == [0, 0.02, 0.08, 0.1, 0.1]


def test_the_price_of_another_choice_counts_it(short: Short, visit):
    """Whoever the second would be taken from loses what they had over the second, less what waiting counts."""
    counts(short, 0.06)
    in_vain(short)
    round_id = short.solved()
    short.organisation.speak("en")
    page = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{short.first}")
    assert (
        "The best alternative is Senior Proef; in all it would cost: 1 point less, with waiting counted." in page.text
    )


def test_it_is_told_apart_to_who_asked_and_to_the_coordinator(short: Short, visit):
    counts(short, 0.06)
    in_vain(short)
    round_id = short.solved()
    url = f"/rounds/{round_id}/review/{short.second}"
    assert "Wachtte al 1 ronde: een duo telt 0,06 zwaarder, buiten de score." in Screen(visit("coordinator"), url).text
    short.publish(round_id)
    (pair,) = short.mentorships()
    told = "Je wachtte al 1 ronde."
    assert told in visit("other_junior").get(f"/mentorships/{pair.id}").text
    assert "wachtte al" not in visit("senior").get(f"/mentorships/{pair.id}").text


def test_what_was_agreed_without_it_lets_it_count_nothing(short: Short):
    """The council agreed when waiting could not count yet; a round in which it does is looked at, not published."""
    counts(short, 0)
    short.organisation.agree()

    def forget(session: Session) -> None:
        consent = session.exec(select(Consent)).one()
        consent.snapshot = {name: value for name, value in consent.snapshot.items() if name != "waiting"}

    short.act(forget)
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
    with pytest.raises(Refused) as refused:
        short.publish(round_id)
    assert "counts waiting otherwise" in refused.value.message
    short.publish(agreed)


def test_who_got_a_mentor_elsewhere_meanwhile_did_not_wait(short: Short):
    """Two rounds over the same people: what the first left over, the second placed, before the first was published."""
    left_over = short.solved()
    short.change(MentorRequest, short.second, status="placed")
    short.publish(left_over)
    assert waited(short) == {}


def test_a_round_is_not_published_over_who_waited_since(short: Short):
    round_id = short.solved()
    in_vain(short)
    with pytest.raises(actions.Conflict) as stale:
        short.publish(round_id)
    assert "waiting counts" in stale.value.message
    short.solve(round_id)
    short.publish(round_id)


def test_what_the_page_says_is_what_the_price_holds(short: Short, visit):
    """A wait of after the round was solved is in no price of it, so it is not told there either."""
    round_id = short.solved()
    in_vain(short)
    page = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{short.second}").text
    assert "Wachtte al" not in page and "wachten meegeteld" not in page


def test_a_solution_reads_what_another_version_kept(short: Short):
    """The version before knows no waiting and gets none where it did not count; a later one may keep more."""
    content = short.round(short.solved()).problem
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        kept = dict(arrays)
    assert not {"priority", "waited"} & set(kept)
    more = io.BytesIO()
    np.savez_compressed(more, **kept, unheard_of=np.zeros(1))
    assert unpack(more.getvalue()).outcome.tolist() == kept["outcome"].tolist()


def test_the_figures_of_the_proof_add_up(short: Short, visit):
    in_vain(short)
    short.change(MentorRequest, short.first, status="withdrawn")
    round_id = short.solved()
    quality = short.round(round_id).quality
    assert quality["objective"][1] == round(1e6 * (quality["total"] + quality["waiting"]))
    (told,) = [figure.note for figure in figures(quality) if "0,02" in figure.note]
    assert told.startswith("met wachten 0,02 en min de spreiding 0:")


def test_the_mentor_does_not_take_it_along_either(short: Short, visit):
    counts(short, 0.06)
    in_vain(short)
    short.publish(short.solved())
    for key, told in (("other_junior", True), ("senior", False)):
        duos = json.loads(visit(key).get("/mine/data.json").text)["data"]["duos"]
        assert ('"waited": {' in json.dumps(duos)) == told, key


def test_who_still_asks_keeps_what_they_waited(short: Short):
    short.publish(short.solved())
    short.change(Programme, 1, notes_months=1, answers_months=1, pairs_months=1)
    short.act(delete_rounds, short.now + timedelta(days=400))
    assert not short.read(lambda session: session.exec(select(Round)).all())
    assert waited(short) == {short.second: 1}


def crossing(short: Short) -> tuple[int, int]:
    """Two rounds over the same two: each places whom the other leaves without a mentor."""
    one = short.solved()
    other = short.open("Andersom")
    short.decide(other, short.first, "senior", "forbid")
    short.solve(other)
    assert (set(short.pairs(one)), set(short.pairs(other))) == ({short.first}, {short.second})
    return one, other


def test_two_that_leave_each_others_people_are_published_at_once(short: Short):
    """They lock the same requests in one order, so neither waits for the other for ever."""
    one, other = crossing(short)
    outcomes = at_once(lambda: short.publish(one), lambda: short.publish(other))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "int"], outcomes
    assert len(waited(short)) == 1


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_all_whom_a_round_touches_are_locked_in_one_go(short: Short):
    round_id = short.solved()
    with counted(short.engine) as statements:
        short.publish(round_id)
    locking = [one for one in statements if "FROM mentor_request" in one and "FOR NO KEY UPDATE" in one]
    assert len(locking) == 1
