"""Reads of signals: each as its viewer may see it, the most urgent first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.engine import TupleResult
from sqlmodel import Session, and_, case, col, or_, select
from sqlmodel.sql.expression import Select

from mentorship.base.clock import local_date
from mentorship.base.db import Given, locking
from mentorship.base.prepared import prepared
from mentorship.checkins import findings
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.one_card import card_of, requests_alike, talks_alike
from mentorship.checkins.signals.viewers import Seen, look
from mentorship.checkins.visibility import SIDES
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor
from mentorship.people.line import AT_ONCE, Line
from mentorship.programme import queries as programme

CLOSED_SHOWN = timedelta(weeks=12)
"""So long a closed one stands in the list."""
URGENCY = (
    findings.HELP,
    findings.SAFE,
    findings.LOWEST,
    findings.LOW,
    findings.FALL,
    findings.TALK,
    findings.LEAVES,
    findings.HOURS,
    findings.APART,
    findings.RULE,
)


Near = Select[Signal, Mentorship]
Found = TupleResult[tuple[Signal, Mentorship]]


def _seen(session: Session, actor: Actor, near: Found, now: datetime) -> Iterator[Seen]:
    """Yield those of some signals that this person may see, as they may; no more is read than is asked for."""
    managers = programme.visibility(session)
    line = Line(session, actor.person_id)
    for some in near.partitions():
        below = _below(line, actor, [pair for _, pair in some])
        for row, pair in some:
            seen = look(
                actor,
                row,
                pair,
                managers,
                below,
                now,
            )
            if seen is None or seen.in_confidence:
                continue  # what a confidant is asked has a desk of its own
            if seen.viewer in SIDES and actor.is_closed(row.raised_at):
                continue  # what a side sees is of its own
            yield seen


def _below(line: Line, actor: Actor, pairs: Collection[Mentorship]) -> set[int]:
    """Return who of these pairs is in a manager's line."""
    if not actor.has(MANAGER):
        return set()
    sides = [pair.mentor_id for pair in pairs] + [pair.junior_id for pair in pairs]
    return line.among(sides)


def visible(
    session: Session,
    actor: Actor,
    now: datetime,
    signal_id: int | None = None,
    *,
    mentorship_id: int | None = None,
) -> list[Seen]:
    """Return the signals that are not done (or this one) as this person may see them, the most urgent first.

    Of all pairs that are near to them, or of one.

    Several drawn from another's answers are one to talk about: how many there are would tell how bad it is. So are
    several requests for help of one side to the same person, until they saw them.
    """
    wanted = col(Signal.status) != "done"
    if signal_id is not None:
        wanted = col(Signal.id) == signal_id
    near = _near(actor.person_id, **_reach(actor)).where(wanted)
    if mentorship_id is not None:
        near = near.where(Signal.mentorship_id == mentorship_id)
    found = list(_seen(session, actor, session.exec(near), now))
    return _one_a_card(sorted(found, key=_urgency))


def closed(session: Session, actor: Actor, now: datetime) -> list[Seen]:
    """Return what was closed in the last weeks of what somebody acts on, as they may see it, the newest first."""
    near = _near(actor.person_id, **_reach(actor)).where(
        col(Signal.status) == "done",
        col(Signal.done_at) >= now - CLOSED_SHOWN,
    )
    found = [seen for seen in _seen(session, actor, session.exec(near), now) if seen.acts]
    found.sort(key=lambda seen: (seen.row.done_at, seen.row.id), reverse=True)
    return _one_a_card(found)


def _near(me: Given[int], *, all_of_them: bool, of_line: bool) -> Near:
    """Return a query of signals that somebody could see: it is asked on every desk, so it reads no more."""
    query = select(Signal, Mentorship).execution_options(yield_per=AT_ONCE)
    query = query.join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    if all_of_them:
        return query
    near = [
        col(Mentorship.mentor_id) == me,
        col(Mentorship.junior_id) == me,
        col(Signal.asked_id) == me,
    ]
    if of_line:
        line = people.line_below(me)
        near += [
            col(Mentorship.mentor_id).in_(line),
            col(Mentorship.junior_id).in_(line),
        ]
    return query.where(or_(*near))


def _reach(actor: Actor) -> dict[str, bool]:
    """Tell for `_near` how far a role lets somebody see."""
    return {
        "all_of_them": actor.has(COORDINATOR),
        "of_line": actor.has(MANAGER),
    }


def _one_a_card(found: list[Seen]) -> list[Seen]:
    kept: dict[object, Seen] = {}
    for one in found:
        kept.setdefault(_card(one), one)
    return list(kept.values())


def _card(one: Seen) -> object:
    """Return what tells the card of a signal from others."""
    return card_of(one.row, one.shown.kind)


@dataclass
class ToActOn:
    """How many lines of signals somebody can act on today: asked for their help, past their day, all others.

    `since` is when the oldest of each kind was raised, or its day came. `more` of the last kind that is counted, when
    counting stopped before the end.
    """

    asked: int = 0
    late: int = 0
    other: int = 0
    more: bool = False
    since: dict[str, date] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there are together."""
        return self.asked + self.late + self.other

    def add(self, one: Seen, today: date) -> None:
        """Count one more."""
        row = one.row
        if row.look_again_on is not None and row.look_again_on <= today:
            self.late += 1
            self._note("late", row.look_again_on)
        elif one.shown.kind == findings.HELP:
            self.asked += 1
            self._note("asked", local_date(row.raised_at))
        else:
            self.other += 1
            self._note("other", local_date(row.raised_at))

    def _note(self, kind: str, day: date) -> None:
        self.since[kind] = min(day, self.since.get(kind, day))


def to_act_on(session: Session, actor: Actor, now: datetime, most: int) -> ToActOn:
    """Return what this person can act on today; it stops counting at `most`, for it is asked on every page."""
    today = local_date(now)
    found = ToActOn()
    lines: set[object] = set()
    not_done = _not_done(session, actor.person_id, today, **_reach(actor))
    for seen in _seen(session, actor, not_done, now):
        if not seen.acts or not seen.waits(today):
            continue
        if seen.line in lines:
            continue
        if len(lines) == most:
            found.more = True
            break
        lines.add(seen.line)
        found.add(seen, today)
    return found


@prepared
def _not_done(me: Given[int], today: Given[date], **reach: bool) -> Near:
    not_done = _near(me, **reach).where(col(Signal.status) != "done")
    return not_done.order_by(*_kind_then_oldest(me, today))


def _kind_then_oldest(me: Given[int], today: Given[date]) -> tuple[Any, ...]:
    """Return the order of what is counted: help asked of oneself, what is past its day, the rest; the oldest first."""
    late = col(Signal.look_again_on) <= today
    asks_me = and_(
        col(Signal.kind) == findings.HELP,
        col(Signal.asked_id) == me,
    )
    return (
        case((late, 1), (asks_me, 0), else_=2),
        case((late, col(Signal.look_again_on))),
        col(Signal.raised_at),
        col(Signal.id),
    )


def alike(session: Session, actor: Actor, found: Seen, now: datetime) -> list[Signal]:
    """Return the signals that stand on one card with one that somebody sees, itself among them; locked."""
    row = found.row
    if row.kind == findings.HELP:
        return list(session.exec(locking(requests_alike(row))))
    if found.shown.kind != findings.TALK:
        return [row]
    pair = session.get_one(Mentorship, row.mentorship_id)
    managers = programme.visibility(session)
    line = Line(session, actor.person_id)
    below = _below(line, actor, [pair])
    rows = []
    for other in session.exec(locking(talks_alike(row))):
        seen = look(
            actor,
            other,
            pair,
            managers,
            below,
            now,
        )
        if seen is not None and seen.shown.kind == findings.TALK:
            rows.append(other)
    return rows


def hold_free(session: Session, mentorship_id: int) -> None:
    """Lock what nobody picked up of a pair, in one order."""
    free = select(Signal).where(
        Signal.mentorship_id == mentorship_id,
        Signal.status == "open",
    )
    session.exec(locking(free.order_by(col(Signal.id)))).all()


def _urgency(one: Seen) -> tuple[bool, int, bool, datetime]:
    row = one.row
    settled = row.status != "open" and not one.asks
    return (
        settled,
        URGENCY.index(one.shown.kind),
        row.seen_at is not None,
        row.raised_at,
    )


def one(session: Session, actor: Actor, signal_id: int, now: datetime) -> Seen | None:
    """Return one signal, done or not, as this person may see it; None when not at all."""
    return next(iter(visible(session, actor, now, signal_id)), None)


def may_act(session: Session, actor: Actor, signal_id: int, now: datetime) -> bool:
    """Tell whether this person may take a signal on, done or not, and close it."""
    found = one(session, actor, signal_id, now)
    return found is not None and found.acts


def raised_since(session: Session, row: Signal) -> bool:
    """Tell whether the same was raised about a pair again after a signal was closed."""
    if row.done_at is None:
        return False
    later = select(Signal.id).where(
        Signal.mentorship_id == row.mentorship_id,
        Signal.kind == row.kind,
        Signal.side == row.side,
        Signal.about == row.about,
        col(Signal.id) != row.id,
        col(Signal.raised_at) >= row.done_at,
    )
    return session.exec(later.limit(1)).first() is not None
