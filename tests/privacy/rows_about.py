"""Plants a row in every table about people, with a word of its own in every text: what is of whom is found by it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import AutoString, Session

from mentorship.tables import metadata
from tests.factories import Organisation

LINES = {
    "certificate": {"ends_on": None},
    "check_in": {"status": "answered", "side": "junior"},
    "mentorship": {"status": "active", "origin": "import", "ended_as": "", "ends_as": ""},
    "goal": {"start_level": 1, "target_level": 3},
    "meeting_point": {"point": "long", "agreed": "half", "proposed": "hour", "side": "junior"},
    "need": {"current_level": 1, "target_level": 3, "importance": 2},
    "place_asked": {"answer": "place"},
    "pulse_wave": {"grouping": "role", "invited": 1, "answered": 1},
    "quick_question": {"status": "no"},
    "signal": {"side": "junior", "status": "done", "did": []},
    "closing_word": {"side": "junior"},
    "audit": {"subject": "person"},
    "person": {"locale": "nl"},
    "worked_week": {"mentorship_id": None},
    "privacy_request": {"about": "figures", "state": "done"},
    "round": {"waiting": 0},
    "question_set": {"questions": {"junior": [], "mentor": []}, "scale": None},
    "level_claim": {"status": "confirmed"},
}
"""What a row must hold beside words."""
OTHERS = {
    "confidant": "stand_in_id",
    "handover_piece": "receiver_id",
    "quick_question": "asked_id",
    "stand_in": "stand_in_id",
}
"""The columns that must not say the same person."""
CHOICE = re.compile(r"(\w+) (?:IS NULL OR \w+ )?IN \('(\w+)'")


class Planting:
    """Rows about one person in every table, beside those of the organisation."""

    def __init__(self, session: Session, made: Organisation, me: str = "junior", other: str = "senior") -> None:
        self.session, self.made = session, made
        self.me, self.other = made.people[me], made.people[other]
        self.number = f"n-{me}"
        self.keys: dict[str, Any] = {"person": self.me, "site": made.sites["Ede"]}
        self.words: dict[str, str] = {}

    def everywhere(self, tables: set[str]) -> dict[str, str]:
        """Plant a row in each of these tables; return the word planted in each text, by table and column."""
        self.mark_person()
        for table in metadata.sorted_tables:
            if table.name in tables and table.name != "person":
                self.row(table)
        self.session.commit()
        return self.words

    def mark_person(self) -> None:
        table = metadata.tables["person"]
        values = {}
        for name in ("given_name", "infix", "family_name", "department"):
            values[name] = self.word(table.c[name])
        values["email"] = self.words["person.email"] = "woord-person-email@example.nl"
        self.session.execute(sa.update(table).where(table.c.id == self.me).values(values))

    def row(self, table: sa.Table) -> None:
        if table.name in self.keys:
            return
        values = {column.name: self.value(column) for column in table.columns if not self.is_own_id(column)}
        values |= LINES.get(table.name, {})
        for name in LINES.get(table.name, {}):
            self.words.pop(f"{table.name}.{name}", None)
        if table.name in ("mentorship",):
            values |= {"mentor_id": self.other, "junior_id": self.me}
        if table.name in ("wish", "look", "person_manager"):
            self.both_ways(table, values)
        if table.name == "objection":
            values |= {"mentorship_id": None, "reason": "too_much"}
            self.words.pop("objection.reason", None)
        if table.name in OTHERS:
            values[OTHERS[table.name]] = self.other
        if table.name == "imported_record":
            values["key"] = self.number
            self.words.pop("imported_record.key", None)
        kept = self.session.execute(sa.select(*table.primary_key).where(self.same(table, values))).first()
        if kept is None:
            kept = self.session.execute(sa.insert(table).values(values)).inserted_primary_key
        else:
            self.session.execute(sa.update(table).where(self.same(table, values)).values(values))
        assert kept is not None
        self.keys[table.name] = kept[0]

    def both_ways(self, table: sa.Table, values: dict[str, Any]) -> None:
        (second,) = [c.name for c in table.columns if c.name in ("other_id", "viewer_id", "manager_id")]
        values |= {"person_id": self.me, second: self.other}

    def same(self, table: sa.Table, values: dict[str, Any]) -> Any:
        given = [column == values[column.name] for column in table.primary_key if column.name in values]
        return sa.and_(*given) if len(given) == len(table.primary_key.columns) else sa.false()

    def is_own_id(self, column: sa.Column[Any]) -> bool:
        return (
            column.name == "id" and column.primary_key and not column.foreign_keys and column.autoincrement is not False
        )

    def value(self, column: sa.Column[Any]) -> Any:
        for key in column.foreign_keys:
            table = key.column.table
            if table.name not in self.keys:
                self.row(table)
            return self.keys[table.name]
        return self.plain(column)

    def plain(self, column: sa.Column[Any]) -> Any:
        kind, now = column.type, self.made.now
        choice = self.choice(column)
        if choice:
            return choice
        if re.search(r"_id$|_by$|^actor|^recipient", column.name) and isinstance(kind, sa.Integer):
            return self.me
        if isinstance(kind, sa.JSON):
            word = self.word(column)
            if column.name == "sentences":
                return [{"title": word, "said": [word]}]
            return (
                [word]
                if column.name in ("files", "help_from", "evidence", "roles", "site_ids", "funnel", "steps")
                else {"a": word}
            )
        if isinstance(kind, sa.LargeBinary):
            return self.word(column).encode()
        if isinstance(kind, sa.String | AutoString):
            return self.word(column)
        if isinstance(kind, sa.Boolean):
            return True
        if isinstance(kind, sa.Date):
            return now.date()
        if kind.python_type.__name__ == "datetime":
            return now - timedelta(hours=1)
        return 1

    def choice(self, column: sa.Column[Any]) -> str:
        assert isinstance(column.table, sa.Table)
        for check in column.table.constraints:
            if isinstance(check, sa.CheckConstraint):
                found = CHOICE.match(str(check.sqltext))
                if found and found[1] == column.name:
                    return found[2]
        return ""

    def word(self, column: sa.Column[Any]) -> str:
        place = f"{column.table.name}.{column.name}"
        whole = f"w-{place}".replace(".", "-").replace("_", "-")
        room = getattr(column.type, "length", None) or 200
        if len(whole) > room:
            whole = f"w{len(self.words)}-{column.name}"[:room]
        self.words[place] = whole
        return whole
