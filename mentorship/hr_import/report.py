"""What an import did, or would do: for a page, for a machine, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mentorship.base.i18n import N_, gettext, integer, ngettext
from mentorship.hr_import.reading.export import ColumnNotTaken, Export, FileCount, SetAside

KINDS = {
    "site": N_("sites"),
    "shift": N_("shifts"),
    "roster": N_("rosters"),
    "domain": N_("domains"),
    "person": N_("people"),
    "expertise": N_("expertise"),
    "wish": N_("how juniors want to learn"),
    "comfort": N_("how mentors like to mentor"),
    "request": N_("mentor requests"),
    "duo": N_("pairs"),
}
FIELD_NAMES = {
    "begins": N_("begin"),
    "ends": N_("end"),
    "description": N_("description"),
    "starts_on": N_("start date"),
    "cycle": N_("cycle"),
    "repeats": N_("repeats"),
    "critical": N_("critical"),
    "remote": N_("remote"),
    "given_name": N_("given name"),
    "infix": N_("infix"),
    "family_name": N_("family name"),
    "email": N_("e-mail"),
    "site": N_("site"),
    "department": N_("department"),
    "manager": N_("manager"),
    "languages": N_("languages"),
    "roles": N_("roles"),
    "roster": N_("roster"),
    "school_days": N_("school days"),
    "places": N_("places"),
    "hours": N_("hours"),
    "horizon": N_("plans"),
    "level": N_("level"),
    "willing": N_("wants to pass it on"),
    "ranking": N_("ranking"),
    "on_the_job": N_("on the job"),
    "classroom": N_("classroom"),
    "online": N_("online"),
    "with_colleague": N_("with an experienced colleague"),
    "short_modules": N_("short modules"),
    "goal": N_("goal"),
    "needs": N_("needs"),
    "domain": N_("domain"),
    "started_on": N_("since"),
}


@dataclass
class KindCount:
    """How many records of one kind were created, updated, or already as the file says (or as somebody here decided)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Difference:
    """Something that stays as it is here. An empty `field`: the record was removed here, the file still has it."""

    kind: str
    who: str
    field: str
    file: Any
    here: Any


@dataclass(frozen=True)
class Gone:
    """A record of an earlier import that this export no longer has; it stays."""

    kind: str
    who: str


@dataclass
class Report:
    """What was read, what was done with it, and what people have to know about it."""

    files: Mapping[str, FileCount] = field(default_factory=dict)
    files_missing: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    not_taken: tuple[ColumnNotTaken, ...] = ()
    kinds: dict[str, KindCount] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)

    @classmethod
    def of(cls, export: Export) -> Report:
        """Start a report with what was read."""
        return cls(
            export.counts,
            export.files_missing,
            export.set_aside,
            export.not_taken,
        )

    @property
    def changed(self) -> bool:
        """Tell whether anything was created or updated."""
        return any(count.created or count.updated for count in self.kinds.values())

    def counts(self) -> dict[str, Any]:
        """Return the figures, without names, for the audit log."""
        return {
            "files": _plain(self.files),
            "records": _plain(self.kinds),
            "differences": len(self.differences),
            "gone": len(self.gone),
        }

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain values, sentences in the language in force."""
        return {
            "changed": self.changed,
            "files": _plain(self.files),
            "files_missing": list(self.files_missing),
            "set_aside": [_with_reason(row) for row in self.set_aside],
            "columns_not_taken": [_with_reason(column) for column in self.not_taken],
            "records": _plain(self.kinds),
            "differences": [dict(vars(difference)) for difference in self.differences],
            "gone": [dict(vars(gone)) for gone in self.gone],
        }

    def to_text(self) -> str:
        """Return everything as lines to read, in the language in force."""
        lines = []
        for name, count in self.files.items():
            lines.append(_file(name, count))
        for name in self.files_missing:
            lines.append(gettext("%(file)s: not there", file=name))
        for kind, done in self.kinds.items():
            lines.append(_kind(kind, done))
        if not self.changed:
            lines.append(self._why_nothing_changed())
        left = N_("Here from an earlier import, no longer in this one (they stay):")
        lines += _section(N_("Set aside:"), map(_aside, self.set_aside))
        lines += _section(N_("Columns not taken:"), map(_column, self.not_taken))
        lines += _section(
            N_("Stays as it is here:"),
            map(_difference, self.differences),
        )
        lines += _section(left, map(_gone, self.gone))
        return "\n".join(lines)

    def _why_nothing_changed(self) -> str:
        """Say that all was here already only where all was taken."""
        rows = sum(count.rows for count in self.files.values())
        taken = sum(count.taken for count in self.files.values())
        if not rows:
            return gettext("Nothing changed: the files have no rows.")
        if not taken:
            return gettext("Nothing changed: no row could be taken, for the reasons below.")
        if self.set_aside or self.files_missing or self.differences:
            return gettext("Nothing changed: what could be taken was here already.")
        return gettext("Nothing changed: everything was here already.")


def _with_reason(found: SetAside | ColumnNotTaken) -> dict[str, Any]:
    return {
        **vars(found),
        "reason": str(found.reason),
    }


def _plain(counts: Mapping[str, FileCount | KindCount]) -> dict[str, dict[str, int]]:
    return {name: dict(vars(count)) for name, count in counts.items()}


def _figures(count: FileCount | KindCount) -> dict[str, str]:
    return {name: integer(number) for name, number in vars(count).items()}


def _file(name: str, count: FileCount) -> str:
    figures = _figures(count)
    del figures["rows"]
    return ngettext(
        "%(file)s: %(num)s row, %(taken)s taken, %(cleaned)s cleaned, %(set_aside)s set aside",
        "%(file)s: %(num)s rows, %(taken)s taken, %(cleaned)s cleaned, %(set_aside)s set aside",
        count.rows,
        file=name,
        **figures,
    )


def _kind(kind: str, count: KindCount) -> str:
    message = N_("%(kind)s: %(created)s created, %(updated)s updated, %(unchanged)s unchanged")
    return gettext(
        message,
        kind=gettext(KINDS[kind]),
        **_figures(count),
    )


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    """Return lines under their heading; without lines there is no heading either."""
    found = list(lines)
    if not found:
        return []
    return [gettext(heading), *found]


def _aside(row: SetAside) -> str:
    where = f"{row.file}:{row.line}"
    if row.key:
        where = f"{where} {row.key}"
    return f"{where}: {row.reason}"


def _column(column: ColumnNotTaken) -> str:
    return f"{column.file} {column.column}: {column.reason}"


def _gone(gone: Gone) -> str:
    kind = gettext(KINDS[gone.kind])
    return f"{kind} {gone.who}"


def _difference(difference: Difference) -> str:
    kind = gettext(KINDS[difference.kind])
    if not difference.field:
        return gettext(
            "%(kind)s %(who)s: removed here, still in the file",
            kind=kind,
            who=difference.who,
        )
    return gettext(
        "%(kind)s %(who)s, %(field)s: the file says %(file)s, here it is %(here)s",
        kind=kind,
        who=difference.who,
        field=gettext(FIELD_NAMES[difference.field]),
        file=_value(difference.file),
        here=_value(difference.here),
    )


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(map(_member, value))
    return str(value)


def _member(value: Any) -> str:
    """Write one of several values; a need is a list itself."""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)
