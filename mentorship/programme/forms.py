"""The form of the programme settings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from mentorship.base.forms import Form, Line, Optional_, decimal_or_text
from mentorship.base.i18n import N_
from mentorship.matching import CRITERIA

Share = Annotated[float, BeforeValidator(decimal_or_text), Field(ge=0, le=1)]
Bonus = Annotated[float, BeforeValidator(decimal_or_text), Field(ge=0, le=0.1)]
Risk = Annotated[int, Field(ge=2, le=25)]
Months = Annotated[int, Field(ge=1, le=24)]
SETTINGS = (
    "organisation",
    "hours_per_pair",
    "confirm_hours",
    "floor",
    "spread",
    "waiting",
    "proposal_days",
    "direct_days",
    "managers_pair",
    "objection_days",
    "notes_months",
    "answers_months",
    "pairs_months",
    "risk_very_high",
    "risk_high",
    "risk_moderate",
    "contact_name",
    "contact_reach",
)
"""The fields that are settings by the same name; the weights are one setting together."""


class WeightsForm(Form):
    """One weight per criterion, floor, spread and what waiting counts; shared by the programme and a round."""

    weight_domain: Share
    weight_together: Share
    weight_preference: Share
    weight_continuity: Share
    weight_wish: Share
    floor: Share
    spread: Share
    waiting: Bonus

    @model_validator(mode="after")
    def _something_counts(self) -> WeightsForm:
        besides = self.weights
        besides.pop("continuity")
        if not any(besides.values()):
            raise ValueError(N_("At least one weight besides continuity must be above 0."))
        return self

    @property
    def weights(self) -> dict[str, float]:
        """The weights by criterion."""
        return {name: getattr(self, f"weight_{name}") for name in CRITERIA}


class AgreementsForm(Form):
    """What must be arranged before anything is published."""

    version: Annotated[int, Field(ge=1, le=10**9)]
    works_council_on: Annotated[date | None, Optional_]
    no_works_council: bool = False
    dpia_on: Annotated[date | None, Optional_]
    visibility: Annotated[Literal["released", "classes", "aggregates"] | None, Optional_] = None
    council_reference: Line

    @model_validator(mode="after")
    def _one_of_two(self) -> AgreementsForm:
        if self.no_works_council and self.works_council_on:
            raise ValueError(N_("Either a date of consent, or no works council; not both."))
        return self


class ProgrammeForm(WeightsForm):
    """All settings of the programme but what was arranged and agreed."""

    version: Annotated[int, Field(ge=1, le=10**9)]
    hours_per_pair: Annotated[
        Decimal, BeforeValidator(decimal_or_text), Field(gt=0, le=40, max_digits=4, decimal_places=2)
    ]
    confirm_hours: bool = False
    organisation: Line
    proposal_days: Annotated[int, Field(ge=5, le=60)]
    direct_days: Annotated[int, Field(ge=0, le=10)]
    managers_pair: bool = False
    objection_days: Annotated[int, Field(ge=0, le=20)]
    notes_months: Months
    answers_months: Months
    pairs_months: Months
    risk_moderate: Risk
    risk_high: Risk
    risk_very_high: Risk
    contact_name: Annotated[Line, Field(max_length=100)]
    contact_reach: Annotated[Line, Field(max_length=100)]

    @field_validator("answers_months")
    @classmethod
    def _answers_last(cls, months: int, info: ValidationInfo) -> int:
        if months < info.data.get("notes_months", 0):
            raise ValueError(N_("A note is part of an answer, so answers are kept at least as long as notes."))
        return months

    @field_validator("pairs_months")
    @classmethod
    def _pairs_last(cls, months: int, info: ValidationInfo) -> int:
        if months < info.data.get("answers_months", 0):
            raise ValueError(N_("Answers belong to a pair, so pairs are kept at least as long as answers."))
        return months

    @field_validator("risk_high", "risk_very_high")
    @classmethod
    def _higher(cls, figure: int, info: ValidationInfo) -> int:
        below = "risk_high" if info.field_name == "risk_very_high" else "risk_moderate"
        if figure <= info.data.get(below, 0):
            raise ValueError(N_("This begins above what is less: each begins at a higher figure."))
        return figure

    @model_validator(mode="after")
    def _somebody_reached(self) -> ProgrammeForm:
        if self.contact_reach and not self.contact_name:
            raise ValueError(N_("A number or an address for questions needs a name too: whose is it?"))
        return self

    def settings(self) -> dict[str, Any]:
        """Return the values as the settings hold them."""
        values = self.model_dump(include=set(SETTINGS))
        values["weights"] = self.weights
        return values
