"""A small export, and ways to write it down."""

from __future__ import annotations

import csv
import io
import pathlib
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.db import metadata
from mentorship.hr_import.reading import files as reading
from mentorship.hr_import.reading import kinds, rules
from mentorship.hr_import.reading.export import Export, Known

BUNDLED = pathlib.Path(rules.__file__).parents[2] / "demo" / "installatiebedrijf"
Table = list[list[str]]


def table(text: str) -> Table:
    return [line.split(";") for line in text.strip().splitlines()]


SMALL: dict[str, Table] = {
    "diensten.csv": table("Dienst;Begin;Eind;Omschrijving\nD;07:30;16:15;dag\nN;22:00;06:00;nacht"),
    "roosters.csv": table("Rooster;Startdatum;Cyclus\nDAG;05-01-2026;D D D D D - -\nNACHT;2026-01-05;N N - -"),
    "vakgebieden.csv": table(
        "Vakgebied;Kritiek;Op afstand te leren\nLassen;ja;nee\nPLC;nee;ja\nPompen;nee;nee\nMeten;nee;nee"
    ),
    "medewerkers.csv": table(
        """
Medewerkernummer;Roepnaam;Voorvoegsel;Achternaam;E-mail werk;Vestiging;Afdeling;Rol;Leidinggevende;Rooster;Schooldag;\
Talen;In dienst;Plaatsen mentor;Uren mentor p/w;Verwachte uitstroom;Op afstand
1;Ans;;Baas;ans@b.example;Delft;Staf;leidinggevende;;DAG;;nl;01-01-1990;;;;ja
2;Bep;van;Meester;bep@b.example;Delft;Werk;senior;1;DAG;;nl,en;01-01-1990;2;4,5;< 1 jaar;nee
3;Cor;;Leerling;cor@b.example;Delft;Werk;junior;1;DAG;wo;nl;01-01-2024;;;;nee
4;Dré;;Leerling;;Gouda;Werk;junior;1;NACHT;;en;01-01-2024;;;;nee
5;Eva;;Alleskan;eva@b.example;Gouda;Werk;junior/senior;2;;;nl;01-01-2020;1;;onbekend;nee"""
    ),
    "vaardigheden.csv": table(
        "Medewerkernummer;Vakgebied;Niveau;Wil overdragen\n2;Lassen;5;ja\n2;PLC;3;nee\n3;Lassen;1;nee"
    ),
    "leervoorkeuren.csv": table(
        """
Medewerkernummer;doen op de werkvloer;klassikaal;online;samen met een ervaren collega;korte leerblokken
2;4;0;1;4;2
3;5;1;2;4;3"""
    ),
    "aanvragen.csv": table(
        """
Medewerkernummer;Vakgebied;Huidig niveau;Gewenst niveau;Belang;Doel
3;Lassen;1;3;3;zelf lassen
3;PLC;0;2;1;
4;PLC;0;2;2;"""
    ),
    "duos.csv": table("Mentor;Junior;Vakgebied;Sinds\n2;4;PLC;01-03-2026"),
}


def small() -> dict[str, Table]:
    """Return a copy to change."""
    return {name: [list(row) for row in rows] for name, rows in SMALL.items()}


def changed(file: str, line: int, column: str, value: str) -> dict[str, Table]:
    """Return the small export with another value in one cell."""
    files = small()
    files[file][line - 1][files[file][0].index(column)] = value
    return files


def encoded(rows: Table, encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def write(
    folder: pathlib.Path, files: dict[str, Table], encoding: str = "utf-8-sig", delimiter: str = ";"
) -> pathlib.Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        (folder / name).write_bytes(encoded(rows, encoding, delimiter))
    return folder


def checked(files: dict[str, Table], known: Known | None = None, **choices: bool) -> Export:
    sheets = {
        spec.name: reading.read_sheet(spec, encoded(files[spec.name])) for spec in kinds.FILES if spec.name in files
    }
    return rules.check(sheets, known, **choices)


def aside(export: Any) -> list[tuple[str, int, str]]:
    return [(s.file, s.line, str(s.reason)) for s in export.set_aside]


def dump(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the audit log."""
    session.flush()
    return {
        t.name: sorted(map(tuple, session.execute(sa.select(t)).all()), key=repr)
        for t in metadata.sorted_tables
        if t.name != "audit"
    }
