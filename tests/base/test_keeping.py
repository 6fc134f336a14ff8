"""What is kept in memory holds no longer than what it was made of, in every process and after an undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.app import INVERSES
from mentorship.base import keeping
from mentorship.base.audit import record
from mentorship.base.audit_words import VERBS
from mentorship.base.db import make_engine, open_session
from mentorship.base.keeping import LASTS, MOST, QUIET, kept
from mentorship.base.undo import carry_out, name_of, offer, open_of
from mentorship.people.access import Actor
from mentorship.profiles.actions import set_places
from mentorship.rounds import known
from tests.conftest import NOW
from tests.factories import Organisation

THING = "test"


@pytest.fixture
def made() -> Iterator[list[int]]:
    """Collect how often something was made."""
    keeping._KEPT.clear()
    yield []


def look(engine: sa.Engine, made: list[int], name: str = THING, **values: object) -> int:
    """Return what is kept, which counts how often it was made."""

    def make() -> int:
        made.append(1)
        return len(made)

    with open_session(engine, read_only=True) as session:
        now = values.pop("now", NOW)
        return kept(session, name, now, make, **values)  # type: ignore[arg-type]


def decide(engine: sa.Engine, verb: str = "change person", number: int = 1) -> None:
    with open_session(engine) as session:
        for _ in range(number):
            record(session, NOW, None, verb, "person", 1)
        session.commit()


@pytest.mark.usefixtures("organisation")
def test_it_is_made_once_while_nothing_is_decided(engine: sa.Engine, made: list[int]):
    assert look(engine, made) == look(engine, made) == 1
    decide(engine)
    assert look(engine, made) == look(engine, made) == 2


@pytest.mark.usefixtures("organisation")
def test_what_cannot_change_it_leaves_it_as_it_is(engine: sa.Engine, made: list[int]):
    look(engine, made)
    decide(engine, "choose mail")
    assert look(engine, made) == 1
    decide(engine, "undo: choose mail")
    assert look(engine, made) == 2, "an undo always counts"


def test_only_verbs_that_there_are_cannot_change_it():
    assert {"note other guiding"} >= known.UNRELATED - VERBS and QUIET <= VERBS


@pytest.mark.usefixtures("organisation")
@pytest.mark.parametrize("later", [timedelta(days=1), LASTS, -LASTS])
def test_another_day_and_some_minutes_later_it_is_made_anew(engine: sa.Engine, made: list[int], later: timedelta):
    look(engine, made)
    assert look(engine, made, now=NOW + timedelta(minutes=1)) == 1
    assert look(engine, made, now=NOW + later) == 2


@pytest.mark.usefixtures("organisation")
def test_what_else_it_depends_on_counts(engine: sa.Engine, made: list[int]):
    look(engine, made, also=(1, "draft"))
    assert look(engine, made, also=(1, "draft")) == 1
    assert look(engine, made, also=(1, "solved")) == 2


@pytest.mark.usefixtures("organisation")
def test_a_decision_that_is_committed_after_a_later_one_counts(engine: sa.Engine, made: list[int]):
    decide(engine, number=3)
    look(engine, made)
    with engine.begin() as connection:
        last = connection.scalar(sa.text("SELECT max(id) FROM audit"))
        connection.execute(sa.text("UPDATE audit SET id = :far WHERE id = :last"), {"far": last + 100, "last": last})
    assert look(engine, made) == 2
    with engine.begin() as connection:
        row = "INSERT INTO audit (id, at, verb, subject, details) VALUES (:id, :at, 'change person', 'person', '{}')"
        connection.execute(sa.text(row), {"id": last + 50, "at": NOW})
    assert look(engine, made) == 3, "it stands before the last row, and was not there yet"


@pytest.mark.usefixtures("organisation")
def test_a_transaction_that_writes_sees_what_is_and_keeps_nothing(engine: sa.Engine, made: list[int]):
    look(engine, made)
    with open_session(engine) as session:
        record(session, NOW, None, "change person", "person", 1)
        assert kept(session, THING, NOW, lambda: -1) == -1
        session.rollback()
    assert look(engine, made) == 1


@pytest.mark.usefixtures("organisation")
def test_what_failed_is_not_kept(engine: sa.Engine, made: list[int]):
    look(engine, made)
    decide(engine)

    def fail() -> int:
        raise RuntimeError

    with open_session(engine, read_only=True) as session, pytest.raises(RuntimeError):
        kept(session, THING, NOW, fail)
    assert look(engine, made) == 2


@pytest.mark.usefixtures("organisation")
def test_no_more_than_so_many_things_are_kept(engine: sa.Engine, made: list[int]):
    for number in range(MOST + 1):
        look(engine, made, f"{THING} {number}")
    before = len(made)
    look(engine, made, f"{THING} {MOST}")
    assert len(made) == before
    look(engine, made, f"{THING} 0")
    assert len(made) == before + 1, "the one looked at longest ago was let go of"


def places_of(engine: sa.Engine, mentor_id: int) -> int:
    with open_session(engine, read_only=True) as session:
        found = known.today(session, NOW)
    return next(mentor.places for mentor in found.records.mentors if mentor.person == mentor_id)


@pytest.fixture
def other_process(engine: sa.Engine) -> Iterator[sa.Engine]:
    """An engine of its own on the same database, as another process has it."""
    found = make_engine(engine.url.render_as_string(hide_password=False))
    yield found
    found.dispose()


def test_each_process_sees_what_another_changed_and_took_back(
    engine: sa.Engine, other_process: sa.Engine, organisation: Organisation
):
    senior = organisation.people["senior"]
    actor = Actor(senior, frozenset({"senior"}))
    both: list[Callable[[], int]] = [lambda one=one: places_of(one, senior) for one in (engine, other_process)]  # type: ignore[misc]

    def change(session: Session, places: int) -> None:
        set_places(session, actor, places, Decimal(8), NOW)
        offer(session, actor, "places", "profiles.places", {}, NOW)
        session.commit()

    with open_session(engine) as session:
        change(session, 2)
    before = [look_at() for look_at in both]
    with open_session(other_process) as session:
        change(session, 4)
    assert [look_at() for look_at in both] == [number + 2 for number in before]
    with open_session(engine) as session:
        row = open_of(session, senior, NOW)[0]
        carry_out(session, actor, row, {name_of(one): one for one in INVERSES}, NOW)
        session.commit()
    assert [look_at() for look_at in both] == before
