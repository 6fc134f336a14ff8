"""Reads of published figures, and of the answers that a closed quarter is published from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins import balance
from mentorship.checkins.models import ANSWERED, Answer, CheckIn
from mentorship.checkins.settings.queries import wordings
from mentorship.disclosure import DOMAIN, LEVELS, ORGANISATION, SITE, Counted, Earlier, Figure, Place, choose
from mentorship.insight.published import rules
from mentorship.insight.published.models import CountedAnswer, CountedPerson, PublishedFigure
from mentorship.mentorships.models import JUNIOR, MENTOR, Mentorship
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.people.objections import FIGURES, objected
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import visibility

SIDES = (JUNIOR, MENTOR)


class Said(NamedTuple):
    """Who said something about which pair in a quarter, and where it counts."""

    person_id: int
    pair: int
    site: int
    domain: int


Means = dict[Said, float]


@dataclass(frozen=True)
class ClosedSide:
    """One side of a quarter: who counts (numbers of their own, not those of people), who is held, what is published."""

    side: str
    counted: list[Counted]
    held: list[Counted]
    figures: list[Figure]


@dataclass(frozen=True)
class Closing:
    """A quarter that is ready to be published: both sides, who counts for the first time, and what groups are called.

    `numbers`: the person -> the number they will be known by here.
    """

    quarter: date
    sides: list[ClosedSide]
    numbers: dict[int, int]
    names: dict[Place, str]


GROUPING = (
    col(CheckIn.person_id),
    col(CheckIn.mentorship_id),
    col(Person.site_id),
    col(Mentorship.domain_id),
    col(CheckIn.set_id),
)
"""Whose answers about which pair, where they count, and to which version of the questions."""
JOINED: tuple[tuple[Any, Any], ...] = (
    (Answer, col(Answer.check_in_id) == CheckIn.id),
    (Mentorship, col(Mentorship.id) == CheckIn.mentorship_id),
    (Person, col(Person.id) == CheckIn.person_id),
)


def quarters(session: Session) -> list[date]:
    """Return the quarters that were published, the newest first."""
    quarter = col(PublishedFigure.quarter)
    query = select(quarter).distinct()
    newest_first = query.order_by(quarter.desc())
    return list(session.exec(newest_first))


def figures(session: Session, quarter: date) -> list[PublishedFigure]:
    """Return the figures of a quarter in their order: the organisation, sites, domains, by name."""
    query = select(PublishedFigure).where(PublishedFigure.quarter == quarter)
    by_name = query.order_by(
        col(PublishedFigure.name),
        col(PublishedFigure.key),
    )
    found = list(session.exec(by_name))
    found.sort(key=_level)
    return found


def of_the_whole(session: Session) -> list[PublishedFigure]:
    """Return the figures of the organisation in every quarter, the newest first."""
    query = select(PublishedFigure).where(PublishedFigure.level == ORGANISATION)
    newest_first = query.order_by(
        col(PublishedFigure.quarter).desc(),
        col(PublishedFigure.side),
    )
    return list(session.exec(newest_first))


def _level(figure: PublishedFigure) -> int:
    return LEVELS.index(figure.level)


def to_publish(session: Session, now: datetime) -> Closing | None:
    """Return the quarter that is closed and not published yet; None when there is none, or it may not be."""
    quarter = rules.last_closed(local_date(now))
    if not rules.may_publish(visibility(session), quarter):
        return None
    if quarter in quarters(session):
        return None
    said = {side: _said(session, side, quarter) for side in SIDES}
    if not any(said.values()):
        return None
    numbers = _numbered(session, said)
    sides = []
    for side in SIDES:
        closed = _closed(session, side, said[side], numbers)
        sides.append(closed)
    known = _known(session)
    return Closing(
        quarter,
        sides,
        {person_id: number for person_id, number in numbers.items() if person_id not in known},
        _names(session),
    )


def _said(session: Session, side: str, quarter: date) -> Means:
    """Return the mean of what each of a side said about each pair, in its newest series of the quarter alone."""
    worded = wordings(session)
    rows = session.execute(_sums(side, quarter)).all()
    newest = max((worded[row.set_id, side].series for row in rows), default=0)
    sums: dict[Said, tuple[int, int]] = {}
    for *whose, set_id, total, number in rows:
        if worded[set_id, side].series == newest:
            key = Said(*whose)
            total_before, number_before = sums.get(key, (0, 0))
            sums[key] = (total_before + total, number_before + number)
    return {key: balance.mean(*together) for key, together in sums.items()}


def _sums(side: str, quarter: date) -> Any:
    """Return a query of the sum and number of the answers of a side about each pair, by version of the questions.

    An answer counts in the quarter in which it was asked: correcting it never moves it into another. Whoever objected
    to being counted is left out.
    """
    begins, ends = rules.bounds(quarter)
    opened_at = col(CheckIn.opened_at)
    value = col(Answer.value)
    query = columns(
        *GROUPING,
        func.sum(value).label("total"),
        func.count(value).label("number"),
    )
    query = query.select_from(CheckIn).where(
        col(CheckIn.side) == side,
        col(CheckIn.status) == ANSWERED,
        opened_at >= begins,
        opened_at < ends,
        col(CheckIn.person_id).not_in(objected(FIGURES)),
        value.is_not(None),
        col(Answer.key).not_in(balance.OUTSIDE),
    )
    for table, condition in JOINED:
        query = query.join(table, condition)
    return query.group_by(*GROUPING)


def _known(session: Session) -> dict[int, int]:
    """Return by which number each person is known here."""
    whose = col(CountedPerson.whose_id)
    number = col(CountedPerson.id)
    query = columns(whose, number).where(
        whose.is_not(None),
    )
    rows = session.execute(query).all()
    return dict(rows)


def _numbered(session: Session, said: dict[str, Means]) -> dict[int, int]:
    """Return a number for everybody who counts: the one they have, or the next."""
    numbers = _known(session)
    query = select(func.max(CountedPerson.id))
    last = session.exec(query).one() or 0
    fresh = set()
    for side in said.values():
        fresh |= {one.person_id for one in side}
    fresh -= numbers.keys()
    for person_id in sorted(fresh):
        last += 1
        numbers[person_id] = last
    return numbers


def _closed(session: Session, side: str, said: Means, numbers: dict[int, int]) -> ClosedSide:
    seen = _seen(session, side)
    earlier = _earlier(session, side)
    counted = []
    held = []
    for one, value in said.items():
        number = numbers[one.person_id]
        each = Counted(
            number,
            one.pair,
            one.site,
            one.domain,
            value,
        )
        if earlier and number not in seen:
            held.append(each)
        else:
            counted.append(each)
    return ClosedSide(
        side,
        counted,
        held,
        choose(earlier, counted),
    )


def _seen(session: Session, side: str) -> set[int]:
    """Return who of a side answered in an earlier quarter."""
    query = select(CountedAnswer.counted_id).where(
        CountedAnswer.side == side,
    )
    found = session.exec(query.distinct())
    return set(found)


def _earlier(session: Session, side: str) -> list[Earlier]:
    """Return what was published of a side before, the oldest first, with who stood behind it."""
    members = _members(session, side)
    places = _places(session, side)
    found = []
    for quarter in sorted(places):
        one = Earlier(members[quarter], places[quarter])
        found.append(one)
    return found


def _members(session: Session, side: str) -> dict[date, list[Counted]]:
    """Return who of a side counted in each quarter."""
    query = select(CountedAnswer).where(
        CountedAnswer.side == side,
        col(CountedAnswer.held).is_(False),
    )
    found: dict[date, list[Counted]] = defaultdict(list)
    for row in session.exec(query):
        counted = Counted(
            row.counted_id,
            row.pair,
            row.site,
            row.domain,
        )
        found[row.quarter].append(counted)
    return found


def _places(session: Session, side: str) -> dict[date, set[Place]]:
    """Return of which places figures of a side can be read, by quarter: also of one in which all are hidden."""
    query = select(PublishedFigure).where(
        PublishedFigure.side == side,
    )
    found: dict[date, set[Place]] = defaultdict(set)
    for figure in session.exec(query):
        here = found[figure.quarter]
        if not figure.hidden:
            place = Place(figure.level, figure.key)
            here.add(place)
    return found


def _names(session: Session) -> dict[Place, str]:
    found = {}
    sites = people.site_names(session)
    for key, name in sites.items():
        place = Place(SITE, key)
        found[place] = name
    domains = profiles.domain_names(session)
    for key, name in domains.items():
        place = Place(DOMAIN, key)
        found[place] = name
    return found
