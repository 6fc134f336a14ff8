"""Being away: entries that merge, back earlier, told to the person, and read by nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.outbox import OutboxRow
from mentorship.profiles.away import actions, queries, rules
from mentorship.profiles.away.models import Away
from tests.factories import Organisation

TODAY = date(2026, 11, 23)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def entries(session: Session, person_id: int) -> list[tuple[date, date]]:
    rows = session.exec(select(Away).where(Away.person_id == person_id).order_by(col(Away.first_day)))
    return [(row.first_day, row.last_day) for row in rows]


def away(made: Organisation, key: str, first: int, last: int, by: str | None = None) -> None:
    actor = made.actor(by or key)
    actions.set_away(made.session, actor, made.people[key], first_day=on(first), last_day=on(last), now=made.now)


spells = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda s: (on(s[0]), on(sum(s)))), max_size=8)


@given(spells)
def test_merging_keeps_every_day_and_no_other_and_leaves_a_day_between(found: list[tuple[date, date]]):
    merged = rules.merged(found)
    assert rules.ordinals(merged) == rules.ordinals(found)
    for (_, last), (first, _) in pairwise(merged):
        assert first - last > timedelta(days=1)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(-5, 70))
def test_who_is_back_is_away_on_the_days_before_alone(begins: int, length: int, back: int):
    spell = on(begins), on(begins + length)
    rest = rules.back(spell, on(back))
    kept = rules.ordinals([rest] if rest else [])
    assert kept == {day for day in rules.ordinals([spell]) if day < on(back).toordinal()}


def test_entries_that_overlap_or_touch_become_one(organisation: Organisation):
    me = organisation.people["junior"]
    away(organisation, "junior", 3, 5)
    away(organisation, "junior", 20, 22)
    away(organisation, "junior", 6, 8)
    assert entries(organisation.session, me) == [(on(3), on(8)), (on(20), on(22))]
    away(organisation, "junior", 0, 30)
    assert entries(organisation.session, me) == [(on(0), on(30))]


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-60, -50), (0, 400)])
def test_days_in_the_wrong_order_or_far_off_are_refused(organisation: Organisation, first: int, last: int):
    with pytest.raises(Refused):
        away(organisation, "junior", first, last)
    assert not entries(organisation.session, organisation.people["junior"])


def test_back_earlier_ends_it_and_what_did_not_begin_is_gone(organisation: Organisation):
    made, me = organisation, organisation.people["junior"]
    away(made, "junior", -3, 5)
    away(made, "junior", 10, 12)
    for entry in queries.own_entries(made.session, me, TODAY):
        actions.end_away(made.session, made.actor("junior"), entry.id, made.now)
    assert entries(made.session, me) == [(on(-3), on(-1))]


def test_nobody_ends_an_entry_of_somebody_else(organisation: Organisation):
    away(organisation, "junior", 0, 5)
    (row,) = organisation.session.exec(select(Away)).all()
    with pytest.raises(Refused):
        actions.end_away(organisation.session, organisation.actor("manager"), row.id or 0, organisation.now)


def test_the_audit_log_has_no_days(organisation: Organisation):
    away(organisation, "junior", 0, 5, by="manager")
    (row,) = audit.history(organisation.session, "person", organisation.people["junior"])
    assert row.verb == "set not available" and row.details == {}


def test_what_another_filled_in_is_told_once_and_ones_own_is_not(organisation: Organisation):
    made = organisation
    away(made, "junior", 0, 5, by="manager")
    away(made, "senior", 0, 5)
    rows = made.session.exec(select(OutboxRow)).all()
    assert [(row.kind, row.recipient_id) for row in rows] == [("away", made.people["junior"])]


@dataclass(frozen=True)
class Said:
    number: str
    first_day: date
    last_day: date


def test_an_export_is_taken_in_once_and_changes_nothing_again(organisation: Organisation):
    made, me = organisation, organisation.people["junior"]
    said = [
        Said("n-junior", on(3), on(5)),
        Said("n-junior", on(6), on(9)),
        Said("n-junior", on(-9), on(-8)),
        Said("n-junior", on(300), on(500)),
        Said("n-unknown", on(3), on(5)),
    ]
    assert actions.take_away(made.session, said, made.actor("coordinator"), made.now) == 1
    assert entries(made.session, me) == [(on(3), on(9))]
    assert actions.take_away(made.session, said, made.actor("coordinator"), made.now) == 0
    assert len(made.session.exec(select(OutboxRow)).all()) == 1, "told once"


def test_deleted_42_days_after_the_last_day(organisation: Organisation):
    made, me = organisation, organisation.people["junior"]
    away(made, "junior", -20, -10)
    actions.purge(made.session, made.now + timedelta(days=32))
    assert entries(made.session, me)
    actions.purge(made.session, made.now + timedelta(days=33))
    assert not entries(made.session, me)
