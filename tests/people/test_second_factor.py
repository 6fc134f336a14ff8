"""The second factor: set up, asked at sign-in, each code used once, required of who decides, reset by the shell."""

from __future__ import annotations

import base64
import hmac
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from html import unescape
from threading import Barrier

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from flask import Flask
from pyotp import TOTP
from sqlmodel import Session, col, select

from mentorship.base.audit import AuditRow
from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.base.outbox import OutboxRow
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Person, PersonRole
from mentorship.people.second_factor import actions, queries, rules
from mentorship.people.second_factor.models import HalfSignIn, RecoveryCode, SecondFactor
from tests.client import InspectingClient
from tests.factories import Organisation

PASSWORD = "drie koude bakfietsen"
KEYS = ["t" * 40]
SET_UP = "/second-step/set-up"


class Phone:
    """An app with a secret, on a clock."""

    def __init__(self, secret: str, now: datetime) -> None:
        self._codes = TOTP(secret)
        self._now = now

    def code(self, later: int = 0) -> str:
        return self._codes.at(self._now + timedelta(seconds=30 * later))


def with_factor(session: Session, made: Organisation, who: str) -> tuple[Phone, list[str]]:
    """Give somebody a password and a second factor, confirmed an hour ago."""
    person = session.get_one(Person, made.people[who])
    accounts.set_password(session, person, PASSWORD, Passwords(8, 1), made.now)
    before = made.now - timedelta(hours=1)
    me = made.actor(who)
    actions.begin(session, me, KEYS, before)
    secret = rules.opened(session.get_one(SecondFactor, me.person_id).secret, KEYS)
    assert secret
    codes = actions.confirm(session, me, Phone(secret, before).code(), KEYS, before)
    session.commit()
    return Phone(secret, made.now), codes


@pytest.fixture
def junior(session: Session, organisation: Organisation) -> tuple[Phone, list[str]]:
    return with_factor(session, organisation, "junior")


@pytest.fixture
def stranger(app: Flask) -> InspectingClient:
    return InspectingClient(app)


def give_password(client: InspectingClient, who: str = "junior", **more: str):
    return client.post("/account/sign-in", {"name": f"n-{who}", "password": PASSWORD, **more})


def give_code(client: InspectingClient, code: str, **more: str):
    return client.post("/second-step", {"code": code, **more})


def is_in(client: InspectingClient) -> bool:
    return client.get("/account").status_code == 200


def scanned(page: str) -> str:
    found = re.search(r'class="factor-secret">([^<]+)<', page)
    assert found
    return found[1].replace(" ", "")


def test_the_password_alone_signs_nobody_in(junior, stranger):
    phone, _ = junior
    answer = give_password(stranger, next="/reminders")
    assert answer.location == "/second-step?next=/reminders"
    assert stranger.follow(answer).status_code == 200
    assert not is_in(stranger)
    answer = give_code(stranger, phone.code(), next="/reminders")
    assert answer.location == "/reminders"
    assert is_in(stranger)


def test_a_wrong_code_is_told_and_nobody_is_in(junior, stranger):
    give_password(stranger)
    for wrong in ("000000", "12345", "abcdef", "", "٣" * 6):
        answer = give_code(stranger, wrong)
        assert answer.status_code == 422, wrong
    assert not is_in(stranger)


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(junior, stranger, later):
    give_password(stranger)
    assert give_code(stranger, junior[0].code(later)).status_code == 303


@pytest.mark.parametrize("later", [-2, 2])
def test_a_clock_may_not_be_farther_off(junior, stranger, later):
    give_password(stranger)
    assert give_code(stranger, junior[0].code(later)).status_code == 422


def test_a_code_is_used_once(app, junior, stranger):
    phone, _ = junior
    give_password(stranger)
    assert give_code(stranger, f" {phone.code()[:3]} {phone.code()[3:]} ").status_code == 303
    other = InspectingClient(app)
    give_password(other)
    assert give_code(other, phone.code()).status_code == 422
    assert give_code(other, phone.code(-1)).status_code == 422, "nor one of before it"
    assert give_code(other, phone.code(1)).status_code == 303


def at_once(engine: sa.Engine, typed: str, person_id: int, now: datetime) -> int:
    """Use a code in two transactions at once; return in how many it fitted."""
    together = Barrier(2)

    def one(_number: int) -> bool:
        with open_session(engine) as opened:
            together.wait(10)
            try:
                actions.use(opened, person_id, typed, KEYS, now)
            except Refused:
                return False
            opened.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(one, range(2)))


def test_of_two_at_once_one_wins(engine, junior, organisation):
    person_id = organisation.people["junior"]
    phone, codes = junior
    assert at_once(engine, phone.code(), person_id, organisation.now) == 1
    assert at_once(engine, codes[0], person_id, organisation.now) == 1


def test_a_recovery_code_works_once_however_it_is_typed(app, junior, stranger, session, organisation):
    _, codes = junior
    give_password(stranger)
    assert give_code(stranger, codes[3].lower().replace(" ", "-")).status_code == 303
    other = InspectingClient(app)
    give_password(other)
    assert give_code(other, codes[3]).status_code == 422
    assert "9 herstelcodes" in stranger.get(SET_UP).text
    told = session.exec(select(OutboxRow.about).where(OutboxRow.kind == "second-factor")).all()
    assert sorted(about.partition(" ")[0] for about in told) == ["on", "paper"]


def test_without_the_password_there_is_nothing_to_give_a_code_to(junior, stranger, session, app, now):
    phone, _ = junior
    assert "Log opnieuw in" in give_code(stranger, phone.code()).text
    assert stranger.get("/second-step").location == "/account/sign-in"
    give_password(stranger)
    app.config["CLOCK"] = lambda: now + timedelta(minutes=11)
    assert "Log opnieuw in" in give_code(stranger, phone.code(22)).text, "it took too long"
    assert not is_in(stranger)


def test_a_new_password_ends_what_was_half(junior, stranger, session, organisation):
    give_password(stranger)
    person = session.get_one(Person, organisation.people["junior"])
    accounts.set_password(session, person, "vier natte bakfietsen", Passwords(8, 1), organisation.now)
    session.commit()
    assert "Log opnieuw in" in give_code(stranger, junior[0].code()).text
    assert not is_in(stranger)


def test_who_left_meanwhile_is_not_let_in(junior, stranger, session, organisation):
    give_password(stranger)
    session.get_one(Person, organisation.people["junior"]).left_on = organisation.now.date()
    session.commit()
    assert "Log opnieuw in" in give_code(stranger, junior[0].code()).text


def test_a_card_does_not_go_round_it(junior, stranger, session, organisation):
    person_id = organisation.people["junior"]
    code = accounts.issue_codes(session, organisation.actor("coordinator"), [person_id], organisation.now)[person_id]
    session.commit()
    typed = {"name": "n-junior", "code": code, "password": "vier natte bakfietsen"}
    assert stranger.post("/account/activate", typed).location == "/second-step"
    assert not is_in(stranger)
    assert give_code(stranger, junior[0].code()).status_code == 303
    assert is_in(stranger)


def test_guessing_is_slowed_down_and_counted_first(junior, stranger):
    phone, _ = junior
    give_password(stranger)
    for _ in range(10):
        refused = give_code(stranger, "000000")
    assert refused.status_code == 429
    assert give_code(stranger, phone.code()).status_code == 429, "the right one too, until later"


def test_it_is_set_up_by_a_code_of_the_app(app, visit, session, organisation, now):
    client = visit("junior")
    assert "factor-secret" not in client.get(SET_UP).text
    assert "code van je app" not in client.get("/account").text
    page = client.follow(client.post("/second-step/begin"))
    secret = scanned(page.text)
    assert "<svg" in page.text
    assert client.post("/second-step/confirm", {"code": "000000"}).status_code == 422
    assert scanned(client.get(SET_UP).text) == secret, "the same is still to scan"
    shown = client.post("/second-step/confirm", {"code": TOTP(secret).at(now)})
    codes = re.findall(r"<li>([A-Z2-7 ]{29})</li>", shown.text)
    assert len(set(codes)) == 10
    person_id = organisation.people["junior"]
    assert queries.has_one(session, person_id)
    kept = session.get_one(SecondFactor, person_id).secret
    assert secret not in kept, "who reads the database alone cannot make codes"
    hashes = set(session.exec(select(RecoveryCode.code_hash)))
    assert not hashes & {code.replace(" ", "") for code in codes}
    session.rollback()
    page = client.get(SET_UP).text
    assert secret not in page.replace(" ", "")
    assert not [code for code in codes if code in page], "shown once"
    assert "code van je app" in client.get("/account").text
    assert client.post("/second-step/begin").status_code == 422, "what is on is not overwritten"


def test_new_codes_end_the_old_ones(junior, visit, session, organisation):
    phone, codes = junior
    client = visit("junior")
    assert client.post("/second-step/codes", {"code": "000000"}).status_code == 422
    shown = client.post("/second-step/codes", {"code": phone.code()})
    assert len(re.findall(r"<li>([A-Z2-7 ]{29})</li>", shown.text)) == 10
    with pytest.raises(Refused):
        actions.use(session, organisation.people["junior"], codes[0], KEYS, organisation.now)


def test_turning_off_asks_password_and_code(junior, visit, session, organisation):
    phone, _ = junior
    client = visit("junior")
    for fields in ({"code": phone.code(), "password": "fout"}, {"code": "000000", "password": PASSWORD}):
        assert client.post("/second-step/off", fields).status_code == 422
    assert queries.has_one(session, organisation.people["junior"])
    session.rollback()
    assert client.post("/second-step/off", {"code": phone.code(), "password": PASSWORD}).status_code == 303
    assert not queries.has_one(session, organisation.people["junior"])
    assert not session.exec(select(RecoveryCode)).all()
    assert "Je tweede factor staat uit." in client.get("/account").text


def test_eight_characters_are_enough_with_one_and_twelve_without(junior, visit, session, organisation, stranger):
    client = visit("junior")
    assert "Minstens 8 tekens" in client.get("/account").text
    assert client.post("/account/password", {"old": PASSWORD, "new": "qZ7#vLp"}).status_code == 422
    assert client.post("/account/password", {"old": PASSWORD, "new": "qZ7#vLp2"}).status_code == 303
    assert "Minstens 12 tekens" in visit("senior").get("/account").text
    again = visit("junior")
    refused = again.post("/second-step/off", {"code": junior[0].code(), "password": "qZ7#vLp2"})
    assert refused.status_code == 422
    assert "Kies eerst een wachtwoord van minstens 12 tekens" in unescape(refused.text)


@pytest.fixture
def required(app: Flask) -> None:
    """The settings ask it of who decides, as they do in production."""
    app.extensions["mentorship_settings"].require_second_factor = True


@pytest.mark.parametrize("who", ["coordinator", "admin"])
def test_who_decides_sets_it_up_before_anything_else(app, required, visit, organisation, who, now):
    client = visit(who)
    for page in ("/", "/people", "/account", "/reminders"):
        assert client.get(page).location == SET_UP, page
    client.get(SET_UP)
    assert client.post("/account/password", {"old": PASSWORD, "new": "x"}).location == SET_UP
    client.post("/second-step/begin")
    secret = scanned(client.get(SET_UP).text)
    assert client.post("/second-step/confirm", {"code": TOTP(secret).at(now)}).status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/people").status_code == 200


def test_who_must_have_one_may_still_sign_out(required, visit):
    client = visit("coordinator")
    client.get(SET_UP)
    assert client.post("/account/sign-out").location == "/account/sign-in"


def test_it_is_only_offered_to_others_and_outside_production(app, visit, required):
    for who in ("junior", "senior", "manager"):
        assert visit(who).get("/").status_code == 200, who
    app.extensions["mentorship_settings"].require_second_factor = None
    assert visit("coordinator").get("/").status_code == 200
    app.extensions["mentorship_settings"].mode = "production"
    assert visit("coordinator").get("/").location == SET_UP


def test_a_role_given_later_counts_at_the_next_request(required, visit, session, organisation):
    client = visit("junior")
    assert client.get("/").status_code == 200
    session.add(PersonRole(person_id=organisation.people["junior"], role="coordinator"))
    session.commit()
    assert client.get("/").location == SET_UP


def test_the_shell_takes_it_away_and_the_person_is_told(junior, session, organisation, stranger):
    person_id = organisation.people["junior"]
    actions.reset(session, organisation.actor("admin"), person_id, organisation.now)
    session.commit()
    assert give_password(stranger).location == "/"
    done = session.exec(select(AuditRow.verb).where(AuditRow.subject_id == person_id).order_by(AuditRow.id)).all()
    assert "reset second factor" in done
    told = select(OutboxRow).where(OutboxRow.kind == "second-factor", col(OutboxRow.about).startswith("reset"))
    assert session.exec(told).one().not_before is None, "at once"
    with pytest.raises(Refused):
        actions.reset(session, organisation.actor("admin"), person_id, organisation.now)


def test_a_new_key_opens_what_the_old_one_closed():
    kept = rules.sealed("GEHEIM", ["oud"])
    assert rules.opened(kept, ["nieuw", "oud"]) == "GEHEIM"
    assert rules.opened(kept, ["nieuw"]) is None
    assert rules.opened(rules.sealed("GEHEIM", ["nieuw", "oud"]), ["nieuw"]) == "GEHEIM"


def test_a_secret_is_sealed_so_that_nobody_changes_or_compares_it():
    kept = rules.sealed("GEHEIM", ["sleutel"])
    assert kept != rules.sealed("GEHEIM", ["sleutel"])
    whole = bytearray(base64.urlsafe_b64decode(kept))
    for at in range(len(whole)):
        whole[at] ^= 1
        assert rules.opened(base64.urlsafe_b64encode(whole).decode(), ["sleutel"]) is None
        whole[at] ^= 1


def test_what_an_earlier_version_sealed_is_opened():
    own = hmac.digest(b"oud", b"leermaat second factor", "sha256")
    kept = Fernet(base64.urlsafe_b64encode(own)).encrypt(b"GEHEIM").decode()
    assert rules.opened(kept, ["nieuw", "oud"]) == "GEHEIM"
    assert rules.opened(kept, ["nieuw"]) is None


def test_recovery_codes_need_no_slow_digest():
    """From 112 random bits on nobody tries them all: a letter of 32 is five bits."""
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == rules.RECOVERY_CODES
    assert all(len(code.replace(" ", "")) * 5 >= 112 for code in codes)


def test_the_nightly_purge_forgets_the_half_ones_alone(junior, stranger, session, organisation):
    give_password(stranger)
    accounts.purge(session, organisation.now + timedelta(minutes=11))
    session.commit()
    assert not session.exec(select(HalfSignIn)).all()
    assert queries.has_one(session, organisation.people["junior"])
    assert queries.codes_left(session, organisation.people["junior"]) == 10
