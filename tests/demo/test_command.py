"""The demo command with an invented organisation."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from sqlmodel import Session, func, select

from mentorship import serving
from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine
from mentorship.checkins.confidants.models import Confidant
from mentorship.cli import main
from mentorship.demo import build
from mentorship.people.models import Person, Site
from tests.conftest import logging_as_before


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(serving, "serve", lambda *a: pytest.fail("it serves"))
    with logging_as_before():
        yield tmp_path


@pytest.mark.long
def test_an_invented_organisation_takes_the_place_of_the_demo(folder: pathlib.Path):
    path = folder / "instance" / "demo.db"
    path.parent.mkdir()
    path.write_text("what was here before")
    done = CliRunner().invoke(main, ["demo", "--people", "24", "--months", "1", "--seed", "5", "--build-only"])
    assert done.exit_code == 0, done.stderr
    for words in (
        r"people +24$",
        r"duos +\d+ \(",
        r"check-ins +\d+ \(",
        r"mails +\d+ \(.*check-in",
        r"took +\d+ seconds",
    ):
        assert re.search(words, done.stderr, re.M), words
    roles = re.findall(r"^  (\w+) +\d+ +\S+", done.stdout, re.M)
    assert {"senior", "junior", "manager", "coordinator", "hr", "admin"} >= set(roles) >= {"coordinator", "hr", "admin"}
    assert [found.name for found in path.parent.iterdir()] == ["demo.db"], "nothing half built is left"
    again = CliRunner().invoke(main, ["demo", "--build-only"])
    assert "Building" not in again.stderr, "it stays until somebody starts over"
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 24
        confidants = set(session.exec(select(Confidant.site_id)))
        assert confidants == set(session.exec(select(Site.id))), "each site has somebody to ask in confidence"
    engine.dispose()


@pytest.mark.parametrize("words", [["--people", "19"], ["--people", "5001"], ["--months", "0"], ["--seed", "-1"]])
def test_what_cannot_be_is_refused_before_anything_is_made(folder: pathlib.Path, words: list[str]):
    assert CliRunner().invoke(main, ["demo", *words]).exit_code == 2
    assert not list(folder.iterdir())


def test_a_building_that_is_cut_short_leaves_what_was_there(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    path = folder / "demo.db"
    path.write_text("what was here before")

    def cut(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build.make(path, utc_now(), build.Invented(24, 1, 1), cut)
    assert path.read_text() == "what was here before"
    assert [found.name for found in folder.iterdir()] == ["demo.db"]
