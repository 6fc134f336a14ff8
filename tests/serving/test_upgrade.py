"""An upgrade as OPERATIONS.md tells it: two versions side by side behind nginx, and nobody who writes notices."""

from __future__ import annotations

import pathlib
import shutil
import sys
from contextlib import ExitStack

import pytest
from alembic import command
from alembic.config import Config

from mentorship import migrations
from mentorship.base.db import make_engine
from tests.faults.stage import ByProxy, acknowledged, built, known, lost, wait_for, writing
from tests.serving.proxy import in_front, need_nginx
from tests.serving.stage import ONE_CORE, serving

EXPANDING = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"

def upgrade():
    op.add_column("domain", sa.Column("shelf", sa.String(20), nullable=False, server_default=""))
    op.create_table("shelf", sa.Column("id", sa.Integer, primary_key=True))

def downgrade():
    op.drop_table("shelf")
    op.drop_column("domain", "shelf")
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there nginx is another program")


NEXT = """
import os, sys
os.cpu_count = lambda: 1
from mentorship import migrations
from mentorship.cli import main
migrations.__file__ = sys.argv.pop(1)
main()
"""
"""This version, with the migrations of the next."""


def _next_version(folder: pathlib.Path, head: str) -> pathlib.Path:
    """Write the migrations of the next version, which add a column and a table; return where."""
    shutil.copytree(pathlib.Path(migrations.__file__).parent, folder / "migrations")
    written = folder / "migrations" / "versions" / "9999_shelf.py"
    written.write_text(EXPANDING.format(head=head))
    return folder / "migrations"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # on the other one there is a minute of silence
def test_nobody_who_writes_notices_an_upgrade(empty_url: str, tmp_path: pathlib.Path):
    need_nginx()
    cookies = built(empty_url)
    engine = make_engine(empty_url)
    _, head = migrations.state(engine)
    engine.dispose()
    folders = {name: tmp_path / name for name in ("old", "new", "next", "nginx")}
    for folder in folders.values():
        folder.mkdir()
    settings = {**known(empty_url), "MENTORSHIP_PROXIES": "1"}
    added = _next_version(folders["next"], str(head))
    program = ["-c", NEXT, str(added / "__init__.py")]
    with ExitStack() as both, ExitStack() as older:
        old = older.enter_context(serving(folders["old"], ["-c", ONE_CORE], **settings))
        proxy = both.enter_context(in_front(folders["nginx"], old.port))
        people = both.enter_context(writing(cookies, proxy.port, ByProxy))
        wait_for(people, 8)
        _migrate(empty_url, added)
        wait_for(people, 8)  # by the old version, on the new schema
        new = both.enter_context(serving(folders["new"], program, **settings))
        proxy.lead_to(new.port)
        wait_for(people, 8)  # by the new version, for nginx has let go of the old one
        older.close()
        wait_for(people, 8)
        for writer in people:
            writer.over.set()
        for writer in people:
            writer.join(30)
    assert not [said for writer in people for said in writer.refused]
    assert len(acknowledged(people)) >= 32 and not lost(empty_url, people)


def _migrate(url: str, version: pathlib.Path) -> None:
    """Run the migrations of a version, whose folder it is."""
    engine = make_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(version))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
