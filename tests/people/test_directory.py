"""The list of people, roles, the reporting line, and activation codes on paper."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.people.account.rules import code_digest
from mentorship.people.models import Account, ActivationCode, Person, PersonRole
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}\b")
PASSWORD = "drie koude bakfietsen"


def plain(text: str) -> str:
    """Return a page without its tokens, in which anything may stand."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", text)


def details(session: Session, person_id: int, **changed: object) -> dict[str, object]:
    """The form of a person as it stands, with some fields changed."""
    person = session.get_one(Person, person_id, populate_existing=True)
    manager = session.get(Person, person.manager_id) if person.manager_id else None
    found = {"site_id": person.site_id, "manager": manager.number if manager else "", "email": person.email or ""}
    session.rollback()
    return {**found, "department": "", "languages": ["nl"], **changed}


def of(person_id: int, section: str) -> str:
    """The address of a section of somebody's page."""
    return f"/insight/person/{person_id}/{section}"


def test_codes_for_thirty_people_are_shown_once(app, visit, session: Session, organisation: Organisation):
    made = organisation
    ids = [made.person(f"p{n:02}", "junior", roster=None, family_name=f"Vis{n:02}") for n in range(30)]
    session.commit()
    client = visit("coordinator")
    page = client.post("/people/activation-codes", {"person": ids})
    assert page.status_code == 200
    codes = CODE.findall(page.text)
    assert len(set(codes)) == 30
    assert [f"Vis{n:02}" in page.text for n in range(30)] == [True] * 30
    assert page.headers["Cache-Control"] == "no-store"
    kept = session.exec(select(ActivationCode.code_hash)).all()
    session.rollback()
    assert {code_digest(code) for code in codes} == set(kept), "only hashes are kept"
    for url in ("/people", "/people?page=2", f"/insight/person/{ids[0]}", "/"):
        assert not CODE.search(plain(client.get(url).text)), url
    name = "n-p00"
    card = re.search(name + r".*?(" + CODE.pattern + ")", page.text, re.S)
    assert card
    fields = {"name": name, "code": card[1], "password": PASSWORD}
    assert InspectingClient(app).post("/account/activate", fields).status_code == 303, "each card has its owner's code"


def test_a_second_card_replaces_the_first(visit, session: Session, organisation: Organisation):
    person, client = organisation.people["junior"], visit("coordinator")
    chosen = {"person": [person], "sure": "true"}
    first, second = (client.post("/people/activation-codes", chosen).text for _ in range(2))
    assert CODE.findall(first) != CODE.findall(second)
    assert session.scalar(sa.text("SELECT count(*) FROM activation_code")) == 1


def test_codes_for_nobody_or_for_too_many_are_refused(visit):
    client = visit("coordinator")
    for people in ([], ["x"], ["0"], ["-1"], [str(10**30)], [str(n) for n in range(1, 502)]):
        page = client.post("/people/activation-codes", {"person": people})
        assert page.status_code == 422
        assert "500" in page.text and not CODE.search(plain(page.text))


def test_only_a_coordinator_and_hr_make_codes(visit, organisation: Organisation):
    for who in ("junior", "manager", "admin", "nobody"):
        page = visit(who).post("/people/activation-codes", {"person": [organisation.people["junior"]]})
        assert page.status_code == 403
    assert "activation-codes" not in visit("admin").get(f"/insight/person/{organisation.people['junior']}").text


def test_roles_count_at_once_and_the_last_admin_stays(visit, session: Session, organisation: Organisation):
    made, admin = organisation, visit("admin")
    own = of(made.people["admin"], "roles")
    page = admin.post(own, {"roles": []})
    assert page.status_code == 422 and "beheerder" in page.text
    assert admin.post(of(made.people["nobody"], "roles"), {"roles": ["admin", "junior"]}).status_code == 303
    assert admin.post(own, {"roles": []}).status_code == 422, "another admin takes it, not oneself"
    second = visit("nobody")
    assert second.get("/mentor-requests/mine").status_code == 200
    assert second.post(own, {"roles": []}).status_code == 303
    assert second.post(of(made.people["nobody"], "roles"), {"roles": ["admin", "senior"]}).status_code == 422
    assert admin.get("/people").status_code == 403
    assert second.post(of(made.people["nobody"], "roles"), {"roles": ["boss"]}).status_code == 422
    kept = set(session.exec(select(PersonRole.role).where(PersonRole.person_id == made.people["nobody"])))
    assert kept == {"admin", "junior"}


@pytest.mark.parametrize("who", ["coordinator", "hr"])
def test_the_roles_that_decide_about_others_stay_with_the_admin(who, visit, session, organisation: Organisation):
    made, client = organisation, visit(who)

    def held(key: str) -> set[str]:
        found = set(session.exec(select(PersonRole.role).where(PersonRole.person_id == made.people[key])))
        session.rollback()
        return found

    other = "hr" if who == "coordinator" else "coordinator"
    page = Screen(client, f"/insight/person/{made.people[other]}?tab=details")
    assert "Ook " in page.text and "beheerder" in page.text
    page.press("Rollen opslaan", roles=["senior"])
    assert held(other) == {other, "senior"}, "what is not theirs to give stays"
    for role in ("admin", "coordinator", "hr"):
        assert client.post(of(made.people["junior"], "roles"), {"roles": [role]}).status_code == 422
    assert client.post(of(made.people[who], "roles"), {"roles": ["junior"]}).status_code == 422, "not to oneself"
    assert held("junior") == {"junior"} and held(who) == {who}


def test_hr_makes_a_first_code_and_no_code_that_opens_more(visit, session: Session, organisation: Organisation):
    made, client = organisation, visit("hr")
    session.add(Account(person_id=made.people["senior"], password_hash="x"))
    session.commit()
    for key in ("senior", "coordinator", "admin"):
        refused = client.post("/people/activation-codes", {"person": [made.people["junior"], made.people[key]]})
        assert refused.status_code == 422 and not CODE.search(plain(refused.text)), key
    assert CODE.search(plain(client.post("/people/activation-codes", {"person": [made.people["junior"]]}).text))
    assert "activation-codes" not in client.get(f"/insight/person/{made.people['senior']}").text
    again = visit("coordinator").post("/people/activation-codes", {"person": [made.people["senior"]]})
    assert CODE.search(plain(again.text)), "the coordinator helps who forgot their password"


def test_a_reporting_line_is_changed_but_never_into_a_circle(visit, session: Session, organisation: Organisation):
    made, client = organisation, visit("coordinator")
    director, junior = made.people["director"], made.people["junior"]
    for manager in ("n-junior", "n-manager", "n-director"):
        page = client.post(of(director, "work"), details(session, director, manager=manager))
        assert page.status_code == 422, manager
        assert f'value="{manager}"' in page.text, "what was typed is kept"
    page = client.post(of(junior, "work"), details(session, junior, manager="n-weg"))
    assert page.status_code == 422 and 'value="n-weg"' in page.text
    assert client.post(of(junior, "work"), details(session, junior, manager="n-other_manager")).status_code == 303
    assert "other_manager" in client.get(f"/insight/person/{junior}?tab=details").text
    assert client.post(of(junior, "work"), details(session, junior, manager="")).status_code == 303


def test_details_are_checked_and_kept(visit, session: Session, organisation: Organisation):
    client, junior = visit("admin"), organisation.people["junior"]
    taken = organisation.people["senior"]
    url = of(junior, "work")
    assert client.post(url, details(session, junior, email="Jan.Vis@Voorbeeld.nl")).status_code == 303
    assert "jan.vis@voorbeeld.nl" in client.get(f"/insight/person/{junior}?tab=details").text
    wrong = {"email": "geen adres", "languages": [], "site_id": "999"}
    for name, value in wrong.items():
        page = client.post(url, details(session, junior, **{name: value}))
        assert page.status_code == 422 and "alert-danger" in page.text, name
    page = client.post(of(taken, "work"), details(session, taken, email="JAN.VIS@voorbeeld.nl"))
    assert page.status_code == 422, "an address signs one person in"
    assert client.post(url, details(session, junior, email="")).status_code == 303, "an address is not required"


def test_a_refusal_stands_beside_the_field_it_is_about(visit, session: Session, organisation: Organisation):
    client, junior, senior = visit("admin"), organisation.people["junior"], organisation.people["senior"]
    assert client.post(of(junior, "work"), details(session, junior, email="jan@voorbeeld.nl")).status_code == 303
    page = client.post(of(senior, "work"), details(session, senior, email="jan@voorbeeld.nl"))
    assert page.status_code == 422
    assert 'id="f-email-error"' in page.text
    assert 'id="f-manager-error"' not in page.text


def test_people_are_found_and_paged(visit, session: Session, organisation: Organisation):
    made, client = organisation, visit("coordinator")
    for number in range(60):
        made.person(f"q{number}", roster=None, family_name="O'Groot", infix="van der", site="Breda")
    session.commit()
    rows = re.compile(r'<a href="/insight/person/\d+">')
    assert len(rows.findall(client.get("/people?q=o'groot").text)) == 50
    assert len(rows.findall(client.get("/people?q=der+groot&page=2").text)) == 10
    assert len(rows.findall(client.get("/people?q=der+groot&page=999").text)) == 10, "past the end is the last page"
    assert len(rows.findall(client.get("/people?q=n-q7").text)) == 1
    assert len(rows.findall(client.get(f"/people?site={made.sites['Ede']}&role=senior").text)) == 2
    for number in range(60):
        session.get_one(Person, made.people[f"q{number}"]).left_on = made.now.date()
    session.commit()
    page = client.get("/people?q=groot").text
    assert not rows.search(page) and 'href="/people"' in page, "nobody, and a way back"


def test_a_long_list_takes_no_more_queries(visit, engine: sa.Engine, session: Session, organisation: Organisation):
    made, client = organisation, visit("coordinator")
    with counted(engine) as few:
        client.get("/people")
    for number in range(30):
        made.person(f"q{number}", "junior", roster=None)
    session.commit()
    with counted(engine) as many:
        client.get("/people")
    assert len(many) == len(few)


def test_only_an_admin_makes_a_code_for_an_admin(visit, session: Session, organisation: Organisation):
    admin = organisation.people["admin"]
    refused = visit("coordinator").post("/people/activation-codes", {"person": [organisation.people["junior"], admin]})
    assert refused.status_code == 422 and not CODE.search(plain(refused.text))
    assert session.scalar(sa.text("SELECT count(*) FROM activation_code")) == 0
