"""What is sent to try one thing more, and to ask somebody for a place."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Optional_, RowId
from mentorship.base.i18n import N_
from mentorship.insight.what_if.changes import AWAY, MOST_PLACES, PAUSE, Change
from mentorship.profiles.away.rules import check

Day = Annotated[date | None, Optional_]
Number = Annotated[Annotated[int, Field(ge=0, le=MOST_PLACES)] | None, Optional_]


class TryForm(Form):
    """One thing to try with somebody."""

    what: Literal["places", "mentor", "pause", "away"]
    who: RowId
    number: Number = None
    first: Day = None
    last: Day = None

    def change(self, today: date) -> Change:
        """Return it as a change.

        Raises
        ------
        Refused
            When something is missing, or cannot be.
        """
        if self.what == PAUSE:
            return Change(PAUSE, self.who)
        if self.what == AWAY:
            return self._away(today)
        if self.number is None:
            raise Refused(N_("Fill in a number."), field="number")
        return Change(self.what, self.who, self.number)

    def _away(self, today: date) -> Change:
        if self.first is None:
            raise Refused(N_("Fill in a date."), field="first")
        if self.last is None:
            raise Refused(N_("Fill in a date."), field="last")
        try:
            check(self.first, self.last, today)
        except Refused as failure:
            raise Refused(failure.message, field="last", **failure.params) from failure
        return Change(AWAY, self.who, spell=(self.first, self.last))


class AskForm(Form):
    """Who is asked for a place."""

    mentor: RowId
