"""A mark in every text about somebody, as either side of a pair; they are erased, and after a night it is nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.privacy.requests.actions import erase_person
from tests.factories import Organisation
from tests.privacy.planting import texts
from tests.privacy.test_twelve_years import Lives, end_pairs, whole_file

OF_OTHERS = {
    "erasure": "the ledger: a digest that needs a key of the service",
    "mentorship": "why two were paired, without what either wrote",
    "round_pair": "why two were paired, without what either wrote",
    "round_unmatched": "numbers of mentors",
    "round": "what a round came to: no person stands in it but by number of a row",
    "paper_link": "of who is no user",
    "used_once": "a digest, for a day",
    "pacing": "a digest, while it counts",
    "failed_sign_in": "a digest, for a day",
    "taken_import": "what an import came to, in numbers",
    "tablet": "what hangs on a wall",
    "import_draft_file": "an export, for a day",
    "message": "what a coordinator wrote to others for the organisation, without the name of who wrote it",
}
"""Where the planted mark is no word about the person, and why; it goes by its own time."""


@pytest.fixture
def lives(engine: sa.Engine, organisation: Organisation, now: object) -> Lives:
    return Lives(engine, organisation, now)  # type: ignore[arg-type]


def left(lives: Lives) -> dict[str, str]:
    """Return where the mark stands still."""
    with lives.engine.connect() as connection:
        told = texts(connection)
    return {name: text for name, text in told.items() if "vogel001x" in text.lower()}


@pytest.mark.parametrize("running", [True, False], ids=["pairs run", "pairs are over"])
def test_who_is_erased_is_nowhere_after_a_night(lives: Lives, running: bool):
    lives.comes()
    lives.works()
    if not running:
        with lives.engine.begin() as connection:
            end_pairs(connection, lives.stays, local_date(lives.now))
    (person_id,) = lives.here
    lives.here.clear()
    assert len(left(lives)) > 30
    with Session(lives.engine) as session:
        erase_person(session, person_id, lives.now)
        session.commit()
    lives.passes(timedelta(days=1, hours=6))
    assert " ".join(sorted(left(lives).keys() - OF_OTHERS.keys())) == ""


@pytest.mark.parametrize("kind", ["sqlite"])
def test_after_two_years_what_was_of_nobody_is_gone_too(lives: Lives, kind: str):
    lives.comes()
    lives.works()
    (person_id,) = lives.here
    lives.here.clear()
    with Session(lives.engine) as session:
        erase_person(session, person_id, lives.now)
        session.commit()
    for _ in range(2):
        lives.passes(timedelta(days=366))
    assert " ".join(left(lives)) == "" and b"vogel001x" not in whole_file(lives)
