"""The settings in force and where each comes from; of a secret no more than whether it is set."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from mentorship.base import config
from mentorship.base.config import Settings
from mentorship.base.i18n import N_

ENVIRONMENT, FILE, VAULT, DEFAULT = N_("environment"), N_("file"), N_("vault"), N_("default")
STARTED = N_("how it was started")
SET, NOT_SET = N_("set"), N_("not set")
PREFIX = "MENTORSHIP_"
SECRET_LISTS = {"secret_key_fallbacks"}


@dataclass(frozen=True)
class InForce:
    """A setting: its name, its value as it may be shown, and (untranslated) where it comes from."""

    name: str
    value: str
    source: str
    secret: bool = False


def in_force(settings: Settings) -> list[InForce]:
    """Return every setting."""
    given = {name.upper() for name in os.environ}
    written = _written(settings)
    sealed = _sealed()
    found = []
    for name, field in type(settings).model_fields.items():
        variable = PREFIX + name.upper()
        value = getattr(settings, name)
        usual = field.get_default(call_default_factory=True)
        source = DEFAULT if value == usual else STARTED
        if variable in sealed:
            source = VAULT
        if variable in written:
            source = FILE
        if variable in given:
            source = ENVIRONMENT
        setting = InForce(
            variable,
            _shown(name, value),
            source,
            secret=name in SECRET_LISTS or isinstance(value, SecretStr),
        )
        found.append(setting)
    return found


def _written(settings: Settings) -> set[str]:
    """Return what stands in the file of settings."""
    path = Path(str(settings.model_config.get("env_file")))
    if not path.is_file():
        return set()
    return {name.upper() for name in dotenv_values(path)}


def _sealed() -> set[str]:
    """Return what stands in files of a vault, whose folder the environment names."""
    named = os.environ.get(config.VAULT, "")
    path = Path(named)
    if not path.name or not path.is_dir():
        return set()
    return {one.name.upper() for one in path.iterdir()}


def _shown(name: str, value: Any) -> str:
    if isinstance(value, SecretStr):
        return SET if value.get_secret_value() else NOT_SET
    if name in SECRET_LISTS:
        return SET if value else NOT_SET
    if name == "database_url":
        return _without_password(value)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "", {}) else str(value)


def _without_password(address: str) -> str:
    """Return the address of a database without its password, also where that stands behind the question mark."""
    found = make_url(address)
    hidden = {name: "***" for name in found.query if "password" in name.lower()}
    shown = found.update_query_dict(hidden)
    return shown.render_as_string(hide_password=True)
