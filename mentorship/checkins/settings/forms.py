"""The forms of the check-in settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Invalid, Line, RowId
from mentorship.base.i18n import N_, gettext
from mentorship.checkins.settings.standard import question

WORD = "word-"
"""How the field of a question in one language begins; its side, key and language follow."""


def field_of(side: str, key: str, language: str) -> str:
    """Return the name of the field that holds a question in one language."""
    return f"{WORD}{side}-{key}-{language}"


class SettingsForm(Form):
    """Whether and how often both sides are asked."""

    version: Annotated[int, Field(ge=1, le=10**9)]
    running: bool = False
    days: Annotated[int, Field(ge=10, le=42)]
    later_days: Annotated[int, Field(ge=10, le=42)]


class StandardForm(Form):
    """Ask the standard questions instead of those that were shown."""

    set_id: RowId


class QuestionsForm(Form):
    """The questions of both sides, in Dutch and English; one without words is not asked any more."""

    set_id: RowId
    words: dict[str, Line] = {}

    @classmethod
    def nested(cls, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Gather the fields named `word-...` into one."""
        words = {}
        rest = {}
        for name, value in fields.items():
            if name.startswith(WORD):
                words[name] = value
            else:
                rest[name] = value
        return {**rest, "words": words}

    @classmethod
    def field_at(cls, place: tuple[int | str, ...]) -> str:
        """Return the name of a field that was gathered into one."""
        return str(place[-1])

    def questions(self, sides: Mapping[str, Sequence[str]]) -> dict[str, list[dict[str, str]]]:
        """Return the questions by side; one that has words in one language only has them in both."""
        found = {}
        for side, keys in sides.items():
            asked = []
            for key in keys:
                dutch = self._typed(side, key, "nl")
                english = self._typed(side, key, "en")
                if dutch or english:
                    asked.append(question(key, dutch or english, english or dutch))
            if not asked:
                raise Refused(N_("Keep at least one question for each side."))
            found[side] = asked
        return found

    def _typed(self, side: str, key: str, language: str) -> str:
        """Return the words of one field; a form that was cut off takes no question away."""
        name = field_of(side, key, language)
        if name not in self.words:
            raise Invalid({"words": gettext("Fill this in.")}, self.words)
        return self.words[name]
