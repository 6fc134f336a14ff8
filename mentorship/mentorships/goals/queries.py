"""Reads of goals and of levels that wait to be confirmed. The number of queries never grows with the goals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Subquery, and_, func, literal_column, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from mentorship.base.db import Given, id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.once import once
from mentorship.mentor_requests import queries as mentor_requests
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import lookups, rules
from mentorship.mentorships.goals.models import CLAIMED, SECONDING, Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Domain, Expertise

SUGGESTED = 8
IS_OPEN = col(LevelClaim.status).in_([literal_column(f"'{status}'") for status in rules.OPEN])
"""Said as the index of open claims is, word for word: by values that are bound no database finds it."""


@dataclass(frozen=True)
class GoalState:
    """A goal with its domain, the level reached now, the claim that waits, and the claims settled, newest first."""

    goal: Goal
    domain: Domain
    reached: int
    open: LevelClaim | None = None
    settled: list[LevelClaim] = field(default_factory=list)

    @property
    def confirmed(self) -> int:
        """How many levels were confirmed."""
        return len(rules.confirmed(self.settled))

    @property
    def fulfilled(self) -> bool:
        """Tell whether the goal is reached."""
        return self.reached >= self.goal.target_level

    @property
    def waits_for_mentor(self) -> bool:
        """Tell whether a level waits for the mentor, rather than for a second or for nobody."""
        return self.open is not None and self.open.status == CLAIMED

    @property
    def waits_for_second(self) -> bool:
        """Tell whether a level waits for the second."""
        return self.open is not None and self.open.status == SECONDING

    @property
    def next_levels(self) -> range:
        """The levels that can be claimed."""
        return range(self.reached + 1, rules.TOP + 1)


@dataclass(frozen=True)
class WaitingClaim:
    """A claim that waits for somebody: the junior's `mentor`, or the second."""

    claim: LevelClaim
    goal: Goal
    mentorship: Mentorship
    junior: Person
    domain: Domain


@once
def of_pair(session: Session, mentorship_id: int, *, dropped: bool = False) -> list[GoalState]:
    """Return the goals of a pair (or those it dropped), the oldest first, in two queries."""
    rows = lookups.goals(session, mentorship_id, dropped).all()
    goal_ids = [id_of(goal) for goal, _ in rows]
    claims = _claims_of(session, goal_ids)
    found = []
    for goal, domain in rows:
        claimed = claims.get(id_of(goal), [])
        stands = state(goal, domain, claimed)
        found.append(stands)
    return found


def _claims_of(session: Session, goal_ids: Sequence[int]) -> dict[int, list[LevelClaim]]:
    found: dict[int, list[LevelClaim]] = {}
    for claim in lookups.claimed(session, goal_ids):
        found.setdefault(claim.goal_id, []).append(claim)
    return found


def state(goal: Goal, domain: Domain, claims: Sequence[LevelClaim]) -> GoalState:
    """Return how a goal stands by its claims."""
    waiting = None
    settled = []
    for claim in claims:
        if claim.status in rules.OPEN:
            waiting = claim
        else:
            settled.append(claim)
    reached = rules.reached(goal.start_level, rules.confirmed(claims))
    return GoalState(
        goal,
        domain,
        reached,
        waiting,
        settled,
    )


def locked(session: Session, goal_id: int) -> tuple[Mentorship, Goal, Sequence[LevelClaim]]:
    """Read a goal and its claims behind the lock of their pair, so that what two do at once follows each other."""
    known = session.get(Goal, goal_id)
    if known is None:
        raise Refused(N_("This is no longer there."))
    pair = mentorships.locked(session, known.mentorship_id)
    goal = session.get_one(Goal, goal_id, populate_existing=True)
    query = select(LevelClaim).where(LevelClaim.goal_id == goal_id)
    in_order = query.order_by(col(LevelClaim.id))
    claims = session.exec(in_order.execution_options(populate_existing=True))
    return pair, goal, claims.all()


@once
def waiting(session: Session, person_id: int) -> list[WaitingClaim]:
    """Return the claims that wait for a person, as the mentor or as the second, the oldest first."""
    return [WaitingClaim(*row) for row in session.execute(claims_for(person_id))]


def claims_for(person_id: Given[int]) -> Select[LevelClaim, Goal, Mentorship, Person, Domain]:
    """Return the query for the claims that wait for a person."""
    as_mentor = and_(
        col(LevelClaim.status) == CLAIMED,
        col(Mentorship.mentor_id) == person_id,
    )
    as_second = and_(
        col(LevelClaim.status) == SECONDING,
        col(LevelClaim.second_id) == person_id,
    )
    changing = col(Mentorship.status).in_(rules.CHANGING)
    return _claims().where(IS_OPEN, or_(as_mentor, as_second), changing)


def claimed(session: Session, claim_id: int) -> WaitingClaim:
    """Return a claim that exists, with what it is about."""
    found = session.execute(_claims().where(col(LevelClaim.id) == claim_id)).one()
    return WaitingClaim(*found)


def _claims() -> Select[LevelClaim, Goal, Mentorship, Person, Domain]:
    return (
        sa_select(
            LevelClaim,
            Goal,
            Mentorship,
            Person,
            Domain,
        )
        .join(Goal, col(Goal.id) == LevelClaim.goal_id)
        .join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
        .join(Person, col(Person.id) == Mentorship.junior_id)
        .join(Domain, col(Domain.id) == Goal.domain_id)
        .order_by(col(LevelClaim.id))
    )


def suggestions(session: Session, pair: Mentorship, levels: Mapping[int, int]) -> dict[int, list[Person]]:
    """Return who could confirm a level as the second, by domain: at most eight each, the junior's site first.

    `levels`: the level to confirm in each domain. Only who is willing to pass it on, for what others can do is not
    the mentor's to know. The junior's own manager always comes last.
    """
    if not levels:
        return {}
    junior = session.get_one(Person, pair.junior_id)
    manager = _manager(session, junior, pair.mentor_id)
    last = [] if manager is None else [manager]
    others = {pair.mentor_id, pair.junior_id, *map(id_of, last)}
    ranked = _ranked(levels, junior, others)
    query = (
        sa_select(ranked.c.domain_id, Person)
        .join(Person, col(Person.id) == ranked.c.id)
        .where(ranked.c.place <= SUGGESTED - len(last))
        .order_by(ranked.c.place)
    )
    found: dict[int, list[Person]] = {domain_id: [] for domain_id in levels}
    for domain_id, person in session.execute(query):
        found[domain_id].append(person)
    for suggested in found.values():
        suggested.extend(last)
    return found


def _manager(session: Session, junior: Person, mentor_id: int) -> Person | None:
    """Return the junior's manager, who can be asked too; None when they left, or are the mentor."""
    if junior.manager_id is None or junior.manager_id == mentor_id:
        return None
    manager = session.get_one(Person, junior.manager_id)
    return manager if manager.left_on is None else None


def _ranked(levels: Mapping[int, int], junior: Person, without: Collection[int]) -> Subquery:
    """Return who is able and willing in each domain, with their place in the order in which they are suggested."""
    able = []
    for domain_id, level in levels.items():
        enough = and_(
            col(Expertise.domain_id) == domain_id,
            col(Expertise.level) >= level,
        )
        able.append(enough)
    elsewhere = col(Person.site_id) != junior.site_id
    nearest_first = elsewhere, *people.BY_NAME
    place = func.row_number().over(partition_by=col(Expertise.domain_id), order_by=nearest_first)
    query = (
        sa_select(
            col(Expertise.domain_id),
            col(Person.id),
            place.label("place"),
        )
        .join(Person, col(Person.id) == Expertise.person_id)
        .where(
            or_(*able),
            col(Expertise.willing).is_(True),
            col(Person.left_on).is_(None),
            col(Person.id).not_in(without),
        )
    )
    return query.subquery()


def shared_levels(session: Session, pair: Mentorship, *, own: bool) -> dict[int, int]:
    """Return the junior's levels by domain: all in their `own` view, else those of what the pair was made for."""
    shared = {pair.domain_id}
    if pair.request_id is not None:
        needs = mentor_requests.needs_of(session, [pair.request_id])
        shared.update(need.domain_id for need in needs.get(pair.request_id, []))
    levels = profiles.levels(session, pair.junior_id)
    return rules.prefilled(levels, shared, own=own)


def goal_sides(session: Session, goal_id: int) -> Subject | None:
    """Return the two whose goal it is: either chooses by when it is meant to be reached."""
    return _owners(session, Goal.id == goal_id, Mentorship.mentor_id, Mentorship.junior_id)


def goal_junior(session: Session, goal_id: int) -> Subject | None:
    """Return the junior whose goal it is."""
    return _owners(session, Goal.id == goal_id, Mentorship.junior_id)


def claim_junior(session: Session, claim_id: int) -> Subject | None:
    """Return the junior who claims a level."""
    return _owners(session, LevelClaim.id == claim_id, Mentorship.junior_id)


def claim_mentor(session: Session, claim_id: int) -> Subject | None:
    """Return the mentor who confirms a level."""
    return _owners(session, LevelClaim.id == claim_id, Mentorship.mentor_id)


def claim_second(session: Session, claim_id: int) -> Subject | None:
    """Return the second who confirms a level."""
    found = session.get(LevelClaim, claim_id)
    if found is None or found.second_id is None:
        return None
    return Subject(frozenset({found.second_id}))


def _owners(session: Session, condition: Any, *columns: Any) -> Subject | None:
    query = (
        sa_select(*columns)
        .select_from(Goal)
        .join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
        .join(LevelClaim, col(LevelClaim.goal_id) == Goal.id, isouter=True)
        .where(condition)
    )
    row = session.execute(query).first()
    return None if row is None else Subject(frozenset(row))
