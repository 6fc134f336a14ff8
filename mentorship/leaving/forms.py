"""What the page of a last day sends."""

from __future__ import annotations

from datetime import date

from mentorship.base.forms import Form


class LastDayForm(Form):
    """The last working day of somebody; `sure`: after the page that says what it ends."""

    last_day: date
    sure: bool = False


class ComeBackForm(Form):
    """Take a last day back; `sure`: after the page that says what does not come back."""

    sure: bool = False
