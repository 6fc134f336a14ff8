"""The ownership crawl: every door with an id, with the ids of others, as everybody.

Whose a row is is read here from the tables once more, apart from what the doors themselves find. Who is nothing to it,
and holds no role that the door's rule names, must read the very page that says that there is no such row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session
from werkzeug.routing import Rule

from mentorship.people.access import MANAGER
from mentorship.people.access import Rule as AccessRule
from mentorship.people.account import guard
from tests.fuzz.asking import RIGHT, URLENCODED, Answer, Odd, send
from tests.fuzz.world import ARGUMENT, World

NOWHERE = 2**31 - 1
"""An id that no row has."""
SIDES = "SELECT mentor_id, junior_id FROM mentorship WHERE id = :id"
GOAL = "SELECT mentor_id, junior_id FROM mentorship m JOIN goal g ON g.mentorship_id = m.id WHERE g.id = :id"
CLAIM = (
    "SELECT m.mentor_id, m.junior_id, c.second_id FROM mentorship m JOIN goal g ON g.mentorship_id = m.id "
    "JOIN level_claim c ON c.goal_id = g.id WHERE c.id = :id"
)
SIGNAL = (
    "SELECT m.mentor_id, m.junior_id, s.asked_id FROM mentorship m JOIN signal s ON s.mentorship_id = m.id "
    "WHERE s.id = :id"
)
WHOSE = {
    "away_id": "SELECT person_id FROM away WHERE id = :id",
    "certificate_id": "SELECT person_id FROM certificate WHERE id = :id",
    "check_in_id": "SELECT person_id FROM check_in WHERE id = :id",
    "claim_id": CLAIM,
    "confidant_id": "SELECT person_id FROM confidant WHERE id = :id",
    "draft_id": "SELECT person_id FROM import_draft WHERE id = :id",
    "goal_id": GOAL,
    "mentorship_id": SIDES,
    "note_id": "SELECT by_id FROM round_note WHERE id = :id",
    "question_id": "SELECT asker_id, asked_id FROM quick_question WHERE id = :id",
    "feed_id": "SELECT person_id FROM planning_feed WHERE id = :id",
    "person_id": "SELECT id FROM person WHERE id = :id",
    "privacy_id": "SELECT asker_id FROM privacy_request WHERE id = :id",
    "request_id": "SELECT person_id FROM mentor_request WHERE id = :id",
    "sign_in_id": "SELECT person_id FROM sign_in WHERE id = :id",
    "signal_id": SIGNAL,
    "stand_in_id": "SELECT person_id FROM stand_in WHERE id = :id",
    "training_id": "SELECT person_id FROM training WHERE id = :id",
    "undo_id": "SELECT person_id FROM undo WHERE id = :id",
    "view_id": "SELECT person_id FROM saved_view WHERE id = :id",
}
"""Who is something to a row, at the widest; what is missing here is nobody's own, and roles alone decide."""
DECIDED_BY_ROW = frozenset(
    {"asked.heard", "signals.close", "signals.take", "signals.take_line", "steps.show", "steps.carry_out"}
)
"""Doors whose owners are whoever may act: both lines and coordinators too, as `checkins.visibility` decides."""
STAMP = re.compile(r'name="csrf_token" value="[^"]+"|<time.*?</time>')


@dataclass
class Crawled:
    """What was tried, and what crossed."""

    tried: int = 0
    refused: int = 0
    inside: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class _Known:
    """Who stands above whom, and what roles everybody has."""

    managers: dict[int, int | None]
    roles: dict[int, set[str]]

    def above(self, people: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for person in people:
            leader = self.managers.get(person)
            while leader is not None and leader not in found:
                found.add(leader)
                leader = self.managers.get(leader)
        return found


def crawl(world: World, people: Iterable[int], most: int, seed: int = 12) -> Crawled:
    """Try every door with ids, `most` of each, as each of these people."""
    found, random = Crawled(), Random(seed)
    with Session(world.engine) as session:
        managers = {row[0]: row[1] for row in session.execute(sa.text("SELECT id, manager_id FROM person"))}
        roles: dict[int, set[str]] = {}
        for person_id, role in session.execute(sa.text("SELECT person_id, role FROM person_role")):
            roles.setdefault(person_id, set()).add(role)
    known = _Known(managers, roles)
    everybody = list(people)
    for rule, method in _doors(world):
        name = ARGUMENT.findall(rule.rule)[0]
        known_ids = world.ids[name]
        ids = random.sample(known_ids, min(most, len(known_ids)))
        for person_id in everybody:
            nothing = _page(_ring(world, rule, method, person_id, NOWHERE))
            for row_id in ids:
                answer = _ring(world, rule, method, person_id, row_id)
                found.tried += 1
                may = _may(world, known, rule, name, row_id, person_id)
                _judge(found, answer, nothing, may, f"{method} {rule.rule} {row_id} as {person_id}")
    return found


def _doors(world: World) -> Iterator[tuple[Rule, str]]:
    """Every door that asks whose it is by the ids in its address."""
    for rule in world.rules():
        stands = guard.stated(world.app, rule.endpoint)
        arguments = ARGUMENT.findall(rule.rule)
        if stands is None or stands[1] is None or not arguments:
            continue
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            yield rule, method


def _ring(world: World, rule: Rule, method: str, person_id: int, row_id: int) -> Answer:
    path = ARGUMENT.sub(str(row_id), rule.rule)
    caller = world.caller(person_id)
    body = f"csrf_token={caller.token}".encode() if method == "POST" else b""
    odd = Odd(0, caller, rule.rule, method, path.encode(), b"", {}, body, URLENCODED if body else "", RIGHT)
    return send(world.app, odd)


def _page(answer: Answer) -> tuple[int, str]:
    return answer.status, STAMP.sub("", answer.text)


def _may(world: World, known: _Known, rule: Rule, name: str, row_id: int, person_id: int) -> bool:
    """Tell whether somebody may get in at all: by a role of the rule, as an owner, or from above one."""
    stands = guard.stated(world.app, rule.endpoint)
    stated: AccessRule = stands[0]  # type: ignore[index]
    roles = known.roles.get(person_id, set())
    if roles & stated.roles or stated.signed_in or stated.anyone:
        return True
    if name not in WHOSE:
        return False
    with world.engine.connect() as connection:
        rows: Any = connection.execute(sa.text(WHOSE[name]), {"id": row_id}).all()
    owners = {owner for row in rows for owner in row if owner is not None}
    if stated.owner and person_id in owners:
        return True
    if rule.endpoint in DECIDED_BY_ROW and roles & {"coordinator", MANAGER}:
        return "coordinator" in roles or person_id in known.above(owners)
    return stated.line and MANAGER in roles and person_id in known.above(owners)


def _judge(found: Crawled, answer: Answer, nothing: tuple[int, str], may: bool, what: str) -> None:
    refused = answer.status in (403, 404)
    found.refused += refused
    found.inside += not refused
    if answer.status >= 500:
        found.faults.append(f"{answer.status} {what}")
    elif not refused and not may:
        found.faults.append(f"gets in: {answer.status} {what}")
    elif refused and not may and _page(answer) != nothing:
        found.faults.append(f"unlike what is not there: {what}")
