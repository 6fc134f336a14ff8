"""Verbs on who is away: from when until when, and back earlier. They never commit; the audit log gets no days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import delete
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import MANY, id_of, locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import AWAY
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.stand_ins.models import StandIn
from mentorship.profiles.away import rules
from mentorship.profiles.away.models import Away
from mentorship.profiles.away.rules import Spell

SET = "set not available"
SUBJECT = "person"


class Record(Protocol):
    """Somebody is away from a day until a day, as an export says it."""

    @property
    def number(self) -> str:
        """Whose personnel number it is."""

    @property
    def first_day(self) -> date:
        """The first day."""

    @property
    def last_day(self) -> date:
        """The last day, included."""


def set_away(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    first_day: date,
    last_day: date,
    now: datetime,
) -> None:
    """Let somebody be away from a day until a day; what overlaps or touches becomes one entry.

    Whoever fills it in for another reads nothing of it afterwards; that other is told.
    """
    rules.check(first_day, last_day, local_date(now))
    person = locked(session, Person, person_id)
    if person is None or person.is_gone(local_date(now)):
        raise Refused(N_("This person is no longer here."))
    kept = keep(session, Away, person_id=person_id)
    row = _add(session, person_id, (first_day, last_day), actor.person_id)
    _note(session, actor.person_id, person_id, now)
    mails = []
    if person_id != actor.person_id:
        mails.append(_tell(session, row, now))
    state(session, kept, About(SET, SUBJECT, person_id, mails))


def _add(session: Session, person_id: int, spell: Spell, entered_by_id: int | None) -> Away:
    """Write a new entry in place of those that it overlaps or touches."""
    known = list(session.exec(select(Away).where(Away.person_id == person_id)))
    spells = [(row.first_day, row.last_day) for row in known]
    whole = _holding(rules.merged([*spells, spell]), spell)
    for row in known:
        if whole[0] <= row.first_day and row.last_day <= whole[1]:
            session.delete(row)
    first, last = whole
    added = Away(
        person_id=person_id,
        first_day=first,
        last_day=last,
        entered_by_id=entered_by_id,
    )
    session.add(added)
    session.flush()
    return added


def _holding(spells: Iterable[Spell], wanted: Spell) -> Spell:
    """Return the spell that another one went into."""
    for first, last in spells:
        if first <= wanted[0] and wanted[1] <= last:
            return first, last
    raise LookupError("a spell goes into none of those it was merged with")


def _note(session: Session, actor_id: int | None, person_id: int, now: datetime) -> None:
    audit.record(
        session,
        now,
        actor_id,
        SET,
        SUBJECT,
        person_id,
    )


def _tell(session: Session, row: Away, now: datetime) -> tuple[str, str]:
    """Tell a person what another filled in for them."""
    about = str(id_of(row))
    outbox.ask(
        session,
        AWAY,
        row.person_id,
        local_date(now),
        now,
        about,
    )
    return AWAY, about


def end_away(session: Session, actor: Actor, away_id: int, now: datetime) -> None:
    """Be back today, or not go: an entry of one's own ends the day before, or is gone."""
    row = locked(session, Away, away_id)
    if row is None or row.person_id != actor.person_id:
        raise Refused(N_("This is no longer there."))
    kept = keep(session, Away, person_id=row.person_id)
    _cut(session, row, local_date(now), now)
    _note(session, actor.person_id, actor.person_id, now)
    state(session, kept, About(SET, SUBJECT, actor.person_id))


def say_back(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Say that somebody is back today: whoever says so does not hear whether they were away, so it is not undone."""
    locked(session, Person, person_id)
    today = local_date(now)
    standing = select(Away).where(
        Away.person_id == person_id,
        col(Away.first_day) <= today,
        col(Away.last_day) >= today,
    )
    for row in session.exec(standing).all():
        _cut(session, row, today, now)
    _note(session, actor.person_id, person_id, now)


def _cut(session: Session, row: Away, today: date, now: datetime) -> None:
    """End an entry before today; mails that wait until after it need not wait any more."""
    after = wall_time(row.last_day + rules.A_DAY, 0)
    rest = rules.back((row.first_day, row.last_day), today)
    outbox.bring_forward(session, row.person_id, after, now)
    if rest is None:
        session.delete(row)
    else:
        row.last_day = rest[1]
    session.flush()


def take_away(session: Session, records: Iterable[Record], actor: Actor | None, now: datetime) -> int:
    """Take in who is away by an export; return of how many people something is new, who are told.

    What an entry covers already changes nothing, and days past or too far ahead are left out. An import's undo never
    touches this.
    """
    wanted = defaultdict(list)
    for record in records:
        wanted[record.number].append((record.first_day, record.last_day))
    today = local_date(now)
    actor_id = None if actor is None else actor.person_id
    taken = 0
    for person_id, spells in _by_person(session, wanted).items():
        new = _new(session, person_id, spells, today)
        for spell in new:
            row = _add(session, person_id, spell, actor_id)
        if new:
            taken += 1
            _note(session, actor_id, person_id, now)
            _tell(session, row, now)
    return taken


def _by_person(session: Session, wanted: Mapping[str, list[Spell]]) -> dict[int, list[Spell]]:
    """Return the spells by person; a number that nobody has is left out."""
    found = {}
    query = columns(col(Person.id), col(Person.number)).where(col(Person.left_on).is_(None))
    if len(wanted) < MANY:
        query = query.where(col(Person.number).in_(wanted))
    for person_id, number in session.execute(query):
        if number in wanted:
            found[person_id] = wanted[number]
    return found


def _new(session: Session, person_id: int, spells: Iterable[Spell], today: date) -> list[Spell]:
    """Return of these what no entry covers yet."""
    rows = session.exec(select(Away).where(Away.person_id == person_id))
    known = [(row.first_day, row.last_day) for row in rows]
    found = []
    for first, last in rules.merged(spells):
        covered = any(begins <= first and last <= ends for begins, ends in known)
        if not covered and today <= last <= today + rules.LONGEST:
            found.append((first, last))
    return found


def purge(session: Session, now: datetime) -> None:
    """Delete what ended 42 days ago, and who stood in until then."""
    long_ago = local_date(now) - rules.KEPT
    for table in (Away, StandIn):
        over = col(table.last_day) < long_ago
        session.exec(delete(table).where(over))
