"""What the pages of job profiles say."""

from __future__ import annotations

from mentorship.base.i18n import decimal, gettext, ngettext
from mentorship.growth.models import Course


def heading(profiles: int, holders: int) -> str:
    """Say how many job profiles there are, and how many people work in one."""
    if not profiles:
        return gettext("No job profiles yet")
    return ngettext(
        "%(num)s job profile, held by %(holders)s",
        "%(num)s job profiles, held by %(holders)s",
        profiles,
        holders=ngettext(
            "%(num)s person",
            "%(num)s people",
            holders,
        ),
    )


def asks(domains: int, holders: int) -> str:
    """Say of a job how many domains it asks, and how many people work in it."""
    if not domains:
        asked = gettext("asks nothing yet")
    else:
        asked = ngettext(
            "%(num)s domain",
            "%(num)s domains",
            domains,
        )
    held = ngettext(
        "%(num)s person",
        "%(num)s people",
        holders,
    )
    return f"{asked} · {held}"


def course(found: Course) -> str:
    """Say where a training is, how long it takes, and whether it comes first."""
    parts = [found.provider, days(found)]
    if found.basics:
        parts.append(gettext("basics: before guidance begins"))
    return " · ".join(filter(None, parts))


def days(found: Course) -> str:
    """Say how many days a training takes."""
    return gettext("days: %(number)s", number=decimal(found.days))


def courses_heading(number: int) -> str:
    """Say how many training courses there are."""
    if not number:
        return gettext("No training courses yet")
    return ngettext(
        "%(num)s training course",
        "%(num)s training courses",
        number,
    )


def started(number: int) -> str:
    """Say how many job profiles were added."""
    return ngettext(
        "%(num)s job profile added.",
        "%(num)s job profiles added.",
        number,
    )
