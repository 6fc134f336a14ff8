"""The forms of job profiles and of training courses."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from mentorship.base.forms import Form, Level, Line, RowId, decimal_or_text
from mentorship.base.i18n import N_
from mentorship.growth.jobs.actions import JobWords
from mentorship.profiles.forms import Name

Days = Annotated[Decimal, BeforeValidator(decimal_or_text), Field(gt=0, le=200, max_digits=4, decimal_places=1)]


class JobForm(Form):
    """What a job is called, and what it is."""

    name: Name
    name_en: Line
    explanation: Line
    explanation_en: Line

    @property
    def words(self) -> JobWords:
        """Return them as the verbs take them."""
        return JobWords(
            self.name,
            self.name_en,
            self.explanation,
            self.explanation_en,
        )


class JobLevelsForm(JobForm):
    """The same, and the level that it asks in each domain: 0 for none."""

    domain: Annotated[list[RowId], Field(max_length=1000)] = []
    level: Annotated[list[Level], Field(max_length=1000)] = []

    @model_validator(mode="after")
    def _whole_rows(self) -> JobLevelsForm:
        domains = len(self.domain)
        once = len(set(self.domain)) == domains
        if not once or len(self.level) != domains:
            raise ValueError(N_("Every domain needs one level."))
        return self

    @property
    def asked(self) -> dict[int, int]:
        """Return the level by domain, of those that are asked."""
        pairs = zip(
            self.domain,
            self.level,
            strict=True,
        )
        return {domain: level for domain, level in pairs if level}


class StartForm(Form):
    """The trade whose usual jobs are wanted."""

    trade: Literal["installation", "maintenance", "process"]


class CourseForm(Form):
    """A training course."""

    domain: RowId
    title: Name
    provider: Line
    days: Days
    basics: bool = False
