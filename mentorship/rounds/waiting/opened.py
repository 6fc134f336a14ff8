"""An opened row of the waiting list: how many each rule leaves, and by name who comes as far as where it stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.figures.funnel import Funnel, funnel
from mentorship.base.i18n import gettext
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.rounds.waiting import rules, words
from mentorship.rounds.waiting.listed import Row
from mentorship.rounds.waiting.queries import Today
from mentorship.rounds.words import funnel_words

MOST = 12
STOPS = {
    rules.TRAINER: ("trainer",),
    rules.MEETING: ("meeting",),
    rules.SITE: ("site",),
    rules.LANGUAGE: ("language",),
    rules.APART: ("line", "apart"),
    rules.OUT: ("place",),
}
"""At which rules of the match the names are looked for."""


@dataclass(frozen=True)
class Near:
    """Somebody who comes as far as where it stops; a place can be asked of them where `ask`."""

    person: Person
    site: str
    note: str
    ask: bool


@dataclass(frozen=True)
class Opened:
    """What stands under a row that is open."""

    request_id: int
    title: str
    funnel: Funnel
    near: Sequence[Near]
    more: int


def opened(
    session: Session,
    found: Today,
    row: Row,
    sites: dict[int, str],
) -> Opened:
    """Return what stands under an opened row."""
    ids = _near(found, row)
    shown = ids[:MOST]
    waits = row.waits.person_id
    known = people.persons(session, [waits, *shown])
    near = [
        _one(
            found,
            row,
            known[person_id],
            sites,
        )
        for person_id in shown
        if person_id in known
    ]
    return Opened(
        row.request_id,
        _title(row, known[waits].name, len(ids)),
        _funnel(found, row),
        near,
        len(ids) - len(shown),
    )


def _near(found: Today, row: Row) -> list[int]:
    """Return who can, or comes as far as where it stops."""
    standing = found.standing
    if not standing.knows(row.request_id):
        return []
    if row.reason in (rules.NOW, rules.ROUND):
        return standing.ready(row.request_id)
    if row.reason == rules.PLACE:
        return standing.full(row.request_id)
    near: list[int] = []
    for step in STOPS.get(row.reason, ()):
        near += standing.stopped_at(row.request_id, step)
    return near


def _one(
    found: Today,
    row: Row,
    person: Person,
    sites: dict[int, str],
) -> Near:
    note = ""
    ask = False
    person_id = person.id or 0
    if row.reason == rules.PLACE:
        gain = found.standing.gain(person_id, row.request_id)
        note = words.brings(gain.requests, gain.waiting)
        ask = found.can_be_asked(person_id)
        if not ask:
            note = gettext("asked lately, or hours wait for the manager")
    return Near(
        person,
        sites[person.site_id],
        note,
        ask,
    )


def _title(row: Row, name: str, number: int) -> str:
    if row.reason in (rules.NOW, rules.ROUND):
        return gettext("Who can mentor %(name)s now", name=name)
    if not number:
        return gettext("Nobody comes that far for %(name)s", name=name)
    label = gettext(words.LABELS[row.reason])
    return gettext(
        "Who comes as far as “%(rule)s” for %(name)s",
        rule=label,
        name=name,
    )


def _funnel(found: Today, row: Row) -> Funnel:
    if not found.standing.knows(row.request_id):
        return funnel(0, [])
    everybody, *left = found.standing.counts(row.request_id)
    _self, *asked = funnel_words(len(left) + 1)
    rules_left = [(gettext(rule), count) for rule, count in zip(asked, left, strict=True)]
    return funnel(everybody, rules_left)
