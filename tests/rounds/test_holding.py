"""Which mentors a round that is not published holds, and for whom."""

from __future__ import annotations

from mentorship.mentor_requests import actions as requests
from mentorship.rounds.holding import held
from mentorship.rounds.models import DRAFT, PUBLISHED, SOLVED
from tests.rounds.stage import Stage


def test_a_solved_round_holds_its_pairs_for_requests_that_are_open(stage: Stage):
    first, second = stage.cast()
    round_id = stage.solved()
    pairs = [(first, stage.person("senior")), (second, stage.person("other_senior"))]
    assert stage.read(held, (SOLVED,)) == sorted(pairs)
    assert stage.read(held, (SOLVED,), but=round_id) == []
    assert stage.read(held, (DRAFT, PUBLISHED)) == []
    stage.act(requests.withdraw, stage.actor("junior"), first, stage.now)
    assert stage.read(held, (SOLVED,)) == pairs[1:], "who asks no more holds no place"


def test_a_published_round_holds_nothing_more(stage: Stage):
    stage.cast()
    round_id = stage.solved()
    stage.publish(round_id)
    assert stage.read(held, (SOLVED, PUBLISHED)) == [], "its pairs are proposals now, which take places themselves"
