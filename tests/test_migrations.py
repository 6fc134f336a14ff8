"""The schema up, down and up again with data in every table; models and schema agree; personal tables say why."""

from __future__ import annotations

import importlib
import inspect
import pathlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from mentorship import migrations, tables
from mentorship.base.db import make_engine
from mentorship.base.heartbeat import Heartbeat, JobFailure
from mentorship.base.outbox import OutboxRow
from mentorship.base.personal import PERSONAL
from mentorship.base.undo import UndoRow
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.models import Answer, CheckIn, CheckInCode
from mentorship.checkins.settings.queries import is_standard, newest_set
from mentorship.checkins.signals.models import Signal
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.growth.models import BuildsOn, Course, CourseFollowed, JobHeld, JobLevel, JobProfile
from mentorship.growth.path.models import PathChosen
from mentorship.home.agreements import parts
from mentorship.home.calendar.models import CalendarFeed
from mentorship.home.first.models import FirstAddress
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.upload.models import DraftFile, ImportDraft
from mentorship.hr_import.writing.models import ImportSource
from mentorship.insight.outcomes.models import KeptOutcome
from mentorship.insight.planning.models import PlanningFeed
from mentorship.insight.published.models import CountedAnswer, CountedPerson, PublishedFigure
from mentorship.insight.year.models import ExpectedNewcomers
from mentorship.mentor_requests.models import MentorRequest, PlaceAsked, RequestOutcome
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.models import ClosingWord, FailingRule, Mentorship, ProposalReminder
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.migrations.retired import RETIRED
from mentorship.people.devices.models import Device
from mentorship.people.identity_provider.models import ProviderLink, ProviderSession, UsedOnce
from mentorship.people.looks.models import Look
from mentorship.people.models import Account, ActivationCode, FailedSignIn, Person, PersonManager, SignIn, Site, Tablet
from mentorship.people.second_factor.models import HalfSignIn, RecoveryCode, SecondFactor
from mentorship.people.stand_ins.models import StandIn
from mentorship.people.tablet.models import TabletCard
from mentorship.people.throttle.models import Pacing
from mentorship.people.views.models import SavedView
from mentorship.privacy.notice.models import NoticeShown
from mentorship.privacy.papers.models import PaperLink, PaperVersion
from mentorship.privacy.purges.models import PurgePass
from mentorship.privacy.requests.models import Erasure, PrivacyRequest
from mentorship.profiles.away.models import Away
from mentorship.profiles.closed_days.models import ClosedDay
from mentorship.profiles.contact.models import Contact
from mentorship.profiles.findable.models import Findable
from mentorship.profiles.models import Domain, FilledIn, Training, Wish
from mentorship.profiles.rosters.models import Roster, RosterChange, RosterDay, Shift, WorkTime
from mentorship.programme.consent import rules
from mentorship.programme.consent.models import Consent, ConsentProposal
from mentorship.programme.consent.words import difference
from mentorship.programme.models import VisibilityPeriod
from mentorship.programme.queries import programme
from mentorship.pulse.models import PulseBuffer, PulseInvited, PulseSlip, PulseWave
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.reminders.models import MailPreference
from mentorship.reminders.texts.models import KeptText
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.models import AnnouncedPair, Round, RoundOverride, RoundPair, RoundUnmatched
from mentorship.rounds.notes.models import RoundNote
from mentorship.rounds.waiting.models import FreePlace
from tests.factories import Organisation
from tests.hr_import.exports import SMALL, dump, write

IMPERSONAL = {
    "site",
    "published_figure",
    "kept_outcome",
    "closed_day",
    "expected_newcomers",
    "job_profile",
    "certificate_kind",
    *("pulse_wave", "pulse_buffer", "pulse_slip"),
    "job_level",
    "course",
    "builds_on",
    "domain",
    "shift",
    "roster",
    "roster_day",
    "programme",
    "visibility_period",
    "consent",
    "consent_proposal",
    "question_set",
    "kept_text",
    "check_in_settings",
    "heartbeat",
    "job_failure",
    "first_address",
    "purge_pass",
    "paper_version",
}
"""Every other table is about people."""
SEEDED = {"programme", "question_set", "check_in_settings"}
"""Tables that a migration puts the first row in."""


@pytest.fixture
def bare(empty_url: str) -> Iterator[sa.Engine]:
    """A database without any table."""
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


def tables_of(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def guards_of(engine: sa.Engine) -> set[str]:
    """The triggers, and on PostgreSQL the functions, that the database came with."""
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    postgres = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    with engine.connect() as connection:
        return set(connection.scalars(sa.text(sqlite if engine.dialect.name == "sqlite" else postgres)))


def fill(engine: sa.Engine, folder: pathlib.Path, now: datetime) -> None:
    """Put a row in every table."""
    with Session(engine) as session:
        import_directory(session, write(folder, SMALL), None, now, take_outflow=True)
        people = {p.number: p.id or 0 for p in session.execute(sa.select(Person)).scalars()}
        request = session.execute(sa.text("SELECT min(id) FROM mentor_request")).scalar_one()
        pair = session.execute(sa.text("SELECT min(id) FROM mentorship")).scalar_one()
        boss, mentor, junior = people["1"], people["2"], people["3"]
        held = Round(name="R", weights={"domain": 1.0}, floor=0.3, spread=0.02, created_at=now, problem=b"\0\1")
        session.add(held)
        session.add(JobProfile(id=1, name="Monteur"))
        session.add(CertificateKind(id=1, name="VCA", name_en="", domain_id=1, months=120, entitles=True))
        session.add(PulseWave(id=1, opens_on=now.date(), closes_on=now.date(), grouping="role"))
        session.flush()
        session.add(ImportDraft(id=1, person_id=boss, created_at=now))
        session.flush()
        session.add(DraftFile(draft_id=1, position=0, name="medewerkers.csv", content=b"x"))
        key = {"round_id": held.id, "request_id": request}
        session.add_all(
            [
                JobLevel(profile_id=1, domain_id=1, level=3),
                JobHeld(person_id=junior, profile_id=1, since=now.date(), set_by=boss, shown=True),
                Course(id=1, domain_id=1, title="Basis", provider="School", days=Decimal("2.5"), basics=True),
                PathChosen(person_id=junior, profile_id=1, chosen_at=now, shown=True),
                CourseFollowed(person_id=junior, course_id=1, followed_on=now.date()),
                BuildsOn(domain_id=1, base_id=2),
                HandoverPlan(person_id=junior, started_at=now, started_by=boss, shared=True, changed_at=now),
                HandoverPiece(person_id=junior, domain_id=1, position=1, receiver_id=boss, place="map K", step=3),
                Certificate(
                    id=1,
                    person_id=junior,
                    kind_id=1,
                    got_on=now.date(),
                    ends_on=date(2030, 1, 1),
                    noted_by=boss,
                    noted_at=now,
                    confirmed_by=boss,
                    confirmed_at=now,
                    seen_on=now.date(),
                ),
                PulseBuffer(key="a", wave_id=1, grouped="junior", answers={"holders": "5"}),
                PulseSlip(key="b", wave_id=1, question="holders", grouped="", answer="5"),
                PulseInvited(wave_id=1, person_id=junior, grouped="junior", invited_on=now.date(), taken=True),
                Away(id=1, person_id=junior, first_day=now.date(), last_day=now.date()),
                ClosedDay(site_id=1, day=now.date(), closed=True),
                ExpectedNewcomers(month=date(2027, 2, 1), site_id=1, domain_id=1, number=4),
                CheckIn(
                    id=1,
                    mentorship_id=pair,
                    side="junior",
                    person_id=junior,
                    set_id=1,
                    due_on=now.date(),
                    opened_at=now,
                ),
                Signal(mentorship_id=pair, kind="low", side="junior", since=now.date(), raised_at=now),
                Heartbeat(name="mail", at=now),
                JobFailure(job="upkeep", at=now, why="ValueError"),
                PurgePass(name="mail", since=now, at=now, rows=1, took_at=now, total=1),
                FirstAddress(code_hash="f", expires_at=now),
                PrivacyRequest(asker_id=junior, kind="erase", received_at=now, due_on=now.date(), settled_by_id=boss),
                Erasure(number_seal="e", erased_at=now),
                NoticeShown(person_id=junior, version="v", language="nl", sentences=[{"said": "s"}], shown_at=now),
                PaperLink(code_hash="l", reader="council", made_at=now, expires_at=now),
                PaperVersion(
                    kind="council",
                    language="nl",
                    content="# V",
                    content_hash="h",
                    made_at=now,
                    agreed_at=now,
                    agreed_on=now.date(),
                    agreed_with="council",
                ),
                Consent(snapshot={}, hash="h", dpia_on=now.date(), entered_at=now, entered_by_id=boss),
                ConsentProposal(changes={"floor": 0.4}, made_at=now),
                VisibilityPeriod(programme_id=1, visibility="classes", until=now),
                CalendarFeed(person_id=junior, token_hash="f", made_at=now),
                PlanningFeed(person_id=junior, token_hash="p", name="Planning", made_at=now),
                OutboxRow(kind="proposal", recipient_id=junior, due_on=now.date(), created_at=now),
                MailPreference(person_id=junior, topic="duo", wanted=False),
                UndoRow(
                    person_id=junior,
                    roles=["junior"],
                    door="hours.note",
                    named={},
                    at=now,
                    said="Opgeslagen.",
                    steps=[],
                ),
                Account(person_id=boss, password_hash="x"),
                ActivationCode(person_id=junior, code_hash="c", expires_at=now),
                SignIn(id=1, token_hash="t", person_id=boss, started_at=now, seen_at=now, expires_at=now),
                FailedSignIn(name_hash="n", address_hash="a", at=now),
                Pacing(key="k", spent_until=1_800_000_000_000),
                Device(person_id=junior, token_hash="d", first_at=now, seen_at=now),
                SecondFactor(person_id=junior, secret="s", begun_at=now, confirmed_at=now, last_step=58_000_000),
                RecoveryCode(person_id=junior, code_hash="c"),
                HalfSignIn(token_hash="h", person_id=junior, expires_at=now),
                Look(
                    viewer_id=mentor, person_id=junior, kind="duo", day=now.date(), first_at=now, last_at=now, times=2
                ),
                PublishedFigure(quarter=now.date(), side="junior", level="organisation", key=0, hidden="few"),
                KeptOutcome(quarter=now.date(), figures={"steps": {"number": 3}}),
                CountedPerson(id=1, whose_id=junior),
                Tablet(name="Kantine", site_id=1, made_by_id=boss, made_at=now, code_until=now, token_hash="s"),
                TabletCard(
                    person_id=junior,
                    secret_hash="q",
                    made_by_id=boss,
                    made_at=now,
                    pin_hash="p",
                    pin_set_at=now,
                    wrong=3,
                ),
                ProviderLink(person_id=junior, issuer="https://a.example", subject="s", linked_at=now),
                UsedOnce(key="u", until=now),
                PersonManager(person_id=junior, manager_id=mentor),
                ImportSource(name="hr", mapping={"roles": {"lasser": "senior"}}, changed_at=now),
                TakenImport(at=now, taken_by=boss, journal=b"\0"),
                Contact(person_id=junior, phone="06 12 34 56 78", show_phone=True, show_email=False),
                SavedView(person_id=boss, list="people", name="Ede", query="site=1"),
                Wish(person_id=junior, other_id=mentor, wanted=True),
                RosterChange(
                    person_id=junior, from_day=now.date(), roster_id=session.get_one(WorkTime, junior).roster_id
                ),
                RoundPair(**key, mentor_id=mentor, score=812_345, explanation={"parts": {"domain": 0.5}}),
                RoundUnmatched(**key, funnel=[3, 2, 0]),
                RequestOutcome(request_id=request, round_name="R", told_at=now, able=3, reachable=2, free=1, fitting=0),
                PlaceAsked(mentor_id=mentor, request_id=request, asked_by=boss, asked_at=now, waiting=4, gain=1),
                FreePlace(person_id=mentor, places=1, came_at=now, waiting=2),
                Findable(person_id=mentor, said_at=now),
                QuickQuestion(asker_id=junior, asked_id=mentor, domain_id=1, along=True, words="W", asked_at=now),
                WorkedWeek(
                    mentor_id=mentor, mentorship_id=pair, week=now.date(), hours=2, noted_by=mentor, noted_at=now
                ),
                RoundOverride(**key, mentor_id=mentor, kind="lock", decided_by=boss, decided_at=now),
                RoundNote(**key, by_id=boss, words="W", noted_at=now),
                AnnouncedPair(**key, mentor_id=mentor, announced_at=now, objections_until=now),
                Objection(**key, mentor_id=mentor, manager_id=boss, by_id=boss, reason="too_much", objected_at=now),
                StandIn(person_id=boss, stand_in_id=mentor, first_day=now.date(), last_day=now.date(), named_at=now),
                Message(id=1, selection="people", by_id=boss, made_at=now),
                KeptText(name="Vrijdag", subject_nl="Vrijdag", body_nl="Tot dan", kept_at=now),
            ]
        )
        session.flush()
        session.add(
            ProviderSession(sign_in_id=1, subject="s", sid="i", id_token="x", refresh_token="y", checked_at=now)
        )
        domain = session.execute(sa.text("SELECT min(id) FROM domain")).scalar_one()
        session.add_all(
            [
                CountedAnswer(quarter=now.date(), side="junior", counted_id=1, pair=pair, site=1, domain=domain),
                Answer(check_in_id=1, key="progress", value=2),
                Confidant(site_id=1, person_id=boss),
                CheckInCode(check_in_id=1, code_hash="k", made_by=boss, expires_at=now),
                Goal(id=1, mentorship_id=pair, domain_id=domain, start_level=0, target_level=3, made_at=now),
                ClosingWord(mentorship_id=pair, side="junior", reached="alles", thanks="dank"),
                FailingRule(mentorship_id=pair, rule="site", found_at=now),
                ProposalReminder(mentorship_id=pair, person_id=junior, reminded_at=now, by_id=boss),
                MeetingPoint(mentorship_id=pair, point="long", proposed="half", side="junior", chosen_at=now),
                MeetingAside(mentorship_id=pair, person_id=junior, aside_at=now),
                FilledIn(person_id=junior, section="roster", by_id=boss, at=now),
                MessageRecipient(message_id=1, person_id=junior),
                Training(person_id=mentor, title="Begeleiden", followed_on=now.date(), noted_by=mentor, noted_at=now),
            ]
        )
        session.flush()
        session.add(LevelClaim(goal_id=1, level=1, claimed_at=now))
        session.commit()


def contents(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    with Session(engine) as session:
        return dump(session)


def test_up_from_nothing_down_to_nothing_and_up_again(bare: sa.Engine):
    found, wanted = migrations.state(bare)
    assert found is None and wanted
    for _ in range(2):
        migrations.upgrade(bare)
        assert migrations.state(bare) == (wanted, wanted)
        assert tables_of(bare) == set(tables.metadata.tables) and guards_of(bare)
        migrations.upgrade(bare)  # nothing to do is no fault
        migrations.downgrade(bare, "base")
        assert migrations.state(bare) == (None, wanted)
        assert not tables_of(bare) and not guards_of(bare), "nothing is left behind"


def test_a_full_database_goes_down_and_up(engine: sa.Engine, tmp_path: pathlib.Path, now: datetime):
    fill(engine, tmp_path / "export", now)
    empty = [name for name, rows in contents(engine).items() if not rows]
    assert not empty, f"put a row in {empty} in fill(): a migration is tried with data in every table"
    migrations.downgrade(engine, "base")
    assert not tables_of(engine) and not guards_of(engine)
    migrations.upgrade(engine)
    assert {name for name, rows in contents(engine).items() if rows} == SEEDED
    fill(engine, tmp_path / "export", now)


def test_one_step_down_and_up_loses_no_row(engine: sa.Engine, tmp_path: pathlib.Path, now: datetime):
    """The guards and the settings come and go; what people wrote stays, and the guards watch over it again."""
    guards = guards_of(engine)
    fill(engine, tmp_path / "export", now)
    before = contents(engine)
    migrations.downgrade(engine, "0002")
    assert guards_of(engine) == guards - {"empty_pulse_buffer"}, "which came with the pulse"
    later = set(before) - tables_of(engine)
    assert later >= {"request_outcome", "check_in"}
    migrations.upgrade(engine)
    after = {**before, **{name: [] for name in later - SEEDED}}
    assert contents(engine) == after
    migrations.downgrade(engine, "0001")
    assert not guards_of(engine)
    with engine.connect() as connection:
        for name in set(before) - later - SEEDED:
            assert connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) == len(before[name])
    migrations.upgrade(engine)
    assert contents(engine) == after and guards_of(engine) == guards


def test_a_migration_that_fails_half_way_changes_nothing(bare: sa.Engine, monkeypatch: pytest.MonkeyPatch):
    migrations.upgrade(bare, "0001")
    before = tables_of(bare)
    with bare.begin() as connection:
        connection.execute(sa.text("DROP TABLE mentorship"))  # the second migration cannot guard what is not there
    with pytest.raises(sa.exc.DBAPIError):
        migrations.upgrade(bare)
    assert migrations.state(bare)[0] == "0001"
    assert tables_of(bare) == before - {"mentorship"} and not guards_of(bare)
    with bare.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM programme")) == 0


def test_what_retired_takes_nothing_and_is_filled_for_the_version_before(
    engine: sa.Engine, tmp_path: pathlib.Path, now: datetime
):
    """Two versions run beside each other for a while: the one before still writes these columns, and needs them."""
    fill(engine, tmp_path / "export", now)
    before = contents(engine)
    assert not retired_but_required(engine)
    migrations.downgrade(engine, "0010")
    later = set(before) - tables_of(engine)
    required = {
        ("account", "changed_at"),
        ("closing_word", "said_at"),
        ("goal", "made_by"),
        ("question_set", "made_at"),
    }
    assert retired_but_required(engine) == required
    with engine.connect() as connection:
        for table, column in required:
            empty = sa.text(f"SELECT count(*) FROM {table} WHERE {column} IS NULL")
            assert connection.scalar(empty) == 0, f"{table}.{column}"
        made_by = connection.scalar(sa.text("SELECT made_by FROM goal"))
        assert made_by == connection.scalar(sa.text("SELECT junior_id FROM mentorship WHERE id = 1"))
    migrations.upgrade(engine)
    after = {**before, **{name: [] for name in later}}
    assert contents(engine) == after and not migrations.drift(engine)


def test_rosters_go_down_to_what_the_version_before_can_hold(engine: sa.Engine, now: datetime):
    """What it cannot hold is left out, never held wrongly; what it can comes back as it was."""
    with Session(engine) as session:
        session.add(Site(id=1, name="S"))
        session.flush()
        numbers = range(1, 6)
        session.add_all([Person(id=n, number=f"{n}", given_name="A", family_name="B", site_id=1) for n in numbers])
        session.add_all(
            [
                Shift(id=1, code="P", begins=420, ends=660),
                Shift(id=2, code="L", begins=840, ends=1320),
                Shift(id=3, code="ADV"),
                Roster(id=1, name="split", starts_on=now.date(), days=7, runs_on=True, is_default=True),
                Roster(id=2, name="long", starts_on=now.date(), days=371),
                Roster(id=3, name="dated", starts_on=now.date(), days=31, repeats=False),
            ]
        )
        session.flush()
        session.add_all(
            [
                RosterDay(roster_id=r, day=d, shift_id=s)
                for r, d, s in ((1, 0, 2), (1, 0, 1), (1, 1, 3), (2, 370, 1), (3, 0, 1))
            ]
        )
        session.add_all(
            [WorkTime(person_id=n, roster_id=r, remote=n == 4) for n, r in ((1, 1), (2, 2), (3, 3), (4, 1), (5, None))]
        )
        session.add_all(
            [
                RosterChange(person_id=4, from_day=now.date(), roster_id=2),
                RosterChange(person_id=5, from_day=now.date(), roster_id=1),
            ]
        )
        session.commit()
    before = contents(engine)
    migrations.downgrade(engine, "0019")
    with engine.connect() as connection:

        def rows(select: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(sa.text(select))]

        assert rows("SELECT id, code FROM shift ORDER BY id") == [(1, "P"), (2, "L")]
        assert rows("SELECT id, name, days FROM roster") == [(1, "split", 7)]
        assert rows("SELECT roster_id, day, shift_id FROM roster_day") == [(1, 0, 1)]
        works = "SELECT person_id, roster_id, remote FROM work_time ORDER BY person_id"
        assert rows(works) == [(1, 1, False), (2, None, False), (3, None, False), (4, None, True), (5, 1, False)]
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO roster_day (roster_id, day, shift_id) VALUES (1, 0, 2)"))
    migrations.upgrade(engine)
    assert not migrations.drift(engine)
    after = contents(engine)
    assert after["person"] == before["person"] and len(after["work_time"]) == 5
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO roster_day (roster_id, day, shift_id) VALUES (1, 0, 2)"))
        connection.execute(sa.text("UPDATE roster SET is_default = true"))


def retired_but_required(engine: sa.Engine) -> set[tuple[str, str]]:
    """The retired columns that a row must have a value in."""
    seen = sa.inspect(engine)
    found = set()
    for table, name in RETIRED:
        (column,) = [column for column in seen.get_columns(table) if column["name"] == name]
        if not column["nullable"]:
            found.add((table, name))
    return found


def test_models_and_schema_do_not_drift(engine: sa.Engine):
    assert migrations.drift(engine) == []


def test_a_drift_would_be_seen(engine: sa.Engine):
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE site ADD COLUMN colour VARCHAR(9)"))
        connection.execute(sa.text("DROP INDEX ix_mentorship_mentor"))
    assert {str(change[0]) for change in migrations.drift(engine)} == {"remove_column", "add_index"}


def test_the_constraints_of_the_models_are_in_the_schema(engine: sa.Engine):
    """Alembic does not compare CHECK constraints."""
    seen = sa.inspect(engine)
    found = {(name, check["name"]) for name in tables_of(engine) for check in seen.get_check_constraints(name)}
    wanted = {
        (table.name, str(check.name) if str(check.name).startswith("ck_") else f"ck_{table.name}_{check.name}")
        for table in tables.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }
    assert found == wanted


def test_every_model_is_known_to_the_migrations():
    package = pathlib.Path(tables.__file__).parent
    rooms = [f"mentorship.{p.parent.name}.{p.stem}" for p in package.glob("*/models.py")]
    for name in [*rooms, *(f"mentorship.base.{n}" for n in ("audit", "heartbeat", "outbox", "undo"))]:
        for title, found in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(found, SQLModel) and hasattr(found, "__table__") and found.__module__ == name:
                assert title in tables.__all__, f"{name}.{title} is not in mentorship/tables.py"


@pytest.mark.parametrize("table", sorted(set(tables.metadata.tables) - IMPERSONAL))
def test_a_table_about_people_says_why_who_and_how_long(table: str):
    told = tables.metadata.tables[table].info[PERSONAL]
    assert set(told) == {"purpose", "basis", "source", "viewers", "recipients", "retention", "purge"}
    assert all(told.values()), "all of it is said"


def test_a_table_that_points_at_people_is_about_people():
    for name in IMPERSONAL:
        pointing = [k.target_fullname for k in tables.metadata.tables[name].foreign_keys]
        assert "person.id" not in pointing and PERSONAL not in tables.metadata.tables[name].info, name


def test_who_left_before_gets_that_day_as_the_last(engine: sa.Engine, tmp_path: pathlib.Path, now: datetime):
    """The version before knows only when somebody left; one that is said for later is lost with its column."""
    fill(engine, tmp_path / "export", now)
    with engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE person SET left_on = '2026-11-01', last_day = '2026-11-01' WHERE number = '2'")
        )
        connection.execute(sa.text("UPDATE person SET last_day = '2026-12-31' WHERE number = '3'"))
    migrations.downgrade(engine, "0018")
    migrations.upgrade(engine)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT number, last_day, left_on FROM person ORDER BY number"))
        days = {number: (str(last_day), str(left_on)) for number, last_day, left_on in found}
    assert days["2"] == ("2026-11-01", "2026-11-01")
    assert set(days.values()) == {("2026-11-01", "2026-11-01"), ("None", "None")}


def test_who_is_on_a_tablet_is_signed_out_of_the_version_before(
    engine: sa.Engine, tmp_path: pathlib.Path, now: datetime
):
    """It would let them in everywhere: it does not know what a tablet is."""
    fill(engine, tmp_path / "export", now)
    with Session(engine) as session:
        row = session.exec(select(SignIn)).one()
        tablet = session.exec(select(Tablet.id)).one()
        there = {"started_at": now, "seen_at": now, "expires_at": now, "tablet_id": tablet}
        session.add(SignIn(id=1000, token_hash="on a tablet", person_id=row.person_id, **there))
        session.commit()
    migrations.downgrade(engine, "0039")
    with engine.connect() as connection:
        assert connection.scalars(sa.text("SELECT token_hash FROM sign_in")).all() == ["t"]
    migrations.upgrade(engine)


def test_the_words_of_a_domain_go_down_with_their_columns(engine: sa.Engine, tmp_path: pathlib.Path, now: datetime):
    """The version before keeps the name alone; up again the other words are empty, to be filled in anew."""
    fill(engine, tmp_path / "export", now)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE domain SET name_en = 'Air', explanation = 'lucht', explanation_en = 'air'"))
        names = set(connection.scalars(sa.text("SELECT name FROM domain")))
    migrations.downgrade(engine, "0029")
    with engine.begin() as connection:
        assert set(connection.scalars(sa.text("SELECT name FROM domain"))) == names
        connection.execute(sa.text("INSERT INTO domain (name, critical, remote) VALUES ('Nieuw', false, false)"))
    migrations.upgrade(engine)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT name, name_en, explanation, explanation_en FROM domain"))
        assert {tuple(row) for row in found} == {(name, "", "", "") for name in {*names, "Nieuw"}}


def test_a_mail_for_an_earlier_address_goes_to_no_other_in_the_version_before(
    engine: sa.Engine, tmp_path: pathlib.Path, now: datetime
):
    """It knows of no address in the outbox, so that what is for one goes down with the column; the rest waits on."""
    fill(engine, tmp_path / "export", now)
    with Session(engine) as session:
        told = {"kind": "address", "due_on": now.date(), "created_at": now}
        session.add(OutboxRow(recipient_id=1, address="eerder@b.example", **told))
        session.commit()
    migrations.downgrade(engine, "0034")
    with engine.connect() as connection:
        assert set(connection.scalars(sa.text("SELECT kind FROM outbox"))) == {"proposal"}
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert set(connection.scalars(sa.text("SELECT address FROM outbox"))) == {None}


def test_silence_is_no_signal_any_more(engine: sa.Engine, tmp_path: pathlib.Path, now: datetime):
    """What stood open of two check-ins not answered goes; what was done stays, and the version before goes on."""
    fill(engine, tmp_path / "export", now)
    migrations.downgrade(engine, "0042")
    raised = sa.text(
        "INSERT INTO signal (mentorship_id, kind, side, about, since, returned, evidence, raised_at, status, action,"
        " outcome, done_at) SELECT mentorship_id, :kind, side, :about, since, returned, evidence, raised_at, :status,"
        " action, outcome, :done_at FROM signal WHERE about = ''"
    ).bindparams(sa.bindparam("done_at", type_=sa.DateTime(timezone=True)))
    with engine.begin() as connection:
        for status in ("open", "taken", "done"):
            done_at = now if status == "done" else None
            told = {"kind": "missed", "about": status, "status": status, "done_at": done_at}
            connection.execute(raised, told)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        found = connection.execute(sa.text("SELECT kind, about, matter, seen_at FROM signal ORDER BY about"))
        assert [tuple(row) for row in found] == [("low", "", None, None), ("missed", "done", None, None)]
        connection.execute(raised, {"kind": "safety", "about": "new", "status": "open", "done_at": None})
    migrations.downgrade(engine, "0042")
    with engine.connect() as connection:
        assert set(connection.scalars(sa.text("SELECT kind FROM signal"))) == {"low", "missed"}
    migrations.upgrade(engine)


def test_a_changed_word_of_before_begins_a_series(engine: sa.Engine):
    """An index must not run on over other words: each version of the questions is numbered by them."""
    migrations.downgrade(engine, "0043")
    sets = sa.table("question_set", sa.column("made_at", sa.DateTime), sa.column("questions", sa.JSON))
    asked = [{"key": "go_on", "nl": "Zo kan ik door.", "en": "I can go on."}]
    other = [{"key": "go_on", "nl": "Ik houd dit vol.", "en": "I can go on."}]
    with engine.begin() as connection:
        for words in (asked, list(reversed(asked)), other):
            row = {"made_at": datetime(2026, 3, 2), "questions": {"junior": asked, "mentor": words}}
            connection.execute(sa.insert(sets).values(row))
    migrations.upgrade(engine, "0044")
    with engine.connect() as connection:
        assert connection.scalars(sa.text("SELECT series FROM question_set ORDER BY id")).all() == [1, 2, 2, 3]
    migrations.upgrade(engine)


def test_the_confidant_there_was_is_that_of_the_whole_organisation(
    engine: sa.Engine, tmp_path: pathlib.Path, now: datetime
):
    """The number stays where the version before looks, which runs beside this one; who left is nobody's confidant."""
    fill(engine, tmp_path / "export", now)
    migrations.downgrade(engine, "0047")
    asked = sa.text("UPDATE check_in_settings SET confidant = :number")
    with engine.begin() as connection:
        person_id, number = connection.execute(sa.text("SELECT id, number FROM person ORDER BY id LIMIT 1")).one()
        connection.execute(asked, {"number": number})
    migrations.upgrade(engine)
    whole = sa.text("SELECT person_id, site_id, stand_in_id FROM confidant")
    with engine.begin() as connection:
        assert [tuple(row) for row in connection.execute(whole)] == [(person_id, None, None)]
        assert connection.scalar(sa.text("SELECT confidant FROM check_in_settings")) == number
    migrations.downgrade(engine, "0047")
    with engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT confidant FROM check_in_settings")) == number
        connection.execute(asked, {"number": "nobody"})
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(whole).all() == []


ARRANGED = "works_council_on = '2026-10-19', dpia_on = '2026-10-01', visibility = 'classes', floor = 0.4"


def test_what_was_arranged_before_is_taken_over_as_it_stood(engine: sa.Engine):
    """Up and down and up again; what the version before changed in between stands in what is taken over."""
    migrations.downgrade(engine, "0048")
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE programme SET {ARRANGED}"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        kept = session.exec(select(Consent)).one()
        untold = {*rules.OF_SERVICE, *rules.UNSAID}
        held = parts.gather(session, ())
        assert kept.snapshot == {name: value for name, value in held.items() if name not in untold}
        assert held["waiting"] == 0, "nobody agreed to it"
        assert kept.snapshot["floor"] == 0.4 and kept.hash == rules.fingerprint(kept.snapshot)
        assert (str(kept.agreed_on), str(kept.dpia_on), kept.taken_over) == ("2026-10-19", "2026-10-01", True)
        assert not difference(kept.snapshot, parts.gather(session, ()))
    migrations.downgrade(engine, "0048")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE programme SET works_council_on = NULL, no_works_council = true"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        assert session.exec(select(Consent.agreed_on)).all() == [None]


@pytest.mark.parametrize("lacking", ["works_council_on", "dpia_on", "visibility"])
def test_what_was_not_arranged_is_not_taken_for_agreed(engine: sa.Engine, lacking: str):
    migrations.downgrade(engine, "0048")
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE programme SET {ARRANGED}"))
        connection.execute(sa.text(f"UPDATE programme SET {lacking} = NULL"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        assert session.exec(select(Consent)).all() == []


def before(name: str) -> str:
    """The schema before a migration, by its name."""
    (path,) = (pathlib.Path(migrations.__file__).parent / "versions").glob(f"*_{name}.py")
    return str(importlib.import_module(f"mentorship.migrations.versions.{path.stem}").down_revision)


def test_what_was_agreed_names_the_letter_it_came_with(engine: sa.Engine):
    earlier = before("council_reference")
    for letter in ("", "OR-7"):
        migrations.downgrade(engine, earlier)
        with engine.begin() as connection:
            if letter:
                row = f"'{{}}', 'x', '2026-10-01', '{letter}', '{{}}', false, '2026-10-02 10:00'"
                names = "snapshot, hash, dpia_on, reference, urgent, taken_over, entered_at"
                connection.execute(sa.text(f"INSERT INTO consent ({names}) VALUES ({row})"))
        migrations.upgrade(engine)
        with Session(engine) as session:
            assert programme(session).council_reference == letter


BEFORE_STANDARD = before("standard_questions")


def test_the_standard_questions_are_asked_where_nobody_was_asked_others(engine: sa.Engine):
    """Where nothing was asked or agreed to, the version of before is replaced; else it stays."""
    with Session(engine) as session:
        assert is_standard(newest_set(session))
    migrations.downgrade(engine, BEFORE_STANDARD)
    with Session(engine) as session:
        before = newest_set(session)
        assert not is_standard(before) and before.scale is None
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE programme SET works_council_on = '2026-11-01'"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        assert newest_set(session).questions == before.questions
    migrations.downgrade(engine, BEFORE_STANDARD)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE programme SET works_council_on = NULL"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        assert is_standard(newest_set(session))


AFTER_STANDARD = (
    "privacy_request",
    "erasure",
    "notice_shown",
    "counted_person",
    "counted_answer",
    "published_figure",
    "proposal_reminder",
    *("announced_pair", "objection", "stand_in", "place_asked", "free_place", "planning_feed"),
    *("message", "message_recipient", "kept_text", "findable", "quick_question", "round_note"),
    "expected_newcomers",
    "kept_outcome",
    *("job_profile", "job_level", "job_held", "course"),
    *("path_chosen", "course_followed", "builds_on"),
    *("handover_plan", "handover_piece"),
    *("certificate_kind", "certificate"),
    *("pulse_wave", "pulse_invited", "pulse_buffer", "pulse_slip"),
    *("meeting_aside", "meeting_point"),
)
"""The tables that came after the standard questions."""
LATER_COLUMNS = (
    ("round", "waiting", "INTEGER NOT NULL DEFAULT 0"),
    ("mentor_request", "waited", "INTEGER NOT NULL DEFAULT 0"),
    ("mentor_request", "asked_by_id", "INTEGER"),
    ("mentorship", "expected_end", "DATE"),
    ("mentorship", "ended_as", "VARCHAR(20) NOT NULL DEFAULT ''"),
    ("mentorship", "objections_until", "TIMESTAMP"),
    ("mentorship", "withdrawn_at", "TIMESTAMP"),
    ("mentorship", "mentor_seen_at", "TIMESTAMP"),
    ("mentorship", "junior_seen_at", "TIMESTAMP"),
    ("round", "solve_again", "BOOLEAN NOT NULL DEFAULT false"),
    ("round", "announced_at", "DATE"),
    ("round", "objections_until", "DATE"),
    ("mentorship", "farewell", "VARCHAR(500) NOT NULL DEFAULT ''"),
    ("mentorship", "farewell_by_id", "INTEGER"),
    ("mentorship", "ends_on", "DATE"),
    ("mentorship", "ends_as", "VARCHAR(20) NOT NULL DEFAULT ''"),
    ("mentorship", "ends_again", "BOOLEAN NOT NULL DEFAULT false"),
    ("mentorship", "ends_by_id", "INTEGER"),
    ("mentor_request", "outside_on", "DATE"),
    ("mentor_request", "trainer", "BOOLEAN NOT NULL DEFAULT false"),
    ("signal", "did", "JSON NOT NULL DEFAULT '[]'"),
    ("signal", "asked_hours", "NUMERIC(4, 2)"),
    ("signal", "talk_on", "DATE"),
    ("signal", "handed_at", "TIMESTAMP"),
    ("goal", "due_on", "DATE"),
    ("goal", "held_on", "DATE"),
)
"""Columns that came after them, as an import wants them."""


def test_who_was_asked_keeps_the_questions_of_before(engine: sa.Engine, tmp_path: pathlib.Path, now: datetime):
    migrations.downgrade(engine, BEFORE_STANDARD)
    migrations.upgrade(engine, BEFORE_STANDARD)
    later = [tables.metadata.tables[name] for name in AFTER_STANDARD]
    tables.metadata.create_all(engine, later)  # which came after, and an import looks there
    with engine.begin() as connection:
        for table, column, kept_as in LATER_COLUMNS:
            connection.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column} {kept_as}"))
    fill(engine, tmp_path / "export", now)
    tables.metadata.drop_all(engine, later)
    with engine.begin() as connection:
        for table, column, _sort in LATER_COLUMNS:
            connection.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    with Session(engine) as session:
        before = newest_set(session).questions
    migrations.upgrade(engine)
    with Session(engine) as session:
        assert newest_set(session).questions == before and not is_standard(newest_set(session))


def test_who_waited_before_waiting_counted_has_waited(engine: sa.Engine, session: Session, organisation: Organisation):
    """Counted from the rounds that were published; and where something was agreed, waiting counts nothing yet."""
    organisation.agree()
    asked = organisation.asks("junior")
    for number, published_at in enumerate((organisation.now, organisation.now, None)):
        held = Round(name=f"R{number}", floor=0.3, spread=0.02, created_at=organisation.now, published_at=published_at)
        session.add(held)
        session.flush()
        session.add(RoundUnmatched(round_id=held.id, request_id=asked, funnel=[]))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("waiting"))
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(MentorRequest, asked).waited == 2
        assert programme(again).waiting == 0
        assert again.exec(select(Round.waiting)).all() == [0, 0, 0]


def test_of_pairs_that_ended_before_nobody_said_how(engine: sa.Engine, session: Session, organisation: Organisation):
    """They are not paired again, as they were told; what is said since has a short list to choose from."""
    ended = organisation.pair("senior", "junior", "ended")
    session.commit()
    session.close()
    migrations.downgrade(engine, before("ending"))
    migrations.upgrade(engine)
    with Session(engine) as again:
        pair = again.get_one(Mentorship, ended)
        assert (pair.ended_as, pair.expected_end) == ("", None)
        pair.ended_as = "lazy"
        with pytest.raises(sa.exc.IntegrityError):
            again.flush()


def test_a_pair_made_at_once_keeps_its_day_through_an_upgrade(engine: sa.Engine, organisation: Organisation):
    """What was proposed before waits for no manager; the version before forgets who may object until when."""
    until = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    pair_id = organisation.pair("senior", "junior")
    organisation.session.commit()
    migrations.downgrade(engine, before("direct"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        settings = programme(session)
        assert (settings.direct_days, settings.managers_pair) == (1, False)
        found = session.get_one(Mentorship, pair_id)
        assert found.objections_until is None
        found.objections_until = until
        settings.direct_days = 10
        session.commit()
    for table, wrong in (("direct_days", 11), ("direct_days", -1)):
        with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
            connection.execute(sa.text(f"UPDATE programme SET {table} = {wrong}"))
    migrations.downgrade(engine, before("direct"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        assert session.get_one(Mentorship, pair_id).objections_until is None and programme(session).direct_days == 1


def test_a_withdrawn_proposal_is_one_not_answered_in_time_for_the_version_before(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    gone = organisation.pair("senior", "junior", "refused", junior_accepted=None, withdrawn_at=now, junior_seen_at=now)
    session.add(ProposalReminder(mentorship_id=gone, person_id=organisation.people["junior"], reminded_at=now))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("proposals"))
    assert "proposal_reminder" not in tables_of(engine)
    migrations.upgrade(engine)
    with Session(engine) as again:
        pair = again.get_one(Mentorship, gone)
        assert (pair.stands, pair.withdrawn_at, pair.junior_seen_at) == ("expired", None, None)


def test_rounds_of_before_keep_all_that_hangs_on_them(engine: sa.Engine, session: Session, organisation: Organisation):
    """The state of a round is held by a constraint, which SQLite changes by making the table anew."""
    organisation.agree()
    asked = organisation.asks("junior")
    mentor = organisation.people["senior"]
    for number, state in enumerate(("announced", "published"), start=1):
        session.add(Round(id=number, name=state, status=state, floor=0.3, spread=0.02, created_at=organisation.now))
        session.flush()
        key: dict[str, Any] = {"round_id": number, "request_id": asked}
        session.add(RoundPair(**key, mentor_id=mentor, score=1))
        session.add(RoundOverride(**key, mentor_id=mentor, kind="lock", decided_at=organisation.now))
        session.add(RoundUnmatched(**key, funnel=[]))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("announced"))
    with engine.begin() as connection:
        stands = connection.execute(sa.text("SELECT id, status FROM round ORDER BY id")).all()
        assert [tuple(row) for row in stands] == [(1, "solved"), (2, "published")]
        with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
            connection.execute(sa.text("UPDATE round SET status = 'announced'"))
    migrations.upgrade(engine)
    with Session(engine) as again:
        for part in (RoundPair, RoundOverride, RoundUnmatched):
            assert len(again.exec(select(part)).all()) == 2
        assert programme(again).objection_days == 0, "nobody agreed to announcing"
        again.delete(again.get_one(Round, 1))
        again.commit()
        assert len(again.exec(select(RoundPair)).all()) == 1, "what points at a round still goes with it"


def test_who_was_asked_for_a_place_is_forgotten_and_their_requests_stand(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    asked = organisation.asks("junior")
    session.get_one(MentorRequest, asked).outside_on = now.date()
    mentor = organisation.people["senior"]
    session.add(PlaceAsked(mentor_id=mentor, request_id=asked, asked_at=now, waiting=2, gain=1))
    session.add(FreePlace(person_id=mentor, places=1, came_at=now, waiting=1))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("waiting_list"))
    assert not {"place_asked", "free_place"} & set(tables_of(engine))
    migrations.upgrade(engine)
    with Session(engine) as again:
        request = again.get_one(MentorRequest, asked)
        assert (request.status, request.outside_on) == ("open", None)
        assert again.exec(select(PlaceAsked)).all() == [] and again.exec(select(FreePlace)).all() == []


def test_whom_one_expected_is_forgotten_and_sites_and_domains_stand(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    site, domain = organisation.sites["Ede"], organisation.domains["Pneumatiek"]
    session.add(ExpectedNewcomers(month=date(2027, 2, 1), site_id=site, domain_id=domain, number=4))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("expected_newcomers"))
    assert "expected_newcomers" not in tables_of(engine)
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(Site, site).name == "Ede" and again.exec(select(ExpectedNewcomers)).all() == []
        again.add(ExpectedNewcomers(month=date(2027, 2, 1), site_id=site, domain_id=domain, number=0))
        with pytest.raises(sa.exc.IntegrityError):
            again.commit()


def test_outcomes_that_were_kept_are_forgotten(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    kept = {"quarter": now.date(), "site": 0, "figures": {"steps": {"number": 3}}}
    session.add(KeptOutcome(**kept))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("kept_outcome"))
    assert "kept_outcome" not in tables_of(engine)
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.exec(select(KeptOutcome)).all() == []
        again.add(KeptOutcome(**kept))
        again.flush()
        again.add(KeptOutcome(**kept))
        with pytest.raises(sa.exc.IntegrityError):
            again.flush()


def test_what_jobs_ask_is_forgotten_and_people_and_domains_stand(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    session.add(JobProfile(id=1, name="Monteur"))
    session.flush()
    domain = organisation.domains["Pneumatiek"]
    junior, coordinator = organisation.people["junior"], organisation.people["coordinator"]
    session.add(JobLevel(profile_id=1, domain_id=domain, level=3))
    session.add(JobHeld(person_id=junior, profile_id=1, since=now.date(), set_by=coordinator, shown=True))
    session.add(Course(domain_id=domain, title="Basis", days=Decimal("2.5"), basics=True))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("job_profiles"))
    assert tables_of(engine).isdisjoint({"job_profile", "job_level", "job_held", "course"})
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(Person, junior).id == junior and again.get_one(Domain, domain).name == "Pneumatiek"
        assert again.exec(select(JobHeld)).all() == []
        again.add(JobProfile(id=1, name="Monteur"))
        again.flush()
        again.add(JobLevel(profile_id=1, domain_id=domain, level=0))
        with pytest.raises(sa.exc.IntegrityError):
            again.commit()


def test_paths_are_forgotten_and_jobs_and_courses_stand(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    session.add(JobProfile(id=1, name="Monteur"))
    domain, other = organisation.domains["Pneumatiek"], organisation.domains["PLC-programmering"]
    junior = organisation.people["junior"]
    session.add(Course(id=1, domain_id=domain, title="Basis", days=Decimal("2.5"), basics=True))
    session.flush()
    session.add(PathChosen(person_id=junior, profile_id=1, chosen_at=now))
    session.add(CourseFollowed(person_id=junior, course_id=1, followed_on=now.date()))
    session.add(BuildsOn(domain_id=domain, base_id=other))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("development_path"))
    assert tables_of(engine).isdisjoint({"path_chosen", "course_followed", "builds_on"})
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(JobProfile, 1).name == "Monteur" and again.get_one(Course, 1).title == "Basis"
        assert again.exec(select(PathChosen)).all() == []
        again.add(BuildsOn(domain_id=domain, base_id=domain))
        with pytest.raises(sa.exc.IntegrityError):
            again.commit()


def test_what_is_handed_over_is_forgotten_and_people_and_domains_stand(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    domain = organisation.domains["Pneumatiek"]
    senior, junior = organisation.people["senior"], organisation.people["junior"]
    plan = {"person_id": senior, "started_at": now, "started_by": junior, "shared": True, "changed_at": now}
    piece = {"person_id": senior, "domain_id": domain, "position": 1, "receiver_id": junior, "due_on": now.date()}
    session.add(HandoverPlan(**plan))
    session.add(HandoverPiece(**piece, place="map K, lade 3", step=3, stepped_on=now.date()))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("handover"))
    assert tables_of(engine).isdisjoint({"handover_plan", "handover_piece"})
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(Person, senior).id == senior and again.get_one(Domain, domain).name == "Pneumatiek"
        assert again.exec(select(HandoverPlan)).all() == [] == again.exec(select(HandoverPiece)).all()
    for wrong in ({"step": 3}, {"step": 4, "place": "x"}, {"position": 0}, {"receiver_id": senior}):
        with Session(engine) as again:
            again.add(HandoverPlan(**plan))
            again.add(HandoverPiece(**(piece | wrong)))
            with pytest.raises(sa.exc.IntegrityError):
                again.commit()


def test_certificates_are_forgotten_and_people_and_domains_stand(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    session.add(CertificateKind(id=1, name="VCA", domain_id=organisation.domains["Pneumatiek"], months=120))
    session.flush()
    junior = organisation.people["junior"]
    theirs = {"person_id": junior, "kind_id": 1, "noted_by": junior, "noted_at": now}
    asked = organisation.asks("junior")
    session.get_one(MentorRequest, asked).trainer = True
    pair = organisation.pair("senior", "junior", "active", started_on=now.date())
    for rule in ("trainer", "site"):
        session.add(FailingRule(mentorship_id=pair, rule=rule, found_at=now))
    session.add(Certificate(got_on=date(2020, 1, 1), ends_on=date(2030, 1, 1), **theirs))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("certificates"))
    assert tables_of(engine).isdisjoint({"certificate_kind", "certificate"})
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(Person, junior).id == junior
        assert again.exec(select(Certificate)).all() == []
        assert not again.get_one(MentorRequest, asked).trainer
        assert again.exec(select(FailingRule.rule)).all() == ["site"]
        again.add(CertificateKind(id=1, name="VCA"))
        again.flush()
        again.add(Certificate(got_on=date(2020, 1, 1), ends_on=date(2020, 1, 1), **theirs))
        with pytest.raises(sa.exc.IntegrityError):
            again.commit()


def test_the_pulse_is_forgotten_and_people_stand(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    wave = {"opens_on": now.date(), "closes_on": now.date(), "grouping": "role"}
    junior = organisation.people["junior"]
    session.add(PulseWave(id=1, **wave))
    session.flush()
    session.add(PulseInvited(wave_id=1, person_id=junior, grouped="junior", invited_on=now.date()))
    session.add(PulseBuffer(key="a", wave_id=1, grouped="junior", answers={"holders": "5"}))
    session.add(PulseSlip(key="b", wave_id=1, question="holders", grouped="", answer="5"))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("pulse"))
    assert not {name for name in tables_of(engine) if name.startswith("pulse")}
    migrations.upgrade(engine)
    for wrong in ({"closes_on": date(2020, 1, 1)}, {"grouping": "age"}, {"invited": 3, "answered": 4}):
        with Session(engine) as again:
            assert again.get_one(Person, junior).id == junior and again.exec(select(PulseWave)).all() == []
            again.add(PulseWave(**(wave | wrong)))
            with pytest.raises(sa.exc.IntegrityError):
                again.commit()


def test_first_meetings_are_forgotten_and_the_pair_stands(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    pair = organisation.pair("senior", "junior", "active", started_on=now.date())
    junior = organisation.people["junior"]
    point = {"mentorship_id": pair, "point": "long", "agreed": "half", "chosen_at": now}
    session.add(MeetingPoint(**point, proposed="hour", side="junior"))
    session.add(MeetingAside(mentorship_id=pair, person_id=junior, aside_at=now))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("first_meeting"))
    assert tables_of(engine).isdisjoint({"meeting_point", "meeting_aside"})
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(Mentorship, pair).status == "active"
        assert again.exec(select(MeetingPoint)).all() == [] == again.exec(select(MeetingAside)).all()
    wrong = ({"proposed": "hour"}, {"proposed": "half", "side": "junior"}, {"agreed": ""}, {"side": "x"})
    for values in wrong:
        with Session(engine) as again:
            again.add(MeetingPoint(**(point | values)))
            with pytest.raises(sa.exc.IntegrityError):
                again.commit()


def test_notes_about_requests_are_forgotten_and_the_round_stands(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    asked = organisation.asks("junior")
    session.add(Round(id=1, name="R", floor=0.3, spread=0.02, created_at=now))
    session.flush()
    who = organisation.people["coordinator"]
    session.add(RoundNote(round_id=1, request_id=asked, by_id=who, words="W", noted_at=now))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("round_note"))
    assert "round_note" not in tables_of(engine)
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(Round, 1).name == "R" and again.exec(select(RoundNote)).all() == []
        again.add(RoundNote(round_id=1, request_id=asked, by_id=who, words="W", noted_at=now))
        again.commit()
        again.delete(again.get_one(Round, 1))
        again.commit()
        assert again.exec(select(RoundNote)).all() == [], "it goes with its round, by whichever version"


def test_what_ended_comes_back_into_a_free_place_and_in_the_version_before_never(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    ended = organisation.pair("senior", "junior", "ended", farewell="Dank voor alles.")
    session.commit()
    session.close()
    back = sa.text("UPDATE mentorship SET status = 'active', ended_on = NULL, ended_as = ''")
    migrations.downgrade(engine, before("farewell"))
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(back)
    migrations.upgrade(engine)
    with Session(engine) as again:
        assert again.get_one(Mentorship, ended).farewell == ""
    with engine.begin() as connection:
        connection.execute(back)


def test_a_day_on_which_a_pair_ends_is_forgotten_by_the_version_before(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    values = {"started_on": now.date(), "ends_on": now.date(), "ends_as": "time", "ends_again": True}
    runs = organisation.pair("senior", "junior", "active", ends_by_id=organisation.people["senior"], **values)
    session.commit()
    session.close()
    migrations.downgrade(engine, before("planned_end"))
    there = {column["name"] for column in sa.inspect(engine).get_columns("mentorship")}
    assert not {"ends_on", "ends_as", "ends_again", "ends_by_id"} & there
    migrations.upgrade(engine)
    with Session(engine) as again:
        pair = again.get_one(Mentorship, runs)
        assert (pair.status, pair.ends_on, pair.ends_as, pair.ends_again) == ("active", None, "", False)
        assert pair.ends_by_id is None


def test_the_day_of_a_goal_is_forgotten_by_the_version_before(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    pair = organisation.pair("senior", "junior", "paused", started_on=now.date())
    wanted = {"domain_id": organisation.domain("Pneumatiek"), "start_level": 1, "target_level": 3, "made_at": now}
    session.add(Goal(mentorship_id=pair, words="Kleppen", due_on=now.date(), held_on=now.date(), **wanted))
    session.commit()
    session.close()
    migrations.downgrade(engine, before("goal_date"))
    there = {column["name"] for column in sa.inspect(engine).get_columns("goal")}
    assert not {"due_on", "held_on"} & there
    migrations.upgrade(engine)
    with Session(engine) as again:
        goal = again.exec(select(Goal)).one()
        assert (goal.words, goal.target_level, goal.due_on, goal.held_on) == ("Kleppen", 3, None, None)


def test_a_message_that_waits_is_not_sent_by_the_version_before(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    """It knows neither the message nor how to write its mail, and three topics; what was chosen of those stays."""
    junior = organisation.people["junior"]
    waits = {"recipient_id": junior, "due_on": now.date(), "created_at": now}
    message = Message(selection="people", subject_nl="Vrijdag", body_nl="Tot dan", made_at=now, sent_at=now)
    session.add(message)
    session.flush()
    session.add_all(
        [
            MessageRecipient(message_id=message.id or 0, person_id=junior, by_mail=True, subject="x", body="x"),
            KeptText(name="Vrijdag", subject_nl="Vrijdag", body_nl="Tot dan", kept_at=now),
            OutboxRow(kind="message", about=str(message.id), **waits),
            OutboxRow(kind="proposal", about="1", **waits),
            MailPreference(person_id=junior, topic="message", wanted=False),
            MailPreference(person_id=junior, topic="duo", wanted=False),
        ]
    )
    session.commit()
    session.close()
    migrations.downgrade(engine, before("messages"))
    assert not {"message", "message_recipient", "kept_text"} & tables_of(engine)
    with Session(engine) as there:
        assert there.exec(select(OutboxRow.kind)).all() == ["proposal"]
        assert there.exec(select(MailPreference.topic)).all() == ["duo"]
    unknown = sa.text("UPDATE mail_preference SET topic = 'message'")
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(unknown)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(unknown)
    with Session(engine) as again:
        assert again.exec(select(Message)).all() == []
        (choice,) = again.exec(select(MailPreference)).all()
        assert (choice.topic, choice.wanted) == ("message", False)


def test_what_was_done_about_a_signal_is_forgotten_by_the_version_before(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    pair = organisation.pair("senior", "junior", "active", started_on=now.date())
    row = Signal(mentorship_id=pair, kind="apart", side="both", since=now.date(), raised_at=now, handed_at=now)
    row.did = [{"what": "talk", "by": None, "at": now.isoformat()}]
    row.asked_hours, row.talk_on = 4, now.date()
    session.add(row)
    session.commit()
    session.close()
    migrations.downgrade(engine, before("signal_steps"))
    assert "did" not in {column["name"] for column in sa.inspect(engine).get_columns("signal")}
    migrations.upgrade(engine)
    with Session(engine) as again:
        kept = again.exec(select(Signal)).one()
        assert (kept.kind, kept.did, kept.asked_hours, kept.talk_on, kept.handed_at) == ("apart", [], None, None, None)


def test_what_a_risk_is_called_is_set_anew_after_the_version_before(engine: sa.Engine, organisation: Organisation):
    migrations.downgrade(engine, before("what_a_risk_is_called"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        settings = programme(session)
        assert (settings.risk_moderate, settings.risk_high, settings.risk_very_high) == (5, 10, 16)
        settings.risk_moderate, settings.risk_high, settings.risk_very_high = 2, 3, 25
        session.commit()
    for name, wrong in (("risk_moderate", 1), ("risk_moderate", 3), ("risk_high", 25), ("risk_very_high", 26)):
        with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
            connection.execute(sa.text(f"UPDATE programme SET {name} = {wrong}"))
    migrations.downgrade(engine, before("what_a_risk_is_called"))
    migrations.upgrade(engine)
    with Session(engine) as session:
        assert programme(session).risk_high == 10
