"""What the mails about duos tell: proposals, levels reached, endings."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, long_day, ngettext, time_of_day
from mentorship.base.outbox import OutboxRow
from mentorship.checkins import queries as check_ins
from mentorship.checkins.duo.queries import coming_shifts
from mentorship.checkins.endings import queries as endings
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.goals.models import CLAIMED
from mentorship.mentorships.models import ACTIVE, REFUSED, Mentorship
from mentorship.people.models import Person
from mentorship.people.queries import persons, site_names
from mentorship.profiles.models import Domain
from mentorship.profiles.words import LEVELS
from mentorship.reminders.mail_texts import Told

TOLD_SHIFTS = 3
"""So many shifts together stand in a mail."""


def accepted(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that both accepted."""
    found = session.get(Mentorship, int(row.about))
    if found is None or found.status != ACTIVE:
        return None
    other = _other(session, found, row.recipient_id)
    domain = session.get_one(Domain, found.domain_id)
    named = {"name": other.name, "domain": domain.title}
    if row.recipient_id == found.mentor_id:
        said = gettext("You both said yes. You mentor %(name)s in %(domain)s.", **named)
    else:
        said = gettext("You both said yes. %(name)s is your mentor in %(domain)s.", **named)
    return {
        "subject": gettext("You both said yes: you can start"),
        "link": f"/mentorships/{found.id}",
        "button": gettext("Go to your pair"),
        "sentences": [
            said,
            *_first_together(session, found, other, now),
            gettext("Agree on a first moment together."),
        ],
    }


def _first_together(session: Session, pair: Mentorship, other: Person, now: datetime) -> list[str]:
    """Tell when the two of a pair are at work together next, and where; nothing where no roster tells."""
    running = check_ins.duos(session, local_date(now), [id_of(pair)])
    shifts = coming_shifts(running[0], now) if running else []
    if not shifts:
        return []
    when = []
    for one in shifts[:TOLD_SHIFTS]:
        times = f"{time_of_day(one.begin)}–{time_of_day(one.end)}"
        when.append(f"{long_day(one.day)} {times}")
    days = ", ".join(when)
    if running[0].remote:
        return [gettext("Your rosters meet, at a distance: %(days)s.", days=days)]
    place = site_names(session)[other.site_id]
    return [gettext("You work together in %(place)s: %(days)s.", place=place, days=days)]


def _other(session: Session, found: Mentorship, person_id: int) -> Person:
    """Return with whom somebody is, or would have been, a pair."""
    return session.get_one(Person, found.other_of(person_id))


def _own_side(mentors: bool) -> dict[str, object]:
    """Return where a mentor, or else a junior, sees what is left after a proposal."""
    if mentors:
        return {"link": "/mentorships", "button": gettext("See my pairs")}
    return {"link": "/mentor-requests/mine", "button": gettext("See my request")}


def refused(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that the other side refused."""
    found = session.get(Mentorship, int(row.about))
    if found is None or found.status != REFUSED or found.lapsed:
        return None
    if row.recipient_id == found.mentor_id:
        next_step = gettext("Your place is free again.")
    else:
        next_step = gettext("Your request goes to the next round, unless a newer one of yours is open.")
    other = _other(session, found, row.recipient_id)
    return {
        "subject": gettext("A proposal will not go ahead"),
        **_own_side(row.recipient_id == found.mentor_id),
        "sentences": [
            gettext("The proposal with %(name)s will not go ahead. Nobody has to say why.", name=other.name),
            next_step,
        ],
    }


def expired(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell both sides that a proposal was not answered in time, and what becomes of it."""
    found = session.get(Mentorship, int(row.about))
    if found is None or not found.expired:
        return None
    other = _other(session, found, row.recipient_id)
    if row.recipient_id == found.mentor_id:
        next_step = gettext("Your place is free again.")
    else:
        next_step = gettext("Your request goes along in the next match round; you do not have to do anything.")
    return {
        "subject": gettext("A proposal was not answered in time"),
        **_own_side(row.recipient_id == found.mentor_id),
        "sentences": [
            gettext("The proposal with %(name)s was not answered by you both in time, so it lapsed.", name=other.name),
            next_step,
        ],
    }


def level(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell a mentor, or the second who was named, that a level waits for their word."""
    waiting = goals.waiting(session, row.recipient_id)
    told = [found for found in waiting if found.claim.id == int(row.about)]
    if not told:
        return None
    number = len(waiting)
    return {
        "subject": ngettext("Can you confirm a step?", "Can you confirm %(num)s steps?", number),
        "link": _where_to_confirm(told[0]),
        "button": gettext("Say whether it is right"),
        "sentences": [
            gettext(
                "%(name)s says: “%(level)s” in %(domain)s. Have you seen it?",
                name=told[0].junior.name,
                level=gettext(LEVELS[told[0].claim.level]),
                domain=told[0].domain.title,
            ),
            gettext("One sentence about what you saw is enough. “Not yet” is a good answer too."),
        ],
    }


def _where_to_confirm(waiting: goals.WaitingClaim) -> str:
    if waiting.claim.status == CLAIMED:
        return f"/mentorships/{waiting.mentorship.id}/goals"
    return f"/goals/claims/{waiting.claim.id}"


def thanks(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell a manager what a mentor of theirs did, so that they thank them by name."""
    found = endings.to_thank(
        session,
        row.due_on,
        local_date(now),
        manager_id=row.recipient_id,
        mentorship_id=int(row.about),
    )
    if not found:
        return None
    ended = found[0]
    people = persons(session, [ended.mentor_id, ended.junior_id])
    mentor, junior = people[ended.mentor_id], people[ended.junior_id]
    sentences = [
        ngettext(
            "%(mentor)s mentored %(junior)s in %(domain)s for %(num)s week.",
            "%(mentor)s mentored %(junior)s in %(domain)s for %(num)s weeks.",
            ended.weeks,
            mentor=mentor.name,
            junior=junior.name,
            domain=ended.domain,
        )
    ]
    if ended.thanks:
        sentences.append(gettext("%(name)s says: “%(words)s”", name=junior.given_name, words=ended.thanks))
    sentences.append(gettext("Mentoring comes on top of the job. A word from you shows it was noticed."))
    return {
        "subject": gettext("Thank %(name)s for mentoring", name=mentor.name),
        "link": "/#thank",
        "button": gettext("See whom to thank"),
        "sentences": sentences,
    }
