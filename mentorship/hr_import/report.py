"""What an import did, or would do: for a page, for a machine, for a terminal."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mentorship.hr_import import report_text
from mentorship.hr_import.causes import Cause, causes
from mentorship.hr_import.reading.export import ColumnNotTaken, Export, FileCount, Filled, Remark, SetAside, Tidied
from mentorship.hr_import.reading.kinds import BY_NAME
from mentorship.hr_import.reading.questions import Question
from mentorship.hr_import.reading.sheets import Sheet, Unplaced


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
    choice: str = dataclasses.field(default="", compare=False)
    """By what the file is chosen to win from it; empty where it cannot."""


@dataclass(frozen=True)
class Gone:
    """A record of an earlier import that this export no longer has; it stays."""

    kind: str
    who: str


@dataclass(frozen=True)
class Leaver:
    """Somebody of an earlier import who is not in this one: offered as one who left, never taken silently."""

    number: str
    name: str


@dataclass
class Report:
    """What was read, what was done with it, and what people have to know about it.

    Where `stops` says why, nothing was written: the figures are what it would come to.
    """

    files: Mapping[str, FileCount] = field(default_factory=dict)
    files_missing: tuple[str, ...] = ()
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    filled: tuple[Filled, ...] = ()
    tidied: tuple[Tidied, ...] = ()
    not_taken: tuple[ColumnNotTaken, ...] = ()
    causes: tuple[Cause, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    stops: list[Remark] = field(default_factory=list)
    kinds: dict[str, KindCount] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    overruled: list[Difference] = field(default_factory=list)
    """The own edits that the file was chosen over."""
    only_chosen: Counter[str] = field(default_factory=Counter)
    """By kind how many records change for no other reason."""
    gone: list[Gone] = field(default_factory=list)
    leavers: list[Leaver] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """The numbers of who left by this import."""
    away: int = 0
    """Of how many people the files say when they are not available: of which of them that is new, nobody is told."""
    export: Export | None = None
    """What was read, for who shows more of it than the figures."""
    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    @classmethod
    def of(cls, export: Export) -> Report:
        """Start a report with what was read."""
        return cls(
            files=export.counts,
            files_missing=export.files_missing,
            sources=export.sources,
            set_aside=export.set_aside,
            filled=export.filled,
            tidied=export.tidied,
            not_taken=export.not_taken,
            causes=causes(export),
            away=len({record.number for record in export.away}),
        )

    @property
    def changed(self) -> bool:
        """Tell whether anything was created or updated, or would be; who is away may always be new."""
        return bool(self.left or self.away) or any(count.created or count.updated for count in self.kinds.values())

    @property
    def written(self) -> bool:
        """Tell whether nothing stopped it."""
        return not self.stops

    @property
    def open_questions(self) -> list[Question]:
        """The questions with a case that was not answered."""
        return [question for question in self.questions if question.open_items(self.answers)]

    def counts(self) -> dict[str, Any]:
        """Return the figures, without names, for the audit log; of who is away there are none."""
        files = {name: count for name, count in self.files.items() if not BY_NAME[name].closed}
        return {
            "files": _plain(files),
            "records": _plain(self.kinds),
            "differences": len(self.differences),
            "overruled": len(self.overruled),
            "gone": len(self.gone),
        }

    def unchosen(self) -> dict[str, Any]:
        """Return the figures as if the file had been chosen over nobody's edit: what a preview and its import share."""
        counts = self.counts()
        for kind, chosen in self.only_chosen.items():
            counts["records"][kind]["updated"] -= chosen
            counts["records"][kind]["unchanged"] += chosen
        counts["differences"] += counts.pop("overruled")
        return counts

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain values, sentences in the language in force."""
        return {
            "changed": self.changed,
            "written": self.written,
            "stops": list(map(str, self.stops)),
            "files": _plain(self.files),
            "files_missing": list(self.files_missing),
            "causes": [_cause(cause) for cause in self.causes],
            "set_aside": [_with_reason(row) for row in self.set_aside],
            "filled": [_with_reason(row) for row in self.filled],
            "tidied": [dict(vars(one)) for one in self.tidied],
            "columns_not_taken": [_with_reason(column) for column in self.not_taken],
            "sheets_not_taken": [sheet.source for sheet in self.unplaced],
            "questions": [_question(question, self.answers) for question in self.questions],
            "records": _plain(self.kinds),
            "differences": [dict(vars(difference)) for difference in self.differences],
            "gone": [dict(vars(gone)) for gone in self.gone],
            "away": self.away,
            "leavers": [dict(vars(leaver)) for leaver in self.leavers],
            "left": list(self.left),
        }

    def to_text(self) -> str:
        """Return everything as lines to read, in the language in force."""
        return report_text.text(self)


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        **vars(cause),
        "reason": str(cause.reason),
        "lines": list(cause.lines),
        "drags": dict(cause.drags),
    }


def _question(question: Question, answers: Mapping[str, str]) -> dict[str, Any]:
    items = []
    for item in question.items:
        answer = question.answer(answers, item)
        items.append({"key": item.key, "says": str(item.says), "likely": item.likely, "answer": answer})
    return {
        "key": question.key,
        "asks": str(question.asks),
        "choices": list(question.choices),
        "likely": question.likely,
        "items": items,
    }


def _with_reason(found: SetAside | Filled | ColumnNotTaken) -> dict[str, Any]:
    values = {**vars(found), "reason": str(found.reason)}
    because = values.pop("because", None)
    if because:
        values["because"] = list(because)
    return values


def _plain(counts: Mapping[str, FileCount | KindCount]) -> dict[str, dict[str, int]]:
    return {name: dict(vars(count)) for name, count in counts.items()}
