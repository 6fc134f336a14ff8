"""The words for what a mentor saw of a step, to be tapped, and for what a second is asked."""

from __future__ import annotations

from collections.abc import Iterable

from mentorship.base.i18n import N_, gettext
from mentorship.profiles.words import LEVELS

SEEN = {
    "watched": N_("Watched from begin to end."),
    "asked": N_("Asked the right questions."),
    "did": N_("Did it while I looked on."),
    "needed_little": N_("Needed little help."),
    "alone": N_("Did it alone, and it was right."),
    "solved": N_("Put right what went wrong."),
    "explained": N_("Explained it to somebody else."),
    "looked_on": N_("Looked on while somebody else did it."),
    "called": N_("Is called for the hard cases."),
    "taught": N_("Taught others how to do it."),
    "safely": N_("Worked safely."),
    "checked": N_("Checked their own work."),
}
"""What was seen, as a sentence that stands beside the step."""
OF_LEVEL = {
    1: ("watched", "asked"),
    2: ("did", "needed_little"),
    3: ("alone", "solved"),
    4: ("explained", "looked_on"),
    5: ("called", "taught"),
}
OF_EVERY = ("safely", "checked")
MOST = 4
"""How many are offered for one step, and can be tapped."""


def offered(level: int) -> list[tuple[str, str]]:
    """Return what can be tapped about a step, the word and the sentence of each."""
    keys = (*OF_LEVEL[level], *OF_EVERY)
    return [(key, gettext(SEEN[key])) for key in keys]


def told(seen: Iterable[str], typed: str) -> str:
    """Return what was tapped and typed as one text."""
    sentences = [gettext(SEEN[key]) for key in seen]
    if typed:
        sentences.append(typed)
    return " ".join(sentences)


def asked_of_second(junior: str, level: int, *, waits: bool, confirmed: bool) -> str:
    """Say what a second is asked, or what became of it."""
    if waits:
        return gettext("Has %(junior)s reached “%(level)s”?", junior=junior, level=gettext(LEVELS[level]))
    if confirmed:
        return gettext("You confirmed this. Thank you!")
    return gettext("This waits for nobody any more")
