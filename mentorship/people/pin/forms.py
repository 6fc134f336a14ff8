"""Forms of one's own PIN."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form

Pin = Annotated[str, Field(min_length=1, max_length=20)]


class PinForm(Form):
    """The PIN that somebody chooses, twice."""

    pin: Pin
    again: Pin
