"""Sites: add, rename, place in a region, close and open again."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.people.models import Person, Site
from mentorship.people.sites.rules import REGIONS
from mentorship.people.sites.words import REGION_NAMES
from tests.factories import Organisation, Screen


def site(session: Session, name: str) -> Site | None:
    found = session.exec(select(Site).where(Site.name == name)).first()
    session.expunge_all()
    session.rollback()
    return found


@pytest.mark.parametrize("who", ["hr", "coordinator", "admin"])
@pytest.mark.both_databases
def test_a_site_is_added_renamed_closed_and_opened(who, visit, session: Session, organisation: Organisation):
    page = Screen(visit(who), "/people").tap("Vestigingen")
    page.press("Erbij", name="Emden", region="DE-NI")
    found = site(session, "Emden")
    assert found is not None and found.region == "DE-NI" and "Emden" in page.text
    page.press("Opslaan: Emden", name="Emden Haven", region="DE-NW")
    found = site(session, "Emden Haven")
    assert found is not None and found.region == "DE-NW"
    page.press("Deze vestiging sluiten: Emden Haven")
    assert site(session, "Emden Haven").closed_on == organisation.now.date()  # type: ignore[union-attr]
    assert "gesloten sinds" in page.text
    page.press("Weer openen: Emden Haven")
    assert site(session, "Emden Haven").closed_on is None  # type: ignore[union-attr]


def test_nobody_comes_to_a_closed_site_and_who_is_there_stays(visit, session: Session, organisation: Organisation):
    ede, junior = organisation.sites["Ede"], organisation.people["junior"]
    other = Site(name="Zwolle")
    session.add(other)
    session.commit()
    hr = visit("hr")
    assert hr.post(f"/sites/{ede}/close").status_code == 303
    assert "Ede" not in [option.text for option in Screen(hr, "/joining").tree.iter("option")]
    name = {"given_name": "A", "infix": "", "family_name": "B"}
    newcomer = {
        **name,
        "number": "9",
        "site_id": ede,
        "department": "",
        "manager": "",
        "email": "",
        "languages": ["nl"],
    }
    refused = hr.post("/joining", newcomer)
    assert refused.status_code == 422 and "Ede is gesloten" in refused.text
    page = Screen(hr, f"/insight/person/{junior}?tab=details").press("Werk opslaan", email="j@voorbeeld.example")
    assert page.status == 200
    session.rollback()
    assert session.get_one(Person, junior).site_id == ede, "the rest of somebody there can still be changed"


def test_what_is_done_to_a_site_is_undone(visit, session: Session, organisation: Organisation):
    page = Screen(visit("hr"), "/sites").press("Opslaan: Ede", name="Ede-Zuid")
    page.press("Terugdraaien")
    assert site(session, "Ede") is not None
    page = page.open("/sites").press("Deze vestiging sluiten: Ede")
    page.press("Terugdraaien")
    assert site(session, "Ede").closed_on is None  # type: ignore[union-attr]
    page = page.open("/sites").press("Erbij", name="Emden")
    page.press("Terugdraaien")
    assert site(session, "Emden") is None


def test_two_who_change_a_site_at_once_do_not_overwrite_each_other(visit, session, organisation: Organisation):
    first, second = Screen(visit("hr"), "/sites"), Screen(visit("coordinator"), "/sites")
    first.press("Opslaan: Ede", name="Ede-Noord")
    second.press("Opslaan: Ede", region="BE")
    assert second.status == 409 and "Iemand heeft dit intussen aangepast" in second.text
    assert site(session, "Ede-Noord") is not None
    second.press("Opslaan: Ede-Noord", name="Ede-Noord")
    found = site(session, "Ede-Noord")
    assert found is not None and found.region == "BE", "what was typed was kept"


@pytest.mark.parametrize("sent", [{"name": ""}, {"name": "EDE"}, {"region": "XX"}, {"name": "x" * 300}])
def test_a_site_that_cannot_be_is_refused(sent, visit, session: Session, organisation: Organisation):
    page = visit("hr").post("/sites", {"name": "Emden", "region": "NL", **sent})
    assert page.status_code == 422
    assert len(session.exec(select(Site)).all()) == 1


def test_every_region_has_words_and_public_holidays_can_be_looked_up():
    assert set(REGIONS) == set(REGION_NAMES)
