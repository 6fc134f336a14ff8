"""One thing of many people at once: asked with numbers and names, done in one go, undone in one go."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import select

from mentorship.insight.many.rules import GIVE, SITE, TAKE, plan
from mentorship.people.models import Person, PersonRole, Site
from mentorship.profiles.models import FilledIn
from mentorship.profiles.rosters.models import WorkTime
from tests.factories import Organisation, Screen

CHOSEN = "junior", "other_junior", "senior"


def tick(visit, made: Organisation, who: str, *keys: str) -> Screen:
    """Tick some people in the list, and ask to change them together."""
    screen = Screen(visit(who), "/people")
    return screen.press("Samen aanpassen", person=[str(made.people[key]) for key in keys])


def holders(made: Organisation, role: str) -> set[int]:
    found = set(made.session.exec(select(PersonRole.person_id).where(PersonRole.role == role)))
    made.session.rollback()
    return found


@pytest.mark.parametrize("who", ["coordinator", "hr", "admin"])
@pytest.mark.both_databases
def test_a_role_is_given_to_many_and_taken_back_at_once(who, visit, organisation: Organisation):
    made = organisation
    before = holders(made, "senior")
    screen = tick(visit, made, who, *CHOSEN)
    assert screen.heading == "Wat verandert er voor 3 mensen?"
    asked = screen.press("Bekijk voor wie het verandert", give="senior")
    assert asked.heading == "De rol senior geven?"
    for said in ("Voor 2 mensen verandert dit.", "Voor 1 persoon is het al zo.", "Junior Proef"):
        assert said in asked.text
    assert holders(made, "senior") == before, "asked, and not done"
    done = asked.press("Ja, pas het aan")
    assert holders(made, "senior") == before | {made.people["junior"], made.people["other_junior"]}
    done.press("Terugdraaien")
    assert holders(made, "senior") == before


@pytest.mark.both_databases
def test_a_site_and_a_roster_for_many(visit, organisation: Organisation):
    made = organisation
    site = Site(name="Zwolle")
    made.session.add(site)
    made.session.commit()
    site_id = site.id
    made.session.rollback()
    where = select(sa.func.count()).select_from(Person).where(Person.site_id == site_id)
    done = tick(visit, made, "hr", *CHOSEN).press("Bekijk voor wie", site_id=str(site_id)).press("Ja, pas het aan")
    assert made.session.scalar(where) == 3
    made.session.rollback()
    done.press("Terugdraaien")
    assert made.session.scalar(where) == 0
    made.session.rollback()
    made.session.execute(sa.delete(WorkTime))
    made.session.commit()
    tick(visit, made, "hr", *CHOSEN).press("Bekijk voor wie", roster_id=str(made.rosters["DAG"])).press("Ja, pas")
    assert made.session.scalar(select(sa.func.count()).select_from(WorkTime)) == 3
    assert made.session.scalar(select(sa.func.count()).select_from(FilledIn)) == 3, "and each is told"
    made.session.rollback()


def test_what_may_not_be_is_refused_with_what_was_typed(visit, organisation: Organisation):
    made = organisation
    screen = tick(visit, made, "hr", *CHOSEN)
    screen.press("Bekijk voor wie het verandert")
    assert screen.status == 422 and "Kies één ding" in screen.text
    screen.press("Bekijk voor wie het verandert", give="senior", take="junior")
    assert screen.status == 422 and screen.fields("Bekijk voor wie")["give"] == "senior"
    ids = [made.people[key] for key in CHOSEN]
    empty = dict.fromkeys(("give", "take", "site_id", "roster_id"), "")
    assert visit("hr").post("/many/change", {**empty, "person": ids, "give": "admin"}).status_code == 422
    roster = {**empty, "person": ids, "roster_id": made.rosters["DAG"]}
    assert visit("admin").post("/many/change", roster).status_code == 422, "an admin keeps no rosters"
    assert visit("hr").post("/many", {"person": []}).status_code == 422
    assert visit("manager").post("/many", {"person": ids}).status_code == 403
    assert holders(made, "admin") == {made.people["admin"]}


def test_nobody_gives_a_role_to_themselves_among_many(visit, organisation: Organisation):
    made = organisation
    asked = tick(visit, made, "hr", "hr", "junior").press("Bekijk voor wie", give="senior")
    assert "Je staat er zelf bij" in asked.text
    asked.press("Ja, pas het aan")
    assert made.people["hr"] not in holders(made, "senior") and made.people["junior"] in holders(made, "senior")


def test_the_last_admin_stays(visit, organisation: Organisation):
    made = organisation
    asked = tick(visit, made, "admin", "admin", "junior").press("Bekijk voor wie", take="admin")
    asked.press("Ja, pas het aan")
    assert asked.status == 422 and holders(made, "admin") == {made.people["admin"]}


def test_each_is_in_one_of_three_kinds():
    found = plan(GIVE, "senior", {1: [], 2: ["senior"], 3: ["junior"]}, me=3)
    assert (found.changes, found.same, found.refused) == ([1], [2], [3])
    assert plan(TAKE, "senior", {1: [], 2: ["senior"]}, me=2).changes == [2]
    assert plan(SITE, 7, {1: [7], 2: [8]}, me=2).changes == [2]


def test_one_comes_back_to_the_list_as_it_was_looked_at(visit, organisation: Organisation):
    """Search, filters and page go along, through a mistake too; an address that is not the list's does not."""
    made, seen = organisation, "/people?q=proef&role=junior&page=1"
    screen = Screen(visit("hr"), seen).press("Samen aanpassen", person=[str(made.people["junior"])])
    again = screen.press("Bekijk voor wie het verandert")
    assert again.status == 422
    assert seen in [link.get("href") for link in again.tree.iter("a")], "back without a change"
    asked = again.press("Bekijk voor wie het verandert", give="senior")
    assert seen in [link.get("href") for link in asked.tree.iter("a")]
    done = asked.client.post("/many/change", {**asked.fields("Ja, pas het aan"), "from_page": seen})
    assert done.location == seen
    for address in ("https://example.org/people", "/people/1", "/rounds"):
        other = asked.client.post("/many/change", {**asked.fields("Ja, pas het aan"), "from_page": address})
        assert other.location == "/people"


def test_the_button_brings_one_back(visit, organisation: Organisation):
    made = organisation
    screen = Screen(visit("hr"), "/people?role=junior").press("Samen aanpassen", person=[str(made.people["junior"])])
    done = screen.press("Bekijk voor wie het verandert", give="senior").press("Ja, pas het aan")
    assert len(done.rows()) == 2 < len(Screen(visit("hr"), "/people").rows())
