"""The forms of what was agreed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mentorship.base.forms import Form, Line, Optional_
from mentorship.base.i18n import N_
from mentorship.home.agreements.actions import Agreed

Hash = Annotated[str, Field(min_length=64, max_length=64)]


class ConsentForm(Form):
    """What the works council consented to, as it was seen, and when; or that there is none."""

    seen: Hash
    works_council_on: Annotated[date | None, Optional_]
    no_works_council: bool = False
    dpia_on: date
    council_reference: Line

    @model_validator(mode="after")
    def _one_of_two(self) -> ConsentForm:
        if self.no_works_council == (self.works_council_on is not None):
            raise ValueError(N_("Fill in the date of consent, or tick that there is no works council; not both."))
        return self

    @property
    def agreed(self) -> Agreed:
        """What was agreed, and when."""
        return Agreed(
            self.works_council_on,
            self.dpia_on,
            self.council_reference,
        )


class SightForm(Form):
    """What managers may see."""

    visibility: Literal["released", "classes", "aggregates"]


class UrgentForm(Form):
    """Why something that only takes away cannot wait."""

    reason: Annotated[Line, Field(min_length=1)]
