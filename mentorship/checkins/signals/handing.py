"""Handing signals on: from who left the line or is away on the day to look again, to who may act on them now.

At once where somebody is entered as away or a line changes, and every hour for whatever else came to be so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import MANY, id_of
from mentorship.base.errors import Conflict
from mentorship.base.undo import About, keep, put_back, state
from mentorship.checkins.signals import queries
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.models import Person
from mentorship.people.stand_ins import queries as stand_ins
from mentorship.profiles.away import queries as away

VERB, SUBJECT = "hand on signal", "signal"
FEW = 20
"""Of so many people the lines are looked through one by one; of more, all that is picked up."""


def hand_on(session: Session, now: datetime) -> int:
    """Hand on what its owner cannot look at again: they may not act on it any more, or are away until after the day."""
    return len(_handed_on(session, _free(session, _taken()), now))


def of_owner(session: Session, owner_id: int, now: datetime, *, undone: bool = True) -> None:
    """Hand on at once what somebody cannot look at again, who is entered as away or lost a role.

    Undoing that gives it back, where it can be `undone`.
    """
    own = _taken().where(Signal.owner_id == owner_id)
    _handed_on(session, _free(session, own), now, undone=undone)


def of_lines(session: Session, person_ids: Collection[int], now: datetime) -> None:
    """Hand on at once what its owner may not act on any more, now that other people lead these or they lead others.

    Undoing that gives it back.
    """
    near = set(person_ids)
    if len(near) <= FEW:
        for person_id in person_ids:
            near.update(session.scalars(people.line_below(person_id)))
    taken = _taken()
    if len(near) <= MANY and len(person_ids) <= FEW:
        taken = taken.where(_concerns(near))
    _handed_on(session, _free(session, taken), now, undone=True)


def _concerns(near: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that one of these people owns a signal, or is a side of its pair."""
    side = or_(
        col(Mentorship.mentor_id).in_(near),
        col(Mentorship.junior_id).in_(near),
    )
    pairs = select(col(Mentorship.id)).where(side)
    return or_(
        col(Signal.owner_id).in_(near),
        col(Signal.mentorship_id).in_(pairs),
    )


def _free(session: Session, taken: SelectOfScalar[Signal]) -> Sequence[Signal]:
    """Lock of these what nobody else changes at this moment: that is for the next hour, so that none waits here."""
    session.flush()
    free = taken.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return session.exec(free).all()


def _taken() -> SelectOfScalar[Signal]:
    """Return a query of what is picked up."""
    query = select(Signal).where(
        Signal.status == "taken",
        col(Signal.owner_id).is_not(None),
    )
    return query.order_by(col(Signal.id))


def _handed_on(session: Session, rows: Collection[Signal], now: datetime, *, undone: bool = False) -> list[Signal]:
    """Hand on of these what its owner cannot look at again, and return it; `undone`: an undo gives it back."""
    today = local_date(now)
    by_owner = _by_owner(rows)
    out = away.away_days(session) if by_owner else {}
    handed = []
    for owner_id, own in sorted(by_owner.items()):
        still = _acts_on(session, owner_id, own, now)
        for row in own:
            is_away = _misses(row, out.get(owner_id, frozenset()), today)
            if row.id in still and not is_away:
                continue
            heir = _heir(session, row, owner_id, out, now)
            if heir is None and row.id in still:
                continue  # nobody else may hear of it: it waits for who is away
            kept = keep(session, Signal, id=id_of(row))
            give(session, row, heir, now)
            handed.append(row)
            if undone:
                state(session, kept, About(VERB, SUBJECT, row.id), inverse=give_back)
    return handed


def give_back(session: Session, actor: Actor, *, now: datetime, **rows: Any) -> None:
    """Give back what was handed on by what is undone; what its new owner did something with stays theirs."""
    try:
        put_back(session, actor, now=now, **rows)
    except Conflict:
        session.expire_all()


def _by_owner(rows: Collection[Signal]) -> dict[int, list[Signal]]:
    """Return what is picked up by who did so."""
    found: dict[int, list[Signal]] = defaultdict(list)
    for row in rows:
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
