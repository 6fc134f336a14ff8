"""The SQLite that we use: one that is new enough for a write-ahead log, else the one Python came with."""

from __future__ import annotations

import importlib
from types import ModuleType


def _newest() -> ModuleType:
    """Return the SQLite of a package that brings its own; there is none for every machine."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


sqlite: ModuleType = _newest()
"""Two libraries would not see each other's locks within a process: nothing else may open the file."""
WAL_IS_SAFE = (3, 51, 3)
"""The first SQLite without the WAL-reset bug, which could lose a checkpoint."""
has_log: bool = sqlite.sqlite_version_info >= WAL_IS_SAFE
"""Whether who reads and who writes need not wait for each other."""
