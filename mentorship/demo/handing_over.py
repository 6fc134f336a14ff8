"""One who leaves hands over: the coordinator begins the plan, and the first pieces are on their way."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.demo import calendar
from mentorship.growth.handover import actions, queries, receivers, rules
from mentorship.growth.handover.models import NOT_BEGUN, PASSED_ON, WRITTEN_DOWN
from mentorship.growth.handover.receivers import Looking
from mentorship.growth.handover.rules import Said
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.models import Domain

PLACES = {
    NOT_BEGUN: "",
    PASSED_ON: "",
    WRITTEN_DOWN: "map K, lade 3",
}
STEPS = (WRITTEN_DOWN, PASSED_ON, NOT_BEGUN)
ENOUGH = 4
"""So many pieces tell what a plan is; what else they know well is put on it until there are so many."""


def come_and_go(session: Session, coordinator: Actor, now: datetime) -> None:
    """Let people be away and leave, and who leaves hand over what they know."""
    calendar.come_and_go(
        session,
        now,
    )
    hand_over(
        session,
        coordinator,
        now,
    )


def hand_over(session: Session, coordinator: Actor, now: datetime) -> None:
    """Let the coordinator begin the plan of who leaves, and tell of its first pieces how far they are."""
    leaving = select(Person).where(
        col(Person.last_day).is_not(None),
        col(Person.left_on).is_(None),
    )
    leaver = session.exec(leaving.order_by(col(Person.id))).first()
    if leaver is None:
        return
    person_id = id_of(leaver)
    actions.start(
        session,
        coordinator,
        person_id,
        now,
    )
    _put_on(
        session,
        coordinator,
        person_id,
        now,
    )
    pieces = queries.pieces(
        session,
        person_id,
    )
    days = rules.spread(
        len(pieces),
        local_date(now),
        leaver.last_day,
    )
    steps = iter(STEPS)
    for place, piece in enumerate(pieces):
        domain_id = piece.row.domain_id
        step = NOT_BEGUN
        if not piece.duos:
            _choose(
                session,
                coordinator,
                leaver,
                domain_id,
                now,
            )
            step = next(
                steps,
                NOT_BEGUN,
            )
        said = Said(
            days[place],
            PLACES[step],
            step,
        )
        actions.save(
            session,
            coordinator,
            person_id,
            domain_id,
            said,
            now,
        )


def _put_on(session: Session, coordinator: Actor, person_id: int, now: datetime) -> None:
    """Put on the plan what their pairs are about, and what else they know well until it is long enough; one is left."""
    on_it = {
        piece.domain_id
        for piece in queries.rows(
            session,
            [person_id],
        )
    }
    for _mentor, duo in queries.duos(
        session,
        [person_id],
    ):
        if duo.runs and duo.domain_id not in on_it:
            actions.add(
                session,
                coordinator,
                person_id,
                duo.domain_id,
                now,
            )
            on_it.add(duo.domain_id)
    critical = {id_of(domain) for domain in session.exec(select(Domain).where(Domain.critical))}
    held = sorted(
        queries.held(
            session,
            person_id,
        ),
        key=lambda one: (one.domain_id not in critical, one.holders),
    )
    for one in held[:-1]:
        if len(on_it) < ENOUGH and one.domain_id not in on_it:
            actions.add(
                session,
                coordinator,
                person_id,
                one.domain_id,
                now,
            )
            on_it.add(one.domain_id)


def _choose(session: Session, coordinator: Actor, leaver: Person, domain_id: int, now: datetime) -> None:
    looking = Looking(
        leaver,
        domain_id,
        local_date(now),
        coordinator,
    )
    found = receivers.suggested(
        session,
        looking,
    )
    if found:
        receiver_id = id_of(found[0].person)
        actions.choose(
            session,
            coordinator,
            id_of(leaver),
            domain_id,
            receiver_id,
            now,
        )
