"""The glossary: every word that a page leads to is there, in both languages, also before signing in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mentorship.base.i18n import LOCALES, gettext, use_locale
from mentorship.checkins.words import CLASSES
from mentorship.home.glossary.words import SUBJECTS
from tests.factories import Screen, words_of

TEMPLATES = Path(__file__).parents[2] / "templates"
MEANINGS = re.compile(r"meanings\(\[(.*?)\]\)", re.DOTALL)
ENTRIES = [entry for subject in SUBJECTS for entry in subject.entries]


def linked() -> set[str]:
    """The anchors that templates lead to."""
    found = set()
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        found.update(re.findall(r"\bword\(\s*\"([a-z-]+)\"", text))
        for inside in MEANINGS.findall(text):
            found.update(re.findall(r"(?<!_)\(\"([a-z-]+)\"", inside))
    return found


def test_whatever_a_page_leads_to_is_explained_once():
    anchors = [entry.anchor for entry in ENTRIES]
    assert len(anchors) == len(set(anchors))
    assert linked() and linked() <= set(anchors)
    assert {name.replace("_", "-") for name in CLASSES} <= set(anchors), "how a duo stands leads there by its class"


@pytest.mark.parametrize("language", LOCALES)
def test_it_is_read_before_signing_in(visit, language: str):
    client = visit(None)
    client.post("/account/language", {"locale": language, "next": "/glossary"})
    screen = Screen(client, "/glossary")
    assert screen.status == 200
    places = {place.get("id"): words_of(place) for place in screen.tree.iter("div") if place.get("id")}
    with use_locale(language):
        for entry in ENTRIES:
            for text in (entry.word, entry.meaning, entry.example):
                assert gettext(text) in places[entry.anchor]


def test_a_page_leads_to_the_word(visit):
    screen = Screen(visit("senior"), "/profiles")
    links = {link.get("href"): words_of(link) for link in screen.tree.iter("a") if link.get("class") == "word"}
    assert links["/glossary#place"] == "Wat ik als mentor aankan"


def test_who_corrects_a_site_is_somebody_who_can(visit, organisation):
    text = words_of(Screen(visit("junior"), "/glossary").tree)
    assert "Klopt je vestiging of je naam niet? HR kan het verbeteren." in text
    for role in ("coordinator", "hr", "admin"):
        details = Screen(visit(role), f"/insight/person/{organisation.people['junior']}?tab=details")
        assert details.status == 200 and any(choice.get("name") == "site_id" for choice in details.tree.iter("select"))
