"""The goals of a pair as one reader finds them on its page: how far each is, and what that reader can do. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mentorship.base.i18n import day, gettext, joined
from mentorship.mentorships.goals import rules, words
from mentorship.mentorships.goals.models import CONFIRMED, DECLINED, LevelClaim
from mentorship.mentorships.goals.queries import GoalState
from mentorship.mentorships.models import JUNIOR, MENTOR
from mentorship.people.models import Person
from mentorship.profiles.models import Domain
from mentorship.profiles.words import LEVELS, domain_options


@dataclass(frozen=True)
class Verdict:
    """What was said of a level that was claimed before: confirmed, with what was seen, or not yet."""

    text: str
    confirmed: bool
    evidence: str


@dataclass(frozen=True)
class Reader:
    """Who reads the page of a pair: on which side (None: neither), and whether its goals can change for them."""

    side: str | None
    changing: bool

    @property
    def as_mentor(self) -> bool:
        """Tell whether they answer as the mentor."""
        return self.changing and self.side == MENTOR

    @property
    def as_junior(self) -> bool:
        """Tell whether they claim as the junior."""
        return self.changing and self.side == JUNIOR


@dataclass(frozen=True)
class GoalCard:
    """One goal of a pair for one reader, and which forms stand on it.

    `second`: who was asked to confirm too; `seconds`: the number and description of those who can be.
    """

    state: GoalState
    reader: Reader
    verdicts: Sequence[Verdict]
    second: Person | None
    seconds: Sequence[tuple[str, str]]

    @property
    def form(self) -> str:
        """What its form is called when it is shown again."""
        if self.state.open is None:
            return f"goal-{self.state.goal.id}"
        return f"claim-{self.state.open.id}"

    @property
    def confirms(self) -> bool:
        """Tell whether a level waits for the reader, as the mentor."""
        return self.reader.as_mentor and self.state.waits_for_mentor

    @property
    def needs_second(self) -> bool:
        """Tell whether a second confirms the level that waits too."""
        return self.state.open is not None and rules.needs_second(self.state.open.level)

    @property
    def asks_another(self) -> bool:
        """Tell whether the reader, as the mentor, can ask another second."""
        return self.reader.as_mentor and self.state.waits_for_second

    @property
    def takes_back(self) -> bool:
        """Tell whether the reader, as the junior, can take back what they claimed."""
        return self.reader.as_junior and self.state.open is not None

    @property
    def claims(self) -> bool:
        """Tell whether the reader, as the junior, can claim more than the next step."""
        if self.state.open is not None:
            return False
        return self.reader.as_junior and bool(self.further)

    @property
    def further(self) -> Sequence[int]:
        """The levels beyond the next step; all that are left once the goal is reached."""
        levels = self.state.next_levels
        return levels if self.state.fulfilled else levels[1:]

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What the mentor can tap of what they saw."""
        return [] if self.state.open is None else words.offered(self.state.open.level)

    @property
    def dates(self) -> bool:
        """Tell whether the reader can choose by when it is meant to be reached."""
        return self.reader.changing and not self.state.fulfilled

    @property
    def drops(self) -> bool:
        """Tell whether the reader can drop the goal."""
        return self.reader.as_junior and not self.state.confirmed


def seconds_of(states: Sequence[GoalState]) -> list[int | None]:
    """Return everybody who was asked to confirm as the second."""
    found = []
    for state in states:
        found += [claim.second_id for claim in state.settled]
        if state.open is not None:
            found.append(state.open.second_id)
    return found


def levels_to_second(states: Sequence[GoalState]) -> dict[int, int]:
    """Return the levels that need a second, by domain."""
    found = {}
    for state in states:
        if state.open is not None and rules.needs_second(state.open.level):
            found[state.goal.domain_id] = state.open.level
    return found


def card(
    state: GoalState,
    reader: Reader,
    mentor: Person,
    people: Mapping[int, Person],
    seconds: Sequence[tuple[str, str]],
) -> GoalCard:
    """Return how a goal stands on the page of one reader; `people` holds everybody who was ever a second."""
    verdicts = _verdicts(state, mentor, people)
    second_id = state.open.second_id if state.open is not None else None
    if second_id is None:
        return GoalCard(
            state,
            reader,
            verdicts,
            None,
            seconds,
        )
    second = people[second_id]
    others = []
    for number, text in seconds:
        if number != second.number:
            others.append((number, text))
    return GoalCard(
        state,
        reader,
        verdicts,
        second,
        others,
    )


def _verdicts(state: GoalState, mentor: Person, people: Mapping[int, Person]) -> list[Verdict]:
    found = []
    for claim in state.settled:
        if claim.status == CONFIRMED:
            text = _confirmed(claim, mentor, people)
            found.append(Verdict(text, True, claim.evidence))
        elif claim.status == DECLINED:
            text = gettext(
                "“%(level)s”: not yet, said on %(day)s",
                level=gettext(LEVELS[claim.level]),
                day=day(claim.settled_at),
            )
            found.append(Verdict(text, False, ""))
    return found


def _confirmed(claim: LevelClaim, mentor: Person, people: Mapping[int, Person]) -> str:
    names = [mentor.name]
    if claim.second_id is not None:
        names.append(people[claim.second_id].name)
    return gettext(
        "“%(level)s” confirmed on %(day)s by %(names)s",
        level=gettext(LEVELS[claim.level]),
        day=day(claim.settled_at),
        names=joined(names),
    )


def choice_of(person: Person, junior: Person, sites: Mapping[int, str]) -> tuple[str, str]:
    """Return the number and description of somebody who can be asked as the second: who they are to the junior."""
    where = sites[person.site_id]
    if person.id == junior.manager_id:
        where = gettext("%(name)s's manager", name=junior.name)
    return person.number, f"{person.name} · {where}"


@dataclass(frozen=True)
class Adding:
    """What a new goal can be about (`free`), and for the `domain` chosen its form with the levels to choose."""

    free: Sequence[tuple[object, str]] = ()
    domain: Domain | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    asks: str = ""
    hint: str = ""
    begins: Sequence[tuple[int, str]] = ()
    targets: Sequence[tuple[int, str]] = ()


NOTHING_TO_ADD = Adding()


def adding(states: Sequence[GoalState], domains: Sequence[Domain], wanted: object) -> Adding:
    """Return what a new goal can be about, and which domain was chosen: `wanted` is its id as an address has it."""
    taken = {state.domain.id for state in states}
    free: list[Domain] = []
    chosen = None
    for domain in domains:
        if domain.id not in taken:
            free.append(domain)
            if str(domain.id) == wanted:
                chosen = domain
    return Adding(domain_options(free), chosen)


def hint(junior: Person, reader: Reader, known: bool) -> str:
    """Say where the level comes from that a form is filled with, or who knows it."""
    if known:
        return gettext("As in the profile.")
    if reader.as_mentor:
        return gettext("Ask %(name)s.", name=junior.given_name)
    return ""


def filled(empty: Adding, known: int | None, typed: Mapping[str, Any], asks: str, hint: str) -> Adding:
    """Return the form of a new goal filled in: from the level known, or with what was typed before."""
    current = rules.begins_at(known)
    first = {"current": current, "target": current + 1}
    levels = []
    for level, word in enumerate(LEVELS):
        levels.append((level, gettext(word)))
    return replace(
        empty,
        values={**first, **typed},
        asks=asks,
        hint=hint,
        begins=levels[:-1],
        targets=levels[1:],
    )
