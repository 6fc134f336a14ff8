"""One pair beside the list, as far as its reader may read it: how it goes, why these two, goals, hours, signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.checkins import told
from mentorship.checkins.duo import looking
from mentorship.checkins.duo.hours import Hours
from mentorship.checkins.duo.looking import Told
from mentorship.checkins.duo.reading import Reading
from mentorship.checkins.duo.rows import SignalRow
from mentorship.checkins.signals import carrying
from mentorship.checkins.signals.carried import SECOND_MENTOR
from mentorship.checkins.signals.viewers import Seen, pair_ties
from mentorship.checkins.told import LEARNED
from mentorship.insight.duos import queries
from mentorship.insight.duos.scope import Scope
from mentorship.mentorships import explanation, words
from mentorship.mentorships.goals.trail import Trail
from mentorship.mentorships.models import ACTIVE, PAUSED
from mentorship.mentorships.rules import began
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles


@dataclass(frozen=True)
class Panel:
    """What stands beside the list; of one's own pair, and of a proposal, no more than the way to its page."""

    pair_id: int
    title: str
    note: str
    people: list[Person]
    own: bool
    began: bool
    story: list[str]
    told: Told | None = None
    signals: list[SignalRow] = field(default_factory=list)
    hours: Hours | None = None
    goals: list[Trail] = field(default_factory=list)
    why: Mapping[str, Any] | None = None
    status: str = ""
    seconds: bool = False
    ends_on: date | None = None

    @property
    def runs(self) -> bool:
        """Tell whether the reader can act on it from here."""
        return not self.own and self.status in (ACTIVE, PAUSED)

    @property
    def pauses(self) -> bool:
        """Tell whether it can be let go on."""
        return self.status == PAUSED

    @property
    def stays(self) -> bool:
        """Tell whether it ends on a day, which can be taken back."""
        return self.runs and self.ends_on is not None

    @property
    def steps(self) -> str:
        """Say how many steps of the goals were taken."""
        done = sum(goal.done for goal in self.goals)
        return gettext("%(some)s of %(all)s", some=done, all=sum(goal.all for goal in self.goals))


def panel(session: Session, scope: Scope, pair_id: int, raised: Sequence[Seen], now: datetime) -> Panel | None:
    """Return the panel of a pair; None for one that the reader does not see."""
    found = next(iter(queries.pairs(session, scope, [pair_id])), None)
    if found is None:
        return None
    pair = found.pair
    ties = pair_ties(scope.actor, pair, scope.below([pair.mentor_id, pair.junior_id]))
    both = [found.junior, found.mentor]
    shown = Panel(
        pair_id=pair_id,
        title=gettext("%(junior)s and %(mentor)s", junior=found.junior.name, mentor=found.mentor.name),
        note=_note(session, found),
        people=both,
        own=bool(ties.side),
        began=began(pair.status),
        story=words.story(pair, both),
        status=pair.status,
        ends_on=pair.ends_on,
    )
    if shown.own or not shown.began:
        return shown
    return _read(
        session,
        scope.actor,
        shown,
        Reading(
            pair,
            found.mentor,
            found.junior,
            ties,
        ),
        raised,
        now,
    )


def _note(session: Session, found: queries.Found) -> str:
    domain = profiles.domain_names(session)[found.pair.domain_id]
    site = people.site_names(session).get(found.junior.site_id, "")
    return " · ".join(filter(None, (domain, site)))


def _read(
    session: Session,
    actor: Actor,
    shown: Panel,
    reading: Reading,
    raised: Sequence[Seen],
    now: datetime,
) -> Panel:
    """Return the panel with what this reader reads of a pair that began."""
    learned = told.reads(LEARNED, reading.ties)
    why = None
    if learned:
        why = explanation.why(reading.pair.explanation, profiles.titles_of_names(session), side=None)
    carried = carrying.carried_out(session, actor, reading.pair)
    return replace(
        shown,
        seconds=SECOND_MENTOR in carried,
        told=looking.told_of(session, reading, now),
        signals=[looking.signal_row(seen) for seen in raised],
        hours=looking.hours_noted(session, reading, local_date(now)),
        goals=looking.trails(session, reading, local_date(now)) if learned else [],
        why=why,
    )


def both_of(shown: Panel) -> frozenset[int]:
    """Return whose pair it is, to keep who looked."""
    return frozenset(id_of(person) for person in shown.people)
