"""Names by their letters: Öztürk stands after Olijslager, and ozturk finds her, on either database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar

PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "’": "'",
    }
)
"""Letters that are no letter with a mark, as a Dutch keyboard writes them."""


def folded(text: str) -> str:
    """Return a text as lists sort it and searches look for it: no capitals, no marks on letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = [letter for letter in apart if not unicodedata.combining(letter)]
    return "".join(letters).translate(PLAIN)


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str:
        """What people call it."""


Thing = TypeVar("Thing", bound=Named)


def by_name(things: Iterable[Thing]) -> list[Thing]:
    """Return things in the order of the letters of their names."""
    return sorted(things, key=lambda thing: folded(thing.name))
