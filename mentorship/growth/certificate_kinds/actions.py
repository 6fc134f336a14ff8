"""Verbs on the kinds of certificate. They never commit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.growth.certificate_kinds.starting import UsualKind, usual
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain

SAME_NAME = N_("There is a kind of certificate with this name already.")
GONE = N_("This kind of certificate is no longer there.")
NO_DOMAIN = N_("Choose a domain that there is.")
SOMEBODY_HAS_IT = N_("Somebody has this certificate. Say that it is no longer in use instead.")
SUBJECT = "certificate kind"


@dataclass(frozen=True)
class KindWords:
    """What a kind is called, the domain it belongs to, how many months it is valid, and whether it entitles."""

    name: str
    name_en: str = ""
    domain_id: int | None = None
    months: int | None = None
    entitles: bool = False


def add(session: Session, actor: Actor, words: KindWords, now: datetime) -> CertificateKind:
    """Add a kind of certificate."""
    _check(
        session,
        None,
        words,
    )
    kept = keep(
        session,
        CertificateKind,
        id=None,
    )
    row = CertificateKind(name=words.name)
    _write(
        row,
        words,
    )
    session.add(row)
    session.flush()
    left = replace(
        kept,
        where={"id": row.id},
    )
    _state(
        session,
        actor,
        "set certificate kind",
        row,
        left,
        now,
    )
    return row


def change(session: Session, actor: Actor, kind_id: int, words: KindWords, now: datetime) -> None:
    """Say what a kind is called, how long it is valid and what it entitles to; noted ones keep their last day."""
    row = _locked(
        session,
        kind_id,
    )
    _check(
        session,
        kind_id,
        words,
    )
    kept = keep(
        session,
        CertificateKind,
        id=kind_id,
    )
    _write(
        row,
        words,
    )
    session.flush()
    _state(
        session,
        actor,
        "set certificate kind",
        row,
        kept,
        now,
    )


def retire(session: Session, actor: Actor, kind_id: int, retired: bool, now: datetime) -> None:
    """Take a kind out of use, or into use again; who has it keeps it."""
    row = _locked(
        session,
        kind_id,
    )
    if retired is (row.retired_at is not None):
        return
    kept = keep(
        session,
        CertificateKind,
        id=kind_id,
    )
    row.retired_at = now if retired else None
    session.flush()
    verb = "retire certificate kind" if retired else "use certificate kind again"
    _state(
        session,
        actor,
        verb,
        row,
        kept,
        now,
    )


def remove(session: Session, actor: Actor, kind_id: int, now: datetime) -> None:
    """Remove a kind that nobody has."""
    row = _locked(
        session,
        kind_id,
    )
    held = select(Certificate.id).where(Certificate.kind_id == kind_id)
    if session.exec(held).first() is not None:
        raise Refused(SOMEBODY_HAS_IT)
    kept = keep(
        session,
        CertificateKind,
        id=kind_id,
    )
    session.delete(row)
    session.flush()
    _state(
        session,
        actor,
        "remove certificate kind",
        row,
        kept,
        now,
    )


def lacking(session: Session) -> list[UsualKind]:
    """Return the usual kinds that are not there yet, by their names in either language."""
    there = set()
    for kind in session.exec(select(CertificateKind)):
        there |= {kind.name.casefold(), kind.name_en.casefold()}
    return [one for one in usual() if not there & {one.name.casefold(), one.name_en.casefold()}]


def start(session: Session, actor: Actor, now: datetime) -> int:
    """Add the usual kinds that are not there yet; return how many."""
    domains = {}
    for domain in session.exec(select(Domain)):
        for name in (domain.name, domain.name_en):
            domains[name.casefold()] = id_of(domain)
    added = lacking(session)
    for one in added:
        found = [domains[name.casefold()] for name in one.domains if name.casefold() in domains]
        words = KindWords(
            one.name,
            one.name_en,
            found[0] if found else None,
            one.months,
            one.entitles,
        )
        add(
            session,
            actor,
            words,
            now,
        )
    return len(added)


def _locked(session: Session, kind_id: int) -> CertificateKind:
    row = locked(
        session,
        CertificateKind,
        kind_id,
    )
    if row is None:
        raise Refused(GONE)
    return row


def _check(session: Session, kind_id: int | None, words: KindWords) -> None:
    if (
        words.domain_id is not None
        and session.get(
            Domain,
            words.domain_id,
        )
        is None
    ):
        raise Refused(
            NO_DOMAIN,
            field="domain",
        )
    query = select(CertificateKind).where(CertificateKind.id != kind_id).order_by(col(CertificateKind.id))
    for other in session.exec(query):
        if other.name.casefold() == words.name.casefold():
            raise Refused(
                SAME_NAME,
                field="name",
            )


def _write(row: CertificateKind, words: KindWords) -> None:
    row.name = words.name
    row.name_en = words.name_en
    row.domain_id = words.domain_id
    row.months = words.months
    row.entitles = words.entitles


def _state(session: Session, actor: Actor, verb: str, row: CertificateKind, kept: Kept, now: datetime) -> None:
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        row.id,
        name=row.name,
    )
    state(
        session,
        kept,
        About(
            verb,
            SUBJECT,
            row.id,
        ),
    )
