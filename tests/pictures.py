"""Make the pictures of the README: `make pictures`. A fresh demo, some pages, the way people see them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from mentorship.checkins.models import ANSWERED, OPEN, CheckIn
from mentorship.demo.build import build
from mentorship.demo.visiting import who
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people.models import Person
from mentorship.rounds.models import SOLVED, Round
from tests.browser.conftest import FLAGS
from tests.browser.serving import chromium, serve, sign_in

earlier = aliased(CheckIn)
TARGET = Path(__file__).parent / "pictures"
WIDE, PHONE = (1280, 800), (390, 780)
PAGES = (
    ("round", "coordinator", "/rounds/{round}", WIDE, "light"),
    ("workload", "manager", "/insight/workload", WIDE, "dark"),
    ("request", "junior", "/mentor-requests/new", PHONE, "light"),
    ("places", "coordinator", "/rounds/{round}/review/places", WIDE, "light"),
    ("signals", "coordinator", "/signals", WIDE, "light"),
    ("check-in", "asked", "/checkins/{check_in}", PHONE, "light"),
    ("duo", "asked", "/checkins/duo/{pair}#trend-title", PHONE, "dark"),
    ("goals", "learner", "/mentorships/{learns}/goals", PHONE, "light"),
)


def main() -> None:
    """Write one picture per page."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tool:
        path = Path(folder) / "demo.db"
        engine = make_engine(f"sqlite:///{path}")
        build(engine, utc_now())
        with open_session(engine, read_only=True) as session:
            numbers = {role: number for _, number, role in who(session, utc_now())}
            answered = (
                select(func.count())
                .select_from(earlier)
                .where(
                    earlier.mentorship_id == CheckIn.mentorship_id, earlier.side == "junior", earlier.status == ANSWERED
                )
            )
            waiting = select(CheckIn, Person).join(Person, col(Person.id) == CheckIn.person_id)
            waiting = waiting.where(CheckIn.status == OPEN, CheckIn.side == "junior")
            asked, person = session.exec(waiting.order_by(answered.scalar_subquery().desc(), col(CheckIn.id))).first()
            newest = session.exec(select(func.max(Round.id)).where(Round.status == SOLVED)).one()
            learnt = (
                select(Mentorship, Person)
                .join(Person, col(Person.id) == Mentorship.junior_id)
                .join(Goal, col(Goal.mentorship_id) == Mentorship.id)
                .join(LevelClaim, col(LevelClaim.goal_id) == Goal.id)
                .where(Mentorship.status == ACTIVE)
                .group_by(col(Mentorship.id), col(Person.id))
            )
            taught, learner = session.exec(learnt.order_by(func.count().desc(), col(Mentorship.id))).first()
            numbers |= {"asked": person.number, "learner": learner.number}
            found = {"check_in": asked.id, "pair": asked.mentorship_id, "round": newest, "learns": taught.id}
        engine.dispose()
        browser = tool.chromium.launch(executable_path=chromium(), args=FLAGS)
        with serve(path) as site:
            for name, role, address, (width, height), scheme in PAGES:
                context = browser.new_context(
                    base_url=site.url, viewport={"width": width, "height": height}, locale="nl-NL", color_scheme=scheme
                )
                page = context.new_page()
                sign_in(page, numbers[role])
                page.goto(address.format(**found), wait_until="networkidle")
                for shown in page.locator("figure:has(:target)").all():
                    shown.evaluate("figure => figure.scrollIntoView({block: 'center', behavior: 'instant'})")
                page.screenshot(path=TARGET / f"{name}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
