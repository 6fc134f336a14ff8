"""What an import would come to, as plain values to keep with its draft; sentences are translated when shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mentorship.base.errors import Refused
from mentorship.hr_import.causes import Cause
from mentorship.hr_import.reading.export import Filled, Remark, SetAside
from mentorship.hr_import.reading.kinds import BY_NAME, ROSTERS
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.questions import Question
from mentorship.hr_import.reading.sheets import Sheet, Unplaced
from mentorship.hr_import.reading.spellings import plain
from mentorship.hr_import.report import Report

Values = dict[str, Any]
MOST = 200
"""So many of one kind are kept to be shown; all are counted."""
MOST_WORDS = 40
WORD_COLUMNS = {"Rol": "roles", "Talen": "languages"}
"""The columns of which an unknown word can be said to mean one that is known, by what `Mapping` calls them."""


def of(report: Report, settled: Settled, sites: Collection[str], moved: Values) -> Values:
    """Return what a page shows of a report; `sites` were known before, `moved` counts what new managers touch."""
    new_sites = _new_sites(report, sites)
    return {
        **_figures(report),
        **_read(report),
        **_people(report),
        "causes": [_cause(cause) for cause in report.causes[:MOST]],
        "questions": [_question(question, report.answers) for question in report.questions],
        "words": _words(report, settled, new_sites),
        "moved": moved,
    }


def _new_sites(report: Report, sites: Collection[str]) -> list[str]:
    """Return the sites that are not here yet; where there were none at all, none is worth asking about."""
    if report.export is None or not sites:
        return []
    return [site for site in report.export.sites if site not in sites]


def _figures(report: Report) -> Values:
    rows = sum(count.rows for count in report.files.values())
    waiting = sum(row.because is not None for row in report.set_aside)
    return {
        "rows": rows,
        "aside": len(report.set_aside),
        "waiting": waiting,
        "changed": report.changed,
        "counts": report.unchosen(),
        "kinds": {name: vars(count) for name, count in report.kinds.items()},
        "stops": [remark(stop) for stop in report.stops],
    }


def _read(report: Report) -> Values:
    return {
        "sheets": [_sheet(sheet) for sheet in report.sheets.values()],
        "unplaced": [_unplaced(sheet) for sheet in report.unplaced],
        "not_taken": [_column(one) for one in report.not_taken],
    }


def _people(report: Report) -> Values:
    return {
        "overruled": [vars(one) for one in report.overruled],
        "differences": [vars(one) for one in report.differences[:MOST]],
        "differences_count": len(report.differences),
        "leavers": [vars(leaver) for leaver in report.leavers],
        "away": report.away,
    }


def unreadable(refused: Refused, unplaced: Iterable[Unplaced]) -> Values:
    """Return what a page shows of files that cannot be read as an export (yet), and why."""
    return {
        "refused": {
            "message": refused.message,
            "params": dict(refused.params),
        },
        "unplaced": [_unplaced(sheet) for sheet in unplaced],
    }


def aside(report: Report) -> list[Values]:
    """Return every row that would be set aside."""
    return [_row(row) for row in report.set_aside]


def remark(said: Remark) -> Values:
    """Return a sentence that is translated when it is shown."""
    params = {}
    for name, value in said.params.items():
        params[name] = value if isinstance(value, int | str) else str(value)
    return {"message": said.message, "params": params}


def _row(row: SetAside) -> Values:
    return {
        "source": row.source or row.file,
        "line": row.line,
        "key": row.key,
        "reason": remark(row.reason),
    }


def _cause(cause: Cause) -> Values:
    return {
        "source": cause.source,
        "line": cause.line,
        "lines": list(cause.lines[:MOST_WORDS]),
        "count": len(cause.lines),
        "key": cause.key,
        "reason": remark(cause.reason),
        "aside": cause.set_aside,
        "drags": dict(cause.drags),
        "weight": cause.weight,
    }


def _question(question: Question, answers: Mapping[str, str]) -> Values:
    items = []
    for item in question.items[:MOST]:
        own = answers.get(item.key, "")
        items.append(
            {
                "key": item.key,
                "says": remark(item.says),
                "likely": item.likely,
                "answer": own,
            }
        )
    return {
        "key": question.key,
        "asks": remark(question.asks),
        "choices": list(question.choices),
        "likely": question.likely,
        "answer": answers.get(question.key, ""),
        "items": items,
        "count": len(question.items),
        "open": len(question.open_items(answers)),
    }


def _words(report: Report, settled: Settled, new_sites: Iterable[str]) -> list[Values]:
    """Return the words that mean nothing here, with how often; and those that were said to mean something."""
    times: Counter[tuple[str, str]] = Counter()
    rows: tuple[SetAside | Filled, ...] = (*report.filled, *report.set_aside)
    for row in rows:
        found = _word(row)
        if found:
            times[found] += 1
    for site in new_sites:
        times["sites", site] += 1
    words = []
    for (kind, word), count in times.most_common(MOST_WORDS):
        words.append({"kind": kind, "word": word, "count": count, "means": None})
    asked = {(kind, plain(word)) for kind, word in times}
    for kind in ("roles", "sites", "languages", "shifts"):
        for word, means in getattr(settled, kind).items():
            if (kind, word) not in asked:
                words.append({"kind": kind, "word": word, "count": 0, "means": means})
    return words


def _word(row: SetAside | Filled) -> tuple[str, str] | None:
    """Return the word that a row has which means nothing here."""
    params = row.reason.params
    if isinstance(row, Filled) and row.column in WORD_COLUMNS and "value" in params:
        return WORD_COLUMNS[row.column], str(params["value"])
    if row.file == ROSTERS.name and row.because is None and "name" in params:
        return "shifts", str(params["name"])
    return None


def _sheet(sheet: Sheet) -> Values:
    first = sheet.rows[0].cells if sheet.rows else {}
    columns = []
    for column, heading in sheet.headings.items():
        sample = "" if BY_NAME[sheet.name].closed else str(first.get(column, ""))[:40]
        columns.append({"column": column, "heading": heading, "sample": sample})
    return {
        "kind": sheet.name,
        "sources": list(sheet.sources),
        "rows": len(sheet.rows),
        "columns": columns,
        "unknown": list(sheet.unknown),
    }


def _unplaced(sheet: Unplaced) -> Values:
    samples = sheet.samples[0] if sheet.samples else ()
    return {
        "source": sheet.source,
        "kind": sheet.kind or "",
        "lacking": sheet.lacking,
        "headings": list(sheet.headings),
        "samples": list(samples),
    }


def _column(column: Any) -> Values:
    return {
        "file": column.file,
        "column": column.column,
        "reason": remark(column.reason),
    }
