"""What comes back from a real provider, and does not get in: altered, forged, stale, replayed, of somebody else."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import pytest

from mentorship.people.identity_provider import openid
from mentorship.people.identity_provider.openid import Distrusted, Provider, new_asked
from mentorship.people.identity_provider.rules import is_safe
from mentorship.people.identity_provider.transport import Line, Unreachable
from mentorship.people.models import Person
from tests.identity_provider.serving import SECRET, Receiver, free_port, provider
from tests.identity_provider.stage import START, Stage, asked, is_in

LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_000_000_000
UNKNOWN = "Je organisatie zegt wie je bent, maar niemand is hier daaronder bekend."


def test_an_altered_token_that_says_the_same_is_let_in(stage: Stage):
    """What stands between the provider and us in these tests keeps nobody out by itself."""
    stage.provider.also(alters={"claims": {}})
    client = stage.client()
    stage.sign_in(client, "junior")
    assert is_in(client)


NOT_RIGHT: list[tuple[dict[str, Any], str]] = [
    ({"as": "broken"}, "BadSignature"),
    ({"as": "foreign"}, "BadSignature"),
    ({"as": "unsigned"}, "UnsupportedAlgorithm"),
    ({"as": "hs256"}, "UnsupportedAlgorithm"),
    ({"as": "hs256", "secret": SECRET}, "UnsupportedAlgorithm"),
    ({"header": {"kid": "of nobody"}}, "InvalidKeyId"),
    ({"claims": {"iss": "https://elsewhere.example"}}, "iss"),
    ({"claims": {"aud": "another"}}, "aud"),
    ({"claims": {"aud": ["leermaat", "another"]}}, "azp"),
    ({"claims": {"azp": "another"}}, "azp"),
    ({"claims": {"nonce": "of an earlier time"}}, "nonce"),
    ({"without": ["nonce"]}, "nonce"),
    ({"claims": {"exp": LONG_AGO}}, "expired"),
    ({"without": ["exp"]}, "exp"),
    ({"claims": {"iat": FAR_AHEAD}}, "issued in the future"),
    ({"without": ["iat"]}, "iat"),
    ({"claims": {"nbf": FAR_AHEAD}}, "not yet valid"),
    ({"claims": {"at_hash": "bm90IHRoaXMgb25lIQ"}}, "at_hash"),
    ({"without": ["sub"]}, "sub"),
    ({"claims": {"sub": ""}}, "sub"),
    ({"claims": {"sub": 12}}, "sub"),
    ({"claims": {"sub": "x" * 256}}, "nobody"),
    ({"claims": {"auth_time": "yesterday"}}, "auth_time"),
    ({"claims": {"auth_time": 1e30}}, "no moment"),
]


@pytest.mark.parametrize(("alters", "why"), NOT_RIGHT, ids=str)
def test_a_token_that_is_not_right_lets_nobody_in(stage: Stage, alters: dict[str, Any], why: str, caplog):
    stage.provider.also(alters=alters)
    client = stage.client()
    answer = stage.sign_in(client, "junior")
    assert answer.status_code == 422
    assert "Je organisatie stond niet voor je in" in answer.text
    assert "Distrusted" in caplog.text and why in caplog.text
    assert "n-junior" not in caplog.text
    assert not is_in(client)


def test_a_token_counts_until_it_ends_and_a_minute_more(stage: Stage):
    client = stage.client()
    path = stage.back(client, stage.browser(), "junior")
    stage.provider.also(alters={"claims": {"exp": int(stage.now.timestamp()) - 50}})
    client.get(path)
    assert is_in(client)


def test_one_comes_back_once(stage: Stage):
    client = stage.client()
    name = stage.app.config["SESSION_COOKIE_NAME"]
    path = stage.back(client, stage.browser(), "junior")
    cookie = client.flask.get_cookie(name).value
    assert client.get(path).status_code == 303
    thief = stage.client()
    thief.flask.set_cookie(name, cookie)  # all that the browser had when it came back the first time
    assert thief.get(path).status_code == 422
    assert not is_in(thief)


def test_a_code_of_before_does_not_let_in_by_another_way(stage: Stage):
    client = stage.client()
    first = asked(stage.back(client, stage.browser(), "junior"))
    client.get(f"/single-sign-on/callback?state={first['state']}&code={first['code']}")
    other = stage.client()
    second = asked(stage.back(other, stage.browser(), "senior"))
    answer = other.get(f"/single-sign-on/callback?state={second['state']}&code={first['code']}")
    assert answer.status_code == 422
    assert not is_in(other)


def test_the_code_of_one_browser_is_worth_nothing_in_another(stage: Stage):
    """PKCE and the nonce: who catches another's way back cannot go it, not even with a state of their own."""
    theirs = asked(stage.back(stage.client(), stage.browser(), "admin"))
    thief = stage.client()
    own = asked(thief.get(START).location)
    for state in (theirs["state"], own["state"], "made-up"):
        answer = thief.get(f"/single-sign-on/callback?state={state}&code={theirs['code']}")
        assert answer.status_code == 422
    assert not is_in(thief)


def test_what_we_send_there_is_random_and_bound(stage: Stage):
    client = stage.client()
    first, second = asked(client.get(START).location), asked(client.get(START).location)
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name] and len(first[name]) >= 32
    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    assert first["redirect_uri"] == "http://localhost/single-sign-on/callback"


def test_nobody_leads_back_elsewhere_after_signing_in(stage: Stage):
    client = stage.client()
    answer = stage.sign_in(client, "junior", start=f"{START}?next=https://elsewhere.example/")
    assert answer.location == "/"


def test_the_way_takes_ten_minutes_at_most(stage: Stage):
    client = stage.client()
    path = stage.back(client, stage.browser(), "junior")
    stage.pass_(minutes=10)
    assert client.get(path).status_code == 422
    assert not is_in(client)


def test_another_provider_cannot_answer_for_ours(stage: Stage):
    client = stage.client()
    path = stage.back(client, stage.browser(), "junior")
    here = asked(path)
    answer = client.get(f"{path.partition('?')[0]}?state={here['state']}&code={here['code']}&iss=https://a.example")
    assert answer.status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize("answer", ["access_denied", "login_required", "server_error", "x" * 5000, "<b>"])
def test_what_the_provider_refuses_is_told(stage: Stage, answer: str):
    client = stage.client()
    state = asked(client.get(START).location)["state"]
    shown = client.get("/single-sign-on/callback", query_string={"state": state, "error": answer})
    assert shown.status_code == 422
    assert "<b>" not in shown.text


@pytest.mark.parametrize("query", ["?state=", "?state=a", "?code=a", "?state=%00&code=%ff", f"?state={'a' * 9000}"])
def test_who_was_never_there_does_not_come_back(stage: Stage, query: str):
    assert stage.client().get(f"/single-sign-on/callback{query}").status_code == 422


def test_whom_we_do_not_let_in_nobody_learns_why(stage: Stage, caplog):
    """Unknown, without a number, left, or known by another name of the provider: one page, word for word."""
    stage.known["sub-stranger"] = {"employee_number": "of nobody"}
    stage.known["sub-nameless"] = {}
    stage.known["sub-namesake"] = {"employee_number": "n-junior"}
    stage.know("nobody")
    stage.session.get_one(Person, stage.made.people["nobody"]).left_on = stage.now.date()
    stage.session.commit()
    first = stage.client()
    stage.sign_in(first, "junior")
    pages = set()
    for who in ("stranger", "nameless", "namesake", "nobody"):
        client = stage.client()
        answer = stage.sign_in(client, who)
        assert answer.status_code == 403
        assert UNKNOWN in answer.text
        assert not is_in(client)
        pages.add(answer.text.partition("<main")[2].partition("</main")[0])
    assert len(pages) == 1
    assert "sub-" not in caplog.text and "n-junior" not in caplog.text


def test_new_keys_are_looked_up_once_a_minute(stage: Stage, receiver: Receiver):
    port = free_port()
    with provider(port, receiver.url, kid="old") as old:
        stage.set(**old.settings())
        stage.provider = old
        stage.know("junior")
        stage.sign_in(client := stage.client(), "junior")
        assert is_in(client)
    with provider(port, receiver.url, kid="new") as new:
        stage.provider = new
        stage.know("junior")
        stage.pass_(seconds=30)
        stage.sign_in(client := stage.client(), "junior")
        assert not is_in(client), "the keys were fetched less than a minute ago"
        stage.pass_(seconds=31)
        stage.sign_in(client, "junior")
        assert is_in(client)


@pytest.mark.parametrize(
    "told",
    [
        {"elsewhere": "http://127.0.0.1:1/.well-known/openid-configuration"},
        {"fails": 500},
        {"discovery": {"issuer": "https://elsewhere.example"}},
        {"discovery": {"token_endpoint": "http://elsewhere.example/token"}},
        {"discovery": {"jwks_uri": "file:///etc/passwd"}},
    ],
    ids=str,
)
def test_nobody_is_sent_to_a_provider_that_is_not_what_it_should_be(stage: Stage, told: dict[str, Any]):
    openid.provider.cache_clear()
    stage.provider.also(**told)
    answer = stage.client().get(START)
    assert answer.status_code in (422, 503)
    openid.provider.cache_clear()


def test_while_it_is_gone_the_page_says_so_and_asks_it_not_at_once_again(stage: Stage, receiver: Receiver, monkeypatch):
    with provider(free_port(), receiver.url) as gone:
        stage.set(**gone.settings())
    client = stage.client()
    answer = client.get(START)
    assert answer.status_code == 503
    assert "Je organisatie is niet te bereiken" in answer.text
    monkeypatch.setattr(Line, "get", lambda *_words: pytest.fail("asked again at once"))
    assert client.get(START).status_code == 503


def test_who_never_answers_is_waited_for_no_longer_than_said():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Unreachable):
            Line(seconds=0.05).get(f"http://127.0.0.1:{silent.getsockname()[1]}/")


@pytest.mark.parametrize(
    ("url", "issuer", "safe"),
    [
        ("https://a.example/token", "https://a.example", True),
        ("https://b.example/token", "https://a.example", True),
        ("http://a.example/token", "https://a.example", False),
        ("http://127.0.0.1/token", "https://a.example", False),
        ("http://127.0.0.1/token", "http://127.0.0.1:1", True),
        ("http://127.0.0.1.a.example/token", "http://127.0.0.1:1", False),
        ("http://a.example/token", "http://127.0.0.1:1", False),
        ("https:///token", "https://a.example", False),
        ("file:///etc/passwd", "https://a.example", False),
        (None, "https://a.example", False),
    ],
)
def test_we_talk_over_tls_but_on_this_machine(url: object, issuer: str, safe: bool):
    assert is_safe(url, issuer) is safe


def test_without_a_provider_there_is_no_way_there(visit):
    anybody = visit(None)
    for path in (START, "/single-sign-on/callback?state=a&code=b"):
        assert anybody.get(path).status_code == 303
    assert "single-sign-on" not in anybody.get("/account/sign-in").text
    told = anybody.flask.post("/single-sign-out/by-provider", data={"logout_token": "a.b.c"})
    assert told.status_code == 400


def test_a_token_of_another_service_is_none_of_ours(stage: Stage):
    """The same provider signs for others: what it says to them opens nothing here."""
    client = stage.client()
    stage.sign_in(client, "junior")
    ours = stage.registration()
    others = Provider(replace(ours, client_id="another"))
    with pytest.raises(Distrusted):
        others._identity(stage.id_token(), stage.now)
    assert Provider(ours)._identity(stage.id_token(), stage.now).subject == "sub-junior"
    assert new_asked() != new_asked()


@pytest.mark.parametrize(("site", "led"), [("cross-site", False), ("same-origin", True), ("none", True), (None, True)])
def test_another_site_signs_nobody_in(stage: Stage, site: str | None, led: bool):
    """Who is signed in at the provider would come out signed in here, without having wanted it."""
    told = {"Sec-Fetch-Site": site} if site else {}
    answer = stage.client().get(f"{START}?next=/account", headers=told)
    assert answer.status_code == 303
    away = answer.location.startswith("http")
    assert away is led and (away or answer.location == "/account/sign-in?next=/account")
