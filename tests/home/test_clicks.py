"""How many taps the frequent jobs take from one's own page: more than this is a step backwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage

Visit = Callable[[str | None], InspectingClient]
JOBS = {
    "ask for a mentor": ("junior", ["Pneumatiek", "Nog niet", "Zelfstandig"], "Je vraag is verstuurd"),
    "answer a proposal": ("other_junior", ["Bekijk en antwoord", "Ja, graag"], "Je hebt ja gezegd"),
    "note the weeks": ("senior", ["Noteer de uren", "Alles zoals gepland"], "Opgeslagen"),
    "confirm hours": ("manager", ["Uren bevestigen", "Bevestig"], "Bevestigd"),
    "publish a round": ("coordinator", ["Kijk de ronde na", "Publiceer", "Publiceer"], "Gepubliceerd"),
}
"""Who, what they tap one after the other, and what is said then."""


@pytest.fixture
def busy(session: Session, engine: sa.Engine, organisation: Organisation) -> None:
    """An organisation in which each of the jobs waits for somebody."""
    made = organisation
    made.pair("senior", "nobody", "active", started_on=date(2026, 9, 1))
    made.pair("other_senior", "other_junior")
    made.person("asker", "junior")
    made.asks("asker")
    made.person("guide", "senior", manager="manager")
    made.can("guide", "Pneumatiek", 5)
    made.offers("guide", hours=4, confirmed=None)
    session.commit()
    assert Stage(engine, made, made.now).solved() == 1


@pytest.mark.parametrize("job", JOBS)
def test_taps(job: str, visit: Visit, busy: None):
    who, taps, said = JOBS[job]
    screen = Screen(visit(who))
    for words in taps:
        found = [name for name in screen.names("a") if name.startswith(words)]
        screen = screen.tap(found[0]) if found else screen.press(_button(screen, words))
    assert said in screen.text


def _button(screen: Screen, words: str) -> str:
    return next(name for name in screen.names("button") if name.startswith(words))
