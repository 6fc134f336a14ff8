"""The programme's settings: kept, explained, and never overwritten unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow, history
from mentorship.programme.models import Programme
from tests.factories import Organisation, Screen

SAVE = "Instellingen opslaan"
ARRANGE, GO_ON = "/setup/agreements", "Opslaan en verder"


def settings(session: Session) -> Programme:
    """Return the settings as they stand, and leave no transaction open."""
    found = session.get_one(Programme, 1, populate_existing=True)
    session.expunge(found)
    session.rollback()
    return found


@pytest.fixture
def bare(session: Session, organisation: Organisation) -> Programme:
    """The programme as an installation finds it, nothing arranged."""
    found = session.get_one(Programme, 1)
    found.works_council_on = found.dpia_on = found.visibility = None
    session.commit()
    return found


@pytest.mark.both_databases
def test_settings_are_kept_and_shown_again(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), "/programme")
    assert screen.fields(SAVE)["weight_domain"] == "0,4"
    typed = {
        "hours_per_pair": "2,25",
        "confirm_hours": None,
        "weight_domain": "0,55",
        "weight_wish": "0",
        "floor": "0,2",
        "spread": "0,015",
    }
    screen.press(SAVE, **typed)
    assert "De instellingen zijn opgeslagen." in screen.text
    shown = screen.fields(SAVE)
    assert {name: shown.get(name) for name in typed} == typed, "also 0,015, which the next save must not round"
    kept = settings(session)
    assert (str(kept.hours_per_pair), kept.confirm_hours, kept.floor, kept.spread) == ("2.25", False, 0.2, 0.015)
    assert kept.weights == {"domain": 0.55, "together": 0.25, "preference": 0.2, "continuity": 0.1, "wish": 0}
    row = history(session, "programme", 1)[0]
    assert (row.actor_id, row.verb) == (organisation.people["coordinator"], "change programme")
    assert row.details["spread"] == [0.02, 0.015]
    assert "notes_months" not in row.details, "only what changed"


def test_what_is_lacking_is_named_until_it_is_there(visit, session: Session, bare: Programme):
    lacking = ("De ondernemingsraad heeft nog niet ingestemd", "De datum van de", "wat leidinggevenden mogen zien")
    client = visit("coordinator")
    for page in ("/", "/programme"):
        assert all(words in Screen(client, page).text for words in lacking), page
    Screen(client, ARRANGE).press(GO_ON, no_works_council="true", dpia_on="2026-11-23")
    screen = Screen(client, "/programme")
    assert [words in screen.text for words in lacking] == [False, False, True]
    assert "Er ontbreekt nog 1 ding voordat je kunt publiceren" in screen.text
    assert Screen(client, ARRANGE).fields(GO_ON)["dpia_on"] == "2026-11-23"
    Screen(client, ARRANGE).press(GO_ON, visibility="aggregates")
    screen = Screen(client, "/programme")
    assert "Alles wat voor publiceren nodig is, is ingevuld" in screen.text
    assert "Er kan nog niets gepubliceerd worden" not in screen.text
    assert settings(session).visibility == "aggregates"


NOT_ARRANGED: tuple[tuple[dict[str, str], str], ...] = (
    ({"works_council_on": "2026-11-24"}, "in de toekomst"),
    ({"dpia_on": "2026-11-24"}, "in de toekomst"),
    ({"works_council_on": "2026-11-01", "no_works_council": "true"}, "niet allebei"),
)
REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({"weight_domain": "1,5", "hours_per_pair": "0", "floor": "veel"}, "Hoogstens 1."),
    (dict.fromkeys(("weight_domain", "weight_together", "weight_preference", "weight_wish"), "0"), "Naast behoud"),
)


def test_what_cannot_be_is_refused_and_kept(visit, session: Session, bare: Programme):
    client = visit("coordinator")
    forms = [("/programme", SAVE, *one) for one in REFUSED] + [(ARRANGE, GO_ON, *one) for one in NOT_ARRANGED]
    for page, button, typed, sentence in forms:
        screen = Screen(client, page).press(button, **typed)
        assert screen.status == 422 and sentence in screen.text, typed
        assert typed.items() <= screen.fields(button).items(), "what was typed is still there"
    kept = settings(session)
    assert (kept.version, kept.works_council_on, kept.dpia_on, kept.no_works_council) == (1, None, None, False)
    assert session.exec(select(AuditRow)).all() == []


def test_a_stale_page_overwrites_nothing(visit, session: Session, organisation: Organisation):
    first, second = (Screen(visit("coordinator"), "/programme") for _ in range(2))
    first.press(SAVE, floor="0,4")
    second.press(SAVE, floor="0,1", spread="0,05")
    assert second.status == 409 and "Iemand anders" in second.text
    kept = settings(session)
    assert (kept.floor, kept.spread, kept.version) == (0.4, 0.02, 2)


@pytest.mark.both_databases
def test_of_two_who_save_at_the_same_moment_one_wins(visit, session: Session, organisation: Organisation):
    clients = [visit("coordinator"), visit("coordinator")]
    for turn in range(4):
        shown = Screen(clients[0], "/programme").fields(SAVE)
        clients[1].get("/programme")
        start = Barrier(2)

        def save(number: int, shown: dict[str, str] = shown, start: Barrier = start) -> int:
            start.wait(10)
            return int(clients[number].post("/programme", {**shown, "floor": f"0,{number + 1}"}).status_code)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(save, range(2)))
        assert sorted(answers) == [303, 409]
        kept = settings(session)
        assert (kept.version, kept.floor) == (turn + 2, (0.1, 0.2)[answers.index(303)])


def test_how_long_things_wait_and_are_kept(visit, session: Session, organisation: Organisation):
    organisation.speak("en")
    save = "Save settings"
    screen = Screen(visit("coordinator"), "/programme")
    names = ("proposal_days", "direct_days", "notes_months", "answers_months", "pairs_months")
    assert [screen.fields(save)[name] for name in names] == ["14", "1", "3", "12", "24"]
    for typed, sentence in (
        ({"proposal_days": "4"}, "At least 5."),
        ({"proposal_days": "61"}, "At most 60."),
        ({"direct_days": "-1"}, "At least 0."),
        ({"direct_days": "11"}, "At most 10."),
        ({"risk_moderate": "1"}, "At least 2."),
        ({"risk_very_high": "26"}, "At most 25."),
        ({"risk_high": "5"}, "This begins above what is less: each begins at a higher figure."),
        ({"risk_very_high": "10"}, "This begins above what is less: each begins at a higher figure."),
        ({"notes_months": "0"}, "At least 1."),
        ({"pairs_months": "25"}, "At most 24."),
        ({"answers_months": "2,5"}, "Fill in a whole number."),
        ({"notes_months": "9" * 30}, "At most 24."),
        ({"notes_months": "13"}, "answers are kept at least as long as notes"),
        ({"answers_months": "12", "pairs_months": "11"}, "pairs are kept at least as long as answers"),
    ):
        screen.press(save, **typed)
        assert screen.status == 422 and sentence in screen.text, typed
        assert typed.items() <= screen.fields(save).items()
        screen.open("/programme")
    typed = {"proposal_days": "60", "direct_days": "0", "notes_months": "1", "answers_months": "1", "pairs_months": "1"}
    screen.press(save, **typed)
    assert typed.items() <= screen.fields(save).items()
    kept = settings(session)
    assert [getattr(kept, name) for name in names] == [60, 0, 1, 1, 1]
    assert history(session, "programme", 1)[0].details["notes_months"] == [3, 1]
