"""The form of a wave that is planned."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mentorship.base.forms import Form


class WaveForm(Form):
    """The first and the last day of a wave, and how its answers are grouped."""

    opens_on: date
    closes_on: date
    grouping: Literal["role", "none"]
