"""`mentorship privacy`: the ledger of who was erased, kept beside the backups and applied after one is put back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.base.i18n import ngettext
from mentorship.cli.opening import Told, read_settings, ready, speaking
from mentorship.operations.backup import kept_ledger
from mentorship.operations.backup.kept_ledger import Ledger
from mentorship.privacy.requests import queries
from mentorship.privacy.requests.again import Again
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
    """Write the ledger of who was erased and who leaves: lines of JSON with digests of numbers, and names of nobody."""
    with ready(read_settings()) as engine, open_session(engine, read_only=True) as session:
        for line in kept_ledger.of(session, utc_now()).lines():
            click.echo(line)


@privacy.command("reapply")
@click.option("--yes", is_flag=True, help="Erase them; without it, only tell how many there are.")
@click.option("--ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A ledger kept apart.")
def reapply(ledger: Path | None, yes: bool) -> None:
    """Erase again whoever was erased and is here all the same, by the ledger here and one that was kept apart."""
    with speaking():
        kept = kept_ledger.read(ledger) if ledger else Ledger()
    with ready(read_settings()) as engine, open_session(engine) as session:
        if not yes:
            here = queries.erased_here(session, kept.erased)
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
            kept.erased,
            utc_now(),
            kept.leaving,
        )
        kept_ledger.note_kept(session, kept.kept_at)
        session.commit()
        tell(again)


def tell(again: Again) -> None:
    """Tell who was erased and who leaves again, and end as what failed where somebody could not be."""
    told = ngettext(
        "%(num)s person erased again.",
        "%(num)s people erased again.",
        again.erased,
    )
    click.echo(told)
    if again.leaving:
        told = ngettext(
            "%(num)s person leaves again on the day that was said.",
            "%(num)s people leave again on the days that were said.",
            again.leaving,
        )
        click.echo(told)
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
