"""One import under way: what each kind of record comes to, and what to remember for the next import."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.hr_import.choices import Choices
from mentorship.hr_import.reading.export import Export
from mentorship.hr_import.report import Difference, Gone, KindCount, Report
from mentorship.hr_import.writing.bulk import insert_rows, update_rows
from mentorship.hr_import.writing.merge import Kept, Merged, Values, merge
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.hr_import.writing.queries import Bases


@dataclass
class ImportRun:
    """One import under way, with what the last one said (`bases`) and what the next is to know (`remembered`)."""

    session: Session
    now: datetime
    export: Export
    bases: Bases
    report: Report
    choices: Choices
    by: str = ""
    """The number of who takes it in; "": the service itself."""

    def __post_init__(self) -> None:
        self.remembered: dict[tuple[str, str], Values] = {}
        self.overruled: list[tuple[str, Kept]] = []
        """The own edits that the file was chosen over, each with what kind of record it is of."""

    def set_aside(self, *files: str) -> set[str]:
        """Return, casefolded, whom or what the rows that these files had set aside are about."""
        rows = self.export.set_aside
        return {row.key.casefold() for row in rows if row.file in files}

    def settle(
        self,
        kind: str,
        said: Mapping[str, Values],
        here: Mapping[str, Values],
        over: Collection[str] = (),
        *,
        fill: bool = False,
    ) -> Merged:
        """Decide what to do; `over` are records that ended here and do not come back."""
        base = self.bases[kind]
        for key, values in said.items():
            last = base.get(key, {})
            self.remembered[kind, key] = {**last, **values}
        ended: dict[str, Values] = {key: {} for key in over}
        merged = merge(
            said,
            here,
            ended | base,
            fill=fill,
        )
        merged.choose(kind, self.choices.file_wins)
        return merged

    def note(self, kind: str, merged: Merged, who: Callable[[str], str] = str) -> None:
        """Put what was decided in the report; `who` turns a key into words."""
        given_up = [key for key, changes in merged.updated.items() if not changes]
        for key in given_up:
            del merged.updated[key]
            merged.unchanged.add(key)
        count = self.report.kinds.setdefault(kind, KindCount())
        count.created += len(merged.created)
        count.updated += len(merged.updated)
        count.unchanged += len(merged.unchanged)
        self.report.only_chosen[kind] += merged.only_chosen()
        for kept in merged.kept:
            self.report.differences.append(_difference(kind, who, kept))
        for kept in merged.overruled:
            self.report.overruled.append(_difference(kind, who, kept))
            self.overruled.append((kind, kept))

    def differ(self, kind: str, who: str, field: str, file: Any, here: Any = None) -> None:
        """Report that the file says something else than what stands here, or names what was removed here."""
        difference = Difference(
            kind,
            who,
            field,
            file,
            here,
        )
        self.report.differences.append(difference)

    def tie(self, kind: str, ids: Mapping[str, int]) -> None:
        """Remember which rows here the records of the file are."""
        for key, row_id in ids.items():
            values = self.remembered.get((kind, key))
            if values is not None:
                values["id"] = row_id

    def note_gone(self, kind: str, keys: Iterable[str], who: Callable[[str], str] = str) -> None:
        """Report records of an earlier import that this one does not have."""
        for key in keys:
            self.report.gone.append(Gone(kind, who(key)))

    def close(self) -> None:
        """Write down what this import said."""
        fresh = []
        changed = []
        for (kind, key), values in self.remembered.items():
            last = self.bases[kind].get(key)
            row = {
                "kind": kind,
                "key": key,
                "values": values,
            }
            if last is None:
                fresh.append(row)
            elif last != values:
                changed.append(row)
        insert_rows(self.session, ImportedRecord, fresh)
        update_rows(self.session, ImportedRecord, changed)


def _difference(kind: str, who: Callable[[str], str], kept: Kept) -> Difference:
    return Difference(
        kind,
        who(kept.key),
        kept.field,
        kept.file,
        kept.here,
        kept.choice,
    )
