"""The handover plan: what leans on who leaves, to whom, by when and where; and who reads it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.errors import Refused
from mentorship.base.undo import UndoRow
from mentorship.growth.handover import actions
from mentorship.growth.handover.models import PASSED_ON, UNDER_WAY, HandoverPiece, HandoverPlan
from mentorship.growth.handover.rules import Said
from mentorship.leaving.actions import leave_due, set_last_day, take_back
from mentorship.leaving.erasing import erase
from mentorship.leaving.retention import let_go, over
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.people.models import Person
from mentorship.profiles.actions import set_plan, set_wish
from tests.factories import Organisation, Screen

MINE = "/growth/handover/mine"


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    """A senior who alone holds a critical domain, shares one with another, and one with four more."""
    organisation.domain("Hoogspanning", critical=True)
    organisation.can("senior", "Hoogspanning", 5)
    organisation.can("senior", "Lassen", 4)
    for key in ("first", "second", "third"):
        organisation.person(key, "senior")
        organisation.can(key, "Lassen", 4)
    organisation.person("learner", "junior")
    session.commit()
    return organisation


def says(made: Organisation, horizon: str) -> None:
    set_plan(made.session, made.actor("senior"), horizon, made.now)
    made.session.commit()


def leaves(made: Organisation, days: int = 60) -> None:
    day = made.now.date() + timedelta(days=days)
    set_last_day(made.session, made.actor("hr"), made.people["senior"], day, made.now)
    made.session.commit()


def begins(made: Organisation, key: str) -> None:
    actions.start(made.session, made.actor(key), made.people["senior"], made.now)
    made.session.commit()


def plan_url(made: Organisation, domain: str = "") -> str:
    url = f"/growth/handover/{made.people['senior']}"
    return f"{url}/{made.domains[domain]}" if domain else url


def piece(made: Organisation, domain: str) -> HandoverPiece:
    made.session.expire_all()
    return made.session.get_one(HandoverPiece, (made.people["senior"], made.domains[domain]))


@pytest.mark.both_databases
def test_who_leaves_soon_plans_it_from_their_plans(visit, made: Organisation):
    screen = Screen(visit("senior"), MINE)
    assert "daar is nog geen reden voor" in screen.heading
    says(made, "over_5")
    assert "Begin het overdrachtsplan" not in Screen(visit("senior"), MINE).names("button")
    says(made, "under_1")
    screen = Screen(visit("senior"), "/profiles").tap("Mijn overdrachtsplan")
    assert screen.heading == "2 vakgebieden rusten op jou en weinig anderen"
    screen.press("Begin het overdrachtsplan")
    assert screen.heading == "0 van de 2 onderdelen zijn overgedragen; nu komt Hoogspanning"
    assert [row[0] for row in screen.rows()] == [
        "1 Hoogspanning verder weet niemand dit zo goed",
        "2 Pneumatiek hooguit drie mensen weten dit zo goed",
    ]
    assert "Lassen" in screen.text  # four hold it, so it is not on the plan but can be put there
    assert "Alleen jij." in screen.text and "risico" not in screen.text


@pytest.mark.both_databases
def test_a_plan_by_a_horizon_is_the_persons_alone(visit, made: Organisation, session: Session):
    says(made, "1_to_3")
    begins(made, "senior")
    for key in ("coordinator", "manager", "director", "hr", "admin", "other_senior", "junior"):
        for url in (plan_url(made), plan_url(made, "Hoogspanning")):
            assert visit(key).get(url).status_code == 404, key
    assert "Senior" not in Screen(visit("coordinator"), "/growth/handover").text
    assert "Overdrachtsplan" not in Screen(visit("coordinator"), f"/insight/person/{made.people['senior']}").text
    verbs = set(session.exec(select(AuditRow.verb)))
    assert verbs == {"set plans"}  # of which the log says no more than that "My plans" changed
    with pytest.raises(Refused):
        actions.add(session, made.actor("coordinator"), made.people["senior"], made.domains["Lassen"], made.now)


@pytest.mark.both_databases
def test_it_is_shared_with_the_coordinator_by_choice_and_no_longer(visit, made: Organisation, session: Session):
    says(made, "under_1")
    begins(made, "senior")
    own = Screen(visit("senior"), MINE).press("Deel het met de coördinator")
    assert "Jij, en de coördinator omdat je het deelt." in own.text
    seen = Screen(visit("coordinator"), "/growth/handover").tap("Senior Proef")
    assert "Senior Proef deelt dit plan met je." in seen.text and "risico 25 van 25" in seen.text
    assert visit("manager").get(plan_url(made)).status_code == 404
    own.press("Deel het niet meer")
    assert "Je plan is weer alleen van jou." in own.client.get(MINE).text or "Alleen jij." in own.text
    assert visit("coordinator").get(plan_url(made)).status_code == 404
    assert set(session.exec(select(AuditRow.verb))) == {"set plans"}


@pytest.mark.both_databases
def test_nobody_without_reason_has_one_and_another_cannot_begin_by_a_horizon(made: Organisation, session: Session):
    with pytest.raises(Refused, match="Mijn plannen"):
        begins(made, "senior")
    says(made, "under_1")
    with pytest.raises(Refused, match="Zonder laatste werkdag"):
        begins(made, "coordinator")
    begins(made, "senior")
    with pytest.raises(Refused, match="al een overdrachtsplan"):
        begins(made, "senior")


@pytest.mark.both_databases
def test_with_a_last_day_the_coordinator_begins_it_and_the_desk_says_so(visit, made: Organisation):
    leaves(made)
    desk = Screen(visit("senior"), "/")
    assert "2 vakgebieden rusten op jou: wie neemt ze over?" in desk.text
    screen = Screen(visit("coordinator"), f"/insight/person/{made.people['senior']}").tap("Overdrachtsplan")
    screen.press("Begin het overdrachtsplan")
    last = made.now.date() + timedelta(days=60)
    due = [piece(made, domain).due_on for domain in ("Hoogspanning", "Pneumatiek")]
    assert due[0] < due[1] == last - timedelta(days=7)
    desk.open("/")
    assert "2 onderdelen van je overdrachtsplan zijn nog niet overgedragen. Coordinator Proef begon het" in desk.text
    own = desk.tap("Naar het overdrachtsplan")
    assert "Jij en de coördinator, omdat je laatste werkdag bekend is." in own.text
    assert "risico" not in own.text and "Verwijder dit plan" not in own.names("button")
    for key in ("manager", "hr", "admin"):
        assert visit(key).get(plan_url(made)).status_code == 404
    with pytest.raises(Refused, match="het blijft"):
        actions.drop(made.session, made.actor("senior"), made.people["senior"], made.now)


@pytest.mark.both_databases
def test_who_takes_it_over_is_chosen_told_nothing_and_asked_by_a_pair(visit, made: Organisation, session: Session):
    made.can("learner", "Hoogspanning", 2)
    made.asks("other_junior", "Hoogspanning")
    leaves(made)
    begins(made, "coordinator")
    own = Screen(visit("senior"), plan_url(made, "Hoogspanning"))
    assert "Learner" not in own.text and "Other_junior" not in own.text  # levels and requests are the coordinator's
    screen = Screen(visit("coordinator"), plan_url(made, "Hoogspanning"))
    assert "Other_junior Proef Ede · vraagt er een mentor in" in screen.text
    assert "Learner Proef Ede · kan het: onder begeleiding" in screen.text
    screen.press("Kies Learner Proef")
    assert "Learner Proef nog niet gevraagd" in screen.text
    assert "Overdrachtsplan" not in Screen(visit("learner"), "/").text
    assert visit("learner").get(plan_url(made)).status_code == 404
    screen.tap("Stel het duo voor : Hoogspanning")
    assert screen.path == f"/direct/{made.people['learner']}" and "Hoogspanning" in screen.text
    made.pair("senior", "learner", "proposed", domain="Hoogspanning")
    session.commit()
    screen.open(plan_url(made))
    assert "gevraagd; het antwoord is er nog niet" in screen.text


@pytest.mark.both_databases
def test_the_person_asks_by_the_wish_there_is(visit, made: Organisation, session: Session):
    leaves(made)
    begins(made, "senior")
    screen = Screen(visit("senior"), f"{plan_url(made, 'Hoogspanning')}?q=learner").press("Kies Learner Proef")
    screen.press("Zeg dat ik dit wil: Learner Proef")
    assert "Gevraagd: de coördinator koppelt" in screen.text
    screen.open("/profiles/wishes")
    assert "Learner Proef Ede graag" in screen.text


@pytest.mark.both_databases
def test_whom_the_person_would_rather_not_is_never_thought_of(visit, made: Organisation, session: Session):
    made.can("learner", "Hoogspanning", 3)
    leaves(made)
    begins(made, "coordinator")
    set_wish(session, made.actor("learner"), made.people["senior"], False, made.now)
    session.commit()
    assert "Learner" not in Screen(visit("coordinator"), plan_url(made, "Hoogspanning")).text


def learning(made: Organisation, level: int, domain: str = "Hoogspanning") -> int:
    """Let the junior grow in a pair with the senior; a level is confirmed where there is one."""
    pair = made.pair("senior", "junior", "active", domain=domain, started_on=made.now.date())
    goal = Goal(mentorship_id=pair, domain_id=made.domains[domain], start_level=0, target_level=4, made_at=made.now)
    made.session.add(goal)
    made.session.flush()
    if level:
        claim = LevelClaim(
            goal_id=goal.id, level=level, status="confirmed", claimed_at=made.now, settled_at=made.now, evidence="x"
        )
        made.session.add(claim)
    made.session.commit()
    return pair


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("level", "told"),
    [(0, "nu bezig er loopt een duo"), (3, "nu bezig er loopt een duo"), (4, "overgedragen bevestigd in een duo")],
)
def test_pairs_say_by_themselves_how_far_it_is(visit, made: Organisation, level: int, told: str):
    leaves(made)
    begins(made, "senior")
    learning(made, level)
    screen = Screen(visit("senior"), MINE)
    row = screen.rows()[0]
    assert told in row[4] and row[1].startswith("Junior Proef")
    assert "1 van de 2" in screen.heading if level == 4 else "0 van de 2" in screen.heading
    if level < 4:
        assert screen.tap("Bekijk het duo : Hoogspanning").status == 200


@pytest.mark.both_databases
def test_the_rest_is_ticked_by_hand_and_a_place_is_needed_to_be_written_down(visit, made: Organisation):
    leaves(made)
    begins(made, "senior")
    screen = Screen(visit("senior"), MINE).tap("Hoogspanning")
    screen.press("Opslaan", step="3")
    assert "Zeg eerst waar het is opgeschreven" in screen.text and screen.status == 422
    late = made.now.date() + timedelta(days=61)
    screen.press("Opslaan", step="3", place="map K, lade 3", due_on=late.isoformat())
    assert "Kies een dag tot en met de laatste werkdag." in screen.text
    screen.press("Opslaan", due_on=(late - timedelta(days=1)).isoformat())
    row = screen.rows()[0]
    assert row[3] == "map K, lade 3" and row[4].startswith("opgeschreven aangevinkt op")
    screen.tap("Hoogspanning").press("Opslaan", place="")
    assert "Zeg eerst waar het is opgeschreven" in screen.text


@pytest.mark.both_databases
def test_the_order_is_changed_and_what_is_on_it(visit, made: Organisation, session: Session):
    leaves(made)
    begins(made, "senior")
    screen = Screen(visit("senior"), MINE).tap("Pneumatiek").press("Eerder")
    assert [row[0].split()[:2] for row in screen.rows()] == [["1", "Pneumatiek"], ["2", "Hoogspanning"]]
    screen.press("Zet op het plan", domain=str(made.domains["Lassen"]))
    assert [row[0].split()[1] for row in screen.rows()] == ["Pneumatiek", "Hoogspanning", "Lassen"]
    screen.tap("Hoogspanning").press("Haal van het plan")
    assert [row[0].split()[1] for row in screen.rows()] == ["Pneumatiek", "Lassen"]
    assert len(session.exec(select(UndoRow)).all()) == 3
    session.commit()
    screen.press("Terugdraaien")
    assert [row[0].split()[1] for row in screen.open(MINE).rows()] == ["Pneumatiek", "Hoogspanning", "Lassen"]


@pytest.mark.both_databases
def test_the_order_betrays_nothing_of_what_others_plan(made: Organisation, session: Session):
    made.can("other_senior", "Hoogspanning", 4)
    for name in ("Een", "Twee"):
        made.can("senior", name, 4)
        made.can("first" if name == "Een" else "second", name, 4)
    set_plan(session, made.actor("second"), "under_1", made.now)
    says(made, "over_5")
    leaves(made, 300)
    begins(made, "coordinator")
    order = session.exec(select(HandoverPiece.domain_id).order_by(HandoverPiece.position)).all()
    names = {key: name for name, key in made.domains.items()}
    assert [names[key] for key in order] == ["Hoogspanning", "Een", "Pneumatiek", "Twee"]


@pytest.mark.both_databases
def test_it_goes_on_as_a_record_and_is_deleted_in_the_end(visit, made: Organisation, session: Session, now: datetime):
    leaves(made, 0)
    begins(made, "coordinator")
    learning(made, 0)
    senior = made.people["senior"]
    actions.choose(session, made.actor("coordinator"), senior, made.domains["Pneumatiek"], made.people["learner"], now)
    session.commit()
    assert leave_due(session, senior, now + timedelta(days=1))
    session.commit()
    assert piece(made, "Hoogspanning").step == UNDER_WAY  # the pair that said so is over
    screen = Screen(visit("coordinator"), f"/leaving/{senior}").tap("Bekijk wat wordt overgedragen")
    assert "Dit is het verslag van wat is overgedragen." in screen.text and "24 maanden lang" in screen.text
    later = now + timedelta(days=731)
    let_go(session, over(session, later))
    session.commit()
    assert session.exec(select(HandoverPlan)).all() == [] and session.exec(select(HandoverPiece)).all() == []


@pytest.mark.both_databases
def test_who_takes_over_and_leaves_is_forgotten_unless_it_was_passed_on(
    made: Organisation, session: Session, now: datetime
):
    leaves(made)
    begins(made, "coordinator")
    me, senior, learner = made.actor("coordinator"), made.people["senior"], made.people["learner"]
    for domain in ("Hoogspanning", "Pneumatiek"):
        actions.choose(session, me, senior, made.domains[domain], learner, now)
    actions.save(session, me, senior, made.domains["Pneumatiek"], Said(None, "", PASSED_ON), now)
    set_last_day(session, made.actor("hr"), learner, now.date() - timedelta(days=1), now)
    session.commit()
    assert piece(made, "Hoogspanning").receiver_id is None and piece(made, "Pneumatiek").receiver_id == learner
    with pytest.raises(Refused):
        actions.choose(session, me, senior, made.domains["Hoogspanning"], learner, now)
    erase(session, learner, now)
    session.commit()
    assert piece(made, "Pneumatiek").receiver_id is None


@pytest.mark.both_databases
def test_what_was_the_persons_alone_goes_when_a_last_day_passed_unannounced(made: Organisation, session: Session):
    says(made, "under_1")
    begins(made, "senior")
    leaves(made, -1)
    assert session.exec(select(HandoverPlan)).all() == [] and session.exec(select(HandoverPiece)).all() == []


@pytest.mark.both_databases
def test_a_last_day_that_is_withdrawn_closes_it_to_the_coordinator_again(visit, made: Organisation, session: Session):
    leaves(made)
    begins(made, "senior")
    assert visit("coordinator").get(plan_url(made)).status_code == 200
    take_back(session, made.actor("hr"), made.people["senior"], made.now)
    session.commit()
    assert visit("coordinator").get(plan_url(made)).status_code == 404
    own = Screen(visit("senior"), MINE)
    assert "Alleen jij." in own.text
    assert "daar is nog geen reden voor" in own.press("Verwijder dit plan").heading


@pytest.mark.both_databases
def test_the_confirmation_of_a_last_day_counts_only_what_the_coordinator_may_know(visit, made: Organisation):
    says(made, "under_1")
    begins(made, "senior")
    day = (made.now.date() + timedelta(days=9)).isoformat()
    url = f"/leaving/{made.people['senior']}/ask?last_day={day}"
    assert "overdrachtsplan" not in Screen(visit("coordinator"), url).text
    actions.share(made.session, made.actor("senior"), made.people["senior"], True, made.now)
    made.session.commit()
    assert "2 onderdelen van het overdrachtsplan zijn nog niet overgedragen" in Screen(visit("coordinator"), url).text
    assert "overdrachtsplan" not in Screen(visit("hr"), url).text


@pytest.mark.both_databases
def test_the_map_leads_to_the_plan_of_who_leaves(visit, made: Organisation):
    leaves(made)
    url = f"/insight/knowledge/{made.domains['Hoogspanning']}"
    screen = Screen(visit("coordinator"), url).tap("Overdrachtsplan : Senior Proef")
    assert screen.path == plan_url(made)
    assert "Overdrachtsplannen" in Screen(visit("coordinator"), "/insight/knowledge").names("a")


def test_more_pieces_take_no_more_queries(visit, engine: sa.Engine, made: Organisation):
    counted: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *about: counted.append(about[2]))
    leaves(made)
    begins(made, "senior")
    numbers = []
    for round_ in range(2):
        for key in ("senior", "coordinator"):
            client = visit(key)
            client.get(plan_url(made))
            counted.clear()
            client.get(plan_url(made))
            numbers.append(len(counted))
        for number in range(12):
            name = f"Vak {round_} {number}"
            made.can("senior", name, 4)
            actions.add(made.session, made.actor("senior"), made.people["senior"], made.domains[name], made.now)
        made.session.commit()
    assert numbers[:2] == numbers[2:], numbers


def test_who_looks_is_shown_to_the_person(visit, made: Organisation, session: Session):
    leaves(made)
    begins(made, "senior")
    visit("coordinator").get(plan_url(made))
    assert "Coordinator Proef" in Screen(visit("senior"), "/seen").text
    assert session.get_one(Person, made.people["senior"]).last_day is not None
