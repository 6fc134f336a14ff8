"""Form: whether one may be found."""

from __future__ import annotations

from typing import Literal

from mentorship.base.forms import Form


class FindableForm(Form):
    """Whether colleagues may find one by what one passes on."""

    found: Literal["yes", "no"]
