"""Pure decisions of the waiting list: what stops somebody, what is the next step, and who may be asked for a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests.models import UNANSWERED
from mentorship.mentor_requests.rules import TOLD_FROM

ROUND, NOW, PLACE, OUT = "round", "now", "place", "out"
TRAINER, MEETING, SITE, LANGUAGE, APART, EXPERTISE, FLOOR, ASIDE = (
    "trainer",
    "meeting",
    "site",
    "language",
    "apart",
    "expertise",
    "floor",
    "aside",
)
REASONS = (
    NOW,
    ROUND,
    PLACE,
    OUT,
    TRAINER,
    MEETING,
    SITE,
    LANGUAGE,
    APART,
    EXPERTISE,
    FLOOR,
    ASIDE,
)
"""How a request can stand: it can be paired now, a round that is not published has a mentor for it, it lacks nothing
but a place, who could takes nobody now, then the rules of the match, and it takes no part in rounds."""
NOBODY = frozenset(REASONS) - {NOW, ROUND}
"""How those stand who find nobody now."""
OF_STOPS = {
    "self": EXPERTISE,
    "expertise": EXPERTISE,
    "line": APART,
    "apart": APART,
}

ASKED_AGAIN = timedelta(weeks=4)
"""So long a mentor who was asked for a place is not asked again, whatever they answered."""
NEWS_LASTS = timedelta(days=7)
"""So long it is told that a place came free; after that the list says it alone."""
LONG = 60
"""From so many days on somebody waits long."""
MOST_PLACES, MOST_HOURS = 20, Decimal(40)
BARS = (14, 28, 60, 90)
"""Where the bars end that count how long people wait, in days."""
GONE = N_("This request is not waiting any more.")
NO_NEED = N_("There is no place to ask this colleague for: look at the list as it stands now.")
ASKED = N_("This colleague was asked for a place less than four weeks ago.")
ANSWERED = N_("This was answered already.")
FULL = N_("You have as many places as can be set. Ask the coordinator.")


def reason(stop: str, *, in_round: bool, full: bool) -> str:
    """Return how a request stands, by the rule that stops it; `full`: somebody lacks nothing but a place for it."""
    if in_round:
        return ROUND
    if stop == "rivals":
        return NOW
    if stop == "place":
        return PLACE if full else OUT
    return OF_STOPS.get(stop, stop)


def bar(days: int) -> int:
    """Return in which bar somebody stands who waits so many days."""
    for number, end in enumerate(BARS):
        if days <= end:
            return number
    return len(BARS)


def may_ask(asked: Sequence[datetime], now: datetime) -> bool:
    """Tell whether a mentor who was asked at these moments can be asked again."""
    return all(moment <= now - ASKED_AGAIN for moment in asked)


def check_ask(asked: Sequence[datetime], now: datetime) -> None:
    """Refuse to ask a mentor too soon again."""
    if not may_ask(asked, now):
        raise Conflict(ASKED)


def check_unanswered(answers: Sequence[str]) -> None:
    """Refuse to answer where nothing is asked (any more)."""
    if UNANSWERED not in answers:
        raise Conflict(ANSWERED)


def mail_about(request_id: int, asked_at: datetime) -> str:
    """Return what the mail to a mentor who was asked for a place is known by."""
    return f"{request_id} {local_date(asked_at).isoformat()}"


def one_more(places: int, taken: int, hours: Decimal, per_pair: Decimal) -> tuple[int, Decimal]:
    """Return the places and hours a week with which one junior more fits: no more hours than that takes.

    Raises
    ------
    Refused
        When there can be no more.
    """
    more = max(places, taken) + 1
    needed = max(hours, more * per_pair)
    if more > MOST_PLACES or needed > MOST_HOURS:
        raise Refused(FULL)
    return more, needed


def told(number: int) -> int | None:
    """Return a count of colleagues as a mentor may read it; None for one or two, who could be known by it."""
    return number if number >= TOLD_FROM else None
