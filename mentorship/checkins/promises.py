"""What others see of one side's check-ins, in sentences: drawn from the tables that decide, and nothing else. Pure.

`facts` reads `visibility.SIGNALS`, `told.CLASS` and `told.PAGE` for one viewer; every fact has words here, and one
without words is a fault: whoever changes a row is sent to the sentence that has to change with it.
"""

from __future__ import annotations

from typing import NamedTuple

from mentorship.base.i18n import N_, gettext
from mentorship.checkins.findings import APART, HELP, HOURS, LEAVES, RULE, TALK
from mentorship.checkins.told import CLASS, HOURS_NOTED, PAGE
from mentorship.checkins.visibility import (
    ALWAYS,
    ANY,
    ANYBODY,
    ASKED,
    BY_KIND,
    LINE,
    OF_COORDINATORS,
    RELEASED_BY_ITS_AUTHOR,
    RELEASED_BY_THEM,
    SAID_UNDER_IT,
    SIGNALS,
    TALK_ALONE,
    THAT_ASKED,
    SignalRow,
)
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import COORDINATOR, MANAGER, SEE_PUBLISHED
from mentorship.programme.rules import AGGREGATES

OTHER, OWN_LINE, OTHER_LINE = "other", "own line", "other line"
VIEWERS = (OTHER, OWN_LINE, OTHER_LINE, COORDINATOR, ASKED)
"""Who is told about to one side, beside itself."""
PAIR, OWN_SIDE = "pair", "own side"
"""How the pair stands, in a word; of the side itself alone whether it is low."""
_ROLES = {OWN_LINE: MANAGER, OTHER_LINE: MANAGER, COORDINATOR: COORDINATOR}
"""As what a viewer reads what is published: figures of groups are no line's own."""
_OTHER_SIDE = {JUNIOR: MENTOR, MENTOR: JUNIOR}
_FROM_ROSTERS = frozenset({HOURS, APART, RULE, LEAVES})
_HOLDS_NOW = (ALWAYS, SAID_UNDER_IT)


class Fact(NamedTuple):
    """One thing that a viewer is shown: of what, how much of it, and when."""

    what: str
    shown: str
    when: str


FROM_ANSWERS, FROM_ROSTERS, STANDING, NOTED = "answers", "rosters", "standing", "noted"
_ORDER = (STANDING, FROM_ANSWERS, HELP, NOTED, FROM_ROSTERS)


def facts(viewer: str, side: str, chosen: str | None) -> list[Fact]:
    """Return what a viewer is shown of one side by what the programme chose, of what is answered from now on."""
    found = [
        *_standing(viewer, chosen),
        *_of_signals(viewer, side, chosen),
        *_hours(viewer, side),
    ]
    return sorted(found, key=lambda fact: _ORDER.index(fact.what))


def _looks_as(viewer: str, side: str) -> str:
    """Return the name that the tables have for a viewer."""
    names = {
        OTHER: _OTHER_SIDE[side],
        OWN_LINE: LINE,
        OTHER_LINE: LINE,
    }
    return names.get(viewer, viewer)


def _standing(viewer: str, chosen: str | None) -> list[Fact]:
    if viewer == OTHER:
        return []
    found = []
    for row in CLASS:
        if row.viewer != _looks_as(viewer, JUNIOR) or row.programme not in (ANY, chosen):
            continue
        if row.of == ANYBODY:
            found.append(Fact(STANDING, PAIR, row.when))
        elif viewer == OWN_LINE:
            found.append(Fact(STANDING, OWN_SIDE, row.when))
    return found


def _of_signals(viewer: str, side: str, chosen: str | None) -> list[Fact]:
    found = []
    settled = set()
    for row in SIGNALS:
        what = _what(row)
        if what in settled or not _is_for(row, viewer, side, chosen):
            continue
        fact = Fact(what, row.shown, row.when)
        if what == FROM_ROSTERS:
            fact = Fact(what, "", "")
        if fact not in found:
            found.append(fact)
        if row.when in _HOLDS_NOW and what == FROM_ANSWERS:
            settled.add(what)  # the first row that fits counts: those below are for what was said before
    return found


def _what(row: SignalRow) -> str:
    if row.what <= _FROM_ROSTERS:
        return FROM_ROSTERS
    return HELP if HELP in row.what else FROM_ANSWERS


def _is_for(row: SignalRow, viewer: str, side: str, chosen: str | None) -> bool:
    if row.viewer != _looks_as(viewer, side) or row.programme not in (ANY, chosen):
        return False
    if row.of == ANYBODY or viewer == OWN_LINE:
        return True
    return row.what <= _FROM_ROSTERS - {HOURS}  # of the pair as a whole


def _hours(viewer: str, side: str) -> list[Fact]:
    above = {OWN_LINE: side, OTHER_LINE: _OTHER_SIDE[side]}.get(viewer)
    for row in PAGE:
        if row.what != HOURS_NOTED or row.viewer != _looks_as(viewer, side):
            continue
        if above in (None, row.of):
            return [Fact(NOTED, "", "")]
    return []


WORDS = {
    Fact(STANDING, PAIR, ALWAYS): N_("In a word, how the two of you are doing."),
    Fact(STANDING, OWN_SIDE, SAID_UNDER_IT): N_("Whether your side is low, not low, or not known yet."),
    Fact(FROM_ANSWERS, TALK, ALWAYS): N_("“Talk with this pair” when something needs attention."),
    Fact(FROM_ANSWERS, TALK, SAID_UNDER_IT): N_(
        "“Talk with this pair” when something in your answers needs attention."
    ),
    Fact(FROM_ANSWERS, TALK_ALONE, RELEASED_BY_THEM): N_("“Talk with this pair”, and no more, when you show a signal."),
    Fact(FROM_ANSWERS, BY_KIND, RELEASED_BY_ITS_AUTHOR): N_("What a signal is about, when you show it."),
    Fact(FROM_ROSTERS, "", ""): N_(
        "What hours, rosters and rules tell: too many hours, not together for long, who leaves, a rule that no longer "
        "holds."
    ),
    Fact(NOTED, "", ""): N_("The hours that are logged: a registration."),
    Fact(HELP, THAT_ASKED, ALWAYS): N_("That you ask for help now."),
    Fact(HELP, THAT_ASKED, OF_COORDINATORS): N_("That you ask for help, when you ask a coordinator."),
}
"""Each thing that somebody can be shown, said to the side that it is of."""
NO_ANSWERS = N_("No answers, no figures, no note.")
NOTHING = N_("Nothing of your answers.")
UNLESS_SHARED = N_("Nothing of your answers, except your note when you tick that. You can withdraw it later.")
PUBLISHED = N_("Figures of groups of at least five people, when they are published.")


def shows_answers(viewer: str, side: str, chosen: str | None) -> bool:
    """Tell whether a viewer is shown anything that is drawn from the answers of a side."""
    return any(fact.what in (STANDING, FROM_ANSWERS) for fact in facts(viewer, side, chosen))


def sees(viewer: str, side: str, chosen: str | None) -> str:
    """Say to one side what a viewer sees of it."""
    found = facts(viewer, side, chosen)
    first = NO_ANSWERS
    if not shows_answers(viewer, side, chosen) and viewer != ASKED:
        first = UNLESS_SHARED if viewer == OTHER else NOTHING
    said = [first, *(WORDS[fact] for fact in found if _is_said(fact, viewer))]
    if chosen == AGGREGATES and _ROLES.get(viewer) in SEE_PUBLISHED.roles:
        said.append(PUBLISHED)
    return " ".join(gettext(sentence) for sentence in said)


def _is_said(fact: Fact, viewer: str) -> bool:
    """Tell whether a fact is worth a sentence: the two note the hours and read the rosters themselves."""
    return viewer != OTHER or fact.what in (STANDING, FROM_ANSWERS)


SHORT = {
    OWN_SIDE: N_("Your managers see whether your side is low, and none of your answers."),
    TALK: N_("Your managers see when it is time to talk with you, and none of your answers."),
    TALK_ALONE: N_("Your managers see nothing of it, unless you show them a signal."),
    PUBLISHED: N_("Your managers see nothing of it but averages of groups, of five people or more."),
    "": N_("Your managers see nothing of it."),
}
"""What one's managers see, in one sentence, by the most that they are shown."""


def in_short(side: str, chosen: str | None) -> str:
    """Say in one sentence what one's managers see, for where there is no room for more."""
    shown = [fact.shown for fact in facts(OWN_LINE, side, chosen) if fact.what in (STANDING, FROM_ANSWERS)]
    most = PUBLISHED if chosen == AGGREGATES else ""
    if shown:
        most = shown[0]
    return gettext(SHORT[most])
