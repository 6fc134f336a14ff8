"""Verbs on hours worked together: noting a week with a junior, as planned, or other guiding. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locking, upsert
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.mentorships.hours import queries, rules
from mentorship.mentorships.hours.models import OTHER_GUIDING, WorkedWeek
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people.access import Actor

REPLACED = ("hours", "words", "noted_by", "noted_at")


def note_week(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    week: date,
    worked: bool,
    hours: Decimal,
    now: datetime,
) -> None:
    """Note how long a mentor and their junior worked together in a week; noted again, it replaces what was noted."""
    found = session.get(Mentorship, mentorship_id)
    if found is None or found.mentor_id != actor.person_id:
        raise Refused(N_("This pair is not yours."))
    if found.status != ACTIVE:
        raise Refused(N_("You log hours for a pair that is running."))
    rules.check_week(week, local_date(now))
    if not rules.ran(found.started_on, week):
        raise Refused(N_("In that week this pair had not started yet."))
    rules.check_hours(worked, hours)
    together = hours if worked else Decimal(0)
    kept = keep(session, WorkedWeek, mentorship_id=mentorship_id, week=week)
    row = _row(actor, week, together, now)
    row["mentorship_id"] = mentorship_id
    _write(session, row, index_elements=["mentorship_id", "week"])
    audit.record(
        session,
        now,
        actor.person_id,
        "note week",
        "mentorship",
        mentorship_id,
        week=week.isoformat(),
    )
    state(session, kept, About("note week", "mentorship", mentorship_id))


def note_planned(session: Session, actor: Actor, weeks: Collection[date], now: datetime) -> int:
    """Note, for weeks that are over, what the rosters foresaw wherever nothing is noted yet; return how many lines."""
    today = local_date(now)
    for week in weeks:
        rules.check_week(week, today)
    number = 0
    for card in queries.cards(session, actor.person_id, today):
        if card.monday in weeks and card.has_passed:
            number += _note_foreseen(session, actor, card, now)
    return number


def _note_foreseen(session: Session, actor: Actor, card: queries.WeekToNote, now: datetime) -> int:
    number = 0
    for line in card.lines:
        if line.hours is not None:
            worked = line.hours > 0
            note_week(
                session,
                actor,
                line.mentorship_id,
                card.monday,
                worked,
                line.hours,
                now,
            )
            number += 1
    return number


def note_other(session: Session, actor: Actor, week: date, hours: Decimal, words: str, now: datetime) -> None:
    """Note other guiding in a week, such as apprentice school; noted again it is replaced, 0 hours takes it back."""
    me = actor.person_id
    if not queries.led(session, me) and not queries.has_other(session, me, week):
        raise Refused(N_("You log hours when you are the mentor in a pair that is running."))
    rules.check_week(week, local_date(now))
    rules.check_hours(False, hours)
    kept = keep(session, WorkedWeek, mentor_id=me, mentorship_id=None, week=week)
    if hours:
        row = _row(actor, week, hours, now)
        row["words"] = words
        _write(
            session,
            row,
            index_elements=["mentor_id", "week"],
            index_where=text(OTHER_GUIDING),
        )
    else:
        noted = delete(WorkedWeek).where(
            col(WorkedWeek.mentor_id) == me,
            col(WorkedWeek.week) == week,
            col(WorkedWeek.mentorship_id).is_(None),
        )
        session.execute(noted)
    audit.record(
        session,
        now,
        me,
        "note other guiding",
        "person",
        me,
        week=week.isoformat(),
    )
    state(session, kept, About("note other guiding", "person", me))


def add_other(session: Session, mentor_id: int, week: date, hours: Decimal, now: datetime) -> None:
    """Count hours as other guiding of somebody in a week, on top of what is noted; fewer than 0 take them off again."""
    theirs = select(WorkedWeek).where(
        WorkedWeek.mentor_id == mentor_id,
        WorkedWeek.week == week,
        col(WorkedWeek.mentorship_id).is_(None),
    )
    noted = session.exec(locking(theirs)).first()
    before = noted.hours if noted else Decimal(0)
    after = min(before + hours, rules.MOST)
    if noted is not None and after <= 0:
        session.delete(noted)
        session.flush()
        return
    if after <= 0:
        return
    row = {
        "mentor_id": mentor_id,
        "mentorship_id": None,
        "week": week,
        "hours": after,
        "words": noted.words if noted else "",
        "noted_by": noted.noted_by if noted else mentor_id,
        "noted_at": now,
    }
    _write(
        session,
        row,
        index_elements=["mentor_id", "week"],
        index_where=text(OTHER_GUIDING),
    )


def _row(actor: Actor, week: date, hours: Decimal, now: datetime) -> dict[str, Any]:
    return {
        "mentor_id": actor.person_id,
        "mentorship_id": None,
        "week": week,
        "hours": hours,
        "words": "",
        "noted_by": actor.person_id,
        "noted_at": now,
    }


def _write(session: Session, row: Mapping[str, Any], **key: Any) -> None:
    """Insert a row, or replace the one with the same key, also when somebody else writes it now."""
    onto = upsert(session, WorkedWeek).values(**row)
    new = {name: onto.excluded[name] for name in REPLACED}
    session.connection().execute(onto.on_conflict_do_update(set_=new, **key))
    session.expire_all()  # rows read before this stand replaced
