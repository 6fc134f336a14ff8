"""An export into the database: taken in once, changed by nothing but a change, and a person's own edits win."""

from __future__ import annotations

import pathlib
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from mentorship.base.audit import AuditRow
from mentorship.base.errors import Refused
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.report import Difference, Report
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person, PersonRole, Site
from mentorship.profiles.models import Capacity, Domain, Expertise, FormComfort, FormWish, Plan
from mentorship.profiles.rosters.models import DayOff, Roster, RosterDay, WorkTime
from mentorship.profiles.rosters.queries import rosters_on
from tests.hr_import.conftest import Import
from tests.hr_import.exports import BUNDLED, Table, changed, dump, small, write

P, V, L, A, D, R, F = (
    "medewerkers.csv",
    "vaardigheden.csv",
    "leervoorkeuren.csv",
    "aanvragen.csv",
    "duos.csv",
    "roosters.csv",
    "vakgebieden.csv",
)


def person(session: Session, number: str) -> Person:
    return session.exec(select(Person).where(Person.number == number)).one()


def request_of(session: Session, number: str) -> MentorRequest:
    return session.exec(select(MentorRequest).where(MentorRequest.person_id == person(session, number).id)).one()


def roles(session: Session, number: str) -> set[str]:
    return set(session.exec(select(PersonRole.role).where(PersonRole.person_id == person(session, number).id)))


def of(session: Session, table, number: str):
    return session.exec(select(table).where(table.person_id == person(session, number).id)).one_or_none()


def settled(take_in: Import, session: Session, files: dict[str, Table]) -> None:
    """The same files once more change nothing."""
    before = dump(session)
    assert not take_in(files).changed
    assert dump(session) == before


def test_the_bundled_export_goes_in_once(session: Session, now: datetime) -> None:
    report = import_directory(session, BUNDLED, None, now)
    session.commit()
    assert Counter(session.exec(select(MentorRequest.status))) == {"open": 166, "placed": 15}
    pairs = session.exec(select(Mentorship)).all()
    assert len(pairs) == 15
    assert {(p.status, p.origin) for p in pairs} == {("active", "import")}
    for pair in pairs:
        request = session.get(MentorRequest, pair.request_id)
        assert request is not None
        assert (request.person_id, request.status) == (pair.junior_id, "placed")
    assert len(session.exec(select(Person)).all()) == 425
    assert report.kinds["person"].created == 425
    assert session.exec(select(Plan)).all() == []
    before = dump(session)
    again = import_directory(session, BUNDLED, None, now.replace(year=2027))
    session.commit()
    assert dump(session) == before
    assert not again.changed
    assert not again.differences
    assert not again.gone
    assert "Nothing changed" in again.to_text()
    assert "medewerkers.csv line 95 (90004): Rooster “6P-Z” is not known." in again.to_text().splitlines()


def nothing_changed(report: Report) -> list[str]:
    return [line for line in report.to_text().splitlines() if line.startswith("Nothing changed")]


def test_the_same_files_again_say_that_all_was_here(take_in: Import) -> None:
    assert nothing_changed(take_in(small())) == []
    assert nothing_changed(take_in(small())) == ["Nothing changed: everything was here already."]


def test_without_the_rosters_people_come_in_without_one(take_in: Import, session: Session) -> None:
    rows = small()["medewerkers.csv"]
    report = take_in({"medewerkers.csv": rows[:3]})
    numbers = select(Person.number).order_by(Person.number)
    assert session.exec(numbers).all() == ["1", "2"]
    assert of(session, WorkTime, "2").roster_id is None
    assert "roosters.csv: roosters.csv is not there. – because of that 2 rows" in report.to_text()
    take_in(small())
    assert of(session, WorkTime, "2").roster_id is not None


def test_nobody_without_a_name_is_taken(take_in: Import) -> None:
    header, _, meester = small()["medewerkers.csv"][:3]
    meester[3] = ""
    report = take_in({"medewerkers.csv": [header, meester]})
    assert not report.written
    assert nothing_changed(report) == ["Nothing changed: no row could be taken, for the reasons above."]


def test_files_without_rows_are_called_that(take_in: Import) -> None:
    header = small()["medewerkers.csv"][0]
    report = take_in({"medewerkers.csv": [header]})
    assert nothing_changed(report) == ["Nothing changed: the files have no rows."]


def test_what_was_set_aside_or_missing_was_not_here_already(take_in: Import) -> None:
    take_in(small())
    broken = changed("vaardigheden.csv", 2, "Niveau", "9")
    without = small()
    del without["vaardigheden.csv"]
    for files in (broken, without):
        assert nothing_changed(take_in(files)) == ["Nothing changed: what could be taken was here already."]


def test_what_stays_otherwise_here_was_not_here_already(take_in: Import, session: Session) -> None:
    take_in(small())
    person(session, "2").department = "Elders"
    session.commit()
    assert nothing_changed(take_in(small())) == ["Nothing changed: what could be taken was here already."]


def test_the_number_of_statements_does_not_grow_with_the_export(
    session: Session, now: datetime, engine: sa.Engine
) -> None:
    statements: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    import_directory(session, BUNDLED, None, now)
    # vocabulary goes in piece by piece; 420 people with 181 requests do not
    assert len(statements) < 150


@pytest.mark.parametrize("table", [PersonRole, WorkTime, Plan])
def test_what_everybody_has_is_read_as_values(take_in: Import, session: Session, table: type[SQLModel]) -> None:
    """Of 30,000 people the objects would take five times the memory and the time of their values."""
    take_in(small(), take_outflow=True)
    session.expunge_all()
    loaded = []

    def note(row: object, _context: object) -> None:
        loaded.append(row)

    sa.event.listen(table, "load", note)
    try:
        assert not take_in(small(), take_outflow=True).changed
    finally:
        sa.event.remove(table, "load", note)
    assert session.exec(sa.select(sa.func.count()).select_from(table)).scalar_one() > 0
    assert not loaded


def test_what_was_read_is_what_is_stored(take_in: Import, session: Session, now: datetime) -> None:
    take_in(small())
    mentor, junior = person(session, "2"), person(session, "3")
    assert mentor.name == "Bep van Meester"
    assert (mentor.email, mentor.languages, mentor.department) == ("bep@b.example", "nl,en", "Werk")
    assert mentor.manager_id == person(session, "1").id
    assert session.get(Site, mentor.site_id).name == "Delft"
    assert person(session, "4").email is None
    assert (roles(session, "1"), roles(session, "5")) == ({"manager"}, {"junior", "senior"})
    offered = of(session, Capacity, "2")
    assert (offered.places, offered.hours, offered.confirmed_hours) == (2, Decimal("4.5"), Decimal("4.5"))
    assert of(session, Capacity, "3") is None
    off = of(session, DayOff, "3")
    assert (off.weekday, off.school) == (2, True)
    assert of(session, WorkTime, "1").remote
    assert of(session, WorkTime, "5").roster_id is None
    night = session.exec(select(Roster).where(Roster.name == "NACHT")).one()
    assert (night.days, night.starts_on) == (4, date(2026, 1, 5))
    assert set(session.exec(select(RosterDay.day).where(RosterDay.roster_id == night.id))) == {0, 1}
    wishes = session.exec(select(FormWish.form, FormWish.weight).where(FormWish.person_id == junior.id)).all()
    assert dict(wishes)["on_the_job"] == 5
    comforts = session.exec(select(FormComfort.form, FormComfort.comfort)).all()
    assert dict(comforts) == {"on_the_job": 4, "classroom": 0, "online": 1, "with_colleague": 4, "short_modules": 2}
    asked = request_of(session, "3")
    assert (asked.goal, asked.status) == ("zelf lassen", "open")
    needs = session.exec(select(Need).where(Need.request_id == asked.id).order_by(Need.position)).all()
    assert [(n.current_level, n.target_level, n.importance) for n in needs] == [(1, 3, 3), (0, 2, 1)]
    pair = session.exec(select(Mentorship)).one()
    assert (pair.started_on, pair.request_id) == (date(2026, 3, 1), request_of(session, "4").id)
    assert request_of(session, "4").status == "placed"


def test_the_same_files_again_change_nothing(take_in: Import, session: Session) -> None:
    take_in(small(), take_outflow=True)
    before = dump(session)
    for choices in ({"take_outflow": True}, {}):
        assert not take_in(small(), **choices).changed
        assert dump(session) == before


def rosters_then(session: Session) -> dict[int, int]:
    """Who works by which roster once the import was taken in."""
    return rosters_on(session, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("column", "value", "read"),
    [
        ("Achternaam", "Anders", lambda s: person(s, "2").family_name == "Anders"),
        ("Voorvoegsel", "", lambda s: person(s, "2").infix == ""),
        ("E-mail werk", "", lambda s: person(s, "2").email is None),
        ("Vestiging", "Nieuwstad", lambda s: s.get(Site, person(s, "2").site_id).name == "Nieuwstad"),
        ("Leidinggevende", "", lambda s: person(s, "2").manager_id is None),
        ("Rol", "medewerker", lambda s: roles(s, "2") == set()),
        ("Rooster", "", lambda s: person(s, "2").id not in rosters_then(s)),
        ("Schooldag", "vr", lambda s: of(s, DayOff, "2").weekday == 4),
        ("Op afstand", "ja", lambda s: of(s, WorkTime, "2").remote),
        ("Talen", "en", lambda s: person(s, "2").languages == "en"),
        ("Plaatsen mentor", "3", lambda s: of(s, Capacity, "2").places == 3),
        ("Uren mentor p/w", "6.25", lambda s: of(s, Capacity, "2").confirmed_hours == Decimal("6.25")),
    ],
)
def test_a_change_in_the_file_comes_in(column: str, value: str, read, take_in: Import, session: Session) -> None:
    take_in(small())
    files = changed(P, 3, column, value)
    if column == "Rol":
        files[L].pop(1)  # somebody without a role has no comfort with teaching
        files[L][1][0] = "3"
    report = take_in(files)
    assert report.kinds["person"].updated == 1
    assert not report.differences
    assert read(session)
    settled(take_in, session, files)


def test_places_and_hours_that_are_emptied_go(take_in: Import, session: Session) -> None:
    take_in(small())
    files = changed(P, 3, "Plaatsen mentor", "")
    files[P][2][14] = ""
    take_in(files)
    assert of(session, Capacity, "2") is None
    settled(take_in, session, files)


def test_other_records_follow_the_file(take_in: Import, session: Session) -> None:
    take_in(small())
    files = small()
    files[V][1][2], files[R][2][2], files[F][2][1], files[D][1][2] = "4", "N - -", "ja", "Lassen"
    files[L][1][1], files[L][2][1:] = "3", ["1", "2", "3", "4", "5"]
    files[A][1][1], files[A][1][5] = "Pompen", "pompen"
    report = take_in(files)
    assert not report.differences
    assert {k: c.updated for k, c in report.kinds.items() if c.updated} == {
        "expertise": 1,
        "roster": 1,
        "domain": 1,
        "duo": 1,
        "comfort": 1,
        "wish": 1,
        "request": 1,
    }
    asked = request_of(session, "3")
    first = session.exec(select(Need).where(Need.request_id == asked.id, Need.position == 1)).one()
    assert session.get(Domain, first.domain_id).name == "Pompen"
    assert asked.goal == "pompen"
    settled(take_in, session, files)


def test_an_address_may_pass_from_one_to_another(take_in: Import, session: Session) -> None:
    take_in(small())
    files = small()
    files[P][2][4], files[P][3][4] = files[P][3][4], files[P][2][4]
    assert take_in(files).kinds["person"].updated == 2
    assert (person(session, "2").email, person(session, "3").email) == ("cor@b.example", "bep@b.example")


def test_own_edits_win_and_the_differences_are_listed(take_in: Import, session: Session) -> None:
    take_in(small())
    person(session, "2").email = "thuis@b.example"
    of(session, Capacity, "2").places = 1
    session.add(PersonRole(person_id=person(session, "3").id, role="senior"))
    session.add(PersonRole(person_id=person(session, "3").id, role="coordinator"))
    skill = session.exec(select(Expertise).where(Expertise.level == 3)).one()
    skill.willing = True
    request_of(session, "3").goal = "anders"
    session.commit()
    before = dump(session)
    for files in (small(), small()):
        report = take_in(files)
        assert not report.changed
        assert sorted(report.differences, key=lambda d: (d.who, d.field)) == [
            Difference("person", "2", "email", "bep@b.example", "thuis@b.example"),
            Difference("person", "2", "places", 2, 1),
            Difference("expertise", "2 PLC", "willing", False, True),
            Difference("request", "3", "goal", "zelf lassen", "anders"),
            Difference("person", "3", "roles", ["junior"], ["junior", "senior"]),
        ]
        assert dump(session) == before
    assert "people 2, places: the file says 2, here it is 1" in report.to_text()
    # a change beside the own edit still comes in, and so does one that agrees with it
    files = changed(P, 3, "Afdeling", "Buiten")
    files[P][2][4] = "thuis@b.example"
    report = take_in(files)
    assert person(session, "2").department == "Buiten"
    assert [d.field for d in report.differences if d.who == "2"] == ["places"]
    assert "coordinator" in roles(session, "3")


def test_hours_that_a_manager_confirmed_otherwise_stay(take_in: Import, session: Session) -> None:
    take_in(small())
    of(session, Capacity, "2").confirmed_hours = Decimal(2)
    session.commit()
    report = take_in(changed(P, 3, "Uren mentor p/w", "8"))
    assert report.differences == [Difference("person", "2", "hours", "8", "4.5 (2)")]
    assert of(session, Capacity, "2").confirmed_hours == 2


def test_what_was_removed_here_stays_removed(take_in: Import, session: Session) -> None:
    take_in(small())
    request_of(session, "3").status = "withdrawn"
    session.delete(session.exec(select(Expertise).where(Expertise.level == 5)).one())
    pair = session.exec(select(Mentorship)).one()
    pair.status = "ended"
    session.commit()
    before = dump(session)
    report = take_in(small())
    assert {(d.kind, d.who, d.field) for d in report.differences} == {
        ("request", "3", ""),
        ("expertise", "2 Lassen", ""),
        ("duo", "2/4", ""),
    }
    assert "mentor requests 3: removed here, still in the file" in report.to_text()
    assert dump(session) == before
    take_in(changed(V, 2, "Niveau", "4"))
    assert len(session.exec(select(Expertise)).all()) == 2
    assert request_of(session, "3").status == "withdrawn"


def test_a_name_changed_here_is_followed(take_in: Import, session: Session) -> None:
    take_in(small())
    session.exec(select(Domain).where(Domain.name == "Lassen")).one().name = "TIG-lassen"
    session.exec(select(Site).where(Site.name == "Delft")).one().name = "Delft-Noord"
    session.exec(select(Roster).where(Roster.name == "DAG")).one().name = "Dagdienst"
    session.commit()
    report = take_in(small())
    assert not report.changed
    assert not report.differences
    assert len(session.exec(select(Domain)).all()) == 4
    settled(take_in, session, small())


def test_who_is_no_longer_in_the_file_is_listed_and_stays(take_in: Import, session: Session) -> None:
    take_in(small())
    files = small()
    files[P].pop(3)
    for name in (A, V, L):
        files[name] = [row for row in files[name] if row[0] != "3"]
    files[V].pop(1)
    report = take_in(files)
    assert [(g.kind, g.who) for g in report.gone] == [("person", "3"), ("expertise", "2 Lassen")]
    assert not report.changed
    assert person(session, "3").left_on is None
    # a row that is set aside is still in the file
    assert not take_in(changed(P, 4, "Rooster", "?")).gone


def test_a_new_pair_places_the_open_request(take_in: Import, session: Session) -> None:
    take_in(small())
    files = small()
    files[D].append(["5", "3", "PLC", "01-09-2026"])
    take_in(files)
    pair = session.exec(select(Mentorship).where(Mentorship.junior_id == person(session, "3").id)).one()
    assert pair.request_id == request_of(session, "3").id
    assert request_of(session, "3").status == "placed"
    settled(take_in, session, files)


def test_a_pair_that_runs_here_already_is_left_alone(take_in: Import, session: Session) -> None:
    files = small()
    files.pop(D)
    take_in(files)
    session.add(
        Mentorship(
            mentor_id=person(session, "2").id,
            junior_id=person(session, "4").id,
            status="paused",
            origin="import",
            domain_id=session.exec(select(Domain.id).where(Domain.name == "PLC")).one(),
            started_on=date(2026, 3, 1),
        )
    )
    session.commit()
    report = take_in(small())
    assert report.kinds["duo"].unchanged == 1
    assert session.exec(select(Mentorship)).one().status == "paused"


def test_two_mentors_for_one_junior(take_in: Import, session: Session) -> None:
    files = small()
    files[D].insert(1, ["5", "4", "Meten", "01-01-2026"])
    take_in(files)
    linked = {p.mentor_id: p.request_id for p in session.exec(select(Mentorship))}
    assert linked == {person(session, "5").id: None, person(session, "2").id: request_of(session, "4").id}


def test_an_own_request_is_kept(take_in: Import, session: Session, now: datetime) -> None:
    files = small()
    files.pop(A)
    take_in(files)
    own = MentorRequest(person_id=person(session, "3").id, goal="eigen", created_at=now, changed_at=now)
    session.add(own)
    session.commit()
    report = take_in(small())
    assert {(d.who, d.field) for d in report.differences} == {("3", "goal"), ("3", "needs")}
    assert request_of(session, "3").goal == "eigen"


def test_own_edits_and_the_file_together_never_close_a_circle(take_in: Import, session: Session) -> None:
    take_in(small())
    one, two = person(session, "1"), person(session, "2")
    two.manager_id = None
    one.manager_id = two.id
    session.commit()
    files = changed(P, 3, "Leidinggevende", "")  # nothing to merge for 2; for 3 the file says 1
    files[P][4][8] = "3"
    report = take_in(files)
    assert person(session, "1").manager_id == two.id
    assert ("person", "1", "manager") in {(d.kind, d.who, d.field) for d in report.differences}
    session.expire_all()
    person(session, "1").manager_id = person(session, "4").id
    session.commit()
    files[P][4][8] = "1"
    report = take_in(files)
    assert ("person", "4", "manager") in {(d.kind, d.who, d.field) for d in report.differences}
    assert person(session, "4").manager_id == person(session, "3").id


def test_an_address_kept_here_is_not_given_to_another(take_in: Import, session: Session) -> None:
    take_in(small())
    person(session, "2").email = "nieuw@b.example"
    session.commit()
    files = changed(P, 4, "E-mail werk", "nieuw@b.example")
    report = take_in(files)
    assert {(d.who, d.field) for d in report.differences} == {("2", "email"), ("3", "email")}
    assert person(session, "3").email == "cor@b.example"


def test_an_own_day_off_stays(take_in: Import, session: Session) -> None:
    take_in(small())
    session.add(DayOff(person_id=person(session, "2").id, weekday=4, school=False))
    session.commit()
    report = take_in(changed(P, 3, "Schooldag", "vr"))
    assert report.differences == [Difference("person", "2", "school_days", [4], [])]
    assert not of(session, DayOff, "2").school


def test_somebody_erased_here_does_not_come_back(take_in: Import, session: Session) -> None:
    take_in({P: small()[P][:3], R: small()[R], "diensten.csv": small()["diensten.csv"]})
    gone = person(session, "2")
    for table in (PersonRole, WorkTime, Capacity):
        session.delete(of(session, table, "2"))
    session.flush()
    session.delete(gone)
    session.commit()
    report = take_in(small())
    assert ("person", "2", "") in {(d.kind, d.who, d.field) for d in report.differences}
    assert sorted(session.exec(select(Person.number))) == ["1", "3", "4", "5"]
    settled(take_in, session, small())


def test_the_outflow_is_taken_by_choice_logged_and_the_persons_own_after_that(
    take_in: Import, session: Session
) -> None:
    take_in(small())
    assert of(session, Plan, "2") is None
    take_in(small(), take_outflow=True)
    assert [row.horizon for row in session.exec(select(Plan))] == ["under_1"]
    verbs = session.exec(select(AuditRow.verb).order_by(AuditRow.id)).all()
    assert verbs == ["import", "import", "import outflow horizons"]
    of(session, Plan, "2").horizon = "unknown"
    session.commit()
    report = take_in(small(), take_outflow=True)
    assert report.differences == [Difference("person", "2", "horizon", "under_1", "unknown")]
    take_in(small())
    assert of(session, Plan, "2").horizon == "unknown"


def test_a_column_that_is_not_there_says_nothing(take_in: Import, session: Session) -> None:
    take_in(small())
    before = dump(session)
    files = small()
    files[P] = [row[:2] + row[3:4] + row[5:6] + row[7:10] + row[11:12] for row in files[P]]
    files[A] = [row[:5] for row in files[A]]
    assert not take_in(files).changed
    assert dump(session) == before


def test_nothing_goes_in_when_the_export_is_refused_or_rolled_back(
    session: Session, now: datetime, tmp_path: pathlib.Path
) -> None:
    before = dump(session)
    files = small()
    files[D][0][0] = "Iemand"
    with pytest.raises(Refused, match=r"duos\.csv"):
        import_directory(session, write(tmp_path / "bad", files), None, now)
    session.rollback()
    report = import_directory(session, write(tmp_path / "good", small()), None, now)
    assert report.changed
    session.rollback()
    assert dump(session) == before
    assert session.exec(select(AuditRow)).all() == []


def test_the_audit_log_has_counts_and_no_names(take_in: Import, session: Session) -> None:
    take_in(small())
    row = session.exec(select(AuditRow)).one()
    assert row.details["records"]["person"] == {"created": 5, "updated": 0, "unchanged": 0}
    assert "Meester" not in str(row.details)
    assert "b.example" not in str(row.details)


def test_the_report_as_plain_values(take_in: Import, session: Session) -> None:
    report = take_in(changed(V, 2, "Niveau", "9")).to_json()
    reason = "Niveau is “9”, not a whole number from 0 to 5."
    assert report["set_aside"] == [{"file": V, "line": 2, "key": "2", "reason": reason, "source": V}]
    assert report["files"][V] == {"rows": 3, "taken": 2, "cleaned": 0, "set_aside": 1}
    assert report["changed"] is True


def test_what_an_import_said_is_remembered_per_record(take_in: Import, session: Session) -> None:
    take_in(small())
    kinds = Counter(session.exec(select(ImportedRecord.kind)))
    assert kinds == {
        "site": 2,
        "shift": 2,
        "roster": 2,
        "domain": 4,
        "person": 5,
        "expertise": 3,
        "wish": 1,
        "comfort": 1,
        "request": 2,
        "duo": 1,
    }
