"""What check-ins and hours are never used for stands wherever they are asked, mailed, printed or taken out."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pytest

from mentorship.base.i18n import use_locale
from mentorship.checkins.words import never_used
from tests.checkins.stage import Asking

DUTCH = "Wordt nooit gebruikt voor beoordeling, loon, promotie of ontslag."
ENGLISH = "Never used for appraisal, pay, promotion or dismissal."


def test_it_is_said_in_both_languages():
    for language, said in (("nl", DUTCH), ("en", ENGLISH)):
        with use_locale(language):
            assert never_used() == said


def printed(stage: Asking, key: str, url: str) -> str:
    """A page with what stands on paper alone."""
    made = stage.visit(key).get(url)
    assert made.status_code == 200, url
    return unescape(made.get_data(as_text=True))


@pytest.fixture
def asked(stage: Asking) -> Asking:
    stage.start()
    stage.open()
    return stage


def test_it_stands_where_people_answer_and_note_hours(asked: Asking):
    form = f"/checkins/{asked.newest('junior').id}"
    assert DUTCH in asked.screen("junior", form).text
    assert DUTCH in asked.screen("senior", "/mentorships/hours").text


def test_it_stands_on_the_slip(asked: Asking):
    page = asked.screen("manager", "/links/codes").press("Codes maken voor wie is aangevinkt")
    assert page.text.count(DUTCH) == 2, "one a slip"


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("junior", "/checkins/duo/{pair}"),
        ("manager", "/checkins/duo/{pair}"),
        ("coordinator", "/checkins/duo/{pair}"),
        ("coordinator", "/duos"),
        ("coordinator", "/insight/workload"),
        ("manager", "/insight/workload"),
        ("coordinator", "/signals"),
        ("coordinator", "/insight/person/{senior}"),
    ],
)
def test_it_stands_on_every_print_of_hours_classes_and_signals(asked: Asking, key: str, url: str):
    asked.send("junior", 1, help_from="coordinator")
    pair = asked.newest("junior").mentorship_id
    assert DUTCH in printed(asked, key, url.format(pair=pair, senior=asked.person("senior")))


@pytest.mark.parametrize("sheet", ["/signals/signals.{}", "/insight/workload.{}"])
def test_it_goes_with_every_sheet(asked: Asking, sheet: str):
    asked.send("junior", 1)
    visit = asked.visit("manager")
    rows = visit.get(sheet.format("csv")).get_data(as_text=True).rstrip().splitlines()
    assert len(rows) > 3 and rows[-1] == DUTCH
    book = zipfile.ZipFile(io.BytesIO(visit.get(sheet.format("xlsx")).data))
    assert DUTCH in unescape(book.read("xl/sharedStrings.xml").decode())
