"""How long a signed link, and the address that a code on paper opens, lead to a check-in."""

from __future__ import annotations

from datetime import date, timedelta

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.checkins.rules import Reply
from mentorship.people.account.rules import CODE_DAYS

LINK_PURPOSE, LINK_LASTS = "check-in", timedelta(days=42)
"""What a signed link to a check-in is good for, and how long."""
CODE_PURPOSE, CODE_LASTS = "check-in code", timedelta(days=CODE_DAYS)
"""The same of the address that a code on paper opens; it works no longer than the code itself."""
NO_CHECK_IN = N_(
    "This code opens no check-in. It may be too old, replaced by a newer one, or the check-in is closed. Check what"
    " you typed, or ask for a new slip."
)


def check_alone(reply: Reply) -> None:
    """Refuse what would go to others: whoever made the slip could have written it."""
    if reply.share or reply.help_from or reply.reached or reply.thanks:
        raise Refused(
            N_(
                "Nothing was sent yet. By a slip nothing goes to others: no note that is shared, no last words, no "
                "thanks, no request for help. Sign in for that."
            )
        )


class Replaced(Conflict):
    """The code that an address came from does not stand any more."""

    def __init__(self) -> None:
        super().__init__(NO_CHECK_IN)


def works_until(made_on: date) -> date:
    """Return the last day of a code: it stops before, when its check-in closes.

    The same for all that are made on a day: since when something waits for somebody is not for who prints it.
    """
    return made_on + timedelta(days=CODE_DAYS - 1)
