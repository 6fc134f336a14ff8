"""The sheet of the training matrix, filled in and read back: nothing is lost, nothing is guessed, people are told."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlmodel import Session, select

from mentorship.base.errors import Conflict
from mentorship.base.i18n import gettext, use_locale
from mentorship.base.mail_kinds import FILLED_IN
from mentorship.base.outbox import OutboxRow
from mentorship.growth.models import JobHeld, JobLevel, JobProfile
from mentorship.hr_import.levels import actions, rules
from mentorship.hr_import.levels.rules import Change, Known
from mentorship.hr_import.reading import values
from mentorship.people.models import Person
from mentorship.profiles.models import Expertise, FilledIn
from mentorship.profiles.words import LEVELS
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

PAGE = "/levels"
HEADS = ["Nummer", "Naam", "PLC-programmering", "Pneumatiek"]


@pytest.fixture
def job(session: Session, organisation: Organisation) -> int:
    """A profile that asks two domains, and two who work in it, one of whom can something."""
    made = organisation
    profile = JobProfile(name="Monteur")
    session.add(profile)
    session.flush()
    for name in ("Pneumatiek", "PLC-programmering"):
        session.add(JobLevel(profile_id=profile.id, domain_id=made.domain(name), level=3))
    for key in ("junior", "other_junior"):
        session.add(JobHeld(person_id=made.people[key], profile_id=profile.id, since=made.now, set_by=made.people[key]))
    made.can("junior", "Pneumatiek", 2)
    session.commit()
    assert profile.id is not None
    return profile.id


def downloaded(client: InspectingClient, job: int) -> bytes:
    data: bytes = client.get(f"/growth/matrix/sheet.xlsx?profile={job}").data
    return data


def cells(content: bytes) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return out.getvalue()


def read(client: InspectingClient, content: bytes, name: str = "blad.xlsx") -> Screen:
    screen = Screen(client, PAGE)
    return screen.press("Bekijk wat het verandert", file=(io.BytesIO(content), name))


def called(session: Session, organisation: Organisation, key: str) -> str:
    name: str = session.get_one(Person, organisation.people[key]).name
    session.commit()
    return name


def level(session: Session, organisation: Organisation, key: str, domain: str) -> int | None:
    row = session.get(Expertise, (organisation.people[key], organisation.domains[domain]), populate_existing=True)
    found = row.level if row else None
    session.commit()
    return found


def test_what_is_downloaded_and_read_back_changes_nothing(visit, job: int):
    client = visit("coordinator")
    assert "Dit blad verandert niets" in read(client, downloaded(client, job)).heading


def test_what_is_filled_in_is_looked_at_ticked_and_told(visit, session: Session, job: int, organisation: Organisation):
    made = organisation
    client = visit("coordinator")
    rows = cells(downloaded(client, job))
    assert rows[0] == HEADS
    whose = {row[1]: row for row in rows}
    whose[called(session, made, "junior")][2:4] = ["1", "zelfstandig"]
    whose[called(session, made, "other_junior")][2:4] = ["legt het uit", ""]
    screen = read(client, workbook(rows))
    assert "3 stappen" in screen.heading
    assert level(session, made, "junior", "Pneumatiek") == 2, "nothing is changed by looking"
    screen.press("Vul in wat is aangevinkt")
    assert "Ingevuld voor 2 mensen" in screen.text
    assert level(session, made, "junior", "Pneumatiek") == 3
    assert level(session, made, "junior", "PLC-programmering") == 1
    assert level(session, made, "other_junior", "PLC-programmering") == 4
    marked = {mark.person_id for mark in session.exec(select(FilledIn).where(FilledIn.section == "expertise"))}
    asked = {mail.recipient_id for mail in session.exec(select(OutboxRow).where(OutboxRow.kind == FILLED_IN))}
    session.commit()
    assert marked == asked == {made.people["junior"], made.people["other_junior"]}
    assert "Dit blad verandert niets" in read(client, downloaded(client, job)).heading


def test_a_level_goes_down_only_when_that_is_ticked_and_who_passes_it_on_keeps_that(
    visit, session: Session, job: int, organisation: Organisation
):
    made = organisation
    made.can("other_junior", "Pneumatiek", 4, willing=True)
    session.commit()
    client = visit("coordinator")
    person = session.get_one(Person, made.people["other_junior"])
    number, name = person.number, person.name
    session.commit()
    screen = read(client, workbook([HEADS, [number, name, "3", "2"]]))
    assert "lager" in screen.text
    screen.press("Vul in wat is aangevinkt")
    assert level(session, made, "other_junior", "Pneumatiek") == 4
    assert level(session, made, "other_junior", "PLC-programmering") == 3
    row = session.get_one(Expertise, (made.people["other_junior"], made.domains["Pneumatiek"]))
    assert row.willing
    session.commit()
    again = read(client, workbook([HEADS, [number, name, "", "5"]]))
    again.press("Vul in wat is aangevinkt")
    session.expire_all()
    assert (row.level, row.willing) == (5, True)


KNOWN = Known(
    people={"00123": 1, "7": 2},
    names={1: "Jan Proef", 2: "Anna Proef"},
    domains={"lassen": 10, "welding": 10, "meten": 11},
    have={(1, 10): 2},
)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["123", "Jan Proef", "3"], rules.ZEROS),
        (["99", "Jan Proef", "3"], rules.UNKNOWN_NUMBER),
        (["7", "Jan Proef", "3"], rules.OTHER_NAME),
        (["7", "Anna Proef", "6"], rules.NO_LEVEL),
        (["7", "Anna Proef", "heel goed"], rules.NO_LEVEL),
    ],
)
def test_what_cannot_be_placed_is_said_with_its_line_and_changes_nothing(row: list[str], sentence: str):
    found = rules.read([(1, ["Nummer", "Naam", "Lassen"]), (2, row)], KNOWN)
    (trouble,) = found.troubles
    assert trouble.sentence == sentence and trouble.values["line"] == 2 and not found.changes


def test_heads_are_read_in_either_language_and_what_is_no_domain_is_left_out():
    found = rules.read([(1, ["number", "Welding", "Shoe size"]), (3, ["7", "can explain it", "44"])], KNOWN)
    assert found.changes == [Change(2, 10, 0, 4)]
    assert [one.sentence for one in found.troubles] == [rules.UNKNOWN_COLUMN]


def test_somebody_twice_counts_once():
    found = rules.read([(1, ["number", "Lassen"]), (2, ["7", "3"]), (3, ["7", "4"])], KNOWN)
    assert found.changes == [Change(2, 10, 0, 3)] and found.troubles[0].sentence == rules.TWICE


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_level_is_read_as_it_is_written(language: str):
    with use_locale(language):
        assert [values.level(gettext(word)) for word in LEVELS] == list(range(6))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leeg.csv", "heeft geen regels om te lezen"),
        (b"Naam;Lassen\nJan;3\n", "a.csv", "Er is geen kolom met het personeelsnummer."),
        (b"Nummer;Schoenmaat\n1;44\n", "b.csv", "Geen kolom heet naar een vakgebied."),
        (b"PK\x03\x04 broken", "c.xlsx", "c.xlsx"),
    ],
)
def test_a_wrong_file_is_refused_in_words(visit, job: int, content: bytes, name: str, sentence: str):
    screen = read(visit("coordinator"), content, name)
    assert screen.status == 422 and sentence in screen.text


def test_without_a_file_it_says_so(visit, job: int):
    screen = Screen(visit("coordinator"), PAGE).press("Bekijk wat het verandert")
    assert screen.status == 422 and "Kies eerst een bestand." in screen.text


def test_a_sheet_looked_at_before_somebody_else_changed_it_is_refused(
    session: Session, job: int, organisation: Organisation, now: datetime
):
    made = organisation
    change = Change(made.people["junior"], made.domains["Pneumatiek"], 1, 3)
    with pytest.raises(Conflict):
        actions.take(session, made.actor("coordinator"), [change], now)


@pytest.mark.parametrize("who", ["junior", "senior", "manager", "hr", "admin"])
def test_the_coordinator_alone_fills_in_by_sheet(visit, job: int, who: str):
    assert visit(who).get(PAGE).status_code == 403
    assert visit(who).get("/growth/matrix/sheet.xlsx").status_code == 403
