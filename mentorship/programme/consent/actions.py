"""Verbs on what waits to be agreed to. They never commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.people.access import Actor
from mentorship.programme.consent import queries, rules
from mentorship.programme.consent.models import SUBJECT, ConsentProposal
from mentorship.programme.consent.rules import Sifted
from mentorship.programme.models import Programme


def ask(session: Session, actor: Actor, present: Mapping[str, Any], wanted: Mapping[str, Any], now: datetime) -> Sifted:
    """Tell which of the wanted values may hold at once; the rest waits as a proposal until it is agreed to."""
    locked(session, Programme, 1)  # whoever enters what was agreed waits, and so do two who propose
    sifted = rules.sift(
        queries.agreed(session),
        present,
        wanted,
    )
    proposal = locked(session, ConsentProposal, 1)
    if proposal is not None and sifted.back:
        _leave_out(session, proposal, sifted.back)
    if sifted.waits:
        _propose(
            session,
            actor,
            sifted.waits,
            present,
            now,
        )
    return sifted


def _propose(session: Session, actor: Actor, waits: dict[str, Any], present: Mapping[str, Any], now: datetime) -> None:
    proposal = session.get(ConsentProposal, 1)
    if proposal is None:
        proposal = ConsentProposal(made_at=now)
        session.add(proposal)
    proposal.changes = {**proposal.changes, **waits}
    kept = {**present, **proposal.changes}
    if set(kept).issuperset(rules.MONTHS):
        rules.check_kept(kept)
    proposal.made_at = now
    proposed = {name: [present[name], value] for name, value in waits.items()}
    audit.record(
        session,
        now,
        actor.person_id,
        "propose change",
        SUBJECT,
        1,
        **proposed,
    )


def _leave_out(session: Session, proposal: ConsentProposal, names: frozenset[str]) -> None:
    """Let what goes back to what was agreed wait no longer."""
    proposal.changes = _without(proposal.changes, names)
    proposal.urgent = _without(proposal.urgent, names)
    if not proposal.changes:
        session.delete(proposal)
        session.flush()


def _without(values: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def withdraw(session: Session, actor: Actor, now: datetime) -> None:
    """Take back what waits; what was narrowed already goes on to hold, and stays to be agreed to."""
    proposal = locked(session, ConsentProposal, 1)
    if proposal is None:
        return
    holding = {name: held["value"] for name, held in proposal.urgent.items()}
    audit.record(
        session,
        now,
        actor.person_id,
        "withdraw change",
        SUBJECT,
        1,
        withdrawn=sorted(set(proposal.changes) - set(holding)),
    )
    if holding:
        proposal.changes = holding
    else:
        session.delete(proposal)
    session.flush()
