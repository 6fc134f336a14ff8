"""The forms of a first meeting."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Line
from mentorship.base.i18n import N_
from mentorship.mentorships.meeting.points import BY_KEY, POINTS

BETWEEN = ":"
"""What stands between a point and its choice where both are one value."""
Key = Annotated[str, Field(max_length=40)]


class PointForm(Form):
    """Which point it is about."""

    point: Line


class ChoiceForm(Form):
    """What somebody chooses at a point."""

    point: Line
    choice: Line


class YesForm(Form):
    """A yes to what the other proposed, as it was shown: a point and its choice each."""

    shown: Annotated[list[Key], Field(min_length=1, max_length=len(POINTS))]

    def choices(self) -> dict[str, str]:
        """Return what is agreed to, by point."""
        found = {}
        for one in self.shown:
            point, _, key = one.partition(BETWEEN)
            if point not in BY_KEY or not key:
                raise Refused(N_("This is none of the ten points."))
            found[point] = key
        return found


def shown(point: str, key: str) -> str:
    """Return a point and its choice as one value."""
    return f"{point}{BETWEEN}{key}"
