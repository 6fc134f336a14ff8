"""What is said of who looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mentorship.base.i18n import N_, gettext, joined, moment, ngettext
from mentorship.people.looks.models import AWAY, DUO, GOALS, KNOWLEDGE, LEAVING, PROFILE, REQUEST, ROSTER, Look
from mentorship.people.models import ROLES, Person
from mentorship.people.words import TITLES

OWN = {
    PROFILE: N_("your profile"),
    ROSTER: N_("your roster"),
    AWAY: N_("when you are not available"),
    LEAVING: N_("your last working day"),
    DUO: N_("your pair"),
    GOALS: N_("your goals"),
    REQUEST: N_("your mentor request"),
    KNOWLEDGE: N_("what you can, and how long you think you stay"),
}
"""What was looked at, to the person themselves."""


@dataclass(frozen=True)
class LookRow:
    """Who looked at what, as the person themselves reads it."""

    name: str
    roles: str
    kind: str
    last_at: datetime
    told: str


def row(look: Look, viewer: Person, roles: Mapping[int, list[str]]) -> LookRow:
    """Return a look as the person themselves reads it."""
    held = roles.get(look.viewer_id, [])
    titles = [gettext(TITLES[role]) for role in ROLES if role in held]
    return LookRow(
        viewer.name or gettext("somebody who left"),
        joined(titles),
        gettext(OWN[look.kind]),
        look.last_at,
        _told(look),
    )


def _told(look: Look) -> str:
    if look.times == 1:
        return moment(look.last_at)
    return ngettext(
        "%(num)s time that day, last at %(last)s",
        "%(num)s times that day, last at %(last)s",
        look.times,
        last=moment(look.last_at),
    )


def finding(number: int) -> str:
    """Say whether anybody looked."""
    if not number:
        return gettext("Nobody looked at your pages")
    return gettext("Who looked at you")
