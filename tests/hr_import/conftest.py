"""Fixtures: English sentences, and an import in one word."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session

from mentorship.base.i18n import use_locale
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.report import Report
from tests.hr_import.exports import Table, write

Import = Callable[..., Report]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_locale("en"):
        yield


@pytest.fixture
def take_in(session: Session, now: datetime, tmp_path: pathlib.Path) -> Import:
    """Import these files and commit, as a command would."""

    def run(files: dict[str, Table], **choices: Any) -> Report:
        for old in (tmp_path / "export").glob("*"):
            old.unlink()
        report = import_directory(session, write(tmp_path / "export", files), None, now, **choices)
        session.commit()
        return report

    return run
