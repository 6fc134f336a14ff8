"""The log on stderr: lines that people read beside a terminal, lines of JSON for what collects them in production."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog
from structlog.typing import Processor

from mentorship.base import security
from mentorship.base.syslog import Collector, Forwarding

OURS = "mentorship"
COMMON: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
"""What every line tells besides its words."""


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what stderr is at that moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Return stderr."""
        return sys.stderr


def configure(*, readable: bool, syslog: str = "") -> None:
    """Send what we log, and the warnings of others, to stderr; calling it again replaces the way it is written.

    The security log is written as JSON always, and to a collector by `syslog` too, where there is one.
    """
    handler = _Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=COMMON,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_writers(readable=readable),
            ],
        )
    )
    root = logging.getLogger()
    for earlier in root.handlers[:]:
        if isinstance(earlier, _Stderr):
            root.removeHandler(earlier)
    root.addHandler(handler)
    logging.getLogger(OURS).setLevel(logging.INFO)
    _send_security(syslog)
    # that a job is not begun again while it runs is what we asked for
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def _send_security(syslog: str) -> None:
    log = logging.getLogger(security.LOGGER)
    for earlier in log.handlers[:]:
        if isinstance(earlier, _Stderr | Forwarding):
            log.removeHandler(earlier)
            earlier.close()
    log.propagate = False
    log.addHandler(_Stderr())
    if syslog:
        log.addHandler(Forwarding(Collector.read(syslog)))


@contextmanager
def warnings_only() -> Iterator[None]:
    """Let us say nothing but warnings within the block."""
    ours = logging.getLogger(OURS)
    before = ours.level
    ours.setLevel(logging.WARNING)
    try:
        yield
    finally:
        ours.setLevel(before)


def _writers(*, readable: bool) -> tuple[Processor, ...]:
    """Return how a line is written; a traceback never tells the values of variables, which may be about people."""
    if readable:
        console = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            pad_event_to=0,
            exception_formatter=structlog.dev.plain_traceback,
        )
        return (console,)
    return (
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    )
