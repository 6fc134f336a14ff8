"""The words for a change of many people at once."""

from __future__ import annotations

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.insight.many.rules import GIVE, ROSTER, SITE, TAKE, Plan
from mentorship.rounds.roster.words import Question

TITLES = {
    GIVE: N_("Give the role of %(value)s?"),
    TAKE: N_("Take the role of %(value)s?"),
    SITE: N_("Put them at %(value)s?"),
    ROSTER: N_("Let them work by “%(value)s”?"),
}
FOLLOWS = {
    GIVE: N_("A change counts on the person's next click."),
    TAKE: N_("A change counts on the person's next click."),
    SITE: N_("Pairs are tested again: who no longer works at one site is a signal for you."),
    ROSTER: N_("It holds from today on, and each of them hears that you filled it in."),
}


def consequences(what: str, plan: Plan) -> list[str]:
    """Tell what a change would come to, with numbers."""
    said = [ngettext("For %(num)s person this changes.", "For %(num)s people this changes.", len(plan.changes))]
    if plan.same:
        said.append(
            ngettext("For %(num)s person it is so already.", "For %(num)s people it is so already.", len(plan.same))
        )
    if plan.refused:
        said.append(gettext("You are among them; nobody gives a role to themselves, so for you nothing changes."))
    if plan.changes:
        said.append(gettext(FOLLOWS[what]))
    return said


def parting(asked: Question | None, most: int) -> list[str]:
    """Tell what a roster does to running pairs, with the names that the reader may know, so many at most."""
    if asked is None:
        return []
    said = list(asked.consequences)
    if asked.names:
        more = ["…"] if len(asked.names) > most else []
        names = ", ".join([*asked.names[:most], *more])
        said.insert(1, gettext("Too few shifts together: %(names)s.", names=names))
    return said


def done(plan: Plan) -> str:
    """Say what was done."""
    return ngettext("Changed for %(num)s person.", "Changed for %(num)s people.", len(plan.changes))
