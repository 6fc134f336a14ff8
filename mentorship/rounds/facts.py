"""Plain records of who asks and who can guide: what a round is gathered from, whether rows or files hold them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentorship.matching import MONDAY, Timetable

Pair = tuple[int, int]
"""A request and a mentor, or two people, by id."""


@dataclass(frozen=True)
class PersonFacts:
    """What the match needs to know of anybody; the timetable may be that of the programme, for who has none."""

    id: int
    site: int
    languages: frozenset[str]
    manager: int | None
    remote: bool
    timetable: Timetable | None
    by_default: bool = False
    others_above: tuple[int, ...] = ()
    """Managers beside the first; all count as line."""


@dataclass(frozen=True)
class NeedFacts:
    """A domain with current and target level, and importance."""

    domain: int
    current: int
    target: int
    importance: int


@dataclass(frozen=True)
class RequestFacts:
    """An open request; `wanted_forms` are weights 1-5 by form, None when not ranked.

    `waited`: how many published rounds left it without a mentor. `trainer`: it asks for a practice trainer.
    """

    id: int
    person: int
    needs: tuple[NeedFacts, ...]
    wanted_forms: Mapping[str, int] | None
    waited: int = 0
    trainer: bool = False


@dataclass(frozen=True)
class MentorFacts:
    """A person with places; `levels` only of domains they want to pass on; `places` still free.

    `trainer`: they are a practice trainer, by a certificate that was confirmed and is valid.
    """

    person: int
    levels: Mapping[int, int]
    comfort: Mapping[str, int] | None
    places: int
    load: int
    paused: bool
    trainer: bool = False


@dataclass(frozen=True)
class Records:
    """All of a round: people by id, domains with whether they can be learned remotely, urgency by domain.

    `day` is the ordinal from which rosters are compared that have no short cycle in common; `default_roster` names that
    of the programme, by which who has none is matched.
    """

    people: Mapping[int, PersonFacts]
    requests: tuple[RequestFacts, ...]
    mentors: tuple[MentorFacts, ...]
    remote_domains: Mapping[int, bool]
    urgency: Mapping[int, float]
    apart: tuple[Pair, ...] = ()
    wished: tuple[Pair, ...] = ()
    day: int = MONDAY
    default_roster: str = ""
