"""Verbs on check-ins: open what is due, save an answer, send, skip, take a note back. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import chunked, insert_new
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import gettext
from mentorship.base.undo import CHANGED, About, state_verb
from mentorship.checkins import helping, leaving, queries, rules, terms, words
from mentorship.checkins.due_sides import due_sides
from mentorship.checkins.endings import actions as endings
from mentorship.checkins.models import ANSWERED, MISSED, OPEN, SKIPPED, SUBJECT, Answer, CheckIn
from mentorship.checkins.questions import Asking
from mentorship.checkins.retention import delete_unsent
from mentorship.checkins.rules import Reply
from mentorship.checkins.settings import queries as settings
from mentorship.checkins.signals import raising as signals
from mentorship.mentorships.models import PAUSED, Mentorship
from mentorship.people.access import Actor
from mentorship.programme.queries import programme

UNREAD: dict[str, Any] = {"synchronize_session": False}
"""Rows that a statement changes are not looked up among those this session has read."""


def open_due(session: Session, now: datetime) -> None:
    """Open a check-in for each side whose date has come, and a closing one of pairs that ended.

    A side is asked once for a date whatever happens: the earlier one, still open, counts as missed from then on.
    """
    if settings.lacking(session):
        return
    asked = due_sides(session, local_date(now))
    running = queries.still_running(session, {one.mentorship_id for one in asked})
    questions = Asking.of(session, running)
    rows = []
    for one in asked:
        if one.mentorship_id not in running:
            continue
        row = CheckIn.opening(
            mentorship_id=one.mentorship_id,
            side=one.side,
            person_id=one.person_id,
            **questions.to(one.mentorship_id, one.side),
            due_on=one.due_on,
            opened_at=now,
        )
        rows.append(row)
    insert_new(session, CheckIn, rows)
    _close_earlier(session, now, running)
    delete_unsent(session)
    endings.open_late(session, now)
    leaving.objected_meanwhile(session, now)


def close_missed(session: Session, now: datetime) -> int:
    """Count check-ins that opened too many days ago as missed; return how many.

    Who pauses is asked nothing, and the days on which somebody is away do not count.
    """
    pausing = select(Mentorship.id).where(Mentorship.status == PAUSED)
    skipping = (
        update(CheckIn)
        .where(
            col(CheckIn.status) == OPEN,
            ~col(CheckIn.closing),
            col(CheckIn.mentorship_id).in_(pausing),
        )
        .values(
            status=SKIPPED,
            closed_at=now,
        )
    )
    session.exec(skipping, execution_options=UNREAD)
    number = 0
    for ids in chunked(terms.over(session, local_date(now))):
        closing = (
            update(CheckIn)
            .where(
                col(CheckIn.status) == OPEN,
                col(CheckIn.id).in_(ids),
            )
            .values(
                status=MISSED,
                closed_at=now,
            )
        )
        number += session.exec(closing, execution_options=UNREAD).rowcount
    delete_unsent(session)
    return number


def _close_earlier(session: Session, now: datetime, mentorship_ids: Collection[int]) -> None:
    """Count open check-ins that a later one follows as missed: never the newest, which another worker opens now."""
    later = aliased(CheckIn)
    follows = exists().where(
        col(later.mentorship_id) == CheckIn.mentorship_id,
        col(later.side) == CheckIn.side,
        col(later.due_on) > CheckIn.due_on,
    )
    for ids in chunked(mentorship_ids):
        closing = (
            update(CheckIn)
            .where(
                col(CheckIn.status) == OPEN,
                col(CheckIn.mentorship_id).in_(ids),
                follows,
            )
            .values(status=MISSED, closed_at=now)
        )
        session.exec(closing, execution_options=UNREAD)


def save_answers(session: Session, check_in_id: int, answers: Mapping[str, int | None]) -> CheckIn:
    """Save answers as they are given; a later one to the same question replaces the earlier."""
    found = queries.held(session, check_in_id)
    rules.check_open(found.status)
    questions = queries.asked(session, found).questions
    rules.check_keys(answers, [question["key"] for question in questions])
    for key, value in answers.items():
        rules.check_value(key, value)
        answer = Answer(
            check_in_id=check_in_id,
            key=key,
            value=value,
        )
        session.merge(answer)
    return found


def send_shown(session: Session, check_in_id: int, reply: Reply, now: datetime) -> CheckIn:
    """Send what was filled in on a form, unless it asked or promised something else than holds now."""
    asked = queries.held(session, check_in_id)
    rules.check_open(asked.status)
    check_shown(session, asked, reply)
    rules.check_asked(reply, asked.closing, helping.helpers(session, asked, local_date(now)))
    saved = queries.asked(session, asked).answers
    rules.check_filled_in(reply, saved)
    found = send_reply(session, check_in_id, reply, now)
    if found.closing:
        endings.say(
            session,
            found,
            reached=reply.reached,
            thanks=reply.thanks,
            now=now,
        )
    return found


def send_reply(session: Session, check_in_id: int, reply: Reply, now: datetime) -> CheckIn:
    """Send what a form holds of a check-in, whatever it said when it was shown."""
    return send(
        session,
        check_in_id,
        reply.answers,
        note=reply.note,
        share=reply.share,
        help_from=reply.help_from,
        now=now,
    )


def check_shown(session: Session, asked: CheckIn, reply: Reply) -> None:
    """Refuse to send what was asked or promised otherwise than it is now."""
    changed = []
    if asked.closing and not reply.closing:
        closing = words.became_closing(asked.side)
        changed.append(closing)
    visibility = programme(session).visibility or ""
    if reply.seen != visibility:
        seen = gettext(words.SEEN_OTHERWISE)
        changed.append(seen)
    if changed:
        raise Refused(words.nothing_sent(changed))


def send(
    session: Session,
    check_in_id: int,
    answers: Mapping[str, int | None],
    *,
    note: str,
    share: bool,
    help_from: Collection[str],
    now: datetime,
) -> CheckIn:
    """Send a check-in with what was answered, also when some questions were passed over; raise what it calls for."""
    found = save_answers(session, check_in_id, answers)
    found.status = ANSWERED
    found.closed_at = now
    found.note = note
    found.note_shared = share and bool(note)
    found.help_from = sorted(set(help_from))
    found.slip_by_id = None  # whoever holds a slip says so afterwards
    found.let_known_at = None
    session.flush()
    signals.evaluate(session, now, [found.mentorship_id])
    return found


def skip_shown(session: Session, by: int | None, check_in_id: int, closing: bool, now: datetime) -> CheckIn:
    """Skip a check-in, unless it became the closing one since its form was shown; `by` is who is signed in."""
    asked = queries.held(session, check_in_id)
    if asked.status == OPEN and asked.closing and not closing:
        changed = words.became_closing(asked.side)
        raise Refused(words.nothing_skipped(changed))
    return skip(session, check_in_id, now, by)


def skip(session: Session, check_in_id: int, now: datetime, by: int | None = None) -> CheckIn:
    """Skip a check-in: what was answered so far is thrown away, and it counts for nothing.

    Its author, when that is `by` whom it is done, can have it back; whoever else holds the slip cannot.
    """
    found = queries.held(session, check_in_id)
    if found.status == SKIPPED:
        return found
    rules.check_open(found.status)
    thrown_away = session.exec(delete(Answer).where(col(Answer.check_in_id) == check_in_id))
    found.status = SKIPPED
    found.closed_at = now
    found.slip_by_id = None
    lost = thrown_away.rowcount > 0  # answers are kept nowhere, so what loses some is asked about and not undone
    if by == found.person_id and not lost:
        about = About("skip check-in", SUBJECT, check_in_id)
        state_verb(
            session,
            reopen,
            about,
            check_in_id=check_in_id,
        )
    return found


def reopen(session: Session, actor: Actor, *, check_in_id: int, now: datetime) -> None:
    """Undo a skip of one's own, while the pair is still asked and was not asked anew."""
    found = queries.held(session, check_in_id)
    if found.person_id != actor.person_id or found.status != SKIPPED:
        raise Conflict(CHANGED)
    if not terms.is_asked_still(session, found):
        raise Conflict(CHANGED)
    found.status = OPEN
    found.closed_at = None
    found.slip_by_id = None


def share_note(session: Session, check_in_id: int, share: bool, now: datetime) -> CheckIn:
    """Share one's note with the other side, or take it back; noted without its text."""
    found = queries.held(session, check_in_id)
    found.note_shared = share and bool(found.note)
    verb = "withdraw note"
    if found.note_shared:
        verb = "share note"
    audit.record(
        session,
        now,
        found.person_id,
        verb,
        SUBJECT,
        check_in_id,
    )
    return found
