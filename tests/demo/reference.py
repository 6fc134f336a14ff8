"""What should have happened, told once more from the domain document: read the rows of a database, replay the days.

Nothing here is the service's own reckoning: together-shifts are counted on a clock of minutes, check-ins and mails are
asked for day by day, signals and classes come from the reference of the balance.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlmodel import select

from mentorship.base.audit import AuditRow
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.models import Answer, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import FailingRule, Mentorship
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Capacity, Domain
from mentorship.profiles.rosters.models import DayOff, Roster, RosterDay, Shift, WorkTime
from mentorship.reminders.models import MailPreference

ZONE = ZoneInfo("Europe/Amsterdam")
HOURS = (6, 10, 14, 18, 22)
EVERY, LATER, AT_MOST = timedelta(days=14), timedelta(days=28), timedelta(days=42)
COUNTED = {"progress", "own_work", "not_alone", "dare_to_ask", "hours_free", "own_job", "support", "go_on"}
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def today_at(moment):
    return moment.astimezone(ZONE).date()


def clock(day, minutes):
    """The moment at which clocks show so many minutes after the midnight before `day`'s morning."""
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    return naive.replace(tzinfo=ZONE).astimezone(UTC)


class Rows:
    """Every row that the reference looks at."""

    TABLES = (
        AuditRow,
        OutboxRow,
        Answer,
        CheckIn,
        Signal,
        FailingRule,
        Mentorship,
        WorkedWeek,
        Person,
        PersonRole,
        Capacity,
        DayOff,
        Domain,
        Roster,
        RosterDay,
        Shift,
        WorkTime,
        MailPreference,
        Goal,
        LevelClaim,
    )

    def __init__(self, session):
        for table in self.TABLES:
            rows = [row.model_dump() for row in session.exec(select(table))]
            setattr(self, table.__tablename__, sorted(rows, key=lambda row: row.get("id") or 0))


class Calendar:
    """When people are at work, from the rosters' rows."""

    def __init__(self, rows):
        times = {s["id"]: (s["begins"], s["ends"]) for s in rows.shift}
        cycles = {r["id"]: (r["starts_on"], [None] * r["days"]) for r in rows.roster}
        for day in rows.roster_day:
            cycles[day["roster_id"]][1][day["day"]] = times[day["shift_id"]]
        off = defaultdict(set)
        for row in rows.day_off:
            off[row["person_id"]].add(row["weekday"])
        self._of = {
            w["person_id"]: (*cycles[w["roster_id"]], frozenset(off[w["person_id"]]))
            for w in rows.work_time
            if w["roster_id"] is not None
        }

    def knows(self, person):
        return person in self._of

    def shift(self, person, day):
        """Begin and end in minutes after midnight, or None when free."""
        starts, cycle, off = self._of[person]
        return None if day.weekday() in off else cycle[(day - starts).days % len(cycle)]

    @cache  # noqa: B019 (lives as long as a test)
    def meets(self, junior, mentor, day, remote):
        """Both at work without a break for four hours (at a distance: one) in the junior's shift of a day."""
        if not (self.knows(junior) and self.knows(mentor)):
            return False
        mine = self.shift(junior, day)
        if mine is None:
            return False
        at_work = [False] * (3 * 1440)
        for step in (-1, 0, 1):
            theirs = self.shift(mentor, day + step * DAY)
            for minute in range(*theirs) if theirs else ():
                place = 1440 + step * 1440 + minute
                if place < len(at_work):
                    at_work[place] = True
        longest = run = 0
        for minute in range(*mine):
            run = run + 1 if at_work[1440 + minute] else 0
            longest = max(longest, run)
        return longest >= (60 if remote else 240)

    def earliest(self, person, now):
        """The first moment in somebody's own shift, not in its first 15 nor its last 30 minutes."""
        day = today_at(now) - DAY
        office = not self.knows(person)
        for _ in range(16):
            shift = (None if day.weekday() > 4 else (540, 1020)) if office else self.shift(person, day)
            if shift:
                begin, end = clock(day, shift[0]), clock(day, shift[1])
                moment = max(now, begin if office else begin + timedelta(minutes=15))
                if moment < end if office else moment <= end - timedelta(minutes=30):
                    return moment
            day += DAY
        return now


class Story:
    """Each pair's life, and what that should have led to; `sites` and `confirmed` are as they were at the start."""

    def __init__(self, session, since, until, sites, confirmed):
        self.rows, self.since, self.until = Rows(session), since, until
        self.calendar = Calendar(self.rows)
        self.sites, self.confirmed = sites, confirmed
        self.pairs = {p["id"]: p for p in self.rows.mentorship}
        self.audit = defaultdict(list)
        for row in self.rows.audit:
            self.audit[row["subject"], row["subject_id"]].append(row)
        self.passes = [
            moment
            for n in range((today_at(until) - today_at(since)).days + 1)
            for hour in HOURS
            if since <= (moment := clock(today_at(since) + n * DAY, hour * 60)) < until
        ]
        self.passes.append(until)
        self.states = {pair: list(self._states(pair)) for pair in self.pairs}

    def _states(self, pair):
        """Yield (moment, status) from the log of who decided what."""
        said = set()
        if self.pairs[pair]["origin"] == "import":
            yield self.since - DAY, "active"
        for row in self.audit["mentorship", pair]:
            if row["verb"] == "accept":
                said.add(row["actor_id"])
                if len(said) == 2:
                    yield row["at"], "active"
            for verb, status in (("pause", "paused"), ("resume", "active"), ("end", "ended")):
                if row["verb"] == f"{verb} mentorship":
                    yield row["at"], status

    def status(self, pair, moment):
        return next((status for at, status in reversed(self.states[pair]) if at <= moment), "proposed")

    def remote(self, pair):
        return bool(self.pairs[pair]["explanation"].get("remote"))

    def meets(self, pair, day):
        row = self.pairs[pair]
        return self.calendar.meets(row["junior_id"], row["mentor_id"], day, self.remote(pair))

    def asked(self, pair, side):
        """Return {day due: moment asked} of the check-ins of a side that are no closing ones."""
        found, last, counted = {}, None, None
        for moment in self.passes:
            day = today_at(moment)
            if self.status(pair, moment) != "active":
                continue
            begun = [today_at(at) for at, status in self.states[pair] if status == "active" and at <= moment]
            if begun[0] < today_at(self.since):
                begun[0] = self.pairs[pair]["started_on"]
            near, every = self.at_one_site(pair, moment), self.rhythm(pair, side, found, moment)
            opened = [today_at(at) for at in found.values()]
            if (now := (max([*begun, *found, *opened]), near, every)) != counted:
                counted, last = now, self._due(pair, *now)
            if last <= day:
                due = day if last <= day - timedelta(days=14) else last
                found[due] = moment
        return found

    def rhythm(self, pair, side, found, moment):
        """The first four about every two weeks, then every four; two weeks after one that was answered low."""
        if len(found) < 4 or not found:
            return EVERY
        newest = max(found)
        row = next(
            row
            for row in self.rows.check_in
            if (row["mentorship_id"], row["side"], row["due_on"]) == (pair, side, newest)
        )
        if row["status"] != "answered" or row["closed_at"] > moment:
            return LATER
        told = [
            answer["value"]
            for answer in self.rows.check_in_answer
            if answer["check_in_id"] == row["id"] and answer["key"] in COUNTED and answer["value"] is not None
        ]
        return EVERY if told and sum(told) / len(told) < 1 + 4 * 0.45 else LATER

    def _due(self, pair, start, near, every):
        met = [day for n in range(1, 43) if near and self.meets(pair, day := start + n * DAY)]
        second = met[1] if len(met) > 1 else start + AT_MOST
        return min(max(start + every, second), start + AT_MOST)

    def asked_rows(self, pair):
        """Return the check-ins of a pair's sides that the reference expects: {(side, day due): moment asked}."""
        return {(side, due): at for side in ("junior", "mentor") for due, at in self.asked(pair, side).items()}

    def at_one_site(self, pair, moment):
        """Whether both work at one site, or can do without."""
        row = self.pairs[pair]
        here = {self.site(row[side], moment) for side in ("mentor_id", "junior_id")}
        distant = {w["person_id"] for w in self.rows.work_time if w["remote"]}
        taught = {d["id"] for d in self.rows.domain if d["remote"]}
        return len(here) == 1 or ({row["mentor_id"], row["junior_id"]} <= distant and row["domain_id"] in taught)

    def site(self, person, moment):
        moves = [row["at"] for row in self.audit["person", person] if row["verb"] == "change person"]
        assert len(moves) < 2, "the log does not tell where somebody was in between"
        now_at = next(p["site_id"] for p in self.rows.person if p["id"] == person)
        return now_at if moves and moves[0] <= moment else self.sites[person]
