"""Verbs on hours worked together: noting a week with a junior, as planned, or other guiding. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.hours import rules
from mentorship.mentorships.hours.models import OTHER_GUIDING, WorkedWeek
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people.access import Actor


def note_week(
    session: Session, actor: Actor, mentorship_id: int, week: date, worked: bool, hours: Decimal, now: datetime
) -> None:
    """Note how long a mentor and their junior worked together in a week; noted again, it replaces what was noted."""
    found = session.get(Mentorship, mentorship_id)
    if found is None or found.mentor_id != actor.person_id:
        raise Refused(N_("This mentorship is not yours."))
    if found.status != ACTIVE:
        raise Refused(N_("Hours are noted for a mentorship that runs."))
    rules.check_week(week, local_date(now))
    if not rules.ran(found.started_on, week):
        raise Refused(N_("In that week this mentorship had not started yet."))
    rules.check_hours(worked, hours)
    row = _row(actor, week, hours if worked else Decimal(0), now) | {"mentorship_id": mentorship_id}
    _write(session, row, index_elements=["mentorship_id", "week"])
    audit.record(session, now, actor.person_id, "note week", "mentorship", mentorship_id, week=week.isoformat())


def note_planned(session: Session, actor: Actor, weeks: Collection[date], now: datetime) -> int:
    """Note, for weeks that are over, what the rosters foresaw wherever nothing is noted yet; return how many lines."""
    today, number = local_date(now), 0
    for week in weeks:
        rules.check_week(week, today)
    for card in hours_queries.cards(session, actor.person_id, today):
        if card.monday in weeks and card.is_over:
            for line in card.lines:
                if line.hours is not None:
                    note_week(session, actor, line.mentorship_id, card.monday, line.hours > 0, line.hours, now)
                    number += 1
    return number


def note_other(session: Session, actor: Actor, week: date, hours: Decimal, words: str, now: datetime) -> None:
    """Note other guiding in a week, such as apprentice school; noted again it is replaced, 0 hours takes it back."""
    if not hours_queries.led(session, actor.person_id):
        raise Refused(N_("Hours are noted by who mentors in a mentorship that runs."))
    rules.check_week(week, local_date(now))
    rules.check_hours(False, hours)
    if hours:
        row = _row(actor, week, hours, now) | {"mentorship_id": None, "words": words}
        _write(session, row, index_elements=["mentor_id", "week"], index_where=text(OTHER_GUIDING))
    else:
        mine = col(WorkedWeek.mentor_id) == actor.person_id, col(WorkedWeek.week) == week
        session.execute(delete(WorkedWeek).where(*mine, col(WorkedWeek.mentorship_id).is_(None)))
    audit.record(session, now, actor.person_id, "note other guiding", "person", actor.person_id, week=week.isoformat())


def _row(actor: Actor, week: date, hours: Decimal, now: datetime) -> dict[str, Any]:
    me = actor.person_id
    return {"mentor_id": me, "week": week, "hours": hours, "words": "", "noted_by": me, "noted_at": now}


def _write(session: Session, row: Mapping[str, Any], **key: Any) -> None:
    """Insert a row, or replace the one with the same key, also when somebody else writes it now."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        onto = postgresql.insert(WorkedWeek).values(**row)
    else:
        onto = sqlite.insert(WorkedWeek).values(**row)  # type: ignore[assignment]
    new = {name: onto.excluded[name] for name in ("hours", "words", "noted_by", "noted_at")}
    connection.execute(onto.on_conflict_do_update(set_=new, **key))
    session.expire_all()  # rows read before this stand replaced
