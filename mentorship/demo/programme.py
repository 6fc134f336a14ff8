"""What those who run the programme do: rounds, hours confirmed; and what changes around them: requests, moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict
from mentorship.demo.diary import Diary, actor
from mentorship.mentor_requests import actions as requests
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentorships.hours.rules import week_of
from mentorship.mentorships.models import ACTIVE, OCCUPYING, Mentorship
from mentorship.people import actions as people
from mentorship.people.access import JUNIOR, Actor
from mentorship.people.models import Person, PersonRole, Site
from mentorship.profiles import actions as profiles
from mentorship.profiles import queries as profile_queries
from mentorship.profiles.models import Capacity, Expertise
from mentorship.rounds import actions as rounds
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.models import SOLVED, Round
from mentorship.rounds.queries import pair_count

LOOKING = timedelta(days=1)
"""How long a coordinator looks at a solved round before publishing it."""
AGAIN = timedelta(hours=4)
"""How long they wait when it was not solved yet."""
SOON_HOURS = 30
CONFIRMING_HOURS = 60
CONFIRMED = 0.8
WEEKS_PER_MOVE = 6
JUNIORS_PER_REQUEST = 40
"""How many juniors there are for each one who asks for a mentor in a week."""
Ending = Callable[[Session, Actor, int, int, datetime], object]
"""What is done with a round that was solved: a verb of (session, who, round, its version, when)."""


class LivedProgramme:
    """The coordinator, the managers, and time."""

    def __init__(self, diary: Diary, coordinator: Actor) -> None:
        self._diary = diary
        self._coordinator = coordinator
        self._chance = diary.chance
        self._week: date | None = None
        self._weeks = 0

    def plan_round(
        self, moment: datetime, name: str, *, sites: Sequence[int] = (), ending: Ending = announcing.publish
    ) -> None:
        """Mean to open a round at a moment, and to publish it a day later, or to end looking at it otherwise."""
        opening = partial(self.open, ending=ending)
        self._diary.plan(moment, opening, name, sites)

    def notice(self, session: Session, now: datetime) -> None:
        """Plan what a new week brings."""
        monday = week_of(local_date(now))
        if monday == self._week:
            return
        self._week = monday
        self._weeks += 1
        self._plan_requests(session, now)
        self._diary.soon(now, SOON_HOURS, self._promise)
        if self._weeks % WEEKS_PER_MOVE == 0:
            self._diary.soon(now, SOON_HOURS, self._move)

    def _plan_requests(self, session: Session, now: datetime) -> None:
        roles = select(PersonRole.person_id).where(PersonRole.role == JUNIOR)
        juniors = sorted(session.exec(roles).all())
        number = len(juniors) / JUNIORS_PER_REQUEST + self._chance.uniform(-0.5, 0.5)
        for _ in range(round(number)):
            junior = self._chance.choice(juniors)
            self._diary.soon(
                now,
                SOON_HOURS,
                self._ask,
                junior,
            )

    def open(
        self, session: Session, now: datetime, name: str, sites: Sequence[int] = (), *, ending: Ending | None = None
    ) -> None:
        """Open a round and have it solved; the coordinator looks at it, and means to publish it (`ending`) or not."""
        opened = rounds.open_round(
            session,
            self._coordinator,
            name=name,
            site_ids=sites,
            now=now,
        )
        rounds.ask_to_solve(
            session,
            self._coordinator,
            id_of(opened),
            opened.version,
            now,
        )
        if ending is not None:
            self._diary.plan(now + LOOKING, self._looked, opened.id, ending)

    def _looked(self, session: Session, now: datetime, round_id: int, ending: Ending) -> None:
        """Publish a round that was solved, or announce it; one that no longer holds is solved again."""
        found = session.get_one(Round, round_id)
        if found.status != SOLVED:
            self._diary.plan(now + AGAIN, self._looked, round_id, ending)
            return
        if not pair_count(session, round_id):
            rounds.discard(
                session,
                self._coordinator,
                round_id,
                found.version,
                now,
            )
            return
        try:
            ending(
                session,
                self._coordinator,
                round_id,
                found.version,
                now,
            )
        except Conflict:
            session.rollback()
            self._solve_again(session, now, round_id, ending)

    def _solve_again(self, session: Session, now: datetime, round_id: int, ending: Ending) -> None:
        found = session.get_one(Round, round_id)
        rounds.ask_to_solve(
            session,
            self._coordinator,
            round_id,
            found.version,
            now,
        )
        self._diary.plan(now + AGAIN, self._looked, round_id, ending)

    def _ask(self, session: Session, now: datetime, junior_id: int) -> None:
        """Ask for a mentor, for whoever has none, in what a colleague at the same site passes on."""
        if _has_or_asks(session, junior_id):
            return
        known = profile_queries.levels(session, junior_id)
        domains = []
        for domain in _passed_on_near(session, junior_id):
            if known.get(domain, 0) < 3:
                domains.append(domain)
        if not domains:
            return
        domain = self._chance.choice(domains)
        current = known.get(domain, 0)
        asked = requests.add_need(
            session,
            actor(session, junior_id),
            domain_id=domain,
            current=current,
            target=current + 2,
            now=now,
        )
        requests.set_goal(
            session,
            id_of(asked),
            "verder groeien in het vak",
            now,
        )

    def _promise(self, session: Session, now: datetime) -> None:
        """Let a mentor promise a place and hours more, which their manager confirms some days later, or not."""
        offered = select(Capacity).where(Capacity.places > 0)
        offers = session.exec(offered.order_by(col(Capacity.person_id))).all()
        if not offers:
            return
        offer = self._chance.choice(offers)
        if offer.places >= 4:
            return
        mentor = actor(session, offer.person_id)
        hours = min(offer.hours + Decimal(2), Decimal(40))
        profiles.set_places(
            session,
            mentor,
            offer.places + 1,
            hours,
            now,
        )
        if self._chance.random() < CONFIRMED:
            self._diary.soon(
                now,
                CONFIRMING_HOURS,
                self._confirm,
                mentor.person_id,
            )

    def _confirm(self, session: Session, now: datetime, mentor_id: int) -> None:
        manager = session.get_one(Person, mentor_id).manager_id
        offer = profile_queries.capacity(session, mentor_id)
        if manager is not None:
            profiles.confirm_hours(
                session,
                actor(session, manager),
                mentor_id,
                offer.hours,
                now,
            )

    def _move(self, session: Session, now: datetime) -> None:
        """Let the junior of a running duo go to another site."""
        running = select(Mentorship.junior_id).where(Mentorship.status == ACTIVE)
        juniors = session.exec(running.order_by(col(Mentorship.id))).all()
        if not juniors:
            return
        junior = self._chance.choice(juniors)
        person = session.get_one(Person, junior)
        sites = session.exec(select(Site).order_by(col(Site.id))).all()
        elsewhere = [id_of(site) for site in sites if site.id != person.site_id]
        manager = None
        if person.manager_id is not None:
            manager = session.get_one(Person, person.manager_id).number
        people.change_person(
            session,
            self._coordinator,
            junior,
            site_id=self._chance.choice(elsewhere),
            department=person.department,
            manager=manager,
            languages=person.languages.split(","),
            email=person.email,
            now=now,
        )


def _has_or_asks(session: Session, junior_id: int) -> bool:
    """Tell whether somebody has a mentor, or asks for one."""
    has = select(Mentorship.id).where(
        Mentorship.junior_id == junior_id,
        col(Mentorship.status).in_(OCCUPYING),
    )
    asks = select(MentorRequest.id).where(
        MentorRequest.person_id == junior_id,
        MentorRequest.status == OPEN,
    )
    return any(session.exec(either).first() for either in (has, asks))


def _passed_on_near(session: Session, junior_id: int) -> list[int]:
    """Return the domains that somebody at the same site passes on."""
    site = session.get_one(Person, junior_id).site_id
    near = select(Expertise.domain_id).join(Person, col(Person.id) == Expertise.person_id)
    passed_on = near.where(
        Person.site_id == site,
        col(Expertise.willing).is_(True),
        Expertise.level >= 3,
    )
    return sorted(session.exec(passed_on.distinct()))
