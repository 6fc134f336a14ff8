"""Pure decisions about a check-in: may it be answered, what is a full answer, who may act on a signal."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.checkins.models import OPEN

SWITCHED_OFF = N_("Check-ins are switched off.")
VISIBILITY = {
    "released": N_(
        "Your line (your manager and who stands above) sees no answers, no figures and nothing drawn from them, unless"
        " you release a signal yourself; and the hours that are noted."
    ),
    "classes": N_(
        "Your line (your manager and who stands above) sees no answers and no figures: only whether this pair is in"
        " balance, on reserve, stuck or needs a talk, “talk with this duo” when something asks for attention, and the"
        " hours that are noted."
    ),
    "aggregates": N_(
        "Your line (your manager and who stands above) sees no answers and nothing drawn from those of this pair; only"
        " the hours that are noted."
    ),
}
"""What the line will see, by the programme's choice; stands above the send button."""
COORDINATOR_SEES = N_(
    "The coordinator sees no answers and no figures: how this pair stands, in a word, and “talk with this duo” when"
    " something asks for attention."
)


def check_open(status: str) -> None:
    """Refuse to change a check-in that was sent, skipped, or closed because the next one came."""
    if status != OPEN:
        raise Conflict(N_("This check-in is closed: it was sent or skipped, or a newer one came."))


def check_value(value: int | None) -> None:
    """Refuse an answer that is no step of the scale."""
    if value is not None and not 1 <= value <= 5:
        raise Refused(N_("Choose one of the five steps, or “not applicable”."))


def check_keys(answers: Mapping[str, int | None], asked: Collection[str]) -> None:
    """Refuse an answer to what was not asked."""
    if not set(answers) <= set(asked):
        raise Refused(N_("This question was not asked."))
