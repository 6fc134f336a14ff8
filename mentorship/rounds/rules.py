"""Pure decisions about a round: what may follow what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.matching import TRAINER, steps_of

LEASE = timedelta(seconds=30)
"""Who solves a round and did not renew its claim for so long was killed, and is taken over."""
EDITABLE = ("draft", "solved")
DECIDABLE = ("draft", "solving", "solved")
"""States in which pairs are decided on: also while the round is solved, which then begins anew."""
OUTCOME_HOLDS = ("solved", "announced", "published", "closed")
"""States in which the terms of a round are those it was solved by."""
CHANGED = N_(
    "This round has changed since you opened this page, by you in another window or by somebody else. Nothing was"
    " changed now: look at how it is, and decide again."
)
RIVALS = "rivals"
"""Stands for the rule that stopped a request where none did: its mentors went to others."""


def _check_not_announced(status: str) -> None:
    if status == "announced":
        raise Refused(N_("This round is announced. Withdraw the announcement before you change it."))


def check_editable(status: str) -> None:
    """Refuse to change a round that is being solved or was published."""
    if status == "solving":
        raise Refused(N_("This round is finding pairs. Wait until it is done."))
    _check_not_announced(status)
    if status not in EDITABLE:
        raise Refused(N_("This round was published, so it cannot be changed."))


def check_decidable(status: str) -> None:
    """Refuse to decide on pairs of a round that others know of already."""
    _check_not_announced(status)
    if status not in DECIDABLE:
        raise Refused(N_("This round was published, so it cannot be changed."))


def check_stop(status: str) -> None:
    """Refuse to stop what is not being done."""
    if status != "solving":
        raise Conflict(N_("This round is no longer finding pairs."))


def check_close(status: str) -> None:
    """Refuse to close a round that was not published."""
    if status != "published":
        raise Refused(N_("Only a published round can be closed."))


def steps(funnel: Sequence[int]) -> tuple[str, ...]:
    """Return the rules that the counts of a funnel stand for, the floor the last."""
    return (*steps_of(len(funnel) - 1), "floor")


def merged(funnel: Sequence[int]) -> tuple[int, int, int, int]:
    """Return what whoever asked may know of a funnel: how many are able, reachable, free and fitting.

    Able to guide who asks for a practice trainer is who is one.
    Line, blocks, language, site and shifts are one step, so that nobody can read off that somebody said "rather not".
    """
    remaining = dict(zip(steps(funnel), funnel, strict=True))
    return (
        remaining.get(TRAINER, remaining["expertise"]),
        remaining["meeting"],
        remaining["place"],
        remaining["floor"],
    )


def stop(funnel: Sequence[int]) -> str:
    """Return the first rule after which no mentor remains, of the steps of the match and "floor"; else `RIVALS`."""
    for step, left in zip(steps(funnel), funnel, strict=True):
        if not left:
            return step
    return RIVALS
