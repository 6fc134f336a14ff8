"""Names by their letters: Öztürk stands after Olijslager, and ozturk finds her, on either database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
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


def fits(words: Iterable[str], text: str) -> bool:
    """Tell whether each of these folded words begins a word of a text, in any order."""
    plain = folded(text)
    parts = re.split(r"[^\w']+", plain)
    for word in words:
        begun = [part for part in parts if part.startswith(word)]
        if not begun:
            return False
    return True


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str:
        """What people call it."""


Thing = TypeVar("Thing", bound=Named)


def by_name(things: Iterable[Thing]) -> list[Thing]:
    """Return things in the order of the letters of their names."""
    return sorted(things, key=lambda thing: folded(thing.name))


@dataclass(frozen=True)
class Piece:
    """A part of a text: what was looked for, or what stands around it."""

    text: str
    sought: bool


def pieces(text: str, words: Iterable[str]) -> list[Piece]:
    """Cut a text where these folded words stand in it, at the beginning of a word if they do: Öztürk, by ozturk."""
    letters = [folded(letter) for letter in text]
    whole = "".join(letters)
    sought = _sought(whole, words)
    cut: list[Piece] = []
    at = 0
    inside = False
    for letter, plain in zip(text, letters, strict=True):
        end = at + len(plain)
        if plain:  # a mark that stands apart from its letter goes with it
            inside = any(sought[at:end])
        if cut and cut[-1].sought == inside:
            before = cut.pop()
            letter = before.text + letter
        piece = Piece(letter, inside)
        cut.append(piece)
        at = end
    return cut


def _sought(plain: str, words: Iterable[str]) -> list[bool]:
    """Tell of each letter of a folded text whether it is part of the words."""
    sought = [False] * len(plain)
    for word in words:
        part = re.escape(word)
        begun = re.finditer(rf"\b{part}", plain)
        for found in list(begun) or re.finditer(part, plain):
            start, end = found.span()
            sought[start:end] = [True] * len(word)
    return sought
