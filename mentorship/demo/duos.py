"""What both sides of a duo do: answer a proposal and check-ins, pause, end with a word of thanks."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins import actions as check_ins
from mentorship.checkins import helping, queries
from mentorship.checkins.endings import actions as ending_actions
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.demo.diary import Diary, actor
from mentorship.demo.temperaments import SINKING, Temperaments, weeks_between
from mentorship.mentorships import actions
from mentorship.mentorships.models import ACTIVE, PAUSED, PROPOSED, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR

ACCEPTS = 0.9
REFUSES = 0.04
"""The others let a proposal lie."""
THINKING_HOURS = 30
ANSWERING_HOURS = 20
PAUSING = 0.12
ENDING_WEEKS = (9, 45)
SINKING_WEEKS = (8, 16)
UNHAPPY = 2.6
NOTES = (
    "Vandaag zelf een klep vervangen.",
    "De planning liep door de storing heen.",
    "Volgende week samen naar de klant.",
    "Meer tijd voor uitleg zou helpen.",
    "Het gaat steeds beter.",
    "Deze weken zagen we elkaar weinig.",
)
REACHED = (
    "Zelfstandig storingen verhelpen.",
    "Alleen inregelen en opleveren.",
    "De basis zit erin; nu uren maken.",
    "",
)
THANKS = (
    "Bedankt voor je geduld.",
    "Door jou durf ik het nu zelf.",
    "Ik heb veel van je geleerd.",
)


class Duos:
    """The sides of all duos."""

    def __init__(self, diary: Diary, temperaments: Temperaments) -> None:
        self._diary = diary
        self._people = temperaments
        self._chance = diary.chance
        self.silent_since: datetime | None = None
        """From when on, of what is proposed at once, one pair does not look, whatever the others do."""

    def notice(self, session: Session, now: datetime) -> None:
        """Plan an answer to every new proposal and check-in, and how a running duo goes on."""
        lies = self.silent_since is not None and now >= self.silent_since
        for pair in self._diary.news(session, Mentorship):
            if pair.status == PROPOSED and lies:
                lies = False
            elif pair.status == PROPOSED:
                self._think(pair, now)
            elif pair.status == ACTIVE:
                self._begun(pair, now)
        for asked in self._diary.news(session, CheckIn):
            if asked.status == OPEN:
                self._take_up(asked, now)

    def _think(self, pair: Mentorship, now: datetime) -> None:
        for person_id in (pair.mentor_id, pair.junior_id):
            fate = self._chance.random()
            if fate < ACCEPTS + REFUSES:
                accept = fate < ACCEPTS
                self._diary.soon(
                    now,
                    THINKING_HOURS,
                    self._answer,
                    pair.id,
                    person_id,
                    accept,
                )

    def _answer(self, session: Session, now: datetime, pair_id: int, person_id: int, accept: bool) -> None:
        if session.get_one(Mentorship, pair_id).status != PROPOSED:
            return
        who = actor(session, person_id)
        found = actions.answer(
            session,
            who,
            pair_id,
            accept,
            now,
        )
        if found.status == ACTIVE:
            self._begun(found, now)

    def _begun(self, pair: Mentorship, now: datetime) -> None:
        """Plan a pause of some weeks, perhaps, and the end."""
        course = self._people.course(id_of(pair))
        lasting = SINKING_WEEKS if course == SINKING else ENDING_WEEKS
        until = self._in_weeks(now, *lasting)
        side = self._chance.choice((MENTOR, JUNIOR))
        self._diary.plan(
            until,
            self._end,
            pair.id,
            side,
        )
        if self._chance.random() < PAUSING:
            moment = self._in_weeks(now, 3, 10)
            days = self._chance.randint(10, 28)
            self._diary.plan(
                moment,
                self._pause,
                pair.id,
                days,
            )

    def _in_weeks(self, now: datetime, least: float, most: float) -> datetime:
        weeks = self._chance.uniform(least, most)
        return now + timedelta(weeks=1) * weeks

    def _pause(self, session: Session, now: datetime, pair_id: int, days: int) -> None:
        pair = session.get_one(Mentorship, pair_id)
        if pair.status != ACTIVE:
            return
        mentor = actor(session, pair.mentor_id)
        until = local_date(now) + timedelta(days=days)
        actions.step(
            session,
            mentor,
            pair_id,
            "pause",
            now,
            until,
        )

    def _end(self, session: Session, now: datetime, pair_id: int, side: str) -> None:
        pair = session.get_one(Mentorship, pair_id)
        if pair.status not in (ACTIVE, PAUSED):
            return
        who = pair.mentor_id if side == MENTOR else pair.junior_id
        ending_actions.end(
            session,
            actor(session, who),
            pair_id,
            now,
        )

    def _take_up(self, asked: CheckIn, now: datetime) -> None:
        """Answer hours or days later, skip, or forget it."""
        person = self._people.of(asked.person_id)
        if self._chance.random() < person.forgets:
            return
        deed = self._send
        if self._chance.random() < person.skips:
            deed = self._skip
        self._diary.soon(
            now,
            ANSWERING_HOURS,
            deed,
            asked.id,
        )

    def _skip(self, session: Session, now: datetime, check_in_id: int) -> None:
        found = queries.one(session, check_in_id)
        if found.status == OPEN:
            check_ins.skip(session, check_in_id, now)

    def _send(self, session: Session, now: datetime, check_in_id: int) -> None:
        found = queries.one(session, check_in_id)
        if found.status != OPEN:
            return
        mean = self._mean(session, found, now)
        helps = self._perhaps(0.25 if mean < UNHAPPY else 0.01)
        questions = queries.asked(session, found).questions
        answers = self._people.answers([question["key"] for question in questions], mean)
        note = ""
        if self._perhaps(0.15):
            note = self._chance.choice(NOTES)
        share = self._perhaps(0.4)
        help_from = []
        if helps:
            helpers = helping.helpers(session, found, local_date(now))
            help_from.append(self._chance.choice(helpers))
        check_ins.send(
            session,
            check_in_id,
            answers,
            note=note,
            share=share,
            help_from=help_from,
            now=now,
        )
        if found.closing:
            self._say(session, found, now)

    def _mean(self, session: Session, found: CheckIn, now: datetime) -> float:
        """Return how this side of the duo answers on average by now."""
        pair = session.get_one(Mentorship, found.mentorship_id)
        today = local_date(now)
        weeks = weeks_between(pair.started_on or today, today)
        return self._people.mean(
            found.mentorship_id,
            found.side,
            found.person_id,
            weeks,
        )

    def _say(self, session: Session, found: CheckIn, now: datetime) -> None:
        """Say closing words."""
        thanks = ""
        if found.side == JUNIOR and self._perhaps(0.7):
            thanks = self._chance.choice(THANKS)
        reached = self._chance.choice(REACHED)
        ending_actions.say(
            session,
            found,
            reached=reached,
            thanks=thanks,
            now=now,
        )

    def _perhaps(self, likely: float) -> bool:
        return self._chance.random() < likely
