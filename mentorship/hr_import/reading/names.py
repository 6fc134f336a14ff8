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
_TITLES = frozenset(("dhr.", "mevr.", "mw.", "hr.", "dr.", "ir.", "ing.", "drs.", "mr.", "mrs.", "ms.", "prof."))
Parts = tuple[str, str, str]
LONG = 3
"""Shorter words in capitals may be initials."""
_WORD = re.compile(r"(?<![\w.])[^\W\d_]+(?![\w.])")
_VOWEL = re.compile(r"[aeiouy]")


def split(name: str) -> Parts:
    """Return the parts of "Jan van den Berg" and of "Berg, Jan van den"."""
    without_remark = " ".join(_REMARK.sub(" ", name).split())
    if "," in without_remark:
        return _family_first(without_remark)
    words = [word for word in without_remark.split() if word.casefold() not in _TITLES]
    joined = _joined(words)
    if joined:
        return " ".join(words[:joined]), *_infix_first(words[joined:])
    for at, word in enumerate(words):
        if at and at < len(words) - 1 and word.casefold() in INFIXES:
            return " ".join(words[:at]), *_infix_first(words[at:])
    if len(words) < 2:
        return " ".join(words), "", ""
    return " ".join(words[:-1]), "", words[-1]


def _joined(words: list[str]) -> int:
    """Return where a family name begins of which a dash joins the two halves: "Jansen - de Wit"; 0 for none."""
    for at in range(1, len(words) - 1):
        if words[at + 1] == "-" or (words[at].rpartition("-")[2].casefold() in INFIXES and "-" in words[at]):
            while at > 1 and words[at - 1].casefold() in INFIXES:
                at -= 1
            return at
    return 0


def split_as(name: str, *, family_first: bool, given: str = "") -> Parts:
    """Return the parts of a name of which the heading tells the order, or another column the given name."""
    words = name.split()
    if "," in name or not words:
        return split(name)
    if given and (len(words) == 1 or (words[0].casefold() in INFIXES and words[0] != given)):
        return given, *_infix_first(words)
    if not family_first or len(words) == 1:
        return split(name)
    at = 0
    while at < len(words) - 2 and words[at].casefold() in INFIXES:
        at += 1
    return _family_first(f"{' '.join(words[: at + 1])}, {' '.join(words[at + 1 :])}")


def without_titles(written: str) -> str:
    """Return what stands before a family name without titles, which a column for it may hold too."""
    return " ".join(word for word in written.split() if f"{word.casefold().rstrip('.')}." not in _TITLES)


def capitals_mended(name: str) -> str:
    """Return a name without the words in capitals alone; initials stay."""
    return _WORD.sub(_mended, name)


def _mended(word: re.Match[str]) -> str:
    written = word[0]
    if len(written) < LONG or not written.isupper() or not _VOWEL.search(plain(written)):
        return written
    return f"IJ{written[2:].lower()}" if written.startswith("IJ") else written.capitalize()


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
