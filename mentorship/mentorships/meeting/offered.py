"""What can be chosen at each point by a pair: the choices of everybody, and those that it brings itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from mentorship.base.i18n import gettext, ngettext, weekday
from mentorship.mentorships.meeting import rules
from mentorship.mentorships.meeting.points import BY_KEY, DOMAIN, START, WEEKDAY, WHEN, Option
from mentorship.mentorships.meeting.rules import Choice

AHEAD = timedelta(weeks=8)
"""So far the rosters are looked at for the days on which the two share shifts."""


@dataclass(frozen=True)
class Brought:
    """What a pair itself brings to choose from: shifts shared by weekday (0 = Monday), and its domains by id.

    `remote`: they meet at a distance, so that an hour in common is enough.
    """

    weekdays: Mapping[int, int] = field(default_factory=dict)
    domains: Mapping[int, str] = field(default_factory=dict)
    remote: bool = False


def options(point: str, brings: Brought, choice: Choice, titles: Mapping[int, str]) -> list[Option]:
    """Return what a pair can choose at a point, in the reader's language; what stands there stays among it."""
    found = [*_brought(point, brings)]
    for option in BY_KEY[point].options:
        found.append(Option(option.key, gettext(option.title), gettext(option.note) if option.note else ""))
    known = {option.key for option in found}
    for key in dict.fromkeys((choice.agreed, choice.proposed)):
        if key and key not in known:
            found.append(Option(key, title(point, key, titles)))
    return found


def keys(point: str, brings: Brought, choice: Choice) -> set[str]:
    """Return the keys of what a pair can choose at a point."""
    return {option.key for option in options(point, brings, choice, brings.domains)}


def _brought(point: str, brings: Brought) -> list[Option]:
    if point == WHEN:
        return [_on(day, number, remote=brings.remote) for day, number in brings.weekdays.items()]
    if point == START:
        return [Option(f"{DOMAIN}{domain_id}", name) for domain_id, name in brings.domains.items()]
    return []


def _on(day: int, number: int, *, remote: bool) -> Option:
    note = _days_in_common(number) if remote else _shifts_together(number)
    return Option(f"{WEEKDAY}{day}", _each(day), note)


def _shifts_together(number: int) -> str:
    return ngettext(
        "%(num)s shift together in the coming %(weeks)s weeks",
        "%(num)s shifts together in the coming %(weeks)s weeks",
        number,
        weeks=AHEAD.days // 7,
    )


def _days_in_common(number: int) -> str:
    return ngettext(
        "%(num)s day with an hour in common in the coming %(weeks)s weeks",
        "%(num)s days with an hour in common in the coming %(weeks)s weeks",
        number,
        weeks=AHEAD.days // 7,
    )


def _each(day: int) -> str:
    return gettext("Every %(weekday)s that we share", weekday=weekday(day))


def title(point: str, key: str, titles: Mapping[int, str]) -> str:
    """Say what was chosen at a point; `titles` of domains, by their ids."""
    day = rules.weekday_of(key)
    if day is not None:
        return _each(day)
    domain_id = rules.domain_of(key)
    if domain_id is not None:
        return titles.get(domain_id) or gettext("A domain that is no longer there")
    found = BY_KEY.get(point)
    for option in found.options if found else ():
        if option.key == key:
            return gettext(option.title)
    return ""  # a point or an answer of an earlier version
