"""The paper of a closed quarter: kept once, unchanged by whoever leaves, in either language, with what changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base import pdf
from mentorship.base.config import Settings
from mentorship.base.i18n import use_locale
from mentorship.insight.outcomes import queries, rules
from mentorship.insight.outcomes.changes import changed
from mentorship.insight.outcomes.models import KeptOutcome
from mentorship.insight.outcomes.paper import written
from mentorship.insight.outcomes.quarters import read
from mentorship.insight.outcomes.rules import Figure
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people.models import Site
from mentorship.privacy.requests.actions import erase_person
from mentorship.worker import jobs
from tests.client import InspectingClient
from tests.conftest import lacking
from tests.factories import Organisation, Screen

CLOSED = datetime(2026, 10, 15, 9, tzinfo=UTC)
OPEN = datetime(2026, 10, 14, 9, tzinfo=UTC)
LATER = datetime(2027, 1, 15, 9, tzinfo=UTC)
QUARTER = date(2026, 7, 1)
PAPER = "/insight/outcomes/quarter"
Visit = Callable[[str | None], InspectingClient]


def ask(made: Organisation, number: int, site: str = "Ede", first: int = 0, month: int = 7) -> None:
    """Let so many ask and be paired a week later."""
    asked = datetime(2026, month, 6, 9, tzinfo=UTC)
    for n in range(first, first + number):
        made.person(f"j{n}", "junior", site=site)
        made.mentor(f"m{n}", site=site)
        request = made.asks(f"j{n}")
        row = made.session.get_one(MentorRequest, request)
        row.created_at, row.status = asked, "placed"
        started = asked.date() + timedelta(days=7)
        made.pair(f"m{n}", f"j{n}", "active", request_id=request, started_on=started, proposed_at=asked)
    made.session.commit()


def kept(engine: sa.Engine, at: datetime = CLOSED) -> list[tuple[date, str, dict[str, object]]]:
    """Let the worker pass, and return what is kept."""
    jobs.keep_outcomes(engine, at, Settings())
    with Session(engine) as session:
        rows = session.exec(select(KeptOutcome).order_by(KeptOutcome.quarter, col(KeptOutcome.id)))
        return [(row.quarter, row.name, row.figures) for row in rows]


def test_a_quarter_is_kept_once_when_it_is_closed(engine: sa.Engine, organisation: Organisation):
    assert kept(engine) == [], "nobody had asked for anything"
    ask(organisation, 6)
    assert kept(engine, OPEN) == [], "it closes two weeks after its end"
    first = kept(engine)
    assert [(quarter, name) for quarter, name, _ in first] == [(QUARTER, ""), (QUARTER, "Ede")]
    assert kept(engine) == first
    ask(organisation, 3, first=6)
    assert kept(engine) == first, "what comes to light later moves nothing"
    assert {quarter for quarter, _, _ in kept(engine, LATER)} == {QUARTER, date(2026, 10, 1)}


def test_of_a_site_of_few_nothing_is_kept(engine: sa.Engine, organisation: Organisation):
    ask(organisation, 6)
    ask(organisation, 4, "Breda", first=6)
    found = {name: figures for _, name, figures in kept(engine)}
    assert rules.MATCHED in found[""] and set(found["Breda"]) <= {rules.WAITING, rules.ENDED_WELL, rules.STEPS}
    assert rules.MATCHED not in found["Ede"], "or Breda could be counted back"


def test_who_is_erased_changes_nothing_in_a_closed_quarter(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    ask(organisation, 6)
    before = kept(engine)
    for n in range(6):
        erase_person(session, organisation.people[f"j{n}"], LATER)
    session.commit()
    assert kept(engine) == before
    with use_locale("nl"):
        found = queries.kept(session, QUARTER)
        assert found is not None
        assert "6 van 6" in written(found, None)


def test_what_a_later_version_kept_besides_does_not_stop_this_one():
    assert read({rules.STEPS: {"number": 3, "people": 2, "unheard": 1}})[rules.STEPS] == Figure(number=3, people=2)


@pytest.mark.parametrize(
    ("key", "now", "before", "said"),
    [
        (rules.STEPS, Figure(9), Figure(7), "2 meer dan het kwartaal ervoor"),
        (rules.STEPS, Figure(7), Figure(9), "2 minder dan het kwartaal ervoor"),
        (rules.STEPS, Figure(7), Figure(7), "evenveel als het kwartaal ervoor"),
        (rules.STEPS, Figure(7), None, "van het kwartaal ervoor is niets bewaard"),
        (rules.MATCHED, Figure(15, 30), Figure(10, 30), "meer: was 10 van 30 (33\u202f%)"),
        (rules.MATCHED, Figure(10, 30), Figure(15, 30), "minder: was 15 van 30 (50\u202f%)"),
        (rules.MATCHED, Figure(10, 30), Figure(20, 60), "hetzelfde deel als het kwartaal ervoor"),
        (rules.MATCHED, Figure(3, 4), Figure(10, 30), "was 10 van 30 (33\u202f%); te weinig om te vergelijken"),
        (rules.MATCHED, Figure(3, 4), Figure(0, 0), "in het kwartaal ervoor viel er niets te tellen"),
        (rules.WAIT, Figure(9, 9, 9, median=8), Figure(9, 9, 9, median=22), "sneller: was de helft binnen 4 weken"),
        (rules.WAIT, Figure(9, 9, 9, median=29), Figure(9, 9, 9, median=22), "trager: was de helft binnen 4 weken"),
        (rules.WAIT, Figure(9, 9, 9, median=23), Figure(9, 9, 9, median=28), "even lang als het kwartaal ervoor"),
        (rules.WAIT, Figure(9, 9, 9, median=23), Figure(1, 9, 9), "was nog niet voor de helft"),
        (rules.WAIT, Figure(9, 9, 9, median=23), Figure(1, 1, 1), "was te weinig om te zeggen"),
    ],
)
def test_what_changed_is_said_as_far_as_it_can_be(key: str, now: Figure, before: Figure | None, said: str):
    with use_locale("nl"):
        assert changed(key, now, before).replace("\xa0", "\u202f") == said


def test_the_paper_says_what_changed_beside_each_figure(
    engine: sa.Engine, app: Flask, visit: Visit, organisation: Organisation
):
    ask(organisation, 6)
    kept(engine)
    ask(organisation, 8, first=6, month=11)
    kept(engine, LATER)
    screen = Screen(visit("coordinator"), PAPER)
    assert screen.heading == "8 van de 8 die er dit kwartaal om vroegen, kregen in dat kwartaal een mentor"
    rows = {row[0]: row for row in screen.rows()}
    assert rows["Lopende duo's"][1:3] == ["14", "8 meer dan het kwartaal ervoor"]
    assert rows["Vroeg erom en kreeg een mentor"][2] == "was 6 van 6; te weinig om te vergelijken"
    earlier = Screen(visit("coordinator"), f"{PAPER}?quarter=2026-07-01")
    assert "van het kwartaal ervoor is niets bewaard" in earlier.text
    for odd in ("x", "2026-07-02", "9999-99-99"):
        assert Screen(visit("coordinator"), f"{PAPER}?quarter={odd}&in={odd}").heading == screen.heading


def test_the_paper_speaks_another_language_than_its_reader(engine: sa.Engine, visit: Visit, organisation: Organisation):
    ask(organisation, 6)
    kept(engine)
    screen = Screen(visit("coordinator"), f"{PAPER}?in=en")
    assert screen.heading.startswith("6 van de 6"), "the page stays that of its reader"
    assert "For the board and the works council. From 1 Jul 2026 to 30 Sep 2026" in screen.text
    assert "Behind it" in screen.text and "Wat erachter zit" not in screen.text
    sheet = visit("coordinator").get(f"{PAPER}.csv?in=en").get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert rows[0][:3] == ["Quarter", "Site", "Outcome"] and len(rows[0]) == len(rows[1])
    assert rows[1][:4] == ["Quarter 3 of 2026", "The whole organisation", "Asked, and got a mentor", "6"]
    assert rows[1][10] == "nothing is known of the quarter before"


def test_the_paper_is_a_pdf_too(engine: sa.Engine, session: Session, visit: Visit, organisation: Organisation):
    if not pdf.available():
        lacking("typst")
    ask(organisation, 6)
    site = session.exec(select(Site).where(Site.name == "Ede")).one()
    site.name = 'Ede ¦ "#panic"'
    session.commit()
    kept(engine)
    answer = visit("coordinator").get(f"{PAPER}.pdf")
    assert answer.content_type == "application/pdf"
    assert "outcomes-2026-3-nl.pdf" in answer.headers["Content-Disposition"]
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data))
    assert "Kwartaal 3 van 2026" in text and "6 van 6" in text and '"#panic"' in text


def test_as_a_workbook(engine: sa.Engine, visit: Visit, organisation: Organisation):
    ask(organisation, 6)
    kept(engine)
    assert visit("coordinator").get(f"{PAPER}.xlsx").data[:2] == b"PK"


@pytest.mark.parametrize("who", ["junior", "senior", "manager", "hr", "admin"])
@pytest.mark.parametrize("end", ["", ".pdf", ".csv", ".xlsx"])
def test_others_do_not_come_in(visit: Visit, who: str, end: str):
    assert visit(who).get(f"{PAPER}{end}").status_code in (403, 404)


def test_while_no_quarter_is_closed_it_says_when_the_first_is(visit: Visit):
    screen = Screen(visit("coordinator"), PAPER)
    assert screen.heading == "Er is nog geen kwartaal afgesloten" and "15 jan 2027" in screen.text
    for end in (".pdf", ".csv", ".xlsx"):
        assert visit("coordinator").get(f"{PAPER}{end}").location == PAPER
