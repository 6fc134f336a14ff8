"""What can be done about the signal that is open: which of it the service carries out, and what of it still waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext
from mentorship.checkins import findings
from mentorship.checkins.signals import carrying, words
from mentorship.checkins.signals.carried import (
    END,
    FEWER_HOURS,
    FEWER_PLACES,
    PACE,
    PAUSE_PAIR,
    SECOND_MENTOR,
    TALK,
    TRAIN_MENTOR,
)
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.viewers import Seen
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor

NOTES = {
    PAUSE_PAIR: N_("you choose until when"),
    PACE: N_("you choose by how many weeks"),
    FEWER_PLACES: N_("you choose how many stay"),
    FEWER_HOURS: N_("the manager of the mentor agrees first"),
    TRAIN_MENTOR: N_("you note the course they followed"),
    TALK: N_("you choose a day on which they work"),
    SECOND_MENTOR: N_("you see at once who can"),
    END: N_("you say how it ended, and see who can next"),
}
"""What comes after picking one up that the service carries out."""
BY_YOURSELF = N_("you arrange this yourself")


@dataclass(frozen=True)
class Step:
    """A way to do something about a signal: what it is called, and what comes of choosing it."""

    value: str
    text: str
    note: str


def of_open(session: Session, actor: Actor, found: Sequence[Seen], open_id: int | None) -> dict[str, Any]:
    """Return what the open signal offers its reader, and the step they took on that is still to be carried out."""
    for seen in found:
        if seen.row.id == open_id and seen.acts:
            pair = session.get_one(Mentorship, seen.row.mentorship_id)
            carried = carrying.carried_out(session, actor, pair)
            waits = _waits(seen.row, actor, carried)
            return {"steps": _steps(seen, carried), "to_do": words.doing(waits) if waits else ""}
    return {"steps": [], "to_do": ""}


def _steps(seen: Seen, carried: frozenset[str]) -> list[Step]:
    found = []
    for value in offered(seen):
        note = BY_YOURSELF
        if value in carried:
            note = NOTES[value]
        found.append(Step(value, gettext(words.ACTIONS[value]), gettext(note)))
    return found


def offered(seen: Seen) -> list[str]:
    """Return what can be done about it, by its name."""
    if seen.shown.kind == findings.LEAVES:
        return list(words.HANDING_OVER)
    return [step for step in words.ACTIONS if step != words.HANDING_OVER[0]]


def _waits(row: Signal, actor: Actor, carried: frozenset[str]) -> str:
    """Return the step that somebody took a signal on with and that is still to be carried out; "" for none."""
    if row.status != "taken" or row.owner_id != actor.person_id or row.action not in carried:
        return ""
    done = {one["what"] for one in row.did}
    return "" if any(what.startswith(row.action) for what in done) else row.action


def leads_on(session: Session, actor: Actor, signal_id: int) -> bool:
    """Tell whether who took a signal on is asked at once for what its step needs."""
    row = session.get_one(Signal, signal_id)
    pair = session.get_one(Mentorship, row.mentorship_id)
    return bool(_waits(row, actor, carrying.carried_out(session, actor, pair)))
