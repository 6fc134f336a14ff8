"""Closed days as who keeps rosters sees and sets them: the public holidays of a region, and a site's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from mentorship.people.models import Site
from mentorship.profiles.closed_days.queries import closed_on
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
YEAR = "/closed-days?year=2027&open=1"
KINGS_DAY, BRIDGE = date(2027, 4, 27), date(2027, 5, 7)


@pytest.fixture
def site_id(organisation: Organisation, session: Session) -> int:
    """The one site, where the holidays of the Netherlands are kept."""
    organisation.set_up()
    organisation.speak("en")
    found = organisation.sites["Ede"]
    session.get_one(Site, found).region = "NL"
    session.commit()
    return found


def closed(session: Session, site_id: int) -> set[date]:
    """On which days of 2027 the site is closed."""
    ordinals = closed_on(session, date(2027, 1, 1), date(2027, 12, 31))[site_id]
    session.rollback()
    return {date.fromordinal(day) for day in ordinals}


@pytest.mark.parametrize("who", ["coordinator", "hr"])
def test_a_site_works_on_a_public_holiday(visit: Visit, session: Session, site_id: int, who: str):
    before = closed(session, site_id)
    assert KINGS_DAY in before
    page = Screen(visit(who), YEAR)
    assert page.heading == f"Ede in 2027: {len(before)} closed days" and "King's Day" in page.text
    page.press("Save: Ede", works=KINGS_DAY.isoformat())
    assert closed(session, site_id) == before - {KINGS_DAY}
    assert page.heading == f"Ede in 2027: {len(before) - 1} closed days"
    page.press("Undo")
    assert closed(session, site_id) == before


def test_a_site_closes_on_a_day_and_opens_on_it_again(visit: Visit, session: Session, site_id: int):
    before = closed(session, site_id)
    page = Screen(visit("hr"), YEAR).press("Close on this day: Ede", day=BRIDGE.isoformat())
    assert closed(session, site_id) == before | {BRIDGE}
    assert page.heading == f"Ede in 2027: {len(before) + 1} closed days"
    (again,) = [name for name in page.names("button") if name.startswith("Open again")]
    page.press(again)
    assert closed(session, site_id) == before
    page.press("Undo")
    assert closed(session, site_id) == before | {BRIDGE}


def test_a_holiday_closed_by_hand_counts_once_and_stands_once(visit: Visit, session: Session, site_id: int):
    before = closed(session, site_id)
    page = Screen(visit("hr"), YEAR).press("Save: Ede", works=KINGS_DAY.isoformat())
    page.press("Close on this day: Ede", day=KINGS_DAY.isoformat())
    assert closed(session, site_id) == before
    assert page.heading == f"Ede in 2027: {len(before)} closed days"
    assert not [name for name in page.names("button") if name.startswith("Open again")]


@pytest.mark.parametrize("day", ["2025-12-25", "2030-01-01", "morgen", ""])
def test_a_day_that_cannot_be_closed_is_said_at_its_site(visit: Visit, session: Session, site_id: int, day: str):
    before = closed(session, site_id)
    page = Screen(visit("hr"), YEAR).press("Close on this day: Ede", day=day)
    assert page.status == 422 and page.fields("Close on this day: Ede")["day"] == day
    assert closed(session, site_id) == before


def test_the_other_years_are_a_tap_away(visit: Visit, site_id: int):
    page = Screen(visit("hr"), "/closed-days")
    assert page.heading.startswith("Ede in 2026: ")
    assert page.tap("2028").heading.startswith("Ede in 2028: ")
    assert Screen(visit("hr"), "/closed-days?year=1999").heading.startswith("Ede in 2026: ")


def test_who_has_another_site_reads_how_many_there_are(
    visit: Visit, session: Session, organisation: Organisation, site_id: int
):
    organisation.site("Duiven")
    session.commit()
    page = Screen(visit("hr"), "/closed-days")
    assert page.heading == "The closed days of 2 sites in 2026"
    assert "No public holidays are known of this region." in page.text
