"""Reads what the outcomes are counted from, in a fixed number of queries, whoever and however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.insight.outcomes import facts
from mentorship.insight.outcomes.facts import ALONE, Facts, Guided, Learning, Load, Pair, Reached, Wish
from mentorship.insight.outcomes.models import KeptOutcome
from mentorship.insight.outcomes.quarters import WHOLE, Closed, close, read
from mentorship.insight.published.rules import last_closed, next_quarter
from mentorship.mentor_requests.models import OPEN, PLACED, WITHDRAWN, MentorRequest
from mentorship.mentorships.goals.models import CONFIRMED, Goal, LevelClaim
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.rules import Balance, balance
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, PROPOSED, Mentorship
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import queries as rosters

BEGUN = (ACTIVE, PAUSED, ENDED)


def gathered(session: Session, until: date) -> Facts:
    """Return what happened, and which hours mentors noted in the last weeks before a day."""
    rows = _pairs(session)
    pairs = [_pair(row) for row in rows]
    learning, reached = _learnt(session)
    return Facts(
        wishes=_wishes(session, rows),
        pairs=pairs,
        learning=learning,
        reached=reached,
        guided=_guided(session, pairs),
        loads=_loads(session, until - timedelta(days=1)),
        sites=people.site_names(session),
    )


def _pairs(session: Session) -> Sequence[Any]:
    query = columns(
        col(Mentorship.request_id),
        col(Mentorship.mentor_id),
        col(Mentorship.junior_id),
        col(Person.site_id),
        col(Mentorship.status),
        col(Mentorship.mentor_accepted),
        col(Mentorship.junior_accepted),
        col(Mentorship.proposed_at),
        col(Mentorship.started_on),
        col(Mentorship.ended_on),
        col(Mentorship.ended_as),
        col(Mentorship.by_leaving),
    )
    with_site = query.join(Person, col(Person.id) == Mentorship.junior_id)
    return session.execute(with_site.order_by(col(Mentorship.started_on), col(Mentorship.id))).all()


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else local_date(moment)


def _pair(row: Any) -> Pair:
    return Pair(
        junior=row.junior_id,
        mentor=row.mentor_id,
        site=row.site_id,
        proposed=_day(row.proposed_at),
        answer=_answer(row),
        begun=row.status in BEGUN,
        started=row.started_on,
        ended=row.ended_on,
        ended_as=row.ended_as,
        left=row.by_leaving,
    )


def _answer(row: Any) -> str:
    answers = row.mentor_accepted, row.junior_accepted
    if False in answers:
        return facts.NO
    if all(answers):
        return facts.YES
    return facts.OPEN if row.status == PROPOSED else facts.LAPSED


def _wishes(session: Session, pairs: Iterable[Any]) -> list[Wish]:
    by_request: dict[int, list[Any]] = defaultdict(list)
    for pair in pairs:
        if pair.request_id is not None:
            by_request[pair.request_id].append(pair)
    query = columns(
        col(MentorRequest.id),
        col(MentorRequest.person_id),
        col(Person.site_id),
        col(MentorRequest.status),
        col(MentorRequest.created_at),
        col(MentorRequest.changed_at),
    )
    with_site = query.join(Person, col(Person.id) == MentorRequest.person_id)
    found = []
    for row in session.execute(with_site):
        wish = _wish(row, by_request.get(row.id, []))
        if wish is not None:
            found.append(wish)
    return found


def _wish(row: Any, pairs: Sequence[Any]) -> Wish | None:
    """Return a request; None for one that came with its pair, and one whose pair is known no more."""
    asked = local_date(row.created_at)
    runs = [(pair.started_on, pair.ended_on) for pair in pairs if pair.status in BEGUN]
    gone = row.status == PLACED and not pairs
    if gone or _came_with_pair(asked, runs):
        return None
    stopped = local_date(row.changed_at) if row.status == WITHDRAWN else None
    waits_on = row.status == OPEN or any(pair.status == PROPOSED for pair in pairs)
    return Wish(
        person=row.person_id,
        site=row.site_id,
        asked=asked,
        matched=runs[0][0] if runs else None,
        stopped=stopped,
        waits=facts.waits(
            asked,
            runs,
            stopped,
            still=waits_on,
        ),
    )


def _came_with_pair(asked: date, runs: Iterable[tuple[date | None, date | None]]) -> bool:
    """Tell whether a pair ran before it was asked for, as one does that was taken in from a file."""
    return any(started is None or started < asked for started, _ended in runs)


def _learnt(session: Session) -> tuple[list[Learning], list[Reached]]:
    """Return what is learned from below "on their own", and every step that was confirmed."""
    steps = []
    alone: dict[int, datetime] = {}
    for row in session.execute(_confirmed()):
        step = Reached(
            row.junior_id,
            row.site_id,
            local_date(row.settled_at),
        )
        steps.append(step)
        if row.level >= ALONE and row.goal_id not in alone:
            alone[row.goal_id] = row.settled_at
    return list(_learning(session, alone)), steps


def _confirmed() -> Any:
    """Return a query of the steps that were confirmed, the oldest first."""
    query = columns(
        col(LevelClaim.goal_id),
        col(LevelClaim.level),
        col(LevelClaim.settled_at),
        col(Mentorship.junior_id),
        col(Person.site_id),
    )
    joined = _of_junior(query.join(Goal, col(Goal.id) == LevelClaim.goal_id))
    confirmed = joined.where(col(LevelClaim.status) == CONFIRMED)
    return confirmed.order_by(col(LevelClaim.settled_at), col(LevelClaim.id))


def _of_junior(query: Any) -> Any:
    """Join the pair of a goal and its junior."""
    with_pair = query.join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
    return with_pair.join(Person, col(Person.id) == Mentorship.junior_id)


def _learning(session: Session, alone: Mapping[int, datetime]) -> Iterator[Learning]:
    query = columns(
        col(Goal.id),
        col(Goal.made_at),
        col(Goal.dropped_at),
        col(Mentorship.ended_on),
        col(Mentorship.junior_id),
        col(Person.site_id),
    ).select_from(Goal)
    below = _of_junior(query).where(
        col(Goal.start_level) < ALONE,
        col(Goal.target_level) >= ALONE,
    )
    for row in session.execute(below):
        ends = [day for day in (_day(row.dropped_at), row.ended_on) if day is not None]
        yield Learning(
            junior=row.junior_id,
            site=row.site_id,
            since=local_date(row.made_at),
            reached=_day(alone.get(row.id)),
            stopped=min(ends, default=None),
        )


def _guided(session: Session, pairs: Iterable[Pair]) -> list[Guided]:
    """Return every junior of a pair that began on a known day."""
    query = columns(col(Person.id), col(Person.left_on)).where(col(Person.left_on).is_not(None))
    left = dict(session.execute(query).all())
    first: dict[int, Pair] = {}
    for pair in pairs:
        if pair.begun and pair.started is not None:
            first.setdefault(pair.junior, pair)
    found = []
    for person_id, pair in first.items():
        assert pair.started is not None
        one = Guided(
            person_id,
            pair.site,
            pair.started,
            left.get(person_id),
        )
        found.append(one)
    return found


def _loads(session: Session, day: date) -> list[Load]:
    """Return what mentors gave in the last four weeks that they noted, as it stands beside what they promised."""
    query = columns(
        col(Capacity.person_id),
        col(Person.site_id),
        col(Capacity.hours),
    ).join(Person, col(Person.id) == Capacity.person_id)
    promised = {row.person_id: row for row in session.execute(query)}
    timetables = rosters.timetables(session)
    found = []
    for mentor_id, weeks in hours.weeks(
        session,
        timetables,
        day,
    ).items():
        offer = promised.get(mentor_id)
        last = balance([week for week in weeks if week.monday <= day])
        if offer is not None and last is not None:
            load = _load(offer, last)
            found.append(load)
    return found


def _load(offer: Any, last: Balance) -> Load:
    confirmed = None if last.confirmed is None else float(last.confirmed) / last.weeks
    return Load(
        mentor=offer.person_id,
        site=offer.site_id,
        given=float(last.spent) / last.weeks,
        promised=float(offer.hours),
        confirmed=confirmed,
        over=last.over,
    )


def quarters(session: Session) -> list[date]:
    """Return the quarters of which outcomes are kept, the newest first."""
    quarter = col(KeptOutcome.quarter)
    query = select(quarter).where(col(KeptOutcome.site) == WHOLE)
    return list(session.exec(query.order_by(quarter.desc())))


def kept(session: Session, quarter: date) -> Closed | None:
    """Return what was kept of a quarter; None where nothing was."""
    query = select(KeptOutcome).where(KeptOutcome.quarter == quarter)
    found = {row.site: row for row in session.exec(query.order_by(KeptOutcome.name, col(KeptOutcome.id)))}
    whole = found.pop(WHOLE, None)
    if whole is None:
        return None
    return Closed(
        quarter,
        read(whole.figures),
        {site: read(row.figures) for site, row in found.items()},
        {site: row.name for site, row in found.items()},
    )


def to_keep(session: Session, now: datetime) -> Closed | None:
    """Return the last closed quarter while it is not kept yet; None when it is, or nobody had asked by then."""
    quarter = last_closed(local_date(now))
    if quarter in quarters(session):
        return None
    return close(gathered(session, next_quarter(quarter)), quarter)
