"""Every room's tables, for Alembic and for tests."""

from mentorship.base.audit import AuditRow
from mentorship.base.db import metadata
from mentorship.base.heartbeat import Heartbeat
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.models import Answer, CheckIn, CheckInCode, CheckInSettings, QuestionSet, Signal
from mentorship.home.models import CalendarFeed
from mentorship.hr_import.models import ImportedRecord
from mentorship.mentor_requests.models import MentorRequest, Need, RequestOutcome
from mentorship.mentorships.models import ClosingWord, FailingRule, Goal, LevelClaim, Mentorship, WorkedWeek
from mentorship.people.models import Account, ActivationCode, FailedSignIn, Person, PersonRole, SignIn, Site
from mentorship.profiles.models import (
    Capacity,
    DayOff,
    Domain,
    Expertise,
    FormComfort,
    FormWish,
    Plan,
    Roster,
    RosterDay,
    Shift,
    Training,
    Wish,
    WorkTime,
)
from mentorship.programme.models import Programme
from mentorship.reminders.models import MailPreference
from mentorship.rounds.models import Round, RoundOverride, RoundPair, RoundUnmatched

__all__ = [
    "Account",
    "ActivationCode",
    "Answer",
    "AuditRow",
    "CalendarFeed",
    "Capacity",
    "CheckIn",
    "CheckInCode",
    "CheckInSettings",
    "ClosingWord",
    "DayOff",
    "Domain",
    "Expertise",
    "FailedSignIn",
    "FailingRule",
    "FormComfort",
    "FormWish",
    "Goal",
    "Heartbeat",
    "ImportedRecord",
    "LevelClaim",
    "MailPreference",
    "MentorRequest",
    "Mentorship",
    "Need",
    "OutboxRow",
    "Person",
    "PersonRole",
    "Plan",
    "Programme",
    "QuestionSet",
    "RequestOutcome",
    "Roster",
    "RosterDay",
    "Round",
    "RoundOverride",
    "RoundPair",
    "RoundUnmatched",
    "Shift",
    "SignIn",
    "Signal",
    "Site",
    "Training",
    "Wish",
    "WorkTime",
    "WorkedWeek",
    "metadata",
]
