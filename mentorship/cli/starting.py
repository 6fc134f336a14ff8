"""Starting where nothing is yet: settings for this machine, the tables, and the address of who comes in first."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from sqlalchemy import Engine

from mentorship import migrations
from mentorship.base import files
from mentorship.base.clock import utc_now
from mentorship.base.config import SETTINGS_FILE, Settings, is_this_machine
from mentorship.base.db import open_session
from mentorship.base.i18n import N_, gettext, use_locale
from mentorship.cli.opening import language, opened_database, read_settings
from mentorship.home.first import actions
from mentorship.people.account.rules import spaced

KEPT_IN = Path(SETTINGS_FILE)
FOR_THIS_MACHINE = """\
# made by `mentorship serve`, for this machine alone; who reads this file can sign in as anybody
MENTORSHIP_SECRET_KEY={key}
MENTORSHIP_TRUSTED_HOSTS=["127.0.0.1", "localhost"]
"""
BARE = """\
--host {host} can be reached from other machines: without https, and by whoever sends slowly on purpose.
Let a proxy stand in front of it, as OPERATIONS.md shows, and set MENTORSHIP_PROXIES=1 to say so.
Or serve this machine alone, on 127.0.0.1."""
FOR_TRYING = "MENTORSHIP_MODE={mode} refuses nothing that is unsafe: leave it out, or serve this machine alone."
OPEN_THIS = N_(
    "Nobody is here yet. Open this address to begin, as coordinator and admin. It works once, within a "
    "day; without script, type the code."
)


def settings_for(host: str, found: Settings) -> Settings:
    """Return the settings; where none were ever made, and we serve this machine alone, make and keep some."""
    if found.model_fields_set or KEPT_IN.exists() or not is_this_machine(host):
        return found
    files.make_folder(KEPT_IN.parent)
    key = secrets.token_hex(32)
    made = FOR_THIS_MACHINE.format(key=key)
    files.write(KEPT_IN, made)
    click.echo(f"Made {KEPT_IN}, with settings for this machine alone.", err=True)
    return read_settings()


def check_host(host: str, settings: Settings) -> None:
    """Refuse to be reached from other machines unless the settings say that a proxy stands in front."""
    here = is_this_machine(host)
    if settings.mode != "production" and (settings.proxies or not here):
        told = FOR_TRYING.format(mode=settings.mode)
        raise click.ClickException(told)
    if not settings.proxies and not here:
        told = BARE.format(host=host)
        raise click.ClickException(told)


def make_tables(settings: Settings) -> None:
    """Make the tables of an empty database; one that has any is left as it is."""
    if settings.refusals():
        return
    with opened_database(settings) as engine:
        found, _ = migrations.state(engine)
        if found is None:
            migrations.upgrade(engine)
            click.echo("The database was empty: made the tables.", err=True)


def first_code(engine: Engine) -> str | None:
    """Return a code that lets the first person in; None when somebody is here."""
    with open_session(engine) as session:
        code = actions.make_code(session, utc_now())
        session.commit()
    return code


def first_address(settings: Settings, host: str, port: int, code: str) -> str:
    """Say at which address the first person comes in; the code stands behind its `#`, and so in no log of a server."""
    public = f"http://{host}:{port}"
    if "public_url" in settings.model_fields_set:
        public = settings.public_url.rstrip("/")
    shown = spaced(code)
    spoken = language()
    with use_locale(spoken):
        told = gettext(OPEN_THIS)
    return f"{told}\n\n    {public}/first#code={shown}\n    code: {shown}\n"
