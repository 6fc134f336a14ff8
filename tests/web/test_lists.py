"""Every list alike: what is asked for is shown and no more, sheets hold what is seen, and nothing asked is a fault."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook
from sqlmodel import Session

from mentorship.base import keeping, settled
from mentorship.matching import DEFAULT_WEIGHTS
from mentorship.people.models import Person
from mentorship.rounds.models import Round
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage

LISTS = {
    "/people": "/people/people",
    "/insight/workload": "/insight/workload",
}
ALL = LISTS | {"/waiting": "/waiting/waiting", "/rounds": "/rounds/rounds", "/rounds/1": "/rounds/1/pairs"}
"""Also those that not everybody of `many` is in."""
NONSENSE = (
    "?sort=nothing&order=sideways&page=-1&site=x&site=99999&role=boss&columns=,,%00&q=%00%ff",
    "?page=99999999&sort=name'--&account=all&waits=7&domain=-1&state=9&line=theirs",
    "?q=" + "x" * 5000,
    "?_external=1&_scheme=javascript&endpoint=home.index&_anchor=x",
)


@pytest.fixture
def many(organisation: Organisation) -> Organisation:
    """Sixty people more, who all ask and offer something."""
    made = organisation
    for number in range(60):
        site = "Breda" if number % 2 else "Ede"
        made.person(f"q{number}", "junior", roster=None, site=site, family_name=f"Groot{number:02}")
        made.offers(f"q{number}", places=1 + number % 3, hours=4.5)
        made.asks(f"q{number}", "PLC-programmering")
    made.session.commit()
    made.speak("en")
    return made


@pytest.fixture
def solved(many: Organisation, engine: sa.Engine) -> Organisation:
    """A round too, with the pairs that it found."""
    stage = Stage(engine, many, many.now)
    stage.cast()
    assert stage.solved() == 1
    return many


NEVER_USED = "Never used for appraisal, pay, promotion or dismissal."


def footless(rows: list[list]) -> list[list]:
    """The rows of a sheet without the sentence that stands under those of hours."""
    return rows[:-2] if rows[-1][0] == NEVER_USED else rows


def table(visit, address: str) -> list[list[str]]:
    answer = visit("coordinator").get(address)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    return footless(list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")))


def book(visit, address: str) -> list[list[object]]:
    answer = visit("coordinator").get(address)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    return footless(CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python())


@pytest.mark.parametrize("page", LISTS)
def test_a_sheet_holds_all_pages_of_what_is_seen(page: str, visit, many: Organisation):
    screen = Screen(visit("coordinator"), f"{page}?q=groot&sort=site&order=down")
    shown = screen.rows()
    assert len(shown) == 50 and "Next 10" in screen.names("a")
    seen = [row[0] or row[1] for row in shown + screen.tap("Next").rows()]
    for ending in ("csv", "xlsx"):
        link = next(a.get("href") for a in screen.tree.iter("a") if f".{ending}" in (a.get("href") or ""))
        assert link.startswith(LISTS[page])
        head, *rows = book(visit, link) if ending == "xlsx" else table(visit, link)
        place = head.index("Name")
        assert [row[place] for row in rows] == [name.split(" paused")[0] for name in seen], "in the same order"


@pytest.mark.parametrize("page", LISTS)
def test_a_column_that_is_not_seen_is_in_no_sheet(page: str, visit, many: Organisation):
    whole = Screen(visit("coordinator"), page)
    assert "Site" in whole.names("a")
    less = Screen(visit("coordinator"), f"{page}?columns=")
    assert "Site" not in less.names("a") and less.rows()
    for made in (table, book):
        assert "Site" in made(visit, f"{LISTS[page]}.{'csv' if made is table else 'xlsx'}")[0]
        assert "Site" not in made(visit, f"{LISTS[page]}.{'csv' if made is table else 'xlsx'}?columns=")[0]


def test_numbers_and_days_can_be_reckoned_with(visit, many: Organisation, session: Session):
    session.get_one(Person, many.people["q1"]).given_name = "=SOM(A1)"
    session.commit()
    head, *rows = book(visit, "/insight/workload.xlsx?q=groot01")
    found = dict(zip(head, rows[0], strict=True))
    assert found["Hours promised"] == 4.5 and found["Places"] == 2
    assert found["Name"] == "'=SOM(A1) Groot01"
    head, *rows = book(visit, "/waiting/waiting.xlsx?q=groot01")
    assert dict(zip(head, rows[0], strict=True))["Since"] == date(2026, 11, 23)


@pytest.mark.parametrize("page", ALL)
@pytest.mark.parametrize("asked", NONSENSE)
def test_what_cannot_be_is_left_out(page: str, asked: str, visit, solved: Organisation):
    client = visit("coordinator")
    for address in (page, f"{ALL[page]}.csv", f"{ALL[page]}.xlsx"):
        assert client.get(address + asked).status_code == 200


@pytest.mark.parametrize("page", ["/rounds", "/rounds/1"])
def test_a_sheet_of_rounds_holds_what_is_seen(page: str, visit, solved: Organisation):
    seen = [named(row) for row in Screen(visit("coordinator"), page).rows()]
    for rows in (table(visit, f"{ALL[page]}.csv"), book(visit, f"{ALL[page]}.xlsx")):
        told = [(name, row[:2]) for name, row in zip(seen, rows[1:], strict=True)]
        assert told and all(name.startswith(tuple(map(str, cells))) for name, cells in told), "in the same order"
    screen = Screen(visit("coordinator"), f"{page}?q=niemand")
    assert "Nothing fits this view" in screen.text
    assert [named(row) for row in screen.tap("Show everything").rows()] == seen


def named(row: list[str]) -> str:
    """Return how a row is named: behind the box to tick it, where it has one."""
    return row[0] or row[1]


def test_filters_add_up_and_can_be_let_go_of(visit, many: Organisation):
    screen = Screen(visit("coordinator"), "/people")
    breda = screen.tap("Breda")
    assert breda.rows() and {row[3] for row in breda.rows()} == {"Breda"}
    assert f"30 of {60 + 11}" in breda.text
    both = breda.tap("Ede")
    assert {row[3] for row in both.rows()} == {"Breda", "Ede"} and "2 chosen" in both.text
    found = both.tap("Let go of Site")
    assert len(found.rows()) == 50 and "of 71" not in found.text


def test_a_page_of_a_list_says_which(visit, many: Organisation):
    client = visit("coordinator")
    assert "<title>People, page 2 of 2 – Leermaat</title>" in client.get("/people?page=2").text
    assert "<title>People – Leermaat</title>" in client.get("/people?q=groot01").text


def test_nothing_that_fits_leads_back_to_everything(visit, many: Organisation):
    for page in LISTS:
        screen = Screen(visit("coordinator"), f"{page}?q=niemand")
        assert "Nothing fits this view" in screen.text
        assert len(screen.tap("Show everything").rows()) == 50


def test_no_query_per_row_or_kept_view(visit, engine: sa.Engine, solved: Organisation):
    client, asked = visit("coordinator"), []
    sa.event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    def counts() -> dict[str, int]:
        found = {}
        keeping._KEPT.clear()
        settled.forget()
        for page, sheet in ALL.items():
            for address in (f"{page}?site=1", f"{sheet}.xlsx?site=1"):
                asked.clear()
                assert client.get(address).status_code == 200
                found[address] = len(asked)
        return found

    few = counts()
    for number in range(3):
        Screen(client, f"/people?q=groot{number}").press("Save", name=f"View {number}")
    for number in range(60, 90):
        solved.person(f"q{number}", "junior", roster=None, site="Ede", family_name=f"Groot{number}")
        solved.offers(f"q{number}", places=1, hours=4.5)
        solved.asks(f"q{number}", "PLC-programmering")
        solved.session.add(
            Round(name=f"r{number}", weights=DEFAULT_WEIGHTS, floor=0.3, spread=0.02, created_at=solved.now)
        )
    solved.session.commit()
    assert counts() == few
