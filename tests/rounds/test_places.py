"""Places are never overbooked: the database itself refuses, whatever the code above it believes."""

from __future__ import annotations

import itertools
from decimal import Decimal
from itertools import product

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.profiles.models import Capacity
from mentorship.profiles.rules import usable_places
from mentorship.programme.models import Programme
from tests.factories import Organisation
from tests.rounds.stage import Stage, at_once, in_the_middle

INSERT = sa.text(
    "INSERT INTO mentorship (mentor_id, junior_id, domain_id, origin, round_name, status, explanation)"
    " VALUES (:mentor, :junior, :domain, :origin, '', :status, '{}')"
)
MOST = 4


@pytest.fixture
def juniors(organisation: Organisation) -> list[int]:
    """One junior more than the senior may ever have here."""
    found = [organisation.person(f"j{number}", "junior") for number in range(MOST + 1)]
    organisation.session.commit()
    return found


def row(stage: Stage, junior: int, origin: str = "direct", status: str = "proposed") -> dict[str, object]:
    domain = stage.organisation.domains["Pneumatiek"]
    return {"mentor": stage.person("senior"), "junior": junior, "domain": domain, "origin": origin, "status": status}


def insert(stage: Stage, junior: int, **values: str) -> None:
    stage.act(lambda session: session.execute(INSERT, row(stage, junior, **values)))


def taken(stage: Stage) -> int:
    return sum(m.status in ("proposed", "active", "paused") for m in stage.mentorships())


def test_raw_sql_cannot_take_a_place_that_is_not_there(stage: Stage, juniors: list[int]):
    for junior in juniors[:2]:
        insert(stage, junior)
    for status in ("proposed", "paused"):
        with pytest.raises(DBAPIError, match="no free place"):
            insert(stage, juniors[2], status=status)
    insert(stage, juniors[2], status="ended")  # history takes no place
    assert taken(stage) == 2


def test_nor_can_an_object_without_the_verb(stage: Stage, juniors: list[int]):
    def add(session: Session) -> None:
        for junior in juniors[:3]:
            session.add(
                Mentorship(
                    mentor_id=stage.person("senior"),
                    junior_id=junior,
                    origin="round",
                    domain_id=stage.organisation.domains["Pneumatiek"],
                )
            )

    with pytest.raises(IntegrityError):
        stage.act(add)
    assert not stage.mentorships(), "all or nothing"


def test_who_offers_nothing_gets_nobody(stage: Stage, juniors: list[int]):
    with pytest.raises(IntegrityError):
        stage.act(lambda session: session.execute(INSERT, {**row(stage, juniors[0]), "mentor": stage.person("nobody")}))


def test_a_place_comes_free_when_a_pair_ends(stage: Stage, juniors: list[int]):
    for junior in juniors[:2]:
        insert(stage, junior)
    stage.change(Mentorship, stage.mentorships()[0].id, status="refused")
    insert(stage, juniors[2])
    with pytest.raises(IntegrityError):
        insert(stage, juniors[3])


def test_the_database_counts_as_the_rules_do(stage: Stage, juniors: list[int]):
    """min(places, floor(counted hours / hours a pair needs)), also where a tenth is not what it seems: 0.3 / 0.1."""
    hours = [None, *map(Decimal, ("0", "0.1", "0.3", "0.7", "1.99", "3.3", "8.05"))]
    needed = [Decimal(n) for n in ("0.01", "0.1", "0.35", "1.1", "2")]
    with Session(stage.engine) as session:
        offer = session.get_one(Capacity, stage.person("senior"))
        settings = session.get_one(Programme, 1)
        for places, confirmed, per_pair, confirm in itertools.product((0, 1, MOST), hours, needed, (True, False)):
            offer.places, offer.confirmed_hours, settings.hours_per_pair = places, confirmed, per_pair
            offer.hours = Decimal(40) if confirm else confirmed or Decimal(0)
            settings.confirm_hours = confirm
            session.flush()
            allowed = usable_places(
                places, offer.hours, offer.confirmed_hours, confirm=confirm, hours_per_pair=per_pair
            )
            fits = session.begin_nested()
            for junior in juniors[:allowed]:
                session.execute(INSERT, row(stage, junior))
            one_more = session.begin_nested()
            with pytest.raises(IntegrityError):
                session.execute(INSERT, row(stage, juniors[allowed]))
                pytest.fail(f"{places=} {confirmed=} {per_pair=} {confirm=}: more than {allowed} fit")
            one_more.rollback()
            fits.rollback()


def test_two_take_the_last_place_at_once(stage: Stage, juniors: list[int]):
    stage.change(Capacity, stage.person("senior"), places=1)
    outcomes = at_once(*[lambda junior=junior: insert(stage, junior) for junior in juniors])
    assert [type(o) for o in outcomes if o is not None] == [IntegrityError] * MOST
    assert taken(stage) == 1


def test_the_last_place_while_another_is_taking_it(stage: Stage, juniors: list[int]):
    """The second asks while the first has not committed yet: it waits, and then finds no place."""
    stage.change(Capacity, stage.person("senior"), places=1)
    outcome = in_the_middle(
        stage.engine, lambda session: session.execute(INSERT, row(stage, juniors[0])), lambda: insert(stage, juniors[1])
    )
    assert isinstance(outcome, IntegrityError)
    assert [m.junior_id for m in stage.mentorships()] == juniors[:1]


def test_a_place_taken_while_it_is_being_withdrawn(stage: Stage, juniors: list[int]):
    def lower(session: Session) -> None:
        session.get_one(Capacity, stage.person("senior")).places = 0

    assert isinstance(in_the_middle(stage.engine, lower, lambda: insert(stage, juniors[0])), IntegrityError)
    assert not stage.mentorships()


def test_lowering_below_the_present_load_is_allowed_and_lets_nobody_in(stage: Stage, juniors: list[int]):
    for junior in juniors[:2]:
        insert(stage, junior)
    stage.change(Capacity, stage.person("senior"), places=1, hours=1, confirmed_hours=1)
    first, second = stage.mentorships()
    stage.change(Mentorship, first.id, status="active", mentor_accepted=True, junior_accepted=True)
    stage.change(Mentorship, first.id, status="paused")
    stage.change(Mentorship, first.id, status="active")
    assert taken(stage) == 2, "what runs goes on"
    stage.change(Mentorship, second.id, status="refused")
    with pytest.raises(IntegrityError):
        insert(stage, juniors[2])


@pytest.mark.parametrize(("over", "status"), [("ended", "proposed"), *product(["refused"], OCCUPYING)])
def test_what_ended_does_not_come_back(stage: Stage, juniors: list[int], over: str, status: str):
    """An ending by mistake is taken back, into a place that is free: that one runs again, and is no proposal."""
    insert(stage, juniors[0])
    (found,) = stage.mentorships()
    stage.change(Mentorship, found.id, status=over)
    with pytest.raises(IntegrityError, match="does not come back"):
        stage.change(Mentorship, found.id, status=status, mentor_accepted=True, junior_accepted=True)
    assert [m.status for m in stage.mentorships()] == [over]


def test_a_pair_does_not_move_to_another_mentor(stage: Stage, juniors: list[int]):
    insert(stage, juniors[0])
    with pytest.raises(IntegrityError):
        stage.change(Mentorship, stage.mentorships()[0].id, mentor_id=stage.person("other_senior"))


def test_pairs_of_an_import_may_exceed_and_count(stage: Stage, juniors: list[int]):
    """What runs already at a company is a fact; it takes the places that others would have."""
    for junior in juniors[:3]:
        insert(stage, junior, origin="import", status="active")
    assert taken(stage) == 3
    with pytest.raises(IntegrityError):
        insert(stage, juniors[3])


def test_one_request_or_one_pair_is_proposed_once_at_a_time(stage: Stage):
    request_id = stage.organisation.asks("junior")
    stage.organisation.session.commit()

    def propose(mentor: str, request: int | None):
        pair = Mentorship(
            mentor_id=stage.person(mentor),
            junior_id=stage.person("junior"),
            origin="direct",
            request_id=request,
            domain_id=stage.organisation.domains["Pneumatiek"],
        )
        return lambda: stage.act(lambda session: session.add(pair))

    outcomes = at_once(propose("senior", request_id), propose("other_senior", request_id))
    assert sorted(type(o).__name__ for o in outcomes) == ["IntegrityError", "NoneType"]
    (found,) = stage.mentorships()
    with pytest.raises(IntegrityError):
        propose("senior" if found.mentor_id == stage.person("senior") else "other_senior", None)()
