"""What both sides of a duo do: answer a proposal and check-ins, pause, end with a word of thanks."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.checkins import actions as check_ins
from mentorship.checkins import queries
from mentorship.checkins.endings import actions as ending_actions
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.demo.diary import Diary, actor
from mentorship.demo.temperaments import SINKING, Temperaments, weeks_between
from mentorship.mentorships import actions
from mentorship.mentorships.models import ACTIVE, PAUSED, PROPOSED, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR

ACCEPTS, REFUSES = 0.9, 0.04
"""The others let a proposal lie."""
THINKING_HOURS, ANSWERING_HOURS = 30, 20
PAUSING, ENDING_WEEKS, SINKING_WEEKS = 0.12, (9, 45), (8, 16)
UNHAPPY = 2.6
NOTES = (
    "Vandaag zelf een klep vervangen.", "De planning liep door de storing heen.", "Volgende week samen naar de klant.",
    "Meer tijd voor uitleg zou helpen.", "Het gaat steeds beter.", "Deze weken zagen we elkaar weinig.",
)  # fmt: skip
REACHED = (
    "Zelfstandig storingen verhelpen.", "Alleen inregelen en opleveren.", "De basis zit erin; nu uren maken.", "",
)  # fmt: skip
THANKS = ("Bedankt voor je geduld.", "Door jou durf ik het nu zelf.", "Ik heb veel van je geleerd.")


class Duos:
    """The sides of all duos."""

    def __init__(self, diary: Diary, temperaments: Temperaments) -> None:
        self._diary, self._people, self._chance = diary, temperaments, diary.chance

    def notice(self, session: Session, now: datetime) -> None:
        """Plan an answer to every new proposal and check-in, and how a running duo goes on."""
        for pair in self._diary.news(session, Mentorship):
            if pair.status == PROPOSED:
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
                self._diary.soon(now, THINKING_HOURS, self._answer, pair.id, person_id, fate < ACCEPTS)

    def _answer(self, session: Session, now: datetime, pair_id: int, person_id: int, accept: bool) -> None:
        if session.get_one(Mentorship, pair_id).status == PROPOSED:
            found = actions.answer(session, actor(session, person_id), pair_id, accept, now)
            if found.status == ACTIVE:
                self._begun(found, now)

    def _begun(self, pair: Mentorship, now: datetime) -> None:
        """Plan a pause of some weeks, perhaps, and the end."""
        chance, weeks = self._chance, timedelta(weeks=1)
        sinks = self._people.course(pair.id or 0) == SINKING
        until = now + weeks * chance.uniform(*(SINKING_WEEKS if sinks else ENDING_WEEKS))
        self._diary.plan(until, self._end, pair.id, chance.choice((MENTOR, JUNIOR)))
        if chance.random() < PAUSING:
            self._diary.plan(now + weeks * chance.uniform(3, 10), self._pause, pair.id, chance.randint(10, 28))

    def _pause(self, session: Session, now: datetime, pair_id: int, days: int) -> None:
        pair = session.get_one(Mentorship, pair_id)
        if pair.status == ACTIVE:
            until = local_date(now) + timedelta(days=days)
            actions.step(session, actor(session, pair.mentor_id), pair_id, "pause", now, until)

    def _end(self, session: Session, now: datetime, pair_id: int, side: str) -> None:
        pair = session.get_one(Mentorship, pair_id)
        if pair.status in (ACTIVE, PAUSED):
            who = pair.mentor_id if side == MENTOR else pair.junior_id
            ending_actions.end(session, actor(session, who), pair_id, now)

    def _take_up(self, asked: CheckIn, now: datetime) -> None:
        """Answer hours or days later, skip, or forget it."""
        how, fate = self._people.of(asked.person_id), self._chance.random()
        if fate >= how.forgets:
            skips = self._chance.random() < how.skips
            self._diary.soon(now, ANSWERING_HOURS, self._skip if skips else self._send, asked.id)

    def _skip(self, session: Session, now: datetime, check_in_id: int) -> None:
        if queries.one(session, check_in_id).status == OPEN:
            check_ins.skip(session, check_in_id, now)

    def _send(self, session: Session, now: datetime, check_in_id: int) -> None:
        chance, found = self._chance, queries.one(session, check_in_id)
        if found.status != OPEN:
            return
        pair = session.get_one(Mentorship, found.mentorship_id)
        weeks = weeks_between(pair.started_on or local_date(now), local_date(now))
        mean = self._people.mean(found.mentorship_id, found.side, found.person_id, weeks)
        keys = [question["key"] for question in queries.asked(session, found).questions]
        helps = chance.random() < (0.25 if mean < UNHAPPY else 0.01)
        check_ins.send(
            session,
            check_in_id,
            self._people.answers(keys, mean),
            note=chance.choice(NOTES) if chance.random() < 0.15 else "",
            share=chance.random() < 0.4,
            help_from=[chance.choice(queries.helpers(session, found))] if helps else [],
            now=now,
        )
        if found.closing:
            thanks = chance.choice(THANKS) if found.side == JUNIOR and chance.random() < 0.7 else ""
            ending_actions.say(session, found, reached=chance.choice(REACHED), thanks=thanks, now=now)
