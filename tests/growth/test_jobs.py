"""What each job asks: made, changed, taken out of use, begun from the usual jobs of a trade, and taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext, use_locale
from mentorship.growth.jobs import actions
from mentorship.growth.jobs.beginning import start
from mentorship.growth.jobs.starting import JOBS, of_trade
from mentorship.growth.models import Course, JobLevel, JobProfile
from mentorship.people.access import COORDINATOR, Actor
from mentorship.profiles.domains.starting_lists import TRADES
from mentorship.profiles.models import Domain
from tests.factories import Organisation, Screen

PAGE = "/growth/jobs"
WORDS = {"name": "Monteur", "name_en": "Fitter", "explanation": "maakt het", "explanation_en": "mends it"}


def asked(session: Session, name: str) -> dict[str, int]:
    session.rollback()
    query = select(Domain.name, JobLevel.level).join(JobLevel, col(JobLevel.domain_id) == Domain.id)
    of_job = query.join(JobProfile, col(JobProfile.id) == JobLevel.profile_id).where(JobProfile.name == name)
    found = dict(session.exec(of_job).all())
    session.rollback()
    return found


def names(session: Session) -> set[str]:
    session.rollback()
    found = set(session.exec(select(JobProfile.name)))
    session.rollback()
    return found


@pytest.mark.both_databases
def test_a_job_is_made_and_asked_and_taken_back(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), PAGE).press("Erbij", **WORDS)
    assert names(session) == {"Monteur"}
    fields = screen.fields("Opslaan")
    levels = ["3" if id_ == str(organisation.domains["Pneumatiek"]) else "0" for id_ in fields["domain"]]
    screen.press("Opslaan", level=levels, name="Eerste monteur")
    assert asked(session, "Eerste monteur") == {"Pneumatiek": 3}
    assert "1 vakgebied" in screen.text
    screen.press("Terugdraaien")
    assert names(session) == {"Monteur"} and asked(session, "Monteur") == {}, "the words and what it asks, at once"


def test_two_jobs_are_not_called_the_same(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), PAGE).press("Erbij", **WORDS)
    screen.open(PAGE).press("Erbij", **{**WORDS, "name": "MONTEUR"})
    assert screen.status == 422 and "Er is al een functieprofiel met deze naam." in screen.text
    assert screen.fields("Erbij")["name"] == "MONTEUR", "what was typed stays"


@pytest.mark.both_databases
def test_a_job_goes_out_of_use_and_comes_back(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), PAGE).press("Erbij", **WORDS)
    here = screen.path
    screen.press("Niet meer in gebruik")
    assert "Niet meer in gebruik" in screen.text
    screen.open(here).press("Weer gebruiken")
    session.rollback()
    assert session.exec(select(JobProfile)).one().retired_at is None


@pytest.mark.parametrize("trade", sorted(JOBS))
def test_the_usual_jobs_ask_domains_of_the_lists_in_both_languages(trade: str):
    listed = {one.name for one in TRADES[trade][1]}
    for job in JOBS[trade]:
        assert set(job.levels) <= listed, job.name
        assert all(1 <= level <= 5 for level in job.levels.values())
    for job, made in zip(JOBS[trade], of_trade(trade), strict=True):
        with use_locale("nl"):
            assert made.name == gettext(job.name) != made.name_en
        with use_locale("en"):
            assert made.explanation_en == gettext(job.explanation) != made.explanation


@pytest.mark.both_databases
def test_a_trade_begins_by_one_tap_with_what_it_asks(visit, session: Session, organisation: Organisation):
    before = set(session.exec(select(Domain.name)))
    session.rollback()
    screen = Screen(visit("coordinator"), PAGE).press("Onderhoud")
    assert len(names(session)) == len(JOBS["maintenance"])
    assert asked(session, "Onderhoudsmonteur")["Pneumatiek"] == 3, "the domain that was there is used"
    session.rollback()
    assert len(set(session.exec(select(Domain.name).where(Domain.name == "Pneumatiek")))) == 1
    session.rollback()
    screen.press("Terugdraaien")
    assert names(session) == set()
    assert set(session.exec(select(Domain.name))) == before, "what was added with it goes too"


@pytest.mark.both_databases
def test_usual_jobs_are_not_put_beside_jobs_of_ones_own(session: Session, organisation: Organisation):
    me = Actor(organisation.people["coordinator"], frozenset({COORDINATOR}))
    actions.add(session, me, actions.JobWords("Lasser"), organisation.now)
    with pytest.raises(Refused):
        start(session, me, "process", organisation.now)


@pytest.mark.both_databases
def test_a_training_outside_is_added_and_taken_off(visit, session: Session, organisation: Organisation):
    domain = str(organisation.domains["Pneumatiek"])
    screen = Screen(visit("coordinator"), f"{PAGE}/courses").press(
        "Erbij", domain=domain, title="Basis perslucht", provider="Vakschool", days="2,5", basics="true"
    )
    session.rollback()
    found = session.exec(select(Course)).one()
    assert (found.title, found.days, found.basics) == ("Basis perslucht", Decimal("2.5"), True)
    session.rollback()
    assert "Vakschool · dagen: 2,5 · basis: vóór het begeleiden" in screen.text
    screen.press("Weghalen")
    session.rollback()
    assert session.exec(select(Course)).all() == []
    session.rollback()
    screen.press("Terugdraaien")
    session.rollback()
    assert session.exec(select(Course)).one().title == "Basis perslucht"
    session.rollback()


def test_nothing_is_kept_of_a_training_of_no_days(visit, session: Session, organisation: Organisation):
    domain = str(organisation.domains["Pneumatiek"])
    screen = Screen(visit("coordinator"), f"{PAGE}/courses").press("Erbij", domain=domain, title="x", days="0")
    assert screen.status == 422
    assert session.exec(select(Course)).all() == []


def test_jobs_are_called_in_the_readers_language(visit, session: Session, organisation: Organisation):
    Screen(visit("coordinator"), PAGE).press("Erbij", **WORDS)
    client = visit("coordinator")
    assert "Monteur" in Screen(client, PAGE).text
    with use_locale("en"):
        assert session.exec(select(JobProfile)).one().title == "Fitter"
