"""The form of a kind of certificate."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line, Optional_, RowId
from mentorship.growth.certificate_kinds.actions import KindWords
from mentorship.profiles.forms import Name

Months = Annotated[Annotated[int, Field(ge=1, le=240)] | None, Optional_]


class KindForm(Form):
    """A kind of certificate."""

    name: Name
    name_en: Line
    domain: Annotated[RowId | None, Optional_]
    months: Months
    entitles: bool = False

    @property
    def words(self) -> KindWords:
        """Return it as the verbs take it."""
        return KindWords(
            self.name,
            self.name_en,
            self.domain,
            self.months,
            self.entitles,
        )
