"""Columns and words of files, and what each is read as; what is not known can be mapped by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.hr_import.upload.chosen import NOT_SAID
from mentorship.hr_import.upload.sentences import Option, Values, said
from mentorship.hr_import.upload.words import column_choices, kind_names, meanings


@dataclass(frozen=True)
class MapRow:
    """A column or a word in the files, and what it is read as; with a name it can be chosen."""

    written: str
    sample: str
    means: str = ""
    name: str = ""
    label: str = ""
    never: bool = False
    options: tuple[Option, ...] = ()
    chosen: str = NOT_SAID


@dataclass(frozen=True)
class MapCard:
    """What is mapped of one sheet."""

    title: str
    note: str
    rows: tuple[MapRow, ...] = field(default_factory=tuple)

    @property
    def asks(self) -> bool:
        """Tell whether something in it can be mapped."""
        return any(row.name for row in self.rows)


def columns(shown: Values) -> list[MapCard]:
    """Return per sheet what each column is read as, and which can be mapped by hand."""
    refused = {(one["file"], one["column"]): said(one["reason"]) for one in shown.get("not_taken", ())}
    cards = []
    for number, sheet in enumerate(shown.get("unplaced", ())):
        cards.append(_unplaced(sheet, number))
    for sheet in shown.get("sheets", ()):
        cards.append(_placed(sheet, refused))
    return sorted(cards, key=lambda card: not card.asks)


def _placed(sheet: Values, refused: Mapping[tuple[str, str], str]) -> MapCard:
    kind = sheet["kind"]
    rows = []
    for heading in sheet["unknown"]:
        reason = refused.get((kind, heading), "")
        rows.append(_unknown(kind, heading, reason))
    for column in sheet["columns"]:
        rows.append(MapRow(column["heading"], column["sample"], column["column"]))
    known = len(sheet["columns"])
    title = gettext(
        "%(sheet)s: %(known)s of %(all)s columns recognised",
        sheet=", ".join(sheet["sources"]),
        known=integer(known),
        all=integer(known + len(sheet["unknown"])),
    )
    note = ngettext("%(num)s row", "%(num)s rows", sheet["rows"])
    return MapCard(title, note, tuple(rows))


def _unknown(kind: str, heading: str, reason: str) -> MapRow:
    """Return a column that is not read; one that is never to be read cannot be mapped either."""
    if reason and reason != gettext("This column is not known here."):
        return MapRow(
            heading,
            reason,
            gettext("never read"),
            never=True,
        )
    return MapRow(
        heading,
        "",
        name=f"column:{kind}:{heading}",
        label=gettext("Read “%(what)s” as", what=heading),
        options=column_choices(kind),
    )


def _unplaced(sheet: Values, number: int) -> MapCard:
    kind = sheet["kind"]
    kinds = ((NOT_SAID, gettext("choose")), ("", gettext("leave it out")), *kind_names())
    rows = [
        MapRow(
            sheet["source"],
            "",
            name=f"sheets:{sheet['source']}",
            label=gettext("Read “%(what)s” as", what=sheet["source"]),
            options=kinds,
            chosen=kind or NOT_SAID,
        )
    ]
    samples = [*sheet["samples"], *([""] * len(sheet["headings"]))]
    for heading, sample in zip(sheet["headings"], samples, strict=False):
        if kind and heading:
            row = _unknown(kind, heading, "")
            rows.append(replace(row, sample=sample))
    title = gettext("%(sheet)s is not recognised yet", sheet=sheet["source"])
    note = gettext("column “%(column)s” was not found", column=sheet["lacking"]) if sheet["lacking"] else ""
    return MapCard(title, note, tuple(rows))


def words(shown: Values, sites: Sequence[str], shifts: Sequence[str]) -> list[MapRow]:
    """Return the words in the files that mean nothing here, and what they can be said to mean."""
    rows = []
    for word in shown.get("words", ()):
        kind = word["kind"]
        options = meanings(kind, sites, shifts)
        sample = ngettext("%(num)s time", "%(num)s times", word["count"]) if word["count"] else gettext("remembered")
        chosen = NOT_SAID if word["means"] is None else word["means"]
        rows.append(
            MapRow(
                word["word"],
                sample,
                name=f"{kind}:{word['word']}",
                label=gettext("Read “%(what)s” as", what=word["word"]),
                options=options,
                chosen=chosen,
            )
        )
    return rows
