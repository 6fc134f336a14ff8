"""Reads of signals: each as its viewer may see it, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from mentorship.checkins import balance, queries
from mentorship.checkins.models import Signal
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor, Subject
from mentorship.people.models import Person
from mentorship.programme.queries import programme

URGENCY = (
    balance.HELP, balance.LOWEST, balance.LOW, balance.FALL, balance.TALK, balance.TWO_MISSED, balance.HOURS,
    balance.APART, balance.RULE,
)  # fmt: skip
CONFIDANT = "confidant"
SECOND_MENTOR = "second_mentor"
RELEASABLE = frozenset({
    balance.LOWEST, balance.LOW, balance.FALL, balance.TWO_MISSED, balance.APART, balance.RULE,
})  # fmt: skip
"""What its author may release; of help the one asked hears anyway, and hours are the line's to see."""
MENTOR_FIRST = timedelta(days=7)
"""How long hours over the confirmed are the mentor's alone to act on."""


@dataclass(frozen=True)
class Seen:
    """A signal as one viewer may see it: `shown` names no more than that; `as_` is why they see it.

    `asks`: it was taken on by its mentor, who asks this viewer for a second mentor.
    """

    row: Signal
    shown: balance.Signal
    as_: str
    asks: bool = False

    @property
    def acts(self) -> bool:
        """Whether this viewer may take it on and close it; a junior sees what was noticed, others act on it."""
        return self.as_ != JUNIOR

    @property
    def own(self) -> bool:
        """Whether it was drawn from this viewer's own answers, hours or pair."""
        return self.as_ in balance.QUESTIONS and self.row.side in (self.as_, balance.BOTH) and not _is_help(self.row)

    @property
    def eases(self) -> bool:
        """Whether this viewer may lighten their own load in one tap."""
        return self.own and self.as_ == MENTOR

    @property
    def releasable(self) -> bool:
        """Whether this viewer may release it to the manager of their line, and take that back."""
        return self.own and self.row.kind in RELEASABLE


def _is_help(row: Signal) -> bool:
    return row.kind == balance.HELP


def _asks_manager(row: Signal) -> bool:
    return (row.kind, row.about) == (balance.HELP, MANAGER)


def _plain(row: Signal) -> balance.Signal:
    evidence = tuple(date.fromisoformat(day) for day in row.evidence)
    return balance.Signal(row.kind, row.side, row.since, evidence, row.about, row.returned)


def authors(row: Signal, pair: Mentorship) -> set[int]:
    """Return whose answers or hours a signal was drawn from; both when it is of the pair."""
    sides = {JUNIOR: pair.junior_id, MENTOR: pair.mentor_id}
    return set(sides.values()) if row.side == balance.BOTH else {sides[row.side]}


def viewers(actor: Actor, row: Signal, pair: Mentorship, below: set[int], confidant: bool) -> list[str]:
    """Return as whom an actor looks at a signal of a pair, the closest first: the line is that of its author."""
    found, sides = [], {pair.mentor_id: MENTOR, pair.junior_id: JUNIOR}
    if actor.person_id in sides:
        found.append(sides[actor.person_id])
    if confidant:
        found.append(CONFIDANT)
    apart = actor.person_id not in sides
    if actor.has(MANAGER) and authors(row, pair) & below and (apart or _asks_manager(row)):
        found.append(MANAGER)
    if actor.has(COORDINATOR) and apart:
        found.append(COORDINATOR)
    return found


def seen(row: Signal, as_: str, visibility: str | None, now: datetime) -> balance.Signal | None:
    """Return a signal as somebody may see it, None when not at all."""
    if as_ == CONFIDANT and (row.kind, row.about) != (balance.HELP, CONFIDANT):
        return None
    if as_ == MANAGER and not _line_sees(row, visibility):
        return None
    if row.kind == balance.HOURS and row.status == "open" and as_ != MENTOR and now - row.raised_at < MENTOR_FIRST:
        return None  # first to the mentor; the line sees the hours themselves with who carries what
    if as_ == MENTOR and row.side == JUNIOR and not _is_help(row):
        return None  # the mentor hears of the junior's answers from the junior
    if as_ == JUNIOR and (row.side == MENTOR or _is_help(row)):
        return None  # and the junior of the mentor's from the mentor
    return balance.seen_by(_plain(row), as_)


def _line_sees(row: Signal, visibility: str | None) -> bool:
    """Tell whether a manager hears of it: hours always, the rest by class, or as far as its author releases it."""
    if row.kind == balance.HOURS or _asks_manager(row):
        return True
    return visibility == "classes" or (visibility == "released" and row.released_at is not None)


def visible(session: Session, actor: Actor, now: datetime, signal_id: int | None = None) -> list[Seen]:
    """Return the signals that are not done (or this one) as this person may see them, the most urgent first."""
    me, visibility, confidant = actor.person_id, programme(session).visibility, queries.settings(session).confidant
    asked_of = people.person_by_number(session, confidant) if confidant else None
    is_confidant = asked_of is not None and asked_of.id == me
    below = set(session.scalars(people.line_below(me))) if actor.has(MANAGER) else set()
    manages = set(session.exec(select(Person.id).where(Person.manager_id == me)))
    query = select(Signal, Mentorship).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    if not (is_confidant or actor.has(MANAGER, COORDINATOR)):  # as a side at most: on every desk, so read no more
        query = query.where(or_(Mentorship.mentor_id == me, Mentorship.junior_id == me))
    found = []
    for row, pair in session.exec(
        query.where(Signal.status != "done" if signal_id is None else Signal.id == signal_id)
    ):
        for as_ in viewers(actor, row, pair, below, is_confidant):
            if as_ == MANAGER and _asks_manager(row) and not authors(row, pair) & manages:
                continue  # "my manager" is not the other side's manager, nor the manager's own
            shown = seen(row, as_, visibility, now)
            if shown is not None:
                mentor_asks = row.status == "taken" and (row.action, row.owner_id) == (SECOND_MENTOR, pair.mentor_id)
                found.append(Seen(row, shown, as_, mentor_asks and as_ == COORDINATOR))
                break
    return sorted(found, key=_urgency)


def _urgency(one: Seen) -> tuple[bool, int, datetime]:
    return one.row.status != "open" and not one.asks, URGENCY.index(one.shown.kind), one.row.raised_at


def one(session: Session, actor: Actor, signal_id: int, now: datetime) -> Seen | None:
    """Return one signal, done or not, as this person may see it; None when not at all."""
    return next(iter(visible(session, actor, now, signal_id)), None)


def subject(session: Session, signal_id: int) -> Subject | None:
    """Tell whether there is such a signal; who may act on it is asked by `may_act`."""
    return Subject() if session.get(Signal, signal_id) else None


def may_act(session: Session, actor: Actor, signal_id: int, now: datetime) -> bool:
    """Tell whether this person may take a signal on, done or not, and close it."""
    found = one(session, actor, signal_id, now)
    return found is not None and found.acts
