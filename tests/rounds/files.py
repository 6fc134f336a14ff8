"""The files of an export matched by hand: the domain document over raw CSV rows, in plain Python, pair by pair.

Nothing of the service is used here, so that a mistake in it (also in importing or gathering) cannot hide.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.matching.reference import meeting

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
FORMS = ("doen op de werkvloer", "klassikaal", "online", "samen met een ervaren collega", "korte leerblokken")
RULES = ("self", "expertise", "line", "apart", "language", "site", "meeting", "place")
WEIGHTS = {"domain": 40, "together": 25, "preference": 20, "continuity": 10, "wish": 5}
BROKEN = {"90003", "90004", "90005", "90006"}
"""Rows planted in the export that take no part: "drie" places, unknown roster, and so on."""
Row = dict[str, str]


def rows(folder: Path, name: str) -> list[Row]:
    """Return the rows of a file, stripped, repetitions and empty lines left out."""
    with (folder / name).open(encoding="cp1252", newline="") as file:
        found = [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file, delimiter=";")]
    return [row for n, row in enumerate(found) if any(row.values()) and row not in found[:n]]


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def day(text: str) -> int:
    return datetime.strptime(text, "%d-%m-%Y").date().toordinal()


@dataclass
class Files:
    """An export, and who fits whom by it."""

    folder: Path
    met: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = {
            r["Medewerkernummer"]: r
            for r in rows(self.folder, "medewerkers.csv")
            if r["Medewerkernummer"] not in BROKEN and r["Rol"]
        }
        self.domains = {r["Vakgebied"]: r for r in rows(self.folder, "vakgebieden.csv")}
        self.skills = {
            (r["Medewerkernummer"], r["Vakgebied"]): (int(r["Niveau"]), r["Wil overdragen"] == "ja")
            for r in rows(self.folder, "vaardigheden.csv")
        }
        self.forms = {
            r["Medewerkernummer"]: [int(r[form]) for form in FORMS] for r in rows(self.folder, "leervoorkeuren.csv")
        }
        self.duos = {(r["Mentor"], r["Junior"]) for r in rows(self.folder, "duos.csv")}
        shifts = {}
        for r in rows(self.folder, "diensten.csv"):
            begin, end = minutes(r["Begin"]), minutes(r["Eind"])
            shifts[r["Dienst"]] = (begin, end if end > begin else end + 1440)
        self.rosters = {
            r["Rooster"]: (day(r["Startdatum"]), tuple(shifts.get(code) for code in r["Cyclus"].split()))
            for r in rows(self.folder, "roosters.csv")
        }
        placed = {junior for _, junior in self.duos}
        self.requests: dict[str, list[tuple[str, int, int, int]]] = {}
        for r in rows(self.folder, "aanvragen.csv"):
            need = r["Vakgebied"], int(r["Huidig niveau"]), int(r["Gewenst niveau"]), int(r["Belang"])
            if r["Medewerkernummer"] not in placed:
                self.requests.setdefault(r["Medewerkernummer"], []).append(need)
        self.mentors = [n for n, r in self.people.items() if r["Plaatsen mentor"] not in ("", "0")]
        self.load = Counter(mentor for mentor, _ in self.duos)
        holders = Counter(domain for (_, domain), (level, _) in self.skills.items() if level >= 4)
        # nobody's plans are imported, so attrition is 3, of what nobody holds 5
        self.urgency = {}
        for domain, row in self.domains.items():
            number = holders[domain]
            position = (3 if row["Kritiek"] == "ja" else 1) + (2 if number < 2 else 1 if number < 4 else 0)
            self.urgency[domain] = position * (3 if number else 5) / 25

    def free(self, mentor: str) -> int:
        """The least of places and hours / 2, less who they guide already."""
        person = self.people[mentor]
        hours = Decimal(person["Uren mentor p/w"].replace(",", "."))
        return max(0, min(int(person["Plaatsen mentor"]), int(hours // 2)) - self.load[mentor])

    def above(self, number: str) -> set[str]:
        found: set[str] = set()
        while number := self.people[number]["Leidinggevende"]:
            found.add(number)
        return found

    def pattern(self, roster: str) -> SimpleNamespace:
        """The days of a roster."""
        start, cycle = self.rosters[roster]
        return SimpleNamespace(start=start, days=[[day] if day else [] for day in cycle], repeats=True)

    def meet(self, junior: str, mentor: str) -> dict[str, Any] | None:
        """How two people meet, minute by minute over the joint cycle."""
        keys = tuple((self.people[p]["Rooster"], self.people[p]["Schooldag"]) for p in (junior, mentor))
        if not keys[0][0] or not keys[1][0]:
            return None
        if keys not in self.met:
            made = [
                SimpleNamespace(pieces=((0, pattern),), off={WEEKDAYS.index(d) for d in school.split(",") if d}, out=())
                for pattern, school in ((self.pattern(name), school) for name, school in keys)
            ]
            self.met[keys] = meeting(*made)
        found: dict[str, Any] = self.met[keys]
        return found

    def on_site(self, junior: str, mentor: str, *, gap: bool = True) -> bool:
        met = self.meet(junior, mentor)
        same = self.people[junior]["Vestiging"] == self.people[mentor]["Vestiging"]
        if not same or met is None or met["longest_gap"] is None:
            return False
        return bool(met["shifts_per_four_weeks"] >= 2 and (not gap or met["longest_gap"] <= 28))

    def remote(self, junior: str, mentor: str) -> bool:
        learnable = self.domains[self.requests[junior][0][0]]["Op afstand te leren"] == "ja"
        return learnable and self.people[junior]["Op afstand"] == self.people[mentor]["Op afstand"] == "ja"

    def level(self, mentor: str, domain: str) -> int:
        """The level in a domain, 0 when not willing to pass it on."""
        level, willing = self.skills.get((mentor, domain), (0, False))
        return level if willing else 0

    def obstacle(self, junior: str, mentor: str, *, place: bool = True, gap: bool = True) -> str | None:
        """The first rule that forbids a pair; without `place` or `gap` those are not asked."""
        domain, current, target, _ = self.requests[junior][0]
        level = self.level(mentor, domain)
        if junior == mentor:
            return "self"
        if level < 3 or level <= current or level < min(target, 4):
            return "expertise"
        if mentor in self.above(junior) or junior in self.above(mentor):
            return "line"
        if (mentor, junior) in self.duos or (junior, mentor) in self.duos:
            return "apart"
        spoken = [set(self.people[p]["Talen"].split(",")) for p in (junior, mentor)]
        if not spoken[0] & spoken[1]:
            return "language"
        remote = self.remote(junior, mentor)
        if self.people[junior]["Vestiging"] != self.people[mentor]["Vestiging"] and not remote:
            return "site"
        met = self.meet(junior, mentor)
        if not self.on_site(junior, mentor, gap=gap) and not (remote and met and met["hours_per_two_weeks"] >= 1):
            return "meeting"
        return "place" if place and not self.free(mentor) else None

    def parts(self, junior: str, mentor: str) -> dict[str, float]:
        """The five criteria of a pair."""
        domain = continuity = total = 0.0
        for name, current, target, importance in self.requests[junior]:
            level = self.level(mentor, name)
            coverage = min(max((level - current) / (target - current), 0), 1)
            domain += importance * (coverage - (0.15 if level >= target + 2 else 0))
            continuity += importance * coverage * self.urgency[name]
            total += importance
        met = self.meet(junior, mentor)
        assert met is not None
        wanted, comfort = self.forms.get(junior), self.forms.get(mentor)
        fit = sum(w * c for w, c in zip(wanted, comfort, strict=True)) / 60 if wanted and comfort else 0.5
        return {
            "domain": domain / total,
            "together": met["share_of_shifts"] if self.on_site(junior, mentor) else met["share_of_hours"],
            "preference": fit,
            "continuity": continuity / total,
            "wish": 0.0,  # an export holds no wishes
        }

    def eligible(self, floor: float = 0.0, **rules: bool) -> dict[tuple[str, str], int]:
        """Every pair at or above the floor (that continuity does not enter) with its score in millionths."""
        found = {}
        for junior in self.requests:
            for mentor in self.mentors:
                if self.obstacle(junior, mentor, **rules) is None:
                    parts = self.parts(junior, mentor)
                    visible = sum(WEIGHTS[n] * v for n, v in parts.items() if n != "continuity") / 90
                    if round(visible, 6) >= floor:
                        found[junior, mentor] = round(sum(WEIGHTS[n] * v for n, v in parts.items()) * 10_000)
        return found
