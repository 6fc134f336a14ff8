"""Fixtures: an application of one's own, for tests that give it one more page."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.conftest import make_app


@pytest.fixture
def app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    return make_app(engine, database_url, now)
