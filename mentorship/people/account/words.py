"""Sentences about one's account."""

from __future__ import annotations

from datetime import date, datetime

from mentorship.base.i18n import day, gettext, moment
from mentorship.people.models import Person


def code_made(maker: Person, on: date, used_at: datetime | None = None) -> str:
    """Say that somebody made a new code for the account of who reads this, and whether it was used."""
    if used_at is not None:
        return gettext(
            "%(name)s made a new code for your account on %(day)s. By that code another password was chosen on "
            "%(moment)s. Was that not you? Tell the admin.",
            name=maker.name,
            day=day(on),
            moment=moment(used_at),
        )
    return gettext(
        "%(name)s made a new code for your account on %(day)s. Whoever has it can choose another password for it. "
        "Did you not ask for it? Tell the admin.",
        name=maker.name,
        day=day(on),
    )


def signed_out(by: Person | None, at: datetime) -> str:
    """Say that an administrator ended all sessions of who reads this."""
    return gettext(
        "%(name)s, an admin, signed you out everywhere on %(moment)s.",
        name=by.name if by else gettext("somebody who left"),
        moment=moment(at),
    )
