"""One's calendar for one's own phone: what stands in it, and what never does; who gets it, and until when."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlmodel import Session

from mentorship import tables
from mentorship.checkins import actions as check_in_actions
from mentorship.checkins import queries as check_ins
from mentorship.checkins.models import Answer, CheckIn
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.checkins.together_shifts import times_together
from mentorship.home.calendar import feed, queries
from mentorship.home.calendar.models import CalendarFeed
from mentorship.matching import Timetable, together_days
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Wish
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

TIMES = {"D": (450, 975), "V": (360, 840), "L": (840, 1320), "N": (1320, 1800)}
CYCLES = {"day": "DDDDD--", "late": "LLLLL--", "night": "NNNN---", "five": "VVLLNN----", "next": "--VVLLNN--"}
PAIRS = [("day", "day"), ("night", "night"), ("five", "five"), ("five", "day"), ("five", "next"), ("day", "late")]
FIELDS = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"}
STARTS = date(2026, 1, 5)
AUTUMN, SPRING = datetime(2026, 10, 20, 9, tzinfo=UTC), datetime(2027, 3, 20, 9, tzinfo=UTC)
SUMMER_ENDS, SUMMER_BEGINS = datetime(2026, 10, 25, 3), datetime(2027, 3, 28, 3)  # by the clock in Amsterdam


def at_work(cycle: str, day: date) -> list[tuple[datetime, datetime]]:
    """The shift of a day by the clock on the wall."""
    letter = cycle[(day - STARTS).days % len(cycle)]
    midnight = datetime(day.year, day.month, day.day)
    return [tuple(midnight + timedelta(minutes=m) for m in TIMES[letter])] if letter != "-" else []  # type: ignore[misc]


def in_utc(wall: datetime) -> datetime:
    summer = wall < SUMMER_ENDS or wall >= SUMMER_BEGINS
    return (wall - timedelta(hours=2 if summer else 1)).replace(tzinfo=UTC)


def expected(junior: str, mentor: str, today: date) -> list[tuple[datetime, datetime]]:
    """Four hours or more in which both work, quarter by quarter."""
    quarter, found = timedelta(minutes=15), []
    for n in range(-14, 85):
        day = today + timedelta(days=n)
        there = [shift for d in (-1, 0, 1) for shift in at_work(mentor, day + timedelta(days=d))]
        for begin, end in at_work(junior, day):
            moments = [begin + quarter * i for i in range((end - begin) // quarter)]
            both = [m for m in moments if any(a <= m < b for a, b in there)]
            runs: list[list[datetime]] = [[m] for m in both[:1]]
            for before, after in pairwise(both):
                if after - before == quarter:
                    runs[-1].append(after)
                else:
                    runs.append([after])
            found += [(in_utc(r[0]), in_utc(r[-1] + quarter)) for r in runs if len(r) >= 16]
    return sorted(found)


def address(client: InspectingClient) -> str:
    """Make an address and return its path."""
    page = client.post("/calendar/address")
    assert page.status_code == 200
    found = re.search(r">http://localhost(/calendar/[^<]+\.ics)</textarea>", page.text)
    assert found and f'href="webcal://localhost{found[1]}"' in page.text
    return found[1]


def fetch(app: Flask, path: str) -> Any:
    return InspectingClient(app).get(path)


def events(app: Flask, path: str) -> list[Any]:
    answer = fetch(app, path)
    assert answer.status_code == 200 and answer.content_type == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def worked(found: list[Any]) -> list[tuple[datetime, datetime]]:
    timed = [(e["DTSTART"].dt, e["DTEND"].dt) for e in found if isinstance(e["DTSTART"].dt, datetime)]
    assert all(moment.utcoffset() == timedelta(0) for pair in timed for moment in pair)
    return sorted(timed)


def asked_on(found: list[Any]) -> list[date]:
    days = [e for e in found if not isinstance(e["DTSTART"].dt, datetime)]
    assert all(e["DTEND"].dt - e["DTSTART"].dt == timedelta(days=1) for e in days)
    return sorted(e["DTSTART"].dt for e in days)


@pytest.fixture
def duo(session: Session, organisation: Organisation) -> Organisation:
    """The junior and the senior run; names that cannot be missed."""
    for key in ("junior", "senior"):
        person = session.get_one(Person, organisation.people[key])
        person.given_name, person.family_name = f"Roep{key}", f"Achter{key}"
    organisation.pair("senior", "junior", "active", started_on=date(2026, 9, 1))
    session.commit()
    return organisation


@pytest.mark.parametrize("moment", [AUTUMN, SPRING], ids=["autumn", "spring"])
@pytest.mark.parametrize(("junior", "mentor"), PAIRS)
def test_the_hours_together_across_summer_time(app, session, visit, organisation, junior, mentor, moment):
    app.config["CLOCK"] = lambda: moment
    made = organisation
    for key, cycle in (("a", junior), ("b", mentor)):
        made.roster(cycle, CYCLES[cycle], STARTS)
        made.mentor(key, roster=cycle)
    made.pair("b", "a", "active", started_on=date(2026, 1, 5))
    session.commit()
    wanted = expected(CYCLES[junior], CYCLES[mentor], moment.date())
    assert wanted or junior != mentor
    for who in ("a", "b"):
        assert worked(events(app, address(visit(who)))) == wanted


shift = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(lambda s: (s[0], s[0] + s[1]))
timetable = st.builds(
    Timetable.of,
    st.integers(739_000, 739_030),
    st.lists(st.lists(shift, max_size=3), min_size=1, max_size=9),
    st.frozensets(st.integers(0, 6), max_size=3),
)


@given(timetable, timetable, st.integers(739_100, 739_900), st.booleans())
def test_there_are_hours_on_exactly_the_days_that_count_as_together(junior, mentor, day, remote):
    counted = together_days(junior, mentor, day, 1, 60 if remote else 240) == [day]
    found = times_together(junior, mentor, date.fromordinal(day), remote)
    assert bool(found) == counted
    assert all(end < begin for (_, end), (begin, _) in pairwise(found))


def test_what_a_calendar_programme_reads(app, visit, duo, now):
    path = address(visit("junior"))
    calendar = Calendar.from_ical(fetch(app, path).data)
    assert calendar["VERSION"] == "2.0" and calendar["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    found = list(calendar.walk("VEVENT"))
    assert len(found) > 10
    for event in found:
        together = str(event["SUMMARY"]) == "Samen aan het werk"
        assert set(event) == (FIELDS | {"LOCATION"} if together else FIELDS)
        assert event.get("LOCATION", "Ede") == "Ede"
        assert event["CLASS"] == "PRIVATE" and event["DTSTAMP"].dt == now
    assert {str(e["SUMMARY"]) for e in found} == {"Samen aan het werk", "Tussenstand"}


def test_who_meets_at_a_distance_is_sent_to_no_place(app, session, visit, duo):
    session.get_one(Mentorship, 1).explanation = {"remote": True}
    session.commit()
    found = events(app, address(visit("junior")))
    assert found and not any("LOCATION" in event for event in found)


def test_identifiers_stay_the_same_and_tell_nothing(app, session, visit, duo):
    paths = {who: address(visit(who)) for who in ("junior", "senior")}
    first = {who: [str(e["UID"]) for e in events(app, path)] for who, path in paths.items()}
    assert len(set(first["junior"] + first["senior"])) == len(first["junior"]) + len(first["senior"])
    assert all(re.fullmatch(r"[0-9a-f]{40}@leermaat", uid) for uid in first["junior"])
    visit("junior").post("/calendar/names", {"names": "true"})
    assert [str(e["UID"]) for e in events(app, paths["junior"])] == first["junior"]
    app.config["CLOCK"] = lambda: duo.now + timedelta(days=1)
    assert len(set(first["junior"]) & {str(e["UID"]) for e in events(app, paths["junior"])}) >= len(first["junior"]) - 2


def test_no_names_until_they_are_chosen_and_then_given_names_alone(app, session, visit, duo):
    client = visit("junior")
    path = address(client)
    text = fetch(app, path).text
    assert "Roep" not in text and "Achter" not in text
    screen = Screen(client, "/calendar").press("Voornamen tonen")
    assert "voornaam" in screen.text
    found = events(app, path)
    assert {str(e["SUMMARY"]) for e in found} == {"Samen aan het werk met Roepsenior", "Tussenstand: jij en Roepsenior"}
    assert "Achter" not in fetch(app, path).text
    screen.press("Namen weglaten")
    assert "Roep" not in fetch(app, path).text
    duo.speak("en")
    assert {str(e["SUMMARY"]) for e in events(app, path)} == {"Working together", "Check-in"}


def test_a_name_cannot_add_lines_to_the_calendar(app, session, visit, duo):
    session.get_one(Person, duo.people["senior"]).given_name = "A,B;C\\D\nX-EVIL:1"
    session.commit()
    client = visit("junior")
    path = address(client)
    client.post("/calendar/names", {"names": "true"})
    assert str(events(app, path)[0]["SUMMARY"]).endswith("A,B;C\\D\nX-EVIL:1")


def test_the_day_of_an_open_check_in_and_of_the_next(app, session, visit, duo, now):
    def next_day():
        running = check_ins.duos(session, now.date(), [1])
        return check_ins.next_days(session, running, duo.people["junior"], now.date())[1]

    planned = next_day()
    path = address(visit("junior"))
    assert asked_on(events(app, path)) == [planned]
    check_in_actions.open_due(session, now)
    session.commit()
    again = next_day()
    assert again and again > now.date() and asked_on(events(app, path)) == [now.date(), again]
    session.execute(sa.update(CheckIn).where(sa.column("side") == "junior").values(status="answered", closed_at=now))
    session.commit()
    assert asked_on(events(app, path)) == [again]
    session.get_one(CheckInSettings, 1).running = False
    session.commit()
    assert asked_on(events(app, path)) == []
    assert asked_on(events(app, address(visit("senior")))) == [now.date()], "what was asked stays asked"


@pytest.mark.parametrize("status", ["proposed", "paused", "ended", "refused"])
def test_only_what_runs_stands_in_it(app, session, visit, duo, status):
    path = address(visit("junior"))
    session.get_one(Mentorship, 1).status = status
    session.commit()
    assert events(app, path) == []


def test_nothing_from_before_the_pair_began(app, session, visit, duo, now):
    session.get_one(Mentorship, 1).started_on = now.date()
    session.commit()
    assert worked(events(app, address(visit("junior"))))[0][0].date() == now.date()


def test_without_a_roster_nobody_knows_when(app, session, visit, duo):
    session.execute(sa.text("DELETE FROM work_time"))
    session.commit()
    assert worked(events(app, address(visit("junior")))) == []


def test_an_old_a_stopped_and_an_unknown_address_are_alike(app, session, visit, duo):
    client = visit("junior")
    old = address(client)
    new = address(client)
    assert fetch(app, new).status_code == 200 and old != new
    unknown = fetch(app, "/calendar/nobody-ever-had-this.ics")
    gone = [fetch(app, old)]
    assert client.post("/calendar/revoke").status_code == 303
    assert client.post("/calendar/revoke").status_code == 303
    gone.append(fetch(app, new))
    left = address(visit("senior"))
    session.get_one(Person, duo.people["senior"]).left_on = duo.now.date()
    session.commit()
    gone.append(fetch(app, left))
    plain = re.compile(r'name="(csrf_token|next)" value="[^"]+"')
    for answer in gone:
        assert answer.status_code == unknown.status_code == 404
        assert plain.sub("", answer.text) == plain.sub("", unknown.text)
    for odd in ("%ED%A0%80", "%00", "9" * 8000, "%ff.ics"):
        assert app.test_client().get(f"/calendar/{odd}.ics").status_code == 404
    assert client.post("/calendar/names", {"names": "true"}).status_code == 409
    assert Screen(client, "/calendar").press("Maak mijn adres").status == 200


def test_a_new_address_after_a_stop_tells_no_names(app, session, visit, duo):
    client = visit("junior")
    address(client)
    client.post("/calendar/names", {"names": "true"})
    assert "Roepsenior" in fetch(app, address(client)).text, "who makes a new one keeps the choice"
    client.post("/calendar/revoke")
    assert "Roepsenior" not in fetch(app, address(client)).text


def test_the_address_is_shown_once_and_opens_nothing_else(app, visit, duo):
    client = visit("junior")
    path = address(client)
    screen = Screen(client, "/calendar")
    assert path not in client.get("/calendar").text and path not in client.get("/account").text
    assert "er keek nog geen agenda-app op" in screen.text
    outsider = InspectingClient(app)
    assert outsider.get(path).status_code == 200
    assert outsider.get("/calendar").status_code == 303
    assert "23 nov" in screen.open("/calendar").text


def test_a_read_is_noted_once_a_day(app, engine, session, visit, duo, now):
    path = address(visit("junior"))
    changes: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *a: changes.append(a[2]) if a[2][:6] == "UPDATE" else None)
    for _ in range(3):
        fetch(app, path)
    assert len(changes) == 1 and "calendar_feed" in changes[0]
    session.expire_all()
    assert session.get_one(CalendarFeed, duo.people["junior"]).read_on == now.date()
    session.rollback()
    app.config["CLOCK"] = lambda: now + timedelta(days=1)
    fetch(app, path)
    assert len(changes) == 2


def test_another_person_reads_their_own_duo_alone(app, session, visit, duo):
    duo.pair("other_senior", "other_junior", "active", started_on=date(2026, 9, 1))
    session.commit()
    own = {who: address(visit(who)) for who in ("junior", "other_junior", "manager", "coordinator", "nobody")}
    found = {who: {str(e["UID"]) for e in events(app, path)} for who, path in own.items()}
    assert found["junior"] and found["other_junior"] and not found["junior"] & found["other_junior"]
    assert not found["manager"] | found["coordinator"] | found["nobody"]


def test_nothing_private_ever_stands_in_it(app, session, visit, duo, now):
    person = duo.people["junior"]
    duo.asks("junior", "Zangvogel-vak", goal="Zangvogel-doel")
    duo.can("senior", "Zangvogel-kunde")
    pair = session.get_one(Mentorship, 1)
    pair.explanation, pair.round_name = {"goal": "Zangvogel-uitleg", "class": "struggling"}, "Zangvogel-ronde"
    session.add(Wish(person_id=person, other_id=duo.person("x", family_name="Zangvogel-wens"), wanted=True))
    given_in = CheckIn(
        mentorship_id=1,
        side="junior",
        person_id=person,
        set_id=1,
        due_on=now.date(),
        opened_at=now,
        note="Zangvogel-notitie",
        note_shared=True,
        help_from=["confidant"],
    )
    session.add(given_in)
    session.flush()
    session.add(Answer(check_in_id=given_in.id, key="progress", value=1))
    session.commit()
    for who in ("junior", "senior"):
        client = visit(who)
        path = address(client)
        client.post("/calendar/names", {"names": "true"})
        text = re.sub(r"\r?\n[ \t]", "", fetch(app, path).text)
        for word in ("vogel", "Achter", "Pneumatiek", "progress", "struggling", "confidant", "Proef", "n-junior"):
            assert word not in text
        assert "X-PUBLISHED-TTL:PT12H" in text.splitlines()
        properties = {line.split(":")[0].split(";")[0] for line in text.splitlines()}
        assert properties <= {
            "BEGIN",
            "END",
            "VERSION",
            "PRODID",
            "NAME",
            "X-WR-CALNAME",
            "REFRESH-INTERVAL",
            "X-PUBLISHED-TTL",
            *FIELDS,
            "LOCATION",
        }


def test_the_token_is_kept_nowhere(app, session, visit, duo, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    client = visit("junior")
    path = address(client)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    fetch(app, path)
    with client.flask.session_transaction() as cookie:
        assert token not in json.dumps(dict(cookie), default=str)

    def fail(*_: object) -> bytes:
        raise RuntimeError("cannot write")

    monkeypatch.setattr(feed, "ics", fail)
    assert fetch(app, path).status_code == 500
    assert "cannot write" in caplog.text, "the fault itself is logged"
    assert token not in caplog.text
    for table in tables.metadata.tables.values():
        assert token not in repr(session.execute(sa.select(table)).all()), table.name


@pytest.mark.parametrize(
    "failure",
    [
        sa.exc.OperationalError("SELECT", {}, Exception("restarting")),
        sa.exc.InterfaceError("SELECT", {}, Exception("the connection is closed")),
        sa.exc.TimeoutError("no connection is free"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_while_the_database_is_away_a_calendar_says_so_without_its_address(
    app, visit, duo, caplog, monkeypatch, failure
):
    path = address(visit("junior"))
    token = path.removeprefix("/calendar/").removesuffix(".ics")

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(queries, "entries", fail)
    caplog.clear()
    assert fetch(app, path).status_code == 503
    [told] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert told.exc_info is None and "does not answer" in caplog.text
    assert token not in caplog.text


def statements(engine: sa.Engine, app: Flask, path: str) -> int:
    seen: list[str] = []

    def note(*details: Any) -> None:
        seen.append(details[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    assert fetch(app, path).status_code == 200
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_more_pairs_ask_no_more_of_the_database(app, engine, session, visit, duo, now):
    client = visit("senior")
    path = address(client)
    client.post("/calendar/names", {"names": "true"})
    fetch(app, path)
    before = statements(engine, app, path)
    for i in range(6):
        duo.person(f"p{i}", "junior")
        session.execute(sa.update(tables.Capacity).values(places=20, hours=40, confirmed_hours=40))
        duo.pair("senior", f"p{i}", "active", started_on=date(2026, 9, 1))
    check_in_actions.open_due(session, now)
    session.commit()
    assert len(asked_on(events(app, path))) > 6
    assert statements(engine, app, path) == before
