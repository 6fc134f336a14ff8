"""The forms of confidants: who is one, and who stands in from when until when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line

Number = Annotated[Line, Field(min_length=1, max_length=40)]


class ConfidantForm(Form):
    """The site (0: the whole organisation) and the personnel number of its confidant."""

    site: Annotated[int, Field(ge=0, le=10**9)]
    confidant: Number


class StandInForm(Form):
    """The personnel number of who stands in, and the days, the last one included."""

    stand_in: Number
    first: date
    until: date
