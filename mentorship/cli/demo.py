"""The demo: a lifelike organisation in a database of its own, served at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mentorship import serving
from mentorship.base import logs
from mentorship.base.clock import utc_now
from mentorship.base.config import Settings
from mentorship.base.db import make_engine, open_session
from mentorship.base.i18n import N_, use_locale
from mentorship.cli.opening import language
from mentorship.demo import build, organisation, visiting
from mentorship.file_round.terminal import bars


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@click.option("--fresh", is_flag=True, help="Start over, even when the demo was used before.")
@click.option("--build-only", is_flag=True, help="Make the database and stop.")
@click.option("--people", type=click.IntRange(organisation.FEWEST, organisation.MOST), help="Invent so many people.")
@click.option("--months", type=click.IntRange(1, 24), help="Let so many months pass.")
@click.option("--seed", type=click.IntRange(0), help="Another seed number is another story.")
def demo(
    host: str,
    port: int,
    fresh: bool,
    build_only: bool,
    people: int | None,
    months: int | None,
    seed: int | None,
) -> None:
    """Serve a lifelike organisation from the bundled HR export, in instance/demo.db; nothing of it is secure.

    With --people, --months or --seed another organisation is invented (300 people, 6 months, seed 1 unless you say
    otherwise), and that time is lived through first, which takes minutes. It stays until you start over.

    \b
    Examples:
      mentorship demo
      mentorship demo --people 300 --months 6 --seed 1
    """
    address = {"public_url": f"http://{host}:{port}"}
    settings = build.settings().model_copy(update=address)
    invented = _invented(people, months, seed)
    if fresh or invented or not _usable(settings):
        _build(settings, invented)
    _introduce(settings)
    if not build_only:
        serving.serve(settings, host, port)


def _invented(people: int | None, months: int | None, seed: int | None) -> build.Invented | None:
    """Return what is to be invented; None when nothing of it was asked for."""
    if people is None and months is None and seed is None:
        return None
    if seed is None:
        seed = 1
    return build.Invented(people or 300, months or 6, seed)


def _usable(settings: Settings) -> bool:
    engine = make_engine(settings.database_url)
    usable = build.usable(engine)
    engine.dispose()
    return usable


def _build(settings: Settings, invented: build.Invented | None) -> None:
    file = settings.database_url.removeprefix("sqlite:///")
    click.echo("Building the demo organisation...", err=True)
    # the mail of the months that pass goes to nobody
    with use_locale("en"), logs.warnings_only(), bars({"live": N_("Time passes")}) as told:
        done = build.make(
            Path(file),
            utc_now(),
            invented,
            lambda share: told("live", share),
        )
    click.echo(done, err=True)


def _introduce(settings: Settings) -> None:
    """Tell who can sign in, and how."""
    engine = make_engine(settings.database_url)
    spoken = language()
    with use_locale(spoken), open_session(engine, read_only=True) as session:
        shown = visiting.who(session, utc_now())
    engine.dispose()
    click.echo()
    click.echo(f"Leermaat: {settings.public_url}")
    click.echo()
    click.echo(f"Sign in with password  {build.PASSWORD}")
    for name, number, title in shown:
        click.echo(f"  {title:<12} {number:<8} {name}")
    sys.stdout.flush()
