"""Views of a list that one keeps: a tab of one's own, found again under its name, and gone when removed."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.people.views.models import LONGEST_NAME, SavedView
from mentorship.rounds.models import Round
from tests.factories import Organisation, Screen


def test_a_view_is_kept_under_a_name_and_removed(visit, organisation: Organisation):
    organisation.speak("en")
    client = visit("coordinator")
    screen = Screen(client, "/people?role=senior&sort=number&order=down")
    shown = screen.rows()
    assert 0 < len(shown) < len(Screen(client, "/people").rows())
    screen.press("Save", name="Our seniors")
    assert "Saved as “Our seniors”" in screen.text and screen.rows() == shown, "one is where one was"
    found = Screen(client, "/people").tap("Our seniors")
    assert found.rows() == shown
    assert f"Our seniors {len(shown)}" in found.names("a"), "it says how many there are"
    assert "Our seniors" not in Screen(visit("admin"), "/people").text, "a view is one's own"
    found.press("Remove this view")
    assert "Our seniors" not in Screen(client, "/people").names("a")


def test_a_name_that_is_used_again_holds_the_newest(visit, organisation: Organisation):
    organisation.speak("en")
    client = visit("coordinator")
    for role in ("senior", "manager"):
        Screen(client, f"/people?role={role}").press("Save", name="Mine")
    found = Screen(client, "/people")
    assert found.names("a").count("Mine") == 1
    assert found.tap("Mine").rows() == Screen(client, "/people?role=manager").rows()


def test_a_name_that_is_not_right_is_asked_again(visit, organisation: Organisation):
    organisation.speak("en")
    client = visit("coordinator")
    for wrong in ("", "x" * (LONGEST_NAME + 1)):
        screen = Screen(client, "/people?role=senior").press("Save", name=wrong)
        assert screen.status == 422
        assert screen.press("Save", name="Good").path == "/people"
        Screen(client, "/people").tap("Good").press("Remove this view")


def test_there_are_eight_at_most(visit, session: Session, organisation: Organisation):
    organisation.speak("en")
    client = visit("coordinator")
    for number in range(8):
        assert Screen(client, f"/people?q=x{number}").press("Save", name=f"View {number}").status == 200
    refused = Screen(client, "/people?q=x9").press("Save", name="View 9")
    assert refused.status == 422 and "Remove one first" in refused.text
    assert Screen(client, "/people?q=x9").press("Save", name="View 7").status == 200, "an old name is free"


@pytest.mark.both_databases
def test_a_view_that_grows_too_long_as_an_address_is_refused(visit, session: Session, organisation: Organisation):
    """Each letter with a mark becomes six signs there."""
    organisation.speak("en")
    client = visit("coordinator")
    fields = {"list": "people", "name": "Lang", "next": "/people"}
    page = client.post("/views", {**fields, "query": "q=" + "\u00e9" * 400})
    assert page.status_code == 422 and "Choose less, and save again" in page.text
    assert client.post("/views", {**fields, "query": "q=" + "\u00e9" * 100}).status_code == 303


def test_what_was_made_up_leads_back_to_the_list(visit, organisation: Organisation):
    client = visit("coordinator")
    made_up = {"list": "people", "name": "Raar", "query": 'sort="><script>&role=boss&page=9#x', "next": "//elsewhere"}
    answer = client.post("/views", made_up)
    assert answer.status_code == 303 and answer.location == "/"
    page = Screen(client, "/people").tap("Raar")
    assert page.status == 200 and page.path == "/people"


def test_a_view_that_is_saved_or_removed_comes_back_by_undo(visit, organisation: Organisation):
    organisation.speak("en")
    client = visit("coordinator")
    people = "/people?role=%s"
    Screen(client, people % "senior").press("Save", name="Mine")
    screen = Screen(client, people % "manager").press("Save", name="Mine")
    assert screen.press("Undo").status == 200
    seniors = Screen(client, people % "senior").rows()
    mine = Screen(client, "/people").tap("Mine")
    assert mine.rows() == seniors, "it is what it was before it was replaced"
    removed = mine.press("Remove this view")
    assert "“Mine” is removed" in removed.text and "Mine" not in Screen(client, "/people").names("a")
    removed.press("Undo")
    assert Screen(client, "/people").tap("Mine").rows() == seniors
    Screen(client, people % "junior").press("Save", name="Other").press("Undo")
    assert "Other" not in Screen(client, "/people").names("a")


def test_a_list_that_is_not_there_has_no_views(visit, session: Session, organisation: Organisation):
    made_up = {"list": "nothing", "name": "Raar", "query": "", "next": "/people"}
    assert visit("coordinator").post("/views", made_up).status_code == 422
    assert not session.exec(select(SavedView)).all()


def test_every_list_that_offers_to_keep_a_view_can(visit, session: Session, organisation: Organisation):
    organisation.speak("en")
    organisation.asks("junior")
    session.add(Round(name="Spring", weights={}, floor=0.3, spread=0.02, created_at=organisation.now))
    session.commit()
    client = visit("coordinator")
    for address in ("/people?q=a", "/waiting?q=a", "/rounds?q=a", "/insight/workload?q=a"):
        screen = Screen(client, address).press("Save", name="Mine")
        assert screen.status == 200 and "Saved as “Mine”" in screen.text, address
