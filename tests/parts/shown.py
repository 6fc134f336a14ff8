"""What the pages of the gallery show of people, days and steps; the names are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Someone:
    """A person as a part needs one."""

    name: str
    initials: str


@dataclass
class Step:
    """A step of a check-in or a wizard."""

    number: int = 0
    text: str = ""
    value: str = ""
    chosen: bool = False
    outside: bool = False


@dataclass
class Asked:
    """A question of a check-in."""

    text: str
    field: str
    steps: list[Step]


@dataclass
class Place:
    """A place in an order, as a profile makes it for a select."""

    label: str
    id: str
    form: str = ""
    errors: dict[str, str] = field(default_factory=dict)


NOOR = Someone("Noor Attali", "NA")
HENK = Someone("Henk Brouwers", "HB")
WAYS = [("job", "Doen op de werkvloer"), ("colleague", "Samen met een collega"), ("modules", "Korte leerblokken")]
SCALE = ["helemaal niet", "nauwelijks", "een beetje", "meestal", "helemaal"]


def answers() -> dict[str, Any]:
    """A question with one answer chosen."""
    steps = [Step(number, text, str(number), number == 4) for number, text in enumerate(SCALE, 1)]
    steps.append(Step(0, "niet van toepassing, niet samen gewerkt", "none", outside=True))
    text = "Ik krijg er onder werktijd tijd voor."
    return {"asked": Asked(text, "answer-wide", steps), "narrow": Asked(text, "answer-narrow", steps)}


def choose() -> dict[str, Any]:
    """An order half made, and one refused."""
    names = ["Eerste", "Tweede", "Derde"]
    places = [Place(name, f"place-{number}") for number, name in enumerate(names)]
    places[0].form = "colleague"
    twice = [Place(name, f"twice-{number}", "job") for number, name in enumerate(names)]
    twice[1].errors = {"twice": "Dit staat er al."}
    return {"ways": WAYS, "places": places, "twice": twice}


def people() -> dict[str, Any]:
    """A duo."""
    return {"noor": NOOR, "henk": HENK}


def rows() -> dict[str, Any]:
    """A duo and two days."""
    return people() | {"today": date(2026, 11, 30), "tomorrow": date(2026, 12, 1)}
