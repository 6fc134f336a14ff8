"""Pure decisions about the papers: which there are, who may agree to them, how long a link opens them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_

COUNCIL, ASSESSMENT, REGISTER, NOTICE = "council", "dpia", "register", "notice"
AI_ACT, PROCESSOR, BREACH = "ai-act", "processor", "breach"
KINDS = (COUNCIL, ASSESSMENT, REGISTER, NOTICE, AI_ACT, PROCESSOR, BREACH)
WORKS_COUNCIL, OFFICER, LAWYER, EMPLOYER = "council", "officer", "lawyer", "employer"
READERS = (WORKS_COUNCIL, OFFICER, LAWYER)
"""For whom a link is made."""
AGREED_WITH = (WORKS_COUNCIL, OFFICER, EMPLOYER)
"""Who agrees to a paper."""
LINK_DAYS, LONGEST_DAYS = 90, 365
LINK_KEPT = timedelta(days=365)
"""How long it stays known that there was a link, from its end."""


def new_secret() -> str:
    """Make the secret of a link; nobody types it."""
    return token_urlsafe(24)


def expires(now: datetime, days: int) -> datetime:
    """Return when a link that is made now opens nothing any more."""
    return now + timedelta(days=days)


def check_same(seen: str, stands: str) -> None:
    """Refuse to agree to a paper that says something else than what was read."""
    if seen != stands:
        raise Conflict(N_("This paper has changed since you opened it. Read what changed, and enter it once more."))


def check_agreed_on(on: date, today: date) -> None:
    """Refuse an agreement of a day that has not come."""
    if on > today:
        raise Refused(N_("Nobody can have agreed on a day that has yet to come."), field="agreed_on")
