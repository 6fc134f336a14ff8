"""What an import did, or would do: for a page, for a machine, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    "comfort": N_("how mentors like to teach"),
    "request": N_("mentor requests"),
    "duo": N_("mentorships"),
}
FIELD_NAMES = {
    "begins": N_("begin"), "ends": N_("end"), "description": N_("description"), "starts_on": N_("start date"),
    "cycle": N_("cycle"), "critical": N_("critical"), "remote": N_("remote"), "given_name": N_("given name"),
    "infix": N_("infix"), "family_name": N_("family name"), "email": N_("e-mail"), "site": N_("site"),
    "department": N_("department"), "manager": N_("manager"), "languages": N_("languages"), "roles": N_("roles"),
    "roster": N_("roster"), "school_days": N_("school days"), "places": N_("places"), "hours": N_("hours"),
    "horizon": N_("plans"), "level": N_("level"), "willing": N_("wants to pass it on"), "ranking": N_("ranking"),
    "on_the_job": N_("on the job"), "classroom": N_("classroom"), "online": N_("online"),
    "with_colleague": N_("with an experienced colleague"), "short_modules": N_("short modules"),
    "goal": N_("goal"), "needs": N_("needs"), "domain": N_("domain"), "started_on": N_("since"),
}  # fmt: skip


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
        return cls(export.counts, export.files_missing, export.set_aside, export.not_taken)

    @property
    def changed(self) -> bool:
        """Tell whether anything was created or updated."""
        return any(count.created or count.updated for count in self.kinds.values())

    def counts(self) -> dict[str, Any]:
        """Return the figures, without names, for the audit log."""
        return {
            "files": {name: dict(vars(count)) for name, count in self.files.items()},
            "records": {kind: dict(vars(count)) for kind, count in self.kinds.items()},
            "differences": len(self.differences),
            "gone": len(self.gone),
        }

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain values, sentences in the language in force."""
        return {
            "changed": self.changed,
            "files": {name: dict(vars(count)) for name, count in self.files.items()},
            "files_missing": list(self.files_missing),
            "set_aside": [
                {"file": s.file, "line": s.line, "key": s.key, "reason": str(s.reason)} for s in self.set_aside
            ],
            "columns_not_taken": [
                {"file": c.file, "column": c.column, "reason": str(c.reason)} for c in self.not_taken
            ],
            "records": {kind: dict(vars(count)) for kind, count in self.kinds.items()},
            "differences": [dict(vars(difference)) for difference in self.differences],
            "gone": [dict(vars(gone)) for gone in self.gone],
        }

    def to_text(self) -> str:
        """Return everything as lines to read, in the language in force."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for name, count in self.files.items():
            yield ngettext(
                "%(file)s: %(num)s row, %(taken)s taken, %(cleaned)s cleaned, %(set_aside)s set aside",
                "%(file)s: %(num)s rows, %(taken)s taken, %(cleaned)s cleaned, %(set_aside)s set aside",
                count.rows,
                file=name,
                taken=integer(count.taken),
                cleaned=integer(count.cleaned),
                set_aside=integer(count.set_aside),
            )
        for name in self.files_missing:
            yield gettext(N_("%(file)s: not there"), file=name)
        for kind, done in self.kinds.items():
            message = N_("%(kind)s: %(created)s created, %(updated)s updated, %(unchanged)s unchanged")
            figures = {key: integer(value) for key, value in vars(done).items()}
            yield gettext(message, kind=gettext(KINDS[kind]), **figures)
        if not self.changed:
            yield gettext(N_("Nothing changed: everything was here already."))
        yield from _section(N_("Set aside:"), map(_aside, self.set_aside))
        yield from _section(N_("Columns not taken:"), (f"{c.file} {c.column}: {c.reason}" for c in self.not_taken))
        yield from _section(N_("Stays as it is here:"), map(_difference, self.differences))
        yield from _section(
            N_("Here from an earlier import, no longer in this one (they stay):"),
            (f"{gettext(KINDS[g.kind])} {g.who}" for g in self.gone),
        )


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield gettext(heading)
        yield from found


def _aside(one: SetAside) -> str:
    where = f"{one.file}:{one.line}"
    return f"{where} {one.key}: {one.reason}" if one.key else f"{where}: {one.reason}"


def _difference(one: Difference) -> str:
    kind = gettext(KINDS[one.kind])
    if not one.field:
        return gettext(N_("%(kind)s %(who)s: removed here, still in the file"), kind=kind, who=one.who)
    name, params = gettext(FIELD_NAMES[one.field]), {"file": _value(one.file), "here": _value(one.here)}
    message = N_("%(kind)s %(who)s, %(field)s: the file says %(file)s, here it is %(here)s")
    return gettext(message, kind=kind, who=one.who, field=name, **params)


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return gettext(N_("yes")) if value else gettext(N_("no"))
    if isinstance(value, list):
        return ", ".join(" ".join(map(str, part)) if isinstance(part, list) else str(part) for part in value)
    return str(value)
