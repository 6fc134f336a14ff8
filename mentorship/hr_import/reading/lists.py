"""Cells with one or more words of a closed list: roles, languages, weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import CAPITALS, LIST, WORD, Cells
from mentorship.hr_import.reading.rows import Names
from mentorship.hr_import.reading.sheets import shown
from mentorship.hr_import.reading.spellings import AND, ROLES, WEEKDAYS, is_dash, language, plain, spoken
from mentorship.people.models import LANGUAGES

ROLE_ORDER = ("junior", "senior", "manager")
DUTCH = "nl"
_USUAL_ROLES = frozenset(("junior", "senior", "leidinggevende", "medewerker"))
_CODES = re.compile(r"[a-z]{2}(,[a-z]{2})*")
_BETWEEN = re.compile(r"[,/+;&|\n]")


def roles(cells: Cells, settled: Names) -> tuple[str, ...]:
    """Return the roles that are known; a word that is no role gives none, and that is said."""
    text = cells.text("Rol", 100_000)
    if text in ROLES:
        role = ROLES[text]
        return (role,) if role else ()
    found = set()
    for written in _parts(text):
        if written in settled:
            found.add(settled[written])
        elif written in ROLES:
            found.add(ROLES[written] or "")
            _note_spelling(
                cells,
                text,
                written,
            )
        elif written and not is_dash(written):
            _fill_unknown(
                cells,
                "Rol",
                N_("%(column)s: “%(value)s” is not a role that is known here."),
                written,
            )
    return tuple(role for role in ROLE_ORDER if role in found)


def _note_spelling(cells: Cells, text: str, written: str) -> None:
    if text != text.lower():
        cells.tidied.append(CAPITALS)
    elif written not in _USUAL_ROLES:
        cells.tidied.append(WORD)


def _fill_unknown(cells: Cells, column: str, message: str, word: str) -> None:
    """Say that a word in a cell with several means nothing here."""
    unknown = cells.broken(
        message,
        column,
        value=shown(word),
    )
    cells.fill(column, unknown)


def _parts(text: str) -> list[str]:
    """Return the words of a cell with several, split where people split them."""
    parts = []
    for part in _BETWEEN.split(text):
        written = plain(part)
        if written in ROLES or written in WEEKDAYS:
            parts.append(written)
            continue
        words = [word for word in re.split(r" (?:en|and) ", written) if word]
        parts += words
    return parts


def school_days(cells: Cells) -> tuple[int, ...]:
    """Return the days at school, from Monday = 0."""
    text = cells.text("Schooldag", 200)
    if not text or is_dash(text):
        return ()
    days = set()
    for part in _parts(text):
        for word in part.split():
            day = WEEKDAYS.get(word.rstrip("."))
            if day is None and word not in AND:
                message = N_("%(column)s: “%(value)s” is not a day from Monday (ma) to Sunday (zo).")
                raise cells.broken(
                    message,
                    "Schooldag",
                    value=shown(word),
                )
            if day is not None:
                days.add(day)
    if text.casefold() not in WEEKDAYS:
        cells.tidied.append(LIST)
    return tuple(sorted(days))


def languages(cells: Cells, settled: Names) -> tuple[str, ...]:
    """Return the languages that are known; without any it is Dutch, and that is said."""
    text = cells.text("Talen", 1000)
    if text in LANGUAGES:
        return (text,)
    found = set()
    words = [] if is_dash(text) else spoken(text)
    for word in words:
        code = settled.get(word) or language(word)
        if code in LANGUAGES:
            found.add(code)
        else:
            _fill_unknown(
                cells,
                "Talen",
                N_("%(column)s: “%(value)s” is not a language that is known here."),
                word,
            )
    if found:
        _note_list(
            cells,
            text,
            words,
        )
        return tuple(name for name in LANGUAGES if name in found)
    if "Talen" in cells.raw:
        missing = cells.broken(N_("%(column)s is empty: Dutch was filled in."), "Talen")
        cells.fill("Talen", missing)
    return (DUTCH,)


def _note_list(cells: Cells, text: str, words: Iterable[str]) -> None:
    """Note what was put right in a list of languages."""
    if any(word not in LANGUAGES for word in words):
        cells.tidied.append(WORD)
    elif not _CODES.fullmatch(text):
        cells.tidied.append(LIST)
