"""A row about somebody in every table with personal data, found from the tables themselves; a mark in all texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import AutoString, Session

from mentorship.base.clock import local_date
from mentorship.base.personal import PERSONAL
from mentorship.people.models import Person
from mentorship.privacy.notice import sentences
from mentorship.privacy.notice.actions import note_read
from mentorship.tables import metadata

DAY = timedelta(days=1)
WORDLESS = ("name_en", "explanation", "explanation_en")


@dataclass
class Planting:
    """Whom rows are about: `person`, with a `mark` of their own, and `other`, who stays."""

    person: int
    other: int
    number: str
    other_number: str
    mark: str
    now: datetime
    mentors: bool = False
    """Whether the person is the mentor of the pair, and the other the junior."""
    made: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_date(self.now)

    @property
    def mentor(self) -> int:
        return self.person if self.mentors else self.other

    @property
    def junior(self) -> int:
        return self.other if self.mentors else self.person

    @property
    def side(self) -> str:
        return "mentor" if self.mentors else "junior"

    def overrides(self) -> dict[str, dict[str, Any]]:
        """What a table cannot take as it comes."""
        person, other, now, mark = self.person, self.other, self.now, self.mark
        theirs = f"{person} {now.isoformat()}" if self.mentors else mark  # words of the other stay with the other
        pair = f"{self.number}/{self.other_number}"
        return {
            "audit": {"actor_id": person, "subject": "person", "subject_id": person, "verb": "change person"},
            "away": {"last_day": self.today + 7 * DAY},
            "pulse_invited": {"wave_id": self.today.toordinal(), "grouped": "junior"},
            "capacity": {"places": 9, "hours": 20, "confirmed_hours": 20},
            "certificate": {"ends_on": self.today + 200 * DAY, "got_on": self.today - self.mentors * DAY},
            "check_in": {"person_id": person, "side": self.side, "status": "answered", "closed_at": now, "set_id": 1},
            "check_in_code": {"made_by": person, "expires_at": now + 14 * DAY},
            "activation_code": {"expires_at": now + 14 * DAY},
            "closing_word": {"side": self.side, "thanks": "" if self.mentors else mark},
            "failing_rule": {"rule": "site"},
            "counted_person": {"id": person, "whose_id": person},
            "counted_answer": {"side": self.side},
            "confidant": {"site_id": None, "stand_in_id": other, "stand_in_until": self.today + 7 * DAY},
            "announced_pair": {"mentor_id": self.mentor},
            "objection": {"mentor_id": self.mentor, "mentorship_id": None, "reason": "too_much"},
            "stand_in": {"stand_in_id": other, "last_day": self.today + 7 * DAY},
            "filled_in": {"section": "roster", "person_id": other if self.mentors else person, "by_id": person},
            "form_comfort": {"form": "online"},
            "form_wish": {"form": "online"},
            "meeting_point": {"point": "long", "agreed": "half", "proposed": "hour", "side": self.side},
            "goal": {"target_level": 3, "start_level": 1, "words": theirs},
            "import_draft": {"state": "ready"},
            "imported_record": {
                "kind": "duo" if self.mentors else "person",
                "key": pair if self.mentors else self.number,
            },
            "import_source": {"name": f"hr {person}", "mapping": {"answers": {f"renumbered:{self.number}": "same"}}},
            "level_claim": {
                "status": "confirmed",
                "settled_at": now,
                "second_id": person,
                "level": 2,
                "evidence": theirs,
            },
            "handover_piece": {
                "person_id": other if self.mentors else person,
                "receiver_id": person if self.mentors else other,
                "place": theirs,
            },
            "look": {"viewer_id": person, "person_id": other, "kind": "profile"},
            "mail_preference": {"topic": "duo"},
            "message": {"selection": "people", "leads": "message", "sent_at": now},
            "mentor_request": {"status": "placed", "person_id": self.junior, "goal": theirs},
            "quick_question": {
                "asker_id": self.mentor,
                "asked_id": self.junior,
                "status": "no",
                "answered_at": now,
                "closed_at": now,
                "words": mark,
            },
            "request_outcome": {"round_name": theirs},
            "mentorship": {
                "status": "active",
                "origin": "import",
                "ended_as": "",
                "ends_as": "",
                "mentor_id": self.mentor,
                "junior_id": self.junior,
                "ended_on": None,
                "paused_until": None,
            },
            "need": {"target_level": 3, "current_level": 1},
            "notice_shown": {"sentences": [{"title": mark, "said": [mark]}]},
            "outbox": {"recipient_id": person, "sent_at": now, "dropped_at": None, "failed_at": None, "kind": "news"},
            "pacing": {"spent_until": round(now.timestamp() * 1000) + 5000},
            "privacy_request": self._asked(),
            "person_manager": {"manager_id": self.mentor, "person_id": self.junior},
            "person_role": {"role": "senior" if self.mentors else "junior"},
            "place_asked": {"mentor_id": self.mentor, "answer": "place"},
            "plan": {"horizon": "under_1"},
            "round": {
                "status": "published",
                "site_ids": [],
                "weights": {},
                "published_at": now,
                "unmatched_cost": 1,
                "waiting": 0,
            },
            "round_override": {"kind": "lock", "mentor_id": self.mentor},
            "round_pair": {"mentor_id": self.mentor},
            "sign_in": {"ended_at": None, "expires_at": now + DAY},
            "signal": {"side": self.side, "status": "done", "done_at": now, "did": []},
            "tablet": {"ended_at": now, "code_hash": None},
            "taken_import": {"origin": "browser", "outcome": "taken", "summary": {"left": [self.number]}},
            "training": {"noted_by": person, "person_id": other if self.mentors else person, "title": theirs},
            "used_once": {"until": now + DAY},
            "half_sign_in": {"expires_at": now + timedelta(minutes=10)},
            "wish": {"person_id": other if self.mentors else person, "other_id": person if self.mentors else other},
            "worked_week": {"words": "", "mentor_id": self.mentor, "noted_by": person},
        }

    def _asked(self) -> dict[str, Any]:
        """Return a request of theirs, or an objection of somebody who was erased, which stays without words."""
        if not self.mentors:
            return {"kind": "object", "about": "other", "state": "done"}
        wordless = dict.fromkeys(("words", "answer", "extended_because"), "")
        return {"kind": "object", "about": "figures", "state": "done", "asker_id": None, **wordless}

    def row(self, table: sa.Table) -> dict[str, Any]:
        """Return a row of a table that is about the person, the mark in every text."""
        given = self.overrides().get(table.name, {})
        row: dict[str, Any] = {}
        for column in table.columns:
            key = next(iter(column.foreign_keys), None)
            if column.name in given:
                row[column.name] = given[column.name]
            elif column.name == "id" and key is None:
                continue
            elif key is not None:
                row[column.name] = self._pointed(key.target_fullname)
            else:
                row[column.name] = self._value(table, column)
        return row

    def _pointed(self, target: str) -> Any:
        if target == "person.id":
            return self.person
        table, name = target.split(".")
        return self.made[table][name] if table in self.made else 1

    def _value(self, table: sa.Table, column: sa.Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, sa.JSON):
            return {"words": self.mark}
        if isinstance(kind, sa.LargeBinary):
            return self.mark.encode()
        if column.name.endswith("_id") or column.name == "made_by":
            return self.person  # an id that stands by itself
        given = {
            sa.Boolean: True,
            sa.Integer: 1,
            sa.Numeric: 1,
            sa.Float: 0.5,
            sa.Date: self.today,
        }
        for one, value in given.items():
            if isinstance(kind, one):
                return value
        if isinstance(kind, sa.String | AutoString):
            told = f"{self.mark}{self.side[0]}"
            longest = getattr(kind, "length", None)
            return told[-longest:] if longest else told
        return self.now


def personal_tables() -> list[sa.Table]:
    """Every table with personal data, what others point at first; places for juniors before pairs."""
    found = []
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if PERSONAL in column.info]
        if table.name != "person" and (PERSONAL in table.info or columns):
            found.append(table)
    return sorted(found, key=lambda table: table.name != "capacity")


def plant(connection: sa.Connection, about: Planting) -> None:
    """Put a row about somebody in every such table; what is theirs alone and there already stays."""
    jobs = metadata.tables["job_profile"]
    if connection.execute(sa.select(jobs)).first() is None:
        connection.execute(sa.insert(jobs).values(id=1, name="Monteur", **dict.fromkeys(WORDLESS, "")))
    courses = metadata.tables["course"]
    if connection.execute(sa.select(courses)).first() is None:
        known = {"domain_id": connection.scalar(sa.select(sa.func.min(metadata.tables["domain"].c.id)))}
        connection.execute(sa.insert(courses).values(id=1, title="Basis", provider="", days=1, basics=False, **known))
    kinds = metadata.tables["certificate_kind"]
    if connection.execute(sa.select(kinds)).first() is None:
        connection.execute(sa.insert(kinds).values(id=1, name="VCA", name_en="", entitles=False))
    waves = metadata.tables["pulse_wave"]
    if connection.execute(sa.select(waves).where(waves.c.id == about.today.toordinal())).first() is None:
        days = {"id": about.today.toordinal(), "opens_on": about.today, "closes_on": about.today}
        connection.execute(sa.insert(waves).values(grouping="role", invited=0, answered=0, **days))
    for table in personal_tables():
        row = about.row(table)
        known = [column for column in table.primary_key if column.name in row]
        if known and len(known) == len(table.primary_key):
            same = sa.and_(*[column == row[column.name] for column in known])
            if connection.execute(sa.select(table).where(same)).first():
                about.made[table.name] = row
                continue
        made = connection.execute(table.insert().values(row))
        keys = [column.name for column in table.primary_key]
        about.made[table.name] = {**row, **dict(zip(keys, made.inserted_primary_key or (), strict=False))}


def plant_import(connection: sa.Connection, about: Planting) -> None:
    """Let the last file have said that the person is the manager of the other one, and above others too."""
    records = metadata.tables["imported_record"]
    said = {"manager": about.number, "others_above": [about.number, "1"]}
    key = {"kind": "person", "key": f"{about.other_number} {about.person}"}
    if not connection.execute(sa.select(records).where(records.c.key == key["key"])).first():
        connection.execute(records.insert().values(**key, values=said))


def texts(connection: sa.Connection) -> dict[str, str]:
    """Return all that stands in each table, as one text."""
    found = {}
    for table in metadata.sorted_tables:
        words = []
        for row in connection.execute(sa.select(table)):
            for value in row:
                words.append(value.decode(errors="replace") if isinstance(value, bytes) else str(value))
        found[table.name] = "\n".join(words)
    return found


def read_notice(session: Session, person: Person, now: datetime) -> None:
    """Let somebody read the notice as it stands."""
    note_read(session, person, sentences.version(session, person, local_date(now)), now)
