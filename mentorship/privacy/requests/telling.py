"""What is told about requests: by mail to who asked, and on the desk of who asked and of who has to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from mentorship.base import outbox
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import N_, day, gettext
from mentorship.base.mail_kinds import PRIVACY
from mentorship.base.outbox import OutboxRow
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.privacy.requests import queries, rules, words
from mentorship.privacy.requests.models import DONE, OPEN, REFUSED, WITHDRAWN, PrivacyRequest
from mentorship.reminders.mail_texts import Told

TOLD_DAYS = 14
"""For so long a desk says what became of a request."""
EXTENDED = "extended"
SUBJECTS = {
    DONE: N_("What you asked about your data was done"),
    REFUSED: N_("What you asked about your data is not done"),
    EXTENDED: N_("What you asked about your data takes longer"),
    WITHDRAWN: N_("You withdrew what you asked about your data"),
}
COMPLAIN = N_(
    "You can complain to the Autoriteit Persoonsgegevens, the Dutch data protection authority, at any time "
    "(autoriteitpersoonsgegevens.nl), or go to court."
)


@dataclass(frozen=True)
class Line:
    """A line on a desk, and the page it leads to."""

    said: str
    page: str


def tell(session: Session, found: PrivacyRequest, now: datetime) -> None:
    """Ask for the mail that says what became of a request; who has no address reads it on their desk."""
    became = _became(found)
    if found.asker_id is None or became not in SUBJECTS:
        return
    outbox.ask(
        session,
        PRIVACY,
        found.asker_id,
        local_date(now),
        now,
        about=f"{id_of(found)} {became}",
    )


def _became(found: PrivacyRequest) -> str:
    """Say what became of a request: its state, or that it takes longer."""
    if found.state == OPEN and found.extended_at is not None:
        return EXTENDED
    return found.state


def mail(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell who asked what became of it, why, and where one complains; nothing once it became something else."""
    request_id, _, became = row.about.partition(" ")
    found = session.get(
        PrivacyRequest,
        int(request_id),
    )
    if found is None or found.asker_id != row.recipient_id or _became(found) != became:
        return None
    return {
        "subject": gettext(SUBJECTS[became]),
        "link": "/privacy/requests",
        "button": gettext("Read how it stands"),
        "sentences": list(_sentences(found, became)),
    }


def _sentences(found: PrivacyRequest, became: str) -> Iterator[str]:
    yield gettext(
        "You asked on %(day)s: %(what)s.",
        day=day(found.received_at),
        what=words.title(found),
    )
    if became == EXTENDED:
        yield gettext(
            "The answer comes by %(day)s at the latest.",
            day=day(found.due_on),
        )
    why = found.extended_because if became == EXTENDED else found.answer
    if why and became != WITHDRAWN:
        yield gettext(
            "The admin says: %(why)s",
            why=why,
        )
    yield words.withdrawal(found) if became == WITHDRAWN else gettext(COMPLAIN)


def desk(session: Session, actor: Actor, now: datetime) -> list[Line]:
    """Return what stands on a desk: what became of one's own requests, and which an admin has to answer first."""
    return [
        *_own(
            session,
            actor,
            now,
        ),
        *_to_answer(
            session,
            actor,
            now,
        ),
    ]


def _own(session: Session, actor: Actor, now: datetime) -> Iterator[Line]:
    since = now - timedelta(days=TOLD_DAYS)
    for found in queries.of_person(session, actor.person_id):
        became = _became(found)
        at = found.extended_at if became == EXTENDED else found.settled_at
        if became not in SUBJECTS or became == WITHDRAWN or at is None or at < since:
            continue
        said = f"{gettext(SUBJECTS[became])}: {words.title(found)}"
        yield Line(said, "requests.index")


def _to_answer(session: Session, actor: Actor, now: datetime) -> Iterator[Line]:
    """Yield how many requests wait, and until when the one that has to be answered first."""
    if not access.ADMINISTER.allows(actor):
        return
    number = queries.count(
        session,
        only_open=True,
    )
    if not number:
        return
    (first,) = queries.listed(
        session,
        0,
        1,
    )
    text = N_("%(finding)s; the first has to be answered by %(day)s")
    if rules.is_late(
        first.due_on,
        local_date(now),
    ):
        text = N_("%(finding)s; the first had to be answered by %(day)s")
    said = gettext(
        text,
        finding=words.finding(number),
        day=day(first.due_on),
    )
    yield Line(said, "requests.all_of_them")
