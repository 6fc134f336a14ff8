"""The form of a sheet of levels that was looked at: which of its changes are ticked."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from mentorship.base.db import MAX_ID
from mentorship.base.forms import Form, Line
from mentorship.base.i18n import N_
from mentorship.hr_import.levels.rules import MOST_CHANGES, Change

_KEY = re.compile(r"(\d{1,19})-(\d{1,19})-([0-5])-([0-5])")


def _known(key: str) -> str:
    found = _KEY.fullmatch(key)
    if found is None or max(int(found[1]), int(found[2])) > MAX_ID:
        raise ValueError(N_("Choose one of the options."))
    return key


Key = Annotated[Line, AfterValidator(_known)]


class TakeForm(Form):
    """The changes that are ticked."""

    change: Annotated[list[Key], Field(max_length=MOST_CHANGES)] = []

    def changes(self) -> list[Change]:
        """Return them as plain values, each once."""
        found = []
        for key in dict.fromkeys(self.change):
            numbers = map(int, key.split("-"))
            found.append(Change(*numbers))
        return found
