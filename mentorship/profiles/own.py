"""Everything that the page of one's own profile shows, read once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from mentorship.base.figures.days import Days
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import folds, queries, sections
from mentorship.profiles.away.queries import away_days, own_entries
from mentorship.profiles.away.words import rows
from mentorship.profiles.contact import queries as contact
from mentorship.profiles.filled import queries as filled
from mentorship.profiles.filled import words as filled_words
from mentorship.profiles.findable import queries as findable
from mentorship.profiles.folds import Teller
from mentorship.profiles.queries import Profile
from mentorship.profiles.rosters import patterns
from mentorship.profiles.rosters import queries as rosters
from mentorship.profiles.rosters.models import Roster
from mentorship.profiles.rosters.strip import coming
from mentorship.profiles.sections import Sections
from mentorship.programme.queries import programme


def own_profile(session: Session, me: Actor, today: date, told: Sections, opened: Collection[str]) -> dict[str, Any]:
    """Return what the page shows; `told`: what was typed in a section, `opened`: the folds asked for."""
    profile = queries.profile(session, me.person_id, today, me)
    who = _teller(session, me, profile, today)
    trainings = queries.trainings(session, me.person_id)
    known = patterns.rosters(session)
    works_by = roster_name(profile, known)
    reached = _reached(session, me.person_id, told)
    is_found = findable.may_be_found(session, me.person_id)
    shown = folds.folds(
        profile,
        trainings,
        works_by,
        who,
        opened,
        reached["reach"],
        is_found=is_found,
    )
    return {
        **sections.what_one_knows(profile, queries.domains(session), told),
        **sections.what_one_carries(profile, who.settings, today, told),
        **sections.when_one_works(profile, told),
        **reached,
        "folds": shown,
        "is_found": is_found,
        "can_be_found": findable.can_choose(session, me.person_id),
        "filled_in": filled_words.told(filled.marks(session, me.person_id)),
        "works_by": works_by,
        "finding": folds.finding(shown, who),
        **_guiding(me, who, "training" in told),
        "rosters": known,
        **_own_days(session, me.person_id, profile, today),
        "trainings": trainings,
        "wishes": profile.wishes,
    }


def _guiding(me: Actor, who: Teller, notes_one: bool) -> dict[str, bool]:
    """Return whether one may guide, does so, and is offered to note a training for it."""
    guides = access.GUIDE.allows(me)
    mentors = me.has(access.SENIOR) or who.offers
    return {
        "guides": guides,
        "mentors": mentors,
        "notes_trainings": guides and (mentors or notes_one),
    }


def _reached(session: Session, me: int, told: Sections) -> dict[str, Any]:
    """Return how one is reached by the other of a duo, and what there is to show."""
    chosen = contact.contact(session, me)
    mine = session.get_one(Person, me)
    return {
        **sections.how_one_is_reached(chosen, told),
        "reach": contact.reach(session, mine),
        "email": mine.email,
    }


def lacking(session: Session, me: Actor, profile: Profile, today: date) -> list[str]:
    """Return the sections of one's own profile in which something is missing."""
    roster = roster_name(profile, patterns.rosters(session))
    who = _teller(session, me, profile, today)
    return folds.lacking(profile, roster, who)


def _teller(session: Session, me: Actor, profile: Profile, today: date) -> Teller:
    return Teller(
        takes_part=access.ASK.allows(me),
        offers=profile.capacity.places > 0,
        settings=programme(session),
        today=today,
    )


def _own_days(session: Session, me: int, profile: Profile, today: date) -> dict[str, Any]:
    """Return one's coming weeks, and when one is away: for oneself alone."""
    away = away_days(session, [me])
    return {
        "strip": strip(session, me, profile.days_off, today, away.get(me, ())),
        "away": rows(own_entries(session, me, today)),
    }


def roster_name(profile: Profile, known: Sequence[Roster]) -> str:
    """Return the name of somebody's roster; "" when they have none."""
    for roster in known:
        if roster.id == profile.roster_id:
            return roster.name
    return ""


def strip(
    session: Session,
    person_id: int,
    days_off: Mapping[int, bool],
    today: date,
    away: Collection[int] = (),
) -> Days | None:
    """Return the coming four weeks of somebody, None without a roster; `away` days are for their own eyes alone."""
    timetable = rosters.timetables(session, [person_id]).get(person_id)
    if timetable is None:
        return None
    return coming(timetable, days_off, today, away)
