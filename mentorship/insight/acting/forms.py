"""The forms by which one acts on the pairs that were chosen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mentorship.base.forms import Form, Optional_, Paragraph, RowId
from mentorship.checkins.endings.rules import Parting
from mentorship.mentorships.acting.rules import REASONS
from mentorship.mentorships.forms import filled_in
from mentorship.mentorships.models import UNSAID

MOST = 100
"""So many pairs are acted on at once."""


class PairsForm(Form):
    """The pairs that were chosen, and where one came from."""

    duo: Annotated[list[RowId], Field(min_length=1, max_length=MOST), BeforeValidator(list)]
    back: Annotated[str, Field(max_length=2000)] = ""


class PausePairsForm(PairsForm):
    """Until when they pause."""

    until: Annotated[date, BeforeValidator(filled_in)]


class UntilForm(PairsForm):
    """Until when they are meant to run; nothing: as long as both like."""

    until: Annotated[date | None, Optional_] = None


class EndForm(PairsForm):
    """How they ended, a word of thanks, on which day (nothing: today), and whether the juniors look on at once."""

    ended_as: Literal[(UNSAID, *REASONS)] = UNSAID  # type: ignore[valid-type]
    thanks: Annotated[Paragraph, Field(max_length=500)] = ""
    again: bool = False
    ends_on: Annotated[date | None, Optional_] = None

    def parting(self) -> Parting:
        """Return what is said."""
        return Parting(
            self.ended_as,
            self.thanks,
            self.again,
        )
