"""What mentors do beside answering: note their weeks, lighten their own load; and what others do about signals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.words import ACTIONS
from mentorship.demo.diary import Diary, actor
from mentorship.demo.temperaments import RESERVE, SINKING, Temperaments
from mentorship.mentorships.hours import actions as hours_actions
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.hours.rules import WEEK, ran, week_of
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people.access import Actor
from mentorship.people.models import Person

NOTING_HOURS, OTHER_GUIDING = 20, 0.04
HEARING_HOURS, LEFT_ALONE, BY_THEMSELVES = 48, 0.15, 0.4
STEPS = (signal_actions.fewer_places, signal_actions.pause, signal_actions.second_mentor)
OVER_HOURS = (Decimal(3), Decimal(4), Decimal("5.5"), Decimal(6))
OUTCOMES = (
    "Met beiden gesproken; de uren staan weer vrij in de planning.", "Tempo omlaag, over een maand weer kijken.",
    "Klus overgedragen aan een collega.", "Basistraining buiten de deur geregeld.", "Het was een drukke stop; nu rust.",
)  # fmt: skip


class Guiding:
    """Mentors, and who looks after them."""

    def __init__(self, diary: Diary, temperaments: Temperaments, coordinator: Actor) -> None:
        self._diary, self._people, self._chance = diary, temperaments, diary.chance
        self._coordinator = coordinator
        self._week: date | None = None

    def notice(self, session: Session, now: datetime) -> None:
        """Plan what mentors note in a new week, and what is done about new signals."""
        monday = week_of(local_date(now))
        if monday != self._week:
            self._week = monday
            mentors = select(Mentorship.mentor_id).where(Mentorship.status == ACTIVE).distinct()
            for mentor_id in sorted(session.exec(mentors)):
                if self._chance.random() < self._people.of(mentor_id).notes:
                    self._diary.soon(now, NOTING_HOURS, self._note, mentor_id, monday - WEEK)
        for raised in self._diary.news(session, Signal):
            if self._chance.random() >= LEFT_ALONE:
                self._diary.soon(now, HEARING_HOURS, self._act, raised.id)

    def _note(self, session: Session, now: datetime, mentor_id: int, monday: date) -> None:
        """Note a week as the rosters foresaw it, or as it went: some spend far more."""
        me, chance = actor(session, mentor_id), self._chance
        for pair in hours_queries.led(session, mentor_id):
            over = self._people.course(pair.id or 0) in (RESERVE, SINKING) and chance.random() < 0.7
            if over and ran(pair.started_on, monday):
                hours_actions.note_week(session, me, pair.id or 0, monday, True, chance.choice(OVER_HOURS), now)
        hours_actions.note_planned(session, me, [monday], now)
        if chance.random() < OTHER_GUIDING and hours_queries.led(session, mentor_id):
            hours_actions.note_other(session, me, monday, Decimal(2), "leerlingen van de vakschool", now)

    def _act(self, session: Session, now: datetime, signal_id: int) -> None:
        """Take a signal on: the mentor whose own it is in one tap, or else who looks after them."""
        raised = session.get_one(Signal, signal_id)
        pair = session.get_one(Mentorship, raised.mentorship_id)
        mentor, days = actor(session, pair.mentor_id), self._chance.uniform(7, 24)
        seen = signal_queries.one(session, mentor, signal_id, now) if raised.status == "open" else None
        if seen is not None and seen.eases and self._chance.random() < BY_THEMSELVES:
            self._chance.choice(STEPS)(session, mentor, signal_id, now)
            self._diary.plan(now + timedelta(days=days), self._close, signal_id, mentor.person_id)
            return
        side = pair.mentor_id if raised.side == MENTOR else pair.junior_id
        manager = session.get_one(Person, side).manager_id
        others = [actor(session, manager)] if manager is not None else []
        for who in (*others, self._coordinator, mentor):
            if raised.status != "done" and signal_queries.may_act(session, who, signal_id, now):
                again = local_date(now) + timedelta(days=14)
                signal_actions.take(session, who, signal_id, self._chance.choice(list(ACTIONS)), again, now)
                self._diary.plan(now + timedelta(days=days), self._close, signal_id, who.person_id)
                return

    def _close(self, session: Session, now: datetime, signal_id: int, person_id: int) -> None:
        who = actor(session, person_id)
        if session.get_one(Signal, signal_id).status != "done" and signal_queries.may_act(session, who, signal_id, now):
            signal_actions.close(session, who, signal_id, self._chance.choice(OUTCOMES), now)
