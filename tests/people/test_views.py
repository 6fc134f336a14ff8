"""Views of a list that one keeps: a tab of one's own, found again under its name, and gone when removed."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.people.views.models import LONGEST_NAME
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


def test_what_was_made_up_leads_back_to_the_list(visit, organisation: Organisation):
    client = visit("coordinator")
    made_up = {"list": "people", "name": "Raar", "query": 'sort="><script>&role=boss&page=9#x', "next": "//elsewhere"}
    answer = client.post("/views", made_up)
    assert answer.status_code == 303 and answer.location == "/"
    page = Screen(client, "/people").tap("Raar")
    assert page.status == 200 and page.path == "/people"
