"""What every answer of the service holds to, whoever asks for what."""

from __future__ import annotations

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from itsdangerous import TimestampSigner

from mentorship.app import create_app
from mentorship.base import links
from mentorship.base.config import Settings
from mentorship.people.models import Person
from tests.factories import Screen, words_of

HOST = "https://leermaat.example.nl"
SIGNS = "Zoë <b>&\"'{{ 7*7 }}</b> %s"
SECURE = {
    "secret_key": "f3a9c1d07be2485596a1c0de77b3e1f24c9d8a6b5e3f2017",
    "trusted_hosts": ["leermaat.example.nl"],
    "public_url": HOST,
    "require_second_factor": False,
    "_env_file": None,
}


@pytest.fixture
def in_production(engine, database_url, now):
    app = create_app(Settings(database_url=database_url, **SECURE), engine)
    app.config["CLOCK"] = lambda: now
    return app


def cookies_of(answer):
    found = SimpleCookie()
    for line in answer.headers.getlist("Set-Cookie"):
        found.load(line)
    return found


def test_every_cookie_is_bound_to_this_host_over_https(in_production, organisation):
    client = in_production.test_client()
    page = client.get("/account/sign-in", base_url=HOST)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    from_here = {"base_url": HOST, "headers": {"Referer": f"{HOST}/account/sign-in"}}
    chosen = client.post("/account/theme", data={"theme": "dark", "csrf_token": token}, **from_here)
    spoken = client.post("/account/language", data={"locale": "en", "csrf_token": token}, **from_here)
    found = cookies_of(page) | cookies_of(chosen) | cookies_of(spoken)
    assert {"__Host-leermaat", "__Host-theme"} <= set(found)
    for name, cookie in found.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"]
        assert cookie["httponly"] or name == "__Host-theme", "that one is read by the page too, and tells light or dark"
    assert 'data-bs-theme="dark"' in client.get("/account/sign-in", base_url=HOST).text


def test_what_the_page_looked_like_before_stays(in_production, organisation):
    client = in_production.test_client()
    client.set_cookie("theme", "dark", domain="leermaat.example.nl")
    assert 'data-bs-theme="dark"' in client.get("/account/sign-in", base_url=HOST).text


def test_sessions_and_forms_are_signed_by_an_approved_hash(app):
    assert app.session_interface.digest_method().name == "sha256"
    assert TimestampSigner.default_digest_method().name == "sha256", "the tokens of forms"


def test_no_other_origin_is_let_in(visit, organisation):
    client = visit("coordinator")
    for method in ("GET", "OPTIONS"):
        for url in ("/", "/people", "/calendar", "/static/css/tokens.css", "/healthz"):
            asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
            answer = client.flask.open(url, method=method, headers=asked)
            assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")], url


def test_every_answer_says_what_it_is_and_how_its_letters_are_written(visit, app, organisation):
    client = visit("coordinator").flask
    urls = {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments}
    urls |= {"/none", "/static/none.css", "/static/css/tokens.css", "/static/js/theme.js", "/people.csv"}
    app.extensions["mentorship_settings"].__dict__["metrics_token"] = app.extensions["mentorship_settings"].secret_key
    for url in sorted(urls):
        answer = client.get(url)
        kind = answer.headers.get("Content-Type", "")
        assert kind or not answer.data, url
        if kind.startswith("text/"):
            assert "charset=utf-8" in kind.lower(), f"{url}: {kind}"


def test_a_file_can_be_framed_and_used_by_nobody_else(visit, organisation):
    client = visit(None).flask
    for url in ("/static/css/tokens.css", "/static/js/theme.js", "/static/icon.svg", "/static/none.css"):
        headers = client.get(url).headers
        policy = headers["Content-Security-Policy"]
        for said in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert said in policy, url
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_page_runs_scripts_of_its_own_alone(visit, organisation):
    policy = visit(None).get("/account/sign-in").headers["Content-Security-Policy"]
    for said in ("default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"):
        assert said in policy.split("; ")
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/",
        "/.env",
        "/instance/settings.env",
        "/instance/leermaat.db",
        "/static",
        "/static/",
        "/static/css/",
        "/static/../mentorship/app.py",
        "/static/%2e%2e/pyproject.toml",
        "/pyproject.toml",
        "/openapi.json",
        "/docs",
        "/debug",
        "/server-status",
    ],
)
def test_nothing_beside_the_pages_is_served(visit, organisation, path):
    answer = visit("admin").flask.get(path)
    assert answer.status_code == 404 and b"SECRET" not in answer.data


def test_a_request_is_never_sent_back(visit, organisation):
    answer = visit(None).flask.open("/account/sign-in", method="TRACE", headers={"X-Mine": "mirror"})
    assert answer.status_code == 405 and b"mirror" not in answer.data


def test_nothing_leads_from_http_to_https_by_itself(in_production, organisation):
    """A probe or a calendar that forgot the s learns so at once; who types an address is led on by the proxy."""
    client = in_production.test_client()
    for url in ("/healthz", "/metrics", "/calendar/none.ics", "/account/sign-in"):
        answer = client.get(url, base_url=HOST.replace("https:", "http:"))
        assert answer.status_code not in (301, 302, 303, 307, 308), url


def test_in_production_nothing_helps_who_looks_for_faults(in_production):
    assert not in_production.debug and not in_production.testing
    assert not in_production.config["PROPAGATE_EXCEPTIONS"]
    assert "werkzeug" not in in_production.test_client().get("/account/sign-in", base_url=HOST).headers.get(
        "Server", ""
    )


def test_what_is_written_twice_is_read_once(visit, organisation):
    """%2541 is %41 written for an address, and never A."""
    page = visit("coordinator").get("/people?q=%2541nton")
    assert 'value="%41nton"' in page.text and 'value="Anton"' not in page.text


def test_a_name_of_signs_is_kept_as_typed_and_shown_as_text(visit, session, organisation):
    person = session.get_one(Person, organisation.people["senior"])
    person.given_name, person.family_name = SIGNS, "=1+1"
    session.add(person)
    session.commit()
    client = visit("coordinator")
    assert SIGNS in Screen(client, "/people").text
    page = client.get("/people").text
    assert "&lt;b&gt;&amp;" in page and "<b>&" not in page and "49" not in words_of(Screen(client, "/people").tree)
    session.expire_all()
    assert session.get_one(Person, person.id).given_name == SIGNS


def test_everybody_who_is_signed_in_can_sign_out_on_any_page(visit, organisation):
    for key in ("junior", "senior", "manager", "coordinator", "admin"):
        for url in ("/", "/account", "/profiles", "/glossary"):
            page = visit(key).get(url)
            assert 'action="/account/sign-out"' in page.text, f"{key} {url}"


def test_a_link_for_one_purpose_opens_no_other(now):
    settings = Settings(mode="test", secret_key="t" * 40, _env_file=None)
    other = Settings(mode="test", secret_key="u" * 40, _env_file=None)
    token = links.sign(settings, "check-in", 7, now)
    hour = timedelta(hours=1)
    assert links.read(settings, "check-in", token, now, hour) == 7
    assert links.read(settings, "unsubscribe", token, now, hour) is None
    assert links.read(other, "check-in", token, now, hour) is None
    assert links.read(settings, "check-in", token, now + 2 * hour, hour) is None
    assert links.read(settings, "check-in", token[:-1] + ("A" if token[-1] != "A" else "B"), now, hour) is None
