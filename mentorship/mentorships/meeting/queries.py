"""Reads of first meetings. The number of queries never grows with the pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given, chunked, id_of
from mentorship.base.prepared import prepared
from mentorship.matching import TOGETHER, together_days
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.meeting import rules
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.meeting.offered import AHEAD, Brought
from mentorship.mentorships.meeting.points import FORM
from mentorship.mentorships.meeting.rules import Choice, Choices
from mentorship.mentorships.models import JUNIOR, MENTOR, Mentorship
from mentorship.profiles import queries as profiles
from mentorship.profiles.away import queries as away

OFTEN = 2
"""A weekday is offered once they share so many shifts on it."""
AN_HOUR = 60


def rows_of(session: Session, mentorship_id: int) -> dict[str, MeetingPoint]:
    """Return the points at which something was chosen, by their keys."""
    query = select(MeetingPoint).where(MeetingPoint.mentorship_id == mentorship_id)
    rows = session.exec(query.execution_options(populate_existing=True))
    return {row.point: row for row in rows}


def choice_of(row: MeetingPoint) -> Choice:
    """Return how a point stands."""
    return Choice(row.agreed, row.proposed, row.side)


def choices_of(session: Session, mentorship_id: int) -> Choices:
    """Return how each point of a pair stands at which something was chosen."""
    return {key: choice_of(row) for key, row in rows_of(session, mentorship_id).items()}


def aside_at(session: Session, mentorship_id: int, person_id: int) -> datetime | None:
    """Return when somebody put the first meeting of a pair aside, None when they did not."""
    found = session.get(MeetingAside, (mentorship_id, person_id))
    return None if found is None else found.aside_at


def working_as(session: Session, mentorship_ids: Collection[int], form: str) -> set[int]:
    """Return those of these pairs that agreed to work together in this form."""
    found: set[int] = set()
    for ids in chunked(mentorship_ids):
        query = select(MeetingPoint.mentorship_id).where(
            MeetingPoint.point == FORM,
            MeetingPoint.agreed == form,
            col(MeetingPoint.mentorship_id).in_(ids),
        )
        found.update(session.exec(query))
    return found


def brought(session: Session, pair: Mentorship, today: date) -> Brought:
    """Return what a pair brings to choose from: by the rosters alone, as nobody's absence is told by it."""
    titles = {}
    for state in goals.of_pair(session, id_of(pair)):
        titles[state.goal.domain_id] = state.domain.title
    if not titles:
        titles[pair.domain_id] = profiles.domain_names(session)[pair.domain_id]
    remote = bool(pair.explanation.get("remote"))
    return Brought(_weekdays(session, pair, today, remote=remote), titles, remote)


def _weekdays(session: Session, pair: Mentorship, today: date, *, remote: bool) -> dict[int, int]:
    """Count by weekday the shifts that the two share in the coming weeks; a day that is rare is left out."""
    times = away.planned(session, [pair.mentor_id, pair.junior_id], today)
    junior = times.get(pair.junior_id)
    mentor = times.get(pair.mentor_id)
    if junior is None or mentor is None:
        return {}
    least = AN_HOUR if remote else TOGETHER
    shared = together_days(junior, mentor, today.toordinal(), AHEAD.days, least)
    counted = Counter(date.fromordinal(ordinal).weekday() for ordinal in shared)
    return {day: counted[day] for day in sorted(counted) if counted[day] >= OFTEN}


def domain_titles(session: Session, brings: Brought, choices: Choices) -> Mapping[int, str]:
    """Return what domains are called: those of the pair, or all where a choice names one that it has no more."""
    named = set()
    for choice in choices.values():
        named |= {rules.domain_of(choice.agreed), rules.domain_of(choice.proposed)}
    if named - {None} <= set(brings.domains):
        return brings.domains
    return profiles.domain_names(session)


@dataclass(frozen=True)
class OnDesk:
    """A pair of which the desk of one of the two speaks, and how far they are."""

    pair: Mentorship
    standing: rules.Standing


@dataclass(frozen=True)
class _Said:
    """What was chosen in pairs, by their ids: each point, and when a side proposed something last."""

    choices: Mapping[int, Choices]
    proposed: Mapping[tuple[int, str], datetime]


def _said(session: Session, mentorship_ids: Collection[int]) -> _Said:
    choices: dict[int, dict[str, Choice]] = {one: {} for one in mentorship_ids}
    proposed: dict[tuple[int, str], datetime] = {}
    for row in _points(session, mentorship_ids):
        choices[row.mentorship_id][row.point] = choice_of(row)
        by = row.mentorship_id, row.side
        proposed[by] = max(row.chosen_at, proposed.get(by, row.chosen_at))
    return _Said(choices, proposed)


@prepared
def _points(mentorship_ids: Collection[int]) -> SelectOfScalar[MeetingPoint]:
    return select(MeetingPoint).where(col(MeetingPoint.mentorship_id).in_(mentorship_ids))


@prepared
def _asides(person_id: Given[int]) -> SelectOfScalar[MeetingAside]:
    return select(MeetingAside).where(MeetingAside.person_id == person_id)


def on_desk(session: Session, person_id: int, pairs: Collection[Mentorship], today: date) -> list[OnDesk]:
    """Return of which of somebody's running pairs their desk speaks."""
    said = _said(session, [id_of(pair) for pair in pairs])
    aside = {row.mentorship_id: row.aside_at for row in _asides(session, person_id)}
    found = []
    for pair in pairs:
        side, other = (MENTOR, JUNIOR) if pair.mentor_id == person_id else (JUNIOR, MENTOR)
        stands = rules.standing(said.choices[id_of(pair)], side)
        shows = rules.is_on_desk(
            stands,
            began_on=pair.started_on,
            aside_at=aside.get(id_of(pair)),
            proposed_at=said.proposed.get((id_of(pair), other)),
            today=today,
        )
        if shows:
            found.append(OnDesk(pair, stands))
    return found
