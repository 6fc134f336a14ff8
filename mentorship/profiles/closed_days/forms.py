"""The forms of closed days."""

from __future__ import annotations

from datetime import date

from mentorship.base.forms import Form


class DayForm(Form):
    """A day on which a site is closed."""

    day: date


class YearForm(Form):
    """The public holidays of a year on which a site works all the same."""

    year: int
    works: list[date] = []
