"""How a round fell out for its groups; the same few queries however many people there are. Papers use it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.disclosure import Group, grouped
from mentorship.matching import SCALE
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people.models import Person
from mentorship.profiles.rosters.models import DayOff, Roster, RosterDay, Shift, WorkTime
from mentorship.rounds.fairness import rules
from mentorship.rounds.fairness.rules import Fell
from mentorship.rounds.models import Round, RoundPair, RoundUnmatched


def of_round(session: Session, found: Round) -> dict[str, list[Fell]]:
    """Return how a round fell out: as it was kept at publishing, else by sites and rosters of today.

    What is reckoned anew after somebody moved tells, beside what was read before, how it went for them: papers, which
    go from hand to hand, take only what was kept.
    """
    kept = rules.as_kept(found.quality)
    if kept is not None:
        return kept
    round_id = id_of(found)
    return fairness(
        session,
        round_id,
    )


def fairness(session: Session, round_id: int) -> dict[str, list[Fell]]:
    """Return, for each way to part the juniors of a solved round, its groups of five or more; none for smaller rounds.

    No combination of the groups is of fewer than five people, nor is any of those whose mean score is told.
    """
    scores = _scores(session, round_id)
    parted = _parted(session, round_id, scores)
    groups = grouped(parted)
    means = _means(groups, scores)
    found = {}
    for way, of_way in groups.items():
        found[way] = [
            Fell(
                group.key,
                len(group.members),
                len(_placed(group, scores)),
                means[way].get(_name(group)),
            )
            for group in of_way
        ]
    return found


def _scores(session: Session, round_id: int) -> dict[int, int | None]:
    """Return the score of each junior of the round in millionths, None for whom nobody was found."""
    person = col(MentorRequest.person_id)
    nobody = columns(person).join(
        RoundUnmatched,
        col(RoundUnmatched.request_id) == MentorRequest.id,
    )
    somebody = columns(person, col(RoundPair.score)).join(
        RoundPair,
        col(RoundPair.request_id) == MentorRequest.id,
    )
    left = session.scalars(
        nobody.where(col(RoundUnmatched.round_id) == round_id),
    )
    placed = session.execute(
        somebody.where(col(RoundPair.round_id) == round_id),
    )
    found: dict[int, int | None] = dict.fromkeys(left)
    found.update(dict(placed.all()))
    return found


def _means(groups: Mapping[str, Sequence[Group]], scores: Mapping[int, int | None]) -> dict[str, dict[str, float]]:
    """Return the mean scores of those who got a place, in each way by group; of who stands alone in that, none."""
    placed: dict[str, dict[int, str]] = {}
    for way, of_way in groups.items():
        placed[way] = {person: _name(group) for group in of_way for person in _placed(group, scores)}
    found: dict[str, dict[str, float]] = {}
    for way, told in grouped(placed).items():
        found[way] = {group.key: _mean(group, scores) for group in told if group.key is not None}
    return found


def _placed(group: Group, scores: Mapping[int, int | None]) -> list[int]:
    return [person for person in group.members if scores[person] is not None]


def _name(group: Group) -> str:
    return "" if group.key is None else group.key


def _mean(group: Group, scores: Mapping[int, int | None]) -> float:
    got = [(scores[person] or 0) / SCALE for person in group.members]
    return sum(got) / len(got)


def _parted(session: Session, round_id: int, scores: Mapping[int, int | None]) -> dict[str, dict[int, str]]:
    """Return in which group each junior stands, in every way."""
    rosters = _rosters(session)
    days_off = _days_off(session)
    this = session.get_one(Round, round_id)
    waited = _waited(session, this.published_at)
    found: dict[str, dict[int, str]] = {way: {} for way in rules.WAYS}
    for person in session.execute(_people(round_id)):
        if person.id not in scores:
            continue
        shifts, days = rosters.get(person.roster_id, ([], 0))
        hours = rules.hours_a_week(
            shifts,
            days,
            days_off.get(person.id, 0),
        )
        groups = {
            rules.SITE: str(person.site_id),
            rules.SHIFTS: rules.shifts_group(shifts),
            rules.HOURS: rules.hours_group(hours),
            rules.LANGUAGE: rules.language_group(person.languages),
            rules.WAITED: rules.waited_group(waited.get(person.id, 0)),
        }
        for way, group in groups.items():
            found[way][person.id] = group
    return found


def _people(round_id: int) -> Any:
    """Return a query of the juniors of a round."""
    query = columns(
        col(Person.id),
        col(Person.site_id),
        col(Person.languages),
        col(WorkTime.roster_id),
    )
    query = query.join(
        WorkTime,
        col(WorkTime.person_id) == Person.id,
        isouter=True,
    )
    return query.where(col(Person.id).in_(_juniors(round_id)))


def _juniors(round_id: int) -> Any:
    """Return a query of the ids of the juniors of a round."""
    placed = columns(col(RoundPair.request_id)).where(
        col(RoundPair.round_id) == round_id,
    )
    left = columns(col(RoundUnmatched.request_id)).where(
        col(RoundUnmatched.round_id) == round_id,
    )
    asked = placed.union(left)
    person = columns(col(MentorRequest.person_id))
    return person.where(
        col(MentorRequest.id).in_(asked),
    )


def _rosters(session: Session) -> dict[int, tuple[list[rules.Times], int]]:
    """Return the times of the shifts of each roster, and how many days it has."""
    query = columns(
        col(Roster.id),
        col(Roster.days),
        col(Shift.begins),
        col(Shift.ends),
    )
    query = query.join(
        RosterDay,
        col(RosterDay.roster_id) == Roster.id,
    )
    query = query.join(
        Shift,
        col(Shift.id) == RosterDay.shift_id,
    )
    query = query.where(
        col(Shift.begins).is_not(None),
        col(Shift.ends).is_not(None),
    )
    found: dict[int, tuple[list[rules.Times], int]] = {}
    for roster_id, days, begins, ends in session.execute(query):
        shifts, _days = found.setdefault(roster_id, ([], days))
        shifts.append((begins, ends))
    return found


def _days_off(session: Session) -> dict[int, int]:
    query = columns(
        col(DayOff.person_id),
        func.count(),
    )
    by_person = query.group_by(col(DayOff.person_id))
    rows = session.execute(by_person)
    return dict(rows.all())


def _waited(session: Session, before: datetime | None) -> dict[int, int]:
    """Count the published rounds that found nobody for each person; `before`: of those that were published sooner."""
    published_at = col(Round.published_at)
    person = col(MentorRequest.person_id)
    query = columns(person, func.count())
    query = query.join(
        RoundUnmatched,
        col(RoundUnmatched.request_id) == MentorRequest.id,
    )
    query = query.join(
        Round,
        col(Round.id) == RoundUnmatched.round_id,
    )
    query = query.where(published_at.is_not(None))
    if before is not None:
        query = query.where(published_at < before)
    rows = session.execute(query.group_by(person))
    return dict(rows.all())
