"""The spread of levels in a team, and who could learn what from whom. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

PASSES_ON = 3
"""From this level on somebody can pass a domain on, when they want to."""
MOST = 2
"""Of so many colleagues a domain could be learned by somebody: the most experienced first."""


@dataclass(frozen=True)
class Member:
    """Somebody of a team: their levels, what they want to pass on, what their job asks, and whether they begin."""

    person_id: int
    have: Mapping[int, int] = field(default_factory=dict)
    willing: Collection[int] = ()
    asked: Mapping[int, int] = field(default_factory=dict)
    junior: bool = False


@dataclass(frozen=True)
class Lesson:
    """What somebody could learn from a colleague; `upward`: a junior passes it on to who is none."""

    learner: int
    giver: int
    domain_id: int
    have: int
    level: int
    upward: bool


@dataclass(frozen=True)
class Spread:
    """How many of a team stand at each level of a domain, 0 to 5, and how many lack what their job asks."""

    domain_id: int
    counts: tuple[int, ...]
    lacking: int

    @property
    def holders(self) -> int:
        """Return how many can pass it on."""
        return sum(self.counts[PASSES_ON:])


def as_shown(one: Member) -> Member:
    """Return how somebody stands in what their own job asks, and nothing beside it."""
    have = {domain_id: level for domain_id, level in one.have.items() if domain_id in one.asked}
    return replace(one, have=have, willing=[domain_id for domain_id in one.willing if domain_id in one.asked])


def spreads(team: Sequence[Member]) -> list[Spread]:
    """Return the spread of each domain that somebody has or a job asks: most lacked first, then fewest holders."""
    domains = {domain_id for one in team for domain_id in one.have.keys() | one.asked.keys()}
    found = []
    for domain_id in domains:
        levels = Counter(one.have.get(domain_id, 0) for one in team)
        counts = tuple(levels[level] for level in range(6))
        if counts[0] < len(team) or _lacking(team, domain_id):
            found.append(Spread(domain_id, counts, _lacking(team, domain_id)))
    return sorted(found, key=lambda spread: (-spread.lacking, spread.holders, spread.domain_id))


def _lacking(team: Sequence[Member], domain_id: int) -> int:
    return sum(one.have.get(domain_id, 0) < one.asked.get(domain_id, 0) for one in team)


def lessons(team: Sequence[Member]) -> list[Lesson]:
    """Return who could learn from whom what their job asks, of those who want to pass it on and are further."""
    found = []
    for learner in team:
        for domain_id, need in learner.asked.items():
            have = learner.have.get(domain_id, 0)
            if have < need:
                found += _of(team, learner, domain_id, have)
    return found


def _of(team: Sequence[Member], learner: Member, domain_id: int, have: int) -> list[Lesson]:
    least = max(PASSES_ON, have + 1)
    givers = [one for one in team if domain_id in one.willing and one.have.get(domain_id, 0) >= least]
    givers.sort(key=lambda one: (-one.have[domain_id], one.person_id))
    return [
        Lesson(
            learner.person_id,
            giver.person_id,
            domain_id,
            have,
            giver.have[domain_id],
            giver.junior and not learner.junior,
        )
        for giver in givers[:MOST]
    ]
