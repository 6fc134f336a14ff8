"""The sector mirror: the newest closed pulse beside the TechBarometer, what may be said of it, and what to do."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook
from scipy.stats import norm
from sqlmodel import Session

from mentorship.insight.mirror import rules, steps
from mentorship.insight.mirror.sector import BASES, BY_AGE, MIRRORED, OTHERS, WAYS
from mentorship.pulse.models import PulseSlip, PulseWave
from mentorship.pulse.questions import (
    HIERARCHY,
    LEARNING_TIME,
    MISUNDERSTOOD,
    NEWCOMERS_TIME,
    OWN_CHOICE,
    PREFERS,
    STATEMENTS,
)
from tests.factories import Organisation, Screen

MIRROR = "/insight/mirror"
DAY = timedelta(days=1)


def held(
    session: Session, made: Organisation, said: dict[str, dict[str, int]], ago: int = 20, grouping: str = "role"
) -> int:
    """A wave that closed: by question, how often each answer was given; "senior:5" is of the mentors."""
    last = made.now.date() - ago * DAY
    wave = PulseWave(
        opens_on=last - 13 * DAY, closes_on=last, grouping=grouping, closed_at=made.now, invited=148, answered=64
    )
    session.add(wave)
    session.flush()
    number = 0
    for question, answers in said.items():
        for key, times in answers.items():
            group, _, answer = key.rpartition(":")
            for _ in range(times):
                number += 1
                slip = {"key": f"{wave.id}-{number}", "question": question, "grouped": group, "answer": answer}
                session.add(PulseSlip(wave_id=wave.id or 0, **slip))
    session.commit()
    return wave.id or 0


def share(yes: int, no: int) -> dict[str, int]:
    return {"5": yes, "1": no}


def sections(screen: Screen) -> dict[str, str]:
    """Return the words of each box by its title."""
    found = {}
    for element in screen.tree.iter("section"):
        title = next(("".join(h.itertext()).strip() for h in element.iter("h2")), "")
        found[title] = " ".join(" ".join(element.itertext()).split())
    return found


# whether a figure is above or below


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_is_wilsons(yes: int, number: int):
    """The bounds are where a share stands so far from what was found that chance gives it once in twenty samples."""
    if yes > number:
        yes = number
    found = yes / number
    z = norm.ppf(0.975)
    for bound in rules.wilson(found, number):
        if 1e-9 < bound < 1 - 1e-9:
            assert abs(abs(found - bound) / (bound * (1 - bound) / number) ** 0.5 - z) < 1e-3


@given(st.integers(0, 20), st.integers(5, 400), st.sampled_from([12, 21, 35, 48]), st.sampled_from([412, 837]))
def test_above_and_below_only_where_the_intervals_part(twentieth: int, answers: int, theirs: int, base: int):
    """Recomputed from the equation of second degree that the bounds are the roots of."""

    def bounds(p: float, n: int) -> tuple[float, float]:
        z2 = norm.ppf(0.975) ** 2
        a, b, c = 1 + z2 / n, -(2 * p + z2 / n), p * p
        root = max(b * b - 4 * a * c, 0) ** 0.5
        return (-b - root) / (2 * a), (-b + root) / (2 * a)

    ours = twentieth / 20
    low, high = bounds(max(ours - 0.025, 0), answers)[0], bounds(min(ours + 0.025, 1), answers)[1]
    sector_low, sector_high = bounds(theirs / 100, base)
    expected = "above" if low > sector_high else "below" if high < sector_low else "near"
    assert rules.judged(ours, answers, theirs / 100, base) == expected


def test_nothing_is_said_where_it_is_not_stated_of_how_many_the_figure_is():
    assert rules.judged(1.0, 500, 0.2, None) == "unjudged"


def test_what_is_not_stated_is_not_made_up():
    """Only what says itself of whom it is has a base; the numbers are those of the report."""
    stated = {question for question, fact in MIRRORED.items() if fact.of}
    assert stated == {NEWCOMERS_TIME} and all(fact.of == 412 for fact in WAYS.values())
    assert BASES == {"technicians": 412, "companies": 837}
    assert {question: fact.percent for question, fact in MIRRORED.items()} == {
        "learning_time": 43,
        "newcomers_time": 35,
        "own_work": 45,
        "alone_soon": 37,
        "hierarchy": 21,
        "holders": 35,
    }
    assert [WAYS[way].percent for way in ("on_the_job", "classroom", "online", "with_colleague", "short_modules")] == [
        *(30, 21, 15, 14, 12)
    ]


def test_figures_about_age_are_never_mirrored():
    assert {fact.percent for _text, fact in BY_AGE} == {33, 32, 26, 21, 69, 66}
    assert not {MISUNDERSTOOD, OWN_CHOICE} & set(MIRRORED), "of these the sector has a figure of an age group alone"
    for text, _fact in OTHERS:
        assert not re.search(r"young|under|generation|age\b", text)


# the page


def test_before_the_first_pulse_the_sector_stands_there_alone(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), MIRROR)
    assert screen.heading == "Er zijn nog geen eigen antwoorden"
    assert "TechBarometer 2026, editie 3" in screen.text and "412 technici, 837 technische bedrijven" in screen.text
    assert screen.tap("Plan een peiling").path == "/pulse/waves"


def test_a_gap_that_is_certain_is_said_first(visit, session: Session, organisation: Organisation):
    held(session, organisation, {NEWCOMERS_TIME: share(40, 20), LEARNING_TIME: share(50, 10)})
    screen = Screen(visit("coordinator"), MIRROR)
    assert screen.heading.startswith("Jullie blijven achter bij de sector: “We hebben te weinig tijd")
    boxes = sections(screen)
    behind = boxes["Hier blijven jullie achter bij de sector: 1 cijfer"]
    assert "technici (412)" in behind and "65" in behind and "30 hoger" in behind
    beside = boxes["Naast elkaar: geen verschil is zeker"]
    assert "Ik wil meer tijd om te leren" in beside and "niet vergeleken" in beside and "hoger" not in beside
    assert "64 van 148 collega's" in screen.text


def test_what_is_better_is_said_too(visit, session: Session, organisation: Organisation):
    held(session, organisation, {NEWCOMERS_TIME: share(4, 80)})
    screen = Screen(visit("coordinator"), MIRROR)
    assert "beter dan de sector" in screen.heading
    assert "30 lager" in sections(screen)["Hier staan jullie beter dan de sector: 1 cijfer"]


def test_a_difference_that_chance_can_explain_is_none(visit, session: Session, organisation: Organisation):
    held(session, organisation, {NEWCOMERS_TIME: share(5, 6)})
    screen = Screen(visit("coordinator"), MIRROR)
    assert "geen duidelijk verschil" in sections(screen)["Naast elkaar: geen verschil is zeker"]


def test_what_the_sector_asked_by_age_stands_apart(visit, session: Session, organisation: Organisation):
    held(session, organisation, {question: share(20, 20) for question in STATEMENTS})
    boxes = sections(Screen(visit("coordinator"), MIRROR))
    alone = boxes["Alleen van jullie: hiervan heeft de sector geen cijfer over iedereen"]
    assert "Ik kies zelf" in alone and "begrijpen elkaar verkeerd" in alone and "21" not in alone and "32" not in alone
    by_age = boxes["Alleen van de sector: naar leeftijd"]
    assert "jonger dan 35" in by_age and "Leermaat weet niet hoe oud iemand is" in by_age


def test_what_is_not_told_is_named_with_the_figure_of_the_sector(visit, session: Session, organisation: Organisation):
    held(session, organisation, {LEARNING_TIME: share(20, 20)})
    boxes = sections(Screen(visit("coordinator"), MIRROR))
    hidden = boxes["Niet getoond"]
    assert "Wie boven wie staat" in hidden and "sector 21" in hidden and "meer tijd om te leren" not in hidden


def test_it_is_rounded_to_five(visit, session: Session, organisation: Organisation):
    held(session, organisation, {HIERARCHY: share(11, 36)})
    beside = sections(Screen(visit("coordinator"), MIRROR))["Naast elkaar: geen verschil is zeker"]
    assert re.search(r"\b25\b", beside) and not re.search(r"\b23\b", beside)


def test_the_ways_of_learning_stand_beside_those_of_technicians(visit, session: Session, organisation: Organisation):
    held(session, organisation, {PREFERS: {"with_colleague": 60, "on_the_job": 40}})
    screen = Screen(visit("coordinator"), MIRROR)
    assert "Bij jullie leren meer mensen liefst samen met een ervaren collega" in screen.text
    table = next(e for e in screen.tree.iter("details") if e.get("class") == "chart-table")
    rows = [[" ".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    assert ["samen met een ervaren collega", "60", "14", "46 hoger"] in rows
    assert ["klassikaal", "0", "21", "21 lager"] in rows


def test_groups_stand_there_as_far_as_they_are_told(visit, session: Session, organisation: Organisation):
    held(session, organisation, {LEARNING_TIME: {"senior:5": 6, "senior:1": 6, "5": 10, "1": 2}})
    rows = Screen(visit("coordinator"), MIRROR).rows()
    found = next(row for row in rows if row[0].startswith("Ik wil meer tijd"))
    assert found[1:] == ["50"], "only the mentors are told apart"


def test_the_newest_closed_wave_counts(visit, session: Session, organisation: Organisation):
    held(session, organisation, {LEARNING_TIME: share(5, 35)}, ago=400)
    held(session, organisation, {LEARNING_TIME: share(35, 5)}, ago=20)
    beside = sections(Screen(visit("coordinator"), MIRROR))["Naast elkaar: geen verschil is zeker"]
    assert re.search(r"\b90\b", beside), "35 of 40, rounded; of the wave before it were 15"


def test_each_of_the_five_steps_leads_to_where_it_can_be_done(visit, session: Session, organisation: Organisation):
    held(session, organisation, {LEARNING_TIME: share(20, 20)})
    client = visit("coordinator")
    screen = Screen(client, MIRROR)
    assert "Ik wil meer tijd om te leren onder werktijd: 50" in sections(screen)["Wat jullie er nu aan kunnen doen"]
    box = next(e for e in screen.tree.iter("section") if "mirror-steps" in (e.get("class") or ""))
    links = [link.get("href") for link in box.iter("a")]
    assert len(links) == sum(len(step.ways) for step in steps.STEPS) and len(steps.STEPS) == 5
    for link in links:
        assert client.get(link).status_code == 200, link


def test_it_says_that_the_question_is_not_the_same_one(visit, session: Session, organisation: Organisation):
    assert "De sector kreeg andere vragen dan jullie" in Screen(visit("coordinator"), MIRROR).text


@pytest.mark.parametrize("kind", ["sqlite"])
def test_nobody_else_reads_it(visit, organisation: Organisation, kind: str):
    for key in ("junior", "senior", "manager", "hr", "admin"):
        assert visit(key).get(MIRROR).status_code == 403


# the sheets


def test_the_sheets_hold_what_is_seen(visit, session: Session, organisation: Organisation, tmp_path: Path):
    held(session, organisation, {NEWCOMERS_TIME: {"senior:5": 20, "senior:1": 5, "5": 20, "1": 15}})
    client = visit("coordinator")
    text = client.get(f"{MIRROR}/mirror.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:3] == ["Wat", "Van wie", "Jullie"]
    whole = [row for row in rows if row and row[0].startswith("We hebben te weinig tijd")]
    assert whole[0][2:] == ["0,65", "50", "0,35", "technici (412)", "30 hoger"]
    assert [row[1:4] for row in whole if row[1] == "mentoren"] == [["mentoren", "0,8", "20"]]
    assert [row[1:4] for row in whole if row[1] == "juniors"] == [["juniors", "niet getoond", ""]]
    assert "TechBarometer 2026" in rows[-1][0] and "andere vragen" in rows[-1][0]
    book = tmp_path / "mirror.xlsx"
    book.write_bytes(client.get(f"{MIRROR}/mirror.xlsx").data)
    sheet = load_workbook(str(book)).get_sheet_by_index(0).to_python()
    assert len(sheet) >= len(rows) - 2
    age = [row for row in sheet if "jonger dan 35" in str(row[0])]
    assert age and all(row[2] == "" for row in age), "never a figure of ours beside one about age"


# what closes and what is shown, together


def test_a_wave_that_closes_is_what_the_mirror_shows(
    engine: sa.Engine, visit, session: Session, organisation: Organisation
):
    """From the answers of people to the page, recomputed from what they said."""
    from tests.pulse.test_pulse import answer, close, crowd, opened

    people = crowd(organisation, junior=12, senior=12)
    opened(organisation)
    yes = 0
    for place, person_id in enumerate(people[-20:]):
        said = "4" if place % 3 else "2"
        yes += said == "4"
        answer(organisation, person_id, holders=said)
    close(engine, organisation)
    expected = round(yes / 20 * 20) * 5
    beside = sections(Screen(visit("coordinator"), MIRROR))["Naast elkaar: geen verschil is zeker"]
    assert re.search(rf"\b{expected}\b", beside)
    assert f"20 van {len(people)} collega's" in Screen(visit("coordinator"), MIRROR).text
