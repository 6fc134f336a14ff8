"""What somebody picks up for a signal is carried out by the service, which writes what it did; undo takes both back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import icalendar
import pytest
from sqlmodel import select

from mentorship.base.i18n import long_day, use_locale
from mentorship.checkins.signals import carrying
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.steps import queries
from mentorship.home.calendar import queries as calendar
from mentorship.home.calendar.feed import TalkDay
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Capacity, Training
from mentorship.programme.models import Programme
from tests.checkins.stage import Asking
from tests.factories import Screen


@pytest.fixture
def pair(stage: Asking) -> int:
    return stage.start()


def plant(stage: Asking, pair: int, key: str = "apart", side: str = "both", **values: Any) -> int:
    row = Signal(mentorship_id=pair, kind=key, side=side, since=stage.today, raised_at=stage.now, **values)
    stage.act(lambda session: session.add(row))
    return stage.read(lambda s: s.exec(select(Signal.id).order_by(Signal.id.desc())).first())


def signal(stage: Asking, number: int) -> Signal:
    return stage.read(lambda s: s.get_one(Signal, number))


def duo(stage: Asking, pair: int) -> Mentorship:
    return stage.read(lambda s: s.get_one(Mentorship, pair))


def offer(stage: Asking) -> Capacity:
    return stage.read(lambda s: s.get_one(Capacity, stage.person("senior")))


def pick_up(stage: Asking, number: int, action: str, who: str = "coordinator") -> Screen:
    return stage.screen(who, f"/signals?open={number}").press("Oppakken", action=action)


def test_a_pause_is_carried_out_and_written_down_and_undo_takes_both_back(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "pause_pair")
    assert page.heading == "Tot wanneer pauzeren Junior en Senior?"
    assert signal(stage, number).status == "taken", "picked up whatever comes of the form"
    page.press("Pauzeer tot dan", day="2026-12-14")
    assert (duo(stage, pair).status, duo(stage, pair).paused_until) == ("paused", date(2026, 12, 14))
    assert "Het duo pauzeert tot 14 dec 2026; door Coordinator Proef, op 23 nov 2026." in page.text
    page.press("Terugdraaien")
    assert duo(stage, pair).status == "active" and signal(stage, number).did == []
    assert "pauzeert tot" not in page.text
    assert stage.audit("undo: carry out step") and stage.audit("undo: pause mentorship")


def test_what_was_picked_up_and_left_stands_as_still_to_do(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "pause_pair").tap("Nu niet, terug")
    assert "Doe het nu: het duo laten pauzeren" in page.names("a")
    page.tap("Doe het nu: het duo laten pauzeren").press("Pauzeer tot dan", day="2026-12-14")
    assert "Doe het nu: het duo laten pauzeren" not in page.names("a")
    assert "Doe het nu" not in stage.screen("manager", f"/signals?open={number}").text


@pytest.mark.parametrize("day", ["", "2026-11-01", "2031-01-01", "nonsense"])
def test_a_wrong_day_is_said_at_its_field_and_nothing_happens(stage: Asking, pair: int, day: str):
    number = plant(stage, pair)
    page = pick_up(stage, number, "pause_pair").press("Pauzeer tot dan", day=day)
    assert page.status == 422 and duo(stage, pair).status == "active" and signal(stage, number).did == []


def test_fewer_places_are_offered_and_the_mentor_reads_by_whom(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "fewer_places")
    assert page.heading == "Hoeveel plekken houdt Senior?"
    page.press("Minder plekken aanbieden", places="1")
    assert offer(stage).places == 1 and offer(stage).hours == 8
    assert "De mentor biedt minder plekken aan; door Coordinator Proef" in page.text
    page.press("Terugdraaien")
    assert offer(stage).places == 2 and signal(stage, number).did == []
    page = pick_up(stage, number, "fewer_places").press("Minder plekken aanbieden", places="2")
    assert page.status == 422 and "Kies minder dan het er nu zijn." in page.text


def test_hours_go_down_once_the_manager_agrees_and_never_before(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "fewer_hours").press("Uren verlagen", hours="4")
    assert "De leidinggevende van de mentor is om minder uren gevraagd" in page.text
    assert offer(stage).confirmed_hours == 8 and signal(stage, number).asked_hours == Decimal(4)
    for key in ("other_manager", "director", "senior", "junior", "coordinator"):
        assert stage.visit(key).post(f"/checkins/steps/{number}/answer", {"agrees": "true"}).status_code == 404, key
        assert "minder uren" not in stage.screen(key, "/").text
    desk = stage.screen("manager", "/")
    assert "Voor 1 mentor vraagt iemand je om minder uren" in desk.text
    asked = desk.open("/checkins/steps/hours")
    assert "Coordinator Proef vraagt je: van 8 naar 4 uur per week." in asked.text
    assert "gewerkt" not in asked.text, "nothing of the signal"
    asked.press("Akkoord: Senior Proef")
    assert offer(stage).confirmed_hours == 4 and signal(stage, number).asked_hours is None
    told = stage.screen("coordinator", f"/signals?open={number}").text
    assert "De uren zijn verlaagd, met akkoord van de leidinggevende; door Manager Proef" in told
    again = stage.visit("manager").post(f"/checkins/steps/{number}/answer", {"agrees": "true"})
    assert again.status_code in (404, 409)


def test_a_manager_keeps_the_hours(stage: Asking, pair: int):
    number = plant(stage, pair)
    pick_up(stage, number, "fewer_hours").press("Uren verlagen", hours="4")
    page = stage.screen("manager", "/checkins/steps/hours").press("Uren zo laten: Senior Proef")
    assert offer(stage).confirmed_hours == 8 and page.heading == "Niemand vraagt je om minder uren"
    told = stage.screen("coordinator", f"/signals?open={number}").text
    assert "De leidinggevende laat de uren zoals ze zijn; door Manager Proef" in told


def test_the_manager_of_the_mentor_lowers_the_hours_at_once(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "fewer_hours", "manager").press("Uren verlagen", hours="4")
    assert offer(stage).confirmed_hours == 4 and "De uren zijn verlaagd" in page.text
    page.press("Terugdraaien")
    assert offer(stage).confirmed_hours == 8 and signal(stage, number).did == []


def test_a_course_is_noted_where_courses_stand(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "train_mentor")
    page.press("Cursus noteren", title="Praktijkopleider", day="2026-11-20")
    noted = stage.read(lambda s: s.exec(select(Training)).one())
    assert (noted.person_id, noted.title) == (stage.person("senior"), "Praktijkopleider")
    assert "Er is een cursus van de mentor genoteerd" in page.text and "Praktijkopleider" not in page.text
    page.press("Terugdraaien")
    assert stage.read(lambda s: s.exec(select(Training)).all()) == []
    page = pick_up(stage, number, "train_mentor")
    page.press("Cursus noteren", title="Later", day=(stage.today + timedelta(days=1)).isoformat())
    assert page.status == 422 and "deze dag moet nog komen" in page.text


def talk_days(stage: Asking, number: int, pair: int) -> list[date]:
    row = signal(stage, number)
    found = stage.read(lambda s: queries.talk_days(s, row, s.get_one(Mentorship, pair), stage.now))
    return [one.day for one in found]


def in_calendar(stage: Asking, key: str) -> list[date]:
    entries = stage.read(lambda s: calendar.entries(s, stage.person(key), names=False, now=stage.now))
    return [one.day for one in entries if isinstance(one, TalkDay)]


def test_a_talk_stands_in_the_calendars_of_both_on_a_day_that_both_work(stage: Asking, pair: int):
    number = plant(stage, pair)
    day, *_others = talk_days(stage, number, pair)
    page = pick_up(stage, number, "talk")
    page.client.post(f"/checkins/steps/{number}", {"what": "talk", "day": day.isoformat()})
    assert signal(stage, number).talk_on == day
    assert in_calendar(stage, "senior") == in_calendar(stage, "junior") == [day]
    assert in_calendar(stage, "other_junior") == []
    page.open("/undo").press("Terugdraaien")
    assert in_calendar(stage, "senior") == [] and signal(stage, number).talk_on is None
    answer = page.client.post(f"/checkins/steps/{number}", {"what": "talk", "day": "2026-11-22"})
    assert answer.status_code == 422 and "Kies een van deze dagen." in answer.text


def test_who_asked_for_help_is_talked_with_alone(stage: Asking, pair: int):
    number = plant(stage, pair, "help", "junior", about="coordinator")
    day = talk_days(stage, number, pair)[0]
    stage.visit("coordinator").post(f"/checkins/steps/{number}", {"what": "talk", "day": day.isoformat()})
    assert in_calendar(stage, "junior") == [day] and in_calendar(stage, "senior") == []


def on_page(stage: Asking, key: str, pair: int) -> str:
    return str(stage.screen(key, f"/checkins/duo/{pair}").text)


def test_a_talk_stands_on_the_page_of_the_two_for_whom_it_concerns_alone(stage: Asking, pair: int):
    number = plant(stage, pair)
    day = talk_days(stage, number, pair)[0]
    stage.visit("manager").post(f"/checkins/steps/{number}", {"what": "talk", "day": day.isoformat()})
    said = {
        "junior": "met Manager Proef en Senior Proef",
        "senior": "met Manager Proef en Junior Proef",
        "manager": "met Junior Proef en Senior Proef",
    }
    for key, whom in said.items():
        text = on_page(stage, key, pair)
        assert "Gesprek op" in text and f"{day.day} november {whom}" in text, key
    for key in ("coordinator", "director"):
        assert "Gesprek op" not in on_page(stage, key, pair), key
    stage.later(days=(day - stage.today).days + 1)
    assert "Gesprek op" not in on_page(stage, "junior", pair), "it is over"


def test_of_a_talk_about_help_the_other_hears_nothing(stage: Asking, pair: int):
    number = plant(stage, pair, "help", "junior", about="coordinator")
    day = talk_days(stage, number, pair)[0]
    stage.visit("coordinator").post(f"/checkins/steps/{number}", {"what": "talk", "day": day.isoformat()})
    assert "met Coordinator Proef" in on_page(stage, "junior", pair)
    assert "met Junior Proef" in on_page(stage, "coordinator", pair)
    address = f"/calendar/talk/{number}.ics"
    for key in ("senior", "manager", "other_junior"):
        if key != "other_junior":
            assert "Gesprek op" not in on_page(stage, key, pair), key
        assert stage.visit(key).get(address).status_code == 404, key


def test_a_talk_is_downloaded_as_what_the_own_calendar_shows(stage: Asking, pair: int):
    number = plant(stage, pair)
    day = talk_days(stage, number, pair)[0]
    address = f"/calendar/talk/{number}.ics"
    assert stage.visit("junior").get(address).status_code == 404, "nothing is planned"
    stage.visit("coordinator").post(f"/checkins/steps/{number}", {"what": "talk", "day": day.isoformat()})
    for key in ("junior", "senior", "coordinator"):
        answer = stage.visit(key).get(address)
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="gesprek-{day}.ics"'
        (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
        page = stage.visit(key).post("/calendar/address").text
        feed = stage.visit("nobody").get("/calendar/" + re.findall(r"/calendar/([^/\"]+\.ics)", page)[0])
        shown = {one["uid"]: one for one in icalendar.Calendar.from_ical(feed.data).walk("VEVENT")}
        assert event["uid"] in shown and event.decoded("dtstart") == day, key
        assert shown[event["uid"]]["summary"] == event["summary"], key
    mine = stage.screen("coordinator", f"/signals?open={number}")
    assert "Zet het gesprek in mijn agenda" in mine.names("a")
    assert "Zet het gesprek in mijn agenda" not in stage.screen("director", f"/signals?open={number}").names("a")
    stage.screen("coordinator", "/undo").press("Terugdraaien")
    assert stage.visit("junior").get(address).status_code == 404


def test_a_talk_stands_on_the_desk_of_who_it_concerns_until_it_is_past(stage: Asking, pair: int):
    number = plant(stage, pair)
    day = talk_days(stage, number, pair)[0]
    stage.visit("coordinator").post(f"/checkins/steps/{number}", {"what": "talk", "day": day.isoformat()})
    with use_locale("nl"):
        told = f"Gesprek op {long_day(day)} met "
    own = stage.screen("junior")
    assert "Gesprekken die komen" in own.text and f"{told}Coordinator en Senior" in own.text
    assert f'href="/mentorships/{pair}"' in stage.visit("junior").get("/").text
    assert f'href="/duos?open={pair}"' in stage.visit("coordinator").get("/").text
    assert "Gesprekken die komen" not in stage.screen("director").text + stage.screen("other_junior").text
    stage.later(days=(day - stage.today).days + 1)
    assert "Gesprekken die komen" not in stage.screen("junior").text


def test_ending_it_is_written_with_the_signal_it_closes(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "end")
    assert page.path == "/acting/end"
    page.client.post("/acting/end", {"duo": str(pair), "ended_as": "changed", "again": "true"})
    row = signal(stage, number)
    assert row.status == "done" and [one["what"] for one in row.did] == ["end"]


def test_the_service_carries_out_no_more_than_somebody_may(stage: Asking, pair: int):
    number = plant(stage, pair)
    may = {
        "coordinator": {"pause_pair", "fewer_places", "fewer_hours", "train_mentor", "talk", "second_mentor", "end"},
        "manager": {"pause_pair", "fewer_hours", "talk", "end"},
        "senior": {"pause_pair", "end"},
        "other_manager": set(),
        "nobody": set(),
    }
    for key, steps in may.items():
        row = duo(stage, pair)
        actor = stage.organisation.actor(key)
        stage.organisation.session.rollback()
        found = stage.read(carrying.carried_out, actor, row)
        assert found == steps, key
    for key in ("junior", "other_manager", "hr", "admin", "nobody"):
        assert stage.visit(key).get(f"/checkins/steps/{number}?what=talk").status_code == 404
        sent = {"what": "pause_pair", "day": "2026-12-14"}
        assert stage.visit(key).post(f"/checkins/steps/{number}", sent).status_code == 404
    answer = stage.visit("manager").post(f"/checkins/steps/{number}", {"what": "fewer_places", "places": "1"})
    assert answer.status_code == 422 and offer(stage).places == 2
    assert stage.visit("coordinator").post(f"/checkins/steps/{number}", {"what": "nonsense"}).status_code == 422


def test_a_side_of_which_no_hours_are_confirmed_is_not_asked_for_fewer(stage: Asking, pair: int):
    plant(stage, pair)
    stage.change(Programme, 1, confirm_hours=False)
    row = duo(stage, pair)
    assert "fewer_hours" not in stage.read(lambda s: carrying.carried_out(s, stage.coordinator, row))


def test_a_second_mentor_is_proposed_from_the_signal_and_the_first_pair_stays(stage: Asking, pair: int):
    number = plant(stage, pair)
    page = pick_up(stage, number, "second_mentor")
    assert page.heading == "Een tweede mentor voor Junior: waarvoor?"
    assert "Het duo met Senior blijft." in page.text
    shown = page.open(
        f"/direct/{stage.person('junior')}?domain_1={duo(stage, pair).domain_id}&current_1=0&target_1=3"
        f"&signal={number}&until=2027-02-15"
    )
    shown.press("Stel Other_senior voor")
    made = stage.read(lambda s: s.exec(select(Mentorship).order_by(Mentorship.id.desc())).first())
    assert made.mentor_id == stage.person("other_senior") and made.expected_end == date(2027, 2, 15)
    assert duo(stage, pair).status == "active"
    assert [one["what"] for one in signal(stage, number).did] == ["second_mentor"]
    shown.press("Terugdraaien")
    assert signal(stage, number).did == []
