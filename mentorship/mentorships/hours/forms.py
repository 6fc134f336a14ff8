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
    of_pairs, rest = _apart(sent)
    errors: dict[str, str] = {}
    week = date.min
    try:
        week = WeekForm.read(rest).week
    except Invalid as failure:
        errors.update(failure.errors)
    pairs: dict[int, PairForm] = {}
    for pair_id, fields in of_pairs.items():
        try:
            pairs[pair_id] = PairForm.read(fields)
        except Invalid as failure:
            for name, text in failure.errors.items():
                errors[f"{name}-{pair_id}"] = text
    if not of_pairs:
        errors.setdefault("", gettext("Fill this in."))
    if errors:
        raise Invalid(errors, sent)
    return week, pairs


def _apart(sent: Mapping[str, Any]) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """Return the fields of each pair, and those of none."""
    of_pairs: dict[int, dict[str, Any]] = {}
    rest: dict[str, Any] = {}
    for name, value in sent.items():
        found = _PAIR.fullmatch(name)
        pair_id = int(found[2]) if found else 0
        if found is None or pair_id > MAX_ID:
            rest[name] = value
        else:
            fields = of_pairs.setdefault(pair_id, {})
            fields[found[1]] = value
    return of_pairs, rest
