"""The verb that signs somebody out everywhere. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit, outbox, security
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import SIGNED_OUT
from mentorship.home.calendar import actions as calendar
from mentorship.people.access import Actor
from mentorship.people.account import actions as accounts
from mentorship.people.devices import actions as devices
from mentorship.people.models import Account

NO_ACCOUNT = N_("This person has no account yet, so nobody is signed in with it.")


def end_everywhere(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """End all sessions of somebody, half ones too; trust no device of theirs, and stop their calendar address.

    They are told by mail, and at the next sign-in.
    """
    account = session.get(Account, person_id)
    if account is None:
        raise Refused(NO_ACCOUNT)
    accounts.end_sessions(session, person_id, now)
    devices.distrust(session, person_id)
    calendar.revoke(session, person_id, now, by=actor.person_id)
    account.signed_out_at = now
    account.signed_out_by_id = actor.person_id
    outbox.ask(
        session,
        SIGNED_OUT,
        person_id,
        local_date(now),
        now,
        about=f"{actor.person_id} {now.isoformat()}",
    )
    audit.record(
        session,
        now,
        actor.person_id,
        "end sessions",
        "person",
        person_id,
    )
    security.note_once_done(session, "session.ended", by=actor.person_id, person=person_id, kind="by an admin")
