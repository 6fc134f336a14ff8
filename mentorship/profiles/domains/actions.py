"""The verb on domains. It never commits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain

SAME_NAME = N_("There is a domain with this name already.")


def set_domain(
    session: Session,
    actor: Actor,
    domain_id: int | None,
    now: datetime,
    *,
    name: str,
    name_en: str = "",
    explanation: str = "",
    explanation_en: str = "",
    critical: bool = False,
    remote: bool = False,
) -> Domain:
    """Add a domain, or change one."""
    _check_names(session, domain_id, name, name_en)
    kept = keep(session, Domain, id=domain_id)
    row = _row(session, domain_id, name)
    row.name = name
    row.name_en = name_en
    row.explanation = explanation
    row.explanation_en = explanation_en
    row.critical = critical
    row.remote = remote
    session.add(row)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "set domain",
        "domain",
        row.id,
        name=name,
    )
    state(
        session,
        replace(kept, where={"id": row.id}),
        About("set domain", "domain", row.id),
    )
    return row


def _check_names(session: Session, domain_id: int | None, name: str, name_en: str) -> None:
    """Refuse what in Dutch or in English cannot be told from another domain."""
    for other in session.exec(select(Domain).where(Domain.id != domain_id)):
        if other.name.casefold() == name.casefold():
            raise Refused(SAME_NAME, field="name")
        in_english = other.name_en or other.name
        if in_english.casefold() == (name_en or name).casefold():
            raise Refused(SAME_NAME, field="name_en" if name_en else "name")


def _row(session: Session, domain_id: int | None, name: str) -> Domain:
    if domain_id is None:
        return Domain(name=name)
    found = session.get(Domain, domain_id)
    if found is None:
        raise Refused(N_("This domain is no longer there."), field="name")
    return found
