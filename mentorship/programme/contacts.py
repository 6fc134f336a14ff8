"""Forgets whom people ask, once that is somebody who is gone: then another one is to be named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.audit import AuditRow
from mentorship.programme.models import Programme

OF_CONTACT = ("contact_name", "contact_reach")
NOT_KEPT = "…"
"""What stands in the log where a contact stood."""


def forget_contact(session: Session, names: Collection[str], now: datetime) -> None:
    """Name nobody as whom to ask where it is one of these, by their whole name; it never commits."""
    gone = {name.casefold() for name in names}
    if not gone:
        return
    _forget_logged(session, gone)
    settings = session.get_one(Programme, 1, with_for_update=True)
    if " ".join(settings.contact_name.split()).casefold() not in gone:
        return
    settings.contact_name = settings.contact_reach = ""
    settings.version += 1
    audit.record(
        session,
        now,
        None,
        "change programme",
        "programme",
        settings.id,
        contact_name=[NOT_KEPT, ""],
    )
    session.flush()


def _forget_logged(session: Session, gone: set[str]) -> None:
    """Forget in the log who was named, and how they were reached, when that was one of these."""
    rows = session.exec(select(AuditRow).where(AuditRow.subject == "programme")).all()
    for row in rows:
        named = [str(name).casefold() for name in row.details.get("contact_name", ())]
        if gone.isdisjoint(named):
            continue
        emptied = {name: [NOT_KEPT, NOT_KEPT] for name in OF_CONTACT if name in row.details}
        row.details = {**row.details, **emptied}
