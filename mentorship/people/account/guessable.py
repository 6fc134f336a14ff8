"""How easily a password is guessed: by who knows what people choose most, in Dutch and English, and what they add."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files
from threading import Lock

from zxcvbn import zxcvbn

FEWEST_GUESSES = 10**9
"""A password takes so many guesses of who tries the likely ones first; a word with a year takes far fewer."""
LOOKED_AT = 64
"""So many of its characters are looked at: more do not make it easier to guess, and the estimate takes longer."""
_ONE_AT_A_TIME = Lock()  # the library keeps the words of whoever asked last for all


@lru_cache
def common_words() -> tuple[str, ...]:
    """Return the Dutch words that people make passwords of; the English ones come with the library."""
    listed = files("mentorship.people.account").joinpath("common_nl.txt")
    return tuple(listed.read_text("utf-8").split())


def is_guessable(password: str, words: Collection[str], fewest: int = FEWEST_GUESSES) -> bool:
    """Tell whether few guesses find a password, for who knows these words of its owner too: case and leet count not."""
    known = [word.casefold() for word in words]
    with _ONE_AT_A_TIME:
        found = zxcvbn(
            password[:LOOKED_AT].casefold(),
            user_inputs=[*known, *common_words()],
        )
    return int(found["guesses"]) < fewest
