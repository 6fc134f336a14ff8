"""Canaries: a string in every private field of every person, and nobody sees or logs one that is not theirs to see."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from mentorship.base import audit
from mentorship.base.i18n import gettext, long_day, use_locale
from mentorship.base.secret_codes import digest
from mentorship.base.undo import UndoRow
from mentorship.checkins.signals.words import VIEWS
from mentorship.checkins.words import CLASSES
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.home.calendar.models import CalendarFeed
from mentorship.insight.planning.models import PlanningFeed
from mentorship.matching import DEFAULT_WEIGHTS, solve
from mentorship.mentor_requests import actions as request_actions
from mentorship.mentor_requests.models import MentorRequest, RequestOutcome
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ClosingWord, Mentorship
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people.account.actions import invite
from mentorship.people.devices.models import Device
from mentorship.people.identity_provider.models import ProviderLink, ProviderSession
from mentorship.people.models import Account, ActivationCode, FailedSignIn, Person, SignIn, Tablet
from mentorship.people.second_factor.models import HalfSignIn, RecoveryCode, SecondFactor
from mentorship.people.tablet.models import TabletCard
from mentorship.people.throttle.models import Pacing
from mentorship.people.views.models import SavedView
from mentorship.privacy.mine.subjects import SUBJECTS
from mentorship.profiles.away.models import Away
from mentorship.profiles.contact.models import Contact
from mentorship.profiles.models import Plan, Training, Wish
from mentorship.profiles.words import HORIZON_NAMES
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.rounds import reading
from mentorship.rounds.gather import Terms, gather
from mentorship.rounds.models import Round, RoundPair
from mentorship.rounds.notes.models import RoundNote
from mentorship.rounds.solution import pack
from mentorship.web.lists import XLSX_TYPE
from tests.checkins.planted import check_ins, questions
from tests.client import InspectingClient
from tests.factories import Organisation
from tests.outbox.postbox import settings
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

MANAGERS = {"senior": {"manager", "director"}, "other_senior": {"other_manager", "director"}}
PARTNER = {
    "junior": "senior",
    "senior": "junior",
    "other_junior": "other_senior",
    "other_senior": "other_junior",
}
PARTS = {"domain": 1.0, "together": 0.5, "preference": 0.25, "continuity": 0.777777, "wish": 0.0}
SCORE = 652778  # the weighted mean of PARTS in millionths; without continuity it is 63.9 %
HIDDEN = re.compile(r"0[.,]77|77[.,]8|78\s?%|0[.,]65|65\s?%|652778|Continu")
SAMPLE = ("junior", "manager", "coordinator", "hr", "admin")  # who looks, on PostgreSQL; on SQLite everybody
May = Callable[[str, str], bool]


@dataclass(frozen=True)
class Canary:
    """A text, who may see it where, and whether somebody must."""

    text: str
    may: May
    sings: bool = True


def nobody_may(who: str, url: str) -> bool:
    return False


def _only(*people: str, keepers: str = "$^") -> May:
    """Allow these people everywhere, and who keeps the list of people (hr, admin) on pages whose address fits."""
    return lambda who, url: who in people or (who in ("hr", "admin") and re.fullmatch(keepers, url) is not None)


PEOPLE_PAGES = (
    r"/people(/people\.(csv|xlsx))?(\?.*)?|/insight/person/\d+(\?.*)?|/(leaving|person-roster)/\d+(/ask)?"
    r"|/away/of/\d+|/signing-out/\d+|/search\?.*|/tablets/cards|/console(/(accounts|codes|mail))?(\?.*)?|/trail(\?.*)?"
    r"|/growth/held(/certificates)?(\?.*)?|/growth/certificates(/certificates\.(csv|xlsx))?(\?.*)?"
)

AWAY_PAGES = r"/away/team|/away/of/\d+|/growth/held"
"""Where one's line and hr say that somebody is away, and in which job they work: they read the name, and no day."""
NOBODY_ABOVE = frozenset({"hr"})
SAY_WHO_IS_AWAY = {
    "manager": {"hr", "director"},
    "other_manager": {"hr", "director"},
    "senior": {"hr", "manager", "director"},
    "junior": {"hr", "manager", "director"},
    "other_senior": {"hr", "other_manager", "director"},
    "other_junior": {"hr", "other_manager", "director"},
}

THEIR_MANAGER = {
    "manager": "director",
    "other_manager": "director",
    "senior": "manager",
    "junior": "manager",
    "other_senior": "other_manager",
    "other_junior": "other_manager",
}
"""The manager right above each."""

SIDES = {"senior", "junior", "other_senior", "other_junior"}


def _named_to(who: str) -> set[str]:
    """Whom the notice, and the page of a pair to a side, names: their line and the coordinators."""
    above = {THEIR_MANAGER[who], "director"} if who in THEIR_MANAGER else set()
    return {"coordinator", *above}


DUO_PAGES = "/checkins/duo/", "/search?", "/duos", "/signals?view=closed"
"""Where a line reads who guides whom."""
THANKS_PAGES = "/", "/?page=2"
"""Where a manager reads whom to thank, and for whom."""


@pytest.fixture
def canaries(session: Session, organisation: Organisation) -> list[Canary]:
    """Plant them all."""
    made, found = organisation, []
    for key in list(made.people):
        found += list(_plant(session, made, key))
    asked = questions(session, made)
    for side, keys in (("junior", ("junior", "other_junior")), ("mentor", ("senior", "other_senior"))):
        found.append(Canary(f"Vraagvogel-{side}-x", _questions(keys)))
    for guide in ("senior", "other_senior"):
        explanation = {
            "parts": PARTS,
            "weights": DEFAULT_WEIGHTS,
            "known": True,
            "remote": False,
            "goal": f"Doelvogel-{PARTNER[guide]}-x",
            "needs": [{"domain": "Pneumatiek", "current": 0, "target": 3, "mentor": 4, "importance": 3}],
            "meeting": {"shifts_per_four_weeks": 12, "hours_per_two_weeks": 0},
        }
        pair = made.pair(guide, PARTNER[guide], explanation=explanation)
        told = check_ins(session, made, pair, guide, PARTNER[guide], asked)
        found += [Canary(text, _only(*who)) for text, who in told]
        found += list(_last_words(session, made, pair, guide))
        found += list(_learning(session, made, pair, guide))
        found.append(Canary(f"Gedaanvogel-{PARTNER[guide]}-x", nobody_may, False))
        session.add(
            WorkedWeek(
                mentor_id=made.people[guide],
                week=made.now.date(),
                hours=1,
                words=f"Lesvogel-{guide}-x",
                noted_by=made.people[guide],
                noted_at=made.now,
            )
        )
        found.append(Canary(f"Lesvogel-{guide}-x", _only(guide)))
        session.add(
            QuickQuestion(
                asker_id=made.people[PARTNER[guide]],
                asked_id=made.people[guide],
                along=True,
                words=f"Kortvogel-{guide}-x",
                asked_at=made.now,
            )
        )
        found.append(Canary(f"Kortvogel-{guide}-x", _only(guide, PARTNER[guide])))
    _round(session, made, explanation)
    found.append(Canary(NOTED, _only("coordinator", "junior")))
    session.add(FailedSignIn(name_hash="Misvogel-x", address_hash="Adresvogel-x", at=made.now))
    session.add(Pacing(key="Tempovogel-x", spent_until=1))
    session.add(
        Device(person_id=made.people["junior"], token_hash="Toestelvogel-x", first_at=made.now, seen_at=made.now)
    )
    junior = made.people["junior"]
    session.add(SecondFactor(person_id=junior, secret="Geheimvogel-x", begun_at=made.now, confirmed_at=made.now))
    session.add(RecoveryCode(person_id=junior, code_hash="Herstelvogel-x"))
    session.add(HalfSignIn(token_hash="Halfvogel-x", person_id=junior, expires_at=made.now + timedelta(hours=1)))
    session.add(
        Tablet(
            name="Kantine",
            site_id=made.sites["Ede"],
            made_at=made.now,
            code_until=made.now,
            code_hash="Koppelvogel-x",
            token_hash="Tabletvogel-x",
        )
    )
    session.add(TabletCard(person_id=junior, secret_hash="Pasvogel-x", made_at=made.now, pin_hash="Pinvogel-x"))
    session.add(ProviderLink(person_id=junior, issuer="x", subject="Naamvogel-x", linked_at=made.now))
    begun = SignIn(
        token_hash="Tekenvogel-x", person_id=junior, started_at=made.now, seen_at=made.now, expires_at=made.now
    )
    session.add(begun)
    session.flush()
    vouched = {"id_token": "Pasvogel-x", "refresh_token": "Vragevogel-x", "checked_at": made.now}
    session.add(ProviderSession(sign_in_id=begun.id or 0, subject="Naamvogel-x", sid="Zitvogel-x", **vouched))
    audit.record(session, made.now, None, "change programme", "programme", 1, before="Programmavogel-x")
    session.commit()
    secrets = [
        Canary(text, nobody_may, False)
        for text in (
            *("Misvogel-x", "Adresvogel-x", "Tempovogel-x", "Toestelvogel-x"),
            *("Geheimvogel-x", "Herstelvogel-x", "Halfvogel-x"),
            *("Koppelvogel-x", "Tabletvogel-x", "Pasvogel-x", "Pinvogel-x"),
            *("Tekenvogel-x", "Pasvogel-x", "Vragevogel-x", "Zitvogel-x"),
        )
    ]
    leaving = in_dutch("under_1")
    secrets.append(Canary("Programmavogel-x", reads_log))
    secrets.append(Canary("Naamvogel-x", lambda who, url: who == "junior" and url.startswith("/mine")))
    return [*found, *secrets, Canary(leaving, _horizon(made.people))]


def _last_words(session: Session, made: Organisation, pair: int, guide: str) -> Iterator[Canary]:
    """What both sides say was reached, and the junior's thanks, which the mentor's manager reads on their desk."""
    both = (guide, PARTNER[guide])
    for side, thanks in (("mentor", ""), ("junior", f"Dankvogel-{guide}-x")):
        said = {"reached": f"Bereiktvogel-{side}-{guide}-x", "thanks": thanks}
        session.add(ClosingWord(mentorship_id=pair, side=side, **said))
        yield Canary(said["reached"], _only(*both, "coordinator"))
    yield Canary(thanks, _only(*both, "manager" if guide == "senior" else "other_manager"))


def _learning(session: Session, made: Organisation, pair: int, guide: str) -> Iterator[Canary]:
    """A goal in words, what the mentor saw when they confirmed a level, and a training that the mentor followed.

    And where it is written down what they hand over, of a plan that they share with nobody.
    """
    me, now = made.people[guide], made.now
    goal = Goal(
        mentorship_id=pair,
        domain_id=made.domains["Pneumatiek"],
        start_level=0,
        target_level=3,
        words=f"Woordvogel-{guide}-x",
        made_at=now,
    )
    training = Training(person_id=me, title=f"Cursusvogel-{guide}-x", followed_on=now.date(), noted_by=me, noted_at=now)
    session.add_all([goal, training])
    session.flush()
    evidence, told = f"Bewijsvogel-{guide}-x", {"claimed_at": now, "mentor_at": now, "settled_at": now}
    session.add(LevelClaim(goal_id=goal.id or 0, level=1, status="confirmed", evidence=evidence, **told))
    for text in (goal.words, evidence, training.title):
        yield Canary(text, _only(guide, PARTNER[guide], "coordinator"))
    handed = {"domain_id": made.domains["Pneumatiek"], "position": 1, "place": f"Plekvogel-{guide}-x"}
    session.add(HandoverPlan(person_id=me, started_at=now, changed_at=now))
    session.add(HandoverPiece(person_id=me, **handed))
    yield Canary(f"Plekvogel-{guide}-x", _only(guide))


def _round(session: Session, made: Organisation, explanation: dict[str, object]) -> None:
    figures = {
        "matched": 1,
        "requests": 1,
        "total": 1,
        "eligible_pairs": 1,
        "mean": 0.5,
        "lowest": 0.5,
        "first": 1,
        "top_three": 1,
        "objective": [1],
    }
    solved = Round(
        name="Ronde",
        status="solved",
        weights=DEFAULT_WEIGHTS,
        floor=0.3,
        spread=0.02,
        created_at=made.now,
        solved_at=made.now,
        quality=figures,
    )
    session.add(solved)
    session.flush()
    # everybody asks for what few pass on: where places are short, who competes and who would move stand on the pages
    terms = Terms(DEFAULT_WEIGHTS, 0.3, 0.02)
    gathered = gather(reading.records(session, (), made.now.date()), terms)
    solved.problem = pack(gathered, solve(gathered.problem, 1))
    request = session.exec(select(MentorRequest.id).where(MentorRequest.person_id == made.people["junior"])).one()
    session.add(
        RoundPair(
            round_id=solved.id or 0,
            request_id=request or 0,
            mentor_id=made.people["senior"],
            score=SCORE,
            explanation={**explanation, "score": SCORE / 1e6},
        )
    )
    session.add(
        RoundNote(
            round_id=solved.id or 0,
            request_id=request or 0,
            by_id=made.people["coordinator"],
            words=NOTED,
            noted_at=made.now,
        )
    )


NOTED = "Notitievogel-x"
"""What the coordinator noted about the request of the junior, who reads it among what is kept."""
LOOKERS = {"director", "manager", "other_manager", "coordinator", "hr", "admin"}
"""Who may open a page of somebody else; that person then reads their name."""


def _plant(session: Session, made: Organisation, key: str) -> Iterator[Canary]:
    person = session.get_one(Person, made.people[key])
    assert person.id is not None
    partner = {PARTNER[key]} if key in PARTNER else set()
    person.family_name, person.email = f"Naamvogel-{key}-x", f"mailvogel-{key}-x@kanarie.example"
    known = _only(key, "coordinator", *partner, *MANAGERS.get(key, set()), keepers=PEOPLE_PAGES)
    above = MANAGERS.get(PARTNER.get(key, ""), set())  # of the same line as the partner: they look how the pair stands
    yield Canary(
        person.family_name,
        lambda who, url: (
            known(who, url)
            or (url == "/seen" and key in LOOKERS)
            or (url == "/notice" and who != "anonymous" and key in _named_to(who))
            or (url.startswith("/checkins/duo/") and who in SIDES and key in _named_to(who))
            or (who in above and (url.startswith(DUO_PAGES) or url in THANKS_PAGES))
            or (who == THEIR_MANAGER.get(key) and re.fullmatch(r"/duos(\?.*)?", url) is not None)
            or (who in SAY_WHO_IS_AWAY.get(key, NOBODY_ABOVE) and re.fullmatch(AWAY_PAGES, url) is not None)
        ),
    )
    mailed = _only("coordinator", keepers=r"/insight/person/\d+(\?.*)?")
    yield Canary(person.email, lambda who, url: mailed(who, url) or (who == key and url.startswith("/profiles")))
    for name, wanted in (("Wens", True), ("Blok", False)):
        other = made.person(f"{name}-{key}", family_name=f"{name}vogel-{key}-x", roster=None)
        session.add(Wish(person_id=person.id, other_id=other, wanted=wanted))
        yield Canary(
            f"{name}vogel-{key}-x", _only(key, "coordinator", keepers=PEOPLE_PAGES), key in (*PARTNER, "admin")
        )
    session.add(Plan(person_id=person.id, horizon="under_1"))
    session.add(Contact(person_id=person.id, phone=f"Belvogel-{key}-x", show_phone=True))
    yield Canary(f"Belvogel-{key}-x", _only(key), key in PARTNER)  # to the other while a pair runs, which none does
    request = made.asks(key, goal=f"Doelvogel-{key}-x")
    yield Canary(f"Doelvogel-{key}-x", _only(key, "coordinator", *partner))
    session.add(
        RequestOutcome(
            request_id=request,
            round_name=f"Uitkomstvogel-{key}-x",
            told_at=made.now,
            able=1,
            reachable=0,
            free=0,
            fitting=0,
        )
    )
    yield Canary(f"Uitkomstvogel-{key}-x", _only(key))
    made.can(key, f"Vakvogel-{key}-x", 5)
    lists = (
        r"/search\?.*|/mentor-requests/new.*|/mentor-requests/mine"
        r"|/(duos|questions|profiles|domains|insight/knowledge)(\?.*)?"
    )
    yield Canary(
        f"Vakvogel-{key}-x",
        lambda who, url: who in (key, "coordinator") or re.fullmatch(lists, url) is not None,
    )
    later = made.now.replace(year=made.now.year + 1)
    session.add(Account(person_id=person.id, password_hash=f"Hashvogel-{key}-x"))
    session.add(ActivationCode(person_id=person.id, code_hash=f"Codevogel-{key}-x", expires_at=later))
    session.add(
        SignIn(
            token_hash=f"Tokenvogel-{key}-x",
            person_id=person.id,
            device=f"Toestelvogel-{key}-x",
            started_at=made.now,
            seen_at=made.now,
            expires_at=later,
        )
    )
    calendar = digest(f"feed-{person.id}")  # with names, so that there is more to tell
    session.add(CalendarFeed(person_id=person.id, token_hash=calendar, names=True, made_at=made.now))
    planned = {"token_hash": f"Hashvogel-{key}-x-plan", "made_at": made.now}
    session.add(PlanningFeed(name=f"Planvogel-{key}-x", person_id=person.id, **planned))
    yield Canary(f"Planvogel-{key}-x", _only(key, "coordinator"))
    message = Message(selection="people", subject_nl="x", body_nl="x", made_at=made.now)
    message.sent_at = made.now - timedelta(days=1)
    session.add(message)
    session.flush()
    written = {"message_id": message.id or 0, "person_id": person.id or 0, "subject": "x"}
    session.add(MessageRecipient(**written, body=f"Berichtvogel-{key}-x"))
    yield Canary(f"Berichtvogel-{key}-x", _only(key, "coordinator"))
    audit.record(session, made.now, person.id, "set places", "person", person.id, before=f"Logvogel-{key}-x")
    told = {"roles": [], "door": "undo.index", "named": {}, "at": made.now, "said": f"Terugvogel-{key}-x"}
    step = {"inverse": "base.undo.put_back", "arguments": {"before": f"Stapvogel-{key}-x"}, "mails": []}
    about = {"verb": "change profile", "subject": "person", "subject_id": person.id}
    session.add(UndoRow(person_id=person.id, steps=[step | about], **told))
    yield Canary(f"Terugvogel-{key}-x", _only(key))
    session.add(SavedView(person_id=person.id, list="people", name=f"Lijstvogel-{key}-x", query="site=1"))
    yield Canary(f"Lijstvogel-{key}-x", _only(key), key in ("coordinator", "admin"))
    yield from _away(session, made, key)
    for secret in ("Hash", "Code", "Token", "Toestel", "Stap"):  # a device is told by its browser and kind alone
        yield Canary(f"{secret}vogel-{key}-x", nobody_may, False)
    yield Canary(f"Logvogel-{key}-x", reads_log)


OWN_DATA = ("mailvogel", "Toestelvogel", "Logvogel")
"""What its person reads among all that is kept of them, and nowhere else."""


def in_own_data(who: str, url: str, text: str) -> bool:
    """Tell whether somebody reads of themselves there, or by name who manages them or looked at them."""
    if not url.startswith("/mine"):
        return False
    if text == in_dutch("under_1"):
        return True
    kind, key = re.match(r"(\w+?vogel)-(\w+)-x|", text).groups()  # type: ignore[union-attr]
    if kind == "Naamvogel":
        return key in LOOKERS | MANAGERS.get(who, set()) | SAY_WHO_IS_AWAY.get(who, set())
    return key == who and kind in OWN_DATA


def in_dutch(horizon: str) -> str:
    with use_locale("nl"):
        return gettext(HORIZON_NAMES[horizon])


def reads_log(who: str, url: str) -> bool:
    """An admin reads what a decision changed, in the audit log."""
    return who == "admin" and url.startswith("/trail")


def _away(session: Session, made: Organisation, key: str) -> Iterator[Canary]:
    """From when until when somebody is not there: the person alone reads it, on days that nobody else has."""
    me = made.people[key]
    first = date(2027, 5, 3) + timedelta(days=20 * len(made.people) + me)
    last = first + timedelta(days=8)
    session.add(Away(person_id=me, first_day=first, last_day=last, entered_by_id=me))
    with use_locale("nl"):
        texts = [long_day(first), long_day(last)]
    for text in texts:
        yield Canary(text, _only(key))
    yield Canary(first.isoformat(), lambda who, url: who == key and url == "/mine/data.json", False)


def _questions(keys: Collection[str]) -> May:
    """One side reads its own questions with its answers; the coordinator words them."""
    return lambda who, url: who in keys or (who == "coordinator" and url == "/checkins/settings")


def _horizon(people: dict[str, int]) -> May:
    """Everybody finds the words among the choices of their own profile; of others they are for the coordinator."""

    def may(who: str, url: str) -> bool:
        own = url.partition("?")[0] == "/profiles" or url == f"/profiles/{people.get(who)}"
        return own or (who == "coordinator" and re.fullmatch(r"/profiles/\d+", url) is not None)

    return may


LOOKED_AT = 16
"""The twelve of the organisation and four of those whom they wish or block: all of these are planted alike."""
WRITTEN = {"lesson_id": [1], "card_id": [1], "phase_id": [1]}
"""What stands in no table: one of each tells of all."""
BY_SECRET = ("static", "calendar.read", "links.show", "planning.read_json", "planning.read_csv")
"""Doors that a secret opens, and no id."""


def addresses(app: Flask, session: Session) -> list[str]:
    """Every GET route with every id there is, and the lists also sorted, searched and paged."""
    tables = {
        "check_in_id": "check_in",
        "claim_id": "level_claim",
        "person_id": "person",
        "mentorship_id": "mentorship",
        "request_id": "mentor_request",
        "round_id": "round",
        "roster_id": "roster",
        "draft_id": "import_draft",
        "import_id": "taken_import",
        "consent_id": "consent",
        "tablet_id": "tablet",
        "feed_id": "planning_feed",
        "domain_id": "domain",
        "message_id": "message",
        "text_id": "kept_text",
        "privacy_id": "privacy_request",
        "question_id": "quick_question",
        "profile_id": "job_profile",
        "kind_id": "certificate_kind",
        "wave_id": "pulse_wave",
        "certificate_id": "certificate",
        "signal_id": "signal",
    }
    found = [
        "/?page=2",
        "/people?q=vogel",
        "/people?q=vogel&page=2",
        "/people?account=none",
        "/people?columns=department",
        "/people/people.csv?columns=department",
        "/people/people.xlsx?columns=department",
        "/insight/workload?line=own",
        "/insight/workload?sort=free&order=down",
        "/insight/workload.csv?line=own",
        "/profiles/wishes?q=proef",
        "/waiting?page=2",
        "/questions?domain=1",
        "/questions?q=pneuma",
        "/mentor-requests/new?domain=1",
        "/mentor-requests/new?domain=1&current=1",
        "/rounds/1/review/1?q=vogel&mentor=1",
        "/search?q=vogel",
        "/search?q=naamvogel",
        "/search?q=vogel+code",
        "/rounds?q=ronde",
        "/rounds/1?q=vogel",
        "/rounds/1/pairs.csv?q=vogel",
        "/insight/workload?q=vogel",
        "/waiting?q=vogel",
        "/waiting/waiting.xlsx?columns=",
        "/profiles?open=places",
        "/rosters?open=add",
        "/domains?open=add",
        *(f"/mine/subject?of={subject.key}" for subject in SUBJECTS),
    ]
    people = session.scalars(sa.text("SELECT id FROM person ORDER BY id")).all()[:LOOKED_AT]
    found += [f"/duos?class={name}" for name in CLASSES]
    found += [f"/duos?open={i}" for i in session.scalars(sa.text("SELECT id FROM mentorship"))]
    found += ["/duos?q=vogel", "/duos?status=ended", "/duos?view=apart", "/duos/duos.csv?sort=how"]
    found += [f"/signals?view={view}" for view in VIEWS]
    found += [f"/signals?open={i}" for i in session.scalars(sa.text("SELECT id FROM signal"))]
    for i in people:
        found += [f"/insight/person/{i}?tab={tab}" for tab in ("overview", "roster", "knows", "duos", "requests")]
    found += [f"/calendar/feed-{i}.ics" for i in session.scalars(sa.text("SELECT person_id FROM calendar_feed"))]
    for rule in app.url_map.iter_rules():
        if rule.endpoint in BY_SECRET or "GET" not in (rule.methods or ()):
            continue
        urls = [rule.rule]
        for name in sorted(rule.arguments):
            ids = people if name == "person_id" else WRITTEN.get(name)
            if ids is None:
                ids = session.scalars(sa.text(f'SELECT id FROM "{tables[name]}"')).all()
            urls = [url.replace(f"<id:{name}>", str(i)) for url in urls for i in ids]
        found += urls
    session.rollback()
    return found


def _end(session: Session, made: Organisation) -> None:
    """Let every pair have run and ended, so that what both said stands on its page."""
    today = made.now.date()
    ended = {"status": "ended", "mentor_accepted": True, "junior_accepted": True}
    days = {"started_on": today - timedelta(days=90), "ended_on": today}
    session.execute(sa.update(Mentorship).values(**ended, **days))
    session.commit()


def read(answer: TestResponse) -> str:
    """Return all that an answer tells, also where it is packed."""
    if answer.mimetype == "application/pdf":
        return ""  # packed, with the moment it was made; the same lines stand on the page beside it
    if answer.mimetype != XLSX_TYPE:
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


@pytest.mark.long
@pytest.mark.parametrize("stands", ["proposed", "ended"])
def test_nobody_sees_what_is_not_theirs(
    app: Flask,
    session: Session,
    canaries: list[Canary],
    organisation: Organisation,
    visit,
    caplog,
    kind: str,
    stands: str,
):
    caplog.set_level(logging.INFO)
    if stands == "ended":
        _end(session, organisation)
    urls = addresses(app, session)
    told: list[str] = []
    sung: set[str] = set()
    continuity: set[str] = set()
    people = [key for key in organisation.people if "-" not in key and (kind == "sqlite" or key in SAMPLE)]
    clients: dict[str, InspectingClient] = {key: visit(key) for key in people}
    clients["anonymous"] = visit(None)
    for who, client in clients.items():
        for url in urls:
            answer = client.flask.get(url)
            assert answer.status_code < 500, f"{who} {url}"
            text = re.sub(r'name="csrf_token" value="[^"]+"', "", read(answer))
            for canary in canaries:
                if canary.text in text:
                    sung.add(canary.text)
                    if not canary.may(who, url) and not in_own_data(who, url, canary.text):
                        told.append(f"{who} sees {canary.text} at {url}")
            if HIDDEN.search(text):
                continuity.add(who)
    assert not told, "\n".join(told)
    assert continuity == {"coordinator"}
    silent = [c.text for c in canaries if c.sings and c.text not in sung]
    assert not silent or kind != "sqlite" or stands == "proposed", (
        "these canaries cannot be heard by those who may, so they prove nothing"
    )
    assert not [c.text for c in canaries if c.text in caplog.text]


def test_the_log_holds_no_password_code_or_goal(app: Flask, visit, session: Session, caplog, organisation, monkeypatch):
    caplog.set_level(logging.INFO)
    made = organisation
    request = made.asks("junior", goal="")
    session.commit()
    client = visit(None)
    page = client.post("/account/sign-in", {"name": "n-junior", "password": "Wachtvogel-x"})
    assert page.status_code == 422 and "Wachtvogel" not in page.text
    page = client.post("/account/activate", {"name": "n-junior", "code": "CODEVOGEL", "password": "Wachtvogel-x"})
    assert page.status_code == 422 and "Wachtvogel" not in page.text

    def failing(opened: Session, request_id: int, goal: str, now: object) -> None:
        opened.execute(sa.text("UPDATE nowhere SET goal = :goal"), {"goal": goal})

    monkeypatch.setattr(request_actions, "set_goal", failing)
    page = visit("junior").post(f"/mentor-requests/{request}/goal", {"goal": "Doelvogel-x"})
    assert page.status_code in (500, 503)
    assert "nowhere" in caplog.text, "the fault itself is logged"
    assert "Doelvogel" not in page.text + caplog.text
    assert "Wachtvogel" not in caplog.text
    assert "CODEVOGEL" not in caplog.text


def test_a_block_looks_like_no_block_to_the_one_blocked(visit, session: Session, organisation: Organisation):
    """What somebody sees is the same, letter for letter, before and after a colleague blocks them."""
    urls = ("/", "/profiles", "/profiles/wishes", "/profiles/wishes?q=junior", "/mentorships", "/mentor-requests/mine")
    client = visit("senior")
    plain = re.compile(r'name="csrf_token" value="[^"]+"')
    before = [plain.sub("", client.get(url).text) for url in urls]
    session.add(Wish(person_id=organisation.people["junior"], other_id=organisation.people["senior"], wanted=False))
    session.commit()
    assert [plain.sub("", client.get(url).text) for url in urls] == before


def test_no_mail_tells_what_a_page_would_not(
    session: Session, canaries: list[Canary], organisation: Organisation, caplog
):
    """Who answered, what somebody wants to learn, wishes and blocks: in nobody's mail, and no address but their own."""
    caplog.set_level(logging.INFO)
    made = organisation
    stage = Stage(session.get_bind(), made, made.now)  # type: ignore[arg-type]
    post = Post(stage, settings(25))
    taught, refused = sorted(m.id or 0 for m in stage.mentorships())
    session.rollback()
    post.go()
    for key in ("junior", "senior"):
        stage.answer(key, taught, True)
    stage.answer("other_senior", refused, False)
    stage.act(invite, stage.coordinator, [made.people["nobody"]], "https://leermaat.example.nl/activate", made.now)
    post.go()
    told = "proposals, nobody found for any of the eleven, a start, a refusal, an account, lines, quick questions"
    assert len(post.taken) == 4 + 11 + 2 + 1 + 1 + 4 + 2, told
    for message in post.taken:
        who = message["To"].addresses[0].username.removeprefix("mailvogel-").removesuffix("-x")
        subject = str(message["Subject"])
        theirs = {f"Naamvogel-{who}-x", f"mailvogel-{who}-x"}
        if subject in ("Jullie hebben allebei ja gezegd: jullie kunnen beginnen", "Een voorstel gaat niet door"):
            theirs.add(f"Naamvogel-{PARTNER[who]}-x")
        if subject.endswith("wil één dienst met je meelopen"):
            theirs.add(f"Naamvogel-{PARTNER[who]}-x")
        if subject == "Je account bij Leermaat":  # who made it
            theirs.add("Naamvogel-coordinator-x")
        if subject.startswith("Nog geen mentor voor Pneumatiek"):  # the round they took part in
            theirs.add(f"Uitkomstvogel-{who}-x")
        said = "\n".join([str(message["To"]), str(message["Subject"]), words(message), words(message, "html")])
        assert set(re.findall(r"\w+vogel-\w+-x", said)) == theirs, message["Subject"]
        assert not HIDDEN.search(re.sub(r"token=\S+", "", said)), message["Subject"]
    assert not [c.text for c in canaries if c.text in caplog.text]
