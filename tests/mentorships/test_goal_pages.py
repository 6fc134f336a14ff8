"""Goals as the two see them on their phones, the second on theirs; nothing typed is lost, and nobody else looks in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Expertise
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

Visit = Callable[[str | None], InspectingClient]
SEEN = "Replaced the valve without a word from me."
CONFIRM, TAKE_BACK = "I saw it: Pneumatiek", "Withdraw: Pneumatiek"
NEXT, REACHED = "I can do this : Pneumatiek", "I reached this: Pneumatiek"


@pytest.fixture
def made(organisation: Organisation) -> Organisation:
    organisation.mentor("expert", given_name="Els")
    organisation.can("junior", "Pneumatiek", 1)
    organisation.speak("en")
    return organisation


@pytest.fixture
def pair(session: Session, made: Organisation) -> int:
    found = made.pair("senior", "junior", "active")
    session.commit()
    return found


@pytest.fixture
def url(pair: int) -> str:
    return f"/mentorships/{pair}/goals"


def goal(session: Session, made: Organisation, pair: int, **values: Any) -> int:
    row = Goal(
        mentorship_id=pair,
        made_at=made.now,
        **{"domain_id": made.domains["Pneumatiek"], "start_level": 1, "target_level": 4, **values},
    )
    session.add(row)
    session.flush()
    found = row.id or 0
    session.commit()
    return found


def claim(session: Session, made: Organisation, goal_id: int, level: int, **values: Any) -> int:
    row = LevelClaim(goal_id=goal_id, level=level, claimed_at=made.now, **values)
    session.add(row)
    session.flush()
    found = row.id or 0
    session.commit()
    return found


def asked(session: Session, made: Organisation, pair: int, second: str = "expert") -> int:
    """A claim that waits for a second."""
    values = {"status": "seconding", "evidence": SEEN, "second_id": made.people[second]}
    return claim(session, made, goal(session, made, pair), 3, **values)


def statuses(session: Session) -> list[str]:
    session.expire_all()
    found = list(session.exec(select(LevelClaim.status).order_by(LevelClaim.id)))
    session.rollback()
    return found


@pytest.mark.both_databases
def test_from_a_goal_to_the_profile(visit: Visit, pair: int, made: Organisation, session: Session):
    junior = Screen(visit("junior"), f"/mentorships/{pair}").tap("To the goals")
    assert "No goals yet" in junior.text
    junior.open(f"{junior.path}?domain={made.domains['Pneumatiek']}")
    assert junior.fields("Set this goal")["current"] == "1", "as in the profile"
    junior.press("Set this goal", target="3", words="Kleppen stellen")
    assert "0 of 2 steps taken" in junior.text
    assert "With guidance now I do it myself while somebody looks on." in junior.text, "the next step, in an example"
    assert "Kleppen stellen" in junior.text
    junior.press(REACHED, level="3")
    assert "You say you can; Senior still looks" in junior.text
    assert not {NEXT, REACHED} & set(junior.names("button"))

    mentor = Screen(visit("senior"))
    assert "Junior Proef says: “can do it alone” in Pneumatiek." in mentor.text
    mentor.tap("Say if that is right : Can Junior Proef do this?")
    assert "Els Proef · Ede" in mentor.text and "Manager Proef · Junior Proef's manager" in mentor.text
    mentor.press(CONFIRM, evidence=SEEN, second="n-expert")
    assert "Els Proef looks at it too" in mentor.text and SEEN in mentor.text
    assert "Can Junior Proef do this?" not in Screen(visit("senior")).text

    second = Screen(visit("expert"))
    assert "Junior Proef: “can do it alone” in Pneumatiek?" in second.text
    second.tap("Say if that is right : Can Junior Proef do this?")
    assert "Has Junior Proef reached" in second.text and "Pneumatiek" in second.text and SEEN in second.text
    assert "Senior" not in second.text and "Kleppen" not in second.text, "nothing else of the pair"
    assert "Confirm it only if you can judge this work. If you cannot, leave it and tell Junior" in second.text
    second.press("Yes, I confirm")
    assert "You confirmed this. Thank you!" in second.text and SEEN not in second.text
    assert "Can Junior Proef do this?" not in Screen(visit("expert")).text

    text = junior.open(f"/mentorships/{pair}/goals").text
    assert "“can do it alone” confirmed on 23 Nov 2026 by Senior Proef and Els Proef" in text and SEEN in text
    assert "2 of 2 steps taken" in text and "Drop this goal: Pneumatiek" not in junior.names("button")
    assert SEEN in Screen(visit("coordinator"), junior.path).text
    row = session.get(Expertise, (made.people["junior"], made.domains["Pneumatiek"]))
    assert row is not None and row.level == 3


def test_a_junior_is_asked_about_themselves(visit: Visit, made: Organisation, url: str):
    address = f"{url}?domain={made.domains['Pneumatiek']}"
    assert "Where are you now?" in Screen(visit("junior"), address).text
    asked_of_another = Screen(visit("senior"), address).text
    assert "Where is " in asked_of_another and "Where are you now?" not in asked_of_another


def test_a_mistake_keeps_what_was_typed(visit: Visit, session: Session, pair: int, made: Organisation, url: str):
    screen = Screen(visit("senior"), f"{url}?domain={made.domains['Pneumatiek']}")
    screen.press("Set this goal", current="3", target="2", words="Vooral afstellen")
    assert screen.status == 422 and "Choose a goal above where you are now." in screen.text
    kept = screen.fields("Set this goal")
    assert (kept["current"], kept["target"], kept["words"]) == ("3", "2", "Vooral afstellen")
    claim(session, made, goal(session, made, pair), 3)
    screen.open(url).press(CONFIRM, evidence="te kort", second="n-expert")
    assert screen.status == 422 and "at least 10 characters" in screen.text
    assert screen.fields(CONFIRM) == {"evidence": "te kort", "second": "n-expert", "number": ""}
    session.get_one(Person, made.people["nobody"]).left_on = made.now.date()
    session.commit()
    for number in ("n-nobody", "n-junior", "99999", ""):
        screen.press(CONFIRM, evidence=SEEN, second="other", number=number)
        assert screen.status == 422 and "Name a colleague who works here" in screen.text
        assert screen.fields(CONFIRM) == {"evidence": SEEN, "second": "other", "number": number}
    screen.press(CONFIRM, second="n-expert", number="n-manager")
    assert screen.status == 422 and "Keep one of the two" in screen.text
    assert screen.fields(CONFIRM)["number"] == "n-manager" and statuses(session) == ["claimed"]
    screen.press(CONFIRM, second="other", number="n-manager")
    assert screen.status == 200 and "Manager Proef looks at it too" in screen.text


def test_a_mentor_reads_no_level_out_of_the_form(
    visit: Visit, session: Session, pair: int, made: Organisation, url: str
):
    plc = made.domains["PLC-programmering"]
    made.can("junior", "PLC-programmering", 4, willing=False)
    session.commit()

    def filled(who: str, domain: int) -> tuple[str, bool]:
        screen = Screen(visit(who), f"{url}?domain={domain}")
        return screen.fields("Set this goal")["current"], "As in the profile." in screen.text

    assert filled("junior", plc) == ("4", True)
    assert filled("senior", plc) == ("0", False)
    assert filled("senior", made.domains["Pneumatiek"]) == ("1", True), "what the pair is for"
    Screen(visit("senior"), f"{url}?domain={plc}").press("Set this goal", current="0", target="1")
    Screen(visit("junior"), url).press("Drop this goal: PLC-programmering")
    assert filled("senior", plc) == ("0", False), "nor by a goal that was dropped"
    session.get_one(Mentorship, pair).request_id = made.asks("junior", "PLC-programmering", current=4, target=5)
    session.commit()
    assert filled("senior", plc) == ("4", True), "what was asked for"


def test_no_level_of_a_colleague_shows_in_who_is_suggested_or_taken(
    visit: Visit, session: Session, pair: int, made: Organisation, url: str
):
    made.person("able", given_name="Abel")
    made.can("able", "Pneumatiek", 5, willing=False)
    made.person("unable", given_name="Onno")
    session.commit()
    claim(session, made, goal(session, made, pair), 3)
    screen = Screen(visit("senior"), url)
    assert "Els Proef" in screen.text and "Abel" not in screen.text
    outcomes = []
    for who in ("able", "unable"):
        screen.open(url).press(CONFIRM, evidence=SEEN, second="other", number=f"n-{who}")
        outcomes.append((screen.status, "looks at it too" in screen.text))
        Screen(visit("junior"), url).press(TAKE_BACK).press(REACHED, level="3")
    assert outcomes == [(200, True)] * 2


def test_a_stale_page_is_told_how_it_stands(visit: Visit, session: Session, pair: int, made: Organisation, url: str):
    number = goal(session, made, pair)
    junior, late = Screen(visit("junior"), url), Screen(visit("junior"), url)
    junior.press(NEXT)
    late.press(REACHED, level="3")
    assert late.status == 409 and "It waits to be confirmed." in late.text and TAKE_BACK in late.names("button")
    mentor, twice = Screen(visit("senior"), url), Screen(visit("senior"), url)
    junior.press(TAKE_BACK)
    mentor.press(CONFIRM, evidence=SEEN)
    assert mentor.status == 409 and "withdrawn or answered in the meantime" in mentor.text
    assert f"What you wrote was not saved: {SEEN}" in mentor.text, "not lost either"
    assert statuses(session) == ["withdrawn"]
    twice.press("Not yet: Pneumatiek")
    assert twice.status == 409
    assert visit("junior").post(f"/goals/{number}/claim", {"level": "1"}).status_code == 422
    assert statuses(session) == ["withdrawn"]


def test_another_second_and_a_second_who_says_not_yet(
    visit: Visit, session: Session, pair: int, made: Organisation, url: str
):
    number = asked(session, made, pair)
    mentor = Screen(visit("senior"), url).press("Ask this colleague: Pneumatiek", second="n-manager")
    assert "Manager Proef looks at it too" in mentor.text
    assert visit("expert").get(f"/goals/claims/{number}").status_code == 404, "no longer theirs"
    screen = Screen(visit("manager")).tap("Say if that is right : Can Junior Proef do this?").press("Not yet")
    assert "This waits for nobody any more" in screen.text and SEEN not in screen.text
    assert "“can do it alone”: not yet, said on 23 Nov 2026" in Screen(visit("junior"), url).text


def test_dropped_and_taken_up_again(visit: Visit, session: Session, pair: int, made: Organisation, url: str):
    number = goal(session, made, pair, words="Kleppen")
    for who in ("junior", "senior"):
        screen = Screen(visit("junior"), url).press("Drop this goal: Pneumatiek")
        assert "You can reopen it below." in screen.text and "Kleppen" not in screen.text
        screen = Screen(visit(who), url).press("Reopen: Pneumatiek")
        assert "Can explain it" in screen.text and "Kleppen" in screen.text
    assert "Drop this goal: Pneumatiek" not in Screen(visit("senior"), url).names("button"), "it is the junior's"
    assert visit("senior").post(f"/goals/{number}/drop", {}).status_code == 404


def test_what_was_seen_takes_taps_alone(visit: Visit, session: Session, pair: int, made: Organisation, url: str):
    number = claim(session, made, goal(session, made, pair), 2)
    screen = Screen(visit("senior"), url)
    assert "Did it while I looked on." in screen.text and "Is called for the hard cases." not in screen.text
    screen.press(CONFIRM)
    assert screen.status == 422 and "Tap what you saw" in screen.text
    screen.press(CONFIRM, seen=["did", "safely"], evidence="Netjes")
    session.expire_all()
    row = session.get_one(LevelClaim, number)
    assert (row.status, row.evidence) == ("confirmed", "Did it while I looked on. Worked safely. Netjes")
    session.rollback()
    for wrong in (["flew"], ["did"] * 5):
        assert visit("senior").post(f"/goals/claims/{number}/confirm", {"seen": wrong}).status_code == 422


def test_a_step_from_the_page_of_the_duo_comes_back_to_it(
    visit: Visit, session: Session, pair: int, made: Organisation
):
    goal(session, made, pair)
    screen = Screen(visit("junior"), f"/checkins/duo/{pair}")
    assert "You and Senior: 0 of 3 steps taken" in screen.text
    screen.press(NEXT)
    assert screen.path == f"/checkins/duo/{pair}" and "You say you can; Senior still looks" in screen.text
    assert NEXT not in screen.names("button")
    mentor = Screen(visit("senior"), screen.path)
    assert "Junior says so. What did you see?" in mentor.text
    assert mentor.tap("Say what you saw : Pneumatiek").path == f"/mentorships/{pair}/goals"


def test_who_sees_and_who_acts(visit: Visit, session: Session, pair: int, made: Organisation, url: str):
    number = asked(session, made, pair)
    doors = [f"/goals/1/{verb}" for verb in ("drop", "claim")]
    doors += [
        f"/goals/claims/{number}/{verb}" for verb in ("withdraw", "confirm", "decline", "second", "agree", "disagree")
    ]
    for who in ("other_junior", "other_senior", "manager", "admin", "nobody", "expert"):
        client = visit(who)
        assert client.get(url).status_code == 404, who
        for door in (url, *doors):
            if who != "expert" or not door.endswith("agree"):
                assert client.post(door, {}).status_code == 404, (who, door)
    screen = Screen(visit("coordinator"), url)
    assert SEEN in screen.text and not [n for n in screen.names("button") if "Pneumatiek" in n]
    for door in (url, *doors):
        assert visit("coordinator").post(door, {}).status_code == 404
    for who in ("junior", "senior", "coordinator", "manager"):
        assert visit(who).get(f"/goals/claims/{number}").status_code == 404, "the second's own page"
    assert visit("junior").post(f"/goals/claims/{number}/confirm", {"evidence": SEEN}).status_code == 404
    assert visit("senior").post(f"/goals/claims/{number}/withdraw", {}).status_code == 404
    assert statuses(session) == ["seconding"]


def test_what_is_over_is_only_read(visit: Visit, session: Session, pair: int, made: Organisation, url: str):
    number = asked(session, made, pair)
    session.get_one(Mentorship, pair).status = "ended"
    session.commit()
    for who in ("junior", "senior"):
        screen = Screen(visit(who), f"/mentorships/{pair}").tap("Goals and what was seen")
        assert SEEN in screen.text
        assert not [n for n in screen.names("button") if "Pneumatiek" in n] and "Another goal" not in screen.text
    client = visit("expert")
    assert "Can Junior Proef do this?" not in Screen(client).text
    assert "This waits for nobody any more" in Screen(client, f"/goals/claims/{number}").text
    assert client.post(f"/goals/claims/{number}/agree", {}).status_code == 422
    assert statuses(session) == ["seconding"]


@pytest.mark.both_databases
def test_the_number_of_queries_does_not_grow_with_the_goals(
    visit: Visit, engine: sa.Engine, session: Session, pair: int, made: Organisation, url: str
):
    def clients() -> list[tuple[InspectingClient, str]]:
        return [(visit("senior"), url), (visit("junior"), url), (visit("senior"), "/"), (visit("expert"), "/")]

    def count() -> list[int]:
        found = []
        for client, where in clients():
            with counted(engine) as statements:
                assert client.get(where).status_code == 200
            found.append(len(statements))
        return found

    claim(session, made, goal(session, made, pair), 3)
    asked_values = {"status": "seconding", "evidence": SEEN, "second_id": made.people["expert"]}
    claim(session, made, goal(session, made, pair, domain_id=made.domains["PLC-programmering"]), 4, **asked_values)
    few = count()
    for n in range(6):
        number = goal(session, made, pair, domain_id=made.domain(f"Vak {n}"))
        claim(session, made, number, 3, **(asked_values if n % 2 else {}))
    assert count() == few
