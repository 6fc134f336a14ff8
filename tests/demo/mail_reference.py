"""Which mails should have been asked for and sent: each pass of the worker replayed from the rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from tests.demo.reference import DAY, today_at

TOPIC = {
    "check-in": "reminder",
    "reminder-3": "reminder",
    "reminder-7": "reminder",
    "line": "overview",
    "accepted": "duo",
    "refused": "duo",
    "proposal": "duo",
    "expired": "duo",
    "help": "duo",
    "signal": "duo",
    "level": "duo",
    "thanks": "duo",
    "proposal-again": "duo",
    "withdrawn": "duo",
    "nobody": "duo",
    "place-asked": "duo",
    "place-free": "duo",
    "hours-again": "duo",
    "announced": "duo",
    "object-soon": "duo",
    "acted": "duo",
    "ends-soon": "duo",
    "certificate-ends": "reminder",
    "pulse": "reminder",
    "pulse-again": "reminder",
}


class Mails:
    """What a story should have led to in the post."""

    def __init__(self, story):
        self.story, self.rows = story, story.rows
        unwanted = {(row["person_id"], row["topic"]) for row in self.rows.mail_preference if not row["wanted"]}
        addressed = {row["id"] for row in self.rows.person if row["email"] and not row["left_on"]}
        self.reaches = lambda person, kind: person in addressed and (person, TOPIC.get(kind)) not in unwanted
        self.lives = list(self._lives())

    def _lives(self):
        """Yield (person, from, until, day) of every open check-in; one that became the closing one opened anew."""
        opened = {}
        for pair in self.story.pairs:
            for (side, due), moment in self.story.asked_rows(pair).items():
                opened[pair, side, due] = moment
        for row in self.rows.check_in:
            first = opened.get((row["mentorship_id"], row["side"], row["due_on"]), row["opened_at"])
            until = row["closed_at"]
            if first != row["opened_at"]:
                yield row["person_id"], first, row["opened_at"], today_at(first)
            yield row["person_id"], row["opened_at"], until, today_at(row["opened_at"])

    def waiting(self, person, moment):
        return [
            day
            for who, first, until, day in self.lives
            if who == person and first <= moment and (until is None or until > moment)
        ]

    def check_ins(self):
        """Return {(kind, person, day asked): day it opened}: when one opens, and after 3 and 7 days; one a day."""
        asked, told = {}, defaultdict(dict)
        people = sorted({who for who, *_ in self.lives})
        for moment in self.story.passes:
            today = today_at(moment)
            for person in people:
                if any(today == day for _, who, day in asked if who == person):
                    continue
                for opened in sorted(self.waiting(person, moment), reverse=True):
                    before = {kind for kind, day in told[person].items() if day >= opened}
                    age = (today - opened).days
                    kind = "reminder-7" if age >= 7 else "reminder-3" if age >= 3 else "check-in"
                    if not before & {kind, "reminder-7", *(["reminder-3"] if age < 7 else [])}:
                        asked[kind, person, today] = opened
                        told[person][kind] = opened
                        break
        return asked

    def lines(self):
        """Return the asks of a weekly overview: who leads or runs it and reads it, each Monday (or up to Thursday)."""
        leads = {row["person_id"] for row in self.rows.person_role if row["role"] in ("manager", "coordinator")}
        readers = {person for person in leads if self.reaches(person, "line")}
        mondays = {day - day.weekday() * DAY for day in map(today_at, self.story.passes) if day.weekday() <= 3}
        return {("line", person, monday) for person in readers for monday in mondays}

    def news(self):
        """Return the asks of a duo's start, a refusal, a proposal that lapsed and thanks: (kind, person, pair)."""
        found = set()
        for pair, row in self.story.pairs.items():
            if row["status"] == "ended":
                found |= self._thanks(pair, row)
            if row["origin"] == "import":
                continue
            if (begun := self._passes_in(pair, "active")) is not None:
                found |= {("accepted", row[side], str(pair)) for side in ("mentor_id", "junior_id") if begun}
            lapsed = [e["at"] for e in self.story.audit["mentorship", pair] if e["verb"] == "expire proposal"]
            if any(at <= moment for at in lapsed for moment in self.story.passes):
                found |= {("expired", row[side], str(pair)) for side in ("mentor_id", "junior_id")}
            elif row["status"] == "refused" and False in (row["mentor_accepted"], row["junior_accepted"]):
                other = "junior_id" if row["mentor_accepted"] is False else "mentor_id"
                if any(today_at(moment) >= row["ended_on"] for moment in self.story.passes):
                    found.add(("refused", row[other], str(pair)))
        return found

    def _thanks(self, pair, row):
        """Thank the mentor of four weeks or more, by their manager, once the junior had the chance to add a word."""
        manager = next(p["manager_id"] for p in self.rows.person if p["id"] == row["mentor_id"])
        manages = {r["person_id"] for r in self.rows.person_role if r["role"] == "manager"} - {row["junior_id"]}
        last = [c for c in self.rows.check_in if c["mentorship_id"] == pair and c["closing"] and c["side"] == "junior"]
        said = [c["closed_at"] for c in last if c["closed_at"] and c["closed_at"] <= self.story.until]
        long = row["ended_on"] - row["started_on"] >= timedelta(28)
        return {("thanks", manager, str(pair))} if long and said and manager in manages else set()

    def levels(self):
        """Return the asks that tell whose word a level waits for: the mentor's, then that of a second."""
        found, pairs = set(), {goal["id"]: goal["mentorship_id"] for goal in self.rows.goal}
        for moment in self.story.passes:
            for row in self.rows.level_claim:
                pair = pairs[row["goal_id"]]
                if self.story.status(pair, moment) not in ("active", "paused"):
                    continue
                seconds = row["mentor_at"] is not None and row["mentor_at"] <= moment
                since = row["mentor_at"] if seconds else row["claimed_at"]
                settled = row["settled_at"] is not None and row["settled_at"] <= moment
                person = row["second_id"] if seconds else self.story.pairs[pair]["mentor_id"]
                if since <= moment < since + timedelta(7) and not settled:
                    found.add(("level", person, str(row["id"])))
        return found

    def _passes_in(self, pair, status):
        """Whether there was a pass while a pair stood so."""
        if status not in {said for _, said in self.story.states[pair]}:
            return None
        return any(self.story.status(pair, moment) == status for moment in self.story.passes)

    def proposals(self):
        """Return the asks that tell of proposals: at a pass, of the newest of all that wait for somebody."""
        found, told = set(), defaultdict(int)
        for moment in self.story.passes:
            newest = defaultdict(int)
            for pair, row in self.story.pairs.items():
                if row["proposed_at"] is None or not row["proposed_at"] <= moment < row["proposed_at"] + timedelta(30):
                    continue
                log = [e for e in self.story.audit["mentorship", pair] if e["at"] <= moment]
                if any(e["verb"] in ("refuse", "expire proposal") for e in log):
                    continue
                said = {e["actor_id"] for e in log if e["verb"] == "accept"}
                for side in {row["mentor_id"], row["junior_id"]} - said:
                    newest[side] = max(newest[side], pair)
            for person, pair in newest.items():
                if pair > told[person]:
                    told[person] = pair
                    found.add(("proposal", person, str(pair)))
        return found

    def signals(self):
        """Return the asks that tell a mentor of their own signals, and whom help was asked of, newest of all."""
        found, told = set(), defaultdict(int)
        taken = defaultdict(list)
        for (subject, about), log in self.story.audit.items():
            if subject == "signal":
                taken[about] = [row["at"] for row in log if row["verb"] in ("take signal", "close signal")]
        for moment in self.story.passes:
            newest = defaultdict(int)
            for row in self.rows.signal:
                stands = row["raised_at"] <= moment and not any(at <= moment for at in taken[row["id"]])
                if stands and moment - row["raised_at"] < timedelta(7):
                    for kind, person in self._for(row):
                        newest[kind, person] = max(newest[kind, person], row["id"])
            for (kind, person), about in newest.items():
                if about > told[kind, person]:
                    told[kind, person] = about
                    found.add((kind, person, str(about)))
        return found

    def _for(self, signal):
        pair = self.story.pairs[signal["mentorship_id"]]
        if signal["kind"] != "help":
            return [("signal", pair["mentor_id"])] if signal["side"] != "junior" else []
        author = pair["mentor_id"] if signal["side"] == "mentor" else pair["junior_id"]
        above = next(p["manager_id"] for p in self.rows.person if p["id"] == author)
        coordinators = {row["person_id"] for row in self.rows.person_role if row["role"] == "coordinator"}
        coordinators -= {pair["mentor_id"], pair["junior_id"]}
        asked_of = {"mentor": {pair["mentor_id"]}, "manager": {above}, "coordinator": coordinators}
        return [("help", person) for person in asked_of.get(signal["about"], ()) if person is not None]
