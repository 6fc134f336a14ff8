"""Bad input: for every form and every field a clear answer, never a fault, and nothing changed.

Every answer below 400 is taken back, so that each request meets the same data; at the end the whole database must be
as it was, so no refusal wrote anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask, current_app, g
from sqlmodel import Session
from werkzeug.test import TestResponse

from mentorship import tables
from mentorship.base import links
from mentorship.base.secret_codes import digest
from mentorship.checkins.balance import QUESTIONS
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.signals.models import Signal
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.growth.models import BuildsOn, Course, JobHeld, JobProfile
from mentorship.growth.path.models import PathChosen
from mentorship.home.calendar.models import CalendarFeed
from mentorship.hr_import.imports.actions import summary
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.reading.files import Upload
from mentorship.hr_import.report import Report
from mentorship.hr_import.upload.actions import upload
from mentorship.hr_import.writing.journal import packed
from mentorship.insight.planning.models import PlanningFeed
from mentorship.matching import CRITERIA, DEFAULT_WEIGHTS, FORMS
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.meeting.models import MeetingPoint
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people.access import Actor
from mentorship.people.models import Account, Tablet
from mentorship.people.tablet.models import TabletCard
from mentorship.people.views.models import SavedView
from mentorship.privacy.requests.models import PrivacyRequest
from mentorship.profiles.findable.models import Findable
from mentorship.pulse.models import PulseInvited, PulseWave
from mentorship.pulse.questions import fingerprint
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.reminders.texts.models import KeptText
from mentorship.rounds.models import Round
from mentorship.rounds.notes.models import RoundNote
from tests.checkins.stage import plant
from tests.client import InspectingClient
from tests.conftest import make_app
from tests.factories import Organisation
from tests.hr_import.exports import encoded

BAD = {
    "nul": b"a\0b",
    "surrogate": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe",
    "huge": str(10**30).encode(),
    "negative": b"-1",
    "megabyte": b"9" * 2**20,
    "not a number": b"nan",
}
MATTERS_TO_POSTGRESQL = ("nul", "huge", "not a number")  # the rest is refused before any database is asked
WEIGHTS = {f"weight_{name}": "0.2" for name in CRITERIA} | {"floor": "0.3", "spread": "0.02", "waiting": "0.02"}
CHECK_IN = {
    "answer-progress": "4",
    "note*": "x",
    "share": "true",
    "help_from": "coordinator",
    "reached*": "x",
    "thanks*": "x",
    "closing": "true",
    "seen": "classes",
}
WORDS = [f"word-{side}-{key}-{lang}*" for side, keys in QUESTIONS.items() for key in keys for lang in ("nl", "en")]
EVERY = {"running": "true", "days": "14", "later_days": "28"}
CHOSEN = {"confirmed": "true", "answers:zeros": "same", "roles:chef": "manager", "leaver*": "1"}
LETTER = {"subject_nl*": "Vrijdag", "body_nl*": "Tot dan", "subject_en*": "Friday", "body_en*": "See you"}
SECRET = "s" * 43
SENT = 2
"""The check-in that was sent, and can still be changed."""
# endpoint: who sends it, and a form in order; a field whose name ends in * may also hold any short text
FORMS_OF: dict[str, tuple[str, dict[str, Any]]] = {
    "planning.make": ("coordinator", {"name*": "Planbord", "manager_id": "1", "site_id": "1", "names": "true"}),
    "calendar.names": ("junior", {"names": "true"}),
    "links.answer": ("anonymous", {"key": "progress", "value": "4"}),
    "links.send": ("anonymous", CHECK_IN),
    "settings.change": ("coordinator", {"version": "1", **EVERY}),
    "own.correct": ("junior", CHECK_IN),
    "settings.take_standard": ("coordinator", {"set_id": "1"}),
    "settings.put_forward": ("coordinator", {"set_id": "1"}),
    "settings.questions": ("coordinator", {"set_id": "1", **dict.fromkeys(WORDS, "x")}),
    "confidants.appoint": ("coordinator", {"site": "0", "confidant": "n-nobody"}),
    "confidants.stand_in": ("coordinator", {"stand_in": "n-senior", "first": "2026-11-24", "until": "2026-12-24"}),
    "asked.stand_in": ("junior", {"stand_in": "n-senior", "first": "2026-11-24", "until": "2026-12-24"}),
    "checkins.answer": ("junior", {"key": "progress", "value": "4"}),
    "checkins.send": ("junior", CHECK_IN),
    "checkins.share": ("junior", {"share": "true"}),
    "endings.take_back": ("junior", {"what": "thanks"}),
    "person.name": ("hr", {"given_name*": "A", "infix*": "", "family_name*": "B"}),
    "person.work": (
        "admin",
        {"site_id": "1", "department*": "x", "manager": "n-manager", "languages": "nl", "email": "a@b.example"},
    ),
    "person.roster": ("hr", {"roster_id": "1"}),
    "person.expertise": ("coordinator", {"add_domain": "1", "add_level": "3", "add_willing": "true"}),
    "person.places": ("coordinator", {"places": "2", "hours": "8"}),
    "leaving.set_last_day": ("coordinator", {"last_day": "2026-12-31"}),
    "many.choose": ("hr", {"person": "1"}),
    "many.look": ("hr", {"person": "1", "give": "", "take": "", "site_id": "1", "roster_id": ""}),
    "many.change": ("hr", {"person": "1", "give": "", "take": "", "site_id": "1", "roster_id": ""}),
    "people.codes": ("coordinator", {"person": "1"}),
    "people.invite": ("coordinator", {"person": "1"}),
    "joining.add": (
        "hr",
        {
            "number*": "n-new",
            "given_name*": "A",
            "infix*": "",
            "family_name*": "B",
            "site_id": "1",
            "department*": "x",
            "manager": "n-manager",
            "email": "a@b.example",
            "languages": "nl",
            "roles": "junior",
        },
    ),
    "levels.read": ("coordinator", {}),
    "levels.take": ("coordinator", {"change": "1-1-0-3"}),
    "upload.add": ("hr", {"source*": "x"}),
    "upload.choose": ("coordinator", CHOSEN),
    "upload.take": ("coordinator", CHOSEN),
    "sites.add": ("hr", {"name*": "x", "region": "NL"}),
    "away.save": ("junior", {"first_day": "2026-12-01", "last_day": "2026-12-05"}),
    "away.save_of": ("manager", {"first_day": "2026-12-01", "last_day": "2026-12-05"}),
    "jobs.add": ("coordinator", {"name*": "x", "name_en*": "", "explanation*": "", "explanation_en*": ""}),
    "jobs.change": (
        "coordinator",
        {
            "name*": "x",
            "name_en*": "",
            "explanation*": "",
            "explanation_en*": "",
            "domain": ["1", "2"],
            "level": ["3", "0"],
        },
    ),
    "held.save": ("coordinator", {"person": ["1"], "profile": ""}),
    "held.note": ("hr", {"person": ["1"], "kind": "1", "got_on": "2026-11-20", "ends_on": "2027-11-20"}),
    "held.add": ("junior", {"kind": "1", "got_on": "2026-11-20", "ends_on": ""}),
    "certificates.confirm": ("hr", {"certificate": ["1"]}),
    "certificates.remove": ("junior", {"back": "mine"}),
    "certificate_kinds.add": (
        "coordinator",
        {"name*": "x", "name_en*": "", "domain": "1", "months": "36", "entitles": "true"},
    ),
    "certificate_kinds.change": (
        "coordinator",
        {"name*": "x", "name_en*": "", "domain": "", "months": "", "entitles": "true"},
    ),
    "mentor_requests.trainer": ("junior", {"asked": "yes"}),
    "held.share": ("junior", {"shown": "yes"}),
    "bases.add": ("coordinator", {"domain": "1", "base": "2"}),
    "bases.remove": ("coordinator", {"domain": "1", "base": "2"}),
    "path.choose": ("junior", {"profile": "2"}),
    "path.let_go": ("junior", {"profile": "1"}),
    "path.share": ("junior", {"profile": "1", "shown": "yes"}),
    "path.follow": ("junior", {"followed_on": "2026-11-02"}),
    "handover.share": ("senior", {"shared": "yes"}),
    "handover.add": ("coordinator", {"domain": "2"}),
    "handover.save": ("senior", {"due_on": "2026-12-01", "place*": "map K", "step": "1"}),
    "handover.choose": ("senior", {"receiver": "1"}),
    "handover.move": ("senior", {"to": "later"}),
    "waves.plan": (
        "coordinator",
        {"opens_on": "2027-06-20", "closes_on": "2027-07-03", "grouping": "role", "agreed_on": "2026-01-01"},
    ),
    "pulse.answer": (
        "junior",
        {
            **{"learning_time": "5", "newcomers_time": "1", "own_work": "2", "alone_soon": "3", "hierarchy": "4"},
            **{"holders": "none", "misunderstood": "5", "own_choice": "1", "prefers": "online"},
        },
    ),
    "jobs.start": ("coordinator", {"trade": "process"}),
    "jobs.add_course": (
        "coordinator",
        {"domain": "1", "title*": "x", "provider*": "", "days": "2,5", "basics": "true"},
    ),
    "year.expect": ("coordinator", {"month": "2027-02-01", "site": "1", "domain": "1", "number": "4"}),
    "closed_days.works": ("hr", {"year": "2026", "works": "2026-12-25"}),
    "closed_days.close": ("hr", {"day": "2026-12-24"}),
    "closed_days.reopen": ("hr", {"day": "2026-12-24"}),
    "stand_ins.save": (
        "coordinator",
        {"stand_in": "n-coordinator", "first_day": "2026-12-01", "last_day": "2026-12-05"},
    ),
    "announcing.answer_at_once": ("manager", {"said": "too_much"}),
    "announcing.answer": ("manager", {"request_id": "1", "mentor_id": "1", "said": "too_much"}),
    "sites.change": ("hr", {"name*": "x", "region": "NL"}),
    "views.save": ("junior", {"list*": "people", "query*": "site=1", "name*": "x", "next*": "/"}),
    "views.remove": ("junior", {"next*": "/"}),
    "person.roles": ("admin", {"roles": "senior"}),
    "goals.add": ("junior", {"domain": "1", "current": "0", "target": "3", "words*": "x"}),
    "goals.claim": ("junior", {"level": "3"}),
    "goals.confirm": ("senior", {"evidence*": "Zelf een klep vervangen", "second": "n-manager"}),
    "goals.name_second": ("senior", {"second": "other", "number": "n-manager"}),
    "pace.set_date": ("junior", {"due_on": "2026-12-21"}),
    "pace.use_dates": ("junior", {"due-1": "2026-12-21"}),
    "pace.slower": ("junior", {"weeks": "4"}),
    "hours.note": ("senior", {"week": "2026-11-16", "worked-2": "yes", "hours-2": "2"}),
    "hours.other": ("senior", {"week": "2026-11-16", "hours": "2", "words*": "x"}),
    "hours.planned": ("senior", {"week": "2026-11-16"}),
    "duos.act": ("coordinator", {"duo": "1", "act": "pause"}),
    "duos.ticked_csv": ("coordinator", {"duo": "1"}),
    "duos.ticked_xlsx": ("coordinator", {"duo": "1"}),
    "insight.confirm": ("manager", {"hours": "4"}),
    "insight.what_if": ("manager", {"hours": "4"}),
    "reminders.choose": ("junior", {"wanted": ["duo", "reminder"]}),
    "account.change_password": ("junior", {"old": "x", "new": "drie koude bakfietsen"}),
    "first.come_in": ("anonymous", {}),
    "pasting.read": ("coordinator", {"text*": "Jan Bos", "no_number": "new", "shared": "nobody"}),
    "setup.set_agreements": (
        "coordinator",
        {
            "version": "1",
            "works_council_on": "2026-01-01",
            "dpia_on": "2026-01-01",
            "visibility": "classes",
            "council_reference*": "x",
        },
    ),
    "agreements.enter": (
        "coordinator",
        {"seen": "0" * 64, "works_council_on": "2026-01-01", "dpia_on": "2026-01-01", "council_reference*": "x"},
    ),
    "agreements.sight": ("coordinator", {"visibility": "released"}),
    "agreements.urgent": ("coordinator", {"reason*": "x"}),
    "setup.set_domains": (
        "coordinator",
        {"version": "1", "domain*": "Lassen", "others*": "x", "shape": "day", "usual": "", "hours_per_pair": "2"},
    ),
    "setup.set_line": ("coordinator", {"person": "1", "leader": "2", "junior": "1", "senior": "1", "manager": "1"}),
    "setup.set_organisation": ("coordinator", {"version": "1", "organisation*": "x", "sites*": "y", "region": "NL"}),
    "confirming.do_confirm": ("junior", {"code": "x"}),
    "again.answer": ("junior", {"password": "x", "next*": "/", "back*": "/"}),
    "account.do_activate": ("anonymous", {"name": "n-x", "code": "AAAA", "password": "drie koude bakfietsen"}),
    "kiosk.enter": ("anonymous", {"card": "AAAA-AAAA", "pin": "302857"}),
    "kiosk.choose": ("anonymous", {"card": "AAAA-AAAA", "code": "AAAA", "pin": "302857", "again": "302857"}),
    "kiosk.do_enrol": ("anonymous", {"code": "AAAA"}),
    "tablets.add": ("hr", {"name*": "Kantine", "site_id": "1"}),
    "tablets.make_cards": ("coordinator", {"person": "1"}),
    "tablets.revoke": ("coordinator", {"person": "1"}),
    "pin.choose": ("junior", {"pin": "302857", "again": "302857"}),
    "account.do_sign_in": ("anonymous", {"name": "n-x", "password": "fout", "next": "/"}),
    "second_step.answer": ("anonymous", {"code": "000000", "next*": "/"}),
    "second_step.codes": ("junior", {"code": "000000"}),
    "second_step.confirm": ("junior", {"code": "000000"}),
    "second_step.turn_off": ("junior", {"code": "000000", "password": "x"}),
    "account.language": ("junior", {"locale": "nl", "next*": "/"}),
    "account.theme": ("junior", {"theme": "dark", "next*": "/"}),
    "acting.pause": ("coordinator", {"duo": "1", "until": "2026-12-21", "back*": "/"}),
    "acting.resume": ("coordinator", {"duo": "1", "back*": "/"}),
    "acting.stay": ("coordinator", {"duo": "1", "back*": "/"}),
    "acting.until": ("coordinator", {"duo": "1", "until": "2026-12-21", "back*": "/"}),
    "acting.end": (
        "coordinator",
        {"duo": "1", "ended_as": "reached", "thanks*": "x", "again": "true", "ends_on": "2026-12-21", "back*": "/"},
    ),
    "endings.end": ("junior", {"ended_as": "time", "ends_on": "2026-12-21"}),
    "meeting.choose": ("junior", {"point": "where", "choice": "work"}),
    "meeting.agree": ("junior", {"shown": ["long:half"]}),
    "meeting.take_back": ("junior", {"point": "where"}),
    "mentorships.pause": ("senior", {"until": "2026-12-21"}),
    "profiles.comfort": ("senior", dict.fromkeys(FORMS, "2")),
    "profiles.expertise": (
        "senior",
        {
            "domain": "1",
            "level": "4",
            "willing": "1",
            "remove": "1",
            "add_domain": "2",
            "add_level": "3",
            "add_willing": "true",
        },
    ),
    "profiles.contact": ("junior", {"phone": "06 12 34 56 78", "show_phone": "true", "show_email": "true"}),
    "profiles.learning": ("junior", {"choice": list(FORMS)}),
    "profiles.pause": ("senior", {"paused": "true", "until": "2027-01-01"}),
    "profiles.places": ("senior", {"places": "2", "hours": "8"}),
    "profiles.plans": ("junior", {"horizon": "unknown"}),
    "profiles.time": ("junior", {"roster_id": "1", "off": "1", "school": "2", "remote": "true"}),
    "profiles.training": ("senior", {"title*": "x", "followed_on": "2026-01-01"}),
    "profiles.training_of": ("coordinator", {"title*": "x", "followed_on": "2026-01-01"}),
    "profiles.wish": ("junior", {"other_id": "1", "wish": "wanted", "next*": "/"}),
    "papers.agree": (
        "coordinator",
        {"paper": "council", "seen": "x", "agreed_on": "2026-11-20", "agreed_with": "council"},
    ),
    "notice.read": ("junior", {"seen": "x"}),
    "papers.make_link": ("coordinator", {"reader": "council", "days": "90"}),
    "papers.revoke_link": ("coordinator", {"link_id": "1"}),
    "papers.do_open": ("anonymous", {"code": "x"}),
    "requests.ask_erase": ("junior", {"words*": "x"}),
    "requests.ask_object": ("junior", {"about": "other", "words*": "x"}),
    "requests.ask_correct": ("junior", {"words*": "x"}),
    "requests.carry_out": ("admin", {"answer*": "x"}),
    "requests.refuse": ("admin", {"reason*": "x"}),
    "requests.extend": ("admin", {"reason*": "x"}),
    "programme.change": (
        "coordinator",
        {
            **WEIGHTS,
            "version": "1",
            "hours_per_pair": "2",
            "confirm_hours": "true",
            "organisation*": "x",
            "proposal_days": "14",
            "direct_days": "1",
            "risk_moderate": "5",
            "risk_high": "10",
            "risk_very_high": "16",
            "objection_days": "5",
            "notes_months": "3",
            "answers_months": "12",
            "pairs_months": "24",
            "contact_name*": "x",
            "contact_reach*": "",
        },
    ),
    "direct.propose": (
        "coordinator",
        {"mentor_id": "1", "request_id": "", "until": "", "domain_1": "1", "current_1": "0", "target_1": "3"},
    ),
    "mentor_requests.add_need": ("junior", {"domain": "1", "current": "0", "target": "3"}),
    "mentor_requests.goal": ("junior", {"goal*": "x"}),
    "mentor_requests.main": ("junior", {"domain": "1"}),
    "mentor_requests.remove": ("junior", {"domain": "2"}),
    "questions.ask": ("junior", {"what": "along", "words*": "x", "domain": "1"}),
    "questions.yes": ("senior", {"day": "2026-11-24"}),
    "findable.choose": ("junior", {"found": "yes"}),
    "waiting.ask": ("coordinator", {"mentor": "1"}),
    "waiting.outside": ("coordinator", {"looked_for": "yes"}),
    "notes.note": ("coordinator", {"words*": "x"}),
    "review.decide": ("coordinator", {"pair": "1-4-", "kind": "lock"}),
    "terms.change": ("coordinator", {**WEIGHTS, "version": "1", "site": "1", "unmatched_cost": "0.5"}),
    "drafts.to_people": ("coordinator", {"person": "1", "everybody": "true"}),
    "drafts.to_pairs": ("coordinator", {"duo": "1", "everybody": "true"}),
    "drafts.to_silent": ("coordinator", {"proposal": "1", "everybody": "true"}),
    "drafts.to_change": (
        "coordinator",
        {
            "person": "1",
            "about": "away",
            "places": "1",
            "first": "2026-12-01",
            "last": "2026-12-20",
            "nobody_lost": "true",
        },
    ),
    "what_if.ask": ("coordinator", {"mentor": "1"}),
    "managers.ask_again": ("coordinator", {"back*": "/"}),
    "lowering.lower": ("coordinator", {"places": "20", "back*": "/"}),
    "drafts.write": ("coordinator", {**LETTER, "leads": "message"}),
    "drafts.keep": ("coordinator", {**LETTER, "leads": "message", "name*": "Vrijdag"}),
    "drafts.use": ("coordinator", {"text": "given-0"}),
    "drafts.take_off": ("coordinator", {"person": "1"}),
    "drafts.send": ("coordinator", {"version": "1"}),
    "texts.change": ("coordinator", {**LETTER, "name*": "Vrijdag"}),
    "proposals.remind": ("coordinator", {"proposal": "1", "everybody": "true"}),
    "proposals.withdraw": ("coordinator", {"proposal": "1"}),
    "rounds.open_round": ("coordinator", {"name*": "x", "site": "1"}),
    "links.make": ("coordinator", {"person": "1"}),
    "links.open_check_in": ("anonymous", {"code": "AAAA"}),
    "signals.close": ("coordinator", {"outcome*": "x"}),
    "signals.release": ("junior", {"release": "true"}),
    "signals.take": ("coordinator", {"action": "talk", "look_again_on": "2027-01-01"}),
    "steps.carry_out": ("coordinator", {"what": "pause_pair", "day": "2026-12-14"}),
    "steps.answer": ("manager", {"agrees": "true"}),
    "rosters.add": ("coordinator", {"name*": "x", "shape": "5D2", "starts_on": "2026-01-05"}),
    "person_roster.choose": ("hr", {"roster_id": "1", "from_day": "2026-11-24"}),
    "roster.days": (
        "coordinator",
        {"draft": "1 1 1 1 1 - -", "seen": "1 1 1 1 1 - -", "first": "", "do": "save", "whole": "yes"},
    ),
    "roster.change": (
        "coordinator",
        {
            "name*": "x",
            "starts_on": "2026-01-05",
            "length": "7",
            "kind": "cycle",
            "seen": "1 1 1 1 1 - -",
            "runs_on": "true",
            "is_default": "true",
        },
    ),
    "roster.add_shift": ("hr", {"code*": "X", "begins": "07:00", "ends": "15:00", "description*": "x"}),
    "roster.change_shift": ("hr", {"code*": "X", "begins": "07:00", "ends": "15:00", "description*": "x"}),
    "domains.add": (
        "coordinator",
        {
            "name*": "x",
            "name_en*": "x",
            "explanation*": "x",
            "explanation_en*": "x",
            "critical": "true",
            "remote": "true",
        },
    ),
    "domains.change": (
        "coordinator",
        {
            "domain": "1",
            "was*": "00y",
            **dict.fromkeys(("name*", "name_en*", "explanation*", "explanation_en*"), "x"),
            "critical": "1",
            "remote": "1",
        },
    ),
}
# verbs without a form: whatever comes along is ignored
BARE = {
    "acting.again",
    "own.ask",
    "setup.put_aside",
    "agreements.withdraw",
    "calendar.make",
    "calendar.revoke",
    "planning.stop",
    "drafts.throw_away",
    "messages.withdraw",
    "texts.remove",
    "proposals.replace",
    "away.end",
    "away.back",
    "stand_ins.let_go",
    "links.skip",
    "checkins.skip",
    "asked.end_stand_in",
    "asked.finish",
    "asked.heard",
    "asked.seen",
    "confidants.end_stand_in",
    "confidants.let_go",
    "goals.agree",
    "goals.decline",
    "goals.disagree",
    "goals.drop",
    "goals.withdraw",
    "notes.take_back",
    "leaving.withdraw",
    "reminders.do_unsubscribe",
    "single_sign_on.unlink",
    "single_sign_out.by_provider",
    "mentorships.accept",
    "mentorships.refuse",
    "undo.carry_out",
    "mentorships.resume",
    "jobs.retire",
    "jobs.again",
    "jobs.remove_course",
    "path.unfollow",
    "handover.start",
    "handover.drop",
    "handover.take_off",
    "certificates.seen",
    "certificate_kinds.start",
    "certificate_kinds.retire",
    "certificate_kinds.again",
    "certificate_kinds.remove",
    "lessons.follow",
    "waves.cancel",
    "meeting.put_aside",
    "roster.remove",
    "roster.remove_shift",
    "filled.say_right",
    "sites.close",
    "upload.drop",
    "imports.undo",
    "sites.open_again",
    "second_step.begin",
    "account.end_all",
    "confirming.ask_mail",
    "account.end_one",
    "account.sign_out",
    "signing_out.end",
    "console.revoke",
    "console.retry",
    "console.drop",
    "kiosk.leave",
    "kiosk.still",
    "tablets.end",
    "profiles.remove_training",
    "mentor_requests.reopen",
    "mentor_requests.withdraw",
    "questions.call_off",
    "questions.no",
    "questions.withdraw",
    "waiting.add_place",
    "waiting.ask_all",
    "waiting.not_now",
    "waiting.seen",
    "requests.withdraw",
    "signals.fewer_places",
    "signals.pause",
    "signals.second_mentor",
    "signals.take_line",
    "slips.take_back",
    "slips.was_me",
    "telling.let_known",
}
TYPED = frozenset(
    {"email", "phone", "number", "manager", "confidant", "stand_in", "second", "code", "name", "old", "password", "new"}
)
"""Fields that are typed, too, though not any text will do."""
ONLY_TOLD = {
    "duos.ticked_csv": 200,
    "duos.ticked_xlsx": 200,
    "insight.what_if": 200,
    "leaving.set_last_day": 200,
    "many.choose": 200,
    "many.look": 200,
    "papers.make_link": 200,
    "pasting.read": 200,
    "tablets.add": 200,
    "tablets.make_cards": 200,
}
"""What changes nothing, and answers with what would follow."""
VERSIONED = {
    "announcing.announce",
    "announcing.withdraw",
    "rounds.close",
    "rounds.discard",
    "rounds.publish",
    "rounds.solve",
    "rounds.stop",
}
FORMS_OF |= dict.fromkeys(VERSIONED, ("coordinator", {"version": "1"}))
# a box that is not ticked is not sent; all else that is missing is an error, so that a cut-off form erases nothing
MAY_LACK = """
closed_days.works works,
joining.add roles,
links.send answer-progress, links.send help_from, links.send share,
links.send reached, links.send thanks, checkins.send reached, checkins.send thanks,
settings.change running, checkins.send answer-progress, checkins.send help_from, checkins.send share,
own.correct answer-progress, own.correct help_from, own.correct share, own.correct reached, own.correct thanks,
requests.ask_erase words, requests.ask_object words, requests.carry_out answer,
person.roles roles, person.expertise add_willing, reminders.choose wanted,
account.language next, account.theme next,
profiles.contact show_email, profiles.contact show_phone, profiles.expertise add_willing,
profiles.expertise remove, profiles.expertise willing, profiles.pause paused,
profiles.pause until, profiles.time off, profiles.time remote, profiles.time school, profiles.wish next,
programme.change confirm_hours, rounds.open_round site, terms.change site,
review.decide pair,
views.save next, views.remove next,
roster.change runs_on, roster.change is_default,
drafts.to_people person, drafts.to_people everybody, drafts.to_pairs duo, drafts.to_pairs everybody,
drafts.to_silent proposal, drafts.to_silent everybody, drafts.to_change places, drafts.to_change nobody_lost,
upload.choose confirmed, upload.choose answers:zeros, upload.choose roles:chef, upload.choose leaver,
upload.take confirmed, upload.take answers:zeros, upload.take roles:chef, upload.take leaver,
setup.set_agreements visibility, setup.set_domains domain, setup.set_domains shape,
pulse.answer learning_time, pulse.answer newcomers_time, pulse.answer own_work, pulse.answer alone_soon,
pulse.answer hierarchy, pulse.answer holders, pulse.answer misunderstood, pulse.answer own_choice, pulse.answer prefers,
jobs.add_course basics, certificate_kinds.add entitles, certificate_kinds.change entitles,
domains.add critical, domains.add remote, domains.change critical, domains.change remote
"""


class Sender:
    """Sends raw bodies as one person, always with the same cookie."""

    def __init__(self, app: Flask, session: Session, person_id: int | None) -> None:
        known = InspectingClient(app, session, person_id)
        page = known.get("/account" if person_id else "/account/sign-in")
        token, cookie = re.search(r'name="csrf_token" value="([^"]+)"', page.text), known.flask.get_cookie("leermaat")
        assert token and cookie
        self.token, self._headers = token[1], {"Cookie": f"leermaat={cookie.value}"}
        self._client = app.test_client(use_cookies=False)

    def get(self, url: str) -> TestResponse:
        return self._client.get(url, headers=self._headers)

    def post(self, url: str, fields: Iterable[tuple[str, Any]]) -> TestResponse:
        body = urlencode([*fields, ("csrf_token", self.token)]).encode()
        return self.raw(url, body, "application/x-www-form-urlencoded")

    def raw(self, url: str, body: bytes, content_type: str, **headers: str) -> TestResponse:
        return self._client.post(url, data=body, content_type=content_type, headers={**self._headers, **headers})


@pytest.fixture
def app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    """An application of its own, for these tests add to it."""
    return make_app(engine, database_url, now)


@pytest.fixture
def sender(app: Flask, session: Session, organisation: Organisation) -> dict[str, Sender]:
    """A request, a proposal and a round; a sender per role; every answer below 400 is taken back."""
    made = organisation
    made.asks("junior")
    pair = made.pair("senior", "junior")
    made.pair("senior", "other_junior", "active")
    plant(session, made, pair, "junior", closing=True)
    told = {"status": "answered", "closed_at": made.now, "due_on": made.now.date() - timedelta(days=14)}
    plant(session, made, pair, "junior", closing=True, **told)
    asked = {"received_at": made.now, "due_on": made.now.date()}
    session.add(PrivacyRequest(asker_id=made.people["junior"], kind="correct", words="x", **asked))
    session.add(SavedView(person_id=made.people["junior"], list="people", name="Ede", query="site=1"))
    session.add(
        Signal(mentorship_id=pair, kind="low", side="junior", since=made.now.date(), raised_at=made.now, asked_hours=1)
    )
    session.add(Round(name="r", weights=DEFAULT_WEIGHTS, floor=0.3, spread=0.02, created_at=made.now))
    goal = Goal(
        mentorship_id=pair,
        domain_id=made.domains["Pneumatiek"],
        start_level=0,
        target_level=3,
        made_at=made.now,
    )
    session.add(goal)
    waits = {"proposed": "half", "side": "mentor", "chosen_at": made.now}
    session.add(MeetingPoint(mentorship_id=pair, point="long", **waits))
    session.flush()
    session.add(LevelClaim(goal_id=goal.id or 0, level=3, claimed_at=made.now, second_id=made.people["manager"]))
    known = {"asker_id": made.people["other_junior"], "asked_id": made.people["senior"]}
    who = made.people["coordinator"]
    session.add(RoundNote(round_id=1, request_id=1, by_id=who, words="x", noted_at=made.now))
    session.add(QuickQuestion(**known, along=True, words="x", asked_at=made.now))
    session.add(Findable(person_id=made.people["senior"], said_at=made.now))
    if session.get(Account, made.people["senior"]) is None:
        session.add(Account(person_id=made.people["senior"], password_hash="x"))
    secret = {"token_hash": digest(SECRET), "made_at": made.now, "read_on": made.now.date()}
    session.add(PlanningFeed(name="Planbord", person_id=made.people["coordinator"], **secret))
    session.add(CalendarFeed(person_id=made.people["junior"], **secret))
    session.add(Message(selection="people", subject_nl="x", body_nl="x", made_at=made.now))
    session.add(KeptText(name="Zaterdag", subject_nl="x", body_nl="x", kept_at=made.now))
    session.flush()
    for key in ("junior", "senior"):
        session.add(MessageRecipient(message_id=1, person_id=made.people[key]))
    people = [["Medewerkernummer", "Roepnaam", "Achternaam"], ["1", "Ans", "Baas"]]
    coordinator = Actor(made.people["coordinator"], frozenset({"coordinator"}))
    upload(session, coordinator, [Upload("medewerkers.csv", encoded(people))], "", made.now)
    session.add(Tablet(name="Kantine", site_id=made.sites["Ede"], made_at=made.now, code_until=made.now))
    session.add(JobProfile(id=1, name="x", retired_at=made.now))
    session.add(JobProfile(id=2, name="y"))
    session.flush()
    session.add(PathChosen(person_id=made.people["junior"], profile_id=1, chosen_at=made.now))
    session.add(PathChosen(person_id=made.people["senior"], profile_id=1, chosen_at=made.now, shown=True))
    session.add(BuildsOn(domain_id=1, base_id=2))
    session.add(JobHeld(person_id=made.people["junior"], profile_id=1, since=made.now.date()))
    session.add(Course(domain_id=1, title="x", days=2))
    leaver = made.people["senior"]
    session.add(HandoverPlan(person_id=leaver, started_at=made.now, shared=True, changed_at=made.now))
    session.add(HandoverPiece(person_id=leaver, domain_id=1, position=1))
    session.add(CertificateKind(id=1, name="k"))
    session.flush()
    own = {"kind_id": 1, "person_id": made.people["junior"], "noted_by": made.people["junior"]}
    session.add(Certificate(id=1, got_on=made.now.date() - timedelta(days=90), noted_at=made.now, **own))
    session.add(Confidant(site_id=made.sites["Ede"], person_id=made.people["junior"]))
    planned, today = date(2028, 1, 10), made.now.date()
    session.add(PulseWave(id=1, opens_on=planned, closes_on=planned, grouping="role"))
    session.add(
        PulseWave(id=2, opens_on=today, closes_on=today + timedelta(days=9), grouping="role", asks=fingerprint())
    )
    session.flush()
    session.add(PulseInvited(wave_id=2, person_id=made.people["junior"], grouped="junior", invited_on=today))
    session.add(TabletCard(person_id=1, secret_hash="q", made_at=made.now))
    session.add(TakenImport(at=made.now, summary=summary(Report()), journal=packed({})))
    session.commit()

    @app.after_request
    def undo(response: Any) -> Any:
        if "db" in g and response.status_code < 400:
            g.db.flush()
            g.db.rollback()
        return response

    whose = {key: made.people[key] for key in ("junior", "senior", "manager", "coordinator", "hr", "admin")}
    return {key: Sender(app, session, number) for key, number in {**whose, "anonymous": None}.items()}


def everything(session: Session) -> dict[str, list[Any]]:
    """All rows of all tables, but for the count of tries, and who looked at whom."""
    found = {
        name: sorted(session.execute(sa.select(table)).all(), key=repr)
        for name, table in tables.metadata.tables.items()
        if name not in ("pacing", "look")
    }
    session.rollback()
    return found


def address(app: Flask, organisation: Organisation, rule: str) -> str:
    """The address of a route with ids that exist."""
    with app.app_context():
        token = links.sign(current_app.extensions["mentorship_settings"], LINK_PURPOSE, 1, organisation.now)
    ids = {
        "person_id": organisation.people["senior"],
        "round_id": 1,
        "request_id": 1,
        "mentorship_id": 1,
        "sign_in_id": 1,
        "check_in_id": SENT if rule.startswith("/checkins/own/") else 1,
        "signal_id": 1,
        "goal_id": 1,
        "claim_id": 1,
        "training_id": 1,
        "view_id": 1,
        "feed_id": 1,
        "undo_id": 1,
        "site_id": 1,
        "roster_id": 1,
        "shift_id": 1,
        "draft_id": 1,
        "code_id": 1,
        "mail_id": 1,
        "import_id": 1,
        "consent_id": 1,
        "tablet_id": 1,
        "message_id": 1,
        "text_id": 1,
        "away_id": 1,
        "stand_in_id": 1,
        "confidant_id": 1,
        "privacy_id": 1,
        "question_id": 1,
        "domain_id": organisation.domains["Pneumatiek"],
        "profile_id": 1,
        "kind_id": 1,
        "wave_id": 1,
        "certificate_id": 1,
        "course_id": 1,
        "lesson_id": 1,
        "phase_id": 1,
        "card_id": 1,
        "note_id": 1,
        "token": token,
        "secret": SECRET,
    }
    return re.sub(r"<(?:id:)?(\w+)>", lambda found: str(ids[found[1]]), rule)


def posts(app: Flask, organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Every POST route with ids that exist."""
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            yield rule.endpoint, address(app, organisation, rule.rule)


def pairs(form: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (k.rstrip("*"), v) for k, values in form.items() for v in (values if isinstance(values, list) else [values])
    ]


def sentence(answer: TestResponse) -> bool:
    """Tell whether an error page says something, in words and not in code."""
    said = re.search(r'(?:role="alert">.*?<div>|card-body">\s*<p>)([^<]{20,})<', answer.text, re.S)
    return bool(said) and answer.mimetype == "text/html" and "Traceback" not in answer.text and "%(" not in said[1]


def told_first(page: str) -> bool:
    """Tell whether a page with a form that was refused says so in its title, and takes its reader to the mistakes."""
    refuses = "<form" not in page  # an error page: what was sent cannot be chosen or typed on any page of ours
    return refuses or ("<title>Fout: " in page and bool(re.search(r"<[^>]* autofocus data-mistakes", page)))


def test_every_form_is_known_here(app: Flask, organisation: Organisation):
    assert {endpoint for endpoint, _ in posts(app, organisation)} == set(FORMS_OF) | BARE


@pytest.mark.long
def test_a_bad_field_is_refused_in_words_and_changes_nothing(app, sender, session, organisation, kind):
    before, faults = everything(session), []
    bad = BAD if kind == "sqlite" else {name: BAD[name] for name in MATTERS_TO_POSTGRESQL}
    for endpoint, url in posts(app, organisation):
        who, form = FORMS_OF.get(endpoint, ("", {}))
        for field in form:
            name, text = field.rstrip("*"), field.endswith("*")
            rest = pairs({k: v for k, v in form.items() if k != field})
            for what, value in bad.items():
                answer = sender[who].post(url, [*rest, (name, value)])
                fine = 400 <= answer.status_code < 500 and sentence(answer)
                if answer.status_code == 422 and not told_first(answer.text):
                    faults.append(f"{endpoint} {name}: {what} is not told first")
                taken = answer.status_code in (303, ONLY_TOLD.get(endpoint)) and (
                    (text and what not in ("nul", "megabyte")) or name == "next"
                )
                if not fine and not taken:
                    faults.append(f"{answer.status_code} {endpoint} {name}: {what}")
    assert not faults, "\n".join(faults)
    assert everything(session) == before


def lengths() -> list[int]:
    """Every length that a column of text has, and far over it."""
    columns = [column for table in tables.metadata.tables.values() for column in table.columns]
    return sorted({getattr(column.type, "length", None) or 5 for column in columns} | {100_000})


def of_length(known: Any, length: int) -> str:
    """A text of letters that an address writes with more signs; it ends as the known one where that matters."""
    tail = known[known.index("@") :] if "@" in str(known) else ""
    return "\u00e9" * (length - len(tail)) + tail


@pytest.mark.long
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # SQLite takes a text of any length
def test_a_text_longer_than_its_column_is_refused_in_words(app, sender, session, organisation, kind):
    before, faults = everything(session), []
    for endpoint, url in posts(app, organisation):
        who, form = FORMS_OF.get(endpoint, ("", {}))
        for field, known in form.items():
            name = field.rstrip("*")
            if (not field.endswith("*") and name not in TYPED) or name == "next":
                continue
            rest = pairs({k: v for k, v in form.items() if k != field})
            tried = lengths()
            while tried:  # what is told too long is so when it is longer: look for the longest that is not
                middle = len(tried) // 2
                answer = sender[who].post(url, [*rest, (name, of_length(known, tried[middle] + 1))])
                told = 400 <= answer.status_code < 500 and sentence(answer)
                if not told and answer.status_code not in (303, ONLY_TOLD.get(endpoint)):
                    faults.append(f"{answer.status_code} {endpoint} {name}: {tried[middle] + 1} letters")
                tried = tried[:middle] if told else tried[middle + 1 :]
    assert not faults, "\n".join(faults)
    assert everything(session) == before


@pytest.mark.long
def test_twice_the_same_field_a_missing_one_and_an_unknown_one(app, sender, session, organisation, kind):
    before, faults, lacked = everything(session), [], set()
    routes = list(posts(app, organisation))
    for endpoint, url in routes if kind == "sqlite" else routes[::5]:
        who, form = FORMS_OF.get(endpoint, ("", {}))
        for field in form:
            name = field.rstrip("*")
            rest = pairs({k: v for k, v in form.items() if k != field})
            twice = sender[who].post(url, [*pairs(form), (name, "x"), (name, "y")])
            missing = sender[who].post(url, rest)
            unknown = sender[who].post(url, [*pairs(form), (name + "_", "x"), ("person_id", "1")])
            assert unknown.status_code in (422, 429), f"{endpoint} {name}"
            if missing.status_code == 303:
                lacked.add(f"{endpoint} {name}")
            faults += [
                f"{answer.status_code} {endpoint} {name}"
                for answer in (twice, missing, unknown)
                if answer.status_code not in (204, 303, ONLY_TOLD.get(endpoint))
                and not (400 <= answer.status_code < 500 and sentence(answer))
            ]
    assert not faults, "\n".join(faults)
    assert everything(session) == before
    assert kind == "postgresql" or lacked == set(re.split(r",\s", MAY_LACK.strip()))


@pytest.mark.long
def test_what_is_no_form_changes_nothing(app, sender, session, organisation, kind):
    before, faults = everything(session), []
    boundary = "multipart/form-data; boundary=x"
    routes = list(posts(app, organisation))
    for endpoint, url in routes if kind == "sqlite" else routes[::5]:
        who = sender[FORMS_OF.get(endpoint, ("junior", {}))[0]]
        headers = {"X-CSRFToken": who.token}
        sent = [
            who.raw(url, b'{"csrf_token": "' + who.token.encode() + b'"}', "application/json", **headers),
            who.raw(url, b"[" * 10_000, "application/json", **headers),
            who.raw(url, b"\0\xff garbage", boundary, **headers),
            who.raw(url, b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nx', boundary, **headers),
            who.raw(url, b"--x--\r\n", "multipart/form-data", **headers),
            who.raw(url, b"csrf_token=%ff&%00=%00&&&;;==", "application/x-www-form-urlencoded; charset=no", **headers),
            who.raw(url, b"a" * (3 * 2**20), "application/x-www-form-urlencoded", **headers),
            who.raw(url, b"", "no/type; =;", **headers),
        ]
        faults += [f"{a.status_code} {endpoint}" for a in sent if a.status_code not in (400, 413) or not sentence(a)]
    assert not faults, "\n".join(faults)
    assert everything(session) == before


ARGUMENTS = (
    "q",
    "site",
    "role",
    "account",
    "page",
    "sort",
    "order",
    "line",
    "domain",
    "current",
    "next",
    "name",
    "mentor",
    "code",
    "token",
    "?",
)
NO_ADDRESSES = (
    "/%00",
    "/people/%00",
    "/people/-1",
    "/people/0",
    "/people/1e3",
    "/people/%ED%A0%80",
    "/%ff%fe",
    "/a\\b",
    f"/people/{10**30}",
    "/people/" + "9" * 8000,
    "/people/1%2f..",
    "/rounds/1/review/-1",
)


NOT_THERE = ("static", "operations.metrics", "weakness.security_txt", "planning.read_json", "planning.read_csv")
"""What is no page, or not there while the settings name no token, no contact and no planning, whatever is asked."""
ASKED_OF = ("acting.ask_pause", "acting.ask_until", "acting.ask_end", "direct.second", "calendar.talk")
"""Whose address names pairs that run, or a talk: without one that is there, it is an address of nothing."""


OTHERS = {
    "goals.second": "manager",
    "signing_out.ask": "admin",
    "requests.show": "admin",
    "questions.show": "senior",
}
"""Who opens a page that neither the junior nor the coordinator does."""


@pytest.mark.long
def test_bad_query_strings_and_addresses(app, sender, session, organisation, kind):
    organisation.agree()
    before, faults = everything(session), []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_THERE:
            continue
        url = address(app, organisation, rule.rule)
        own = (
            "checkins.show",
            "endings.show",
            "endings.ask_to_take_back",
            "mentorships.ask_pause",
            "own.show_sent",
            "meeting.show",
        )
        who = "junior" if rule.endpoint in (*own, "slips.ask_to_take_back") else "coordinator"
        who = OTHERS.get(rule.endpoint, who)
        for what in BAD if kind == "sqlite" else MATTERS_TO_POSTGRESQL:
            value = BAD[what][:8000]
            query = urlencode([(name, value) for name in ARGUMENTS])
            answer = sender[who].get(f"{url}?{query}")
            nothing = rule.endpoint in ASKED_OF and answer.status_code == 404 and sentence(answer)
            if answer.status_code not in (200, 303, 403) and not nothing:
                faults.append(f"{answer.status_code} {url} {what}")
    for url in NO_ADDRESSES:
        answer = sender["coordinator"].get(url)
        if answer.status_code != 404 or not sentence(answer):
            faults.append(f"{answer.status_code} {url[:60]}")
    assert not faults, "\n".join(faults)
    assert everything(session) == before


@pytest.mark.parametrize("query", [b"q=\xff\xfe", b"q=\xed\xa0\x80", b"q=\xc3\xa9", b"\x80"])
def test_bytes_that_were_not_escaped_are_refused(visit, query: bytes):
    """No browser sends them so, but a server hands them on as they came."""
    bare = {"QUERY_STRING": query.decode("latin-1")}
    for url in ("/people", "/signals/signals.csv", "/undo", "/nonsense"):
        answer = visit("coordinator").flask.get(url, environ_overrides=bare)
        assert answer.status_code == 400 and sentence(answer), url
    assert visit("coordinator").get("/people?q=%ff%fe").status_code == 200


@pytest.mark.parametrize("address", ["/links/%2e%2e%2f/skip", "/people//1"])
def test_an_address_that_is_not_quite_one_of_ours_leads_nowhere(visit, address: str):
    client = visit("admin")
    for answer in (client.get(address), client.post(address, {})):
        assert answer.status_code in (400, 404) and "Location" not in answer.headers


def test_what_was_typed_is_shown_again(visit):
    client = visit("coordinator")
    page = client.post("/rosters", {"name": "Ploeg Zuid", "shape": "5D2", "starts_on": "morgen"})
    assert page.status_code == 422 and 'value="Ploeg Zuid"' in page.text and 'value="morgen"' in page.text
    page = client.post("/programme", {**WEIGHTS, "floor": "veel", "version": "1", "hours_per_pair": "2,5"})
    assert page.status_code == 422 and 'value="veel"' in page.text and 'value="2,5"' in page.text


def test_a_decision_the_database_refuses_is_told_as_a_conflict(visit, session: Session, organisation: Organisation):
    """Refused while committing, after the view is done: an answer in words, and no word of success."""
    request = organisation.asks("junior")
    session.commit()
    client = visit("coordinator")
    client.post("/rounds", {"name": "x"})
    fields = {"pair": f"{request}-99999-", "kind": "lock"}
    page = client.post("/rounds/1/review/decide", fields)
    assert page.status_code == 409
    assert client.post("/rounds/1/review/decide", {**fields, "kind": "forbid"}).status_code == 409, (
        "nothing was kept of it"
    )
    released = client.post("/rounds/1/review/decide", {**fields, "kind": "release"})
    assert released.status_code == 422, "nobody's number"
    assert "alert-success" not in client.get("/rounds").text
