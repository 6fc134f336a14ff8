"""How a line (or everybody) stands this week, beside the week before, in sentences for a mail: counts, and no names."""

from __future__ import annotations

from collections.abc import Mapping

from mentorship.base.i18n import gettext, integer, joined, ngettext
from mentorship.checkins.words import CLASSES, SIDES
from mentorship.insight.overview import Overview


def counts(found: Overview, *, coordinates: bool) -> list[str]:
    """Return a sentence for each thing that there is any of."""
    told = []
    if found.signals:
        told.append(_signals(found))
    if found.waiting and coordinates:
        told.append(
            ngettext(
                "%(num)s mentor waits for a manager to confirm hours.",
                "%(num)s mentors wait for a manager to confirm hours.",
                found.waiting,
            )
        )
    elif found.waiting:
        told.append(
            ngettext(
                "%(num)s mentor waits for you to confirm hours.",
                "%(num)s mentors wait for you to confirm hours.",
                found.waiting,
            )
        )
    if found.over:
        told.append(
            ngettext(
                "%(num)s mentor uses a quarter or more over the confirmed hours.",
                "%(num)s mentors use a quarter or more over the confirmed hours.",
                found.over,
            )
        )
    if found.proposals:
        told.append(
            ngettext("%(num)s proposal waits for an answer.", "%(num)s proposals wait for an answer.", found.proposals)
        )
    if found.ending:
        told.append(
            ngettext(
                "%(num)s certificate ends within three months.",
                "%(num)s certificates end within three months.",
                found.ending,
            )
        )
    if found.running:
        told.append(_running(found))
    return told + _past_week(found)


def _past_week(found: Overview) -> list[str]:
    told = []
    if found.started:
        began = ngettext(
            "%(num)s pair started in the past week.",
            "%(num)s pairs started in the past week.",
            found.started,
        )
        told.append(began)
    if found.ended:
        ended = ngettext(
            "%(num)s pair ended in the past week.",
            "%(num)s pairs ended in the past week.",
            found.ended,
        )
        told.append(ended)
    return told


def _signals(found: Overview) -> str:
    """Say how many signals there are, and how many of them are of the past week."""
    said = ngettext("%(num)s signal needs your attention", "%(num)s signals need your attention", found.signals)
    fresh = gettext("none new this week")
    if found.fresh:
        fresh = ngettext("%(num)s new signal this week", "%(num)s new signals this week", found.fresh)
    return f"{said} ({fresh})."


def _running(found: Overview) -> str:
    number = ngettext("%(num)s pair active", "%(num)s pairs active", found.running)
    running = gettext("%(pairs)s (a week ago: %(before)s)", pairs=number, before=integer(found.before))
    if found.sides is not None:
        return f"{running}. {_sides(found.sides)}".strip()
    each = _each(found.classes or {}, CLASSES)
    if not each:
        return f"{running}."
    return f"{running}: {joined(each)}."


def _sides(numbers: Mapping[str, int]) -> str:
    """Say of how many sides of one's own line what they answered is low."""
    each = _each(numbers, SIDES)
    if not each:
        return ""
    return gettext("What your people in them answer: %(counts)s.", counts=joined(each))


def _each(numbers: Mapping[str, int], titles: Mapping[str, str]) -> list[str]:
    found = []
    for name, title in titles.items():
        if numbers.get(name):
            found.append(f"{numbers[name]} {gettext(title)}")
    return found
