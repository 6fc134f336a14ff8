"""Sentences about the address for mail that somebody has."""

from __future__ import annotations

from datetime import datetime

from mentorship.base.i18n import gettext, moment
from mentorship.people.models import Person


def changed(person: Person, by: Person | None, at: datetime) -> str:
    """Say to somebody that another changed the address for their mail, and where that goes now."""
    when = moment(at)
    told = gettext(
        "The files of HR changed your e-mail address in Leermaat on %(moment)s.",
        moment=when,
    )
    if by is not None:
        told = gettext(
            "%(name)s changed your e-mail address in Leermaat on %(moment)s.",
            name=by.name,
            moment=when,
        )
    now_at = gettext("You get no mail any more.")
    if person.email:
        now_at = gettext(
            "Your mail goes to %(address)s now.",
            address=person.email,
        )
    wrong = gettext("Is that not right? Tell the coordinator of your company at once.")
    return f"{told} {now_at} {wrong}"
