"""Verb: say how many newcomers are expected. It never commits."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.insight.year import rules
from mentorship.insight.year.models import ExpectedNewcomers
from mentorship.people.access import Actor
from mentorship.people.models import Site
from mentorship.profiles.models import Domain

SUBJECT = "site"
VERB = "expect newcomers"
NO_SITE = N_("Choose a site that there is.")
NO_DOMAIN = N_("Choose a domain that there is.")


def expect(
    session: Session,
    actor: Actor,
    site_id: int,
    *,
    domain_id: int,
    month: date,
    number: int,
    now: datetime,
) -> None:
    """Keep how many newcomers a month brings at a site who ask for a domain; 0: none."""
    rules.check_expected(month, number, local_date(now))
    if locked(session, Site, site_id) is None:
        raise Refused(NO_SITE)
    if session.get(Domain, domain_id) is None:
        raise Refused(NO_DOMAIN)
    kept = keep(
        session,
        ExpectedNewcomers,
        month=month,
        site_id=site_id,
        domain_id=domain_id,
    )
    before = session.get(ExpectedNewcomers, (month, site_id, domain_id))
    if before is not None:
        session.delete(before)
        session.flush()
    if number:
        row = ExpectedNewcomers(
            month=month,
            site_id=site_id,
            domain_id=domain_id,
            number=number,
        )
        session.add(row)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        VERB,
        SUBJECT,
        site_id,
        domain=domain_id,
        month=month.isoformat(),
        number=number,
    )
    state(session, kept, About(VERB, SUBJECT, site_id))
