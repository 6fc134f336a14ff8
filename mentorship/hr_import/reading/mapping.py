"""How the files of one source are to be read where they do not say so themselves: settled by hand once, then kept."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import asdict, dataclass, field
from typing import Any

from mentorship.hr_import.reading.kinds import BY_NAME, folded
from mentorship.hr_import.reading.spellings import plain

LEFT_ALONE = ""
"""What a sheet or a column is mapped to that is not to be read."""
VALUES = ("roles", "sites", "languages", "shifts")
Words = Pairs[str, str]


@dataclass(frozen=True)
class Mapping:
    """What somebody said about the files of one source. Every key is found by `folded` or `plain`, as `learned` does.

    `sheets`: the name of a file or sheet -> the name of its kind (`kinds.KINDS`), or "" to leave it alone.
    `columns`: the name of a kind -> a heading -> the column of that kind, or "" to leave it alone.
    `roles`: a word in the file -> junior, senior, manager or "". `sites`: -> a site. `languages`: -> a code.
    `shifts`: a code in a cycle -> the code of a shift, or "" for a free day.
    `answers`: what was answered to the questions of earlier imports, by the key of a question.
    """

    sheets: Words = field(default_factory=dict)
    columns: Pairs[str, Words] = field(default_factory=dict)
    roles: Words = field(default_factory=dict)
    sites: Words = field(default_factory=dict)
    languages: Words = field(default_factory=dict)
    shifts: Words = field(default_factory=dict)
    answers: Words = field(default_factory=dict)

    def kind_of(self, name: str) -> str | None:
        """Return the kind of a file or sheet, "" for one to leave alone, None when nothing was said."""
        return self.sheets.get(folded(name))

    def column_of(self, kind: str, heading: str) -> str | None:
        """Return the column that a heading stands for, "" for one to leave alone, None when nothing was said."""
        return self.columns.get(kind, {}).get(folded(heading))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, to be kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Pairs[str, Any] | None) -> Mapping:
        """Return what was kept; what does not make sense (any more) is left out."""
        kept = kept or {}
        columns = {}
        for kind, headings in _pairs(kept.get("columns")).items():
            if kind in BY_NAME:
                columns[kind] = _words(headings, folded)
        values = {name: _words(kept.get(name), plain) for name in VALUES}
        return cls(
            sheets=_words(kept.get("sheets"), folded),
            columns=columns,
            answers=_words(kept.get("answers"), str),
            **values,
        )


def _pairs(found: Any) -> Pairs[str, Any]:
    return found if isinstance(found, dict) else {}


def _words(found: Any, key: Any) -> dict[str, str]:
    words = {}
    for written, meant in _pairs(found).items():
        if isinstance(meant, str):
            words[key(written)] = meant
    return words


def learned(mapping: Mapping, **more: Any) -> Mapping:
    """Return a mapping with what was said besides; what is said last holds."""
    kept = mapping.to_json()
    for name, said in more.items():
        if name == "columns":
            for kind, headings in said.items():
                kept[name] = {**kept[name], kind: {**kept[name].get(kind, {}), **headings}}
        else:
            kept[name] = {**kept[name], **said}
    return Mapping.from_json(kept)
