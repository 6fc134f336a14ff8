"""Commands that keep the service running: serve, worker, migrate."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import click
from alembic.util import CommandError
from sqlalchemy import Engine

from mentorship import migrations, serving, worker
from mentorship.base import logs
from mentorship.base.config import Settings
from mentorship.base.shared_clock import SharedClock
from mentorship.cli import starting
from mentorship.cli.opening import opened_database, read_settings, ready

NEWER = "The database is at {found}, which this version does not know. Use the version that brought it there."


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the application; on the embedded database the worker rides along.

    On an empty database it makes the tables, and tells an address by which the first person comes in: once, within a
    day, and only while nobody is there. In a folder without settings it makes some for this machine alone. Another
    host than this machine's own wants MENTORSHIP_PROXIES: how many proxies stand in front (OPERATIONS.md).
    """
    settings = starting.settings_for(host, read_settings())
    _log(settings)
    starting.check_host(host, settings)
    starting.make_tables(settings)
    with ready(settings, safe=True) as engine:
        code = starting.first_code(engine)
        click.echo(f"Leermaat serves on http://{host}:{port}", err=True)
    if code:
        click.echo(starting.first_address(settings, host, port, code))
    serving.serve(settings, host, port)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
@click.option("--status", is_flag=True, help="Tell how the timed work stands; exit code 1 when it is late.")
@click.option("--json", "as_json", is_flag=True, help="With --status: print it as JSON.")
@click.option("--retry", is_flag=True, help="Let mails that failed be tried again.")
def work(once: bool, status: bool, as_json: bool, retry: bool) -> None:
    """Do the timed work: solve rounds, ask how it goes, send mail, delete what is past its retention.

    One worker leads, others stand by. Late is a mail that waits over 15 minutes, or a job that does not pass.

    \b
    Examples:
      mentorship worker
      mentorship worker --status --json
      mentorship worker --retry && mentorship worker --once
    """
    settings = read_settings()
    _log(settings)
    with ready(settings, safe=bool(settings.smtp_host)) as engine:  # links in mail are signed with the secret key
        if status:
            _tell_status(engine, settings, as_json=as_json)
        elif retry:
            number = worker.retry(engine, SharedClock(engine).now())
            click.echo(f"{number} mails will be tried again.")
        elif once:
            worker.once(engine, settings=settings)
        else:
            click.echo("The worker runs; stop it with ctrl-c.", err=True)
            worker.run(engine, settings)


def _tell_status(engine: Engine, settings: Settings, *, as_json: bool) -> NoReturn:
    stands = worker.status(engine, SharedClock(engine).now(), settings)
    if as_json:
        told = json.dumps(stands.to_json(), indent=2)
    else:
        told = stands.to_text()
    click.echo(told)
    sys.exit(int(stands.late))


def _log(settings: Settings) -> None:
    """Write lines of JSON where something else than a person reads them."""
    watched = sys.stderr.isatty()
    logs.configure(
        readable=watched or settings.mode != "production",
        syslog=settings.security_syslog,
    )


@click.command()
def migrate() -> None:
    """Bring the schema of the database to this version."""
    with opened_database(read_settings()) as engine:
        before, wanted = migrations.state(engine)
        try:
            migrations.upgrade(engine)
        except CommandError:
            told = NEWER.format(found=before)
            raise click.ClickException(told) from None
        if before == wanted:
            click.echo("Nothing to do.")
        else:
            click.echo(f"The database went from {before or 'nothing'} to {wanted}.")
