"""One clock for all hosts: the database server's on PostgreSQL, that of the machine on SQLite."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from itsdangerous import SignatureExpired

from mentorship.base import shared_clock
from mentorship.base.clock import utc_now
from mentorship.base.shared_clock import NEAR, SharedClock
from mentorship.base.signing import HostSigner
from tests.rounds.stage import counted

TEN = timedelta(minutes=10)
CLOSE = timedelta(seconds=5)


class Host:
    """A machine whose clock is off by some time, which can be set."""

    def __init__(self, engine: sa.Engine, off: timedelta) -> None:
        self.off = off
        self.clock = SharedClock(engine, lambda: utc_now() + self.off)

    def is_right(self) -> bool:
        return abs(self.clock.now() - utc_now()) < CLOSE


@pytest.mark.parametrize("off", [TEN, -TEN, timedelta(0)], ids=["ahead", "behind", "right"])
def test_every_host_goes_by_the_database(engine: sa.Engine, off: timedelta):
    host = Host(engine, off)
    if engine.dialect.name == "sqlite":
        assert abs(host.clock.now() - utc_now() - off) < CLOSE, "there is no other host"
    else:
        assert host.is_right()


@pytest.mark.parametrize("kind", ["postgresql"])  # of several hosts
class TestOnServers:
    """What a host does that has another clock beside it."""

    def test_a_clock_that_is_set_is_noticed_at_once(self, engine: sa.Engine):
        host = Host(engine, TEN)
        assert host.is_right()
        for wrong in (timedelta(0), -timedelta(days=1), timedelta(hours=1)):
            host.off = wrong
            assert host.is_right()

    def test_it_asks_once_a_minute(self, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch):
        passed = [0.0]
        monkeypatch.setattr(shared_clock, "monotonic", lambda: passed[0])
        moment = datetime(2026, 11, 30, tzinfo=UTC)
        clock = SharedClock(engine, lambda: moment + timedelta(seconds=passed[0]))
        with counted(engine) as asked:
            for _ in range(150):
                clock.now()
                passed[0] += 1
        assert len(asked) == 3

    def test_a_second_of_difference_is_none(self, engine: sa.Engine):
        moments = []
        clock = SharedClock(engine, lambda: moments.append(utc_now() + NEAR / 2) or moments[-1])
        assert clock.now() == moments[-1]

    def test_while_the_database_is_away_what_was_known_holds(
        self, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ):
        host = Host(engine, TEN)
        assert host.is_right()

        def away() -> None:
            raise sa.exc.OperationalError("SELECT", {}, Exception("restarting"))

        monkeypatch.setattr(host.clock._engine, "connect", away)
        monkeypatch.setattr(shared_clock, "MEASURED_EVERY", 0.0)
        assert host.is_right()
        assert "could not be compared" in caplog.text

    def test_it_says_once_that_the_clocks_differ(self, engine: sa.Engine, caplog: pytest.LogCaptureFixture):
        host = Host(engine, TEN)
        for wrong in (TEN, TEN + timedelta(seconds=20), timedelta(0), -TEN):
            host.off = wrong
            assert host.is_right()
        said = [record.getMessage() for record in caplog.records]
        assert [text.split(" is ")[1].split(" off")[0] for text in said] == ["+600 s", "-600 s"]


class Then(HostSigner):
    """Signs at a moment."""

    moment = 1_000_000

    def get_timestamp(self) -> int:
        return self.moment


def test_what_a_host_signed_that_is_ahead_is_taken_and_what_is_old_is_not():
    signed = Then("key", salt="s").sign("value")
    later = Then("key", salt="s")
    for age in (-600, 0, 60):
        later.moment = Then.moment + age
        assert later.unsign(signed, max_age=60) == b"value"
    later.moment = Then.moment + 61
    with pytest.raises(SignatureExpired):
        later.unsign(signed, max_age=60)
