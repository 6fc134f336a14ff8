"""Pure decisions about accounts, and the settings that may not serve."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.app import InsecureSettingsError, create_app
from mentorship.base.config import Settings
from mentorship.base.errors import Refused
from mentorship.base.weak_keys import is_weak
from mentorship.people import rules
from mentorship.people.access import Actor
from mentorship.people.account import rules as account_rules
from mentorship.people.models import ROLES
from mentorship.web.page import safe_next
from tests.conftest import KEY

SECURE = {
    "mode": "production",
    "database_url": "sqlite://",
    "secret_key": KEY,
    "trusted_hosts": ["leermaat.example.nl"],
    "secure_cookies": True,
    "argon2_memory_kib": 19 * 1024,
    "_env_file": None,
}


MAILS = {"smtp_host": "mail.example.nl", "public_url": "https://leermaat.example.nl"}
OLD = "9b1f5a70c3de4826b7a0e94d12f8c65b"


@pytest.mark.parametrize(
    "safe",
    [
        {"secret_key_fallbacks": [OLD]},
        {"secret_key": OLD},
        {"secret_key": "kQ3vT8_hZx-2LrNwYbJ5mEaPd7sUfGc1"},
        {"metrics_token": OLD},
        MAILS,
        {**MAILS, "smtp_security": "tls"},
        *({**MAILS, "smtp_security": "none", "smtp_host": host} for host in ("127.0.0.1", "::1", "localhost")),
    ],
)
def test_what_is_safe_is_not_refused(safe):
    create_app(Settings(**{**SECURE, **safe}))


@pytest.mark.parametrize("size", [16, 32])
def test_a_key_of_openssl_passes(size):
    for _ in range(20):
        assert not is_weak(secrets.token_hex(size))


@pytest.mark.parametrize(
    ("address", "serves"),
    [
        ("postgresql+psycopg://l@localhost/l", True),
        ("postgresql+psycopg://l@127.0.0.1/l", True),
        ("postgresql+psycopg:///l", True),
        ("postgresql+psycopg:///l?host=/run/postgresql", True),
        ("postgresql+psycopg://l@db.example.nl/l?sslmode=verify-full", True),
        ("postgresql+psycopg://l@db.example.nl/l?sslmode=require", False),
        ("postgresql+psycopg://l@db.example.nl/l", False),
        ("postgresql+psycopg:///l?host=db.example.nl", False),
    ],
)
def test_a_database_elsewhere_is_reached_by_tls_alone(address, serves):
    refused = Settings(**{**SECURE, "database_url": address}).refusals()
    assert bool(refused) != serves and all("DATABASE_URL" in line for line in refused)


def test_a_vault_hands_over_secrets_in_files(tmp_path, monkeypatch):
    (tmp_path / "MENTORSHIP_SECRET_KEY").write_text(KEY + "\n")
    (tmp_path / "MENTORSHIP_SMTP_PASSWORD").write_text("van de kluis")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("MENTORSHIP_SMTP_PASSWORD", "van de omgeving")
    read = Settings(_env_file=None)
    assert read.secret_keys == [KEY]
    assert read.smtp_password.get_secret_value() == "van de omgeving", "the environment wins"
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert Settings(_env_file=None).secret_keys == [""]


def test_secure_settings_serve():
    assert create_app(Settings(**SECURE)).config["SESSION_COOKIE_NAME"] == "__Host-leermaat"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": KEY[:31]}, "SECRET_KEY"),
        ({"secret_key": "k" * 64}, "SECRET_KEY"),
        ({"secret_key": "0123456789abcdef" * 4}, "SECRET_KEY"),
        ({"secret_key": "change-me-change-me-change-me-change-me"}, "SECRET_KEY"),
        ({"secret_key": "dit is een heel lange geheime sleutel"}, "SECRET_KEY"),
        ({"secret_key_fallbacks": [KEY]}, "SECRET_KEY_FALLBACKS"),
        ({"secret_key_fallbacks": ["t" * 40]}, "SECRET_KEY_FALLBACKS"),
        ({"secret_key_fallbacks": ["short"]}, "SECRET_KEY_FALLBACKS"),
        ({"secret_key_fallbacks": [OLD, OLD]}, "SECRET_KEY_FALLBACKS"),
        ({"metrics_token": "x" * 30}, "METRICS_TOKEN"),
        ({"smtp_password": KEY}, "SMTP_PASSWORD"),
        ({**MAILS, "smtp_security": "none"}, "SMTP_SECURITY"),
        ({**MAILS, "smtp_security": "none", "smtp_host": "10.0.0.7"}, "SMTP_SECURITY"),
        ({"secure_cookies": False}, "SECURE_COOKIES"),
        ({"trusted_hosts": []}, "TRUSTED_HOSTS"),
        ({"argon2_memory_kib": 19 * 1024 - 1}, "ARGON2_MEMORY_KIB"),
        ({"session_hours": 25}, "SESSION_HOURS"),
        ({"metrics_token": SECURE["secret_key"]}, "METRICS_TOKEN"),
    ],
)
def test_insecure_production_settings_refuse_to_start(changed, named):
    with pytest.raises(InsecureSettingsError, match=f"MENTORSHIP_{named}") as refusal:
        create_app(Settings(**{**SECURE, **changed}))
    assert len(str(refusal.value).splitlines()) == 1


def test_all_that_is_insecure_is_told_at_once():
    with pytest.raises(InsecureSettingsError) as refusal:
        create_app(Settings(mode="production", secure_cookies=False, argon2_memory_kib=8, _env_file=None))
    assert len(str(refusal.value).splitlines()) == 4


@pytest.mark.parametrize(
    "target", ["/", "/mentor-requests/mine", "/profiles/wishes?q=Jan%20de%20Wit", "/people?q=a//b", "/@x", "/é"]
)
def test_a_path_of_ours_is_followed(target):
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "profile",
        "//evil.example",
        "///evil.example",
        "https://evil.example",
        "https:/evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/x\\..\\y",
        "javascript:alert(1)",
        " //evil.example",
        " /profiles",
        "/\t/evil.example",
        "/\t//evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        "/\t/[evil",
        "//[evil",
        "/x\r\nSet-Cookie: a=b",
        "/\0",
        "/" + "x" * 3000,
    ],
)
def test_another_address_is_not_followed(target):
    assert safe_next(target) is None


@given(st.text(alphabet="/\\\t\n\r .:@?#%[]abc", max_size=12))
def test_what_is_followed_stays_here_as_browsers_read_it(target):
    if safe_next(target) is None:
        return
    read = target.translate({9: None, 10: None, 13: None}).strip().replace("\\", "/")
    assert read.startswith("/") and not read.startswith("//")


def test_codes_differ_and_are_typed_as_people_type():
    codes = {account_rules.new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in list(codes)[:20]:
        spaced = account_rules.spaced(code)
        assert [len(part) for part in spaced.split("-")] == [4, 4, 4]
        for typed in (spaced, spaced.lower(), f" {spaced.replace('-', ' ')} ", code.lower()):
            assert account_rules.code_digest(typed) == account_rules.code_digest(code)
        assert not set(code) & set("01OIL")


NAMES = ("Samira", "de Wit", "10314", "samira.dewit@voorbeeld.example", "de Jansen Groep")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort woord", "at least 12"),
        ("x" * 129, "at most 128"),
        ("samira fiets straat", "your name"),
        ("fiets DE WIT straat", "your name"),
        ("fiets 10314 straat", "your name"),
        ("mijn leermaat fiets", "your name"),
        ("fiets van de jansen groep", "the name of the company"),
        ("Wachtwoord2026", "easily guessed"),
        ("W@chtw00rd2026!", "easily guessed"),
        ("Welkom2026!!", "easily guessed"),
        ("Zomervakantie1", "easily guessed"),
        ("Feyenoord-1908", "easily guessed"),
        ("ikhouvanjou12", "easily guessed"),
        ("Samantha Smit", "easily guessed"),
        ("password1234", "easily guessed"),
        ("qwertyuiop12", "easily guessed"),
        ("123456789012", "easily guessed"),
        ("aaaaaaaaaaaa", "easily guessed"),
        ("abababababab", "easily guessed"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, said):
    with pytest.raises(Refused) as refusal:
        account_rules.check_password(password, names=NAMES)
    assert said in refusal.value.message % refusal.value.params


@pytest.mark.parametrize(
    "password", ["drie koude bakfietsen", "x7#Qp!m2Vzab", "пароль по-русски", "vier natte bakfietsen"]
)
def test_a_good_password_needs_no_tricks(password):
    account_rules.check_password(password, names=NAMES)


def test_a_short_name_forbids_no_password():
    account_rules.check_password("bobslee op het ijs", names=("Bo", "Vis", ""))


def test_a_session_ends_by_itself():
    start = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
    assert account_rules.session_end(start, 12) - start == timedelta(hours=12), "the night of summer time too"


@pytest.mark.parametrize(
    ("actor", "person", "after", "admins", "may"),
    [
        (1, 1, {"junior"}, {1}, False),
        (2, 1, set(), {1}, False),
        (1, 1, set(), {1, 2}, False),
        (2, 1, set(), {1, 2}, True),
        (2, 1, {"admin", "senior"}, {1}, True),
    ],
)
def test_an_admin_always_remains_and_nobody_locks_themselves_out(actor, person, after, admins, may):
    who = Actor(actor, frozenset({"admin"}))
    if may:
        rules.check_roles(who, person, {"admin"}, after, admins)
    else:
        with pytest.raises(Refused):
            rules.check_roles(who, person, {"admin"}, after, admins)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("gives", ["coordinator", "hr", "admin"])
def test_an_admin_alone_gives_the_roles_that_decide_about_others_and_nobody_their_own(role, gives):
    who = Actor(1, frozenset({gives}))
    if role != gives:
        with pytest.raises(Refused):
            rules.check_roles(who, 1, who.roles, {*who.roles, role}, {9})
    if gives == "admin" or role in ("junior", "senior", "manager"):
        rules.check_roles(who, 2, set(), {role}, {9})
        rules.check_roles(who, 2, {role, "junior"}, {"junior"}, {2, 9})
        return
    for before, after in ((set(), {role}), ({role}, set())):
        with pytest.raises(Refused):
            rules.check_roles(who, 2, before, after, {2, 9})


@given(
    st.lists(st.sets(st.integers(0, 7), max_size=2), min_size=8, max_size=8),
    st.integers(0, 7),
    st.none() | st.integers(0, 7),
)
def test_a_reporting_line_never_becomes_a_circle(managers, person, manager):
    """Whoever has two managers has both above them."""
    above = dict(enumerate(managers))

    def reports_to_oneself(nearest: set[int]) -> bool:
        reached = set(nearest)
        for _ in above:
            reached |= {one for each in reached for one in above[each]}
        return person in reached

    circle = reports_to_oneself({manager} - {None})
    try:
        rules.check_line(person, manager, above)
        refused = False
    except Refused:
        refused = True
    assert refused is circle
