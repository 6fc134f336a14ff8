"""Pure decisions about the programme: is the set-up complete, what may be published."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

NO_COUNCIL = N_("The works council has not consented yet (or: tell that there is none).")
NO_DPIA = N_("The date of the data protection impact assessment (DPIA) is missing.")
NO_VISIBILITY = N_("It is not chosen yet what managers may see.")
RELEASED, CLASSES, AGGREGATES = "released", "classes", "aggregates"
"""What managers may see of check-ins: what its author releases, also how each pair stands, only groups."""


_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ().-]{3,}")


@dataclass(frozen=True)
class Contact:
    """Whom people ask: a name, how to reach them in words, and the same as a link, "" when it cannot be one."""

    name: str
    reach: str
    link: str


def contact_link(reach: str) -> str:
    """Return a link that calls or writes; "" for what is neither a telephone number nor a mail address."""
    if _MAIL.fullmatch(reach):
        return f"mailto:{reach}"
    if _TELEPHONE.fullmatch(reach):
        digits = re.sub(r"[^0-9+]", "", reach.replace("(0)", ""))
        return f"tel:{digits}"
    return ""


@dataclass(frozen=True)
class Period:
    """From when (None: the beginning) until when a choice held."""

    since: datetime | None
    until: datetime

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it."""
        if self.since is not None and moment < self.since:
            return False
        return moment < self.until


@dataclass(frozen=True)
class Visibility:
    """What managers may see of check-ins (None: not chosen yet), since when (None: always), and when it held before.

    `silent`: when managers saw groups only.
    """

    chosen: str | None
    since: datetime | None
    before: tuple[Period, ...] = ()
    silent: tuple[Period, ...] = ()

    def told(self, moment: datetime) -> bool:
        """Tell whether what somebody showed at a moment was to be seen by managers: not where they saw groups only."""
        return not any(period.holds(moment) for period in self.silent)

    def promised(self, moment: datetime) -> bool:
        """Tell whether what was said at a moment was said under this choice, now or when it held before."""
        if self.since is None or moment >= self.since:
            return True
        return any(period.holds(moment) for period in self.before)


def missing(
    works_council_on: date | None, no_works_council: bool, dpia_on: date | None, visibility: str | None
) -> list[str]:
    """List what is still needed before anything is published; empty when the set-up is complete."""
    found = []
    if works_council_on is None and not no_works_council:
        found.append(NO_COUNCIL)
    if dpia_on is None:
        found.append(NO_DPIA)
    if visibility is None:
        found.append(NO_VISIBILITY)
    return found


def require_complete(lacking: list[str]) -> None:
    """Refuse while something is missing."""
    if lacking:
        raise Refused(N_("The programme is not set up yet, so nothing can be published: see the programme settings."))


def check_date(name: str, value: date | None, today: date) -> None:
    """Refuse a consent or assessment in the future."""
    if value is not None and value > today:
        raise Refused(N_("A date in the future cannot be one of consent or assessment."), field=name)


def over_on(today: date, months: int) -> date:
    """Return the latest day since which so many calendar months have passed (31 December + 2 is 28 February)."""
    months_passed = today.year * 12 + today.month - 1 - months
    year, earlier = divmod(months_passed, 12)
    month = earlier + 1
    last_day = monthrange(year, month)[1]
    # the last day of a month also stands for the days that it does not have
    if today.day == monthrange(today.year, today.month)[1]:
        return date(year, month, last_day)
    return date(year, month, min(today.day, last_day))
