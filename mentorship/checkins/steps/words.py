"""What is said before and after a step is carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, long_day
from mentorship.checkins.signals.carried import (
    FEWER_HOURS,
    FEWER_PLACES,
    PACE,
    PAUSE_PAIR,
    TALK,
    TRAIN_MENTOR,
)
from mentorship.checkins.steps.queries import TalkDay

HEADINGS = {
    PACE: N_("How many weeks more do %(names)s get?"),
    PAUSE_PAIR: N_("Until when do %(names)s pause?"),
    FEWER_PLACES: N_("How many places does %(mentor)s keep?"),
    FEWER_HOURS: N_("How many hours a week does %(mentor)s keep for this?"),
    TRAIN_MENTOR: N_("Which course did %(mentor)s follow?"),
    TALK: N_("On which day do you talk with %(whom)s?"),
}
BRIEFS = {
    PACE: N_(
        "The days of their goals move along. Both are told by mail; the manager of the junior reads that there is more "
        "time, and nothing of the signal."
    ),
    PAUSE_PAIR: N_("Nobody is asked how it goes until then, and the place is kept. Both are told by mail."),
    FEWER_PLACES: N_("Who they mentor now stays. They read that you filled this in, and can change it."),
    FEWER_HOURS: N_("Who they mentor now stays. The manager reads that you ask for it, and nothing of the signal."),
    TRAIN_MENTOR: N_("It stands with their courses, where they can correct it."),
    TALK: N_(
        "It is put in the calendar of whoever you talk with, and they are told by mail. Neither says what it is about."
    ),
}
OWN_LINE = N_("Who they mentor now stays. You are their manager, so it counts at once.")
DONE = {
    PACE: N_("The pace is slowed. With the signal stands what you did."),
    PAUSE_PAIR: N_("The pair pauses. With the signal stands what you did."),
    FEWER_PLACES: N_("Fewer places are offered. With the signal stands what you did."),
    FEWER_HOURS: N_("The manager is asked. The answer comes with the signal."),
    TRAIN_MENTOR: N_("The course is noted. With the signal stands what you did."),
    TALK: N_("The talk is in their calendars. With the signal stands what you did."),
}
LOWERED = N_("The hours are lowered. With the signal stands what you did.")


@dataclass(frozen=True)
class Way:
    """An answer for a tap: what it says, what it means, and what is sent."""

    title: str
    note: str
    value: str


def days(found: Sequence[TalkDay], times: Sequence[str]) -> list[Way]:
    """Return the days to choose from."""
    return [
        Way(long_day(one.day), gettext("at work together %(from_to)s", from_to=when), one.day.isoformat())
        for one, when in zip(found, times, strict=True)
    ]
