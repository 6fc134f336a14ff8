"""What is another's looks like what does not exist; `make fuzz` tries it with the demo, and more of everything."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from tests.fuzz.ownership import crawl
from tests.fuzz.world import World, forgetting
from tests.test_access import World as Rooms
from tests.test_access import app, world

__all__ = ["app", "world"]  # fixtures
WHO = ("junior", "senior", "manager", "other_manager", "admin", "no role")


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_anothers_looks_like_what_is_not_there(
    app: Flask, engine: sa.Engine, session: Session, now: datetime, world: Rooms
):
    session.rollback()  # reading what was made began to write
    tried = World(app, engine, now)
    tried.look_around()
    with forgetting():
        found = crawl(tried, [world.people[key] for key in WHO], 2)
    assert not found.faults, "\n".join(found.faults)
    assert found.refused > 500 and found.inside > 50
