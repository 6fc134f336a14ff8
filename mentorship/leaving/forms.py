"""What the page of a last day sends."""

from __future__ import annotations

from datetime import date

from mentorship.base.forms import Form


class LastDayForm(Form):
    """The last working day of somebody."""

    last_day: date
