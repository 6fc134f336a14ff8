"""What a visitor of the bundled demo finds that is on its way: pairs to object to, ends, talks, and notes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape

import pytest
from sqlmodel import Session, col, select

from mentorship.app import create_app
from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date, utc_now
from mentorship.base.db import id_of, make_engine, open_session
from mentorship.checkins.queries import is_remote
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.steps.queries import talkers
from mentorship.checkins.together_shifts import days_together
from mentorship.demo import build, foreseeing, noting, visiting
from mentorship.demo.announcing import AGAINST
from mentorship.mentorships.acting.queries import near_their_end
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.models import ACTIVE, PAUSED, Mentorship
from mentorship.people.access import COORDINATOR, MANAGER
from mentorship.people.models import Person
from mentorship.profiles.away.queries import planned
from mentorship.programme.queries import programme
from mentorship.rounds.announcing import queries
from mentorship.rounds.announcing.models import FINE, Objection
from mentorship.rounds.announcing.queries import Announced
from mentorship.rounds.announcing.rules import Answer
from mentorship.rounds.models import ANNOUNCED, PUBLISHED, SOLVED, Round
from mentorship.rounds.notes.models import RoundNote
from tests.client import InspectingClient
from tests.conftest import BuiltDemo
from tests.factories import Screen

Visit = Callable[[str], Screen]


@pytest.fixture
def session(built_demo: BuiltDemo) -> Iterator[Session]:
    """Read what was built, beside the copy that is visited: a reader would hold up who signs in."""
    engine = make_engine(f"sqlite:///{built_demo.path}")
    with open_session(engine, read_only=True) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def visit(built_demo: BuiltDemo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Sign in as somebody with the password that the demo prints, and see their desk."""
    folder = tmp_path_factory.mktemp("visited")
    engine = make_engine(f"sqlite:///{shutil.copy(built_demo.path, folder)}")
    app = create_app(build.settings(folder), engine)

    def as_number(number: str) -> Screen:
        client = InspectingClient(app)
        client.follow(client.post("/account/sign-in", {"name": number, "password": build.PASSWORD}))
        return Screen(client)

    yield as_number
    engine.dispose()


def numbers(session: Session) -> dict[str, str]:
    """The personnel number per role that the demo prints."""
    return {role: number for _, number, role in visiting.who(session, utc_now())}


def the_announced(session: Session) -> tuple[Round, list[Announced]]:
    found = session.exec(select(Round).where(Round.status == ANNOUNCED)).one()
    return found, queries.announced(session, utc_now(), id_of(found))


def said(pairs: list[Announced]) -> dict[int, list[str | None]]:
    """By manager what they said to each pair."""
    by_manager: dict[int, list[str | None]] = {}
    answers: list[Answer] = [one for pair in pairs for one in pair.asked]
    for one in answers:
        by_manager.setdefault(one.manager_id, []).append(one.said)
    return by_manager


def test_a_round_waits_for_its_managers(session: Session):
    assert programme(session).objection_days == 5
    found, pairs = the_announced(session)
    assert found.objections_until is not None and found.objections_until > utc_now() + timedelta(days=1), "days left"
    assert len(pairs) >= 4 and not found.solve_again and not found.failure
    managers = said(pairs)
    assert any(None not in answers for answers in managers.values()), "some looked at all of theirs"
    assert any(set(answers) == {None} for answers in managers.values()), "one is silent"
    against = select(Objection.reason).where(Objection.round_id == found.id, Objection.reason != FINE)
    assert session.exec(against).all() == [AGAINST]
    assert not any(answer for answers in managers.values() for answer in answers), "its pair was found again"
    earlier = session.exec(select(Round).where(Round.status == PUBLISHED).order_by(col(Round.id).desc())).first()
    assert earlier is not None and earlier.announced_at is not None, "the round before it waited as well"


def test_the_coordinator_sees_who_answered(visit: Visit, session: Session):
    found, pairs = the_announced(session)
    desk = visit(numbers(session)[COORDINATOR])
    rows = {row[0]: row[1] for row in desk.open("/rounds").rows()}
    assert rows["Tweede ronde"] == "aangekondigd" and rows["Derde ronde"] == "klaar"
    answers = desk.open(f"/announcing/{found.id}/answers")
    assert "Leidinggevenden kunnen bezwaar maken tot en met" in answers.text
    assert len(answers.rows()) == len(pairs)
    assert "zei nog niets" in answers.text and "Prima" in answers.text
    review = desk.open(f"/rounds/{found.id}")
    assert "1 besluit over een duo" in review.text, "the pair of the objection is forbidden"
    solved = session.exec(select(Round).where(Round.status == SOLVED)).one()
    page = desk.open(f"/rounds/{solved.id}")
    assert any(name.startswith("Kondig") for name in page.names("a")), (
        "the next round is announced, and not published at once"
    )


def test_the_manager_who_is_shown_has_a_pair_to_look_at(visit: Visit, session: Session):
    desk = visit(numbers(session)[MANAGER])
    assert re.search(r"nieuwe? duo('s)? van je team: bezwaar of niet\?", desk.text)
    page = desk.open("/announcing")
    assert "wacht" in page.heading and "Je kunt bezwaar maken tot en met" in page.text
    assert "Op een ander project" in " ".join(page.names("button"))


def ending(session: Session) -> list[Mentorship]:
    """The pairs with an expected end, the soonest first."""
    query = select(Mentorship).where(
        col(Mentorship.status).in_((ACTIVE, PAUSED)),
        col(Mentorship.expected_end).is_not(None),
    )
    return list(session.exec(query.order_by(col(Mentorship.expected_end))))


def test_pairs_are_meant_to_end(visit: Visit, session: Session):
    today = local_date(utc_now())
    pairs = ending(session)
    assert 4 <= len(pairs) <= len(foreseeing.AHEAD)
    days = [(pair.expected_end - today).days for pair in pairs if pair.expected_end]
    assert min(days) > 0 and len([one for one in days if one > 7]) >= 3, "in coming weeks"
    soon = near_their_end(session, today)
    assert soon
    told = list(session.exec(select(AuditRow.subject_id).where(AuditRow.verb == "set expected end")))
    assert any(told.count(one) == 2 for one in told), "one was extended"
    for person_id in (soon[0].mentor_id, soon[0].junior_id):
        desk = visit(session.get_one(Person, person_id).number)
        assert "stopt het of gaat het door?" in desk.text
    listed = visit(numbers(session)[COORDINATOR]).open("/duos?view=ending")
    in_six_weeks = [one for one in days if one <= 42]
    assert len(listed.rows()) == len(in_six_weeks) >= 3
    mentor = session.get_one(Person, soon[0].mentor_id)
    assert "tot " in visit(mentor.number).open(f"/checkins/duo/{soon[0].id}").text


def test_talks_come_in_a_shift_of_both(visit: Visit, session: Session):
    now = utc_now()
    today = local_date(now)
    coming = list(session.exec(select(Signal).where(col(Signal.talk_on) >= today).order_by(col(Signal.id))))
    pairs = {row.mentorship_id for row in coming}
    assert 1 <= len(pairs) <= 4
    for row in coming:
        pair = session.get_one(Mentorship, row.mentorship_id)
        assert row.talk_on is not None and row.status == "taken"
        timetables = planned(session, {pair.mentor_id, pair.junior_id}, today)
        shared = days_together(timetables[pair.junior_id], timetables[pair.mentor_id], today, 40, is_remote(pair))
        assert row.talk_on in list(shared), "both are at work"
        for person_id in talkers(row, pair):
            desk = visit(session.get_one(Person, person_id).number)
            assert "Gesprekken die komen" in desk.text and f"{row.talk_on.day}" in desk.text


def test_notes_stand_at_requests_and_goals(visit: Visit, session: Session):
    notes = list(session.exec(select(RoundNote).order_by(col(RoundNote.id))))
    texts = {note.words for note in notes}
    assert noting.OBJECTED in texts and texts & set(noting.ABOUT_PAIRS) and texts & set(noting.ALONE)
    desk = visit(numbers(session)[COORDINATOR])
    for note in notes:
        assert note.words in desk.open(f"/rounds/{note.round_id}/review/{note.request_id}").text
    manager = visit(numbers(session)[MANAGER]).client
    answer = manager.get(f"/rounds/{notes[0].round_id}/notes/{notes[0].request_id}")
    assert answer.status_code in (403, 404), "they are for coordinators"
    worded = session.exec(select(Goal).where(Goal.words != "")).all()
    running = [goal for goal in worded if session.get_one(Mentorship, goal.mentorship_id).status == ACTIVE]
    assert running
    pair = session.get_one(Mentorship, running[0].mentorship_id)
    goals = visit(session.get_one(Person, pair.junior_id).number).open(f"/mentorships/{pair.id}/goals")
    assert running[0].words in unescape(goals.text)
