"""The verb that asks a manager again to confirm hours, in their shift, once in three days. It never commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.db import locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_, day
from mentorship.base.mail_kinds import HOURS_AGAIN
from mentorship.base.undo import About, state_verb
from mentorship.insight.queries import ASKED_AGAIN_AFTER, asked_again
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.profiles.rules import waits
from mentorship.programme.queries import programme
from mentorship.reminders.actions import own_shift

VERB = "ask again for hours"
ANSWERED = N_("These hours wait for no answer any more. Nobody was asked.")
NOBODY = N_("Nobody is here who manages this mentor, so nobody was asked.")
NO_ADDRESS = N_("There is no address to mail %(name)s at, so nobody was asked.")
TOO_SOON = N_("%(name)s was asked on %(day)s; that can be done again from %(again)s. Nothing was sent.")


@dataclass(frozen=True)
class Asked:
    """Who was asked, and from when their mail goes out."""

    manager: Person
    moment: datetime


def ask_again(session: Session, actor: Actor, mentor_id: int, now: datetime) -> Asked:
    """Ask the nearest manager above a mentor to answer about hours that wait; one mail tells of all that wait."""
    _check_wait(session, mentor_id)
    manager = _manager(session, mentor_id)
    manager_id = manager.id or 0
    today = local_date(now)
    asked_on = asked_again(session, today).get(manager_id)
    if asked_on is not None:
        raise Conflict(
            TOO_SOON,
            name=manager.name,
            day=day(asked_on),
            again=day(asked_on + ASKED_AGAIN_AFTER),
        )
    when = own_shift(session, now, [manager_id])
    moment = when(manager_id, HOURS_AGAIN) or now
    about = str(manager_id)
    outbox.ask(
        session,
        HOURS_AGAIN,
        manager_id,
        today,
        now,
        about,
        moment,
    )
    audit.record(
        session,
        now,
        actor.person_id,
        VERB,
        "person",
        mentor_id,
        manager=manager_id,
    )
    mails = [(HOURS_AGAIN, about)]
    state_verb(
        session,
        unask,
        About(
            VERB,
            "person",
            mentor_id,
            mails,
        ),
    )
    return Asked(manager, moment)


def unask(_session: Session, _actor: Actor, *, now: datetime) -> None:
    """Undo asking: the mail that waited is forgotten by the undo, and nothing else was done."""


def _check_wait(session: Session, mentor_id: int) -> None:
    offer = session.get(Capacity, mentor_id)
    if offer is None or not programme(session).confirm_hours:
        raise Refused(ANSWERED)
    if not waits(
        offer.hours,
        offer.confirmed_hours,
        offer.answered_hours,
    ):
        raise Refused(ANSWERED)


def _manager(session: Session, mentor_id: int) -> Person:
    """Return whom to ask, locked: of two who ask at once one is told that it was done."""
    manager_id = people.manager_above(session, mentor_id)
    if manager_id is None:
        raise Refused(NOBODY)
    manager = locked(session, Person, manager_id)
    assert manager is not None
    if not manager.email:
        raise Refused(NO_ADDRESS, name=manager.name)
    return manager
