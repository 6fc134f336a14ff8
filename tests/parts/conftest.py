"""Fixture: the application with the gallery of parts."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.parts.gallery import gallery_app


@pytest.fixture
def app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    return gallery_app(engine, database_url, now)
