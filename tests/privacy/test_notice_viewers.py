"""Each sentence of the notice on who sees what, held against the pages and the code that show it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from mentorship.checkins.confidants import actions as confidants
from mentorship.checkins.confidants.models import Confidant
from mentorship.mentorships.models import ClosingWord
from mentorship.people import access
from mentorship.people.models import Person, PersonRole
from mentorship.privacy.notice import sentences
from mentorship.profiles.away.models import Away
from mentorship.profiles.models import Training
from mentorship.programme.models import Programme
from tests.checkins.stage import Asking
from tests.factories import Organisation

LINE, COORDINATION, OTHER, OTHER_LINE = (
    "Je leidinggevenden",
    "Voor de coördinatie",
    "De ander van je",
    "De leidinggeven",
)
MANAGERS = ("manager", "director", "other_manager")
TOLD_OF_RULES = {
    access.SEE_PEOPLE: "nummer, e-mailadres, vestiging, leidinggevende",
    access.SAY_WHO_LEAVES: "wanneer je weggaat",
    access.KEEP_ROSTERS: "rooster",
    access.SAY_WHO_IS_AWAY: "wanneer je er niet bent",
    access.IMPORT: "bestanden",
    access.ADMINISTER: "wie wat besloot",
}
"""What the notice tells of each rule that HR or an admin may use on somebody else."""


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime, app: Flask) -> Asking:
    organisation.session.get_one(Programme, 1).visibility = "classes"
    organisation.session.commit()
    return Asking(engine, organisation, now, app)


def said(stage: Asking, key: str, begins: str) -> str:
    """Return the one sentence of somebody's notice that begins so, or nothing."""
    lines = [" ".join("".join(line.itertext()).split()) for line in stage.screen(key, "/notice").tree.iter("li")]
    found = [line for line in lines if line.startswith(begins)]
    assert len(found) < 2
    return found[0] if found else ""


def sees_pair(stage: Asking, key: str, pair: int) -> bool:
    return stage.visit(key).get(f"/checkins/duo/{pair}").status_code == 200


@pytest.mark.parametrize("key", ["junior", "senior"])
@pytest.mark.parametrize("no_role", ["", "manager", "director"])
def test_it_names_the_managers_who_see_the_pair_and_no_others(stage: Asking, key: str, no_role: str):
    pair = stage.start("other_senior", "junior") if key == "junior" else stage.start("senior", "other_junior")
    if no_role:
        stage.act(lambda s: s.delete(s.get_one(PersonRole, (stage.person(no_role), "manager"))))
    line = said(stage, key, LINE).partition(")")[0]
    named = {one for one in MANAGERS if f"{one.capitalize()} Proef" in line}
    above = {"manager", "director"} - {no_role}
    assert named == above
    assert all(sees_pair(stage, one, pair) for one in above)
    assert not no_role or not sees_pair(stage, no_role, pair)


def test_who_has_nobody_above_reads_so(stage: Asking):
    assert said(stage, "director", LINE).startswith("Je leidinggevenden (nu niemand):")


def test_the_line_reads_hours_and_places_of_a_mentor_and_not_of_a_junior(stage: Asking):
    pair = stage.start("senior", "other_junior")
    assert "plekken en uren" in said(stage, "senior", LINE)
    assert "uren" not in said(stage, "other_junior", LINE).partition("Van je tussenstanden")[0]
    assert "Uren" in stage.screen("manager", f"/checkins/duo/{pair}").text
    assert "Uren" not in stage.screen("other_manager", f"/checkins/duo/{pair}").text


def test_both_lines_read_on_the_page_of_the_pair_who_is_in_it(stage: Asking):
    pair = stage.start("senior", "other_junior")
    assert "je duo's" in said(stage, "other_junior", LINE)
    assert "dat jullie een duo zijn" in said(stage, "other_junior", OTHER_LINE)
    for key in ("manager", "other_manager"):
        page = stage.screen(key, f"/checkins/duo/{pair}").text
        assert "Senior" in page and "Other_junior" in page


def test_courses_of_a_mentor_are_read_by_the_other_and_not_by_the_line(stage: Asking):
    pair = stage.organisation.pair("senior", "junior")
    stage.organisation.session.commit()
    mentor = stage.person("senior")
    course = {"title": "Begeleiden kun je leren", "followed_on": stage.today, "noted_by": mentor}
    stage.act(lambda s: s.add(Training(person_id=mentor, noted_at=stage.now, **course)))
    assert "cursussen" in said(stage, "senior", OTHER)
    assert "cursussen" not in said(stage, "senior", LINE)
    assert "Begeleiden kun je leren" in stage.screen("junior", f"/mentorships/{pair}").text
    for url in (f"/mentorships/{pair}", f"/checkins/duo/{pair}", "/insight/workload", f"/insight/person/{mentor}"):
        assert "Begeleiden kun je leren" not in stage.visit("manager").get(url).text, url


def site_of(session: Session, person_id: int) -> int:
    return session.get_one(Person, person_id).site_id


@pytest.mark.parametrize("where", ["site", "organisation"])
@pytest.mark.parametrize("stands_in", [False, True])
def test_the_confidant_it_names_is_whom_the_form_asks(stage: Asking, where: str, stands_in: bool):
    stage.start()
    stage.open()
    site_id = stage.read(site_of, stage.person("junior")) if where == "site" else None
    post = Confidant(site_id=site_id, person_id=stage.person("nobody"))
    stage.act(lambda s: s.add(post))
    if stands_in:
        (post_id,) = stage.read(lambda s: list(s.scalars(sa.select(Confidant.id))))
        days = stage.today, stage.today + timedelta(days=7)
        stage.act(confidants.name_stand_in, stage.coordinator, post_id, "n-hr", *days, stage.now)
    who = "Hr Proef" if stands_in else "Nobody Proef"
    form = stage.screen("junior", f"/checkins/{stage.newest('junior').id}").text
    assert f"de vertrouwenspersoon ({who})" in form
    assert said(stage, "junior", who)
    assert ("die Nobody Proef vervangt" in said(stage, "junior", who)) is stands_in


@pytest.mark.parametrize("who", ["nobody", "hr"])
def test_it_is_the_same_notice_when_a_confidant_or_a_stand_in_is_away(stage: Asking, who: str):
    """It is kept for years, and a change is told to a whole site: that would say who is absent, and when."""
    stage.start()
    week = stage.today + timedelta(days=7)
    agreed = {"stand_in_id": stage.person("hr"), "stand_in_from": stage.today, "stand_in_until": week}
    stage.act(lambda s: s.add(Confidant(person_id=stage.person("nobody"), **agreed)))

    def version(session: Session) -> str:
        return sentences.version(session, session.get_one(Person, stage.person("junior")), stage.today)

    there = stage.read(version)
    stage.act(lambda s: s.add(Away(person_id=stage.person(who), first_day=stage.today, last_day=week)))
    assert stage.read(version) == there
    assert "die Nobody Proef vervangt" in said(stage, "junior", "Hr Proef")


def test_no_confidant_is_named_where_none_can_be_asked(stage: Asking):
    """A mentor is nobody to confide in about their own pair."""
    stage.start()
    stage.act(lambda s: s.add(Confidant(person_id=stage.person("senior"))))
    assert "vertrouwenspersoon" not in "".join(stage.screen("junior", "/notice").text)
    assert said(stage, "other_junior", "Senior Proef, de vertrouwenspersoon")


def test_a_juniors_thanks_are_read_by_the_mentor_and_their_manager(stage: Asking):
    over = {"status": "ended", "ended_on": stage.today, "started_on": stage.today - timedelta(days=60)}
    pair = stage.start("senior", "other_junior", **over)
    thanks = ClosingWord(mentorship_id=pair, side="junior", reached="Schema lezen", thanks="Dank voor je geduld")
    stage.act(lambda s: s.add(thanks))
    sentence = said(stage, "other_junior", "Wat jullie aan het eind zeggen")
    assert "de dank van een junior lezen de mentor en de leidinggevende van de mentor" in sentence.lower()
    assert "Dank voor je geduld" in stage.screen("manager").text
    assert "Dank voor je geduld" in stage.screen("senior", f"/checkins/duo/{pair}").text
    for key in ("other_manager", "director", "coordinator"):
        for url in ("/", f"/checkins/duo/{pair}"):
            assert "Dank voor je geduld" not in stage.visit(key).get(url).text, key
    assert "Schema lezen" in stage.screen("coordinator", f"/checkins/duo/{pair}").text
    assert "Schema lezen" not in stage.screen("manager", f"/checkins/duo/{pair}").text


def test_hr_sees_no_pair(stage: Asking):
    pair = stage.start()
    assert "geen duo" in said(stage, "junior", "HR:").lower()
    assert not sees_pair(stage, "hr", pair)
    assert stage.visit("hr").get(f"/mentorships/{pair}").status_code == 404


@pytest.mark.parametrize("key", ["hr", "admin"])
def test_hr_and_admins_are_named_with_all_that_their_pages_show(stage: Asking, key: str):
    who = stage.person("junior")
    known = {"email": "junior@example.nl"}
    stage.act(lambda s: s.execute(sa.update(Person).where(Person.id == who).values(**known)))
    page = stage.screen(key, f"/insight/person/{who}").text
    for told in ("Junior Proef", "n-junior", "junior@example.nl", "Ede", "Manager Proef"):
        assert told in page
    line = said(stage, "junior", "HR:" if key == "hr" else "Beheerders:")
    for word in ("naam", "nummer", "e-mailadres", "vestiging", "leidinggevende", "weggaat"):
        assert word in line
    assert stage.visit(key).get(f"/leaving/{who}").status_code == 200


@pytest.mark.parametrize(("role", "begins"), [(access.HR, "HR:"), (access.ADMIN, "Beheerders:")])
def test_hr_and_admins_are_named_with_what_the_rules_let_them(stage: Asking, role: str, begins: str):
    """A rule that gives one of them more has to be told to whom it is about."""
    line = said(stage, "junior", begins)
    actor = access.Actor(0, frozenset({role}))
    for rule, words in TOLD_OF_RULES.items():
        assert rule.allows(actor) is (words in line), rule.name
