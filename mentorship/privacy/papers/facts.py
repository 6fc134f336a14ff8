"""What the papers say of the running service, as plain values. Pure: no session, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

from mentorship.checkins.error_rates import ErrorRates
from mentorship.programme.consent.rules import Standing
from mentorship.rounds.fairness.rules import Fell

Part = TypeVar("Part", "Setup", "Asked", "Match", "Kept")
LEAST = 5
"""A group of fewer people is not counted out."""


@dataclass(frozen=True)
class Group:
    """How many people a paper touches in one way; None where they are fewer than five."""

    name: str
    people: int | None

    @classmethod
    def of(cls, name: str, people: int) -> Group:
        """Count a group, unless it is too small to be counted out."""
        return cls(name, people if people >= LEAST else None)


@dataclass(frozen=True)
class Asked:
    """The check-ins: the questions to each side word for word in both languages, the scale, and how often."""

    questions: Mapping[str, Sequence[Mapping[str, str]]]
    scale: Sequence[dict[str, str]]
    days: int
    later_days: int


@dataclass(frozen=True)
class Match:
    """By what a new round matches."""

    weights: Mapping[str, float]
    floor: float
    spread: float
    waiting: float
    hours_per_pair: float
    confirm_hours: bool
    proposal_days: int
    direct_days: int
    managers_pair: bool
    objection_days: int


@dataclass(frozen=True)
class Kept:
    """How long things are kept, in months after a pair ended, and after somebody left: named as the settings are."""

    notes_months: int
    answers_months: int
    pairs_months: int
    people_months: int


@dataclass(frozen=True)
class Setup:
    """What the organisation settled, and by what the service reaches further than itself.

    `contact`: whom people ask, "" while nobody is named, None where the name is left out.
    """

    organisation: str
    contact: str | None
    reach: str
    council_on: date | None
    no_council: bool
    assessed_on: date | None
    visibility: str | None
    integrations: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Table:
    """A table with data about people: what it states of itself, its columns, and how many rows it has."""

    name: str
    stated: Mapping[str, Any]
    columns: Sequence[str]
    rows: int


@dataclass(frozen=True)
class Oversight:
    """How often people decided otherwise than the match proposed, and what they did with its proposals."""

    rounds: int
    published: int
    locked: int
    forbidden: int
    refused: int


@dataclass(frozen=True)
class Fairness:
    """How the round that was published last fell out for groups, and what sites are called."""

    published_at: datetime
    found: Mapping[str, Sequence[Fell]]
    sites: Mapping[int, str]


@dataclass(frozen=True)
class Judging:
    """By which figures a class and a signal arise from answers and hours."""

    good: float
    low: float
    answers: int
    weeks: int
    twice: float
    fall: float
    over: float


def _with(part: Part, values: Mapping[str, Any]) -> Part:
    """Return a part with those of the values that it names."""
    own = {field.name for field in fields(part)}
    named = {name: value for name, value in values.items() if name in own}
    return replace(part, **named)


@dataclass(frozen=True)
class Facts:
    """Everything that a paper says of this service at a moment."""

    at: datetime
    version: str
    setup: Setup
    asked: Asked
    match: Match
    kept: Kept
    groups: Sequence[Group]
    people: int
    tables: Sequence[Table]
    oversight: Oversight
    judging: Judging
    errors: Sequence[ErrorRates]
    standing: Standing | None = None
    fairness: Fairness | None = None

    def as_asked(self) -> Facts:
        """Return the same as it becomes once what waits for consent is agreed to."""
        if self.standing is None:
            return self
        waits = self.standing.waits
        return replace(
            self,
            setup=_with(self.setup, waits),
            asked=_with(self.asked, waits),
            match=_with(self.match, waits),
            kept=_with(self.kept, waits),
        )

    def unnamed(self) -> Facts:
        """Return the same without the name of whom people ask: what is agreed to is kept, and names nobody."""
        if not self.setup.contact:
            return self
        setup = replace(self.setup, contact=None, reach="")
        return replace(self, setup=setup)
