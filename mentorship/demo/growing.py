"""Where people want to grow to: what builds on what, courses outside, and who chose a direction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.demo.working import say_what_jobs_ask
from mentorship.growth.bases.actions import build_on
from mentorship.growth.jobs.courses import add_course
from mentorship.growth.models import Course, JobHeld
from mentorship.growth.path import actions, queries, rules
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people.access import JUNIOR, Actor
from mentorship.profiles.models import Domain
from mentorship.profiles.queries import levels

BUILDS = (
    ("Warmtepompen", "Koudetechniek"),
    ("Storingsanalyse", "Laagspanning"),
    ("PLC-programmering", "Meet- en regeltechniek"),
    ("Functional safety", "PLC-programmering"),
)
COURSES = (
    ("Warmtepompen", "F-gassen, praktijk", "Opleidingscentrum Koude", "4", False),
    ("Laagspanning", "Veilig werken aan laagspanning", "Opleidingscentrum Koude", "2", True),
    ("Hydrauliek", "Hydrauliek basis", "Vakschool", "3", True),
    ("PLC-programmering", "PLC basis", "Vakschool", "5", True),
)
EVERY, SHOWN = 2, 3
"""One of so many juniors of a running pair chose a direction; of those one in so many shows it."""


def let_people_grow(session: Session, coordinator: Actor, now: datetime) -> None:
    """Say what jobs ask and who works in them, and where people want to go."""
    say_what_jobs_ask(session, coordinator, now)
    choose_directions(session, coordinator, now)


def choose_directions(session: Session, coordinator: Actor, now: datetime) -> None:
    """Say what builds on what and what is learned outside, and let juniors choose the job that is nearest."""
    ids = {domain.name: id_of(domain) for domain in session.exec(select(Domain))}
    for domain, base in BUILDS:
        if {domain, base} <= ids.keys():
            build_on(session, coordinator, ids[domain], ids[base], now)
    for domain, title, provider, days, basics in COURSES:
        if domain in ids:
            add_course(
                session,
                coordinator,
                ids[domain],
                title=title,
                provider=provider,
                days=Decimal(days),
                basics=basics,
                now=now,
            )
    for number, person_id in enumerate(_juniors(session)):
        if number % EVERY == 0:
            _choose(session, Actor(person_id, frozenset({JUNIOR})), number, now)


def _juniors(session: Session) -> list[int]:
    running = select(Mentorship.junior_id).where(Mentorship.status == ACTIVE).distinct()
    return list(session.exec(running.order_by(col(Mentorship.junior_id))))


def _choose(session: Session, junior: Actor, number: int, now: datetime) -> None:
    """Choose the job that is nearest; perhaps show that, and have followed its basics."""
    asked = queries.asked(session)
    nearest = _nearest(session, junior, asked)
    if nearest is None:
        return
    actions.choose(session, junior, nearest, now)
    if number % (EVERY * SHOWN) == 0:
        actions.show(session, junior, nearest, True, now)
    if number % (EVERY * EVERY) == 0:
        _follow_basics(session, junior, asked[nearest], now)


def _nearest(session: Session, junior: Actor, asked: Mapping[int, Mapping[int, int]]) -> int | None:
    """Return the job of which somebody has least to learn, but for the one they work in."""
    have = levels(session, junior.person_id)
    held = session.get(JobHeld, junior.person_id)
    others = [key for key in asked if asked[key] and (held is None or held.profile_id != key)]
    return min(others, key=lambda key: (len(rules.left(asked[key], have)), key), default=None)


def _follow_basics(session: Session, junior: Actor, domains: Collection[int], now: datetime) -> None:
    wanted = col(Course.domain_id).in_(domains)
    basics = select(Course).where(wanted, col(Course.basics)).order_by(col(Course.id))
    course = session.exec(basics).first()
    if course is not None:
        followed_on = local_date(now) - timedelta(days=80)
        actions.follow(session, junior, id_of(course), followed_on, now)
