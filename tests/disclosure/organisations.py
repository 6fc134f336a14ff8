"""Random organisations that live through some quarters: people join, leave, pass over, have several pairs, move."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mentorship.disclosure import Counted, Earlier, Figure, Place, choose

Chooser = Callable[[Sequence[Earlier], Sequence[Counted]], list[Figure]]


@dataclass
class Organisation:
    """Who is there, who was counted before, and what was published."""

    dice: random.Random
    sites: int
    domains: int
    leave: float
    answer: float
    held: bool = True
    people: dict[int, list[Counted]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    quarters: list[Earlier] = field(default_factory=list)
    figures: list[list[Figure]] = field(default_factory=list)
    numbers: int = 0

    def join(self) -> None:
        """Let somebody come, with one pair or two."""
        self.numbers += 1
        person = self.numbers
        pairs = 2 if self.dice.random() < 0.15 else 1
        site = min(int(self.dice.expovariate(1.0)), self.sites - 1)
        self.people[person] = []
        for number in range(pairs):
            domain = min(int(self.dice.expovariate(1.0)), self.domains - 1)
            self.people[person].append(Counted(person, person * 10 + number, site, domain))

    def pass_quarter(self, choose_figures: Chooser = choose) -> None:
        """Let people leave, come and move; ask everybody, and publish."""
        here = len(self.people)
        if self.quarters:
            for person in list(self.people):
                if self.dice.random() < self.leave:
                    del self.people[person]
            for _ in range(self.dice.randint(0, max(1, here // 3))):
                self.join()
        counted = self._ask()
        found = choose_figures(self.quarters, counted)
        published = {figure.place for figure in found if not figure.hidden}
        self.figures.append(found)
        self.quarters.append(Earlier(counted, published))

    def _ask(self) -> list[Counted]:
        counted = []
        answered = set()
        for person, pairs in self.people.items():
            if self.dice.random() > self.answer:
                continue
            answered.add(person)
            if self.held and self.quarters and person not in self.seen:
                continue
            if self.dice.random() < 0.02:
                moved = self.dice.randrange(self.sites)
                self.people[person] = [replace(one, site=moved) for one in pairs]
            for one in self.people[person]:
                counted.append(replace(one, value=self.dice.randrange(17) / 16))
        self.seen |= answered
        return counted


def organisation(seed: int, held: bool = True) -> Organisation:
    """Return an organisation that nobody was asked in yet."""
    dice = random.Random(seed)
    made = Organisation(
        dice,
        sites=dice.randint(1, 4),
        domains=dice.randint(1, 5),
        leave=dice.choice((0.05, 0.15, 0.3)),
        answer=dice.choice((0.6, 0.8, 1.0)),
        held=held,
    )
    for _ in range(dice.randint(5, 30)):
        made.join()
    return made


def lived(seed: int, choose_figures: Chooser = choose, held: bool = True) -> Organisation:
    """Return an organisation after one to four quarters."""
    made = organisation(seed, held)
    for _ in range(made.dice.randint(1, 4)):
        made.pass_quarter(choose_figures)
    return made


def place(level: str, key: int = 0) -> Place:
    """Name a place."""
    return Place(level, key)
