"""Verbs on the programme settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.people.access import Actor
from mentorship.programme import rules
from mentorship.programme.consent import actions as consent
from mentorship.programme.models import Programme, VisibilityPeriod


def change(session: Session, actor: Actor, version: int, values: dict[str, Any], now: datetime) -> bool:
    """Change the settings that were shown as `version`; who changed them since is told, not overwritten.

    Return whether something of it waits, because what was agreed holds until something else is.
    """
    settings = session.get_one(Programme, 1, with_for_update=True)  # of two at once the second sees the first
    if settings.version != version:
        raise Conflict(N_("Somebody else changed the settings in the meantime. Look at them again and send once more."))
    today = local_date(now)
    for name in ("works_council_on", "dpia_on"):
        rules.check_date(name, values.get(name), today)
    sifted = consent.ask(
        session,
        actor,
        settings.snapshot(),
        values,
        now,
    )
    settle(
        session,
        actor,
        settings,
        sifted.at_once,
        now,
    )
    return bool(sifted.waits)


def settle(session: Session, actor: Actor, settings: Programme, values: Mapping[str, Any], now: datetime) -> None:
    """Let settings hold from now on, whatever was agreed: what was agreed to just now, or is no part of that."""
    before = settings.snapshot()
    for name, value in values.items():
        setattr(settings, name, value)
    if settings.visibility != before["visibility"]:
        _close_period(session, before["visibility"], settings, now)
    settings.version += 1
    changed = _changed(before, settings.snapshot())
    audit.record(
        session,
        now,
        actor.person_id,
        "change programme",
        "programme",
        1,
        **changed,
    )


def _close_period(session: Session, held: str | None, settings: Programme, now: datetime) -> None:
    """Let the present choice hold from now on; what was said before was said under another promise, which is kept."""
    if held is not None:
        period = VisibilityPeriod(
            programme_id=settings.id,
            visibility=held,
            since=settings.visibility_since,
            until=now,
        )
        session.add(period)
    settings.visibility_since = now


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return by name the value before and after, of the settings that changed."""
    changed = {}
    for name, value in after.items():
        if name != "version" and value != before[name]:
            changed[name] = [before[name], value]
    return changed
