"""Serve the application: gunicorn with threads, waitress on Windows; on the embedded database with the worker."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from flask import Flask

from mentorship import worker
from mentorship.app import create_app
from mentorship.base.config import Settings

THREADS = 16
"""Requests that are answered at the same time in a process: most wait for the database, or for a slow phone."""
STOPS_WITHIN = 4
"""Seconds that requests get to end when we are told to stop; a round that is being solved is taken up later."""


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until the process is stopped."""
    if sys.platform == "win32":
        _waitress(settings, host, port)
    else:
        _gunicorn(settings, host, port)


def _with_worker(settings: Settings) -> Flask:
    app = create_app(settings)
    gc.freeze()  # what stands until the end need not be walked past again and again
    if settings.sqlite:
        worker.in_background(app.extensions["mentorship_engine"], settings)
    return app


def _waitress(settings: Settings, host: str, port: int) -> None:
    import waitress

    waitress.serve(
        _with_worker(settings),
        host=host,
        port=port,
        threads=THREADS,
    )


def _gunicorn(settings: Settings, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn, configured from our settings."""

        def load_config(self) -> None:
            """Set what gunicorn must know."""
            # an embedded database has one process; its threads share the write lock fairly
            processes = 1 if settings.sqlite else min(2 * (os.cpu_count() or 1), 8)
            options: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": processes,
                "threads": THREADS,
                "worker_class": "gthread",
                "timeout": 60,
                "graceful_timeout": STOPS_WITHIN,
                "proc_name": "leermaat",
                "loglevel": "warning",
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            """Make the application in the serving process, where its connections and threads belong."""
            return _with_worker(settings)

    Server().run()
