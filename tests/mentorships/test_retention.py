"""What is kept no longer is gone: notes first, then answers and hours, then the pair; nothing of a pair that runs."""

from __future__ import annotations

import pathlib
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship import worker
from mentorship.base.db import metadata
from mentorship.checkins.models import Answer, CheckIn, CheckInCode
from mentorship.checkins.signals.models import Signal
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.writing import retention as import_records
from mentorship.hr_import.writing.models import ImportedRecord, ImportSource
from mentorship.mentor_requests.models import MentorRequest, RequestOutcome
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.models import ClosingWord, FailingRule, Mentorship
from mentorship.people.models import Person
from mentorship.programme.models import Programme
from mentorship.programme.rules import over_on
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.models import AnnouncedPair, Round, RoundOverride, RoundPair, RoundUnmatched
from mentorship.rounds.notes.models import RoundNote
from mentorship.worker.purges import PURGES
from tests.checkins.stage import plant
from tests.factories import Organisation
from tests.hr_import.exports import small, write
from tests.rounds.stage import counted

ENDED = date(2026, 12, 31)
SETTINGS = {"notes_months": 2, "answers_months": 14, "pairs_months": 24}
NOTES_GO, ANSWERS_GO, PAIRS_GO = date(2027, 2, 28), date(2028, 2, 29), date(2028, 12, 31)
PAIR = {
    "mentorship",
    "goal",
    "level_claim",
    "closing_word",
    "failing_rule",
    "proposal_reminder",
    "meeting_point",
    "meeting_aside",
    "mentor_request",
    "request_outcome",
}
ROUND = {"round", "round_pair", "round_unmatched", "round_override", "round_note", "announced_pair", "objection"}
ANSWERED = {"check_in", "check_in_answer", "check_in_code", "signal", "worked_week"}


@pytest.fixture
def made(organisation: Organisation) -> Organisation:
    settings = organisation.session.get_one(Programme, 1)
    for name, months in SETTINGS.items():
        setattr(settings, name, months)
    return organisation


def lived(made: Organisation, mentor: str, junior: str, bird: str, status: str = "ended", **values: Any) -> int:
    """A pair from a round that left something everywhere, with a bird in every text; return its id."""
    session, now = made.session, datetime(2026, 6, 1, 9, tzinfo=UTC)
    request = made.asks(junior, goal=f"{bird} doel")
    row = session.get_one(MentorRequest, request)
    row.status, row.changed_at = "placed", now
    outcome = {"able": 1, "reachable": 1, "free": 0, "fitting": 0}
    session.add(RequestOutcome(request_id=request, round_name=f"{bird} uitkomst", told_at=now, **outcome))
    pair = made.pair(
        mentor,
        junior,
        status,
        request_id=request,
        round_name=f"{bird} ronde",
        started_on=date(2026, 6, 1),
        explanation={"goal": f"{bird} doel"},
        origin="round",
        **values,
    )
    _round(session, request, made.people[mentor], bird, now)
    for side, key in (("mentor", mentor), ("junior", junior)):
        asked = plant(
            session,
            made,
            pair,
            key,
            status="answered",
            closed_at=now,
            note=f"{bird} notitie",
            note_shared=True,
        )
        session.add(Answer(check_in_id=asked, key=f"{bird} {side}", value=3))
        code = {"code_hash": f"{bird} {side} {pair}", "made_by": made.people["coordinator"], "expires_at": now}
        session.add(CheckInCode(check_in_id=asked, **code))
        session.add(ClosingWord(mentorship_id=pair, side=side, reached=f"{bird} bereikt"))
        since = {"since": date(2026, 9, 1), "raised_at": now, "status": "done", "done_at": now}
        session.add(Signal(mentorship_id=pair, kind="low", side=side, outcome=f"{bird} gedaan", **since))
    goal = Goal(
        mentorship_id=pair,
        domain_id=made.domains["Pneumatiek"],
        start_level=0,
        target_level=3,
        words=f"{bird} x",
        made_at=now,
    )
    session.add(goal)
    session.flush()
    claim = {"level": 1, "status": "confirmed", "claimed_at": now, "settled_at": now}
    session.add(LevelClaim(goal_id=goal.id or 0, evidence=f"{bird} bewijs", **claim))
    session.add(FailingRule(mentorship_id=pair, rule="site", found_at=now))
    session.add(MeetingPoint(mentorship_id=pair, point="where", agreed=bird, chosen_at=now))
    session.add(MeetingAside(mentorship_id=pair, person_id=made.people[junior], aside_at=now))
    noted = {"noted_by": made.people[mentor], "noted_at": now, "hours": 2}
    session.add(WorkedWeek(mentor_id=made.people[mentor], mentorship_id=pair, week=date(2026, 11, 30), **noted))
    session.commit()
    return pair


def _round(session: Session, request: int, mentor: int, bird: str, now: datetime) -> None:
    steps = {"created_at": now, "solved_at": now, "published_at": now}
    row = Round(name=f"{bird} ronde", status="closed", floor=0.3, spread=0.02, problem=bird.encode(), **steps)
    session.add(row)
    session.flush()
    keys: dict[str, Any] = {"round_id": row.id or 0, "request_id": request}
    session.add(RoundPair(**keys, mentor_id=mentor, score=1, explanation={"goal": f"{bird} doel"}))
    session.add(RoundUnmatched(**keys, funnel=[1]))
    session.add(RoundOverride(**keys, mentor_id=mentor, kind="lock", decided_at=now))
    session.add(RoundNote(**keys, by_id=mentor, words=f"{bird} mat", noted_at=now))
    session.add(AnnouncedPair(**keys, mentor_id=mentor, announced_at=now, objections_until=now))
    session.add(Objection(**keys, mentor_id=mentor, manager_id=mentor, objected_at=now))


def purge(session: Session, day: date, at: time = time(12)) -> None:
    """Look what is kept no longer, on a day."""
    now = datetime.combine(day, at, UTC)
    for name in ("notes", "answers", "hours", "pairs", "rounds", "requests", "import records"):
        PURGES[name](session, now)
    session.commit()


def where(session: Session, word: str) -> set[str]:
    """Return the tables in which a word stands, whatever the column."""
    found = {
        table.name
        for table in metadata.sorted_tables
        if any(word in str(tuple(row)) for row in session.execute(sa.select(table)))
    }
    session.rollback()
    return found


def tables(session: Session) -> Iterator[tuple[str, list[Any]]]:
    for table in metadata.sorted_tables:
        yield table.name, sorted(map(tuple, session.execute(sa.select(table)).all()), key=repr)
    session.rollback()


def notes(session: Session) -> set[tuple[str, bool]]:
    found = {tuple(row) for row in session.execute(sa.select(CheckIn.note, CheckIn.note_shared))}
    session.rollback()
    return found


def test_each_goes_on_its_day_and_not_the_day_before(session: Session, made: Organisation):
    lived(made, "senior", "junior", "Eindvogel", ended_on=ENDED)
    whole = where(session, "Eindvogel")
    of_pair = PAIR - {"failing_rule", "proposal_reminder", "meeting_aside"}
    assert whole >= {*of_pair, "round", "round_pair", "check_in", "check_in_answer", "check_in_code"}

    purge(session, NOTES_GO - timedelta(days=1))
    assert notes(session) == {("Eindvogel notitie", True)}
    purge(session, NOTES_GO)
    assert notes(session) == {("", False)}
    assert where(session, "Eindvogel") == whole - {"check_in"}

    purge(session, ANSWERS_GO - timedelta(days=1))
    assert all(len(rows) > 0 for name, rows in tables(session) if name in ANSWERED)
    purge(session, ANSWERS_GO)
    assert all(rows == [] for name, rows in tables(session) if name in ANSWERED)
    assert where(session, "Eindvogel") == whole - ANSWERED

    purge(session, PAIRS_GO - timedelta(days=1))
    assert len(session.execute(sa.select(Mentorship)).all()) == 1
    purge(session, PAIRS_GO)
    assert where(session, "Eindvogel") == set()
    assert all(rows == [] for name, rows in tables(session) if name in PAIR | ROUND | {"need"})


def test_no_table_about_a_pair_is_forgotten():
    """Whatever refers to a pair, directly or not, goes with it: who adds a table adds it here and to a verb."""
    found = {"mentorship"}
    for table in metadata.sorted_tables:
        if found & {key.column.table.name for key in table.foreign_keys}:
            found.add(table.name)
    assert found <= PAIR | ANSWERED | {"objection"}


def test_a_day_is_a_day_in_amsterdam(session: Session, made: Organisation):
    lived(made, "senior", "junior", "Eindvogel", ended_on=ENDED)
    purge(session, NOTES_GO - timedelta(days=1), time(22, 59))
    assert notes(session) == {("Eindvogel notitie", True)}
    purge(session, NOTES_GO - timedelta(days=1), time(23, 0))
    assert notes(session) == {("", False)}


@pytest.mark.parametrize("status", ["active", "paused"])
def test_nothing_of_a_pair_that_goes_on_is_touched(session: Session, made: Organisation, status: str):
    """However long ago it began; only the round that it came from is old by then, and its own week of lessons."""
    lived(made, "senior", "junior", "Looptvogel", status)
    before = dict(tables(session))
    purge(session, date(2040, 1, 1))
    after = dict(tables(session))
    assert {name for name in before if before[name] != after[name]} == ROUND
    assert all(after[name] == [] for name in ROUND)


def test_another_pair_keeps_everything(session: Session, made: Organisation):
    lived(made, "senior", "junior", "Eindvogel", ended_on=ENDED)
    kept = lived(made, "other_senior", "other_junior", "Blijfvogel", ended_on=ENDED + timedelta(days=1))
    whole = where(session, "Blijfvogel")
    purge(session, NOTES_GO)
    assert where(session, "Blijfvogel") == whole
    purge(session, PAIRS_GO)
    assert where(session, "Eindvogel") == set()
    assert [row.id for row in session.execute(sa.select(Mentorship.id))] == [kept]


@pytest.mark.parametrize("answers", [(False, None), (None, None), (True, False)])
def test_proposals_that_did_not_go_on_are_not_kept_longer(session: Session, made: Organisation, answers: Any):
    pair = lived(made, "senior", "junior", "Eindvogel", "refused", ended_on=ENDED)
    row = session.get_one(Mentorship, pair)
    row.mentor_accepted, row.junior_accepted = answers
    session.commit()
    purge(session, PAIRS_GO - timedelta(days=1))
    assert "mentorship" in where(session, "Eindvogel")
    purge(session, PAIRS_GO)
    assert where(session, "Eindvogel") == set()


def test_other_guiding_goes_with_the_answers(session: Session, made: Organisation):
    for week in (date(2026, 12, 28), date(2027, 1, 4)):
        row = {"mentor_id": made.people["senior"], "noted_by": made.people["senior"], "noted_at": made.now, "hours": 2}
        session.add(WorkedWeek(week=week, words="Lesvogel", **row))
    session.commit()
    purge(session, date(2028, 2, 28))
    assert [row.week for row in session.execute(sa.select(WorkedWeek.week))] == [date(2027, 1, 4)]


@pytest.mark.parametrize("status", ["open", "withdrawn"])
def test_a_request_that_is_still_open_stays(session: Session, made: Organisation, status: str):
    request = made.asks("junior", goal="Vraagvogel")
    session.get_one(MentorRequest, request).status = status
    session.commit()
    purge(session, date(2028, 11, 22))
    assert "mentor_request" in where(session, "Vraagvogel")
    purge(session, date(2028, 11, 23))
    assert where(session, "Vraagvogel") == ({"mentor_request"} if status == "open" else set())


@pytest.mark.parametrize(("status", "gone"), [("draft", True), ("solved", True), ("solving", False), ("closed", True)])
def test_old_rounds_go_and_let_their_requests_go(session: Session, made: Organisation, status: str, gone: bool):
    request = made.asks("junior", goal="Vraagvogel")
    session.get_one(MentorRequest, request).status = "withdrawn"
    _round(session, request, made.people["senior"], "Rondevogel", made.now)
    row = session.execute(sa.select(Round)).scalar_one()
    row.status = status
    if status != "closed":
        row.published_at = None
    session.commit()
    purge(session, date(2028, 11, 22))
    assert "round" in where(session, "Rondevogel")
    purge(session, date(2028, 11, 23))
    assert where(session, "Rondevogel") | where(session, "Vraagvogel") == (
        set() if gone else {"round", "round_pair", "round_note", "mentor_request"}
    )


def test_an_import_forgets_the_words_and_brings_nothing_back(
    session: Session, made: Organisation, tmp_path: pathlib.Path
):
    files = small()
    files["aanvragen.csv"][3][5] = "Importvogel"  # of who is in the pair of the export

    def take_in() -> None:
        import_directory(session, write(tmp_path / "export", files), None, made.now)
        session.commit()

    take_in()
    pair = session.execute(sa.select(Mentorship)).scalar_one()
    assert where(session, "Importvogel") == {"mentor_request", "imported_record"}
    session.get_one(Mentorship, pair.id).status = "ended"
    session.get_one(Mentorship, pair.id).ended_on = ENDED
    session.commit()
    purge(session, PAIRS_GO - timedelta(days=1))
    assert where(session, "Importvogel") == {"mentor_request", "imported_record"}
    purge(session, PAIRS_GO)
    assert where(session, "Importvogel") == set()
    said = session.execute(sa.select(ImportedRecord).where(ImportedRecord.kind == "duo over")).scalar_one()
    digests = [said.key, *said.values["of"]]
    assert len(digests) == 3 and all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests), "and no numbers"
    take_in()
    assert not session.execute(sa.select(ImportedRecord).where(ImportedRecord.kind == "duo")).all()
    assert session.execute(sa.select(Mentorship)).all() == []
    assert where(session, "Importvogel") <= {"imported_record"}


def test_the_worker_purges_with_a_fixed_number_of_statements(engine: sa.Engine, session: Session, made: Organisation):
    lived(made, "senior", "junior", "Eindvogel", ended_on=ENDED)
    day = datetime.combine(PAIRS_GO, time(9), UTC)
    with counted(engine) as one:
        purge(session, ENDED)
    for n in range(4):
        made.person(f"j{n}", "junior")
        lived(made, "other_senior", f"j{n}", "Eindvogel", ended_on=ENDED)
    with counted(engine) as more:
        purge(session, ENDED)
    assert len(one) == len(more)
    worker.once(engine, day)
    assert where(session, "Eindvogel") == set()


def plus(day: date, months: int) -> date:
    """So many calendar months later, month by month; the last day where there is none of that number."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def test_the_latest_day_that_is_over_is_the_latest_whose_months_have_passed():
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(5 * 366)]
    for months in (1, 2, 3, 11, 12, 24):
        ends = [(plus(d, months), d) for d in days]
        for today in days[3 * 366 :]:
            assert over_on(today, months) == max(d for end, d in ends if end <= today and d <= today)


def test_who_is_deleted_is_in_no_digest_of_a_pair_either(session: Session, made: Organisation):
    row = {"kind": "duo", "key": "n-senior/n-junior", "values": {"domain": "x"}}
    session.execute(sa.insert(ImportedRecord).values(row))
    PURGES["import records"](session, made.now)
    (kept,) = session.execute(sa.select(ImportedRecord)).scalars()
    assert kept.kind == "duo over" and "n-" not in f"{kept.key} {kept.values}"
    import_records.forget(session, {"n-other_senior"})
    session.expire_all()
    assert session.execute(sa.select(ImportedRecord)).all(), "of others it stays"
    import_records.forget(session, {"n-junior"})
    assert not session.execute(sa.select(ImportedRecord)).all()


def test_what_was_answered_about_people_goes_with_them(session: Session, made: Organisation):
    """What files need to be read is kept: also that a number lost its zeros; nothing of who was erased, in clear."""
    made.person("00123", "junior")
    number = session.execute(sa.select(Person.number).where(Person.number.contains("123"))).scalar_one()
    session.execute(sa.update(Person).where(Person.number == number).values(number="00123"))
    kept = {"zeros:123": "same", "address:N-Junior": "give", "encoding:x.csv": "cp1252"}
    answers = {**kept, "renumbered:weg": "same", "returned:8": "gone", "erased:9": "gone"}
    session.add(
        ImportSource(name="hr", mapping={"roles": {"lasser": "senior"}, "answers": answers}, changed_at=made.now)
    )
    session.commit()
    PURGES["import records"](session, made.now)
    session.commit()
    session.expire_all()
    assert session.get_one(ImportSource, "hr").mapping == {"roles": {"lasser": "senior"}, "answers": kept}
