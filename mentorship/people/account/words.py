"""Sentences about one's account."""

from __future__ import annotations

from datetime import date

from mentorship.base.i18n import day, gettext
from mentorship.people.models import Person


def code_made(maker: Person, on: date) -> str:
    """Say that somebody made a new code for the account of who reads this."""
    return gettext(
        "%(name)s made a new code for your account on %(day)s. Whoever has it can choose another password for it. "
        "Did you not ask for it? Tell the admin.",
        name=maker.name,
        day=day(on),
    )
