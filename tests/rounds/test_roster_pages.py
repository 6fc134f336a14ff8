"""One roster in the browser: days to tap, weeks to copy, shifts of one's own, and the duos that a change parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.mentorships.models import FailingRule
from mentorship.profiles.rosters import days, editing, patterns
from mentorship.profiles.rosters.actions import work_by
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift
from mentorship.rounds.retest import broken
from mentorship.rounds.roster import effects
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

DAYS = st.lists(st.lists(st.integers(1, 9), max_size=3, unique=True).map(sorted).map(tuple), min_size=1, max_size=371)
PARTED = "This parts 1 pair"


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    """A junior and a senior by rosters of their own, as a duo; everybody reads English."""
    organisation.roster("JUNIOREN", "DDDDD--")
    organisation.roster("PLOEG", "VVVVV--LLLLL--")
    today = local_date(organisation.now)
    chosen = {organisation.people["junior"]: organisation.rosters["JUNIOREN"]}
    work_by(session, chosen, today - timedelta(days=99), today)
    organisation.pair("senior", "junior", "active")
    organisation.speak("en")
    session.commit()
    return organisation


def page(visit: Any, made: Organisation, name: str = "JUNIOREN", who: str = "coordinator") -> Screen:
    return Screen(visit(who), f"/roster/{made.rosters[name]}")


def codes(session: Session, roster_id: int) -> list[str]:
    """The codes of each day of a roster as it is kept."""
    (cycle,) = fresh(session, lambda: patterns.cycles(session, [roster_id]))
    return ["+".join(shift.code for shift in day) or "-" for day in cycle.shifts]


def shift(session: Session, code: str) -> str:
    return str(fresh(session, lambda: session.exec(select(Shift.id).where(Shift.code == code)).one()))


def fresh(session: Session, read: Callable[[], Any]) -> Any:
    """Read what is there now, and keep nobody waiting."""
    session.rollback()
    found = read()
    session.expunge_all()
    session.rollback()
    return found


@given(DAYS.map(tuple))
def test_days_are_read_as_they_were_written(found):
    assert days.read(days.written(found), range(1, 10)) == found


@given(DAYS.map(tuple), st.integers(0, 60))
def test_a_week_is_repeated_in_all_weeks_after_it_and_nowhere_else(found, week):
    repeated = days.with_week_repeated(found, week)
    begins = 7 * week
    assert len(repeated) == len(found)
    assert repeated[: begins + 7] == found[: begins + 7]
    copied = found[begins : begins + 7]
    if len(copied) == 7:
        assert all(repeated[day] == copied[(day - begins) % 7] for day in range(begins + 7, len(found)))


@pytest.mark.parametrize("line", ["", "x", "- " * 372, "1.x", "1..2", "-.-", "1 10", "-1", str(10**30)])
def test_what_are_no_days_is_refused(line):
    with pytest.raises(ValueError):
        days.read(line, range(1, 10))


def test_days_are_set_by_tapping_and_a_day_may_have_several_blocks(visit, session: Session, made: Organisation):
    screen = page(visit, made)
    assert screen.heading == "1 person works by “JUNIOREN”"
    early, late = shift(session, "V"), shift(session, "L")
    day = shift(session, "D")
    screen.press("Show it as a row", row=early).press("Show it as a row", row=late)
    screen.press("Save these days", **{"day-0": [early, late], "day-5": day, "day-1": None})
    assert screen.status == 200 and screen.heading == "1 person works by “JUNIOREN”"
    assert codes(session, made.rosters["JUNIOREN"]) == ["V+L", "-", "D", "D", "D", "D", "-"]


def test_the_list_draws_four_weeks_of_a_long_roster(visit, session: Session, made: Organisation):
    made.roster("JAAR", "DDDDD--" * 52)
    session.commit()
    row = next(row for row in Screen(visit("hr"), "/rosters").rows() if row[0] == "JAAR")
    assert row[2] == " ".join("DDDDD––" * 4) + " and 336 more days"


def test_what_is_tried_is_not_saved_until_it_is(visit, session: Session, made: Organisation):
    screen = page(visit, made, "PLOEG")
    roster_id = made.rosters["PLOEG"]
    before = codes(session, roster_id)
    screen.press("Four weeks more")
    assert "This is not saved yet." in screen.text and screen.status == 200
    assert "Weeks 1–4" in screen.names("button") and "Weeks 5–6" in screen.names("button")
    assert codes(session, roster_id) == before
    screen.press("Weeks 1–4")
    screen.press("Copy to all weeks after it: Week 1", **{"day-6": shift(session, "D")})
    assert codes(session, roster_id) == before
    screen.press("Save these days")
    assert "This is not saved yet." not in screen.text
    assert codes(session, roster_id) == ["V", "V", "V", "V", "V", "-", "D"] * 6


def test_what_was_saved_can_be_undone(visit, session: Session, made: Organisation):
    screen = page(visit, made, "PLOEG")
    before = codes(session, made.rosters["PLOEG"])
    screen.press("Save these days", **{"day-0": None, "day-1": None})
    assert codes(session, made.rosters["PLOEG"]) != before
    screen.press("Undo")
    assert codes(session, made.rosters["PLOEG"]) == before


@pytest.mark.both_databases
def test_two_who_set_the_days_of_one_roster(session: Session, made: Organisation):
    """Exactly one wins, and the other is told."""
    roster_id, actor = made.rosters["PLOEG"], made.actor("coordinator")
    seen = editing.days_of(session, session.get_one(Roster, roster_id))
    empty: days.Days = ((),) * 14
    editing.set_days(session, actor, roster_id, days=empty, seen=seen, now=made.now)
    session.commit()
    with pytest.raises(Conflict):
        editing.set_days(session, actor, roster_id, days=seen, seen=seen, now=made.now)


def test_a_stale_page_keeps_what_was_tapped(visit, session: Session, made: Organisation):
    screen, other = page(visit, made, "PLOEG"), page(visit, made, "PLOEG", "hr")
    other.press("Save these days", **{"day-0": None})
    screen.press("Save these days", **{"day-3": shift(session, "D")})
    assert screen.status == 409 and "Somebody changed this roster" in screen.text
    assert screen.fields("Save these days")["day-3"] == shift(session, "D"), "what was tapped is still there"
    assert codes(session, made.rosters["PLOEG"])[0] == "-"
    screen.press("Save these days")
    assert screen.status == 409, "what the other did is seen by nobody who did not open it again"
    assert codes(session, made.rosters["PLOEG"])[0] == "-"


@pytest.mark.parametrize("button", ["Four weeks more", "Copy to all weeks after it: Week 1"])
def test_turning_pages_does_not_write_over_what_another_saved(visit, session: Session, made: Organisation, button: str):
    screen, other = page(visit, made, "PLOEG"), page(visit, made, "PLOEG", "hr")
    other.press("Save these days", **{"day-0": None})
    screen.press(button)
    screen.press("Save these days")
    assert screen.status == 409 and "Somebody changed this roster" in screen.text
    assert codes(session, made.rosters["PLOEG"])[0] == "-"


def part(screen: Screen, session: Session) -> Screen:
    """Let the juniors work nights while the senior works days."""
    night = shift(session, "N")
    return screen.press("Save these days", **{f"day-{day}": night for day in range(5)})


@pytest.fixture
def nights(session: Session, made: Organisation) -> int:
    return made.roster("NACHT", "NNNNN--")


def test_which_duos_it_parts_is_said_before_it_is_saved(visit, session: Session, made: Organisation, nights: int):
    session.commit()
    roster_id = made.rosters["JUNIOREN"]
    before = codes(session, roster_id)
    screen = part(page(visit, made), session)
    assert screen.heading == PARTED and "1 running pair then has too few shifts together." in screen.text
    assert "Junior Proef and Senior Proef" in screen.text
    assert codes(session, roster_id) == before, "nothing is saved by asking"
    screen.press("Save it all the same")
    assert screen.path == f"/roster/{roster_id}"
    assert codes(session, roster_id) == ["N", "N", "N", "N", "N", "-", "-"]
    (rules,) = fresh(session, lambda: broken(session, local_date(made.now))).values()
    assert rules == {"meeting"}, "what the next pass of the worker raises a signal of"
    screen.press("Save these days", **{"day-0": None})
    assert screen.path == f"/roster/{roster_id}", "what has parted already is not asked about again"


def test_hr_reads_how_many_and_not_who(visit, session: Session, made: Organisation, nights: int):
    session.commit()
    screen = part(page(visit, made, who="hr"), session)
    assert screen.heading == PARTED
    assert "Junior Proef" not in screen.text and "Senior Proef" not in screen.text


def test_what_parts_nobody_is_saved_at_once(visit, session: Session, made: Organisation):
    screen = page(visit, made).press("Save these days", **{"day-0": None})
    assert screen.path == f"/roster/{made.rosters['JUNIOREN']}" and screen.heading.endswith("works by “JUNIOREN”")
    assert not session.exec(select(FailingRule)).all()


@pytest.mark.both_databases
def test_looking_at_what_a_change_does_leaves_nothing_of_it(session: Session, made: Organisation, nights: int):
    session.commit()
    roster_id, actor, today = made.rosters["JUNIOREN"], made.actor("coordinator"), local_date(made.now)
    night = session.exec(select(Shift.id).where(Shift.code == "N")).one()
    seen = editing.days_of(session, session.get_one(Roster, roster_id))
    fewer = (*seen[:3], *((),) * 4)
    never = ((night or 0,),) * 5 + ((), ())

    def to(wanted: days.Days) -> effects.Change:
        return lambda: editing.set_days(session, actor, roster_id, days=wanted, seen=seen, now=made.now)

    found = effects.of(session, {made.people["junior"]}, today, to(never))
    assert [(p.junior_id, p.mentor_id) for p in found.parted] == [(made.people["junior"], made.people["senior"])]
    assert found.fewer == 0
    assert effects.of(session, None, today, to(fewer)) == effects.Effects((), fewer=1)
    assert effects.of(session, {made.people["other_junior"]}, today, to(never)) == effects.Effects()
    session.commit()
    assert editing.days_of(session, session.get_one(Roster, roster_id)) == seen


def test_name_first_day_and_length(visit, session: Session, made: Organisation):
    screen = page(visit, made)
    told = {"name": "Leerlingen", "starts_on": "2026-01-12", "length": "14", "runs_on": "true"}
    screen.press("Save", **told)
    roster = fresh(session, lambda: session.get_one(Roster, made.rosters["JUNIOREN"]))
    assert (roster.name, roster.starts_on, roster.days) == ("Leerlingen", date(2026, 1, 12), 14)
    assert (roster.repeats, roster.runs_on, roster.is_default) == (True, True, False)
    assert codes(session, made.rosters["JUNIOREN"])[7:] == ["-"] * 7
    screen.press("Undo")
    roster = fresh(session, lambda: session.get_one(Roster, made.rosters["JUNIOREN"]))
    assert (roster.name, roster.days, roster.runs_on) == ("JUNIOREN", 7, False)
    assert len(codes(session, made.rosters["JUNIOREN"])) == 7
    screen = page(visit, made)
    screen.press("Save", name="DAG", length="7")
    assert screen.status == 422 and "There is a roster with this name already." in screen.text
    for wrong in ({"length": "0"}, {"length": "372"}, {"starts_on": "morgen"}, {"kind": "x"}):
        assert page(visit, made).press("Save", **wrong).status == 422, wrong


def test_another_name_keeps_the_days_that_somebody_added_meanwhile(visit, session: Session, made: Organisation):
    screen, other = page(visit, made, "PLOEG"), page(visit, made, "PLOEG", "hr")
    other.press("Four weeks more").press("Save these days")
    screen.press("Save", name="PLOEG 1")
    assert screen.status == 200 and len(codes(session, made.rosters["PLOEG"])) == 42
    shorter = page(visit, made, "PLOEG")
    page(visit, made, "PLOEG", "hr").press("Save these days", **{"day-0": None})
    shorter.press("Save", length="7")
    assert shorter.status == 409 and "Somebody changed this roster" in shorter.text
    assert len(codes(session, made.rosters["PLOEG"])) == 42


def test_dated_days_say_until_when_they_are_known(visit, session: Session, made: Organisation):
    screen = page(visit, made)
    screen.press("Save", kind="dated", length="28", starts_on="2026-11-09")
    if screen.heading == PARTED:
        screen.press("Save it all the same")
    assert "Dated days from 9 Nov 2026 to 6 Dec 2026." in Screen(screen.client, screen.path).text


def defaults(session: Session) -> list[str]:
    query = select(Roster.name).where(Roster.is_default)
    found: list[str] = fresh(session, lambda: session.exec(query).all())
    return found


def test_who_has_no_roster_is_matched_by_one_at_most(visit, session: Session, made: Organisation):
    page(visit, made).press("Save", is_default="true")
    page(visit, made, "PLOEG").press("Save", is_default="true")
    assert defaults(session) == ["PLOEG"]
    row = next(row for row in Screen(visit("coordinator"), "/rosters").rows() if row[0].startswith("PLOEG"))
    assert row[0] == "PLOEG for who has no roster"
    screen = page(visit, made, "PLOEG").press("Save", is_default=None)
    assert defaults(session) == []
    screen.press("Undo")
    assert defaults(session) == ["PLOEG"]


def test_a_roster_that_nobody_works_by_is_removed_and_comes_back(visit, session: Session, made: Organisation):
    assert "Remove this roster" not in page(visit, made).names("button")
    before = codes(session, made.rosters["PLOEG"])
    screen = page(visit, made, "PLOEG").press("Remove this roster")
    assert screen.path == "/rosters"
    assert fresh(session, lambda: session.get(Roster, made.rosters["PLOEG"])) is None
    screen.press("Undo")
    assert codes(session, made.rosters["PLOEG"]) == before


@pytest.mark.both_databases
def test_a_roster_of_somebody_now_or_later_stays(session: Session, made: Organisation):
    actor, today = made.actor("hr"), local_date(made.now)
    work_by(session, {made.people["nobody"]: made.rosters["PLOEG"]}, today + timedelta(days=9), today)
    session.commit()
    for name in ("PLOEG", "JUNIOREN"):
        with pytest.raises(Refused):
            editing.remove_roster(session, actor, made.rosters[name], made.now)


def times(session: Session) -> dict[str, tuple[int | None, int | None]]:
    found = fresh(session, lambda: session.exec(select(Shift)).all())
    return {shift.code: (shift.begins, shift.ends) for shift in found}


def test_shifts_of_ones_own(visit, session: Session, made: Organisation):
    screen = Screen(visit("hr"), "/roster/shifts")
    screen.press("Add", code="T", begins="19:00", ends="07:00", description="nacht van twaalf uur")
    screen.press("Add", code="ADV", begins="", ends="")
    kept = times(session)
    assert kept["T"] == (1140, 1860) and kept["ADV"] == (None, None)
    mistakes = ({"code": "t"}, {"begins": "07:00"}, {"code": "X Y"}, {"code": ""}, {"begins": "25:00", "ends": "09:00"})
    for wrong in mistakes:
        fields = {"code": "X", "begins": "", "ends": "", **wrong}
        assert Screen(visit("hr"), "/roster/shifts").press("Add", **fields).status == 422, wrong
    screen = Screen(visit("hr"), "/roster/shifts").press("Save: T", begins="18:30", ends="06:30")
    assert times(session)["T"] == (1110, 1830)
    screen.press("Undo")
    assert times(session)["T"] == (1140, 1860)


@pytest.mark.both_databases
def test_a_shift_that_no_roster_has_is_removed_and_put_back(visit, session: Session, made: Organisation):
    screen = Screen(visit("hr"), "/roster/shifts").press("Add", code="T", begins="19:00", ends="07:00")
    late = Screen(visit("coordinator"), "/roster/shifts")
    assert "Remove D" not in screen.names("button"), "rosters have it"
    screen.press("Remove T")
    assert "T" not in times(session)
    assert late.press("Remove T").status == 404, "pressed twice it is gone once"
    screen.press("Undo")
    assert times(session)["T"] == (1140, 1860)
    late = Screen(visit("coordinator"), "/roster/shifts")
    session.add(RosterDay(roster_id=made.rosters["PLOEG"], day=0, shift_id=int(shift(session, "T"))))
    session.commit()
    assert late.press("Remove T").status == 422 and "Rosters have this shift" in late.text
    assert "T" in times(session)


def test_other_times_of_a_shift_say_which_duos_they_part(visit, session: Session, made: Organisation):
    """The day shift of both is the same, so only one of the two is given another."""
    other = Shift(code="DJ", begins=450, ends=975)
    session.add(other)
    session.flush()
    for row in session.exec(select(RosterDay).where(RosterDay.roster_id == made.rosters["JUNIOREN"])).all():
        session.delete(row)
        session.add(RosterDay(roster_id=row.roster_id, day=row.day, shift_id=other.id or 0))
    session.commit()
    screen = Screen(visit("coordinator"), "/roster/shifts").press("Save: DJ", begins="20:00", ends="04:00")
    assert screen.heading == PARTED
    screen.press("Save it all the same")
    assert times(session)["DJ"] == (1200, 1680)


def test_as_many_queries_for_a_long_roster_with_many_shifts(visit, session: Session, made: Organisation):
    client = visit("coordinator")
    with counted(session.get_bind()) as few:
        client.get(f"/roster/{made.rosters['PLOEG']}")
    session.add_all([Shift(code=f"S{n}", begins=n, ends=n + 400) for n in range(40)])
    made.roster("JAAR", "DDDDD--" * 53)
    session.commit()
    with counted(session.get_bind()) as many:
        assert client.get(f"/roster/{made.rosters['JAAR']}?first=364").status_code == 200
    assert len(few) == len(many)
