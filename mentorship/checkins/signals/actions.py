"""Verbs on signals: take one on with an action and a date to look again, in one tap or not; release it; close it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import CHANGED, About, Kept, keep, put_back, state
from mentorship.checkins.findings import HELP, JUDGED
from mentorship.checkins.signals import queries
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.rules import LATER, PAUSE
from mentorship.checkins.signals.viewers import SECOND_MENTOR
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ENDED
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles import actions as profiles
from mentorship.profiles import queries as profile_queries
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.models import Capacity
from mentorship.programme import queries as programme
from mentorship.programme.rules import NO_VISIBILITY

SUBJECT = "signal"
NOT_YOURS = N_("This signal is for somebody else to act on.")


def _hold(session: Session, signal_id: int) -> Signal:
    """Return a signal that exists, locked."""
    found = locked(session, Signal, signal_id)
    if found is None:
        raise LookupError(f"there is no signal {signal_id}")
    return found


def hold_card(session: Session, actor: Actor, signal_id: int, now: datetime) -> list[Signal]:
    """Lock a signal to act on, and those that stand on one card with it."""
    found = _hold(session, signal_id)
    seen = queries.one(session, actor, signal_id, now)
    if seen is None or not seen.acts:
        raise Refused(NOT_YOURS)
    _not_done(found)
    return queries.alike(session, actor, seen, now)


def _not_done(found: Signal) -> Signal:
    if found.status == "done":
        raise Conflict(N_("This signal was closed already."))
    return found


def _keep(session: Session, card: list[Signal]) -> Kept:
    return keep(session, Signal, id=[id_of(one) for one in card])


def take(session: Session, actor: Actor, signal_id: int, action: str, look_again_on: date, now: datetime) -> Signal:
    """Take a signal on: what will be done, and when it is looked at again; the last who takes it owns it."""
    card = hold_card(session, actor, signal_id, now)
    if look_again_on <= local_date(now):
        raise Refused(N_("Choose a day after today to look again."), field="look_again_on")
    kept = _keep(session, card)
    for one in card:
        one.status = "taken"
        one.owner_id = actor.person_id
        one.action = action
        one.look_again_on = look_again_on
        one.handed_at = None
        _note_seen(one, now)
        audit.record(
            session,
            now,
            actor.person_id,
            "take signal",
            SUBJECT,
            one.id,
            action=action,
        )
    state(session, kept, About("take signal", SUBJECT, signal_id), inverse=put_signals_back)
    return session.get_one(Signal, signal_id)


def take_line(session: Session, actor: Actor, signal_id: int, now: datetime) -> int:
    """Take on at once what nobody picked up of the line of a signal, and return how many that are.

    What will be done is said later: each is looked at again in two weeks.
    """
    pair_id = _hold(session, signal_id).mentorship_id
    queries.hold_free(session, pair_id)
    seen = queries.one(session, actor, signal_id, now)
    if seen is None or not seen.acts:
        raise Refused(NOT_YOURS)
    again = local_date(now) + LATER
    number = 0
    for one in queries.visible(session, actor, now, mentorship_id=pair_id):
        if one.line == seen.line and one.is_free:
            take(session, actor, id_of(one.row), "", again, now)
            number += 1
    if not number:
        raise Conflict(N_("Somebody picked these up already."))
    return number


def close(session: Session, actor: Actor, signal_id: int, outcome: str, matter: bool | None, now: datetime) -> Signal:
    """Close a signal with what was done; it is raised again only by what comes after. Who closes it reads its words."""
    card = hold_card(session, actor, signal_id, now)
    if matter is None and any(one.kind in JUDGED for one in card):
        raise Refused(N_("Say whether something was the matter."), field="matter")
    kept = _keep(session, card)
    for one in card:
        one.status = "done"
        one.done_at = now
        one.outcome = outcome
        _note_seen(one, now)
        one.matter = matter if one.kind in JUDGED else None
        one.owner_id = actor.person_id
        audit.record(
            session,
            now,
            actor.person_id,
            "close signal",
            SUBJECT,
            one.id,
        )
    state(session, kept, About("close signal", SUBJECT, signal_id), inverse=put_signals_back)
    return session.get_one(Signal, signal_id)


def _note_seen(found: Signal, now: datetime) -> None:
    """Let who asked for help read that it was seen: whoever acts on it saw it."""
    if found.kind == HELP and found.seen_at is None:
        found.seen_at = now


def _tap(session: Session, actor: Actor, signal_id: int, action: str, now: datetime) -> bool:
    """Take one's own signal on with a step; False, and nothing changes, when one has done so already."""
    found = _hold(session, signal_id)
    today = local_date(now)
    seen = queries.one(session, actor, signal_id, now)
    if seen is None or not seen.eases:
        raise Refused(NOT_YOURS)
    _not_done(found)
    if seen.step_taken(actor.person_id, today) == action:
        return False
    take(session, actor, signal_id, action, today + LATER, now)
    return True


def fewer_places(session: Session, actor: Actor, signal_id: int, now: datetime) -> tuple[bool, int]:
    """Offer one place fewer as a mentor; return whether this changed it, and the places that are offered now."""
    changed = _tap(session, actor, signal_id, "fewer_places", now)
    offer = locked(session, Capacity, actor.person_id)
    if not changed:
        return False, offer.places if offer else 0
    if offer is None or not offer.places:
        raise Refused(N_("You offer no places now, so there is none to remove."))
    fewer = profiles.set_places(
        session,
        actor,
        offer.places - 1,
        offer.hours,
        now,
    )
    return True, fewer.places


def pause(session: Session, actor: Actor, signal_id: int, now: datetime) -> tuple[bool, date | None]:
    """Take no new juniors for four weeks; return whether this changed it, and until when (None: no end) it lasts.

    A pause that lasts longer already stays as it is.
    """
    changed = _tap(session, actor, signal_id, "pause", now)
    today = local_date(now)
    until = today + PAUSE
    offer = profile_queries.capacity(session, actor.person_id)
    lasts = profile_rules.is_paused(
        offer.paused,
        offer.paused_until,
        today,
    )
    if offer.paused_until is not None and offer.paused_until < until:
        lasts = False
    if lasts or not changed:
        return changed, offer.paused_until
    profiles.set_pause(session, actor, True, until, now)
    return True, until


def second_mentor(session: Session, actor: Actor, signal_id: int, now: datetime) -> bool:
    """Ask the coordinator for a second mentor; return whether this changed anything."""
    return _tap(session, actor, signal_id, SECOND_MENTOR, now)


def release(session: Session, actor: Actor, signal_id: int, released: bool, now: datetime) -> Signal:
    """Let the coordinator see what one's own signal is about, and one's line that it is there, or take that back.

    What of this one's line sees is by what the programme chose: where it sees groups only, nothing.
    """
    found = _hold(session, signal_id)
    seen = queries.one(session, actor, signal_id, now)
    if seen is None or not seen.releasable:
        raise Refused(NOT_YOURS)
    _not_done(found)
    if (found.released_at is not None) == released:
        return found
    kept = _keep(session, [found])
    if released:
        if programme.visibility(session).chosen is None:
            raise Refused(NO_VISIBILITY)
        found.released_at = now
        found.released_by = actor.person_id
    else:
        if found.released_by != actor.person_id:
            raise Refused(N_("The other one of you showed this; only they can withdraw it."))
        found.released_at = None
        found.released_by = None
    session.flush()
    _let_go(session, found, now)
    verb = "release signal" if released else "take back signal"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        signal_id,
    )
    state(session, kept, About(verb, SUBJECT, signal_id), inverse=put_signals_back)
    return found


def put_signals_back(session: Session, actor: Actor, *, now: datetime, **rows: Any) -> None:
    """Undo what was done with signals, unless their pair ended since or what they say was raised again."""
    for row in rows["before"]:
        pair = mentorships.locked(session, row["mentorship_id"])
        found = session.get(Signal, row["id"])
        if found is None:  # what it was drawn from was taken back
            raise Conflict(CHANGED)
        if pair.status == ENDED and found.kind != HELP:
            raise Conflict(CHANGED)
        if queries.raised_since(session, found):
            raise Conflict(CHANGED)
    put_back(session, actor, now=now, **rows)


def _let_go(session: Session, found: Signal, now: datetime) -> None:
    """Open a signal again when who took it on no longer sees it."""
    if found.status != "taken" or found.owner_id is None:
        return
    owner = Actor(found.owner_id, people.roles_of(session, found.owner_id))
    if not queries.may_act(session, owner, id_of(found), now):
        found.status = "open"
        found.owner_id = None
        found.action = ""
        found.look_again_on = None
        found.handed_at = None
