"""The history of imports in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, integer, moment, ngettext
from mentorship.hr_import.imports import queries
from mentorship.hr_import.imports.models import FOLDER, REJECTED, TakenImport


@dataclass(frozen=True)
class ImportRow:
    """One import as the history shows it."""

    import_id: int
    title: str
    note: str
    state: str
    tone: str
    undoable: bool


def rows(session: Session, imports: Sequence[TakenImport], now: datetime) -> list[ImportRow]:
    """Return imports as they are shown, the newest first."""
    names = queries.names(session, imports)
    last = queries.undoable(session, now)
    return [_row(one, names, last) for one in imports]


def _row(one: TakenImport, names: dict[int, str], last: int | None) -> ImportRow:
    who = names.get(one.taken_by or 0, gettext("somebody who is no longer here"))
    if one.origin == FOLDER:
        who = gettext("the folder")
    title = gettext("%(when)s, by %(who)s", when=moment(one.at), who=who)
    files = ", ".join(one.files) or gettext("a pasted list")
    state, tone = _state(one)
    note = f"{files} · {came_to(one)}"
    return ImportRow(
        id_of(one),
        title,
        note,
        state,
        tone,
        undoable=one.id == last,
    )


def _state(one: TakenImport) -> tuple[str, str]:
    if one.outcome == REJECTED:
        return gettext("set aside"), "bad"
    if one.undone_at is not None:
        return gettext("undone"), "warn"
    return gettext("taken over"), "ok"


def came_to(one: TakenImport) -> str:
    """Return what an import came to, in numbers; of one that was set aside, why."""
    summary = one.summary
    if one.outcome == REJECTED:
        return str(summary.get("reason", ""))
    told = [
        ngettext("%(num)s row", "%(num)s rows", summary["rows"] - summary["aside"]),
        gettext(
            "%(created)s new, %(updated)s changed",
            created=integer(summary["created"]),
            updated=integer(summary["updated"]),
        ),
    ]
    if summary["aside"]:
        told.append(ngettext("%(num)s row left out", "%(num)s rows left out", summary["aside"]))
    if summary["left"]:
        told.append(ngettext("%(num)s left", "%(num)s left", len(summary["left"])))
    if summary["leavers"]:
        told.append(ngettext("%(num)s missing", "%(num)s missing", summary["leavers"]))
    return ", ".join(told)


def heading(imports: Sequence[TakenImport]) -> str:
    """Return when the last import was."""
    taken = [one for one in imports if one.outcome != REJECTED and one.undone_at is None]
    if not taken:
        return gettext("Nothing was taken in yet")
    return gettext("The last import was on %(when)s", when=moment(taken[0].at))


def caused(number: int) -> str:
    """Say how many running pairs no longer fit a rule since an import."""
    return ngettext(
        "%(num)s pair no longer fits since this import",
        "%(num)s pairs no longer fit since this import",
        number,
    )


def consequences(one: TakenImport) -> list[str]:
    """Return what taking an import back does."""
    summary = one.summary
    told = [
        ngettext(
            "%(num)s record that was new goes away again.",
            "%(num)s records that were new go away again.",
            summary["created"],
        ),
        ngettext(
            "%(num)s record that was changed is as it was before.",
            "%(num)s records that were changed are as they were before.",
            summary["updated"],
        ),
    ]
    if summary["left"]:
        told.append(
            ngettext(
                "%(num)s person who left by it stays.",
                "%(num)s people who left by it stay.",
                len(summary["left"]),
            )
        )
    if summary.get("away"):
        told.append(gettext("Who is not available stays so: that is never undone."))
    told.append(gettext("When somebody went on with any of it in the meantime, nothing is undone, and we say so."))
    return told


def undone(one: TakenImport) -> str:
    """Return what to say once an import was taken back."""
    if one.summary.get("away"):
        return gettext("The import is undone. All is as it was before, but for who is not available.")
    return gettext("The import is undone. All is as it was before.")
