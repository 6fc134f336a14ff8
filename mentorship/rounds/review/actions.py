"""Verbs of decisions on pairs of a round: lock them, forbid them, leave them to the solver again. They never commit.

A decision keeps the outcome that there is and puts the round in line to be solved again behind it. One that is being
solved begins anew: its claim is taken away, so that what it finds is not written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, update
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state, state_verb
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.rounds import queries, rules
from mentorship.rounds.actions import SUBJECT
from mentorship.rounds.models import DRAFT, LOCK, SOLVED, SOLVING, Round, RoundOverride
from mentorship.rounds.standing import holds, seen_by_request

DECIDED_SINCE = N_(
    "Something else was decided about this request since you opened this page, by you in another window or by somebody"
    " else. Nothing was changed now: look at how it is, and decide again."
)


@dataclass(frozen=True)
class Asked:
    """A pair to decide on, and what the page showed of its request (`standing.seen`)."""

    request_id: int
    mentor_id: int
    seen: str


def decide(
    session: Session,
    actor: Actor,
    round_id: int,
    pairs: Sequence[Asked],
    *,
    kind: str | None,
    now: datetime,
) -> Round:
    """Lock pairs, forbid them, or (None) leave them to the solver again; all of them, or none.

    A lock with another mentor is a swap: the request keeps no other lock. Two who decide about different requests do
    not stand in each other's way; about the same one, who looked at what was so before is told.
    """
    found = _taken(session, round_id)
    rules.check_decidable(found.status)
    request_ids = sorted({pair.request_id for pair in pairs})
    _check_known(session, pairs, request_ids, kind)
    _check_seen(session, round_id, pairs)
    kept = keep(session, RoundOverride, round_id=round_id, request_id=request_ids)
    before = found.status
    _release(session, round_id, pairs, swap=kind == LOCK)
    if kind is not None:
        _add(session, actor, round_id, pairs, kind, now)
    session.flush()
    _solve_again(found)
    verb = f"{kind or 'release'} pair"
    for pair in pairs:
        audit.record(
            session,
            now,
            actor.person_id,
            verb,
            SUBJECT,
            round_id,
            request=pair.request_id,
            mentor=pair.mentor_id,
        )
    about = About(verb, SUBJECT, round_id)
    state_verb(session, take_back, about, round_id=round_id, status=before)
    state(session, kept, about)
    return found


def take_back(session: Session, _actor: Actor, *, round_id: int, status: str, now: datetime) -> None:
    """Let a round go on after a decision was taken back: an outcome that holds again stands at once, else it is solved.

    `status` is that of before the decision: a search that went on then goes on.
    """
    found = _taken(session, round_id)
    rules.check_decidable(found.status)
    if status != SOLVING and holds(session, found):
        _in_hand(found, SOLVED)
    else:
        _solve_again(found)


def _taken(session: Session, round_id: int) -> Round:
    """Return the round for a decision, its version raised: nobody else changes it before this is done."""
    this = col(Round.id) == round_id
    raising = update(Round).where(this)
    raising = raising.values(
        version=Round.version + 1,
    )
    session.exec(raising)
    return session.get_one(
        Round,
        round_id,
        populate_existing=True,
    )


def _solve_again(found: Round) -> None:
    """Put a round in line to be solved from the start; one that never was waits for somebody who asks for it."""
    asked = found.status == SOLVING or found.solved_at is not None
    _in_hand(found, SOLVING if asked else DRAFT)


def _in_hand(found: Round, status: str) -> None:
    """Give a round this status, and take it out of the hands of whoever solves it."""
    found.status = status
    found.claimed_at = None
    found.renewed_at = None
    found.stage = ""
    found.failure = ""


def _check_known(session: Session, pairs: Iterable[Asked], request_ids: Collection[int], kind: str | None) -> None:
    requests = queries.requests(session, request_ids)
    if len(requests) != len(request_ids):
        raise Refused(N_("This request is no longer there."))
    if kind is None:  # of the others the database asks it
        mentors = {pair.mentor_id for pair in pairs}
        here = people.persons(session, mentors)
        if len(here) != len(mentors):
            raise Refused(N_("This person is no longer here."))


def _check_seen(session: Session, round_id: int, pairs: Iterable[Asked]) -> None:
    """Refuse to decide about a request of which the page showed something else than is decided now."""
    request_ids = {pair.request_id for pair in pairs}
    decided = select(RoundOverride).where(
        RoundOverride.round_id == round_id,
    )
    decided = decided.where(
        col(RoundOverride.request_id).in_(request_ids),
    )
    found = session.exec(decided)
    now_seen = seen_by_request(found)
    for pair in pairs:
        if now_seen.get(pair.request_id, "") != pair.seen:
            raise Conflict(DECIDED_SINCE)


def _release(session: Session, round_id: int, pairs: Iterable[Asked], *, swap: bool) -> None:
    """Take back what was decided about these pairs; for a swap also the locks that their requests had."""
    chosen: list[ColumnElement[bool]] = []
    for pair in pairs:
        same = col(RoundOverride.mentor_id) == pair.mentor_id
        if swap:
            is_lock = col(RoundOverride.kind) == LOCK
            same = or_(same, is_lock)
        of_request = col(RoundOverride.request_id) == pair.request_id
        either = and_(of_request, same)
        chosen.append(either)
    of_round = delete(RoundOverride).where(
        col(RoundOverride.round_id) == round_id,
    )
    session.exec(of_round.where(or_(*chosen)))


def _add(session: Session, actor: Actor, round_id: int, pairs: Iterable[Asked], kind: str, now: datetime) -> None:
    for pair in pairs:
        decided = RoundOverride(
            round_id=round_id,
            request_id=pair.request_id,
            mentor_id=pair.mentor_id,
            kind=kind,
            decided_by=actor.person_id,
            decided_at=now,
        )
        session.add(decided)
