"""Forms of one's own desk, checked into plain values."""

from __future__ import annotations

from mentorship.base.forms import Form


class NamesForm(Form):
    """Whether one's calendar says with whom."""

    names: bool
