"""Summer time, clocks that are set back, and a worker that was away: each thing is asked once, at its wall time."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship import worker
from mentorship.base.clock import AMSTERDAM, local_date, wall_time
from mentorship.people.models import Person
from tests.factories import Organisation
from tests.faults.conftest import Tell
from tests.outbox.postbox import Postbox, receiving, settings

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2036, 12, 31)


def test_every_day_of_ten_years_has_its_shifts_at_wall_time(told: Tell):
    """A shift begins and ends when the clock on the wall says so, also on the days of 23 and 25 hours."""
    wrong, days = [], (LAST - FIRST).days + 1
    for n in range(days):
        day = FIRST + n * DAY
        before = None
        for minutes in (0, 360, 450, 840, 975, 1320, 1800):
            moment = wall_time(day, minutes)
            local = moment.astimezone(AMSTERDAM)
            later, minute = divmod(minutes, 1440)
            is_right = (local.date(), local.hour * 60 + local.minute) == (day + later * DAY, minute)
            if not is_right or (before and moment <= before) or local_date(moment) != local.date():
                wrong.append((day, minutes))
            before = moment
        length = (wall_time(day, 1440) - wall_time(day, 0)) / timedelta(hours=1)
        if length not in (23, 24, 25):
            wrong.append((day, length))
    lengths = Counter(
        (wall_time(FIRST + n * DAY, 1440) - wall_time(FIRST + n * DAY, 0)) / timedelta(hours=1) for n in range(days)
    )
    assert lengths[23] == lengths[25] == 11, "one of each a year"
    told(days, len(wrong))


@pytest.fixture
def mailed(session: Session, organisation: Organisation) -> Organisation:
    """A pair that runs, a proposal, and mailboxes."""
    made = organisation
    made.pair("senior", "junior", "active", started_on=made.now.date() - timedelta(days=30))
    made.mentor("second", places=1)
    made.pair("second", "other_junior")
    for key, person_id in made.people.items():
        session.get_one(Person, person_id).email = f"{key}@example.nl"
    session.commit()
    return made


def _sent(engine: sa.Engine, *moments: datetime) -> Counter[tuple[str, str]]:
    """Let the worker do what is due at each of these moments; return to whom which mail went, and how often."""
    with receiving(Postbox()) as box:
        for moment in moments:
            worker.once(engine, moment, settings(box.port))
        sent = Counter((message["To"].addresses[0].addr_spec, str(message["Subject"])) for message in box.taken)
        assert len(set(box.ids())) == len(box.ids())
    return sent


@pytest.mark.parametrize("back", [timedelta(hours=1), DAY], ids=["an hour", "a day"])
def test_a_clock_that_is_set_back_asks_nothing_twice(engine: sa.Engine, mailed: Organisation, back, told: Tell):
    """What was decided can be undone for ten minutes, and is told after that."""
    now, ten = mailed.now, timedelta(minutes=10)
    sent = _sent(engine, now, now + ten, now + ten - back, now + 2 * ten - back, now + 2 * ten, now + 9 * ten)
    told(sent.total(), sum(number - 1 for number in sent.values()))


@pytest.mark.parametrize("days", [1, 7, 28] if os.environ.get("FAULTS") else [28])
def test_a_worker_that_was_away_asks_each_thing_once(engine: sa.Engine, mailed: Organisation, days: int, told: Tell):
    """The mail of a day that was missed is not sent for each day; two passes after it send nothing more."""
    now = mailed.now
    _sent(engine, now, now + timedelta(minutes=20))
    back = now + days * DAY + timedelta(hours=2)
    sent = _sent(engine, back, back + timedelta(minutes=1), back + timedelta(minutes=2))
    told(sent.total() + 1, sum(number - 1 for number in sent.values()))
    each = Counter(who for who, _subject in sent)
    assert max(each.values(), default=0) <= 4, sent
