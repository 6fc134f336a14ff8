"""Verbs on the programme settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.people.access import Actor
from mentorship.programme import rules
from mentorship.programme.models import Programme


def change(session: Session, actor: Actor, version: int, values: dict[str, Any], now: datetime) -> None:
    """Change the settings that were shown as `version`; who changed them since is told, not overwritten."""
    settings = session.get_one(Programme, 1, with_for_update=True)  # of two at once the second sees the first
    if settings.version != version:
        raise Conflict(N_("Somebody else changed the settings meanwhile. Look at them again and send once more."))
    for name in ("works_council_on", "dpia_on"):
        rules.check_date(name, values.get(name), local_date(now))
    before = settings.snapshot()
    for name, value in values.items():
        setattr(settings, name, value)
    if settings.visibility != before["visibility"]:
        settings.visibility_since = now  # what was said before was said under another promise
    settings.version += 1
    after = settings.snapshot()
    changed = {k: [before[k], after[k]] for k in after if k != "version" and before[k] != after[k]}
    audit.record(session, now, actor.person_id, "change programme", "programme", 1, **changed)
