"""Commands that keep the service running: serve, worker, migrate, and the demo."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from alembic.util import CommandError

from mentorship import migrations, serving, worker
from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from mentorship.base.i18n import N_, use_locale
from mentorship.cli.opening import language, opened_database, read_settings, ready
from mentorship.demo import build as demo_build
from mentorship.demo import organisation
from mentorship.file_round.terminal import bars

NEWER = "The database is at {found}, which this version does not know. Use the version that brought it there."


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the application; on the embedded database the worker rides along."""
    settings = read_settings()
    with ready(settings, safe=True):
        click.echo(f"Leermaat serves on http://{host}:{port}", err=True)
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
    with ready(settings, safe=bool(settings.smtp_host)) as engine:  # links in mail are signed with the secret key
        if status:
            stands = worker.status(engine, utc_now())
            click.echo(json.dumps(stands.to_json(), indent=2) if as_json else stands.to_text())
            sys.exit(int(stands.late))
        elif retry:
            click.echo(f"{worker.retry(engine, utc_now())} mails will be tried again.")
        elif once:
            worker.once(engine, settings=settings)
        else:
            click.echo("The worker runs; stop it with ctrl-c.", err=True)
            worker.run(engine, settings)


@click.command()
def migrate() -> None:
    """Bring the schema of the database to this version."""
    with opened_database(read_settings()) as engine:
        before, wanted = migrations.state(engine)
        try:
            migrations.upgrade(engine)
        except CommandError:
            raise click.ClickException(NEWER.format(found=before)) from None
        changed = f"The database went from {before or 'nothing'} to {wanted}."
        click.echo(changed if before != wanted else "Nothing to do.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@click.option("--fresh", is_flag=True, help="Start over, even when the demo was used before.")
@click.option("--build-only", is_flag=True, help="Make the database and stop.")
@click.option("--people", type=click.IntRange(organisation.FEWEST, organisation.MOST), help="Invent so many people.")
@click.option("--months", type=click.IntRange(1, 24), help="Let so many months pass.")
@click.option("--seed", type=click.IntRange(0), help="Another seed number is another story.")
def demo(
    host: str, port: int, fresh: bool, build_only: bool, people: int | None, months: int | None, seed: int | None
) -> None:
    """Serve a lifelike organisation from the bundled HR export, in instance/demo.db; nothing of it is secure.

    With --people, --months or --seed another organisation is invented (300 people, 6 months, seed 1 unless you say
    otherwise), and that time is lived through first, which takes minutes. It stays until you start over.

    \b
    Examples:
      mentorship demo
      mentorship demo --people 300 --months 6 --seed 1
    """
    settings = demo_build.settings().model_copy(update={"public_url": f"http://{host}:{port}"})
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    invented = None
    if (people, months, seed) != (None, None, None):
        invented = demo_build.Invented(people or 300, months or 6, 1 if seed is None else seed)
    engine = make_engine(settings.database_url)
    if fresh or invented or not demo_build.usable(engine):
        engine.dispose()
        click.echo("Building the demo organisation...", err=True)
        with bars({"live": N_("Time passes")}) as told:
            done = demo_build.make(path, utc_now(), invented, lambda share: told("live", share))
        click.echo(done, err=True)
        engine = make_engine(settings.database_url)
    with use_locale(language()), open_session(engine, read_only=True) as session:
        shown = demo_build.who(session, utc_now())
    engine.dispose()
    click.echo(f"\nLeermaat: http://{host}:{port}\n\nSign in with password  {demo_build.PASSWORD}")
    for name, number, title in shown:
        click.echo(f"  {title:<12} {number:<8} {name}")
    sys.stdout.flush()
    if not build_only:
        serving.serve(settings, host, port)
