"""The form of a stand-in: who, from when until when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line


class StandInForm(Form):
    """A personnel number, and the first and the last day."""

    stand_in: Annotated[Line, Field(min_length=1, max_length=50)]
    first_day: date
    last_day: date
