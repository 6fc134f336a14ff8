"""Verbs about mail: ask for what is due, and note what somebody wants to get. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlmodel import Session

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.checkins.due import next_moment
from mentorship.profiles.rosters import queries as roster_queries
from mentorship.reminders import queries, rules
from mentorship.reminders.models import TOPICS, MailPreference


def collect(session: Session, now: datetime, when: rules.When = rules.at_once) -> int:
    """Ask for all mail that is due; return how many."""
    found = due_mail(session, now, when)
    outbox.ask_all(session, found, now)
    return len(found)


def due_mail(session: Session, now: datetime, when: rules.When = rules.at_once) -> list[outbox.Ask]:
    """Return all mail that is due and was not asked for; `when(person)` says from what moment it may go out.

    Takes the same few queries however many people there are, and writes nothing.
    """
    today = local_date(now)
    asks = rules.duo_asks(queries.duo_news(session, now))
    asks += (
        queries.levels_to_confirm(session, now) + queries.signals_raised(session, now) + queries.thanks(session, now)
    )
    asked = outbox.asked(session, rules.DUO_KINDS, today - rules.LOOKED_BACK)
    found = rules.unasked(asks, asked, when) + _check_ins(session, now, when)
    if monday := rules.week_to_tell(today):
        weeks = [outbox.Ask(rules.LINE, reader, monday) for reader in queries.line_readers(session)]
        found += rules.unasked(weeks, outbox.asked(session, [rules.LINE], monday), when)
    return found


def _check_ins(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say who is told of a check-in that opened, or reminded of one."""
    today = local_date(now)
    asked = outbox.asked(session, rules.CHECK_IN_KINDS, today - outbox.KEPT)
    today_asked = {person_id for _, person_id, _ in outbox.asked(session, rules.CHECK_IN_KINDS, today)}
    return rules.unasked_check_ins(queries.open_check_ins(session), asked, today_asked, today, when)


def own_shift(session: Session, now: datetime) -> rules.When:
    """Return how to find the first moment in somebody's own shift; the rosters are read once, when one is needed."""
    rosters = cache(lambda: roster_queries.timetables(session))
    return lambda person_id: next_moment(rosters().get(person_id), now)


def choose(session: Session, person_id: int, wanted: Collection[str], now: datetime) -> None:
    """Send a person mail of exactly these topics."""
    before = queries.topics_of(session, person_id)
    for topic in TOPICS:
        session.merge(MailPreference(person_id=person_id, topic=topic, wanted=topic in wanted))
    if before != set(wanted):
        audit.record(session, now, person_id, "choose mail", "person", person_id, topics=sorted(wanted))


def unsubscribe(session: Session, person_id: int, topic: str, now: datetime) -> None:
    """Send a person no more mail of one topic."""
    choose(session, person_id, queries.topics_of(session, person_id) - {topic}, now)
