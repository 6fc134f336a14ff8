"""What those who run the programme do: rounds, hours confirmed; and what changes around them: requests, moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
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
from mentorship.rounds.models import SOLVED, Round
from mentorship.rounds.queries import pair_count

LOOKING, AGAIN = timedelta(days=1), timedelta(hours=4)
"""How long a coordinator looks at a solved round before publishing it; and waits when it was not solved yet."""
WEEKS_PER_MOVE = 6
JUNIORS_PER_REQUEST = 40
"""How many juniors there are for each one who asks for a mentor in a week."""


class Programme:
    """The coordinator, the managers, and time."""

    def __init__(self, diary: Diary, coordinator: Actor) -> None:
        self._diary, self._coordinator, self._chance = diary, coordinator, diary.chance
        self._week: date | None = None
        self._weeks = 0

    def plan_round(self, moment: datetime, name: str, *, sites: Sequence[int] = ()) -> None:
        """Mean to open a round at a moment, and to publish it a day later."""
        self._diary.plan(moment, partial(self.open, publish=True), name, sites)

    def notice(self, session: Session, now: datetime) -> None:
        """Plan what a new week brings."""
        monday = week_of(local_date(now))
        if monday == self._week:
            return
        self._week = monday
        self._weeks += 1
        juniors = session.exec(select(PersonRole.person_id).where(PersonRole.role == JUNIOR)).all()
        for _ in range(round(len(juniors) / JUNIORS_PER_REQUEST + self._chance.uniform(-0.5, 0.5))):
            self._diary.soon(now, 30, self._ask, self._chance.choice(sorted(juniors)))
        self._diary.soon(now, 30, self._promise)
        if self._weeks % WEEKS_PER_MOVE == 0:
            self._diary.soon(now, 30, self._move)

    def open(
        self, session: Session, now: datetime, name: str, sites: Sequence[int] = (), *, publish: bool = False
    ) -> None:
        """Open a round and have it solved; the coordinator looks at it, and means to publish it or not."""
        me = self._coordinator
        opened = rounds.open_round(session, me, name=name, site_ids=sites, now=now)
        rounds.ask_to_solve(session, me, opened.id or 0, opened.version, now)
        if publish:
            self._diary.plan(now + LOOKING, self._publish, opened.id)

    def _publish(self, session: Session, now: datetime, round_id: int) -> None:
        """Publish a round that was solved; one that no longer holds is solved again."""
        found = session.get_one(Round, round_id)
        if found.status != SOLVED:
            self._diary.plan(now + AGAIN, self._publish, round_id)
        elif not pair_count(session, round_id):
            rounds.discard(session, self._coordinator, round_id, found.version, now)
        else:
            try:
                rounds.publish(session, self._coordinator, round_id, found.version, now)
            except Conflict:
                session.rollback()
                found = session.get_one(Round, round_id)
                rounds.ask_to_solve(session, self._coordinator, round_id, found.version, now)
                self._diary.plan(now + AGAIN, self._publish, round_id)

    def _ask(self, session: Session, now: datetime, junior_id: int) -> None:
        """Ask for a mentor, for whoever has none, in what a colleague at the same site passes on."""
        has = select(Mentorship.id).where(Mentorship.junior_id == junior_id, col(Mentorship.status).in_(OCCUPYING))
        asks = select(MentorRequest.id).where(MentorRequest.person_id == junior_id, MentorRequest.status == OPEN)
        if session.exec(has).first() or session.exec(asks).first():
            return
        site = session.get_one(Person, junior_id).site_id
        near = select(Expertise.domain_id).join(Person, col(Person.id) == Expertise.person_id).distinct()
        near = near.where(Person.site_id == site, col(Expertise.willing).is_(True), Expertise.level >= 3)
        known = profile_queries.levels(session, junior_id)
        domains = [domain for domain in sorted(session.exec(near)) if known.get(domain, 0) < 3]
        if domains:
            domain = self._chance.choice(domains)
            current = known.get(domain, 0)
            asked = requests.add_need(
                session, actor(session, junior_id), domain_id=domain, current=current, target=current + 2, now=now
            )
            requests.set_goal(session, asked.id or 0, "verder groeien in het vak", now)

    def _promise(self, session: Session, now: datetime) -> None:
        """Let a mentor promise a place and hours more, which their manager confirms some days later, or not."""
        offers = session.exec(select(Capacity).where(Capacity.places > 0).order_by(col(Capacity.person_id))).all()
        if not offers:
            return
        offer = self._chance.choice(offers)
        if offer.places < 4:
            mentor = actor(session, offer.person_id)
            hours = min(offer.hours + Decimal(2), Decimal(40))
            profiles.set_places(session, mentor, offer.places + 1, hours, now)
            if self._chance.random() < 0.8:
                self._diary.soon(now, 60, self._confirm, mentor.person_id)

    def _confirm(self, session: Session, now: datetime, mentor_id: int) -> None:
        manager = session.get_one(Person, mentor_id).manager_id
        offer = profile_queries.capacity(session, mentor_id)
        if manager is not None:
            profiles.confirm_hours(session, actor(session, manager), mentor_id, offer.hours, now)

    def _move(self, session: Session, now: datetime) -> None:
        """Let the junior of a running duo go to another site."""
        running = select(Mentorship.junior_id).where(Mentorship.status == ACTIVE).order_by(col(Mentorship.id))
        juniors, sites = session.exec(running).all(), session.exec(select(Site.id).order_by(col(Site.id))).all()
        if juniors:
            person = session.get_one(Person, self._chance.choice(juniors))
            elsewhere = self._chance.choice([site for site in sites if site is not None and site != person.site_id])
            manager = session.get(Person, person.manager_id) if person.manager_id else None
            people.change_person(
                session,
                self._coordinator,
                person.id or 0,
                site_id=elsewhere,
                manager=manager.number if manager else None,
                languages=person.languages.split(","),
                email=person.email,
                now=now,
            )
