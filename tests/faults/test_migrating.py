"""A migration is killed in its midst, and two begin at once: the schema is the one of before or the new one, whole."""

from __future__ import annotations

import itertools
import os
import pathlib
import random
import signal
import sys
from datetime import datetime
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from mentorship import migrations
from mentorship.base.db import make_engine
from mentorship.cli import main
from tests.faults.conftest import Tell
from tests.faults.stage import child, known
from tests.test_migrations import fill

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a signal ends a process at once")
EARLIER = ("0050", "0070", "0030")
"""Revisions from which it goes up: with FAULTS set all of them, else the first."""
NEVER = 0
AT_ONCE = 3


def everything(engine: sa.Engine) -> dict[str, list[Any]]:
    """All rows of all tables, whichever there are."""
    found = {}
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        for name, table in tables.tables.items():
            found[name] = sorted(map(repr, connection.execute(sa.select(table))))
    engine.dispose()
    return found


def _statements(engine: sa.Engine) -> int:
    """Bring the schema up; return in how many statements."""
    counted = itertools.count()
    sa.event.listen(engine, "before_cursor_execute", lambda *_: next(counted))
    migrations.upgrade(engine)
    return next(counted)


def _upgrade(url: str, killed_at: int) -> None:
    """Bring the schema up, or be killed before a statement of that number."""
    engine = make_engine(url)
    counted = itertools.count(1)

    def die(*_: object) -> None:
        if next(counted) == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(engine, "before_cursor_execute", die)
    migrations.upgrade(engine)


def _by_command(url: str) -> None:
    os.environ.update(known(url))
    main(["migrate"], standalone_mode=False)


@pytest.mark.parametrize("earlier", EARLIER if os.environ.get("FAULTS") else EARLIER[:1])
def test_a_migration_is_killed_and_done_again(
    engine: sa.Engine,
    database_url: str,
    earlier: str,
    tmp_path: pathlib.Path,
    now: datetime,
    times: int,
    told: Tell,
):
    """With a row in every table; killed before another statement each time, the last one among them."""
    fill(engine, tmp_path / "export", now)
    migrations.downgrade(engine, earlier)
    number = _statements(engine.execution_options())
    whole = everything(engine)
    migrations.downgrade(engine, earlier)
    before = everything(engine)
    gone = 0
    moments = [number, *random.Random(18).sample(range(2, number), max(3, times))]
    for moment in moments:
        assert child(partial(_upgrade, database_url, moment)).wait() < 0, "it was killed"
        gone += everything(engine) != before
    assert child(partial(_by_command, database_url)).wait() == 0
    told(len(moments) + 1, gone + (everything(engine) != whole) + bool(migrations.drift(engine)))


def test_several_that_begin_at_once_end_well(empty_url: str, times: int, told: Tell):
    """As servers do that are started together: one makes the tables, the others find them."""
    engine = make_engine(empty_url)
    _, wanted = migrations.state(engine)
    failed = 0
    for _ in range(min(times, 5)):
        ended = [one.wait() for one in [child(partial(_by_command, empty_url)) for _ in range(AT_ONCE)]]
        failed += sum(code != 0 for code in ended) + (migrations.state(engine)[0] != wanted)
        migrations.downgrade(engine, "base")
        engine.dispose()
    told(AT_ONCE * min(times, 5), failed)
