"""A round from opening to closing: published once, and never on facts that no longer hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from mentorship.base.errors import Conflict, Refused
from mentorship.mentor_requests import actions as requests
from mentorship.mentor_requests.models import MentorRequest
from mentorship.profiles.models import Capacity, Wish
from mentorship.programme.models import Programme
from mentorship.rounds import actions, rules
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.models import Round, RoundOverride, RoundPair
from mentorship.rounds.solving import solve_round
from tests.rounds.stage import Stage, at_once, in_the_middle


def status_of(stage: Stage, request_id: int) -> str:
    return stage.read(lambda session: session.get_one(MentorRequest, request_id).status)


def assert_untouched(stage: Stage, before: Round, proposals: int = 0) -> None:
    """Nothing of a refused publishing is in the database."""
    after = stage.round(before.id)
    assert (after.status, after.version, after.published_at) == ("solved", before.version, None)
    assert len(stage.mentorships()) == proposals
    assert stage.pairs(before.id), "the outcome is still there to look at"


def test_from_opening_to_two_running_pairs(stage: Stage):
    first, second = stage.cast()
    round_id = stage.open()
    assert stage.round(round_id).status == "draft"
    stage.ask(round_id)
    assert stage.round(round_id).status == "solving"
    assert solve_round(stage.engine, round_id, stage.now)
    found = stage.round(round_id)
    assert (found.status, found.solved_at, found.stage, found.failure) == ("solved", stage.now, "", "")
    assert found.quality["objective"] == found.quality["bound"] and found.quality["matched"] == 2
    assert stage.pairs(round_id) == {first: stage.person("senior"), second: stage.person("other_senior")}
    assert not stage.mentorships(), "nothing is proposed before somebody publishes"

    assert stage.publish(round_id) == 2
    assert stage.round(round_id).published_at == stage.now
    assert [m.status for m in stage.mentorships()] == ["proposed"] * 2
    assert status_of(stage, first) == status_of(stage, second) == "placed"
    for proposal in stage.mentorships():
        mentor, junior = ("senior", "junior") if proposal.request_id == first else ("other_senior", "other_junior")
        assert (proposal.mentor_id, proposal.junior_id) == (stage.person(mentor), stage.person(junior))
        assert (proposal.origin, proposal.round_name, proposal.proposed_at) == ("round", "Najaarsronde", stage.now)
        stage.answer(mentor, proposal.id, True)
        stage.answer(junior, proposal.id, True)
    assert [m.status for m in stage.mentorships()] == ["active"] * 2


def test_a_solved_round_is_solved_once(stage: Stage):
    stage.cast()
    round_id = stage.solved()
    assert not solve_round(stage.engine, round_id, stage.now + timedelta(days=1))


def test_published_only_once(stage: Stage):
    stage.cast()
    round_id = stage.solved()
    shown = stage.round(round_id).version
    assert stage.publish(round_id) == 2
    for version in (shown, stage.round(round_id).version):  # the same click again; the page loaded anew
        with pytest.raises(Conflict):
            stage.publish(round_id, version)
    assert len(stage.mentorships()) == 2
    assert len(stage.audit("publish round")) == 1


def test_two_publish_at_once_and_one_wins(stage: Stage):
    stage.cast()
    round_id = stage.solved()
    version = stage.round(round_id).version
    outcomes = at_once(*[lambda: stage.publish(round_id, version)] * 4)
    assert [o for o in outcomes if not isinstance(o, Exception)] == [2]
    assert [type(o) for o in outcomes if isinstance(o, Exception)] == [Conflict] * 3
    assert len(stage.mentorships()) == 2


def test_two_rounds_over_the_same_requests_published_at_once(stage: Stage):
    """The loser learns that pairs broke meanwhile; it does not run into a constraint of the database."""
    stage.cast()
    one, other = stage.solved(), stage.solved()
    outcomes = at_once(lambda: stage.publish(one), lambda: stage.publish(other))
    assert sorted(type(o).__name__ for o in outcomes) == ["Conflict", "int"], outcomes
    assert len(stage.mentorships()) == 2


def test_withdrawn_in_the_moment_of_publishing(stage: Stage):
    """Whoever comes second is told; a withdrawn request never keeps a proposal."""
    first, _ = stage.cast()
    round_id = stage.solved()

    def withdraw(session: Session) -> None:
        requests.withdraw(session, stage.actor("junior"), first, stage.now)

    outcome = in_the_middle(stage.engine, withdraw, lambda: stage.publish(round_id))
    assert isinstance(outcome, Conflict), outcome
    assert status_of(stage, first) == "withdrawn"
    assert not stage.mentorships()


def test_published_in_the_moment_of_withdrawing(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    version = stage.round(round_id).version

    def publish(session: Session) -> None:
        announcing.publish(session, stage.coordinator, round_id, version, stage.now)

    outcome = in_the_middle(
        stage.engine, publish, lambda: stage.act(requests.withdraw, stage.actor("junior"), first, stage.now)
    )
    assert isinstance(outcome, Refused), outcome
    assert status_of(stage, first) == "placed"
    assert len(stage.mentorships()) == 2


VERBS = {
    "change": lambda s, a, i, v, now: actions.change(
        s,
        a,
        i,
        v,
        site_ids=[],
        weights=s.get_one(Programme, 1).weights,
        floor=0.1,
        spread=0.0,
        waiting=0.02,
        unmatched_cost=None,
        now=now,
    ),
    "solve": actions.ask_to_solve,
    "publish": announcing.publish,
    "close": actions.close,
    "discard": actions.discard,
}


@pytest.mark.parametrize("verbs", [("change", "solve"), ("publish", "close"), ("discard",)], ids=" ".join)
def test_who_looked_at_an_older_version_is_told(stage: Stage, verbs: tuple[str, ...]):
    stage.cast()
    round_id = stage.solved()
    for verb in verbs:
        before = stage.round(round_id)
        for version in (before.version - 1, before.version + 1):
            with pytest.raises(Conflict) as told:
                stage.act(VERBS[verb], stage.coordinator, round_id, version, stage.now)
            assert told.value.message == rules.CHANGED, verb
        after = stage.round(round_id)
        assert (after.status, after.version, after.floor) == (before.status, before.version, before.floor), verb
        stage.act(VERBS[verb], stage.coordinator, round_id, before.version, stage.now)
        if verb == "solve":
            assert solve_round(stage.engine, round_id, stage.now)


def test_nothing_is_published_before_the_set_up_is_complete(stage: Stage):
    stage.cast()
    round_id = stage.solved()
    before = stage.round(round_id)
    complete = stage.read(lambda session: session.get_one(Programme, 1))
    for lacking in ("works_council_on", "dpia_on", "visibility"):
        stage.change(Programme, 1, **{lacking: None})
        with pytest.raises(Refused):
            stage.publish(round_id)
        assert_untouched(stage, before)
        stage.change(Programme, 1, **{lacking: getattr(complete, lacking)})
    stage.change(Programme, 1, works_council_on=None, no_works_council=True)
    assert stage.publish(round_id) == 2, "a company may have no works council"


def test_only_a_solved_round_with_pairs_is_published(stage: Stage):
    round_id = stage.open()
    with pytest.raises(Refused):  # a draft
        stage.publish(round_id)
    assert stage.solve(round_id).quality["matched"] == 0
    with pytest.raises(Refused):  # nobody asked
        stage.publish(round_id)
    first, _ = stage.cast()
    stage.solve(round_id)
    stage.decide(round_id, first, "senior", "lock")
    with pytest.raises(Refused):  # changed since it was solved
        stage.publish(round_id)
    assert not stage.mentorships()


BREAKS = {
    "the mentor paused": lambda stage, _: stage.change(Capacity, stage.person("senior"), paused=True),
    "the request was withdrawn": lambda stage, request_id: stage.act(
        requests.withdraw, stage.actor("junior"), request_id, stage.now
    ),
    "no place any more": lambda stage, _: stage.change(Capacity, stage.person("senior"), places=0),
    "no confirmed hours any more": lambda stage, _: stage.change(Capacity, stage.person("senior"), confirmed_hours=1),
    "the mentor blocked the junior": lambda stage, _: stage.act(
        lambda s: s.add(Wish(person_id=stage.person("senior"), other_id=stage.person("junior"), wanted=False))
    ),
    "the junior blocked the mentor": lambda stage, _: stage.change(
        Wish, (stage.person("junior"), stage.person("senior")), wanted=False
    ),
}


@pytest.mark.parametrize("happened", BREAKS)
def test_a_pair_that_broke_since_solving_stops_the_whole_round(stage: Stage, happened: str):
    first, second = stage.cast()
    round_id = stage.solved()
    before = stage.round(round_id)
    BREAKS[happened](stage, first)
    with pytest.raises(Conflict) as told:
        stage.publish(round_id)
    assert told.value.params == {"number": 1}
    assert_untouched(stage, before)
    assert status_of(stage, second) == "open"
    stage.solve(round_id)
    assert stage.pairs(round_id).get(first) != stage.person("senior")
    assert stage.publish(round_id) >= 1, "solved again, it can be published"


def test_a_lowered_place_stops_a_round_that_would_overbook(stage: Stage):
    stage.cast()
    stage.change(Capacity, stage.person("other_senior"), places=0)
    round_id = stage.solved()
    assert set(stage.pairs(round_id).values()) == {stage.person("senior")} and len(stage.pairs(round_id)) == 2
    before = stage.round(round_id)
    stage.change(Capacity, stage.person("senior"), places=1)
    with pytest.raises(Conflict) as told:
        stage.publish(round_id)
    assert told.value.params == {"number": 1}
    assert_untouched(stage, before)


def test_what_was_published_is_not_solved_again(stage: Stage):
    stage.cast()
    round_id = stage.solved()
    stage.publish(round_id)
    before = stage.round(round_id)
    with pytest.raises(Refused):
        stage.ask(round_id)
    assert stage.round(round_id).status == "published" and stage.round(round_id).version == before.version


def test_another_round_published_first(stage: Stage):
    stage.cast()
    one, other = stage.solved(), stage.solved()
    before = stage.round(other)
    stage.publish(one)
    with pytest.raises(Conflict) as told:
        stage.publish(other)
    assert told.value.params == {"number": 2}
    assert_untouched(stage, before, proposals=2)


def test_facts_that_break_no_pair_do_not_stop_publishing(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    stage.change(MentorRequest, first, goal="een ander doel")
    stage.change(Capacity, stage.person("senior"), places=1)  # one is enough
    assert stage.publish(round_id) == 2
    assert {m.explanation["goal"] for m in stage.mentorships()} == {"een ander doel", "leren meten"}


def test_a_round_is_discarded_with_all_that_belongs_to_it(stage: Stage):
    first, _ = stage.cast()
    round_id = stage.solved()
    stage.decide(round_id, first, "senior", "lock")
    stage.solve(round_id)
    stage.act(actions.discard, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    for table in (Round, RoundPair, RoundOverride):
        assert not stage.read(lambda session, t=table: list(session.exec(select(t))))
    assert status_of(stage, first) == "open"
    assert stage.audit("discard round")[0].details == {"name": "Najaarsronde"}


def test_a_published_round_is_closed_and_never_changed_or_discarded(stage: Stage):
    stage.cast()
    round_id = stage.solved()
    with pytest.raises(Refused):  # not published yet
        stage.act(actions.close, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    stage.publish(round_id)
    for verb in ("change", "solve", "discard"):
        with pytest.raises(Refused):
            stage.act(VERBS[verb], stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    stage.act(actions.close, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    assert stage.round(round_id).status == "closed"
    assert [m.status for m in stage.mentorships()] == ["proposed"] * 2, "closing leaves the proposals alone"
    with pytest.raises(Conflict):
        stage.publish(round_id)


@pytest.mark.parametrize(
    ("other", "told"),
    [({"floor": 0.15}, "than was agreed to"), ({"unmatched_cost": 0.5}, "puts quality first")],
)
def test_a_round_that_goes_otherwise_than_was_agreed_to_is_not_published(stage: Stage, other: dict, told: str):
    """One may look what others would give; nobody is paired by what was not agreed to."""
    stage.cast()
    stage.organisation.agree()
    round_id = stage.solved()
    before = stage.round(round_id)
    terms = {name: getattr(before, name) for name in ("weights", "floor", "spread", "waiting", "unmatched_cost")}
    stage.act(
        actions.change, stage.coordinator, round_id, before.version, site_ids=[], now=stage.now, **{**terms, **other}
    )
    assert stage.solve(round_id).quality["matched"] == 2
    with pytest.raises(Refused) as refused:
        stage.publish(round_id)
    assert told in refused.value.message and not stage.mentorships()
