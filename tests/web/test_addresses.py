"""One name a subject: blueprint, sub-room, template folder and word in the address; old addresses lead on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mentorship import app as application
from mentorship.base.config import Settings

ROOT = Path(__file__).resolve().parents[2]
BEFORE = (ROOT / "tests/golden/addresses-before.txt").read_text().splitlines()
"""Method and address of every route before the sub-rooms were made."""
NOT_BY_NAME = {
    "/": "everybody's own page",
    "/healthz": "the name that probes know",
    "/metrics": "the name that Prometheus knows",
    "/.well-known/security.txt": "the name that finders of weak spots look for (RFC 9116)",
    "/mail/unsubscribe": "as mailed before; mail programs follow no redirect",
}


@pytest.fixture(scope="module")
def app():
    settings = Settings(
        mode="test",
        database_url="sqlite://",
        secret_key="t" * 40,
        secure_cookies=False,
        _env_file=None,
    )
    return application.create_app(settings)


@pytest.mark.parametrize("door", application.DOORS, ids=lambda door: door.name)
def test_a_door_has_the_name_of_its_room(door):
    room = door.import_name.split(".")[-2]
    assert door.name == room, f"the blueprint of {door.import_name} is called {door.name}"


def test_an_address_holds_the_name_of_its_room(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.rule in NOT_BY_NAME:
            continue
        room = rule.endpoint.split(".")[0].replace("_", "-")
        words = re.split(r"[/.]", rule.rule)
        assert room in words, f"{rule.rule} of {rule.endpoint} does not say {room}"


def test_a_page_is_drawn_from_the_folder_of_its_room():
    for file in sorted((ROOT / "mentorship").rglob("pages.py")):
        room = file.parent.relative_to(ROOT / "mentorship").as_posix()
        for template in re.findall(r'"([a-z_/]+)/\w+\.html"', file.read_text()):
            assert template in (room, room.rpartition("/")[0]), f"{room}/pages.py draws a page of {template}"


@pytest.mark.parametrize("line", BEFORE)
def test_an_address_of_before_leads_to_a_page_of_now(app, line):
    method, rule = line.split()
    address = re.sub(r"<secret>|<token>", "abc", rule)
    address = re.sub(r"<\w+>", "1", address)
    adapter = app.url_map.bind("localhost")
    if adapter.test(address, method):
        return
    answer = app.test_client().open(f"{address}?page=2", method=method)
    assert answer.status_code == 308, "the form that was open is sent on with its method"
    path, _, query = answer.location.partition("?")
    assert query == "page=2"
    assert adapter.test(path, method), f"{address} leads to {path}, where nothing is"


def test_an_address_that_never_was_leads_nowhere(app):
    for address in ("/cc", "/c\\evil.example", "/profilesx", "/requests-of", "/check-ins"):
        assert app.test_client().get(address).status_code == 404, address


def test_one_is_sent_on_within_the_service(app):
    answer = app.test_client().get("/c//elsewhere.example/x")
    assert answer.location.startswith("/links/")


@pytest.mark.parametrize("rest", ["a%3Fb", "a%23b", "a%25b", "%C3%A9", "%0D"])
def test_one_is_sent_on_with_the_path_that_was_asked_for(app, rest):
    answer = app.test_client().get(f"/c/{rest}?page=2")
    assert (answer.status_code, answer.location) == (308, f"/links/{rest}?page=2")
