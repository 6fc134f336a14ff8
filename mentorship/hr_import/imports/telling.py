"""The mail about what came through the folder: to coordinators and hr, each in their own language."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import outbox
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, use_locale
from mentorship.base.mail_kinds import IMPORT
from mentorship.hr_import.imports.models import REJECTED, TakenImport
from mentorship.hr_import.imports.words import came_to
from mentorship.people.access import COORDINATOR, HR
from mentorship.people.models import Person, PersonRole


def tell(session: Session, one: TakenImport, now: datetime) -> None:
    """Ask for a mail to everybody who must know."""
    asks = []
    for person in _who_must_know(session):
        with use_locale(person.locale):
            words = _words(one)
        asks.append(
            outbox.Ask(
                IMPORT,
                id_of(person),
                local_date(now),
                f"{one.id}",
                text=words,
            )
        )
    outbox.ask_all(session, asks, now)


def _words(one: TakenImport) -> str:
    files = ", ".join(one.files)
    if one.outcome == REJECTED:
        return gettext("Not taken in: %(files)s. %(why)s", files=files, why=came_to(one))
    return gettext("Taken over: %(files)s. %(what)s.", files=files, what=came_to(one))


def _who_must_know(session: Session) -> list[Person]:
    holders = select(PersonRole.person_id).where(col(PersonRole.role).in_((COORDINATOR, HR)))
    here = select(Person).where(col(Person.id).in_(holders), col(Person.left_on).is_(None))
    return list(session.exec(here.order_by(col(Person.id))))
