"""What waits for a manager about hours, to confirm or to let go down, and what the desk says of the latter."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from mentorship.base.i18n import gettext, joined, ngettext
from mentorship.checkins.steps import queries as steps
from mentorship.home import rules
from mentorship.home.rules import Thing
from mentorship.insight import queries as insight
from mentorship.mentorships.queries import Lately
from mentorship.people.access import Actor


def hours(session: Session, actor: Actor) -> Iterator[Thing]:
    """Yield that there are hours to confirm, and that they are asked for fewer."""
    to_confirm = insight.count_waiting(session, actor.person_id)
    if to_confirm:
        yield Thing(rules.HOURS, number=to_confirm)
    number = len(steps.hours_asked(session, actor))
    if number:
        yield Thing(rules.FEWER_HOURS, number=number)


def title(number: int) -> str:
    """Say of how many mentors."""
    return ngettext(
        "For %(num)s mentor you are asked for fewer hours",
        "For %(num)s mentors you are asked for fewer hours",
        number,
    )


def lately(found: Lately) -> str:
    """Say how many pairs began and ended in four weeks; nothing where none did."""
    said = []
    if found.began:
        said.append(ngettext("%(num)s began", "%(num)s began", found.began))
    if found.ended:
        said.append(ngettext("%(num)s ended", "%(num)s ended", found.ended))
    if not said:
        return ""
    return gettext("%(said)s in four weeks", said=joined(said))
