"""Who finds a weak spot learns whom to tell: on a page in both languages, and in the file that finders look for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from mentorship.base.config import Settings
from mentorship.home.weakness.rules import reachable, security_txt
from tests.factories import Screen, words_of

PAGE = "/weakness"
FILE = "/.well-known/security.txt"
UNTIL = date(2027, 6, 30)


def stated(contact="veilig@leermaat.example.nl", until=UNTIL, url="https://leermaat.example.nl"):
    return Settings(mode="test", security_contact=contact, security_contact_until=until, public_url=url, _env_file=None)


@pytest.fixture
def told(app):
    before = app.extensions["mentorship_settings"]
    named = {"security_contact": "veilig@leermaat.example.nl", "security_contact_until": UNTIL}
    app.extensions["mentorship_settings"] = before.model_copy(update=named)
    yield app
    app.extensions["mentorship_settings"] = before


def test_the_file_says_whom_to_tell_and_until_when():
    assert security_txt(stated(), date(2026, 11, 28), PAGE, FILE) == (
        "Contact: mailto:veilig@leermaat.example.nl\n"
        "Expires: 2027-06-30T23:59:59Z\n"
        "Preferred-Languages: nl, en\n"
        "Canonical: https://leermaat.example.nl/.well-known/security.txt\n"
        "Policy: https://leermaat.example.nl/weakness\n"
    )


def test_a_contact_that_nobody_looked_at_since_is_not_given_out():
    assert reachable(stated(), UNTIL)
    assert reachable(stated(), UNTIL + timedelta(days=1)) == ""
    for settings in (stated(contact=""), stated(until=None)):
        assert security_txt(settings, UNTIL, PAGE, FILE) is None
    assert security_txt(stated(), UNTIL + timedelta(days=1), PAGE, FILE) is None


def test_addresses_of_the_file_are_https_or_left_out():
    """RFC 9116 wants it so."""
    told = security_txt(stated(contact="https://example.nl/meld", url="http://localhost"), UNTIL, PAGE, FILE)
    assert told is not None and told.startswith("Contact: https://example.nl/meld\n")
    assert "http://" not in told


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "http://example.nl", "a b@example.nl", "x@y\nExpires: z"])
def test_what_is_no_address_is_no_contact(contact):
    with pytest.raises(ValidationError):
        stated(contact=contact)


def test_anybody_reads_the_file(told, visit, organisation):
    answer = visit(None).get(FILE)
    assert answer.status_code == 200 and answer.content_type == "text/plain; charset=utf-8"
    assert "Contact: mailto:veilig@leermaat.example.nl\n" in answer.text


def test_without_a_contact_there_is_no_file(visit, organisation):
    assert visit(None).get(FILE).status_code == 404


@pytest.mark.parametrize("role", [None, "junior"])
def test_the_foot_of_a_page_leads_to_whom_to_tell(told, visit, organisation, role):
    client = visit(role)
    start = Screen(client, "/account" if role else "/account/sign-in")
    links = [words_of(link) for link in start.tree.iter("a") if link.get("href") == PAGE]
    assert links == ["Zwakke plek melden"]
    page = Screen(client, PAGE)
    addresses = [link.get("href") for link in page.tree.iter("a")]
    assert "mailto:veilig@leermaat.example.nl" in addresses


def test_without_a_contact_it_is_whoever_the_foot_names(visit, organisation):
    said = words_of(Screen(visit(None), PAGE).tree)
    assert "Vertel het aan wie onder aan deze pagina staat." in said


def test_it_is_read_in_english_too(told, visit, organisation):
    client = visit(None)
    client.post("/account/language", {"locale": "en", "next": PAGE})
    said = words_of(Screen(client, PAGE).tree)
    assert "Did you find a weak spot in Leermaat?" in said and "Tell nobody else until it is mended." in said
