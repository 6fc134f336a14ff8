"""How the running pairs stand, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from mentorship.base.figures.segments import Portion, Segments, segments
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.checkins.balance import LOW, NOT_LOW, UNKNOWN
from mentorship.checkins.words import CLASSES, SIDES
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.programme.rules import AGGREGATES

URGENT = "talk_now"
LOOKS = {LOW: "soon", NOT_LOW: "yes", UNKNOWN: "no"}
"""How each is drawn: low asks for something, and is never red, for it is no verdict."""
CLOSED_TITLE = N_("How your team stands is not shown here")


class Bar(NamedTuple):
    """One side of a line: whose, what was found, and how it falls apart."""

    side: str
    title: str
    parts: Segments


def finding(counts: Mapping[str, int], total: int) -> str:
    """Say what asks for something first of the pairs that run, or how many go well."""
    if counts[URGENT]:
        return ngettext("%(num)s pair has to talk now", "%(num)s pairs have to talk now", counts[URGENT])
    asking = counts["stuck"] + counts["on_reserve"]
    if asking:
        return ngettext(
            "%(num)s pair is stuck or stretched",
            "%(num)s pairs are stuck or stretched",
            asking,
        )
    if counts["in_balance"]:
        return ngettext("%(num)s pair goes well", "%(num)s pairs go well", counts["in_balance"])
    return ngettext(
        "Of %(num)s pair it is not known yet how it goes",
        "Of %(num)s pairs it is not known yet how it goes",
        total,
    )


def moves(found: Counter[tuple[str, str]]) -> list[str]:
    """Say how many pairs went from which class to which, the most first."""
    said = []
    for (before, after), number in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        one = ngettext(
            "%(num)s pair from %(before)s to %(after)s",
            "%(num)s pairs from %(before)s to %(after)s",
            number,
            before=gettext(CLASSES[before]),
            after=gettext(CLASSES[after]),
        )
        said.append(one)
    return said


def of_line(found: Mapping[str, Counter[str]]) -> str:
    """Say of how many in a team the answers are low; of whom it is not known is no finding."""
    low = found[JUNIOR][LOW] + found[MENTOR][LOW]
    if low:
        return ngettext("Talk with %(num)s colleague of your team", "Talk with %(num)s colleagues of your team", low)
    if found[JUNIOR][NOT_LOW] + found[MENTOR][NOT_LOW]:
        return gettext("Nobody in your team is low")
    return gettext("How your team stands is not known yet")


def bars(found: Mapping[str, Counter[str]]) -> list[Bar]:
    """Return a bar for the juniors and one for the mentors of a team, of whom there are any."""
    made = []
    for side in (JUNIOR, MENTOR):
        counts = found[side]
        if counts.total():
            parts = segments([Portion(gettext(SIDES[kind]), counts[kind], LOOKS[kind]) for kind in LOOKS])
            made.append(Bar(side, _heads(side, counts.total()), parts))
    return made


def _heads(side: str, number: int) -> str:
    if side == JUNIOR:
        return ngettext("The junior of your team in %(num)s pair", "The juniors of your team in %(num)s pairs", number)
    return ngettext("The mentor of your team in %(num)s pair", "The mentors of your team in %(num)s pairs", number)


def closed(chosen: str | None) -> str:
    """Say why a manager is not shown how the sides of their team stand."""
    if chosen == AGGREGATES:
        return N_("Your company chose that managers see nothing that is drawn from answers, only groups of a quarter.")
    return N_("Your company chose that managers see of answers only what the writer shows them.")
