"""Who would be shown what of an example, asked of the tables that decide it when somebody looks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorship.checkins.findings import APART, BOTH, HELP, HOURS, LEAVES, LOW, LOWEST, RULE, Finding
from mentorship.checkins.told import told
from mentorship.checkins.visibility import MENTOR_FIRST, RaisedSignal, Ties, look
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import COORDINATOR
from mentorship.programme.rules import Visibility

AUTHOR, OTHER, OWN_LINE, OTHER_LINE, ASKED = "author", "other", "own line", "other line", "asked"
VIEWERS = (AUTHOR, OTHER, OWN_LINE, OTHER_LINE, COORDINATOR, ASKED)
EXAMPLES = (
    (LOW, JUNIOR),
    (LOWEST, MENTOR),
    (HELP, JUNIOR),
    (HOURS, MENTOR),
    (APART, BOTH),
    (RULE, BOTH),
    (LEAVES, BOTH),
)
"""The signals of which is told who sees them: the kind, and from which side it was drawn."""
NOTHING, ALL, UNNAMED, THAT, TALK_ALONE = "nothing", "all", "unnamed", "that", "talk"
KIND = "kind"
SIDE, OTHER_SIDE = "side", "other side"
"""How the author's side stands, or the other's alone."""
LATER = "later"
"""The same as all, a week after it was raised."""
RELEASED = "released"
"""Nothing, unless its author releases it."""
_SIDES = {JUNIOR: MENTOR, MENTOR: JUNIOR}


@dataclass(frozen=True)
class Example:
    """One signal, from which side it was drawn, and what each viewer is shown of it."""

    kind: str
    side: str
    shown: Sequence[str]


def examples(visibility: str | None, now: datetime) -> list[Example]:
    """Return what each viewer is shown of each kind of signal under a choice of visibility."""
    managers = Visibility(visibility, None)
    found = []
    for kind, side in EXAMPLES:
        shown = [_shown(kind, side, viewer, managers, now) for viewer in VIEWERS]
        found.append(Example(kind, side, shown))
    return found


def standing(visibility: str | None) -> list[str]:
    """Return what each viewer is told of how a pair stands, seen from the junior's side."""
    managers = Visibility(visibility, None)
    return [_told(_ties(JUNIOR, viewer), managers) for viewer in VIEWERS]


def _told(ties: Ties, managers: Visibility) -> str:
    found = told(ties, managers)
    if found is None:
        return NOTHING
    if found.whole:
        return ALL
    return SIDE if JUNIOR in found.sides else OTHER_SIDE


def _shown(kind: str, side: str, viewer: str, managers: Visibility, now: datetime) -> str:
    """Tell what one viewer is shown at once, else a week later, else once its author released it."""
    ties = _ties(side, viewer)
    about = COORDINATOR if viewer == COORDINATOR else ""
    finding = Finding(
        kind,
        side,
        now.date(),
        (now.date(),),
        about or "x",
    )
    at_once = RaisedSignal(finding, now)
    seen = look(at_once, ties, managers, now)
    if seen is not None:
        return _in_a_word(finding, seen.shown)
    if look(at_once, ties, managers, now + MENTOR_FIRST + timedelta(days=1)) is not None:
        return LATER
    author = JUNIOR if side == BOTH else side
    released = RaisedSignal(finding, now, released_by=author)
    if look(released, ties, managers, now) is not None:
        return RELEASED
    return NOTHING


def _ties(side: str, viewer: str) -> Ties:
    author = JUNIOR if side == BOTH else side
    other = _SIDES[author]
    ties = {
        AUTHOR: Ties(side=author),
        OTHER: Ties(side=other),
        OWN_LINE: Ties(lines=frozenset({author})),
        OTHER_LINE: Ties(lines=frozenset({other})),
        COORDINATOR: Ties(coordinates=True),
        ASKED: Ties(asked=True),
    }
    return ties[viewer]


def _in_a_word(whole: Finding, shown: Finding) -> str:
    if shown.kind != whole.kind:
        return TALK_ALONE
    if shown.side != whole.side:
        return KIND
    if shown.since is None:
        return THAT
    return ALL if shown.about == whole.about else UNNAMED
