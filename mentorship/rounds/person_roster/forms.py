"""The form of a roster from a day on."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from mentorship.base.forms import Form, Optional_, RowId


class FromForm(Form):
    """Which roster, none where it is empty, and from which day."""

    roster_id: Annotated[RowId | None, Optional_]
    from_day: date
    confirmed: bool = False
