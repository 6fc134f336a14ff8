"""What mail does when somebody leaves: who is told, who is told otherwise, and that nothing goes to who is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.mail_kinds import HELPER_LEFT, LAST_DAY, LEAVES, STAYS
from mentorship.base.outbox import Ask, OutboxRow
from mentorship.checkins.signals.leaving import left_alone
from mentorship.mentorships.leaving import RUNNING, of_leaver
from mentorship.mentorships.models import ENDED, MENTOR, REFUSED, Mentorship
from mentorship.mentorships.queries import by_id
from mentorship.people import managers
from mentorship.people.models import Person
from mentorship.people.queries import persons
from mentorship.reminders.actions import own_shift

SET = "set last day"
"""What the audit log calls it."""


def about(leaver: Person) -> str:
    """Return what the mails about somebody's last day are about: the person and the day."""
    return f"{id_of(leaver)} {leaver.last_day}"


def about_whom(row: OutboxRow) -> tuple[int, date]:
    """Return whom a mail about a last day is about, and which day."""
    person_id, day = row.about.split(" ")
    return int(person_id), date.fromisoformat(day)


def announced(session: Session, leaver: Person, now: datetime) -> None:
    """Tell who leaves, their managers, and of each running pair the other one and theirs."""
    person_id = id_of(leaver)
    pairs = of_leaver(
        session,
        person_id,
        *RUNNING,
    )
    others = persons(session, _others(pairs, person_id))
    told = others.keys() | managers.of_people(session, [leaver, *others.values()])
    kinds = dict.fromkeys(told, LEAVES) | {person_id: LAST_DAY}
    _ask(
        session,
        kinds,
        leaver,
        now,
    )


def _others(pairs: Iterable[Mentorship], person_id: int) -> set[int]:
    return {pair.other_of(person_id) for pair in pairs}


def _ask(session: Session, kinds: Mapping[int, str], leaver: Person, now: datetime) -> None:
    """Ask for a mail of a kind to each who is here, for their own shift; but before they are gone themselves."""
    here = persons(
        session,
        kinds,
    )
    today = local_date(now)
    when = own_shift(session, now, here.keys())
    asks = []
    for person_id, person in sorted(here.items()):
        moment = when(person_id, kinds[person_id])
        if person.is_gone(today):
            continue
        if moment and person.is_gone(local_date(moment)):
            moment = None
        asks.append(
            Ask(
                kinds[person_id],
                person_id,
                today,
                about(leaver),
                moment,
            )
        )
    outbox.ask_all(
        session,
        asks,
        now,
    )


def taken_back(session: Session, leaver: Person, now: datetime) -> None:
    """Tell that somebody stays to all who were told that they leave; who was not told yet hears nothing."""
    key = about(leaver)
    kinds = LAST_DAY, LEAVES
    told = outbox.told(
        session,
        kinds,
        key,
    )
    outbox.drop(
        session,
        now,
        col(OutboxRow.kind).in_(kinds),
        col(OutboxRow.about) == key,
    )
    _ask(
        session,
        dict.fromkeys(told, STAYS),
        leaver,
        now,
    )


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Tell those who stay that their pair ended or their proposal lapsed; send who left nothing any more."""
    person_id = id_of(leaver)
    outbox.drop(
        session,
        now,
        col(OutboxRow.recipient_id) == person_id,
    )
    over = []
    for pair in of_leaver(session, person_id, ENDED, REFUSED):
        if pair.by_leaving and pair.ended_on and pair.ended_on >= (leaver.last_day or pair.ended_on):
            over.append(pair)
    _ask(
        session,
        dict.fromkeys(_others(over, person_id), LEAVES),
        leaver,
        now,
    )
    _tell_authors(session, leaver, now)


def _tell_authors(session: Session, leaver: Person, now: datetime) -> None:
    """Tell who asked the help of who left that they may ask somebody else, where their pair goes on."""
    asked = left_alone(session, leaver, now)
    pairs = by_id(session, [one.mentorship_id for one in asked])
    authors = {}  # by pair and side: both may have asked
    for one in asked:
        pair = pairs[one.mentorship_id]
        if pair.status in RUNNING:
            authors[pair.id, one.side] = pair.mentor_id if one.side == MENTOR else pair.junior_id
    when = own_shift(session, now, authors.values())
    for (pair_id, _), author in authors.items():
        outbox.ask(
            session,
            HELPER_LEFT,
            author,
            local_date(now),
            now,
            f"{id_of(leaver)} {pair_id}",
            when(author, HELPER_LEFT),
        )


def filled_in_by(session: Session, person_id: int) -> Person | None:
    """Return who said last that this person leaves; None when the service or an import did."""
    said = select(audit.AuditRow.actor_id).where(
        audit.AuditRow.subject == "person",
        audit.AuditRow.subject_id == person_id,
        audit.AuditRow.verb == SET,
    )
    newest = said.order_by(col(audit.AuditRow.id).desc()).limit(1)
    actor_id = session.exec(newest).first()
    return persons(
        session,
        [actor_id],
    ).get(actor_id or 0)
