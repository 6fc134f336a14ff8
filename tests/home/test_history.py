"""The lines of twelve weeks on the desks tell what the rows of pairs tell, and no more."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.home.history import WEEKS, pairs_by_week
from mentorship.people.line import Line
from tests.client import InspectingClient
from tests.factories import Organisation

Visit = Callable[[str | None], InspectingClient]
WEEK = timedelta(weeks=1)


def test_each_week_counts_the_pairs_that_had_begun_and_not_ended(
    session: Session, organisation: Organisation, now: datetime
):
    rng = random.Random(7)
    today = local_date(now)
    planted: list[tuple[str, date | None, date | None]] = []
    for number in range(24):
        manager = rng.choice(("manager", "other_manager"))
        organisation.mentor(f"m{number}", manager=manager)
        organisation.person(f"j{number}", "junior")
        began = today - timedelta(days=rng.randint(0, 150)) if rng.random() < 0.9 else None
        status = rng.choice(("active", "paused", "ended"))
        ended = today - timedelta(days=rng.randint(0, 100)) if status == "ended" else None
        if began is not None and ended is not None:
            ended = max(began, ended)
        organisation.pair(f"m{number}", f"j{number}", status, started_on=began, ended_on=ended)
        planted.append((manager, began, ended))
    organisation.mentor("asked", manager="manager")
    organisation.person("asking", "junior")
    organisation.pair("asked", "asking")
    session.commit()
    days = [today - back * WEEK for back in reversed(range(WEEKS))]

    def expected(*managers: str) -> list[int]:
        ran = [(began or date.min, ended or date.max) for manager, began, ended in planted if manager in managers]
        return [sum(began <= day < ended for began, ended in ran) for day in days]

    assert pairs_by_week(session, today) == expected("manager", "other_manager")
    assert pairs_by_week(session, today, Line(session, organisation.people["manager"]).whole) == expected("manager")


def test_the_desks_show_the_line_with_its_ends_in_words(session: Session, organisation: Organisation, visit: Visit):
    organisation.speak("en")
    session.commit()
    assert "twelve weeks" not in visit("coordinator").get("/").text, "no line of nothing"
    organisation.pair("senior", "junior", "active", started_on=local_date(organisation.now) - 2 * WEEK)
    session.commit()
    for who, name in (
        ("coordinator", "Running or paused, in twelve weeks"),
        ("manager", "Pairs with mentors of your team, in twelve weeks"),
    ):
        page = visit(who).get("/").text
        drawn = re.search(rf'<svg class="spark"[^>]*aria-label="{name}: from 0 to 1"', page)
        assert drawn is not None
