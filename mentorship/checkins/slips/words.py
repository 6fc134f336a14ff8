"""What is said of check-ins that came in by a slip."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.checkins.models import SKIPPED, CheckIn
from mentorship.checkins.words import is_by_tablet
from mentorship.people.models import Person


def came_in(found: CheckIn, maker: Person) -> str:
    """Say by whose slip, and when, a check-in came in."""
    on = day(local_date(found.closed_at)) if found.closed_at else ""
    if is_by_tablet(found):
        return _on_tablet(found, on)
    if found.status == SKIPPED:
        return gettext(
            "It was skipped on %(day)s by a slip that %(name)s made.",
            day=on,
            name=maker.name,
        )
    return gettext(
        "It was answered on %(day)s by a slip that %(name)s made.",
        day=on,
        name=maker.name,
    )


def _on_tablet(found: CheckIn, on: str) -> str:
    if found.status == SKIPPED:
        return gettext("It was skipped on %(day)s on a shared tablet, with your card.", day=on)
    return gettext("It was answered on %(day)s on a shared tablet, with your card.", day=on)


def begun(maker: Person) -> str:
    """Say by whose slip answers were given that were not sent."""
    return gettext(
        "Answers were given here by a slip that %(name)s made. Look at each before you send.", name=maker.name
    )


def by_slip(maker: Person) -> str:
    """Say to whoever answers by a slip what it does not do."""
    return gettext(
        "You answer by a slip of %(name)s, who sees no answers. Sign in to withdraw it, to share a note or to ask for "
        "help.",
        name=maker.name,
    )


@dataclass(frozen=True)
class TakingBack:
    """What is asked before a check-in is taken back."""

    title: str
    consequences: list[str]
    button: str


def taking_back(found: CheckIn, answers: int, *, opens_again: bool) -> TakingBack:
    """Say what goes when a check-in is taken back, and what becomes of it."""
    told = []
    if answers:
        told.append(ngettext("%(num)s answer is deleted.", "%(num)s answers are deleted.", answers))
    if found.note:
        told.append(gettext("The note is deleted."))
    if found.status != SKIPPED:
        told.append(gettext("What was noticed in these answers alone is withdrawn, unless somebody closed it already."))
    if not is_by_tablet(found):
        told.append(gettext("The slip works no more."))
    if opens_again:
        told.append(gettext("The check-in is open again: you can answer it yourself."))
    else:
        told.append(gettext("It is too late to answer it: it counts as skipped, and that is not held against you."))
    told.append(gettext("This cannot be undone."))
    return TakingBack(
        title=gettext("Withdraw this check-in?"),
        consequences=told,
        button=gettext("Withdraw it"),
    )
