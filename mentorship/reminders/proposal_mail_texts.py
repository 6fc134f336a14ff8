"""What the mails about proposals tell that wait, that were withdrawn, or that a round could not make."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.mentor_requests.models import OPEN, MentorRequest, RequestOutcome
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentor_requests.why_nobody import reason
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships import rules
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Domain
from mentorship.programme.queries import programme
from mentorship.reminders.mail_texts import Told

Open = list[tuple[date, Mentorship]]
"""Proposals that somebody can still answer, each with its last day, the first to lapse first."""


def proposal(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell of the proposals that somebody has not answered yet, and until when they can."""
    waiting = _can_answer(session, row.recipient_id, now)
    if not waiting:
        return None
    number = len(waiting)
    subject = ngettext(
        "A proposal waits for your answer, until and including %(day)s",
        "%(num)s proposals wait for your answer, the first until and including %(day)s",
        number,
        day=long_day(waiting[0][0]),
    )
    return {
        "subject": subject,
        **_where(waiting),
        "sentences": [
            ngettext(
                "We found somebody who fits. See who it is and why, and say yes or no.",
                "We found %(num)s people who fit. See who they are and why, and say yes or no.",
                number,
            ),
            _answer_by(waiting),
            gettext("You do not have to give a reason."),
        ],
    }


def proposal_again(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Remind of the proposals that somebody can still answer; after the last day there is nothing to remind of."""
    waiting = _can_answer(session, row.recipient_id, now)
    if not waiting:
        return None
    number = len(waiting)
    subject = ngettext(
        "Reminder: a proposal waits for your answer, until and including %(day)s",
        "Reminder: %(num)s proposals wait for your answer, the first until and including %(day)s",
        number,
        day=long_day(waiting[0][0]),
    )
    return {
        "subject": subject,
        **_where(waiting),
        "sentences": [
            ngettext(
                "Somebody who fits waits for your yes or no. See who it is and why.",
                "%(num)s people who fit wait for your yes or no. See who they are and why.",
                number,
            ),
            _answer_by(waiting),
            gettext("Both answers are good, and you do not have to give a reason."),
        ],
    }


def _can_answer(session: Session, person_id: int, now: datetime) -> Open:
    patience = programme(session).proposal_days
    found = []
    for pair in mentorships.unanswered(session, person_id):
        if pair.proposed_at is None:
            continue
        last = rules.last_day(local_date(pair.proposed_at), patience)
        if last >= local_date(now):
            found.append((last, pair))
    found.sort(key=lambda one: (one[0], one[1].id))
    return found


def _where(waiting: Open) -> dict[str, object]:
    """Return where one answers: at the proposal itself, or where all of them stand."""
    link = "/mentorships"
    if len(waiting) == 1:
        link = f"/mentorships/{waiting[0][1].id}"
    return {"link": link, "button": ngettext("See the proposal", "See the proposals", len(waiting))}


def _answer_by(waiting: Open) -> str:
    return ngettext(
        "You can answer until and including %(day)s. After that it lapses.",
        "The first of them can be answered until and including %(day)s. After that it lapses.",
        len(waiting),
        day=long_day(waiting[0][0]),
    )


def withdrawn(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell both sides that a proposal was withdrawn, which is nobody's fault, and what becomes of it."""
    found = session.get(Mentorship, int(row.about))
    if found is None or not found.withdrawn:
        return None
    other = session.get_one(Person, found.other_of(row.recipient_id))
    way = {"link": "/mentor-requests/mine", "button": gettext("See my request")}
    next_step = gettext("Your request stands; you do not have to do anything.")
    if row.recipient_id == found.mentor_id:
        way = {"link": "/mentorships", "button": gettext("See my pairs")}
        next_step = gettext("Your place is free again.")
    return {
        "subject": gettext("The proposal with %(name)s was withdrawn", name=other.name),
        **way,
        "sentences": [
            gettext("The proposal with %(name)s does not go ahead: it was withdrawn.", name=other.name),
            gettext("It is not because of you, and neither of you said no."),
            next_step,
        ],
    }


def nobody_found(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that a round found nobody, and why, in the words of one's own page: in merged counts, without names."""
    request_id = int(row.about.split(" ")[0])
    outcome = session.get(RequestOutcome, request_id)
    request = session.get(MentorRequest, request_id)
    if outcome is None or request is None or request.status != OPEN:
        return None
    needs = needs_of(session, [request_id]).get(request_id)
    if not needs:
        return None
    domain = session.get_one(Domain, needs[0].domain_id).title
    why = reason(outcome, domain)
    return {
        "subject": gettext("No mentor yet for %(domain)s; your request stands", domain=domain),
        "link": "/mentor-requests/mine",
        "button": gettext("See why, and what helps"),
        "sentences": [
            gettext("The round “%(name)s” found nobody for you this time.", name=outcome.round_name),
            gettext("%(finding)s.", finding=why.finding),
            why.helps,
        ],
    }
