"""Verbs about mail: ask for what is due, and note what somebody wants to get. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlmodel import Session

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.db import MANY
from mentorship.base.mail_kinds import (
    CERTIFICATE,
    FREED,
    LINE,
    PLACE,
    PULSE,
    PULSE_AGAIN,
    QUESTION,
    QUESTION_SAID,
    UNDO_LASTS,
    WAITING,
)
from mentorship.checkins.due import next_moment
from mentorship.profiles.away import queries as away
from mentorship.profiles.away.queries import Presence
from mentorship.reminders import certificate_news, pulse_news, queries, question_news, rules
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
    return [
        *_of_duos(session, now, when),
        *_of_check_ins(session, now, when),
        *_of_lines(session, now, when),
        *_of_places(session, now, when),
        *_of_questions(session, now, when),
        *_of_certificates(session, now, when),
        *_of_pulse(session, now, when),
    ]


def _of_duos(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say who is told what of duos: proposals and endings, levels, signals, whom to thank."""
    asks = [
        *rules.duo_asks(queries.duo_news(session, now)),
        *queries.near_their_end(session, now),
        *queries.levels_to_confirm(session, now),
        *queries.signals_raised(session, now),
        *queries.thanks(session, now),
        *queries.told_nobody(session, now),
        *queries.pairs_announced(session, now),
    ]
    since = local_date(now) - rules.LOOKED_BACK
    asked = outbox.asked(session, rules.DUO_KINDS, since)
    return rules.unasked(asks, asked, when)


def _of_check_ins(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say who is told of a check-in that opened, or reminded of one."""
    today = local_date(now)
    asked = outbox.asked(session, rules.CHECK_IN_KINDS, today - outbox.KEPT)
    asked_today = outbox.asked(session, rules.CHECK_IN_KINDS, today)
    opened = queries.open_check_ins(session)
    waited_for = {person_id for person_id, _ in opened}
    out = away.days_out(session, waited_for if len(waited_for) < MANY else None, today)
    return rules.unasked_check_ins(
        opened,
        asked,
        {person_id for _, person_id, _ in asked_today},
        today,
        when,
        out,
    )


def _of_lines(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say who is told how their line stands, early in the week."""
    monday = rules.week_to_tell(local_date(now))
    if monday is None:
        return []
    readers = queries.line_readers(session)
    asks = [outbox.Ask(LINE, reader, monday) for reader in readers]
    asked = outbox.asked(session, [LINE], monday)
    return rules.unasked(asks, asked, when)


def _of_places(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say which mentors were asked for a place, and tell coordinators, once a day at most, that one came free."""
    asks = [*queries.places_asked(session), *queries.places_freed(session, now)]
    asked = outbox.asked(session, (PLACE, FREED), local_date(now) - outbox.KEPT)
    return rules.unasked(asks, asked, when)


def _of_questions(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say who was asked a quick question, and whom it concerns what became of one."""
    asks = question_news.news(session, now)
    asked = outbox.asked(session, (QUESTION, QUESTION_SAID), local_date(now) - outbox.KEPT)
    return rules.unasked(asks, asked, when)


def _of_certificates(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say who is told that a certificate of theirs ends."""
    asks = certificate_news.news(session, now)
    asked = outbox.asked(session, (CERTIFICATE,), local_date(now) - outbox.KEPT)
    return rules.unasked(asks, asked, when)


def _of_pulse(session: Session, now: datetime, when: rules.When) -> list[outbox.Ask]:
    """Say whom the open wave of the pulse asks, and who is reminded of it."""
    asks = pulse_news.news(session, now)
    asked = outbox.asked(session, (PULSE, PULSE_AGAIN), local_date(now) - outbox.KEPT)
    return rules.unasked(asks, asked, when)


def own_shift(session: Session, now: datetime, ids: Collection[int] | None = None) -> rules.When:
    """Return how to find the first moment in somebody's own shift; the rosters are read once, when one is needed.

    `ids`: of whom it may be asked, else of everybody. Of who is away it is in the first shift after the return. What
    can be undone is not for a shift that ends sooner than that.
    """

    @cache
    def there() -> Presence:
        return away.presence(session, ids, local_date(now))

    def moment(person_id: int, kind: str) -> datetime:
        since = now + UNDO_LASTS if kind in WAITING else now
        known = there()
        timetable = known.timetables.get(person_id)
        return next_moment(timetable, since, out=known.out_of(person_id))

    return moment


def choose(session: Session, person_id: int, wanted: Collection[str], now: datetime) -> None:
    """Send a person mail of exactly these topics."""
    before = queries.topics_of(session, person_id)
    for topic in TOPICS:
        preference = MailPreference(
            person_id=person_id,
            topic=topic,
            wanted=topic in wanted,
        )
        session.merge(preference)
    if before == set(wanted):
        return
    audit.record(
        session,
        now,
        person_id,
        "choose mail",
        "person",
        person_id,
        topics=sorted(wanted),
    )


def unsubscribe(session: Session, person_id: int, topic: str, now: datetime) -> None:
    """Send a person no more mail of one topic."""
    wanted = queries.topics_of(session, person_id)
    choose(session, person_id, wanted - {topic}, now)
