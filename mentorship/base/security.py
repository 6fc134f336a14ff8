"""The security log: who tried to get where, and what changed about who may, one JSON line an event.

A line holds plain ids, words of ours and the network asked from: never a name, an address, a code or what was typed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import event as on_event
from sqlalchemy.orm import Session

LOGGER = "mentorship.security"
USUAL, WARNING = logging.INFO, logging.WARNING
EVENTS: Mapping[str, int] = {
    "access.refused": WARNING,
    "account.confirmed": USUAL,
    "activation.failed": WARNING,
    "activation.good": USUAL,
    "address.changed": WARNING,
    "card.failed": WARNING,
    "card.made": USUAL,
    "card.revoked": USUAL,
    "code.made": USUAL,
    "audit.exported": USUAL,
    "code.revoked": USUAL,
    "confirmation.failed": WARNING,
    "device.distrusted": USUAL,
    "fault": WARNING,
    "first.failed": WARNING,
    "first.good": USUAL,
    "form.forged": WARNING,
    "host.refused": WARNING,
    "input.refused": WARNING,
    "mail.dropped": USUAL,
    "mail.retried": USUAL,
    "papers.link_made": USUAL,
    "papers.link_revoked": USUAL,
    "papers.opened": USUAL,
    "papers.refused": WARNING,
    "password.changed": USUAL,
    "password.failed": WARNING,
    "pin.chosen": USUAL,
    "provider.linked": WARNING,
    "provider.passed_by": WARNING,
    "provider.refused": WARNING,
    "provider.unlinked": WARNING,
    "roles.changed": WARNING,
    "second_factor.codes_made": USUAL,
    "second_factor.failed": WARNING,
    "second_factor.off": WARNING,
    "second_factor.on": USUAL,
    "second_factor.recovery_used": WARNING,
    "second_factor.reset": WARNING,
    "session.confirmed": USUAL,
    "session.ended": USUAL,
    "settings.changed": USUAL,
    "settings.refused": WARNING,
    "sign_in.failed": WARNING,
    "sign_in.good": USUAL,
    "sign_in.half": USUAL,
    "sign_out": USUAL,
    "slip.failed": WARNING,
    "slip.made": USUAL,
    "tablet.added": USUAL,
    "tablet.ended": USUAL,
    "tablet.enrolled": USUAL,
    "throttled": WARNING,
    "too_busy": WARNING,
}
"""Every event there is, and how grave it is; the first word names what it is about."""
FACTS = frozenset(
    {"by", "person", "kind", "rule", "door", "method", "of", "status", "there", "before", "after", "number"}
)
"""What a line may tell of an event, beside the request, who is signed in (`by`) and the network it came from."""

Fact = int | str | None | Sequence[int] | Sequence[str]
WITHHELD = "withheld"
OURS = re.compile(r"[A-Za-z0-9_.,:' /-]{0,80}")
"""What words of ours look like; anything else was typed by somebody."""
AFTER = "mentorship_security_after_commit"


def _plain(_logger: object, _name: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Keep ids and words of ours alone, so that nothing that was typed gets into the log."""
    for key, value in line.items():
        line[key] = _kept(value)
    return line


def _kept(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return value if OURS.fullmatch(value) else WITHHELD
    if isinstance(value, list | tuple):
        return [_kept(one) for one in value]
    return WITHHELD


_log: Any = structlog.wrap_logger(
    logging.getLogger(LOGGER),
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _plain,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(sort_keys=True),
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def note(event: str, **facts: Fact) -> None:
    """Write an event to the security log; it has happened, or was refused."""
    unknown = facts.keys() - FACTS
    if unknown:
        raise ValueError(f"no facts of the security log: {unknown}")
    level = EVENTS[event]
    _log.log(
        level,
        event,
        **facts,
    )


def note_once_done(session: Session, event: str, **facts: Fact) -> None:
    """Write an event once the transaction of a session has been committed; when it never is, nothing happened."""
    waiting = session.info.setdefault(AFTER, [])
    noted = event, facts
    waiting.append(noted)


@on_event.listens_for(Session, "after_commit")
def _note_done(session: Session) -> None:
    if session.in_nested_transaction():
        return
    waiting = session.info.pop(AFTER, [])
    for event, facts in waiting:
        note(event, **facts)


@on_event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(AFTER, None)


def begin(request: str, network: str) -> None:
    """Let every event from here on tell in which request it happened, and from which network."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=request, network=network)


def signed_in(person_id: int) -> None:
    """Let every event from here on tell who is signed in."""
    structlog.contextvars.bind_contextvars(by=person_id)


def end() -> None:
    """Forget the request."""
    structlog.contextvars.clear_contextvars()
