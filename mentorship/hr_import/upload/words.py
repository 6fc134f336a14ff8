"""Words on the preview: kinds of file, columns, and what a word in a file can be said to mean."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_, gettext
from mentorship.hr_import.reading.kinds import BY_NAME
from mentorship.hr_import.upload.chosen import NOT_SAID
from mentorship.people.models import LANGUAGES
from mentorship.people.words import LANGUAGE_NAMES

Option = tuple[str, str]
FILES = {
    "medewerkers.csv": N_("people"),
    "diensten.csv": N_("shifts"),
    "roosters.csv": N_("rosters"),
    "vakgebieden.csv": N_("domains"),
    "vaardigheden.csv": N_("expertise"),
    "leervoorkeuren.csv": N_("ways of learning"),
    "aanvragen.csv": N_("mentor requests"),
    "duos.csv": N_("pairs"),
    "afwezigheid.csv": N_("who is not available"),
}


def file_word(name: str) -> str:
    """Return what a kind of file holds."""
    return gettext(FILES.get(name, name))


def kind_names() -> tuple[Option, ...]:
    """Return the kinds of file to choose from."""
    return tuple((name, gettext(word)) for name, word in FILES.items())


def column_choices(kind: str) -> tuple[Option, ...]:
    """Return what a column of a kind of file can be read as."""
    spec = BY_NAME[kind]
    columns = tuple((column, column) for column in (*spec.required, *spec.optional))
    return (NOT_SAID, gettext("not read")), *columns


def meanings(kind: str, sites: Sequence[str], shifts: Sequence[str]) -> tuple[Option, ...]:
    """Return what a word can be said to mean."""
    unsaid = (NOT_SAID, gettext("a new site") if kind == "sites" else gettext("not read"))
    if kind == "roles":
        roles = (
            ("junior", gettext("junior")),
            ("senior", gettext("mentor")),
            ("manager", gettext("manager")),
            ("", gettext("no role")),
        )
        return unsaid, *roles
    if kind == "languages":
        return unsaid, *((code, gettext(LANGUAGE_NAMES[code])) for code in LANGUAGES)
    if kind == "shifts":
        return unsaid, ("", gettext("free day")), *((code, code) for code in sorted(shifts))
    return unsaid, *((name, name) for name in sorted(sites))
