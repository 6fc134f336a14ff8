"""What juniors learn: goals, levels that they say they reached, and the word of their mentor and of a second."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.demo.diary import Diary, actor
from mentorship.demo.goals import GOALS
from mentorship.demo.temperaments import SINKING, STUCK, Temperaments
from mentorship.mentorships.goals import actions as goal_actions
from mentorship.mentorships.goals import claims, planning
from mentorship.mentorships.goals import queries as goal_queries
from mentorship.mentorships.goals.models import CLAIMED, SECONDING, Goal, LevelClaim
from mentorship.mentorships.goals.rules import confirmed, needs_second
from mentorship.mentorships.goals.rules import reached as reached_level
from mentorship.mentorships.hours.rules import week_of
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Domain

CLAIMING = 0.11
CLAIMING_STUCK = 0.02
"""How likely somebody says in one week that they reached a step."""
CLAIMING_HOURS = 60
LOOKING_HOURS = 40
SECOND_HOURS = 60
YES = 0.85
WITHOUT_DAY = 4
"""One goal in so many stays without a day."""
FEWEST_WEEKS = 12
WEEKS_APART = 5
"""How long pairs give themselves for a goal: so many weeks at least, and so far apart."""
EVIDENCE = {
    1: (
        "Liep een hele dag mee en stelde de goede vragen.",
        "Kon na afloop vertellen wat we deden en waarom.",
        "Kent het gereedschap en weet waar alles zit.",
        "Heeft twee keer een hele klus gevolgd.",
    ),
    2: (
        "Deed het werk zelf, ik keek over de schouder mee.",
        "Werkt veilig en op tekening, en vraagt op tijd.",
        "Heeft met mijn hulp een pomp uit en weer in gezet.",
        "Mat alles zelf door; ik hoefde één keer bij te sturen.",
    ),
    3: (
        "Zelf een storing gezocht en verholpen, ik was er niet bij.",
        "Drie keer zonder hulp ingeregeld en opgeleverd.",
        "Alleen naar een klant geweest en het was in één keer goed.",
        "Maakt zelf het plan, en het klopt.",
    ),
    4: (
        "Legde het aan een stagiair uit, en het klopte.",
        "Werkte een nieuwe collega in op deze installatie.",
        "Gaf de toolbox hierover, met eigen voorbeelden.",
        "Schreef de werkinstructie die we nu gebruiken.",
    ),
    5: (
        "Vond wat wij met zijn drieën niet vonden.",
        "De hele ploeg belt bij de lastige gevallen.",
        "Loste op afstand een storing op bij een andere vestiging.",
        "Bedacht een oplossing waar de leverancier van leerde.",
    ),
}
"""What a mentor saw, by the level that it is evidence of."""


class Learning:
    """Juniors and their steps."""

    def __init__(self, diary: Diary, temperaments: Temperaments) -> None:
        self._diary = diary
        self._people = temperaments
        self._chance = diary.chance
        self._week: date | None = None

    def notice(self, session: Session, now: datetime) -> None:
        """Plan who claims a step this week, and the mentor's word on what was claimed."""
        monday = week_of(local_date(now))
        if monday != self._week:
            self._week = monday
            self._plan_claims(session, now)
            self._choose_days(session, now)
        for claim in self._diary.news(session, LevelClaim):
            self._diary.soon(
                now,
                LOOKING_HOURS,
                self._judge,
                claim.id,
            )

    def _plan_claims(self, session: Session, now: datetime) -> None:
        running = select(Mentorship).where(Mentorship.status == ACTIVE)
        for pair in session.exec(running.order_by(col(Mentorship.id))).all():
            course = self._people.course(id_of(pair))
            likely = CLAIMING_STUCK if course in (STUCK, SINKING) else CLAIMING
            if self._chance.random() < likely:
                self._diary.soon(
                    now,
                    CLAIMING_HOURS,
                    self._claim,
                    pair.id,
                )

    def _choose_days(self, session: Session, now: datetime) -> None:
        """Let most pairs choose by when they mean to reach a goal that has no day yet."""
        running = select(Mentorship.id).where(Mentorship.status == ACTIVE)
        undated = select(Goal).where(
            col(Goal.mentorship_id).in_(running),
            col(Goal.due_on).is_(None),
            col(Goal.dropped_at).is_(None),
        )
        for goal in session.exec(undated.order_by(col(Goal.id))).all():
            if id_of(goal) % WITHOUT_DAY:
                self._diary.plan(now, self._choose_day, goal.id)

    def _choose_day(self, session: Session, now: datetime, goal_id: int) -> None:
        pair, goal, settled = goal_queries.locked(session, goal_id)
        reached = reached_level(goal.start_level, confirmed(settled))
        if reached >= goal.target_level or pair.status != ACTIVE:
            return
        chooser = pair.junior_id if goal_id % 2 else pair.mentor_id
        weeks = FEWEST_WEEKS + goal_id % len(EVIDENCE) * WEEKS_APART
        planning.set_date(
            session,
            actor(session, chooser),
            goal_id,
            local_date(now) + timedelta(weeks=weeks),
            now,
        )

    def _claim(self, session: Session, now: datetime, pair_id: int) -> None:
        """Claim the next step of a goal; a pair that came without goals sets one first."""
        pair = session.get_one(Mentorship, pair_id)
        if pair.status != ACTIVE:
            return
        junior = actor(session, pair.junior_id)
        goals = goal_queries.of_pair(session, pair_id)
        if not goals:
            self._set_goal(session, now, pair)
            goals = goal_queries.of_pair(session, pair_id)
        for one in goals:
            if one.open is None and one.reached < one.goal.target_level:
                claims.claim(
                    session,
                    junior,
                    id_of(one.goal),
                    one.reached + 1,
                    now,
                )
                return

    def _set_goal(self, session: Session, now: datetime, pair: Mentorship) -> None:
        known = profiles.levels(session, pair.junior_id)
        current = min(known.get(pair.domain_id, 0), 3)
        goal_actions.add(
            session,
            actor(session, pair.junior_id),
            id_of(pair),
            domain_id=pair.domain_id,
            current=current,
            target=current + 2,
            words=_in_own_words(session, pair),
            now=now,
        )

    def _judge(self, session: Session, now: datetime, claim_id: int) -> None:
        """Confirm what was claimed, with a second where one is needed and can be found; or say: not yet."""
        found = goal_queries.claimed(session, claim_id)
        claim = found.claim
        pair = found.mentorship
        if claim.status != CLAIMED or pair.status != ACTIVE:
            return
        mentor = actor(session, pair.mentor_id)
        if self._chance.random() >= YES:
            claims.decline(session, mentor, claim_id, now)
            return
        second = ""
        if needs_second(claim.level):
            domain = found.goal.domain_id
            others = goal_queries.suggestions(session, pair, {domain: claim.level})[domain]
            if not others:
                return
            second = others[0].number
        evidence = self._chance.choice(EVIDENCE[claim.level])
        claims.confirm(
            session,
            mentor,
            claim_id,
            evidence=evidence,
            second=second,
            now=now,
        )
        if second:
            self._diary.soon(
                now,
                SECOND_HOURS,
                self._second,
                claim_id,
            )

    def _second(self, session: Session, now: datetime, claim_id: int) -> None:
        found = goal_queries.claimed(session, claim_id)
        second = found.claim.second_id
        if found.claim.status != SECONDING or second is None or found.mentorship.status != ACTIVE:
            return
        word = claims.disagree
        if self._chance.random() < YES:
            word = claims.agree
        word(
            session,
            actor(session, second),
            claim_id,
            now,
        )


def _in_own_words(session: Session, pair: Mentorship) -> str:
    """Return what a junior says they want to be able to do, in the domain that a pair is about."""
    domain = session.get_one(Domain, pair.domain_id)
    words = GOALS.get(domain.name, ("",))
    return words[id_of(pair) % len(words)]
