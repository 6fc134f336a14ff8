"""What a command needs first: settings, a database of this version, the language of the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, OperationalError

from mentorship import migrations
from mentorship.base import secret_codes, security
from mentorship.base.config import Settings
from mentorship.base.db import make_engine
from mentorship.base.durability import careless
from mentorship.base.errors import Refused
from mentorship.base.files import open_to_others
from mentorship.base.i18n import gettext, use_locale
from mentorship.operations.backup import unfinished
from mentorship.people.access import Actor

SERVICE = Actor(0, frozenset({"admin"}))
NOT_READY = "The database is at {found}, this version needs {wanted}. Make a backup, then run: mentorship migrate"
NOT_PUT_BACK = (
    "A backup was being put back and that did not end, so who was erased since is in it."
    " Run again: mentorship restore --overwrite FILE"
)
CARELESS = (
    "The database server runs with {off} off: what people were told is kept can be lost when its power goes."
    " Put it on (OPERATIONS.md, PostgreSQL)."
)
AWAY = "The database does not answer; is it running, and is MENTORSHIP_DATABASE_URL right?"


def language() -> str:
    """Return the language of the terminal."""
    spoken = os.environ.get("LANG", "nl").lower()
    return "en" if spoken.startswith("en") else "nl"


def read_settings() -> Settings:
    """Read the settings; one that cannot be read is named, without its value."""
    try:
        found = Settings()
        if found.mode == "test":
            raise click.ClickException("MENTORSHIP_MODE=test is for the tests of Leermaat alone: leave it out")
        return found
    except ValidationError as failure:
        wrong = []
        for error in failure.errors():
            name = _variable(error["loc"])
            wrong.append(f"{name}: {error['msg']}")
    except SettingsError as failure:
        wrong = [f'{failure}; a list is written as ["one", "two"]']
    listed = "\n".join(wrong)
    raise click.ClickException(f"these settings cannot be read:\n{listed}")


def _variable(place: Iterable[object]) -> str:
    name = "_".join(map(str, place))
    return f"MENTORSHIP_{name.upper()}"


class Told(click.ClickException):
    """A refusal in the language of the terminal, from its first word."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Tell it on stderr."""
        with use_locale(language()):
            click.echo(f"{gettext('Error:')} {self.message}", file=file, err=True)


@contextmanager
def speaking() -> Iterator[None]:
    """Speak the language of the terminal; a refusal ends with exit code 1."""
    with use_locale(language()):
        try:
            yield
        except Refused as refusal:
            raise Told(str(refusal)) from None


@contextmanager
def opened_database(settings: Settings) -> Iterator[Engine]:
    """Open the database; a refusal, or a database that does not answer, ends with exit code 1."""
    secret_codes.seal_by(settings.secret_keys)
    try:
        engine = make_engine(settings.database_url)
    except (ArgumentError, ImportError) as wrong:
        told = f"MENTORSHIP_DATABASE_URL names no database that can be used: {wrong}"
        raise click.ClickException(told) from None
    try:
        with speaking():
            yield engine
    except OperationalError as away:
        reason = str(away.orig).strip()
        raise click.ClickException(f"{AWAY}\n{reason}") from None
    finally:
        engine.dispose()


def _unsafe(settings: Settings) -> list[str]:
    """List what is wrong with the settings, and with the files they are kept in."""
    found = settings.refusals()
    if settings.mode == "production":
        found += open_to_others(settings.own_files)
    return found


@contextmanager
def ready(settings: Settings, *, safe: bool = False) -> Iterator[Engine]:
    """Open the database, refusing one of another version or half put back, and settings that are not safe as asked."""
    wrong = _unsafe(settings) if safe else []
    if wrong:
        security.note("settings.refused", number=len(wrong))
        listed = "\n".join(wrong)
        raise click.ClickException(f"these settings may not serve:\n{listed}")
    with opened_database(settings) as engine:
        if unfinished.is_unfinished(engine):
            raise click.ClickException(NOT_PUT_BACK)
        found, wanted = migrations.state(engine)
        if found != wanted:
            told = NOT_READY.format(found=found or "nothing", wanted=wanted)
            raise click.ClickException(told)
        if safe:
            _mind_power(engine)
        yield engine


def _mind_power(engine: Engine) -> None:
    """Say so when the database server may forget what it said yes to."""
    with engine.connect() as connection:
        off = careless(connection)
    if off:
        told = CARELESS.format(off=", ".join(off))
        click.echo(told, err=True)
