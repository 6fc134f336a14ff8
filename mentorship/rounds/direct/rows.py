"""The mentors of a pool side by side, ready to be shown to whoever pairs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.figures import pips
from mentorship.base.figures.pips import Pips
from mentorship.base.figures.score import Score
from mentorship.base.i18n import decimal, gettext
from mentorship.mentorships import explanation
from mentorship.mentorships.models import JUNIOR
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.away.queries import presence
from mentorship.profiles.words import LEVELS
from mentorship.rounds.direct import queries, words
from mentorship.rounds.direct.meeting import Shared, shared
from mentorship.rounds.direct.pool import Candidate, Moved, Pool
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.facts import MentorFacts

AT_ONCE = 5
"""So many mentors stand side by side; more on demand."""


@dataclass(frozen=True)
class Cost:
    """What choosing a mentor takes from open requests: how bad, in words, and from whom."""

    tone: str
    glyph: str
    said: str
    whom: Sequence[str]


@dataclass(frozen=True)
class Row:
    """A mentor who could be chosen."""

    rank: int
    mentor: Person
    level: str
    bar: Score | None
    first: str
    shifts: str
    pips: Pips
    hours: str
    cost: Cost
    advised: bool
    chosen: bool
    meeting: Shared


class Beside:
    """Makes the rows of one page, with a fixed number of reads."""

    def __init__(
        self, session: Session, pool: Pool, shown: Sequence[Candidate], now: datetime, *, merged: bool
    ) -> None:
        self._session = session
        self._pool = pool
        self._merged = merged
        self._today = local_date(now)
        self._moves = {one.mentor_id: pool.moves(one.mentor_id) for one in shown if one.lost or one.value > 0}
        self._asked = queries.asked_since(session, self._movers())
        named = {one.mentor_id for one in shown} | {person for person, _ in self._asked.values()}
        self._people = people.persons(session, named)
        self._offers = {offer.person: offer for offer in pool.records.mentors}
        self._hours = queries.hours_offered(session, [one.mentor_id for one in shown])
        self._floor = queries.terms(session).floor
        self._explainer = self._explaining()
        self._junior = self._request.person
        both = [self._junior, *(one.mentor_id for one in shown)]
        self._times = presence(session, both, self._today).timetables

    def _explaining(self) -> Explainer:
        names = profiles.domain_names(self._session)
        terms = queries.terms(self._session)
        return Explainer(self._pool.gathered, self._pool.records, terms, names)

    @property
    def _request(self) -> Any:
        by_id = {request.id: request for request in self._pool.records.requests}
        return by_id[int(self._pool.gathered.request_ids[self._pool.row])]

    def _movers(self) -> set[int]:
        return {moved.request_id for moves in self._moves.values() for moved in moves}

    def row(self, rank: int, candidate: Candidate, *, advised: bool, chosen: bool) -> Row:
        """Return one mentor as a row."""
        explained = self._explainer.explain(candidate.edge)
        side = JUNIOR if self._merged else None
        offer: MentorFacts = self._offers[candidate.mentor_id]
        met = self._met(candidate.mentor_id, remote=explained["remote"])
        main_need = self._request.needs[0].domain
        return Row(
            rank=rank,
            mentor=self._people[candidate.mentor_id],
            level=gettext(LEVELS[offer.levels.get(main_need, 0)]),
            bar=explanation.drawn(explained, side=side, floor=self._floor),
            first=words.first_day(met.first),
            shifts=words.of_shifts(met.together, met.shifts),
            pips=pips.places(offer.load, offer.load + offer.places, proposed=1),
            hours=gettext("Hours a week: %(hours)s", hours=decimal(self._hours.get(candidate.mentor_id, 0))),
            cost=self._cost(candidate),
            advised=advised,
            chosen=chosen,
            meeting=met,
        )

    def _met(self, mentor_id: int, *, remote: bool) -> Shared:
        return shared(self._time(self._junior), self._time(mentor_id), self._today, remote=remote)

    def _time(self, person_id: int) -> Any:
        return self._times.get(person_id) or self._pool.records.people[person_id].timetable

    def _cost(self, candidate: Candidate) -> Cost:
        moves = self._moves.get(candidate.mentor_id, [])
        if candidate.lost:
            gone = [moved for moved in moves if moved.after is None]
            return Cost("bad", "alert-triangle", words.lost(candidate, merged=self._merged), self._who_waits(gone))
        less = words.worse(moves)
        if less:
            said = words.fits_less(len(less), merged=self._merged)
            return Cost("", "arrows-exchange", said, self._who_fits_less(less))
        return Cost("good", "circle-check", gettext("Nothing"), ())

    def _who_waits(self, moves: Collection[Moved]) -> list[str]:
        if self._merged:
            return []
        found = []
        for moved in moves:
            person_id, since = self._asked[moved.request_id]
            days = (self._today - local_date(since)).days
            found.append(f"{self._people[person_id].name}, {words.waits(days)}")
        return found

    def _who_fits_less(self, moves: Collection[Moved]) -> list[str]:
        if self._merged:
            return []
        named = [(self._people[self._asked[moved.request_id][0]].name, moved.change) for moved in moves]
        return [f"{name}, {words.points(change)}" for name, change in named]


def rows(
    session: Session,
    pool: Pool,
    shown: Sequence[Candidate],
    marks: Mapping[str, int | None],
    now: datetime,
    *,
    merged: bool,
) -> list[Row]:
    """Return the mentors who are shown; `marks`: who is "advised" and who is "chosen"."""
    beside = Beside(session, pool, shown, now, merged=merged)
    found = []
    for rank, candidate in enumerate(shown, 1):
        row = beside.row(
            rank,
            candidate,
            advised=candidate.mentor_id == marks["advised"],
            chosen=candidate.mentor_id == marks["chosen"],
        )
        found.append(row)
    return found
