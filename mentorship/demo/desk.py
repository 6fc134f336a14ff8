"""What the coordinator did at the desk an hour ago: paired one without a round, and wrote to who has not answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.demo.questions import waiting
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.people.access import Actor
from mentorship.reminders.messages import actions as messages
from mentorship.reminders.messages.models import OF_PROPOSALS, OWN_PAIRS
from mentorship.reminders.texts.rules import Both, Words
from mentorship.rounds.direct import actions as direct
from mentorship.rounds.direct.pool import advised
from mentorship.rounds.direct.queries import around

AGO = timedelta(hours=1)
LOOKED_AT = 10
"""So many of those who wait longest are tried."""
WRITTEN_TO = 12
SAID = Both(
    Words(
        "Lukt het met je voorstel?",
        "Dag {voornaam},\n\nEr staat een voorstel voor je klaar waar je nog niet op hebt gereageerd. Kijk je er deze "
        "week naar? Ja of nee is allebei goed.\n\nLiever eerst even praten? Loop bij me langs of bel me.",
    ),
    Words(
        "Did you see your proposal?",
        "Hello {first name},\n\nA proposal is waiting for your answer. Will you have a look this week? Yes and no are "
        "both fine.\n\nWould you rather talk first? Come by or call me.",
    ),
)


def work(session: Session, coordinator: Actor, now: datetime, *, mails: bool) -> None:
    """Let a coordinator do what was done lately, by the verbs of the pages."""
    moment = now - AGO
    _pair_somebody(session, coordinator, moment)
    _write_to_the_silent(session, coordinator, moment, mails=mails)


def _pair_somebody(session: Session, coordinator: Actor, now: datetime) -> None:
    """Propose a mentor to whoever waits longest of those who cost nobody else one."""
    longest = select(MentorRequest).where(MentorRequest.status == OPEN)
    in_order = longest.order_by(col(MentorRequest.created_at), col(MentorRequest.id))
    for request in session.exec(in_order.limit(LOOKED_AT)).all():
        found = around(session, request.person_id, request.id, (), local_date(now))
        best = advised(found.candidates()) if found else None
        if best is None:
            continue
        direct.propose(
            session,
            coordinator,
            request.person_id,
            best.mentor_id,
            now,
            request_id=id_of(request),
        )
        return


def _write_to_the_silent(session: Session, coordinator: Actor, now: datetime, *, mails: bool) -> None:
    """Write to some who have not answered the proposal of a round."""
    asked_before = [pair for pair in session.exec(waiting()) if pair.origin != "direct"]
    silent = {person_id for pair in asked_before for person_id in (pair.junior_id, pair.mentor_id)}
    if not silent:
        return
    begun = messages.begin(
        session,
        coordinator,
        OF_PROPOSALS,
        sorted(silent)[:WRITTEN_TO],
        now,
    )
    written = messages.write(
        session,
        coordinator,
        id_of(begun),
        SAID,
        OWN_PAIRS,
        now,
    )
    messages.send(
        session,
        coordinator,
        id_of(written),
        written.version,
        now,
        mails=mails,
    )
