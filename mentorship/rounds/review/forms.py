"""The form of a decision on pairs."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from mentorship.base.db import MAX_ID
from mentorship.base.forms import Form
from mentorship.base.i18n import N_
from mentorship.rounds.review.actions import Asked
from mentorship.rounds.standing import SEEN

PAIR = re.compile(rf"([1-9][0-9]{{0,18}})-([1-9][0-9]{{0,18}})-([0-9a-f]{{{SEEN}}})?")
MOST = 200
"""Pairs at once; a page shows fewer."""


def pair_value(request_id: int, mentor_id: int, seen: str) -> str:
    """Return how a form names a pair, with what the page shows of its request."""
    return f"{request_id}-{mentor_id}-{seen}"


def _is_pair(text: str) -> str:
    if not PAIR.fullmatch(text):
        raise ValueError(N_("Choose one of the options."))
    *ids, _ = text.split("-")
    if max(map(int, ids)) > MAX_ID:
        raise ValueError(N_("Choose one of the options."))
    return text


Pair = Annotated[str, AfterValidator(_is_pair)]


class DecisionForm(Form):
    """Pairs to lock, to forbid, or to release."""

    pair: Annotated[list[Pair], Field(max_length=MOST)] = []
    kind: Literal["lock", "forbid", "release"]

    @property
    def decision(self) -> str | None:
        """What is decided; None leaves the pairs to the solver again."""
        if self.kind == "release":
            return None
        return self.kind

    @property
    def asked(self) -> list[Asked]:
        """The pairs, each once."""
        found = []
        for text in dict.fromkeys(self.pair):
            request_id, mentor_id, seen = text.split("-")
            asked = Asked(int(request_id), int(mentor_id), seen)
            found.append(asked)
        return found
