"""`mentorship backup` and `restore`: all that is in the database in one file, and back, with who was erased since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlmodel import Session

from mentorship import migrations
from mentorship.base import audit
from mentorship.base.clock import utc_now
from mentorship.base.config import SHORTEST_KEY, Settings
from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.cli.opening import opened_database, read_settings
from mentorship.cli.privacy import tell
from mentorship.operations.backup import container, kept_ledger, making, restoring, unfinished
from mentorship.operations.backup.container import Head
from mentorship.operations.backup.kept_ledger import Ledger
from mentorship.people.sessions import actions as sessions
from mentorship.privacy.requests.again import Again, reapply
from mentorship.worker import purges

NEWER = N_("%(file)s is of a later version (%(revision)s): put it back with the version that made it.")
NO_LEDGER = N_(
    "No ledger of who was erased since is beside %(file)s or in MENTORSHIP_BACKUP_FOLDER: name it with --ledger, or say"
    " --without-ledger if nobody was."
)
SHORT_KEY = N_("MENTORSHIP_BACKUP_KEY must be at least %(least)s characters: make one with `openssl rand -hex 32`.")
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=NEW_FILE)
@click.option("--overwrite", is_flag=True, help="Put it in the place of a file that is there.")
def backup(file: Path, overwrite: bool) -> None:
    """Write all that is in the database into a file, while the service runs, and look into it afterwards.

    It is sealed when MENTORSHIP_BACKUP_KEY is set. What could not be written whole is not there at all.

    \b
    Examples:
      mentorship backup /var/backups/leermaat/before-upgrade.backup
      MENTORSHIP_BACKUP_FOLDER=/var/backups/leermaat    lets the worker make one each night
    """
    settings = read_settings()
    with opened_database(settings) as engine:
        made = making.make(
            engine,
            file,
            _key(settings),
            utc_now(),
            overwrite=overwrite,
        )
        told = ngettext(
            "%(num)s row of %(tables)s tables in %(file)s (%(size)s MB), looked into.",
            "%(num)s rows of %(tables)s tables in %(file)s (%(size)s MB), looked into.",
            made.contents.rows,
            tables=len(made.contents.tables),
            file=made.path,
            size=f"{made.size / 2**20:.1f}",
        )
        click.echo(told)
        if not made.sealed:
            told = gettext("It is not sealed: who reads it reads all. MENTORSHIP_BACKUP_KEY seals the next one.")
            click.echo(told, err=True)


def _key(settings: Settings) -> str:
    """Return the key that new backups are sealed with; one that could be guessed is refused."""
    key = settings.backup_key.get_secret_value()
    if 0 < len(key) < SHORTEST_KEY:
        raise Refused(SHORT_KEY, least=SHORTEST_KEY)
    return key


@click.command()
@click.argument("file", type=A_FILE)
@click.option("--overwrite", is_flag=True, help="Put it in the place of what is in the database.")
@click.option("--ledger", type=A_FILE, help="Who was erased since; left out: the one beside the file.")
@click.option("--without-ledger", is_flag=True, help="Nobody was erased since, or nobody knows.")
@click.option("--unsealed", is_flag=True, help="The file was made without a key, though one is set now.")
def restore(file: Path, overwrite: bool, ledger: Path | None, without_ledger: bool, unsealed: bool) -> None:
    """Put a backup back: an older one is brought to this version, and who was erased since is erased again.

    Stop serve and worker first. The file is read to its end before anything is touched.

    \b
    Examples:
      mentorship restore /var/backups/leermaat/leermaat-2026-11-30-020000.backup
      mentorship restore --overwrite --ledger leermaat-ledger.ndjson old.backup
    """
    settings = read_settings()
    with opened_database(settings) as engine:
        source = _Source(file, "" if unsealed else settings.backup_key.get_secret_value())
        head = source.looked_into(engine, overwrite=overwrite)
        folders = _folders(file, settings)
        apart = _known_apart(file, folders, ledger, without=without_ledger)
        with restoring.standing_still(engine):
            there = restoring.ledger_there(engine)
            known = _joined(apart, there)
            if engine.dialect.name == "postgresql" and (there.erased or there.leaving):  # it goes before they do again
                kept_ledger.hold(folders[-1] / kept_ledger.OF_BEFORE, known)
            with restoring.put_back(file, source.secret, engine) as restored:
                again = _bring_up(restored, head, known, settings)
        for folder in folders:
            (folder / kept_ledger.OF_BEFORE).unlink(missing_ok=True)
        click.echo(gettext("The database is as it was at %(moment)s UTC.", moment=head.made_at[:19].replace("T", " ")))
        tell(again)


@dataclass(frozen=True)
class _Source:
    """The file that is put back, and the key it may be sealed with."""

    file: Path
    secret: str

    def looked_into(self, engine: Engine, *, overwrite: bool) -> Head:
        """Return what it says of itself; refuse what cannot go into this database, and what is not as it was."""
        with self.file.open("rb") as opened:
            head = container.Reader(self.file, opened, self.secret).head
        restoring.check_target(
            self.file,
            head,
            engine,
            overwrite=overwrite,
        )
        if not migrations.knows(head.revision):
            raise Refused(NEWER, file=self.file.name, revision=head.revision)
        making.verify(self.file, self.secret, engine)
        return head


def _folders(file: Path, settings: Settings) -> list[Path]:
    """Return where ledgers may be kept."""
    folders = [file.absolute().parent]
    if settings.backup_folder:
        folders.append(Path(settings.backup_folder))
    return folders


def _known_apart(file: Path, folders: list[Path], given: Path | None, *, without: bool) -> Ledger:
    """Return the ledger that was named, or else the newest one beside a backup; and of a restore that did not end."""
    found = [kept_ledger.read(given)] if given else _kept_in(folders, kept_ledger.NAME)
    of_before = _kept_in(folders, kept_ledger.OF_BEFORE)
    if not (found or of_before or without):
        raise Refused(NO_LEDGER, file=file.name)
    known = max(found, key=_kept_at, default=Ledger())
    for ledger in of_before:
        known = _joined(known, ledger)
    return known


def _kept_in(folders: list[Path], name: str) -> list[Ledger]:
    found = []
    for folder in folders:
        path = folder / name
        if path.is_file():
            found.append(kept_ledger.read(path))
    return found


def _kept_at(ledger: Ledger) -> float:
    return ledger.kept_at.timestamp() if ledger.kept_at else 0


def _joined(apart: Ledger, there: Ledger) -> Ledger:
    """Return all that either knows; of the last days, what the database of before said counts."""
    newer = max(apart, there, key=_kept_at)
    return Ledger(
        erased={**apart.erased, **there.erased},
        leaving={**apart.leaving, **there.leaving},
        kept_at=newer.kept_at,
    )


def _bring_up(engine: Engine, head: Head, known: Ledger, settings: Settings) -> Again:
    """Bring a database that was put back to this version; erase, let leave and delete what is over its time.

    Who signed out since, or used a code, would be signed in again, or the code would open again: all are ended.
    """
    migrations.upgrade(engine)
    now = utc_now()
    with open_session(engine) as session:
        again = reapply(session, known.erased, now, known.leaving)
        kept_ledger.note_kept(session, known.kept_at)
        sessions.end_all(session, now)
        _record(session, head, now)
        unfinished.end(session)
        session.commit()
    failed = purges.carry_out(engine, now, settings)
    if failed is not None:
        raise failed
    return again


def _record(session: Session, head: Head, now: datetime) -> None:
    audit.record(
        session,
        now,
        None,
        "put backup back",
        "database",
        None,
        made_at=head.made_at,
    )
