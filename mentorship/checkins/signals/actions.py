"""Verbs on signals: take one on with an action and a date to look again, in one tap or not; release it; close it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.signals.models import Signal
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles import actions as profiles
from mentorship.profiles import queries as profile_queries
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.models import Capacity
from mentorship.programme.queries import programme

SUBJECT = "signal"
LATER, PAUSE = timedelta(weeks=2), timedelta(weeks=4)
"""When a signal is looked at again, and how long a pause lasts, unless somebody says otherwise."""
NOT_YOURS = N_("This signal is not yours to act on.")


def _locked(session: Session, signal_id: int) -> Signal:
    query = select(Signal).where(col(Signal.id) == signal_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def _take(session: Session, actor: Actor, signal_id: int, now: datetime) -> list[Signal]:
    """Lock a signal to act on, and those that stand on one card with it."""
    found = _locked(session, signal_id)
    seen = signal_queries.one(session, actor, signal_id, now)
    if seen is None or not seen.acts:
        raise Refused(NOT_YOURS)
    _not_done(found)
    return signal_queries.alike(session, actor, seen)


def _not_done(found: Signal) -> Signal:
    if found.status == "done":
        raise Conflict(N_("This signal was closed already."))
    return found


def take(session: Session, actor: Actor, signal_id: int, action: str, look_again_on: date, now: datetime) -> Signal:
    """Take a signal on: what will be done, and when it is looked at again; the last who takes it owns it."""
    taken = _take(session, actor, signal_id, now)
    if look_again_on <= local_date(now):
        raise Refused(N_("Choose a day after today to look again."), field="look_again_on")
    for one in taken:
        one.status, one.owner_id, one.action, one.look_again_on = "taken", actor.person_id, action, look_again_on
        audit.record(session, now, actor.person_id, "take signal", SUBJECT, one.id, action=action)
    return session.get_one(Signal, signal_id)


def close(session: Session, actor: Actor, signal_id: int, outcome: str, now: datetime) -> Signal:
    """Close a signal with what was done; it is raised again only by what comes after."""
    for one in _take(session, actor, signal_id, now):
        one.status, one.done_at, one.outcome = "done", now, outcome
        one.owner_id = one.owner_id or actor.person_id
        audit.record(session, now, actor.person_id, "close signal", SUBJECT, one.id)
    return session.get_one(Signal, signal_id)


def _tap(session: Session, actor: Actor, signal_id: int, action: str, now: datetime) -> bool:
    """Take one's own signal on with a step; False, and nothing changes, when one has done so already."""
    found, today = _locked(session, signal_id), local_date(now)
    seen = signal_queries.one(session, actor, signal_id, now)
    if seen is None or not seen.eases:
        raise Refused(NOT_YOURS)
    _not_done(found)
    same = (found.status, found.owner_id, found.action) == ("taken", actor.person_id, action)
    if same and found.look_again_on is not None and found.look_again_on > today:
        return False
    take(session, actor, signal_id, action, today + LATER, now)
    return True


def fewer_places(session: Session, actor: Actor, signal_id: int, now: datetime) -> tuple[bool, int]:
    """Offer one place fewer as a mentor; return whether this changed it, and the places that are offered now."""
    changed = _tap(session, actor, signal_id, "fewer_places", now)
    offer = session.get(Capacity, actor.person_id, with_for_update=True, populate_existing=True)
    places = offer.places if offer else 0
    if not changed:
        return False, places
    if offer is None or not places:
        raise Refused(N_("You offer no places now, so there is none to take off."))
    return True, profiles.set_places(session, actor, places - 1, offer.hours, now).places


def pause(session: Session, actor: Actor, signal_id: int, now: datetime) -> tuple[bool, date | None]:
    """Take no new juniors for four weeks; return whether this changed it, and until when (None: no end) it lasts.

    A pause that lasts longer already stays as it is.
    """
    changed, until = _tap(session, actor, signal_id, "pause", now), local_date(now) + PAUSE
    offer = profile_queries.capacity(session, actor.person_id)
    stands = profile_rules.is_paused(offer.paused, offer.paused_until, local_date(now))
    if not changed or (stands and (offer.paused_until is None or offer.paused_until >= until)):
        return changed, offer.paused_until
    profiles.set_pause(session, actor, True, until, now)
    return True, until


def second_mentor(session: Session, actor: Actor, signal_id: int, now: datetime) -> bool:
    """Ask the coordinator for a second mentor; return whether this changed anything."""
    return _tap(session, actor, signal_id, signal_queries.SECOND_MENTOR, now)


def release(session: Session, actor: Actor, signal_id: int, released: bool, now: datetime) -> Signal:
    """Let the manager of one's line see a signal of one's own, in neutral words, or take that back."""
    found = _locked(session, signal_id)
    seen = signal_queries.one(session, actor, signal_id, now)
    if seen is None or not seen.releasable:
        raise Refused(NOT_YOURS)
    _not_done(found)
    if (found.released_at is not None) == released:
        return found
    if not released and found.released_by != actor.person_id:
        raise Refused(N_("The other side released this; only they take it back."))
    if released and programme(session).visibility != "released":
        raise Refused(N_("The programme is not set up for releasing signals, so there is nothing to release."))
    found.released_at, found.released_by = (now, actor.person_id) if released else (None, None)
    session.flush()
    _let_go(session, found, now)
    audit.record(
        session, now, actor.person_id, "release signal" if released else "take back signal", SUBJECT, signal_id
    )
    return found


def _let_go(session: Session, found: Signal, now: datetime) -> None:
    """Open a signal again when who took it on no longer sees it."""
    if found.status != "taken" or found.owner_id is None:
        return
    owner = Actor(found.owner_id, people.roles_of(session, found.owner_id))
    if not signal_queries.may_act(session, owner, found.id or 0, now):
        found.status, found.owner_id, found.action, found.look_again_on = "open", None, "", None
