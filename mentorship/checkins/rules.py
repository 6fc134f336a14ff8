"""Pure decisions about a check-in: may it be answered, and is this an answer to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.checkins.balance import HIGHEST_ANSWER, HIGHEST_PACE, LOWEST_ANSWER, PACE
from mentorship.checkins.models import OPEN

NO_OPTION = N_("Choose one of the options.")
NOTHING_FILLED_IN = N_(
    "Nothing is filled in yet, so nothing was sent. Answer what you can, or skip this one: that is fine too."
)


@dataclass(frozen=True)
class Reply:
    """What one side sends, and what its form asked and promised when it was shown: `closing` and `seen`."""

    closing: bool
    seen: str
    answers: Mapping[str, int | None]
    note: str
    share: bool
    help_from: Collection[str]
    reached: str = ""
    thanks: str = ""

    @property
    def written(self) -> bool:
        """Tell whether anything but an answer was filled in."""
        return bool(self.note or self.help_from or self.reached or self.thanks)


def check_open(status: str) -> None:
    """Refuse to change a check-in that was sent, skipped, or closed because the next one came."""
    if status != OPEN:
        raise Conflict(N_("This check-in is closed: it was sent or skipped, or a newer one came."))


def check_value(key: str, value: int | None) -> None:
    """Refuse an answer that is no step of the scale; the pace has three steps of its own."""
    highest = HIGHEST_PACE if key == PACE else HIGHEST_ANSWER
    if value is not None and not LOWEST_ANSWER <= value <= highest:
        raise Refused(NO_OPTION)


def check_keys(answers: Mapping[str, int | None], asked: Collection[str]) -> None:
    """Refuse an answer to what was not asked."""
    if not set(answers) <= set(asked):
        raise Refused(N_("This question was not asked."))


def check_asked(reply: Reply, closing: bool, helpers: Collection[str]) -> None:
    """Refuse the last words outside a closing check-in, and help asked of who is nobody: they would never hear."""
    if reply.closing != closing or not set(reply.help_from) <= set(helpers):
        raise Refused(NO_OPTION)


def check_filled_in(reply: Reply, saved: Collection[str]) -> None:
    """Refuse to send nothing at all: that is skipping, and is asked."""
    if not (reply.written or reply.answers or saved):
        raise Refused(NOTHING_FILLED_IN)
