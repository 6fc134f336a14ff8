"""The knowledge map: its sums counted again by hand, who sees it, who looked, and what it costs."""

from __future__ import annotations

import csv
import io
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.config import Settings
from mentorship.insight.knowledge import rules
from mentorship.insight.knowledge.arriving import Paces, Weeks
from mentorship.insight.knowledge.facts import Facts, Field, Grower, Holder
from mentorship.insight.outcomes.models import KeptOutcome
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.goals.paces import Step
from mentorship.people.looks.models import Look
from mentorship.people.models import Person
from mentorship.profiles import coverage
from mentorship.profiles.models import HORIZONS, Capacity, Expertise, Plan
from mentorship.programme.models import Programme
from mentorship.worker import jobs
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

PAGE = "/insight/knowledge"
TODAY = date(2026, 11, 23)
GONE = {"under_1": 1, "1_to_3": 3, "3_to_5": 5, "over_5": 99, "unknown": 99}
"""Written down here again: in how many years somebody is gone."""
BANDS = (16, 4), (10, 3), (5, 2)
POINTS = {"under_1": 5, "1_to_3": 4, "3_to_5": 3, "over_5": 1}


def steps(level: int, weeks: float, people: int = 5, domain: int = 1) -> list[Step]:
    return [Step(person, domain, level, weeks) for person in range(people)]


def facts(**values: Any) -> Facts:
    return Facts(
        **{
            "today": TODAY,
            "fields": [],
            "holders": [],
            "growers": [],
            "offers": [],
            "asked": [],
            "taken": [],
            "sites": {1: "Ede"},
            "bands": BANDS,
            **values,
        }
    )


@pytest.mark.parametrize("seed", range(40))
def test_the_map_is_what_counting_person_by_person_gives(seed: int):
    rng = random.Random(seed)
    fields = [Field(number, f"D{number}", rng.random() < 0.5, False) for number in range(1, 5)]
    holders = [
        Holder(domain, person, 1, rng.random() < 0.5, rng.choice(HORIZONS))
        for domain in range(1, 5)
        for person in range(rng.randrange(7))
    ]
    horizon_of = {person: rng.choice(HORIZONS) for person in range(30)}
    growers = [
        Grower(
            rng.randrange(1, 5),
            person := rng.randrange(4, 30),
            1,
            reached := rng.randrange(4),
            rng.randrange(reached + 1, 6),
            TODAY - timedelta(weeks=rng.randrange(40)),
            horizon_of[person],
        )
        for _ in range(20)
    ]
    weeks = {1: 5, 2: 30, 3: 60, 4: 90}
    known = rng.choice(((1, 2, 3, 4), (1, 2), ()))
    taken = [step for level in known for step in steps(level, weeks[level])]
    found = rules.rows(facts(fields=fields, holders=holders, growers=growers, taken=taken))
    for row in found:
        here = [holder for holder in holders if holder.domain_id == row.field.domain_id]
        said = [POINTS[holder.horizon] for holder in here if holder.horizon != "unknown"]
        attrition = sum(said) / len(said) if said else 3 if here else 5
        position = 1 + 2 * row.field.critical + (len(here) <= 3) + (len(here) <= 1)
        assert row.risk.figure == pytest.approx(position * attrition)
        assert row.band == 1 + (row.risk.figure >= 5) + (row.risk.figure >= 10) + (row.risk.figure >= 16)
        ids = {holder.person_id for holder in here}
        for place, years in enumerate((0, 1, 3, 5)):
            without = len([holder for holder in here if GONE[holder.horizon] > years])
            grown = set()
            for one in growers:
                way = range(one.reached + 1, 5)
                left = sum(weeks[level] for level in way)
                left -= min((TODAY - one.since).days // 7, weeks[one.reached + 1])
                arrives = one.target >= 4 and set(way) <= set(known) and left <= 52 * years
                if one.domain_id == row.field.domain_id and arrives and years and GONE[one.horizon] > years:
                    grown.add(one.person_id)
            assert row.outlook.without[place] == without
            assert row.outlook.with_pairs[place] == without + len(grown - ids)
    assert [row.risk.figure for row in found] == sorted((row.risk.figure for row in found), reverse=True)


def test_fewer_than_five_people_tell_no_pace():
    grower = Grower(1, 9, 1, 2, 3, TODAY, "unknown")
    assert Paces(steps(3, 10, people=4)).until(grower, 3, TODAY) is None
    assert Paces(steps(3, 10)).until(grower, 3, TODAY) == Weeks(10, 10)
    assert Paces(steps(3, 10, domain=2)).until(grower, 3, TODAY) == Weeks(10, 10), "that of all, where too few did here"
    assert Paces(steps(3, 10)).until(grower, 4, TODAY) is None, "a step on the way is not known"
    begun = Grower(1, 9, 1, 2, 3, TODAY - timedelta(weeks=4), "unknown")
    assert Paces(steps(3, 10)).until(begun, 3, TODAY) == Weeks(6, 6)
    long_ago = Grower(1, 9, 1, 2, 3, TODAY - timedelta(weeks=40), "unknown")
    assert Paces(steps(3, 10)).until(long_ago, 3, TODAY) == Weeks(0, 0), "never in the past"


@pytest.mark.parametrize(
    ("days", "horizon"), [(0, "under_1"), (364, "under_1"), (366, "1_to_3"), (1200, "3_to_5"), (2000, "over_5")]
)
def test_a_known_last_day_goes_before_what_somebody_said(days: int, horizon: str):
    assert coverage.horizon("over_5", TODAY + timedelta(days=days), TODAY) == horizon
    assert coverage.horizon(None, None, TODAY) == "unknown" and coverage.horizon("1_to_3", None, TODAY) == "1_to_3"


@pytest.fixture
def laid_out(session: Session, organisation: Organisation) -> int:
    """One critical domain that one person holds, who leaves; a junior who grows, one who could, one who asks."""
    made = organisation
    domain = made.domain("Uitlijnen", critical=True)
    made.mentor("last", "Uitlijnen", places=3, site="Assen")
    session.add(Plan(person_id=made.people["last"], horizon="1_to_3"))
    made.person("grows", "junior", site="Assen")
    pair = made.pair("last", "grows", "active", domain="Uitlijnen")
    session.add(Goal(mentorship_id=pair, domain_id=domain, start_level=2, target_level=4, made_at=made.now))
    made.person("near", "junior", site="Assen")
    made.can("near", "Uitlijnen", 3)
    made.person("asker", "junior", site="Assen")
    made.asks("asker", "Uitlijnen")
    session.commit()
    return domain


def row_of(screen: Screen, name: str) -> list[str]:
    return next(row for row in screen.rows() if row[0].startswith(name))


def test_the_coordinator_reads_the_sum_and_what_to_do_first(visit, laid_out: int):
    screen = Screen(visit("coordinator"), PAGE)
    row = row_of(screen, "Uitlijnen")
    assert "zeer hoog" in row[1] and "positie 5 × uitstroom 4 = 20" in row[1]
    assert "1 kenner: 1 × 1 tot 3 jaar" in row[2] and "1 van 1 geven het door" in row[2]
    assert row[3].endswith("0") and row[4].startswith("1") and "niet bekend" in row[4]
    assert row[5] == "2" and row[6].startswith("1 mentorvraag")
    assert "Zonder duo's" in screen.heading
    assert "Op één kenner: " in screen.text and "Uitlijnen" in screen.text
    assert "In PLC-programmering groeit niemand in een lopend duo." in screen.text
    assert "Zoek mentoren voor PLC-programmering" in screen.names("a"), "where nobody grows one begins"
    assert "Last" not in screen.text, "no name on the map"


def test_a_last_day_counts_as_leaving_then(visit, session: Session, laid_out: int, organisation: Organisation):
    person = session.get_one(Person, organisation.people["last"])
    person.last_day = organisation.now.date() + timedelta(days=20)
    session.commit()
    assert "uitstroom 5 = 25" in row_of(Screen(visit("coordinator"), PAGE), "Uitlijnen")[1]


def test_it_is_chosen_by_site_and_kind_and_sorted(visit, laid_out: int, organisation: Organisation):
    client = visit("coordinator")
    assen = Screen(client, f"{PAGE}?site={organisation.sites['Assen']}&sort=domain")
    assert "Assen" in assen.text and row_of(assen, "Uitlijnen")[2].startswith("1 kenner")
    ede = Screen(client, f"{PAGE}?site={organisation.sites['Ede']}")
    assert "niemand" in row_of(ede, "Uitlijnen")[2]
    critical = Screen(client, f"{PAGE}?critical=critical")
    assert [row[0].split()[0] for row in critical.rows()] == ["Uitlijnen"]
    assert Screen(client, f"{PAGE}?site=999&sort=nothing&critical=x").status == 200


def test_the_sheet_says_what_the_page_says(visit, laid_out: int):
    client = visit("coordinator")
    text = client.get(f"{PAGE}/map.csv?critical=critical").text
    (row,) = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    assert row["Vakgebied"] == "Uitlijnen" and row["Positie"] == "5" and row["Uitstroom"] in ("4", "4,0")
    assert row["1 tot 3 jaar"] == "1" and row["Over 5 jaar, zonder duo's"] == "0"
    assert client.get(f"{PAGE}/map.xlsx").data[:2] == b"PK"


def test_a_domain_names_its_people_and_they_read_who_looked(
    visit, session: Session, laid_out: int, organisation: Organisation
):
    made = organisation
    screen = Screen(visit("coordinator"), f"{PAGE}/{laid_out}")
    names = screen.names("a")
    assert {"Last Proef", "Grows Proef", "Near Proef"} <= set(names)
    assert "Asker Proef" not in names, "who asks already is not invited"
    assert "1 tot 3 jaar" in screen.text and "niet bekend" in screen.text
    session.expire_all()
    looks = session.exec(select(Look.person_id).where(Look.kind == "knowledge")).all()
    assert set(looks) == {made.people[key] for key in ("last", "grows", "near")}
    session.rollback()
    assert "wat je kunt, en hoelang je denkt te blijven" in Screen(visit("last"), "/seen").text
    assert visit("coordinator").get(f"{PAGE}/999").status_code == 404


def test_who_could_grow_is_asked_by_a_message(visit, laid_out: int, organisation: Organisation):
    screen = Screen(visit("coordinator"), f"{PAGE}/{laid_out}")
    screen = screen.press("Vraag het ze in een bericht", person=organisation.people["near"])
    assert screen.status == 200 and screen.path.endswith("/write")


def test_an_empty_organisation_reads_what_to_do(visit, session: Session):
    for table in (Expertise, Capacity):
        session.execute(sa.delete(table))
    session.commit()
    screen = Screen(visit("coordinator"), PAGE)
    assert screen.status == 200 and screen.heading


def test_it_reads_in_english(visit, session: Session, laid_out: int, organisation: Organisation):
    person = session.get_one(Person, organisation.people["coordinator"])
    person.locale = "en"
    session.commit()
    client = visit("coordinator")
    assert "position 5 × attrition 4 = 20" in Screen(client, PAGE).text
    assert "the risk is very high" in Screen(client, f"{PAGE}/{laid_out}").heading


def test_the_map_by_name_is_for_the_coordinator(visit, laid_out: int):
    for who in ("junior", "senior", "manager", "director", "hr", "admin", "nobody"):
        for address in (f"{PAGE}/{laid_out}", f"{PAGE}/map.csv", f"{PAGE}/map.xlsx"):
            assert visit(who).get(address).status_code == 403


def test_the_number_of_queries_does_not_grow(visit, session: Session, organisation: Organisation, engine: sa.Engine):
    def asked() -> int:
        client = visit("coordinator")
        with counted(engine) as statements:
            assert client.get(PAGE).status_code == 200
        return len(statements)

    before = asked()
    for number in range(9):
        organisation.mentor(f"more{number}", f"Vak {number}")
        organisation.person(f"learner{number}", "junior")
        pair = organisation.pair(f"more{number}", f"learner{number}", "active")
        session.add(
            Goal(
                mentorship_id=pair,
                domain_id=organisation.domains[f"Vak {number}"],
                start_level=1,
                target_level=4,
                made_at=organisation.now,
            )
        )
    session.commit()
    assert asked() <= before


def test_managers_read_how_few_hold_it_and_nobody_by_name_or_plan(visit, laid_out: int):
    for who in ("manager", "director"):
        screen = Screen(visit(who), PAGE)
        row = row_of(screen, "Uitlijnen")
        assert "5 van 5" in row[1] and row[2] == "hooguit één kenner"
        assert "Het risico van het geheel staat hier als het eerste kwartaal gesloten is." in screen.text
        assert not [word for word in ("Last", "jaar", "binnen", "uitstroom", "Near") if word in screen.text]
        assert visit(who).get(f"{PAGE}/sites").status_code == 403
    for who in ("junior", "senior", "hr", "admin", "nobody"):
        assert visit(who).get(PAGE).status_code == 403


@pytest.mark.parametrize("known", [4, 5])
def test_the_word_for_the_whole_is_kept_of_five_who_said_how_long(
    visit, session: Session, engine: sa.Engine, organisation: Organisation, known: int
):
    made = organisation
    made.domain("Uitlijnen", critical=True)
    for number in range(7):
        made.person(f"holder{number}", "senior")
        made.can(f"holder{number}", "Uitlijnen", 4)
        session.add(Plan(person_id=made.people[f"holder{number}"], horizon="under_1" if number < known else "unknown"))
    row = session.get_one(MentorRequest, made.asks("holder6"))
    row.created_at = datetime(2026, 7, 6, 9, tzinfo=UTC)
    session.commit()
    jobs.keep_outcomes(engine, datetime(2026, 10, 15, 9, tzinfo=UTC), Settings())
    with Session(engine) as other:
        (kept,) = other.exec(select(KeptOutcome).where(KeptOutcome.site == 0)).all()
    assert ("knowledge" in kept.figures) == (known == 5)
    text = Screen(visit("manager"), PAGE).text
    if known < 5:
        assert "hadden minder dan vijf mensen ingevuld" in text
        return
    assert kept.figures["knowledge"]["people"] == 5
    before = kept.figures["knowledge"]["number"]
    assert f"was {('laag', 'matig', 'hoog', 'zeer hoog')[before - 1]} voor de hele organisatie" in text
    session.execute(sa.update(Plan).values(horizon="over_5"))
    session.commit()
    assert Screen(visit("manager"), PAGE).text == text, "what anybody fills in after the close moves nothing"


def test_sites_and_domains_say_where_nobody_is(visit, laid_out: int):
    screen = Screen(visit("coordinator"), f"{PAGE}/sites")
    row = row_of(screen, "Uitlijnen")
    assert "1 kenner" in row[1] and "niemand" in row[2] and row[3] == "1", "Assen, Ede, altogether"
    assert "Op " in screen.heading and "kritiek vakgebied" in screen.heading


def test_which_pairs_come_first_and_where_they_are_made(
    visit, session: Session, laid_out: int, organisation: Organisation
):
    made = organisation
    made.person("later", "junior", site="Assen")
    session.get_one(MentorRequest, made.asks("later", "Uitlijnen")).created_at = made.now + timedelta(hours=1)
    made.person("safe", "junior", site="Assen")
    made.asks("safe", "PLC-programmering")
    session.commit()
    client = visit("coordinator")
    screen = Screen(client, PAGE)
    found = screen.text.partition("Welke duo's eerst")[2].partition("Vakgebieden")[0]
    assert found.index("Asker Proef") < found.index("Later Proef"), "who waits longest comes first"
    assert "Uitlijnen, risico zeer hoog · 2 plekken vrij" in found
    assert "Safe Proef" not in found, "nobody has a place for that"
    assert Screen(client, PAGE).tap("Zoek een mentor : Asker Proef").status == 200
    session.execute(sa.update(Capacity).values(places=0))
    session.commit()
    assert "Welke duo's eerst" not in Screen(client, PAGE).text


def test_the_sites_are_a_sheet_too(visit, laid_out: int):
    client = visit("coordinator")
    text = client.get(f"{PAGE}/sites.csv").text
    rows = {row["Vakgebied"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")}
    row = rows["Uitlijnen"]
    assert (row["Assen"], row["Ede"], row["Samen"]) == ("1", "0", "1")
    assert client.get(f"{PAGE}/sites.xlsx").data[:2] == b"PK"
    assert visit("manager").get(f"{PAGE}/sites.csv").status_code == 403


def test_what_a_risk_is_called_is_a_setting(visit, session: Session, laid_out: int):
    before = row_of(Screen(visit("coordinator"), PAGE), "Uitlijnen")
    settings = session.get_one(Programme, 1)
    settings.risk_very_high, settings.risk_high, settings.risk_moderate = 25, 24, 23
    session.commit()
    screen = Screen(visit("coordinator"), PAGE)
    assert "hoog" in before[1] and "laag" in row_of(screen, "Uitlijnen")[1]
    assert "vanaf 25 zeer hoog, vanaf 24 hoog, vanaf 23 matig" in screen.text
