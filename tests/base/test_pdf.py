"""A paper as PDF: all that it says, and nothing that somebody typed as a command."""

from __future__ import annotations

from importlib.util import find_spec

import pypdfium2
import pytest

from mentorship.base import pdf
from tests.client import InspectingClient
from tests.conftest import lacking
from tests.factories import Organisation

PAPER = """# Verzoek van [[naam]]
Een alinea met "aanhalingstekens", een \\ en #panic("x").
- een punt
? Gaat het goed?
! Te doen: [[wat]]
|= Kop ¦ Wat
| rij ¦ `tests/test_a_rather_long_name.py::test_that_it_is_so`
"""


def read(made: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    return " ".join(" ".join(pages).replace("\u200b", "").split())


@pytest.fixture(autouse=True)
def has_typst():
    if not find_spec("typst"):
        lacking("typst")


def test_all_of_a_paper_is_in_its_pdf():
    said = read(pdf.printed(PAPER, "nl"))
    for text in ("Verzoek van naam", "een punt", "Gaat het goed?", "Te doen: wat", "Kop", "rij"):
        assert text in said, text
    assert 'met "aanhalingstekens", een \\ en #panic("x").' in said.replace("”", '"').replace("“", '"')


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_paper_can_be_had_as_pdf(visit, organisation: Organisation, language: str):
    coordinator: InspectingClient = visit("coordinator")
    page = coordinator.get(f"/papers?paper=council&in={language}")
    assert "PDF</a>" in page.text
    answer = coordinator.get(f"/papers?paper=council&in={language}&as=pdf")
    assert answer.content_type == "application/pdf"
    title = {"nl": "Verzoek om instemming", "en": "Request for consent"}[language]
    assert title in read(answer.data)


def test_where_it_cannot_be_made_it_is_not_offered(visit, organisation: Organisation, monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    page = visit("coordinator").get("/papers?paper=council&as=pdf")
    assert page.content_type.startswith("text/html") and "PDF</a>" not in page.text
