"""What is sent to write to people: whom, in which words, and how it is sent."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Optional_, RowId
from mentorship.base.i18n import N_
from mentorship.profiles.away.rules import Spell, check
from mentorship.reminders.drafts.changes import AWAY
from mentorship.reminders.messages.rules import MOST
from mentorship.reminders.texts.forms import Name, WordsForm

Day = Annotated[date | None, Optional_]
Ids = Annotated[list[RowId], Field(max_length=MOST), BeforeValidator(list)]


class PeopleForm(Form):
    """The people ticked, or all that the list shows."""

    person: Ids
    everybody: bool = False


class PairsForm(Form):
    """The pairs ticked, or all that the list shows."""

    duo: Ids
    everybody: bool = False


class ProposalsForm(Form):
    """The proposals ticked, or all that the list shows."""

    proposal: Ids
    everybody: bool = False


class MessageForm(WordsForm):
    """What a message says, and where its button leads."""

    leads: Literal["today", "pairs", "profile", "message"]


class KeepForm(MessageForm):
    """The same, with the name to keep it under."""

    name: Name


class UseForm(Form):
    """Which text is put in: one that was kept, or one of those that come with the service."""

    text: Annotated[str, Field(pattern=r"^(kept|given)-\d{1,9}$")]


class TakeOffForm(Form):
    """Who is left out."""

    person: RowId


class SendForm(Form):
    """Which state of the message was looked at."""

    version: Annotated[int, Field(ge=1, le=1_000_000)]


class ChangeForm(Form):
    """Who is asked to change what of their own, and whether nobody would be without a mentor by it."""

    person: RowId
    about: Literal["fewer", "pause", "away"]
    places: Annotated[int, Field(ge=0, le=20)] = 0
    first: Day = None
    last: Day = None
    nobody_lost: bool = False

    def days(self, today: date) -> Spell | None:
        """Return the days it is about, None where it is about none."""
        if self.about != AWAY:
            return None
        if self.first is None or self.last is None:
            raise Refused(N_("Fill in both days: from when, and until when."), field="first")
        check(self.first, self.last, today)
        return self.first, self.last
