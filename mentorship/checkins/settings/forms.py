"""The forms of the check-in settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Invalid, Line, RowId
from mentorship.base.i18n import N_, gettext


class SettingsForm(Form):
    """Whether and how often both sides are asked."""

    version: Annotated[int, Field(ge=1, le=10**9)]
    running: bool = False
    days: Annotated[int, Field(ge=10, le=42)]
    confidant: Annotated[Line, Field(max_length=40)]


class QuestionsForm(Form):
    """The questions of both sides, in Dutch and English; one without words is not asked any more."""

    set_id: RowId
    words: dict[str, Line] = {}

    @classmethod
    def nested(cls, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Gather the fields named `word-...` into one."""
        words = {k.removeprefix("word-"): v for k, v in fields.items() if k.startswith("word-")}
        return {**{k: v for k, v in fields.items() if not k.startswith("word-")}, "words": words}

    def questions(self, sides: Mapping[str, Sequence[str]]) -> dict[str, list[dict[str, str]]]:
        """Return the questions by side; one that has words in one language only has them in both."""
        wanted = {f"{side}-{key}-{word}" for side, keys in sides.items() for key in keys for word in ("nl", "en")}
        if not wanted <= set(self.words):  # a cut-off form takes no question away
            raise Invalid({"words": gettext("Fill this in.")}, self.words)
        found: dict[str, list[dict[str, str]]] = {}
        for side, keys in sides.items():
            asked = []
            for key in keys:
                dutch, english = (self.words.get(f"{side}-{key}-{language}", "") for language in ("nl", "en"))
                if dutch or english:
                    asked.append({"key": key, "nl": dutch or english, "en": english or dutch})
            if not asked:
                raise Refused(N_("Keep at least one question for each side."))
            found[side] = asked
        return found
