"""Reads of rounds, and the records a round is gathered from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import EXPIRED, Mentorship
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles import coverage
from mentorship.profiles import queries as profiles
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.models import Capacity, Domain, Expertise, FormComfort, FormWish, Plan, Wish
from mentorship.profiles.rosters import queries as roster_queries
from mentorship.profiles.rosters.models import WorkTime
from mentorship.programme.queries import programme
from mentorship.rounds.facts import MentorFacts, NeedFacts, PersonFacts, Records, RequestFacts
from mentorship.rounds.models import SOLVING, Round, RoundOverride, RoundPair, RoundUnmatched


def rounds(session: Session) -> list[Round]:
    """Return all rounds, the newest first."""
    return list(session.exec(select(Round).order_by(col(Round.id).desc())))


def being_solved(session: Session) -> list[Round]:
    """Return the rounds that are being solved or wait for it, the oldest first."""
    query = select(Round).where(Round.status == SOLVING)
    return list(session.exec(query.order_by(col(Round.id))))


def exists(session: Session, round_id: int) -> bool:
    """Tell whether there is such a round."""
    return session.exec(select(Round.id).where(Round.id == round_id)).first() is not None


def round_subject(session: Session, round_id: int) -> Subject | None:
    """Tell whether there is such a round; it is nobody's own."""
    return Subject() if exists(session, round_id) else None


def pair_count(session: Session, round_id: int) -> int:
    """Count the pairs of a round."""
    return session.scalar(select(func.count()).select_from(RoundPair).where(RoundPair.round_id == round_id)) or 0


def pairs(session: Session, round_id: int, offset: int = 0, limit: int | None = None) -> list[RoundPair]:
    """Return the pairs of a round, the lowest score first: those want a look."""
    query = (
        select(RoundPair)
        .where(RoundPair.round_id == round_id)
        .order_by(col(RoundPair.score), col(RoundPair.request_id))
    )
    return list(session.exec(query.offset(offset).limit(limit)))


def unmatched_count(session: Session, round_id: int) -> int:
    """Count the requests nobody was found for."""
    query = select(func.count()).select_from(RoundUnmatched).where(RoundUnmatched.round_id == round_id)
    return session.scalar(query) or 0


def unmatched(session: Session, round_id: int, offset: int = 0, limit: int | None = None) -> list[RoundUnmatched]:
    """Return the requests nobody was found for, or one page of them."""
    query = select(RoundUnmatched).where(RoundUnmatched.round_id == round_id)
    return list(session.exec(query.order_by(col(RoundUnmatched.request_id)).offset(offset).limit(limit)))


def answers(session: Session, round_id: int) -> dict[str, int]:
    """Count by status (or "expired") what became of the pairs of a published round."""
    same = (col(RoundPair.request_id) == Mentorship.request_id) & (col(RoundPair.mentor_id) == Mentorship.mentor_id)
    # a pair that expired may be proposed again by a later round
    published = (col(Round.id) == RoundPair.round_id) & (col(Round.published_at) == Mentorship.proposed_at)
    stands = case((mentorships.expired(), EXPIRED), else_=col(Mentorship.status)).label("stands")
    query = select(stands, func.count()).select_from(Mentorship).join(RoundPair, same).join(Round, published)
    return dict(session.exec(query.where(RoundPair.round_id == round_id).group_by(stands)).all())


def takers(session: Session, round_id: int) -> dict[int, int]:
    """Count the juniors each mentor gets in a round."""
    query = select(RoundPair.mentor_id, func.count()).where(RoundPair.round_id == round_id)
    return dict(session.exec(query.group_by(col(RoundPair.mentor_id))).all())


def overrides(session: Session, round_id: int) -> list[RoundOverride]:
    """Return what people decided about pairs of a round."""
    query = select(RoundOverride).where(RoundOverride.round_id == round_id)
    return list(session.exec(query.order_by(col(RoundOverride.decided_at), col(RoundOverride.request_id))))


def requests(session: Session, ids: Iterable[int], *, lock: bool = False) -> dict[int, MentorRequest]:
    """Return requests by id; with `lock` as they are now, and nobody changes them before this transaction ends."""
    wanted, found = sorted(set(ids)), {}
    query = select(MentorRequest).order_by(col(MentorRequest.id))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    for start in range(0, len(wanted), 5000):
        for row in session.exec(query.where(col(MentorRequest.id).in_(wanted[start : start + 5000]))):
            found[row.id or 0] = row
    return found


def records(session: Session, site_ids: Collection[int], today: date, only: tuple[int, int] | None = None) -> Records:
    """Return all that a round over these sites (none: all) is gathered from; a fixed number of queries.

    `only` narrows it to one pair (request, mentor).
    """
    domains = profiles.domains(session)
    asked, mentors = _requests(session, site_ids), _mentors(session, today)
    if only is not None:
        asked, mentors = tuple(r for r in asked if r.id == only[0]), tuple(m for m in mentors if m.person == only[1])
    return Records(
        people=people_facts(session),
        requests=asked,
        mentors=mentors,
        remote_domains={d.id: d.remote for d in domains if d.id is not None},
        urgency=_urgency(session, domains),
        apart=tuple(_apart(session)),
        wished=tuple(session.exec(select(Wish.person_id, Wish.other_id).where(col(Wish.wanted).is_(True))).all()),
    )


def people_facts(session: Session) -> dict[int, PersonFacts]:
    """Return what the match needs to know of everybody; a fixed number of queries."""
    rosters = roster_queries.timetables(session)
    remote = dict(session.exec(select(WorkTime.person_id, WorkTime.remote)).all())
    found: dict[int, PersonFacts] = {}
    # also who left: the reporting line goes on above them
    rows = select(Person.id, Person.site_id, Person.languages, Person.manager_id)
    for number, site, languages, manager in session.exec(rows):
        assert number is not None
        spoken = frozenset(languages.split(","))
        found[number] = PersonFacts(number, site, spoken, manager, remote.get(number, False), rosters.get(number))
    return found


def _requests(session: Session, site_ids: Collection[int]) -> tuple[RequestFacts, ...]:
    query = select(MentorRequest.id, MentorRequest.person_id).join(Person, col(Person.id) == MentorRequest.person_id)
    query = query.where(MentorRequest.status == OPEN, col(Person.left_on).is_(None))
    if site_ids:
        query = query.where(col(Person.site_id).in_(list(site_ids)))
    rows = session.exec(query).all()
    needs = needs_of(session, [request_id for request_id, _ in rows])
    wanted: dict[int, dict[str, int]] = {}
    for person_id, form, weight in session.exec(select(FormWish.person_id, FormWish.form, FormWish.weight)):
        wanted.setdefault(person_id, {})[form] = weight
    return tuple(
        RequestFacts(
            request_id,
            person_id,
            tuple(NeedFacts(n.domain_id, n.current_level, n.target_level, n.importance) for n in needs[request_id]),
            wanted.get(person_id),
        )
        for request_id, person_id in rows
        if request_id is not None and needs.get(request_id)
    )


def _mentors(session: Session, today: date) -> tuple[MentorFacts, ...]:
    settings = programme(session)
    load = mentorships.occupied(session)
    levels = willing_levels(session)
    comfort: dict[int, dict[str, int]] = {}
    for person_id, form, value in session.exec(select(FormComfort.person_id, FormComfort.form, FormComfort.comfort)):
        comfort.setdefault(person_id, {})[form] = value
    offers = select(Capacity).join(Person, col(Person.id) == Capacity.person_id)
    found = []
    for offer in session.exec(offers.where(Capacity.places > 0, col(Person.left_on).is_(None))):
        usable = profile_rules.usable_places(
            offer.places,
            offer.hours,
            offer.confirmed_hours,
            confirm=settings.confirm_hours,
            hours_per_pair=settings.hours_per_pair,
        )
        taken = load.get(offer.person_id, 0)
        found.append(
            MentorFacts(
                offer.person_id,
                levels.get(offer.person_id, {}),
                comfort.get(offer.person_id),
                profile_rules.free_places(usable, taken),
                taken,
                profile_rules.is_paused(offer.paused, offer.paused_until, today),
            )
        )
    return tuple(found)


def willing_levels(session: Session) -> dict[int, dict[int, int]]:
    """Return by person the levels in the domains that they want to pass on."""
    found: dict[int, dict[int, int]] = {}
    willing = select(Expertise.person_id, Expertise.domain_id, Expertise.level).where(col(Expertise.willing).is_(True))
    for person_id, domain_id, level in session.exec(willing):
        found.setdefault(person_id, {})[domain_id] = level
    return found


def _apart(session: Session) -> list[tuple[int, int]]:
    blocks = session.exec(select(Wish.person_id, Wish.other_id).where(col(Wish.wanted).is_(False))).all()
    return [*blocks, *mentorships.apart(session)]


def _urgency(session: Session, domains: Iterable[Domain]) -> dict[int, float]:
    query = select(Expertise.domain_id, Plan.horizon).join(Person, col(Person.id) == Expertise.person_id)
    query = query.join(Plan, col(Plan.person_id) == Expertise.person_id, isouter=True)
    held: dict[int, list[str]] = {}
    for domain_id, horizon in session.exec(
        query.where(Expertise.level >= coverage.HOLDS, col(Person.left_on).is_(None))
    ):
        held.setdefault(domain_id, []).append(horizon or "unknown")
    return {d.id: coverage.urgency(held.get(d.id, [])) for d in domains if d.id is not None}
