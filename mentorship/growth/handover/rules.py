"""Pure decisions on a handover: who may have a plan, what goes on it, who reads it, and how far a piece is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.growth.handover.models import NOT_BEGUN, PASSED_ON, STEPS, UNDER_WAY, WRITTEN_DOWN
from mentorship.profiles import coverage

LONGEST_AHEAD = timedelta(days=3 * 365)
SPARE = timedelta(days=7)
"""So long before the last day the last piece should be passed on."""
CHOOSE, WISH, PAIR, ASKED, AIM, DUO, PLACE, TICK, DONE = (
    *("choose", "wish", "pair", "asked", "aim"),
    *("duo", "place", "tick", "done"),
)
"""What comes next: say who, say that one would like to, propose a pair, wait for an answer, set a goal in a pair that
runs, look at that pair, say where it is written down, tick that it is; nothing."""
ASKING = (WISH, PAIR, ASKED, AIM, DUO)
"""Of these what is about asking somebody who was chosen."""
NO_REASON = N_("A handover plan is for who has a last day, or said in “My plans” to leave within three years.")
NO_LAST_DAY = N_("Without a last day only the person can begin a handover plan.")
TOO_LATE = N_("Choose a day up to the last working day.")
PAST = N_("That day has passed. Choose a later one.")
FAR = N_("That is more than three years ahead. Choose an earlier day.")
NO_PLACE = N_("Say first where it is written down, such as “folder K, drawer 3”.")
ONESELF = N_("Choose somebody else: this is for when you are gone.")


@dataclass(frozen=True)
class Held:
    """A domain that somebody holds: whether it is critical, and how many hold it, themselves included."""

    domain_id: int
    title: str
    critical: bool
    holders: int

    @property
    def alone(self) -> bool:
        """Tell whether nobody else holds it."""
        return self.holders <= coverage.ALONE

    @property
    def leans(self) -> bool:
        """Tell whether it leans on few."""
        return self.holders <= coverage.FEW


@dataclass(frozen=True)
class Duo:
    """A pair in which somebody passes a domain on: with whom, how it stands, and the level confirmed in it.

    `has_goal`: whether the two set a goal in this domain.
    """

    mentorship_id: int
    junior_id: int
    domain_id: int
    runs: bool
    proposed: bool
    reached: int
    has_goal: bool = True

    @property
    def held(self) -> bool:
        """Tell whether the junior holds the domain by now, as was confirmed."""
        return self.reached >= coverage.HOLDS


@dataclass(frozen=True)
class Said:
    """What is said of a piece: by when it is passed on, where it is written down, and how far it is by hand."""

    due_on: date | None
    place: str
    step: int


def is_short(horizon: str) -> bool:
    """Tell whether somebody said that they leave soon enough to begin passing on."""
    return horizon in coverage.SOON


def check_begin(*, own: bool, last_day: date | None, horizon: str) -> None:
    """Refuse a plan for somebody who does not leave, and one by another for whom no last day is known."""
    if last_day is not None:
        return
    if not own:
        raise Refused(NO_LAST_DAY)
    if not is_short(horizon):
        raise Refused(NO_REASON)


def is_open(*, shared: bool, last_day: date | None) -> bool:
    """Tell whether the coordinator reads a plan: a horizon alone is the person's, and so is a plan made by it."""
    return shared or last_day is not None


def in_order(held: Iterable[Held], horizon: str) -> list[Held]:
    """Return what leans on few and goes on the plan, most at risk first.

    By the risk as the person may know it: what others plan is not in it, so that the order betrays nobody.
    """
    few = [one for one in held if one.leans]

    def worst(one: Held) -> tuple[float, int, str]:
        others = [coverage.UNKNOWN] * (one.holders - 1)
        found = coverage.risk(
            one.critical,
            [horizon, *others],
        )
        return -found.figure, one.holders, one.title.casefold()

    return sorted(
        few,
        key=worst,
    )


def spread(number: int, today: date, last_day: date | None) -> list[date | None]:
    """Return by when each piece could be passed on: one after the other, the last a week before the last day."""
    if last_day is None:
        return [None] * number
    room = max(
        (last_day - SPARE - today).days,
        0,
    )
    days: list[date | None] = []
    for place in range(
        1,
        number + 1,
    ):
        days.append(today + timedelta(days=room * place // number))
    return days


def check_due(due: date | None, before: date | None, today: date, last_day: date | None) -> None:
    """Refuse a day by which nothing can be passed on any more; one that stood already stays."""
    if due is None or due == before:
        return
    if last_day is not None and due > last_day:
        raise Refused(
            TOO_LATE,
            field="due_on",
        )
    if due < today:
        raise Refused(
            PAST,
            field="due_on",
        )
    if due > today + LONGEST_AHEAD:
        raise Refused(
            FAR,
            field="due_on",
        )


def check_step(step: int, place: str) -> None:
    """Refuse that something is written down nowhere."""
    if step == WRITTEN_DOWN and not place:
        raise Refused(
            NO_PLACE,
            field="place",
        )


def check_receiver(person_id: int, receiver_id: int | None) -> None:
    """Refuse to hand over to oneself."""
    if receiver_id == person_id:
        raise Refused(ONESELF)


def by_duos(duos: Collection[Duo]) -> int:
    """Return how far a piece is by the pairs that are about it: a confirmed level passes it on."""
    if any(duo.held for duo in duos):
        return PASSED_ON
    if any(duo.runs for duo in duos):
        return UNDER_WAY
    return NOT_BEGUN


def how_far(by_hand: int, duos: Collection[Duo]) -> int:
    """Return how far a piece is: what pairs show counts by itself, and what was ticked where that is further."""
    return max(
        by_hand,
        by_duos(duos),
    )


def counted(steps: Sequence[int]) -> list[int]:
    """Return how many pieces are at each step or past it."""
    return [sum(found >= step for found in steps) for step in STEPS]


def moved(order: Sequence[int], domain_id: int, *, up: bool) -> list[int]:
    """Return the order with a piece one place earlier, or later; at the end it stays."""
    found = list(order)
    at = found.index(domain_id)
    to = at - 1 if up else at + 1
    if 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return found
