"""Who carries what on a desk: the manager's button is in view, whatever the row has to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.people.models import Person
from mentorship.people.queries import line_below
from mentorship.profiles.models import Capacity
from tests.browser.cast import Cast
from tests.browser.serving import Site

CUT_OFF = """() => {
  const table = document.querySelector(".table-responsive").getBoundingClientRect();
  const buttons = [...document.querySelectorAll("td .btn")];
  if (!buttons.length) return ["there is nothing to confirm"];
  const cut = buttons.filter(button => button.getBoundingClientRect().right > table.right);
  return cut.map(button => `${button.textContent}: ${button.getBoundingClientRect().right}`);
}"""


def burden(session: Session, manager_number: str) -> None:
    """Give the mentors of a manager all that a row can say: long names, badges, hours over what was confirmed."""
    manager = session.exec(select(Person).where(Person.number == manager_number)).one()
    last_monday = date.today() - timedelta(days=date.today().weekday() + 7)
    mentors = session.exec(select(Capacity).where(col(Capacity.person_id).in_(line_below(manager.id or 0)))).all()
    for offer in mentors:
        offer.hours = Decimal("12.75")
        offer.confirmed_hours = offer.answered_hours = Decimal("2.25")
        offer.paused = True
        person = session.get_one(Person, offer.person_id)
        person.given_name, person.infix, person.family_name = "Maximiliaan", "van der", "Hoogenboezem-Westerveld"
        for weeks in range(4):
            monday = last_monday - timedelta(weeks=weeks)
            noted = {"mentor_id": offer.person_id, "week": monday}
            known = select(WorkedWeek).filter_by(**noted, mentorship_id=None)
            if session.exec(known).first() is None:
                row = WorkedWeek(**noted, hours=Decimal("17.25"), noted_by=offer.person_id, noted_at=utc_now())
                session.add(row)
    session.commit()


@pytest.mark.parametrize("width", [1024, 1280, 1360])
def test_the_button_of_the_manager_is_never_cut_off(
    width: int, page_of: Callable[[str], Page], demo: tuple[Site, Cast]
):
    site, cast = demo
    with open_session(site.engine) as session:
        burden(session, cast.numbers["manager"])
    page = page_of("manager")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/insight/workload?sort=waiting&order=down")
    assert not page.evaluate(CUT_OFF)


def test_what_follows_is_told_when_another_answer_is_chosen(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    site, cast = demo
    with open_session(site.engine) as session:
        burden(session, cast.numbers["manager"])
    page = page_of("manager")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/insight/workload")
    question = page.locator(".ask")
    blue = question.locator(".btn-primary")
    expect(blue).to_contain_text("12,75")
    question.locator("input[value=none]").check()
    expect(blue).to_contain_text("Bevestig 0 uur")
    question.locator("[data-by='-1']").click()
    expect(question.locator("input[value=fewer]")).to_be_checked()
    expect(blue).to_contain_text("12,25")
    assert not [url for url in asked if "csrf" in url], "no secret in an address"
    blue.click()
    expect(page.get_by_text("bevestigd: 12,25 uur per week").first).to_be_visible()
