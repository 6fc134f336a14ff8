"""Verbs on a pair that runs, by who may act on it: pause, resume, say until when it runs. They never commit."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import ACTED
from mentorship.base.undo import About, keep, state
from mentorship.mentorships import actions, queries
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.acting import rules
from mentorship.mentorships.models import ENDED, WELL, Mentorship
from mentorship.mentorships.rules import check_pause
from mentorship.people.access import Actor
from mentorship.profiles import actions as profiles

SUBJECT = actions.SUBJECT
PAUSE, RESUME, END, UNTIL = "pause", "resume", "end", "until"


@dataclass
class Done:
    """What came of acting on several pairs: with which it was done, and why not with others."""

    done: list[Mentorship] = field(default_factory=list)
    refused: list[tuple[int, Refused]] = field(default_factory=list)


def each(ids: Collection[int], act: Callable[[int], Mentorship]) -> Done:
    """Act on each of these, in one order; what is refused of one stops no other, unless it was typed wrong."""
    found = Done()
    for mentorship_id in sorted(set(ids)):
        try:
            found.done.append(act(mentorship_id))
        except Refused as refused:
            if refused.field:
                raise
            found.refused.append((mentorship_id, refused))
    return found


def hold(session: Session, actor: Actor, mentorship_id: int) -> tuple[Mentorship, str]:
    """Lock a pair to act on it, and return as what; refuse who may not."""
    found = queries.locked(session, mentorship_id)
    who = acting.roles_in(
        session,
        actor,
        [found],
    ).get(mentorship_id)
    if who is None:
        raise Refused(rules.NOT_YOURS)
    return found, who


def pause(session: Session, actor: Actor, mentorship_id: int, until: date, now: datetime) -> Mentorship:
    """Pause a pair until a day; the two are told."""
    check_pause(until, local_date(now))
    found, _who = hold(
        session,
        actor,
        mentorship_id,
    )
    mail = about(
        actor,
        found,
        PAUSE,
        now,
    )
    actions.take_step(
        session,
        actor,
        found,
        PAUSE,
        now,
        until,
        [mail],
    )
    tell(
        session,
        actor,
        found,
        mail,
        now,
    )
    return found


def resume(session: Session, actor: Actor, mentorship_id: int, now: datetime) -> Mentorship:
    """Let a pair that pauses go on; the two are told."""
    found, _who = hold(
        session,
        actor,
        mentorship_id,
    )
    mail = about(
        actor,
        found,
        RESUME,
        now,
    )
    actions.take_step(
        session,
        actor,
        found,
        RESUME,
        now,
        None,
        [mail],
    )
    tell(
        session,
        actor,
        found,
        mail,
        now,
    )
    return found


def expect(session: Session, actor: Actor, mentorship_id: int, until: date | None, now: datetime) -> Mentorship:
    """Say until when a pair is meant to run, or that it has no end; nothing ends by itself then. The two are told."""
    found, _who = hold(
        session,
        actor,
        mentorship_id,
    )
    rules.check_expected(
        found.status,
        until,
        local_date(now),
    )
    if found.expected_end == until:
        return found
    kept = keep(
        session,
        Mentorship,
        id=mentorship_id,
    )
    found.expected_end = until
    audit.record(
        session,
        now,
        actor.person_id,
        "set expected end",
        SUBJECT,
        mentorship_id,
    )
    mail = about(
        actor,
        found,
        UNTIL,
        now,
    )
    state(
        session,
        kept,
        About(
            "set expected end",
            SUBJECT,
            mentorship_id,
            [mail],
        ),
    )
    tell(
        session,
        actor,
        found,
        mail,
        now,
    )
    return found


def again(session: Session, actor: Actor, mentorship_id: int, now: datetime) -> bool:
    """Name the other of a pair that ended well as wanted; tell whether the two may be paired again by now."""
    found = queries.locked(session, mentorship_id)
    if found.side_of(actor.person_id) is None:
        raise Refused(rules.NOT_YOURS)
    if found.status != ENDED or found.ended_as not in WELL:
        raise Refused(N_("You two can be paired again only after a pair that ended well."))
    profiles.set_wish(
        session,
        actor,
        found.other_of(actor.person_id),
        True,
        now,
    )
    session.flush()
    return acting.may_pair_again(session, found)


def about(actor: Actor, pair: Mentorship, what: str, now: datetime) -> tuple[str, str]:
    """Return the mail that tells of this (its kind; what it is about, and by whom), of each time that it is done."""
    return ACTED, f"{id_of(pair)} {what} {now:%H%M%S} {actor.person_id}"


def tell(
    session: Session,
    actor: Actor,
    pair: Mentorship,
    mail: tuple[str, str],
    now: datetime,
    whom: Collection[int] | None = None,
) -> None:
    """Tell both sides (or `whom`), but who did it themselves, by a mail that waits as long as it can be undone."""
    kind, what = mail
    today = local_date(now)
    for person_id in whom or (pair.mentor_id, pair.junior_id):
        if person_id != actor.person_id:
            outbox.ask(
                session,
                kind,
                person_id,
                today,
                now,
                what,
            )
