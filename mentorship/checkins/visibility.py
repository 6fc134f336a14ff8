"""Who may see what of a check-in, and of what is drawn from its answers: the one place. Pure: no session, no clock.

`SIGNALS` here, and `CLASS` and `PAGE` beside it (`checkins.told`), are tables to be read from top to bottom: the first
row that fits counts, and what no row shows is seen by nobody. Their columns:

viewer     as whom somebody looks: the one whose help was asked, the junior or the mentor of the pair, the line (who
           manages a side, at whatever height), the coordinator. Who is both line and coordinator looks as the one
           that sees most; who was asked and who is a side looks as that alone (see `looks_as`).
what       the kind of signal, or what stands on the page of a pair.
of         THEIR_OWN: drawn from this viewer's own side (of the line: from the side it stands above), or from the pair
           as a whole. ANYBODY: from whichever side, or from both.
programme  what managers may see, as the programme chose it: RELEASED, CLASSES, or ANY, also where nothing is chosen.
when       ALWAYS; NOT_AT_ONCE: a week after it was raised, or as soon as somebody took it on; SAID_UNDER_IT: raised, or
           answered, while the programme's present choice held, for what was said before was said under another promise;
           RELEASED_BY_THEM: the side that this viewer stands above released it while its line could see that;
           RELEASED_BY_ITS_AUTHOR: its side did, whenever; OF_COORDINATORS: help that the coordinators were asked for.
shown      WHOLE: by its name, its day, and from which answers; UNNAMED: the same, but not which rule; THAT_ASKED: that
           help was asked and by which side, without a day; BY_KIND: by its name, without a side or a day; TALK: no more
           than "talk with this duo", and whether it returned; TALK_ALONE: not even that.

An answer itself, its figures and its note are their author's alone, and the other side's as far as their author shares
the note: no row here opens them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from mentorship.checkins.findings import ANSWERS, APART, BOTH, HELP, HOURS, LEAVES, RULE, TALK, Finding
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import COORDINATOR
from mentorship.programme.rules import CLASSES, RELEASED, Visibility

ASKED, LINE = "asked", "line"
SIDES = (JUNIOR, MENTOR)
ANY = "any"
THEIR_OWN, ANYBODY = "their own", "anybody"
ALWAYS, NOT_AT_ONCE, SAID_UNDER_IT = "always", "not at once", "said under it"
RELEASED_BY_THEM, RELEASED_BY_ITS_AUTHOR = "released by them", "released by its author"
OF_COORDINATORS = "of coordinators"
WHOLE, UNNAMED, THAT_ASKED, BY_KIND, TALK_ALONE = "whole", "unnamed", "that asked", "by kind", "talk alone"
MOST_FIRST = (WHOLE, UNNAMED, THAT_ASKED, BY_KIND, TALK, TALK_ALONE)
"""How much may be shown of a signal, the most first."""

MENTOR_FIRST = timedelta(days=7)
"""How long hours over the confirmed are the mentor's alone to act on."""
RELEASABLE = ANSWERS
"""What its author may release; of help the one asked hears anyway, and the rest goes to both lines."""


class SignalRow(NamedTuple):
    """What one viewer is shown of some signals."""

    viewer: str
    what: frozenset[str]
    of: str
    programme: str
    when: str
    shown: str


_HELP, _HOURS, _APART, _RULE, _LEAVES = (frozenset({kind}) for kind in (HELP, HOURS, APART, RULE, LEAVES))

SIGNALS = (
    SignalRow(ASKED, _HELP, ANYBODY, ANY, ALWAYS, THAT_ASKED),
    # juniors see what was noticed in what they answered, not what they asked for themselves
    SignalRow(JUNIOR, ANSWERS, THEIR_OWN, ANY, ALWAYS, WHOLE),
    SignalRow(JUNIOR, _APART, THEIR_OWN, ANY, ALWAYS, WHOLE),
    SignalRow(JUNIOR, _RULE, THEIR_OWN, ANY, ALWAYS, UNNAMED),
    # each side hears of the other's answers from the other
    SignalRow(MENTOR, ANSWERS, THEIR_OWN, ANY, ALWAYS, WHOLE),
    SignalRow(MENTOR, _HELP, THEIR_OWN, ANY, ALWAYS, WHOLE),
    SignalRow(MENTOR, _HOURS, THEIR_OWN, ANY, ALWAYS, WHOLE),
    SignalRow(MENTOR, _APART, THEIR_OWN, ANY, ALWAYS, WHOLE),
    SignalRow(MENTOR, _RULE, THEIR_OWN, ANY, ALWAYS, UNNAMED),
    # both lines hear what hours, rosters and rules say; of answers each its own side's, where the programme says so
    SignalRow(LINE, _HOURS, ANYBODY, ANY, NOT_AT_ONCE, WHOLE),
    SignalRow(LINE, _LEAVES, ANYBODY, ANY, ALWAYS, WHOLE),
    SignalRow(LINE, _APART, ANYBODY, ANY, ALWAYS, WHOLE),
    SignalRow(LINE, _RULE, ANYBODY, ANY, ALWAYS, UNNAMED),
    SignalRow(LINE, ANSWERS, THEIR_OWN, CLASSES, SAID_UNDER_IT, TALK),
    SignalRow(LINE, ANSWERS, THEIR_OWN, CLASSES, RELEASED_BY_THEM, TALK_ALONE),
    SignalRow(LINE, ANSWERS, THEIR_OWN, RELEASED, RELEASED_BY_THEM, TALK_ALONE),
    # the coordinator
    SignalRow(COORDINATOR, _HELP, ANYBODY, ANY, OF_COORDINATORS, THAT_ASKED),
    SignalRow(COORDINATOR, _HOURS, ANYBODY, ANY, NOT_AT_ONCE, WHOLE),
    SignalRow(COORDINATOR, _LEAVES, ANYBODY, ANY, ALWAYS, WHOLE),
    SignalRow(COORDINATOR, ANSWERS, ANYBODY, ANY, RELEASED_BY_ITS_AUTHOR, BY_KIND),
    SignalRow(COORDINATOR, ANSWERS, ANYBODY, ANY, ALWAYS, TALK),
    SignalRow(COORDINATOR, _APART, ANYBODY, ANY, ALWAYS, WHOLE),
    SignalRow(COORDINATOR, _RULE, ANYBODY, ANY, ALWAYS, WHOLE),
)
"""Who sees what of a signal."""


def _by_viewer_and_kind() -> dict[tuple[str, str], list[SignalRow]]:
    rows: dict[tuple[str, str], list[SignalRow]] = {}
    for row in SIGNALS:
        for kind in row.what:
            rows.setdefault((row.viewer, kind), []).append(row)
    return rows


_ROWS = _by_viewer_and_kind()
"""The same rows in the same order; a coordinator's page looks at thousands of signals."""


@dataclass(frozen=True)
class Ties:
    """What somebody is to a pair: asked for help by name, a side, managing above these sides, coordinator."""

    asked: bool = False
    side: str = ""
    lines: frozenset[str] = frozenset()
    coordinates: bool = False


@dataclass(frozen=True)
class RaisedSignal:
    """A signal as it stands; `released_by` is the side that released it, if any, and `released_at` when."""

    finding: Finding
    raised_at: datetime
    taken_on: bool = False
    released_by: str = ""
    released_at: datetime | None = None


@dataclass(frozen=True)
class View:
    """A signal as it is shown to somebody who looks as `viewer`; `kind` and `side` are what it was drawn from."""

    viewer: str
    shown: Finding
    kind: str
    side: str

    @property
    def acts(self) -> bool:
        """Whether this viewer may take it on and close it; a junior sees what was noticed, others act on it."""
        return self.viewer != JUNIOR

    @property
    def own(self) -> bool:
        """Whether it was drawn from this viewer's own answers, hours or pair."""
        return is_own(self.viewer, self.kind, self.side)

    @property
    def drawn_from_another(self) -> bool:
        """Whether it was drawn from the answers of another, by whatever name it is shown."""
        return self.kind in ANSWERS and not self.own

    @property
    def eases(self) -> bool:
        """Whether this viewer may lighten their own load in one tap."""
        return self.own and self.viewer == MENTOR

    @property
    def releasable(self) -> bool:
        """Whether this viewer may let others see more of it, and take that back."""
        return self.own and self.kind in RELEASABLE

    @property
    def asks_help(self) -> bool:
        """Whether this viewer is the one, or one of those, whose help it asks."""
        return self.kind == HELP and self.viewer not in SIDES


def is_own(viewer: str, kind: str, side: str) -> bool:
    """Tell whether a signal was drawn from the answers, hours or pair of the side that looks; help is its asker's."""
    return viewer in SIDES and side in (viewer, BOTH) and kind not in (HELP, LEAVES)


def looks_as(ties: Ties) -> list[str]:
    """Return as whom somebody looks, the closest first."""
    if ties.asked:
        return [ASKED]
    if ties.side:
        return [ties.side]
    found = []
    if ties.lines:
        found.append(LINE)
    if ties.coordinates:
        found.append(COORDINATOR)
    return found


def look(signal: RaisedSignal, ties: Ties, managers: Visibility, now: datetime) -> View | None:
    """Return a signal as somebody with these ties may see it, the most that one of them shows; None when nothing."""
    finding = signal.finding
    best: SignalRow | None = None
    for viewer in looks_as(ties):
        row = _first_row(viewer, signal, ties, managers, now)
        if row is not None and (best is None or _shows_more(row, best)):
            best = row
    if best is None:
        return None
    return View(
        best.viewer,
        _as_shown(finding, best.shown),
        finding.kind,
        finding.side,
    )


def _shows_more(row: SignalRow, other: SignalRow) -> bool:
    return MOST_FIRST.index(row.shown) < MOST_FIRST.index(other.shown)


def shown_to(viewer: str, signal: RaisedSignal, ties: Ties, managers: Visibility, now: datetime) -> Finding | None:
    """Return what the first row that fits shows to somebody who looks as `viewer`."""
    row = _first_row(viewer, signal, ties, managers, now)
    if row is None:
        return None
    return _as_shown(signal.finding, row.shown)


def _first_row(
    viewer: str,
    signal: RaisedSignal,
    ties: Ties,
    managers: Visibility,
    now: datetime,
) -> SignalRow | None:
    """Return the first row that fits somebody who looks as `viewer`."""
    for row in _ROWS.get((viewer, signal.finding.kind), ()):
        if _fits(row, signal, ties, managers, now):
            return row
    return None


def _fits(row: SignalRow, signal: RaisedSignal, ties: Ties, managers: Visibility, now: datetime) -> bool:
    finding = signal.finding
    theirs = {row.viewer}
    if row.viewer == LINE:
        theirs = set(ties.lines)
    if row.programme not in (ANY, managers.chosen):
        return False
    if row.of == THEIR_OWN and finding.side not in {BOTH, *theirs}:
        return False
    holds = {
        ALWAYS: True,
        NOT_AT_ONCE: signal.taken_on or now - signal.raised_at >= MENTOR_FIRST,
        SAID_UNDER_IT: managers.promised(signal.raised_at),
        RELEASED_BY_THEM: signal.released_by in theirs and managers.told(signal.released_at or now),
        RELEASED_BY_ITS_AUTHOR: signal.released_by != "",
        OF_COORDINATORS: finding.about == COORDINATOR,
    }
    return holds[row.when]


def _as_shown(finding: Finding, shown: str) -> Finding:
    if shown == WHOLE:
        return finding
    if shown == UNNAMED:
        return replace(finding, about="")
    if shown == THAT_ASKED:
        return replace(finding, since=None, evidence=())
    again = shown != TALK_ALONE and finding.returned
    return Finding(
        finding.kind if shown == BY_KIND else TALK,
        BOTH,
        None,
        (),
        returned=again,
    )
