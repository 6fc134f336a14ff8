"""Pure decisions about a first meeting: what a tap comes to, how far the two are, and when a desk speaks of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.mentorships.meeting.points import BY_KEY, DOMAIN, POINTS, WEEKDAY
from mentorship.mentorships.models import ACTIVE, PAUSED

FIRST_WEEKS = timedelta(weeks=8)
"""So long after a pair began, the desks of the two offer the first meeting."""


@dataclass(frozen=True)
class Choice:
    """How a point stands: what both agreed, what one proposes, and which side that is; "" for nothing."""

    agreed: str = ""
    proposed: str = ""
    by: str = ""


NOTHING_CHOSEN = Choice()
Choices = Mapping[str, Choice]
"""How each point stands at which something was chosen, by its key."""


@dataclass(frozen=True)
class Standing:
    """How far the two are, as one of them finds it: the keys of the points, in their order.

    `agreed`: nothing else waits there; `theirs`: proposed by the other; `mine`: proposed by oneself; `open`: untouched.
    """

    agreed: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Tell whether both agreed on all ten."""
        return len(self.agreed) == len(POINTS)


def standing(choices: Choices, side: str) -> Standing:
    """Return how far the two are, for the one on this side."""
    agreed: list[str] = []
    theirs: list[str] = []
    mine: list[str] = []
    untouched: list[str] = []
    for point in POINTS:
        choice = choices.get(point.key, NOTHING_CHOSEN)
        if choice.by:
            whose = mine if choice.by == side else theirs
            whose.append(point.key)
        elif choice.agreed:
            agreed.append(point.key)
        else:
            untouched.append(point.key)
    return Standing(tuple(agreed), tuple(theirs), tuple(mine), tuple(untouched))


def chosen(before: Choice, key: str, side: str) -> Choice:
    """Return how a point stands after a tap: the other's proposal is agreed to, another choice waits for their yes.

    The choice that holds already lets a proposal go.
    """
    if key == before.agreed:
        return Choice(before.agreed)
    if key == before.proposed and before.by != side:
        return Choice(key)
    return Choice(before.agreed, key, side)


def taken_back(before: Choice, side: str) -> Choice:
    """Return how a point stands after one took back what they proposed; of the other's nothing changes."""
    if before.by != side:
        return before
    return Choice(before.agreed)


def check_shown(choices: Choices, shown: Mapping[str, str], side: str) -> None:
    """Refuse a yes to something else than what the other proposes now."""
    for point, key in shown.items():
        choice = choices.get(point, NOTHING_CHOSEN)
        agreed_already = choice.agreed == key and not choice.by
        proposed_still = choice.proposed == key and choice.by != side
        if not (agreed_already or proposed_still):
            raise Conflict(N_("The other chose something else in the meantime. Look again, and say yes to that."))


def check_point(point: str) -> None:
    """Refuse a point that is none of the ten."""
    if point not in BY_KEY:
        raise Refused(N_("This is none of the ten points."))


def check_option(key: str, offered: Collection[str]) -> None:
    """Refuse what cannot be chosen at a point."""
    if key not in offered:
        raise Refused(N_("This cannot be chosen any more. Choose one of the answers."))


def can_change(status: str) -> bool:
    """Tell whether the two can agree on something: while the pair runs or pauses."""
    return status in (ACTIVE, PAUSED)


def check_changing(status: str) -> None:
    """Refuse to agree on anything in a pair that does not run or pause."""
    if not can_change(status):
        raise Refused(N_("You agree on something while the pair is running or paused."))


def is_on_desk(
    stands: Standing,
    *,
    began_on: date | None,
    aside_at: datetime | None,
    proposed_at: datetime | None,
    today: date,
) -> bool:
    """Tell whether the desk of one of the two speaks of it: once something waits for their yes, or in the first weeks.

    `proposed_at`: when the other proposed something last; `aside_at`: when they put it aside, which counts until then.
    """
    if stands.theirs:
        return aside_at is None or (proposed_at is not None and proposed_at > aside_at)
    if aside_at is not None or not stands.open:
        return False
    return began_on is not None and began_on <= today < began_on + FIRST_WEEKS


def domain_of(key: str) -> int | None:
    """Return the domain that a choice names, None when it names none."""
    if not key.startswith(DOMAIN):
        return None
    return int(key.removeprefix(DOMAIN))


def weekday_of(key: str) -> int | None:
    """Return the weekday that a choice names (0 = Monday), None when it names none."""
    if not key.startswith(WEEKDAY):
        return None
    return int(key.removeprefix(WEEKDAY))
