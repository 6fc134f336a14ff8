"""The page of a last day: what it says beforehand, to whom, and what it does."""

from __future__ import annotations

import pytest

from mentorship.people.models import Person
from tests.factories import Screen
from tests.leaving.conftest import Goodbye


def wants(stage: Goodbye, day: str, by: str = "coordinator", key: str = "lena") -> Screen:
    return stage.screen(by, f"/leaving/{stage.person(key)}/ask?last_day={day}")


def test_from_the_person_to_a_last_day_and_back(stage: Goodbye):
    stage.start("lena", "junior")
    stage.organisation.pair("lena", "other_junior")
    stage.organisation.session.commit()
    details = stage.screen("coordinator", f"/insight/person/{stage.lena}?tab=details")
    screen = details.tap("Lena vertrekt")
    assert screen.heading == "Lena Proef vertrekt niet"
    assert "Bekijk wat er stopt" in screen.names("button")
    asked = wants(stage, "2026-12-03")
    assert asked.heading == "Is 3 dec 2026 de laatste werkdag van Lena Proef?"
    for said in (
        "1 duo stopt; aan wie blijft, vragen we hoe het ging.",
        "1 voorstel vervalt; niemand heeft nee gezegd.",
        "3 plekken voor juniors zijn er niet meer.",
        "1 persoon heeft een andere leidinggevende nodig",
        "4 rollen vervallen.",
    ):
        assert said in asked.text
    assert stage.who().last_day is None, "asked, and not done"
    saved = asked.press("Ja, dat is de laatste werkdag")
    assert saved.heading == "Lena Proef vertrekt op 3 dec 2026"
    assert "Ingevuld door Coordinator Proef." in saved.text
    back = saved.press("Laatste werkdag intrekken")
    assert back.heading == "Lena Proef vertrekt niet" and stage.who().last_day is None


def test_hr_reads_what_ends_without_what_is_not_theirs(stage: Goodbye):
    stage.organisation.person("personeel", "hr")
    stage.start("lena", "junior")
    asked = wants(stage, "2026-12-03", "personeel")
    assert "1 duo" not in asked.text and "Duo's, plekken en mentorvragen stoppen" in asked.text
    assert asked.press("Ja, dat is de laatste werkdag").heading == "Lena Proef vertrekt op 3 dec 2026"


def test_a_day_that_has_passed_says_so_and_coming_back_too(stage: Goodbye):
    asked = wants(stage, "2026-11-20")
    assert "20 nov 2026 is al voorbij, dus alles stopt meteen" in asked.text
    gone = asked.press("Ja, dat is de laatste werkdag")
    assert gone.heading == "Lena Proef is op 20 nov 2026 vertrokken"
    back = gone.tap("Lena komt terug")
    assert "Rollen moeten opnieuw worden gegeven." in back.text and stage.who().left_on
    assert back.press("Ja, Lena komt terug").heading == "Lena Proef vertrekt niet"
    assert stage.who().left_on is None


@pytest.mark.parametrize("day", ["", "31-31-2026", "1026-12-03", "2999-01-01"])
def test_a_day_that_cannot_be_is_said_at_the_field(stage: Goodbye, day: str):
    screen = wants(stage, day)
    assert screen.status == 200 and stage.who().last_day is None
    assert any(e.get("aria-invalid") == "true" for e in screen.tree.iter("input"))


def test_the_last_coordinator_reads_why_not(stage: Goodbye):
    asked = wants(stage, "2026-12-03", by="admin", key="coordinator")
    refused = asked.press("Ja, dat is de laatste werkdag")
    assert "Wijs eerst een andere aan." in refused.text and stage.who("coordinator").last_day is None


def test_managers_and_the_person_have_no_such_page(stage: Goodbye):
    for key in ("manager", "lena", "junior"):
        url = f"/leaving/{stage.lena if key != 'lena' else stage.person('junior')}"
        expected = 200 if key == "lena" else 404
        assert stage.visit(key).get(url).status_code == expected, "lena is an admin"


def test_who_stays_reads_it_on_the_own_page(stage: Goodbye):
    pair = stage.start("lena", "junior")
    stage.says()
    for url in ("/", f"/mentorships/{pair}", "/mentorships"):
        assert "laatste werkdag 3 dec" in stage.screen("junior", url).text.lower(), url
    stage.later(days=11)
    stage.night()
    over = stage.screen("junior", f"/mentorships/{pair}").text
    assert "omdat een van de twee vertrok" in over
    assert "Hoe ging het met Lena Proef?" in stage.screen("junior").text


def test_search_and_lists_know_nobody_who_left(stage: Goodbye):
    for key in ("coordinator", "manager"):
        assert "Lena Proef" in stage.screen(key, "/search?q=lena").text
    stage.goes()
    for url in ("/search?q=lena", "/people", "/insight/workload", "/people/people.csv"):
        answer = stage.visit("coordinator").get(url)
        assert answer.status_code == 200 and "Lena" not in answer.text.replace('value="lena"', ""), url
    assert stage.read(lambda s: s.get(Person, stage.lena)) is not None


def test_undo_within_ten_minutes(stage: Goodbye):
    stage.start("lena", "junior")
    saved = wants(stage, "2026-12-03").press("Ja, dat is de laatste werkdag")
    undone = saved.press("Terugdraaien")
    assert undone.status == 200 and stage.who().last_day is None
    assert stage.mail("leaves", "last-day", "stays") == set()


def test_somebody_who_cannot_leave_any_more_is_asked_nothing(stage: Goodbye):
    stage.goes()
    screen = wants(stage, "2026-12-20")
    sent = stage.visit("coordinator").post(f"/leaving/{stage.lena}", {"last_day": "2026-12-20"})
    assert sent.status_code == 422
    assert "is al vertrokken" in screen.text
    assert stage.screen("coordinator", f"/leaving/{stage.lena}/back").heading == "Komt Lena Proef terug?"
    stage.screen("coordinator", f"/leaving/{stage.lena}/back").press("Ja, Lena komt terug")
    assert stage.screen("coordinator", f"/leaving/{stage.lena}/back").heading == "Lena Proef vertrekt niet"


def test_before_the_worker_came_by_a_last_day_that_passed_is_withdrawn(stage: Goodbye):
    stage.says(days=1)
    stage.later(days=2)
    screen = stage.screen("coordinator", f"/leaving/{stage.lena}")
    assert screen.heading == "Lena Proef is op 24 nov 2026 vertrokken"
    screen.press("Laatste werkdag intrekken")
    assert stage.who().last_day is None
