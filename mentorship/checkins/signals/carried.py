"""Pure decisions on steps: which of them the service carries out, and for whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from mentorship.mentorships.acting.rules import COORDINATES, LINE, SIDE

PAUSE_PAIR = "pause_pair"
PACE = "pace"
FEWER_PLACES = "fewer_places"
FEWER_HOURS = "fewer_hours"
TRAIN_MENTOR = "train_mentor"
TALK = "talk"
SECOND_MENTOR = "second_mentor"
END = "end"
IN_A_FORM = (PAUSE_PAIR, PACE, FEWER_PLACES, FEWER_HOURS, TRAIN_MENTOR, TALK)
"""What a short form of this room asks for; for the others there is a page already."""
ELSEWHERE = (SECOND_MENTOR, END)
YES, NO = "yes", "no"
ACTING: dict[str, Collection[str]] = {
    SIDE: (PAUSE_PAIR, PACE, END),
    COORDINATES: (*IN_A_FORM, *ELSEWHERE),
    LINE: (PAUSE_PAIR, TALK, END),
}
"""What is carried out for whom, by as what they act on the pair."""


def carried_out(
    who: str | None,
    *,
    above_mentor: bool,
    above_junior: bool,
    pairs_junior: bool,
    confirms: bool,
) -> frozenset[str]:
    """Return what the service carries out for somebody.

    `above_mentor`, `above_junior`: they manage that side; `pairs_junior`: they may pair this junior; `confirms`: hours
    count once a manager confirmed them, so that there is something to lower.
    """
    if who is None:
        return frozenset()
    found = set(ACTING[who])
    if who == LINE and above_mentor:
        found.add(FEWER_HOURS)
    if who == LINE and above_junior:
        found.add(PACE)
    if who == LINE and pairs_junior:
        found.add(SECOND_MENTOR)
    if not confirms:
        found.discard(FEWER_HOURS)
    return frozenset(found)


def entry(
    what: str,
    by: int | None,
    now: datetime,
    *,
    day: date | None = None,
    weeks: int | None = None,
) -> dict[str, Any]:
    """Return what was done as it is kept with a signal."""
    made: dict[str, Any] = {
        "what": what,
        "by": by,
        "at": now.isoformat(),
    }
    if day is not None:
        made["day"] = day.isoformat()
    if weeks is not None:
        made["weeks"] = weeks
    return made
