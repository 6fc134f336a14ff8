"""Training courses for mentors: noted by who guides or by the coordinator, seen by their juniors, taken off again."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.profiles.models import Training
from tests.factories import Organisation, Screen

NOTE, TITLE = "Save this training course", "Begeleiden op de werkplek"
OFF = f"Remove {TITLE}"


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    organisation.speak("en")
    return organisation


def noted(session: Session) -> list[tuple[int, str, str]]:
    found = [(t.person_id, t.title, t.followed_on.isoformat()) for t in session.exec(select(Training))]
    session.rollback()
    return found


def test_a_mentor_notes_it_and_their_junior_sees_it(visit, session: Session, made: Organisation):
    pair = made.pair("senior", "junior")
    session.commit()
    screen = Screen(visit("senior"), "/profiles").press(NOTE, title=f" {TITLE} ", followed_on="2026-03-04")
    assert f"{TITLE} · 4 Mar 2026" in screen.text
    screen.press(NOTE, title=TITLE, followed_on="2026-03-04")
    assert screen.status == 200 and noted(session) == [(made.people["senior"], TITLE, "2026-03-04")], "once"
    screen.press(NOTE, title=TITLE, followed_on="2024-05-06")
    for who in ("junior", "coordinator"):
        text = Screen(visit(who), f"/mentorships/{pair}").text
        assert text.index(f"course: {TITLE} (2026)") < text.index(f"course: {TITLE} (2024)"), "the newest first"
    assert visit("other_junior").get(f"/mentorships/{pair}").status_code == 404


def test_a_mistake_keeps_what_was_typed(visit, session: Session, made: Organisation):
    screen = Screen(visit("senior"), "/profiles")
    for title, day, told in (
        (TITLE, "2026-11-24", "this day is still to come"),
        ("", "2026-03-04", "Fill this in."),
        (TITLE, "4 maart", "Fill in a date."),
        (TITLE, "", "Fill in a date."),
        ("x" * 201, "2026-03-04", "Too long"),
    ):
        screen.press(NOTE, title=title, followed_on=day)
        assert screen.status == 422 and told in screen.text, told
        assert screen.fields(NOTE) == {"title": title, "followed_on": day}
    assert noted(session) == []
    assert screen.press(NOTE, title=TITLE, followed_on="2026-11-23").status == 200, "today counts"


def test_taken_off_by_oneself_or_the_coordinator(visit, session: Session, made: Organisation):
    client = visit("senior")
    screen = Screen(client, "/profiles").press(NOTE, title=TITLE, followed_on="2026-03-04")
    (number,) = session.exec(select(Training.id))
    session.rollback()
    for who in ("junior", "other_senior", "manager", "admin"):
        assert visit(who).post(f"/profiles/trainings/{number}/remove").status_code == 404, who
    assert OFF in screen.names("button")
    screen.press(OFF)
    assert "The training course is removed." in screen.text and noted(session) == []
    assert client.post(f"/profiles/trainings/{number}/remove").status_code == 404, "a second press is told so"
    profile = f"/profiles/{made.people['senior']}"
    chief = Screen(visit("coordinator"), profile)
    chief.press(NOTE, title=TITLE, followed_on="2026-11-24")
    assert chief.status == 422 and chief.fields(NOTE) == {"title": TITLE, "followed_on": "2026-11-24"}
    chief.press(NOTE, title=TITLE, followed_on="2026-11-20")
    assert chief.path == profile and TITLE in Screen(visit("senior"), "/profiles").text
    chief.press(OFF)
    assert chief.path == profile and noted(session) == []
    fields = {"title": TITLE, "followed_on": "2026-11-20"}
    for who in ("senior", "manager", "admin"):
        assert visit(who).post(f"/profiles/{made.people['senior']}/training", fields).status_code in (403, 404)
    assert visit("coordinator").post("/profiles/99999/training", fields).status_code == 404
    assert noted(session) == []


def test_only_who_guides_notes_their_own(visit, session: Session, made: Organisation):
    fields = {"title": TITLE, "followed_on": "2026-03-04"}
    client = visit("junior")
    assert NOTE not in Screen(client, "/profiles").names("button")
    refused = client.post("/profiles/training", fields)
    assert refused.status_code == 422 and "set a place first" in refused.text
    assert visit("nobody").post("/profiles/training", fields).status_code == 403
    assert noted(session) == []
    made.offers("junior", places=1)
    session.commit()
    Screen(client, "/profiles").press(NOTE, **fields)
    assert len(noted(session)) == 1, "a junior who offers a place guides too"
