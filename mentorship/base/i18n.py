"""Text, dates and numbers in the reader's language. Dutch first; the messages in the code are English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO

from babel import dates, numbers
from babel.lists import format_list as babel_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from mentorship.base.clock import AMSTERDAM, local_date
from mentorship.base.config import PACKAGE

LOCALES = ("nl", "en")
PERCENT = {"nl": "#,##0\u202f%", "en": "#,##0%"}
_locale: ContextVar[str] = ContextVar("locale", default="nl")


def N_(message: str) -> str:  # noqa: N802 (the customary name; extraction looks for it)
    """Mark a message for translation without translating it yet."""
    return message


def locale() -> str:
    """Return the language in force, one of `LOCALES`."""
    return _locale.get()


@contextmanager
def use_locale(name: str) -> Iterator[None]:
    """Speak `name` within the block; an unknown language means Dutch."""
    token = _locale.set(name if name in LOCALES else "nl")
    try:
        yield
    finally:
        _locale.reset(token)


@lru_cache
def _catalog(name: str) -> NullTranslations:
    path = PACKAGE / "translations" / name / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=name))
    compiled.seek(0)
    return Translations(compiled)


def gettext(message: str, **params: object) -> str:
    """Return `message` in the language in force, its `%(name)s` filled from `params`."""
    text = _catalog(locale()).gettext(message) if message else ""
    if not params:
        return text
    return text % params


def ngettext(singular: str, plural: str, num: float | Decimal, **params: object) -> str:
    """Return the form of a message that fits `num`, which is also available as `%(num)s`; one and a half is plural."""
    several = int(num) if num == int(num) else 2
    text = _catalog(locale()).ngettext(singular, plural, several)
    return text % {"num": decimal(num), **params}


def day(value: date | None) -> str:
    """Write a date as the reader writes it, of a moment the day in Amsterdam; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local_date(value)
    return dates.format_date(value, "d MMM y", locale=locale())


def short_day(value: date) -> str:
    """Write a date of this year in little room: 3 nov."""
    return dates.format_date(value, "d MMM", locale=locale())


def month(value: date) -> str:
    """Name the month of a date in little room, with its year: nov 2026."""
    return dates.format_date(value, "MMM y", locale=locale())


def short_weekday(value: date) -> str:
    """Name the day of the week of a date in two or three letters: ma."""
    return dates.format_date(value, "EEE", locale=locale())


def long_day(value: date) -> str:
    """Write a date of the coming weeks with its day of the week: dinsdag 3 november."""
    return dates.format_date(value, "EEEE d MMMM", locale=locale())


def moment(value: datetime | None) -> str:
    """Write a moment in Amsterdam time; nothing for None."""
    if value is None:
        return ""
    return dates.format_datetime(
        value,
        "d MMM y HH:mm",
        tzinfo=AMSTERDAM,
        locale=locale(),
    )


def time_of_day(value: datetime) -> str:
    """Write the time of a moment in Amsterdam: 14:00."""
    return dates.format_time(
        value,
        "HH:mm",
        tzinfo=AMSTERDAM,
        locale=locale(),
    )


def weekday(number: int) -> str:
    """Name a day of the week, 0 = Monday."""
    names = dates.get_day_names("wide", locale=locale())
    return str(names[number])


def integer(value: int) -> str:
    """Write a whole number."""
    return numbers.format_decimal(value, locale=locale())


def decimal(value: float | Decimal | None, digits: int = 2, fixed: bool = False) -> str:
    """Write a number with at most `digits` decimals (exactly so many when `fixed`); nothing for None."""
    if value is None:
        return ""
    pattern = "#,##0"
    if digits:
        place = "0" if fixed else "#"
        pattern += "." + place * digits
    return numbers.format_decimal(value, format=pattern, locale=locale())


def typed(value: float | Decimal | None, digits: int = 2) -> str:
    """Write a number as it is typed into a field: without a mark for thousands, so that it is read back the same."""
    if value is None:
        return ""
    pattern = "0." + "#" * digits
    return numbers.format_decimal(value, format=pattern, locale=locale())


def percent(value: float) -> str:
    """Write a share in [0, 1] as a whole percentage; in Dutch with a narrow space that does not break: 52 %."""
    return numbers.format_percent(value, format=PERCENT[locale()], locale=locale())


def parse_decimal(text: str) -> Decimal:
    """Read a number as people type it here: a comma or a point before the decimals, no thousands marks."""
    number = text.strip().replace(",", ".")
    return Decimal(number)


def said(value: object) -> str:
    """Write a plain value: yes or no, a number, a day, or a text as it is; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float | Decimal):
        return decimal(value)
    if isinstance(value, date):
        return day(value)
    return str(value)


def joined(words: list[str]) -> str:
    """Join words into one enumeration: a, b and c."""
    return babel_list(words, locale=locale())
