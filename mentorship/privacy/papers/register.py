"""What is kept about people, as the papers list it: a row for each purpose, from what each table states of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import gettext, joined
from mentorship.base.personal import Basis
from mentorship.privacy.kept import kept_for
from mentorship.privacy.mine.labels import LABELS
from mentorship.privacy.papers.facts import Facts, Table
from mentorship.privacy.papers.labels import FURTHER

SECRETS = ("_hash", "_seal", "secret", "token")
"""How columns end that hold what is left of a secret."""


@dataclass(frozen=True)
class Row:
    """One purpose: what is kept for it, from whom, who sees it, where it goes, how long, and how much there is."""

    purpose: str
    data: str
    columns: str
    source: str
    viewers: str
    recipients: str
    kept: str
    rows: int


@dataclass(frozen=True)
class Part:
    """The purposes that rest on one lawful basis."""

    letter: str
    because: str
    rows: Sequence[Row]


def register(facts: Facts) -> list[Part]:
    """Return every purpose, by what it rests on."""
    by_basis: dict[Basis, list[Table]] = {}
    for table in facts.tables:
        by_basis.setdefault(table.stated["basis"], []).append(table)
    found = []
    for basis, tables in sorted(by_basis.items(), key=_order):
        found.append(Part(basis.letter, gettext(basis.because).rstrip("."), _rows(tables, facts)))
    return found


def _order(item: tuple[Basis, list[Table]]) -> tuple[bool, int]:
    """Put what people come for first, and what holds most before what holds little."""
    basis, tables = item
    return basis.letter != "f", -len(tables)


def purposes(facts: Facts) -> list[Row]:
    """Return every purpose, a row each."""
    found: list[Row] = []
    for part in register(facts):
        found.extend(part.rows)
    return found


def columns(facts: Facts) -> list[Row]:
    """Return a row for each table, and for each column that states something of its own."""
    return [_row([table], facts) for table in facts.tables]


def _rows(tables: Sequence[Table], facts: Facts) -> list[Row]:
    by_purpose: dict[str, list[Table]] = {}
    for table in tables:
        by_purpose.setdefault(table.stated["purpose"], []).append(table)
    return [_row(together, facts) for together in by_purpose.values()]


def _row(tables: Sequence[Table], facts: Facts) -> Row:
    stated = [table.stated for table in tables]
    sources = [source for one in stated for source in one["source"]]
    return Row(
        purpose=_each(stated, "purpose")[0],
        data=", ".join(_once(word for table in tables for word in _data(table))),
        columns="; ".join(_named(table) for table in tables),
        source=joined(_said(sources)),
        viewers="; ".join(_each(stated, "viewers")),
        recipients="; ".join(_each(stated, "recipients")),
        kept="; ".join(_once(_kept(one, facts) for one in stated)),
        rows=sum(table.rows for table in tables),
    )


def _data(table: Table) -> list[str]:
    """Name what a table holds as people are told of it; what only ties rows together is left out."""
    found = []
    for name in table.columns:
        told = LABELS.get(f"{table.name}.{name}") or LABELS.get(name) or FURTHER.get(name)
        if told is not None:
            found.append(gettext(told))
        elif name.endswith(SECRETS):
            found.append(gettext("a seal of a secret"))
        elif not ties(name):
            found.append(name)
    return found


def ties(name: str) -> bool:
    """Tell whether a column only ties rows together."""
    return name == "id" or name.endswith("_id")


def _named(table: Table) -> str:
    names = ", ".join(table.columns)
    return f"{table.name}: {names}"


def _each(stated: Iterable[Mapping[str, str]], key: str) -> list[str]:
    return _said(one[key] for one in stated)


def _said(messages: Iterable[str]) -> list[str]:
    return _once(gettext(message) for message in messages)


def _once(texts: Iterable[str]) -> list[str]:
    """Leave out what was said already."""
    return list(dict.fromkeys(texts))


def _kept(stated: Mapping[str, object], facts: Facts) -> str:
    """Say how long."""
    return kept_for(stated, facts.kept)
