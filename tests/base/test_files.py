"""What the service writes is for its owner alone, and goes through no link."""

from __future__ import annotations

import os
import pathlib
import re
import sys

import pytest

from mentorship.base import files
from mentorship.base.config import ROOT, Settings
from mentorship.base.db import make_engine
from mentorship.base.leader import Leader

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there files have no such modes")


@pytest.fixture(autouse=True)
def everybody_reads():
    """What most machines do with a new file."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _mode(path: pathlib.Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_is_written_is_for_its_owner_alone(tmp_path: pathlib.Path):
    place = tmp_path / "report.html"
    place.write_text("earlier")
    files.write(place, "names")
    assert (place.read_text(), _mode(place)) == ("names", 0o600)
    assert list(tmp_path.iterdir()) == [place], "nothing is left beside it"


def test_what_is_written_is_on_the_disk_before_it_has_its_name(tmp_path: pathlib.Path, monkeypatch):
    place, seen = tmp_path / "ledger", []
    place.write_text("earlier")
    sync = os.fsync

    def watched(opened: int) -> None:
        seen.append((place.read_text(), os.fstat(opened).st_size))
        sync(opened)

    monkeypatch.setattr(os, "fsync", watched)
    files.write(place, "names")
    assert seen == [("earlier", 5)]


def test_nothing_is_written_through_a_link(tmp_path: pathlib.Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    (tmp_path / "laid").symlink_to(elsewhere)
    with pytest.raises(OSError, match="link"):
        files.write(tmp_path / "laid", "names")
    with pytest.raises(OSError, match="links"):
        files.open_lock(tmp_path / "laid")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    files.make_empty(tmp_path / "dangling")
    assert elsewhere.read_text() == "mine" and not (tmp_path / "nowhere").exists()


def test_no_folder_or_device_is_replaced(tmp_path: pathlib.Path):
    with pytest.raises(OSError, match="no file"):
        files.write(tmp_path, "names")
    with pytest.raises(OSError, match="no file"):
        files.write(pathlib.Path("/dev/null"), "names")


def test_a_new_database_is_for_its_owner_alone(tmp_path: pathlib.Path):
    place = tmp_path / "instance/leermaat.db"
    engine = make_engine(f"sqlite:///{place}")
    assert not place.exists(), "nothing is made before somebody connects"
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE thing (id INTEGER)")
        connection.exec_driver_sql("INSERT INTO thing VALUES (1)")
        made = [place, *place.parent.glob("leermaat.db-*")]
        assert len(made) > 1, "a journal"
    assert Leader(engine).leads()
    made = [path for path in [*made, place.with_name("leermaat.db.worker")] if path.exists()]
    assert {_mode(path) for path in made} == {0o600} and _mode(place.parent) == 0o700
    engine.dispose()


def test_settings_know_their_files(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "own.db"
    for url in (f"sqlite:///{place}", f"sqlite:///{place}?timeout=3", "sqlite:///own.db"):
        known = Settings(database_url=url, _env_file=None).own_files
        names = [path.name for path in known]
        assert names == ["settings.env", "own.db", "own.db-wal", "own.db-shm", "own.db-journal", "own.db.worker"]
        assert known[1].absolute() == place
    assert len(Settings(database_url="postgresql+psycopg://x@y/z", _env_file=None).own_files) == 1


def test_what_others_can_read_or_replace_is_told_with_what_to_do(tmp_path: pathlib.Path):
    place = tmp_path / "leermaat.db"
    place.touch(0o600)
    tmp_path.chmod(0o755)
    assert files.open_to_others([place, tmp_path / "none"]) == [], "a folder may be looked into"
    for mode in (0o640, 0o604, 0o620):
        place.chmod(mode)
        (told,) = files.open_to_others([place])
        assert f"chmod 600 {place}" in told
    place.chmod(0o600)
    tmp_path.chmod(0o777)
    (told,) = files.open_to_others([place, place])
    assert f"chmod go-w {tmp_path}" in told


WRITES = re.compile(r"\.write_(?:text|bytes)\(|\bopen\([^)]*[\"'][wax]b?[\"']|\.touch\(|copyfile\(|\bos\.open\(")
FICTION = "demo/organisation.py"
"""Writes an export that was invented, to be thrown away."""


def test_everything_is_written_by_the_one_that_guards_it():
    found = []
    for path in (ROOT / "mentorship").rglob("*.py"):
        name = path.relative_to(ROOT / "mentorship").as_posix()
        if name not in ("base/files.py", FICTION) and WRITES.search(path.read_text("utf-8")):
            found.append(name)
    assert not found, f"these write files by themselves; base/files.py makes them for their owner alone: {found}"
