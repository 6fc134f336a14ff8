"""Verbs on endings: end a pair and ask both sides once more; say and take back the last words. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import MANY, id_of, insert_new
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.checkins import due, findings
from mentorship.checkins import queries as check_ins
from mentorship.checkins.endings import queries, rules, undoing
from mentorship.checkins.endings.rules import NOTHING_SAID, Parting
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.checkins.questions import Asking
from mentorship.checkins.signals.carried import END, entry
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships import closing_words
from mentorship.mentorships import queries as mentorship_queries
from mentorship.mentorships.acting import actions as acting
from mentorship.mentorships.acting.planning import forget_end, plan_end
from mentorship.mentorships.acting.rules import SIDE, check_reason
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import Actor
from mentorship.profiles.away import queries as away


def end(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    now: datetime,
    parting: Parting = NOTHING_SAID,
) -> Mentorship:
    """End a pair, for who may act on it, and, while check-ins run, open the closing one of both sides.

    Within ten minutes it can be undone, unless somebody began to answer. The two are told by mail, but who ended it.
    """
    found, who = acting.hold(session, actor, mentorship_id)
    check_reason(who, parting.ended_as)
    mail = acting.about(actor, found, acting.END, now)
    ending = undoing.keep_ending(session, found)
    _end(session, found, actor, parting, now, of_side=who == SIDE)
    undoing.state_ending(session, ending, mail, now)
    acting.tell(session, actor, found, mail, now)
    return found


def end_on(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    day: date | None,
    now: datetime,
    parting: Parting = NOTHING_SAID,
) -> Mentorship:
    """End a pair today, or say that it ends on a later day, with the same words."""
    if day is None or day == local_date(now):
        return end(session, actor, mentorship_id, now, parting)
    return plan_end(
        session,
        actor,
        mentorship_id,
        day,
        now,
        ended_as=parting.ended_as,
        thanks=parting.thanks,
        again=parting.again,
    )


def end_due(session: Session, mentorship_id: int, now: datetime) -> bool:
    """End a pair whose day to end has come, as was said then, and tell both; False for one that ended otherwise."""
    found = mentorship_queries.locked(session, mentorship_id)
    today = local_date(now)
    if not found.runs or found.ends_on is None or found.ends_on > today:
        return False
    by_id = found.ends_by_id or 0
    whoever = Actor(by_id, frozenset())
    mail = acting.about(whoever, found, acting.END, now)
    parting = Parting(found.ends_as, found.farewell, found.ends_again)
    of_side = found.side_of(by_id) is not None
    _end(session, found, None, parting, now, of_side=of_side)
    acting.tell(session, whoever, found, mail, now)
    return True


def _end(
    session: Session,
    found: Mentorship,
    actor: Actor | None,
    parting: Parting,
    now: datetime,
    *,
    of_side: bool,
) -> None:
    """End a pair that is locked; `actor`: who did so now, none where it was said before."""
    mentorship_id = id_of(found)
    mentorships.take_step(
        session,
        actor,
        found,
        acting.END,
        now,
    )
    found.ended_as = parting.ended_as
    if actor is not None:
        found.farewell = parting.thanks
        found.farewell_by_id = actor.person_id if parting.thanks else None
    by_id = actor.person_id if actor else found.ends_by_id
    forget_end(found)
    if parting.again:
        mentorships.return_request(session, found, now)
    session.flush()
    close_signals(session, [mentorship_id], now)
    _note_end(session, None if of_side else by_id, mentorship_id, now)
    if queries.asks_once_more(session, found):
        open_closing(session, [found], now)


def _note_end(session: Session, by: int | None, mentorship_id: int, now: datetime) -> None:
    """Write with what is closed by it that the pair ended; which of the two ended it is not dwelt on."""
    closed = select(Signal).where(
        Signal.mentorship_id == mentorship_id,
        Signal.done_at == now,
    )
    for row in session.exec(closed.order_by(col(Signal.id))).all():
        session.refresh(row)
        row.did = [*row.did, entry(END, by, now)]
    session.flush()


def close_signals(session: Session, mentorship_ids: Collection[int], now: datetime) -> None:
    """Close what asked for attention, but for help: nothing of pairs that ended can be mended."""
    closing = (
        update(Signal)
        .where(
            col(Signal.mentorship_id).in_(mentorship_ids),
            col(Signal.status) != "done",
            col(Signal.kind) != findings.HELP,
        )
        .values(status="done", done_at=now)
    )
    session.exec(closing)


def open_late(session: Session, now: datetime) -> None:
    """Open the closing check-ins that pairs which ended in the last 14 days should have had; each once.

    The days on which somebody is away do not count.
    """
    since = local_date(now) - timedelta(days=due.MISSED_AFTER_DAYS) - away.BACK
    pairs = queries.unclosed(session, since)
    if pairs:
        open_closing(session, pairs, now)


def open_closing(session: Session, pairs: Sequence[Mentorship], now: datetime) -> None:
    """Make the open check-in of each side the closing one, or add one; the pairs are locked, so that this is once.

    Who left, or objected to check-ins, is asked nothing any more, and who is away after the return.
    """
    today = local_date(now)
    here = queries.still_here(session, pairs)
    out = away.days_out(session, here if len(here) < MANY else None, today)
    pair_ids = [id_of(pair) for pair in pairs]
    last = queries.last_of(session, pair_ids, today)
    questions = Asking.of(session, pair_ids)
    rows = []
    for pair, side, person_id in _sides(pairs):
        asked = last.get((id_of(pair), side), [])
        if person_id not in here:
            continue
        if not rules.is_asked(pair.ended_on, today, out.get(person_id, due.NEVER)):
            continue
        if _made_closing(asked, now):
            continue
        row = CheckIn.opening(
            mentorship_id=pair.id,
            side=side,
            person_id=person_id,
            **questions.to(id_of(pair), side),
            due_on=due.free_day(today, {row.due_on for row in asked}),
            opened_at=now,
            closing=True,
        )
        rows.append(row)
    session.flush()
    insert_new(session, CheckIn, rows)


def _sides(pairs: Sequence[Mentorship]) -> Iterator[tuple[Mentorship, str, int]]:
    for pair in pairs:
        yield pair, JUNIOR, pair.junior_id
        yield pair, MENTOR, pair.mentor_id


def _made_closing(asked: Sequence[CheckIn], now: datetime) -> bool:
    """Make what is open the closing check-in of a side; tell whether it has one now."""
    for row in asked:
        if row.closing:
            return True
    waiting = [row for row in asked if row.status == OPEN]
    if not waiting:
        return False
    waiting[-1].closing = True
    waiting[-1].opened_at = now
    return True


def say(session: Session, found: CheckIn, *, reached: str, thanks: str, now: datetime) -> None:
    """Keep the last words that come with a closing check-in."""
    if thanks and found.side != JUNIOR:
        raise Refused(N_("Only the junior thanks the mentor here."))
    closing_words.say(
        session,
        found.person_id,
        found.mentorship_id,
        found.side,
        reached=reached,
        thanks=thanks,
        now=now,
    )


def take_back(session: Session, check_in_id: int, what: str, now: datetime) -> None:
    """Delete what the author of a closing check-in said was reached, or their thanks."""
    found = check_ins.one(session, check_in_id)
    if not found.closing or found.status == OPEN:
        return
    closing_words.take_back(
        session,
        found.person_id,
        found.mentorship_id,
        found.side,
        what,
        now,
    )
