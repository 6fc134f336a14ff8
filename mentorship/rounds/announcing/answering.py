"""Verbs of managers on announced pairs: say what one thinks, and take that back. They never commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict
from mentorship.base.undo import About, state_verb
from mentorship.people.access import Actor
from mentorship.rounds.actions import SUBJECT
from mentorship.rounds.announcing import queries, rules
from mentorship.rounds.announcing.models import FINE, Objection
from mentorship.rounds.announcing.queries import Asked
from mentorship.rounds.facts import Pair
from mentorship.rounds.models import FORBID, Round, RoundOverride

Said = dict[int, str | None]
"""By manager what they said; None is nothing."""
Rows = dict[int, Objection]


def answer(
    session: Session,
    actor: Actor,
    round_id: int,
    *,
    request_id: int,
    mentor_id: int,
    reason: str,
    now: datetime,
) -> None:
    """Say to an announced pair "not now", with a reason of the list, or (FINE) that it is fine; it can be changed.

    Who stands in for a manager answers for them; who is both answers for both.
    """
    found = _announced(session, round_id)
    pair = (request_id, mentor_id)
    mine = _asked(session, actor, round_id, pair, now)
    said: Said = {}
    kept = {}
    for one in mine:
        said[one.manager_id] = reason
        kept[str(one.manager_id)] = one.said
    _say(session, actor.person_id, found, pair, said, now)
    verb = "find pair fine" if reason == FINE else "object to pair"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        round_id,
        request=request_id,
        mentor=mentor_id,
    )
    state_verb(
        session,
        unsay,
        About(verb, SUBJECT, round_id),
        round_id=round_id,
        request_id=request_id,
        mentor_id=mentor_id,
        before=kept,
    )


def _asked(session: Session, actor: Actor, round_id: int, pair: Pair, now: datetime) -> Sequence[Asked]:
    """Return the answers that somebody gives about a pair; refuse where it is no more, or not theirs."""
    for one in queries.announced(session, now, round_id):
        if (one.request_id, one.mentor_id) != pair:
            continue
        mine = one.of(actor.person_id)
        if mine:
            return mine
    raise Conflict(rules.GONE)  # to whom it does not concern as well: a stranger learns of no pair


def unsay(
    session: Session,
    actor: Actor,
    *,
    round_id: int,
    request_id: int,
    mentor_id: int,
    before: Mapping[str, str | None],
    now: datetime,
) -> None:
    """Let what managers said to a pair be as it was before the last answer."""
    found = _announced(session, round_id)
    said: Said = {}
    for manager_id, earlier in before.items():
        said[int(manager_id)] = earlier
    pair = (request_id, mentor_id)
    _say(session, actor.person_id, found, pair, said, now)


def _announced(session: Session, round_id: int) -> Round:
    """Return an announced round, locked: it is published, answered to or withdrawn by one at a time."""
    found = locked(session, Round, round_id)
    if found is None:
        raise Conflict(rules.NOT_ANNOUNCED)
    rules.check_answer(found.status)
    return found


def _say(session: Session, by: int, found: Round, pair: Pair, said: Said, now: datetime) -> None:
    """Write what managers said; where it changes whether the pair may be, pairs are found again."""
    round_id = id_of(found)
    rows = _rows(session, round_id, pair)
    objected = _objects(rows.values())
    for manager_id, reason in said.items():
        row = rows.pop(manager_id, None)
        if row is not None:
            session.delete(row)
            session.flush()
        if reason is None:
            continue
        row = Objection(
            round_id=round_id,
            request_id=pair[0],
            mentor_id=pair[1],
            manager_id=manager_id,
            by_id=by,
            reason=reason,
            objected_at=now,
        )
        session.add(row)
        rows[manager_id] = row
    objects = _objects(rows.values())
    if objects != objected:
        _keep_apart(session, by, round_id, pair, objects, now)
        find_again(found)


def _rows(session: Session, round_id: int, pair: Pair) -> Rows:
    """Return by manager what was said to a pair."""
    request_id, mentor_id = pair
    query = select(Objection).where(
        Objection.round_id == round_id,
        Objection.request_id == request_id,
        Objection.mentor_id == mentor_id,
    )
    found = {}
    for row in session.exec(query):
        found[row.manager_id] = row
    return found


def _objects(rows: Iterable[Objection]) -> bool:
    """Tell whether anybody is against it."""
    return any(row.reason != FINE for row in rows)


def _keep_apart(session: Session, by: int, round_id: int, pair: Pair, objects: bool, now: datetime) -> None:
    """Keep a pair apart while a manager objects to it, also where it was locked; let it be again after that."""
    request_id, mentor_id = pair
    held = session.get(
        RoundOverride,
        (round_id, request_id, mentor_id),
    )
    if held is not None:
        session.delete(held)
        session.flush()
    if not objects:
        return
    apart = RoundOverride(
        round_id=round_id,
        request_id=request_id,
        mentor_id=mentor_id,
        kind=FORBID,
        decided_by=by,
        decided_at=now,
    )
    session.add(apart)


def find_again(found: Round) -> None:
    """Have the worker find pairs again; what it may be finding now is not written."""
    found.solve_again = True
    found.claimed_at = None
    found.renewed_at = None
    found.failure = ""
    found.version += 1
