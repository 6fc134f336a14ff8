"""The `mentorship` command: results on stdout, talk on stderr, exit code 0 done, 1 refused, 2 used wrongly."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic.util import CommandError
from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, OperationalError

from mentorship import migrations, serving, worker
from mentorship.base.clock import utc_now
from mentorship.base.config import Settings
from mentorship.base.db import make_engine, open_session
from mentorship.base.errors import Refused
from mentorship.base.i18n import use_locale
from mentorship.demo import build as demo_build
from mentorship.file_round import outcome as file_round
from mentorship.file_round import report as file_report
from mentorship.file_round.terminal import Number, bars
from mentorship.hr_import.actions import import_directory
from mentorship.people import actions as people
from mentorship.people import queries as people_queries
from mentorship.people.access import Actor
from mentorship.people.models import ROLES
from mentorship.people.rules import spaced
from mentorship.programme.models import Programme
from mentorship.rounds.gather import Terms

PROGRAMME = Programme()
"""The settings that a programme starts with."""
SERVICE = Actor(0, frozenset({"admin"}))
NOT_READY = "The database is at {found}, this version needs {wanted}. Make a backup, then run: mentorship migrate"
AWAY = "The database does not answer; is it running, and is MENTORSHIP_DATABASE_URL right?"
NEWER = "The database is at {found}, which this version does not know. Use the version that brought it there."


def _language() -> str:
    return "en" if os.environ.get("LANG", "nl").lower().startswith("en") else "nl"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentorship")
def main() -> None:
    """Leermaat: pairs juniors with the senior who fits, within what that senior can carry.

    \b
    Settings come from the environment (MENTORSHIP_DATABASE_URL, MENTORSHIP_SECRET_KEY, ...)
    or from instance/settings.env.

    \b
    Examples:
      mentorship demo                    a lifelike organisation on 127.0.0.1:5000
      mentorship migrate                 bring the database to this version
      mentorship import export/          take in an HR export
      mentorship match export/           the best pairs of an export, without a database
      mentorship person role 10042 coordinator
      mentorship serve --port 8000
    """


def _settings() -> Settings:
    """Read the settings; one that cannot be read is named, without its value."""
    try:
        return Settings()
    except ValidationError as failure:
        wrong = [f"MENTORSHIP_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in failure.errors()]
    except SettingsError as failure:
        wrong = [f'{failure}; a list is written as ["one", "two"]']
    raise click.ClickException("these settings cannot be read:\n" + "\n".join(wrong))


@contextmanager
def _speaking() -> Iterator[None]:
    """Speak the language of the terminal; a refusal ends with exit code 1."""
    with use_locale(_language()):
        try:
            yield
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from None


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    """Open the database; a refusal, or a database that does not answer, ends with exit code 1."""
    try:
        engine = make_engine(settings.database_url)
    except (ArgumentError, ImportError) as wrong:
        raise click.ClickException(f"MENTORSHIP_DATABASE_URL names no database that can be used: {wrong}") from None
    try:
        with _speaking():
            yield engine
    except OperationalError as away:
        raise click.ClickException(f"{AWAY}\n{str(away.orig).strip()}") from None
    finally:
        engine.dispose()


@contextmanager
def _ready(settings: Settings, *, safe: bool = False) -> Iterator[Engine]:
    """Open the database, refusing one of another version, and settings that are not as safe as asked."""
    if safe and (wrong := settings.refusals()):
        raise click.ClickException("these settings may not serve:\n" + "\n".join(wrong))
    with _database(settings) as engine:
        found, wanted = migrations.state(engine)
        if found != wanted:
            raise click.ClickException(NOT_READY.format(found=found or "nothing", wanted=wanted))
        yield engine


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the application; on the embedded database the worker rides along."""
    settings = _settings()
    with _ready(settings, safe=True):
        click.echo(f"Leermaat serves on http://{host}:{port}", err=True)
    serving.serve(settings, host, port)


@main.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
@click.option("--status", is_flag=True, help="Tell how the mail stands; exit code 1 when it lags over 15 minutes.")
def work(once: bool, status: bool) -> None:
    """Do the timed work: solve rounds, send mail, delete what is past its retention. One leads, others stand by."""
    settings = _settings()
    with _ready(settings, safe=bool(settings.smtp_host)) as engine:  # links in mail are signed with the secret key
        if status:
            told, late = worker.status(engine, utc_now())
            click.echo(told)
            sys.exit(int(late))
        elif once:
            worker.once(engine, settings=settings)
        else:
            click.echo("The worker runs; stop it with ctrl-c.", err=True)
            worker.run(engine, settings)


@main.command()
def migrate() -> None:
    """Bring the schema of the database to this version."""
    with _database(_settings()) as engine:
        before, wanted = migrations.state(engine)
        try:
            migrations.upgrade(engine)
        except CommandError:
            raise click.ClickException(NEWER.format(found=before)) from None
        changed = f"The database went from {before or 'nothing'} to {wanted}."
        click.echo(changed if before != wanted else "Nothing to do.")


@main.command("import")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--with-outflow", is_flag=True, help='Also take "Verwachte uitstroom"; the choice is logged.')
def import_(directory: Path, dry_run: bool, as_json: bool, with_outflow: bool) -> None:
    """Take in an HR export: everything sound at once, or nothing.

    \b
    Examples:
      mentorship import export/ --dry-run
      mentorship import export/ --json > report.json
    """
    with _ready(_settings()) as engine, open_session(engine) as session:
        report = import_directory(session, directory, None, utc_now(), take_outflow=with_outflow)
        if dry_run:
            session.rollback()
        else:
            session.commit()
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2) if as_json else report.to_text())
        if dry_run:
            click.echo("A dry run: nothing was written.", err=True)


@main.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as one JSON document.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page for the coordinator: it names people.",
)
@click.option("--seed", default=0, show_default=True, help="Decides between equally good outcomes.")
@click.option("--floor", type=Number(0, 1), default=PROGRAMME.floor, show_default=True, help="No pair scores less.")
@click.option(
    "--spread",
    type=Number(0, 1),
    default=PROGRAMME.spread,
    show_default=True,
    help="What a mentor's second junior costs; the third costs twice that, and so on.",
)
@click.option(
    "--unmatched-cost",
    type=Number(0, 1000),
    help="What a request without a mentor costs; without this, as many as possible get one.",
)
@click.option("--with-outflow", is_flag=True, help='Also use "Verwachte uitstroom", for how urgent a domain is.')
def match(
    directory: Path, as_json: bool, report: Path | None, seed: int, floor: float, spread: float,
    unmatched_cost: float | None, with_outflow: bool,
) -> None:  # fmt: skip
    """Find the best pairs straight from the files of an HR export; no database is read or written.

    \b
    Examples:
      mentorship match export/
      mentorship match export/ --report round.html
      mentorship match export/ --json --floor 0.4 > round.json
      mentorship match export/ --unmatched-cost 0.5 --seed 7
    """
    terms = Terms(PROGRAMME.weights, floor, spread, unmatched_cost)
    with _speaking():
        if report:
            file_report.check_place(report)
        with bars(file_round.STAGES) as told:
            found = file_round.run(directory, terms, seed, told, take_outflow=with_outflow)
        if report:
            file_report.write(report, file_report.to_html(found))
        click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else file_report.to_text(found))
        for line in file_report.talk(found, report):
            click.echo(line, err=True)


@main.group()
def person() -> None:
    """Roles and activation codes, for the first coordinator and admin."""


@person.command()
@click.argument("number")
@click.argument("roles", nargs=-1, required=True, type=click.Choice(ROLES))
@click.option("--take", is_flag=True, help="Take these roles away instead of giving them.")
def role(number: str, roles: tuple[str, ...], take: bool) -> None:
    """Give (or take) roles to the person with this personnel number or e-mail address."""
    with _ready(_settings()) as engine, open_session(engine) as session:
        found = people_queries.person_by_login(session, number)
        if found is None or found.id is None:
            raise click.ClickException(f"nobody has the number or address {number}")
        before = people_queries.roles_of(session, found.id)
        after = before - set(roles) if take else before | set(roles)
        people.set_roles(session, SERVICE, found.id, after, utc_now())
        session.commit()
        click.echo(f"{found.name}: {', '.join(sorted(after)) or 'no role'}")


@person.command()
@click.argument("numbers", nargs=-1, required=True)
def code(numbers: tuple[str, ...]) -> None:
    """Print an activation code for each of these people; an earlier code stops working."""
    with _ready(_settings()) as engine, open_session(engine) as session:
        found = {n: people_queries.person_by_login(session, n) for n in numbers}
        if missing := [n for n, p in found.items() if p is None]:
            raise click.ClickException(f"nobody has the number or address {', '.join(missing)}")
        known = [p for p in found.values() if p is not None]
        codes = people.issue_codes(session, SERVICE, [p.id or 0 for p in known], utc_now())
        session.commit()
        for p in known:
            click.echo(f"{p.number}\t{p.name}\t{spaced(codes[p.id or 0])}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@click.option("--fresh", is_flag=True, help="Start over, even when the demo was used before.")
@click.option("--build-only", is_flag=True, help="Make the database and stop.")
def demo(host: str, port: int, fresh: bool, build_only: bool) -> None:
    """Serve a lifelike organisation from the bundled HR export, in instance/demo.db; nothing of it is secure."""
    settings = demo_build.settings().model_copy(update={"public_url": f"http://{host}:{port}", "smtp_host": ""})
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    engine = make_engine(settings.database_url)
    if fresh or not demo_build.usable(engine):
        engine.dispose()
        for leftover in path.parent.glob(f"{path.name}*"):  # a journal of a killed process goes with it
            leftover.unlink()
        engine = make_engine(settings.database_url)
        click.echo("Building the demo organisation...", err=True)
        demo_build.build(engine, utc_now())
    with use_locale(_language()), open_session(engine, read_only=True) as session:
        shown = demo_build.who(session, utc_now())
    engine.dispose()
    click.echo(f"\nLeermaat: http://{host}:{port}\n\nSign in with password  {demo_build.PASSWORD}")
    for name, number, title in shown:
        click.echo(f"  {title:<12} {number:<8} {name}")
    sys.stdout.flush()
    if not build_only:
        serving.serve(settings, host, port)


if __name__ == "__main__":
    main()
