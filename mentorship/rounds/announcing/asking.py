"""What is asked before a round is announced, and before that is withdrawn: what will happen, with numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.rounds.announcing.queries import Asked
from mentorship.rounds.asking import Asking
from mentorship.rounds.frame import Frame


def announce(around: Frame, last: date, managers: int, without: int) -> Asking:
    """Ask before managers are told; `without`: pairs with a side that has no manager to ask."""
    told = [
        ngettext(
            "%(num)s manager sees the pairs of their own team, and gets a mail.",
            "%(num)s managers see the pairs of their own team, and get a mail.",
            managers,
        ),
        gettext("Until and including %(day)s they can object. Who says nothing consents.", day=long_day(last)),
        gettext("Who is away without a stand-in consents to nothing until they are back or name one."),
        gettext("An objection forbids that pair, and pairs are found again."),
        gettext("In the meantime these places and requests are held. After that the round is published by itself."),
        gettext("Juniors and mentors are told nothing yet. You can withdraw this."),
    ]
    if without:
        nobody = ngettext(
            "Of %(num)s pair a side has no manager: nobody is asked for that side.",
            "Of %(num)s pairs a side has no manager: nobody is asked for that side.",
            without,
        )
        told.insert(1, nobody)
    title = ngettext("Announce %(num)s pair?", "Announce %(num)s pairs?", around.pairs)
    return Asking(title, told, around.announce)


def withdraw(around: Frame, asked: Iterable[Asked]) -> Asking:
    """Ask before an announcement is withdrawn."""
    answered = sum(one.said is not None for one in asked)
    told = [
        gettext("The managers no longer see these pairs, and cannot object any more."),
        gettext("The places and requests of “%(round)s” are free for others again.", round=around.name),
        gettext("A pair that somebody objected to stays forbidden, until you release it."),
    ]
    if answered:
        lost = ngettext(
            "%(num)s answer goes. Who gave it is asked again when you announce again.",
            "%(num)s answers go. Who gave them is asked again when you announce again.",
            answered,
        )
        told.insert(1, lost)
    title = gettext("Withdraw the announcement of “%(round)s”?", round=around.name)
    return Asking(title, told, gettext("Withdraw the announcement"), danger=True)
