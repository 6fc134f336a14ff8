"""Fixtures: an application of one's own, for tests that give it one more page."""

from __future__ import annotations

import pathlib
import shutil
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorship.base.db import make_engine
from tests.conftest import make_app
from tests.databases import BARE, SqliteShelf


@pytest.fixture
def app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    return make_app(engine, database_url, now)


@pytest.fixture
def empty_app(sqlite_shelf: SqliteShelf, tmp_path: pathlib.Path, now: datetime) -> Flask:
    """An application with nobody in it yet, for what is the same on every database."""
    path = tmp_path / "leermaat.db"
    shutil.copy(sqlite_shelf.files[BARE], path)
    url = f"sqlite:///{path}"
    return make_app(make_engine(url), url, now)
