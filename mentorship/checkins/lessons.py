"""Which short lesson is offered to a mentor, and to them alone, after what they answered or what was noticed with them.

Nothing here is kept, and nothing of the other side's answers enters it: who reads over a mentor's shoulder learns of
nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorship.checkins.balance import BY_FORM, FRESH, PACE
from mentorship.checkins.findings import APART, FALL, HOURS, LOW, LOWEST
from mentorship.checkins.models import ANSWERED, CheckIn
from mentorship.checkins.visibility import View
from mentorship.mentorships.rules import MENTOR
from mentorship.profiles.lessons.cards import Card, Lesson
from mentorship.profiles.lessons.letting_go import LETTING_GO
from mentorship.profiles.lessons.own_time import OWN_TIME

LOW_ANSWER = 2
""""A little" or less."""
AT_MOST = 2
"""So many are offered at once."""


@dataclass(frozen=True)
class Offer:
    """A card that helps now, and the lesson it is of."""

    lesson: Lesson
    number: int

    @property
    def card(self) -> Card:
        """The card itself."""
        return self.lesson.cards[self.number - 1]


BY_QUESTION: Mapping[str, Offer] = {
    "hours_free": Offer(OWN_TIME, 1),
    "own_job": Offer(OWN_TIME, 5),
    "support": Offer(OWN_TIME, 4),
    "go_on": Offer(OWN_TIME, 3),
}
"""What helps with a low answer of the mentor; a question that a programme worded otherwise keeps its key."""
BY_WAY: Mapping[str, Offer] = {BY_FORM[MENTOR]: Offer(LETTING_GO, 1)}
"""What helps who kept their hands on the work where both agreed that the junior does it."""
BY_PACE: Mapping[int, Offer] = {1: Offer(LETTING_GO, 5), 3: Offer(LETTING_GO, 4)}
"""What helps where the pace is too fast, or too slow."""
BY_SIGNAL: Mapping[str, Offer] = {
    HOURS: Offer(OWN_TIME, 3),
    APART: Offer(OWN_TIME, 1),
    LOWEST: Offer(OWN_TIME, 3),
    LOW: Offer(OWN_TIME, 3),
    FALL: Offer(OWN_TIME, 3),
}
"""What helps with a signal from the mentor's own answers or hours, or from when the two meet."""

Closed = Sequence[tuple[CheckIn, Mapping[str, int | None]]]


def of_signal(seen: View) -> Offer | None:
    """Return what helps with a signal, where its reader is the mentor and it is drawn from them or from both."""
    return BY_SIGNAL.get(seen.kind) if seen.eases else None


def offered(own: Closed, signals: Iterable[View], followed: Collection[int], now: datetime) -> list[Offer]:
    """Return what is offered to a mentor on the page of a pair, without the lessons that they noted.

    `own`: their own closed check-ins with the answers, the oldest first.
    """
    found = _of_answers(own, now)
    for seen in signals:
        offer = of_signal(seen)
        if offer is not None:
            found.append(offer)
    wanted: list[Offer] = []
    for offer in found:
        if offer.lesson.number not in followed and offer not in wanted:
            wanted.append(offer)
    return wanted[:AT_MOST]


def _of_answers(own: Closed, now: datetime) -> list[Offer]:
    """Return what helps with the low answers of the newest check-in, while that is fresh."""
    answered = [one for one in own if one[0].status == ANSWERED]
    if not answered:
        return []
    row, given = answered[-1]
    if row.closed_at is None or now - row.closed_at > FRESH:
        return []
    found = []
    for key, offer in {**BY_QUESTION, **BY_WAY}.items():
        value = given.get(key)
        if value is not None and value <= LOW_ANSWER:
            found.append(offer)
    pace = BY_PACE.get(given.get(PACE) or 0)
    return [pace, *found] if pace else found
