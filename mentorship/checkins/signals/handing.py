"""Handing signals on: from who left the line or is away on the day to look again, to who may act on them now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locking
from mentorship.checkins.signals import queries
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.models import Person
from mentorship.people.stand_ins import queries as stand_ins
from mentorship.profiles.away import queries as away

VERB, SUBJECT = "hand on signal", "signal"


def hand_on(session: Session, now: datetime) -> int:
    """Hand on what its owner cannot look at again: they may not act on it any more, or are away until after the day."""
    today = local_date(now)
    by_owner = _by_owner(session)
    if not by_owner:
        return 0
    out = away.away_days(session)
    number = 0
    for owner_id, rows in sorted(by_owner.items()):
        still = _acts_on(session, owner_id, rows, now)
        for row in rows:
            is_away = _misses(row, out.get(owner_id, frozenset()), today)
            if row.id in still and not is_away:
                continue
            heir = _heir(session, row, owner_id, out, now)
            if heir is None and row.id in still:
                continue  # nobody else may hear of it: it waits for who is away
            give(session, row, heir, now)
            number += 1
    return number


def _by_owner(session: Session) -> dict[int, list[Signal]]:
    """Return what is picked up, locked, by who did so."""
    query = select(Signal).where(
        Signal.status == "taken",
        col(Signal.owner_id).is_not(None),
    )
    found: dict[int, list[Signal]] = defaultdict(list)
    for row in session.exec(locking(query.order_by(col(Signal.id)))):
        found[row.owner_id or 0].append(row)
    return found


def _acts_on(session: Session, owner_id: int, rows: Collection[Signal], now: datetime) -> set[int]:
    """Return which of these somebody who is here still may act on."""
    person = session.get_one(Person, owner_id)
    if person.is_gone(local_date(now)):
        return set()
    actor = Actor(owner_id, people.roles_of(session, owner_id))
    acted = set()
    for row in rows:
        if queries.may_act(session, actor, id_of(row), now):
            acted.add(id_of(row))
    return acted


def _misses(row: Signal, out: Collection[int], today: date) -> bool:
    """Tell whether its owner is away today and still on the day to look again."""
    if row.look_again_on is None:
        return False
    until = max(row.look_again_on, today)
    return all(day in out for day in range(today.toordinal(), until.toordinal() + 1))


def _heir(
    session: Session,
    row: Signal,
    owner_id: int,
    out: Mapping[int, Collection[int]],
    now: datetime,
) -> int | None:
    """Return the first of those near who is here and may act on it; None where there is nobody."""
    today = local_date(now)
    for person_id in _near(session, row, owner_id, today):
        if today.toordinal() in out.get(person_id, ()) or session.get_one(Person, person_id).is_gone(today):
            continue
        actor = Actor(person_id, people.roles_of(session, person_id))
        if queries.may_act(session, actor, id_of(row), now):
            return person_id
    return None


def give(session: Session, row: Signal, heir: int | None, now: datetime) -> None:
    """Give a signal to another, who reads that on their desk; to nobody where there is nobody."""
    row.owner_id = heir
    row.handed_at = now
    if heir is None:
        row.status = "open"
        row.action = ""
        row.look_again_on = None
        row.handed_at = None
    audit.record(
        session,
        now,
        None,
        VERB,
        SUBJECT,
        row.id,
    )
    session.flush()


def _near(session: Session, row: Signal, owner_id: int, today: date) -> Iterator[int]:
    """Yield who could get it: who stands in for its owner, the managers above the two, the coordinators."""
    seen = {owner_id}
    pair = session.get_one(Mentorship, row.mentorship_id)
    for person_id in _candidates(session, pair, owner_id, today):
        if person_id is not None and person_id not in seen:
            seen.add(person_id)
            yield person_id


def _candidates(session: Session, pair: Mentorship, owner_id: int, today: date) -> Iterator[int | None]:
    for one in stand_ins.coming(session, today, [owner_id]).get(owner_id, ()):
        if one.first_day <= today:
            yield one.stand_in_id
    for side in (pair.mentor_id, pair.junior_id):
        above = people.manager_above(session, side)
        yield above
        if above == owner_id:
            yield people.manager_above(session, above)
    yield from sorted(people.people_with_role(session, COORDINATOR))
