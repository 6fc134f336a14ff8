"""What decisions, and what they are about, are called in the audit log; the file keeps the names of the code."""

from __future__ import annotations

from collections.abc import Collection

from mentorship.base.i18n import N_, gettext

UNDO = "undo: "
"""What stands before a verb that was undone."""
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
        N_("change wishes"),
        N_("choose mail"),
        N_("choose names in calendar"),
        N_("choose tablet PIN"),
        N_("claim level"),
        N_("close on a day"),
        N_("close round"),
        N_("close signal"),
        N_("close site"),
        N_("come back"),
        N_("come in first"),
        N_("confirm account"),
        N_("confirm hours"),
        N_("confirm level"),
        N_("correct check-in"),
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
        N_("note week"),
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
        N_("refuse"),
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
        N_("say closing words"),
        N_("say right"),
        N_("see help"),
        N_("set comfort"),
        N_("set contact"),
        N_("set default roster"),
        N_("set domain"),
        N_("set expertise"),
        N_("set goal"),
        N_("set last day"),
        N_("set managers"),
        N_("set not available"),
        N_("set plans"),
        N_("set roles"),
        N_("set roles by groups"),
        N_("set way of learning"),
        N_("set working time"),
        N_("share note"),
        N_("sign in past the provider"),
        N_("skip check-in"),
        N_("take signal"),
        N_("turn off second factor"),
        N_("turn on second factor"),
        N_("undo import"),
        N_("unlink from provider"),
        N_("use recovery code"),
        N_("withdraw change"),
        N_("withdraw level"),
        N_("withdraw note"),
        N_("withdraw privacy request"),
        N_("withdraw proposal"),
        N_("withdraw request"),
        N_("work on holidays"),
    }
)
"""What is decided, as the code calls it."""
SUBJECTS = frozenset(
    {
        N_("audit"),
        N_("calendar"),
        N_("check-in"),
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
        N_("signal"),
        N_("site"),
        N_("tablet"),
    }
)
"""What it is about, as the code calls it."""

OTHERWISE = {
    "end mentorship": N_("end pair"),
    "hr_import": N_("import"),
    "mentorship": N_("pair"),
    "note other guiding": N_("note other mentoring"),
    "pause mentorship": N_("pause pair"),
    "release signal": N_("show a signal"),
    "resume mentorship": N_("resume pair"),
    "solve round": N_("find pairs of a round"),
    "start mentorship": N_("start pair"),
    "stop solving": N_("stop finding pairs"),
    "take back closing words": N_("withdraw closing words"),
    "take back last day": N_("withdraw last day"),
    "take back signal": N_("withdraw a signal"),
    "take back slip": N_("withdraw a slip"),
    "take off need": N_("remove need"),
}
"""What people call otherwise than the code does."""


def verb(name: str) -> str:
    """Say what was decided, or that it was undone; what is not known here is called as in the code."""
    if name.startswith(UNDO):
        undone = verb(name.removeprefix(UNDO))
        return gettext("undone: %(what)s", what=undone)
    return _said(name, VERBS)


def subject(name: str) -> str:
    """Say what a decision is about."""
    return _said(name, SUBJECTS)


def _said(name: str, known: Collection[str]) -> str:
    if name in OTHERWISE:
        return gettext(OTHERWISE[name])
    return gettext(name) if name in known else name
