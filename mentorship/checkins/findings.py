"""What asks for somebody's attention in a pair: its kinds, what it is drawn from, what was raised before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mentorship.checkins.due import NEVER
from mentorship.mentorships.hours.rules import MentorWeek

BOTH = "both"
SAFE, LOWEST, LOW, FALL, HELP = "safety", "lowest", "low", "fall", "help"
HOURS, APART, RULE, LEAVES = "hours", "apart", "rule", "leaves"
STRENGTH = {SAFE: 2, LOWEST: 1, LOW: 0, FALL: 0}
"""What is drawn from the answers of one side, the strongest first: of one cause that alone is raised."""
ANSWERS = frozenset(STRENGTH)
JUDGED = ANSWERS | {HOURS, APART, RULE}
"""Of what it is asked at the closing whether something was the matter; help and leaving are no guesses."""
QUIET = timedelta(weeks=6)
"""How long one that was closed does not return, unless it got worse."""
TALK = "talk"
"""The neutral name ("talk with this duo") under which somebody sees a signal that was drawn from another's answers."""

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Working:
    """What is known of the pair apart from answers.

    `running_since`: start or last resumption; `together`: days on which they worked together; `failing`: each rule that
    no longer holds, and when that was found; `last_days`: of each side that leaves; `out`: the days, as ordinals, on
    which a side is away or their site is closed.
    """

    running_since: date
    together: Sequence[date] = ()
    weeks: Sequence[MentorWeek] = ()
    failing: Mapping[str, datetime] = field(default_factory=dict)
    last_days: Mapping[str, date] = field(default_factory=dict)
    out: frozenset[int] = NEVER


@dataclass(frozen=True)
class Finding:
    """Something that needs somebody's action, before it is kept as a signal.

    `side`: whose answers or hours it was drawn from, "both" for the pair; `evidence`: the due dates of the check-ins
    (hours: the Mondays; apart: the last day together; rule: the day it was found; leaves: the last day); `about`: who
    was asked for help, or the rule.
    """

    kind: str
    side: str
    since: date | None
    evidence: tuple[date, ...]
    about: str = ""
    returned: bool = False

    @property
    def key(self) -> Key:
        """What makes two signals the same one."""
        return self.kind, self.side, self.about


@dataclass(frozen=True)
class Earlier:
    """A finding that was raised as a signal before; `closed_at` is None while it is open."""

    kind: str
    side: str
    closed_at: datetime | None
    about: str = ""
    evidence: tuple[date, ...] = ()

    @property
    def key(self) -> Key:
        """What makes two signals the same one."""
        return self.kind, self.side, self.about


def last_closed(earlier: Iterable[Earlier]) -> Earlier | None:
    """Return the one that was closed last; None when none was."""
    found = None
    latest = None
    for one in earlier:
        if one.closed_at is None:
            continue
        if latest is None or one.closed_at > latest:
            found = one
            latest = one.closed_at
    return found
