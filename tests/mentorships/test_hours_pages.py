"""The page "Samen gewerkt?": filled in beforehand, one tap for all, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base import settled
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Capacity
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
URL = "/mentorships/hours"
LAST = "2026-11-16"
NOTE_LAST = "De week van 16 nov 2026 noteren"
SEEN_BY = "Je leidinggevenden en de coördinator zien deze uren, en je junior die van jullie tweeën"


@pytest.fixture
def pairs(session: Session, organisation: Organisation) -> list[int]:
    """The senior guides two juniors, the second since Wednesday of the last week."""
    made = organisation
    found = [
        made.pair("senior", "junior", "active", started_on=date(2026, 9, 1)),
        made.pair("senior", "other_junior", "active", started_on=date(2026, 11, 18)),
    ]
    session.commit()
    return found


def noted(session: Session) -> dict[tuple[int | None, str], Decimal]:
    session.expire_all()
    found = {(r.mentorship_id, r.week.isoformat()): r.hours for r in session.exec(select(WorkedWeek))}
    session.rollback()  # on SQLite a reader that may write keeps the others waiting
    return found


@pytest.mark.both_databases
def test_from_the_desk_in_two_taps(visit: Visit, session: Session, pairs: list[int]):
    desk = Screen(visit("senior"))
    assert "4 weken zijn nog niet genoteerd" in desk.text
    page = desk.tap("Noteer de uren : Samen gewerkt?")
    assert page.path == URL
    for told in ("26 okt 2026", "16 nov 2026", "23 nov 2026 (deze week)"):
        assert told in page.text
    assert page.text.index(SEEN_BY) < page.text.index("Alles zoals gepland"), "who sees it is said before it is sent"
    page.press("Alles zoals gepland (4 weken)")
    assert page.status == 200 and page.path == URL and "Alles zoals gepland" not in page.text
    assert "23 nov 2026 (deze week)" in page.text, "what is not over yet is not noted unseen"
    first, second = pairs
    weeks = ["2026-10-26", "2026-11-02", "2026-11-09", LAST]
    assert noted(session) == {**{(first, w): 2 for w in weeks}, (second, LAST): 2}
    assert "Samen gewerkt?" not in Screen(visit("senior")).text


def test_one_week_with_each_junior(visit: Visit, session: Session, pairs: list[int]):
    first, second = pairs
    page = Screen(visit("senior"), URL)
    assert page.fields(NOTE_LAST) == {
        "week": LAST,
        f"worked-{first}": "yes",
        f"hours-{first}": "2",
        f"worked-{second}": "yes",
        f"hours-{second}": "2",
    }
    page.press(NOTE_LAST, **{f"hours-{first}": "3,5", f"worked-{second}": "no"})
    assert noted(session) == {(first, LAST): Decimal("3.5"), (second, LAST): 0}
    assert NOTE_LAST not in page.names("button")
    assert "Junior Proef · 3,5 uur" in page.text and "Other_junior Proef · niet samengewerkt" in page.text
    page.open(f"{URL}?week={LAST}")
    assert page.fields(NOTE_LAST)[f"hours-{first}"] == "3,5" and page.fields(NOTE_LAST)[f"worked-{second}"] == "no"
    page.press(NOTE_LAST, **{f"hours-{first}": "1"})
    assert noted(session) == {(first, LAST): 1, (second, LAST): 0}


def test_a_mistake_keeps_what_was_typed_and_notes_nothing(visit: Visit, session: Session, pairs: list[int]):
    first, second = pairs
    page = Screen(visit("senior"), URL)
    for typed, told in (
        ("veel", "Vul een getal in"),
        ("-1", "Minstens"),
        ("61", "Hoogstens"),
        ("0", "kies “nee”"),
    ):
        page.open(URL)
        page.press(NOTE_LAST, **{f"hours-{first}": "7,25", f"hours-{second}": typed})
        assert page.status == 422 and told in page.text, typed
        kept = page.fields(NOTE_LAST)
        assert (kept[f"hours-{first}"], kept[f"hours-{second}"]) == ("7,25", typed)
        named = "Uren Other_junior Proef: " in page.text
        assert named or typed == "0", "the summary names the field, and whose it is; 0 hours is about the whole week"
    assert noted(session) == {}, "both juniors or neither"
    fields = {"week": LAST, f"worked-{first}": "yes", f"hours-{first}": "4"}
    client = visit("senior")
    for change in (
        {"week": "2026-11-17"},
        {"week": "2026-11-30"},
        {"week": "2026-10-19"},
        {"week": "x"},
        {"other": "1"},
        {"worked-999": "yes", "hours-999": "1"},
        {f"worked-{first}": "maybe"},
    ):
        assert client.post(URL, {**fields, **change}).status_code == 422, change
    assert client.post(URL, {"week": LAST}).status_code == 422
    assert client.post(f"{URL}/planned", {}).status_code == 422
    assert client.post(f"{URL}/planned", {"week": ["2026-11-30"]}).status_code == 422
    assert noted(session) == {}


def test_other_guiding(visit: Visit, session: Session, pairs: list[int]):
    page = Screen(visit("senior"), URL)
    page.press("Andere begeleiding noteren", week=LAST, hours="", words="Lasles")
    assert page.status == 422
    kept = page.fields("Andere begeleiding noteren")
    assert (kept["week"], kept["words"]) == (LAST, "Lasles")
    page.press("Andere begeleiding noteren", hours="3")
    assert "andere begeleiding (Lasles) · 3 uur" in page.text
    assert noted(session) == {(None, LAST): 3}
    assert NOTE_LAST in page.names("button"), "the juniors of that week are still to be noted"
    page.press("Andere begeleiding noteren", week=LAST, hours="0", words="")
    assert noted(session) == {}


def test_whoever_mentors_nobody_is_told_so(visit: Visit, session: Session, pairs: list[int]):
    for who in ("junior", "manager", "coordinator", "nobody", "other_senior"):
        client = visit(who)
        page = Screen(client, URL)
        assert "Je begeleidt nu niemand" in page.text and "noteren" not in " ".join(page.names("button"))
        assert not [name for name in Screen(client).names("a") if name.startswith("Noteer de uren")]
        fields = {"week": LAST, f"worked-{pairs[0]}": "yes", f"hours-{pairs[0]}": "4"}
        assert client.post(URL, fields).status_code == 422
        assert client.post(f"{URL}/other", {"week": LAST, "hours": "1", "words": ""}).status_code == 422
        assert client.post(f"{URL}/planned", {"week": LAST}).status_code == 303, "there is nothing to note"
    assert noted(session) == {}
    assert visit(None).get(URL).status_code == 303


def test_the_pairs_own_page_leads_there_for_its_mentor(visit: Visit, session: Session, pairs: list[int]):
    where = f"/mentorships/{pairs[0]}"
    assert Screen(visit("senior"), where).tap("Samen gewerkt?").path == URL
    for who in ("junior", "coordinator"):
        assert "Samen gewerkt?" not in Screen(visit(who), where).names("a")
    session.get_one(Mentorship, pairs[0]).status = "paused"
    session.commit()
    assert "Samen gewerkt?" not in Screen(visit("senior"), where).names("a")


def test_in_english(visit: Visit, organisation: Organisation, pairs: list[int]):
    organisation.speak("en")
    page = Screen(visit("senior"), URL)
    assert "Worked together with Junior Proef?" in page.text and "Everything as planned (4 weeks)" in page.names(
        "button"
    )


@pytest.mark.both_databases
def test_the_number_of_queries_does_not_grow_with_the_juniors(
    visit: Visit, engine: sa.Engine, session: Session, organisation: Organisation, pairs: list[int]
):
    made, client = organisation, visit("senior")
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    def counts() -> list[int]:
        found = []
        settled.forget()
        for page in (URL, "/"):
            asked.clear()
            assert client.get(page).status_code == 200
            found.append(len(asked))
        return found

    few = counts()
    offer = session.get_one(Capacity, made.people["senior"])
    offer.places, offer.hours, offer.confirmed_hours = 9, Decimal(40), Decimal(40)
    for n in range(6):
        made.person(f"j{n}", "junior")
        made.pair("senior", f"j{n}", "active")
    session.commit()
    assert counts() == few
