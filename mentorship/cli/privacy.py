"""`mentorship privacy`: the ledger of who was erased, kept beside the backups and applied after one is put back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.base.i18n import gettext, ngettext
from mentorship.cli.opening import Told, read_settings, ready
from mentorship.privacy.requests import queries
from mentorship.privacy.requests.again import reapply as erase_again


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
    with ready(read_settings()) as engine, open_session(engine, read_only=True) as session:
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
    known = dict(_read(ledger)) if ledger else {}
    with ready(read_settings()) as engine, open_session(engine) as session:
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
        again = erase_again(
            session,
            known,
            utc_now(),
        )
        session.commit()
        click.echo(
            ngettext(
                "%(num)s person erased again.",
                "%(num)s people erased again.",
                again.erased,
            )
        )
        _refuse_failed(again.failed)


def _refuse_failed(failed: Mapping[str, Exception]) -> None:
    """Name who could not be erased, and end as what failed."""
    if not failed:
        return
    for number, failure in failed.items():
        why = str(failure) or type(failure).__name__
        click.echo(f"{number}: {why}", err=True)
    told = ngettext(
        "%(num)s person could not be erased and is still here.",
        "%(num)s people could not be erased and are still here.",
        len(failed),
    )
    raise Told(told)


def _read(path: Path) -> Iterator[tuple[str, datetime]]:
    """Yield the digests of a ledger, and when each was noted; a line that is none is refused."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            at = datetime.fromisoformat(entry["at"])
            yield str(entry["number"]), at.astimezone(UTC)
        except (ValueError, KeyError, TypeError):
            told = gettext("line %(number)s of the ledger cannot be read", number=number)
            raise Told(told) from None
