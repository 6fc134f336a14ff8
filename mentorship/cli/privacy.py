"""`mentorship privacy`: the ledger of who was erased, kept beside the backups and applied after one is put back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.base.i18n import gettext, ngettext
from mentorship.cli.opening import opened_database, read_settings
from mentorship.privacy.requests import actions, queries


@click.group()
def privacy() -> None:
    """Erasures: keep the ledger beside the backups, and erase again after one is put back.

    \b
    Examples:
      mentorship privacy ledger > ledger.ndjson        before each backup, kept apart from it
      mentorship privacy reapply --yes --ledger ledger.ndjson    after a backup was put back
    """


@privacy.command("ledger")
def ledger() -> None:
    """Write the ledger, a line of JSON each: a digest of a number, and when. Nobody is named in it."""
    with opened_database(read_settings()) as engine, open_session(engine, read_only=True) as session:
        for entry in queries.ledger(session):
            told = {
                "number": entry.number_seal,
                "at": entry.erased_at.isoformat(),
            }
            click.echo(json.dumps(told))


@privacy.command("reapply")
@click.option("--yes", is_flag=True, help="Erase them; without it, only tell how many there are.")
@click.option("--ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A ledger kept apart.")
def reapply(ledger: Path | None, yes: bool) -> None:
    """Erase again whoever was erased and is here all the same, by the ledger here and one that was kept apart."""
    known = list(_read(ledger)) if ledger else []
    with opened_database(read_settings()) as engine, open_session(engine) as session:
        if not yes:
            here = queries.erased_here(session, known)
            click.echo(
                ngettext(
                    "%(num)s person who was erased is here; --yes erases them again.",
                    "%(num)s people who were erased are here; --yes erases them again.",
                    len(here),
                )
            )
            return
        number = actions.reapply(
            session,
            known,
            utc_now(),
        )
        session.commit()
        click.echo(
            ngettext(
                "%(num)s person erased again.",
                "%(num)s people erased again.",
                number,
            )
        )


def _read(path: Path) -> Iterator[str]:
    """Yield the digests of a ledger; a line that is none is refused."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield str(json.loads(line)["number"])
        except (ValueError, KeyError, TypeError):
            told = gettext("line %(number)s of the ledger cannot be read", number=number)
            raise click.ClickException(told) from None
