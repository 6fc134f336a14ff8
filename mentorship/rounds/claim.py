"""A round in the hands of one worker: claimed, held by renewing while it works, lost when that stays out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, Engine, Update, and_, or_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from mentorship.base import outage
from mentorship.base.db import open_session
from mentorship.rounds import rules
from mentorship.rounds.models import ANNOUNCED, SOLVING, Round

log = logging.getLogger(__name__)
RENEWED_EVERY = 5.0
"""Seconds between two renewals, far under the lease."""


def waiting(session: Session, now: datetime) -> list[int]:
    """Return the rounds that wait to be solved, the oldest first."""
    query = select(Round.id).where(_free(now))
    query = query.order_by(col(Round.id))
    found = session.exec(query)
    return [round_id for round_id in found if round_id is not None]


def _free(now: datetime) -> ColumnElement[bool]:
    """Say which rounds may be taken: waiting, and in nobody's hands or in those of somebody who died.

    A renewal from the future is one of before the clock was set back.
    """
    renewed = col(Round.renewed_at)
    return and_(
        _wanted(),
        or_(
            col(Round.claimed_at).is_(None),
            renewed.is_(None),
            renewed < now - rules.LEASE,
            renewed > now + rules.LEASE,
        ),
    )


def _wanted() -> ColumnElement[bool]:
    """Say for which rounds pairs are wanted: also anew for one that was announced, which stays so meanwhile."""
    again = and_(
        col(Round.status) == ANNOUNCED,
        col(Round.solve_again).is_(True),
    )
    return or_(col(Round.status) == SOLVING, again)


class Claim:
    """The right of one worker to solve one round, told from others by the moment at which it was taken."""

    def __init__(self, engine: Engine, round_id: int, now: datetime) -> None:
        self._engine = engine
        self._round_id = round_id
        self._taken_at = now
        self._since = monotonic()

    def take(self) -> bool:
        """Take the round; False when somebody else has it."""
        this = col(Round.id) == self._round_id
        taking = update(Round).where(this, _free(self._taken_at))
        return self._write(
            taking,
            claimed_at=self._taken_at,
            renewed_at=self._taken_at,
            stage="read",
        )

    def mine(self) -> Update:
        """Return an update of the round for as long as nobody took it over, stopped it or threw it away."""
        return update(Round).where(
            col(Round.id) == self._round_id,
            _wanted(),
            col(Round.claimed_at) == self._taken_at,
        )

    def tell(self, **values: Any) -> bool:
        """Write something of the round; False when it is ours no longer."""
        renewed: dict[str, Any] = {"renewed_at": self._moment()}
        return self._write(self.mine(), **(renewed | values))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Renew the claim in a thread of its own until the block ends."""
        over = Event()
        thread = Thread(target=self._renew, args=(over,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _renew(self, over: Event) -> None:
        while not over.wait(RENEWED_EVERY):
            try:
                if not self.tell():
                    return
            except SQLAlchemyError as failure:  # it may be back before the lease is over
                log.warning("the claim on round %s: %s", self._round_id, outage.in_a_line(failure))

    def _moment(self) -> datetime:
        passed = timedelta(seconds=monotonic() - self._since)
        return self._taken_at + passed

    def _write(self, change: Update, **values: Any) -> bool:
        with open_session(self._engine) as session:
            changed = session.exec(change.values(**values)).rowcount
            session.commit()
        return changed == 1
