"""What is sent to confirm hours."""

from __future__ import annotations

from mentorship.base.forms import Form, Hours


class ConfirmHoursForm(Form):
    """The hours kept free in the planning, of those promised; the view to go back to is in the address."""

    hours: Hours
    promised: Hours | None = None
