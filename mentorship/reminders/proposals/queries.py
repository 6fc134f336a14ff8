"""Reads of proposals that wait, and of who was reminded of one; a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import chunked
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need, RequestOutcome
from mentorship.mentorships.models import JUNIOR, MENTOR, PROPOSED, Mentorship, ProposalReminder
from mentorship.mentorships.rules import last_day
from mentorship.people.models import Person
from mentorship.people.queries import persons, site_names
from mentorship.profiles.queries import domain_names
from mentorship.programme.queries import programme
from mentorship.reminders.proposals import rules

COUNTED = timedelta(weeks=8)
"""How far back the page counts what became of proposals."""
TOLD = timedelta(weeks=4)
"""How long a slip can be printed that says that nobody was found."""


@dataclass(frozen=True)
class Side:
    """One of the two of a proposal: whether they answered, opened it, were reminded."""

    person: Person
    side: str
    accepted: bool
    seen: bool
    reminded_at: datetime | None

    @property
    def by_mail(self) -> bool:
        """Tell whether there is an address to write to."""
        return bool(self.person.email)


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits: on whom, and until when."""

    id: int
    request_id: int | None
    junior: Side
    mentor: Side
    domain: str
    site: str
    round_name: str
    proposed_on: date
    last_day: date
    left: int

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides, the junior first."""
        return self.junior, self.mentor

    @property
    def silent(self) -> list[Side]:
        """On whom it waits."""
        return [side for side in self.sides if not side.accepted]

    @property
    def soon(self) -> bool:
        """Whether it lapses within a week."""
        return self.left <= rules.SOON


_COLUMNS = (
    Mentorship.id,
    Mentorship.request_id,
    Mentorship.domain_id,
    Mentorship.round_name,
    Mentorship.proposed_at,
    Mentorship.junior_id,
    Mentorship.junior_accepted,
    Mentorship.junior_seen_at,
    Mentorship.mentor_id,
    Mentorship.mentor_accepted,
    Mentorship.mentor_seen_at,
)


def waiting(session: Session, now: datetime) -> list[Waiting]:
    """Return the proposals that wait for an answer and are in time, the first to lapse first."""
    query = select(*_COLUMNS)  # type: ignore[call-overload]
    query = query.where(Mentorship.status == PROPOSED)
    rows = list(session.execute(query.order_by(col(Mentorship.id))))
    ids = {row.junior_id for row in rows} | {row.mentor_id for row in rows}
    known = _Known(
        persons(session, ids),
        last_reminded(session),
        domain_names(session),
        site_names(session),
        programme(session).proposal_days,
        now,
    )
    found = [known.read(row) for row in rows]
    in_time = [one for one in found if one.left]
    in_time.sort(key=lambda one: (one.last_day, one.id))
    return in_time


@dataclass(frozen=True)
class _Known:
    """What is looked up once for all proposals."""

    people: Mapping[int, Person]
    reminded: Mapping[int, datetime]
    domains: Mapping[int, str]
    sites: Mapping[int, str]
    days: int
    now: datetime

    def read(self, row: Any) -> Waiting:
        """Return what a row says."""
        proposed_on = local_date(row.proposed_at or self.now)
        last = last_day(proposed_on, self.days)
        junior = self._side(
            JUNIOR,
            row.junior_id,
            row.junior_accepted,
            row.junior_seen_at,
        )
        mentor = self._side(
            MENTOR,
            row.mentor_id,
            row.mentor_accepted,
            row.mentor_seen_at,
        )
        return Waiting(
            id=row.id,
            request_id=row.request_id,
            junior=junior,
            mentor=mentor,
            domain=self.domains[row.domain_id],
            site=self.sites.get(junior.person.site_id, ""),
            round_name=row.round_name,
            proposed_on=proposed_on,
            last_day=last,
            left=rules.days_left(last, local_date(self.now)),
        )

    def _side(
        self,
        side: str,
        person_id: int,
        accepted: bool | None,
        seen_at: datetime | None,
    ) -> Side:
        return Side(
            self.people[person_id],
            side,
            accepted=bool(accepted),
            seen=seen_at is not None,
            reminded_at=self.reminded.get(person_id),
        )


def count_soon(session: Session, now: datetime) -> int:
    """Count the proposals that lapse within a week if nobody answers."""
    patience = timedelta(days=programme(session).proposal_days)
    today = local_date(now)
    first_in_time = wall_time(today - patience, 0)
    soon = wall_time(
        today - patience + timedelta(days=rules.SOON),
        0,
    )
    query = select(func.count()).where(
        Mentorship.status == PROPOSED,
        col(Mentorship.proposed_at) >= first_in_time,
        col(Mentorship.proposed_at) < soon,
    )
    return session.exec(query).one()


def last_reminded(session: Session) -> dict[int, datetime]:
    """Return when each was last reminded of a proposal, by whomever."""
    query = select(
        ProposalReminder.person_id,
        func.max(ProposalReminder.reminded_at),
    )
    rows = session.exec(query.group_by(col(ProposalReminder.person_id)))
    return dict(rows.all())


def reminded_by_service(session: Session, pair_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return of which of these proposals the service itself reminded whom."""
    found: set[tuple[int, int]] = set()
    for some in chunked(pair_ids):
        query = select(
            ProposalReminder.mentorship_id,
            ProposalReminder.person_id,
        ).where(
            col(ProposalReminder.mentorship_id).in_(some),
            col(ProposalReminder.by_id).is_(None),
        )
        found |= set(session.exec(query))
    return found


def became(session: Session, now: datetime) -> dict[str, int]:
    """Count by how they stand the proposals of the last weeks; those of an import were none."""
    since = wall_time(
        local_date(now) - COUNTED,
        0,
    )
    query = select(
        Mentorship.status,
        Mentorship.mentor_accepted,
        Mentorship.junior_accepted,
        func.count(),
    ).where(
        Mentorship.origin != "import",
        col(Mentorship.proposed_at) >= since,
    )
    grouped = query.group_by(
        Mentorship.status,
        col(Mentorship.mentor_accepted),
        col(Mentorship.junior_accepted),
    )
    counted: dict[str, int] = {}
    for status, mentor, junior, number in session.exec(grouped):
        lapsed = status == "refused" and False not in (mentor, junior)
        stands = "lapsed" if lapsed else status
        counted[stands] = counted.get(stands, 0) + number
    return counted


@dataclass(frozen=True)
class FoundNobody:
    """For whom a published round found nobody, with what is told of it, and the domain of the main need."""

    person: Person
    outcome: RequestOutcome
    domain: str


def found_nobody(session: Session, since: datetime) -> list[FoundNobody]:
    """Return for whom rounds since a moment found nobody, of those whose request is still open, by name."""
    query = (
        select(
            RequestOutcome,
            MentorRequest.person_id,
            Need.domain_id,
        )
        .join(MentorRequest, col(MentorRequest.id) == RequestOutcome.request_id)
        .join(Need, col(Need.request_id) == RequestOutcome.request_id)
        .where(
            col(RequestOutcome.told_at) >= since,
            MentorRequest.status == OPEN,
            Need.position == 1,
        )
    )
    rows = list(session.exec(query))
    people = persons(session, _ids(rows))
    domains = domain_names(session) if rows else {}
    found = []
    for outcome, person_id, domain_id in rows:
        person = people[person_id]
        if person.left_on is None:
            told = FoundNobody(
                person,
                outcome,
                domains[domain_id],
            )
            found.append(told)
    found.sort(key=lambda one: one.person.sort_key)
    return found


def _ids(rows: Iterable[tuple[RequestOutcome, int, int]]) -> set[int]:
    return {person_id for _, person_id, _ in rows}
