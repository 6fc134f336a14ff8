"""What was agreed and what waits for that, ready to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.programme.consent import rules
from mentorship.programme.consent.models import Consent
from mentorship.programme.consent.rules import Standing
from mentorship.programme.consent.words import Difference, difference

TOLD_DAYS = 14
"""So many days everybody reads on their desk that something else was agreed."""


@dataclass(frozen=True)
class Change:
    """A difference as the page shows it, with what is to be known of it."""

    what: str
    old: str
    new: str
    note: str = ""


def _shown(told: Difference, note: str = "") -> Change:
    return Change(
        told.what,
        told.old,
        told.new,
        note,
    )


@dataclass(frozen=True)
class Version:
    """One time that something was agreed, in the list of all."""

    id: int
    title: str
    note: str


def heading(consent: Consent | None) -> str:
    """Say whether, and when, it was agreed."""
    if consent is None:
        return gettext("Nothing was agreed yet")
    return title(consent)


def title(consent: Consent) -> str:
    """Say by whom something was agreed, and when."""
    if consent.agreed_on is None:
        day = long_day(local_date(consent.entered_at))
        return gettext("Settled on %(day)s, there is no works council", day=day)
    return gettext("The works council consented on %(day)s", day=long_day(consent.agreed_on))


def note(consent: Consent) -> str:
    """Return what else is known of one time that something was agreed."""
    said = []
    if consent.reference:
        said.append(gettext("Reference: %(reference)s", reference=consent.reference))
    said.append(gettext("DPIA of %(day)s", day=long_day(consent.dpia_on)))
    entered = long_day(local_date(consent.entered_at))
    if consent.taken_over:
        said.append(gettext("taken over on %(day)s as it stood then", day=entered))
    else:
        said.append(gettext("entered on %(day)s", day=entered))
    return " · ".join(said)


def versions(history: Sequence[Consent]) -> list[Version]:
    """Return every time that something was agreed, in their order."""
    found = []
    for consent in history:
        assert consent.id is not None, "it is stored"
        version = Version(consent.id, title(consent), note(consent))
        found.append(version)
    return found


def changes(standing: Standing) -> list[Change]:
    """Return what differs from what was agreed: what waits, what was narrowed already, what came from outside."""
    agreed, present = standing.agreed, standing.present
    waits, urgent = standing.waits, standing.urgent
    narrower = rules.narrower(present, waits)
    found = []
    already = difference(agreed, {**agreed, **_values(urgent)})
    for told in difference(agreed, {**present, **waits}):
        if told in already:
            said = _held(urgent[told.name])
        elif told.name in narrower:
            said = gettext("Waits. It only takes away, so it may hold at once when that is urgent.")
        elif told.name in waits:
            said = gettext("Waits until it is agreed to.")
        else:
            said = gettext(
                "Holds already, and was not agreed to: it came with a new version, or was switched on outside Leermaat."
            )
        found.append(_shown(told, said))
    return found


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what one version of what was agreed changed in another."""
    return [_shown(told) for told in difference(before, after)]


def held_before(agreed: Mapping[str, Any], urgent: Mapping[str, Any]) -> list[Change]:
    """Return what was narrowed before it was agreed to, since when and why."""
    found = []
    for told in difference(agreed, {**agreed, **_values(urgent)}):
        found.append(_shown(told, _held(urgent[told.name])))
    return found


def _values(urgent: Mapping[str, Any]) -> dict[str, Any]:
    return {name: held["value"] for name, held in urgent.items()}


def _held(held: Mapping[str, Any]) -> str:
    since = datetime.fromisoformat(held["since"])
    return gettext(
        "Holds since %(day)s, as it only takes away and was urgent: %(reason)s",
        day=long_day(local_date(since)),
        reason=held["reason"],
    )


def waiting(found: Sequence[Change]) -> str:
    """Say how many things differ from what was agreed."""
    return ngettext(
        "%(num)s thing differs from what was agreed",
        "%(num)s things differ from what was agreed",
        len(found),
    )


def outside_agreement(agreed: Mapping[str, Any] | None, outside: Mapping[str, Any]) -> str:
    """Say that something holds that nobody agreed to and that could not wait; "" where nothing does."""
    if agreed is None:
        return ""
    of_these = {name: value for name, value in agreed.items() if name in outside}
    found = difference(of_these, outside)
    if not found:
        return ""
    return ngettext(
        "%(num)s purpose or other system differs from what was agreed: have it agreed to.",
        "%(num)s purposes or other systems differ from what was agreed: have them agreed to.",
        len(found),
    )


def effect(no_works_council: bool) -> str:
    """Say what entering it does."""
    if no_works_council:
        return gettext(
            "There is no works council, so you decide. It holds from the moment you confirm, and everybody reads for "
            "two weeks on their own page what changed."
        )
    return gettext(
        "Enter this when the works council has agreed to exactly what stands here. It holds from that moment, and "
        "everybody reads for two weeks on their own page what changed."
    )


def news(consent: Consent, today: date) -> str:
    """Tell everybody that something else was agreed."""
    day = local_date(consent.entered_at)
    if day == today:
        return gettext("Today something changed in what was agreed about Leermaat.")
    return gettext("On %(day)s something changed in what was agreed about Leermaat.", day=long_day(day))
