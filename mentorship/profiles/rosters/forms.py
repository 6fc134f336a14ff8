"""The form of a roster."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from mentorship.base.forms import Form, Line
from mentorship.base.i18n import N_
from mentorship.profiles.rosters.ready_made import SHAPES


class RosterForm(Form):
    """A roster from a ready-made shape."""

    name: Annotated[Line, Field(min_length=1, max_length=100)]
    shape: Annotated[str, Field(max_length=40), BeforeValidator(str)]
    starts_on: date

    @model_validator(mode="after")
    def _known(self) -> RosterForm:
        if self.shape not in SHAPES:
            raise ValueError(N_("Choose one of the options."))
        return self
