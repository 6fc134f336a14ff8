"""Verbs on the papers: enter what was agreed; make and take back links that open them. They never commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from mentorship.base import audit, marks, secret_codes
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.people.access import Actor
from mentorship.privacy.papers import queries, rules
from mentorship.privacy.papers.models import SUBJECT, PaperLink, PaperVersion


def agree(
    session: Session,
    actor: Actor,
    kind: str,
    contents: Mapping[str, str],
    agreed_on: date,
    agreed_with: str,
    now: datetime,
) -> None:
    """Keep a paper, in every language that it was written in, as what was agreed on a day, and with whom."""
    rules.check_agreed_on(agreed_on, local_date(now))
    for language, content in contents.items():
        version = PaperVersion(
            kind=kind,
            language=language,
            content=content,
            content_hash=marks.digest(content),
            made_at=now,
            agreed_at=now,
            agreed_on=agreed_on,
            agreed_with=agreed_with,
        )
        session.add(version)
    audit.record(
        session,
        now,
        actor.person_id,
        "agree to paper",
        SUBJECT,
        None,
        paper=kind,
        agreed_on=agreed_on.isoformat(),
        agreed_with=agreed_with,
    )


def make_link(session: Session, actor: Actor, reader: str, days: int, now: datetime) -> str:
    """Make a link for a reader; return its secret, which is kept nowhere."""
    secret = rules.new_secret()
    made = PaperLink(
        code_hash=secret_codes.sealed(secret),
        reader=reader,
        made_at=now,
        expires_at=rules.expires(now, days),
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "make link to papers",
        SUBJECT,
        id_of(made),
        reader=reader,
        days=days,
    )
    return secret


def revoke_link(session: Session, actor: Actor, link_id: int, now: datetime) -> None:
    """Let a link open nothing any more, from the next request on; one that does not is left as it is."""
    found = locked(session, PaperLink, link_id)
    if found is None or found.revoked_at is not None:
        return
    found.revoked_at = now
    audit.record(
        session,
        now,
        actor.person_id,
        "revoke link to papers",
        SUBJECT,
        link_id,
        reader=found.reader,
    )


def open_by_link(session: Session, secret: str, now: datetime) -> int | None:
    """Open the papers by the secret of a link, and say so in the log; None when it opens nothing."""
    found = queries.link_of(session, secret, now)
    if found is None:
        return None
    found.opened_at = now
    audit.record(
        session,
        now,
        None,
        "open papers by link",
        SUBJECT,
        id_of(found),
        reader=found.reader,
    )
    return id_of(found)


def purge(session: Session, now: datetime) -> None:
    """Forget the links that opened nothing any more so long ago."""
    long_ago = now - rules.LINK_KEPT
    over = delete(PaperLink).where(
        or_(
            col(PaperLink.expires_at) < long_ago,
            col(PaperLink.revoked_at) < long_ago,
        )
    )
    session.execute(over)
