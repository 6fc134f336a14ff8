"""Running pairs are tested again: what changed at one of the two breaks a rule, and what others do breaks none."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship import worker
from mentorship.base.clock import local_date
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals import raising as signals
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.words import RULES
from mentorship.hr_import.actions import import_directory
from mentorship.matching import RUNNING, TRAINER
from mentorship.mentorships import actions
from mentorship.mentorships.actions import set_failing
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.models import FailingRule, Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity, Expertise, Wish
from mentorship.profiles.rosters.models import WorkTime
from mentorship.rounds.retest import broken
from tests.checkins.stage import Asking
from tests.factories import Organisation
from tests.hr_import.exports import small, write
from tests.rounds.stage import counted


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime, app: Flask) -> Asking:
    return Asking(engine, organisation, now, app)


def rules_broken(stage: Asking) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = stage.read(lambda session: broken(session, local_date(stage.now)))
    return found


def retest(stage: Asking) -> None:
    stage.act(set_failing, rules_broken(stage), stage.now)


def noted(stage: Asking) -> dict[str, datetime]:
    query = select(FailingRule.rule, FailingRule.found_at)
    found: dict[str, datetime] = stage.read(lambda session: dict(session.exec(query).all()))
    return found


def roster(stage: Asking, key: str, cycle: str | None) -> None:
    made = stage.organisation
    number = made.roster(f"R-{cycle}", cycle) if cycle else None
    made.session.commit()
    stage.change(WorkTime, stage.person(key), roster_id=number)


def site(stage: Asking, key: str, name: str) -> None:
    number = stage.organisation.site(name)
    stage.organisation.session.commit()
    stage.change(Person, stage.person(key), site_id=number)


def skill(stage: Asking, key: str, **values: Any) -> None:
    stage.change(Expertise, (stage.person(key), stage.organisation.domains["Pneumatiek"]), **values)


def learned(stage: Asking) -> None:
    stage.organisation.can("junior", "Pneumatiek", 5)
    stage.organisation.session.commit()


def block(stage: Asking) -> None:
    wish = Wish(person_id=stage.person("senior"), other_id=stage.person("junior"), wanted=False)
    stage.act(lambda session: session.add(wish))


CHANGES: dict[str, tuple[Callable[[Asking], None], set[str]]] = {
    "nothing": (lambda s: None, set()),
    "the mentor does not pass it on any more": (lambda s: skill(s, "senior", willing=False), {"expertise"}),
    "the mentor stands lower": (lambda s: skill(s, "senior", level=2), {"expertise"}),
    "the mentor stands at the target": (lambda s: skill(s, "senior", level=3), set()),
    "the mentor appraises the junior": (
        lambda s: s.change(Person, s.person("junior"), manager_id=s.person("senior")),
        {"line"},
    ),
    "the junior stands above the mentor": (
        lambda s: s.change(Person, s.person("manager"), manager_id=s.person("junior")),
        {"line"},
    ),
    "no language in common": (lambda s: s.change(Person, s.person("junior"), languages="pl,en"), {"language"}),
    "another language as well": (lambda s: s.change(Person, s.person("junior"), languages="pl,nl"), set()),
    "the junior moved": (lambda s: site(s, "junior", "Delft"), {"site"}),
    "the mentor works nights": (lambda s: roster(s, "senior", "NNNNN--"), {"meeting"}),
    "one shift in four weeks": (lambda s: roster(s, "senior", "D" + "-" * 27), {"meeting"}),
    "two shifts in four weeks": (lambda s: roster(s, "senior", "DD" + "-" * 26), set()),
    "the junior has no roster": (lambda s: roster(s, "junior", None), {"meeting"}),
    "the mentor took all places back": (lambda s: s.change(Capacity, s.person("senior"), places=0), set()),
    "the mentor pauses": (lambda s: s.change(Capacity, s.person("senior"), paused=True), set()),
    "the junior learned it": (learned, set()),
    "the mentor would rather not": (block, set()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_breaks_that_rule(stage: Asking, change: str):
    pair, other = stage.start(), stage.start("other_senior", "other_junior")
    do, rules = CHANGES[change]
    do(stage)
    assert rules_broken(stage) == {pair: frozenset(rules), other: frozenset()}


def test_only_what_runs_is_tested(stage: Asking):
    made = stage.organisation
    for status in ("proposed", "paused", "ended", "refused"):
        made.person(status, "junior", site="Delft")
        made.pair("senior" if status == "proposed" else "other_senior", status, status)
    made.session.commit()
    assert rules_broken(stage) == {}


def test_at_a_distance(stage: Asking):
    """A domain that can be learned remotely, until one of the two cannot any more."""
    made = stage.organisation
    made.can("senior", "PLC-programmering", 4)
    pair = stage.start(domain="PLC-programmering")
    for key in ("senior", "junior"):
        stage.change(WorkTime, stage.person(key), remote=True)
    site(stage, "junior", "Delft")
    assert rules_broken(stage) == {pair: frozenset()}
    roster(stage, "junior", "-----NN")
    assert rules_broken(stage) == {pair: frozenset({"meeting"})}
    stage.change(WorkTime, stage.person("senior"), remote=False)
    assert rules_broken(stage) == {pair: frozenset({"site"})}, "one rule says enough"


def test_the_levels_are_those_of_the_start(stage: Asking):
    """As proposed; else the goal of the pair's own domain; else the request; else whoever can pass on may guide."""
    made = stage.organisation
    skill(stage, "senior", level=3)
    pair = stage.start()
    assert rules_broken(stage) == {pair: frozenset()}
    request = made.asks("junior", current=0, target=4)
    made.session.commit()
    stage.change(Mentorship, pair, request_id=request)
    assert rules_broken(stage)[pair] == {"expertise"}, "the request asks for more than the mentor has"
    told: dict[str, Any] = {"mentorship_id": pair, "made_at": stage.now}
    for domain, start, target in (("PLC-programmering", 3, 5), ("Pneumatiek", 1, 3)):
        goal = Goal(**told, domain_id=made.domains[domain], start_level=start, target_level=target)
        stage.act(lambda session, goal=goal: session.add(goal))
        assert (rules_broken(stage)[pair] == {"expertise"}) is (domain != "Pneumatiek")
    need = {"domain": "Pneumatiek", "current": 3, "target": 4, "mentor": 4, "importance": 3}
    stage.change(Mentorship, pair, explanation={"needs": [need]})
    assert rules_broken(stage)[pair] == {"expertise"}
    skill(stage, "senior", level=4)
    assert rules_broken(stage)[pair] == set()


def test_found_once_and_anew_when_it_returns(stage: Asking):
    stage.start()
    first = stage.now
    skill(stage, "senior", level=2)
    site(stage, "junior", "Delft")
    retest(stage)
    assert noted(stage) == {"expertise": first, "site": first}
    stage.later(days=1)
    skill(stage, "senior", level=4)
    roster(stage, "senior", "NNNNN--")
    retest(stage)
    assert noted(stage) == {"site": first}, "not also that they do not meet, at two sites"
    site(stage, "junior", "Ede")
    retest(stage)
    assert noted(stage) == {"meeting": stage.now}
    second = stage.later(days=1)
    skill(stage, "senior", level=1)
    retest(stage)
    assert noted(stage) == {"meeting": second - timedelta(days=1), "expertise": second}


def test_a_pause_forgets_nothing(stage: Asking):
    pair = stage.start()
    first = stage.now
    site(stage, "junior", "Delft")
    retest(stage)
    stage.act(actions.step, stage.actor("senior"), pair, "pause", stage.now)
    stage.later(days=20)
    retest(stage)
    assert noted(stage) == {"site": first}
    stage.act(signals.evaluate, stage.now, [pair])
    assert stage.signals() == [], "nobody acts on a pair that pauses"


def test_it_becomes_a_signal_that_names_the_rule_to_the_coordinator(stage: Asking):
    stage.start()
    site(stage, "junior", "Delft")

    def look() -> list[tuple[str, str, bool]]:
        retest(stage)
        stage.act(signals.evaluate, stage.now)
        rows: list[Signal] = stage.read(lambda s: list(s.exec(select(Signal).order_by(col(Signal.id)))))
        return [(s.about, s.status, s.returned) for s in rows if s.kind == "rule"]

    assert look() == [("site", "open", False)]
    assert look() == [("site", "open", False)]
    stage.later(days=1)
    stage.act(lambda s: signal_actions.close(s, stage.coordinator, 1, "besproken", True, stage.now))
    assert look() == [("site", "done", False)], "somebody decided that it may stay so"
    site(stage, "junior", "Ede")
    stage.later(days=1)
    look()
    site(stage, "junior", "Delft")
    stage.later(days=1)
    assert look() == [("site", "done", False)], "not within six weeks"
    stage.later(days=42)
    assert look() == [("site", "done", False), ("site", "open", True)]


def test_every_rule_has_words():
    assert set(RULES) == {*RUNNING, TRAINER}


def test_an_import_that_moves_somebody(stage: Asking, session: Session, tmp_path: pathlib.Path):
    """The pair of an export holds by that export; a later one moves the junior to another roster."""
    files = small()
    files["medewerkers.csv"][4][5] = "Delft"  # the junior of the pair works where the mentor does
    files["medewerkers.csv"][4][9] = "DAG"
    files["medewerkers.csv"][4][11] = "nl"
    files["vaardigheden.csv"][2][3] = "ja"
    import_directory(session, write(tmp_path / "first", files), None, stage.now)
    session.commit()
    (pair,) = (m.id for m in stage.mentorships())
    assert rules_broken(stage) == {pair: frozenset()}
    files["medewerkers.csv"][4][9] = "NACHT"
    import_directory(session, write(tmp_path / "second", files), None, stage.now)
    session.commit()
    worker.once(stage.engine, stage.now)
    assert noted(stage) == {"meeting": stage.now}
    assert ("rule", "both", "meeting") in stage.signals()


def test_the_number_of_queries_does_not_grow(stage: Asking):
    made = stage.organisation
    statements = []
    for number in range(3):
        with counted(stage.engine) as found:
            retest(stage)
        statements.append(len(found))
        for n in range(4):
            made.person(f"far-{number}-{n}", "junior", site="Delft")
            made.pair("senior", f"far-{number}-{n}", "active", origin="import", started_on=stage.today)
        made.session.commit()
    assert statements[1] == statements[2]
    assert len([r for r in rules_broken(stage).values() if r == {"site"}]) == 12
