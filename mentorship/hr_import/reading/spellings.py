"""How people spell what a cell may say: yes and no, languages, roles, weekdays, levels, a free day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel import Locale

from mentorship.people.models import LANGUAGES

YES = frozenset(
    ("ja", "j", "yes", "y", "waar", "true", "1", "x", "v", "✓", "✔", "☑", "☒", "wel", "aan", "on", "oui", "si")
)
NO = frozenset(
    ("", "nee", "n", "no", "onwaar", "false", "0", "niet", "neen", "uit", "off", "geen", "n.v.t.", "nvt", "☐", "non")
)
ROLES: dict[str, str | None] = {
    "junior": "junior",
    "juniors": "junior",
    "leerling": "junior",
    "bbl": "junior",
    "bbl-leerling": "junior",
    "stagiair": "junior",
    "trainee": "junior",
    "apprentice": "junior",
    "mentee": "junior",
    "senior": "senior",
    "seniors": "senior",
    "mentor": "senior",
    "leermeester": "senior",
    "leidinggevende": "manager",
    "leidinggevend": "manager",
    "manager": "manager",
    "teamleider": "manager",
    "chef": "manager",
    "supervisor": "manager",
    "medewerker": None,
    "werknemer": None,
    "collega": None,
    "employee": None,
    "staff": None,
    "geen": None,
    "none": None,
}
_DAYS = {
    "maandag": "ma mon monday",
    "dinsdag": "di tue tues tuesday",
    "woensdag": "wo wed wednesday",
    "donderdag": "do thu thur thurs thursday",
    "vrijdag": "vr fri friday",
    "zaterdag": "za sat saturday",
    "zondag": "zo sun sunday",
}
LEVELS = {
    "nog niet": 0,
    "meegekeken": 1,
    "onder begeleiding": 2,
    "zelfstandig": 3,
    "legt het uit": 4,
    "leg het uit": 4,
    "vraagbaak": 5,
    "not yet": 0,
    "have watched it": 1,
    "with guidance": 2,
    "can do it alone": 3,
    "can explain it": 4,
    "the go-to person": 5,
}
_DASHES = "-‐‑‒–—―−﹣－_"
_FREE = frozenset(("x", "vrij", "free", "off", "roostervrij", "rust", "rustdag", "vrije dag", "."))
_CODES = {
    "nl": "nld dut ned vlaams flemish vl",
    "en": "eng gb uk-en",
    "de": "deu ger dui",
    "pl": "pol",
    "fr": "fra fre",
    "es": "spa castellano castiliaans",
    "pt": "por",
    "ro": "ron rum roe",
    "bg": "bul",
    "uk": "ukr ua oekraiens",
    "tr": "tur",
    "ar": "ara",
}
"""What languages are called beside their names: codes of three letters, and what people write."""
_MARKS = re.compile(r"[\u0300-\u036f]")
_REGION = re.compile(r"([a-z]{2,3})[-_][a-z]{2,4}")
AND = frozenset(("en", "and", "und", "et", "e", "y", "i", "&"))


def plain(text: str) -> str:
    """Return a text by which words are compared: small letters, no accents, single spaces."""
    low = " ".join(text.split()).casefold()
    if low.isascii():
        return low
    return _MARKS.sub("", unicodedata.normalize("NFD", low))


def is_dash(text: str) -> bool:
    """Tell whether a text is nothing but dashes, of whatever length."""
    return bool(text) and not text.strip(_DASHES)


def is_free(code: str) -> bool:
    """Tell whether a word in a cycle says that a day is free."""
    return is_dash(code) or code.casefold() in _FREE


def _weekdays() -> Iterator[tuple[str, int]]:
    for number, (name, others) in enumerate(_DAYS.items()):
        for written in (name, *others.split()):
            yield written, number


WEEKDAYS = dict(_weekdays())


@cache
def languages() -> dict[str, str]:
    """Return codes of languages by their names in Dutch, in English and in themselves, without accents."""
    found: dict[str, str] = {}
    for code in LANGUAGES:
        for speaking in ("nl", "en", code):
            name = Locale.parse(speaking).languages.get(code, code)
            found.setdefault(plain(name), code)
        for written in _CODES.get(code, "").split():
            found.setdefault(written, code)
        found[code] = code
    return found


def spoken(text: str) -> list[str]:
    """Return the words for languages in a cell, split where people split them: by a comma, a slash, a space, "and"."""
    known = languages()
    found = []
    without_remarks = re.sub(
        r"\([^)]*\)",
        "",
        text,
    )
    for part in re.split(r"[,/+;|&\n]", without_remarks):
        written = plain(part)
        if written in known:
            found.append(written)
            continue
        words = written.split()
        by_name = any(len(word) > 2 for word in words)
        found += [word for word in words if not (by_name and word in AND)]
    return found


def language(written: str) -> str | None:
    """Return the code of a language, None when it is none that is known here."""
    known = languages()
    tagged = _REGION.fullmatch(written)
    return known.get(written) or known.get(tagged[1] if tagged else "")
