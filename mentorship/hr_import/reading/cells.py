"""The cells of one row -> values; what was tidied for that, what was filled in, or why the row cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import values
from mentorship.hr_import.reading.export import Place, Remark
from mentorship.hr_import.reading.sheets import shown
from mentorship.hr_import.reading.spellings import NO, YES, is_dash, plain

Value = TypeVar("Value")
SPACES, CAPITALS, DATE, TIME, YES_NO, NUMBER, WORD, DASH, LIST = (
    "spaces",
    "capitals",
    "date",
    "time",
    "yes_no",
    "number",
    "word",
    "dash",
    "list",
)
TIDIED = {
    SPACES: N_("stray or invisible spaces"),
    CAPITALS: N_("capitals"),
    DATE: N_("dates written otherwise"),
    TIME: N_("times written otherwise"),
    YES_NO: N_("yes and no written otherwise"),
    NUMBER: N_("numbers written otherwise"),
    WORD: N_("names and words written otherwise"),
    DASH: N_("free days written otherwise"),
    LIST: N_("signs between words"),
}
"""What is put right in a cell, by kind."""
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF))
_EMAIL = re.compile(r'[^\s@<>()\[\]\\,;:"]{1,64}@([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][^\W_]+')
_NAMED_ADDRESS = re.compile(r"(?:mailto:)?([^<>]*)|[^<>]*<([^<>]+)>")
_USUAL_DAY = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{4}")
_USUAL_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
_USUAL_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?")


class Broken(Exception):
    """A row or a cell that cannot be taken, and why; `because` is the row that is to blame, if another is."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.remark = Remark(message, params)
        self.because: Place | None = None

    def of(self, because: Place) -> Broken:
        """Return it with the row that is to blame."""
        self.because = because
        return self


def tidied(text: str) -> str:
    """Return a text without stray or invisible spaces, its accents in the usual form."""
    if not text.isascii():
        visible = text.translate(_INVISIBLE)
        text = unicodedata.normalize("NFC", visible)
    return " ".join(text.split())


class Cells:
    """The cells of one row; remembers in `tidied` each kind of thing that was put right, in `filled` what was left."""

    def __init__(self, raw: Mapping[str, str], headings: Mapping[str, str]) -> None:
        self.raw = raw
        self.headings = headings
        self.tidied: list[str] = []
        self.filled: list[tuple[str, Broken]] = []
        if _UNREADABLE.search("\t".join(raw.values())):
            self._name_unreadable()

    def _name_unreadable(self) -> None:
        for column, text in self.raw.items():
            if _UNREADABLE.search(text):
                raise self.broken(N_("%(column)s has characters that cannot be read."), column)

    def broken(self, message: str, column: str, **params: object) -> Broken:
        """Return what is wrong with a column, called as in the file."""
        heading = self.headings.get(column, column)
        return Broken(
            message,
            column=heading,
            **params,
        )

    def fill(self, column: str, why: Broken) -> None:
        """Remember that a cell could not be read, and that the row comes in without it."""
        self.filled.append((column, why))

    def or_none(self, column: str, read: Callable[[], Value]) -> Value | None:
        """Return what a cell says, None when it cannot be read: that is said, and the row goes in."""
        try:
            return read()
        except Broken as broken:
            self.fill(column, broken)
            return None

    def text(self, column: str, most: int, *, required: bool = False) -> str:
        """Return a tidied text of at most so many characters; an absent column gives an empty one."""
        raw = self.raw.get(column, "")
        if not raw and not required:
            return ""
        text = tidied(raw)
        if text != raw:
            self.tidied.append(SPACES)
        if required and not text:
            raise self.broken(N_("%(column)s is empty."), column)
        if len(text) > most:
            raise self._too_long(column, most)
        return text

    def _too_long(self, column: str, most: int) -> Broken:
        return self.broken(
            N_("%(column)s has more than %(most)s characters."),
            column,
            most=most,
        )

    def code(self, column: str, *, most: int = 200) -> str:
        """Return a text whose capitals do not matter, in lower case."""
        text = self.text(column, most)
        lower = text.lower()
        if len(lower) > most:  # a capital may become two characters
            raise self._too_long(column, most)
        if text != lower:
            self.tidied.append(CAPITALS)
        return lower

    def spelled(self, text: str, names: Mapping[str, str]) -> str | None:
        """Return how a name is spelled here, None when it is not known; other capitals are untidy."""
        name = names.get(text.casefold())
        if name is not None and name != text and name.casefold() == text.casefold():
            self.tidied.append(CAPITALS)
        return name

    def yes(self, column: str) -> bool:
        """Return True for every way to say yes, False for no and for an empty cell."""
        raw = self.raw.get(column, "")
        if raw in ("ja", "nee", ""):
            return raw == "ja"
        text = plain(self.text(column, 100_000)).removesuffix(".0")
        says_yes = text in YES
        if not says_yes and text not in NO and not is_dash(text):
            message = N_("%(column)s is “%(value)s”, not yes (ja) or no (nee).")
            raise self.broken(
                message,
                column,
                value=shown(raw),
            )
        if text not in ("ja", "nee", ""):
            self.tidied.append(YES_NO)
        elif raw.strip() != text:
            self.tidied.append(CAPITALS)
        return says_yes

    def whole(self, column: str, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        return self._counted(
            column,
            least,
            most,
            values.whole,
        )

    def level(self, column: str) -> int:
        """Return a level, in figures or in words."""
        return self._counted(
            column,
            0,
            5,
            values.level,
        )

    def _counted(self, column: str, least: int, most: int, read: Callable[[str], int | None]) -> int:
        text = self.text(
            column,
            100_000,
            required=True,
        )
        found = read(text) if len(text) < 100 else None
        if found is None or not least <= found <= most:
            raise self.broken(
                N_("%(column)s is “%(value)s”, not a whole number from %(least)s to %(most)s."),
                column,
                value=shown(text),
                least=least,
                most=most,
            )
        if not text.isdecimal():
            self.tidied.append(NUMBER)
        return found

    def hours(self, column: str, most: int) -> Decimal:
        """Return a number of hours, with a comma or a point before at most two decimals."""
        text = self.text(
            column,
            100_000,
            required=True,
        )
        found = values.hours(text) if len(text) < 100 else None
        if found is None or found > most:
            message = N_("%(column)s is “%(value)s”, not a number of hours from 0 to %(most)s.")
            raise self.broken(
                message,
                column,
                value=shown(text),
                most=most,
            )
        if not _USUAL_NUMBER.fullmatch(text):
            self.tidied.append(NUMBER)
        return found

    def day(self, column: str) -> date:
        """Return a date."""
        text = self.text(
            column,
            100_000,
            required=True,
        )
        found = values.day(text) if len(text) < 100 else None
        if found is None:
            message = N_("%(column)s is “%(value)s”, not a date dd-mm-yyyy.")
            raise self.broken(
                message,
                column,
                value=shown(text),
            )
        if not _USUAL_DAY.fullmatch(text):
            self.tidied.append(DATE)
        return found

    def minutes(self, column: str) -> int:
        """Return a time of the day in minutes from midnight."""
        text = self.text(
            column,
            100_000,
            required=True,
        )
        found = values.minutes(text) if len(text) < 100 else None
        if found is None:
            message = N_("%(column)s is “%(value)s”, not a time hh:mm.")
            raise self.broken(
                message,
                column,
                value=shown(text),
            )
        if not _USUAL_TIME.fullmatch(text):
            self.tidied.append(TIME)
        return found

    def number(self, column: str, numbers: Mapping[str, str], *, required: bool = True) -> str:
        """Return a personnel number as it is meant; `numbers` says which ones stand for another."""
        text = self.text(
            column,
            100_000,
            required=required,
        )
        meant = values.number(text) if text else text
        meant = numbers.get(meant.casefold(), meant)
        if meant != text:
            self.tidied.append(NUMBER)
        return meant

    def email(self, column: str) -> str | None:
        """Return an e-mail address in lower case, None for an empty cell; accents are fine, many people have them."""
        text = self.code(column, most=254)
        if not text or is_dash(text):
            return None
        named = _NAMED_ADDRESS.fullmatch(text)
        address = (named[1] or named[2] or "").strip() if named else text
        local, _, _ = address.partition("@")
        stray_dot = ".." in address or local.startswith(".") or local.endswith(".")
        if stray_dot or not _EMAIL.fullmatch(address):
            message = N_("%(column)s is “%(value)s”, not an e-mail address.")
            raise self.broken(
                message,
                column,
                value=shown(text),
            )
        if address != text:
            self.tidied.append(WORD)
        return address
