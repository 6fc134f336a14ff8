"""Pairing somebody at once: from nothing, from an open request, for who did not ask; by whom, and what they see."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session, select

from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Capacity, Wish
from mentorship.programme.models import Programme
from tests.factories import Organisation, Screen


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    """Two juniors wait and two mentors have a place each; of these one fits both."""
    organisation.speak("en")
    organisation.asks("junior", goal="find faults alone")
    session.commit()
    return organisation


def proposals(session: Session) -> list[Mentorship]:
    session.expire_all()
    return list(session.exec(select(Mentorship).where(Mentorship.origin == "direct")))


def person(made: Organisation, key: str) -> str:
    return f"/direct/{made.people[key]}"


def test_three_clicks_from_nothing_to_a_proposal(visit, made: Organisation, session: Session):
    screen = Screen(visit("coordinator"), "/direct")
    assert "Who waits longest" in screen.text
    screen.tap("Junior Proef")
    assert "that costs nobody a mentor" in screen.text and "advised" in screen.text
    screen.press("Propose Senior")
    (made_now,) = proposals(session)
    assert (made_now.mentor_id, made_now.junior_id) == (made.people["senior"], made.people["junior"])
    assert made_now.status == "proposed" and made_now.objections_until is not None
    assert "is proposed to" in screen.text
    assert session.get_one(MentorRequest, made_now.request_id).status == "placed"


def test_it_is_undone_from_the_page_it_leads_to(visit, made: Organisation, session: Session):
    screen = Screen(visit("coordinator"), person(made, "junior")).press("Propose Senior")
    assert screen.heading == "1 proposal waits for an answer"
    screen.press("Undo")
    assert screen.heading == "No proposal waits for an answer" and proposals(session) == []
    assert session.exec(select(MentorRequest.status)).one() == "open"


def test_two_clicks_from_an_open_request(visit, made: Organisation, session: Session):
    screen = Screen(visit("coordinator"), "/waiting")
    screen.tap("Pair now : Junior Proef")
    screen.press("Propose Senior")
    assert len(proposals(session)) == 1


def test_another_mentor_is_chosen_by_one_more_click(visit, made: Organisation, session: Session):
    screen = Screen(visit("coordinator"), person(made, "junior"))
    screen.tap("Choose : Other_senior Proef")
    assert "This is what happens if you propose Other_senior" in screen.text
    screen.press("Propose Other_senior", until="2027-02-01")
    (found,) = proposals(session)
    assert (found.mentor_id, found.expected_end) == (made.people["other_senior"], date(2027, 2, 1))


def test_what_somebody_wants_is_filled_in_for_them(visit, made: Organisation, session: Session):
    """In one form: what, from where to where; who fits; and the request is there only once somebody is proposed."""
    client = visit("coordinator")
    screen = Screen(client, person(made, "other_junior"))
    assert "There is no open request yet" in screen.text
    typed = {"domain_1": made.domains["Pneumatiek"], "current_1": 1, "target_1": 3}
    screen.open(f"{person(made, 'other_junior')}?" + "&".join(f"{key}={value}" for key, value in typed.items()))
    assert session.exec(select(MentorRequest).where(MentorRequest.person_id == made.people["other_junior"])).all() == []
    session.rollback()
    screen.press("Propose ")
    (found,) = proposals(session)
    asked = session.get_one(MentorRequest, found.request_id)
    assert asked.asked_by_id == made.people["coordinator"]
    pair_id = found.id
    session.rollback()
    told = Screen(visit("other_junior"), f"/mentorships/{pair_id}").text
    assert "Coordinator Proef filled in this request for you. With a yes you confirm it." in told


@pytest.mark.parametrize(
    "query, said",
    [
        ("domain_1=1&current_1=3&target_1=3", "Choose a goal above where you are now."),
        ("domain_1=1&domain_2=1", "Name each domain once."),
        ("domain_1=999", "This domain is no longer there."),
        ("domain_1=&target_1=3", ""),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_form(visit, made: Organisation, query: str, said: str):
    screen = Screen(visit("coordinator"), f"{person(made, 'other_junior')}?{query}")
    assert "What does Other_junior want to learn?" in screen.text and said in screen.text


def test_who_comes_too_late_sees_the_page_anew(visit, made: Organisation, session: Session):
    first, second = (Screen(visit("coordinator"), person(made, "junior")) for _ in range(2))
    for key in ("senior", "other_senior"):
        session.exec(select(Capacity).where(Capacity.person_id == made.people[key])).one().places = 1
    made.asks("other_junior")
    session.commit()
    other = Screen(visit("coordinator"), person(made, "other_junior"))
    other.press("Propose Senior")
    first.press("Propose Senior")
    assert first.status == 409 and "somebody else may have taken the place a moment ago" in first.text
    assert "Junior can go to Other_senior" in first.text, "and how it stands now"
    first.press("Propose Other_senior")
    second.press("Propose Senior")
    assert second.status == 409 and "Somebody else found a mentor for this request a moment ago" in second.text
    assert len(proposals(session)) == 2


def test_why_somebody_else_cannot(visit, made: Organisation):
    screen = Screen(visit("coordinator"), f"{person(made, 'junior')}?q=nobody")
    assert "has not set any place" in screen.text
    screen.open(f"{person(made, 'junior')}?q=senior")
    assert "Senior can: choose them in the list." in screen.text


def test_a_manager_does_not_read_that_somebody_said_no(visit, made: Organisation, session: Session):
    session.add(Wish(person_id=made.people["senior"], other_id=made.people["junior"], wanted=False))
    session.get_one(Programme, 1).managers_pair = True
    session.commit()
    address = f"{person(made, 'junior')}?q=senior"
    assert "one said “rather not”" in Screen(visit("coordinator"), address).text
    told = Screen(visit("manager"), address).text
    sentence = "A rule about certificates, managers, language, site, rosters or an earlier wish keeps the two apart."
    assert sentence in told
    assert "rather not" not in told


def test_what_it_costs_is_named_to_a_coordinator_and_merged_for_a_manager(visit, made: Organisation, session: Session):
    """One place for two who wait: choosing it leaves the other without a mentor."""
    made.asks("other_junior")
    session.exec(select(Capacity).where(Capacity.person_id == made.people["senior"])).one().places = 1
    session.exec(select(Capacity).where(Capacity.person_id == made.people["other_senior"])).one().places = 0
    session.get_one(Programme, 1).managers_pair = True
    session.commit()
    screen = Screen(visit("coordinator"), person(made, "junior"))
    assert "1 request loses its mentor" in screen.text and "Other_junior Proef, waits for 0 days" in screen.text
    assert "advised" not in screen.text and "costs somebody else a mentor" in screen.text
    screen = Screen(visit("manager"), person(made, "junior"))
    assert "Fewer than three other requests lose their mentor" in screen.text
    assert "Other_junior" not in screen.text and "Continuity" not in screen.text
    screen.press("Propose Senior")
    assert len(proposals(session)) == 1


def test_a_manager_sees_no_other_line(visit, made: Organisation, session: Session):
    assert visit("manager").get("/direct").status_code == 404, "not before the programme says so"
    assert visit("manager").get(person(made, "junior")).status_code in (403, 404)
    session.get_one(Programme, 1).managers_pair = True
    made.asks("other_junior")
    session.commit()
    manager = visit("manager")
    listed = Screen(manager, "/direct?q=Proef").text
    assert "Junior Proef" in listed and "Other_junior" not in listed and "Other_senior" not in listed
    screen = Screen(manager, person(made, "junior"))
    assert "Other_senior" not in screen.text and "Outside your team others fit too" in screen.text
    assert "Other_senior" not in Screen(manager, f"{person(made, 'junior')}?q=senior").text
    assert manager.get(person(made, "other_junior")).status_code in (403, 404)
    assert visit("junior").get("/direct").status_code in (403, 404)


def test_nobody_can_is_said_with_where_to_look(visit, made: Organisation, session: Session):
    for key in ("senior", "other_senior"):
        session.exec(select(Capacity).where(Capacity.person_id == made.people[key])).one().places = 0
    session.commit()
    text = Screen(visit("coordinator"), person(made, "junior")).text
    assert "Nobody can be the mentor of Junior now" in text and "Look somebody up below" in text
