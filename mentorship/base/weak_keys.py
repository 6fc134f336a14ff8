"""Whether a secret of the service was made up by a person instead of a generator."""

from __future__ import annotations

import re

from zxcvbn import zxcvbn

LOOKED_AT = 64
"""So many characters are looked at: more take longer and tell no more."""
FEWEST_LETTERS = 8
"""So many different characters stand in 32 random hexadecimal ones, but once in some 100,000 times."""
FEWEST_GUESSES = 20
"""Powers of ten: who tries the likely ones first."""
MOST_KNOWN = 0.5
"""The part of a key that words, repeats and rows of keys may make up."""
SENTENCE = 4
"""So many words beside each other are a sentence."""
SHORTEST_WORD = 4
GUESSED = ("dictionary", "repeat", "sequence", "spatial")
_WORD = re.compile(r"(?<![0-9A-Za-z])[A-Za-z][a-z]+(?![0-9A-Za-z])")


def is_weak(secret: str) -> bool:
    """Tell whether a secret is one letter over and over, a row, a word of an example, or a sentence."""
    looked_at = secret[:LOOKED_AT]
    letters = set(looked_at)
    words = _WORD.findall(looked_at)
    if len(letters) < FEWEST_LETTERS or len(words) >= SENTENCE:
        return True
    found = zxcvbn(looked_at)
    known = 0
    for part in found["sequence"]:
        token = part["token"]
        if part["pattern"] in GUESSED and len(token) >= SHORTEST_WORD:
            known += len(token)
    most = MOST_KNOWN * len(looked_at)
    return found["guesses_log10"] < FEWEST_GUESSES or known >= most
