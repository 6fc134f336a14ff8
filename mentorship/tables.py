"""Every room's tables, for Alembic and for tests."""

from mentorship.base.audit import AuditRow
from mentorship.base.db import metadata
from mentorship.hr_import.models import ImportedRecord
from mentorship.mentor_requests.models import MentorRequest, Need, RequestOutcome
from mentorship.mentorships.models import Mentorship
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
    Wish,
    WorkTime,
)
from mentorship.programme.models import Programme
from mentorship.rounds.models import Round, RoundOverride, RoundPair, RoundUnmatched

__all__ = [
    "Account",
    "ActivationCode",
    "AuditRow",
    "Capacity",
    "DayOff",
    "Domain",
    "Expertise",
    "FailedSignIn",
    "FormComfort",
    "FormWish",
    "ImportedRecord",
    "MentorRequest",
    "Mentorship",
    "Need",
    "Person",
    "PersonRole",
    "Plan",
    "Programme",
    "RequestOutcome",
    "Roster",
    "RosterDay",
    "Round",
    "RoundOverride",
    "RoundPair",
    "RoundUnmatched",
    "Shift",
    "SignIn",
    "Site",
    "Wish",
    "WorkTime",
    "metadata",
]
