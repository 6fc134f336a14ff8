"""The forms of a handover plan."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Line, Optional_, RowId
from mentorship.growth.handover.rules import Said


class ShareForm(Form):
    """Whether the coordinator sees the plan while no last day is known."""

    shared: Literal["yes", "no"]


class DomainForm(Form):
    """A domain to put on the plan."""

    domain: RowId


class PieceForm(Form):
    """By when a piece is passed on, where it is written down, and how far it is."""

    due_on: Annotated[date | None, Optional_]
    place: Line
    step: Annotated[
        int,
        Field(
            ge=0,
            le=3,
        ),
    ]

    @property
    def said(self) -> Said:
        """What is said of it."""
        return Said(
            self.due_on,
            self.place,
            self.step,
        )


class ReceiverForm(Form):
    """Who is thought of to take a piece over; nobody any more."""

    receiver: Annotated[RowId | None, Optional_]


class MoveForm(Form):
    """Whether a piece goes earlier or later."""

    to: Literal["earlier", "later"]
