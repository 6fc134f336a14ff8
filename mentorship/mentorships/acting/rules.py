"""Pure decisions on acting on a pair: who may, how it can be said to end, until when it is meant to run."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.mentorships.models import ACTIVE, NOT_FITTING, PAUSED, UNSAID, WELL, Mentorship
from mentorship.people.access import COORDINATOR, MANAGER, Actor

SIDE, COORDINATES, LINE = "side", "coordinates", "line"
"""As what somebody acts on a pair."""
REASONS = (*WELL, NOT_FITTING)
EXTENSIONS = (4, 8, 12, 26)
"""So many weeks a pair can be let run by a tap."""
LONGEST = timedelta(days=3 * 366)
FORESEEN = timedelta(days=366)
"""So far ahead a pair can be let end on a day."""
ASKED_BEFORE = timedelta(days=7)
"""So long before its expected end both are asked whether it ends or goes on."""
NO_END = N_("This pair has no day on which it ends.")
NOT_YOURS = N_("This pair is not yours to act on.")


def acts_as(actor: Actor, pair: Mentorship, below: Collection[int]) -> str | None:
    """Return as what somebody acts on a pair, None for who may not; who is a side acts as that side alone.

    `below`: whom of the two they manage, at whatever height.
    """
    if pair.side_of(actor.person_id) is not None:
        return SIDE
    if actor.has(COORDINATOR):
        return COORDINATES
    if actor.has(MANAGER) and {pair.mentor_id, pair.junior_id}.intersection(below):
        return LINE
    return None


def check_reason(who: str, ended_as: str) -> None:
    """Refuse an ending for others without a reason of the short list; of their own the two owe nobody one."""
    if ended_as == UNSAID and who == SIDE:
        return
    if ended_as not in REASONS:
        raise Refused(N_("Say how it ended."), field="ended_as")


def check_expected(status: str, until: date | None, today: date) -> None:
    """Refuse an expected end of what does not run, in the past, or so far ahead that nobody expects anything."""
    if status not in (ACTIVE, PAUSED):
        raise Refused(N_("This cannot be done with this pair now."))
    if until is None:
        return
    if until <= today:
        raise Refused(N_("Choose a day after today."), field="until")
    if until > today + LONGEST:
        raise Refused(N_("Choose a day within three years."), field="until")


def check_ends_on(status: str, day: date, today: date) -> None:
    """Refuse to let end on a day what does not run, a day that is not ahead, or one that nobody can foresee."""
    if status not in (ACTIVE, PAUSED):
        raise Refused(N_("This cannot be done with this pair now."))
    if day <= today:
        raise Refused(N_("Choose today or a day after it."), field="ends_on")
    if day > today + FORESEEN:
        raise Refused(N_("Choose a day within a year."), field="ends_on")


def asks_whether_it_ends(pair: Mentorship, today: date) -> bool:
    """Tell whether both are asked whether it ends or goes on: from a week before, until one of them says so."""
    if not pair.runs or pair.expected_end is None or pair.ends_on is not None:
        return False
    return pair.expected_end <= today + ASKED_BEFORE
