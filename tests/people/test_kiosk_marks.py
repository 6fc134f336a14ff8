"""What was sent on a shared tablet is marked for its author, who says elsewhere that it was them, or takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session

from mentorship.checkins.models import ANSWERED, OPEN, SKIPPED, CheckIn
from tests.checkins.stage import plant
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.people.tablets import PIN, TabletBrowser, card, enrolled

ASKS = "Was jij dat, in de tussenstand over Senior Proef?"
FIELDS = {"answer-progress": "4", "note": "", "closing": "false", "seen": "classes"}


@pytest.fixture
def asked(session: Session, organisation: Organisation) -> int:
    """A check-in that waits for the junior of a pair that runs."""
    pair = organisation.pair("senior", "junior", "active", started_on=organisation.now.date() - timedelta(days=21))
    number = plant(session, organisation, pair, "junior")
    session.commit()
    return number


@pytest.fixture
def tablet(app: Flask, session: Session, organisation: Organisation, asked: int) -> TabletBrowser:
    """A tablet on which the junior came in."""
    found = enrolled(app, session, organisation)
    found.post("/kiosk", card=card(app, session, organisation, "junior"), pin=PIN)
    return found


def own(app: Flask, session: Session, made: Organisation, address: str = "/") -> Screen:
    """A page as the junior sees it on what is their own."""
    session.rollback()
    return Screen(InspectingClient(app, session, made.people["junior"]), address)


@pytest.mark.parametrize(
    ("verb", "status", "said"),
    [
        ("", ANSWERED, "Er is op 23 nov 2026 geantwoord op een gedeelde tablet, met jouw kaart."),
        ("/skip", SKIPPED, "Op 23 nov 2026 overgeslagen op een gedeelde tablet, met jouw kaart."),
    ],
)
def test_what_came_in_on_a_tablet_is_asked_about(
    app: Flask,
    session: Session,
    organisation: Organisation,
    tablet: TabletBrowser,
    asked: int,
    verb: str,
    status: str,
    said: str,
):
    tablet.post(f"/checkins/{asked}{verb}", **FIELDS, **({"sure": "true"} if verb else {}))
    session.rollback()
    assert session.get_one(CheckIn, asked).status == status
    home = own(app, session, organisation)
    assert ASKS in home.text and said in home.text
    page = own(app, session, organisation, f"/checkins/{asked}")
    assert "Was jij dit?" in page.text and said in page.text
    page.press("Ja, dat was ik")
    assert ASKS not in own(app, session, organisation).text


def test_it_is_taken_back_like_what_came_by_a_slip(
    app: Flask, session: Session, organisation: Organisation, tablet: TabletBrowser, asked: int
):
    tablet.post(f"/checkins/{asked}", **FIELDS)
    page = own(app, session, organisation, f"/checkins/{asked}").tap("Trek hem in")
    assert "1 antwoord wordt gewist" in page.text and "briefje" not in page.text
    page.press("Trek hem in")
    session.rollback()
    found = session.get_one(CheckIn, asked)
    assert (found.status, found.slip_by_id) == (OPEN, None)
    assert ASKS not in own(app, session, organisation).text


def test_what_is_sent_from_what_is_ones_own_is_not_marked(
    app: Flask, session: Session, organisation: Organisation, asked: int
):
    own(app, session, organisation, f"/checkins/{asked}").press("Versturen", **{"answer-progress": "4"})
    session.rollback()
    assert session.get_one(CheckIn, asked).slip_by_id is None
    assert ASKS not in own(app, session, organisation).text
