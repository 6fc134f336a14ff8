"""What the coordinator did at the desk an hour ago: paired one, wrote to who has not answered, expected newcomers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.demo.questions import waiting
from mentorship.insight.year import actions as newcomers
from mentorship.insight.year.rules import months
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.people.access import Actor
from mentorship.people.models import Person
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
CLASSES = {3: 8, 9: 12}
"""So many months ahead a class begins, and of how many."""
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
    _expect_newcomers(session, coordinator, moment)


def _expect_newcomers(session: Session, coordinator: Actor, now: datetime) -> None:
    """Expect a class in each half of the year, who ask for what most wait for now."""
    asked = (
        sa_select(col(Need.domain_id), col(Person.site_id))
        .join(MentorRequest, col(MentorRequest.id) == Need.request_id)
        .join(Person, col(Person.id) == MentorRequest.person_id)
        .where(col(MentorRequest.status) == OPEN, col(Need.position) == 1)
        .group_by(col(Need.domain_id), col(Person.site_id))
        .order_by(func.count().desc(), col(Need.domain_id), col(Person.site_id))
    )
    for ahead, (domain_id, site_id) in zip(CLASSES, session.execute(asked.limit(len(CLASSES))), strict=False):
        newcomers.expect(
            session,
            coordinator,
            site_id,
            domain_id=domain_id,
            month=months(local_date(now))[ahead],
            number=CLASSES[ahead],
            now=now,
        )


def _pair_somebody(session: Session, coordinator: Actor, now: datetime) -> None:
    """Propose a mentor to whoever waits longest of those who cost nobody else one."""
    longest = select(MentorRequest).where(MentorRequest.status == OPEN)
    in_order = longest.order_by(col(MentorRequest.created_at), col(MentorRequest.id))
    for request in session.exec(in_order.limit(LOOKED_AT)).all():
        found = around(session, request.person_id, request.id, (), now)
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
