"""One cell of text -> one value, or the reason why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import Remark
from mentorship.hr_import.reading.sheets import shown

_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
_EMAIL = re.compile(r'[^\s@<>()\[\]\\,;:"]{1,64}@([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][^\W_]+')
_WHOLE = re.compile(r"[0-9]{1,3}")
_HOURS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{2})-(?P<month>[0-9]{2})-(?P<year>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_SEPARATORS = re.compile(r"[,/+;]")


class Broken(Exception):
    """A row that cannot be taken, and why."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.remark = Remark(message, params)


def tidied(text: str) -> str:
    """Return a text without stray or invisible spaces, its accents in the usual form."""
    if not text.isascii():
        visible = text.translate(_INVISIBLE)
        text = unicodedata.normalize("NFC", visible)
    return " ".join(text.split())


class Cells:
    """The cells of one row; remembers in `untidy` whether a value that was taken had to be tidied."""

    def __init__(self, raw: Mapping[str, str]) -> None:
        for column, text in raw.items():
            if _UNREADABLE.search(text):
                raise Broken(N_("%(column)s has characters that cannot be read."), column=column)
        self.raw = raw
        self.untidy = False

    def text(self, column: str, most: int, *, required: bool = False) -> str:
        """Return a tidied text of at most so many characters; an absent column gives an empty one."""
        raw = self.raw.get(column, "")
        text = tidied(raw)
        self.untidy = self.untidy or text != raw
        if required and not text:
            raise Broken(N_("%(column)s is empty."), column=column)
        if len(text) > most:
            raise Broken(
                N_("%(column)s has more than %(most)s characters."),
                column=column,
                most=most,
            )
        return text

    def code(self, column: str, *, most: int = 200) -> str:
        """Return a text whose capitals do not matter, in lower case."""
        text = self.text(column, most)
        lower = text.lower()
        if len(lower) > most:  # a capital may become two characters
            raise Broken(
                N_("%(column)s has more than %(most)s characters."),
                column=column,
                most=most,
            )
        self.untidy = self.untidy or text != lower
        return lower

    def spelled(self, text: str, names: Mapping[str, str]) -> str | None:
        """Return how a name is spelled here, None when it is not known; other capitals are untidy."""
        name = names.get(text.casefold())
        if name is not None and name != text and name.casefold() == text.casefold():
            self.untidy = True
        return name

    def parts(self, column: str, allowed: Collection[str], message: str) -> list[str]:
        """Return the codes in a cell with one or more of them, each of `allowed`."""
        parts = []
        for written in _SEPARATORS.split(self.code(column)):
            part = written.strip()
            if not part:
                continue
            if part not in allowed:
                raise Broken(message, column=column, value=shown(part))
            parts.append(part)
        return parts

    def yes(self, column: str) -> bool:
        """Return True for ja, False for nee and for an empty cell."""
        text = self.code(column)
        if text not in ("ja", "nee", ""):
            message = N_("%(column)s is “%(value)s”, not yes (ja) or no (nee).")
            raise Broken(message, column=column, value=shown(text))
        return text == "ja"

    def whole(self, column: str, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        text = self.text(column, 100_000, required=True)
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise Broken(
                N_("%(column)s is “%(value)s”, not a whole number from %(least)s to %(most)s."),
                column=column,
                value=shown(text),
                least=least,
                most=most,
            )
        return int(text)

    def hours(self, column: str, most: int) -> Decimal:
        """Return a number of hours, with a comma or a point before at most two decimals."""
        text = self.text(column, 100_000, required=True)
        with_point = text.replace(",", ".")
        if not _HOURS.fullmatch(with_point) or Decimal(with_point) > most:
            message = N_("%(column)s is “%(value)s”, not a number of hours from 0 to %(most)s.")
            raise Broken(
                message,
                column=column,
                value=shown(text),
                most=most,
            )
        return Decimal(with_point)

    def day(self, column: str) -> date:
        """Return a date written dd-mm-yyyy or yyyy-mm-dd."""
        text = self.text(column, 100_000, required=True)
        found = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
        try:
            if found:
                return date(
                    int(found["year"]),
                    int(found["month"]),
                    int(found["day"]),
                )
        except ValueError:
            pass  # the 30th of February
        message = N_("%(column)s is “%(value)s”, not a date dd-mm-yyyy.")
        raise Broken(message, column=column, value=shown(text))

    def minutes(self, column: str) -> int:
        """Return a time of the day in minutes from midnight."""
        text = self.text(column, 100_000, required=True)
        found = _TIME.fullmatch(text)
        if not found:
            message = N_("%(column)s is “%(value)s”, not a time hh:mm.")
            raise Broken(message, column=column, value=shown(text))
        hour = int(found[1])
        minute = int(found[2])
        return hour * 60 + minute

    def email(self, column: str) -> str | None:
        """Return an e-mail address in lower case, None for an empty cell; accents are fine, many people have them."""
        text = self.code(column, most=254)
        if not text:
            return None
        local, _, _ = text.partition("@")
        stray_dot = ".." in text or local.startswith(".") or local.endswith(".")
        if stray_dot or not _EMAIL.fullmatch(text):
            message = N_("%(column)s is “%(value)s”, not an e-mail address.")
            raise Broken(message, column=column, value=shown(text))
        return text
