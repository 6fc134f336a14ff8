"""The list: what each room does when somebody leaves, in the order in which it is done.

A room with tables about people stands here, or in `STAYS` with the reason why nothing follows; a test holds the list
against the tables. The order is that of who else changes these rows: a round that is published at this moment is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, SQLModel

from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import UndoRow
from mentorship.checkins import leaving as checkins
from mentorship.checkins.confidants import leaving as confidants
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.endings import leaving as endings
from mentorship.checkins.models import Answer, CheckIn, CheckInCode
from mentorship.checkins.signals import leaving as signals
from mentorship.checkins.signals.models import Signal
from mentorship.growth import leaving as growth
from mentorship.growth.certificates.models import Certificate
from mentorship.growth.handover import leaving as handover
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.growth.models import CourseFollowed, JobHeld
from mentorship.growth.path.models import PathChosen
from mentorship.home.calendar import leaving as calendar
from mentorship.home.calendar.models import CalendarFeed
from mentorship.insight.planning import leaving as planning
from mentorship.insight.planning.models import PlanningFeed
from mentorship.mentor_requests import leaving as mentor_requests
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships import leaving as mentorships
from mentorship.mentorships.goals.models import LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.questions import leaving as questions
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people import leaving as people
from mentorship.people.devices.models import Device
from mentorship.people.models import ActivationCode, Person, PersonRole, SignIn
from mentorship.people.second_factor.models import HalfSignIn
from mentorship.people.stand_ins import leaving as stand_ins
from mentorship.people.stand_ins.models import StandIn
from mentorship.people.tablet.models import TabletCard
from mentorship.people.views.models import SavedView
from mentorship.profiles import leaving as profiles
from mentorship.profiles.away import leaving as away
from mentorship.profiles.away.models import Away
from mentorship.profiles.contact.models import Contact
from mentorship.profiles.findable.models import Findable
from mentorship.profiles.models import Capacity, Plan
from mentorship.pulse import leaving as pulse
from mentorship.pulse.models import PulseInvited
from mentorship.reminders import leaving as reminders
from mentorship.rounds import leaving as rounds
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.models import AnnouncedPair, Round, RoundOverride, RoundPair, RoundUnmatched
from mentorship.rounds.notes.models import RoundNote

Do = Callable[[Session, Person, datetime], None]
Count = Callable[[Session, int], dict[str, int]]


def _nothing(_session: Session, _leaver: Person, _now: datetime) -> None:
    """Do nothing at this moment."""


def _none(_session: Session, _person_id: int) -> dict[str, int]:
    return {}


@dataclass(frozen=True)
class Room:
    """What a room does with its tables: the day after the last one, when that is said, and when it is taken back.

    `would_end` counts what ends, for the page that asks whether it is meant.
    """

    tables: tuple[type[SQLModel], ...]
    left: Do
    announced: Do = _nothing
    taken_back: Do = _nothing
    would_end: Count = _none


ROOMS = (
    Room(
        (Round, RoundPair, RoundUnmatched, RoundOverride, RoundNote, AnnouncedPair, Objection),
        rounds.left,
        would_end=rounds.would_end,
    ),
    Room((MentorRequest,), mentor_requests.left, would_end=mentor_requests.would_end),
    Room((Capacity, Plan, Contact, Findable), profiles.left, would_end=profiles.would_end),
    Room((Away,), away.left),
    Room((JobHeld, PathChosen, CourseFollowed, Certificate), growth.left),
    Room(
        (HandoverPlan, HandoverPiece),
        handover.left,
        announced=handover.announced,
        would_end=handover.would_end,
    ),
    Room((PulseInvited,), pulse.left),
    Room((StandIn,), stand_ins.left),
    Room((QuickQuestion,), questions.left),
    Room((Mentorship, LevelClaim), mentorships.left, would_end=mentorships.would_end),
    Room((CheckIn, Answer, CheckInCode), checkins.left),
    Room((), endings.left),
    Room((Confidant,), confidants.left),
    Room(
        (Signal,),
        signals.left,
        announced=signals.announced,
        taken_back=signals.taken_back,
        would_end=signals.would_end,
    ),
    Room((CalendarFeed,), calendar.left),
    Room((PlanningFeed,), planning.left),
    Room((OutboxRow,), reminders.left, announced=reminders.announced, taken_back=reminders.taken_back),
    Room(
        (Person, PersonRole, SignIn, HalfSignIn, Device, ActivationCode, TabletCard, SavedView, UndoRow),
        people.left,
        would_end=people.would_end,
    ),
)

STAYS = {
    "account": "sign-in is refused to who left; who comes back has the password they had",
    "second_factor": "is asked of who comes back, as before",
    "recovery_code": "belongs to the second factor",
    "tablet": "stands where it stood, whoever had it enrolled",
    "failed_sign_in": "holds no person but the digest of what was typed, for a day",
    "provider_link": "sign-in is refused to who left; who comes back is known by the same name of the provider",
    "used_once": "holds no person but a digest of what the provider sent, until it counts no more",
    "provider_session": "belongs to a session, which ends",
    "pacing": "holds no person but a digest of what was typed, until it counts no more",
    "look": "says to whom it was about who looked, for as long as it is kept",
    "counted_person": "says whose answers counted in published figures, for as long as they are kept",
    "counted_answer": "belongs to who counted, of whom nothing is said once they are gone",
    "paper_link": "opens papers to somebody outside, who is nobody here",
    "privacy_request": "is answered all the same, and kept to show that it was",
    "erasure": "holds no person but a digest of a number, so that a restored backup stays erased",
    "notice_shown": "says what somebody was told; who comes back reads what changed since",
    "audit": "says who decided what, for as long as it is kept",
    "expertise": "counts for nobody who left; who comes back finds it as it was",
    "form_wish": "counts for nobody who left; who comes back finds it as it was",
    "form_comfort": "counts for nobody who left; who comes back finds it as it was",
    "person_manager": "keeps apart who appraised whom; who comes back finds it as it was",
    "filled_in": "says to the person who filled in what, until they looked; who comes back is still told",
    "training": "counts for nobody who left; who comes back finds it as it was",
    "wish": "a block holds again when somebody comes back",
    "work_time": "counts for nobody who left; who comes back finds it as it was",
    "roster_change": "counts for nobody who left; who comes back finds it as it was",
    "day_off": "counts for nobody who left; who comes back finds it as it was",
    "mail_preference": "no mail goes to who left; who comes back finds it as it was",
    "message": "says who wrote what to how many, for as long as it is kept",
    "message_recipient": "was written before they left; what still waits is dropped with their other mail",
    "need": "belongs to the request, which is withdrawn",
    "request_outcome": "belongs to the request, which is withdrawn",
    "place_asked": "nobody is asked any more who left; it says what was asked, as long as the request is kept",
    "free_place": "is looked at anew: who left has none free",
    "goal": "belongs to the pair, which ends; kept as long as the pair is",
    "closing_word": "belongs to the pair, which ends; kept as long as the pair is",
    "failing_rule": "told of running pairs alone",
    "proposal_reminder": "belongs to the proposal, which lapses; kept as long as that is",
    "meeting_point": "belongs to the pair, which ends; kept as long as the pair is",
    "meeting_aside": "told of running pairs alone",
    "worked_week": "hours that were worked stay so; kept as long as the pair is",
    "import_draft": "an export that was looked at is deleted after 24 hours",
    "import_draft_file": "an export that was looked at is deleted after 24 hours",
    "taken_import": "says who took in what, for as long as it is kept",
    "import_source": "how the files of a source are read, by nobody in particular",
    "imported_record": "what the last file said, so that coming back in a later one is noticed",
}
"""The tables about people that stay as they are when somebody leaves, and why."""
