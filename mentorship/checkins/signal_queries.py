"""Reads of signals: each as its viewer may see it, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mentorship.checkins import balance, queries
from mentorship.checkins.models import Signal
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor, Subject
from mentorship.people.models import Person
from mentorship.programme.queries import programme

URGENCY = (
    balance.HELP, balance.LOWEST, balance.LOW, balance.FALL, balance.TALK, balance.TWO_MISSED, balance.HOURS,
    balance.APART, balance.RULE,
)  # fmt: skip
CONFIDANT = "confidant"


@dataclass(frozen=True)
class Seen:
    """A signal as one viewer may see it: `shown` names no more than that; `as_` is why they see it."""

    row: Signal
    shown: balance.Signal
    as_: str


def _plain(row: Signal) -> balance.Signal:
    evidence = tuple(date.fromisoformat(day) for day in row.evidence)
    return balance.Signal(row.kind, row.side, row.since, evidence, row.about, row.returned)


def viewers(actor: Actor, pair: Mentorship, below: set[int], confidant: bool) -> list[str]:
    """Return as whom an actor looks at the signals of a pair, the closest first."""
    found = []
    if actor.person_id == pair.mentor_id:
        found.append(MENTOR)
    if confidant:
        found.append(CONFIDANT)
    if actor.has(MANAGER) and {pair.mentor_id, pair.junior_id} & below:
        found.append(MANAGER)
    if actor.has(COORDINATOR) and actor.person_id not in (pair.mentor_id, pair.junior_id):
        found.append(COORDINATOR)
    return found


def seen(row: Signal, as_: str, visibility: str | None) -> balance.Signal | None:
    """Return a signal as somebody may see it, None when not at all."""
    if as_ == CONFIDANT and (row.kind, row.about) != (balance.HELP, CONFIDANT):
        return None
    asked_for_help = (row.kind, row.about) == (balance.HELP, MANAGER)
    if as_ == MANAGER and visibility != "classes" and not asked_for_help:
        return None  # managers act on what its author releases, or on groups
    if row.kind == balance.HOURS and row.status == "open" and as_ != MENTOR:
        return None  # first to the mentor; the line sees the hours themselves with who carries what
    if as_ == MENTOR and row.side == "junior" and row.kind != balance.HELP:
        return None  # the mentor hears of the junior's answers from the junior
    return balance.seen_by(_plain(row), as_)


def visible(session: Session, actor: Actor, signal_id: int | None = None) -> list[Seen]:
    """Return the signals that are not done (or this one) as this person may see them, the most urgent first."""
    visibility, confidant = programme(session).visibility, queries.settings(session).confidant
    asked_of = people.person_by_number(session, confidant) if confidant else None
    is_confidant = asked_of is not None and asked_of.id == actor.person_id
    below = set(session.scalars(people.line_below(actor.person_id))) if actor.has(MANAGER) else set()
    manages = set(session.exec(select(Person.id).where(Person.manager_id == actor.person_id)))
    query = select(Signal, Mentorship).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    if not (is_confidant or actor.has(MANAGER, COORDINATOR)):  # as a mentor at most: on every desk, so read no more
        query = query.where(Mentorship.mentor_id == actor.person_id)
    found = []
    for row, pair in session.exec(
        query.where(Signal.status != "done" if signal_id is None else Signal.id == signal_id)
    ):
        author = pair.mentor_id if row.side == MENTOR else pair.junior_id
        for as_ in viewers(actor, pair, below, is_confidant):
            if as_ == MANAGER and (row.kind, row.about) == (balance.HELP, MANAGER) and author not in manages:
                continue  # "my manager" is not the other side's manager, nor the manager's own
            shown = seen(row, as_, visibility)
            if shown is not None:
                found.append(Seen(row, shown, as_))
                break
    return sorted(found, key=lambda s: (s.row.status != "open", URGENCY.index(s.shown.kind), s.row.raised_at))


def subject(session: Session, signal_id: int) -> Subject | None:
    """Tell whether there is such a signal; who may act on it is asked by `may_act`."""
    return Subject() if session.get(Signal, signal_id) else None


def may_act(session: Session, actor: Actor, signal_id: int) -> bool:
    """Tell whether this person sees a signal, done or not, and so may act on it."""
    return bool(visible(session, actor, signal_id))
