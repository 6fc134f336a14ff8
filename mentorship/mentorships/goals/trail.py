"""A goal as a trail of steps from where it began to its target, as one reader finds it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext, joined, ngettext
from mentorship.mentorships.goals import dates
from mentorship.mentorships.goals.cards import Reader
from mentorship.mentorships.goals.dates import NOWHERE, Calendar
from mentorship.mentorships.goals.models import CONFIRMED, LevelClaim
from mentorship.mentorships.goals.queries import GoalState
from mentorship.mentorships.models import JUNIOR, MENTOR
from mentorship.people.models import Person
from mentorship.profiles.words import EXAMPLES, LEVELS

DONE, SAID, NOW, LATER = "done", "claimed", "now", "later"
"""How a step stands: confirmed, said by the junior and waiting for a look, next, after that."""


@dataclass(frozen=True)
class Looking:
    """Who reads a trail, the people it names, by id, and the days as the reader knows them."""

    reader: Reader
    mentor: Person
    junior: Person
    people: Mapping[int, Person]
    calendar: Calendar = NOWHERE


@dataclass(frozen=True)
class Step:
    """One level on the way: its word, how it stands, and who saw it or looks at it."""

    level: int
    title: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Trail:
    """The steps of a goal in one domain, and how many of them were confirmed.

    `claims`: the level that the reader, as the junior, can say they reached next; `confirms`: what was said waits for
    the reader, as the mentor; `due`: by when it is meant to be reached, in words.
    """

    goal_id: int
    domain_id: int
    title: str
    words: str
    start: int
    reached: int
    target: int
    steps: tuple[Step, ...]
    claims: int | None
    confirms: bool
    due: str = ""

    @property
    def acts_on(self) -> int | None:
        """The step on which the reader has something to do: say that they can, or say what they saw."""
        if self.confirms:
            return max(step.level for step in self.steps if step.state == SAID)
        return self.claims

    @property
    def done(self) -> int:
        """How many steps were confirmed, of those up to the target."""
        return min(self.reached, self.target) - self.start

    @property
    def all(self) -> int:
        """How many steps the goal has."""
        return self.target - self.start


def trails(states: Iterable[GoalState], looking: Looking) -> dict[int, Trail]:
    """Return the way of each goal, by its id."""
    return {id_of(state.goal): trail(state, looking) for state in states}


def trail(state: GoalState, looking: Looking) -> Trail:
    """Return the trail of one goal."""
    goal = state.goal
    said = state.open.level if state.open is not None else state.reached
    last = max(goal.target_level, said, state.reached)
    steps = []
    for level in range(goal.start_level + 1, last + 1):
        step = _step(level, state, looking)
        steps.append(step)
    claims = None
    if looking.reader.as_junior and state.open is None and not state.fulfilled:
        claims = state.reached + 1
    return Trail(
        goal_id=id_of(goal),
        domain_id=goal.domain_id,
        title=state.domain.title,
        words=goal.words,
        start=goal.start_level,
        reached=state.reached,
        target=goal.target_level,
        steps=tuple(steps),
        claims=claims,
        confirms=looking.reader.as_mentor and state.waits_for_mentor,
        due=dates.said(state, looking.calendar),
    )


def _step(level: int, state: GoalState, looking: Looking) -> Step:
    word = gettext(LEVELS[level])
    title = word[0].upper() + word[1:]
    if level <= state.reached:
        return Step(level, title, DONE, _seen(level, state, looking))
    if state.open is not None:
        if level < state.open.level:
            return Step(level, title, SAID)
        if level == state.open.level:
            return Step(level, title, SAID, _waits(state.open, looking))
    if state.open is None and level == state.reached + 1:
        note = gettext(EXAMPLES[level]) if looking.reader.side == JUNIOR else gettext("Next step")
        return Step(level, title, NOW, note)
    return Step(level, title, LATER)


def _seen(level: int, state: GoalState, looking: Looking) -> str:
    """Say who saw a step and when; nothing of one that was passed over."""
    for claim in state.settled:
        if claim.status == CONFIRMED and claim.level == level:
            return _who_saw(claim, looking)
    return ""


def _who_saw(claim: LevelClaim, looking: Looking) -> str:
    second = looking.people.get(claim.second_id) if claim.second_id is not None else None
    if looking.reader.side == MENTOR and second is None:
        return gettext("You saw it on %(day)s", day=day(claim.settled_at))
    names = [looking.mentor.given_name]
    if looking.reader.side == MENTOR:
        names = [gettext("you")]
    if second is not None:
        names.append(second.name)
    if len(names) == 1:
        return gettext("%(name)s saw it on %(day)s", name=names[0], day=day(claim.settled_at))
    return gettext("Seen by %(names)s on %(day)s", names=joined(names), day=day(claim.settled_at))


def _waits(claim: LevelClaim, looking: Looking) -> str:
    if claim.second_id is not None:
        second = looking.people[claim.second_id]
        return gettext("%(name)s looks at it too", name=second.name)
    if looking.reader.side == JUNIOR:
        return gettext("You say you can; %(name)s still looks", name=looking.mentor.given_name)
    if looking.reader.side == MENTOR:
        return gettext("%(name)s says so. What did you see?", name=looking.junior.given_name)
    return gettext("%(junior)s says so; the mentor still looks", junior=looking.junior.given_name)


def progress(trails: Iterable[Trail]) -> tuple[int, int]:
    """Return how many steps of all goals were confirmed, and of how many."""
    done = 0
    of = 0
    for one in trails:
        done += one.done
        of += one.all
    return done, of


def first_to_act(trails: Iterable[Trail]) -> int | None:
    """Return the first goal in which the reader has something to do: its step has the blue button of a page."""
    for one in trails:
        if one.acts_on is not None:
            return one.goal_id
    return None


def heading(trails: Collection[Trail]) -> str:
    """Return how far a pair is with all its goals."""
    if not trails:
        return gettext("No goals yet")
    done, of = progress(trails)
    return ngettext(
        "%(done)s of %(num)s step taken",
        "%(done)s of %(num)s steps taken",
        of,
        done=done,
    )


def who(side: str | None, mentor: Person, junior: Person) -> str:
    """Name a pair to one of the two, or to who looks on."""
    if side is None:
        return f"{mentor.name} – {junior.name}"
    other = junior if side == MENTOR else mentor
    return gettext("You and %(name)s", name=other.given_name)


def asks_level(side: str | None, junior: Person) -> str:
    """Ask where a junior stands: of themselves, or of another."""
    if side == JUNIOR:
        return gettext("Where are you now?")
    return gettext(
        "Where is %(name)s now?",
        name=junior.name,
    )
