"""Announcing a round: managers may object, silence is consent but for who is not there, and then it is published."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.db import open_session
from mentorship.base.errors import Conflict, Refused
from mentorship.people.access import Actor
from mentorship.people.stand_ins import actions as stand_ins
from mentorship.profiles.away.models import Away
from mentorship.profiles.models import Capacity, Expertise
from mentorship.programme.models import Programme
from mentorship.rounds import solving
from mentorship.rounds.announcing import actions, answering, queries, rules
from mentorship.rounds.announcing.models import FINE, Objection
from mentorship.rounds.models import AnnouncedPair, Round
from mentorship.rounds.solving import solve_waiting
from tests.rounds.stage import Stage, at_once, in_the_middle

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("since", "days", "closed", "last"),
    [
        (MONDAY, 5, (), date(2026, 11, 30)),
        (MONDAY, 1, (), date(2026, 11, 24)),
        (date(2026, 11, 27), 1, (), date(2026, 11, 30)),
        (date(2026, 11, 28), 5, (), date(2026, 12, 4)),
        (date(2026, 12, 23), 2, (date(2026, 12, 25),), date(2026, 12, 28)),
    ],
)
def test_days_to_object_are_working_days(since: date, days: int, closed: tuple[date, ...], last: date):
    assert rules.last_day(since, days, {day.toordinal() for day in closed}) == last


def test_silence_is_consent_on_the_first_day_that_somebody_is_there():
    until = rules.end_of(date(2026, 11, 30))
    away = {day.toordinal() for day in (date(2026, 11, 30), date(2026, 12, 1))}
    assert rules.ends(until, ()) == until
    assert rules.ends(until, away) == rules.end_of(date(2026, 12, 2))
    weekend = {date(2026, 11, 30).toordinal() + n for n in range(5)}
    assert rules.ends(until, weekend) == rules.end_of(date(2026, 12, 7)), "back on a Saturday is back on Monday"


def manager(stage: Stage) -> Actor:
    return Actor(stage.person("manager"), frozenset({"manager"}), "manager")


def other_manager(stage: Stage) -> Actor:
    return Actor(stage.person("other_manager"), frozenset({"manager"}), "other_manager")


def is_asked(stage: Stage, round_id: int, pair: tuple[int, int], who: Actor) -> bool:
    rows = told(stage, round_id)
    return any(row.of(who.person_id) for row in rows if (row.request_id, row.mentor_id) == pair)


def announced(stage: Stage, days: int = 5) -> int:
    stage.change(Programme, 1, objection_days=days)
    round_id = stage.solved()
    version = stage.round(round_id).version
    stage.act(actions.announce, stage.coordinator, round_id, version, stage.now)
    return round_id


def say(stage: Stage, round_id: int, pair: tuple[int, int], reason: str, who: Actor | None = None) -> None:
    keys = {"request_id": pair[0], "mentor_id": pair[1]}
    asked = who or next(one for one in (manager(stage), other_manager(stage)) if is_asked(stage, round_id, pair, one))
    stage.act(answering.answer, asked, round_id, reason=reason, now=stage.now, **keys)


def told(stage: Stage, round_id: int, now: datetime | None = None) -> list[queries.Announced]:
    found: list[queries.Announced] = stage.read(queries.announced, now or stage.now, round_id)
    return found


def over(stage: Stage, round_id: int, now: datetime) -> bool:
    done: bool = stage.act(actions.publish_over, round_id, now)
    return done


def test_an_announced_round_waits_and_is_then_published_by_itself(stage: Stage):
    stage.cast()
    round_id = announced(stage)
    found = stage.round(round_id)
    assert found.status == "announced" and not stage.mentorships(), "nobody is asked yet"
    assert found.objections_until == rules.end_of(date(2026, 11, 30))
    asked = {one.manager_id for pair in told(stage, round_id) for one in pair.asked}
    assert asked == {manager(stage).person_id, other_manager(stage).person_id}
    assert not over(stage, round_id, found.objections_until - timedelta(minutes=1))
    assert over(stage, round_id, found.objections_until)
    assert stage.round(round_id).status == "published" and len(stage.mentorships()) == 2
    assert not over(stage, round_id, found.objections_until), "once"


def test_where_managers_have_days_nothing_is_published_without_them(stage: Stage):
    stage.cast()
    stage.change(Programme, 1, objection_days=5)
    round_id = stage.solved()
    with pytest.raises(Refused, match="Leidinggevenden hebben eerst"):
        stage.publish(round_id)
    stage.act(actions.announce, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    with pytest.raises(Refused, match="Nog niet elke leidinggevende"):
        stage.publish(round_id)
    for pair in stage.pairs(round_id).items():
        say(stage, round_id, pair, FINE)
    assert stage.publish(round_id) == 2, "early, for all answered"


def test_without_days_a_round_is_published_at_once(stage: Stage):
    stage.cast()
    stage.change(Programme, 1, objection_days=0)
    round_id = stage.solved()
    with pytest.raises(Refused, match="meteen gepubliceerd"):
        stage.act(actions.announce, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    assert stage.publish(round_id) == 2


def test_an_objection_forbids_the_pair_and_pairs_are_found_again(stage: Stage):
    asked, _ = stage.cast()
    round_id = announced(stage)
    mentor = stage.pairs(round_id)[asked]
    say(stage, round_id, (asked, mentor), "too_much")
    assert (asked, mentor, "forbid") in stage.overrides(round_id)
    until = stage.round(round_id).objections_until
    assert until is not None
    assert not over(stage, round_id, until), "not before pairs were found again"
    later = stage.now + timedelta(days=6)
    assert solve_waiting(stage.engine, later)
    found = stage.round(round_id)
    assert found.status == "announced" and not found.solve_again
    assert stage.pairs(round_id).get(asked) != mentor
    kept = {(row.request_id, row.mentor_id): row for row in stage.read(_pairs, round_id)}
    assert set(kept) == set(stage.pairs(round_id).items())
    for row in kept.values():
        known = row.announced_at == stage.now
        assert row.objections_until == (until if known else rules.end_of(rules.last_day(local_date(later), 1, ())))
    assert [row.verb for row in stage.audit("object to pair")], "it is logged"


def _pairs(session: Session, round_id: int) -> list[AnnouncedPair]:
    return list(session.exec(select(AnnouncedPair).where(AnnouncedPair.round_id == round_id)))


def test_an_objection_can_be_taken_back_and_changed(stage: Stage):
    asked, _ = stage.cast()
    round_id = announced(stage)
    pair = (asked, stage.pairs(round_id)[asked])
    say(stage, round_id, pair, "other_project")
    keys = {"round_id": round_id, "request_id": pair[0], "mentor_id": pair[1]}
    before = {str(stage.person("manager")): None}
    stage.act(answering.unsay, manager(stage), **keys, before=before, now=stage.now)
    assert (*pair, "forbid") not in stage.overrides(round_id)
    assert stage.round(round_id).solve_again, "what was found without it does not hold"
    solve_waiting(stage.engine, stage.now)
    say(stage, round_id, pair, "other_project")
    say(stage, round_id, pair, FINE)
    assert (*pair, "forbid") not in stage.overrides(round_id)


def test_nobody_but_the_managers_of_the_two_answers(stage: Stage):
    asked, _ = stage.cast()
    round_id = announced(stage)
    pair = (asked, stage.pairs(round_id)[asked])
    for key in ("coordinator", "senior"):
        with pytest.raises(Conflict) as told:  # as of a pair that is not there: a stranger learns nothing
            say(stage, round_id, pair, FINE, stage.actor(key))
        with pytest.raises(Conflict, match=re.escape(str(told.value))):
            say(stage, round_id, (asked, 10**6), FINE, manager(stage))


def test_who_is_away_consents_to_nothing_until_they_are_back(stage: Stage):
    stage.cast()
    round_id = announced(stage)
    until = stage.round(round_id).objections_until
    assert until is not None
    last = local_date(until) + timedelta(days=2)
    away = Away(person_id=stage.person("manager"), first_day=stage.now.date(), last_day=last)
    stage.act(lambda session: session.add(away))
    away_from = {one.manager_id for pair in told(stage, round_id) for one in pair.asked if one.unreachable}
    assert away_from == {stage.person("manager")}
    assert not over(stage, round_id, until)
    back = rules.end_of(rules.last_day(last, 1, ()))
    assert not over(stage, round_id, back - timedelta(minutes=1))
    assert over(stage, round_id, back)


def test_a_stand_in_answers_and_ends_the_waiting(stage: Stage):
    asked, _ = stage.cast()
    round_id = announced(stage)
    until = stage.round(round_id).objections_until
    assert until is not None
    days = stage.now.date(), local_date(until) + timedelta(days=7)
    away = Away(person_id=stage.person("manager"), first_day=days[0], last_day=days[1])
    stage.act(lambda session: session.add(away))
    stage.act(stand_ins.name, stage.coordinator, stage.person("manager"), "n-coordinator", *days, stage.now)
    assert not any(one.unreachable for pair in told(stage, round_id) for one in pair.asked)
    pair = (asked, stage.pairs(round_id)[asked])
    say(stage, round_id, pair, FINE, stage.coordinator)
    (answered,) = [one for row in told(stage, round_id) if row.request_id == asked for one in row.asked]
    assert (answered.manager_id, answered.by_id) == (stage.person("manager"), stage.person("coordinator"))
    assert over(stage, round_id, until), "somebody was there to object"


def test_an_announced_round_holds_its_requests_and_places(stage: Stage):
    stage.cast()
    round_id = announced(stage)
    other = stage.solved()
    assert stage.pairs(other) == {}, "whoever is announced is no part of another round"
    stage.act(actions.withdraw, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    assert stage.round(round_id).status == "solved"
    assert len(stage.solve(other).quality) and len(stage.pairs(other)) == 2


def test_of_two_rounds_over_the_same_people_one_is_announced(stage: Stage):
    stage.cast()
    stage.change(Programme, 1, objection_days=5)
    one, other = stage.solved(), stage.solved()
    versions = {round_id: stage.round(round_id).version for round_id in (one, other)}

    def announce(round_id: int) -> object:
        return stage.act(actions.announce, stage.coordinator, round_id, versions[round_id], stage.now)

    outcomes = at_once(lambda: announce(one), lambda: announce(other))
    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True], outcomes
    assert sorted(stage.round(round_id).status for round_id in (one, other)) == ["announced", "solved"]


def test_an_objection_while_it_is_being_published_waits_and_is_told(stage: Stage):
    asked, _ = stage.cast()
    round_id = announced(stage)
    until = stage.round(round_id).objections_until
    pair = (asked, stage.pairs(round_id)[asked])
    outcome = in_the_middle(
        stage.engine,
        lambda session: actions.publish_over(session, round_id, until or stage.now),
        lambda: say(stage, round_id, pair, "too_much", manager(stage)),
    )
    assert isinstance(outcome, Conflict) and stage.round(round_id).status == "published"
    assert not stage.read(lambda session: session.exec(select(Objection)).all())


def test_two_managers_who_object_at_once_are_both_heard(stage: Stage):
    requests = stage.cast()
    round_id = announced(stage)
    pairs = stage.pairs(round_id)
    jobs = [lambda pair=pair: say(stage, round_id, pair, "too_much") for pair in pairs.items()]
    assert at_once(*jobs) == [None, None]
    assert {(request, pairs[request], "forbid") for request in requests} <= stage.overrides(round_id)


def test_what_no_longer_holds_is_found_again_and_not_published(stage: Stage):
    asked, _ = stage.cast()
    round_id = announced(stage)
    until = stage.round(round_id).objections_until or stage.now
    gone = stage.pairs(round_id)[asked]
    with open_session(stage.engine) as session:
        session.get_one(Capacity, gone).places = 0
        session.commit()
    with pytest.raises(Conflict):
        over(stage, round_id, until)
    stage.act(actions.find_again, round_id, until)
    assert solve_waiting(stage.engine, until)
    assert stage.round(round_id).status == "announced" and stage.pairs(round_id).get(asked) != gone


def test_an_objection_while_pairs_are_found_again_counts_too(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """What the worker finds just then does not know of it, so it is not written."""
    asked, other = stage.cast()
    round_id = announced(stage)
    pairs = stage.pairs(round_id)
    say(stage, round_id, (asked, pairs[asked]), "too_much")
    find, objections = solving.solve, [(other, pairs[other])]

    def slow(*args: Any) -> Any:
        result = find(*args)
        if objections:
            say(stage, round_id, objections.pop(), "too_much")
        return result

    monkeypatch.setattr(solving, "solve", slow)
    solve_waiting(stage.engine, stage.now + timedelta(minutes=1))
    assert stage.round(round_id).solve_again
    solve_waiting(stage.engine, stage.now + timedelta(minutes=2))
    now_found = stage.pairs(round_id)
    assert not stage.round(round_id).solve_again
    assert all(now_found.get(request) != mentor for request, mentor in pairs.items())


def test_what_managers_are_told_is_of_that_round_and_a_published_one_is_not_found_again(stage: Stage):
    stage.cast()
    round_id = announced(stage)
    assert len(told(stage, round_id)) == 2 and told(stage, round_id + 1) == []
    stage.act(actions.find_again, round_id, stage.now)
    assert stage.round(round_id).solve_again
    for status in ("published", "draft"):
        stage.change(Round, round_id, status=status, solve_again=False)
        stage.act(actions.find_again, round_id, stage.now)
        assert not stage.round(round_id).solve_again, status


def test_a_round_without_a_pair_left_is_announced_no_more(stage: Stage):
    stage.cast()
    round_id = announced(stage)
    for pair in stage.pairs(round_id).items():
        say(stage, round_id, pair, "better_other")
    stage.act(lambda session: [session.delete(row) for row in session.exec(select(Expertise))])
    assert solve_waiting(stage.engine, stage.now) and not stage.pairs(round_id)
    assert not over(stage, round_id, stage.now + timedelta(days=30))
    assert stage.round(round_id).status == "solved"


def test_what_is_announced_is_changed_by_nobody(stage: Stage):
    asked, _ = stage.cast()
    round_id = announced(stage)
    with pytest.raises(Refused, match="aangekondigd"):
        stage.ask(round_id)
    with pytest.raises(Refused, match="aangekondigd"):
        stage.decide(round_id, asked, "senior", "lock")
    with pytest.raises(Conflict):
        stage.act(actions.announce, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    assert stage.read(lambda session: session.get_one(Round, round_id)).status == "announced"
