"""What was done since somebody's last check-in with what they answered then: read above the next, by them alone."""

from __future__ import annotations

from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext
from mentorship.checkins.asked import replies
from mentorship.checkins.findings import ANSWERS, HELP
from mentorship.checkins.models import ANSWERED, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.words import ACTIONS
from mentorship.people.access import Actor


def told(session: Session, actor: Actor, found: CheckIn) -> list[str]:
    """Say of each thing that one's last answers called for what was done; nothing where there were none to show."""
    last = _last(session, found)
    if last is None or not actor.shows_own(last.opened_at):
        return []
    heard = replies.told(session, last)
    for one in _asking_yet(session, last):
        if actor.shows_own(one.opened_at):
            heard += replies.told(session, one, open_yet=True)
    said = [gettext("You asked for help. %(reply)s", reply=_sentence(reply)) for reply in heard]
    for row in _raised(session, last):
        if not actor.is_closed(row.raised_at):
            said.append(_done(row))
    if said:
        return said
    return [gettext("Your last answers called for nothing from others.")]


def _last(session: Session, found: CheckIn) -> CheckIn | None:
    """Return what this side sent last before."""
    query = select(CheckIn).where(
        CheckIn.mentorship_id == found.mentorship_id,
        CheckIn.side == found.side,
        CheckIn.status == ANSWERED,
        col(CheckIn.id) < found.id,
    )
    return session.exec(query.order_by(col(CheckIn.id).desc()).limit(1)).first()


def _asking_yet(session: Session, last: CheckIn) -> list[CheckIn]:
    """Return what this side sent earlier and asked for help in, where somebody is not done with that."""
    requests = columns(col(Signal.since)).where(
        col(Signal.mentorship_id) == last.mentorship_id,
        col(Signal.side) == last.side,
        col(Signal.kind) == HELP,
        col(Signal.done_at).is_(None),
    )
    query = select(CheckIn).where(
        CheckIn.mentorship_id == last.mentorship_id,
        CheckIn.side == last.side,
        col(CheckIn.id) < last.id,
        col(CheckIn.due_on).in_(requests),
    )
    return list(session.exec(query.order_by(col(CheckIn.id).desc())))


def _raised(session: Session, last: CheckIn) -> list[Signal]:
    """Return what was drawn from this side's own answers: raised since it was asked last, closed since, or open yet."""
    since = last.opened_at
    query = select(Signal).where(
        Signal.mentorship_id == last.mentorship_id,
        Signal.side == last.side,
        col(Signal.kind).in_(ANSWERS),
        or_(
            col(Signal.raised_at) >= since,
            col(Signal.done_at) >= since,
            col(Signal.done_at).is_(None),
        ),
    )
    return list(session.exec(query.order_by(col(Signal.id))))


def _done(row: Signal) -> str:
    """Say what became of one, without what it was drawn from."""
    if row.done_at is not None:
        closed = day(local_date(row.done_at))
        if row.action not in ACTIONS:
            return gettext("Something in your answers asked for attention: closed on %(day)s.", day=closed)
        return gettext(
            "Something in your answers asked for attention: %(action)s. Closed on %(day)s.",
            action=gettext(ACTIONS[row.action]),
            day=closed,
        )
    if row.look_again_on is not None:
        return gettext(
            "Something in your answers asked for attention: it was picked up, and is looked at again on %(day)s.",
            day=day(row.look_again_on),
        )
    return gettext("Something in your answers asked for attention: nobody has picked it up yet.")


def _sentence(reply: str) -> str:
    """Return a reply as a sentence of its own."""
    return f"{reply[:1].upper()}{reply[1:]}."
