"""What mentors do beside answering: note their weeks, lighten their own load; and what others do about signals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.signals.carried import FEWER_HOURS, PAUSE_PAIR
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.words import ACTIONS, HANDING_OVER
from mentorship.demo.diary import Diary, actor
from mentorship.demo.temperaments import RESERVE, SINKING, Temperaments
from mentorship.mentorships.hours import actions as hours_actions
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.hours.rules import WEEK, ran, week_of
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people.access import Actor
from mentorship.people.models import Person

NOTING_HOURS = 20
OTHER_GUIDING = 0.04
HEARING_HOURS = 48
LEFT_ALONE = 0.15
RIGHTLY = 0.8
"""How often something was the matter, where a signal is closed."""
BY_THEMSELVES = 0.4
WORKED_MORE = 0.7
STEPS = (
    signal_actions.fewer_places,
    signal_actions.pause,
    signal_actions.second_mentor,
)
OVER_HOURS = (
    Decimal(3),
    Decimal(4),
    Decimal("5.5"),
    Decimal(6),
)
OUTCOMES = (
    "Met beiden gesproken; de uren staan weer vrij in de planning.",
    "Tempo omlaag, over een maand weer kijken.",
    "Klus overgedragen aan een collega.",
    "Basistraining buiten de deur geregeld.",
    "Het was een drukke stop; nu rust.",
)

BY_THE_SERVICE = (FEWER_HOURS, PAUSE_PAIR)
"""These mean that the service does it, which nobody here lets it do."""
PICKED_UP_WITH = [step for step in ACTIONS if step not in (HANDING_OVER[0], *BY_THE_SERVICE)]
"""What is done about a signal of a pair that goes on."""


class Guiding:
    """Mentors, and who looks after them."""

    def __init__(self, diary: Diary, temperaments: Temperaments, coordinator: Actor) -> None:
        self._diary = diary
        self._people = temperaments
        self._chance = diary.chance
        self._coordinator = coordinator
        self._week: date | None = None

    def notice(self, session: Session, now: datetime) -> None:
        """Plan what mentors note in a new week, and what is done about new signals."""
        monday = week_of(local_date(now))
        if monday != self._week:
            self._week = monday
            self._plan_notes(session, now, monday - WEEK)
        for raised in self._diary.news(session, Signal):
            if self._chance.random() >= LEFT_ALONE:
                self._diary.soon(
                    now,
                    HEARING_HOURS,
                    self._act,
                    raised.id,
                )

    def _plan_notes(self, session: Session, now: datetime, monday: date) -> None:
        running = select(Mentorship.mentor_id).where(Mentorship.status == ACTIVE)
        for mentor_id in sorted(session.exec(running.distinct())):
            fate = self._chance.random()
            if fate < self._people.of(mentor_id).notes:
                self._diary.soon(
                    now,
                    NOTING_HOURS,
                    self._note,
                    mentor_id,
                    monday,
                )

    def _note(self, session: Session, now: datetime, mentor_id: int, monday: date) -> None:
        """Note a week as the rosters foresaw it, or as it went: some spend far more."""
        me = actor(session, mentor_id)
        for pair in hours_queries.led(session, mentor_id):
            if self._spends_more(pair) and ran(pair.started_on, monday):
                hours = self._chance.choice(OVER_HOURS)
                hours_actions.note_week(
                    session,
                    me,
                    id_of(pair),
                    monday,
                    True,
                    hours,
                    now,
                )
        hours_actions.note_planned(session, me, [monday], now)
        if self._chance.random() < OTHER_GUIDING and hours_queries.led(session, mentor_id):
            hours_actions.note_other(
                session,
                me,
                monday,
                Decimal(2),
                "leerlingen van de vakschool",
                now,
            )

    def _spends_more(self, pair: Mentorship) -> bool:
        course = self._people.course(id_of(pair))
        return course in (RESERVE, SINKING) and self._chance.random() < WORKED_MORE

    def _act(self, session: Session, now: datetime, signal_id: int) -> None:
        """Take a signal on: the mentor whose own it is in one tap, or else who looks after them."""
        raised = session.get_one(Signal, signal_id)
        pair = session.get_one(Mentorship, raised.mentorship_id)
        mentor = actor(session, pair.mentor_id)
        closing = now + timedelta(days=self._chance.uniform(7, 24))
        if self._eases(session, now, raised, mentor):
            self._diary.plan(
                closing,
                self._close,
                signal_id,
                mentor.person_id,
            )
            return
        for who in (*self._managers(session, raised, pair), self._coordinator, mentor):
            if _may_act(session, who, raised, now):
                self._take(session, now, signal_id, who)
                self._diary.plan(
                    closing,
                    self._close,
                    signal_id,
                    who.person_id,
                )
                return

    def _eases(self, session: Session, now: datetime, raised: Signal, mentor: Actor) -> bool:
        """Let the mentor ease their own load in one tap, perhaps; tell whether they did."""
        if raised.status != "open":
            return False
        signal_id = id_of(raised)
        seen = signal_queries.one(session, mentor, signal_id, now)
        if seen is None or not seen.eases or self._chance.random() >= BY_THEMSELVES:
            return False
        step = self._chance.choice(STEPS)
        step(session, mentor, signal_id, now)
        return True

    def _managers(self, session: Session, raised: Signal, pair: Mentorship) -> list[Actor]:
        """Return the manager of the side that a signal is about, when there is one."""
        side = pair.mentor_id if raised.side == MENTOR else pair.junior_id
        manager = session.get_one(Person, side).manager_id
        return [] if manager is None else [actor(session, manager)]

    def _take(self, session: Session, now: datetime, signal_id: int, who: Actor) -> None:
        action = self._chance.choice(PICKED_UP_WITH)
        again = local_date(now) + timedelta(days=14)
        signal_actions.take(
            session,
            who,
            signal_id,
            action,
            again,
            now,
        )

    def _close(self, session: Session, now: datetime, signal_id: int, person_id: int) -> None:
        who = actor(session, person_id)
        raised = session.get_one(Signal, signal_id)
        if _may_act(session, who, raised, now):
            outcome = self._chance.choice(OUTCOMES)
            matter = self._chance.random() < RIGHTLY
            signal_actions.close(
                session,
                who,
                signal_id,
                outcome,
                matter,
                now,
            )


def _may_act(session: Session, who: Actor, raised: Signal, now: datetime) -> bool:
    """Tell whether there is still something to do, and for them."""
    return raised.status != "done" and signal_queries.may_act(session, who, id_of(raised), now)
