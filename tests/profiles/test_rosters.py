"""Rosters as they are: from a day on, split days, free codes, dated days, and the programme's for who has none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import use_locale
from mentorship.hr_import.actions import import_directory
from mentorship.matching import ALWAYS, DEFAULT_WEIGHTS, NOTHING
from mentorship.mentorships import explanation
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.rosters import actions, patterns, queries, rules
from mentorship.profiles.rosters.models import Roster, RosterChange, RosterDay, Shift, WorkTime
from mentorship.rounds import reading
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.gather import Terms, gather
from tests.factories import Organisation
from tests.hr_import.exports import small, write

PIECES = st.lists(st.tuples(st.integers(1, 60), st.none() | st.integers(1, 3)), max_size=6)
EARLY, LATE = ((360, 840),), ((840, 1320),)


def by_hand(pieces: rules.Pieces, day: int) -> int | None:
    return [roster for begins, roster in pieces if begins <= day][-1]


@given(st.none() | st.integers(1, 3), PIECES)
def test_a_roster_holds_from_its_day_until_the_next_whatever_the_order_of_saying_so(first, changes):
    pieces = rules.changed(rules.UNSAID, first, 30)
    assert pieces == ((ALWAYS, first),), "the first one that is ever said has always held"
    wanted = dict.fromkeys(range(100), first)
    for day, roster_id in changes:
        unsaid = pieces == rules.UNSAID
        later = [begins for begins, _ in pieces if begins > day]
        until = min(later, default=100)
        pieces = rules.changed(pieces, roster_id, day)
        wanted.update(dict.fromkeys(range(0 if unsaid else day, until), roster_id))
    assert {day: by_hand(pieces, day) for day in range(100)} == wanted
    assert {day: rules.holding(pieces, day) for day in range(100)} == wanted
    assert all(one[1] != other[1] for one, other in pairwise(pieces)), "none says what held already"
    assert [by_hand(rules.since(pieces, 20), day) for day in range(20, 100)] == [wanted[d] for d in range(20, 100)]


@pytest.mark.both_databases
def test_the_earlier_roster_holds_until_the_day_and_is_forgotten_eight_weeks_later(
    session: Session, organisation: Organisation
):
    made = organisation
    today = local_date(made.now)
    early, late = made.roster("VROEG", "VVVVVVV"), made.roster("LAAT", "LLLLLLL")
    actor, nobody = made.actor("junior"), made.actor("nobody")
    actions.set_time(session, actor, roster_id=early, days_off={}, remote=True, now=made.now)
    from_day = today + timedelta(days=3)
    actions.set_time(session, actor, roster_id=late, days_off={}, remote=True, now=made.now, from_day=from_day)
    session.commit()
    timetable = queries.timetables(session, [actor.person_id])[actor.person_id]
    day = ((450, 975),)
    found = timetable.worked(9, today.toordinal() - 2)
    weekdays = [today + timedelta(days=number - 2) for number in range(2)]
    assert found[:2] == [day if one.weekday() < 5 else () for one in weekdays], "what it was before today"
    assert found[2:] == [EARLY] * 3 + [LATE] * 4
    assert profiles.profile(session, actor.person_id, today).roster_id == early
    assert profiles.profile(session, actor.person_id, from_day).roster_id == late
    for when, used in ((today, early), (from_day, late)):
        users = patterns.roster_users(session, when)
        assert users[used] == 1 and sum(users.values()) == len(made.people), when
        assert queries.rosters_on(session, when)[actor.person_id] == used
        assert queries.rosters_on(session, when, [nobody.person_id]) == {nobody.person_id: made.rosters["DAG"]}
    later = from_day + timedelta(days=rules.LOOK_BACK)
    actions.forget_earlier(session, later - timedelta(days=1))
    assert len(session.exec(select(RosterChange)).all()) == 1, "the one before it is over for eight weeks"
    actions.forget_earlier(session, later)
    assert not session.exec(select(RosterChange)).all()
    work = session.get_one(WorkTime, actor.person_id)
    assert (work.roster_id, work.remote) == (late, True)


def test_who_says_it_for_the_first_time_has_always_worked_so(session: Session, organisation: Organisation):
    made = organisation
    made.person("fresh", "junior", roster="")
    actor = made.actor("fresh")
    actions.set_time(session, actor, roster_id=made.roster(), days_off={2: True}, remote=False, now=made.now)
    ((begins, pattern),) = queries.timetables(session, [actor.person_id])[actor.person_id].pieces
    assert begins == ALWAYS and len(pattern.days) == 7
    with pytest.raises(Refused):
        actions.set_time(session, actor, roster_id=99, days_off={}, remote=False, now=made.now)


def test_people_who_work_alike_are_one_object_however_they_came_to_it(session: Session, organisation: Organisation):
    made = organisation
    today = local_date(made.now)
    late = made.roster("LAAT", "LLLLL--")
    actions.work_by(session, {made.people["junior"]: late}, today - timedelta(days=7), today)
    actions.work_by(session, {made.people["senior"]: late}, today - timedelta(days=3), today)
    session.commit()
    found = queries.timetables_to_match(session, today)
    junior, senior = (found.of(made.people[key]) for key in ("junior", "senior"))
    assert junior is senior and junior is not None
    assert junior.period == 7


@pytest.mark.both_databases
def test_split_days_free_codes_and_dated_days(session: Session, organisation: Organisation):
    made = organisation
    codes = {"P": (420, 660), "A": (780, 1020), "ADV": (None, None)}
    shifts = {code: Shift(code=code, begins=begins, ends=ends) for code, (begins, ends) in codes.items()}
    session.add_all(shifts.values())
    roster = Roster(name="Oktober", starts_on=date(2026, 10, 1), days=3, repeats=False)
    session.add(roster)
    session.flush()
    for day, code in ((0, "A"), (0, "P"), (1, "ADV"), (2, "P")):
        session.add(RosterDay(roster_id=roster.id or 0, day=day, shift_id=shifts[code].id or 0))
    session.commit()
    pattern = patterns.patterns(session, [roster.id or 0])[roster.id or 0]
    assert pattern.days == (((420, 660), (780, 1020)), (), ((420, 660),)) and not pattern.repeats
    (cycle,) = patterns.cycles(session, [roster.id or 0])
    assert [[shift.code for shift in day] for day in cycle.shifts] == [["P", "A"], ["ADV"], ["P"]]
    made.person("split", roster="")
    actions.work_by(session, {made.people["split"]: roster.id}, date(2026, 1, 1), date(2026, 1, 1))
    timetable = queries.timetables(session, [made.people["split"]])[made.people["split"]]
    assert timetable.worked(5, date(2026, 9, 30).toordinal()) == [(), *pattern.days, ()]
    assert timetable.known(5, date(2026, 9, 30).toordinal()).tolist() == [False, True, True, True, False]


def test_who_has_no_roster_is_matched_only_by_that_of_the_programme_and_it_says_so(
    session: Session, organisation: Organisation
):
    made = organisation
    today = local_date(made.now)
    made.person("fresh", "junior", roster="")
    made.asks("fresh")
    session.commit()

    def pairs() -> list[tuple[str, dict[str, object]]]:
        records = reading.records(session, (), today)
        gathered = gather(records, Terms(DEFAULT_WEIGHTS, 0.0, 0.02))
        explainer = Explainer(gathered, records, Terms(DEFAULT_WEIGHTS, 0.0, 0.02), profiles.domain_names(session))
        people = {number: key for key, number in made.people.items()}
        return [
            (people[int(gathered.mentor_ids[mentor])], explainer.explain(edge))
            for edge, mentor in enumerate(gathered.problem.edges.mentor.tolist())
        ]

    assert pairs() == []
    session.get_one(Roster, made.rosters["DAG"]).is_default = True
    session.commit()
    assert [mentor for mentor, _ in pairs()] == ["senior", "other_senior"]
    told = pairs()[0][1]
    assert told["default_roster"] == {"name": "DAG", "of": ["junior"]}
    sides = {
        "junior": "You filled in no roster, so you count as working by “DAG”.",
        "mentor": "Your junior filled in no roster, so they count as working by “DAG”.",
        None: "Who of the two has no roster counts as working by “DAG”.",
    }
    for side, wanted in sides.items():
        with use_locale("en"):
            said = explanation.sentences(explanation.parts(told, {}, side=side))["together"]
        assert said.endswith(wanted), side
    assert made.people["fresh"] not in queries.timetables(session), "for anything but the match nothing is assumed"


def test_who_comes_to_a_roster_later_is_matched_by_that_of_the_programme_until_then(
    session: Session, organisation: Organisation
):
    made = organisation
    today = local_date(made.now)
    late = made.roster("LAAT", "LLLLLLL")
    junior = made.people["junior"]
    actions.work_by(session, {junior: None}, today, today)
    actions.work_by(session, {junior: late}, today + timedelta(days=2), today)
    session.commit()
    found = queries.timetables_to_match(session, today)
    timetable = found.of(junior)
    assert timetable is not None and not found.is_default(junior)
    assert timetable.pieces[0] == (ALWAYS, NOTHING)
    session.get_one(Roster, made.rosters["DAG"]).is_default = True
    session.commit()
    found = queries.timetables_to_match(session, today)
    timetable = found.of(junior)
    assert timetable is not None and found.is_default(junior)
    assert timetable.worked(3, today.toordinal())[2] == LATE and timetable.worked(3, today.toordinal())[0] != ()
    assert not found.is_default(made.people["senior"])


@pytest.mark.both_databases
def test_an_import_changes_a_roster_from_its_day_on(session: Session, tmp_path, now):
    files = small()
    import_directory(session, write(tmp_path / "a", files), None, now)
    session.commit()
    person = session.exec(select(Person).where(Person.number == "2")).one()
    before = queries.timetables(session)[person.id or 0]
    people = files["medewerkers.csv"]
    place = people[0].index("Rooster")
    people[2][place] = "NACHT" if people[2][place] != "NACHT" else "DAG"
    later = now + timedelta(days=30)
    import_directory(session, write(tmp_path / "b", files), None, later)
    session.commit()
    after = queries.timetables(session)[person.id or 0]
    first = local_date(now).toordinal()
    assert after.worked(30, first) == before.worked(30, first)
    assert after.worked(28, first + 30) != before.worked(28, first + 30)
    report = import_directory(session, write(tmp_path / "c", files), None, later)
    assert not report.differences and report.kinds["person"].updated == 0, "the same again changes nothing"
