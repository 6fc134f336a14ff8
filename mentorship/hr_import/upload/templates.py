"""A workbook to fill in: a sheet for each kind of file with examples, and one with what may be filled in where."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mentorship.base.i18n import N_, gettext, use_locale
from mentorship.profiles.words import LEVELS

Rows = tuple[tuple[str, ...], ...]
NUMBER, DOMAIN = ("Medewerkernummer", "Employee number"), ("Vakgebied", "Domain")
SHEETS: tuple[tuple[tuple[str, str], tuple[tuple[str, str], ...], Rows], ...] = (
    (
        ("medewerkers", "people"),
        (
            NUMBER,
            ("Roepnaam", "First name"),
            ("Voorvoegsel", "Infix"),
            ("Achternaam", "Last name"),
            ("E-mail werk", "Work email"),
            ("Vestiging", "Site"),
            ("Afdeling", "Department"),
            ("Rol", "Role"),
            ("Leidinggevende", "Manager"),
            ("Rooster", "Roster"),
            ("Schooldag", "School day"),
            ("Talen", "Languages"),
            ("Plaatsen mentor", "Mentor places"),
            ("Uren mentor p/w", "Mentor hours per week"),
            ("Op afstand", "Remote"),
        ),
        (
            ("1001", "Ans", "de", "Boer", "", "Ede", "", "leidinggevende", "", "DAG", "", "nl", "", "", "nee"),
            ("1002", "Bep", "", "Meester", "", "Ede", "", "senior", "1001", "DAG", "", "nl,en", "2", "4", "nee"),
            ("1003", "Cor", "", "Leerling", "", "Ede", "", "junior", "1001", "DAG", "wo", "nl", "", "", "nee"),
        ),
    ),
    (
        ("diensten", "shifts"),
        (("Dienst", "Shift"), ("Begin", "Start"), ("Eind", "End"), ("Omschrijving", "Description")),
        (("D", "07:30", "16:15", "dag"), ("N", "22:00", "06:00", "nacht")),
    ),
    (
        ("roosters", "rosters"),
        (("Rooster", "Roster"), ("Startdatum", "Start date"), ("Cyclus", "Cycle")),
        (("DAG", "2026-01-05", "D D D D D - -"), ("NACHT", "2026-01-05", "N N N - - - -")),
    ),
    (
        ("vakgebieden", "domains"),
        (DOMAIN, ("Kritiek", "Critical"), ("Op afstand te leren", "Remote")),
        (("Laagspanning", "nee", "nee"), ("Besturingstechniek", "ja", "ja")),
    ),
    (
        ("vaardigheden", "skills"),
        (NUMBER, DOMAIN, ("Niveau", "Level"), ("Wil overdragen", "Willing to teach")),
        (("1002", "Laagspanning", "4", "ja"), ("1003", "Laagspanning", "1", "nee")),
    ),
    (
        ("aanvragen", "requests"),
        (
            NUMBER,
            DOMAIN,
            ("Huidig niveau", "Current level"),
            ("Gewenst niveau", "Target level"),
            ("Belang", "Importance"),
            ("Doel", "Goal"),
        ),
        (("1003", "Laagspanning", "1", "3", "3", "zelf een kast bouwen"),),
    ),
    (
        ("duos", "pairs"),
        (("Mentor", "Mentor"), ("Junior", "Junior"), DOMAIN, ("Sinds", "Since")),
        (),
    ),
)
"""Name, columns and examples of each sheet; names and columns in Dutch and in English."""
ALLOWED = (
    (N_("Role"), N_("junior, senior (a mentor), manager; several with a comma; empty for nobody in the programme")),
    (N_("Manager"), N_("the number of who appraises this person; empty for who has nobody above them")),
    (N_("Languages"), N_("Dutch, English, Polish and so on, or nl, en, pl; several with a comma")),
    (N_("School day"), N_("a day from Monday to Sunday; several with a comma")),
    (N_("Remote"), N_("yes or no")),
    (N_("Cycle"), N_("the codes of the shifts, a word a day; a dash for a free day; it begins on the start date")),
    (N_("Start date"), N_("day, month, year, such as 5-1-2026")),
    (N_("Never fill in"), N_("date of birth, first working day, citizen service number: we do not read those")),
)
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook(language: str) -> bytes:
    """Return the workbook in a language, made in memory."""
    out = io.BytesIO()
    place = 0 if language == "nl" else 1
    with use_locale(language), Workbook(out, _PLAIN) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for names, columns, examples in SHEETS:
            sheet = book.add_worksheet(names[place])
            heads = [column[place] for column in columns]
            _fill(sheet, [heads, *examples], bold)
        sheet = book.add_worksheet(gettext("allowed values"))
        told = [(gettext(column), gettext(allowed)) for column, allowed in ALLOWED]
        levels = [f"{number} {gettext(level)}" for number, level in enumerate(LEVELS)]
        told.append((gettext("Level"), ", ".join(levels)))
        heads = [gettext("Column"), gettext("What may be filled in")]
        _fill(sheet, [heads, *told], bold)
    return out.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]], bold: Format) -> None:
    for line, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text, bold if line == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
