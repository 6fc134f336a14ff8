"""A match from files in one word, in a folder of its own."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from mentorship.cli import main
from tests.conftest import logging_as_before
from tests.hr_import.exports import Table, write

Match = Callable[..., Result]


@pytest.fixture
def match(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Iterator[Match]:
    """Match a folder, or these files; in English unless told otherwise."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("MENTORSHIP_"):
            monkeypatch.delenv(name)

    def run(files: pathlib.Path | dict[str, Table], *words: object, language: str = "en_GB.UTF-8") -> Result:
        folder = files if isinstance(files, pathlib.Path) else write(tmp_path / "export", files)
        done = CliRunner().invoke(main, ["match", str(folder), *map(str, words)], env={"LANG": language})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    with logging_as_before():
        yield run
