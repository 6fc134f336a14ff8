"""The form of a wave that is planned."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from mentorship.base.forms import Form, Optional_


class WaveForm(Form):
    """The first and the last day of a wave, how its answers are grouped, and since when that is agreed."""

    opens_on: date
    closes_on: date
    grouping: Literal["role", "none"]
    agreed_on: Annotated[date | None, Optional_] = None
