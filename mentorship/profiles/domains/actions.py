"""The verb on domains. It never commits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain


def set_domain(
    session: Session,
    actor: Actor,
    domain_id: int | None,
    *,
    name: str,
    critical: bool,
    remote: bool,
    now: datetime,
) -> Domain:
    """Add a domain, or change one."""
    same_name = select(Domain).where(func.lower(Domain.name) == name.lower())
    same = session.exec(same_name).first()
    if same is not None and same.id != domain_id:
        raise Refused(N_("There is a domain with this name already."), field="name")
    kept = keep(session, Domain, id=domain_id)
    row = _row(session, domain_id, name)
    row.name = name
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


def _row(session: Session, domain_id: int | None, name: str) -> Domain:
    if domain_id is None:
        return Domain(name=name)
    found = session.get(Domain, domain_id)
    if found is None:
        raise Refused(N_("This domain is no longer there."), field="name")
    return found
