"""The verb on domains. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain


def set_domain(
    session: Session, actor: Actor, domain_id: int | None, *, name: str, critical: bool, remote: bool, now: datetime
) -> Domain:
    """Add a domain, or change one."""
    same = session.exec(select(Domain).where(func.lower(Domain.name) == name.lower())).first()
    if same is not None and same.id != domain_id:
        raise Refused(N_("There is a domain with this name already."))
    row = session.get(Domain, domain_id) if domain_id is not None else Domain(name=name)
    if row is None:
        raise Refused(N_("This domain is no longer there."))
    row.name, row.critical, row.remote = name, critical, remote
    session.add(row)
    session.flush()
    audit.record(session, now, actor.person_id, "set domain", "domain", row.id, name=name)
    return row
