"""Fixture: the small organisation, whose pairs are asked how it goes."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.checkins.stage import Asking
from tests.factories import Organisation


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime, app: Flask) -> Asking:
    return Asking(engine, organisation, now, app)
