"""What juniors learn: goals, levels that they say they reached, and the word of their mentor and of a second."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.demo.diary import Diary, actor
from mentorship.demo.temperaments import SINKING, STUCK, Temperaments
from mentorship.mentorships.goals import actions as goal_actions
from mentorship.mentorships.goals import claims
from mentorship.mentorships.goals import queries as goal_queries
from mentorship.mentorships.goals.models import CLAIMED, SECONDING, LevelClaim
from mentorship.mentorships.goals.rules import needs_second
from mentorship.mentorships.hours.rules import week_of
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.profiles import queries as profiles

CLAIMING, CLAIMING_STUCK = 0.11, 0.02
"""How likely somebody says in one week that they reached a step."""
LOOKING_HOURS, SECOND_HOURS, YES = 40, 60, 0.85
EVIDENCE = (
    "Zelf een storing gezocht en verholpen, ik keek alleen mee.", "Drie keer zonder hulp ingeregeld en opgeleverd.",
    "Legde het aan een stagiair uit, en het klopte.", "Werkt veilig en op tekening, en vraagt op tijd.",
)  # fmt: skip


class Learning:
    """Juniors and their steps."""

    def __init__(self, diary: Diary, temperaments: Temperaments) -> None:
        self._diary, self._people, self._chance = diary, temperaments, diary.chance
        self._week: date | None = None

    def notice(self, session: Session, now: datetime) -> None:
        """Plan who claims a step this week, and the mentor's word on what was claimed."""
        if (monday := week_of(local_date(now))) != self._week:
            self._week = monday
            running = select(Mentorship.id).where(Mentorship.status == ACTIVE).order_by(col(Mentorship.id))
            for pair_id in session.exec(running).all():
                slow = self._people.course(pair_id or 0) in (STUCK, SINKING)
                if self._chance.random() < (CLAIMING_STUCK if slow else CLAIMING):
                    self._diary.soon(now, 60, self._claim, pair_id)
        for claim in self._diary.news(session, LevelClaim):
            self._diary.soon(now, LOOKING_HOURS, self._judge, claim.id)

    def _claim(self, session: Session, now: datetime, pair_id: int) -> None:
        """Claim the next step of a goal; a pair that came without goals sets one first."""
        pair = session.get_one(Mentorship, pair_id)
        if pair.status != ACTIVE:
            return
        junior, goals = actor(session, pair.junior_id), goal_queries.of_pair(session, pair_id)
        if not goals:
            current = min(profiles.levels(session, pair.junior_id).get(pair.domain_id, 0), 3)
            goal = {"domain_id": pair.domain_id, "current": current, "target": current + 2}
            goal_actions.add(session, junior, pair_id, **goal, words="", now=now)
            goals = goal_queries.of_pair(session, pair_id)
        for one in goals:
            if one.open is None and one.reached < one.goal.target_level:
                claims.claim(session, junior, one.goal.id or 0, one.reached + 1, now)
                return

    def _judge(self, session: Session, now: datetime, claim_id: int) -> None:
        """Confirm what was claimed, with a second where one is needed and can be found; or say: not yet."""
        found = goal_queries.claimed(session, claim_id)
        claim, pair = found.claim, found.mentorship
        if claim.status != CLAIMED or pair.status != ACTIVE:
            return
        mentor, domain = actor(session, pair.mentor_id), found.goal.domain_id
        if self._chance.random() >= YES:
            claims.decline(session, mentor, claim_id, now)
            return
        others = []
        if needs_second(claim.level):
            others = goal_queries.suggestions(session, pair, {domain: claim.level})[domain]
        if others or not needs_second(claim.level):
            evidence, second = self._chance.choice(EVIDENCE), others[0].number if others else ""
            claims.confirm(session, mentor, claim_id, evidence=evidence, second=second, now=now)
            if others:
                self._diary.soon(now, SECOND_HOURS, self._second, claim_id)

    def _second(self, session: Session, now: datetime, claim_id: int) -> None:
        found = goal_queries.claimed(session, claim_id)
        second = found.claim.second_id
        if found.claim.status == SECONDING and second is not None and found.mentorship.status == ACTIVE:
            word = claims.agree if self._chance.random() < YES else claims.disagree
            word(session, actor(session, second), claim_id, now)
