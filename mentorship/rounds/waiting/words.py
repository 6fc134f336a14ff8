"""The words of the waiting list: how a request stands, and what it is chosen by."""

from __future__ import annotations

from mentorship.base.i18n import N_, gettext, joined, ngettext
from mentorship.rounds.waiting import rules

LABELS = {
    rules.NOW: N_("can be paired now"),
    rules.ROUND: N_("in the round"),
    rules.PLACE: N_("no place"),
    rules.OUT: N_("takes nobody now"),
    rules.TRAINER: N_("no practice trainer"),
    rules.MEETING: N_("too few shifts together"),
    rules.SITE: N_("nobody at this site"),
    rules.LANGUAGE: N_("no language in common"),
    rules.APART: N_("may not be paired"),
    rules.EXPERTISE: N_("nobody knows it well enough"),
    rules.FLOOR: N_("fits too little"),
    rules.ASIDE: N_("not in rounds"),
}
GLYPHS = {
    rules.NOW: "user-check",
    rules.ROUND: "arrows-split-2",
    rules.PLACE: "hourglass",
    rules.OUT: "hourglass",
    rules.TRAINER: "school",
    rules.MEETING: "calendar-due",
    rules.SITE: "building",
    rules.LANGUAGE: "language",
    rules.APART: "hand-stop",
    rules.EXPERTISE: "user-question",
    rules.FLOOR: "scale",
    rules.ASIDE: "user",
}
TONES = {rules.NOW: "ok", rules.ROUND: "brand"}
BAR_NAMES = (
    N_("up to 2 weeks"),
    N_("2–4 weeks"),
    N_("1–2 months"),
    N_("2–3 months"),
    N_("longer"),
)
LATE_BARS = (3, 4)
"""The bars of who waits long."""
ANSWERS = {
    "": N_("no answer yet"),
    "place": N_("a place was added"),
    "not now": N_("not now"),
}


def heading(everybody: int, nobody: int, only_place: int) -> str:
    """Say how many wait and how many of them find nobody, and how many lack nothing but a place."""
    if not everybody:
        return gettext("Nobody is waiting for a mentor")
    if not nobody:
        return ngettext(
            "%(num)s person waits, and there is a mentor who can",
            "%(num)s people wait, and for each there is a mentor who can",
            everybody,
        )
    found = ngettext(
        "%(nobody)s of the %(num)s who waits finds nobody now",
        "%(nobody)s of the %(num)s who wait find nobody now",
        everybody,
        nobody=nobody,
    )
    if not only_place:
        return found
    place = ngettext(
        "%(num)s lacks nothing but a place",
        "%(num)s lack nothing but a place",
        only_place,
    )
    return f"{found}; {place}"


def how_long(late: int, longest: int) -> str:
    """Say how many wait for more than two months, and how long the longest."""
    if not late:
        return ngettext(
            "Nobody waits longer than two months; the longest %(num)s day",
            "Nobody waits longer than two months; the longest %(num)s days",
            longest,
        )
    waits = ngettext(
        "%(num)s waits longer than two months",
        "%(num)s wait longer than two months",
        late,
    )
    most = ngettext(
        "the longest %(num)s day",
        "the longest %(num)s days",
        longest,
    )
    return f"{waits}, {most}"


def shortage(domains: int) -> str:
    """Say in how many domains somebody finds nobody."""
    return ngettext(
        "The shortage is in %(num)s domain",
        "The shortage is in %(num)s domains",
        domains,
    )


def days(number: int) -> str:
    """Say how long somebody waits."""
    if not number:
        return gettext("since today")
    return ngettext("%(num)s day", "%(num)s days", number)


def rounds(number: int) -> str:
    """Say how many rounds left somebody without a mentor."""
    if not number:
        return gettext("in no round yet")
    return ngettext("%(num)s round waited", "%(num)s rounds waited", number)


def named(names: list[str], more: int) -> str:
    """Name two, and count the others."""
    if more:
        others = ngettext("%(num)s more", "%(num)s more", more)
        return joined([*names, others])
    return joined(names)


def brings(requests: int, waiting: int) -> str:
    """Say what one place more with a mentor comes to."""
    could = ngettext(
        "%(num)s person could go there",
        "%(num)s people could go there",
        waiting,
    )
    if requests:
        won = ngettext(
            "one place there gives %(num)s person more a mentor",
            "one place there gives %(num)s people more a mentor",
            requests,
        )
    else:
        won = gettext("one place there gives nobody more a mentor, for others have one free")
    return f"{could}; {won}"
