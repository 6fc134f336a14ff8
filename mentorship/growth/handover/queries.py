"""Reads of handover plans: a fixed number of queries, however many pieces there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.growth.handover import rules
from mentorship.growth.handover.models import PASSED_ON, HandoverPiece, HandoverPlan
from mentorship.growth.handover.rules import Duo, Held
from mentorship.mentorships.goals import paces
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.goals.rules import CHANGING
from mentorship.mentorships.models import ENDED, OCCUPYING, PROPOSED, Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles import coverage
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Domain, Expertise, Plan


@dataclass(frozen=True)
class Piece:
    """A piece of a plan with the pairs that are about it, and how far it is."""

    row: HandoverPiece
    domain: Domain
    duos: list[Duo]

    @property
    def step(self) -> int:
        """Return how far it is: by the pairs, or by hand where that is further."""
        return rules.how_far(self.row.step, self.duos)

    @property
    def by_pairs(self) -> bool:
        """Tell whether the pairs say how far it is."""
        return bool(self.duos) and rules.by_duos(self.duos) >= self.row.step


@dataclass(frozen=True)
class Standing:
    """How a plan stands: how many pieces there are, and of how many it is done; `plan` None where none was begun."""

    plan: HandoverPlan | None
    pieces: int
    done: int

    @property
    def left(self) -> int:
        """Return how many pieces are not passed on."""
        return self.pieces - self.done


def plan_of(session: Session, person_id: int) -> HandoverPlan | None:
    """Return somebody's plan, if there is one."""
    return session.get(HandoverPlan, person_id)


def own_subject(session: Session, person_id: int) -> Subject | None:
    """Return whose a plan is, begun or not; None when there is no such person.

    What somebody kept to themselves is closed after another opened their account.
    """
    if session.get(Person, person_id) is None:
        return None
    plan = plan_of(session, person_id)
    kept = plan.changed_at if plan else None
    return Subject(frozenset({person_id}), kept=kept)


def subject(session: Session, person_id: int) -> Subject | None:
    """Return who reads a plan, or may begin one: the person, and the coordinators once it is open to them."""
    found = own_subject(session, person_id)
    if found is None or not _is_open(session, session.get_one(Person, person_id)):
        return found
    coordinators = people.people_with_role(session, access.COORDINATOR)
    return replace(found, owners=found.owners.union(coordinators))


def _is_open(session: Session, person: Person) -> bool:
    plan = plan_of(session, id_of(person))
    shared = plan is not None and plan.shared
    return rules.is_open(shared=shared, last_day=person.last_day)


def piece_subject(session: Session, person_id: int, domain_id: int) -> Subject | None:
    """Return who reads a piece; None when it is not on the plan."""
    if session.get(HandoverPiece, (person_id, domain_id)) is None:
        return None
    return subject(session, person_id)


def is_known(session: Session, person: Person) -> bool:
    """Tell whether there is a plan that coordinators may read, or begin for who is here still."""
    begun = plan_of(session, id_of(person)) is not None
    ahead = person.last_day is not None and person.left_on is None
    return (begun or ahead) and _is_open(session, person)


def horizon(session: Session, person: Person, today: date) -> str:
    """Return how long somebody stays: by their last day where one is known, else by what they said."""
    plan = session.get(Plan, id_of(person))
    return coverage.horizon(plan.horizon if plan else None, person.last_day, today)


def held(session: Session, person_id: int) -> list[Held]:
    """Return the domains that somebody holds, with how many hold each."""
    number = (
        columns(col(Expertise.domain_id).label("domain_id"), func.count().label("holders"))
        .join(Person, col(Person.id) == Expertise.person_id)
        .where(
            col(Expertise.level) >= coverage.HOLDS,
            or_(col(Person.left_on).is_(None), col(Person.id) == person_id),
        )
        .group_by(col(Expertise.domain_id))
        .subquery()
    )
    query: Any = (
        columns(Domain, number.c.holders)
        .join(Expertise, col(Expertise.domain_id) == Domain.id)
        .join(number, number.c.domain_id == Domain.id)
        .where(
            col(Expertise.person_id) == person_id,
            col(Expertise.level) >= coverage.HOLDS,
        )
    )
    found = []
    for domain, holders in session.execute(query):
        one = Held(id_of(domain), domain.title, domain.critical, holders)
        found.append(one)
    return found


def rows(session: Session, ids: Collection[int]) -> list[HandoverPiece]:
    """Return the pieces of the plans of these people as they are kept, in order."""
    query = select(HandoverPiece).where(col(HandoverPiece.person_id).in_(ids))
    in_order = query.order_by(
        col(HandoverPiece.position),
        col(HandoverPiece.domain_id),
    )
    return list(session.exec(in_order))


def pieces(session: Session, person_id: int) -> list[Piece]:
    """Return the pieces of a plan, in order, with the pairs that are about each."""
    return pieces_of(session, [person_id])[person_id]


def pieces_of(session: Session, ids: Collection[int]) -> dict[int, list[Piece]]:
    """Return the pieces of the plans of these people; none for who has no plan."""
    about = defaultdict(list)
    for mentor_id, duo in duos(session, ids):
        about[mentor_id, duo.domain_id].append(duo)
    domains = {id_of(domain): domain for domain in profiles.domains(session)}
    found: dict[int, list[Piece]] = defaultdict(list)
    for row in rows(session, ids):
        key = row.person_id, row.domain_id
        piece = Piece(row, domains[row.domain_id], about[key])
        found[row.person_id].append(piece)
    return found


def duos(session: Session, mentor_ids: Collection[int]) -> list[tuple[int, Duo]]:
    """Return the pairs in which these people guide, by domain: of each goal, and what the pair is about; who guides."""
    reached = paces.reached()
    in_goal = and_(
        col(Goal.mentorship_id) == col(Mentorship.id),
        col(Goal.dropped_at).is_(None),
    )
    query: Any = (
        columns(
            col(Mentorship.id),
            col(Mentorship.mentor_id),
            col(Mentorship.junior_id),
            col(Mentorship.status),
            col(Mentorship.domain_id),
            col(Goal.domain_id).label("goal_domain_id"),
            func.coalesce(reached.c.level, 0).label("reached"),
        )
        .outerjoin(Goal, in_goal)
        .outerjoin(reached, reached.c.goal_id == col(Goal.id))
        .where(
            col(Mentorship.mentor_id).in_(mentor_ids),
            col(Mentorship.status).in_((*OCCUPYING, ENDED)),
        )
    )
    in_order = query.order_by(
        case((col(Mentorship.status).in_(CHANGING), 0), else_=1),
        col(Mentorship.id),
    )
    return _by_domain(session.execute(in_order).all())


def _by_domain(found: Collection[Any]) -> list[tuple[int, Duo]]:
    """Return a pair for each domain in which it has a goal; for its own where it has none there yet."""
    aimed = {(row.id, row.goal_domain_id) for row in found}
    duos: dict[tuple[int, int], tuple[int, Duo]] = {}
    for row in found:
        if row.goal_domain_id is not None:
            aim = _duo(row, row.goal_domain_id, row.reached)
            duos[row.id, row.goal_domain_id] = row.mentor_id, aim
        if (row.id, row.domain_id) not in aimed:
            duos[row.id, row.domain_id] = row.mentor_id, _duo(row, row.domain_id, 0)
    return list(duos.values())


def _duo(row: Any, domain_id: int, reached: int) -> Duo:
    return Duo(
        mentorship_id=row.id,
        junior_id=row.junior_id,
        domain_id=domain_id,
        runs=row.status in CHANGING,
        proposed=row.status == PROPOSED,
        reached=reached,
        has_goal=row.goal_domain_id == domain_id,
    )


def standing(session: Session, person_id: int) -> Standing:
    """Return how somebody's plan stands; without one, how many pieces would be on it."""
    plan = plan_of(session, person_id)
    if plan is None:
        few = [one for one in held(session, person_id) if one.leans]
        return Standing(None, len(few), 0)
    return of_pieces(plan, pieces(session, person_id))


def of_pieces(plan: HandoverPlan | None, found: Sequence[Piece]) -> Standing:
    """Return how a plan with these pieces stands."""
    done = sum(piece.step >= PASSED_ON for piece in found)
    return Standing(plan, len(found), done)


def open_to_coordinators(session: Session) -> list[tuple[Person, HandoverPlan | None]]:
    """Return who has a plan that coordinators read, and who has a last day ahead; the first to leave on top."""
    mine = col(HandoverPlan.person_id) == col(Person.id)
    last_day = col(Person.last_day)
    leaves = last_day.is_not(None)
    gone = col(Person.left_on).is_not(None)
    ahead = and_(leaves, ~gone)
    has_plan = col(HandoverPlan.person_id).is_not(None)
    known = and_(leaves, has_plan)
    query = select(Person, HandoverPlan).outerjoin(HandoverPlan, mine)
    query = query.where(
        or_(
            ahead,
            known,
            col(HandoverPlan.shared),
        )
    )
    in_order = query.order_by(
        gone,
        ~leaves,
        last_day,
        *people.BY_NAME,
    )
    return list(session.exec(in_order))
