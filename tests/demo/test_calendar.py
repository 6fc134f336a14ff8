"""The bundled demo shows rosters and absences as they are in life."""

from __future__ import annotations

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date, utc_now
from mentorship.base.db import id_of, make_engine
from mentorship.checkins.signals.models import Signal
from mentorship.demo.calendar import DATED, SPLIT
from mentorship.people.models import Person
from mentorship.profiles.away.queries import away_for_long
from mentorship.profiles.closed_days.models import ClosedDay
from mentorship.profiles.rosters import queries
from mentorship.profiles.rosters.models import Roster
from mentorship.profiles.rosters.patterns import patterns
from tests.conftest import BuiltDemo


def test_demo(built_demo: BuiltDemo):
    engine = make_engine(f"sqlite:///{built_demo.path}")
    now = utc_now()
    today = local_date(now)
    with Session(engine) as session:
        rosters = {roster.name: roster for roster in session.exec(select(Roster))}
        split, dated = rosters[SPLIT], rosters[DATED]
        days = patterns(session)[id_of(split)].days
        assert [len(blocks) for blocks in days] == [2, 2, 2, 2, 2, 0, 0]
        assert not dated.repeats and [r.name for r in rosters.values() if r.is_default] == ["dagdienst"]
        for roster in (split, dated):
            assert queries.people_on(session, [id_of(roster)], today), roster.name
        closed = session.exec(select(ClosedDay)).one()
        assert closed.closed and closed.day >= today
        assert away_for_long(session, today)
        leaver = session.exec(select(Person).where(col(Person.last_day).is_not(None))).one()
        assert leaver.last_day > today and leaver.left_on is None
        signals = session.exec(select(Signal).where(Signal.kind == "leaves")).all()
        assert signals and {signal.status for signal in signals} <= {"open", "taken"}
    engine.dispose()
