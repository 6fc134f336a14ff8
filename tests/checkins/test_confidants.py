"""The confidant of one's site is asked, and reads who asks: that alone, on a desk of their own."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.checkins.confidants import actions, rules
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.confidants.rules import Post, Today
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.checkins.signals.models import Signal
from mentorship.leaving import actions as leaving
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away
from tests.checkins.stage import Asking
from tests.rounds.stage import at_once

SEEN, DONE = "Gezien", "Klaar"


@pytest.fixture
def asked(stage: Asking) -> Asking:
    """A pair in Ede of which both are asked how it goes."""
    stage.start()
    stage.open()
    return stage


def form(stage: Asking, key: str = "junior") -> str:
    """What the form says on whom help can be asked of."""
    text = stage.screen(key, f"/checkins/{stage.newest(key).id}").text
    return text.partition("Ik wil hulp")[2].partition("Wie ziet wat")[0]


def site_of(stage: Asking, key: str) -> int:
    return stage.read(lambda session: session.get_one(Person, stage.person(key)).site_id)


def test_the_confidant_of_ones_own_site_is_named_and_asked(asked: Asking):
    asked.confide("other_manager")
    assert "de vertrouwenspersoon (Other_manager Proef)" in form(asked), "that of everybody"
    asked.confide("nobody", site_of(asked, "junior"))
    assert "de vertrouwenspersoon (Nobody Proef)" in form(asked)
    asked.send("junior", 4, help_from=["confidant"])
    assert asked.asked_in_confidence("nobody") == ["Junior Proef"]
    for key in ("other_manager", "senior", "manager", "coordinator", "admin"):
        assert asked.asked_in_confidence(key) == [] and asked.cards(key) == [], key


def test_a_confidant_sees_nothing_else_of_the_pair(asked: Asking):
    asked.confide("nobody")
    asked.send("junior", 1, help_from=["confidant"], note="Kraanvogel")
    asked.later(days=2)
    visit = asked.visit("nobody")
    found, pair = asked.newest("junior"), asked.newest("junior").mentorship_id
    for address in (f"/checkins/duo/{pair}", f"/mentorships/{pair}", f"/checkins/{found.id}"):
        assert visit.get(address).status_code in (403, 404), address
    for address in ("/checkins/asked", "/signals", "/", "/signals/signals.csv"):
        text = asked.screen("nobody", address).text if "csv" not in address else visit.get(address).get_data(True)
        for word in ("Senior", "Kraanvogel", "laagste", "Praat met dit duo", "23 nov"):
            assert word not in text, (address, word)


def test_who_asked_reads_that_it_was_seen_and_when(asked: Asking):
    asked.confide("nobody")
    asked.send("junior", 4, help_from=["confidant", "manager"])
    address = f"/checkins/{asked.newest('junior').id}"
    mine = asked.screen("junior", address).text
    assert "de vertrouwenspersoon (Nobody Proef): nog niet gezien" in mine
    asked.later(hours=3)
    page = asked.screen("nobody", "/checkins/asked").press(SEEN)
    assert "Je hebt het gezien op 23 nov 2026 13:00" in page.text and SEEN not in page.names("button")
    told = asked.screen("junior", address).text
    assert "(Nobody Proef): gezien op 23 nov 2026 13:00" in told and "(Manager Proef): nog niet gezien" in told
    assert "Niemand vraagt nu naar je" in page.press(DONE).text
    assert "gezien op 23 nov 2026 13:00" in asked.screen("junior", address).text
    assert [row.actor_id for row in asked.audit("see help")] == [asked.person("nobody")]


def test_nobody_but_the_one_asked_answers(asked: Asking):
    asked.confide("nobody")
    asked.send("junior", 4, help_from=["confidant", "coordinator"])
    rows = asked.read(lambda session: list(session.exec(select(Signal).order_by(Signal.id))))
    for row, key, verb in product(rows, ("junior", "manager", "coordinator", "other_manager"), ("seen", "done")):
        assert asked.screen("nobody", "/checkins/asked").status == 200
        sent = asked.visit(key).post(f"/checkins/asked/{row.id}/{verb}", data={"csrf_token": "x"})
        assert sent.status_code in (400, 403, 404), (row.about, key, verb)
    assert {row.seen_at for row in asked.read(lambda session: list(session.exec(select(Signal))))} == {None}


def test_the_menu_leads_there_for_a_confidant_alone(asked: Asking):
    assert "In vertrouwen" not in asked.screen("nobody").names("a")
    assert "Vervanger" not in asked.screen("nobody", "/checkins/asked").text
    asked.confide("nobody")
    home = asked.screen("nobody")
    assert "In vertrouwen" in home.names("a") and "vraagt jou om hulp" not in home.text
    assert "Niemand vraagt nu naar je" in asked.screen("nobody", "/checkins/asked").text
    asked.send("junior", 4, help_from=["confidant"])
    assert "1 mens vraagt jou om hulp" in asked.screen("nobody").text
    asked.screen("nobody", "/checkins/asked").press(SEEN)
    assert "vraagt jou om hulp" not in asked.screen("nobody").text, "a seen one does not wait"


def test_a_stand_in_is_asked_from_a_day_until_a_day(asked: Asking):
    asked.confide("nobody")
    first, last = asked.today + timedelta(days=1), asked.today + timedelta(days=3)
    page = asked.screen("nobody", "/checkins/asked").press(
        "Vervanger opslaan", stand_in="n-other_senior", first=first.isoformat(), until=last.isoformat()
    )
    assert "Opgeslagen" in page.text
    assert "(Nobody Proef)" in form(asked)
    for _ in range(3):
        asked.later(days=1)
        assert "(Other_senior Proef)" in form(asked) and "Other_senior Proef valt in voor Nobody Proef" in form(asked)
    asked.send("junior", 4, help_from=["confidant"])
    asked.later(days=1)
    assert "(Nobody Proef)" in form(asked, "senior")
    assert asked.asked_in_confidence("other_senior") == ["Junior Proef"] and not asked.asked_in_confidence("nobody")


def test_the_form_says_the_same_of_a_confidant_who_is_away(asked: Asking):
    asked.confide("nobody")
    there = form(asked)
    assert "Je leest bij deze tussenstand wanneer Nobody Proef het zag" in there and "de coördinator" in there
    days = {"first_day": asked.today, "last_day": asked.today + timedelta(days=9)}
    asked.act(lambda session: session.add(Away(person_id=asked.person("nobody"), **days)))
    assert form(asked) == there, "nobody else is told who is away"


@pytest.mark.parametrize(
    ("number", "first", "last", "said"),
    [
        ("n-nobody", 1, 3, "Niemand valt voor zichzelf in"),
        ("n-nooit", 1, 3, "Niemand heeft dit personeelsnummer"),
        ("n-senior", 3, 1, "De laatste dag ligt voor de eerste"),
        ("n-senior", -9, -3, "Kies een dag die nog moet komen"),
        ("", 1, 3, "Vul dit in"),
    ],
)
@pytest.mark.parametrize(("key", "address"), [("nobody", "/checkins/asked"), ("coordinator", "/checkins/confidants")])
def test_a_stand_in_that_cannot_be_is_refused_and_what_was_typed_stays(
    asked: Asking, number: str, first: int, last: int, said: str, key: str, address: str
):
    asked.confide("nobody")
    days = [(asked.today + timedelta(days=day)).isoformat() for day in (first, last)]
    typed = {"stand_in": number, "first": days[0], "until": days[1]}
    wrong = asked.screen(key, address).press("Vervanger opslaan", **typed)
    assert wrong.status == 422 and said in wrong.text
    assert {name: wrong.fields("Vervanger opslaan")[name] for name in typed} == typed
    assert asked.read(lambda session: session.exec(select(Confidant)).one()).stand_in_id is None


def test_the_coordinator_names_and_lets_go(stage: Asking):
    page = stage.screen("coordinator", "/checkins/settings").tap("Vertrouwenspersonen aanwijzen")
    assert "Er is nog geen vertrouwenspersoon" in page.text
    wrong = page.press("Aanwijzen", confidant="n-nooit", site="0")
    assert wrong.status == 422 and wrong.fields("Aanwijzen")["confidant"] == "n-nooit"
    page = wrong.press("Aanwijzen", confidant="n-nobody")
    assert "Nobody Proef is nu de vertrouwenspersoon" in page.text and "De hele organisatie" in page.text
    page = page.press("Aanwijzen", confidant="n-junior", site=str(site_of(stage, "junior")))
    assert "2 vertrouwenspersonen" in page.text
    page = page.press("Aanwijzen", confidant="n-senior", site="0")
    assert "2 vertrouwenspersonen" in page.text and "Senior Proef" in page.text and "Nobody Proef" not in page.text
    number = stage.read(lambda session: session.get_one(CheckInSettings, 1).confidant)
    assert number == "n-senior", "the version before looks there"
    page.press("Hier geen vertrouwenspersoon meer: De hele organisatie")
    left = stage.read(lambda session: list(session.exec(select(Confidant))))
    assert [row.site_id for row in left] == [site_of(stage, "junior")]
    assert stage.read(lambda session: session.get_one(CheckInSettings, 1).confidant) == ""
    assert [row.details["person"] for row in stage.audit("name confidant")][-1] == [
        stage.person("nobody"),
        stage.person("senior"),
    ]


def test_two_who_name_at_once_leave_one_confidant(stage: Asking):
    def naming(key: str):
        return lambda: stage.act(actions.appoint, stage.coordinator, 0, f"n-{key}", stage.now)

    at_once(naming("nobody"), naming("senior"))
    assert len(stage.read(lambda session: list(session.exec(select(Confidant))))) == 1


def test_who_leaves_is_no_confidant_and_stands_in_for_nobody(asked: Asking, session: Session):
    post = asked.confide("nobody")
    other = asked.confide("other_senior", site_of(asked, "junior"))
    days = (asked.today, asked.today + timedelta(days=30))
    asked.act(actions.name_stand_in, asked.coordinator, other, "n-nobody", *days, asked.now)
    session.get_one(Person, asked.person("nobody")).last_day = asked.today - timedelta(days=1)
    session.commit()
    assert "(Other_senior Proef)" in form(asked), "from the day after the last one, be it not done yet"
    asked.act(leaving.leave_due, asked.person("nobody"), asked.now)
    rows = asked.read(lambda session: list(session.exec(select(Confidant))))
    assert [(row.id, row.stand_in_id, row.stand_in_from) for row in rows] == [(other, None, None)] and post != other
    with pytest.raises(Refused):
        asked.act(actions.appoint, asked.coordinator, 0, "n-nobody", asked.now)


def test_who_is_asked_by_the_rules():
    """By hand: site first; the stand-in while it lasts; who is there before who is away; never one of the pair."""
    monday = date(2026, 11, 23)
    today = Today(monday, away={7}, gone={9})
    instead = Post(1, 2, monday, monday)
    assert rules.choose({5: instead, 0: Post(3)}, 5, (), today) == rules.Choice(2, 1)
    assert rules.choose({5: instead, 0: Post(3)}, 6, (), today) == rules.Choice(3)
    assert rules.choose({5: instead}, 5, (2,), today) == rules.Choice(1)
    assert rules.choose({5: instead, 0: Post(3)}, 5, (1, 2), today) == rules.Choice(3)
    assert rules.choose({5: Post(1, 7, monday, monday)}, 5, (), today) == rules.Choice(1)
    assert rules.choose({5: Post(7)}, 5, (), today) == rules.Choice(7)
    assert rules.choose({5: Post(9)}, 5, (), today) is None
    assert rules.choose({}, 5, (), today) is None


@pytest.mark.parametrize(
    ("helper", "key"), [("mentor", "senior"), ("manager", "manager"), ("coordinator", "coordinator")]
)
def test_whoever_is_asked_says_that_they_saw_it(asked: Asking, helper: str, key: str):
    asked.send("junior", 4, help_from=[helper])
    address = f"/checkins/{asked.newest('junior').id}"
    assert "nog niet gezien" in asked.screen("junior", address).text
    page = asked.screen(key, "/signals").press(SEEN)
    assert page.status == 200 and SEEN not in page.names("button")
    assert "gezien op 23 nov 2026 10:00" in asked.screen("junior", address).text
    assert asked.cards(key) == ["Wil hulp"], "it stays until it is acted on"


def test_who_acts_on_it_saw_it(asked: Asking):
    asked.send("junior", 4, help_from=["manager"])
    asked.screen("manager", "/signals").press("Oppakken", action="talk")
    told = asked.screen("junior", f"/checkins/{asked.newest('junior').id}").text
    assert "gezien op 23 nov 2026 10:00" in told


def test_only_help_is_seen_and_only_by_the_one_asked(asked: Asking):
    asked.send("junior", 1, help_from=["manager"])
    for row in asked.read(lambda session: list(session.exec(select(Signal)))):
        who = "coordinator" if row.kind == "help" else "manager"
        page = asked.screen(who, "/signals")
        sent = page.client.post(f"/checkins/asked/{row.id}/heard", {})
        assert sent.status_code in (400, 403, 404, 409, 422), (row.kind, who)
    assert {row.seen_at for row in asked.read(lambda session: list(session.exec(select(Signal))))} == {None}
