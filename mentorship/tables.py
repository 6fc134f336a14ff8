"""Every room's tables, for Alembic and for tests."""

from mentorship.base.audit import AuditRow
from mentorship.base.db import metadata
from mentorship.base.heartbeat import Heartbeat, JobFailure
from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import UndoRow
from mentorship.checkins.models import Answer, CheckIn, CheckInCode
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.checkins.signals.models import Signal
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.growth.models import BuildsOn, Course, CourseFollowed, JobHeld, JobLevel, JobProfile
from mentorship.growth.path.models import PathChosen
from mentorship.home.calendar.models import CalendarFeed
from mentorship.home.first.models import FirstAddress
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.upload.models import DraftFile, ImportDraft
from mentorship.hr_import.writing.models import ImportedRecord, ImportSource
from mentorship.insight.outcomes.models import KeptOutcome
from mentorship.insight.planning.models import PlanningFeed
from mentorship.insight.published.models import CountedAnswer, CountedPerson, PublishedFigure
from mentorship.insight.year.models import ExpectedNewcomers
from mentorship.mentor_requests.models import MentorRequest, Need, PlaceAsked, RequestOutcome
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.models import ClosingWord, FailingRule, Mentorship, ProposalReminder
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people.devices.models import Device
from mentorship.people.identity_provider.models import ProviderLink, ProviderSession, UsedOnce
from mentorship.people.looks.models import Look
from mentorship.people.models import (
    Account,
    ActivationCode,
    FailedSignIn,
    Person,
    PersonManager,
    PersonRole,
    SignIn,
    Site,
    Tablet,
)
from mentorship.people.second_factor.models import HalfSignIn, RecoveryCode, SecondFactor
from mentorship.people.stand_ins.models import StandIn
from mentorship.people.tablet.models import TabletCard
from mentorship.people.throttle.models import Pacing
from mentorship.people.views.models import SavedView
from mentorship.privacy.notice.models import NoticeShown
from mentorship.privacy.papers.models import PaperLink, PaperVersion
from mentorship.privacy.purges.models import PurgePass
from mentorship.privacy.requests.models import Erasure, PrivacyRequest
from mentorship.profiles.away.models import Away
from mentorship.profiles.closed_days.models import ClosedDay
from mentorship.profiles.contact.models import Contact
from mentorship.profiles.findable.models import Findable
from mentorship.profiles.models import (
    Capacity,
    Domain,
    Expertise,
    FilledIn,
    FormComfort,
    FormWish,
    Plan,
    Training,
    Wish,
)
from mentorship.profiles.rosters.models import DayOff, Roster, RosterChange, RosterDay, Shift, WorkTime
from mentorship.programme.consent.models import Consent, ConsentProposal
from mentorship.programme.models import Programme, VisibilityPeriod
from mentorship.pulse.models import PulseBuffer, PulseInvited, PulseSlip, PulseWave
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.reminders.models import MailPreference
from mentorship.reminders.texts.models import KeptText
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.models import AnnouncedPair, Round, RoundOverride, RoundPair, RoundUnmatched
from mentorship.rounds.notes.models import RoundNote
from mentorship.rounds.waiting.models import FreePlace

__all__ = [
    "Account",
    "ActivationCode",
    "AnnouncedPair",
    "Answer",
    "AuditRow",
    "Away",
    "BuildsOn",
    "CalendarFeed",
    "Capacity",
    "Certificate",
    "CertificateKind",
    "CheckIn",
    "CheckInCode",
    "CheckInSettings",
    "ClosedDay",
    "ClosingWord",
    "Consent",
    "ConsentProposal",
    "Contact",
    "CountedAnswer",
    "CountedPerson",
    "Course",
    "CourseFollowed",
    "DayOff",
    "Device",
    "Domain",
    "DraftFile",
    "Erasure",
    "ExpectedNewcomers",
    "Expertise",
    "FailedSignIn",
    "FailingRule",
    "FilledIn",
    "Findable",
    "FirstAddress",
    "FormComfort",
    "FormWish",
    "FreePlace",
    "Goal",
    "HalfSignIn",
    "HandoverPiece",
    "HandoverPlan",
    "Heartbeat",
    "ImportDraft",
    "ImportSource",
    "ImportedRecord",
    "JobFailure",
    "JobHeld",
    "JobLevel",
    "JobProfile",
    "KeptOutcome",
    "KeptText",
    "LevelClaim",
    "Look",
    "MailPreference",
    "MeetingAside",
    "MeetingPoint",
    "MentorRequest",
    "Mentorship",
    "Message",
    "MessageRecipient",
    "Need",
    "NoticeShown",
    "Objection",
    "OutboxRow",
    "Pacing",
    "PaperLink",
    "PaperVersion",
    "PathChosen",
    "Person",
    "PersonManager",
    "PersonRole",
    "PlaceAsked",
    "Plan",
    "PlanningFeed",
    "PrivacyRequest",
    "Programme",
    "ProposalReminder",
    "ProviderLink",
    "ProviderSession",
    "PublishedFigure",
    "PulseBuffer",
    "PulseInvited",
    "PulseSlip",
    "PulseWave",
    "PurgePass",
    "QuestionSet",
    "QuickQuestion",
    "RecoveryCode",
    "RequestOutcome",
    "Roster",
    "RosterChange",
    "RosterDay",
    "Round",
    "RoundNote",
    "RoundOverride",
    "RoundPair",
    "RoundUnmatched",
    "SavedView",
    "SecondFactor",
    "Shift",
    "SignIn",
    "Signal",
    "Site",
    "StandIn",
    "Tablet",
    "TabletCard",
    "TakenImport",
    "Training",
    "UndoRow",
    "UsedOnce",
    "VisibilityPeriod",
    "Wish",
    "WorkTime",
    "WorkedWeek",
    "metadata",
]
