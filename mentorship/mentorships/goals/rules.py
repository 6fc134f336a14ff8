"""Pure decisions about goals: which levels, who confirms that one was reached, and where a claim goes from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.mentorships.goals.models import CLAIMED, CONFIRMED, DECLINED, SECONDING, WITHDRAWN, LevelClaim
from mentorship.mentorships.models import ACTIVE, JUNIOR, PAUSED

CHANGING = (ACTIVE, PAUSED)
"""What a mentorship is while its goals can change."""
OPEN = (CLAIMED, SECONDING)
TOP = 5
SECOND_FROM = 3
"""From this level on ("can do it alone") a second person confirms too."""
SHORTEST_EVIDENCE = 10
FARTHEST = timedelta(days=3 * 366)
"""So far ahead a goal can be meant to be reached."""
CONFIRM, DECLINE, WITHDRAW, NAME, AGREE, DISAGREE = "confirm", "decline", "withdraw", "name", "agree", "disagree"
_AFTER = {
    (CLAIMED, CONFIRM): CONFIRMED,
    (CLAIMED, DECLINE): DECLINED,
    (CLAIMED, WITHDRAW): WITHDRAWN,
    (SECONDING, WITHDRAW): WITHDRAWN,
    (SECONDING, NAME): SECONDING,
    (SECONDING, AGREE): CONFIRMED,
    (SECONDING, DISAGREE): DECLINED,
}
LAST = {
    WITHDRAW: WITHDRAWN,
    AGREE: CONFIRMED,
    DECLINE: DECLINED,
    DISAGREE: DECLINED,
}
"""The status that a last step leads to, which taking it again does not change."""


def confirmed(claims: Iterable[LevelClaim]) -> list[int]:
    """Return the levels that were confirmed."""
    return [claim.level for claim in claims if claim.status == CONFIRMED]


def reached(start: int, confirmed: Iterable[int]) -> int:
    """Return the level reached so far: the one a goal began at, or the highest that was confirmed since."""
    return max([start, *confirmed])


def needs_second(level: int) -> bool:
    """Tell whether a second person must confirm this level."""
    return level >= SECOND_FROM


def can_change(status: str) -> bool:
    """Tell whether the goals of a mentorship can change: while it runs or pauses."""
    return status in CHANGING


def check_changing(status: str) -> None:
    """Refuse to change the goals of a mentorship that does not run or pause."""
    if not can_change(status):
        raise Refused(N_("Goals can change only while the pair is running or paused."))


def check_levels(current: int, target: int) -> None:
    """Refuse a target that is not above the current level."""
    if target <= current:
        raise Refused(N_("Choose a goal above where you are now."), field="target")


def check_date(due_on: date | None, today: date) -> None:
    """Refuse a day that is not ahead, or so far that nobody means anything by it."""
    if due_on is None:
        return
    if due_on <= today:
        raise Refused(N_("Choose a day after today."), field="due_on")
    if due_on > today + FARTHEST:
        raise Refused(N_("Choose a day within three years."), field="due_on")


def check_running(dropped: bool, fulfilled: bool) -> None:
    """Refuse a day for a goal that was dropped or reached."""
    if dropped:
        raise Conflict(N_("This goal was dropped in the meantime."))
    if fulfilled:
        raise Conflict(N_("This goal is reached already."))


def check_claim(level: int, reached_now: int) -> None:
    """Refuse to claim a level that was reached already, or that there is not."""
    if not reached_now < level <= TOP:
        raise Refused(N_("Choose a step above the one reached so far."), field="level")


def check_drop(side: str, confirmed: int) -> None:
    """Refuse to drop a goal to whom it is not, and one in which a level was confirmed."""
    if side != JUNIOR:
        raise Refused(N_("A goal is the junior's: only they drop it. Talk about it together."))
    if confirmed:
        raise Refused(N_("In this goal a step was confirmed already, so it stays."))


def check_evidence(evidence: str) -> None:
    """Refuse to confirm without a word about what was seen."""
    if len(evidence) < SHORTEST_EVIDENCE:
        raise Refused(N_("Tap what you saw, or say it in a sentence of at least 10 characters."), field="evidence")


def may_second(*, one_of_the_pair: bool, left: bool) -> bool:
    """Tell whether somebody may be asked to confirm as the second; whether they can judge it is theirs to say.

    Their own level does not count: who is refused for it would have it told to whoever names them.
    """
    return not one_of_the_pair and not left


def prefilled(levels: Mapping[int, int], shared: Collection[int], *, own: bool) -> dict[int, int]:
    """Return the junior's levels that a form may fill in: their own see all, others only what was shared."""
    if own:
        return dict(levels)
    return {domain: level for domain, level in levels.items() if domain in shared}


def begins_at(known: int | None) -> int:
    """Return the level at which a new goal begins unless somebody says otherwise: the one known, below the top."""
    return min(known or 0, TOP - 1)


def after_claim(status: str, step: str, level: int) -> str:
    """Return the status of a claim after a step; refuse a step that somebody else made impossible meanwhile."""
    if (status, step) == (CLAIMED, CONFIRM) and needs_second(level):
        return SECONDING
    if (status, step) not in _AFTER:
        raise Conflict(
            N_("This was withdrawn or answered in the meantime, so nothing was changed. See how it stands now.")
        )
    return _AFTER[status, step]
