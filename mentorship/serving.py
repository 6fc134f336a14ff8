"""Serve the application: waitress at the sockets, gunicorn minding processes; on SQLite with the worker."""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
import time
from typing import Any

from flask import Flask

from mentorship import worker
from mentorship.app import create_app
from mentorship.base import driver
from mentorship.base.config import Settings
from mentorship.web import sockets

COLLECTED = (20_000, 50, 100)
"""When Python looks for what refers to itself: a page leaves little of that, and a look past all that is kept takes
longer than a page."""
HUNG_AFTER = 60
"""Seconds without a word after which gunicorn kills a process and starts another."""
STOPS_WITHIN = 4
"""Seconds that requests get to end when we are told to stop; a round that is being solved is taken up later."""


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until the process is stopped."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a busy minute is no fault
    if sys.platform == "win32":
        _alone(settings, host, port)
    else:
        _with_processes(settings, host, port)


def _with_worker(settings: Settings) -> Flask:
    app = create_app(settings)
    gc.freeze()  # what stands until the end need not be walked past again and again
    gc.set_threshold(*COLLECTED)
    if settings.sqlite:
        worker.in_background(app.extensions["mentorship_engine"], settings)
    return app


def _alone(settings: Settings, host: str, port: int) -> None:
    """Serve in this process."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family)
    sockets.make_server(_with_worker(settings), settings, listener).run()


def _until_told_to_stop(process: Any, server: sockets.Server) -> None:
    """Serve, telling gunicorn that we live; then let what was asked before be answered."""
    while process.alive and process.ppid == os.getppid():
        process.notify()
        server.step()
    server.refuse_more()
    until = time.monotonic() + STOPS_WITHIN
    while server.answering() and time.monotonic() < until:
        process.notify()
        server.step()


def processes(settings: Settings) -> int:
    """Return how many serve: on SQLite one a core where its log lets them read while one writes, else a single one."""
    cores = os.cpu_count() or 1
    if settings.sqlite:
        return min(cores, 4) if driver.has_log else 1
    return min(2 * cores, 8)


def _with_processes(settings: Settings, host: str, port: int) -> None:
    """Serve in processes that gunicorn starts, watches and stops."""
    from gunicorn.app.base import BaseApplication
    from gunicorn.workers.base import Worker

    class Process(Worker):  # type: ignore[misc]
        """A process with waitress at its sockets: gunicorn's own threads wait for whoever sends half a request."""

        def run(self) -> None:
            """Serve until told to stop, and then what was asked before."""
            listener = self.sockets[0].sock
            _until_told_to_stop(self, sockets.make_server(self.wsgi, settings, listener))

    class Application(BaseApplication):  # type: ignore[misc]
        """Gunicorn, configured from our settings."""

        def load_config(self) -> None:
            """Set what gunicorn must know."""
            named = f"[{host}]" if ":" in host else host
            options: dict[str, Any] = {
                "bind": f"{named}:{port}",
                "workers": processes(settings),
                "worker_class": Process,
                "timeout": HUNG_AFTER,
                "graceful_timeout": STOPS_WITHIN + 1,
                "proc_name": "leermaat",
                "loglevel": "warning",
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            """Make the application in the serving process, where its connections and threads belong."""
            return _with_worker(settings)

    Application().run()
