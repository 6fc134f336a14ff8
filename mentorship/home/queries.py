"""What waits for a person, over all rooms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.checkins import queries as check_ins
from mentorship.checkins.endings import queries as endings
from mentorship.checkins.endings.rules import THANKED_WITHIN
from mentorship.checkins.links import queries as code_queries
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals.queries import visible
from mentorship.insight import queries as insight
from mentorship.mentor_requests import queries as requests
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import queries as goal_queries
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.queries import persons
from mentorship.profiles import queries as profiles
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.models import Domain
from mentorship.programme import rules as programme_rules
from mentorship.programme.queries import programme
from mentorship.rounds import queries as rounds
from mentorship.rounds.models import Round

THANKS_SHOWN = 3


@dataclass
class Desk:
    """A person's desk: what is shown depends on the roles they hold."""

    proposals: list[Mentorship] = field(default_factory=list)
    running: list[Mentorship] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    domains: dict[int, Domain] = field(default_factory=dict)
    check_ins: list[CheckIn] = field(default_factory=list)
    asked_about: dict[int, Person] = field(default_factory=dict)
    signals: int = 0
    without_mail: int = 0
    without_code: int = 0
    weeks_to_note: int = 0
    to_confirm: list[goal_queries.WaitingClaim] = field(default_factory=list)
    asked: requests.OpenRequest | None = None
    profile: profiles.Profile | None = None
    usable: int = 0
    paused: bool = False
    line: insight.Totals | None = None
    thanks: list[endings.Thanking] = field(default_factory=list)
    more_thanks: int = 0
    everyone: insight.Totals | None = None
    open_requests: int = 0
    rounds: list[Round] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


def desk(session: Session, actor: Actor, now: datetime) -> Desk:
    """Gather what waits for `actor`."""
    found = Desk(check_ins=check_ins.waiting(session, actor.person_id))
    found.signals = sum(signal.acts and signal.waits(local_date(now)) for signal in visible(session, actor, now))
    found.asked_about = check_ins.others(session, found.check_ins)
    found.weeks_to_note = hours_queries.weeks_to_note(session, actor.person_id, local_date(now))
    found.to_confirm = goal_queries.waiting(session, actor.person_id)
    if actor.has(access.JUNIOR, access.SENIOR):
        _own(session, actor, now, found)
    if access.HAND_OUT_CODES.allows(actor):
        found.without_mail, found.without_code = code_queries.counts(session, actor, now)
    if actor.has(access.MANAGER):
        found.line = insight.totals(session, actor.person_id)
        _thanks(session, actor, now, found)
    if actor.has(access.COORDINATOR):
        settings = programme(session)
        found.everyone = insight.totals(session, None)
        found.open_requests = requests.count_open(session)
        found.rounds = rounds.rounds(session)[:3]
        found.lacking = programme_rules.missing(
            settings.works_council_on, settings.no_works_council, settings.dpia_on, settings.visibility
        )
    return found


def _thanks(session: Session, actor: Actor, now: datetime, found: Desk) -> None:
    due = endings.to_thank(session, local_date(now) - THANKED_WITHIN, manager_id=actor.person_id)
    found.thanks, found.more_thanks = due[:THANKS_SHOWN], len(due[THANKS_SHOWN:])
    found.people |= persons(session, [i for t in found.thanks for i in (t.mentor_id, t.junior_id)])


def _own(session: Session, actor: Actor, now: datetime, found: Desk) -> None:
    me, settings = actor.person_id, programme(session)
    mine = [m for m in mentorships.of_person(session, me) if m.status in OCCUPYING]
    found.proposals = [m for m in mine if m.status == "proposed"]
    found.running = [m for m in mine if m.status != "proposed"]
    found.people = persons(session, [i for m in mine for i in (m.mentor_id, m.junior_id)])
    found.domains = {d.id: d for d in profiles.domains(session) if d.id is not None}
    found.asked = requests.open_request(session, me)
    found.profile = profiles.profile(session, me)
    offer = found.profile.capacity
    found.usable = profile_rules.usable_places(
        offer.places,
        offer.hours,
        offer.confirmed_hours,
        confirm=settings.confirm_hours,
        hours_per_pair=settings.hours_per_pair,
    )
    found.paused = profile_rules.is_paused(offer.paused, offer.paused_until, local_date(now))
