"""What who hears a page is told of it: the names and roles of the main pages, as text that people read and agree to.

UPDATE_GOLDEN=1 writes them anew; read what changed before it is committed.
"""

from __future__ import annotations

import os
import pathlib
import shutil
from collections.abc import Iterator

import pytest
from sqlmodel import Session

from mentorship.base.db import make_engine
from tests.browser.conftest import NewPage
from tests.browser.serving import Site, serve, sign_in_as
from tests.conftest import NOW
from tests.databases import ORGANISATION, SqliteShelf, relaxed
from tests.factories import Organisation

GOLDEN = pathlib.Path(__file__).parents[1] / "golden" / "tree"
PAGES = {
    "sign-in": (None, "/account/sign-in"),
    "junior-today": ("junior", "/"),
    "junior-request": ("junior", "/mentor-requests/new"),
    "senior-today": ("senior", "/"),
    "senior-profile": ("senior", "/profiles"),
    "manager-workload": ("manager", "/insight/workload"),
    "coordinator-today": ("coordinator", "/"),
    "coordinator-people": ("coordinator", "/people"),
    "coordinator-waiting": ("coordinator", "/waiting"),
    "coordinator-search": ("coordinator", "/search?q=senior"),
}


@pytest.fixture(scope="module")
def still_site(
    sqlite_shelf: SqliteShelf, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Organisation]]:
    """Serve the small organisation on a day that does not pass."""
    path = tmp_path_factory.mktemp("still") / "leermaat.db"
    shutil.copy(sqlite_shelf.files[ORGANISATION], path)
    engine = relaxed(make_engine(f"sqlite:///{path}"))
    with Session(engine) as session:
        organisation = sqlite_shelf.organisation.in_session(session, NOW)
        organisation.pair("senior", "junior")
        organisation.asks("other_junior")
        session.commit()
    engine.dispose()
    with serve(path, still=NOW) as site:
        yield site, organisation


@pytest.mark.parametrize("name", PAGES)
def test_tree(name: str, still_site: tuple[Site, Organisation], open_page: NewPage):
    site, organisation = still_site
    who, address = PAGES[name]
    page = open_page(site, reduced_motion="reduce")
    if who is not None:
        sign_in_as(page, site, organisation.people[who])
    page.goto(address)
    told = page.locator("body").aria_snapshot() + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(told)
    assert told == golden.read_text()
