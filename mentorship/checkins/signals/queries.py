"""Reads of signals: each as its viewer may see it, the most urgent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from mentorship.base.db import locking
from mentorship.checkins import findings, visibility
from mentorship.checkins.findings import Finding
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.visibility import ANSWERS, RaisedSignal, Ties, View
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor, Subject
from mentorship.programme import queries as programme
from mentorship.programme.rules import Visibility

URGENCY = (
    findings.HELP,
    findings.LOWEST,
    findings.LOW,
    findings.FALL,
    findings.TALK,
    findings.TWO_MISSED,
    findings.HOURS,
    findings.APART,
    findings.RULE,
)
SECOND_MENTOR = "second_mentor"


@dataclass(frozen=True)
class Seen(View):
    """A signal that is kept, as one viewer may see it.

    `asks`: it was taken on by its mentor, who asks this viewer for a second mentor.
    """

    row: Signal
    asks: bool

    def waits(self, today: date) -> bool:
        """Tell whether it asks for something now: nobody took it on, a second mentor is asked for, or its day came."""
        row = self.row
        if row.status == "open" or self.asks:
            return True
        return row.look_again_on is not None and row.look_again_on <= today

    def step_taken(self, person_id: int, today: date) -> str:
        """Return the step that somebody took it on with and whose day to look again is still to come; "" for none."""
        row = self.row
        if row.status != "taken" or row.owner_id != person_id:
            return ""
        if row.look_again_on is None or row.look_again_on <= today:
            return ""
        return row.action


def _as_raised(row: Signal, pair: Mentorship) -> RaisedSignal:
    evidence = [date.fromisoformat(day) for day in row.evidence]
    finding = Finding(
        row.kind,
        row.side,
        row.since,
        tuple(evidence),
        row.about,
        row.returned,
    )
    return RaisedSignal(
        finding,
        row.raised_at,
        taken_on=row.status != "open",
        released_by=_released_by(row, pair),
    )


def _released_by(row: Signal, pair: Mentorship) -> str:
    """Return which side released a signal to its line, "" when neither did."""
    if row.released_at is None or row.released_by is None:
        return ""
    return pair.side_of(row.released_by) or ""


def pair_ties(actor: Actor, pair: Mentorship, below: Collection[int]) -> Ties:
    """Return what somebody is to a pair; `below` are those in their line."""
    lines = set()
    if actor.has(MANAGER):
        for side, person_id in ((MENTOR, pair.mentor_id), (JUNIOR, pair.junior_id)):
            if person_id in below:
                lines.add(side)
    return Ties(
        side=pair.side_of(actor.person_id) or "",
        lines=frozenset(lines),
        coordinates=actor.has(COORDINATOR),
    )


def ties(actor: Actor, row: Signal, pair: Mentorship, below: Collection[int]) -> Ties:
    """Return what somebody is to a pair and its signal."""
    found = pair_ties(actor, pair, below)
    if row.kind != findings.HELP:
        return found
    # help is for whoever was asked then, whoever holds that post now
    asked = {row.asked_id}
    if row.about == MENTOR:
        asked.add(pair.mentor_id)
    return replace(found, asked=actor.person_id in asked)


def look(
    actor: Actor,
    row: Signal,
    pair: Mentorship,
    managers: Visibility,
    below: Collection[int],
    now: datetime,
) -> Seen | None:
    """Return a signal of a pair as this person may see it, None when not at all; `below` are those in their line."""
    view = visibility.look(
        _as_raised(row, pair),
        ties(actor, row, pair, below),
        managers,
        now,
    )
    if view is None:
        return None
    asks = view.viewer == COORDINATOR and _wants_second_mentor(row, pair)
    return Seen(**vars(view), row=row, asks=asks)


def _wants_second_mentor(row: Signal, pair: Mentorship) -> bool:
    """Tell whether the mentor took a signal on by asking for a second one."""
    if row.status != "taken" or row.action != SECOND_MENTOR:
        return False
    return row.owner_id == pair.mentor_id


def _below(session: Session, actor: Actor) -> set[int]:
    """Return everyone below a manager."""
    if not actor.has(MANAGER):
        return set()
    return set(session.scalars(people.line_below(actor.person_id)))


def visible(session: Session, actor: Actor, now: datetime, signal_id: int | None = None) -> list[Seen]:
    """Return the signals that are not done (or this one) as this person may see them, the most urgent first.

    Several drawn from another's answers are one to talk about: how many there are would tell how bad it is.
    """
    managers = programme.visibility(session)
    below = _below(session, actor)
    wanted = col(Signal.status) != "done"
    if signal_id is not None:
        wanted = col(Signal.id) == signal_id
    found = []
    for row, pair in session.exec(_near(actor).where(wanted)):
        seen = look(
            actor,
            row,
            pair,
            managers,
            below,
            now,
        )
        if seen is not None:
            found.append(seen)
    return _one_talk_each(sorted(found, key=_urgency))


def _near(actor: Actor) -> Select[Signal, Mentorship]:
    """Return a query of signals that somebody could see: it is asked on every desk, so it reads no more."""
    query = select(Signal, Mentorship)
    query = query.join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    if actor.has(COORDINATOR):
        return query
    me = actor.person_id
    near = [
        col(Mentorship.mentor_id) == me,
        col(Mentorship.junior_id) == me,
        col(Signal.asked_id) == me,
    ]
    if actor.has(MANAGER):
        line = people.line_below(me)
        near += [
            col(Mentorship.mentor_id).in_(line),
            col(Mentorship.junior_id).in_(line),
        ]
    return query.where(or_(*near))


def _one_talk_each(found: list[Seen]) -> list[Seen]:
    kept: dict[object, Seen] = {}
    for one in found:
        row = one.row
        card: object = row.id
        if one.shown.kind == findings.TALK:
            card = (
                row.mentorship_id,
                row.status,
                row.owner_id,
                row.action,
                row.look_again_on,
            )
        kept.setdefault(card, one)
    return list(kept.values())


def alike(session: Session, actor: Actor, found: Seen, now: datetime) -> list[Signal]:
    """Return the signals that stand on one card with a neutral one, itself among them; locked."""
    row = found.row
    if found.shown.kind != findings.TALK:
        return [row]
    pair = session.get_one(Mentorship, row.mentorship_id)
    managers = programme.visibility(session)
    below = _below(session, actor)
    rows = []
    for other in session.exec(locking(_on_one_card(row))):
        shown = visibility.shown_to(
            found.viewer,
            _as_raised(other, pair),
            ties(actor, other, pair, below),
            managers,
            now,
        )
        if shown is not None:
            rows.append(other)
    return rows


def _on_one_card(row: Signal) -> SelectOfScalar[Signal]:
    """Return a query of the signals drawn from answers that look the same to who sees but the neutral name."""
    query = select(Signal).where(
        Signal.mentorship_id == row.mentorship_id,
        Signal.status == row.status,
        col(Signal.kind).in_(ANSWERS),
        col(Signal.owner_id).is_not_distinct_from(row.owner_id),
        Signal.action == row.action,
        col(Signal.look_again_on).is_not_distinct_from(row.look_again_on),
    )
    return query.order_by(col(Signal.id))


def _urgency(one: Seen) -> tuple[bool, int, datetime]:
    settled = one.row.status != "open" and not one.asks
    return settled, URGENCY.index(one.shown.kind), one.row.raised_at


def one(session: Session, actor: Actor, signal_id: int, now: datetime) -> Seen | None:
    """Return one signal, done or not, as this person may see it; None when not at all."""
    return next(iter(visible(session, actor, now, signal_id)), None)


def may_act(session: Session, actor: Actor, signal_id: int, now: datetime) -> bool:
    """Tell whether this person may take a signal on, done or not, and close it."""
    found = one(session, actor, signal_id, now)
    return found is not None and found.acts


def who_acts(session: Session, signal_id: int, now: datetime) -> Subject | None:
    """Return who may take a signal on and close it; None when there is no such signal."""
    return _who(
        session,
        signal_id,
        now,
        lambda seen: seen.acts,
    )


def who_eases(session: Session, signal_id: int, now: datetime) -> Subject | None:
    """Return who may lighten their own load by a signal; None when there is no such signal."""
    return _who(
        session,
        signal_id,
        now,
        lambda seen: seen.eases,
    )


def who_releases(session: Session, signal_id: int, now: datetime) -> Subject | None:
    """Return who may release a signal to their line; None when there is no such signal."""
    return _who(
        session,
        signal_id,
        now,
        lambda seen: seen.releasable,
    )


def _who(session: Session, signal_id: int, now: datetime, may: Callable[[Seen], bool]) -> Subject | None:
    """Return those of everybody near a signal who `may`, by what they see of it."""
    row = session.get(Signal, signal_id)
    if row is None:
        return None
    pair = session.get_one(Mentorship, row.mentorship_id)
    managers = programme.visibility(session)
    found = set()
    for actor, below in _everybody_near(session, row, pair):
        seen = look(
            actor,
            row,
            pair,
            managers,
            below,
            now,
        )
        if seen is not None and may(seen):
            found.add(actor.person_id)
    return Subject(frozenset(found))


def _everybody_near(session: Session, row: Signal, pair: Mentorship) -> list[tuple[Actor, set[int]]]:
    """Return who could see a signal, each with the sides below them: both sides, who was asked, lines, coordinators."""
    sides = (pair.mentor_id, pair.junior_id)
    managers = people.people_with_role(session, MANAGER)
    coordinators = people.people_with_role(session, COORDINATOR)
    below: dict[int, set[int]] = defaultdict(set)
    for side in sides:
        for person_id in people.line_above(session, side):
            below[person_id].add(side)
    everybody = {*sides, *coordinators, *below}
    if row.asked_id is not None:
        everybody.add(row.asked_id)
    found = []
    for person_id in everybody:
        roles = set()
        if person_id in managers:
            roles.add(MANAGER)
        if person_id in coordinators:
            roles.add(COORDINATOR)
        actor = Actor(person_id, frozenset(roles))
        found.append((actor, below[person_id]))
    return found
