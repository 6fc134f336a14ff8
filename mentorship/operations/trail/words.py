"""What decisions, and what they are about, are called in the audit log; the file keeps the names of the code."""

from __future__ import annotations

from collections.abc import Collection

from mentorship.base.i18n import N_, gettext
from mentorship.operations.trail.rules import UNDO

VERBS = frozenset(
    {
        N_("accept"),
        N_("activate account"),
        N_("add person"),
        N_("add roster"),
        N_("add shift"),
        N_("add site"),
        N_("add tablet"),
        N_("agree level"),
        N_("agree to paper"),
        N_("ask about own data"),
        N_("ask for a mentor"),
        N_("ask to confirm account"),
        N_("carry out privacy request"),
        N_("change check-ins"),
        N_("change needs"),
        N_("change password"),
        N_("change person"),
        N_("change programme"),
        N_("change questions"),
        N_("change roster"),
        N_("change round"),
        N_("change shift"),
        N_("change site"),
        N_("change the days of a roster"),
        N_("choose mail"),
        N_("choose names in calendar"),
        N_("choose tablet PIN"),
        N_("claim level"),
        N_("close on a day"),
        N_("close round"),
        N_("close site"),
        N_("come back"),
        N_("come in first"),
        N_("confirm account"),
        N_("confirm hours"),
        N_("confirm level"),
        N_("decline level"),
        N_("delete draft"),
        N_("disagree level"),
        N_("discard round"),
        N_("drop goal"),
        N_("drop mail"),
        N_("drop who left"),
        N_("end by leaving"),
        N_("end pause"),
        N_("end sessions"),
        N_("end stand-in"),
        N_("end tablet"),
        N_("enrol tablet"),
        N_("enter consent"),
        N_("erase again"),
        N_("expire proposal"),
        N_("export audit log"),
        N_("extend privacy request"),
        N_("forbid pair"),
        N_("forget password"),
        N_("give roster"),
        N_("import"),
        N_("import outflow horizons"),
        N_("import over an own edit"),
        N_("keep import mapping"),
        N_("keep view"),
        N_("leave"),
        N_("let go confidant"),
        N_("link to provider"),
        N_("lock pair"),
        N_("mail activation code"),
        N_("make activation code"),
        N_("make calendar address"),
        N_("make check-in code"),
        N_("make link to papers"),
        N_("make need main"),
        N_("make recovery codes"),
        N_("make tablet cards"),
        N_("mark as filled in"),
        N_("move people"),
        N_("name confidant"),
        N_("name second"),
        N_("name stand-in"),
        N_("narrow at once"),
        N_("note training"),
        N_("offer places"),
        N_("open on a day"),
        N_("open papers by link"),
        N_("open request again"),
        N_("open round"),
        N_("open site"),
        N_("pause"),
        N_("propose change"),
        N_("publish round"),
        N_("reach level"),
        N_("refuse privacy request"),
        N_("reject import"),
        N_("release pair"),
        N_("remove roster"),
        N_("remove shift"),
        N_("remove training"),
        N_("remove view"),
        N_("reset second factor"),
        N_("retry mail"),
        N_("revoke activation code"),
        N_("revoke calendar address"),
        N_("revoke link to papers"),
        N_("revoke tablet cards"),
        N_("say right"),
        N_("set comfort"),
        N_("set default roster"),
        N_("set domain"),
        N_("set expertise"),
        N_("set goal"),
        N_("set last day"),
        N_("set managers"),
        N_("set roles"),
        N_("set roles by groups"),
        N_("set way of learning"),
        N_("set working time"),
        N_("sign in past the provider"),
        N_("turn off second factor"),
        N_("turn on second factor"),
        N_("undo import"),
        N_("unlink from provider"),
        N_("use recovery code"),
        N_("withdraw change"),
        N_("withdraw level"),
        N_("withdraw privacy request"),
        N_("withdraw request"),
        N_("work on holidays"),
    }
)
"""What is decided, as the code calls it."""
SUBJECTS = frozenset(
    {
        N_("audit"),
        N_("calendar"),
        N_("confidant"),
        N_("consent"),
        N_("domain"),
        N_("goal"),
        N_("mentor request"),
        N_("paper"),
        N_("person"),
        N_("privacy request"),
        N_("programme"),
        N_("roster"),
        N_("round"),
        N_("saved view"),
        N_("shift"),
        N_("site"),
        N_("tablet"),
    }
)
"""What it is about, as the code calls it."""

OTHERWISE = {
    "end mentorship": N_("end pair"),
    "hr_import": N_("import"),
    "mentorship": N_("pair"),
    "pause mentorship": N_("pause pair"),
    "resume mentorship": N_("resume pair"),
    "solve round": N_("find pairs of a round"),
    "stop solving": N_("stop finding pairs"),
    "take back last day": N_("withdraw last day"),
    "take off need": N_("remove need"),
}
"""What people call otherwise than the code does."""

FIELDS = {
    "agreed_on": N_("agreed on"),
    "agreed_with": N_("with whom"),
    "asked": N_("what was asked"),
    "begins": N_("begins"),
    "closed": N_("closed"),
    "closed_on": N_("closed on"),
    "code": N_("code"),
    "comfort": N_("comfort"),
    "confirmed_hours": N_("confirmed hours"),
    "critical": N_("critical"),
    "current_level": N_("level now"),
    "day": N_("day"),
    "days": N_("days"),
    "department": N_("department"),
    "continuity": N_("continuity of knowledge"),
    "domain": N_("domain"),
    "domain_id": N_("domain no."),
    "dropped_at": N_("dropped on"),
    "email": N_("e-mail address"),
    "ended_on": N_("ended on"),
    "ends": N_("ends"),
    "family_name": N_("family name"),
    "fields": N_("what was changed"),
    "files": N_("files"),
    "followed_on": N_("followed on"),
    "form": N_("form of mentoring"),
    "from_day": N_("from day"),
    "given_name": N_("given name"),
    "hours": N_("hours a week"),
    "importance": N_("importance"),
    "infix": N_("infix"),
    "is_default": N_("for who has no roster"),
    "kind": N_("decision"),
    "languages": N_("languages"),
    "last_day": N_("last working day"),
    "level": N_("level"),
    "manager_id": N_("manager no."),
    "mentor": N_("mentor no."),
    "mentor_id": N_("mentor no."),
    "name": N_("name"),
    "name_en": N_("name in English"),
    "paper": N_("paper"),
    "paused": N_("paused"),
    "paused_until": N_("paused until"),
    "people": N_("people"),
    "places": N_("places"),
    "preference": N_("way of learning"),
    "reader": N_("for whom"),
    "region": N_("region"),
    "remote": N_("at a distance"),
    "repeats": N_("repeats"),
    "request": N_("request no."),
    "request_id": N_("request no."),
    "roles": N_("roles"),
    "roster": N_("roster"),
    "roster_id": N_("roster no."),
    "runs_on": N_("on holidays too"),
    "second": N_("second no."),
    "second_id": N_("second no."),
    "shift_id": N_("shift no."),
    "site_id": N_("site no."),
    "sites": N_("sites"),
    "source": N_("source"),
    "start_level": N_("from level"),
    "starts_on": N_("starts on"),
    "status": N_("status"),
    "target_level": N_("to level"),
    "title": N_("title"),
    "week": N_("week"),
    "together": N_("at work together"),
    "weekday": N_("day of the week"),
    "weight": N_("weight"),
    "weights": N_("weights"),
    "willing": N_("passes it on"),
    "wish": N_("wish"),
}
"""What values are of, as the code calls it and as people do."""
VALUES = {
    "asked": {
        "correct": N_("a correction"),
        "erase": N_("to be erased"),
        "object": N_("an objection"),
    },
}
"""Values that the code calls otherwise than people do, by what they are of."""


def verb(name: str) -> str:
    """Say what was decided, or that it was undone; what is not known here is called as in the code."""
    if name.startswith(UNDO):
        undone = verb(name.removeprefix(UNDO))
        return gettext("undone: %(what)s", what=undone)
    return _said(name, VERBS)


def subject(name: str) -> str:
    """Say what a decision is about."""
    return _said(name, SUBJECTS)


def field(name: str) -> str:
    """Say what a value is of; what is not known here is called as in the code."""
    return gettext(FIELDS[name]) if name in FIELDS else name


def value(name: str, told: object) -> object:
    """Say a value of it in words, where the code has a word of its own."""
    said = VALUES.get(name, {}).get(str(told))
    return gettext(said) if said else told


def _said(name: str, known: Collection[str]) -> str:
    if name in OTHERWISE:
        return gettext(OTHERWISE[name])
    return gettext(name) if name in known else name
