"""Signing in by a real provider: as whom, with which roles, for how long; and who may still come without it."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from mentorship.base.audit import AuditRow
from mentorship.base.outbox import OutboxRow
from mentorship.people import queries as people
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.identity_provider import actions, rules
from mentorship.people.identity_provider.models import ProviderLink, ProviderSession, UsedOnce
from mentorship.people.identity_provider.openid import Denied
from mentorship.people.models import Account, ActivationCode, Person, PersonRole, SignIn
from mentorship.people.single_sign_out.pages import LOGOUT_LASTS
from tests.client import InspectingClient
from tests.identity_provider.serving import Receiver
from tests.identity_provider.stage import ENDED, START, Stage, asked, is_in

PASSWORD = "drie koude bakfietsen"
LOGOUT = "/single-sign-out/by-provider"
LATER = rules.CHECKED_EVERY


def give_password(stage: Stage, *keys: str) -> None:
    for key in keys:
        person = stage.session.get_one(Person, stage.made.people[key])
        accounts.set_password(stage.session, person, PASSWORD, Passwords(8, 1), stage.now)
    stage.session.commit()


def by_password(stage: Stage, who: str) -> InspectingClient:
    client = stage.client()
    client.post("/account/sign-in", {"name": f"n-{who}", "password": PASSWORD})
    return client


def roles(stage: Stage, who: str) -> frozenset[str]:
    return stage.read(lambda session: people.roles_of(session, stage.made.people[who]))


def audited(stage: Stage, verb: str) -> list[AuditRow]:
    return stage.rows(select(AuditRow).where(AuditRow.verb == verb).order_by(AuditRow.id))


def mailed(stage: Stage, kind: str) -> set[int]:
    return set(stage.rows(select(OutboxRow.recipient_id).where(OutboxRow.kind == kind)))


def test_who_signed_in_at_the_provider_is_in_and_on_the_page_they_wanted(stage: Stage):
    client = stage.client()
    assert "Inloggen met Installatiebedrijf" in client.get("/account/sign-in?next=/reminders").text
    answer = stage.sign_in(client, "junior", start=f"{START}?next=/reminders")
    assert answer.location == "/reminders"
    assert "Junior" in client.get("/account").text or is_in(client)
    [link] = stage.rows(select(ProviderLink))
    assert (link.issuer, link.subject) == (stage.provider.issuer, "sub-junior")
    assert len(audited(stage, "link to provider")) == 1


def test_the_second_time_nothing_is_linked_anew(stage: Stage):
    for _ in range(2):
        stage.sign_in(stage.client(), "junior")
    assert len(audited(stage, "link to provider")) == 1


def test_no_token_can_be_read_in_the_database(stage: Stage):
    stage.sign_in(stage.client(), "junior")
    [kept] = stage.rows(select(ProviderSession))
    raw = stage.id_token()
    assert raw.count(".") == 2 and raw not in kept.id_token and raw[:20] not in kept.id_token
    assert kept.refresh_token and kept.refresh_token != actions.renewing_token(kept, ["t" * 40])
    assert actions.hint(kept, ["another key, as long as the one of the service"]) == ""


def test_nobody_is_created(stage: Stage):
    before = len(stage.rows(select(Person)))
    stage.known["sub-new"] = {"employee_number": "n-new", "email": "new@example.nl", "email_verified": True}
    stage.know()
    assert stage.sign_in(stage.client(), "new").status_code == 403
    assert len(stage.rows(select(Person))) == before


@pytest.mark.parametrize(
    ("claims", "goes"),
    [
        ({"email": "junior@example.nl", "email_verified": True}, True),
        ({"email": "Junior@Example.NL", "email_verified": True}, True),
        ({"email": "junior@example.nl", "email_verified": False}, False),
        ({"email": "junior@example.nl", "email_verified": "true"}, False),
        ({"email": "junior@example.nl"}, False),
        ({"email": "n-junior", "email_verified": True}, False),
    ],
    ids=str,
)
def test_an_address_counts_when_the_provider_verified_it(stage: Stage, claims: dict[str, Any], goes: bool):
    stage.set(oidc_person_claim="email")
    stage.session.get_one(Person, stage.made.people["junior"]).email = "junior@example.nl"
    stage.session.commit()
    stage.known["sub-junior"] = claims
    stage.know()
    client = stage.client()
    stage.sign_in(client, "junior")
    assert is_in(client) is goes


def test_an_address_is_no_number(stage: Stage):
    """Where people are known by number, what looks like an address of somebody opens nothing."""
    stage.session.get_one(Person, stage.made.people["admin"]).email = "admin@example.nl"
    stage.session.commit()
    stage.know("junior", employee_number="admin@example.nl", email="admin@example.nl", email_verified=True)
    assert stage.sign_in(stage.client(), "junior").status_code == 403


def test_a_number_that_goes_on_to_somebody_else_takes_no_account_along(stage: Stage):
    stage.sign_in(stage.client(), "junior")
    stage.known["sub-junior"] = {"employee_number": "n-senior"}
    stage.known["sub-successor"] = {"employee_number": "n-junior"}
    stage.know()
    same = stage.client()
    stage.sign_in(same, "junior")
    other = stage.client()
    assert stage.sign_in(other, "successor").status_code == 403
    assert not is_in(other)
    assert set(stage.rows(select(SignIn.person_id))) == {stage.made.people["junior"]}


def test_an_admin_unlinks_and_the_next_name_is_linked(stage: Stage):
    before = stage.client()
    stage.sign_in(before, "junior")
    stage.known["sub-again"] = {"employee_number": "n-junior"}
    stage.know()
    junior = stage.made.people["junior"]
    admin = InspectingClient(stage.app, stage.session, stage.made.people["admin"])
    hr = InspectingClient(stage.app, stage.session, stage.made.people["hr"])
    page = f"/insight/person/{junior}?tab=details"
    assert "/unlink" in admin.get(page).text and "/unlink" not in hr.get(page).text
    assert admin.post(f"/single-sign-on/people/{junior}/unlink").status_code == 303
    assert not is_in(before), "who came in by the old name is out"
    after = stage.client()
    stage.sign_in(after, "again")
    assert is_in(after)
    assert [row.actor_id for row in audited(stage, "unlink from provider")] == [stage.made.people["admin"]]
    assert admin.post(f"/single-sign-on/people/{stage.made.people['senior']}/unlink").status_code == 422
    assert stage.sign_in(stage.client(), "junior").status_code == 403


def test_another_provider_takes_the_place_of_the_one_before(stage: Stage):
    stage.session.add(
        ProviderLink(
            person_id=stage.made.people["junior"],
            issuer="https://earlier.example",
            subject="sub-junior",
            linked_at=stage.now,
        )
    )
    stage.session.commit()
    stage.app.extensions["mentorship_keeps"] = lambda _session, _person_id: True
    client = stage.client()
    assert stage.sign_in(client, "junior").location == "/confirming", "closed, as the first time"
    assert stage.rows(select(ProviderLink.issuer)) == [stage.provider.issuer]


@pytest.mark.parametrize("keeps", [True, False])
def test_what_was_kept_is_closed_to_a_first_sign_in(stage: Stage, keeps: bool):
    stage.app.extensions["mentorship_keeps"] = lambda _session, _person_id: keeps
    answer = stage.sign_in(stage.client(), "junior")
    assert (answer.location == "/confirming") is keeps
    assert stage.is_closed("junior") is keeps
    stage.sign_in(stage.client(), "junior")
    assert stage.is_closed("junior") is keeps, "and stays so on another new device"


def test_on_a_device_of_before_nothing_is_closed(stage: Stage):
    stage.app.extensions["mentorship_keeps"] = lambda _session, _person_id: True
    give_password(stage, "junior")
    client = by_password(stage, "junior")
    client.post("/account/sign-out")
    stage.sign_in(client, "junior")
    assert is_in(client)
    assert not stage.is_closed("junior")


def test_whose_account_had_a_password_is_told(stage: Stage):
    give_password(stage, "junior")
    for who in ("junior", "senior"):
        stage.sign_in(stage.client(), who)
    assert mailed(stage, "provider") == {stage.made.people["junior"]}


@pytest.mark.parametrize("guess", ["", "nobody has this password", "x"])
def test_who_has_no_password_gets_in_with_none(stage: Stage, guess: str):
    stage.sign_in(stage.client(), "junior")
    assert [one.password_hash for one in stage.rows(select(Account))] == [""]
    client = stage.client()
    client.post("/account/sign-in", {"name": "n-junior", "password": guess})
    assert not is_in(client)


def test_groups_give_and_take_the_roles_they_stand_for_and_no_others(stage: Stage):
    stage.set(
        oidc_groups_claim="groups",
        oidc_group_roles={"beheer": "admin", "coordinatie": "coordinator", "iedereen": "medewerker"},
    )
    stage.know("senior", groups=["beheer", "iedereen", "something else"])
    stage.sign_in(stage.client(), "senior")
    assert roles(stage, "senior") == {"senior", "admin"}
    stage.know("senior", groups=["coordinatie"])
    stage.sign_in(stage.client(), "senior")
    assert roles(stage, "senior") == {"senior", "coordinator"}
    stage.know("senior")
    stage.sign_in(stage.client(), "senior")
    assert roles(stage, "senior") == {"senior"}
    found = audited(stage, "set roles by groups")
    assert [row.actor_id for row in found] == [None, None, None]
    assert found[0].details == {"before": ["senior"], "after": ["admin", "senior"]}


def test_who_leaves_a_group_loses_its_role_at_the_next_check_and_not_at_the_next_sign_in(stage: Stage):
    stage.set(oidc_groups_claim="groups", oidc_group_roles={"beheer": "admin"})
    stage.know("senior", groups=["beheer"])
    client = stage.client()
    stage.sign_in(client, "senior")
    stage.know("senior", groups=["iedereen"])
    stage.pass_(minutes=15)
    assert is_in(client)
    assert roles(stage, "senior") == {"senior"}
    assert client.get("/console").status_code == 403


def test_a_check_that_names_no_groups_takes_no_role(stage: Stage):
    stage.set(oidc_groups_claim="groups", oidc_group_roles={"beheer": "admin"})
    stage.know("senior", groups=["beheer"])
    client = stage.client()
    stage.sign_in(client, "senior")
    stage.know("senior")
    stage.pass_(minutes=15)
    assert is_in(client) and roles(stage, "senior") == {"senior", "admin"}


def test_an_admin_by_group_is_one_at_once(stage: Stage):
    stage.set(oidc_groups_claim="groups", oidc_group_roles={"beheer": "admin"})
    stage.know("senior", groups=["beheer"])
    client = stage.client()
    stage.sign_in(client, "senior")
    assert client.get("/people").status_code == 200


def test_an_open_code_does_not_survive_more_power(stage: Stage):
    stage.set(oidc_groups_claim="groups", oidc_group_roles={"beheer": "admin"})
    coordinator = stage.made.actor("coordinator")
    accounts.issue_codes(stage.session, coordinator, [stage.made.people["senior"]], stage.now)
    stage.session.commit()
    stage.know("senior", groups=["beheer"])
    stage.sign_in(stage.client(), "senior")
    assert not stage.rows(select(ActivationCode))


def test_the_last_admin_stays(stage: Stage):
    stage.set(oidc_groups_claim="groups", oidc_group_roles={"beheer": "admin"})
    for extra in stage.session.exec(select(PersonRole).where(PersonRole.role == "admin")).all():
        if extra.person_id != stage.made.people["admin"]:
            stage.session.delete(extra)
    stage.session.commit()
    stage.know("admin", groups=[])
    stage.sign_in(stage.client(), "admin")
    assert "admin" in roles(stage, "admin")
    stage.know("senior", groups=["beheer"])
    stage.sign_in(stage.client(), "senior")
    stage.sign_in(stage.client(), "admin")
    assert "admin" not in roles(stage, "admin"), "there is another now"


@pytest.mark.parametrize("claims", [{"hasgroups": True}, {"_claim_names": {"groups": "src1"}}])
def test_too_many_groups_to_be_named_take_no_role(claims: dict[str, Any]):
    assert rules.governed_by(claims, "groups", {"beheer": "admin"}) is None


@pytest.mark.parametrize("groups", [None, 7, {"beheer": 1}, [["beheer"], 3, None], "Beheer"])
def test_odd_groups_give_nothing(groups: object):
    found = rules.governed_by({"groups": groups}, "groups", {"beheer": "admin"})
    assert found is not None and found.given == frozenset()


def test_a_second_factor_is_the_providers_business(stage: Stage):
    stage.set(require_second_factor=True)
    client = stage.client()
    stage.sign_in(client, "coordinator")
    assert client.get("/people").status_code == 200


@pytest.mark.parametrize(
    ("login", "goes"),
    [
        ({}, False),
        ({"acr": "strong"}, True),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "weak", "amr": ["pwd"]}, False),
    ],
    ids=str,
)
def test_a_way_of_authenticating_can_be_asked_for(stage: Stage, login: dict[str, Any], goes: bool):
    stage.set(oidc_acr=["strong", "mfa"])
    stage.provider.also(login=login)
    client = stage.client()
    assert asked(client.get(START).location)["acr_values"] == "strong mfa"
    stage.sign_in(client, "junior")
    assert is_in(client) is goes


class TestPasswordBeside:
    """A password that another chose by a code does not stay beside the provider."""

    def by_code(self, stage: Stage) -> InspectingClient:
        """The coordinator makes a code, and signs in with it as the junior."""
        junior = stage.made.people["junior"]
        codes = accounts.issue_codes(stage.session, stage.made.actor("coordinator"), [junior], stage.now)
        stage.session.commit()
        client = stage.client()
        client.post("/account/activate", {"name": "n-junior", "code": codes[junior], "password": PASSWORD})
        assert is_in(client)
        return client

    @pytest.mark.parametrize("keeps", [True, False])
    def test_who_opened_an_account_before_its_person_ever_came_is_out(self, stage: Stage, keeps: bool):
        """Else they would read all that is answered afterwards, and nobody would notice."""
        other = self.by_code(stage)
        stage.app.extensions["mentorship_keeps"] = lambda _session, _person_id: keeps
        own = stage.client()
        stage.sign_in(own, "junior")
        assert is_in(own)
        assert not is_in(other)
        assert not is_in(by_password(stage, "junior"))
        assert len(audited(stage, "forget password")) == 1

    def test_who_opened_it_later_is_out_when_its_person_confirms(self, stage: Stage):
        own, browser = stage.client(), stage.browser()
        stage.sign_in(own, "junior", browser)
        stage.app.extensions["mentorship_keeps"] = lambda _session, _person_id: True
        other = self.by_code(stage)
        assert stage.is_closed("junior") and not is_in(own)
        page = own.follow(stage.sign_in(own, "junior", browser)).text
        assert not stage.is_closed("junior"), "it is a device of before"
        assert "een nieuwe code voor je account" in page
        assert not is_in(other)
        assert not is_in(by_password(stage, "junior"))

    def test_a_password_of_ones_own_stays(self, stage: Stage):
        give_password(stage, "junior")
        client = by_password(stage, "junior")
        client.get("/account")
        client.post("/account/sign-out")
        stage.sign_in(client, "junior")
        assert is_in(by_password(stage, "junior"))
        stage.sign_in(stage.client(), "junior")
        assert is_in(by_password(stage, "junior")), "nor does another device take it away later"

    def test_who_is_there_for_when_the_provider_is_gone_keeps_theirs(self, stage: Stage):
        give_password(stage, "admin")
        stage.set(oidc_required=True, oidc_break_glass=["n-admin"])
        stage.sign_in(stage.client(), "admin")
        assert is_in(by_password(stage, "admin"))


class TestRequired:
    """Where all sign in by the provider."""

    @pytest.fixture(autouse=True)
    def required(self, stage: Stage) -> None:
        give_password(stage, "junior", "admin")
        stage.set(oidc_required=True, oidc_break_glass=["n-admin"])

    def test_a_password_signs_nobody_in(self, stage: Stage):
        client = stage.client()
        answer = client.post("/account/sign-in", {"name": "n-junior", "password": PASSWORD})
        unknown = client.post("/account/sign-in", {"name": "n-junior", "password": "something else"})
        assert answer.status_code == unknown.status_code == 422
        assert "horen niet bij elkaar" in answer.text
        assert not is_in(client)

    def test_a_code_signs_nobody_in(self, stage: Stage):
        junior = stage.made.people["junior"]
        codes = accounts.issue_codes(stage.session, stage.made.actor("coordinator"), [junior], stage.now)
        stage.session.commit()
        client = stage.client()
        sent = {"name": "n-junior", "code": codes[junior], "password": "vier warme bakfietsen"}
        assert client.post("/account/activate", sent).status_code == 422
        assert not is_in(client)
        stage.set(oidc_required=False, oidc_break_glass=[])
        assert client.post("/account/activate", sent).status_code == 303, "the code was not used up"

    def test_a_session_of_before_ends(self, stage: Stage):
        stage.set(oidc_required=False, oidc_break_glass=[])
        client = by_password(stage, "junior")
        assert is_in(client)
        stage.set(oidc_required=True)
        assert not is_in(client)

    def test_the_glass_is_broken_and_every_admin_hears_it(self, stage: Stage):
        client = by_password(stage, "admin")
        assert is_in(client)
        admins = stage.read(lambda session: people.people_with_role(session, "admin"))
        assert mailed(stage, "break-glass") == set(admins)
        assert [row.actor_id for row in audited(stage, "sign in past the provider")] == [stage.made.people["admin"]]

    def test_the_form_is_there_for_who_asks_for_it(self, stage: Stage):
        client = stage.client()
        page = client.get("/account/sign-in").text
        assert 'name="password"' not in page and "/account/activate" not in page
        assert "/account/sign-in?password=1" in page
        assert 'name="password"' in client.get("/account/sign-in?password=1").text

    def test_there_is_no_password_to_change(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        assert "/account/password" not in client.get("/account").text


class TestStill:
    """Whether the provider still vouches for who is signed in."""

    def test_who_left_there_is_out_within_a_quarter(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        stage.known.clear()
        stage.know("senior")
        stage.pass_(minutes=14, seconds=59)
        assert is_in(client)
        stage.pass_(seconds=1)
        answer = client.get("/reminders")
        assert answer.location == "/account/sign-in?next=/reminders"
        assert ENDED in client.follow(answer).text
        assert stage.rows(select(SignIn.ended_at))[0] is not None, "and not only on this device"

    def test_who_is_still_there_goes_on_without_noticing(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        for _ in range(4):
            stage.pass_(minutes=15)
            assert is_in(client)
        assert audited(stage, "link to provider")

    def test_a_form_is_sent_all_the_same(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        client.get("/account")
        stage.pass_(minutes=20)
        assert client.post("/account/password", {"old": "a", "new": "b"}).status_code == 422
        stage.pass_(minutes=20)
        assert client.post("/account/password", {"old": "a", "new": "b"}).status_code == 422

    def test_one_asks_while_the_others_go_on(self, stage: Stage, monkeypatch):
        """While one request waits for the provider another is answered, and no transaction is open."""
        client = stage.client()
        stage.sign_in(client, "junior")
        token = client.flask.get_cookie(stage.app.config["SESSION_COOKIE_NAME"]).value
        other = stage.client()
        other.flask.set_cookie(stage.app.config["SESSION_COOKIE_NAME"], token)
        stage.pass_(minutes=15)
        calls = []

        def slow(*_words: object) -> tuple[str, dict[str, Any]]:
            calls.append(1)
            with Session(stage.session.get_bind()) as writer:
                writer.add(UsedOnce(key="while one waits", until=stage.now))
                writer.commit()
            assert is_in(other)
            return "another token", {}

        monkeypatch.setattr("mentorship.people.identity_provider.openid.Provider.renew", slow)
        assert is_in(client)
        assert len(calls) == 1

    def test_nobody_slips_by_while_one_asks_about_who_was_vouched_for_long_ago(self, stage: Stage, monkeypatch):
        client = stage.client()
        stage.sign_in(client, "junior")
        name = stage.app.config["SESSION_COOKIE_NAME"]
        other = stage.client()
        other.flask.set_cookie(name, client.flask.get_cookie(name).value)
        stage.pass_(hours=2)
        seen = []

        def slow(*_words: object) -> str:
            seen.append(other.get("/account"))
            raise Denied("invalid_grant")

        monkeypatch.setattr("mentorship.people.identity_provider.openid.Provider.renew", slow)
        assert not is_in(client)
        assert [answer.status_code for answer in seen] == [503]
        assert seen[0].headers["Retry-After"] == "5"
        assert "ingelogd" in seen[0].text and "Junior Proef" not in seen[0].text
        assert not is_in(other)

    def test_while_it_is_gone_people_go_on_for_a_while(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        stage.provider.also(fails=503)
        stage.pass_(minutes=15)
        assert is_in(client)
        stage.pass_(minutes=14)
        assert is_in(client)
        stage.pass_(minutes=1)
        assert not is_in(client)
        stage.provider.also(fails=0)
        assert not is_in(client)

    def test_it_may_come_back_in_time(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        stage.provider.also(fails=503)
        stage.pass_(minutes=20)
        assert is_in(client)
        stage.provider.also(fails=0)
        stage.pass_(minutes=2)
        assert is_in(client)
        stage.pass_(minutes=12)
        assert is_in(client)

    def test_a_token_that_was_used_is_not_used_again(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        first = stage.rows(select(ProviderSession.refresh_token))[0]
        stage.pass_(minutes=15)
        is_in(client)
        assert stage.rows(select(ProviderSession.refresh_token))[0] != first

    def test_without_a_token_the_browser_asks(self, stage: Stage):
        stage.provider.also(refreshes=False)
        client, browser = stage.client(), stage.browser()
        stage.sign_in(client, "junior", browser)
        stage.pass_(minutes=15)
        answer = client.get("/reminders")
        assert answer.location == "/single-sign-on/still?next=/reminders"
        page = client.follow(answer)
        onward = page.headers["Refresh"].partition("url=")[2]
        assert onward in page.text.replace("&amp;", "&")
        leads = client.get(onward)
        assert asked(leads.location)["prompt"] == "none"
        back, _ = browser.visit(leads.location)
        assert client.get(back.removeprefix("http://localhost")).location == "/reminders"
        assert is_in(client)

    def test_without_a_token_the_browser_learns_that_it_is_over(self, stage: Stage):
        stage.provider.also(refreshes=False)
        client = stage.client()
        stage.sign_in(client, "junior")
        stage.pass_(minutes=15)
        leads = client.get("/single-sign-on/ask-still?next=/reminders")
        back, _ = stage.browser().visit(leads.location)  # which is not signed in there
        assert asked(back)["error"] == "login_required"
        answer = client.get(back.removeprefix("http://localhost"))
        assert ENDED in client.follow(answer).text
        assert not is_in(client)

    def test_somebody_else_there_is_somebody_else_here(self, stage: Stage):
        stage.provider.also(refreshes=False)
        client = stage.client()
        stage.sign_in(client, "junior")
        other = stage.browser()
        stage.sign_in(stage.client(), "senior", other)
        leads = client.get("/single-sign-on/ask-still")
        back, _ = other.visit(leads.location)
        client.get(back.removeprefix("http://localhost"))
        assert not is_in(client)

    def test_a_form_is_not_lost_where_the_browser_has_to_ask(self, stage: Stage):
        stage.provider.also(refreshes=False)
        client = stage.client()
        stage.sign_in(client, "junior")
        client.get("/account")
        stage.pass_(minutes=15)
        answer = client.post("/account/sessions/end-all", {"from_page": "/account"})
        assert answer.location.startswith("/single-sign-on/still")
        assert stage.rows(select(SignIn.ended_at))[0] is None, "nothing of it was done"

    def test_where_the_provider_is_taken_out_its_sessions_end(self, stage: Stage):
        client = stage.client()
        stage.sign_in(client, "junior")
        stage.set(oidc_issuer="")
        assert not is_in(client)


class TestAgain:
    """Before what matters most the provider asks anew, and not us."""

    OUT = "/account/sessions/end-all"

    @pytest.fixture
    def client(self, stage: Stage) -> InspectingClient:
        found = stage.client()
        stage.sign_in(found, "junior", stage.browser())
        found.get("/account")
        stage.pass_(minutes=11)
        return found

    def there(self, client: InspectingClient) -> str:
        """Press a button that matters, and return where at the provider it leads."""
        answer = client.follow(client.post(self.OUT, {"from_page": "/account"}))
        assert answer.location.startswith("/single-sign-on/again?next=/account")
        return str(client.follow(answer).location)

    def back(self, stage: Stage, client: InspectingClient, who: str = "junior", **told: Any) -> TestResponse:
        stage.provider.also(**told)
        browser = stage.browser()
        browser.sign_in(stage.client().get(START).location, f"sub-{who}")
        address = self.there(client)
        assert asked(address)["prompt"] == "login" and asked(address)["max_age"] == "0"
        path = browser.sign_in(address, f"sub-{who}").removeprefix("http://localhost")
        return client.get(path)

    def test_who_authenticates_anew_goes_on(self, stage: Stage, client: InspectingClient):
        answer = self.back(stage, client, login={"ts": int(stage.now.timestamp())})
        assert answer.location.startswith("/account")
        assert client.post(self.OUT).location == "/account/sign-in"

    def test_who_did_so_in_another_session_there_is_known_by_that(self, stage: Stage, client: InspectingClient):
        """For when that ends, the provider tells us so by its name."""
        stage.provider.also(login={"ts": int(stage.now.timestamp())})
        path = stage.browser().sign_in(self.there(client), "sub-junior").removeprefix("http://localhost")
        before = stage.rows(select(ProviderSession.sid))
        client.get(path)
        after = stage.rows(select(ProviderSession.sid))
        assert len(after) == 1 and after[0] and after != before

    @pytest.mark.parametrize("alters", [{"claims": {"auth_time": 1_000_000_000}}, {"without": ["auth_time"]}], ids=str)
    def test_who_was_not_asked_anew_does_not(self, stage: Stage, client: InspectingClient, alters: dict[str, Any]):
        answer = self.back(stage, client, login={"ts": int(stage.now.timestamp())}, alters=alters)
        assert answer.status_code == 422
        assert "/again" in client.post(self.OUT).location

    def test_somebody_else_does_not(self, stage: Stage, client: InspectingClient):
        self.back(stage, client, "senior", login={"ts": int(stage.now.timestamp())})
        assert not is_in(client)

    def test_a_password_of_ours_does_not_confirm_who_came_by_the_provider(self, stage: Stage, client: InspectingClient):
        give_password(stage, "senior")
        with Session(stage.session.get_bind()) as session:
            theirs = session.get_one(Account, stage.made.people["junior"])
            theirs.password_hash = session.get_one(Account, stage.made.people["senior"]).password_hash
            session.commit()
        stage.set(oidc_required=True, oidc_break_glass=["n-admin"])
        client.get("/account")
        answer = client.post("/again", {"password": PASSWORD})
        assert answer.location.startswith("/single-sign-on/again")
        assert "/again" in client.post(self.OUT).location

    def test_who_came_with_a_password_is_asked_here(self, stage: Stage):
        give_password(stage, "junior")
        client = by_password(stage, "junior")
        client.get("/account")
        stage.pass_(minutes=11)
        assert client.follow(client.post(self.OUT)).status_code == 200


class TestSigningOut:
    """Here, there, and here because there."""

    def out(self, client: InspectingClient) -> str:
        answer = client.post("/account/sign-out")
        assert answer.location == "/single-sign-out"
        page = client.follow(answer)
        onward = page.headers["Refresh"].partition("url=")[2]
        return str(client.get(onward).location)

    def test_signing_out_here_goes_on_there(self, stage: Stage):
        client, browser = stage.client(), stage.browser()
        stage.sign_in(client, "junior", browser)
        address = self.out(client)
        assert not is_in(client)
        assert browser.sign_out(address) == "http://localhost/account/sign-in"
        _, page = browser.visit(client.get(START).location)
        assert "Who are you?" in page, "and it asks again who one is"

    def test_who_did_not_come_by_it_does_not_go_there(self, stage: Stage, visit):
        assert visit("junior").post("/account/sign-out").location == "/account/sign-in"
        assert stage.client().get("/single-sign-out/leave").location == "/account/sign-in"

    def test_signing_out_there_ends_all_of_that_session_here(self, stage: Stage, receiver: Receiver):
        browser, elsewhere = stage.browser(), stage.browser()
        first, second, third = (stage.client() for _ in range(3))
        for client, at in ((first, browser), (second, browser), (third, elsewhere)):
            stage.sign_in(client, "junior", at)
        other = stage.client()
        stage.sign_in(other, "senior")
        receiver.deliver = lambda body: self.hear(stage, body)
        browser.sign_out(self.out(first))
        assert not is_in(second), "another session of that browser"
        assert is_in(third), "of another browser of theirs"
        assert is_in(other)

    def hear(self, stage: Stage, body: bytes) -> int:
        answer = stage.app.test_client().post(LOGOUT, data={"logout_token": self.token(body)})
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status_code

    def token(self, body: bytes) -> str:
        return parse_qs(body.decode())["logout_token"][0]

    def heard(self, stage: Stage, receiver: Receiver) -> tuple[InspectingClient, str]:
        """Return a session that goes on, though the provider just told that it ended, and what it told."""
        browser = stage.browser()
        first, second = stage.client(), stage.client()
        stage.sign_in(first, "junior", browser)
        stage.sign_in(second, "junior", browser)
        receiver.deliver, receiver.heard = None, []
        browser.sign_out(self.out(first))
        assert is_in(second)
        return second, self.token(receiver.heard[0])

    def test_a_notice_counts_once(self, stage: Stage, receiver: Receiver):
        client, token = self.heard(stage, receiver)
        post = stage.app.test_client().post
        assert post(LOGOUT, data={"logout_token": token}).status_code == 200
        assert not is_in(client)
        assert post(LOGOUT, data={"logout_token": token}).status_code == 400

    def test_a_notice_says_that_it_is_one_unless_the_settings_trust_less(self, stage: Stage, receiver: Receiver):
        client, token = self.heard(stage, receiver)
        plain = stage.provider.altered(token, header={"typ": "JWT"})
        post = stage.app.test_client().post
        assert post(LOGOUT, data={"logout_token": plain}).status_code == 400
        assert is_in(client)
        stage.set(oidc_plain_logout=True)
        assert post(LOGOUT, data={"logout_token": plain}).status_code == 200
        assert not is_in(client)

    def test_a_notice_of_long_ago_counts_no_more(self, stage: Stage, receiver: Receiver):
        client, token = self.heard(stage, receiver)
        stage.pass_(seconds=LOGOUT_LASTS.total_seconds() + 1)
        assert stage.app.test_client().post(LOGOUT, data={"logout_token": token}).status_code == 400
        assert is_in(client)

    def test_what_is_no_notice_ends_nothing(self, stage: Stage, receiver: Receiver):
        client, token = self.heard(stage, receiver)
        head, payload, signature = token.split(".")
        id_token = stage.id_token()
        odd = base64.urlsafe_b64encode(b'{"alg":"RS256","crit":1}').decode().rstrip("=")
        wrong = [
            "",
            "a",
            "a.b.c",
            f"{head}.{payload}.",
            f"{head}.{payload}.{signature[::-1]}",
            id_token,
            "x" * 20_000,
        ]
        for one in [*wrong, f"{odd}.e30.eA"]:
            answer = stage.app.test_client().post(LOGOUT, data={"logout_token": one})
            assert answer.status_code in (400, 413), one
        assert stage.app.test_client().get(f"{LOGOUT}?logout_token={token}").status_code == 405
        assert is_in(client)
        stage.set(oidc_client_id="another")
        assert stage.app.test_client().post(LOGOUT, data={"logout_token": token}).status_code == 400
        ended = select(SignIn).where(col(SignIn.ended_at).is_not(None))
        assert len(stage.rows(ended)) == 1, "the one that signed out itself"


def test_the_night_forgets_what_is_over_and_nothing_else(stage: Stage):
    gone, stays = stage.client(), stage.client()
    stage.sign_in(gone, "junior")
    stage.sign_in(stays, "senior")
    gone.post("/account/sign-out")

    def night(hours: int) -> list[str]:
        with Session(stage.session.get_bind()) as session:
            accounts.purge(session, stage.now + timedelta(hours=hours))
            session.commit()
        return sorted(stage.rows(select(ProviderSession.subject)))

    with Session(stage.session.get_bind()) as session:
        session.add(UsedOnce(key="counts still", until=stage.now + timedelta(days=3)))
        session.commit()
    assert night(23) == ["sub-junior", "sub-senior"]
    assert night(25) == ["sub-senior"]
    assert stage.rows(select(UsedOnce.key)) == ["counts still"]
    assert len(stage.rows(select(ProviderLink))) == 2
    assert night(50) == [], "a session ends by itself too"
