"""Reading an export of 30,000 people, as CSV and as XLSX, and taking it in: python -m tests.benchmarks.reading."""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from mentorship import migrations
from mentorship.base.db import make_engine, open_session
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.files import read_directory

PEOPLE, LEADERS, SITES, DOMAINS = 30_000, 1_000, 20, 40
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
GIVEN = ("Bilal", "Nazan", "Kenan", "Piet", "Jan", "Anja", "Björn", "Zoë", "Søren", "Fatima", "Lotte")
FAMILY = ("Öztürk", "Jansen", "Bakker", "Müller", "Smits", "Nguyen", "Visser", "Kowalski", "Groot")
Rows = Iterator[Sequence[object]]


def people(rng: random.Random) -> Rows:
    """Yield everybody: leaders, and of the others a third that guides and a third that asks."""
    columns = (
        "Medewerkernummer;Roepnaam;Voorvoegsel;Achternaam;E-mail werk;Vestiging;Afdeling;Rol;Leidinggevende;Rooster;"
        "Schooldag;Talen;In dienst;Plaatsen mentor;Uren mentor p/w;Verwachte uitstroom;Op afstand"
    )
    yield columns.split(";")
    for n in range(PEOPLE):
        role = "leidinggevende" if n < LEADERS else ("junior", "senior", "medewerker")[n % 3]
        boss = "" if n < 1 else 10_000 + (n % LEADERS if n >= LEADERS else 0)
        places, hours = ("2", "4,5") if role == "senior" else ("", "")
        who = (10_000 + n, rng.choice(GIVEN), rng.choice(("", "van", "de")), f"{rng.choice(FAMILY)}{n}")
        where = (f"p{n}@bedrijf.example", f"Vestiging {n % SITES}", "Werk", role, boss, f"R{n % 4}")
        yield (*who, *where, "wo" if n % 7 == 0 else "", "nl,en", "01-01-2020", places, hours, "onbekend", "nee")


def skills(rng: random.Random) -> Rows:
    """Yield two levels of everybody who guides or asks."""
    yield "Medewerkernummer", "Vakgebied", "Niveau", "Wil overdragen"
    for n in range(LEADERS, PEOPLE):
        for domain in rng.sample(range(DOMAINS), 2 if n % 3 < 2 else 0):
            yield 10_000 + n, f"Vakgebied {domain}", rng.randint(0, 5), ("nee", "ja")[n % 3]


def requests(rng: random.Random) -> Rows:
    """Yield a request of everybody who asks."""
    yield "Medewerkernummer", "Vakgebied", "Huidig niveau", "Gewenst niveau", "Belang", "Doel"
    for n in range(LEADERS, PEOPLE):
        if n % 3 == 0:
            yield 10_000 + n, f"Vakgebied {rng.randrange(DOMAINS)}", 1, 4, 3, "zelf storingen oplossen"


def files() -> dict[str, Rows]:
    """Return the rows of each file; the same every time."""
    rng = random.Random(1)
    cycle = "V V V V V - - L L L L L - -"
    return {
        "diensten.csv": iter((("Dienst", "Begin", "Eind"), ("V", "06:00", "14:00"), ("L", "14:00", "22:00"))),
        "roosters.csv": iter(
            (("Rooster", "Startdatum", "Cyclus"), *((f"R{n}", "05-01-2026", cycle) for n in range(4)))
        ),
        "vakgebieden.csv": iter((("Vakgebied", "Kritiek"), *((f"Vakgebied {n}", "ja") for n in range(DOMAINS)))),
        "medewerkers.csv": people(rng),
        "vaardigheden.csv": skills(rng),
        "aanvragen.csv": requests(rng),
    }


def write_csv(folder: Path) -> None:
    """Write the files as an HR system would."""
    for name, rows in files().items():
        with (folder / name).open("w", encoding="cp1252", newline="") as out:
            csv.writer(out, delimiter=";").writerows(rows)


def write_workbook(folder: Path) -> None:
    """Write the same as one workbook with a sheet for each file, numbers as numbers."""
    book = xlsxwriter.Workbook(folder / "export.xlsx", {"constant_memory": True})
    for name, rows in files().items():
        sheet = book.add_worksheet(name.removesuffix(".csv"))
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    book.close()


def run(folder: Path, take_in: bool) -> dict[str, float]:
    """Read an export once, or take it in twice, in a process of its own: seconds, and the most megabytes it held."""
    found: dict[str, float] = {}
    started = time.process_time()
    if take_in:
        with tempfile.TemporaryDirectory() as place:
            engine = make_engine(f"sqlite:///{place}/bench.sqlite")
            migrations.upgrade(engine)
            for again in ("first", "again"):
                started = time.process_time()
                with open_session(engine) as session:
                    import_directory(session, folder, None, NOW)
                    session.commit()
                found[again] = time.process_time() - started
    else:
        export = rules.check(read_directory(folder))
        found["read"] = time.process_time() - started
        found["people"] = len(export.people)
    found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def main() -> None:
    """Print what each takes; each run has its own process, for its memory to be its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reading")
    parser.add_argument("--only", nargs=2, metavar=("FOLDER", "read|import"))
    parser.add_argument("--kinds", nargs="*", default=["csv", "xlsx"])
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(run(Path(asked.only[0]), asked.only[1] == "import")))
        return
    with tempfile.TemporaryDirectory() as place:
        for kind in asked.kinds:
            folder = Path(place) / kind
            folder.mkdir()
            (write_csv if kind == "csv" else write_workbook)(folder)
            for what in ("read", "read", "read", "import"):
                command = [sys.executable, "-m", "tests.benchmarks.reading", "--only", str(folder), what]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                figures = ", ".join(f"{name} {figure:.2f}" for name, figure in json.loads(told).items())
                print(f"{kind} {what}: {figures}", flush=True)


if __name__ == "__main__":
    main()
