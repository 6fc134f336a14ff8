"""How the running pairs stand: all for the coordinator, the sides of their own line for a manager; never one's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins.balance import UNKNOWN, classify
from mentorship.checkins.told import always
from mentorship.checkins.visibility import SIDES
from mentorship.insight.duos import standing
from mentorship.insight.duos.kept import KeptSides
from mentorship.insight.duos.scope import Scope
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import Actor

MONTH = timedelta(weeks=4)
ENOUGH = 5
"""Of fewer pairs whose class is known now and was then, moves would say of which pair they are."""


@dataclass(frozen=True)
class Classes:
    """How many running pairs are of each class, and how many went from one class to another in four weeks."""

    counts: Counter[str]
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def came(self) -> Counter[str]:
        """Count the pairs that came into each class from another."""
        found: Counter[str] = Counter()
        for (_before, after), number in self.moves.items():
            found[after] += number
        return found


def classes(session: Session, actor: Actor, now: datetime, kept: KeptSides) -> Classes:
    """Count the classes of all running pairs that the actor is no side of: of one's own it would tell the other's."""
    running = _running(session, actor.person_id)
    today = local_date(now)
    sides = kept.of(session, running, now, always, ())
    before = kept.before(session, running, today, now - MONTH)
    after = {one: classify(sides[one][JUNIOR], sides[one][MENTOR]) for one in running}
    then = {one: classify(before[one][JUNIOR], before[one][MENTOR]) for one in running}
    return Classes(
        Counter(after.values()),
        moves(then, after),
    )


def moves(then: dict[int, str], after: dict[int, str]) -> Counter[tuple[str, str]]:
    """Count who went from which class to which; nothing where so few are known that each could be told apart."""
    known = [one for one in after if UNKNOWN not in (then[one], after[one])]
    if len(known) < ENOUGH:
        return Counter()
    return Counter((then[one], after[one]) for one in known if then[one] != after[one])


def _running(session: Session, me: int) -> list[int]:
    query = select(Mentorship.id).where(
        col(Mentorship.status) == ACTIVE,
        col(Mentorship.mentor_id) != me,
        col(Mentorship.junior_id) != me,
    )
    return [pair_id for pair_id in session.exec(query) if pair_id is not None]


def line_sides(session: Session, actor: Actor, now: datetime, kept: KeptSides) -> dict[str, Counter[str]]:
    """Count how the juniors and the mentors in a manager's line stand, as far as they are told it."""
    scope = Scope(
        session,
        actor,
        False,
        local_date(now),
    )
    stands = standing.standings(session, scope, now, kept)
    found: dict[str, Counter[str]] = {side: Counter() for side in SIDES}
    for one in stands.running:
        theirs = [side for side in SIDES if side in one.ties.lines]
        for side, low in zip(theirs, stands.told.get(one.mentorship_id, ()), strict=False):
            found[side][low] += 1
    return found
