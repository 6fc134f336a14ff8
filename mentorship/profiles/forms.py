"""Forms of the profile, checked into plain values."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Hours, Level, Line, Optional_, RowId
from mentorship.base.i18n import N_
from mentorship.matching import FORMS
from mentorship.profiles.models import HORIZONS

Weekday = Annotated[int, Field(ge=0, le=6)]
Name = Annotated[Line, Field(min_length=1)]
Chosen = Annotated[RowId | None, Optional_]


class ExpertiseForm(Form):
    """One row per domain in parallel lists, and perhaps one domain to add."""

    domain: Annotated[list[RowId], Field(max_length=1000)] = []
    level: Annotated[list[Level], Field(max_length=1000)] = []
    willing: Annotated[list[RowId], Field(max_length=1000)] = []
    remove: Annotated[list[RowId], Field(max_length=1000)] = []
    add_domain: Chosen = None
    add_level: Annotated[Level | None, Optional_] = None
    add_willing: bool = False

    @model_validator(mode="after")
    def _whole_rows(self) -> ExpertiseForm:
        domains = len(self.domain)
        named_once = len(set(self.domain)) == domains
        if not named_once or len(self.level) != domains:
            raise ValueError(N_("Every domain needs one level."))
        return self

    def levels(self) -> dict[int, tuple[int, bool]]:
        """Return level and willingness by domain; refuse half of one to add, beside the half that lacks."""
        lacking = "add_domain" if self.add_domain is None else "add_level"
        if (self.add_domain is None) != (self.add_level is None):
            raise Refused(N_("Choose both a domain and a level to add."), field=lacking)
        rows = {}
        for domain, level in zip(self.domain, self.level, strict=True):
            if domain in self.remove:
                continue
            willing = domain in self.willing
            rows[domain] = level, willing
        if self.add_domain is not None and self.add_level is not None:
            rows[self.add_domain] = self.add_level, self.add_willing
        return rows


class LearningForm(Form):
    """The ways of learning from first to last choice."""

    choice: Annotated[list[Literal[FORMS]], Field(min_length=5, max_length=5)]  # type: ignore[valid-type]


class ComfortForm(Form):
    """How well each way of teaching suits, 0-4."""

    on_the_job: Annotated[int, Field(ge=0, le=4)]
    classroom: Annotated[int, Field(ge=0, le=4)]
    online: Annotated[int, Field(ge=0, le=4)]
    with_colleague: Annotated[int, Field(ge=0, le=4)]
    short_modules: Annotated[int, Field(ge=0, le=4)]


class TimeForm(Form):
    """Roster, weekdays off or at school, remote."""

    roster_id: Chosen
    off: list[Weekday] = []
    school: list[Weekday] = []
    remote: bool = False

    def days_off(self) -> dict[int, bool]:
        """Return the weekdays out of the roster; True for a school day."""
        days = dict.fromkeys(self.off, False)
        days.update(dict.fromkeys(self.school, True))
        return days


class GivenRosterForm(Form):
    """The roster that somebody is given, if any; `confirmed`: which duos that parts was said."""

    roster_id: Chosen
    confirmed: bool = False


class PlacesForm(Form):
    """Places and hours a week."""

    places: Annotated[int, Field(ge=0, le=20)]
    hours: Hours


class MentorPauseForm(Form):
    """A pause of one who guides, until a date or until further notice."""

    paused: bool = False
    until: Annotated[date | None, Optional_] = None


class ContactForm(Form):
    """A telephone number, and what is shown of it and of the mail address."""

    phone: Annotated[Line, Field(max_length=30)]
    show_phone: bool = False
    show_email: bool = False


class TrainingForm(Form):
    """A training for mentors that was followed."""

    title: Name
    followed_on: date


class PlanForm(Form):
    """How long one expects to stay."""

    horizon: Literal[HORIZONS]  # type: ignore[valid-type]


WISHES = {"wanted": True, "unwanted": False, "none": None}


class WishForm(Form):
    """A colleague, wanted or not or no longer named."""

    other_id: RowId
    wish: Literal["wanted", "unwanted", "none"]
    next: str = ""
