"""Verbs on one's own profile, and the manager's confirmation of hours. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.matching import FORMS
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries, rules
from mentorship.profiles.models import Capacity, Expertise, FormComfort, FormWish, Plan, Training, Wish
from mentorship.profiles.rosters.models import DayOff, Roster, WorkTime


def set_expertise(
    session: Session, actor: Actor, levels: Mapping[int, tuple[int, bool]], removed: Collection[int], now: datetime
) -> None:
    """Set one's level and willingness in these domains, and take others off; what is not named stays."""
    known = {d.id for d in queries.domains(session)}
    if not set(levels) <= known:
        raise Refused(N_("This domain is no longer there."))
    present = {e.domain_id: e for e in session.exec(select(Expertise).where(Expertise.person_id == actor.person_id))}
    for domain_id, row in present.items():
        if domain_id in removed:
            session.delete(row)
    for domain_id, (level, willing) in levels.items():
        row = present.get(domain_id) or Expertise(person_id=actor.person_id, domain_id=domain_id, level=level)
        row.level, row.willing = level, willing
        session.add(row)
    audit.record(session, now, actor.person_id, "set expertise", "person", actor.person_id)


def reach_level(session: Session, actor: Actor, person_id: int, domain_id: int, level: int, now: datetime) -> None:
    """Let somebody's own level follow one that others confirmed: never lower, and whether they pass it on stays."""
    row = session.get(Expertise, (person_id, domain_id), with_for_update=True, populate_existing=True)
    before = row.level if row else None
    if before is not None and before >= level:
        return
    row = row or Expertise(person_id=person_id, domain_id=domain_id, level=level)
    row.level = level
    session.add(row)
    change = {"domain": domain_id, "before": before, "after": level}
    audit.record(session, now, actor.person_id, "reach level", "person", person_id, **change)


def note_training(
    session: Session, actor: Actor, person_id: int, *, title: str, followed_on: date, now: datetime
) -> None:
    """Note a training for mentors that somebody followed; the same one again changes nothing."""
    rules.check_followed(followed_on, local_date(now))
    if person_id == actor.person_id:
        rules.check_guides(actor.has(access.SENIOR), queries.capacity(session, person_id).places)
    row = {"person_id": person_id, "title": title, "followed_on": followed_on}
    if session.exec(select(Training.id).filter_by(**row)).first() is None:
        insert_new(session, Training, [{**row, "noted_by": actor.person_id, "noted_at": now}])
        audit.record(session, now, actor.person_id, "note training", "person", person_id)


def remove_training(session: Session, actor: Actor, training_id: int, now: datetime) -> int:
    """Take a training off again; return whose it was."""
    found = session.get(Training, training_id)
    if found is None:
        raise Refused(N_("This training was taken off already."))
    session.delete(found)
    audit.record(session, now, actor.person_id, "remove training", "person", found.person_id)
    return found.person_id


def set_learning(session: Session, actor: Actor, ranking: Sequence[str], now: datetime) -> None:
    """Rank the ways of learning, the most wanted first."""
    rules.check_ranking(ranking, FORMS)
    session.exec(delete(FormWish).where(col(FormWish.person_id) == actor.person_id))
    for place, form in enumerate(ranking):
        session.add(FormWish(person_id=actor.person_id, form=form, weight=len(FORMS) - place))
    audit.record(session, now, actor.person_id, "set way of learning", "person", actor.person_id)


def set_comfort(session: Session, actor: Actor, comfort: Mapping[str, int], now: datetime) -> None:
    """Tell how well each way of teaching suits one, 0-4."""
    rules.check_ranking(list(comfort), FORMS)
    session.exec(delete(FormComfort).where(col(FormComfort.person_id) == actor.person_id))
    for form, value in comfort.items():
        session.add(FormComfort(person_id=actor.person_id, form=form, comfort=value))
    audit.record(session, now, actor.person_id, "set comfort", "person", actor.person_id)


def set_time(
    session: Session, actor: Actor, *, roster_id: int | None, days_off: Mapping[int, bool], remote: bool, now: datetime
) -> None:
    """Choose one's roster, the weekdays taken out of it (value True: at school), and whether one can work remotely."""
    if roster_id is not None and session.get(Roster, roster_id) is None:
        raise Refused(N_("This roster is no longer there."))
    work = session.get(WorkTime, actor.person_id) or WorkTime(person_id=actor.person_id)
    work.roster_id, work.remote = roster_id, remote
    session.add(work)
    session.exec(delete(DayOff).where(col(DayOff.person_id) == actor.person_id))
    for weekday, school in days_off.items():
        session.add(DayOff(person_id=actor.person_id, weekday=weekday, school=school))
    audit.record(session, now, actor.person_id, "set working time", "person", actor.person_id)


def set_places(session: Session, actor: Actor, places: int, hours: Decimal, now: datetime) -> Capacity:
    """Offer places and hours a week; more hours than were confirmed wait for the manager."""
    offer = session.get(Capacity, actor.person_id, with_for_update=True) or Capacity(person_id=actor.person_id)
    before = [offer.places, str(offer.hours)]
    offer.places, offer.hours = places, hours
    offer.confirmed_hours = rules.confirmed_after(hours, offer.confirmed_hours)
    offer.answered_hours = rules.confirmed_after(hours, offer.answered_hours)
    session.add(offer)
    audit.record(
        session,
        now,
        actor.person_id,
        "offer places",
        "person",
        actor.person_id,
        before=before,
        after=[places, str(hours)],
    )
    return offer


def set_pause(session: Session, actor: Actor, paused: bool, until: date | None, now: datetime) -> None:
    """Pause as a mentor, until a date or until further notice; running mentorships go on."""
    rules.check_pause(until, local_date(now))
    offer = session.get(Capacity, actor.person_id, with_for_update=True) or Capacity(person_id=actor.person_id)
    offer.paused, offer.paused_until = paused, until if paused else None
    session.add(offer)
    audit.record(session, now, actor.person_id, "pause" if paused else "end pause", "person", actor.person_id)


def end_pauses(session: Session, now: datetime) -> list[int]:
    """End the pauses of mentors that were until a day that has passed; return whose."""
    over = col(Capacity.paused).is_(True), col(Capacity.paused_until) < local_date(now)
    query = select(Capacity).where(*over).order_by(col(Capacity.person_id)).with_for_update()
    ended = list(session.exec(query.execution_options(populate_existing=True)))
    for offer in ended:
        offer.paused, offer.paused_until = False, None
        audit.record(session, now, None, "end pause", "person", offer.person_id)
    return [offer.person_id for offer in ended]


def confirm_hours(
    session: Session,
    actor: Actor,
    mentor_id: int,
    hours: Decimal,
    now: datetime,
    promised: Decimal | None = None,
) -> Capacity:
    """Confirm, as the mentor's manager, the hours that are kept free in the planning.

    `promised`: what the manager was asked, when more may be promised by now.
    """
    offer = session.get(Capacity, mentor_id, with_for_update=True)  # the promise may be changing at this moment
    if offer is None:
        raise Refused(N_("This mentor has not promised any hours."))
    rules.check_confirmation(hours, offer.hours)
    before = str(offer.confirmed_hours) if offer.confirmed_hours is not None else None
    offer.confirmed_hours = hours
    offer.answered_hours = offer.hours
    if promised is not None:
        offer.answered_hours = min(promised, offer.hours)
    audit.record(session, now, actor.person_id, "confirm hours", "person", mentor_id, before=before, after=str(hours))
    return offer


def set_wish(session: Session, actor: Actor, other_id: int, wanted: bool | None, now: datetime) -> None:
    """Name a colleague as wanted or not wanted, or (None) no longer."""
    rules.check_wish(actor.person_id, other_id)
    row = session.get(Wish, (actor.person_id, other_id))
    if wanted is None:
        if row is not None:
            session.delete(row)
    elif row is not None:
        row.wanted = wanted
    else:
        if session.get(Person, other_id) is None:
            raise Refused(N_("This person is no longer here."))
        session.add(Wish(person_id=actor.person_id, other_id=other_id, wanted=wanted))
    audit.record(session, now, actor.person_id, "change wishes", "person", actor.person_id)


def set_plan(session: Session, actor: Actor, horizon: str, now: datetime) -> None:
    """Tell how long one expects to stay; never required."""
    row = session.get(Plan, actor.person_id) or Plan(person_id=actor.person_id)
    row.horizon = horizon
    session.add(row)
    audit.record(session, now, actor.person_id, "set plans", "person", actor.person_id)
