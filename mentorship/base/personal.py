"""What each table with personal data states of itself: why, by what right, from whom, for whom, how long.

The words are for people: they stand in the notice and in the register. The time is a term, which the purge that is
named keeps; a test lives twelve years by these terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from mentorship.base.i18n import N_

PERSONAL = "personal"
NEVER_IN_BACKUPS = "never_in_backups"
"""What `info` of a table says true of (`personal(...) | {NEVER_IN_BACKUPS: True}`) when no backup may hold its rows.

No row of a table that is in backups may refer to one of it.
"""


@dataclass(frozen=True)
class Basis:
    """The letter of art. 6(1) of the GDPR by which something may be kept, and why it holds."""

    letter: str
    because: str


LEARNING = Basis(
    "f",
    N_("It is in the interest of the organisation and its people that colleagues learn from each other on the job."),
)
OWN_CHOICE = Basis(
    "f",
    N_("Who wants to, fills it in themselves and can take it off at any time; nobody is asked for consent at work."),
)
SAFEGUARD = Basis("c", N_("Keeping accounts and data safe is a duty (GDPR art. 32)."))
ACCOUNTABLE = Basis("c", N_("Being able to show what was decided, and by whom, is a duty (GDPR art. 5(2))."))
RIGHTS = Basis("c", N_("People have rights to what is kept about them (GDPR art. 12 to 22)."))

BY_PERSON = N_("the person")
BY_HR = N_("the HR export")
BY_COLLEAGUES = N_("colleagues")
BY_SERVICE = N_("the service")
BY_PROVIDER = N_("the identity provider of the organisation")
ONESELF = N_("the person")
NO_ONE = N_("nobody")

NOBODY = N_("nobody outside the organisation")
MAIL_SERVER = N_("the mail server of the organisation")
PROVIDER = N_("the identity provider of the organisation")
PLANNING_SYSTEM = N_("the planning system to which the organisation gives the address")
OWN_CALENDAR = N_("the calendar to which the person gives the address")

LEFT, PAIR_ENDED, OVER, MADE, ENDED, USED, LAST_DAY, HOLDS, SENT = (
    "left",
    "pair_ended",
    "over",
    "made",
    "ended",
    "used",
    "last_day",
    "holds",
    "sent",
)
"""From which moment something is kept so long."""
NOTES, ANSWERS, PAIRS = "notes_months", "answers_months", "pairs_months"
"""The settings of the programme that say how long."""


@dataclass(frozen=True)
class Term:
    """So long after a moment: a fixed time, or as many months as a setting of the programme says."""

    since: str
    months: int = 0
    days: int = 0
    minutes: int = 0
    setting: str = ""


NOTES_KEPT = Term(PAIR_ENDED, setting=NOTES)
ANSWERS_KEPT = Term(PAIR_ENDED, setting=ANSWERS)
PAIRS_KEPT = Term(PAIR_ENDED, setting=PAIRS)
AFTER_LEAVING = Term(LEFT, months=24)
UNTIL_LEAVING = Term(LEFT, days=1)
DRAFTS_KEPT = Term(MADE, days=1)
FILES_KEPT = Term(MADE, days=30)
"""Files of HR: those that somebody looks at, and those of the folder that were taken in or set aside."""

Stated = dict[str, Any]


def personal(
    purpose: str,
    viewers: str,
    retention: Term | Sequence[Term],
    purge: str,
    *,
    basis: Basis,
    source: Sequence[str],
    recipients: str = NOBODY,
) -> dict[str, Stated]:
    """Return the `info` of a table or column that holds personal data; of several terms the first to end counts."""
    stated = {
        "purpose": purpose,
        "basis": basis,
        "source": tuple(source),
        "viewers": viewers,
        "recipients": recipients,
        "retention": (retention,) if isinstance(retention, Term) else tuple(retention),
        "purge": purge,
    }
    return {PERSONAL: stated}


guarding = partial(personal, basis=SAFEGUARD, source=[BY_SERVICE])
"""What accounts and sessions are kept safe by."""
reckoned = partial(personal, basis=LEARNING, source=[BY_SERVICE])
"""What the service makes itself for the learning of people."""
