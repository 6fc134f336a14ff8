"""How the timed work stands: whether mail waits too long, and when each job passed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from mentorship.base import heartbeat, outbox
from mentorship.base.clock import AMSTERDAM, local_date
from mentorship.base.db import id_of
from mentorship.base.heartbeat import MAIL as MAIL
from mentorship.rounds import queries as rounds

CHECK_INS, UPKEEP, PURGE, LEAVING = "check-ins", "upkeep", "purge", "leaving"
BACKUP, LEDGER = "backup", "ledger"
BACKING_UP = (BACKUP, LEDGER)
"""What passes only where a folder for backups is set."""
LATE = timedelta(minutes=15)
LATEST = {
    MAIL: LATE,
    CHECK_INS: timedelta(hours=1),
    UPKEEP: timedelta(hours=3),
    PURGE: timedelta(hours=24),
    LEAVING: timedelta(hours=1),
    BACKUP: timedelta(hours=26),
    LEDGER: timedelta(hours=3),
}
"""How long ago each job may have passed last."""
FAILED_LATELY = timedelta(days=30)
"""So long it is said that a job failed."""


@dataclass(frozen=True)
class Solving:
    """A round that is to be solved: how far it is, and when somebody was last seen at it (None: it waits)."""

    round_id: int
    stage: str
    since: datetime | None
    seen: datetime | None

    def to_text(self) -> str:
        """Say it in a few words."""
        name = f"round {self.round_id}"
        if self.since is None or self.seen is None:
            return f"{name} waits"
        since = f"since {self.since:%H:%M:%S} UTC"
        return f"{name} {since} ({self.stage}, seen {self.seen:%H:%M:%S})"

    def to_json(self) -> dict[str, Any]:
        """Return the same as plain values."""
        return {
            "round": self.round_id,
            "stage": self.stage or "waiting",
            "since": self.since.isoformat() if self.since else None,
            "last_seen": self.seen.isoformat() if self.seen else None,
        }


@dataclass(frozen=True)
class Health:
    """How the outbox and the rounds stand, when each job passed last (None: never), and what failed: mails, jobs."""

    now: datetime
    mail: outbox.Standing
    solving: list[Solving]
    passes: dict[str, datetime | None]
    failed: list[outbox.OutboxRow]
    failed_jobs: list[heartbeat.JobFailure]

    @property
    def idle(self) -> list[str]:
        """The jobs that passed too long ago, or never."""
        found = []
        for name, seen in self.passes.items():
            if seen is None or self.now - seen > LATEST[name]:
                found.append(name)
        return found

    @property
    def late(self) -> bool:
        """Tell whether somebody should look: a mail waits too long, or a job does not pass."""
        return self.mail.lag > LATE or bool(self.idle)

    def to_text(self) -> str:
        """Return a line per figure, and one per job and mail that failed."""
        lag = self.mail.lag.total_seconds() / 60
        solving = [one.to_text() for one in self.solving]
        told = {
            "lag": f"{lag:.0f} min",
            "waiting": f"{self.mail.waiting} now, {self.mail.later} later",
            "sent": f"{self.mail.sent} today",
            "failed": f"{self.mail.failed}",
            "solving": "; ".join(solving) or "nothing",
        }
        for name, seen in self.passes.items():
            passed = "never passed"
            if seen:
                passed = f"last pass {seen:%Y-%m-%d %H:%M:%S} UTC"
            told[name] = f"{passed}  LATE" if name in self.idle else passed
        lines = []
        for name, value in told.items():
            heading = f"{name}:"
            lines.append(f"{heading:<11}{value}")
        return "\n".join([*lines, *self._failures()])

    def _failures(self) -> list[str]:
        """Return a line per job and per mail that failed."""
        lines = []
        for job in self.failed_jobs:
            lines.append(f"  {job.job} failed {job.at:%Y-%m-%d %H:%M:%S} UTC: {job.why}")
        for row in self.failed:
            lines.append(f"  mail {row.id} ({row.kind}) to person {row.recipient_id}: {row.last_error}")
        return lines

    def to_json(self) -> dict[str, Any]:
        """Return the same as plain values."""
        lag = self.mail.lag.total_seconds()
        last_pass = {}
        for name, seen in self.passes.items():
            last_pass[name] = seen.isoformat() if seen else None
        failures = []
        for row in self.failed:
            failure = {
                "id": row.id,
                "kind": row.kind,
                "person": row.recipient_id,
                "error": row.last_error,
            }
            failures.append(failure)
        return {
            "late": self.late,
            "mail": {
                "lag_seconds": int(lag),
                "waiting": self.mail.waiting,
                "later": self.mail.later,
                "sent_today": self.mail.sent,
                "failed": self.mail.failed,
            },
            "solving": [one.to_json() for one in self.solving],
            "last_pass": last_pass,
            "failures": failures,
            "failed_jobs": {job.job: job.at.isoformat() for job in self.failed_jobs},
        }


def health(session: Session, now: datetime, *, backs_up: bool = False) -> Health:
    """Return how the timed work stands; `backs_up`: a folder for backups is set."""
    names = [name for name in LATEST if backs_up or name not in BACKING_UP]
    today = datetime.combine(local_date(now), time(), AMSTERDAM)
    solving = []
    for found in rounds.being_solved(session):
        one = Solving(
            id_of(found),
            found.stage,
            since=found.claimed_at,
            seen=found.renewed_at,
        )
        solving.append(one)
    return Health(
        now,
        mail=outbox.standing(session, now, today),
        solving=solving,
        passes={name: heartbeat.last(session, name) for name in names},
        failed=outbox.failures(session),
        failed_jobs=heartbeat.failures(session, now - FAILED_LATELY),
    )
