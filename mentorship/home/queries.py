"""What stands on a person's desk, over all rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins.endings import queries as endings
from mentorship.checkins.endings.rules import THANKED_WITHIN
from mentorship.home import history, rules
from mentorship.home.calendar import queries as calendar
from mentorship.home.calendar.queries import Shift
from mentorship.home.naming import Waiting, named
from mentorship.home.talks import PlannedTalk, planned
from mentorship.home.waiting import Gathered
from mentorship.insight import queries as insight
from mentorship.mentor_requests import queries as requests
from mentorship.mentor_requests.offered import offered
from mentorship.mentor_requests.taps import Choice
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import OCCUPYING, PROPOSED, Mentorship
from mentorship.people import access, listed
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.line import Line
from mentorship.people.models import Person
from mentorship.profiles import own
from mentorship.profiles import queries as profiles
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.filled import queries as filled
from mentorship.profiles.filled import words as filled_words
from mentorship.profiles.lessons.words import followed
from mentorship.programme.queries import programme
from mentorship.rounds import queries as rounds
from mentorship.rounds.models import Round

SHIFTS_SHOWN = 4
FOUR_WEEKS = timedelta(weeks=4)
THANKS_SHOWN = 3


@dataclass(frozen=True)
class OwnDuo:
    """A duo, or a proposal that oneself said yes to, as one of the two sees it."""

    mentorship: Mentorship
    other: Person
    domain: str
    guides: bool

    @property
    def said_yes(self) -> bool:
        """Tell whether oneself accepted it."""
        pair = self.mentorship
        answer = pair.mentor_accepted if self.guides else pair.junior_accepted
        return bool(answer)


@dataclass(frozen=True)
class ThanksDue:
    """A mentor whom their manager can thank."""

    thanking: endings.Thanking
    mentor: Person
    junior: Person


@dataclass(frozen=True)
class Offer:
    """What one carries as a mentor."""

    set: int
    usable: int
    taken: int
    proposed: int
    paused: bool
    shown: bool

    @property
    def idle(self) -> int:
        """How many of the places do not count."""
        return max(self.set - max(self.usable, self.taken), 0)


@dataclass
class Desk:
    """A person's desk: what is shown depends on the roles they hold."""

    waits: list[Waiting] = field(default_factory=list)
    takes_part: bool = False
    shifts: list[Shift] = field(default_factory=list)
    talks: list[PlannedTalk] = field(default_factory=list)
    answered: list[OwnDuo] = field(default_factory=list)
    running: list[OwnDuo] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    offer: Offer | None = None
    lacking: list[str] = field(default_factory=list)
    thanks: list[ThanksDue] = field(default_factory=list)
    more_thanks: int = 0
    line: insight.Totals | None = None
    line_by_week: Sequence[int] = ()
    everyone: insight.Totals | None = None
    running_pairs: int = 0
    pairs_by_week: Sequence[int] = ()
    lately: mentorships.Lately | None = None
    open_requests: int = 0
    oldest_request: date | None = None
    last_round: Round | None = None
    staff: listed.Staff | None = None
    filled_in: list[str] = field(default_factory=list)
    without_role: bool = False
    choice: Choice | None = None
    """What there is to ask for, for a junior who has no mentor and did not ask yet."""
    begins_mentoring: bool = False
    """Whether their first pair as a mentor began lately: the short lessons are offered then."""

    @property
    def is_to_ask(self) -> bool:
        """Tell whether nothing keeps the person from asking for a first mentor."""
        return not (self.waits or self.running or self.answered or self.wishes)


def desk(session: Session, actor: Actor, gathered: Gathered, now: datetime) -> Desk:
    """Gather what stands on the desk of `actor`, for whom this waits."""
    today = local_date(now)
    found = Desk(
        waits=named(session, actor, gathered.things, now),
        open_requests=gathered.open_requests or 0,
        without_role=not actor.roles,
        filled_in=filled_words.told(filled.marks(session, actor.person_id)),
        talks=planned(session, actor.person_id, today),
    )
    if actor.has(access.JUNIOR, access.SENIOR):
        _own(
            session,
            actor,
            now,
            found,
        )
    if actor.has(access.MANAGER):
        found.line = insight.totals(session, actor.person_id, today)
        line = Line(session, actor.person_id)
        if line.is_short:  # who manages thousands has a desk that waits for no more of them
            found.line_by_week = history.pairs_by_week(session, today, line.whole)
        _thanks(
            session,
            actor,
            now,
            found,
        )
    if access.COORDINATE.allows(actor):
        _programme(session, found, today)
    elif access.MANAGE_PEOPLE.allows(actor):
        found.staff = listed.staff(session)
    return found


def _own(session: Session, actor: Actor, now: datetime, found: Desk) -> None:
    found.takes_part = True
    domains = profiles.domain_names(session)
    me = actor.person_id
    pairs = mentorships.of_person(session, me)
    duos = _own_duos(session, me, pairs, domains)
    _begun_or_answered(duos, found)
    found.shifts = _shifts(session, found.running, now)
    asked = requests.open_request(session, me)
    if asked is not None:
        for need in asked.needs:
            found.wishes.append(domains[need.domain_id])
    if found.is_to_ask and actor.has(access.JUNIOR) and not actor.has(access.MANAGER, access.COORDINATOR):
        found.choice = offered(session, me)
    today = local_date(now)
    found.begins_mentoring = _begins_mentoring(session, me, pairs, today)
    profile = profiles.profile(session, me, today)
    found.lacking = own.lacking(
        session,
        actor,
        profile,
        today,
    )
    found.offer = _offer(
        session,
        actor,
        profile,
        duos,
        now,
    )


def _begun_or_answered(duos: Sequence[OwnDuo], found: Desk) -> None:
    for duo in duos:
        if duo.mentorship.status != PROPOSED:
            found.running.append(duo)
        elif duo.said_yes:
            found.answered.append(duo)


def _begins_mentoring(session: Session, person_id: int, pairs: Sequence[Mentorship], today: date) -> bool:
    """Tell whether somebody's first pair as a mentor began lately, and they noted no lesson for mentors yet."""
    began = [pair.started_on for pair in pairs if pair.mentor_id == person_id and pair.started_on is not None]
    if not rules.begins_mentoring(began, today):
        return False
    titles = {course.title for course in profiles.trainings(session, person_id)}
    return not followed(titles)


def _own_duos(session: Session, person_id: int, pairs: Sequence[Mentorship], domains: dict[int, str]) -> list[OwnDuo]:
    rows = []
    for row in pairs:
        if row.status in OCCUPYING:
            rows.append(row)
    known = people.persons(session, [row.other_of(person_id) for row in rows])
    duos = []
    for row in rows:
        duo = OwnDuo(
            row,
            known[row.other_of(person_id)],
            domains[row.domain_id],
            guides=row.mentor_id == person_id,
        )
        duos.append(duo)
    # whom one guides first: they wait for one's time; the sort keeps the newest first besides
    return sorted(duos, key=lambda duo: not duo.guides)


def _shifts(session: Session, running: Sequence[OwnDuo], now: datetime) -> list[Shift]:
    pairs = []
    others = {}
    for duo in running:
        pairs.append(duo.mentorship)
        others[id_of(duo.other)] = duo.other
    return calendar.shifts(
        session,
        pairs,
        others,
        now,
        SHIFTS_SHOWN,
    )


def _offer(
    session: Session,
    actor: Actor,
    profile: profiles.Profile,
    duos: Sequence[OwnDuo],
    now: datetime,
) -> Offer:
    capacity = profile.capacity
    guided = [duo.mentorship for duo in duos if duo.guides]
    proposed = [pair for pair in guided if pair.status == PROPOSED]
    return Offer(
        set=capacity.places,
        usable=profile_rules.places_that_count(capacity, programme(session)),
        taken=len(guided) - len(proposed),
        proposed=len(proposed),
        paused=profile_rules.is_paused(capacity.paused, capacity.paused_until, local_date(now)),
        shown=actor.has(access.SENIOR) or capacity.places > 0,
    )


def _thanks(session: Session, actor: Actor, now: datetime, found: Desk) -> None:
    today = local_date(now)
    due = endings.to_thank(
        session,
        today - THANKED_WITHIN,
        today,
        manager_id=actor.person_id,
    )
    shown = due[:THANKS_SHOWN]
    found.more_thanks = len(due) - len(shown)
    sides = set()
    for one in shown:
        sides |= {one.mentor_id, one.junior_id}
    known = people.persons(session, sides)
    for one in shown:
        thanks = ThanksDue(
            one,
            mentor=known[one.mentor_id],
            junior=known[one.junior_id],
        )
        found.thanks.append(thanks)


def _programme(session: Session, found: Desk, today: date) -> None:
    found.everyone = insight.totals(session, None, today)
    found.running_pairs = mentorships.count_running(session)
    found.pairs_by_week = history.pairs_by_week(session, today)
    found.lately = mentorships.lately(session, today - FOUR_WEEKS)
    found.oldest_request = requests.oldest_open(session)
    newest_first = rounds.rounds(session)
    found.last_round = newest_first[0] if newest_first else None
