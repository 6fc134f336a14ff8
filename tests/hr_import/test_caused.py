"""What an import caused stands in its report: one line a pair, with its signal, for the coordinator alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from mentorship.checkins.signals.models import Signal
from mentorship.hr_import.imports.models import TakenImport
from mentorship.mentorships.models import FailingRule
from tests.factories import Organisation, Screen

NUMBERS = {"rows": 1, "aside": 0, "created": 0, "updated": 1, "left": [], "leavers": 0}
SAID = "1 duo past sinds dit inlezen niet meer bij een regel"


@pytest.fixture
def pair(session: Session, organisation: Organisation) -> int:
    """A pair that broke two rules half an hour after the second of three imports."""
    now = organisation.now
    for hours in (5, 2, 0):
        session.add(TakenImport(at=now - timedelta(hours=hours), files=["medewerkers.csv"], summary=NUMBERS))
    made = organisation.pair("senior", "junior", "active", started_on=now.date())
    for rule in ("site", "meeting"):
        at = now - timedelta(hours=2) + timedelta(minutes=30)
        session.add(FailingRule(mentorship_id=made, rule=rule, found_at=at))
    session.commit()
    return made


def test_the_import_that_it_came_with_names_it_once(
    pair: int, visit: Any, session: Session, organisation: Organisation
):
    page = Screen(visit("coordinator"), "/imports")
    assert page.names("a").count(SAID) == 1
    report = page.tap(SAID)
    assert report.path == "/imports/2/caused" and report.heading == SAID
    assert "Senior Proef – Junior Proef" in report.text
    assert "verschillende vestigingen" in report.text or "vestiging" in report.text
    for other in (1, 3):
        assert Screen(visit("coordinator"), f"/imports/{other}/caused").heading == "Door dit inlezen past elk duo nog"
    row = Signal(mentorship_id=pair, kind="rule", side="both", about="site", since=organisation.now.date())
    row.raised_at = organisation.now
    session.add(row)
    session.commit()
    shown = Screen(visit("coordinator"), "/imports/2/caused")
    assert any(e.get("href", "").startswith(f"/signals?open={row.id}") for e in shown.tree.iter("a"))


@pytest.mark.parametrize("key", ["hr", "admin"])
def test_who_sees_no_pairs_sees_none_here(pair: int, visit: Any, key: str):
    page = Screen(visit(key), "/imports")
    assert SAID not in page.text and "Proef – " not in page.text
    assert visit(key).get("/imports/2/caused").status_code == 404


def test_what_fits_again_is_gone(pair: int, visit: Any, session: Session):
    for rule in ("site", "meeting"):
        session.delete(session.get_one(FailingRule, (pair, rule)))
    session.commit()
    assert SAID not in Screen(visit("coordinator"), "/imports").text
