"""Forms on a shared tablet."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form

Code = Annotated[str, Field(min_length=1, max_length=300)]
"""A code as typed, or the whole address that a scanner read."""
Pin = Annotated[str, Field(min_length=1, max_length=20)]


class EnrolForm(Form):
    """The code of a new tablet."""

    code: Code


class EnterForm(Form):
    """A card and a PIN."""

    card: Code
    pin: Pin


class FirstForm(Form):
    """A card, an activation code, and the PIN that is chosen, twice."""

    card: Code
    code: Code
    pin: Pin
    again: Pin
