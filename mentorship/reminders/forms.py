"""Forms about mail, checked into plain values."""

from __future__ import annotations

from typing import Literal

from mentorship.base.forms import Form


class TopicsForm(Form):
    """The topics somebody wants mail of."""

    wanted: list[Literal["duo", "reminder", "overview", "message"]]
