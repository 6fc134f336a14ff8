"""Mixed teams: the spread of levels, who could learn what from whom, and who may see it of whom."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from mentorship.growth.models import JobHeld, JobLevel, JobProfile
from mentorship.growth.teams import rules
from mentorship.growth.teams.rules import Member
from tests.factories import Organisation, Screen

PAGE = "/growth/teams"


@pytest.fixture
def team(session: Session, organisation: Organisation) -> int:
    """A manager with a senior who knows pneumatics and a junior who knows PLCs; the job of both asks both."""
    made = organisation
    job = JobProfile(name="Monteur")
    session.add(job)
    session.flush()
    for domain_id in made.domains.values():
        session.add(JobLevel(profile_id=job.id or 0, domain_id=domain_id, level=3))
    made.person("boss", "manager")
    made.person("old", "senior", manager="boss")
    made.person("young", "junior", manager="boss")
    made.can("old", "Pneumatiek", 5)
    made.can("young", "PLC-programmering", 4)
    for key in ("old", "young"):
        session.add(JobHeld(person_id=made.people[key], profile_id=job.id or 0, since=made.now.date(), shown=True))
    session.commit()
    return made.people["boss"]


@pytest.mark.both_databases
def test_a_team_learns_both_ways(visit: Any, session: Session, team: int):
    page = Screen(visit("coordinator"), f"{PAGE}?team={team}")
    assert page.heading == "2 manieren om van elkaar te leren"
    assert "Young Proef kan Pneumatiek leren van Old Proef" in page.text
    upward = "Old Proef kan PLC-programmering leren van Young Proef"
    assert upward in page.text and "junior aan senior" in page.text.split(upward)[1]
    assert page.text.count("junior aan senior") == 1
    row = next(row for row in page.rows() if row[0] == "Pneumatiek")
    assert row[1:] == ["1", "–", "–", "–", "–", "1", "1"]
    assert Screen(visit("boss"), PAGE).heading == page.heading


@pytest.mark.both_databases
def test_a_manager_reads_nothing_of_who_does_not_show_it(
    visit: Any, session: Session, team: int, organisation: Organisation
):
    session.get_one(JobHeld, organisation.people["old"]).shown = False
    session.commit()
    page = Screen(visit("boss"), PAGE)
    assert "Old Proef" not in page.text and "Pneumatiek" in page.text
    assert "1 ander van het team toont niet hoe ver die is" in page.text
    assert page.heading == "Niemand in dit team mist wat een collega wil doorgeven"
    assert Screen(visit("manager"), f"{PAGE}?team={team}").text.count("Young Proef") == 0, "another's team"


@pytest.mark.both_databases
def test_a_manager_reads_only_what_the_job_of_who_shows_it_asks(
    visit: Any, session: Session, team: int, organisation: Organisation
):
    """That is what people show: how far they are in what their job asks, and nothing beside it."""
    organisation.domain("Solderen")
    organisation.can("old", "Solderen", 5)
    session.commit()
    assert "Solderen" in Screen(visit("coordinator"), f"{PAGE}?team={team}").text
    assert "Solderen" not in Screen(visit("boss"), PAGE).text


def test_who_leads_nobody_reads_so(visit: Any, organisation: Organisation):
    organisation.person("lonely", "manager")
    organisation.session.commit()
    assert Screen(visit("lonely"), PAGE).heading == "Hier is nog niemand te zien"


LEVELS = st.dictionaries(st.integers(1, 5), st.integers(0, 5))
MEMBERS = st.lists(st.tuples(LEVELS, st.sets(st.integers(1, 5)), LEVELS, st.booleans()), max_size=6)


@given(MEMBERS)
def test_a_lesson_is_lacked_wanted_to_be_passed_on_and_leads_further(drawn: list[Any]):
    team = [Member(number, *one) for number, one in enumerate(drawn)]
    found = rules.lessons(team)
    for one in found:
        learner, giver = team[one.learner], team[one.giver]
        assert learner.have.get(one.domain_id, 0) == one.have < learner.asked[one.domain_id]
        assert one.domain_id in giver.willing and giver.have[one.domain_id] == one.level
        assert one.level >= rules.PASSES_ON and one.level > one.have and one.learner != one.giver
        assert one.upward is (giver.junior and not learner.junior)
    assert len({(one.learner, one.giver, one.domain_id) for one in found}) == len(found)
    for spread in rules.spreads(team):
        assert sum(spread.counts) == len(team)
