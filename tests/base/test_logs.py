"""What the log says, where, and that it says nothing of anybody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from mentorship.base import logs
from tests.conftest import logging_as_before

log = logging.getLogger("mentorship.rounds.solving")
MAIL = "mail to Junior Proef: Hoe gaat het?\n\nHallo Junior,\n\ntwee minuten."


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    with logging_as_before():
        yield


def stumble() -> None:
    note = "Geheimvogel"
    raise ValueError(f"a note of {len(note)} letters")


def say() -> None:
    log.info("round %s is solved", 7)
    try:
        stumble()
    except ValueError:
        log.exception("solving round %s failed", 8)


def test_people_read_lines_and_whole_mails(capfd: pytest.CaptureFixture[str]):
    logs.configure(readable=True)
    say()
    log.info(MAIL)
    out, told = capfd.readouterr()
    assert not out and "\x1b" not in told, "no colours in a file"
    assert "round 7 is solved" in told and "ValueError: a note of 11 letters" in told
    assert MAIL in told
    assert "Geheimvogel" not in told


def test_production_gets_an_object_a_line(capfd: pytest.CaptureFixture[str]):
    logs.configure(readable=False)
    say()
    logging.getLogger("somebody.else").warning("beware of %s", "Ö")
    out, told = capfd.readouterr()
    solved, failed, other = map(json.loads, told.splitlines())
    assert not out and set(solved) == {"event", "level", "logger", "timestamp"}
    assert (solved["event"], solved["level"]) == ("round 7 is solved", "info")
    assert solved["logger"] == "mentorship.rounds.solving" and solved["timestamp"].endswith("Z")
    assert "ValueError: a note of 11 letters" in failed["exception"] and "Geheimvogel" not in told
    assert other["event"] == "beware of Ö" and "Ö" in told


def test_configured_twice_it_says_everything_once(capfd: pytest.CaptureFixture[str]):
    logs.configure(readable=True)
    logs.configure(readable=False)
    log.info("once")
    assert capfd.readouterr().err.count("once") == 1


def test_while_something_is_built_only_warnings_are_told(capfd: pytest.CaptureFixture[str]):
    logs.configure(readable=True)
    with logs.warnings_only():
        log.info("a mail to nobody")
        log.warning("beware")
    log.info("back again")
    told = capfd.readouterr().err
    assert "nobody" not in told and "beware" in told and "back again" in told


def test_others_are_heard_only_when_they_warn(capfd: pytest.CaptureFixture[str]):
    logs.configure(readable=True)
    logging.getLogger("alembic.runtime.migration").info("Will assume transactional DDL.")
    logging.getLogger("apscheduler.scheduler").warning("skipped: maximum number of running instances reached")
    assert capfd.readouterr().err == ""
