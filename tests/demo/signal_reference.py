"""Which signals should have been raised, and the class of each pair: answers, days together and hours in time order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from tests.checkins.reference import Duo
from tests.demo.reference import DAY, WEEK, clock, today_at


class Balance:
    """What the reference of the balance makes of a story."""

    def __init__(self, story):
        self.story = story

    def evaluations(self, pair):
        """When the service looks at a pair: at each pass while it runs, and when a side sends."""
        sent = [
            c["closed_at"] for c in self.story.rows.check_in if c["mentorship_id"] == pair and c["status"] == "answered"
        ]
        return sorted({*sent, *(at for at in self.story.passes if self.story.status(pair, at) == "active")})

    def events(self, pair):
        """Yield (moment, what, ...) as the reference of the balance takes them."""
        answers = defaultdict(dict)
        for row in self.story.rows.check_in_answer:
            answers[row["check_in_id"]][row["key"]] = row["value"]
        for row in self.story.rows.check_in:
            if row["mentorship_id"] == pair and row["status"] != "open":
                told = answers[row["id"]], row["help_from"]
                yield row["closed_at"], "check_in", row["side"], row["due_on"], row["status"], *told
        for row in self.story.rows.signal:
            if row["mentorship_id"] == pair and row["done_at"]:
                yield row["done_at"], "close", row["kind"], row["side"], row["about"]
        for n in range(-200, (today_at(self.story.until) - today_at(self.story.since)).days + 1):
            day = today_at(self.story.since) + n * DAY
            if self.story.meets(pair, day) and self.story.at_one_site(pair, clock(day, 22 * 60)):
                yield max(clock(day, 0), self.story.since - DAY + n * timedelta(seconds=1)), "together", day
        for moment in self.story.passes:
            holds = self.story.at_one_site(pair, moment)
            yield moment, "rule", "site", holds

    def signals(self, pair):
        """Return what was raised for a pair but for hours: (kind, side, about, since, evidence, returned), in order."""
        if not self.story.states[pair]:
            return []
        duo = Duo(self.story.pairs[pair]["started_on"])
        events = sorted(self.events(pair), key=lambda event: event[:2])
        ended = [at for at, status in self.story.states[pair] if status == "ended"]
        found = []
        for moment, what, *about in events:
            status = self.story.status(pair, moment)
            if what == "rule" and status != "active":
                continue
            if status != "active" or what == "together":
                duo.started = today_at(moment)  # who pauses need not meet, and a day by itself is no look
            else:
                duo.started = max(
                    today_at(at) for at, said in self.story.states[pair] if said == "active" and at <= moment
                )
            before = len(duo.raised)
            duo.happens(moment, what, *about)
            new = duo.raised[before:]
            if ended and moment >= ended[0]:
                duo.open -= {raised[:3] for raised in new if raised[0] != "help"}
                new = [raised for raised in new if raised[0] == "help"]
            found += new
        return found

    def word(self, pair):
        """Return a pair's class by its answers in the order of the days they were asked for."""
        duo, answers = Duo(self.story.since.date()), [e for e in self.events(pair) if e[1] == "check_in"]
        for due in sorted({e[3] for e in answers}):
            for event in answers:
                if event[3] == due:
                    duo.happens(clock(due, 720), *event[1:])
            duo.judge()
        duo.happens(self.story.until, "together", today_at(self.story.until))
        return duo.judge()

    def hours(self):
        """Return the signals on hours, by pair: the days that each was drawn from."""
        found, closed, by_pair = defaultdict(list), {}, defaultdict(list)
        at_most = {}
        for row in self.story.rows.signal:
            if row["kind"] == "hours":
                by_pair[row["mentorship_id"]].append(row)
        mentors = {row["mentor_id"] for row in self.story.rows.worked_week}
        looks = sorted({(at, p) for p in self.story.pairs for at in self.evaluations(p)})
        for moment, pair in looks:
            mentor = self.story.pairs[pair]["mentor_id"]
            if mentor not in mentors or pair != self.first(mentor, moment):
                continue
            for row in by_pair[pair]:
                if row["done_at"] and row["done_at"] <= moment:
                    closed[pair] = max(today_at(row["done_at"]), closed.get(pair, date.min))
                    at_most[pair] = max(row["done_at"], at_most.get(pair, row["done_at"]))
            still = len(found[pair]) - sum(1 for r in by_pair[pair] if r["done_at"] and r["done_at"] <= moment)
            if still > 0 or not (drawn := self._over(mentor, moment, closed.get(pair, date.min))):
                continue
            quiet = pair in at_most and moment - at_most[pair] < 6 * WEEK
            if quiet and self._share(mentor, moment, drawn) < self._share(mentor, moment, found[pair][-1]) + Decimal(
                "0.25"
            ):
                continue
            found[pair].append(drawn)
        return {pair: drawn for pair, drawn in found.items() if drawn}

    def first(self, mentor, moment):
        running = [p for p, row in self.story.pairs.items() if row["mentor_id"] == mentor]
        return min((p for p in running if self.story.status(p, moment) == "active"), default=None)

    def _over(self, mentor, moment, after):
        """The last four weeks begun after a day, when they stand a quarter or more over the hours confirmed."""
        limit, today = self._limit(mentor, moment), today_at(moment)
        weeks = [monday for monday in self._weeks(mentor, moment) if monday > max(after, today - 12 * WEEK)]
        if limit is None or not weeks:
            return None
        drawn = tuple(sorted(monday for monday in weeks if monday > max(weeks) - 4 * WEEK))
        spent = self._spent(mentor, moment, drawn)
        return drawn if 0 < spent >= limit * len(drawn) * 5 / 4 else None

    def _weeks(self, mentor, moment):
        """What was noted of each week: with juniors, and otherwise."""
        weeks = defaultdict(lambda: [[], 0])
        for row in self.story.rows.worked_week:
            if row["mentor_id"] == mentor and row["noted_at"] <= moment:
                if row["mentorship_id"] is None:
                    weeks[row["week"]][1] += row["hours"]
                else:
                    weeks[row["week"]][0].append(row["hours"])
        return weeks

    def _spent(self, mentor, moment, mondays):
        spent, weeks = 0, self._weeks(mentor, moment)
        for monday in mondays:
            own = self._own_hours(mentor, monday)
            together = sum(weeks[monday][0])
            if own is not None:
                together = min(together, max([own, *weeks[monday][0]]))
            spent += together + weeks[monday][1]
        return spent

    def _share(self, mentor, moment, mondays):
        """Hours spent per hour confirmed."""
        return Decimal(self._spent(mentor, moment, mondays)) / (self._limit(mentor, moment) * len(mondays))

    def _own_hours(self, person, monday):
        if not self.story.calendar.knows(person):
            return None
        shifts = [self.story.calendar.shift(person, monday + n * DAY) for n in range(7)]
        return sum(Decimal(end - begin) / 60 for begin, end in (s for s in shifts if s))

    def _limit(self, mentor, moment):
        """The hours a week that were confirmed at a moment: a promise of fewer lowers them, a manager sets them."""
        limit = self.story.confirmed.get(mentor)
        for row in self.story.audit["person", mentor]:
            if row["at"] > moment:
                break
            if row["verb"] == "offer places" and limit is not None:
                limit = min(limit, Decimal(row["details"]["after"][1]))
            if row["verb"] == "confirm hours":
                limit = Decimal(row["details"]["after"])
        return limit
