"""Who gets in where: every route x method x role x whose it is, against a table that people read (golden/access.txt).

UPDATE_GOLDEN=1 rewrites the table; then read it line by line against DOMAIN.md before committing it.
"""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, current_app, g
from sqlmodel import Session, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from mentorship.base import links
from mentorship.base.clock import local_date
from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import UndoRow
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.signals.models import Signal
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.growth.models import Course, JobProfile
from mentorship.home.calendar.actions import make as make_calendar
from mentorship.hr_import.imports.actions import summary
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.report import Report
from mentorship.hr_import.upload.models import READY, ImportDraft
from mentorship.hr_import.writing.journal import packed
from mentorship.insight.planning.models import PlanningFeed
from mentorship.matching import DEFAULT_WEIGHTS
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people.account import guard
from mentorship.people.account.actions import start_session
from mentorship.people.models import ActivationCode, Person, SignIn, Tablet
from mentorship.people.stand_ins.models import StandIn
from mentorship.people.views.models import SavedView
from mentorship.privacy.requests.models import PrivacyRequest
from mentorship.profiles.away.models import Away
from mentorship.profiles.models import Capacity, Training
from mentorship.programme.consent.models import Consent
from mentorship.pulse.models import PulseWave
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.reminders.texts.models import KeptText
from mentorship.rounds.models import Round
from mentorship.rounds.notes.models import RoundNote
from tests.checkins.stage import plant
from tests.client import InspectingClient
from tests.conftest import make_app
from tests.factories import Organisation

GOLDEN = pathlib.Path(__file__).parent / "golden" / "access.txt"
ROLES = ("junior", "senior", "manager", "coordinator", "hr", "admin", "no role")
KINDS = ("own", "same line", "other line", "nonexistent", "huge")
NOBODYS = frozenset(
    {"round_id", "roster_id", "shift_id", "site_id", "import_id", "tablet_id", "code_id", "mail_id", "consent_id"}
    | {"message_id", "text_id", "domain_id", "profile_id", "course_id", "kind_id", "lesson_id", "card_id"}
    | {"wave_id", "phase_id"}
)
"""Of what these ids stand for nobody is the owner."""
ROUND_KINDS = ("existing", "nonexistent", "huge")
SAMPLE = ("-", "own", "same line", "existing", "huge")  # whose, on PostgreSQL; on SQLite all of them
ARGUMENT = r"<(?:id:)?(\w+)>"
NOT_THERE: dict[str, int | str] = {"nonexistent": 2**31 - 1, "huge": 10**30}
HEAD = """\
# Who gets in, for every route, method and whose it is. Everybody else is sent to sign in, or gets 403, 404 or 405.
# "own" is of the person who asks; "same line" is of somebody under the same manager (for the manager: under them);
# "other line" of somebody under another. "signed in" is every role, and no role at all. An empty list: nobody.
"""


@dataclass
class World:
    """The ids (and links) that a role calls its own, of its line, and of another line."""

    ids: dict[str, dict[str, dict[str, int | str]]]  # role -> name of the id -> kind -> id
    nobodys: dict[str, int]
    people: dict[str, int]


@pytest.fixture
def app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    """An application of its own, for these tests add to it."""
    return make_app(engine, database_url, now)


@pytest.fixture
def world(app: Flask, session: Session, organisation: Organisation) -> World:
    """Somebody in every role with a request, a mentorship and a session; the same of colleagues in both lines."""
    made, now = organisation, organisation.now
    made.people["no role"] = made.people["nobody"]
    made.mentor("guide", places=20)
    offer = session.get_one(Capacity, made.people["guide"])
    offer.hours = offer.confirmed_hours = Decimal(40)
    made.mentor("colleague", manager="manager")
    made.person("learner", "junior", manager="manager")
    found = Round(name="r", weights=DEFAULT_WEIGHTS, floor=0.3, spread=0.02, created_at=now)
    session.add(found)
    session.flush()
    rows: dict[str, dict[str, int | str]] = {}
    lead = {"learner": "colleague", "other_junior": "other_senior", "senior": "other_senior"}
    for key in (*ROLES, "learner", "other_junior"):
        mentor = lead.get(key, "guide" if key in ("junior", "manager", "coordinator", "hr") else "senior")
        start_session(session, session.get_one(Person, made.people[key]), "a phone", 12, now)
        session.flush()
        rows[key] = {
            "person_id": made.people[key],
            "request_id": made.asks(key),
            "secret": make_calendar(session, made.people[key], now),
            "sign_in_id": session.exec(select(SignIn.id).where(SignIn.person_id == made.people[key])).one() or 0,
            **check_in(app, session, made, made.pair(mentor, key), key),
        }
        feed = PlanningFeed(name="Planbord", person_id=made.people[key], token_hash=f"feed {key}", made_at=now)
        session.add(feed)
        session.flush()
        rows[key]["feed_id"] = feed.id or 0
        stands_in = StandIn(
            person_id=made.people[key],
            stand_in_id=made.people["guide"],
            first_day=local_date(now),
            last_day=local_date(now),
            named_at=now,
        )
        session.add(stands_in)
        session.flush()
        rows[key]["stand_in_id"] = stands_in.id or 0
        rows[key]["view_id"] = view(session, made.people[key])
        rows[key]["certificate_id"] = certificate(session, made, key)
        rows[key]["privacy_id"] = privacy_request(session, made, key)
        rows[key]["draft_id"] = draft(session, made.people[key], now)
        rows[key]["note_id"] = noted(session, made, found, int(rows[key]["request_id"]))
        rows[key] |= learning(session, made, int(rows[key]["mentorship_id"]), key)
    taken = TakenImport(at=now, summary=summary(Report()), journal=packed({}))
    kept = Tablet(name="Kantine", site_id=made.sites["Ede"], made_at=now, code_until=now)
    session.add_all([taken, kept])
    session.commit()
    ids: dict[str, dict[str, dict[str, int | str]]] = {}
    for role in (*ROLES, "anonymous"):
        own = rows.get(role, rows["learner"])
        whose = {"own": own, "same line": rows["learner"], "other line": rows["other_junior"]}
        ids[role] = {name: {kind: row[name] for kind, row in whose.items()} | NOT_THERE for name in own}
    nobodys = {"round_id": found.id or 0, "site_id": made.sites["Ede"], "roster_id": made.rosters["DAG"], "shift_id": 1}
    nobodys["import_id"] = taken.id or 0
    nobodys["tablet_id"] = kept.id or 0
    nobodys |= written(session, made)
    nobodys |= asked_of_jobs(session, made)
    nobodys |= planned_pulse(session, made)
    made.agree()
    nobodys["consent_id"] = session.exec(select(Consent.id)).one() or 0
    nobodys["domain_id"] = made.domains["Pneumatiek"]
    nobodys["lesson_id"] = nobodys["card_id"] = nobodys["phase_id"] = 1
    nobodys |= operated(session, made)
    return World(ids, nobodys, made.people)


def noted(session: Session, made: Organisation, found: Round, request_id: int) -> int:
    """A note of the coordinator about a request."""
    words = RoundNote(
        round_id=found.id or 0,
        request_id=request_id,
        by_id=made.people["coordinator"],
        words="t",
        noted_at=made.now,
    )
    session.add(words)
    session.flush()
    return words.id or 0


def written(session: Session, made: Organisation) -> dict[str, int]:
    """A message to somebody, that is not sent yet, and a text that was kept."""
    message = Message(selection="people", subject_nl="x", body_nl="x", made_at=made.now)
    text = KeptText(name="x", subject_nl="x", body_nl="x", kept_at=made.now)
    session.add_all([message, text])
    session.flush()
    session.add(MessageRecipient(message_id=message.id or 0, person_id=made.people["nobody"]))
    session.commit()
    return {"message_id": message.id or 0, "text_id": text.id or 0}


def certificate(session: Session, made: Organisation, key: str) -> int:
    """A certificate of theirs."""
    if session.get(CertificateKind, 1) is None:
        session.add(CertificateKind(id=1, name="VCA"))
        session.flush()
    own = {"person_id": made.people[key], "noted_by": made.people[key], "noted_at": made.now}
    found = Certificate(kind_id=1, got_on=local_date(made.now), **own)
    session.add(found)
    session.flush()
    return found.id or 0


def asked_of_jobs(session: Session, made: Organisation) -> dict[str, int]:
    """A job profile, and a training outside."""
    job = JobProfile(name="Monteur")
    course = Course(domain_id=made.domains["Pneumatiek"], title="Basis", days=Decimal(2))
    session.add_all([job, course])
    session.commit()
    return {"profile_id": job.id or 0, "course_id": course.id or 0, "kind_id": 1}


def planned_pulse(session: Session, made: Organisation) -> dict[str, int]:
    """A wave of the pulse that did not begin."""
    first = local_date(made.now) + timedelta(days=9)
    wave = PulseWave(opens_on=first, closes_on=first, grouping="role")
    session.add(wave)
    session.commit()
    return {"wave_id": wave.id or 0}


def operated(session: Session, made: Organisation) -> dict[str, int]:
    """A code that is out, and a mail that failed."""
    code = ActivationCode(person_id=made.people["nobody"], code_hash="c", expires_at=made.now + timedelta(days=1))
    mail = OutboxRow(
        kind="line",
        recipient_id=made.people["nobody"],
        due_on=made.now.date(),
        created_at=made.now,
        failed_at=made.now,
    )
    session.add_all([code, mail])
    session.commit()
    return {"code_id": code.id or 0, "mail_id": mail.id or 0}


def check_in(app: Flask, session: Session, made: Organisation, mentorship_id: int, key: str) -> dict[str, int | str]:
    """Ask the junior of a pair how it goes, and raise a signal from what they said before."""
    asked, today = plant(session, made, mentorship_id, key), made.now.date()
    row = Signal(mentorship_id=mentorship_id, kind="low", side="junior", since=today, raised_at=made.now)
    session.add(row)
    session.flush()
    with app.app_context():
        token = links.sign(current_app.extensions["mentorship_settings"], LINK_PURPOSE, asked, made.now)
    return {"mentorship_id": mentorship_id, "check_in_id": asked, "signal_id": row.id or 0, "token": token}


def privacy_request(session: Session, made: Organisation, key: str) -> int:
    found = PrivacyRequest(asker_id=made.people[key], kind="correct", received_at=made.now, due_on=made.now.date())
    session.add(found)
    session.flush()
    return found.id or 0


def view(session: Session, person_id: int) -> int:
    """A view of a list that somebody keeps."""
    kept = SavedView(person_id=person_id, list="people", name="Ede", query="site=1")
    session.add(kept)
    session.flush()
    return kept.id or 0


def draft(session: Session, person_id: int, now: datetime) -> int:
    """An export that somebody looks at."""
    row = ImportDraft(
        person_id=person_id, created_at=now, state=READY, preview={"refused": {"message": "x", "params": {}}}
    )
    session.add(row)
    session.flush()
    return row.id or 0


def learning(session: Session, made: Organisation, mentorship_id: int, key: str) -> dict[str, int | str]:
    """A goal of a pair, with a level that its junior claims and (so that one row says it) confirms too; a training."""
    me, now = made.people[key], made.now
    goal = Goal(
        mentorship_id=mentorship_id,
        domain_id=made.domain("Pneumatiek"),
        start_level=0,
        target_level=3,
        made_at=now,
    )
    training = Training(person_id=me, title="t", followed_on=now.date(), noted_by=me, noted_at=now)
    undo = UndoRow(person_id=me, roles=[], door="undo.index", named={}, at=now, said="t", steps=[])
    gone = Away(person_id=me, first_day=now.date(), last_day=now.date(), entered_by_id=me)
    post = Confidant(person_id=me)
    session.add_all([goal, training, undo, gone, post])
    session.add(HandoverPlan(person_id=me, started_at=now, changed_at=now))
    session.add(HandoverPiece(person_id=me, domain_id=made.domain("Pneumatiek"), position=1))
    session.flush()
    claim = LevelClaim(goal_id=goal.id or 0, level=3, claimed_at=now, second_id=me)
    session.add(claim)
    session.flush()
    asked = QuickQuestion(asker_id=made.people["guide"], asked_id=me, along=False, words="t", asked_at=now)
    session.add(asked)
    session.flush()
    return {
        "goal_id": goal.id or 0,
        "question_id": asked.id or 0,
        "claim_id": claim.id or 0,
        "training_id": training.id or 0,
        "undo_id": undo.id or 0,
        "away_id": gone.id or 0,
        "confidant_id": post.id or 0,
    }


class Doorbell:
    """Rings as one role with that role's cookie, always the same; what the request changed is undone."""

    def __init__(self, app: Flask, session: Session, person_id: int | None) -> None:
        known = InspectingClient(app, session, person_id)
        page = known.get("/account" if person_id else "/account/sign-in")
        assert page.status_code == 200
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        cookie = known.flask.get_cookie("leermaat")
        assert token and cookie
        self._token, self._cookie = token[1], f"leermaat={cookie.value}"
        self._client = app.test_client(use_cookies=False)

    def ring(self, method: str, url: str) -> TestResponse:
        data = {"csrf_token": self._token} if method == "POST" else None
        return self._client.open(url, method=method, data=data, headers={"Cookie": self._cookie})


def undo_all(app: Flask) -> None:
    """Write everything of a request to the database, and then take it back."""

    @app.after_request
    def undo(response: Any) -> Any:
        if "db" in g:
            g.db.flush()
            g.db.rollback()
        return response


BY_SIGNATURE = ("reminders.do_unsubscribe", "single_sign_out.by_provider")
"""Doors where a signature says who asks, and not a session."""


def rules(app: Flask) -> list[Rule]:
    found = [r for r in app.url_map.iter_rules() if r.endpoint != "static"]
    return sorted(found, key=lambda r: (r.rule, sorted(r.methods or ())))


def kinds_of(rule: Rule, wanted: Collection[str]) -> list[str]:
    names = rule.arguments - NOBODYS
    return [k for k in (KINDS if names else ROUND_KINDS if rule.arguments else ("-",)) if k in wanted]


def url_for(app: Flask, rule: Rule, world: World, role: str, kind: str) -> str:
    values = {name: world.ids[role][name][kind] for name in rule.arguments - NOBODYS}
    for name in rule.arguments & NOBODYS:
        values[name] = NOT_THERE.get(kind, world.nobodys[name])
    return re.sub(ARGUMENT, lambda found: str(values[found[1]]), rule.rule)


def got_in(answer: TestResponse, role: str) -> bool:
    if answer.status_code in (301, 302, 303) and answer.location.startswith("/account/sign-in"):
        return role != "anonymous"  # who was signed in has just signed out
    return answer.status_code not in (403, 404, 405)


def in_words(roles: list[str]) -> str:
    if set(roles) == {*ROLES, "anonymous"}:
        return "anybody"
    return "signed in" if set(roles) == set(ROLES) else ", ".join(roles)


@pytest.mark.long
def test_who_gets_in(app: Flask, session: Session, world: World, kind: str):
    undo_all(app)
    bells = {role: Doorbell(app, session, world.people.get(role)) for role in (*ROLES, "anonymous")}
    lines, faults = [], []
    wanted = SAMPLE if kind == "postgresql" else ("-", *ROUND_KINDS, *KINDS)
    for rule in rules(app):
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            for whose in kinds_of(rule, wanted):
                inside = []
                for role, bell in bells.items():
                    answer = bell.ring(method, url_for(app, rule, world, role, whose))
                    unsigned = rule.endpoint in BY_SIGNATURE
                    if answer.status_code >= 500 or (answer.status_code == 400 and not unsigned):
                        faults.append(f"{answer.status_code} {method} {rule.rule} {whose} as {role}")
                    if got_in(answer, role):
                        inside.append(role)
                where = re.sub(ARGUMENT, r"<\1>", rule.rule)
                lines.append(f"{method:5}{where:46}{whose:13}{in_words(inside)}".rstrip())
    assert not faults
    if os.environ.get("UPDATE_GOLDEN") and kind == "sqlite":
        GOLDEN.write_text(HEAD + "\n".join(lines) + "\n")
    table = GOLDEN.read_text().removeprefix(HEAD).splitlines()
    known = [line for line in table if f"{line[51:64].strip()}" in wanted]
    assert lines == known, "the table differs: read the difference; UPDATE_GOLDEN=1 rewrites it"
    assert kind == "postgresql" or lines == table


def test_a_wrong_method_is_told_so_and_changes_nothing(app: Flask, session: Session, world: World):
    both = {"GET", "POST"}
    bells = [Doorbell(app, session, world.people.get(role)) for role in ("coordinator", "anonymous")]
    offered: dict[str, set[str]] = {}
    for rule in rules(app):
        offered.setdefault(rule.rule, set()).update(rule.methods or ())
    for rule in rules(app):
        for method in both - offered[rule.rule]:
            for bell in bells:
                answer = bell.ring(method, url_for(app, rule, world, "coordinator", kinds_of(rule, SAMPLE)[0]))
                assert answer.status_code in (400, 405), f"{method} {rule.rule}: {answer.status_code}"


def test_every_route_states_a_rule(app: Flask):
    unstated = [r.rule for r in rules(app) if guard.stated(app, r.endpoint) is None]
    assert not unstated


def test_a_route_that_states_no_rule_is_refused(app: Flask, visit):
    app.add_url_rule("/loose", "loose", lambda: "secret")
    app.add_url_rule("/loose/<id:person_id>", "looser", lambda person_id: "secret")
    for who in ("admin", "coordinator", None):
        for url in ("/loose", "/loose/1"):
            answer = visit(who).get(url)
            assert answer.status_code == 403
            assert "secret" not in answer.text


def test_a_rule_for_roles_asks_whose_it_is_too(app: Flask, visit):
    """Who does not exist is nobody's: the same 404 for a role that may and one that may not."""
    assert visit("coordinator").get("/profiles/99999").status_code == 404
    assert visit("junior").get("/profiles/99999").status_code == 404


def test_a_role_taken_away_counts_on_the_next_request(visit, organisation: Organisation):
    coordinator, admin = visit("coordinator"), visit("admin")
    page = coordinator.get("/rounds")
    assert page.status_code == 200
    person = organisation.people["coordinator"]
    assert admin.post(f"/insight/person/{person}/roles", {"roles": ["junior"]}).status_code == 303
    assert coordinator.get("/rounds").status_code == 403
    assert coordinator.get("/mentor-requests/mine").status_code == 200
    assert 'href="/rounds"' not in coordinator.get("/").text
    assert admin.post(f"/insight/person/{person}/roles", {"roles": []}).status_code == 303
    assert coordinator.get("/mentor-requests/new").status_code == 403
    assert coordinator.get("/profiles").status_code == 200


def test_the_line_reaches_up_to_the_top_and_no_further(visit, session: Session, organisation: Organisation):
    for key in ("senior", "other_senior"):
        person = organisation.people[key]
        assert visit("director").post(f"/insight/workload/{person}/confirm", {"hours": "4"}).status_code == 303
    own = organisation.people["manager"]
    organisation.offers("manager", 1, 4, None)
    session.commit()
    assert visit("manager").post(f"/insight/workload/{own}/confirm", {"hours": "4"}).status_code == 404, (
        "not one's own hours"
    )
    assert visit("director").post(f"/insight/workload/{own}/confirm", {"hours": "4"}).status_code == 303


def test_a_manager_without_the_role_confirms_nothing(visit, organisation: Organisation):
    """Standing above somebody is not enough: the role is needed, and it is taken away by itself."""
    manager, senior = organisation.people["manager"], organisation.people["senior"]
    assert visit("admin").post(f"/insight/person/{manager}/roles", {"roles": ["senior"]}).status_code == 303
    assert visit("manager").post(f"/insight/workload/{senior}/confirm", {"hours": "4"}).status_code == 404
