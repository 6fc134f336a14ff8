"""What the pages of kinds of certificate say."""

from __future__ import annotations

from collections.abc import Mapping

from mentorship.base.i18n import gettext, ngettext
from mentorship.growth.certificates.models import CertificateKind


def kind(found: CertificateKind, holders: int, domains: Mapping[int, str]) -> str:
    """Say of a kind how long it is valid, what it entitles to, where it belongs, and how many have it."""
    parts = [validity(found.months)]
    if found.entitles:
        parts.append(gettext("entitles as practice trainer"))
    if found.domain_id is not None:
        parts.append(domains[found.domain_id])
    parts.append(
        ngettext(
            "%(num)s person",
            "%(num)s people",
            holders,
        )
    )
    return " · ".join(parts)


def validity(months: int | None) -> str:
    """Say how long a kind is valid."""
    if months is None:
        return gettext("without an end")
    if months % 12 == 0:
        return ngettext(
            "%(num)s year",
            "%(num)s years",
            months // 12,
        )
    return ngettext(
        "%(num)s month",
        "%(num)s months",
        months,
    )


def heading(number: int) -> str:
    """Say how many kinds of certificate there are."""
    if not number:
        return gettext("No kinds of certificate yet")
    return ngettext(
        "%(num)s kind of certificate",
        "%(num)s kinds of certificate",
        number,
    )


def started(number: int) -> str:
    """Say how many kinds were added."""
    if not number:
        return gettext("They were there already.")
    return ngettext(
        "%(num)s kind of certificate added.",
        "%(num)s kinds of certificate added.",
        number,
    )
