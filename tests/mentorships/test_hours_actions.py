"""Noting hours: by the mentor of a running pair, for five weeks, one row per week whoever writes at the same time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.checkins.findings import HOURS
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.signals import raising as signals
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.hours import actions as hours_actions
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import queries as roster_queries
from tests.rounds.stage import Stage, at_once, counted, in_the_middle

THIS = date(2026, 11, 23)
LAST = date(2026, 11, 16)
TWO = Decimal(2)


@pytest.fixture
def pair(stage: Stage) -> int:
    """The senior guides the junior, since long."""
    made = stage.organisation
    found = made.pair("senior", "junior", "active", started_on=date(2026, 9, 1))
    made.session.commit()
    return found


def note(stage: Stage, pair: int, week: date = LAST, hours: Decimal = TWO, who: str = "senior", worked: bool = True):
    stage.act(hours_actions.note_week, stage.actor(who), pair, week, worked, hours, stage.now)


def note_other(stage: Stage, hours: Decimal, words: str = "", who: str = "senior", week: date = LAST) -> None:
    stage.act(hours_actions.note_other, stage.actor(who), week, hours, words, stage.now)


def rows(stage: Stage) -> list[tuple[int | None, date, Decimal, str]]:
    order = sa.text("week, mentorship_id IS NULL, mentorship_id")
    found = stage.read(lambda s: list(s.exec(select(WorkedWeek).order_by(order))))
    return [(row.mentorship_id, row.week, row.hours, row.words) for row in found]


def counts(stage: Stage) -> dict[int, list[tuple[date, Decimal | None, Decimal]]]:
    found = stage.read(lambda s: hours_queries.weeks(s, roster_queries.timetables(s), local_date(stage.now)))
    return {mentor: [(w.monday, w.confirmed, w.spent) for w in weeks] for mentor, weeks in found.items()}


def test_a_week_is_noted_and_noted_again(stage: Stage, pair: int):
    note(stage, pair)
    note(stage, pair, hours=Decimal("3.25"))
    note(stage, pair, THIS, worked=False)
    assert rows(stage) == [(pair, LAST, Decimal("3.25"), ""), (pair, THIS, Decimal(0), "")]
    mine = stage.person("senior")
    assert counts(stage) == {mine: [(LAST, Decimal(8), Decimal("3.25")), (THIS, Decimal(8), Decimal(0))]}


@pytest.mark.parametrize("who", ["junior", "other_senior", "manager", "coordinator"])
def test_only_the_mentor_notes(stage: Stage, pair: int, who: str):
    with pytest.raises(Refused):
        note(stage, pair, who=who)
    with pytest.raises(Refused):
        note_other(stage, TWO, who=who)
    with pytest.raises(Refused):
        note(stage, pair + 999)
    assert rows(stage) == []


def test_five_weeks_and_not_the_future(stage: Stage, pair: int):
    for back in range(5):
        note(stage, pair, THIS - timedelta(weeks=back))
    for wrong in (THIS + timedelta(weeks=1), THIS - timedelta(weeks=5), LAST + timedelta(days=1)):
        with pytest.raises(Refused):
            note(stage, pair, wrong)
        with pytest.raises(Refused):
            note_other(stage, TWO, week=wrong)
    for wrong_hours in (Decimal(0), Decimal(61), Decimal(-1)):
        with pytest.raises(Refused):
            note(stage, pair, hours=wrong_hours)
    assert len(rows(stage)) == 5


@pytest.mark.parametrize("status", ["proposed", "paused", "ended", "refused"])
def test_only_while_the_pair_runs_and_from_its_start(stage: Stage, pair: int, status: str):
    stage.change(Mentorship, pair, started_on=LAST + timedelta(days=6))
    note(stage, pair)
    with pytest.raises(Refused):
        note(stage, pair, LAST - timedelta(weeks=1))
    stage.change(Mentorship, pair, status=status)
    with pytest.raises(Refused):
        note(stage, pair, THIS)
    with pytest.raises(Refused):
        note_other(stage, TWO)
    assert len(rows(stage)) == 1


def test_both_at_once_is_one_row(stage: Stage, pair: int, engine: sa.Engine):
    amounts = [Decimal(n) for n in (1, 2, 3, 4)]
    outcomes = at_once(*(lambda h=h: note(stage, pair, hours=h) for h in amounts))
    outcomes += at_once(*(lambda h=h: note_other(stage, h, "school") for h in amounts))
    assert outcomes == [None] * 8
    (mine, other) = rows(stage)
    assert mine[0] == pair and mine[2] in amounts
    assert other[0] is None and other[2] in amounts and other[3] == "school"
    actor = stage.actor("senior")
    late = in_the_middle(
        engine,
        lambda s: hours_actions.note_week(s, actor, pair, THIS, True, TWO, stage.now),
        lambda: note(stage, pair, THIS, Decimal(5)),
    )
    assert late is None and rows(stage)[-1] == (pair, THIS, Decimal(5), ""), "the last one counts"


def test_other_guiding_is_one_row_that_can_be_taken_back(stage: Stage, pair: int):
    note_other(stage, Decimal(3), "bedrijfsschool")
    note_other(stage, Decimal("4.5"), "")
    note(stage, pair)
    assert rows(stage) == [(pair, LAST, TWO, ""), (None, LAST, Decimal("4.5"), "")]
    assert counts(stage)[stage.person("senior")] == [(LAST, Decimal(8), Decimal("6.5"))]
    note_other(stage, Decimal(0), "")
    assert rows(stage) == [(pair, LAST, TWO, "")]


def test_the_database_knows_the_limits_too(stage: Stage, pair: int, session: Session):
    me = stage.person("senior")
    base = {"mentor_id": me, "week": LAST, "noted_by": me, "noted_at": stage.now}
    for wrong in ({"hours": 61}, {"hours": -1}, {"hours": 1, "mentorship_id": pair, "words": "x"}):
        session.add(WorkedWeek(**base, **wrong))
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
        session.rollback()
    for key in ({"mentorship_id": pair}, {}):
        session.add_all([WorkedWeek(**base, **key, hours=1), WorkedWeek(**base, **key, hours=2)])
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
        session.rollback()


def test_as_planned_fills_in_what_is_not_noted_and_is_over(stage: Stage, pair: int):
    made = stage.organisation
    stage.change(Capacity, stage.person("senior"), places=3)
    made.roster("WEEKEND", "-----DD")
    made.person("free", "junior", roster="WEEKEND")
    made.person("unknown", "junior", roster=None)
    free, unknown = (made.pair("senior", key, "active") for key in ("free", "unknown"))
    made.session.commit()
    note(stage, pair, hours=Decimal(6))
    weeks = [LAST, LAST - timedelta(weeks=1), THIS]
    assert stage.act(hours_actions.note_planned, stage.actor("senior"), weeks, stage.now) == 3
    assert rows(stage) == [
        (pair, weeks[1], TWO, ""),
        (free, weeks[1], Decimal(0), ""),
        (pair, LAST, Decimal(6), ""),
        (free, LAST, Decimal(0), ""),
    ]
    assert unknown not in {row[0] for row in rows(stage)}, "without a roster nothing is foreseen"
    assert stage.act(hours_actions.note_planned, stage.actor("senior"), weeks, stage.now) == 0
    assert stage.act(hours_actions.note_planned, stage.actor("junior"), weeks, stage.now) == 0
    with pytest.raises(Refused):
        stage.act(hours_actions.note_planned, stage.actor("senior"), [THIS + timedelta(weeks=1)], stage.now)


def test_two_juniors_in_the_same_shifts_do_not_count_twice(stage: Stage, pair: int):
    """A mentor works 43.75 hours; thirty hours with each of two juniors is no more than that."""
    made = stage.organisation
    second = made.pair("senior", "other_junior", "active")
    made.session.commit()
    for each in (pair, second):
        note(stage, each, hours=Decimal(30))
    note_other(stage, Decimal(1))
    assert counts(stage) == {stage.person("senior"): [(LAST, Decimal(8), Decimal("44.75"))]}


def overrun(stage: Stage, pair: int, confirmed: float = 2, spent: float = 2.5) -> None:
    stage.change(Capacity, stage.person("senior"), confirmed_hours=Decimal(str(confirmed)))
    for back in range(1, 5):
        note(stage, pair, THIS - timedelta(weeks=back), Decimal(str(spent)))


def raised(stage: Stage) -> list[tuple[int, str]]:
    stage.act(lambda s: signals.evaluate(s, stage.now))
    return [(s.mentorship_id, s.side) for s in stage.read(lambda s: list(s.exec(select(Signal)))) if s.kind == HOURS]


def seeing(stage: Stage) -> set[str]:
    made = stage.organisation
    people = ("senior", "junior", "manager", "director", "other_manager", "coordinator", "admin")
    actors = {who: made.actor(who) for who in people}
    made.session.rollback()
    return {
        who
        for who, actor in actors.items()
        if any(s.shown.kind == HOURS for s in stage.read(signal_queries.visible, actor, stage.now))
    }


def test_an_overrun_is_a_signal_that_goes_to_the_mentor_first(stage: Stage, pair: int):
    stage.organisation.pair("senior", "other_junior", "active", started_on=date(2026, 9, 1))
    stage.organisation.session.commit()
    overrun(stage, pair, spent=2.25)
    assert raised(stage) == []
    overrun(stage, pair)
    assert raised(stage) == raised(stage) == [(pair, "mentor")], "once per mentor, with the oldest pair"
    assert seeing(stage) == {"senior"}
    stage.act(lambda s: setattr(s.exec(select(Signal).where(Signal.kind == HOURS)).one(), "status", "taken"))
    assert seeing(stage) == {"senior", "manager", "director", "coordinator"}


def test_the_number_of_queries_does_not_grow_with_the_pairs(stage: Stage, pair: int, engine: sa.Engine):
    made = stage.organisation
    overrun(stage, pair)
    raised(stage)

    def evaluated() -> int:
        with counted(engine) as asked:
            raised(stage)
        return len(asked)

    few = evaluated()
    for n in range(6):
        made.mentor(f"m{n}")
        made.person(f"j{n}", "junior")
        more = made.pair(f"m{n}", f"j{n}", "active", started_on=date(2026, 9, 1))
        made.session.commit()
        note(stage, more, who=f"m{n}")
    assert evaluated() == few
