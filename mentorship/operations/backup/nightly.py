"""The backup of each night: where it goes, when one is due, and which are over their time."""

from __future__ import annotations

import logging
import re
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from mentorship.base import files, heartbeat
from mentorship.base.clock import AMSTERDAM, local_date
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.operations.backup import making, rules
from mentorship.operations.queries import BACKUP

log = logging.getLogger(__name__)
NAMED = re.compile(r"leermaat-(\d{4}-\d\d-\d\d)-\d{6}\.backup")
NEWEST = 7
NAME = "leermaat-{:%Y-%m-%d-%H%M%S}.backup"


def back_up(engine: Engine, now: datetime, settings: Settings) -> bool:
    """Make the backup of this night when it is due, and delete those that are over their time; True when it was.

    One that was made and looked into is noted; one that fails is tried again at the next pass.
    """
    if not settings.backup_folder or not _due(engine, now, settings.backup_hour):
        return False
    folder = Path(settings.backup_folder)
    files.make_folder(folder)
    place = folder / NAME.format(now.astimezone(AMSTERDAM))
    made = making.make(engine, place, settings.backup_key.get_secret_value(), now)
    with open_session(engine) as session:
        heartbeat.beat(session, BACKUP, now)
        session.commit()
    gone = rotate(folder, local_date(now), settings.backup_keep_days)
    log.info("backup: %s rows in %s, %s older ones deleted", made.contents.rows, place.name, gone)
    return True


def _due(engine: Engine, now: datetime, hour: int) -> bool:
    with open_session(engine, read_only=True) as session:
        newest = heartbeat.last(session, BACKUP)
    return rules.is_due(newest, now, hour)


def rotate(folder: Path, today: date, keep_days: int) -> int:
    """Delete the nightly backups that are older than so many days; return how many.

    The newest stay, as many as such a time brings and seven at most, however late the clock says it is.
    """
    found = {}
    for path in folder.iterdir():
        named = NAMED.fullmatch(path.name)
        if named and path.is_file():
            found[path] = date.fromisoformat(named[1])
    newest_first = sorted(found, reverse=True)
    gone = 0
    for path in newest_first[min(keep_days + 1, NEWEST) :]:
        if rules.is_over(found[path], today, keep_days):
            path.unlink()
            gone += 1
    return gone
