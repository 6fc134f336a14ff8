"""What somebody who waits can do so that a round may sooner find a mentor. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.i18n import gettext, integer
from mentorship.profiles.queries import Profile


@dataclass(frozen=True)
class Way:
    """Something that may help: where it is done."""

    title: str
    note: str
    button: str
    glyph: str
    endpoint: str
    anchor: str = ""


def ways(profile: Profile, *, can_add: bool, default_roster: str = "") -> list[Way]:
    """Return what may help: first what is missing of the profile, which stands in the way the most.

    `default_roster`: by which who has none is matched, if any.
    """
    found = []
    if not profile.roster_id:
        roster = Way(
            title=gettext("Say which roster you work"),
            note=_without_roster(default_roster),
            button=gettext("Fill in"),
            glyph="calendar-week",
            endpoint="profiles.index",
            anchor="time",
        )
        found.append(roster)
    if not profile.wanted_forms:
        forms = Way(
            title=gettext("Say how you like to learn"),
            note=gettext("Then it counts who likes to mentor that way."),
            button=gettext("Fill in"),
            glyph="school",
            endpoint="profiles.index",
            anchor="learning",
        )
        found.append(forms)
    if can_add:
        need = Way(
            title=gettext("A second need"),
            note=gettext("The first one stays the main one."),
            button=gettext("Add"),
            glyph="plus",
            endpoint="mentor_requests.new",
        )
        found.append(need)
    ask = Way(
        title=gettext("Find somebody who can explain it"),
        note=gettext("One shift along, or just a question: that needs no match."),
        button=gettext("Look who can"),
        glyph="search",
        endpoint="questions.index",
    )
    found.append(ask)
    people = Way(
        title=gettext("People I would like, or rather not"),
        note=_named(profile),
        button=gettext("Choose"),
        glyph="users",
        endpoint="profiles.wishes",
    )
    return [*found, people]


def _named(profile: Profile) -> str:
    if not profile.wishes:
        return gettext("Nobody named. That is fine: the match looks at everybody who fits.")
    wanted = sum(wish.wanted for wish, _ in profile.wishes)
    return gettext(
        "Named as wanted: %(wanted)s. Rather not: %(unwanted)s.",
        wanted=integer(wanted),
        unwanted=integer(len(profile.wishes) - wanted),
    )


def _without_roster(default_roster: str) -> str:
    if default_roster:
        return gettext("Until then you count as working by “%(roster)s”.", roster=default_roster)
    return gettext("Without a roster nobody can tell when you are at work together.")
