"""A request that asks for a practice trainer: who counts as one, in rounds, at once, while waiting and in a pair."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship import worker
from mentorship.base.clock import local_date
from mentorship.growth.certificate_kinds.actions import KindWords, add
from mentorship.growth.certificates.entitled import trainers
from mentorship.growth.certificates.models import Certificate
from mentorship.mentor_requests.actions import ask_trainer
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.models import FailingRule, Mentorship
from mentorship.people.access import COORDINATOR, Actor
from mentorship.rounds.retest import broken
from mentorship.rounds.waiting import listed, queries
from tests.checkins.stage import Asking
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage

DAY = timedelta(days=1)
NEVER = timedelta(days=10_000)


@pytest.fixture
def entitling(session: Session, organisation: Organisation) -> int:
    made = organisation
    me = Actor(made.people["coordinator"], frozenset({COORDINATOR}))
    row = add(session, me, KindWords("Praktijkopleider", months=48, entitles=True), made.now)
    session.commit()
    return row.id or 0


def certify(
    session: Session, made: Organisation, key: str, kind: int, *, ends: timedelta = NEVER, confirmed: bool = True
) -> None:
    today = local_date(made.now)
    row = Certificate(
        person_id=made.people[key],
        kind_id=kind,
        got_on=today - 500 * DAY,
        ends_on=None if ends == NEVER else today + ends,
        noted_by=made.people[key],
        noted_at=made.now,
    )
    if confirmed:
        row.confirmed_by, row.confirmed_at = made.people["coordinator"], made.now
    session.add(row)
    session.commit()


def asks_for_one(session: Session, made: Organisation, key: str = "junior") -> int:
    request_id = made.asks(key)
    ask_trainer(session, Actor(made.people[key], frozenset()), request_id, True, made.now)
    session.commit()
    return request_id


def reason(stage: Stage, request_id: int) -> str:
    def read(session: Session) -> str:
        found = listed.rows(queries.today(session, stage.now), ())
        return next(row.reason for row in found if row.request_id == request_id)

    return str(stage.read(read))


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("ends", "confirmed", "counts"),
    [
        (NEVER, True, True),
        (timedelta(0), True, True),
        (-DAY, True, False),
        (NEVER, False, False),
    ],
    ids=["without an end", "the last day", "ended", "told by themselves"],
)
def test_who_counts_as_one(
    session: Session, organisation: Organisation, entitling: int, ends: timedelta, confirmed: bool, counts: bool
):
    certify(session, organisation, "senior", entitling, ends=ends, confirmed=confirmed)
    found = trainers(session, local_date(organisation.now))
    assert (organisation.people["senior"] in found) is counts


def test_a_certificate_that_does_not_entitle_makes_nobody_one(session: Session, organisation: Organisation):
    me = Actor(organisation.people["coordinator"], frozenset({COORDINATOR}))
    vca = add(session, me, KindWords("VCA", months=120), organisation.now)
    certify(session, organisation, "senior", vca.id or 0)
    assert trainers(session, local_date(organisation.now)) == frozenset()


@pytest.mark.both_databases
def test_a_round_pairs_it_with_a_trainer_alone(
    stage: Stage, visit, session: Session, organisation: Organisation, entitling: int
):
    request_id = asks_for_one(session, organisation)
    other = organisation.asks("other_junior")
    session.commit()
    round_id = stage.open()
    stage.ask(round_id)
    stage.solve(round_id)
    left = {row.request_id: row.funnel for row in stage.unmatched(round_id)}
    assert left.keys() == {request_id}, "who does not ask for one gets a mentor"
    assert len(left[request_id]) == 10 and left[request_id][2] == 0 < left[request_id][1]
    screen = Screen(visit("coordinator"), f"/rounds/{round_id}/review/unmatched")
    assert "Wie het kan, is geen praktijkopleider: een collega die het certificaat haalt." in screen.text
    screen.open(f"/rounds/{round_id}/review/{request_id}?stops=1")
    assert "Helpt: vraag een van hen om praktijkopleider te worden" in screen.text and "Senior Proef" in screen.text
    certify(session, organisation, "other_senior", entitling)
    second = stage.open("Later")
    stage.ask(second)
    stage.solve(second)
    assert stage.pairs(second)[request_id] == organisation.people["other_senior"] and other in stage.pairs(second)


@pytest.mark.both_databases
def test_the_waiting_list_says_whom_to_ask_to_become_one(
    stage: Stage, visit, session: Session, organisation: Organisation, entitling: int
):
    request_id = asks_for_one(session, organisation)
    organisation.asks("other_junior")
    session.commit()
    assert reason(stage, request_id) == "trainer"
    screen = Screen(visit("coordinator"), f"/waiting?open={request_id}")
    assert "2 kunnen het, maar zijn geen praktijkopleider" in screen.text
    assert "Senior Proef" in screen.text and "praktijkopleider, zoals de vraag vraagt" in screen.text
    certify(session, organisation, "senior", entitling, confirmed=False)
    assert reason(stage, request_id) == "trainer", "what they say of themselves is not enough"
    certify(session, organisation, "other_senior", entitling)
    assert reason(stage, request_id) == "now"


@pytest.mark.both_databases
def test_pairing_at_once_goes_by_it_too(visit, session: Session, organisation: Organisation, entitling: int):
    request_id = asks_for_one(session, organisation)
    certify(session, organisation, "other_senior", entitling)
    person = organisation.people["junior"]
    screen = Screen(visit("coordinator"), f"/direct/{person}?q=senior")
    assert "Vraagt een praktijkopleider" in screen.text
    assert [row[1] for row in screen.rows()] == ["Other_senior Proef legt het uit"]
    assert "Senior Proef heeft geen bevestigd certificaat dat geldig is" in screen.text
    refused = visit("coordinator")
    refused.get(f"/direct/{person}")
    answer = refused.post(f"/direct/{person}", {"mentor_id": organisation.people["senior"], "request_id": request_id})
    assert answer.status_code in (409, 422)


def test_one_is_asked_for_on_behalf_of_somebody(visit, session: Session, organisation: Organisation, entitling: int):
    certify(session, organisation, "other_senior", entitling)
    person = organisation.people["junior"]
    domain = organisation.domains["Pneumatiek"]
    asked = f"domain_1={domain}&current_1=0&target_1=3&trainer=true"
    screen = Screen(visit("coordinator"), f"/direct/{person}?{asked}")
    screen.press("Stel Other_senior voor")
    session.rollback()
    assert session.exec(select(MentorRequest)).one().trainer


@pytest.mark.both_databases
def test_one_asks_for_it_by_a_tap_and_reads_why_nobody(
    stage: Stage, visit, session: Session, organisation: Organisation
):
    organisation.asks("junior")
    session.commit()
    screen = Screen(visit("junior"), "/mentor-requests/mine").press("Vraag een praktijkopleider")
    assert "Mijn mentor moet praktijkopleider zijn" in screen.text
    round_id = stage.open()
    organisation.asks("other_junior")
    session.commit()
    stage.ask(round_id)
    stage.solve(round_id)
    stage.publish(round_id)
    screen.open("/mentor-requests/mine")
    assert "Geen praktijkopleider die Pneumatiek wil doorgeven" in screen.text
    screen.press("Elke mentor is goed")
    assert "Geen praktijkopleider die" not in screen.text, "that was about another request"
    screen.press("Terugdraaien")
    assert "Geen praktijkopleider die" in screen.text


@pytest.mark.both_databases
def test_a_running_pair_is_told_of_when_the_certificate_ends(
    engine: sa.Engine, app: Flask, session: Session, organisation: Organisation, entitling: int
):
    made = organisation
    request_id = asks_for_one(session, made)
    session.get_one(MentorRequest, request_id).status = "placed"
    certify(session, made, "senior", entitling, ends=2 * DAY)
    pair = made.pair("senior", "junior", "active", request_id=request_id, started_on=local_date(made.now))
    plain = made.pair("other_senior", "other_junior", "active", started_on=local_date(made.now))
    session.commit()

    def rules(day: date) -> dict[int, frozenset[str]]:
        found = broken(session, day)
        session.rollback()
        return found

    today = local_date(made.now)
    assert rules(today + 2 * DAY) == {pair: frozenset(), plain: frozenset()}
    assert rules(today + 3 * DAY) == {pair: frozenset({"trainer"}), plain: frozenset()}
    stage = Asking(engine, made, made.now, app)
    stage.later(days=3)
    worker.once(engine, stage.now)
    session.rollback()
    assert [row.rule for row in session.exec(select(FailingRule))] == ["trainer"]
    assert session.get_one(Mentorship, pair).status == "active", "it goes on; people decide"
