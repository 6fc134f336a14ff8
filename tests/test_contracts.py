"""The contracts catch what they are for: what somebody may write is planted in a copy of the house, and refused."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = Path(sys.executable).parent / "lint-imports"

PLANTS = {
    "a new file, in no list, knows the web": (
        {"checkins/promises.py": "from flask import request"},
        "checkins.promises -> flask",
    ),
    "a new file knows our own web": (
        {"checkins/promises.py": "from mentorship.web import page"},
        "checkins.promises -> mentorship.web.page",
    ),
    "words know a door": (
        {"mentorships/words.py": "from mentorship.mentorships import pages"},
        "mentorships.words -> mentorship.mentorships.pages",
    ),
    "a new room has no floor": (
        {"attic/__init__.py": '"""A room."""'},
        "mentorship.attic",
    ),
    "a room reaches behind the face of the match": (
        {"rounds/planted.py": "from mentorship.matching.assign import assign"},
        "rounds.planted -> mentorship.matching.assign",
    ),
    "a room reaches behind the face of what may be published": (
        {"rounds/planted.py": "from mentorship.disclosure.witnesses import Witnesses"},
        "rounds.planted -> mentorship.disclosure.witnesses",
    ),
    "the match knows check-ins": (
        {"matching/planted.py": "from mentorship.checkins import models"},
        "matching.planted -> mentorship.checkins.models",
    ),
    "a room knows one above it": (
        {"people/planted.py": "from mentorship.rounds import models"},
        "people.planted -> mentorship.rounds.models",
    ),
    "rules of a room know its verbs": (
        {"mentorships/rules.py": "from mentorship.mentorships import actions"},
        "mentorships.rules -> mentorship.mentorships.actions",
    ),
    "rules of a sub-room know its verbs": (
        {
            "mentorships/goals/actions.py": "",
            "mentorships/goals/rules.py": "from mentorship.mentorships.goals import actions",
        },
        "goals.rules -> mentorship.mentorships.goals.actions",
    ),
    "two sub-rooms need each other": (
        {
            "mentorships/goals/models.py": "",
            "mentorships/goals/planted.py": "from mentorship.mentorships.hours import models",
            "mentorships/hours/models.py": "",
            "mentorships/hours/planted.py": "from mentorship.mentorships.goals import models",
        },
        r"goals\S* -> \S*hours|hours\S* -> \S*goals",
    ),
}
"""What is written at the end of which files (made where they are not there yet), and the import that must be named."""


@pytest.fixture
def house(tmp_path):
    """A copy of what the contracts look at."""
    data = shutil.ignore_patterns("__pycache__", "translations", "*.csv")
    shutil.copytree(ROOT / "mentorship", tmp_path / "mentorship", ignore=data)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(house: Path, name: str, text: str) -> None:
    """Write at the end of a file of the copy; a folder that is new becomes a room."""
    file = house / "mentorship" / name
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    with file.open("a") as end:
        end.write(f"\n{text}\n")


def lint(house: Path) -> tuple[int, str]:
    """Hold the contracts to this copy, not to the package that is installed."""
    own = {"PYTHONPATH": str(house), "COLUMNS": "400", "NO_COLOR": "1"}
    done = subprocess.run(
        [LINT, "--no-cache", "--no-logo"],
        cwd=house,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_nothing_planted_breaks_nothing(house):
    code, said = lint(house)
    assert code == 0, said
    assert " 0 broken" in said


@pytest.mark.parametrize("files, named", PLANTS.values(), ids=list(PLANTS))
def test_a_plant_is_caught(house, files, named):
    for name, text in files.items():
        plant(house, name, text)
    code, said = lint(house)
    assert code == 1, f"no contract of pyproject.toml catches it, so somebody may write it: {said}"
    assert "BROKEN" in said, f"the contracts could not be held to it: {said}"
    assert re.search(named, said), f"caught, but for something else: {said}"
