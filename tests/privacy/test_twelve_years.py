"""Twelve years of people who come, work together and leave: at no moment is anything there whose time is over."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.personal import ENDED, HOLDS, LAST_DAY, LEFT, MADE, OVER, PAIR_ENDED, SENT, USED, Term
from mentorship.demo.build import hasty
from mentorship.people.models import Person, PersonRole
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on
from mentorship.tables import metadata
from mentorship.worker import jobs, purges
from tests.factories import Organisation
from tests.outbox.postbox import settings
from tests.privacy.planting import Planting, personal_tables, plant, plant_import, read_notice, texts
from tests.privacy.test_purges import statements

YEARS = 12
STEP = timedelta(days=31)
OF_PAIR = "JOIN mentorship m ON m.id = t.mentorship_id"
OF_REQUEST = "JOIN mentor_request r ON r.id = t.request_id"
OVER_REQUEST = "r.status <> 'open' AND NOT EXISTS (SELECT 1 FROM mentorship m WHERE m.request_id = r.id)"
UNUSED = " AND NOT EXISTS (SELECT 1 FROM round_pair x WHERE x.request_id = r.id)"
UNUSED += " AND NOT EXISTS (SELECT 1 FROM round_unmatched x WHERE x.request_id = r.id)"
UNUSED += " AND NOT EXISTS (SELECT 1 FROM round_override x WHERE x.request_id = r.id)"
UNUSED += " AND NOT EXISTS (SELECT 1 FROM announced_pair x WHERE x.request_id = r.id)"
UNUSED += " AND NOT EXISTS (SELECT 1 FROM objection x WHERE x.request_id = r.id)"
UNUSED += " AND NOT EXISTS (SELECT 1 FROM round_note x WHERE x.request_id = r.id)"
ROUNDS = "JOIN round r ON r.id = t.round_id"
LEFT_ASKER = "EXISTS (SELECT 1 FROM person p WHERE p.id = r.asker_id AND p.left_on IS NOT NULL)"
SINCE: dict[tuple[str, str], str] = {
    ("mentorship", PAIR_ENDED): "SELECT ended_on FROM mentorship WHERE status NOT IN ('proposed', 'active', 'paused')",
    ("check_in.note", PAIR_ENDED): f"SELECT m.ended_on FROM check_in t {OF_PAIR} WHERE t.note <> ''",
    ("check_in_answer", PAIR_ENDED): "SELECT m.ended_on FROM check_in_answer a JOIN check_in t ON t.id = a.check_in_id"
    f" {OF_PAIR}",
    ("level_claim", PAIR_ENDED): f"SELECT m.ended_on FROM level_claim c JOIN goal t ON t.id = c.goal_id {OF_PAIR}",
    ("mentor_request", PAIR_ENDED): f"SELECT r.changed_at FROM mentor_request r WHERE {OVER_REQUEST}{UNUSED}",
    ("need", PAIR_ENDED): f"SELECT r.changed_at FROM need t {OF_REQUEST} WHERE {OVER_REQUEST}{UNUSED}",
    ("request_outcome", PAIR_ENDED): f"SELECT r.changed_at FROM request_outcome t {OF_REQUEST}"
    f" WHERE {OVER_REQUEST}{UNUSED}",
    ("place_asked", PAIR_ENDED): f"SELECT r.changed_at FROM place_asked t {OF_REQUEST} WHERE {OVER_REQUEST}{UNUSED}",
    ("round", OVER): "SELECT published_at FROM round",
    ("round_pair", OVER): f"SELECT r.published_at FROM round_pair t {ROUNDS}",
    ("round_unmatched", OVER): f"SELECT r.published_at FROM round_unmatched t {ROUNDS}",
    ("round_override", OVER): f"SELECT r.published_at FROM round_override t {ROUNDS}",
    ("round_note", OVER): f"SELECT r.published_at FROM round_note t {ROUNDS}",
    ("announced_pair", OVER): f"SELECT r.published_at FROM announced_pair t {ROUNDS}",
    ("objection", OVER): f"SELECT r.published_at FROM objection t {ROUNDS}",
    ("stand_in", LAST_DAY): "SELECT last_day FROM stand_in",
    ("person", LEFT): "SELECT left_on FROM person WHERE given_name <> '' OR family_name <> '' OR email IS NOT NULL",
    ("counted_person", LEFT): "SELECT p.left_on FROM counted_person t JOIN person p ON p.id = t.whose_id",
    ("counted_answer", LEFT): "SELECT p.left_on FROM counted_answer a JOIN counted_person t ON t.id = a.counted_id"
    " JOIN person p ON p.id = t.whose_id",
    ("audit", MADE): "SELECT at FROM audit",
    ("message", MADE): "SELECT made_at FROM message",
    ("message_recipient", MADE): "SELECT m.made_at FROM message_recipient t JOIN message m ON m.id = t.message_id",
    ("privacy_request", MADE): "SELECT received_at FROM privacy_request r WHERE state NOT IN ('open', 'done')"
    f" OR about NOT IN ('figures', 'checkins') OR asker_id IS NULL OR {LEFT_ASKER}",
    ("erasure", MADE): "SELECT erased_at FROM erasure",
    ("undo", MADE): "SELECT at FROM undo",
    ("failed_sign_in", MADE): "SELECT at FROM failed_sign_in",
    ("taken_import", MADE): "SELECT at FROM taken_import",
    ("import_draft", MADE): "SELECT created_at FROM import_draft",
    (
        "import_draft_file",
        MADE,
    ): "SELECT d.created_at FROM import_draft d JOIN import_draft_file f ON f.draft_id = d.id",
    ("look", MADE): "SELECT day FROM look",
    ("away", LAST_DAY): "SELECT last_day FROM away",
    ("device", USED): "SELECT seen_at FROM device",
    ("certificate", ENDED): "SELECT ends_on FROM certificate",
    ("pulse_invited", ENDED): "SELECT w.closes_on FROM pulse_invited t JOIN pulse_wave w ON w.id = t.wave_id",
    ("quick_question", ENDED): "SELECT closed_at FROM quick_question",
    ("paper_link", ENDED): "SELECT coalesce(revoked_at, expires_at) FROM paper_link",
    ("tablet", ENDED): "SELECT ended_at FROM tablet",
    ("sign_in", ENDED): "SELECT coalesce(ended_at, expires_at) FROM sign_in",
    ("provider_session", ENDED): "SELECT coalesce(s.ended_at, s.expires_at) FROM provider_session p"
    " JOIN sign_in s ON s.id = p.sign_in_id",
    ("roster_change", HOLDS): "SELECT from_day FROM roster_change",
    ("outbox", SENT): "SELECT coalesce(sent_at, dropped_at, failed_at) FROM outbox",
    # what ends by itself says until when: the term is over then
    ("activation_code", MADE): "SELECT expires_at FROM activation_code",
    ("check_in_code", MADE): "SELECT expires_at FROM check_in_code",
    ("half_sign_in", MADE): "SELECT expires_at FROM half_sign_in",
    ("used_once", MADE): "SELECT until FROM used_once",
    ("pacing", MADE): "SELECT spent_until FROM pacing",
    # what is asked of by number and not by id is looked for by its words, below
    ("imported_record", PAIR_ENDED): "SELECT '1970-01-01' FROM imported_record WHERE kind = 'duo' AND key NOT IN"
    " (SELECT a.number || '/' || b.number FROM mentorship t JOIN person a ON a.id = t.mentor_id"
    " JOIN person b ON b.id = t.junior_id)",
    ("imported_record", LEFT): "",
    ("import_source", LEFT): "",
}
"""Since when a row of a table is kept, by what its term counts from."""
BY_ITSELF = {"activation_code", "check_in_code", "half_sign_in", "used_once", "pacing"}


def since(name: str, term: Term) -> str:
    """Return what asks of every row of a table, or a column, since when its time runs."""
    if (name, term.since) in SINCE:
        return SINCE[name, term.since]
    table = metadata.tables[name.split(".")[0]]
    if term.since == PAIR_ENDED and "mentorship_id" in table.columns:
        return f"SELECT m.ended_on FROM {table.name} t {OF_PAIR}"
    assert term.since == LEFT and "person_id" in table.columns, f"say in SINCE from when {name} is kept"
    return f"SELECT p.left_on FROM {table.name} t JOIN person p ON p.id = t.person_id"


def moment(value: Any) -> datetime | date:
    """Return a moment as the database gives it, be it as text or in milliseconds."""
    if isinstance(value, int):
        return datetime.fromtimestamp(value / 1000).astimezone()
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def is_over(value: datetime | date, name: str, term: Term, kept: Programme, now: datetime) -> bool:
    """Tell whether a term that runs since a moment is over."""
    months = getattr(kept, term.setting) if term.setting else term.months
    if name in BY_ITSELF:
        return value < now
    if months:
        day = local_date(value) if isinstance(value, datetime) else value
        return day < over_on(local_date(now), months)
    length = timedelta(days=term.days, minutes=term.minutes)
    if isinstance(value, datetime):
        return value < now - length
    return value < local_date(now) - length


def outlasting(connection: sa.Connection, kept: Programme, now: datetime) -> list[str]:
    """Return what is there though its stated time is over."""
    found = []
    for name, stated in statements().items():
        for term in stated["retention"]:
            asked = since(name, term)
            if not asked:
                continue
            for (value,) in connection.execute(sa.text(asked)):
                if value is not None and is_over(moment(value), name, term, kept, now):
                    found.append(f"{name}: kept since {value}, {term}")
    return found


def end_pairs(connection: sa.Connection, person_id: int, today: date) -> None:
    """Let somebody's pairs be over, so that they can begin another."""
    over = sa.text(
        "UPDATE mentorship SET status = 'ended', ended_on = :day"
        " WHERE (mentor_id = :person OR junior_id = :person) AND status = 'active'"
    )
    connection.execute(over, {"person": person_id, "day": today})


class Lives:
    """People who come and go, each with a row in every table as often as a year passes."""

    def __init__(self, engine: sa.Engine, organisation: Organisation, now: datetime) -> None:
        self.engine = engine
        self.now = self.began = now
        self.stays = organisation.people["manager"]
        self.site = organisation.sites[min(organisation.sites)]
        self.chance = Random(13)
        self.here: dict[int, tuple[str, int]] = {}
        self.gone: dict[str, date] = {}
        self.left: list[int] = []
        self.came = 0

    def comes(self) -> None:
        """Somebody comes, to leave after some years."""
        self.came += 1
        mark = f"Vogel{self.came:03}x"
        person = {
            "number": mark,
            "given_name": mark,
            "infix": mark,
            "family_name": mark,
            "email": f"{mark.lower()}@example.nl",
            "site_id": self.site,
            "department": mark,
            "languages": "nl",
            "locale": "en",
            "manager_id": self.stays,
            "sort_key": mark,
        }
        with self.engine.begin() as connection:
            made = connection.execute(metadata.tables["person"].insert().values(person))
            assert made.inserted_primary_key
            person_id = made.inserted_primary_key[0]
        self.here[person_id] = mark, self.chance.randrange(6, 50)

    def works(self) -> None:
        """Everybody here does all that leaves a row."""
        with self.engine.begin() as connection:
            other_number = connection.scalar(sa.text("SELECT number FROM person WHERE id = :id"), {"id": self.stays})
            for person_id, (mark, _) in self.here.items():
                for mentors in (False, True):
                    unique = f"{mark}{self.now:%y%m%d}"
                    about = Planting(person_id, self.stays, mark, str(other_number), unique, self.now, mentors)
                    end_pairs(connection, person_id, about.today)
                    plant(connection, about)
                    plant_import(connection, about)
        for person_id in self.here:
            self.told_of(person_id)

    def told_of(self, person_id: int) -> None:
        """Who stays reads a notice that names somebody, as their manager and as whom to ask."""
        with Session(self.engine) as session:
            stays, leaves = session.get_one(Person, self.stays), session.get_one(Person, person_id)
            stays.manager_id = person_id
            role = PersonRole(person_id=person_id, role="manager")
            session.merge(role)
            asked = programme(session)
            asked.contact_name, asked.contact_reach = leaves.name, f"{leaves.number}@example.nl"
            session.flush()
            read_notice(session, stays, self.now)
            stays.manager_id = None
            session.commit()

    def passes(self, time: timedelta = STEP) -> None:
        """Time passes: some have their last day, and the worker does its night work."""
        self.now += time
        today = local_date(self.now)
        with self.engine.begin() as connection:
            for person_id, (mark, months) in list(self.here.items()):
                if months:
                    self.here[person_id] = mark, months - 1
                    continue
                del self.here[person_id]
                self.left.append(person_id)
                self.gone[mark] = today - timedelta(days=1)
                leaves = sa.text("UPDATE person SET last_day = :day WHERE id = :id")
                connection.execute(leaves, {"day": self.gone[mark], "id": person_id})
        self.night()

    def leaves_at_once(self) -> None:
        """Who came last has their last day next; the others stay."""
        self.here = {person_id: (mark, 999) for person_id, (mark, _) in self.here.items()}
        last = max(self.here)
        self.here[last] = self.here[last][0], 0

    def night(self) -> None:
        """The worker passes by."""
        for job in (jobs.let_leave, jobs.upkeep, jobs.purge_all):
            job(self.engine, self.now, settings(25))

    def outlasting(self) -> list[str]:
        with Session(self.engine) as session:
            kept = programme(session)
            session.expunge_all()
        with self.engine.connect() as connection:
            return outlasting(connection, kept, self.now)

    def remembered(self) -> Iterator[str]:
        """Yield where anything stands of who left longer ago than 24 months."""
        over = over_on(local_date(self.now), 24)
        marks = [mark for mark, day in self.gone.items() if day <= over]
        with self.engine.connect() as connection:
            for table, told in texts(connection).items():
                for mark in marks:
                    if mark.lower() in told.lower():
                        yield f"{mark} in {table}"


@pytest.fixture
def lives(engine: sa.Engine, organisation: Organisation, now: datetime) -> Lives:
    return Lives(engine, organisation, now)


def test_every_table_with_personal_data_gets_a_row(lives: Lives):
    lives.comes()
    lives.works()
    with lives.engine.connect() as connection:
        told = texts(connection)
    empty = [table.name for table in personal_tables() if not told[table.name]]
    assert not empty
    about = Planting(1, 2, "1", "2", "Vogel001x", lives.now)
    for table in personal_tables():
        holds_words = "Vogel001x" in str(about.row(table))
        assert "Vogel001x" in told[table.name] or not holds_words, f"a mark in what {table.name} can hold"


@pytest.mark.parametrize("name", sorted(purges.PURGES.keys() - {"leaving"}))
def test_without_any_of_the_purges_something_outlasts_its_time(
    lives: Lives, name: str, monkeypatch: pytest.MonkeyPatch
):
    """The measure measures: one purge less, and it is seen."""
    monkeypatch.setitem(purges.PURGES, name, lambda session, now: None)
    lives.comes()
    lives.comes()
    lives.works()
    with lives.engine.begin() as connection:
        end_pairs(connection, lives.stays, local_date(lives.now))
    lives.leaves_at_once()
    found: list[str] = []
    for days in (1, 100, 30 * 13, 365):
        with suppress(sa.exc.IntegrityError):  # what should have gone before something still points at it
            lives.passes(timedelta(days=days))
        found += lives.outlasting() + list(lives.remembered())
    assert found


def test_nothing_goes_before_its_time(lives: Lives):
    """Who stays, and whose pairs end today, finds all for as long as is said."""
    lives.comes()
    lives.works()
    with lives.engine.begin() as connection:
        end_pairs(connection, lives.stays, local_date(lives.now))
    lives.here = {person_id: (mark, 999) for person_id, (mark, _) in lives.here.items()}
    began = lives.now
    due: dict[int, list[str]] = {}
    for name, stated in statements().items():
        term = stated["retention"][0]
        months = getattr(Programme(), term.setting) if term.setting else term.months
        days = months * 30 or term.days
        if term.since != LEFT and name not in BY_ITSELF and days > 7:
            due.setdefault(days, []).append(name)
    for days, names in sorted(due.items()):
        lives.passes(began + timedelta(days=days - 2) - lives.now)
        with lives.engine.connect() as connection:
            for name in names:
                table, _, column = name.partition(".")
                filled = f" WHERE {column} <> ''" if column else ""
                assert connection.scalar(sa.text(f"SELECT count(*) FROM {table}{filled}")), (
                    f"{name} after {days - 2} days"
                )
    assert len(due) > 6


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_is_deleted_is_gone_from_the_file_too(lives: Lives, kind: str):
    """SQLite leaves deleted bytes where they stood unless it is told not to."""
    lives.comes()
    lives.works()
    lives.leaves_at_once()
    lives.passes()
    assert b"vogel001x" in whole_file(lives)
    lives.passes(timedelta(days=365))
    lives.passes(timedelta(days=365))
    assert not list(lives.remembered()) and b"vogel001x" not in whole_file(lives)
    with lives.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1, "whatever it was built with"


def whole_file(lives: Lives) -> bytes:
    """Return the file of the database, in small letters."""
    lives.engine.dispose()
    path = pathlib.Path(str(lives.engine.url.database))
    return path.read_bytes().lower()


@pytest.mark.parametrize("status", ["missed", "skipped"])
def test_what_was_tapped_and_not_sent_goes_the_night_after_it_closed(lives: Lives, status: str):
    lives.comes()
    lives.works()
    with lives.engine.begin() as connection:
        connection.execute(sa.text("UPDATE check_in SET status = :status"), {"status": status})
    lives.night()
    with lives.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT * FROM check_in_answer")).all() == []
        assert connection.execute(sa.text("SELECT note FROM check_in")).scalars().all() == ["", ""]


def test_what_was_sent_stays(lives: Lives):
    lives.comes()
    lives.works()
    lives.night()
    with lives.engine.connect() as connection:
        assert len(connection.execute(sa.text("SELECT * FROM check_in_answer")).all()) == 2
        notes = connection.execute(sa.text("SELECT note FROM check_in")).scalars().all()
        assert len(notes) == 2 and all(notes)


def test_what_comes_in_after_somebody_left_goes_the_next_night(lives: Lives):
    lives.comes()
    lives.leaves_at_once()
    lives.passes()
    (person_id,) = lives.left
    with lives.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO contact VALUES (:id, '06', true, true)"), {"id": person_id})
    lives.now += timedelta(days=1)
    assert lives.outlasting()
    lives.night()
    assert not lives.outlasting()


@pytest.mark.long
def test_for_twelve_years_nothing_outlasts_its_time(lives: Lives):
    """Held once a quarter; at the end everybody left, and nothing of any of them is anywhere."""
    with hasty(lives.engine):
        live(lives)
    assert len(lives.gone) > 10


def live(lives: Lives) -> None:
    for month in range(YEARS * 12):
        if month % 6 == 0 and month < (YEARS - 3) * 12:
            lives.comes()
        if month % 12 == 3:
            lives.works()
        lives.passes()
        if month % 3 == 0:
            assert not lives.outlasting(), lives.now
            assert not list(lives.remembered()), lives.now
