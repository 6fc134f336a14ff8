"""The pulse: planned, asked of everybody with an account, filled in once, closed; what is told and what never."""

from __future__ import annotations

import pathlib
from collections import Counter
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.errors import Conflict, Refused
from mentorship.base.mail_kinds import PULSE_AGAIN
from mentorship.base.outbox import Ask, OutboxRow, ask_all
from mentorship.leaving.actions import leave_at_once
from mentorship.operations.backup import contents
from mentorship.people.access import Actor
from mentorship.people.models import Account, Person, PersonRole
from mentorship.programme.models import Programme
from mentorship.pulse import actions, leaving, queries, rules
from mentorship.pulse.models import PulseBuffer, PulseInvited, PulseSlip, PulseWave
from mentorship.pulse.questions import LEARNING_TIME, OWN_WORK, PREFERS, QUESTIONS, STATEMENTS, allowed
from mentorship.pulse.waves import actions as waves
from mentorship.worker import jobs
from tests.factories import Organisation, Screen

DAY = timedelta(days=1)
PULSE, WAVES = "/pulse", "/pulse/waves"


def crowd(made: Organisation, **roles: int) -> list[int]:
    """So many more people of each role ("none" for who has none), all with an account; those who were there as well."""
    for role, number in roles.items():
        for one in range(number):
            made.person(f"{role}{one}", *([] if role == "none" else [role]))
    for person_id in made.people.values():
        made.session.merge(Account(person_id=person_id, password_hash="x"))
    made.session.commit()
    return sorted(made.people.values())


def planned(made: Organisation, grouping: str = "role", days: int = 13) -> int:
    """A wave that opens today."""
    today = made.now.date()
    wave = waves.plan(made.session, made.actor("coordinator"), today, today + days * DAY, grouping, today, made.now)
    made.session.commit()
    return wave.id or 0


def opened(made: Organisation, grouping: str = "role") -> int:
    wave_id = planned(made, grouping)
    waves.invite(made.session, made.now)
    made.session.commit()
    return wave_id


def answer(made: Organisation, person_id: int, **said: str) -> None:
    actions.answer(made.session, Actor(person_id, frozenset()), said, made.now)
    made.session.commit()


def close(engine: sa.Engine, made: Organisation, after: int = 14) -> datetime:
    """Let the worker close what is due so many days from now."""
    made.session.rollback()
    then = made.now + after * DAY
    jobs.hold_pulse(engine, then, Settings(mode="test", _env_file=None))
    made.session.expire_all()
    return then


def rows(session: Session, table: str) -> int:
    found = session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
    session.rollback()
    return found


def told(session: Session) -> dict[str, dict[str, int]]:
    """Return how many slips of each question stand in each group."""
    found: dict[str, Counter[str]] = {}
    for slip in session.exec(select(PulseSlip)):
        found.setdefault(slip.question, Counter())[slip.grouped] += 1
    session.rollback()
    return {question: dict(groups) for question, groups in found.items()}


# asking


def test_everybody_with_an_account_is_asked_once(session: Session, organisation: Organisation):
    everybody = crowd(organisation, junior=2)
    session.delete(session.get_one(Account, organisation.people["nobody"]))
    session.get_one(Person, organisation.people["senior"]).left_on = organisation.now.date() - DAY
    session.commit()
    wave_id = planned(organisation)
    assert waves.invite(session, organisation.now) == len(everybody) - 2
    assert waves.invite(session, organisation.now) == 0
    asked = {one.person_id for one in queries.invited(session, wave_id)}
    assert asked == set(everybody) - {organisation.people["nobody"], organisation.people["senior"]}


def test_who_comes_while_it_is_open_is_asked_too(session: Session, organisation: Organisation):
    crowd(organisation)
    opened(organisation)
    new = organisation.person("new", "junior")
    session.add(Account(person_id=new, password_hash="x"))
    session.commit()
    assert waves.invite(session, organisation.now + DAY) == 1


def test_nobody_is_asked_while_the_set_up_is_not_complete(session: Session, organisation: Organisation):
    crowd(organisation)
    settings_ = session.get_one(Programme, 1)
    settings_.works_council_on = None
    session.commit()
    planned(organisation)
    assert waves.invite(session, organisation.now) == 0


def test_of_several_roles_the_first_counts(session: Session, organisation: Organisation):
    crowd(organisation)
    session.add(PersonRole(person_id=organisation.people["senior"], role="junior"))
    session.add(PersonRole(person_id=organisation.people["other_senior"], role="manager"))
    session.commit()
    wave_id = opened(organisation)
    groups = {one.person_id: one.grouped for one in queries.invited(session, wave_id)}
    keys = ("manager", "other_senior", "senior", "junior", "coordinator", "nobody")
    assert [groups[organisation.people[key]] for key in keys] == [
        *("manager", "manager", "senior", "junior", "other", "other")
    ]


def test_a_wave_that_is_not_grouped_keeps_no_group(session: Session, organisation: Organisation):
    crowd(organisation)
    wave_id = opened(organisation, "none")
    assert {one.grouped for one in queries.invited(session, wave_id)} == {""}


# filling in


def test_somebody_answers_once(session: Session, organisation: Organisation):
    crowd(organisation)
    opened(organisation)
    mine = organisation.people["junior"]
    answer(organisation, mine, learning_time="5", prefers="online")
    with pytest.raises(Conflict):
        answer(organisation, mine, learning_time="1")
    session.rollback()
    (sent,) = session.exec(select(PulseBuffer)).all()
    assert sent.answers == {"learning_time": "5", "prefers": "online"} and sent.grouped == "junior"


@pytest.mark.parametrize("said", [{}, {"learning_time": "6"}, {"prefers": "5"}, {"age": "5"}])
def test_what_is_no_answer_is_refused_and_does_not_count(
    session: Session, organisation: Organisation, said: dict[str, str]
):
    crowd(organisation)
    opened(organisation)
    with pytest.raises(Refused):
        answer(organisation, organisation.people["junior"], **said)
    session.rollback()
    assert rows(session, "pulse_buffer") == 0
    answer(organisation, organisation.people["junior"], learning_time="5")


def test_who_is_not_asked_cannot_answer(session: Session, organisation: Organisation):
    opened(organisation)
    with pytest.raises(Conflict):
        answer(organisation, organisation.people["junior"], learning_time="5")


def test_after_the_last_day_nobody_can(engine: sa.Engine, session: Session, organisation: Organisation):
    crowd(organisation)
    opened(organisation)
    then = organisation.now + 14 * DAY
    with pytest.raises(Conflict):
        actions.answer(session, organisation.actor("junior"), {"learning_time": "5"}, then)


def test_the_audit_log_says_nothing_of_who_answered(session: Session, organisation: Organisation):
    crowd(organisation)
    opened(organisation)
    before = rows(session, "audit")
    answer(organisation, organisation.people["junior"], learning_time="5")
    assert rows(session, "audit") == before


def test_the_tables_of_answers_have_no_column_for_a_person_or_a_time():
    for table in (PulseBuffer, PulseSlip):
        columns = table.__table__.columns  # type: ignore[attr-defined]
        assert {key.column.table.name for column in columns for key in column.foreign_keys} == {"pulse_wave"}
        assert not [one for one in columns if isinstance(one.type, (sa.DateTime, sa.Date)) or "person" in one.name]
    assert contents.never() >= {PulseBuffer.__tablename__, PulseInvited.__tablename__}


# closing


def test_at_the_close_the_buffer_and_who_was_asked_are_gone(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    people = crowd(organisation, junior=8)
    wave_id = opened(organisation)
    for place, person_id in enumerate(people[:12]):
        answer(organisation, person_id, learning_time="5" if place % 2 else "1")
    close(engine, organisation)
    wave = session.get_one(PulseWave, wave_id)
    assert (wave.invited, wave.answered) == (len(people), 12) and wave.closed_at is not None
    assert rows(session, "pulse_buffer") == rows(session, "pulse_invited") == 0
    assert told(session)[LEARNING_TIME].values() and sum(told(session)[LEARNING_TIME].values()) == 12


def test_a_close_that_fails_leaves_everything(engine: sa.Engine, session: Session, organisation: Organisation):
    people = crowd(organisation)
    wave_id = opened(organisation)
    for person_id in people[:6]:
        answer(organisation, person_id, learning_time="5")
    waves.close(session, wave_id, organisation.now + 14 * DAY)
    session.rollback()
    assert rows(session, "pulse_buffer") == 6 and rows(session, "pulse_invited") == len(people)
    assert rows(session, "pulse_slip") == 0


def test_it_is_closed_once(engine: sa.Engine, session: Session, organisation: Organisation):
    people = crowd(organisation)
    opened(organisation)
    for place, person_id in enumerate(people[:8]):
        answer(organisation, person_id, learning_time="5" if place % 2 else "1")
    close(engine, organisation)
    close(engine, organisation, 15)
    assert rows(session, "pulse_slip") == 8
    verbs = session.exec(select(AuditRow.verb).where(AuditRow.subject == "pulse")).all()
    assert sorted(verbs) == ["close pulse", "plan pulse"]


def test_too_few_answers_and_nothing_is_kept(engine: sa.Engine, session: Session, organisation: Organisation):
    people = crowd(organisation)
    wave_id = opened(organisation)
    for place, person_id in enumerate(people[:4]):
        answer(organisation, person_id, learning_time="5" if place % 2 else "1")
    close(engine, organisation)
    assert rows(session, "pulse_slip") == 0
    assert session.get_one(PulseWave, wave_id).answered == 4


def test_who_leaves_is_asked_no_more_and_what_they_sent_stays_without_a_name(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    people = crowd(organisation, junior=8)
    wave_id = opened(organisation)
    for place, person_id in enumerate(people[-8:]):
        answer(organisation, person_id, learning_time="5" if place % 2 else "1")
    for gone in (people[-1], people[0]):
        leave_at_once(session, gone, organisation.now)
    session.commit()
    assert rows(session, "pulse_invited") == len(people) - 1, "that somebody took part stays until the close"
    close(engine, organisation)
    wave = session.get_one(PulseWave, wave_id)
    assert (wave.invited, wave.answered) == (len(people) - 1, 8), "who took part was asked"


def test_who_is_taken_back_during_a_wave_is_not_asked_twice(session: Session, organisation: Organisation):
    people = crowd(organisation, junior=8)
    opened(organisation)
    answer(organisation, people[-1], learning_time="5")
    gone = session.get_one(Person, people[-1])
    leaving.left(session, gone, organisation.now)
    session.commit()
    assert waves.invite(session, organisation.now) == 0
    with pytest.raises(Conflict):
        answer(organisation, people[-1], learning_time="1")


def test_other_questions_than_were_agreed_to_are_asked_of_nobody(
    engine: sa.Engine, visit, session: Session, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
):
    people = crowd(organisation)
    opened(organisation)
    monkeypatch.setitem(STATEMENTS, "holders", "Something else.")
    assert "niemand de vragen" in Screen(visit("coordinator"), WAVES).text
    assert "De jaarlijkse peiling" not in Screen(visit("junior"), "/").text
    with pytest.raises(Conflict):
        answer(organisation, people[0], learning_time="5")
    session.rollback()
    close(engine, organisation)
    assert session.exec(select(PulseWave.closed_at)).one() is not None, "it closes all the same"


def test_the_mails_that_say_who_had_answered_go_at_the_close(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    people = crowd(organisation)
    wave_id = opened(organisation)
    ask_all(session, [Ask(PULSE_AGAIN, people[0], organisation.now.date(), str(wave_id))], organisation.now)
    ask_all(session, [Ask(PULSE_AGAIN, people[0], organisation.now.date(), str(wave_id + 1))], organisation.now)
    session.commit()
    close(engine, organisation)
    kept = session.exec(select(OutboxRow.about).where(OutboxRow.kind == PULSE_AGAIN)).all()
    session.rollback()
    assert kept == [str(wave_id + 1)]


def test_while_it_is_open_nobody_reads_how_many_exactly(visit, session: Session, organisation: Organisation):
    people = crowd(organisation, junior=8)
    opened(organisation)
    for number, person_id in enumerate(people[-6:]):
        text = Screen(visit("coordinator"), WAVES).text
        assert ("minder dan vijf deden tot nu toe mee" in text) is (number < 5)
        answer(organisation, person_id, learning_time="5")
    assert "5 of meer deden tot nu toe mee" in Screen(visit("coordinator"), WAVES).text


def test_a_backup_without_the_buffer_asks_everybody_anew(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    people = crowd(organisation)
    opened(organisation)
    answer(organisation, people[0], learning_time="5")
    for table in (PulseBuffer.__tablename__, PulseInvited.__tablename__):
        session.execute(sa.text(f"DELETE FROM {table}"))
    session.commit()
    assert waves.invite(session, organisation.now) == len(people)
    answer(organisation, people[0], learning_time="5")


# what nothing may link


PLANTED = 40


@pytest.fixture
def sent(session: Session, organisation: Organisation) -> list[str]:
    """Forty people who answered, each in their own way and in a known order; the keys under which that came in."""
    people = crowd(organisation, junior=20, senior=20)
    opened(organisation)
    keys = []
    known: set[str] = set()
    for place, person_id in enumerate(people[-PLANTED:]):
        steps = {question: str(1 + (place + turn) % 5) for turn, question in enumerate(STATEMENTS)}
        answer(organisation, person_id, **steps, prefers=allowed(PREFERS)[place % 5])
        found = set(session.exec(select(PulseBuffer.key))) - known
        session.rollback()
        known |= found
        keys += found
    assert len(keys) == PLANTED
    return keys


def test_a_slip_has_no_key_of_the_buffer_and_no_order_but_that_of_its_key(
    engine: sa.Engine, session: Session, organisation: Organisation, sent: list[str]
):
    close(engine, organisation)
    slips = session.exec(select(PulseSlip)).all()
    assert len(slips) == PLANTED * len(QUESTIONS)
    assert not {slip.key for slip in slips} & set(sent)
    # whoever reads in the order of the keys sees the questions mixed, and no answers as they came in
    in_order = sorted(slips, key=lambda slip: slip.key)
    assert [slip.question for slip in in_order] != sorted(slip.question for slip in slips)
    came_in = [str(1 + place % 5) for place in range(PLANTED)]
    assert [slip.answer for slip in in_order if slip.question == LEARNING_TIME] != came_in
    assert Counter(slip.answer for slip in in_order if slip.question == LEARNING_TIME) == Counter(came_in)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_sqlite_keeps_no_order_of_coming_in(
    engine: sa.Engine, session: Session, organisation: Organisation, sent: list[str], kind: str
):
    for table in ("pulse_buffer", "pulse_slip", "pulse_invited"):
        with pytest.raises(sa.exc.OperationalError, match="no such column"):
            session.execute(sa.text(f"SELECT rowid FROM {table}"))
        session.rollback()
    close(engine, organisation)
    as_stored = session.execute(sa.text("SELECT key FROM pulse_slip NOT INDEXED")).scalars().all()
    assert sorted(as_stored) in (list(as_stored), list(reversed(as_stored)))
    last = session.execute(sa.text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'"))
    assert last.scalar_one() == 0, "nothing counts up"


@pytest.mark.parametrize("kind", ["sqlite"])
def test_nothing_of_what_came_in_is_left_in_the_file(
    engine: sa.Engine, session: Session, organisation: Organisation, sent: list[str], kind: str, database_url: str
):
    path = pathlib.Path(str(sa.make_url(database_url).database))
    assert all(key.encode() in everything(engine, path) for key in sent), "as long as it is open"
    close(engine, organisation)
    session.rollback()
    left = everything(engine, path)
    assert not [key for key in sent if key.encode() in left]
    assert b'{"alone_soon"' not in left, "no answers that stand together"


def everything(engine: sa.Engine, path: pathlib.Path) -> bytes:
    """Return all bytes of the database, and of what SQLite keeps beside it."""
    engine.dispose()
    return b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))


@pytest.mark.parametrize("kind", ["postgresql"])
def test_postgresql_keeps_no_transaction_and_no_row_of_who_answered(
    engine: sa.Engine, session: Session, organisation: Organisation, sent: list[str], kind: str
):
    came_in = {xmin for (xmin,) in session.execute(sa.text("SELECT xmin::text FROM pulse_buffer"))}
    took_part = {xmin for (xmin,) in session.execute(sa.text("SELECT xmin::text FROM pulse_invited WHERE taken"))}
    file = session.execute(sa.text("SELECT pg_relation_filenode('pulse_buffer')")).scalar_one()
    session.rollback()
    assert len(came_in) == PLANTED and came_in == took_part, "as long as it is open, and the page says so"
    close(engine, organisation)
    stored = session.execute(sa.text("SELECT xmin::text, key FROM pulse_slip ORDER BY ctid")).all()
    assert len({xmin for xmin, _key in stored}) == 1, "one transaction wrote them all"
    assert not {xmin for xmin, _key in stored} & came_in
    keys = [key for _xmin, key in stored]
    assert keys == sorted(keys), "they stand in the order of random keys"
    size = "SELECT pg_relation_size('pulse_buffer'), pg_relation_filenode('pulse_buffer')"
    assert session.execute(sa.text(size)).one()[0] == 0, "not even a dead row"
    assert session.execute(sa.text(size)).one()[1] != file, "and in another file"


# what is told


@pytest.mark.parametrize(
    ("yes", "no", "asked", "stands"),
    [
        (3, 2, 8, True),
        (3, 1, 8, False),
        (3, 2, 7, False),
        (5, 0, 8, False),
        (0, 5, 8, False),
        (1, 40, 50, False),
        (2, 39, 50, True),
    ],
)
def test_five_answers_of_eight_who_were_asked_and_not_all_the_same(yes: int, no: int, asked: int, stands: bool):
    assert rules.may_stand(LEARNING_TIME, ["4"] * yes + ["2"] * no, asked) is stands


def test_all_who_say_yes_is_all_the_same_be_it_a_little_more_or_less():
    assert not rules.may_stand(LEARNING_TIME, ["4", "5", "5", "4", "5"], 9)
    assert not rules.may_stand(LEARNING_TIME, ["1", "2", "3", "1", "2"], 9)


def test_a_small_group_is_not_told_and_does_not_follow_from_the_others():
    mixed = ["5", "1"]
    answers = {"manager": mixed * 2, "senior": mixed * 6, "junior": mixed * 4}
    asked = {"manager": 9, "senior": 20, "junior": 20}
    assert rules.told_apart(LEARNING_TIME, answers, asked) == {"senior"}, "the smallest of the others joins it"
    answers["manager"] = mixed * 3
    assert rules.told_apart(LEARNING_TIME, answers, asked) == set(answers)


@st.composite
def organisations(draw: st.DrawFn) -> tuple[dict[str, list[str]], dict[str, int]]:
    answers = {}
    asked = {}
    for group in ("manager", "senior", "junior", "other"):
        answers[group] = draw(st.lists(st.sampled_from("12345"), max_size=14))
        asked[group] = len(answers[group]) + draw(st.integers(0, 6))
    return answers, asked


@settings(max_examples=1500, deadline=None)
@given(organisations())
def test_nothing_that_is_told_and_nothing_that_follows_is_of_few_or_of_all_alike(
    found: tuple[dict[str, list[str]], dict[str, int]],
):
    """Everything that can be taken together or from the whole: any of the groups that are told, or all but these."""
    answers, asked = found
    apart = rules.told_apart(OWN_WORK, answers, asked)
    whole = [one for group in answers.values() for one in group]
    few = len(whole) < 5 or sum(asked.values()) < 8
    alike = len({step in "45" for step in whole}) < 2
    assert (apart is None) == (few or alike)
    if apart is None:
        return
    cells = [{group} for group in apart] + [set(answers) - apart]
    for cell in cells:
        said = [step in "45" for group in cell for step in answers[group]]
        if said:
            assert len(said) >= 5 and sum(asked[group] for group in cell) >= 8 and len(set(said)) == 2


# planning


def test_a_wave_lasts_six_weeks_at_most_and_stands_apart_from_others(session: Session, organisation: Organisation):
    today = organisation.now.date()
    check = rules.check_plan
    check(today, today + 41 * DAY, today, [])
    for first, last in ((-1, 5), (0, 42), (3, 2), (400, 410)):
        with pytest.raises(Refused):
            check(today + first * DAY, today + last * DAY, today, [])
    for other in (20, 190, -100):
        with pytest.raises(Refused):
            check(today, today + 13 * DAY, today, [(today + other * DAY, today + (other + 13) * DAY)])
    check(today, today + 13 * DAY, today, [(today + 193 * DAY, today + 200 * DAY)])


def test_it_is_forgotten_after_three_years(engine: sa.Engine, session: Session, organisation: Organisation):
    people = crowd(organisation)
    opened(organisation)
    for place, person_id in enumerate(people[:8]):
        answer(organisation, person_id, learning_time="5" if place % 2 else "1")
    close(engine, organisation)
    for days, left in ((1000, 8), (1150, 0)):
        with open_session(engine) as other:
            waves.purge(other, organisation.now + days * DAY)
            other.commit()
        assert rows(session, "pulse_slip") == left
    assert rows(session, "pulse_wave") == 0


# on screen


def test_a_coordinator_plans_and_cancels(visit, session: Session, organisation: Organisation):
    crowd(organisation)
    screen = Screen(visit("coordinator"), WAVES)
    assert screen.heading == "Er is geen peiling gepland"
    screen.press("Plan deze peiling")
    assert screen.status == 422 and "wanneer de ondernemingsraad met deze vragen heeft ingestemd" in screen.text
    agreed = organisation.now.date().isoformat()
    screen.press("Plan deze peiling", agreed_on=agreed)
    assert "gepland" in screen.heading and "Gepland. Iedereen krijgt de vragen op de eerste dag." in screen.text
    assert screen.fields("Plan deze peiling")["grouping"] == "role"
    again = screen.press("Plan deze peiling", grouping="none", agreed_on=agreed)
    assert again.status == 422 and "binnen een half jaar" in again.text
    assert again.fields("Plan deze peiling")["grouping"] == "none", "what was chosen stays"
    screen.open(WAVES).press("Annuleer")
    assert screen.heading == "Er is geen peiling gepland"


def test_somebody_finds_it_on_their_desk_and_fills_it_in(
    engine: sa.Engine, visit, session: Session, organisation: Organisation
):
    crowd(organisation)
    opened(organisation)
    desk = Screen(visit("junior"), "/")
    assert "De jaarlijkse peiling" in desk.text
    screen = desk.tap("Vul in, een minuut")
    assert "Stuur zonder mijn naam" in screen.names("button")
    for promise in ("zonder je naam", "wie de database beheert", "minstens 5 antwoorden van 8"):
        assert promise in screen.text
    screen.press("Stuur zonder mijn naam", learning_time="5", prefers="online")
    assert "Je hebt meegedaan, bedankt" in screen.text
    assert "De jaarlijkse peiling" not in Screen(visit("junior"), "/").text
    session.rollback()
    (sent_,) = session.exec(select(PulseBuffer)).all()
    assert sent_.answers == {"learning_time": "5", "prefers": "online"}


def test_nothing_answered_is_told_and_what_was_chosen_stays(visit, session: Session, organisation: Organisation):
    crowd(organisation)
    opened(organisation)
    screen = Screen(visit("junior"), PULSE).press("Stuur zonder mijn naam", own_work="none")
    assert screen.status == 422 and "Beantwoord minstens één vraag." in screen.text
    assert screen.fields("Stuur zonder mijn naam")["own_work"] == "none"


def test_who_comes_when_none_is_open_reads_that(visit, session: Session, organisation: Organisation):
    assert "Er is nu geen peiling voor jou" in Screen(visit("junior"), PULSE).text


def test_nothing_asks_how_old_somebody_is(visit, session: Session, organisation: Organisation):
    crowd(organisation)
    opened(organisation)
    asked = Screen(visit("junior"), PULSE)
    questions = [words for words in asked.text.lower().split() if words in ("leeftijd", "generatie", "jonger", "ouder")]
    assert not questions
