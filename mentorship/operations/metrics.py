"""How the timed work stands, for Prometheus: numbers only, nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from mentorship.operations.queries import BACKUP, Health

TITLES = {
    "mail_lag_seconds": "How long the oldest mail that may go out has waited.",
    "mail_waiting": "Mails that may go out now.",
    "mail_later": "Mails that wait for their moment.",
    "mail_failed": "Mails that failed for good.",
    "worker_late": "1 when a mail waits too long or a job does not pass.",
}


class _Figures(Collector):
    """The figures of one moment."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield them."""
        mail = self._health.mail
        values = {
            "mail_lag_seconds": mail.lag.total_seconds(),
            "mail_waiting": mail.waiting,
            "mail_later": mail.later,
            "mail_failed": mail.failed,
            "worker_late": self._health.late,
        }
        for name, title in TITLES.items():
            yield GaugeMetricFamily(f"leermaat_{name}", title, float(values[name]))
        passes = GaugeMetricFamily(
            "leermaat_worker_last_pass_timestamp_seconds",
            "When a job passed.",
            labels=["job"],
        )
        for job, seen in self._health.passes.items():
            if seen is not None:
                passes.add_metric([job], seen.timestamp())
        yield passes
        yield from self._backup()

    def _backup(self) -> Iterator[GaugeMetricFamily]:
        """Yield how old the newest backup is that was looked into; nothing while there is none."""
        newest = self._health.passes.get(BACKUP)
        if newest is None:
            return
        age = self._health.now - newest
        yield GaugeMetricFamily(
            "leermaat_backup_age_seconds",
            "How old the newest backup is that was looked into after writing.",
            age.total_seconds(),
        )


def figures(health: Health) -> bytes:
    """Return the figures as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(_Figures(health))
    return generate_latest(registry)
