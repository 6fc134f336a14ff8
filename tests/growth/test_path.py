"""The development path: one's own choice, steps that build, inside or outside and why, seen by whom one shows it to."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.growth.bases import actions as based
from mentorship.growth.bases import rules as base_rules
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.models import BuildsOn, Course, CourseFollowed, JobLevel, JobProfile
from mentorship.growth.path import actions, rules
from mentorship.growth.path.models import PathChosen
from mentorship.growth.path.rules import DONE, LATER, NOW, Learned, Stands
from mentorship.mentorships.goals.models import Goal
from mentorship.people.access import COORDINATOR, Actor
from mentorship.profiles.models import Expertise
from tests.factories import Organisation, Screen

PAGE = "/growth/path"


def as_junior(made: Organisation) -> Actor:
    return Actor(made.people["junior"], frozenset({"junior"}))


@pytest.fixture
def job(session: Session, organisation: Organisation) -> int:
    """A job that asks three domains: the junior has one, works on one in a pair, and lacks one with basics outside."""
    made = organisation
    row = JobProfile(name="Storingsmonteur", name_en="Fault fitter")
    other = JobProfile(name="Werkvoorbereider")
    session.add_all([row, other])
    session.flush()
    ids = {name: made.domain(name) for name in ("Koudetechniek", "Warmtepompen", "Elektrisch aansluiten")}
    for domain_id in ids.values():
        session.add(JobLevel(profile_id=row.id or 0, domain_id=domain_id, level=3))
    session.add(JobLevel(profile_id=other.id or 0, domain_id=ids["Warmtepompen"], level=4))
    session.add(Course(domain_id=ids["Elektrisch aansluiten"], title="NEN 3140", days=Decimal(2), basics=True))
    session.add(BuildsOn(domain_id=ids["Elektrisch aansluiten"], base_id=ids["Warmtepompen"]))
    made.can("junior", "Koudetechniek", 3)
    made.can("junior", "Warmtepompen", 2)
    pair = made.pair("senior", "junior", "active", started_on=made.now.date())
    goal = {"domain_id": ids["Warmtepompen"], "start_level": 2, "target_level": 3}
    session.add(Goal(mentorship_id=pair, made_at=made.now, **goal))
    session.commit()
    return row.id or 0


def choose(screen: Screen, job: int) -> Screen:
    return screen.press("Kies: Storingsmonteur", profile=str(job))


@pytest.mark.both_databases
def test_one_chooses_where_to_and_sees_the_steps(visit: Any, job: int):
    screen = Screen(visit("junior"), PAGE)
    assert screen.heading == "Waar wil je naartoe groeien?" and "geen is ook goed" in screen.text
    assert "1 van de 3 vakgebieden op orde" in screen.text
    choose(screen, job)
    assert screen.heading == "Nog 2 vakgebieden tot Storingsmonteur"
    text = screen.text
    places = [text.index(word) for word in ("Koudetechniek", "Warmtepompen", "NEN 3140", "Elektrisch aansluiten")]
    assert places == sorted(places), "what is done, what runs, basics, and then what builds on it"
    assert "Met Senior Proef." in text and "Bouwt voort op Warmtepompen." in text
    assert "Werkvoorbereider" in text and "Ernaast is net zo goed als erboven." in text


@pytest.mark.both_databases
def test_a_mentor_is_asked_from_a_step(visit: Any, job: int):
    screen = choose(Screen(visit("junior"), PAGE), job)
    screen.tap("Een mentor vragen : Elektrisch aansluiten")
    assert "Hoe ver wil je komen met Elektrisch aansluiten?" in screen.text


@pytest.mark.both_databases
def test_a_course_and_a_higher_level_move_it(visit: Any, session: Session, job: int, organisation: Organisation):
    made = organisation
    screen = choose(Screen(visit("junior"), PAGE), job)
    day = made.now.date() - timedelta(days=3)
    screen.press("Gevolgd : NEN 3140", followed_on=day.isoformat())
    assert "4 stappen: 2 gezet, 1 loopt" in screen.text
    course = session.exec(select(CourseFollowed)).one()
    assert course.followed_on == day
    session.rollback()
    session.get_one(Expertise, (made.people["junior"], made.domains["Warmtepompen"])).level = 3
    session.commit()
    screen.open(PAGE)
    assert screen.heading == "Nog 1 vakgebied tot Storingsmonteur"
    screen.press("Niet gevolgd: NEN 3140")
    assert "4 stappen: 2 gezet, 0 lopen" in screen.text


def test_a_certificate_stands_for_the_basics_as_long_as_it_is_valid(
    visit: Any, session: Session, job: int, organisation: Organisation
):
    made = organisation
    screen = choose(Screen(visit("junior"), PAGE), job)
    assert "Gevolgd : NEN 3140" in screen.names("button")
    kind = CertificateKind(name="VOP", domain_id=made.domains["Elektrisch aansluiten"])
    session.add(kind)
    session.flush()
    today = made.now.date()
    me = made.people["junior"]
    held = Certificate(
        person_id=me,
        kind_id=kind.id or 0,
        got_on=today - timedelta(days=400),
        ends_on=today,
        noted_by=me,
        noted_at=made.now,
    )
    session.add(held)
    session.commit()
    screen.open(PAGE)
    assert "Je hebt VOP tot en met" in screen.text
    assert "Gevolgd : NEN 3140" not in screen.names("button"), "the basics are there"
    assert "Je hebt VOP tot en met" in Screen(visit("junior"), f"{PAGE}/sheet").text
    screen.press("Laat het zien aan mijn leidinggevenden en de coördinator")
    assert "VOP" not in Screen(visit("manager"), f"{PAGE}/of/{me}").text, "certificates are shown apart"
    held.ends_on = today - timedelta(days=1)
    session.commit()
    screen.open(PAGE)
    assert "Je hebt VOP" not in screen.text and "Gevolgd : NEN 3140" in screen.names("button")


def test_one_stays_with_the_direction_of_the_course(visit: Any, session: Session, job: int, organisation: Organisation):
    """Who chose two directions says of the second, after the first one stood open."""
    made = organisation
    other = session.exec(select(JobProfile.id).where(JobProfile.name == "Werkvoorbereider")).one()
    actions.choose(session, as_junior(made), other or 0, made.now - timedelta(days=1))
    session.commit()
    screen = choose(Screen(visit("junior"), PAGE), job)
    screen.press("Gevolgd : NEN 3140", followed_on=(made.now.date() + timedelta(days=3)).isoformat())
    assert "Die dag komt nog." in screen.text and screen.heading.endswith("Storingsmonteur")
    screen.press("Gevolgd : NEN 3140", followed_on=made.now.date().isoformat())
    assert screen.heading.endswith("Storingsmonteur")
    screen.press("Niet gevolgd: NEN 3140")
    assert screen.heading.endswith("Storingsmonteur")


def test_a_day_to_come_is_refused_beside_its_field(visit: Any, job: int, organisation: Organisation):
    screen = choose(Screen(visit("junior"), PAGE), job)
    day = organisation.now.date() + timedelta(days=3)
    screen.press("Gevolgd : NEN 3140", followed_on=day.isoformat())
    assert "Die dag komt nog." in screen.text


@pytest.mark.both_databases
def test_nobody_sees_it_until_it_is_shown(visit: Any, session: Session, job: int, organisation: Organisation):
    made = organisation
    junior = made.people["junior"]
    mine = choose(Screen(visit("junior"), PAGE), job)
    address = f"{PAGE}/{junior}"
    for key in ("manager", "coordinator"):
        assert visit(key).get(address).status_code == 404
        assert (
            "Storingsmonteur"
            not in visit(key).get(f"/growth/path?profile={job}").text.split("<main")[1].split("</h1>")[0]
        )
    mine.press("Laat het zien aan mijn leidinggevenden en de coördinator")
    for key in ("manager", "coordinator"):
        page = Screen(visit(key), address)
        assert page.heading == "Junior: nog 2 vakgebieden tot Storingsmonteur"
        assert not page.names("button") or "Gevolgd" not in " ".join(page.names("button"))
        listed = Screen(visit(key), f"{PAGE}/shown")
        assert listed.heading == "1 pad wordt aan jou getoond" and "Junior Proef" in listed.names("a")
    assert visit("senior").get(address).status_code in (403, 404), "a mentor sees the goals of the pair"
    mine.open(PAGE)
    mine.press("Niet meer laten zien")
    assert visit("manager").get(address).status_code == 404
    assert Screen(visit("manager"), f"{PAGE}/shown").heading == "0 paden worden aan jou getoond"


@pytest.mark.both_databases
def test_a_direction_is_let_go_and_that_is_undone(visit: Any, session: Session, job: int):
    screen = choose(Screen(visit("junior"), PAGE), job)
    screen.press("Laat dit los")
    assert screen.heading == "Waar wil je naartoe groeien?"
    screen.press("Terugdraaien")
    assert [row.profile_id for row in session.exec(select(PathChosen))] == [job]
    session.rollback()


def test_six_directions_are_enough(session: Session, job: int, organisation: Organisation):
    made = organisation
    rows = [JobProfile(name=f"Functie {number}") for number in range(7)]
    session.add_all(rows)
    session.flush()
    for row in rows[:6]:
        actions.choose(session, as_junior(made), row.id or 0, made.now)
    actions.choose(session, as_junior(made), rows[0].id or 0, made.now)
    with pytest.raises(Refused):
        actions.choose(session, as_junior(made), rows[6].id or 0, made.now)


@pytest.mark.both_databases
def test_the_sheet_holds_guidance_received_and_given(
    visit: Any, session: Session, job: int, organisation: Organisation
):
    choose(Screen(visit("junior"), PAGE), job)
    sheet = Screen(visit("junior"), f"{PAGE}/sheet")
    assert "Ontwikkelgesprek van Junior Proef" in sheet.text
    assert "Senior Proef · Warmtepompen · sinds" in sheet.text
    given_to = Screen(visit("senior"), f"{PAGE}/sheet")
    received, given = given_to.text.split("Begeleiding gegeven")
    assert "Junior Proef · Warmtepompen" in given and "Junior Proef" not in received


@pytest.mark.both_databases
def test_what_builds_on_what_is_said_by_the_coordinator(visit: Any, session: Session, organisation: Organisation):
    made = organisation
    first, second = made.domains["Pneumatiek"], made.domains["PLC-programmering"]
    screen = Screen(visit("coordinator"), "/growth/jobs/courses").tap("Wat bouwt voort op wat")
    screen.press("Erbij", domain=str(second), base=str(first))
    assert "na Pneumatiek" in screen.text
    me = Actor(made.people["coordinator"], frozenset({COORDINATOR}))
    for domain_id, base_id in ((first, second), (first, first)):
        with pytest.raises(Refused):
            based.build_on(session, me, domain_id, base_id, made.now)
    session.rollback()


def test_a_course_that_somebody_followed_stays(visit: Any, session: Session, job: int, organisation: Organisation):
    course = session.exec(select(Course)).one()
    actions.follow(session, as_junior(organisation), course.id or 0, organisation.now.date(), organisation.now)
    session.commit()
    screen = Screen(visit("coordinator"), "/growth/jobs/courses")
    screen.press("Weghalen: NEN 3140")
    assert "NEN 3140" in Screen(visit("coordinator"), "/growth/jobs/courses").text


DOMAINS = st.lists(st.integers(1, 12), unique=True, max_size=9)
EDGES = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=30)


@given(DOMAINS, EDGES)
def test_whatever_may_be_said_each_domain_comes_after_its_bases(domains: list[int], edges: list[tuple[int, int]]):
    kept: list[tuple[int, int]] = []
    for edge in edges:
        try:
            base_rules.check_base(*edge, kept)
        except Refused:
            continue
        kept.append(edge)
    bases: dict[int, list[int]] = {}
    for builds, base in kept:
        bases.setdefault(builds, []).append(base)
    found = rules.in_order(domains, bases)
    assert sorted(found) == sorted(domains)
    for builds, base in kept:
        if builds in domains and base in domains:
            assert found.index(base) < found.index(builds)


LEVELS = st.dictionaries(st.integers(1, 6), st.integers(0, 5))


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 5)), LEVELS, LEVELS, st.sets(st.integers(1, 6)))
def test_every_domain_is_one_step_and_stands_as_levels_and_pairs_say(
    asked: dict[int, int], have: dict[int, int], goals: dict[int, int], followed: set[int]
):
    courses = {n: [Course(id=n, domain_id=n, title="x", days=Decimal(1), basics=n % 2 == 0)] for n in range(1, 7)}
    found = rules.steps(asked, Stands(have, goals, followed), Learned(courses))
    assert sorted(step.domain_id for step in found if step.course is None) == sorted(asked)
    states = [step.state for step in found]
    assert states == sorted(states, key=(DONE, NOW, LATER).index)
    for step in found:
        if step.course is not None:
            assert (step.state == DONE) is (step.course.id in followed)
            assert step.state == DONE or (step.course.basics and have.get(step.domain_id, 0) < 2)
        elif have.get(step.domain_id, 0) >= asked[step.domain_id]:
            assert step.state == DONE
        else:
            assert (step.state == NOW) is (goals.get(step.domain_id, 0) >= asked[step.domain_id])
    left = rules.left(asked, have)
    assert sorted(left) == sorted(s.domain_id for s in found if s.state != DONE and s.course is None)
    assert rules.left(asked, rules.reached(asked, have)) == []
