"""Reads of goals and of levels that wait to be confirmed. The number of queries never grows with the goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from mentorship.mentor_requests import queries as request_queries
from mentorship.mentorships.goals import rules as goals
from mentorship.mentorships.goals.models import CLAIMED, CONFIRMED, SECONDING, Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Domain, Expertise

SUGGESTED = 8


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
        return sum(claim.status == CONFIRMED for claim in self.settled)

    @property
    def next_levels(self) -> range:
        """The levels that can be claimed."""
        return range(self.reached + 1, goals.TOP + 1)


@dataclass(frozen=True)
class Waiting:
    """A claim that waits for somebody: the junior's `mentor`, or the second."""

    claim: LevelClaim
    goal: Goal
    mentorship: Mentorship
    junior: Person
    domain: Domain


def of_pair(session: Session, mentorship_id: int, *, dropped: bool = False) -> list[GoalState]:
    """Return the goals of a pair (or those it dropped), the oldest first, in two queries."""
    query = select(Goal, Domain).join(Domain, col(Domain.id) == Goal.domain_id)
    gone = col(Goal.dropped_at)
    query = query.where(Goal.mentorship_id == mentorship_id, gone.is_not(None) if dropped else gone.is_(None))
    rows = session.exec(query.order_by(col(Goal.made_at), col(Goal.id))).all()
    claims: dict[int, list[LevelClaim]] = {}
    ids = [goal.id for goal, _ in rows]
    of_goals = select(LevelClaim).where(col(LevelClaim.goal_id).in_(ids)).order_by(col(LevelClaim.id).desc())
    for claim in session.exec(of_goals):
        claims.setdefault(claim.goal_id, []).append(claim)
    return [state(goal, domain, claims.get(goal.id or 0, [])) for goal, domain in rows]


def state(goal: Goal, domain: Domain, claims: list[LevelClaim]) -> GoalState:
    """Return how a goal stands by its claims."""
    reached = goals.reached(goal.start_level, [c.level for c in claims if c.status == CONFIRMED])
    waiting = next((c for c in claims if c.status in goals.OPEN), None)
    return GoalState(goal, domain, reached, waiting, [c for c in claims if c.status not in goals.OPEN])


def waiting(session: Session, person_id: int) -> list[Waiting]:
    """Return the claims that wait for a person, as the mentor or as the second, the oldest first."""
    mine = or_(
        and_(col(LevelClaim.status) == CLAIMED, col(Mentorship.mentor_id) == person_id),
        and_(col(LevelClaim.status) == SECONDING, col(LevelClaim.second_id) == person_id),
    )
    return _claims(session, mine, col(Mentorship.status).in_(goals.CHANGING))


def claimed(session: Session, claim_id: int) -> Waiting:
    """Return a claim that exists, with what it is about."""
    (found,) = _claims(session, col(LevelClaim.id) == claim_id)
    return found


def _claims(session: Session, *conditions: Any) -> list[Waiting]:
    query = sa_select(LevelClaim, Goal, Mentorship, Person, Domain).where(*conditions)
    query = query.where(col(Goal.id) == LevelClaim.goal_id, col(Mentorship.id) == Goal.mentorship_id)
    query = query.where(col(Person.id) == Mentorship.junior_id, col(Domain.id) == Goal.domain_id)
    return [Waiting(*row) for row in session.execute(query.order_by(col(LevelClaim.id)))]


def suggestions(session: Session, pair: Mentorship, levels: Mapping[int, int]) -> dict[int, list[Person]]:
    """Return who could confirm a level as the second, by domain: at most eight each, the junior's site first.

    `levels`: the level to confirm in each domain. Only who is willing to pass it on, for what others can do is not
    the mentor's to know. The junior's own manager always comes last.
    """
    if not levels:
        return {}
    junior = session.get_one(Person, pair.junior_id)
    manager = session.get(Person, junior.manager_id) if junior.manager_id else None
    last = [manager] if manager and manager.left_on is None and manager.id != pair.mentor_id else []
    able = or_(*(and_(col(Expertise.domain_id) == d, col(Expertise.level) >= level) for d, level in levels.items()))
    nearest = (col(Person.site_id) != junior.site_id, Person.family_name, Person.given_name, col(Person.id))
    place = func.row_number().over(partition_by=col(Expertise.domain_id), order_by=nearest)
    query = sa_select(col(Expertise.domain_id), col(Person.id), place.label("place"))
    query = query.join(Person, col(Person.id) == Expertise.person_id).where(able, col(Expertise.willing).is_(True))
    others = [i for i in (pair.mentor_id, pair.junior_id, *(m.id for m in last)) if i is not None]
    ranked = query.where(col(Person.id).not_in(others), col(Person.left_on).is_(None)).subquery()
    chosen = sa_select(ranked.c.domain_id, Person).join(Person, col(Person.id) == ranked.c.id)
    chosen = chosen.where(ranked.c.place <= SUGGESTED - len(last)).order_by(ranked.c.place)
    found: dict[int, list[Person]] = {domain_id: [] for domain_id in levels}
    for domain_id, person in session.execute(chosen):
        found[domain_id].append(person)
    return {domain_id: [*people, *last] for domain_id, people in found.items()}


def shared_levels(session: Session, pair: Mentorship, *, own: bool) -> dict[int, int]:
    """Return the junior's levels by domain: all in their `own` view, else those of what the pair was made for."""
    needs = request_queries.needs_of(session, [pair.request_id]).get(pair.request_id or 0, [])
    shared = {pair.domain_id, *(need.domain_id for need in needs)}
    return goals.prefilled(profiles.levels(session, pair.junior_id), shared, own=own)


def goal_subject(session: Session, goal_id: int) -> Subject | None:
    """Return both sides of the pair whose goal it is."""
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
    return Subject(frozenset({found.second_id})) if found and found.second_id else None


def _owners(session: Session, condition: Any, *columns: Any) -> Subject | None:
    query = sa_select(*columns).select_from(Goal).join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
    query = query.join(LevelClaim, col(LevelClaim.goal_id) == Goal.id, isouter=True).where(condition)
    row = session.execute(query).first()
    return Subject(frozenset(row)) if row else None
