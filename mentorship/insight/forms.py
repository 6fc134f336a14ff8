"""What is sent to confirm hours."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from mentorship.base.forms import Form, Hours

ALL: Final = "all"
FEWER: Final = "fewer"
NONE: Final = "none"


class ConfirmHoursForm(Form):
    """The hours kept free in the planning, of those promised; the view to go back to is in the address.

    `seen`: for how many hours it was told what follows.
    """

    answer: Literal["all", "fewer", "none"] = FEWER
    hours: Hours
    promised: Hours | None = None
    seen: Hours | None = None

    @property
    def confirmed(self) -> Decimal:
        """Return the hours that are kept free."""
        if self.answer == NONE:
            return Decimal(0)
        if self.answer == ALL and self.promised is not None:
            return self.promised
        return self.hours

    @property
    def told_otherwise(self) -> bool:
        """Tell whether what was told to follow is not what follows from this answer."""
        return self.seen is not None and self.seen != self.confirmed
