"""Waves of the pulse in words, for who plans them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext, integer, ngettext
from mentorship.disclosure import band
from mentorship.pulse.models import BY_ROLE, PulseWave
from mentorship.pulse.questions import fingerprint


@dataclass(frozen=True)
class Line:
    """A wave as it stands on the page: whether it is to come, is open or closed, in words too."""

    key: int
    days: str
    stands: str
    note: str
    planned: bool
    closed: bool


def line(wave: PulseWave, counted: tuple[int, int], today: date) -> Line:
    """Return a wave as it stands; `counted`: how many were asked, and how many took part."""
    planned = wave.opens_on > today and wave.closed_at is None
    return Line(
        id_of(wave),
        _days(wave),
        _stands(wave, planned),
        _note(wave, counted, planned),
        planned,
        wave.closed_at is not None,
    )


def _days(wave: PulseWave) -> str:
    return gettext(
        "%(first)s – %(last)s",
        first=day(wave.opens_on),
        last=day(wave.closes_on),
    )


def _note(wave: PulseWave, counted: tuple[int, int], planned: bool) -> str:
    if wave.closed_at is None and wave.asks != fingerprint():
        return gettext("Its questions are others since they were agreed to, so nobody is asked.")
    by_role = wave.grouping == BY_ROLE
    grouped = gettext("by role") if by_role else gettext("not by role")
    if planned:
        return grouped
    told = _took_part(*counted) if wave.closed_at else _so_far(*counted)
    return f"{told} · {grouped}"


def _took_part(asked: int, number: int) -> str:
    return ngettext(
        "%(num)s of %(asked)s took part",
        "%(num)s of %(asked)s took part",
        number,
        asked=integer(asked),
    )


def _so_far(asked: int, number: int) -> str:
    """Say roughly how many took part: a number that goes up by one says who just sat down for it."""
    least = band(number)
    if not least:
        return gettext("%(asked)s asked, fewer than five took part so far", asked=integer(asked))
    return gettext(
        "%(asked)s asked, %(number)s or more took part so far",
        asked=integer(asked),
        number=integer(least),
    )


def _stands(wave: PulseWave, planned: bool) -> str:
    if planned:
        return gettext("planned")
    return gettext("open") if wave.closed_at is None else gettext("closed")


def heading(lines: Sequence[Line]) -> str:
    """Say how things stand: a wave is open, one is planned, or none is."""
    for one in lines:
        if not one.planned and not one.closed:
            return gettext("A pulse is open: %(days)s", days=one.days)
    for one in lines:
        if one.planned:
            return gettext("The next pulse is planned: %(days)s", days=one.days)
    return gettext("No pulse is planned")


def asks(number: int) -> str:
    """Say whom a wave would ask."""
    return ngettext(
        "It asks everybody with an account: %(num)s person today.",
        "It asks everybody with an account: %(num)s people today.",
        number,
    )
