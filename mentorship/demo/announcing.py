"""Managers have days to object: a round is announced, most of them look, one is against a pair, one says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.demo.diary import Diary, actor
from mentorship.demo.set_up import SYSTEMS, promising
from mentorship.home.agreements.actions import Agreed, enter, mark
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.programme import actions as settings
from mentorship.programme.queries import programme
from mentorship.rounds.announcing import actions, answering, queries
from mentorship.rounds.announcing.models import FINE
from mentorship.rounds.announcing.queries import Announced

DAYS = 5
"""Working days to object."""
LOOKED_AFTER = (4, 28)
"""Hours after which managers look: half of them by the one, half by the other."""
AGAINST = "other_project"
SILENT = 4
"""One in so many managers says nothing, and one at least."""


class Announcing:
    """The coordinator who announces a round, and the managers who look at its pairs."""

    def __init__(self, diary: Diary) -> None:
        self._diary = diary
        self._chance = diary.chance

    def announce(self, session: Session, coordinator: Actor, round_id: int, version: int, now: datetime) -> None:
        """Announce a round; managers look at its pairs in the days after."""
        actions.announce(
            session,
            coordinator,
            round_id,
            version,
            now,
        )
        session.flush()
        looking = self._who_look(session, queries.announced(session, now, round_id))
        for place, manager_id in enumerate(looking):
            self._diary.plan(
                now + timedelta(hours=LOOKED_AFTER[place % 2]),
                self._look,
                round_id,
                manager_id,
                not place,
            )

    def _who_look(self, session: Session, pairs: Sequence[Announced]) -> list[int]:
        """Return the managers who answer, in some order; who is to confirm hours as well is the last to find time."""
        managers = set()
        for pair in pairs:
            for one in pair.asked:
                managers.add(one.manager_id)
        asked = sorted(managers)
        self._chance.shuffle(asked)
        busy = set()
        for offer in promising(session):
            mentor = session.get_one(Person, offer.person_id)
            busy.add(mentor.manager_id)
        asked.sort(key=busy.__contains__)
        silent = max(1, len(asked) // SILENT)
        return asked[:-silent]

    def _look(self, session: Session, now: datetime, round_id: int, manager_id: int, against: bool) -> None:
        """Let a manager answer about their pairs: who is against something is against the first of them."""
        for pair in queries.announced(session, now, round_id):
            if not pair.of(manager_id):
                continue
            answering.answer(
                session,
                actor(session, manager_id),
                round_id,
                request_id=pair.request_id,
                mentor_id=pair.mentor_id,
                reason=AGAINST if against else FINE,
                now=now,
            )
            against = False


def give_days(session: Session, now: datetime, coordinator: Actor) -> None:
    """Let managers have days to object from now on: proposed, agreed to by the works council, and entered."""
    found = programme(session)
    settings.change(
        session,
        coordinator,
        found.version,
        {"objection_days": DAYS},
        now,
    )
    session.flush()
    assert found.dpia_on is not None, "set up at the beginning"
    agreed = Agreed(local_date(now), found.dpia_on)
    enter(
        session,
        coordinator,
        agreed,
        mark(session, SYSTEMS),
        SYSTEMS,
        now,
    )
