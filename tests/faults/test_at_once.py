"""Many at the same moment for what only one can have: one gets it, every other one is told no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.proposals import actions as proposals
from mentorship.people.account import actions as accounts
from mentorship.people.models import Account
from tests.factories import Organisation
from tests.faults.conftest import Tell
from tests.rounds.stage import at_once

ASKING = 20
"""So many at once, ten times as many by `make faults`."""


def _apart(engine: sa.Engine, verb: Callable[[Session], Any]) -> Callable[[], Any]:
    def job() -> Any:
        with open_session(engine) as session:
            done = verb(session)
            session.commit()
            return done if isinstance(done, str | int) else "done"

    return job


def _refused(outcomes: list[Any]) -> list[Any]:
    """Those who were told no, by a sentence or by the database; anything else is a fault."""
    known = (Refused, sa.exc.IntegrityError, sa.exc.DBAPIError)
    strange = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, known)]
    assert not strange, strange
    return [one for one in outcomes if isinstance(one, Exception)]
