"""A form that was refused says so first; one that was sent in vain leads back to its page, never to a dead end."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from mentorship.base.db import MAX_ID
from tests.client import InspectingClient
from tests.factories import Screen

SETTINGS = "/checkins/settings"
Visit = Callable[[str | None], InspectingClient]


@pytest.fixture
def kind() -> str:
    return "sqlite"


def title(screen: Screen) -> str:
    return next(e.text for e in screen.tree.iter("title")) or ""


def mistakes(screen: Screen) -> list[tuple[str, str]]:
    """The links of the summary: where each leads, and its words."""
    (summary,) = [e for e in screen.tree.iter("div") if e.get("data-mistakes") is not None]
    assert summary.get("role") == "alert" and summary.get("tabindex") == "-1" and summary.get("autofocus") is not None
    return [(e.get("href"), "".join(e.itertext()).strip()) for e in summary.iter("a")]


def signed_out(screen: Screen) -> Screen:
    """Let the session of this browser end at our side, its cookie still there."""
    with screen.client.flask.session_transaction() as cookie:
        cookie["_user_id"] = "ended"
    return screen


def test_the_title_and_a_summary_say_what_is_wrong_and_lead_to_the_fields(visit: Visit):
    page = Screen(visit("coordinator"), SETTINGS)
    assert not title(page).startswith("Fout:")
    wrong = page.press("Instellingen opslaan", days="9")
    assert title(wrong).startswith("Fout: ") and wrong.names("h1") == page.names("h1")
    assert mistakes(wrong) == [
        ("#f-days", "Dagen tussen de eerste vier tussenstanden, minstens: Minstens 10."),
    ]
    assert not title(wrong.press("Instellingen opslaan", days="10")).startswith("Fout:")


def test_in_english_too(visit: Visit):
    client = visit("coordinator")
    client.post("/account/language", {"locale": "en", "next": SETTINGS})
    wrong = Screen(client, SETTINGS).press("Save settings", days="9")
    assert title(wrong).startswith("Error: ")


def test_every_form_tells_on_which_page_it_stands(visit: Visit):
    for key, url in (("coordinator", SETTINGS), ("junior", "/profiles/wishes?q=Jan")):
        page = Screen(visit(key), url)
        forms = [form for form in page.tree.iter("form") if form.get("method") == "post"]
        told = {e.get("value") for form in forms for e in form.iter("input") if e.get("name") == "from_page"}
        assert told == {url}


def test_who_was_signed_out_comes_back_to_the_page_of_the_form(visit: Visit):
    page = Screen(visit("coordinator"), SETTINGS)
    asked = signed_out(page).press("Instellingen opslaan", days="20")
    assert asked.path == "/account/sign-in" and "Je was uitgelogd, dus er is niets verstuurd." in asked.text
    assert "Wat je hebt ingevuld is niet opgeslagen." in asked.text, "without JavaScript"
    assert asked.fields("Inloggen")["next"] == f"{SETTINGS}#unsent"
    again = asked.press("Inloggen", name="n-coordinator", password="fout")
    assert again.status == 422 and again.fields("Inloggen")["next"] == f"{SETTINGS}#unsent"
    assert "Je was uitgelogd, dus er is niets verstuurd." in again.text


def test_after_a_refusal_the_way_back_is_still_the_page_and_not_the_address_of_the_form(visit: Visit):
    page = Screen(visit("coordinator"), SETTINGS)
    wrong = page.press("Stel voortaan deze vragen", **{"word-junior-progress-nl": "x" * 201})
    assert wrong.status == 422 and wrong.path == f"{SETTINGS}/questions"
    assert wrong.fields("English")["next"] == SETTINGS, "the language button leads there too"
    asked = signed_out(wrong).press("Stel voortaan deze vragen")
    assert asked.fields("Inloggen")["next"] == f"{SETTINGS}#unsent"


def test_a_form_that_was_open_too_long_leads_back_to_its_page(visit: Visit):
    client = visit("coordinator")
    page = Screen(client, SETTINGS)
    fields = {**page.fields("Instellingen opslaan"), "days": "20"}
    answer = client.post(SETTINGS, {**fields, "from_page": SETTINGS}, csrf=False)
    assert (answer.status_code, answer.location) == (303, f"{SETTINGS}#unsent")
    shown = Screen(client, SETTINGS)
    assert "Deze pagina is verlopen" in shown.text
    assert shown.fields("Instellingen opslaan")["days"] == "14", "nothing was changed"


@pytest.mark.parametrize("forged", ["", "https://elsewhere.example/", "//elsewhere.example", "/\x00", "/" + "x" * 3000])
def test_what_came_from_elsewhere_leads_nowhere(visit: Visit, forged: str):
    client = visit("coordinator")
    client.get("/")
    assert client.post(SETTINGS, {"days": "20", "from_page": forged}, csrf=False).status_code == 400
    stranger = visit(None)
    answer = stranger.post(SETTINGS, {"days": "20", "from_page": forged})
    assert answer.status_code == 303 and "next" not in parse_qs(urlsplit(answer.location).query)


def test_an_error_page_leads_back_to_the_form(visit: Visit):
    client = visit("coordinator")
    page = Screen(client, SETTINGS).press("Instellingen opslaan", version="99")
    elsewhere = Screen(client, SETTINGS).press("Stel voortaan deze vragen", set_id="99")
    assert (page.status, elsewhere.status) == (409, 409)
    # a browser that is at this very address loads nothing for a mere fragment
    assert f"{SETTINGS}?#unsent" in [e.get("href") for e in page.tree.iter("a")]
    assert f"{SETTINGS}#unsent" in [e.get("href") for e in elsewhere.tree.iter("a")]
    missing = client.get(f"/checkins/{MAX_ID}")
    assert missing.status_code == 404 and "#unsent" not in missing.text


def test_who_is_signed_in_already_goes_on_to_where_the_link_leads(visit: Visit):
    client = visit("coordinator")
    assert client.get(f"/account/sign-in?next={SETTINGS}").location == SETTINGS
    assert client.get("/account/sign-in?next=//evil.example").location == "/"
