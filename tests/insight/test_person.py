"""One person: the coordinator reads what they do in the programme, the admin only who they are."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import Organisation, Screen


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    organisation.pair("senior", "junior", "active", started_on=date(2026, 9, 1))
    organisation.speak("en")
    session.commit()
    return organisation


def page(visit, made: Organisation, reader: str, person: str, tab: str = "") -> Screen:
    return Screen(visit(reader), f"/insight/person/{made.people[person]}" + (f"?tab={tab}" if tab else ""))


def test_the_finding_is_what_somebody_does_now(visit, session: Session, made: Organisation):
    made.asks("other_junior")
    session.commit()
    domain = next(iter(made.domains))
    for person, said in (
        ("junior", f"Junior Proef learns {domain} from Senior Proef"),
        ("senior", f"Senior Proef mentors Junior Proef in {domain}"),
        ("other_junior", "Other_junior Proef waits for a mentor in"),
    ):
        assert said in page(visit, made, "coordinator", person).text


def test_each_tab_counts_and_shows(visit, session: Session, made: Organisation):
    made.asks("other_junior")
    session.commit()
    screen = page(visit, made, "coordinator", "junior")
    assert "Pairs 1" in screen.text and "Mentor requests 0" in screen.text
    assert "Senior Proef is the mentor" in page(visit, made, "coordinator", "junior", "duos").text
    assert "waits for a mentor" in page(visit, made, "coordinator", "other_junior", "requests").text
    assert "DAG" in page(visit, made, "coordinator", "junior", "roster").text
    assert page(visit, made, "coordinator", "senior", "knows").rows()
    assert page(visit, made, "coordinator", "junior", "nonsense").status == 200, "the first one"


def test_the_admin_reads_nothing_of_the_programme(visit, made: Organisation):
    for tab in ("", "roster", "knows", "duos", "requests"):
        text = page(visit, made, "admin", "junior", tab).text
        assert "Senior Proef" not in text and "DAG" not in text and "Mentor requests" not in text
        assert "n-junior" in text, "but their account"
    assert "Junior Proef has no account yet" in text


def test_no_class_of_a_pair_of_ones_own(visit, session: Session, made: Organisation):
    made.offers("coordinator", places=1)
    made.pair("coordinator", "other_junior", "active", started_on=date(2026, 9, 1))
    session.commit()
    assert "not known yet" in page(visit, made, "coordinator", "junior").text
    assert "not known yet" not in page(visit, made, "coordinator", "other_junior").text


def test_a_proposal_that_lapsed_was_not_refused(visit, session: Session, made: Organisation):
    made.pair("other_senior", "junior", "refused", junior_accepted=None)
    session.commit()
    screen = page(visit, made, "coordinator", "junior", "duos")
    assert "not answered in time" in screen.text and "said no" not in screen.text
    assert "Pairs 1" in screen.text, "it counts the one that runs"
