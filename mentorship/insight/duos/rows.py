"""The rows of the list of pairs, each as its reader may see it: how it goes, eight weeks of hours, signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.figures.weeks import Strip, Week, week_strip
from mentorship.base.i18n import day, gettext, integer, short_day
from mentorship.checkins import told
from mentorship.checkins.signals.viewers import Seen, ties_of
from mentorship.checkins.told import HOURS_NOTED
from mentorship.checkins.visibility import Ties
from mentorship.insight.duos import queries, words
from mentorship.insight.duos.queries import Found
from mentorship.insight.duos.scope import NEAR_END, Scope
from mentorship.insight.duos.standing import Standings
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.rules import WEEK, ran, week_of
from mentorship.mentorships.models import ENDED, PAUSED, Mentorship
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles

WEEKS = 8
LONG = timedelta(weeks=26)
"""A week so long ago is told by its day."""
NO_HOURS: Mapping[date, Decimal | None] = {}


@dataclass(frozen=True)
class How:
    """What is told of how a pair stands: its class with its mark (`kind`), or a word about one side."""

    word: str
    kind: str = ""


@dataclass(frozen=True)
class SignalMark:
    """An open signal in a word or two, and its number; `glyph` and `tone` as labels are drawn."""

    signal_id: int
    word: str
    title: str
    glyph: str
    tone: str


@dataclass(frozen=True)
class Row:
    """A pair in the list; `weeks` is None where its hours are not this reader's to see, as is `last`."""

    pair: Mentorship
    junior: Person
    mentor: Person
    domain: str
    site: str
    own: bool
    how: tuple[How, ...]
    weeks: Strip | None
    hours: Decimal | None
    last: date | None
    signals: tuple[SignalMark, ...]
    today: date

    @property
    def names(self) -> str:
        """Name both, the junior first."""
        return gettext("%(junior)s and %(mentor)s", junior=self.junior.name, mentor=self.mentor.name)

    @property
    def status(self) -> str:
        """Say how it stands."""
        return gettext(STATUS_NAMES[self.pair.stands])

    @property
    def when(self) -> str:
        """Say since when, or until when, it stands so."""
        pair = self.pair
        if pair.status == ENDED:
            return gettext("until %(day)s", day=_near(pair.ended_on, self.today))
        if pair.runs and pair.ends_on is not None:
            return gettext("ends on %(day)s", day=_near(pair.ends_on, self.today))
        if pair.status == PAUSED and pair.paused_until is not None:
            return gettext("resumes on %(day)s", day=_near(pair.paused_until, self.today))
        if pair.expected_end is not None and pair.expected_end - self.today <= NEAR_END:
            return gettext("until %(day)s", day=_near(pair.expected_end, self.today))
        if pair.started_on is not None:
            return gettext("since %(day)s", day=_near(pair.started_on, self.today))
        if pair.proposed_at is None:
            return ""
        return gettext("proposed on %(day)s", day=_near(local_date(pair.proposed_at), self.today))

    @property
    def last_said(self) -> str:
        """Say in which week they last worked together."""
        if self.last is None:
            return ""
        if self.today - self.last > LONG:
            return day(self.last)
        return gettext("week %(number)s", number=integer(self.last.isocalendar().week))

    @property
    def said(self) -> str:
        """Say how it goes, as far as the reader is told."""
        return ", ".join(one.word for one in self.how)


def _near(moment: date | None, today: date) -> str:
    """Write a day in little room: without its year where that is this one."""
    if moment is not None and moment.year == today.year:
        return short_day(moment)
    return day(moment)


def mondays(today: date) -> list[date]:
    """Return the Mondays of the eight whole weeks before this one, the oldest first."""
    this_week = week_of(today)
    return [this_week - WEEK * back for back in range(WEEKS, 0, -1)]


@dataclass(frozen=True)
class _Known:
    """What is read once for all rows."""

    today: date
    noted: Mapping[int, Mapping[date, Decimal]]
    foreseen: Mapping[int, Mapping[date, Decimal | None]]
    last: Mapping[int, date]
    domains: Mapping[int, str]
    sites: Mapping[int, str]
    stands: Standings


def rows(session: Session, scope: Scope, stands: Standings, ids: Sequence[int], now: datetime) -> list[Row]:
    """Return the rows of these pairs, in this order, in a number of queries that does not grow with them."""
    found = queries.pairs(session, scope, ids)
    today = local_date(now)
    shown = mondays(today)
    tied = _ties(scope, found)
    with_hours = [one.pair for one, ties in zip(found, tied, strict=True) if told.reads(HOURS_NOTED, ties)]
    with_ids = [id_of(pair) for pair in with_hours]
    known = _Known(
        today,
        queries.hours_noted(
            session,
            with_ids,
            shown[0],
            shown[-1],
        ),
        hours.foreseen_of(session, with_hours, shown),
        queries.last_together(session, with_ids),
        profiles.domain_names(session),
        people.site_names(session),
        stands,
    )
    return [_row(one, ties, known) for one, ties in zip(found, tied, strict=True)]


def _ties(scope: Scope, found: Sequence[Found]) -> list[Ties]:
    sides = set()
    for one in found:
        sides |= {one.pair.mentor_id, one.pair.junior_id}
    below = scope.below(sides)
    return [
        ties_of(
            scope.actor,
            one.pair.mentor_id,
            one.pair.junior_id,
            below,
        )
        for one in found
    ]


def _row(one: Found, ties: Ties, known: _Known) -> Row:
    pair_id = id_of(one.pair)
    own = bool(ties.side)
    raised = () if own else known.stands.signals.get(pair_id, ())
    noted = known.noted.get(pair_id, NO_HOURS)
    reads_hours = pair_id in known.foreseen
    return Row(
        pair=one.pair,
        junior=one.junior,
        mentor=one.mentor,
        domain=known.domains[one.pair.domain_id],
        site=known.sites.get(one.junior.site_id, ""),
        own=own,
        how=_how(one, ties, known),
        weeks=_strip(one.pair, noted, known) if reads_hours else None,
        hours=sum((spent for spent in noted.values() if spent), Decimal(0)) if reads_hours else None,
        last=known.last.get(pair_id),
        signals=tuple(_mark(seen) for seen in raised),
        today=known.today,
    )


def _how(one: Found, ties: Ties, known: _Known) -> tuple[How, ...]:
    found = known.stands.told.get(id_of(one.pair), ())
    if ties.coordinates:
        return tuple(How(words.stands(kind), kind) for kind in found)
    sides = [person for side, person in (("junior", one.junior), ("mentor", one.mentor)) if side in ties.lines]
    return tuple(How(words.side(person, kind)) for person, kind in zip(sides, found, strict=False))


def _strip(pair: Mentorship, noted: Mapping[date, Decimal | None], known: _Known) -> Strip | None:
    """Return the weeks as they are drawn; None where the two were no pair in any of them."""
    foreseen = known.foreseen[id_of(pair)]
    weeks = []
    for monday in mondays(known.today):
        state = _state(
            pair,
            monday,
            noted.get(monday),
            foreseen[monday],
        )
        weeks.append(Week(monday.isocalendar().week, state))
    return week_strip(weeks) if any(week.state for week in weeks) else None


def _state(pair: Mentorship, monday: date, noted: Decimal | None, foreseen: Decimal | None) -> str:
    """Return how a week went, by what was noted and what the rosters foresaw, whoever was away."""
    if noted is not None:
        if not noted:
            return "no"
        return "less" if foreseen is not None and noted < foreseen else "yes"
    if pair.started_on is None or not ran(pair.started_on, monday):
        return ""
    if pair.ended_on is not None and pair.ended_on < monday:
        return ""
    return "free" if foreseen == 0 else "wait"


def _mark(seen: Seen) -> SignalMark:
    return SignalMark(id_of(seen.row), *words.signal(seen))
