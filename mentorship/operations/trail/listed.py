"""The audit log as a list: its columns, what it is chosen by, and its rows in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorship.base import audit_words as words
from mentorship.base.audit import AuditRow
from mentorship.base.audit_lines import changes
from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.operations.trail.queries import ABOUT, BY, PERSON
from mentorship.people.models import Person

SPANS = {"1": N_("last day"), "7": N_("last week"), "31": N_("last month"), "92": N_("last three months")}


@dataclass(frozen=True)
class TrailRow:
    """One decision: when, by whom, what, about what, and what became of what was."""

    at: datetime
    by: str
    by_id: int | None
    verb: str
    about: str
    about_id: int | None
    changes: list[str]


def listing(subjects: Sequence[str], verbs: Sequence[str]) -> Listing:
    """Return the list, the newest first."""
    sides = [(BY, gettext("who did it")), (ABOUT, gettext("whom it is about"))]
    return Listing(
        key="trail",
        title=N_("Audit log"),
        columns=(
            Column("at", N_("When"), fixed=True),
            Column("by", N_("By whom")),
            Column("verb", N_("What")),
            Column("about", N_("About")),
            Column("changes", N_("Before and after")),
        ),
        filters=(
            Filter("days", gettext("When"), [(days, gettext(text)) for days, text in SPANS.items()], several=False),
            Filter("side", gettext("The name searched is"), sides, several=False),
            Filter("subject", gettext("About"), [(subject, words.subject(subject)) for subject in subjects]),
            Filter("verb", gettext("What"), [(verb, words.verb(verb)) for verb in verbs]),
        ),
        search=gettext("Name or personnel number"),
        sort="at",
        descending=True,
    )


def people_of(rows: Sequence[AuditRow]) -> set[int]:
    """Return who decided, and about whom."""
    found = set()
    for row in rows:
        if row.actor_id is not None:
            found.add(row.actor_id)
        if row.subject == PERSON and row.subject_id is not None:
            found.add(row.subject_id)
    return found


def in_words(row: AuditRow, persons: Mapping[int, Person]) -> TrailRow:
    """Return a row as it is read."""
    return TrailRow(
        row.at,
        _named(row.actor_id, persons) if row.actor_id else gettext("the service itself"),
        row.actor_id,
        words.verb(row.verb),
        _about(row, persons),
        row.subject_id if row.subject == PERSON else None,
        list(changes(row.details)),
    )


def _about(row: AuditRow, persons: Mapping[int, Person]) -> str:
    if row.subject == PERSON and row.subject_id is not None:
        return _named(row.subject_id, persons)
    if row.subject_id is None:
        return words.subject(row.subject)
    return f"{words.subject(row.subject)} {row.subject_id}"


def _named(person_id: int, persons: Mapping[int, Person]) -> str:
    person = persons.get(person_id)
    if person is None or not person.name:
        return gettext("somebody who left")
    return f"{person.name} ({person.number})"
