"""Reads of signals: each as its viewer may see it, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from mentorship.checkins import balance
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor, Subject
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme

URGENCY = (
    balance.HELP, balance.LOWEST, balance.LOW, balance.FALL, balance.TALK, balance.TWO_MISSED, balance.HOURS,
    balance.APART, balance.RULE,
)  # fmt: skip
SECOND_MENTOR = "second_mentor"
ANSWERS = frozenset({balance.LOWEST, balance.LOW, balance.FALL, balance.TWO_MISSED})
RELEASABLE = ANSWERS | {balance.APART, balance.RULE}
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

    def waits(self, today: date) -> bool:
        """Tell whether it asks for something now: nobody took it on, a second mentor is asked for, or its day came."""
        row = self.row
        return row.status == "open" or self.asks or (row.look_again_on is not None and row.look_again_on <= today)

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


def _plain(row: Signal) -> balance.Signal:
    evidence = tuple(date.fromisoformat(day) for day in row.evidence)
    return balance.Signal(row.kind, row.side, row.since, evidence, row.about, row.returned)


def authors(row: Signal, pair: Mentorship) -> set[int]:
    """Return whose answers or hours a signal was drawn from; both when it is of the pair."""
    sides = {JUNIOR: pair.junior_id, MENTOR: pair.mentor_id}
    return set(sides.values()) if row.side == balance.BOTH else {sides[row.side]}


def heard_by(row: Signal, pair: Mentorship, rules: Programme) -> set[int]:
    """Return whose lines hear of a signal: of hours always, else by class, or as far as a side releases it.

    What was raised before the present visibility was said under another promise.
    """
    if row.kind == balance.HOURS:
        return {pair.mentor_id}
    if rules.visibility == "released" and row.released_at is not None:
        return {row.released_by} if row.released_by is not None else set()
    since = rules.visibility_since
    return authors(row, pair) if rules.visibility == "classes" and (not since or row.raised_at >= since) else set()


def viewers(actor: Actor, row: Signal, pair: Mentorship, lines: set[int], below: set[int]) -> list[str]:
    """Return as whom an actor looks at a signal of a pair, the closest first.

    Help is for whoever was asked then, whoever holds that post now; `lines` hear of the rest.
    """
    if _is_help(row) and actor.person_id == row.asked_id:
        return [row.about]
    sides = {pair.mentor_id: MENTOR, pair.junior_id: JUNIOR}
    if actor.person_id in sides:
        return [sides[actor.person_id]]
    if _is_help(row) and row.about != COORDINATOR:
        return []
    found = [MANAGER] if actor.has(MANAGER) and lines & below and not _is_help(row) else []
    return [*found, COORDINATOR] if actor.has(COORDINATOR) else found


def seen(row: Signal, as_: str, now: datetime) -> balance.Signal | None:
    """Return a signal as somebody may see it, None when not at all."""
    if row.kind == balance.HOURS and row.status == "open" and as_ != MENTOR and now - row.raised_at < MENTOR_FIRST:
        return None  # first to the mentor; the line sees the hours themselves with who carries what
    if (as_, row.side) in ((MENTOR, JUNIOR), (JUNIOR, MENTOR)) and (_is_help(row), row.about) != (True, as_):
        return None  # each side hears of the other's answers from the other
    if as_ == JUNIOR and _is_help(row):
        return None  # juniors see what others act on, not what they asked for themselves
    return balance.seen_by(_plain(row), as_)


def look(actor: Actor, row: Signal, pair: Mentorship, rules: Programme, below: set[int], now: datetime) -> Seen | None:
    """Return a signal of a pair as this person may see it, None when not at all; `below` are those in their line."""
    for as_ in viewers(actor, row, pair, heard_by(row, pair, rules), below):
        shown = seen(row, as_, now)
        if shown is not None:
            if shown.kind == balance.TALK and (as_ == COORDINATOR or rules.visibility == "classes"):
                shown = replace(shown, returned=row.returned)  # who sees only what is released did not see it then
            mentor_asks = row.status == "taken" and (row.action, row.owner_id) == (SECOND_MENTOR, pair.mentor_id)
            return Seen(row, shown, as_, mentor_asks and as_ == COORDINATOR)
    return None


def visible(session: Session, actor: Actor, now: datetime, signal_id: int | None = None) -> list[Seen]:
    """Return the signals that are not done (or this one) as this person may see them, the most urgent first.

    Several drawn from another's answers are one to talk about: how many there are would tell how bad it is.
    """
    me, rules = actor.person_id, programme(session)
    below = set(session.scalars(people.line_below(me))) if actor.has(MANAGER) else set()
    query = select(Signal, Mentorship).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    if not actor.has(COORDINATOR):  # on every desk, so read no more than may be seen
        near = [col(Mentorship.mentor_id) == me, col(Mentorship.junior_id) == me, col(Signal.asked_id) == me]
        if actor.has(MANAGER):
            line = people.line_below(me)
            near += [col(Mentorship.mentor_id).in_(line), col(Mentorship.junior_id).in_(line)]
        query = query.where(or_(*near))
    found = []
    for row, pair in session.exec(
        query.where(Signal.status != "done" if signal_id is None else Signal.id == signal_id)
    ):
        one_seen = look(actor, row, pair, rules, below, now)
        if one_seen is not None:
            found.append(one_seen)
    return _one_talk_each(sorted(found, key=_urgency))


def _one_talk_each(found: list[Seen]) -> list[Seen]:
    kept: dict[object, Seen] = {}
    for one in found:
        row = one.row
        same = row.mentorship_id, row.status, row.owner_id, row.action, row.look_again_on
        kept.setdefault(same if one.shown.kind == balance.TALK else row.id, one)
    return list(kept.values())


def alike(session: Session, actor: Actor, found: Seen) -> list[Signal]:
    """Return the signals that stand on one card with a neutral one, itself among them."""
    if found.shown.kind != balance.TALK:
        return [found.row]
    row = found.row
    query = select(Signal).where(
        Signal.mentorship_id == row.mentorship_id,
        Signal.status == row.status,
        col(Signal.kind).in_(ANSWERS),
        col(Signal.owner_id).is_not_distinct_from(row.owner_id),
        Signal.action == row.action,
        col(Signal.look_again_on).is_not_distinct_from(row.look_again_on),
    )
    rows = session.exec(query.order_by(col(Signal.id)).with_for_update().execution_options(populate_existing=True))
    pair, rules = session.get_one(Mentorship, row.mentorship_id), programme(session)
    below = set(session.scalars(people.line_below(actor.person_id))) if actor.has(MANAGER) else set()
    return [r for r in rows if found.as_ in viewers(actor, r, pair, heard_by(r, pair, rules), below)]


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
