"""What somebody can have carried out about a pair by the service."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.checkins.signals import carried as rules
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.goals import planning
from mentorship.mentorships.models import ACTIVE, PAUSED, Mentorship
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import programme


def carried_out(session: Session, actor: Actor, pair: Mentorship) -> frozenset[str]:
    """Return what the service carries out for somebody about a pair; nothing of one that does not run."""
    if pair.status not in (ACTIVE, PAUSED):
        return frozenset()
    who = acting.roles_in(session, actor, [pair]).get(id_of(pair))
    below = people.line_above(session, pair.mentor_id)
    above_junior = people.line_above(session, pair.junior_id)
    is_above_junior = actor.person_id in above_junior
    settings = programme(session)
    found = rules.carried_out(
        who,
        above_mentor=actor.person_id in below,
        above_junior=is_above_junior,
        pairs_junior=settings.managers_pair and is_above_junior,
        confirms=settings.confirm_hours,
    )
    return found - _not_now(session, pair, found)


def _not_now(session: Session, pair: Mentorship, found: frozenset[str]) -> set[str]:
    """Return what there is nothing left of to do: a pause of what pauses, fewer than none, later than no day."""
    not_now = set()
    if pair.status == PAUSED:
        not_now |= {rules.PAUSE_PAIR, rules.TALK}
    if rules.PACE in found and not planning.has_dates(session, id_of(pair)):
        not_now.add(rules.PACE)
    if not found & {rules.FEWER_PLACES, rules.FEWER_HOURS}:
        return not_now
    offer = profiles.capacity(session, pair.mentor_id)
    if not offer.places:
        not_now.add(rules.FEWER_PLACES)
    if not offer.confirmed_hours or people.manager_above(session, pair.mentor_id) is None:
        not_now.add(rules.FEWER_HOURS)
    return not_now
