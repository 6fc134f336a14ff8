"""What is agreed to, gathered from the rooms that keep it, and handed back to them once it was agreed to.

A room that keeps a part of it gives two things: its values by name, and a verb that lets other values hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import MetaData
from sqlmodel import Session, SQLModel

from mentorship.base.config import Settings
from mentorship.base.db import locked
from mentorship.base.personal import PERSONAL
from mentorship.checkins.settings import actions as check_ins
from mentorship.checkins.settings import queries as asked
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.people.access import Actor
from mentorship.programme import actions as programme
from mentorship.programme.consent import queries, rules
from mentorship.programme.consent.rules import Standing
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme as settings_of


def standing(session: Session, settings: Settings) -> Standing | None:
    """Return how it stands with what was agreed, None before anything was."""
    agreed = queries.agreed(session)
    if agreed is None:
        return None
    proposal = queries.proposal(session)
    present = gather(session, systems(settings))
    if proposal is None:
        return Standing(
            agreed,
            present,
            {},
            {},
        )
    return Standing(
        agreed,
        present,
        proposal.changes,
        proposal.urgent,
    )


def gather(session: Session, systems: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return what holds now of everything that is agreed to, with the other systems that are switched on."""
    kept = settings_of(session).snapshot()
    of_programme = {name: kept[name] for name in rules.OF_PROGRAMME}
    return {
        **asked.agreed_to(session),
        **of_programme,
        **_outside(systems),
    }


def from_outside(settings: Settings) -> dict[str, Any]:
    """Return what holds of that which comes with a version or is switched on outside, and so cannot wait."""
    return _outside(systems(settings))


def _outside(systems: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    return {
        rules.PURPOSES: purposes(SQLModel.metadata),
        rules.INTEGRATIONS: [dict(system) for system in systems],
    }


def lock(session: Session) -> Programme:
    """Hold on to every row that what is agreed to stands in, in the order in which a change of it does."""
    locked(session, CheckInSettings, 1)
    settings = locked(session, Programme, 1)
    assert settings is not None, "the schema comes with this row"
    return settings


def settle(session: Session, actor: Actor, changes: Mapping[str, Any], now: datetime) -> None:
    """Let these changes hold from now on, each in the room that keeps it."""
    of_programme = {name: value for name, value in changes.items() if name in rules.OF_PROGRAMME}
    of_check_ins = {name: value for name, value in changes.items() if name in rules.OF_CHECK_INS}
    if of_programme:
        programme.settle(
            session,
            actor,
            lock(session),
            of_programme,
            now,
        )
    if of_check_ins:
        check_ins.settle(
            session,
            actor,
            of_check_ins,
            now,
        )


def purposes(tables: MetaData) -> list[str]:
    """Return what personal data is kept for, as each table and column says of itself."""
    found = set()
    for table in tables.tables.values():
        for about in (table, *table.columns):
            if PERSONAL in about.info:
                found.add(about.info[PERSONAL]["purpose"])
    return sorted(found)


def systems(settings: Settings) -> list[dict[str, str]]:
    """Return which other systems the settings of the service switch on, and where those stand."""
    places = {
        "sign_on": urlsplit(settings.oidc_issuer).hostname or "",
        "mail": settings.smtp_host,
        "log": urlsplit(settings.security_syslog).hostname or "",
    }
    found = [{"kind": kind, "with": place} for kind, place in places.items() if place]
    nowhere = {
        "import": settings.import_folder,
        "metrics": settings.metrics_token.get_secret_value(),
    }
    if settings.planning_feed:
        nowhere["planning"] = "on"
    found.extend({"kind": kind, "with": ""} for kind, on in nowhere.items() if on)
    return found
