"""Finding somebody, and a quick question: who is found by whom, what may be asked, and what its hours come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.mail_kinds import QUESTION, QUESTION_SAID
from mentorship.leaving.actions import leave_at_once
from mentorship.leaving.erasing import erase
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.questions import actions, queries, rules
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people.models import Account
from mentorship.profiles.actions import set_pause, set_wish
from mentorship.profiles.away.models import Away
from mentorship.profiles.contact.actions import set_contact
from mentorship.profiles.findable import queries as findable
from mentorship.profiles.findable.actions import be_found
from mentorship.profiles.findable.models import Findable
from mentorship.profiles.rosters.models import WorkTime
from mentorship.reminders.actions import due_mail
from tests.factories import Screen
from tests.rounds.stage import Stage, at_once, counted

DAY = timedelta(days=1)
WORDS = "Hoe stel je de drukregelaar af?"
Visit = Callable[[str | None], Any]


@pytest.fixture
def found(stage: Stage) -> Stage:
    """Everybody has an account; both seniors may be found."""
    session = stage.organisation.session
    known = set(session.exec(select(Account.person_id)))
    for person_id in stage.organisation.people.values():
        if person_id not in known:
            session.add(Account(person_id=person_id, password_hash="x"))
    session.commit()
    for key in ("senior", "other_senior"):
        stage.act(be_found, stage.actor(key), found=True, now=stage.now)
    return stage


def names(stage: Stage, key: str, domain: str = "Pneumatiek") -> list[str]:
    """Whom somebody finds by a domain."""
    domain_id = stage.organisation.domains[domain]
    persons = stage.read(findable.found, stage.person(key), domain_id, local_date(stage.now))
    return [person.given_name for person in persons]


def ask(stage: Stage, asker: str = "junior", asked: str = "senior", *, along: bool = True, **values: Any) -> int:
    """Ask a question; return its id."""
    now = values.pop("now", stage.now)
    question = stage.act(actions.ask, stage.actor(asker), stage.person(asked), now, words=WORDS, along=along, **values)
    return int(question.id)


def say(stage: Stage, question_id: int, *, yes: bool, who: str = "senior", now: datetime | None = None) -> date | None:
    """Answer a question, yes with the first day that is offered; return that day."""
    moment = now or stage.now
    question = one(stage, question_id)
    days = stage.read(queries.days, question, local_date(moment))
    day = days[0] if yes and question.along else None
    stage.act(actions.answer, stage.actor(who), question_id, moment, day=day, said_yes=yes)
    return day


def one(stage: Stage, question_id: int) -> QuickQuestion:
    found: QuickQuestion = stage.read(queries.one, question_id)
    return found


def only_one(stage: Stage) -> QuickQuestion:
    found: QuickQuestion = stage.read(lambda session: session.exec(select(QuickQuestion)).one())
    return found


def refuses(act: Callable[[], Any], because: str) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.message == because


def noted(stage: Stage, key: str = "senior") -> dict[date, Decimal]:
    """The other guiding of somebody by week."""

    def read(session: Session) -> dict[date, Decimal]:
        mine = select(WorkedWeek).where(
            WorkedWeek.mentor_id == stage.person(key), col(WorkedWeek.mentorship_id).is_(None)
        )
        return {row.week: row.hours for row in session.exec(mine)}

    return dict(stage.read(read))


def test_nobody_is_found_before_they_say_so_and_all_who_can_are_counted(found: Stage):
    found.organisation.mentor("quiet", manager="manager")
    found.organisation.can("coordinator", "Pneumatiek", 5, willing=False)
    found.organisation.can("nobody", "Pneumatiek", 2)
    found.organisation.session.commit()
    assert names(found, "junior") == ["Other_senior", "Senior"]
    assert names(found, "senior") == ["Other_senior"], "not oneself"
    able = found.read(findable.able, found.person("junior"), local_date(found.now))
    assert able == {found.organisation.domains["Pneumatiek"]: 3}, "unwilling, below the level, and not the quiet one"
    found.act(be_found, found.actor("senior"), found=False, now=found.now)
    assert names(found, "junior") == ["Other_senior"]


def test_a_pause_a_block_either_way_and_no_account_hide_a_name_and_being_away_does_not(found: Stage):
    today = local_date(found.now)
    found.act(set_pause, found.actor("senior"), True, today + 7 * DAY, found.now)
    assert names(found, "junior") == ["Other_senior"]
    found.act(set_pause, found.actor("senior"), False, None, found.now)
    for one_key, other in (("junior", "senior"), ("senior", "junior")):
        found.act(set_wish, found.actor(one_key), found.person(other), False, found.now)
        assert names(found, "junior") == ["Other_senior"]
        assert "Senior" in names(found, "other_junior"), "to others nothing changed"
        refuses(lambda: ask(found), rules.NOT_FOUND)
        found.act(set_wish, found.actor(one_key), found.person(other), None, found.now)
    away = Away(person_id=found.person("senior"), first_day=today, last_day=today + 9 * DAY, entered_by_id=None)
    found.act(lambda session: session.add(away))
    assert "Senior" in names(found, "junior"), "a name that goes and comes would tell of it"
    found.act(lambda session: session.delete(session.get_one(Account, found.person("other_senior"))))
    assert names(found, "junior") == ["Senior"]


def test_all_that_hides_somebody_is_refused_in_the_same_words(found: Stage):
    said = set()
    found.act(set_wish, found.actor("senior"), found.person("junior"), False, found.now)
    for asked in ("senior", "manager", "junior"):
        with pytest.raises(Refused) as refusal:
            ask(found, "junior", asked)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_three_open_questions_at_most_and_one_between_two(found: Stage):
    made = found.organisation
    for number in range(4):
        made.mentor(f"expert_{number}")
        made.session.add(Account(person_id=made.people[f"expert_{number}"], password_hash="x"))
    made.session.commit()
    for number in range(4):
        found.act(be_found, found.actor(f"expert_{number}"), found=True, now=found.now)
    first = ask(found, asked="expert_0")
    refuses(lambda: ask(found, asked="expert_0"), rules.ALREADY)
    ask(found, asked="expert_1")
    ask(found, asked="expert_2")
    refuses(lambda: ask(found, asked="expert_3"), rules.TOO_MANY)
    say(found, first, yes=False, who="expert_0")
    ask(found, asked="expert_3")


def test_of_two_at_once_one_is_told(found: Stage):
    outcomes = at_once(lambda: ask(found), lambda: ask(found))
    refused = [error for error in outcomes if isinstance(error, Conflict)]
    assert [error.message for error in refused] == [rules.ALREADY], outcomes
    question_id = next(number for number in outcomes if isinstance(number, int))
    answers = at_once(
        lambda: say(found, question_id, yes=True),
        lambda: found.act(actions.withdraw, found.actor("junior"), question_id, found.now),
    )
    assert sum(isinstance(error, Refused) for error in answers) == 1, answers


def test_two_who_ask_each_other_at_once_make_one_question(found: Stage):
    outcomes = at_once(lambda: ask(found, "senior", "other_senior"), lambda: ask(found, "other_senior", "senior"))
    assert sum(isinstance(number, int) for number in outcomes) == 1, outcomes


def test_who_asks_cannot_answer_and_nobody_else_can_do_anything(found: Stage):
    question_id = ask(found)
    for who in ("junior", "coordinator", "manager"):
        with pytest.raises(Refused):
            found.act(actions.answer, found.actor(who), question_id, found.now, said_yes=False)
    with pytest.raises(Refused):
        found.act(actions.withdraw, found.actor("senior"), question_id, found.now)
    later = {"day": local_date(found.now) + 300 * DAY, "said_yes": True}
    refuses(lambda: found.act(actions.answer, found.actor("senior"), question_id, found.now, **later), rules.WHICH_DAY)


def test_days_offered_are_those_on_which_both_are_at_work_and_neither_is_away(found: Stage):
    today = local_date(found.now)
    question = one(found, ask(found))
    assert all(day > today and day.weekday() < 5 for day in found.read(queries.days, question, today))
    away = Away(person_id=found.person("junior"), first_day=today, last_day=today + 9 * DAY, entered_by_id=None)
    found.act(lambda session: session.add(away))
    days = found.read(queries.days, question, today)
    assert days and min(days) > today + 9 * DAY and len(days) <= rules.OFFERED_DAYS


def test_a_shift_along_counts_once_as_other_guiding_the_day_after(found: Stage):
    question_id = ask(found)
    day = say(found, question_id, yes=True)
    assert day is not None
    noon = found.now + (day - local_date(found.now)) * 1
    assert found.act(actions.count_due, noon) == 0 and not noted(found), "the day itself is not over"
    assert found.act(actions.count_due, noon + DAY) == 1
    monday = day - day.weekday() * DAY
    counted_hours = one(found, question_id).hours
    assert counted_hours == Decimal("8.75") and noted(found) == {monday: counted_hours}
    assert found.act(actions.count_due, noon + 2 * DAY) == 0, "never twice"

    def load(session: Session) -> list[Any]:
        return list(hours.weeks(session, {}, day)[found.person("senior")])

    assert [week.spent for week in found.read(load)] == [counted_hours], "who carries what counts it"
    found.act(actions.call_off, found.actor("senior"), question_id, noon + DAY)
    assert not noted(found) and one(found, question_id).status == "off"


def test_hours_come_on_top_of_what_was_noted_and_never_over_a_week(found: Stage):
    day = say(found, ask(found), yes=True)
    assert day is not None
    monday = day - day.weekday() * DAY
    row = {"week": monday, "noted_by": found.person("senior"), "noted_at": found.now}
    found.act(
        lambda session: session.add(
            WorkedWeek(mentor_id=found.person("senior"), hours=Decimal(55), words="school", **row)
        )
    )
    found.act(actions.count_due, found.now + 20 * DAY)
    assert noted(found) == {monday: Decimal(60)}


def test_nothing_counts_of_just_a_question_or_while_one_was_away(found: Stage):
    say(found, ask(found, along=False), yes=True)
    question_id = ask(found, "other_junior")
    day = say(found, question_id, yes=True)
    assert day is not None
    away = Away(person_id=found.person("senior"), first_day=day, last_day=day, entered_by_id=None)
    found.act(lambda session: session.add(away))
    found.act(actions.count_due, found.now + 30 * DAY)
    assert not noted(found) and one(found, question_id).hours == 0


def test_it_lapses_after_two_weeks_by_itself_and_cannot_be_answered_then(found: Stage):
    question_id = ask(found)
    late = found.now + rules.LASTS
    assert found.act(actions.lapse_due, late - DAY) == 0
    with pytest.raises(Refused):
        found.act(actions.answer, found.actor("senior"), question_id, late, said_yes=False)
    assert found.act(actions.lapse_due, late) == 1
    assert one(found, question_id).status == "lapsed"
    assert not found.read(queries.waiting, found.person("senior"), late)


def test_a_question_is_deleted_ninety_days_after_it_closed(found: Stage):
    question_id = ask(found)
    say(found, question_id, yes=False)
    found.act(actions.purge, found.now + 90 * DAY)
    assert found.read(lambda session: session.get(QuickQuestion, question_id))
    found.act(actions.purge, found.now + 91 * DAY)
    assert not found.read(lambda session: session.get(QuickQuestion, question_id))


@pytest.mark.parametrize("who", ["junior", "senior"])
def test_who_leaves_lets_questions_lapse_and_who_is_erased_takes_them_along(found: Stage, who: str):
    question_id = ask(found)
    found.act(leave_at_once, found.person(who), found.now)
    assert one(found, question_id).status == "lapsed"
    assert not found.read(lambda session: session.get(Findable, found.person(who)))
    found.act(erase, found.person(who), found.now)
    assert not found.read(lambda session: session.get(QuickQuestion, question_id))


def test_a_day_that_was_not_offered_is_refused_at_its_field(found: Stage):
    question_id = ask(found)
    with pytest.raises(Refused) as refusal:
        found.act(actions.answer, found.actor("senior"), question_id, found.now, day=None, said_yes=True)
    assert refusal.value.field == "day"


def test_an_answer_says_when_by_whom_and_for_which_day(found: Stage):
    """A no has no day, nor has a yes to only a question; a shift along is not over before its day."""
    later = found.now + timedelta(hours=2)
    days = found.read(queries.days, one(found, ask(found)), local_date(later))
    (first,) = (only_one(found).id,)
    for said_yes, along, status, kept, closed in (
        (False, True, "no", None, later),
        (True, False, "yes", None, later),
        (True, True, "yes", days[0], None),
    ):
        question_id = first if along and not said_yes else ask(found, along=along)
        given = {"day": days[0], "said_yes": said_yes}
        found.act(actions.answer, found.actor("senior"), question_id, later, **given)
        row = one(found, question_id)
        assert (row.status, row.day, row.answered_at, row.closed_at) == (status, kept, later, closed)
        assert (row.asker_id, row.closed_by_id) == (found.person("junior"), found.person("senior"))


def test_a_domain_is_kept_when_there_is_one_and_a_question_goes_without(found: Stage):
    domain = found.organisation.domains["Pneumatiek"]
    assert one(found, ask(found, domain_id=domain)).domain_id == domain
    assert one(found, ask(found, "other_junior", domain_id=domain + 99)).domain_id is None
    assert one(found, ask(found, "other_junior", "other_senior")).domain_id is None


def test_an_answer_is_seen_once(found: Stage):
    first, other = ask(found), ask(found, "other_junior")
    found.act(actions.see, first, found.now)
    found.act(actions.see, first, found.now + DAY)
    assert one(found, first).seen_at == found.now and one(found, other).seen_at is None


def test_withdrawing_is_for_who_asked_and_while_it_waits(found: Stage):
    question_id = ask(found)
    refuses(lambda: found.act(actions.withdraw, found.actor("senior"), question_id, found.now), rules.NOT_YOURS)
    refuses(lambda: found.act(actions.withdraw, found.actor("junior"), question_id + 9, found.now), rules.CLOSED)
    found.act(actions.withdraw, found.actor("junior"), question_id, found.now + DAY)
    row = one(found, question_id)
    assert (row.status, row.closed_at, row.closed_by_id) == ("withdrawn", found.now + DAY, found.person("junior"))
    refuses(lambda: found.act(actions.withdraw, found.actor("junior"), question_id, found.now), rules.CLOSED)


def test_a_shift_is_called_off_by_the_two_until_it_is_over_and_then_by_who_was_asked(found: Stage):
    question_id = ask(found)
    day = say(found, question_id, yes=True)
    assert day is not None
    over = found.now + (day - local_date(found.now)) + DAY

    def call_off(who: str, now: datetime, number: int = question_id) -> None:
        found.act(actions.call_off, found.actor(who), number, now)

    refuses(lambda: call_off("other_senior", found.now), rules.NOT_YOURS)
    refuses(lambda: call_off("junior", found.now, question_id + 9), rules.NOT_YOURS)
    refuses(lambda: call_off("junior", over), rules.OVER)
    refuses(lambda: call_off("senior", over + rules.BACK), rules.OVER)
    call_off("senior", over)
    row = one(found, question_id)
    assert (row.status, row.closed_at, row.closed_by_id) == ("off", over, found.person("senior"))
    refuses(lambda: call_off("senior", over), rules.OVER)
    assert found.act(actions.count_due, over) == 0 and not noted(found)


def test_hours_taken_back_leave_what_else_was_noted_that_week_and_what_was_never_counted_takes_none(found: Stage):
    day = say(found, question_id := ask(found), yes=True)
    assert day is not None
    monday = day - day.weekday() * DAY
    row = {"week": monday, "noted_by": found.person("senior"), "noted_at": found.now, "hours": Decimal(3)}
    found.act(lambda session: session.add(WorkedWeek(mentor_id=found.person("senior"), words="school", **row)))
    after = found.now + (day - local_date(found.now)) + DAY
    assert found.act(actions.count_due, after) == 1 and noted(found) == {monday: Decimal("11.75")}
    assert one(found, question_id).closed_at == after
    found.act(actions.call_off, found.actor("senior"), question_id, after)
    assert noted(found) == {monday: Decimal(3)} and one(found, question_id).hours is None
    day = say(found, second := ask(found), yes=True)
    found.act(actions.call_off, found.actor("junior"), second, found.now)
    assert noted(found) == {monday: Decimal(3)}, "never counted"


@pytest.mark.parametrize(("without", "hours_counted"), [("junior", "8.75"), ("senior", None)])
def test_a_shift_with_somebody_without_a_roster_counts_what_who_was_asked_worked(
    found: Stage, without: str, hours_counted: str | None
):
    found.act(lambda session: session.delete(session.get_one(WorkTime, found.person(without))))
    question_id = ask(found)
    (day, *_) = (each for each in found.read(queries.days, one(found, question_id), local_date(found.now)))
    found.act(actions.answer, found.actor("senior"), question_id, found.now, day=day, said_yes=True)
    assert found.act(actions.count_due, found.now + 20 * DAY) == 1
    counted_hours = one(found, question_id).hours
    assert counted_hours == (Decimal(hours_counted) if hours_counted else 0)
    assert bool(noted(found)) is bool(hours_counted)


def test_what_happens_by_itself_is_in_the_log_by_nobody(found: Stage):
    ask(found, "other_junior", "other_senior")
    say(found, ask(found), yes=True)
    found.act(actions.lapse_due, found.now + 20 * DAY)
    found.act(actions.count_due, found.now + 20 * DAY)
    rows = found.read(lambda session: list(session.exec(select(AuditRow).where(AuditRow.subject == "quick question"))))
    by = {row.verb: row.actor_id for row in rows}
    assert by["let a quick question lapse"] is None and by["count a shift along"] is None
    assert by["answer a quick question"] == found.person("senior")
    assert [row.details for row in rows if row.verb == "answer a quick question"] == [{"answer": "yes"}]


def test_calling_off_is_in_the_log_by_who_did(found: Stage):
    question_id = ask(found)
    say(found, question_id, yes=True)
    found.act(actions.call_off, found.actor("junior"), question_id, found.now)
    assert [row.actor_id for row in found.audit("call off a shift along")] == [found.person("junior")]


def test_mail_tells_that_there_is_a_question_and_what_became_of_it(found: Stage):
    def mails(now: datetime) -> list[tuple[str, int, str]]:
        asks = found.read(due_mail, now)
        return [(each.kind, each.recipient_id, each.about) for each in asks if each.kind in (QUESTION, QUESTION_SAID)]

    question_id = ask(found)
    assert mails(found.now) == [(QUESTION, found.person("senior"), str(question_id))]
    assert not mails(found.now + 15 * DAY), "what lapsed is told to nobody"
    say(found, question_id, yes=True)
    assert mails(found.now) == [(QUESTION_SAID, found.person("junior"), f"{question_id} yes")]
    found.act(actions.call_off, found.actor("junior"), question_id, found.now)
    assert mails(found.now) == [(QUESTION_SAID, found.person("senior"), f"{question_id} off")]


def test_the_log_says_that_and_never_what_was_asked(found: Stage):
    say(found, ask(found), yes=True)
    noted = select(AuditRow).where(AuditRow.subject == "quick question").order_by(AuditRow.id)
    rows = found.read(lambda session: list(session.exec(noted)))
    assert [row.verb for row in rows] == ["ask a quick question", "answer a quick question"]
    assert WORDS not in str([row.model_dump() for row in rows])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tig", [1]),
        ("Wie kan mij TIG-lassen leren?", [1]),
        ("who can teach me welding?", [1, 2]),
        ("lassen", [1, 2]),
        ("pneuma", [3]),
        ("a", [1, 2, 3]),
        ("zzz", []),
    ],
)
def test_a_domain_is_understood_from_a_sentence(typed: str, expected: list[int]):
    known = [(1, "TIG-lassen TIG welding"), (2, "MAG-lassen MAG welding"), (3, "Pneumatiek Pneumatics")]
    assert sorted(rules.meant(typed, known)) == expected


@given(st.text(max_size=60))
def test_whatever_is_typed_finds_something_or_nothing(typed: str):
    assert set(rules.meant(typed, [(1, "Lassen Welding"), (2, "Meten")])) <= {1, 2}


def test_finding_takes_the_same_queries_however_many_there_are(found: Stage, visit: Visit):
    made = found.organisation
    at = f"/questions?domain={made.domains['Pneumatiek']}"
    screen = visit("junior")
    screen.get(at)

    def statements() -> int:
        with counted(found.engine) as sent:
            assert screen.get(at).status_code == 200
        return len(sent)

    before = statements()
    for number in range(12):
        made.mentor(f"more_{number}")
        made.domain(f"Vak {number}")
        made.session.add(Account(person_id=made.people[f"more_{number}"], password_hash="x"))
        made.session.add(Findable(person_id=made.people[f"more_{number}"], said_at=made.now))
    made.session.commit()
    assert statements() == before


def test_a_junior_finds_asks_and_is_answered_in_three_taps_each(found: Stage, visit: Visit):
    found.organisation.speak("en")
    screen = Screen(visit("junior"), "/questions")
    assert screen.heading == "Who can explain it to you?"
    screen.tap("Pneumatiek")
    assert "Pneumatiek: one or two colleagues can" in screen.text and "Senior Proef" in screen.text
    screen.tap("Ask something : Senior Proef")  # 1: whom; 2: what is chosen already, words; 3: send
    assert "you show no number" in screen.text
    screen.press("Send", words=WORDS)
    assert "Senior has your question." in screen.client.get("/").text or screen.path == "/questions"
    asked = Screen(visit("senior"))
    assert "Junior Proef has a quick question for you" in asked.text
    asked.open(f"/questions/{only_one(found).id}")
    assert asked.heading == "Junior would like to walk along for one shift" and WORDS in asked.text
    asked.press("Yes, fine")
    assert asked.heading.startswith("You and Junior: ")
    screen = Screen(visit("junior"))
    assert "Senior Proef answered your question" in screen.text
    screen.open(f"/questions/{only_one(found).id}")
    assert screen.heading.startswith("You and Senior: ")
    assert "answered your question" not in screen.open("/").text, "read is read"


def test_a_wish_and_a_mentor_request_start_from_a_name_and_a_domain(found: Stage, visit: Visit):
    found.organisation.speak("en")
    screen = Screen(visit("junior"), f"/questions?domain={found.organisation.domains['Pneumatiek']}")
    screen.press("As my mentor, please: Senior Proef")
    assert screen.path == "/questions" and "wanted" in screen.text
    screen.tap("Ask for a mentor in this")
    assert screen.path == "/mentor-requests/new" and "Pneumatiek" in screen.text


def test_what_one_shows_of_oneself_is_shown_after_a_yes_alone(found: Stage, visit: Visit):
    found.organisation.speak("en")
    shows = {"show_phone": True, "show_email": False, "now": found.now}
    found.act(set_contact, found.actor("senior"), phone="06 12345678", **shows)
    question_id = ask(found)
    at = f"/questions/{question_id}"
    assert "12345678" not in visit("junior").get(at).text
    assert "12345678" in visit("senior").get(at).text, "who answers reads beforehand what the other will see"
    say(found, question_id, yes=True)
    assert "12345678" in visit("junior").get(at).text


def test_to_others_a_question_is_not_there(found: Stage, visit: Visit):
    question_id = ask(found)
    for who in ("other_junior", "manager", "coordinator", "hr", "admin"):
        client = visit(who)
        assert client.get(f"/questions/{question_id}").status_code == 404
        for door in ("yes", "no", "withdraw", "off"):
            assert client.post(f"/questions/{question_id}/{door}", {}).status_code == 404
    assert visit("junior").get(f"/questions/ask/{found.person('manager')}").status_code == 404
    assert visit("junior").get("/questions/ask/999999").status_code == 404


def test_what_is_not_right_is_said_beside_it_and_nothing_is_lost(found: Stage, visit: Visit):
    client = visit("junior")
    answer = client.post(f"/questions/ask/{found.person('senior')}", {"what": "question", "words": " ", "domain": ""})
    assert answer.status_code == 422
    long_words = "x" * 201
    typed = {"what": "question", "words": long_words, "domain": ""}
    answer = client.post(f"/questions/ask/{found.person('senior')}", typed)
    assert long_words in answer.text


def test_an_answer_can_be_undone_and_asking_too(found: Stage, visit: Visit):
    found.organisation.speak("en")
    screen = Screen(visit("junior"), f"/questions/ask/{found.person('senior')}")
    screen.press("Send", words=WORDS)
    screen.press("Undo")
    assert not found.read(lambda session: list(session.exec(select(QuickQuestion))))
    ask(found)
    question = found.read(lambda session: session.exec(select(QuickQuestion)).one())
    asked = Screen(visit("senior"), f"/questions/{question.id}")
    asked.press("No thanks")
    assert one(found, int(question.id)).status == "no"
    asked.press("Undo")
    assert one(found, int(question.id)).status == "open"


def test_who_may_be_found_says_so_in_their_profile(found: Stage, visit: Visit):
    """Who passes nothing on has nothing to choose."""
    found.organisation.speak("en")
    junior = visit("other_junior")
    assert "Colleagues may find me" not in Screen(junior, "/profiles?open=findable").text
    assert "Nobody finds you here" not in Screen(junior, "/questions").text
    found.organisation.can("other_junior", "Pneumatiek", 4)
    found.organisation.session.commit()
    assert "Nobody finds you here" in Screen(junior, "/questions").text
    screen = Screen(junior, "/profiles?open=findable")
    screen.press("Let colleagues find me")
    assert "yes, with my name and site" in screen.text
    assert found.read(findable.may_be_found, found.person("other_junior"))
    screen.press("Let nobody find me any more")
    assert not found.read(findable.may_be_found, found.person("other_junior"))
