"""What the page of hours worked together sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from mentorship.base.db import MAX_ID
from mentorship.base.forms import Form, Invalid, Line, decimal_or_text
from mentorship.base.i18n import gettext

WeekHours = Annotated[Decimal, BeforeValidator(decimal_or_text), Field(ge=0, le=60, max_digits=4, decimal_places=2)]
_PAIR = re.compile(r"(worked|hours)-([1-9][0-9]{0,9})", re.ASCII)


class WeekForm(Form):
    """The week that is noted."""

    week: date


class PairForm(Form):
    """One junior in that week."""

    worked: Literal["yes", "no"]
    hours: WeekHours


class OtherForm(Form):
    """Other guiding in one week."""

    week: date
    hours: WeekHours
    words: Line


class PlannedForm(Form):
    """The weeks to note as planned."""

    week: Annotated[list[date], Field(min_length=1, max_length=5)]


def read_week(sent: Mapping[str, Any]) -> tuple[date, dict[int, PairForm]]:
    """Return the week and what was sent per pair (`worked-<id>`, `hours-<id>`), or raise `Invalid` by field."""
    pairs: dict[int, dict[str, Any]] = {}
    rest: dict[str, Any] = {}
    errors: dict[str, str] = {}
    found: dict[int, PairForm] = {}
    for name, value in sent.items():
        of_pair = _PAIR.fullmatch(name)
        if of_pair and int(of_pair[2]) <= MAX_ID:
            pairs.setdefault(int(of_pair[2]), {})[of_pair[1]] = value
        else:
            rest[name] = value
    week = date.min
    try:
        week = WeekForm.read(rest).week
    except Invalid as failure:
        errors |= failure.errors
    for pair_id, fields in pairs.items():
        try:
            found[pair_id] = PairForm.read(fields)
        except Invalid as failure:
            errors |= {f"{name}-{pair_id}": text for name, text in failure.errors.items()}
    if not pairs:
        errors.setdefault("", gettext("Fill this in."))
    if errors:
        raise Invalid(errors, sent)
    return week, found
