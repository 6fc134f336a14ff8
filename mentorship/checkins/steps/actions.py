"""Verbs that carry a step of a signal out and write with it what was done; undo takes both back. They never commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locking
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.checkins.signals import actions as signals
from mentorship.checkins.signals import carried as rules
from mentorship.checkins.signals import carrying
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.rules import LATER
from mentorship.checkins.steps import queries
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting import actions as acting
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.pace import slowing
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles import actions as profiles
from mentorship.profiles import queries as profile_queries
from mentorship.profiles import trainings
from mentorship.profiles.filled import actions as filled

SUBJECT = "signal"
CARRIED, ANSWERED = "carry out step", "answer fewer hours"
NOT_HERE = N_("The service cannot do this for you with this pair. Write what you did when you close the signal.")
FEWER = N_("Choose fewer than there are now.")
NO_LONGER = N_("This is not asked any more.")


def begin(session: Session, actor: Actor, signal_id: int, what: str, now: datetime) -> Mentorship:
    """Take a signal on with a step, unless one has done so already, and return its pair; refuse what is not carried
    out for them.
    """
    row = session.get(Signal, signal_id)
    if row is None:
        raise LookupError(f"there is no signal {signal_id}")
    pair = mentorships.locked(session, row.mentorship_id)
    if what not in carrying.carried_out(session, actor, pair):
        raise Refused(NOT_HERE)
    is_mine = (row.status, row.owner_id, row.action) == ("taken", actor.person_id, what)
    if is_mine:
        signals.hold_card(session, actor, signal_id, now)
    else:
        again = row.look_again_on
        today = local_date(now)
        if again is None or again <= today:
            again = today + LATER
        signals.take(session, actor, signal_id, what, again, now)
    return pair


def pause_pair(session: Session, actor: Actor, signal_id: int, until: date, now: datetime) -> None:
    """Let the pair pause until a day."""
    pair = begin(session, actor, signal_id, rules.PAUSE_PAIR, now)
    acting.pause(session, actor, id_of(pair), until, now)
    note(session, actor, signal_id, rules.PAUSE_PAIR, now, day=until)


def slow_pace(session: Session, actor: Actor, signal_id: int, weeks: int, now: datetime) -> None:
    """Give the goals of the pair so many weeks more."""
    pair = begin(session, actor, signal_id, rules.PACE, now)
    slowing.slow(session, actor, id_of(pair), weeks, now)
    note(session, actor, signal_id, rules.PACE, now, weeks=weeks)


def fewer_places(session: Session, actor: Actor, signal_id: int, places: int, now: datetime) -> None:
    """Let the mentor offer fewer places; they read who filled that in."""
    pair = begin(session, actor, signal_id, rules.FEWER_PLACES, now)
    offer = profile_queries.capacity(session, pair.mentor_id)
    if places >= offer.places:
        raise Refused(FEWER, field="places")
    filled.give_places(
        session,
        actor,
        pair.mentor_id,
        places,
        offer.hours,
        now,
    )
    note(session, actor, signal_id, rules.FEWER_PLACES, now)


def note_course(session: Session, actor: Actor, signal_id: int, title: str, day: date, now: datetime) -> None:
    """Note a course that the mentor followed, where their courses stand."""
    pair = begin(session, actor, signal_id, rules.TRAIN_MENTOR, now)
    try:
        trainings.note_training(
            session,
            actor,
            pair.mentor_id,
            title=title,
            followed_on=day,
            now=now,
        )
    except Refused as refused:
        raise Refused(str(refused), field="day") from None
    note(session, actor, signal_id, rules.TRAIN_MENTOR, now)


def talk(session: Session, actor: Actor, signal_id: int, day: date, now: datetime) -> None:
    """Put a talk in the calendars of who is invited, on a day on which they are at work, and tell them."""
    pair = begin(session, actor, signal_id, rules.TALK, now)
    row = session.get_one(Signal, signal_id)
    possible = queries.talk_days(session, row, pair, now)
    if day not in [one.day for one in possible]:
        raise Refused(N_("Choose one of these days."), field="day")
    about = f"{rules.TALK}:{day:%Y%m%d}"
    mail = acting.about(actor, pair, about, now)
    note(
        session,
        actor,
        signal_id,
        rules.TALK,
        now,
        day=day,
        mail=mail,
        change=lambda one: _talks_on(one, day),
    )
    invited = queries.invited(row, pair)
    acting.tell(
        session,
        actor,
        pair,
        mail,
        now,
        invited,
    )


def _talks_on(row: Signal, day: date) -> None:
    row.talk_on = day


def fewer_hours(session: Session, actor: Actor, signal_id: int, hours: Decimal, now: datetime) -> bool:
    """Lower the hours of the mentor, as their manager, or ask the manager for it; tell whether they are lower now."""
    pair = begin(session, actor, signal_id, rules.FEWER_HOURS, now)
    offer = profile_queries.capacity(session, pair.mentor_id)
    if offer.confirmed_hours is None or hours >= offer.confirmed_hours:
        raise Refused(FEWER, field="hours")
    if actor.person_id in people.line_above(session, pair.mentor_id):
        profiles.confirm_hours(session, actor, pair.mentor_id, hours, now)
        note(session, actor, signal_id, rules.FEWER_HOURS + rules.YES, now)
        return True
    note(session, actor, signal_id, rules.FEWER_HOURS, now, change=lambda one: _asks(one, hours))
    return False


def _asks(row: Signal, hours: Decimal | None) -> None:
    row.asked_hours = hours


def second_mentor(session: Session, actor: Actor, signal_id: int, junior_id: int, now: datetime) -> None:
    """Write that a second mentor is proposed to this junior, which the room of direct pairing does."""
    pair = begin(session, actor, signal_id, rules.SECOND_MENTOR, now)
    if pair.junior_id != junior_id:
        raise Refused(NOT_HERE)
    note(session, actor, signal_id, rules.SECOND_MENTOR, now)


def answer(session: Session, actor: Actor, signal_id: int, agrees: bool, now: datetime) -> None:
    """Answer as the manager whether the hours go down; with a yes they do at once."""
    row = session.get_one(Signal, signal_id)
    pair = mentorships.locked(session, row.mentorship_id)
    card = _asked_alike(session, pair)
    hours = card[0].asked_hours if card else None
    if hours is None:
        raise Conflict(NO_LONGER)
    if agrees:
        profiles.confirm_hours(session, actor, pair.mentor_id, hours, now)
    kept = keep(session, Signal, id=[id_of(one) for one in card])
    said = rules.FEWER_HOURS + (rules.YES if agrees else rules.NO)
    for one in card:
        one.did = [*one.did, rules.entry(said, actor.person_id, now)]
        one.asked_hours = None
    audit.record(
        session,
        now,
        actor.person_id,
        ANSWERED,
        SUBJECT,
        signal_id,
        agrees=agrees,
    )
    state(session, kept, About(ANSWERED, SUBJECT, signal_id), inverse=signals.put_signals_back)


def _asked_alike(session: Session, pair: Mentorship) -> list[Signal]:
    """Return the signals of a pair for which the same is asked, locked."""
    query = select(Signal).where(
        Signal.mentorship_id == id_of(pair),
        Signal.status == "taken",
        col(Signal.asked_hours).is_not(None),
    )
    return list(session.exec(locking(query.order_by(col(Signal.id)))))


def note(
    session: Session,
    actor: Actor,
    signal_id: int,
    what: str,
    now: datetime,
    *,
    day: date | None = None,
    weeks: int | None = None,
    mail: tuple[str, str] | None = None,
    change: Callable[[Signal], None] | None = None,
) -> None:
    """Write with a signal, and those that stand on one card with it, what was done."""
    card = signals.hold_card(session, actor, signal_id, now)
    kept = keep(session, Signal, id=[id_of(one) for one in card])
    for one in card:
        one.did = [*one.did, rules.entry(what, actor.person_id, now, day=day, weeks=weeks)]
        if change is not None:
            change(one)
    audit.record(
        session,
        now,
        actor.person_id,
        CARRIED,
        SUBJECT,
        signal_id,
        action=what.removesuffix(rules.YES),
    )
    about = About(CARRIED, SUBJECT, signal_id, [mail] if mail else [])
    state(session, kept, about, inverse=signals.put_signals_back)
