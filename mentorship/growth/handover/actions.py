"""Verbs on handover plans. They never commit.

Where no last day is known a plan is made by a horizon, which nobody but the person and the coordinator reads: then the
audit log says of what is done no more than of a change of "My plans".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from sqlmodel import Session, SQLModel

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.growth.handover import queries, rules
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.growth.handover.rules import Held, Said
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.models import Domain

STARTED, CHANGED, IN_QUIET = "start handover plan", "change handover plan", "set plans"
GONE = N_("This handover plan is no longer there.")
GONE_PIECE = N_("This is no longer on the handover plan.")
STARTED_ALREADY = N_("There is a handover plan already.")
ON_IT = N_("That is on the plan already.")
NO_DOMAIN = N_("This domain is no longer there.")
NOBODY_HERE = N_("This person is no longer here.")
KNOWN = N_("The last day is known, so the coordinator sees this plan and it stays. What is on it you can remove.")


def start(session: Session, actor: Actor, person_id: int, now: datetime) -> HandoverPlan:
    """Begin a plan with what leans on few, most at risk first, each piece with a day before the last one."""
    person = _person(session, person_id)
    today = local_date(now)
    horizon = queries.horizon(session, person, today)
    own = actor.person_id == person_id
    rules.check_begin(own=own, last_day=person.last_day, horizon=horizon)
    if queries.plan_of(session, person_id) is not None:
        raise Refused(STARTED_ALREADY)
    kept = _kept(session, person_id)
    plan = HandoverPlan(
        person_id=person_id,
        started_at=now,
        started_by=actor.person_id,
        changed_at=now,
    )
    session.add(plan)
    held = rules.in_order(queries.held(session, person_id), horizon)
    _fill(session, person, held, today)
    _note(
        session,
        actor,
        person,
        STARTED,
        kept,
        now,
    )
    return plan


def _fill(session: Session, person: Person, held: Sequence[Held], today: date) -> None:
    days = rules.spread(len(held), today, person.last_day)
    for place, one in enumerate(held):
        piece = HandoverPiece(
            person_id=id_of(person),
            domain_id=one.domain_id,
            position=place + 1,
            due_on=days[place],
        )
        session.add(piece)
    session.flush()


def share(session: Session, actor: Actor, person_id: int, shared: bool, now: datetime) -> None:
    """Let the coordinator see one's plan, or no longer."""
    plan, person, kept = _held(session, actor, person_id)
    plan.shared = shared
    _note(
        session,
        actor,
        person,
        CHANGED,
        kept,
        now,
    )


def drop(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Throw one's plan away, as long as no last day is known."""
    plan, person, kept = _held(session, actor, person_id)
    if person.last_day is not None:
        raise Refused(KNOWN)
    for piece in queries.rows(session, [person_id]):
        session.delete(piece)
    session.flush()
    session.delete(plan)
    _note(
        session,
        actor,
        person,
        CHANGED,
        kept,
        now,
    )


def add(session: Session, actor: Actor, person_id: int, domain_id: int, now: datetime) -> None:
    """Put a domain at the end of a plan, to be passed on a week before the last day."""
    with _changing(session, actor, person_id, now) as person:
        if session.get(Domain, domain_id) is None:
            raise Refused(NO_DOMAIN, field="domain")
        if session.get(HandoverPiece, (person_id, domain_id)) is not None:
            raise Refused(ON_IT, field="domain")
        last = max([piece.position for piece in queries.rows(session, [person_id])], default=0)
        piece = HandoverPiece(
            person_id=person_id,
            domain_id=domain_id,
            position=last + 1,
            due_on=rules.spread(1, local_date(now), person.last_day)[0],
        )
        session.add(piece)


def take_off(session: Session, actor: Actor, person_id: int, domain_id: int, now: datetime) -> None:
    """Take a piece off a plan."""
    with _changing(session, actor, person_id, now):
        session.delete(_piece(session, person_id, domain_id))


def move(session: Session, actor: Actor, person_id: int, domain_id: int, up: bool, now: datetime) -> None:
    """Put a piece one place earlier, or later."""
    with _changing(session, actor, person_id, now):
        _piece(session, person_id, domain_id)
        found = {piece.domain_id: piece for piece in queries.rows(session, [person_id])}
        for place, key in enumerate(rules.moved(list(found), domain_id, up=up), 1):
            found[key].position = place


def choose(
    session: Session,
    actor: Actor,
    person_id: int,
    domain_id: int,
    receiver_id: int | None,
    now: datetime,
) -> None:
    """Say who is thought of to take a piece over, None for nobody: it tells nobody."""
    with _changing(session, actor, person_id, now):
        piece = _piece(session, person_id, domain_id)
        rules.check_receiver(person_id, receiver_id)
        if receiver_id is not None and _person(session, receiver_id).is_gone(local_date(now)):
            raise Refused(NOBODY_HERE)
        piece.receiver_id = receiver_id


def save(
    session: Session,
    actor: Actor,
    person_id: int,
    domain_id: int,
    said: Said,
    now: datetime,
) -> None:
    """Say by when a piece is passed on, where it is written down, and how far it is."""
    with _changing(session, actor, person_id, now) as person:
        piece = _piece(session, person_id, domain_id)
        today = local_date(now)
        rules.check_due(said.due_on, piece.due_on, today, person.last_day)
        rules.check_step(said.step, said.place)
        piece.due_on = said.due_on
        piece.place = said.place
        if piece.step != said.step:
            piece.step = said.step
            piece.stepped_on = today


def _person(session: Session, person_id: int) -> Person:
    found = session.get(Person, person_id)
    if found is None:
        raise Refused(NOBODY_HERE)
    return found


def _held(session: Session, actor: Actor, person_id: int) -> tuple[HandoverPlan, Person, list[Kept]]:
    """Return a plan, nobody else's to change until we commit, whose it is, and all of it as it stands."""
    plan = locked(session, HandoverPlan, person_id)
    person = _person(session, person_id)
    if plan is None or not _is_theirs(actor, plan, person):
        raise Refused(GONE)
    return plan, person, _kept(session, person_id)


def _is_theirs(actor: Actor, plan: HandoverPlan, person: Person) -> bool:
    """Tell whether somebody may change a plan: the person, and others as long as it is open to them."""
    own = actor.person_id == plan.person_id
    return own or rules.is_open(shared=plan.shared, last_day=person.last_day)


def _piece(session: Session, person_id: int, domain_id: int) -> HandoverPiece:
    found = session.get(HandoverPiece, (person_id, domain_id))
    if found is None:
        raise Refused(GONE_PIECE)
    return found


def _kept(session: Session, person_id: int) -> list[Kept]:
    tables: tuple[type[SQLModel], ...] = (HandoverPlan, HandoverPiece)
    return [keep(session, table, person_id=person_id) for table in tables]


@contextmanager
def _changing(session: Session, actor: Actor, person_id: int, now: datetime) -> Iterator[Person]:
    """Hold a plan while what is on it changes, hand out whose it is, and note the change."""
    plan, person, kept = _held(session, actor, person_id)
    yield person
    plan.changed_at = now
    _note(session, actor, person, CHANGED, kept, now)


def _note(session: Session, actor: Actor, person: Person, verb: str, kept: Sequence[Kept], now: datetime) -> None:
    """Record what was done, and state how it is undone."""
    session.flush()
    said = verb if person.last_day is not None else IN_QUIET
    person_id = id_of(person)
    audit.record(
        session,
        now,
        actor.person_id,
        said,
        "person",
        person_id,
    )
    about = About(said, "person", person_id)
    for each in kept:
        state(session, each, about)
