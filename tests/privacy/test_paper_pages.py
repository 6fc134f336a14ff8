"""The pages of the papers: who keeps them, who reads what was agreed, and what a link opens and nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.secret_codes import digest
from mentorship.home.agreements import actions as agreements
from mentorship.privacy.papers import actions, rules
from mentorship.privacy.papers.models import PaperLink, PaperVersion
from mentorship.programme.consent.models import ConsentProposal
from mentorship.programme.models import Programme
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
COUNCIL = "/papers?paper=council"
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


@pytest.fixture
def keeper(visit: Visit, session: Session, organisation: Organisation) -> InspectingClient:
    session.commit()
    return visit("coordinator")


def agree(keeper: InspectingClient, seen: str = "", on: str = "2026-11-20"):
    found = seen or SEEN.search(keeper.get(COUNCIL).text)[1]
    return keeper.post("/papers/agreed", {"paper": "council", "seen": found, "agreed_on": on, "agreed_with": "council"})


def link(keeper: InspectingClient, days: str = "90") -> str:
    """The secret of a link for the council, off the page that shows it once."""
    page = keeper.post("/papers/links", {"reader": "council", "days": days}).text
    return html.unescape(re.search(r"/papers/open#code=([\w%-]+)", page)[1])


@pytest.mark.both_databases
def test_what_was_agreed_stays_and_what_differs_since_is_shown(keeper: InspectingClient, session: Session):
    page = Screen(keeper, COUNCIL)
    assert "Nog niet afgesproken" in page.text
    assert agree(keeper).status_code == 303
    page = Screen(keeper, COUNCIL)
    assert "Afgesproken met de ondernemingsraad op 20 nov 2026" in page.text
    assert "Wat anders is" not in page.text
    session.get_one(Programme, 1).answers_months = 5
    session.commit()
    page = Screen(keeper, COUNCIL)
    assert "sindsdien is 1 passage anders" in page.text
    assert "antwoorden, signalen en uren | 5 maanden" in page.text
    assert "antwoorden, signalen en uren | 12 maanden" in page.text
    assert "1 stuk zegt iets anders dan is afgesproken" in Screen(keeper, "/papers").heading
    kept = session.exec(select(PaperVersion).order_by(PaperVersion.language)).all()
    assert [row.language for row in kept] == ["en", "nl"]
    assert "12 maanden" in kept[1].content


def test_what_the_council_agreed_to_is_as_agreed_once_it_was_entered(
    keeper: InspectingClient, session: Session, organisation: Organisation, now: datetime
):
    """What was asked is asked no more, and nothing else than it was entered: the paper said otherwise at once."""
    organisation.agree()
    waits = {"answers_months": 5, "spread": 0.09}
    session.add(ConsentProposal(changes=waits, made_at=now))
    session.commit()
    page = Screen(keeper, COUNCIL)
    assert "alleen daarover wordt nu instemming gevraagd" in page.text
    assert "antwoorden, signalen en uren 5 maanden" in page.text, "as it becomes"
    seen = SEEN.search(keeper.get(COUNCIL).text)[1]
    assert agree(keeper, seen).status_code == 303
    assert "Wat anders is" not in Screen(keeper, COUNCIL).text
    by, on = organisation.actor("coordinator"), date(2026, 11, 20)
    agreements.enter(session, by, agreements.Agreed(on, on, "OR-8"), agreements.mark(session, ()), (), now)
    session.commit()
    assert session.get_one(Programme, 1).answers_months == 5, "entered"
    session.rollback()
    page = Screen(keeper, COUNCIL)
    assert "alleen daarover wordt nu instemming gevraagd" not in page.text
    assert "Afgesproken met de ondernemingsraad" in page.text
    assert "Wat anders is" not in page.text and "sindsdien" not in page.text
    assert "Wordt: “5" in Screen(keeper, "/papers/agreed?paper=council").text, "what was asked is kept"
    session.add(ConsentProposal(changes={"spread": 0.11}, made_at=organisation.now))
    session.commit()
    assert "Wat anders is" in Screen(keeper, COUNCIL).text, "something else is asked"


def test_what_is_asked_besides_since_it_was_read_is_not_agreed_to(
    keeper: InspectingClient, session: Session, organisation: Organisation
):
    organisation.agree()
    seen = SEEN.search(keeper.get(COUNCIL).text)[1]
    session.add(ConsentProposal(changes={"spread": 0.11}, made_at=organisation.now))
    session.commit()
    assert agree(keeper, seen).status_code == 409


@pytest.mark.parametrize("kind_of_paper", rules.KINDS)
def test_a_paper_stays_as_agreed_the_day_after(
    keeper: InspectingClient, visit: Visit, app, now: datetime, kind_of_paper: str
):
    """The day on which it was written out is nothing that anybody agrees to."""
    seen = SEEN.search(keeper.get(f"/papers?paper={kind_of_paper}").text)[1]
    sent = {"paper": kind_of_paper, "seen": seen, "agreed_on": "2026-11-20", "agreed_with": "council"}
    assert keeper.post("/papers/agreed", sent).status_code == 303
    app.config["CLOCK"] = lambda: now + timedelta(days=1)
    page = Screen(visit("coordinator"), f"/papers?paper={kind_of_paper}")
    assert "Afgesproken met de ondernemingsraad" in page.text and "Wat anders is" not in page.text


def test_every_time_a_paper_was_agreed_is_read_page_to_page(keeper, visit: Visit, session: Session, app, now: datetime):
    agree(keeper)
    assert "Elke keer" not in Screen(keeper, "/papers/agreed?paper=council").text
    session.get_one(Programme, 1).answers_months = 5
    session.commit()
    app.config["CLOCK"] = lambda: now + timedelta(minutes=1)
    agree(keeper, on="2026-11-22")
    reader = visit("junior")
    page = Screen(reader, "/papers/agreed?paper=council")
    assert "5 maanden na het einde" in page.text
    page = page.tap("Afgesproken met de ondernemingsraad op 20 nov 2026")
    assert "12 maanden na het einde" in page.text and "5 maanden na" not in page.text
    first = "/papers/agreed?paper=council&version=1"
    assert f"{first}&in=en".replace("&", "&amp;") in reader.get(first).text, "in the other language the same one"
    assert "Agreed with the works council on 20 Nov 2026" in reader.get(f"{first}&in=en").text
    for nowhere in ("0", "3", "-1"):
        assert reader.get(f"/papers/agreed?paper=council&version={nowhere}").status_code == 404


def test_whom_people_ask_is_not_kept_with_what_was_agreed(keeper: InspectingClient, session: Session):
    programme = session.get_one(Programme, 1)
    programme.contact_name, programme.contact_reach = "Ans de Wit", "0570 12 34 56"
    session.commit()
    assert "Ans de Wit" in Screen(keeper, COUNCIL).text
    assert agree(keeper).status_code == 303
    assert not [
        row for row in session.exec(select(PaperVersion)) if "Ans de Wit" in row.content or "0570" in row.content
    ]
    session.rollback()
    page = Screen(keeper, COUNCIL)
    assert "Ans de Wit" in page.text and "Wat anders is" not in page.text


def test_a_paper_that_changed_while_it_was_read_is_not_agreed_to(keeper: InspectingClient, session: Session):
    seen = SEEN.search(keeper.get(COUNCIL).text)[1]
    session.get_one(Programme, 1).answers_months = 5
    session.commit()
    answer = agree(keeper, seen)
    assert answer.status_code == 409
    assert "Dit stuk is veranderd" in answer.text
    assert not session.exec(select(PaperVersion)).all()


def test_nobody_agreed_on_a_day_to_come(keeper: InspectingClient, session: Session):
    answer = agree(keeper, on="2026-12-24")
    assert "Op een dag die nog moet komen" in answer.text
    assert not session.exec(select(PaperVersion)).all()


def test_everybody_employed_reads_what_was_agreed_and_nothing_else(keeper: InspectingClient, visit: Visit):
    for who in ("junior", "nobody"):
        assert "Er is nog niets afgesproken" in Screen(visit(who), "/papers/agreed").text
    agree(keeper)
    for who in ("junior", "manager", "hr", "nobody"):
        page = Screen(visit(who), "/papers/agreed").tap("Verzoek aan de ondernemingsraad")
        assert "Afgesproken met de ondernemingsraad" in page.text and "Bewaren" not in page.names("button")
        assert visit(who).get("/papers").status_code == 403
        assert visit(who).get("/papers/agreed?paper=dpia").status_code == 404


@pytest.mark.both_databases
def test_a_link_opens_the_papers_and_nothing_else(keeper: InspectingClient, visit: Visit, session: Session):
    secret = link(keeper)
    council = visit(None)
    assert council.get("/papers/read").location == "/papers/open"
    assert council.post("/papers/open", {"code": secret}).location == "/papers/read"
    page = Screen(council, "/papers/read").tap("Verzoek aan de ondernemingsraad")
    assert "Verzoek om instemming" in page.heading
    assert council.get("/papers/read?paper=council&in=en").text.count("Request for consent")
    for closed in ("/", "/papers", "/papers/agreed", "/people", "/rounds", "/programme", "/checkins/settings"):
        assert council.get(closed).status_code in (302, 303), closed
    assert secret not in keeper.get("/papers").text
    assert "laatst geopend" in keeper.get("/papers").text
    verbs = session.exec(select(AuditRow.verb).order_by(AuditRow.id)).all()
    assert verbs[-2:] == ["make link to papers", "open papers by link"]


def test_what_is_kept_of_a_link_does_not_open_it(keeper: InspectingClient, visit: Visit, session: Session):
    secret = link(keeper)
    kept = session.exec(select(PaperLink.code_hash)).one()
    session.rollback()
    assert kept not in (secret, digest(secret)), "sealed by the key of the service"
    answer = visit(None).post("/papers/open", {"code": kept})
    assert "Deze link opent niets meer" in answer.text


def test_a_link_that_was_taken_back_opens_nothing_from_then_on(keeper: InspectingClient, visit: Visit, session):
    council = visit(None)
    council.post("/papers/open", {"code": link(keeper)})
    assert council.get("/papers/read").status_code == 200
    Screen(keeper, "/papers").press("Trek de link voor de ondernemingsraad in")
    assert council.get("/papers/read").location == "/papers/open"
    assert session.exec(select(AuditRow.verb).order_by(AuditRow.id.desc())).first() == "revoke link to papers"


def test_a_link_works_until_its_day(
    keeper: InspectingClient, visit: Visit, session: Session, organisation: Organisation
):
    secret = link(keeper, "7")
    found = session.exec(select(PaperLink)).one()
    assert found.expires_at == organisation.now + timedelta(days=7)
    found.expires_at = organisation.now
    session.commit()
    assert "Deze link opent niets meer" in visit(None).post("/papers/open", {"code": secret}).text


def test_links_of_long_ago_are_forgotten(session: Session, organisation: Organisation, now: datetime):
    actions.make_link(session, organisation.actor("coordinator"), "officer", 90, now)
    actions.purge(session, now + timedelta(days=90 + 364))
    assert session.exec(select(PaperLink)).all()
    actions.purge(session, now + timedelta(days=90 + 366))
    assert not session.exec(select(PaperLink)).all()


def test_what_is_to_be_filled_in_is_marked(keeper: InspectingClient):
    page = keeper.get(COUNCIL).text
    assert '<mark class="fill">naam van de organisatie</mark>' in page
    assert "[[" not in page


def test_what_the_text_on_security_says_of_the_link_is_so():
    said = " ".join((Path(__file__).resolve().parents[2] / "SECURITY.md").read_text("utf-8").split())
    secret = rules.new_secret()
    assert f"({6 * len(secret)} random bits behind the `#`" in said and secret != rules.new_secret()
    assert f"{rules.LINK_DAYS} days unless chosen otherwise" in said
