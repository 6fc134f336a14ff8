"""What the bundled organisation alone has before it: rounds that are announced, ends, talks, and who comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.demo import foreseeing, handing_over, meeting, noting, talking
from mentorship.demo.announcing import give_days
from mentorship.demo.simulation import Simulation
from mentorship.people.access import Actor

DAYS_SINCE = timedelta(days=20)
"""Since when managers have days to object: a first round was published at once, and it is no news any more."""
OPENED_AGO = timedelta(days=16)
ANNOUNCED_AGO = timedelta(days=5)
"""How long ago the round was opened that is published by now, and the one of which managers still have days."""
SILENT_FOR = timedelta(days=8)
"""Of what was proposed since, one pair does not look."""


def leave_something(session: Session, coordinator: Actor, now: datetime) -> None:
    """Leave what the bundled organisation alone has: who is away and leaves, first meetings, talks and notes."""
    handing_over.come_and_go(session, coordinator, now)
    meeting.meet(session, now)
    talking.plan_talks(session, coordinator, now)
    noting.note(session, coordinator, now)


def announce(living: Simulation, sites: Sequence[int], now: datetime) -> None:
    """Mean to give managers days to object, and to announce two rounds: one is published by now."""
    living.plan(
        now - DAYS_SINCE,
        give_days,
        living.coordinator,
    )
    announced = (
        (OPENED_AGO, "Eerste ronde", sites[2:]),
        (ANNOUNCED_AGO, "Tweede ronde", sites[:1]),
    )
    for ago, name, some in announced:
        living.programme.plan_round(
            now - ago,
            name,
            sites=some,
            ending=living.announcing.announce,
        )
    living.duos.silent_since = now - SILENT_FOR


def foresee(living: Simulation, now: datetime) -> None:
    """Mean to say until when some pairs are meant to run, and that one of them goes on."""
    living.plan(
        now - foreseeing.SAID_AGO,
        foreseeing.say_until,
        living.coordinator,
        local_date(now),
    )
    living.plan(
        now - foreseeing.LONGER_AGO,
        foreseeing.go_on,
    )
