"""Nobody learns more of somebody's answers than DOMAIN.md's table of check-ins says; FUZZ=whole tries every case."""

from __future__ import annotations

import os
import re
from datetime import datetime

import pytest
from sqlmodel import Session

from tests.conftest import SHELVES, make_app
from tests.databases import ORGANISATION, Shelf
from tests.fuzz.interference import CASES, LINES, Case, Seen, seen

WHOLE = os.environ.get("FUZZ") == "whole"
SMALL = ("both low, mentor, classes", "good and low, junior, released")
TRIED = [
    (kind, case)
    for kind in ("sqlite", "postgresql")
    for case in CASES
    if str(case) in SMALL or (WHOLE and kind == "sqlite")
    if WHOLE or kind == "sqlite"
]
"""What a page holds hardly depends on the database: the other one tries a few cases, and by `make fuzz` alone."""
TOLD_OF_CLASS = re.compile(
    r"a mail|/(\?page=2)?|/checkins/duo/1|/search.*|/signals.*"
    r"|/duos.*|/insight/balance/(box|line)|/insight/person/\d+(\?tab=(overview|duos))?"
)
"""Where it stands how a duo does, and that somebody should talk with it: the class for the coordinator, and under
*classes* for the author's own line whether that side is low (`checkins.told.CLASS`, `checkins.visibility.SIGNALS`)."""


@pytest.fixture
def shelf(request: pytest.FixtureRequest, kind: str) -> Shelf:
    found: Shelf = request.getfixturevalue(SHELVES[kind])
    return found


def both(shelf: Shelf, case: Case, now: datetime) -> tuple[Seen, Seen]:
    """Let one database after the other live, from the same start."""
    found = []
    for answers in (case.one, case.other):
        with shelf.database(ORGANISATION) as url:
            engine = shelf.engine.execution_options()
            app = make_app(engine, url, now)
            with Session(engine) as session:
                made = shelf.organisation.in_session(session, now)
                found.append(seen(app, engine, made, case, answers, WHOLE))
            shelf.engine.dispose()
    return found[0], found[1]


@pytest.mark.long
@pytest.mark.parametrize(("kind", "case"), TRIED, ids=str, indirect=["kind"])
def test_others_learn_of_answers_what_the_table_says(shelf: Shelf, case: Case, now: datetime):
    one, other = both(shelf, case, now)
    assert len(one.pages) > 100 and len(one.mails) > 3 and one.log
    if not case.of_two_classes:
        assert one.differs(other) == {}
        return
    found = one.differs(other, menu=False)
    told = {"coordinator"}
    if case.visibility == "classes":
        told |= LINES[case.side]
    told &= {who for who, _ in one.pages}
    assert set(found) == told, "and each of those is told"
    beyond = {(who, url) for who, urls in found.items() for url in urls if not TOLD_OF_CLASS.fullmatch(url)}
    assert not beyond
    untold = {who: where for who, where in one.differs(other).items() if who not in told}
    assert not untold, "a number in the menu"
