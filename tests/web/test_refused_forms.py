"""A form that was refused says so first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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


def test_the_title_and_a_summary_say_what_is_wrong_and_lead_to_the_fields(visit: Visit):
    page = Screen(visit("coordinator"), SETTINGS)
    assert not title(page).startswith("Fout:")
    wrong = page.press("Instellingen opslaan", days="9", confidant="x" * 41)
    assert title(wrong).startswith("Fout: ") and wrong.names("h1") == page.names("h1")
    assert mistakes(wrong) == [
        ("#f-days", "Minstens zoveel dagen tussen twee tussenstanden: Minstens 10."),
        ("#f-confidant", "Personeelsnummer van de vertrouwenspersoon: Te lang: hoogstens 40 tekens."),
    ]
    assert not title(wrong.press("Instellingen opslaan", days="10", confidant="")).startswith("Fout:")


def test_in_english_too(visit: Visit):
    client = visit("coordinator")
    client.post("/account/language", {"locale": "en", "next": SETTINGS})
    wrong = Screen(client, SETTINGS).press("Save settings", days="9")
    assert title(wrong).startswith("Error: ")
