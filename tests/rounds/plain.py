"""The match once more, straight from the rows of the HR export, pair by pair in plain Python.

It shares no code with the service: it reads the files itself, and knows the rules from the domain document alone.
"""

from __future__ import annotations

import csv
import io
import pathlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.matching.reference import meeting

FORMS = (
    "doen op de werkvloer", "klassikaal", "online", "samen met een ervaren collega", "korte leerblokken",
)  # fmt: skip
WEEK = ("ma", "di", "wo", "do", "vr", "za", "zo")
STEPS = ("self", "expertise", "line", "apart", "language", "site", "meeting", "place")
WEIGHTS = {"domain": 0.40, "together": 0.25, "preference": 0.20, "continuity": 0.10, "wish": 0.05}
HOURS_PER_PAIR = 2


@dataclass(frozen=True)
class Roster:
    """What the reference wants to know of a timetable."""

    start: int
    shifts: tuple[tuple[int, int] | None, ...]
    off: frozenset[int]


def rows_of(path: pathlib.Path) -> list[dict[str, str]]:
    """The rows that have as many cells as the heading, tidied."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    heading, *rows = csv.reader(io.StringIO(text), delimiter=";")
    return [dict(zip(heading, (c.strip() for c in row), strict=True)) for row in rows if len(row) == len(heading)]


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def day_of(text: str) -> int:
    day, month, year = map(int, text.split("-"))
    return date(year, month, day).toordinal()


class Files:
    """An export, and what it says about every pair; people go by their personnel number."""

    def __init__(self, folder: pathlib.Path) -> None:
        def read(name: str) -> list[dict[str, str]]:
            return rows_of(folder / f"{name}.csv")

        times = {r["Dienst"]: (minutes(r["Begin"]), minutes(r["Eind"])) for r in read("diensten")}
        shifts = {code: (b, e if e > b else e + 1440) for code, (b, e) in times.items()}
        self.rosters = {
            r["Rooster"]: (day_of(r["Startdatum"]), tuple(shifts.get(code) for code in r["Cyclus"].split()))
            for r in read("roosters")
        }
        self.remote_domains = {r["Vakgebied"] for r in read("vakgebieden") if r["Op afstand te leren"] == "ja"}
        self.people = self._people(read("medewerkers"))
        self.level: dict[tuple[str, str], int] = {}
        self.holders: dict[str, int] = {}
        for row in read("vaardigheden"):
            who, domain, level = row["Medewerkernummer"], row["Vakgebied"], int(row["Niveau"])
            self.level[who, domain] = level if row["Wil overdragen"] == "ja" else 0
            self.holders[domain] = self.holders.get(domain, 0) + (level >= 4)
        self.forms = {r["Medewerkernummer"]: [int(r[f]) for f in FORMS] for r in read("leervoorkeuren")}
        self.duos = [(r["Mentor"], r["Junior"]) for r in read("duos")]
        placed = {junior for _, junior in self.duos}
        self.needs: dict[str, list[tuple[str, int, int, int]]] = {}
        for row in read("aanvragen"):
            if row["Medewerkernummer"] not in placed:
                need = row["Vakgebied"], *(int(row[c]) for c in ("Huidig niveau", "Gewenst niveau", "Belang"))
                self.needs.setdefault(row["Medewerkernummer"], []).append(need)
        self.mentors = [n for n, p in self.people.items() if int(p["Plaatsen mentor"] or 0) > 0]
        self._met: dict[tuple[Roster, Roster], dict[str, float]] = {}

    def _people(self, rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
        """Everyone whose row can be believed; of a row that is there twice the first."""
        good: dict[str, dict[str, str]] = {}
        for row in rows:
            known_roster = not row["Rooster"] or row["Rooster"] in self.rosters
            if known_roster and row["E-mail werk"].count("@") <= 1 and not row["Plaatsen mentor"].isalpha():
                good.setdefault(row["Medewerkernummer"], row)
        return {n: r for n, r in good.items() if not r["Leidinggevende"] or r["Leidinggevende"] in good}

    def load(self, mentor: str) -> int:
        return sum(m == mentor for m, _ in self.duos)

    def places(self, mentor: str) -> int:
        """min(places set, floor(hours / hours a pair needs)) less the juniors they have."""
        row = self.people[mentor]
        hours = float(row["Uren mentor p/w"].replace(",", ".") or 0)
        return max(0, min(int(row["Plaatsen mentor"]), int(hours // HOURS_PER_PAIR)) - self.load(mentor))

    def above(self, person: str) -> set[str]:
        found: set[str] = set()
        while (person := self.people[person]["Leidinggevende"]) and person not in found:
            found.add(person)
        return found

    def roster(self, person: str) -> Roster | None:
        row = self.people[person]
        if not row["Rooster"]:
            return None
        off = frozenset(WEEK.index(d) for d in row["Schooldag"].replace(",", " ").split())
        return Roster(*self.rosters[row["Rooster"]], off)

    def met(self, junior: str, mentor: str) -> dict[str, float] | None:
        one, other = self.roster(junior), self.roster(mentor)
        if one is None or other is None:
            return None
        if (one, other) not in self._met:
            self._met[one, other] = meeting(one, other)
        return self._met[one, other]

    def same_site(self, junior: str, mentor: str) -> bool:
        return self.people[junior]["Vestiging"] == self.people[mentor]["Vestiging"]

    def remote(self, junior: str, mentor: str) -> bool:
        both = all(self.people[p]["Op afstand"] == "ja" for p in (junior, mentor))
        return both and self.needs[junior][0][0] in self.remote_domains

    def on_site(self, junior: str, mentor: str, *, every_four_weeks: bool = True) -> bool:
        met = self.met(junior, mentor)
        if not self.same_site(junior, mentor) or met is None or met["shifts_per_four_weeks"] < 2:
            return False
        return not every_four_weeks or met["longest_gap"] <= 28

    def meets(self, junior: str, mentor: str, *, every_four_weeks: bool = True) -> bool:
        met = self.met(junior, mentor)
        at_distance = self.remote(junior, mentor) and met is not None and met["hours_per_two_weeks"] >= 1
        return at_distance or self.on_site(junior, mentor, every_four_weeks=every_four_weeks)

    def obstacle(self, junior: str, mentor: str) -> str | None:
        """The first rule that fails; later rules are not looked at."""
        domain, current, target, _ = self.needs[junior][0]
        level = self.level.get((mentor, domain), 0)
        languages = [set(self.people[p]["Talen"].split(",")) for p in (junior, mentor)]
        rules = (
            lambda: junior != mentor,
            lambda: level >= 3 and level > current and level >= min(target, 4),
            lambda: junior not in self.above(mentor) and mentor not in self.above(junior),
            lambda: (mentor, junior) not in self.duos and (junior, mentor) not in self.duos,
            lambda: languages[0] & languages[1],
            lambda: self.same_site(junior, mentor) or self.remote(junior, mentor),
            lambda: self.meets(junior, mentor),
            lambda: self.places(mentor) > 0,
        )
        return next((step for step, rule in zip(STEPS, rules, strict=True) if not rule()), None)

    @cached_property
    def obstacles(self) -> dict[tuple[str, str], str | None]:
        """Every request with every mentor."""
        return {(j, m): self.obstacle(j, m) for j in self.needs for m in self.mentors}

    def parts(self, junior: str, mentor: str) -> dict[str, float]:
        domain = continuity = total = 0.0
        for field, current, target, importance in self.needs[junior]:
            level = self.level.get((mentor, field), 0)
            coverage = min(1.0, max(0.0, (level - current) / (target - current)))
            domain += importance * (coverage - (0.15 if level >= target + 2 else 0))
            continuity += importance * coverage * 3 / (3 + self.holders.get(field, 0))  # nobody told to be leaving
            total += importance
        met = self.met(junior, mentor) or {}
        ranking, comfort = self.forms.get(junior), self.forms.get(mentor)
        fit = sum(w * c for w, c in zip(ranking, comfort, strict=True)) / 60 if ranking and comfort else 0.5
        return {
            "domain": domain / total,
            "together": met["share_of_shifts" if self.on_site(junior, mentor) else "share_of_hours"],
            "preference": fit,
            "continuity": continuity / total,
            "wish": 0.0,
        }
