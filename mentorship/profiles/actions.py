"""Verbs on one's own profile, and the manager's confirmation of hours. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked, locking
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.matching import FORMS
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries, rules
from mentorship.profiles.models import (
    EXPERTISE,
    PLACES,
    Capacity,
    Expertise,
    FilledIn,
    FormComfort,
    FormWish,
    Plan,
    Wish,
)


def set_expertise(
    session: Session,
    actor: Actor,
    levels: Mapping[int, tuple[int, bool]],
    removed: Collection[int],
    now: datetime,
    *,
    whose: int | None = None,
) -> None:
    """Set the level and willingness in these domains, one's own or `whose`, and take others off; the rest stays."""
    if not levels.keys() <= queries.domain_names(session).keys():
        raise Refused(N_("This domain is no longer there."))
    person_id = _owner(session, actor, whose, EXPERTISE)
    kept = keep(session, Expertise, person_id=person_id)
    theirs = select(Expertise).where(Expertise.person_id == person_id)
    present = {}
    for row in session.exec(theirs):
        present[row.domain_id] = row
        if row.domain_id in removed:
            session.delete(row)
    for domain_id, (level, willing) in levels.items():
        row = present.get(domain_id) or Expertise(
            person_id=person_id,
            domain_id=domain_id,
            level=level,
        )
        row.level = level
        row.willing = willing
        session.add(row)
    _record(session, actor, "set expertise", now, kept)


def _record(session: Session, actor: Actor, action: str, now: datetime, kept: Kept, **change: object) -> None:
    """Record that somebody changed a profile, mostly their own, and state how that is undone."""
    person_id = kept.where["person_id"]
    audit.record(
        session,
        now,
        actor.person_id,
        action,
        "person",
        person_id,
        **change,
    )
    state(session, kept, About(action, "person", person_id))


def _owner(session: Session, actor: Actor, whose: int | None, section: str) -> int:
    """Return whose section it is; who changes their own sees to it themselves, so no mark of another stands there."""
    if whose is not None:
        return whose
    marked = delete(FilledIn).where(
        col(FilledIn.person_id) == actor.person_id,
        col(FilledIn.section) == section,
    )
    session.exec(marked)
    return actor.person_id


def reach_level(session: Session, actor: Actor, person_id: int, domain_id: int, level: int, now: datetime) -> None:
    """Let somebody's own level follow one that others confirmed: never lower, and whether they pass it on stays."""
    row = locked(session, Expertise, (person_id, domain_id))
    before = None
    if row is None:
        row = Expertise(person_id=person_id, domain_id=domain_id, level=level)
    else:
        before = row.level
    if before is not None and before >= level:
        return
    row.level = level
    session.add(row)
    audit.record(
        session,
        now,
        actor.person_id,
        "reach level",
        "person",
        person_id,
        domain=domain_id,
        before=before,
        after=level,
    )


def set_learning(session: Session, actor: Actor, ranking: Sequence[str], now: datetime) -> None:
    """Rank the ways of learning, the most wanted first."""
    rules.check_ranking(ranking, FORMS)
    kept = keep(session, FormWish, person_id=actor.person_id)
    session.exec(delete(FormWish).where(col(FormWish.person_id) == actor.person_id))
    for place, form in enumerate(ranking):
        wish = FormWish(
            person_id=actor.person_id,
            form=form,
            weight=len(FORMS) - place,
        )
        session.add(wish)
    _record(session, actor, "set way of learning", now, kept)


def set_comfort(session: Session, actor: Actor, comfort: Mapping[str, int], now: datetime) -> None:
    """Tell how well each way of teaching suits one, 0-4."""
    rules.check_ranking(list(comfort), FORMS)
    kept = keep(session, FormComfort, person_id=actor.person_id)
    session.exec(delete(FormComfort).where(col(FormComfort.person_id) == actor.person_id))
    for form, value in comfort.items():
        row = FormComfort(
            person_id=actor.person_id,
            form=form,
            comfort=value,
        )
        session.add(row)
    _record(session, actor, "set comfort", now, kept)


def set_places(
    session: Session,
    actor: Actor,
    places: int,
    hours: Decimal,
    now: datetime,
    *,
    whose: int | None = None,
) -> Capacity:
    """Offer places and hours a week, one's own or `whose`; more hours than were confirmed wait for the manager."""
    person_id = _owner(session, actor, whose, PLACES)
    offer = _offer_of(session, person_id)
    kept = keep(session, Capacity, person_id=person_id)
    before = [offer.places, str(offer.hours)]
    offer.places = places
    offer.hours = hours
    offer.confirmed_hours = rules.confirmed_after(hours, offer.confirmed_hours)
    offer.answered_hours = rules.confirmed_after(hours, offer.answered_hours)
    session.add(offer)
    after = [places, str(hours)]
    _record(session, actor, "offer places", now, kept, before=before, after=after)
    return offer


def _offer_of(session: Session, person_id: int) -> Capacity:
    """Return what somebody offers as a mentor, for nobody else to change now; a new offer when they never said."""
    return locked(session, Capacity, person_id) or Capacity(person_id=person_id)


def set_pause(session: Session, actor: Actor, paused: bool, until: date | None, now: datetime) -> None:
    """Pause as a mentor, until a date or until further notice; running mentorships go on."""
    rules.check_pause(until, local_date(now))
    offer = _offer_of(session, actor.person_id)
    kept = keep(session, Capacity, person_id=actor.person_id)
    offer.paused = paused
    offer.paused_until = until if paused else None
    session.add(offer)
    action = "pause" if paused else "end pause"
    _record(session, actor, action, now, kept)


def end_pauses(session: Session, now: datetime) -> list[int]:
    """End the pauses of mentors that were until a day that has passed; return whose."""
    over = (
        select(Capacity)
        .where(
            col(Capacity.paused).is_(True),
            col(Capacity.paused_until) < local_date(now),
        )
        .order_by(col(Capacity.person_id))
    )
    ended = session.exec(locking(over)).all()
    for offer in ended:
        offer.paused = False
        offer.paused_until = None
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
    offer = locked(session, Capacity, mentor_id)  # the promise may be changing at this moment
    if offer is None:
        raise Refused(N_("This mentor has not promised any hours."))
    rules.check_confirmation(hours, offer.hours)
    kept = keep(session, Capacity, person_id=mentor_id)
    before = offer.confirmed_hours
    offer.confirmed_hours = hours
    offer.answered_hours = offer.hours
    if promised is not None:
        offer.answered_hours = min(promised, offer.hours)
    audit.record(
        session,
        now,
        actor.person_id,
        "confirm hours",
        "person",
        mentor_id,
        before=None if before is None else str(before),
        after=str(hours),
    )
    state(session, kept, About("confirm hours", "person", mentor_id))
    return offer


def set_wish(session: Session, actor: Actor, other_id: int, wanted: bool | None, now: datetime) -> None:
    """Name a colleague as wanted or not wanted, or (None) no longer."""
    rules.check_wish(actor.person_id, other_id)
    kept = keep(session, Wish, person_id=actor.person_id, other_id=other_id)
    row = session.get(Wish, (actor.person_id, other_id))
    if wanted is not None:
        _name(session, actor, row, other_id, wanted, now)
    elif row is not None and not actor.is_closed(row.changed_at):  # nobody takes back what they may not see
        session.delete(row)
    _record(session, actor, "change wishes", now, kept)


def _name(session: Session, actor: Actor, row: Wish | None, other_id: int, wanted: bool, now: datetime) -> None:
    if row is not None:
        row.wanted = wanted
        row.changed_at = now
        return
    if session.get(Person, other_id) is None:
        raise Refused(N_("This person is no longer here."))
    wish = Wish(
        person_id=actor.person_id,
        other_id=other_id,
        wanted=wanted,
        changed_at=now,
    )
    session.add(wish)


def set_plan(session: Session, actor: Actor, horizon: str, now: datetime) -> None:
    """Tell how long one expects to stay; never required."""
    kept = keep(session, Plan, person_id=actor.person_id)
    row = session.get(Plan, actor.person_id) or Plan(person_id=actor.person_id)
    row.horizon = horizon
    row.changed_at = now
    session.add(row)
    _record(session, actor, "set plans", now, kept)
