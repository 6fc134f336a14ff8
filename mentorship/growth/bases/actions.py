"""Verbs on what builds on what. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import locking
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.growth.bases import rules
from mentorship.growth.models import BuildsOn
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain

NO_DOMAIN = N_("Choose two domains that there are.")


def build_on(session: Session, actor: Actor, domain_id: int, base_id: int, now: datetime) -> None:
    """Say that a domain is learned after another one."""
    in_order = select(Domain).order_by(col(Domain.id))
    found = {domain.id for domain in session.exec(locking(in_order))}  # so that of two at once no circle comes
    if not {domain_id, base_id} <= found:
        raise Refused(NO_DOMAIN, field="domain")
    known = session.exec(select(BuildsOn.domain_id, BuildsOn.base_id)).all()
    rules.check_base(domain_id, base_id, known)
    if (domain_id, base_id) in known:
        return
    kept = keep(session, BuildsOn, domain_id=domain_id, base_id=base_id)
    session.add(BuildsOn(domain_id=domain_id, base_id=base_id))
    session.flush()
    verb = "say what builds on what"
    audit.record(session, now, actor.person_id, verb, "domain", domain_id)
    state(session, kept, About(verb, "domain", domain_id))


def not_build_on(session: Session, actor: Actor, domain_id: int, base_id: int, now: datetime) -> None:
    """Say that a domain is not learned after another one any more."""
    kept = keep(session, BuildsOn, domain_id=domain_id, base_id=base_id)
    row = session.get(BuildsOn, (domain_id, base_id))
    if row is None:
        return
    session.delete(row)
    session.flush()
    verb = "say what builds no longer on what"
    audit.record(session, now, actor.person_id, verb, "domain", domain_id)
    state(session, kept, About(verb, "domain", domain_id))
