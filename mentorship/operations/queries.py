"""How the timed work stands: whether mail waits too long, and when each job passed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from mentorship.base import heartbeat, outbox
from mentorship.base.clock import AMSTERDAM, local_date

MAIL, CHECK_INS, UPKEEP, PURGE = "mail", "check-ins", "upkeep", "purge"
LATE = timedelta(minutes=15)
LATEST = {MAIL: LATE, CHECK_INS: timedelta(hours=1), UPKEEP: timedelta(hours=3), PURGE: timedelta(hours=24)}
"""How long ago each job may have passed last."""


@dataclass(frozen=True)
class Health:
    """How the outbox stands, when each job passed last (None: never), and the newest mails that failed."""

    now: datetime
    mail: outbox.Standing
    passes: dict[str, datetime | None]
    failed: list[outbox.OutboxRow]

    @property
    def idle(self) -> list[str]:
        """The jobs that passed too long ago, or never."""
        return [name for name, seen in self.passes.items() if seen is None or self.now - seen > LATEST[name]]

    @property
    def late(self) -> bool:
        """Tell whether somebody should look: a mail waits too long, or a job does not pass."""
        return self.mail.lag > LATE or bool(self.idle)

    def to_text(self) -> str:
        """Return a line per figure, and one per mail that failed."""
        told = {
            "lag": f"{self.mail.lag.total_seconds() / 60:.0f} min",
            "waiting": f"{self.mail.waiting} now, {self.mail.later} later",
            "sent": f"{self.mail.sent} today",
            "failed": f"{self.mail.failed}",
        }
        for name, seen in self.passes.items():
            late = "  LATE" if name in self.idle else ""
            told[name] = f"last pass {seen:%Y-%m-%d %H:%M:%S} UTC{late}" if seen else "never passed  LATE"
        lines = [f"{name + ':':<11}{value}" for name, value in told.items()]
        lines += [f"  mail {row.id} ({row.kind}) to person {row.recipient_id}: {row.last_error}" for row in self.failed]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Return the same as plain values."""
        return {
            "late": self.late,
            "mail": {
                "lag_seconds": int(self.mail.lag.total_seconds()),
                "waiting": self.mail.waiting,
                "later": self.mail.later,
                "sent_today": self.mail.sent,
                "failed": self.mail.failed,
            },
            "last_pass": {name: seen.isoformat() if seen else None for name, seen in self.passes.items()},
            "failures": [
                {"id": row.id, "kind": row.kind, "person": row.recipient_id, "error": row.last_error}
                for row in self.failed
            ],
        }


def health(session: Session, now: datetime) -> Health:
    """Return how the timed work stands."""
    stands = outbox.standing(session, now, datetime.combine(local_date(now), time(), AMSTERDAM))
    return Health(now, stands, {name: heartbeat.last(session, name) for name in LATEST}, outbox.failures(session))
