"""Verbs: enter what was agreed, and let what is narrower hold before that. They never commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.home.agreements import parts
from mentorship.people.access import Actor
from mentorship.programme import actions as programme
from mentorship.programme import queries as settings_of
from mentorship.programme.consent import actions as consent
from mentorship.programme.consent import queries, rules
from mentorship.programme.consent.models import SUBJECT, Consent, ConsentProposal
from mentorship.programme.rules import check_date

Systems = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Agreed:
    """When the works council consented (None: there is none), the date of the DPIA, the reference of the letter."""

    works_council_on: date | None
    dpia_on: date
    reference: str = ""


def arrange(
    session: Session, actor: Actor, version: int, values: Mapping[str, Any], systems: Systems, now: datetime
) -> None:
    """Note what is arranged so far; once nothing lacks, it was agreed to as everything stands at that moment."""
    if queries.present(session) is not None:
        raise Conflict(N_("It was agreed already. Look at what was agreed; what changes from here waits for that."))
    programme.change(
        session,
        actor,
        version,
        dict(values),
        now,
    )
    if settings_of.lacking(session):
        return
    settings = settings_of.programme(session)
    assert settings.dpia_on is not None, "nothing lacks"
    _enter(
        session,
        actor,
        Agreed(
            settings.works_council_on,
            settings.dpia_on,
            settings.council_reference,
        ),
        systems,
        now,
    )


def mark(session: Session, systems: Systems) -> str:
    """Return what tells apart everything that would be agreed to now: another once it was, or once that changed."""
    present = queries.present(session)
    return rules.fingerprint(
        {
            **parts.gather(session, systems),
            **queries.waiting(session),
            "after": present.id if present is not None else None,
        }
    )


def enter(session: Session, actor: Actor, agreed: Agreed, seen: str, systems: Systems, now: datetime) -> Consent:
    """Enter what was agreed to, as it was `seen`: from this moment all of it holds, what waited for it too."""
    settings = parts.lock(session)
    if queries.present(session) is None:
        raise Conflict(N_("Nothing was agreed yet. What has to be arranged first stands at the steps to begin."))
    today = local_date(now)
    check_date("works_council_on", agreed.works_council_on, today)
    check_date("dpia_on", agreed.dpia_on, today)
    if mark(session, systems) != seen:
        raise Conflict(
            N_("What is proposed changed in the meantime. Look at it again: this is not what was agreed to.")
        )
    waits = queries.waiting(session)
    rules.check_kept({**parts.gather(session, systems), **waits})
    parts.settle(
        session,
        actor,
        waits,
        now,
    )
    values = {
        "works_council_on": agreed.works_council_on,
        "no_works_council": agreed.works_council_on is None,
        "council_reference": agreed.reference,
        "dpia_on": agreed.dpia_on,
    }
    programme.settle(
        session,
        actor,
        settings,
        values,
        now,
    )
    return _enter(
        session,
        actor,
        agreed,
        systems,
        now,
    )


def _enter(session: Session, actor: Actor, agreed: Agreed, systems: Systems, now: datetime) -> Consent:
    snapshot = parts.gather(session, systems)
    proposal = locked(session, ConsentProposal, 1)
    urgent = {}
    if proposal is not None:
        urgent = proposal.urgent
        session.delete(proposal)
    entered = Consent(
        snapshot=snapshot,
        hash=rules.fingerprint(snapshot),
        agreed_on=agreed.works_council_on,
        dpia_on=agreed.dpia_on,
        reference=agreed.reference,
        urgent=urgent,
        entered_at=now,
    )
    session.add(entered)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "enter consent",
        SUBJECT,
        entered.id,
        hash=entered.hash,
        agreed_on=str(agreed.works_council_on or ""),
        reference=agreed.reference,
    )
    return entered


def narrow(session: Session, actor: Actor, reason: str, now: datetime) -> list[str]:
    """Let at once what waits and only takes away, because it is urgent; it stays to be agreed to. Return its names."""
    parts.lock(session)
    proposal = locked(session, ConsentProposal, 1)
    present = parts.gather(session, ())
    waits = proposal.changes if proposal is not None else {}
    narrower = rules.narrower(present, waits)
    if proposal is None or not narrower:
        raise Refused(N_("Nothing that waits only takes away, so nothing can hold before it was agreed to."))
    rules.check_kept({**present, **narrower})
    parts.settle(
        session,
        actor,
        narrower,
        now,
    )
    held = dict(proposal.urgent)
    for name, value in narrower.items():
        held[name] = {
            "value": value,
            "since": now.isoformat(),
            "reason": reason,
        }
    proposal.urgent = held
    audit.record(
        session,
        now,
        actor.person_id,
        "narrow at once",
        SUBJECT,
        1,
        names=sorted(narrower),
        reason=reason,
    )
    return sorted(narrower)


def choose_visibility(session: Session, actor: Actor, visibility: str, now: datetime) -> bool:
    """Let managers see otherwise; return whether that waits until it is agreed to."""
    version = settings_of.programme(session).version
    return programme.change(
        session,
        actor,
        version,
        {"visibility": visibility},
        now,
    )


withdraw = consent.withdraw
