"""An import is killed at some moment: all of it is there or nothing, and the same files again make it whole."""

from __future__ import annotations

import pathlib
import random
import sys
import time
from functools import partial

import pytest
import sqlalchemy as sa

from mentorship import migrations
from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.choices import Choices
from tests.faults.conftest import Tell
from tests.faults.stage import child
from tests.hr_import.exports import SMALL, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a signal ends a process at once")


def test_an_import_is_killed_and_done_again(empty_url: str, tmp_path: pathlib.Path, times: int, told: Tell):
    """Killed at another moment each time; the last one ends, and is what the others are held to."""
    engine = make_engine(empty_url)
    migrations.upgrade(engine)
    engine.dispose()
    folder = write(tmp_path, SMALL)
    rng = random.Random(18)
    seen = []
    for _ in range(4 * times):
        process = child(partial(_take_in, empty_url, folder))
        process.started()
        time.sleep(rng.uniform(0, 0.4))
        process.kill()
        process.wait()
        seen.append(_people(engine))
    assert child(partial(_take_in, empty_url, folder)).wait() == 0
    whole = _people(engine)
    engine.dispose()
    told(len(seen), sum(found not in (0, whole) for found in seen) + (not whole))


def _take_in(url: str, folder: pathlib.Path) -> None:
    with open_session(make_engine(url)) as session:
        import_directory(session, folder, None, utc_now(), choices=Choices())
        session.commit()


def _people(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        found = int(connection.scalar(sa.text("SELECT count(*) FROM person")) or 0)
    engine.dispose()
    return found
