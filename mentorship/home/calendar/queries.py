"""Reads for one's calendar: whose address it is, and what stands in it. The number of queries never grows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.secret_codes import digest
from mentorship.checkins import queries as check_ins
from mentorship.checkins.queries import Duo
from mentorship.checkins.steps.queries import talks
from mentorship.checkins.together_shifts import days_together, times_together
from mentorship.home.calendar import feed
from mentorship.home.calendar.feed import CheckInDay, Entry, TalkDay, Together
from mentorship.home.calendar.models import CalendarFeed
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people.models import Person
from mentorship.people.queries import is_here, persons, site_names

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True)
class Shift:
    """A stretch of time in which one is at work together with somebody, and where they work."""

    together: Together
    with_whom: str
    site: str


def address_of(session: Session, person_id: int) -> CalendarFeed | None:
    """Return what is known of a person's address, if they have one."""
    return session.get(CalendarFeed, person_id)


def owner(session: Session, token: str, now: datetime) -> tuple[CalendarFeed, Person] | None:
    """Return whose address holds this token; None for a token never given, revoked, or of somebody who left."""
    query = select(CalendarFeed, Person)
    query = query.join(Person, col(Person.id) == CalendarFeed.person_id)
    query = query.where(CalendarFeed.token_hash == digest(token))
    query = query.where(is_here(local_date(now)))
    return session.exec(query).first()


def entries(session: Session, person_id: int, *, names: bool, now: datetime) -> list[Entry]:
    """Return what stands in a person's calendar, from `feed.BACK` before today to `feed.AHEAD` after."""
    today = local_date(now)
    pairs = {}
    running = []
    for pair in mentorships.of_person(session, person_id):
        pair_id = id_of(pair)
        pairs[pair_id] = pair
        if pair.status == ACTIVE:
            running.append(pair_id)
    # what a feed shows is planned: whoever reads along learns of no absence
    duos = [duo.planned for duo in check_ins.duos(session, today, running)]
    called = _called(session, person_id, pairs) if names else {}
    found: list[Entry] = []
    site = _site(session, person_id)
    for duo in duos:
        stretches = _together(
            duo,
            pairs[duo.mentorship_id].started_on,
            called.get(duo.mentorship_id),
            today - feed.BACK,
            today + feed.AHEAD,
        )
        found += stretches if duo.remote else _placed(stretches, site)
    for pair_id, day in _days_asked(session, person_id, duos, today):
        name = called.get(pair_id)
        found.append(CheckInDay(pair_id, day, name))
    return [*found, *_talks(session, person_id, today)]


def _talks(session: Session, person_id: int, today: date) -> Iterator[TalkDay]:
    """Yield the talks to which somebody is invited or invites."""
    for one in talks(session, person_id, today - feed.BACK, today + feed.AHEAD):
        yield TalkDay(one.pair_id, one.day)


def _site(session: Session, person_id: int) -> str:
    """Return where somebody works."""
    person = session.get_one(Person, person_id)
    return site_names(session)[person.site_id]


def _placed(stretches: Iterable[Together], place: str) -> Iterator[Together]:
    for one in stretches:
        yield replace(one, place=place)


def shifts(
    session: Session,
    pairs: Collection[Mentorship],
    others: Mapping[int, Person],
    now: datetime,
    most: int,
) -> list[Shift]:
    """Return when one is at work together next in the pairs that run, with whom of these others, and where."""
    running = [pair for pair in pairs if pair.status == ACTIVE]
    if not running:
        return []
    sites = site_names(session)
    with_whom: dict[int, Person] = {}
    for pair in running:
        other = others.get(pair.mentor_id) or others[pair.junior_id]
        with_whom[id_of(pair)] = other
    found = []
    coming = _coming(
        session,
        running,
        now,
        most,
    )
    for together in coming:
        other = with_whom[together.mentorship_id]
        site = sites.get(other.site_id, "")
        shift = Shift(together, other.given_name, site)
        found.append(shift)
    return found


def _coming(session: Session, pairs: Collection[Mentorship], now: datetime, most: int) -> list[Together]:
    """Return the first `most` stretches in which running pairs are at work together from now on, within four weeks."""
    started_on = {id_of(pair): pair.started_on for pair in pairs}
    today = local_date(now)
    found: list[Together] = []
    for duo in check_ins.duos(session, today, list(started_on)):
        stretches = _together(
            duo,
            started_on[duo.mentorship_id],
            None,
            today,
            today + FOUR_WEEKS,
        )
        found += [one for one in stretches if one.end > now]
    found.sort(key=lambda one: one.begin)
    return found[:most]


def _until(duo: Duo, last: date) -> date:
    """Return the last day of these on which a pair is together: before the one on which it ends, if that was said."""
    if duo.ends_on is None:
        return last
    return min(last, duo.ends_on - timedelta(days=1))


def _days_asked(
    session: Session,
    person_id: int,
    duos: Sequence[Duo],
    today: date,
) -> list[tuple[int, date]]:
    """Return of which pair, and when, the person is asked how it goes."""
    next_days = check_ins.next_days(session, duos, person_id, today)
    asked = set(next_days.items())
    for check_in in check_ins.waiting(session, person_id):
        asked.add((check_in.mentorship_id, check_in.asked_on))
    first = today - feed.BACK
    last = today + feed.AHEAD
    shown = []
    for pair_id, day in asked:
        if first <= day <= last:
            shown.append((pair_id, day))
    return sorted(shown)


def _called(session: Session, person_id: int, pairs: Mapping[int, Mentorship]) -> dict[int, str]:
    """Return the given name of the other of each pair."""
    others = {}
    for pair_id, pair in pairs.items():
        others[pair_id] = pair.other_of(person_id)
    people = persons(session, others.values())
    called = {}
    for pair_id, other in others.items():
        if other in people:
            called[pair_id] = people[other].given_name
    return called


def _together(
    duo: Duo,
    started_on: date | None,
    name: str | None,
    first: date,
    last: date,
) -> Iterator[Together]:
    """Yield the stretches in which a duo is at work together between two days, from its start on."""
    began = max(first, started_on or first)
    days = (_until(duo, last) - began).days + 1
    for day in days_together(
        duo.junior,
        duo.mentor,
        began,
        max(days, 0),
        duo.remote,
    ):
        stretches = times_together(
            duo.junior,
            duo.mentor,
            day,
            duo.remote,
        )
        for part, (begin, end) in enumerate(stretches):
            yield Together(
                duo.mentorship_id,
                day,
                part,
                begin,
                end,
                name,
            )
