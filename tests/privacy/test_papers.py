"""What the papers say is what the service does: both languages, every setting, every test they name."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlmodel import Session

from mentorship.base.config import Settings
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.checkins.settings.queries import newest_set
from mentorship.privacy.papers import marks, queries, rules
from mentorship.privacy.papers.writing import written
from mentorship.programme.queries import programme
from tests.factories import Organisation
from tests.security.test_standing import functions_of

READY = rules.KINDS


@pytest.fixture
def paper(session: Session, organisation: Organisation, now: datetime):
    def write(kind: str, language: str = "nl", **settings: object) -> str:
        known = Settings(mode="test", _env_file=None, **settings)
        return written(kind, language, queries.facts(session, known, now))

    return write


@pytest.mark.parametrize("kind_of_paper", READY)
def test_both_languages_say_as_much(paper, kind_of_paper: str):
    dutch, english = (marks.lines(paper(kind_of_paper, language)) for language in ("nl", "en"))
    assert [line.mark for line in dutch] == [line.mark for line in english]
    assert [len(line.cells) for line in dutch] == [len(line.cells) for line in english]
    assert marks.title(paper(kind_of_paper))
    assert "{{" not in paper(kind_of_paper)


TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("kind_of_paper", READY)
def test_every_test_that_a_paper_names_is_there(paper, kind_of_paper: str):
    text = paper(kind_of_paper)
    named = TEST.findall(text)
    assert text.count("::") == len(named), "a test is written otherwise"
    for file, name in named:
        assert name in functions_of(file), f"{file} has no {name}"


CHANGES = {
    "organisation": ("Delta Techniek", "Delta Techniek"),
    "contact_name": ("Ans de Wit", "Ans de Wit"),
    "hours_per_pair": (3.5, "3,5 uur per week"),
    "confirm_hours": (False, "Uren tellen zoals de mentor ze geeft"),
    "weights": ({"domain": 0.11, "together": 0.22, "preference": 0.33, "continuity": 0.21, "wish": 0.13}, "0,33"),
    "floor": (0.37, "wordt geen duo voorgesteld | 0,37"),
    "spread": (0.09, "dezelfde mentor kost | 0,09"),
    "proposal_days": (23, "binnen 23 dagen"),
    "notes_months": (2, "| 2 maanden na het einde"),
    "answers_months": (7, "| 7 maanden na het einde"),
    "pairs_months": (19, "| 19 maanden na het einde"),
    "visibility": ("aggregates", "Niets wat uit antwoorden volgt"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_setting_that_changes_is_found_in_the_request(paper, session: Session, name: str):
    value, told = CHANGES[name]
    before = paper("council")
    setattr(programme(session), name, value)
    after = paper("council")
    said = [line for change in marks.difference(before, after) for line in change.after]
    assert told not in "\n".join(marks.agreed_to(before))
    assert any(told in line for line in said), said
    assert marks.digest(before) != marks.digest(after)


def test_a_question_and_how_often_are_found_in_the_request(paper, session: Session):
    before = paper("council")
    newest = newest_set(session)
    asked = {side: [dict(one) for one in questions] for side, questions in newest.questions.items()}
    asked["junior"][0]["nl"] = "Ik slaap slecht door het werk"
    session.add(QuestionSet(questions=asked))
    session.get_one(CheckInSettings, 1).days = 33
    session.flush()
    said = [line for change in marks.difference(before, paper("council")) for line in change.after]
    assert "Ik slaap slecht door het werk" in said
    assert any("ten minste 33 dagen" in line for line in said)


def test_what_is_switched_on_is_found_in_the_request(paper):
    assert "Vandaag aangezet: geen." in paper("council")
    assert "mailserver van de organisatie" in paper("council", smtp_host="mail.example.nl")


def test_what_somebody_typed_begins_no_line_and_no_cell(paper, session: Session):
    programme(session).organisation = "A\n| x ¦ y\n# Z"
    title = marks.title(paper("council"))
    assert title == "Verzoek om instemming: Leermaat bij A | x y # Z"
