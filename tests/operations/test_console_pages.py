"""The administrator's console: accounts, codes, mail, how it stands, the audit log; nothing of answers anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base import audit, outbox
from mentorship.base import audit_words as words
from mentorship.base.audit import AuditRow
from mentorship.base.audit_lines import FIELDS
from mentorship.base.audit_values import KEPT
from mentorship.base.config import Settings
from mentorship.base.i18n import use_locale
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.models import Answer, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.operations.console.in_force import DEFAULT, ENVIRONMENT, FILE, STARTED, VAULT, in_force
from mentorship.operations.trail import queries
from mentorship.people import actions as people
from mentorship.people.account import actions as accounts
from mentorship.people.models import ActivationCode, Person, SignIn
from mentorship.people.throttle.rules import SIGN_IN
from mentorship.privacy.requests import actions as requests
from tests.checkins.stage import plant
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.operations.decisions import decisions

Visit = Callable[[str | None], InspectingClient]
PAGES = ("/console", "/console/accounts", "/console/codes", "/console/mail", "/trail")
EXPORT = "/trail/audit.ndjson"
LOANED = {"audit", "tablet"}
"""Words that Dutch has too."""
pytestmark = pytest.mark.both_databases


def sure(session: Session, organisation: Organisation, at: datetime | None = None) -> None:
    """Let everybody who is signed in have confirmed just now (or then) that it is them."""
    session.execute(sa.update(SignIn).values(confirmed_at=at or organisation.now))
    session.commit()


def failed_mail(session: Session, organisation: Organisation, kind: str = "reminder-3") -> int:
    row = OutboxRow(
        kind=kind,
        recipient_id=organisation.people["junior"],
        due_on=organisation.now.date(),
        created_at=organisation.now,
        failed_at=organisation.now,
        attempts=5,
        last_error="550 no such mailbox",
        subject="Geheimvogel",
        text="Geheimvogel",
    )
    session.add(row)
    session.commit()
    return row.id or 0


@pytest.mark.parametrize("address", [*PAGES, EXPORT])
def test_only_an_admin_comes_in(visit: Visit, address: str):
    for who in ("coordinator", "hr", "manager", "junior"):
        assert visit(who).get(address).status_code == 403, who
    assert visit("admin").get(address).status_code in (200, 303)


def test_the_audit_log_says_who_changed_what_into_what(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    people.set_roles(session, made.actor("admin"), made.people["junior"], {"junior", "hr"}, made.now)
    people.move(session, made.actor("coordinator"), [made.people["senior"]], made.site("Velp"), made.now)
    session.commit()
    moved, roles = Screen(visit("admin"), "/trail").rows()[:2]
    assert roles[1:4] == ["Admin Proef (n-admin)", "rollen gezet", "Junior Proef (n-junior)"]
    assert "junior → hr, junior" in roles[4]
    assert moved[1] == "Coordinator Proef (n-coordinator)" and "vestiging nr.: " in moved[4]


def test_the_audit_log_is_chosen_by_name_side_verb_kind_and_time(
    visit: Visit, session: Session, organisation: Organisation
):
    made = organisation
    senior, junior = made.people["senior"], made.people["junior"]
    audit.record(session, made.now - timedelta(days=40), senior, "change password", "person", senior)
    audit.record(session, made.now, made.people["admin"], "reset second factor", "person", senior)
    audit.record(session, made.now, junior, "open round", "round", 3)
    session.commit()

    def verbs(query: str) -> list[str]:
        return [row[2] for row in Screen(visit("admin"), f"/trail?{query}").rows()]

    reset, password, opened = "tweede factor weggehaald", "wachtwoord gewijzigd", "koppelronde begonnen"
    assert verbs("q=n-senior") == [reset, password]
    assert verbs("q=n-senior&side=by") == [password]
    assert verbs("q=n-admin&side=about") == []
    assert verbs("days=31") == [opened, reset]
    assert verbs("subject=round") == [opened] and verbs("verb=change+password") == [password]
    assert "koppelronde 3" in Screen(visit("admin"), "/trail").text


def test_who_refused_a_proposal_is_not_for_an_admin(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    pair = made.pair("senior", "junior")
    audit.record(session, made.now, made.people["junior"], "refuse", "mentorship", pair)
    session.commit()
    assert "n-junior" not in Screen(visit("admin"), "/trail").text


def test_every_decision_has_words(app: Flask):
    """Whatever is recorded or undone, and about what, is called something in Dutch: people read it of themselves."""
    shown = decisions()
    assert len(shown) > 130
    for place, known in enumerate((words.VERBS, words.SUBJECTS)):
        unnamed = {one[place] for one in shown} - known - words.OTHERWISE.keys()
        assert not unnamed, "a list has no words for these"
    with app.test_request_context():
        with use_locale("nl"):
            english = {verb for verb in words.VERBS if words.verb(verb) == verb}
            english |= {subject for subject in words.SUBJECTS if words.subject(subject) == subject}
        assert not english - LOANED and words.verb("something new") == "something new"


def test_the_trail_says_what_was_asked_about_data(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    requests.ask(session, made.actor("junior"), "erase", "", "weg ermee", made.now)
    session.commit()
    row = Screen(visit("admin"), "/trail?subject=privacy+request").rows()[0]
    assert row[2] == "iets gevraagd over eigen gegevens"
    assert row[3].startswith("verzoek over gegevens ")
    assert row[4] == "wat gevraagd is: gewist worden"


def test_what_changed_is_said_once_and_by_name(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    changes = [{"table": "capacity", "before": {"places": 1}, "after": {"places": 2}}]
    senior = made.people["senior"]
    audit.record(session, made.now, senior, "offer places", "person", senior, before=[1], after=[2], changes=changes)
    audit.record(session, made.now, senior, "solve round", "round", 1, weights={"domain": 0.4, "wish": 0.05})
    session.commit()
    solved, offered = Screen(visit("admin"), "/trail").rows()[:2]
    assert offered[4] == "plekken: 1 → 2" and solved[4] == "gewichten: vakgebied 0.4, wens 0.05"


def test_what_was_made_is_said_in_one_line_of_words(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    goal = {"domain_id": 2, "start_level": 1, "target_level": 3, "dropped_at": None}
    changes = [
        {"table": "goal", "before": None, "after": goal},
        {"table": "capacity", "before": {"paused": False}, "after": {"paused": True}},
    ]
    audit.record(session, made.now, made.people["senior"], "accept", "mentorship", 1, changes=changes)
    session.commit()
    told = Screen(visit("admin"), "/trail").rows()[0][4]
    assert told == "– → vakgebied nr. 2, van stap 1, naar stap 3 gepauzeerd: nee → ja"


def test_every_value_kept_has_a_name_for_people():
    kept = {name for columns in KEPT.values() for name in columns}
    assert kept <= FIELDS.keys()


def test_the_file_holds_ids_no_formula_and_says_that_it_was_taken(
    visit: Visit, session: Session, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
):
    made = organisation
    audit.record(session, made.now, made.people["admin"], "set domain", "domain", 1, name="=cmd|'/C calc'!A0\n{}")
    session.commit()
    client = visit("admin")
    sure(session, made, made.now - timedelta(hours=1))
    asked = client.get(EXPORT)
    assert asked.status_code == 303 and "/again" in asked.location, "asked again whether it is still them"
    sure(session, made)
    answer = client.get(f"{EXPORT}?subject=domain")
    (line,) = map(json.loads, answer.text.splitlines())
    assert line["details"]["name"] == "'=cmd|'/C calc'!A0\n{}" and line["actor"] == made.people["admin"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.ndjson"'
    session.rollback()
    noted = session.exec(select(AuditRow).where(AuditRow.verb == "export audit log")).one()
    assert noted.actor_id == made.people["admin"] and noted.details["chosen"] == {"subject": ["domain"]}


def test_who_takes_the_log_along_slowly_keeps_nobody_from_writing(
    visit: Visit, session: Session, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    made = organisation
    for number in range(7):
        audit.record(session, made.now, made.people["admin"], "add domain", "domain", number)
    client = visit("admin")
    sure(session, made)
    answer = client.flask.get(f"{EXPORT}?subject=domain", buffered=False)
    coming = answer.iter_encoded()
    ids = [json.loads(next(coming))["subject_id"]]
    session.rollback()
    audit.record(session, made.now, made.people["admin"], "add domain", "domain", 7)
    session.commit()
    ids += [json.loads(line)["subject_id"] for line in coming]
    assert ids == [6, 5, 4, 3, 2, 1, 0]


def answered(session: Session, organisation: Organisation) -> None:
    """A pair with answers, a note, a signal, and rows of the log that would tell of them."""
    made = organisation
    pair = made.pair("senior", "junior", "active", started_on=made.now.date())
    asked = plant(session, made, pair, "junior")
    check_in = session.get_one(CheckIn, asked)
    check_in.note = "Notitievogel"
    session.add(Answer(check_in_id=asked, key="progress", value=1))
    session.add(Signal(mentorship_id=pair, kind="low", side="junior", since=made.now.date(), raised_at=made.now))
    junior = made.people["junior"]
    for verb, subject, about in (
        ("share note", "check-in", asked),
        ("take signal", "signal", 1),
        ("undo: take signal", "signal", 1),
        ("set not available", "person", junior),
        ("undo: set not available", "person", junior),
        ("change wishes", "person", junior),
        ("note week", "mentorship", pair),
    ):
        audit.record(session, made.now, junior, verb, subject, about)
    session.commit()
    assert session.exec(select(Answer)).first() is not None
    session.rollback()


def test_nothing_of_answers_is_anywhere(visit: Visit, session: Session, organisation: Organisation):
    """What is shown with answers in the database is, word for word, what is shown without them."""
    failed_mail(session, organisation)
    client = visit("admin")
    sure(session, organisation)
    before = {address: Screen(client, address).text for address in PAGES}
    answered(session, organisation)
    for address in PAGES:
        after = Screen(client, address).text
        assert "vogel" not in after
        if address != "/console":  # the size of the database is told there
            assert after == before[address], address
    log = client.get(EXPORT).text
    assert not [verb for verb in ("check-in", "signal", "not available", "wishes", "note week") if verb in log]


def test_how_accounts_stand(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    accounts.issue_codes(session, made.actor("coordinator"), [made.people["junior"]], made.now)
    session.commit()
    client = visit("admin")
    rows = {row[0].split()[0]: row for row in Screen(client, "/console/accounts").rows()}
    assert rows["Admin"][4] == "op 1 apparaat" and rows["Junior"][5] == "tot 7 dec 2026"
    assert rows["Senior"][3:] == ["nooit", "nee", "geen"]
    assert [row[0].split()[0] for row in Screen(client, "/console/accounts?session=yes").rows()] == ["Admin"]
    assert [row[0].split()[0] for row in Screen(client, "/console/accounts?code=yes").rows()] == ["Junior"]
    assert len(Screen(client, "/console/accounts?account=no").rows()) == len(rows)


def test_a_code_is_revoked(visit: Visit, session: Session, organisation: Organisation):
    made, junior = organisation, organisation.people["junior"]
    code = accounts.issue_codes(session, made.actor("coordinator"), [junior], made.now)[junior]
    session.commit()
    client = visit("admin")
    sure(session, made)
    page = Screen(client, "/console/codes")
    assert page.rows()[0][:2] == ["Junior Proef", "Coordinator Proef"]
    page.press("Intrekken")
    session.rollback()
    assert session.exec(select(ActivationCode)).all() == [] and code
    row = session.exec(select(AuditRow).where(AuditRow.verb == "revoke activation code")).one()
    assert row.subject_id == junior
    assert Screen(client, "/console/codes").heading == "Geen code opent nu een account"


@pytest.mark.parametrize(("button", "verb"), [("Opnieuw versturen", "retry mail"), ("Laten vallen", "drop mail")])
def test_a_mail_that_failed(visit: Visit, session: Session, organisation: Organisation, button: str, verb: str):
    mail_id = failed_mail(session, organisation)
    other = failed_mail(session, organisation, "invitation")
    page = Screen(visit("admin"), "/console/mail")
    assert page.heading == "2 mails zijn mislukt" and "reminder" not in page.text and "Geheimvogel" not in page.text
    kinds = [row[1] for row in page.rows()]
    assert kinds == ["over het account", "over het programma"], "that somebody is reminded is nobody's business"
    visit("admin").post(f"/console/mail/{mail_id}/{verb.split()[0]}")
    session.rollback()
    session.expire_all()
    mail = session.get_one(OutboxRow, mail_id)
    assert mail.failed_at is None and (mail.dropped_at is None) == (verb == "retry mail")
    assert session.get_one(OutboxRow, other).failed_at is not None, "the other stays as it is"
    assert session.exec(select(AuditRow).where(AuditRow.verb == verb)).one().subject_id == organisation.people["junior"]
    assert outbox.failures(session) and SIGN_IN


def test_settings_say_where_they_come_from_and_no_secret(tmp_path, monkeypatch: pytest.MonkeyPatch):
    written = tmp_path / "settings.env"
    written.write_text("MENTORSHIP_SMTP_HOST=mail.example.nl\nMENTORSHIP_SMTP_PASSWORD=geheimvogel\n")
    monkeypatch.setenv("MENTORSHIP_SESSION_HOURS", "8")
    monkeypatch.setenv("MENTORSHIP_SECRET_KEY", "geheimvogel" * 4)
    monkeypatch.setenv("MENTORSHIP_DATABASE_URL", "postgresql+psycopg://leermaat:geheimvogel@localhost/leermaat")
    monkeypatch.setitem(Settings.model_config, "env_file", str(written))
    found = {one.name: one for one in in_force(Settings())}
    assert len(found) == len(Settings.model_fields)
    told = {name.removeprefix("MENTORSHIP_"): (one.value, one.source) for name, one in found.items()}
    assert told["SESSION_HOURS"] == ("8", ENVIRONMENT) and told["SMTP_HOST"] == ("mail.example.nl", FILE)
    assert told["SMTP_PASSWORD"] == ("set", FILE) and told["SECRET_KEY"] == ("set", ENVIRONMENT)
    assert told["METRICS_TOKEN"] == ("not set", DEFAULT) and told["MODE"] == ("production", DEFAULT)
    assert "geheimvogel" not in str(found)
    secret = {name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)}
    assert {one.name for one in found.values() if one.secret} == {f"MENTORSHIP_{name.upper()}" for name in secret}


def test_a_vault_is_named_and_a_password_behind_the_question_mark_is_hidden(tmp_path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "MENTORSHIP_SECRET_KEY").write_text("geheimvogel" * 4)
    monkeypatch.delenv("MENTORSHIP_SECRET_KEY", raising=False)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    address = "postgresql+psycopg://leermaat@/leermaat?host=db.example.nl&password=geheimvogel&sslpassword=geheimvogel"
    monkeypatch.setenv("MENTORSHIP_DATABASE_URL", address)
    found = {one.name.removeprefix("MENTORSHIP_"): one for one in in_force(Settings(_env_file=None))}
    assert (found["SECRET_KEY"].value, found["SECRET_KEY"].source) == ("set", VAULT)
    assert "host=db.example.nl" in found["DATABASE_URL"].value and "geheimvogel" not in str(found)


def test_what_the_service_was_started_with_is_no_default():
    started = Settings(_env_file=None, mode="demo", oidc_group_roles={})
    found = {one.name.removeprefix("MENTORSHIP_"): one for one in in_force(started)}
    assert found["MODE"].source == STARTED and found["SMTP_PORT"].source == DEFAULT
    assert found["OIDC_GROUP_ROLES"].value == "–"


def test_how_the_service_stands(visit: Visit, app: Flask):
    page = Screen(visit("admin"), "/console")
    assert page.heading == "Er loopt iets niet: kijk bij de taken" and "nooit" in page.text
    assert "t" * 40 not in page.text and "MENTORSHIP_SECRET_KEY" in page.text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_as_many_statements_for_many_as_for_few(
    visit: Visit, session: Session, organisation: Organisation, engine: sa.Engine, address: str
):
    made = organisation
    client = visit("admin")

    def statements() -> int:
        client.get(address)
        seen: list[str] = []

        def listen(*given):  # type: ignore[no-untyped-def]
            seen.append(given[2])

        sa.event.listen(engine, "before_cursor_execute", listen)
        assert client.get(address).status_code == 200
        sa.event.remove(engine, "before_cursor_execute", listen)
        return len(seen)

    few = statements()
    for number in range(20):
        person_id = made.person(f"more{number}", "junior")
        audit.record(session, made.now, person_id, "change password", "person", person_id)
        accounts.issue_codes(session, made.actor("coordinator"), [person_id], made.now)
        accounts.start_session(session, session.get_one(Person, person_id), "x", 12, made.now)
    session.execute(sa.update(OutboxRow).values(failed_at=made.now))
    session.commit()
    assert statements() <= few + 2, address
    assert session.exec(select(sa.func.count(col(AuditRow.id)))).one() > 20
