"""A name in one piece -> given name, infix and family name; and a form by which names are compared. Pure."""

from __future__ import annotations

import re

from mentorship.hr_import.reading.spellings import plain

_INFIXES = (
    "van de der den ten ter te het 't in op aan bij onder over uit tot voor la le les du des da do dos del della di "
    "von vom zu zum zur und el al bin ben ibn af v. v.d. vd d. 's d'"
)
INFIXES = frozenset(_INFIXES.split())
_LETTERS = re.compile(r"[^\w]+")
_REMARK = re.compile(r"\([^)]*\)")
_TITLES = frozenset(("dhr.", "mevr.", "mw.", "hr.", "dr.", "ir.", "ing.", "drs.", "mr.", "prof."))
Parts = tuple[str, str, str]


def split(name: str) -> Parts:
    """Return the parts of "Jan van den Berg" and of "Berg, Jan van den"."""
    without_remark = " ".join(_REMARK.sub(" ", name).split())
    if "," in without_remark:
        return _family_first(without_remark)
    words = [word for word in without_remark.split() if word.casefold() not in _TITLES]
    for at, word in enumerate(words):
        if at and at < len(words) - 1 and word.casefold() in INFIXES:
            return " ".join(words[:at]), *_infix_first(words[at:])
    if len(words) < 2:
        return " ".join(words), "", ""
    return " ".join(words[:-1]), "", words[-1]


def _infix_first(words: list[str]) -> tuple[str, str]:
    """Return the infix and the family name that words begin and end with; the last is never an infix."""
    at = 0
    while at < len(words) - 1 and words[at].casefold() in INFIXES:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def _family_first(name: str) -> Parts:
    family, *others = [part.strip() for part in name.split(",")]
    infix, family = _infix_first(family.split())
    given = []
    for word in " ".join(others).split():
        if word.casefold() in INFIXES:
            infix = f"{infix} {word}".strip()
        elif word.casefold() not in _TITLES:
            given.append(word)
    return " ".join(given), infix, family


def key(*parts: str) -> str:
    """Return the form by which names are compared: their words, in whatever order, without accents and capitals."""
    words = _LETTERS.sub(" ", plain(" ".join(parts))).split()
    return " ".join(sorted(words))
