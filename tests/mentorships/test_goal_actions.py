"""Goals from the request to a level on the profile: who confirms, what two do at once, what HR says later."""

from __future__ import annotations

import pathlib
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session, select

from mentorship.base.errors import Conflict, Refused
from mentorship.hr_import.actions import import_directory
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.goals import actions, claims
from mentorship.mentorships.goals import queries as goal_queries
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.goals.queries import GoalState
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.models import Domain, Expertise
from tests.hr_import.exports import small, write
from tests.rounds.stage import Stage, at_once, counted, in_the_middle

SEEN = "Heeft de klep zelf vervangen."


@pytest.fixture
def pair(stage: Stage) -> int:
    """A running pair without goals; besides them a colleague who can do it, at the junior's site."""
    made = stage.organisation
    made.mentor("expert", level=4)
    made.person("beginner", "junior")
    made.can("beginner", "Pneumatiek", 2)
    found = made.pair("senior", "junior", "active")
    made.session.commit()
    return found


def add(stage: Stage, pair: int, who: str = "junior", domain: str = "Pneumatiek", **values: Any) -> int:
    told = {"current": 1, "target": 4, "words": "", "now": stage.now, **values}
    domain_id = stage.organisation.domains[domain]
    return stage.act(actions.add, stage.actor(who), pair, domain_id=domain_id, **told).id


def claim(stage: Stage, goal: int, level: int, who: str = "junior") -> int:
    return stage.act(claims.claim, stage.actor(who), goal, level, stage.now).id


def confirm(stage: Stage, claim_id: int, second: str = "", who: str = "senior", evidence: str = SEEN) -> LevelClaim:
    return stage.act(claims.confirm, stage.actor(who), claim_id, evidence=evidence, second=second, now=stage.now)


def step(stage: Stage, verb: Any, who: str, number: int) -> Any:
    return stage.act(verb, stage.actor(who), number, stage.now)


def states(stage: Stage, pair: int) -> list[GoalState]:
    found: list[GoalState] = stage.read(goal_queries.of_pair, pair)
    return found


def status(stage: Stage, claim_id: int) -> str:
    return stage.read(lambda session: session.get_one(LevelClaim, claim_id)).status


def level(stage: Stage, who: str = "junior", domain: str = "Pneumatiek") -> tuple[int, bool] | None:
    key = stage.person(who), stage.organisation.domains[domain]
    row = stage.read(lambda session: session.get(Expertise, key))
    return (row.level, row.willing) if row else None


def test_what_was_asked_for_becomes_the_goals_when_both_accept(stage: Stage):
    made = stage.organisation
    request = made.asks("junior", current=1, target=3)
    need = {"domain_id": made.domains["PLC-programmering"], "current_level": 0, "target_level": 2, "importance": 2}
    made.session.add(Need(request_id=request, position=2, **need))
    proposal = made.pair("senior", "junior", request_id=request)
    made.session.commit()
    stage.answer("junior", proposal, True)
    assert states(stage, proposal) == []
    stage.answer("senior", proposal, True)
    stage.answer("senior", proposal, True)
    found = [(s.domain.name, s.goal.start_level, s.reached, s.goal.target_level) for s in states(stage, proposal)]
    assert found == [("Pneumatiek", 1, 1, 3), ("PLC-programmering", 0, 0, 2)]


def test_a_low_level_takes_the_mentor_alone_and_the_profile_follows(stage: Stage, pair: int):
    made = stage.organisation
    made.can("junior", "PLC-programmering", 1)
    made.session.commit()
    number = claim(stage, add(stage, pair), 2)
    assert level(stage) is None
    confirm(stage, number)
    assert status(stage, number) == "confirmed" and level(stage) == (2, False)
    (now,) = states(stage, pair)
    assert (now.reached, now.open, now.settled[0].evidence) == (2, None, SEEN)
    confirm(stage, number)
    (row,) = stage.audit("reach level")
    assert (row.actor_id, row.subject_id, row.details["before"], row.details["after"]) == (
        stage.person("senior"),
        stage.person("junior"),
        None,
        2,
    )
    assert len(stage.audit("confirm level")) == 1, "the same again changes nothing"


def test_a_high_level_takes_a_second_too(stage: Stage, pair: int):
    number = claim(stage, add(stage, pair, target=2), 3)
    assert states(stage, pair)[0].open is not None, "beyond the goal is fine"
    stage.change(Person, stage.person("nobody"), left_on=stage.now.date())
    for second in ("", "n-nobody", "n-senior", "n-junior", "no such"):
        with pytest.raises(Refused) as refusal:
            confirm(stage, number, second)
        assert refusal.value.field == "second" and "field" not in str(refusal.value), second
    assert status(stage, number) == "claimed"
    confirm(stage, number, "n-expert")
    assert level(stage) is None, "not before the second said so too"
    with pytest.raises(Conflict):
        step(stage, claims.agree, "beginner", number)
    for _ in range(2):
        step(stage, claims.agree, "expert", number)
    assert level(stage) == (3, False)
    assert len(stage.audit("agree level")) == 1 and len(stage.audit("reach level")) == 1
    with pytest.raises(Conflict):
        step(stage, claims.disagree, "expert", number)
    with pytest.raises(Conflict):
        step(stage, claims.withdraw, "junior", number)


@pytest.mark.parametrize("who", ["manager", "expert", "beginner", "nobody", "other_junior"])
def test_any_colleague_may_be_the_second_whatever_their_own_level(stage: Stage, pair: int, who: str):
    number = claim(stage, add(stage, pair), 5)
    confirm(stage, number, f"n-{who}")
    step(stage, claims.agree, who, number)
    assert level(stage) == (5, False)


def test_a_level_never_falls_and_passing_on_stays_ones_own_choice(stage: Stage, pair: int):
    stage.organisation.can("junior", "Pneumatiek", 4, willing=True)
    stage.organisation.session.commit()
    goal = add(stage, pair)
    confirm(stage, claim(stage, goal, 2))
    assert level(stage) == (4, True)
    number = claim(stage, goal, 5)
    confirm(stage, number, "n-manager")
    step(stage, claims.agree, "manager", number)
    assert level(stage) == (5, True)


def test_not_yet_and_taken_back(stage: Stage, pair: int):
    goal = add(stage, pair)
    first = claim(stage, goal, 3)
    step(stage, claims.decline, "senior", first)
    second = claim(stage, goal, 3)
    confirm(stage, second, "n-expert")
    step(stage, claims.disagree, "expert", second)
    third = claim(stage, goal, 2)
    for _ in range(2):
        step(stage, claims.withdraw, "junior", third)
    with pytest.raises(Conflict):
        confirm(stage, third)
    assert [status(stage, n) for n in (first, second, third)] == ["declined", "declined", "withdrawn"]
    assert level(stage) is None and states(stage, pair)[0].reached == 1


def test_somebody_else_is_asked_when_the_second_left_or_does_not_answer(stage: Stage, pair: int):
    number = claim(stage, add(stage, pair), 3)
    confirm(stage, number, "n-expert")
    stage.change(Person, stage.person("expert"), left_on=stage.now.date())
    name = partial(stage.act, claims.name_second, stage.actor("senior"), number)
    for wrong in ("n-expert", "n-junior", ""):
        with pytest.raises(Refused):
            name(wrong, stage.now)
    name("n-other_senior", stage.now)
    with pytest.raises(Conflict):
        step(stage, claims.agree, "expert", number)
    step(stage, claims.agree, "other_senior", number)
    with pytest.raises(Conflict):
        name("n-manager", stage.now)
    assert status(stage, number) == "confirmed"


def test_each_for_their_own_side(stage: Stage, pair: int):
    goal = add(stage, pair, "senior")
    for who in ("senior", "other_senior", "coordinator"):
        with pytest.raises(Refused):
            claim(stage, goal, 2, who)
    number = claim(stage, goal, 2)
    for who in ("junior", "other_senior", "coordinator"):
        with pytest.raises(Refused):
            confirm(stage, number, who=who)
        with pytest.raises(Refused):
            step(stage, claims.decline, who, number)
    for who in ("senior", "expert"):
        with pytest.raises(Refused):
            step(stage, claims.withdraw, who, number)
    for verb, number_of in (
        (actions.drop, goal),
        (partial(actions.add, domain_id=1, current=0, target=1, words=""), pair),
    ):
        with pytest.raises(Refused):
            stage.act(verb, stage.actor("other_senior"), number_of, now=stage.now)
    assert status(stage, number) == "claimed"


def test_a_claim_lies_above_what_was_reached(stage: Stage, pair: int):
    goal = add(stage, pair)
    for wrong in (0, 1, 6):
        with pytest.raises(Refused):
            claim(stage, goal, wrong)
    number = claim(stage, goal, 2)
    with pytest.raises(Conflict):
        claim(stage, goal, 3)
    with pytest.raises(Refused):
        confirm(stage, number, evidence="te kort")
    confirm(stage, number)
    with pytest.raises(Refused):
        claim(stage, goal, 2)


def test_dropped_and_taken_up_again(stage: Stage, pair: int):
    goal = add(stage, pair, words="kleppen")
    assert add(stage, pair, words="kleppen") == goal, "the same again changes nothing"
    with pytest.raises(Conflict):
        add(stage, pair, target=5)
    number = claim(stage, goal, 2)
    with pytest.raises(Refused):
        step(stage, actions.drop, "senior", goal)
    for _ in range(2):
        step(stage, actions.drop, "junior", goal)
    assert states(stage, pair) == [] and status(stage, number) == "withdrawn"
    with pytest.raises(Conflict):
        claim(stage, goal, 2)
    assert add(stage, pair, "senior", current=0, target=3) == goal
    (now,) = states(stage, pair)
    assert (now.goal.start_level, now.goal.target_level, now.goal.words) == (0, 3, "")
    confirm(stage, claim(stage, goal, 2))
    with pytest.raises(Refused):
        step(stage, actions.drop, "junior", goal)


def test_what_is_over_changes_no_more_and_what_pauses_does(stage: Stage, pair: int):
    goal = add(stage, pair)
    stage.change(Mentorship, pair, status="paused")
    number = claim(stage, goal, 3)
    confirm(stage, number, "n-expert")
    stage.change(Mentorship, pair, status="ended")
    attempts = (
        partial(add, stage, pair, domain="PLC-programmering"),
        partial(step, stage, actions.drop, "junior", goal),
        partial(step, stage, claims.agree, "expert", number),
        partial(step, stage, claims.withdraw, "junior", number),
        partial(stage.act, claims.name_second, stage.actor("senior"), number, "n-manager", stage.now),
    )
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()
    assert status(stage, number) == "seconding" and level(stage) is None
    assert stage.read(goal_queries.waiting, stage.person("expert")) == []


def test_what_waits_when_the_pair_ends_is_settled_and_nothing_else(stage: Stage, pair: int):
    made = stage.organisation
    other = made.pair("other_senior", "other_junior", "active")
    made.session.commit()
    elsewhere = claim(stage, add(stage, other, "other_junior"), 2, "other_junior")
    goal = add(stage, pair)
    confirm(stage, claim(stage, goal, 2))
    seconding = claim(stage, goal, 3)
    confirm(stage, seconding, "n-expert")
    waiting = claim(stage, add(stage, pair, domain="PLC-programmering"), 4)
    stage.act(mentorships.step, stage.actor("junior"), pair, "pause", stage.now, stage.now.date() + timedelta(days=9))
    assert {status(stage, n) for n in (seconding, waiting)} == {"seconding", "claimed"}
    stage.act(mentorships.step, stage.actor("junior"), pair, "end", stage.now)
    assert [status(stage, n) for n in (seconding, waiting, elsewhere)] == ["withdrawn", "withdrawn", "claimed"]
    found = states(stage, pair)
    assert [(s.open, s.confirmed) for s in found] == [(None, 1), (None, 0)]
    assert found[1].settled[0].settled_at == stage.now


def test_an_open_request_begins_where_the_junior_is_now(stage: Stage, pair: int):
    made = stage.organisation
    request = made.asks("junior", current=1, target=4)
    made.session.commit()
    confirm(stage, claim(stage, add(stage, pair), 2))

    def need() -> tuple[int, int]:
        row = stage.read(lambda session: session.get_one(Need, (request, 1)))
        return row.current_level, row.target_level

    assert need() == (2, 4)
    goal = states(stage, pair)[0].goal.id or 0
    number = claim(stage, goal, 4)
    confirm(stage, number, "n-expert")
    step(stage, claims.agree, "expert", number)
    assert need() == (2, 4), "a need that is fulfilled is the junior's to take off"
    assert stage.read(lambda session: session.get_one(MentorRequest, request)).status == "open"


def test_two_claims_at_the_same_moment(stage: Stage, pair: int):
    goal = add(stage, pair)
    outcomes = at_once(*(partial(claim, stage, goal, wanted) for wanted in (2, 3)))
    assert {type(o) for o in outcomes} == {int, Conflict}, outcomes
    assert len(stage.read(lambda session: list(session.exec(select(LevelClaim))))) == 1


def test_confirmed_while_it_is_taken_back(stage: Stage, pair: int):
    number = claim(stage, add(stage, pair), 2)
    outcome = in_the_middle(
        stage.engine,
        lambda session: claims.withdraw(session, stage.actor("junior"), number, stage.now),
        lambda: confirm(stage, number),
    )
    assert isinstance(outcome, Conflict)
    assert status(stage, number) == "withdrawn" and level(stage) is None


def test_the_second_answers_while_somebody_else_is_asked(stage: Stage, pair: int):
    number = claim(stage, add(stage, pair), 3)
    confirm(stage, number, "n-expert")
    outcome = in_the_middle(
        stage.engine,
        lambda session: claims.name_second(session, stage.actor("senior"), number, "n-manager", stage.now),
        lambda: step(stage, claims.agree, "expert", number),
    )
    assert isinstance(outcome, Conflict)
    assert status(stage, number) == "seconding"


def test_suggestions_are_near_first_few_able_and_willing(stage: Stage, pair: int):
    made = stage.organisation
    for n in range(9):
        made.mentor(f"far{n}", site="Delft", family_name=f"A{n}")
    made.mentor("near", level=3, family_name="Z")
    made.mentor("gone", left_on=stage.now.date())
    made.person("silent", family_name="A")
    made.can("silent", "Pneumatiek", 5, willing=False)
    made.session.commit()
    where = made.domains["Pneumatiek"], made.domains["PLC-programmering"]

    def of(levels: dict[int, int]) -> dict[int, list[str]]:
        def read(session: Session) -> dict[int, list[str]]:
            found = goal_queries.suggestions(session, session.get_one(Mentorship, pair), levels)
            return {d: [p.given_name for p in people] for d, people in found.items()}

        return stage.read(read)

    both = of({where[0]: 3, where[1]: 3})
    assert both[where[0]] == ["Expert", "Other_senior", "Near", "Far0", "Far1", "Far2", "Far3", "Manager"]
    assert both[where[1]] == ["Manager"]
    assert "Near" not in of({where[0]: 4})[where[0]] and of({}) == {}


def test_the_number_of_queries_does_not_grow_with_the_goals(stage: Stage, pair: int):
    made = stage.organisation
    add(stage, pair)
    with counted(stage.engine) as few:
        states(stage, pair)
    for n in range(5):
        made.domain(f"Vak {n}")
        made.session.commit()
        number = claim(stage, add(stage, pair, domain=f"Vak {n}"), 2)
        if n % 2:
            confirm(stage, number)
    with counted(stage.engine) as many:
        assert len(states(stage, pair)) == 6
    assert len(many) == len(few)


def test_a_later_import_takes_a_confirmed_level_for_the_persons_own(
    session: Session, now: datetime, tmp_path: pathlib.Path
):
    folder = write(tmp_path / "export", small())
    import_directory(session, folder, None, now)
    ids = dict(session.exec(select(Person.number, Person.id)).all())
    domains = {d.name: d.id or 0 for d in session.exec(select(Domain))}
    # a junior whose level in welding the export knows, and in programming does not
    pair = Mentorship(
        mentor_id=ids["2"], junior_id=ids["3"], domain_id=domains["PLC"], origin="import", status="active"
    )
    session.add(pair)
    session.flush()
    me, mentor = Actor(pair.junior_id, frozenset()), Actor(pair.mentor_id, frozenset())
    for name in ("Lassen", "PLC"):
        goal = Goal(mentorship_id=pair.id or 0, domain_id=domains[name], start_level=1, target_level=4, made_at=now)
        session.add(goal)
        session.flush()
        found = claims.claim(session, me, goal.id or 0, 2, now)
        claims.confirm(session, mentor, found.id or 0, evidence=SEEN, second="", now=now)
    session.commit()
    files = small()
    files["vaardigheden.csv"].append(["3", "PLC", "0", "ja"])
    report = import_directory(session, write(tmp_path / "again", files), None, now + timedelta(days=30))
    session.commit()
    told = {(d.who, d.field, d.file, d.here) for d in report.differences if d.kind == "expertise"}
    assert {("3 Lassen", "level", 1, 2), ("3 PLC", "level", 0, 2)} <= told
    rows = session.exec(select(Expertise.domain_id, Expertise.level).where(Expertise.person_id == ids["3"])).all()
    assert dict(rows) == {domains["Lassen"]: 2, domains["PLC"]: 2}
