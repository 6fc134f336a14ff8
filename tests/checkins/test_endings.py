"""An ending: said beforehand what it does, asked about once more on both sides, kept in words, thanked by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import current_app
from sqlmodel import select

from mentorship.base import links
from mentorship.checkins import actions
from mentorship.checkins.endings import actions as endings
from mentorship.checkins.endings import queries as ending_queries
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.models import CheckIn
from mentorship.mentorships.models import ClosingWord, Mentorship
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.away.models import Away
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.reminders import queries as reminders
from tests.checkins.stage import JUNIOR_KEYS, Asking
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import at_once, counted, in_the_middle

SIDES = ("junior", "senior")


@pytest.fixture(autouse=True)
def english(stage: Asking) -> None:
    stage.organisation.speak("en")


def end(stage: Asking, key: str, pair: int) -> Screen:
    return stage.screen(key, f"/mentorships/{pair}").tap("Stop with this pair").press("End this pair")


def closing(stage: Asking, key: str) -> list[tuple[str, date]]:
    return [(row.status, row.due_on) for row in stage.asked(key) if row.closing]


def ended(stage: Asking, mentor: str = "senior", junior: str = "junior", weeks: float = 8, ago: int = 2) -> int:
    """A pair that ran for so many weeks, ended some days ago, behind everybody's back."""
    last = stage.today - timedelta(days=ago)
    return stage.start(mentor, junior, status="ended", started_on=last - timedelta(weeks=weeks), ended_on=last)


def words(stage: Asking) -> dict[str, tuple[str, str]]:
    found = stage.read(lambda s: list(s.exec(select(ClosingWord))))
    return {word.side: (word.reached, word.thanks) for word in found}


def opened(stage: Asking, key: str, by_link: bool) -> Screen:
    """The form of somebody's newest check-in, signed in or by the link in a mail."""
    number = stage.newest(key).id
    if not by_link:
        return stage.screen(key, f"/checkins/{number}")
    with stage.app.app_context():
        known = current_app.extensions["mentorship_settings"]
        return Screen(InspectingClient(stage.app), "/links/" + links.sign(known, LINK_PURPOSE, number, stage.now))


def send(stage: Asking, key: str, **fields: Any) -> Screen:
    return stage.screen(key, f"/checkins/{stage.newest(key).id}").press("Send", **fields)


def test_the_page_says_what_ending_does_and_leads_back(stage: Asking):
    pair = stage.start(ago=60)
    for key, other, place in (
        ("junior", "Senior Proef", "The place with Senior Proef opens up"),
        ("senior", "Junior Proef", "Your place opens up for another junior."),
    ):
        page = stage.screen(key, f"/mentorships/{pair}").tap("Stop with this pair")
        told = (
            f"End the pair with {other}?",
            place,
            "for ten minutes you can undo it",
            "Both of you get a short closing check-in",
            "is kept; both of you and the coordinator read it",
            "thank",
        )
        assert all(sentence in page.text for sentence in told), page.text
        red = [e for e in page.tree.iter("button") if "btn-outline-danger" in (e.get("class") or "").split()]
        assert [" ".join(e.itertext()) for e in red] == ["End this pair"], "what ends something is not blue"
        assert page.tap("No, go back").path == f"/checkins/duo/{pair}"
    assert stage.mentorships()[0].status == "active", "looking at it ends nothing"


def test_it_promises_only_what_will_happen(stage: Asking):
    pair = stage.start(ago=20)
    stage.change(Programme, 1, dpia_on=None)
    page = stage.screen("junior", f"/checkins/endings/{pair}")
    assert "closing check-in" not in page.text and "thank" not in page.text
    assert "opens up" in page.text


@pytest.mark.parametrize("key", SIDES)
def test_both_are_asked_at_once_and_who_ended_it_goes_on_to_their_own(stage: Asking, key: str):
    pair = stage.start()
    page = end(stage, key, pair)
    assert stage.mentorships()[0].status == "ended" and stage.mentorships()[0].ended_on == stage.today
    assert page.path == f"/checkins/{stage.newest(key).id}" and "The pair has ended." in page.text
    for side in SIDES:
        assert closing(stage, side) == [("open", stage.today)]
        form = stage.screen(side).tap("Answer the check-in")
        assert "How did it go with" in form.text and "Closing check-in" in form.text
        typed = {name for name in form.fields("Send") if not name.startswith("answer-")}
        assert typed == {"closing", "seen", "note", "reached"} | ({"thanks"} if side == "junior" else set())
    assert stage.open() == 0, "the worker asks nothing again"
    assert stage.screen(key, f"/checkins/endings/{pair}").path == f"/checkins/duo/{pair}", "there is nothing to end"


def test_what_was_open_becomes_the_closing_one_and_keeps_its_answers(stage: Asking):
    pair = stage.start()
    stage.open()
    junior, senior = stage.newest("junior"), stage.newest("senior")
    saved = {"key": "progress", "value": "4"}
    assert stage.visit("junior").post(f"/checkins/{junior.id}/answer", saved).status_code == 204
    stage.later(days=13)
    page = end(stage, "junior", pair)
    assert page.path == f"/checkins/{junior.id}" and page.fields("Send")["answer-progress"] == "4"
    assert [row.id for row in stage.asked()] == [junior.id, senior.id]
    stage.later(days=13)
    assert stage.act(actions.close_missed, stage.now) == 0, "it has two weeks from the end"
    stage.later(days=1)
    assert stage.act(actions.close_missed, stage.now) == 2
    assert "within two weeks" in stage.screen("junior", f"/checkins/{junior.id}").text


@pytest.mark.parametrize("by_link", [False, True])
@pytest.mark.parametrize(("key", "more"), [("junior", "2 more questions"), ("senior", "1 more question,")])
def test_a_form_that_was_open_when_the_pair_ended_asks_the_rest_first(
    stage: Asking, key: str, more: str, by_link: bool
):
    pair = stage.start()
    stage.open()
    question = {"junior": "progress", "senior": "go_on"}[key]
    old = opened(stage, key, by_link)
    end(stage, {"junior": "senior", "senior": "junior"}[key], pair)
    typed = {f"answer-{question}": "3", "note": "Kraanvogel", "share": "true", "help_from": "coordinator"}
    page = old.press("Send", **typed)
    assert page.status == 422 and "This pair has ended in the meantime" in page.text and more in page.text
    assert "Nothing was sent yet" in page.text and closing(stage, key) == [("open", stage.today)]
    assert not stage.signals() and not stage.answers(stage.newest(key).id or 0)
    shown = page.fields("Send")
    assert {name: shown[name].strip() for name in typed} == typed
    assert ("thanks" in shown) == (key == "junior")
    assert "Sent. Thank you!" in page.press("Send", reached="Meten").text or by_link
    assert closing(stage, key) == [("answered", stage.today)] and list(words(stage).values()) == [("Meten", "")]


@pytest.mark.parametrize("by_link", [False, True])
def test_skip_pressed_on_such_a_form_does_not_skip_the_closing_one_unseen(stage: Asking, by_link: bool):
    pair = stage.start()
    stage.open()
    old = opened(stage, "junior", by_link)
    end(stage, "senior", pair)
    page = old.press("Skip this time")
    assert page.status == 422 and "Nothing was skipped yet." in page.text and "What was reached?" in page.text
    assert closing(stage, "junior") == [("open", stage.today)]
    page.press("Skip this time")
    assert closing(stage, "junior") == [("skipped", stage.today)]


def test_who_answered_today_is_asked_once_more(stage: Asking):
    pair = stage.start()
    stage.open()
    send(stage, "junior", note="x")
    end(stage, "senior", pair)
    assert [status for status, _ in closing(stage, "junior")] == ["open"] == [s for s, _ in closing(stage, "senior")]
    assert stage.states("junior") == ["answered", "open"] and stage.states("senior") == ["open"]
    assert stage.open() == 0


def test_who_answered_today_reads_the_day_of_today_on_what_is_asked_once_more(stage: Asking):
    pair = stage.start()
    stage.open()
    send(stage, "junior", **{"answer-progress": "2"})
    end(stage, "senior", pair)
    asked = stage.newest("junior")
    assert stage.visit("junior").get(f"/checkins/{asked.id}").text.count("Closing check-in</a> · 23 Nov 2026") == 1
    send(stage, "junior", note="Bedankt", share="true", **{"answer-progress": "4"})
    assert "Check-in of 23 Nov 2026" in stage.screen("junior", f"/checkins/{asked.id}").text
    for key in ("junior", "senior"):
        page = stage.screen(key, f"/checkins/duo/{pair}")
        assert "23 Nov" in page.text and "24 Nov" not in page.client.get(page.path).text


def test_pressed_twice_and_by_both_it_ends_once(stage: Asking):
    pair = stage.start()
    url = f"/checkins/endings/{pair}"
    first, second, late = (stage.screen(key, url) for key in ("junior", "senior", "senior"))
    clients = {screen: screen.client for screen in (first, second)}
    outcomes = at_once(*[lambda c=client: c.post(url).status_code for client in clients.values()])
    assert set(outcomes) <= {303, 422} and 303 in outcomes, outcomes
    page = late.press("End this pair")
    assert "This pair had ended already." in page.text and page.path == f"/checkins/{stage.newest('senior').id}"
    assert len(stage.asked()) == 2 and len(stage.audit("end mentorship")) == 1


def test_only_a_side_ends_and_only_what_runs(stage: Asking):
    running = stage.start()
    url = f"/checkins/endings/{running}"
    for key in ("other_junior", "manager", "coordinator", "admin"):
        client = stage.visit(key)
        assert client.get(url).status_code == client.post(url).status_code == 404
    assert stage.visit("junior").post(f"/mentorships/{running}/end").status_code in (404, 405)
    proposal = stage.start("other_senior", "other_junior", status="proposed", started_on=None)
    refused = stage.visit("other_junior").post(f"/checkins/endings/{proposal}")
    assert refused.status_code == 422 and "cannot be done with this pair now" in refused.text
    assert [m.status for m in stage.mentorships()] == ["active", "proposed"] and not stage.asked()
    stage.change(Mentorship, running, status="paused")
    end(stage, "junior", running)
    assert closing(stage, "senior") == [("open", stage.today)]


def test_ended_while_the_set_up_lacked_it_is_asked_when_that_is_mended(stage: Asking):
    pair = stage.start()
    stage.change(Programme, 1, visibility=None)
    page = end(stage, "junior", pair)
    assert page.path == f"/checkins/duo/{pair}" and not stage.asked()
    stage.later(days=14)
    assert stage.open() == 0
    stage.choose("classes")
    assert stage.open() == 2
    stage.later(days=13)
    assert stage.open() == 0 and stage.act(actions.close_missed, stage.now) == 0, "late, with two weeks all the same"
    assert stage.screen("junior").tap("Answer the check-in").status == 200
    stage.later(days=1)
    assert stage.act(actions.close_missed, stage.now) == 2 and stage.open() == 0
    assert not stage.signals()


def test_no_closing_check_in_for_what_never_ran_or_ended_long_ago(stage: Asking):
    ended(stage, ago=15)
    today = stage.today
    stage.start("senior", "other_junior", status="refused", started_on=None, ended_on=today)
    stage.start("other_senior", "junior", status="ended", started_on=None, ended_on=today)
    stage.start("other_senior", "other_junior", status="proposed", started_on=None)
    assert stage.open() == 0
    ended(stage, "other_senior", "junior", ago=14)
    assert stage.open() == 2


def test_two_workers_open_it_once(stage: Asking, engine: sa.Engine):
    ended(stage)
    outcomes = at_once(*[lambda: stage.act(actions.open_due, stage.now)] * 4)
    assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
    assert [row.status for row in stage.asked()] == ["open"] * 2
    ended(stage, "other_senior", "other_junior")
    tomorrow = stage.now + timedelta(days=1)
    in_the_middle(
        engine, lambda session: actions.open_due(session, stage.now), lambda: stage.act(actions.open_due, tomorrow)
    )
    assert len(stage.asked()) == 4, "also when midnight falls between them"


def test_forty_endings_cost_as_much_as_three(stage: Asking):
    made, numbers = stage.organisation, []
    for first, last in ((0, 3), (3, 43)):
        for number in range(first, last):
            made.person(f"j{number}", "junior")
            ended(stage, "senior", f"j{number}")
        with counted(stage.engine) as statements:
            stage.act(actions.open_due, stage.now)
        assert len(stage.asked()) == 2 * last
        numbers.append(len([s for s in statements if not s.startswith("INSERT")]))
    assert numbers[1] <= numbers[0]


def test_what_is_said_is_read_by_whom_the_form_names_and_nobody_else(stage: Asking):
    pair = stage.start(ago=60)
    end(stage, "junior", pair)
    form = stage.screen("junior", f"/checkins/{stage.newest('junior').id}")
    for reader in (
        "Both of you and the coordinator read it.",
        "Senior Proef and their manager read it, with your name.",
    ):
        assert reader in form.text
    form.press("Send", reached="Ik lees een schema", thanks="Dank voor je geduld", **{"answer-progress": "5"})
    send(stage, "senior", reached="Werkt zelfstandig aan ventielen")
    assert words(stage) == {
        "junior": ("Ik lees een schema", "Dank voor je geduld"),
        "mentor": ("Werkt zelfstandig aan ventielen", ""),
    }
    url, desk = f"/checkins/duo/{pair}", {}
    seen = {}
    for key in ("junior", "senior", "coordinator", "manager", "director"):
        text = stage.screen(key, url).text
        seen[key] = ("lees een schema" in text, "aan ventielen" in text, "je geduld" in text)
        desk[key] = "je geduld" in stage.screen(key).text
    assert seen == {
        "junior": (True, True, True),
        "senior": (True, True, True),
        "coordinator": (True, True, False),
        "manager": (False, False, False),
        "director": (False, False, False),
    }
    assert [key for key, sees in desk.items() if sees] == ["manager"]
    rows = stage.audit("say closing words")
    assert [row.actor_id for row in rows] == [stage.person(key) for key in SIDES]
    assert "geduld" not in repr([row.details for row in rows])


def test_the_author_deletes_each_from_the_sent_page(stage: Asking):
    pair = stage.start(ago=60)
    end(stage, "junior", pair)
    page = send(stage, "junior", reached="Schema lezen", thanks="Dank je wel")
    assert "Schema lezen" in page.text and "Dank je wel" in page.text
    page = page.tap("Delete: Your thanks to Senior Proef").press("Delete")
    assert "Schema lezen" in page.text and "Dank je wel" not in page.text
    assert "Dank je wel" not in stage.screen("senior", f"/checkins/duo/{pair}").text + stage.screen("manager").text
    url = f"/checkins/endings/take-back/{stage.newest('junior').id}"
    assert stage.visit("senior").post(url, {"what": "reached"}).status_code == 404, "another's"
    assert stage.visit("junior").post(url, {"what": "side"}).status_code == 422
    assert stage.visit("junior").post(url, {"what": "thanks"}).status_code == 303, "pressed twice is no fault"
    page.tap("Delete: What was reached").press("Delete")
    assert words(stage) == {}
    assert [row.details for row in stage.audit("take back closing words")] == [
        {"what": ["thanks"]},
        {"what": ["reached"]},
    ]


@pytest.mark.parametrize(("field", "most"), [("reached", 1000), ("thanks", 500)])
def test_too_long_is_told_and_kept(stage: Asking, field: str, most: int):
    end(stage, "junior", stage.start())
    typed = {"reached": "Veel\r\ngeleerd", "thanks": "Dank", "note": "Notitie", field: "x" * (most + 1)}
    page = send(stage, "junior", **typed, **{"answer-progress": "2"})
    assert page.status == 422 and f"at most {most} characters" in page.text
    shown = page.fields("Send")
    assert {k: shown[k].strip().replace("\r\n", "\n") for k in typed} == {
        k: v.replace("\r\n", "\n") for k, v in typed.items()
    }
    assert shown["answer-progress"] == "2" and words(stage) == {}
    assert page.press("Send", **{field: "x" * most}).status == 200
    assert len(words(stage)["junior"][("reached", "thanks").index(field)]) == most


def test_nobody_says_what_was_not_asked(stage: Asking):
    pair = stage.start()
    stage.open()
    url = f"/checkins/{stage.newest('junior').id}"
    shown = {"note": "", "closing": "false", "seen": "classes"}
    early = stage.visit("junior").post(url, {**shown, "reached": "te vroeg"})
    assert early.status_code == 422 and stage.states("junior") == ["open"]
    end(stage, "senior", pair)
    url = f"/checkins/{stage.newest('senior').id}"
    answer = stage.visit("senior").post(url, {**shown, "closing": "true", "reached": "x", "thanks": "mezelf"})
    assert answer.status_code == 422 and "Only the junior thanks the mentor here." in answer.text
    assert words(stage) == {} and stage.newest("senior").status == "open"


def test_a_link_to_a_closing_one_asks_the_same(stage: Asking):
    pair = stage.start(ago=60)
    end(stage, "senior", pair)
    holder = opened(stage, "junior", by_link=True)
    after = holder.press("Send", reached="Meten", thanks="Bedankt", **{f"answer-{key}": "4" for key in JUNIOR_KEYS})
    assert words(stage)["junior"] == ("Meten", "Bedankt")
    assert "Meten" not in after.text and "Bedankt" not in after.text


def test_a_pair_that_ended_raises_nothing_but_a_wish_for_help(stage: Asking):
    pair = stage.start(ago=60)
    stage.open()
    lowest = {f"answer-{key}": "1" for key in JUNIOR_KEYS}
    end(stage, "senior", pair)
    send(stage, "junior", **lowest)
    assert not stage.signals()
    stage.later(days=15)
    stage.act(actions.close_missed, stage.now)
    assert stage.states("senior") == ["missed"] and not stage.signals()
    other = stage.start("other_senior", "other_junior", ago=60)
    end(stage, "other_senior", other)
    send(stage, "other_junior", help_from="coordinator", **lowest)
    assert stage.signals() == [("help", "junior", "coordinator")]


def test_the_manager_directly_above_is_asked_to_thank_by_name(stage: Asking):
    ended(stage, weeks=8.5)
    desks = {key: stage.screen(key).text for key in ("manager", "other_manager", "director", "senior", "coordinator")}
    sentence = "Senior Proef mentored Junior Proef in Pneumatiek for 8 weeks. Say thank you."
    assert [key for key, text in desks.items() if sentence in text] == ["manager"]
    stage.later(days=28)
    assert sentence in stage.screen("manager").text, "thirty days after the end"
    stage.later(days=1)
    assert "Say thank you" not in stage.screen("manager").text


@pytest.mark.parametrize(("days", "thanked"), [(27, False), (28, True)])
def test_a_short_one_is_not_thanked_for(stage: Asking, days: int, thanked: bool):
    ended(stage, weeks=days / 7)
    stage.start("senior", "other_junior", status="refused", started_on=None, ended_on=stage.today)
    assert ("Say thank you" in stage.screen("manager").text) == thanked


def test_a_mentor_without_a_manager_breaks_nothing(stage: Asking):
    ended(stage)
    stage.change(Person, stage.person("senior"), manager_id=None)
    assert stage.screen("manager").status == 200 and stage.read(ending_queries.to_thank, stage.today, stage.today) == []
    pair = stage.start("senior", "other_junior", ago=90)
    assert "thank" not in stage.screen("senior", f"/checkins/endings/{pair}").text


@pytest.mark.parametrize("why", ["no role", "left", "is the junior", "three weeks", "nothing"])
def test_thanks_are_promised_only_when_they_will_be_asked_for(stage: Asking, why: str):
    pair = stage.start(ago=21 if why == "three weeks" else 28)
    manager = stage.person("manager")
    if why == "no role":
        stage.act(lambda s: s.delete(s.get_one(PersonRole, (manager, "manager"))))
    elif why == "left":
        stage.change(Person, manager, left_on=stage.today)
    elif why == "is the junior":
        stage.act(lambda s: s.add(PersonRole(person_id=stage.person("junior"), role="manager")))
        stage.change(Person, stage.person("senior"), manager_id=stage.person("junior"))
    promised = {key: "thank" in stage.screen(key, f"/checkins/endings/{pair}").text for key in SIDES}
    end(stage, "junior", pair)
    assert bool(stage.read(ending_queries.to_thank, stage.today, stage.today)) == (why == "nothing")
    assert set(promised.values()) == {why == "nothing"}


def test_ten_endings_are_three_cards_and_a_count_in_as_many_queries(stage: Asking):
    made, numbers = stage.organisation, []
    stage.change(Capacity, stage.person("senior"), places=20, hours=40, confirmed_hours=40)
    client = stage.visit("manager")
    for first, last in ((0, 3), (3, 10)):
        for number in range(first, last):
            made.person(f"j{number}", "junior")
            ended(stage, "senior", f"j{number}", ago=20 - number)
        client.get("/")
        with counted(stage.engine) as statements:
            page = Screen(client)
        numbers.append(len(statements))
    assert numbers[1] <= numbers[0]
    assert page.text.count("Say thank you") == 3 and "7 more pairs of your people ended" in page.text
    assert "mentored J9 Proef" in page.text and "mentored J0 Proef" not in page.text, "the latest first"


def test_the_mail_waits_for_the_juniors_word_but_not_for_ever(stage: Asking):
    pair = stage.start(ago=60)
    since = stage.today - timedelta(days=30)

    def due() -> list[tuple[int, bool, str]]:
        found = stage.read(ending_queries.to_thank, since, stage.today)
        return [(one.manager_id, one.ready, one.thanks) for one in found]

    assert due() == []
    end(stage, "junior", pair)
    manager = stage.person("manager")
    assert due() == [(manager, False, "")]
    send(stage, "junior", thanks="Dank")
    assert due() == [(manager, True, "Dank")], "the mentor's own is not waited for"
    other = stage.start("other_senior", "other_junior", ago=60)
    end(stage, "other_senior", other)
    assert [ready for _, ready, _ in due()] == [False, True]
    stage.later(days=14)
    stage.act(actions.close_missed, stage.now)
    assert [ready for _, ready, _ in due()] == [True, True]
    found = stage.read(ending_queries.to_thank, since, stage.today, mentorship_id=other)
    assert [(one.mentorship_id, one.weeks, one.domain) for one in found] == [(other, 8, "Pneumatiek")]
    assert {one.manager_id for one in stage.read(ending_queries.to_thank, since, stage.today, manager_id=manager)} == {
        manager
    }


def test_the_mail_waits_for_a_junior_who_is_away_when_the_pair_ends(stage: Asking):
    pair = stage.start(ago=60)
    since, junior = stage.today, stage.person("junior")
    back = stage.today + timedelta(days=10)
    stage.act(lambda session: session.add(Away(person_id=junior, first_day=since, last_day=back, entered_by_id=junior)))
    end(stage, "senior", pair)

    def ready() -> list[bool]:
        return [one.ready for one in stage.read(ending_queries.to_thank, since, stage.today)]

    assert closing(stage, "junior") == [] and ready() == [False]
    stage.later(days=11)
    stage.act(endings.open_late, stage.now)
    assert len(closing(stage, "junior")) == 1 and ready() == [False]
    send(stage, "junior", thanks="Dank")
    assert ready() == [True]


def test_the_mail_waits_for_a_junior_who_stays_away_no_longer_than_thanks_are_asked_for(stage: Asking):
    pair = stage.start(ago=60)
    junior, back = stage.person("junior"), stage.today + timedelta(days=50)
    gone = Away(person_id=junior, first_day=stage.today, last_day=back, entered_by_id=junior)
    stage.act(lambda session: session.add(gone))
    end(stage, "senior", pair)
    asked = []
    for _ in range(32):
        stage.later(days=1)
        asked.append([row.about for row in stage.read(reminders.thanks, stage.now)])
    assert asked == [[]] * 29 + [[str(pair)]] + [[]] * 2


def test_a_pair_ended_without_check_ins_is_thanked_for_at_once(stage: Asking):
    pair = stage.start(ago=60)
    stage.change(Programme, 1, dpia_on=None)
    end(stage, "junior", pair)
    assert [one.ready for one in stage.read(ending_queries.to_thank, stage.today, stage.today)] == [True]
    assert not stage.read(lambda s: list(s.exec(select(CheckIn))))
