"""What is sent to pause a mentorship, and to give its goals more time."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from mentorship.base.forms import Form
from mentorship.base.i18n import N_


def filled_in(value: object) -> object:
    """Refuse a date that is left empty, in words that say so."""
    if not value:
        raise ValueError(N_("Fill in a date."))
    return value


class WeeksForm(Form):
    """By how many weeks the pace is slowed."""

    weeks: Annotated[int, Field(ge=1, le=26)]


class PauseDuoForm(Form):
    """Until when a mentorship pauses."""

    until: Annotated[date, BeforeValidator(filled_in)]
