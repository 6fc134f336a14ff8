"""The form of being away: two days, and nothing else."""

from __future__ import annotations

from datetime import date

from mentorship.base.forms import Form


class AwayForm(Form):
    """From when until when, the last day included."""

    first_day: date
    last_day: date
