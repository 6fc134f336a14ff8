"""What is sent to pause a mentorship."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from mentorship.base.forms import Form
from mentorship.base.i18n import N_


def filled_in(value: object) -> object:
    """Refuse a date that is left empty, in words that say so."""
    if not value:
        raise ValueError(N_("Fill in a date."))
    return value


class PauseDuoForm(Form):
    """Until when a mentorship pauses."""

    until: Annotated[date, BeforeValidator(filled_in)]
