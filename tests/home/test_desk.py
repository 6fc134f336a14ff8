"""A desk: what waits is counted once, the most urgent first, and told as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.i18n import use_locale
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.models import Signal
from mentorship.home import anything, finding, own, rules, waiting
from mentorship.home.naming import Waiting
from mentorship.home.queries import Desk
from mentorship.home.rules import Thing
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def pair(organisation: Organisation, session: Session) -> int:
    made = organisation.pair("senior", "junior", "active", started_on=organisation.now.date())
    session.commit()
    return made


def raise_signal(session: Session, made: Organisation, pair: int, kind: str, days: int, **values: Any) -> None:
    raised = made.now - timedelta(days=days)
    row = Signal(mentorship_id=pair, kind=kind, side="both", since=raised.date(), raised_at=raised, **values)
    session.add(row)
    session.flush()


def test_what_is_asked_for_at_once_is_all_that_can_wait(organisation: Organisation, session: Session):
    """Of what is not asked for it would be said that there is none."""
    asked = {column.name for column in anything._asking().selected_columns}
    assert set(own.READ) == (asked | {rules.PULSE}) - {rules.CONFIDED}


@pytest.mark.both_databases
def test_what_is_cut_is_the_least_urgent_and_the_newest(organisation: Organisation, session: Session, pair: int):
    """Counted is what the list has lines for: what else a pair has stands on the line of its most urgent."""
    me = organisation.people["coordinator"]
    today = organisation.now.date()
    newest = organisation.pair("other_senior", "junior", "active", started_on=today)
    oldest = organisation.pair("other_senior", "other_junior", "active", started_on=today)
    late = organisation.pair("senior", "other_junior", "active", started_on=today)
    raise_signal(session, organisation, newest, "apart", 2)
    raise_signal(session, organisation, oldest, "apart", 9)
    raise_signal(session, organisation, pair, "apart", 20)
    raise_signal(
        session,
        organisation,
        late,
        "hours",
        30,
        status="taken",
        owner_id=me,
        action="pace",
        look_again_on=today - timedelta(days=1),
    )
    raise_signal(session, organisation, pair, "help", 1, asked_id=me)
    actor = organisation.actor("coordinator")
    for most, counted in ((1, (1, 0, 0)), (2, (1, 1, 0)), (3, (1, 1, 1)), (4, (1, 1, 2)), (9, (1, 1, 2))):
        found = signals.to_act_on(session, actor, organisation.now, most)
        assert (found.asked, found.late, found.other) == counted
        assert found.more == (most < 4)
        if found.other:
            assert found.since["other"] == today - timedelta(days=9)


def test_a_desk_does_not_say_a_number_that_it_did_not_count_to_the_end(
    visit: Visit, organisation: Organisation, session: Session, pair: int, monkeypatch: pytest.MonkeyPatch
):
    other = organisation.pair("other_senior", "other_junior", "active", started_on=organisation.now.date())
    for days, of in ((1, pair), (2, other)):
        raise_signal(session, organisation, of, "apart", days)
    session.commit()
    monkeypatch.setattr(waiting, "MANY", 2)
    assert "2 signalen vragen om actie" in Screen(visit("coordinator")).text
    monkeypatch.setattr(waiting, "MANY", 1)
    assert "Meer dan 1 signalen vragen om actie" in Screen(visit("coordinator")).text


@pytest.mark.parametrize("who", ["junior", "manager", "coordinator"])
def test_a_desk_reads_each_thing_once(visit: Visit, organisation: Organisation, session: Session, engine, who: str):
    organisation.asks("junior")
    session.commit()
    client = visit(who)
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *call: asked.append(f"{call[2]} {call[3]}"))
    client.get("/")
    twice = [query for query in asked if asked.count(query) > 1 and ("signal" in query or "count(" in query)]
    assert twice == []


def test_a_name_keeps_its_capital_within_a_sentence():
    late = Waiting(Thing(rules.LATE, number=2))
    found = Waiting(Thing(rules.ROUND), "Jan de Vries")
    missing = Waiting(Thing(rules.SET_UP))
    with use_locale("en"):
        told = finding.finding(Desk(waits=[late, found]), "Ans", NOON)
        assert told == "2 agreements are past their day; Jan de Vries has found its pairs"
        told = finding.finding(Desk(waits=[late, missing]), "Ans", NOON)
        assert told == "2 agreements are past their day; nothing can be published yet"


@pytest.mark.parametrize("with_offer", [False, True])
def test_the_desk_names_what_the_profile_has_open(
    with_offer: bool, visit: Visit, organisation: Organisation, session: Session
):
    organisation.person("fresh", "senior", roster=None)
    if with_offer:
        organisation.offers("fresh")
    session.commit()
    client = visit("fresh")
    named = [
        link.get("href", "") for link in Screen(client).tree.iter("a") if "/profiles?open=" in link.get("href", "")
    ]
    named = [href.partition("open=")[2].partition("#")[0] for href in named if "open=places" not in href]
    profile = Screen(client, "/profiles")
    folds = [fold for fold in profile.tree.iter("details") if (fold.get("class") or "") == "fold"]
    opened = [fold.get("id") for fold in folds if fold.get("open") is not None]
    assert sorted(named) == sorted(opened)
    assert len(named) == (4 if with_offer else 2)
    assert opened_by(client, named[0]) == named[0]


def opened_by(client: InspectingClient, section: str) -> str:
    """The fold that a link from the desk opens, when it is there."""
    page = Screen(client, f"/profiles?open={section}")
    found = [fold for fold in page.tree.iter("details") if fold.get("id") == section and fold.get("open") is not None]
    return str(found[0].get("id")) if found else ""
