"""Verbs on a first meeting. They never commit, and the audit log hears of none: what two agree is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.meeting import offered, queries, rules
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.meeting.rules import NOTHING_CHOSEN, Choice
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import check_side
from mentorship.people.access import Actor


def _hold(session: Session, actor: Actor, mentorship_id: int) -> tuple[Mentorship, str]:
    """Lock a pair in which one of the two chooses something; refuse it to others, and once it is over."""
    pair = mentorships.locked(session, mentorship_id)
    side = check_side(pair.side_of(actor.person_id))
    rules.check_changing(pair.status)
    return pair, side


def choose(session: Session, actor: Actor, mentorship_id: int, point: str, key: str, now: datetime) -> Choice:
    """Choose at a point: what the other proposes is agreed to by that, anything else waits for their yes."""
    pair, side = _hold(session, actor, mentorship_id)
    rules.check_point(point)
    brings = queries.brought(session, pair, local_date(now))
    rows = queries.rows_of(session, mentorship_id)
    row = rows.get(point)
    before = NOTHING_CHOSEN if row is None else queries.choice_of(row)
    rules.check_option(key, offered.keys(point, brings, before))
    after = rules.chosen(before, key, side)
    if after == before:
        return before
    if row is None:
        row = MeetingPoint(mentorship_id=mentorship_id, point=point, chosen_at=now)
    _set(session, row, after, now)
    _speak_again(session, actor, mentorship_id)
    return after


def take_back(session: Session, actor: Actor, mentorship_id: int, point: str, now: datetime) -> None:
    """Take back what one proposed; what both agreed before goes on to hold."""
    _pair, side = _hold(session, actor, mentorship_id)
    rules.check_point(point)
    row = queries.rows_of(session, mentorship_id).get(point)
    if row is None:
        return
    after = rules.taken_back(queries.choice_of(row), side)
    if after == NOTHING_CHOSEN:
        session.delete(row)
        session.flush()
    else:
        _set(session, row, after, now)


def agree(session: Session, actor: Actor, mentorship_id: int, shown: Mapping[str, str], now: datetime) -> int:
    """Say yes to what the other proposed, as it was shown; return to how many points."""
    _pair, side = _hold(session, actor, mentorship_id)
    rows = queries.rows_of(session, mentorship_id)
    choices = {point: queries.choice_of(row) for point, row in rows.items()}
    rules.check_shown(choices, shown, side)
    agreed = 0
    for point, key in shown.items():
        if choices[point].by:
            _set(session, rows[point], Choice(key), now)
            agreed += 1
    return agreed


def put_aside(session: Session, actor: Actor, mentorship_id: int, now: datetime) -> None:
    """Let one's own desk say nothing of it any more; the page stays."""
    _hold(session, actor, mentorship_id)
    session.merge(
        MeetingAside(
            mentorship_id=mentorship_id,
            person_id=actor.person_id,
            aside_at=now,
        )
    )
    session.flush()


def _set(session: Session, row: MeetingPoint, choice: Choice, now: datetime) -> None:
    row.agreed = choice.agreed
    row.proposed = choice.proposed
    row.side = choice.by
    row.chosen_at = now
    session.add(row)
    session.flush()


def _speak_again(session: Session, actor: Actor, mentorship_id: int) -> None:
    """Let one's desk speak of it again, as one takes part."""
    found = session.get(MeetingAside, (mentorship_id, actor.person_id))
    if found is not None:
        session.delete(found)
        session.flush()
