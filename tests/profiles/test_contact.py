"""How the two of a duo reach each other: what each chose to show, on the page of their duo, while it runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.contact import rules
from mentorship.profiles.contact.models import Contact
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
NUMBER = "06 12 34 56 78"


@pytest.fixture
def pair(organisation: Organisation, session: Session) -> int:
    made = organisation.pair("senior", "junior", "active", started_on=organisation.now.date() - timedelta(days=20))
    organisation.set_up()
    organisation.speak("en")
    session.get_one(Person, organisation.people["senior"]).email = "senior@example.com"
    session.commit()
    return made


def links(screen: Screen) -> set[str]:
    """Where one can call or write to from a page."""
    found = [link.get("href", "") for link in screen.tree.iter("a")]
    return {href for href in found if href.startswith(("tel:", "mailto:"))}


def show(visit: Visit, **fields: str) -> Screen:
    return Screen(visit("senior"), "/profiles?open=contact").press("Save how I am reached", **fields)


def test_what_a_mentor_shows_is_on_the_page_of_the_other_alone(visit: Visit, pair: int, organisation: Organisation):
    duo = f"/checkins/duo/{pair}"
    assert links(Screen(visit("junior"), duo)) == set()
    assert "Senior shows no number or address here" in Screen(visit("junior"), duo).text
    shown = show(visit, phone=NUMBER, show_phone="true", show_email="true")
    assert f"{NUMBER} · senior@example.com" in shown.text
    assert links(Screen(visit("junior"), duo)) == {"tel:0612345678", "mailto:senior@example.com"}
    for other in ("manager", "coordinator", "admin"):
        assert NUMBER not in visit(other).get(duo).text, other


def test_what_is_kept_but_not_shown_nobody_reads(visit: Visit, pair: int):
    show(visit, phone=NUMBER, show_email="true")
    assert links(Screen(visit("junior"), f"/checkins/duo/{pair}")) == {"mailto:senior@example.com"}


def test_nothing_is_shown_after_the_end(visit: Visit, pair: int, session: Session):
    show(visit, phone=NUMBER, show_phone="true")
    row = session.get_one(Mentorship, pair)
    row.status = "ended"
    row.ended_on = row.started_on
    session.commit()
    assert links(Screen(visit("junior"), f"/checkins/duo/{pair}")) == set()


def test_what_cannot_be_dialled_is_asked_again(visit: Visit, pair: int, session: Session):
    screen = show(visit, phone="12", show_phone="true")
    assert "This is no telephone number" in screen.text
    assert screen.fields("Save how I am reached") == {"phone": "12", "show_phone": "true"}
    screen = show(visit, phone="", show_phone="true")
    assert "Fill in the number that you want to show" in screen.text
    assert session.exec(select(Contact)).all() == []


def test_it_can_be_undone(visit: Visit, pair: int):
    screen = show(visit, phone=NUMBER, show_phone="true")
    screen.press("Undo")
    assert links(Screen(visit("junior"), f"/checkins/duo/{pair}")) == set()


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0612345678", "0612345678"),
        ("+31 (0)6 1234 5678", "+31612345678"),
        ("010-123 45 67", "0101234567"),
        ("+49 30/123456", "+4930123456"),
    ],
)
def test_a_number_is_dialled_as_it_is_meant(written: str, dialled: str):
    assert rules.checked(written, shown=True) == written
    assert rules.dialled(written) == dialled


@pytest.mark.parametrize("written", ["1234567", "06-wachtstand", "0" * 16, "++31612345678", "tel:0612345678"])
def test_what_is_no_number_is_refused(written: str):
    with pytest.raises(Refused):
        rules.checked(written, shown=False)
