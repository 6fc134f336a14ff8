"""What the mails about duos tell: proposals, levels reached, endings."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.endings import queries as ending_queries
from mentorship.mentorships.goals import queries as goal_queries
from mentorship.mentorships.models import ACTIVE, REFUSED, Mentorship
from mentorship.people.models import Person
from mentorship.people.queries import persons
from mentorship.profiles.models import Domain
from mentorship.reminders import queries
from mentorship.reminders.mail_texts import Told


def proposal(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell of the proposals that somebody has not answered yet."""
    number = queries.waiting_proposals(session, row.recipient_id)
    subject = ngettext("A proposal waits for you", "%(num)s proposals wait for you", number)
    return {"subject": subject, "link": "/", "number": number} if number else None


def accepted(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that both accepted."""
    found = session.get(Mentorship, int(row.about))
    if found is None or found.status != ACTIVE:
        return None
    guides = row.recipient_id == found.mentor_id
    other = session.get_one(Person, found.junior_id if guides else found.mentor_id)
    domain = session.get_one(Domain, found.domain_id)
    return {
        "subject": gettext("You both said yes: you can start"),
        "link": f"/mentorships/{found.id}",
        "guides": guides,
        "other": other.name,
        "domain": domain.name,
    }


def refused(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that the other side refused."""
    found = session.get(Mentorship, int(row.about))
    if found is None or found.status != REFUSED or found.expired:
        return None
    return {
        "subject": gettext("A proposal does not go on"),
        "link": "/",
        "guides": row.recipient_id == found.mentor_id,
    }


def expired(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell both sides that a proposal was not answered in time, and what becomes of it."""
    found = session.get(Mentorship, int(row.about))
    if found is None or not found.expired:
        return None
    guides = row.recipient_id == found.mentor_id
    other = session.get_one(Person, found.junior_id if guides else found.mentor_id)
    next_step = (
        gettext("Your place is free again.")
        if guides
        else gettext("Your request goes along in the next match round; you need to do nothing.")
    )
    return {
        "subject": gettext("A proposal was not answered in time"),
        "link": "/",
        "button": gettext("To my page"),
        "sentences": [
            gettext("The proposal with %(name)s was not answered by you both in time, so it lapsed.", name=other.name),
            next_step,
        ],
    }


def level(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell a mentor, or the second who was named, that a level waits for their word."""
    waiting = goal_queries.waiting(session, row.recipient_id)
    if int(row.about) not in {found.claim.id for found in waiting}:
        return None
    number = len(waiting)
    return {
        "subject": ngettext("A level waits for your word", "%(num)s levels wait for your word", number),
        "link": "/",
        "button": gettext("To my page"),
        "sentences": [
            gettext("Somebody says they reached a next step in their craft. You know their work: did they?"),
            gettext("One sentence about what you saw is enough. “Not yet” is a good answer too."),
        ],
    }


def thanks(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell a manager what a mentor of theirs did, so that they thank them by name."""
    found = ending_queries.to_thank(session, row.due_on, manager_id=row.recipient_id, mentorship_id=int(row.about))
    if not found:
        return None
    ended = found[0]
    people = persons(session, [ended.mentor_id, ended.junior_id])
    mentor, junior = people[ended.mentor_id], people[ended.junior_id]
    sentences = [
        ngettext(
            "%(mentor)s guided %(junior)s in %(domain)s for %(num)s week.",
            "%(mentor)s guided %(junior)s in %(domain)s for %(num)s weeks.",
            ended.weeks,
            mentor=mentor.name,
            junior=junior.name,
            domain=ended.domain,
        )
    ]
    if ended.thanks:
        sentences.append(gettext("%(name)s says: “%(words)s”", name=junior.given_name, words=ended.thanks))
    sentences.append(gettext("Guiding is work beside the work. A word from you tells that it was seen."))
    return {
        "subject": gettext("Thank %(name)s for guiding", name=mentor.name),
        "link": "/",
        "button": gettext("To my page"),
        "sentences": sentences,
    }
