"""What a change of one account leaves alone: everybody else's, what still works, and what was there before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base.audit import AuditRow
from mentorship.people import actions as people
from mentorship.people.account import actions, rules
from mentorship.people.account.passwords import Passwords
from mentorship.people.devices import actions as devices
from mentorship.people.devices.queries import is_known
from mentorship.people.models import LANGUAGES, ROLES, ActivationCode, Person, SignIn
from mentorship.people.throttle import actions as throttle
from mentorship.people.throttle.models import Pacing
from mentorship.people.throttle.rules import SIGN_IN, Try
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

PASSWORD = "drie koude bakfietsen"
ACTIVATION = "https://hier.example/account/activate"


def issue(session: Session, made: Organisation, *names: str, at: datetime | None = None) -> dict[str, str]:
    ids = [made.people[name] for name in names]
    codes = actions.issue_codes(session, made.actor("admin"), ids, at or made.now)
    return {name: codes[made.people[name]] for name in names}


def opens(session: Session, made: Organisation, name: str, code: str, at: datetime | None = None) -> bool:
    """Tell whether a code still works, without using it."""
    open_codes = sa.select(sa.func.count()).where(
        col(ActivationCode.person_id) == made.people[name],
        col(ActivationCode.code_hash) == rules.code_digest(code),
        col(ActivationCode.used_at).is_(None),
        col(ActivationCode.expires_at) > (at or made.now),
    )
    return bool(session.execute(open_codes).scalar_one())


def audited(session: Session, verb: str) -> list[AuditRow]:
    return list(session.exec(select(AuditRow).where(AuditRow.verb == verb).order_by(AuditRow.id)))


def test_a_code_for_one_leaves_those_of_everybody_else(session: Session, organisation: Organisation):
    codes = issue(session, organisation, "junior", "senior", "nobody")
    newer = issue(session, organisation, "junior")
    assert not opens(session, organisation, "junior", codes["junior"]), "of the same person: one at a time"
    assert opens(session, organisation, "junior", newer["junior"])
    assert opens(session, organisation, "senior", codes["senior"])
    assert opens(session, organisation, "nobody", codes["nobody"])


def test_a_second_code_leaves_the_used_one_on_record(session: Session, organisation: Organisation):
    first = issue(session, organisation, "junior")["junior"]
    actions.activate(session, "n-junior", first, PASSWORD, Passwords(8, 1), organisation.now)
    issue(session, organisation, "junior")
    of_junior = col(ActivationCode.person_id) == organisation.people["junior"]
    assert len(session.exec(select(ActivationCode).where(of_junior)).all()) == 2


def test_one_activated_account_leaves_the_sessions_and_codes_of_others(session: Session, organisation: Organisation):
    codes = issue(session, organisation, "junior", "senior")
    for name in ("junior", "senior"):
        person = session.get_one(Person, organisation.people[name])
        actions.start_session(session, person, "phone", 12, organisation.now)
    actions.activate(session, "n-junior", codes["junior"], PASSWORD, Passwords(8, 1), organisation.now)
    running = select(SignIn.person_id).where(col(SignIn.ended_at).is_(None))
    assert session.exec(running).all() == [organisation.people["senior"]]
    assert opens(session, organisation, "senior", codes["senior"])


def test_the_nightly_purge_leaves_what_still_works(session: Session, organisation: Organisation):
    made, night = organisation, organisation.now + timedelta(days=13)
    old = issue(session, made, "junior", at=made.now - timedelta(days=5))["junior"]
    printed = issue(session, made, "senior")["senior"]
    person = session.get_one(Person, made.people["senior"])
    actions.start_session(session, person, "phone", 12, night)
    token = devices.remember(session, made.people["senior"], "", made.now, trusted=True)
    actions.purge(session, night)
    assert opens(session, made, "senior", printed, night)
    assert not opens(session, made, "junior", old)
    assert len(session.exec(select(SignIn)).all()) == 1
    assert is_known(session, made.people["senior"], token, night)


def test_the_nightly_purge_forgets_who_tried_what_and_sessions_of_long_ago(
    session: Session, organisation: Organisation
):
    made = organisation
    throttle.book(session, Try(SIGN_IN, "n-junior", "10.0.0.1"), made.now)
    person = session.get_one(Person, made.people["senior"])
    actions.start_session(session, person, "phone", 12, made.now)
    devices.remember(session, made.people["senior"], "", made.now, trusted=True)
    issue(session, made, "senior")
    actions.purge(session, made.now + timedelta(days=400))
    for table in ("pacing", "sign_in", "device", "activation_code"):
        assert session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() == 0, table


def test_the_purge_leaves_the_tries_of_a_moment_ago(session: Session, organisation: Organisation):
    throttle.book(session, Try(SIGN_IN, "n-junior", "10.0.0.1"), organisation.now)
    actions.purge(session, organisation.now)
    assert session.exec(select(Pacing)).all()


@pytest.mark.parametrize("role", ["coordinator", "hr", "admin"])
def test_a_code_of_before_dies_when_somebody_may_more(role: str, session: Session, organisation: Organisation):
    codes = issue(session, organisation, "nobody", "senior")
    person_id = organisation.people["nobody"]
    people.set_roles(session, organisation.actor("admin"), person_id, [role], organisation.now)
    assert not opens(session, organisation, "nobody", codes["nobody"])
    assert opens(session, organisation, "senior", codes["senior"]), "those of others stay"


def test_a_code_stays_when_somebody_may_no_more_than_before(session: Session, organisation: Organisation):
    admin, now = organisation.actor("admin"), organisation.now
    codes = issue(session, organisation, "nobody", "hr")
    people.set_roles(session, admin, organisation.people["nobody"], ["junior"], now)
    people.set_roles(session, admin, organisation.people["hr"], [], now)
    assert opens(session, organisation, "nobody", codes["nobody"])
    assert opens(session, organisation, "hr", codes["hr"])


def test_roles_taken_from_one_leave_those_of_others(session: Session, organisation: Organisation):
    admin, now = organisation.actor("admin"), organisation.now
    people.set_roles(session, admin, organisation.people["junior"], [], now)
    assert organisation.actor("junior").roles == frozenset()
    assert organisation.actor("other_junior").roles == {"junior"}


def test_who_is_saved_unchanged_keeps_their_own_address(visit, session: Session, organisation: Organisation):
    person_id = organisation.people["junior"]
    session.get_one(Person, person_id).email = "samira@voorbeeld.example"
    session.get_one(Person, organisation.people["senior"]).email = "jan@voorbeeld.example"
    session.commit()
    kept = {"site_id": organisation.sites["Ede"], "department": "", "manager": "n-manager", "languages": ["nl"]}
    page = Screen(visit("hr"), f"/insight/person/{person_id}")
    address = next(form.get("action") for form in page.tree.iter("form") if _asks_for(form, "department"))
    for _ in range(2):
        answer = visit("hr").post(address, {**kept, "email": "Samira@voorbeeld.example"})
        assert answer.status_code == 303, answer.text
    assert visit("hr").post(address, {**kept, "email": "jan@voorbeeld.example"}).status_code == 422
    assert not audited(session, "change person"), "nothing was changed"


def _asks_for(form, name: str) -> bool:
    return any(element.get("name") == name for element in form.iter())


def test_a_browser_with_a_long_name_gets_in(app: Flask, session: Session, organisation: Organisation):
    person = session.get_one(Person, organisation.people["junior"])
    actions.set_password(session, person, PASSWORD, Passwords(8, 1), organisation.now)
    session.commit()
    client = InspectingClient(app)
    fields = {"name": "n-junior", "password": PASSWORD}
    answer = client.post("/account/sign-in", fields, headers={"User-Agent": "Mozilla/5.0 é" * 300})
    assert answer.status_code == 303
    assert client.get("/account").status_code == 200


def test_what_is_done_with_codes_is_on_record(session: Session, organisation: Organisation):
    made, ids = organisation, sorted(organisation.people[name] for name in ("junior", "senior"))
    session.get_one(Person, made.people["senior"]).email = "jan@voorbeeld.example"
    left = actions.invite(session, made.actor("coordinator"), ids, ACTIVATION, made.now)
    actions.activate(session, "n-junior", left[made.people["junior"]], PASSWORD, Passwords(8, 1), made.now)
    session.flush()
    issued = audited(session, "make activation code")
    [mailed] = audited(session, "mail activation code")
    [activated] = audited(session, "activate account")
    assert sorted((row.actor_id, row.subject_id) for row in issued) == [
        (made.people["coordinator"], who) for who in ids
    ]
    assert (mailed.actor_id, mailed.subject_id) == (made.people["coordinator"], made.people["senior"])
    assert (activated.actor_id, activated.subject_id) == (made.people["junior"], made.people["junior"])


@pytest.mark.parametrize("way", ["/account/sign-out", "/account/sessions/end-all"])
def test_nothing_of_a_session_stays_in_the_cookie_after_signing_out(way: str, visit):
    client = visit("junior")
    with client.flask.session_transaction() as cookie:
        cookie["of the one before"] = "x"
    client.get("/account")
    assert client.post(way).status_code == 303
    with client.flask.session_transaction() as cookie:
        assert set(cookie) <= {"_flashes", "acted"}, "what was said last, and when"


WIDE = "ë"
"""Two bytes, one character: what is counted is characters."""


def test_what_a_form_takes_the_database_takes(visit, session: Session, organisation: Organisation):
    """PostgreSQL refuses what is longer than a column; SQLite takes anything."""
    names = {"given_name": WIDE * 100, "infix": WIDE * 40, "family_name": WIDE * 100}
    mail = f"{'m' * 64}@{'.'.join(['d' * 61] * 2)}.{'e' * 57}.example"
    spoken = [*LANGUAGES]
    work = {"site_id": organisation.sites["Ede"], "department": WIDE * 200, "manager": "", "languages": spoken}
    client = visit("admin")
    newcomer = {**names, **work, "number": WIDE * 40, "email": mail, "roles": [*ROLES], "sure": "true"}
    assert client.post("/joining", newcomer).status_code == 303
    person_id = organisation.people["junior"]
    work["email"] = mail.replace("m", "n")
    assert client.post(f"/insight/person/{person_id}/name", names).status_code == 303
    assert client.post(f"/insight/person/{person_id}/work", work).status_code == 303
    assert client.post("/sites", {"name": WIDE * 200, "region": "NL"}).status_code == 303
    session.expire_all()
    person = session.get_one(Person, person_id)
    assert (person.department, person.email) == (work["department"], work["email"])
    assert person.languages.split(",") == spoken
