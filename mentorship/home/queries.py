"""What waits for a person, over all rooms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.checkins import queries as check_ins
from mentorship.checkins.endings import queries as endings
from mentorship.checkins.endings.rules import THANKED_WITHIN
from mentorship.checkins.links import queries as links
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals import queries as signals
from mentorship.insight import queries as insight
from mentorship.mentor_requests import queries as requests
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.goals.models import CLAIMED
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.models import OCCUPYING, PROPOSED, Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles import rules as profile_rules
from mentorship.programme.queries import lacking, programme
from mentorship.rounds import queries as rounds
from mentorship.rounds.models import Round

ROUNDS_SHOWN = 3
THANKS_SHOWN = 3


@dataclass(frozen=True)
class OwnDuo:
    """A duo, or a proposal, as one of the two sees it."""

    mentorship: Mentorship
    other: Person
    domain: str
    guides: bool
    answered: bool


@dataclass(frozen=True)
class LevelToConfirm:
    """A level that a junior says they reached: it waits for their mentor, or for a second."""

    waiting: goals.WaitingClaim
    as_mentor: bool


@dataclass(frozen=True)
class ThanksDue:
    """A mentor whom their manager can thank."""

    thanking: endings.Thanking
    mentor: Person
    junior: Person


@dataclass(frozen=True)
class Offer:
    """What one carries as a mentor."""

    usable: int
    more_set: bool
    paused: bool
    shown: bool


@dataclass
class Desk:
    """A person's desk: what is shown depends on the roles they hold."""

    check_ins: list[CheckIn] = field(default_factory=list)
    asked_about: dict[int, Person] = field(default_factory=dict)
    signals: int = 0
    weeks_to_note: int = 0
    to_confirm: list[LevelToConfirm] = field(default_factory=list)
    without_mail: int = 0
    without_code: int = 0
    takes_part: bool = False
    proposals: list[OwnDuo] = field(default_factory=list)
    running: list[OwnDuo] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    offer: Offer | None = None
    lacks_roster: bool = False
    lacks_forms: bool = False
    thanks: list[ThanksDue] = field(default_factory=list)
    more_thanks: int = 0
    line: insight.Totals | None = None
    everyone: insight.Totals | None = None
    open_requests: int = 0
    rounds: list[Round] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    administers: bool = False
    without_role: bool = False


def desk(session: Session, actor: Actor, now: datetime) -> Desk:
    """Gather what waits for `actor`."""
    today = local_date(now)
    me = actor.person_id
    waiting = check_ins.waiting(session, me)
    found = Desk(
        check_ins=waiting,
        asked_about=check_ins.others(session, waiting),
        signals=_signals(session, actor, now),
        weeks_to_note=hours.weeks_to_note(session, me, today),
        to_confirm=_to_confirm(session, me),
        administers=access.ADMINISTER.allows(actor),
        without_role=not actor.roles,
    )
    if access.HAND_OUT_CODES.allows(actor):
        without_mail, without_code = links.counts(session, actor, now)
        found.without_mail = without_mail
        found.without_code = without_code
    if actor.has(access.JUNIOR, access.SENIOR):
        _own(session, actor, now, found)
    if actor.has(access.MANAGER):
        found.line = insight.totals(session, actor.person_id)
        _thanks(session, actor, now, found)
    if access.COORDINATE.allows(actor):
        _programme(session, found)
    return found


def _signals(session: Session, actor: Actor, now: datetime) -> int:
    """Count the signals on which this person can act today."""
    today = local_date(now)
    number = 0
    for signal in signals.visible(session, actor, now):
        if signal.acts and signal.waits(today):
            number += 1
    return number


def _to_confirm(session: Session, person_id: int) -> list[LevelToConfirm]:
    found = []
    for waiting in goals.waiting(session, person_id):
        as_mentor = waiting.claim.status == CLAIMED
        found.append(LevelToConfirm(waiting, as_mentor))
    return found


def _own(session: Session, actor: Actor, now: datetime, found: Desk) -> None:
    found.takes_part = True
    domains = profiles.domain_names(session)
    me = actor.person_id
    for duo in _own_duos(session, me, domains):
        if duo.mentorship.status == PROPOSED:
            found.proposals.append(duo)
        else:
            found.running.append(duo)
    asked = requests.open_request(session, me)
    if asked is not None:
        found.wishes = [domains[need.domain_id] for need in asked.needs]
    profile = profiles.profile(session, me)
    found.lacks_roster = not profile.work.roster_id
    found.lacks_forms = not profile.wanted_forms
    found.offer = _offer(session, actor, profile, now)


def _own_duos(session: Session, person_id: int, domains: dict[int, str]) -> list[OwnDuo]:
    rows = []
    others = []
    for row in mentorships.of_person(session, person_id):
        if row.status in OCCUPYING:
            rows.append(row)
            others.append(row.other_of(person_id))
    known = people.persons(session, others)
    duos = []
    for row, other in zip(rows, others, strict=True):
        guides = row.mentor_id == person_id
        accepted = row.mentor_accepted if guides else row.junior_accepted
        duo = OwnDuo(
            row,
            known[other],
            domains[row.domain_id],
            guides,
            bool(accepted),
        )
        duos.append(duo)
    return duos


def _offer(session: Session, actor: Actor, profile: profiles.Profile, now: datetime) -> Offer:
    settings = programme(session)
    capacity = profile.capacity
    usable = profile_rules.places_that_count(capacity, settings)
    today = local_date(now)
    return Offer(
        usable,
        more_set=usable < capacity.places,
        paused=profile_rules.is_paused(capacity.paused, capacity.paused_until, today),
        shown=actor.has(access.SENIOR) or capacity.places > 0,
    )


def _thanks(session: Session, actor: Actor, now: datetime, found: Desk) -> None:
    today = local_date(now)
    since = today - THANKED_WITHIN
    due = endings.to_thank(
        session,
        since,
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


def _programme(session: Session, found: Desk) -> None:
    found.everyone = insight.totals(session, None)
    found.open_requests = requests.count_open(session)
    newest_first = rounds.rounds(session)
    found.rounds = newest_first[:ROUNDS_SHOWN]
    found.lacking = lacking(session)
