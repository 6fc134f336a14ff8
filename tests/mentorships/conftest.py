"""Fixture: the small organisation with a coordinator at work."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa

from tests.factories import Organisation
from tests.rounds.stage import Stage


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime) -> Stage:
    return Stage(engine, organisation, now)
