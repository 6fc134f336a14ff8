"""What matters most asks again who is there: ten minutes after a sign-in, for what it is, and leads back to it."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, redirect
from sqlmodel import Session, col, select

from mentorship.hr_import.imports.actions import summary
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.report import Report
from mentorship.hr_import.upload.models import ImportDraft
from mentorship.hr_import.writing.journal import packed
from mentorship.matching import DEFAULT_WEIGHTS
from mentorship.people.account.actions import set_password
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import ActivationCode, Person, SignIn, Tablet
from mentorship.people.sessions.guard import ELSEWHERE
from mentorship.privacy.requests.models import PrivacyRequest
from mentorship.rounds.models import Round
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.people.test_second_factor import PASSWORD, with_factor

GOLDEN = pathlib.Path(__file__).parents[1] / "golden" / "again.txt"
HEAD = """\
# What asks again who is there, when that was not confirmed for ten minutes. Beside these: a person's mail address when
# it changes, and adding somebody with a role that decides about others. What asks a password or a code itself (another
# password, new recovery codes, the second factor off) is not in the list.
"""
PEOPLE = "/people/people.csv"
Visit = Callable[[str | None], InspectingClient]


@pytest.fixture
def later(app: Flask, now: datetime) -> Callable[..., None]:
    """Let time pass, in minutes since everybody signed in."""

    def pass_by(minutes: float) -> None:
        app.config["CLOCK"] = lambda: now + timedelta(minutes=minutes)

    return pass_by


@pytest.fixture
def hr(visit: Visit, session: Session, organisation: Organisation) -> InspectingClient:
    """Somebody with a password, who just signed in."""
    person = session.get_one(Person, organisation.people["hr"])
    set_password(session, person, PASSWORD, Passwords(8, 1), organisation.now)
    session.commit()
    return visit("hr")


def marked(app: Flask) -> list[str]:
    found = []
    for rule in app.url_map.iter_rules():
        if getattr(app.view_functions[rule.endpoint], "again", False):
            (method,) = {"GET", "POST"} & (rule.methods or set())
            found.append(f"{method:5}{rule.rule.replace('<id:', '<')}")
    return sorted(found, key=lambda line: line[5:])


def test_the_doors_that_ask_again(app: Flask):
    found = marked(app)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(HEAD + "\n".join(found) + "\n")
    assert found == GOLDEN.read_text().removeprefix(HEAD).splitlines()


def asks(answer: Any) -> bool:
    return answer.status_code == 303 and urlsplit(answer.location).path == "/again"


@pytest.fixture
def ids(session: Session, organisation: Organisation) -> dict[str, int]:
    """What the addresses of those doors are filled in with."""
    now, hr = organisation.now, organisation.people["hr"]
    session.add(Round(name="r", weights=DEFAULT_WEIGHTS, floor=0.3, spread=0.02, created_at=now))
    session.add(TakenImport(at=now, summary=summary(Report()), journal=packed({})))
    reading = ImportDraft(person_id=hr, created_at=now)
    tablet = Tablet(name="Kantine", site_id=organisation.sites["Ede"], made_at=now, code_until=now)
    code = ActivationCode(person_id=organisation.people["nobody"], code_hash="c", expires_at=now + timedelta(days=14))
    asker = organisation.people["junior"]
    asked = PrivacyRequest(asker_id=asker, kind="correct", received_at=now, due_on=now.date() + timedelta(days=30))
    session.add(asked)
    session.add_all([reading, tablet, code])
    session.flush()
    return {
        "person_id": organisation.people["senior"],
        "round_id": 1,
        "import_id": 1,
        "draft_id": reading.id or 0,
        "tablet_id": tablet.id or 0,
        "code_id": code.id or 0,
        "privacy_id": asked.id or 0,
    }


def test_each_of_them_refuses_after_ten_minutes_and_works_once_confirmed(
    app: Flask, visit: Visit, session: Session, organisation: Organisation, ids: dict[str, int]
):
    for who in ("hr", "coordinator", "admin"):
        person = session.get_one(Person, organisation.people[who])
        set_password(session, person, PASSWORD, Passwords(8, 1), organisation.now)
    session.commit()
    for line in marked(app):
        method, path = line.split()
        who = "hr" if path.startswith("/upload") else "coordinator"
        if path.startswith(("/signing-out", "/single-sign-on", "/console", "/trail", "/privacy/requests/all")):
            who = "admin"
        client = visit(who)
        newest = select(SignIn).order_by(col(SignIn.id).desc())
        signed_in = session.exec(newest).first()
        assert signed_in is not None
        signed_in.confirmed_at = organisation.now - timedelta(minutes=10)
        address = path.replace("<sign_in_id>", str(signed_in.id))
        for name, value in ids.items():
            address = address.replace(f"<{name}>", str(value))
        session.commit()
        ring = client.get if method == "GET" else client.post
        assert asks(ring(address)), f"{line} is open"
        assert client.post("/again", {"password": PASSWORD}).status_code == 303
        answer = ring(address)
        assert not asks(answer) and answer.status_code not in (403, 404, 405), f"{line}: {answer.status_code}"


def test_a_fresh_sign_in_is_enough_for_ten_minutes(hr: InspectingClient, later):
    assert hr.get(PEOPLE).status_code == 200
    later(9.9)
    assert hr.get(PEOPLE).status_code == 200
    later(10)
    assert asks(hr.get(PEOPLE))
    assert hr.get("/people").status_code == 200, "what matters less goes on"


def test_the_password_opens_it_and_another_does_not(hr: InspectingClient, later):
    later(11)
    wrong = hr.post("/again", {"password": "vier natte bakfietsen", "next": "/people"})
    assert wrong.status_code == 422
    assert asks(hr.get(PEOPLE))
    assert hr.post("/again", {"password": PASSWORD, "next": "/people"}).location == "/people"
    assert hr.get(PEOPLE).status_code == 200
    later(20.9)
    assert hr.get(PEOPLE).status_code == 200
    later(21)
    assert asks(hr.get(PEOPLE))


def test_who_has_a_second_factor_gives_a_code_of_it(visit: Visit, session: Session, organisation: Organisation, later):
    phone, _ = with_factor(session, organisation, "hr")
    client = visit("hr")
    later(11)
    page = client.follow(client.get(PEOPLE))
    assert 'name="code"' in page.text and 'name="password"' not in page.text
    assert client.post("/again", {"password": PASSWORD}).status_code == 422
    assert client.post("/again", {"code": "000000"}).status_code == 422
    assert asks(client.get(PEOPLE))
    assert client.post("/again", {"code": phone.code(22), "next": "/people"}).location == "/people"
    assert client.get(PEOPLE).status_code == 200
    later(22)
    assert client.post("/again", {"code": phone.code(22)}).status_code == 422, "a code is used once"


def test_guessing_is_slowed_down(hr: InspectingClient, later):
    later(11)
    for _ in range(5):
        assert hr.post("/again", {"password": "fout fout fout"}).status_code == 422
    for guess in ("fout fout fout", PASSWORD):
        refused = hr.post("/again", {"password": guess})
        assert refused.status_code == 429
    assert asks(hr.get(PEOPLE))


def test_a_session_elsewhere_is_not_opened_by_it(visit: Visit, hr: InspectingClient, later):
    elsewhere = visit("hr")
    later(11)
    hr.post("/again", {"password": PASSWORD})
    assert asks(elsewhere.get(PEOPLE))


def test_a_form_that_was_sent_in_vain_is_come_back_to(hr: InspectingClient, later, organisation: Organisation):
    person = organisation.people["senior"]
    page = Screen(hr, f"/insight/person/{person}?tab=details")
    later(11)
    asked = page.press("Rollen opslaan")
    assert asked.path == "/again"
    assert "Er is nog niets verstuurd" in asked.text
    assert "Wat je hebt ingevuld is niet opgeslagen." in asked.text, "without JavaScript"
    assert asked.fields("Ja, dat ben ik")["next"].endswith("#unsent")
    back = asked.press("Ja, dat ben ik", password=PASSWORD)
    assert back.path == f"/insight/person/{person}"
    assert "Er is nog niets verstuurd: kijk het na en verstuur het opnieuw." in back.text


def test_a_file_begins_by_itself_from_a_page_that_leads_back(hr: InspectingClient, later):
    later(11)
    list_page = "http://localhost/people?q=Jan"
    asked = hr.get(f"{PEOPLE}?q=Jan", headers={"Referer": list_page})
    fields = {name: values[0] for name, values in parse_qs(urlsplit(asked.location).query).items()}
    assert fields == {"next": f"{PEOPLE}?q=Jan", "back": "/people?q=Jan"}
    shown = hr.post("/again", {**fields, "password": PASSWORD})
    assert shown.status_code == 200
    assert shown.headers["Refresh"] == f"0; url={PEOPLE}?q=Jan"
    assert f'href="{PEOPLE}?q=Jan"' in shown.text and 'href="/people?q=Jan"' in shown.text


def test_it_leads_nowhere_else(hr: InspectingClient, later):
    for number, forged in enumerate(("//evil.example", "https://evil.example/", "/\\evil.example")):
        later(11 * (number + 1))
        asked = Screen(hr, f"/again?next={forged}&back={forged}")
        assert asked.fields("Ja, dat ben ik") == {"next": "", "back": "", "password": ""}
        assert next(e.get("href") for e in asked.tree.iter("a") if e.text == "Nee, ga terug") == "/"
        assert hr.post("/again", {"password": PASSWORD, "next": forged, "back": forged}).location == "/"
    later(45)
    strange = hr.get(PEOPLE, headers={"Referer": "https://evil.example/people"})
    assert "evil" not in strange.location


def test_htmx_leads_the_whole_page_there(hr: InspectingClient, later):
    later(11)
    answer = hr.get(PEOPLE, headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/people?q=Jan"})
    assert answer.status_code == 200 and not answer.data
    assert answer.headers["HX-Redirect"].startswith("/again?next=/people?q")


def test_who_may_not_is_refused_and_not_asked(visit: Visit, later):
    client = visit("junior")
    client.get("/account")
    later(11)
    assert client.get(PEOPLE).status_code == 403
    assert client.post("/programme").status_code == 403


def test_another_mail_address_asks_and_another_site_does_not(
    hr: InspectingClient, later, organisation: Organisation, session: Session
):
    person = organisation.people["senior"]
    address = f"/insight/person/{person}"
    later(11)
    page = Screen(hr, f"{address}?tab=details")
    fields = page.fields("Werk opslaan")
    assert page.press("Werk opslaan", department="Elders").path == address
    before = session.get_one(Person, person).email
    session.rollback()
    page = Screen(hr, f"{address}?tab=details")
    assert page.press("Werk opslaan", email="mijn@evil.example").path == "/again"
    session.expire_all()
    assert session.get_one(Person, person).email == before
    assert fields["email"] == (before or "")


def test_a_newcomer_with_a_powerful_role_asks_and_a_junior_does_not(visit: Visit, later):
    admin = visit("admin")
    page = Screen(admin, "/joining")
    later(11)
    known = {"number": "n-new", "given_name": "A", "family_name": "B"}
    fields = page.fields("Toevoegen") | known
    assert asks(admin.post("/joining", {**fields, "roles": ["hr"]}))
    assert not asks(admin.post("/joining", {**fields, "roles": ["junior"]}))


def test_who_signed_in_by_a_provider_confirms_there(app: Flask, hr: InspectingClient, later):
    app.extensions[ELSEWHERE] = lambda me, page: redirect(f"/provider?then={page}", 303)
    later(11)
    answer = hr.follow(hr.get(PEOPLE))
    assert answer.location == f"/provider?then={PEOPLE}"


def test_who_must_still_set_up_a_second_factor_can_confirm(
    app: Flask, visit: Visit, session: Session, organisation: Organisation, later
):
    app.extensions["mentorship_settings"].require_second_factor = True
    person = session.get_one(Person, organisation.people["admin"])
    set_password(session, person, PASSWORD, Passwords(8, 1), organisation.now)
    session.commit()
    admin = visit("admin")
    admin.get("/second-step/set-up")
    later(11)
    assert asks(admin.post("/second-step/begin"))
    assert admin.post("/again", {"password": PASSWORD}).status_code == 303
    assert admin.post("/second-step/begin").location == "/second-step/set-up"
