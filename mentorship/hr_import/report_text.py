"""The report of an import as lines to read: what stops it, what is asked, causes before consequences, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mentorship.base.i18n import N_, gettext, integer, ngettext
from mentorship.hr_import.causes import Cause
from mentorship.hr_import.reading.cells import TIDIED
from mentorship.hr_import.reading.export import ColumnNotTaken, FileCount, Tidied
from mentorship.hr_import.reading.questions import CHOICES, Question

if TYPE_CHECKING:
    from mentorship.hr_import.report import Difference, Gone, KindCount, Leaver, Report

SHOWN = 20
"""So many lines of one kind are written out in a terminal; a page and the JSON have them all."""
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
    "others_above": N_("second manager"),
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


def text(report: Report) -> str:
    """Return everything as lines to read, in the language in force."""
    lines = [
        *_first(report),
        *_figures_of(report),
        *_rest(report),
    ]
    return "\n".join(lines)


def _first(report: Report) -> Iterator[str]:
    """Yield what stops it, what is asked, and the causes of what was not taken as it stood."""
    yield from map(str, report.stops)
    for question in report.open_questions:
        yield from _question(question, report)
    aside = _of(report, set_aside=True)
    filled = _of(report, set_aside=False)
    yield from _section(N_("Set aside:"), map(cause_line, aside))
    yield from _section(N_("Taken without, or with what was filled in:"), map(cause_line, filled))


def _figures_of(report: Report) -> Iterator[str]:
    """Yield what became of files and records."""
    for name, count in report.files.items():
        yield _file(name, count)
    for name in report.files_missing:
        yield gettext("%(file)s: not there", file=name)
    yield from _section(N_("Tidied:"), map(_tidied, report.tidied))
    for kind, done in report.kinds.items():
        yield _kind(kind, done)
    if report.away:
        yield away_line(report.away)
    if not report.changed:
        yield _why_nothing_changed(report)


def _rest(report: Report) -> Iterator[str]:
    """Yield what is left as it is."""
    sheets = [sheet.source for sheet in report.unplaced]
    others = [gone for gone in report.gone if gone.kind != "person"]
    missing = N_("Missing from this export; they may have left (take them with --leavers=take):")
    stay = N_("Here from an earlier import, no longer in this one (they stay):")
    yield from _section(N_("Columns not taken:"), map(_column, report.not_taken))
    yield from _section(N_("Sheets not recognised:"), sheets)
    yield from _section(
        N_("Stays as it is here:"),
        map(difference_line, report.differences),
    )
    yield from _section(missing, _leavers(report))
    yield from _section(stay, map(_gone, others))


def _of(report: Report, *, set_aside: bool) -> list[Cause]:
    return [cause for cause in report.causes if cause.set_aside is set_aside]


def away_line(people: int) -> str:
    """Write of how many people the files say when they are not available."""
    return ngettext(
        "The files say of %(num)s person when they are not available: nobody else reads it, and no undo takes it back.",
        "The files say of %(num)s people when they are not available: nobody else reads it, and no undo takes it back.",
        people,
    )


def _why_nothing_changed(report: Report) -> str:
    """Say that all was here already only where all was taken."""
    rows = sum(count.rows for count in report.files.values())
    taken = sum(count.taken for count in report.files.values())
    if not rows:
        return gettext("Nothing changed: the files have no rows.")
    if not taken:
        return gettext("Nothing changed: no row could be taken, for the reasons above.")
    if report.set_aside or report.filled or report.files_missing or report.differences:
        return gettext("Nothing changed: what could be taken was here already.")
    return gettext("Nothing changed: everything was here already.")


def cause_line(cause: Cause) -> str:
    """Write one cause: where, what, and how many rows it touches besides."""
    where = cause.source
    if cause.line:
        where = gettext(
            "%(file)s line %(line)s",
            file=cause.source,
            line=cause.line,
        )
    if cause.key:
        where = f"{where} ({cause.key})"
    line = f"{where}: {cause.reason}"
    more = len(cause.lines) - 1
    if more > 0:
        said = ngettext(
            "and %(num)s row more",
            "and %(num)s rows more",
            more,
        )
        line = f"{line} – {said}"
    dragged = sum(cause.drags.values())
    if dragged:
        said = ngettext(
            "because of that %(num)s row",
            "because of that %(num)s rows",
            dragged,
        )
        line = f"{line} – {said}"
    return line


def _question(question: Question, report: Report) -> Iterator[str]:
    yield str(question.asks)
    for item in question.open_items(report.answers):
        likely = gettext(CHOICES[item.likely])
        yield gettext(
            "  %(says)s Likely: %(likely)s.",
            says=item.says,
            likely=likely,
        )
    choices = [f"{choice} ({gettext(CHOICES[choice])})" for choice in question.choices]
    yield gettext(
        "  Answer with --answer %(key)s=%(likely)s, or one of them alone. Choices: %(choices)s.",
        key=question.key,
        likely=question.likely,
        choices=", ".join(choices),
    )


def _tidied(tidied: Tidied) -> str:
    return gettext(
        "%(file)s: %(count)s cells, %(kind)s",
        file=tidied.file,
        count=integer(tidied.cells),
        kind=gettext(TIDIED[tidied.kind]),
    )


def _leavers(report: Report) -> list[str]:
    return [_leaver(leaver) for leaver in report.leavers if leaver.number not in report.left]


def _leaver(leaver: Leaver) -> str:
    return f"{leaver.number} {leaver.name}"


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
    beyond = len(found) - SHOWN
    if beyond > 1:
        found[SHOWN:] = [
            ngettext(
                "and %(num)s more",
                "and %(num)s more",
                beyond,
            )
        ]
    return [gettext(heading), *found]


def _column(column: ColumnNotTaken) -> str:
    return f"{column.file} {column.column}: {column.reason}"


def _gone(gone: Gone) -> str:
    kind = gettext(KINDS[gone.kind])
    return f"{kind} {gone.who}"


def difference_line(difference: Difference) -> str:
    """Write what stays as it is here although the file says otherwise."""
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
