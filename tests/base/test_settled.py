"""What is settled is read once a process, and holds no longer than it should, whoever changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from mentorship.base import settled
from mentorship.base.audit_words import VERBS
from mentorship.base.db import make_engine, open_session
from mentorship.people import rules
from mentorship.people.access import Actor
from mentorship.people.models import Site
from mentorship.people.queries import site_names, sites
from mentorship.people.sites.actions import change_site
from mentorship.profiles.rosters.models import Roster
from mentorship.profiles.rosters.patterns import patterns
from tests.conftest import NOW
from tests.factories import Organisation


@pytest.fixture
def asked(engine: sa.Engine) -> Iterator[list[str]]:
    """Collect what is asked of the tables of settled things."""
    found: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM site" in statement or "FROM roster" in statement:
            found.append(statement)

    sa.event.listen(engine, "before_cursor_execute", look)
    yield found
    sa.event.remove(engine, "before_cursor_execute", look)


@pytest.fixture
def other_process(engine: sa.Engine) -> Iterator[sa.Engine]:
    """An engine of its own on the same database, as another process has it."""
    found = make_engine(engine.url.render_as_string(hide_password=False))
    yield found
    found.dispose()


def names(engine: sa.Engine) -> list[str]:
    """Return what the sites are called, as a page reads it."""
    with open_session(engine, read_only=True) as session:
        return [site.name for site in sites(session)]


def rename(engine: sa.Engine, made: Organisation, name: str) -> None:
    """Give a site another name, as its page does."""
    site_id = made.sites["Ede"]
    with open_session(engine) as session:
        site = session.get_one(Site, site_id)
        actor = Actor(made.people["coordinator"], frozenset({"coordinator"}))
        seen = rules.mark(site.name, site.region)
        change_site(session, actor, site_id, name=name, region=site.region, seen=seen, now=NOW)
        session.commit()


def test_pages_ask_once(engine: sa.Engine, organisation: Organisation, asked: list[str]):
    first = names(engine)
    assert "Ede" in first
    number = len(asked)
    assert names(engine) == first and len(asked) == number


def test_a_decision_shows_at_once_in_every_process(
    engine: sa.Engine, other_process: sa.Engine, organisation: Organisation
):
    assert names(engine) == names(other_process)
    rename(engine, organisation, "Ede Noord")
    assert "Ede Noord" in names(engine) and "Ede Noord" in names(other_process)


def test_what_came_to_nothing_was_never_read(engine: sa.Engine, organisation: Organisation):
    names(engine)
    with open_session(engine) as session:
        session.execute(sa.update(Site).values(name=col(Site.name) + "!"))
        assert all(site.name.endswith("!") for site in sites(session)), "who writes sees what is written"
        session.rollback()
    assert "Ede" in names(engine)


def test_rows_live_on_after_the_page_that_read_them(engine: sa.Engine, organisation: Organisation):
    with open_session(engine, read_only=True) as session:
        sites(session)
        assert session.connection().in_transaction(), "the page goes on within its own transaction"
        session.rollback()
    assert "Ede" in names(engine)


def test_by_hand_it_is_seen_within_minutes(
    engine: sa.Engine, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
):
    before = names(engine)
    monkeypatch.setattr("tests.conftest.settled.forget", lambda: None)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE site SET name = 'Elders' WHERE name = 'Ede'"))
    assert names(engine) == before
    later = settled.monotonic() + settled.LASTS
    monkeypatch.setattr(settled, "monotonic", lambda: later)
    assert "Elders" in names(engine)


def test_no_more_than_so_many_answers_are_kept(
    engine: sa.Engine, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settled, "MOST", 1)
    names(engine)
    with open_session(engine, read_only=True) as session:
        assert "Ede" in site_names(session).values()
    assert "Ede" in names(engine)
    assert len(settled._KEPT[engine.pool].known) == 1


def test_of_the_rosters_only_those_asked_for_are_told(engine: sa.Engine, organisation: Organisation, session: Session):
    wanted = {organisation.rosters["DAG"]}
    session.add(Roster(name="NACHT", starts_on=NOW.date(), days=7))
    session.commit()
    with open_session(engine, read_only=True) as reading:
        assert set(patterns(reading, wanted)) == wanted == set(patterns(session, wanted))
        assert patterns(reading, wanted) == patterns(session, wanted)
        assert set(patterns(reading)) > wanted


def test_it_names_verbs_and_tables_that_there_are():
    assert settled.VERBS <= VERBS
    assert set(Site.metadata.tables) >= settled.TABLES
