"""What the pages of the guide show, made ready: people with their roles, what can be ticked, cards, mentors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.home.setup.actions import names_there, roster_name
from mentorship.home.setup.queries import MOST_CARDS, Handing, Mentor, Placed
from mentorship.people.access import JUNIOR, MANAGER, SENIOR
from mentorship.people.models import Person
from mentorship.people.rules import mark
from mentorship.profiles.domains.starting_lists import TRADES, listed
from mentorship.profiles.queries import domains
from mentorship.profiles.rosters.patterns import rosters
from mentorship.profiles.rosters.ready_made import SHAPES

TICKS = (JUNIOR, SENIOR, MANAGER)


@dataclass(frozen=True)
class LineRow:
    """Somebody, the roles that are ticked, and who leads them."""

    id: int
    name: str
    note: str
    ticked: Mapping[str, bool]
    leader: str


def line_rows(placed: Sequence[Placed], typed: Mapping[str, Any]) -> list[LineRow]:
    """Return the people with their roles; after a mistake as they were ticked."""
    chosen = dict(
        zip(
            typed.get("person", ()),
            typed.get("leader", ()),
            strict=False,
        )
    )
    found = []
    for one in placed:
        key = str(one.person.id)
        if key in chosen:
            ticked = {role: key in typed.get(role, ()) for role in TICKS}
        else:
            ticked = {role: role in one.roles for role in TICKS}
        row = LineRow(
            id=id_of(one.person),
            name=one.person.name,
            note=one.person.department,
            ticked=ticked,
            leader=chosen.get(key, str(one.person.manager_id or "")),
        )
        found.append(row)
    return found


def shown(placed: Sequence[Placed]) -> list[object]:
    """Return what a page shows of people, to see whether somebody else changed it since."""
    found: list[object] = []
    for one in placed:
        found.append((one.person.id, one.person.manager_id, sorted(one.roles)))
    return found


def mark_of(placed: Sequence[Placed]) -> str:
    """Write down how people were shown."""
    return mark(*shown(placed))


def leader_choices(leaders: Sequence[Person]) -> list[tuple[str, str]]:
    """Return who can be chosen to lead somebody."""
    nobody = ("", gettext("nobody"))
    return [nobody, *((str(person.id), person.name) for person in leaders)]


def without_leader(placed: Sequence[Placed]) -> bool:
    """Tell whether nobody is said yet to lead some people."""
    return any(one.person.manager_id is None for one in placed)


@dataclass(frozen=True)
class Tick:
    """Something to tick; what is there already stays."""

    key: str
    title: str
    there: bool
    ticked: bool
    note: str = ""


@dataclass(frozen=True)
class Trade:
    """The domains of one trade."""

    key: str
    title: str
    domains: list[Tick]
    opened: bool


def to_tick(session: Session, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the domains and rosters to choose from."""
    there = names_there(session)
    known = {roster.name for roster in rosters(session)}
    shapes = _shapes(known, typed.get("shape", ()))
    names = sorted({*known, *(tick.title for tick in shapes)})
    return {
        "trades": _trades(there, typed.get("domain", ())),
        "own": [domain.title for domain in domains(session)],
        "shapes": shapes,
        "usual": [("", gettext("no roster")), *((name, name) for name in names)],
    }


def _trades(there: AbstractSet[str], chosen: Collection[str]) -> list[Trade]:
    found = []
    for key, (title, of_trade) in TRADES.items():
        ticks = []
        for domain in of_trade:
            added = listed(domain)
            is_there = not there.isdisjoint({added.name.casefold(), added.name_en.casefold()})
            ticks.append(
                Tick(
                    added.name,
                    gettext(domain.name),
                    is_there,
                    is_there or added.name in chosen,
                    gettext(domain.explanation),
                )
            )
        opened = any(tick.ticked for tick in ticks)
        found.append(
            Trade(
                key,
                gettext(title),
                ticks,
                opened,
            )
        )
    return found


def _shapes(known: Collection[str], chosen: Collection[str]) -> list[Tick]:
    found = []
    for key in SHAPES:
        name = roster_name(key)
        found.append(
            Tick(
                key,
                name,
                name in known,
                name in known or key in chosen,
            )
        )
    return found


@dataclass(frozen=True)
class CardsToMake:
    """Who still needs a card, in a sentence, with the button; and what was made before."""

    told: str
    before: str
    button: str
    people: list[int]


def handing(found: Handing) -> CardsToMake:
    """Return what is to be said of the cards."""
    to_make = found.without[:MOST_CARDS]
    before = ""
    if found.with_card:
        made = ngettext(
            "%(num)s person has a card and did not use it yet; the last was made on %(day)s.",
            "%(num)s people have a card and did not use it yet; the last was made on %(day)s.",
            len(found.with_card),
            day=day(max(found.with_card.values())),
        )
        before = made
    told = gettext("Everybody has an account or a card")
    if found.without:
        told = ngettext(
            "%(num)s person has no account and no card yet",
            "%(num)s people have no account and no card yet",
            len(found.without),
        )
    return CardsToMake(
        told=told,
        before=before,
        button=ngettext(
            "Make %(num)s card",
            "Make %(num)s cards",
            len(to_make),
        ),
        people=to_make,
    )


@dataclass(frozen=True)
class MentorRow:
    """A mentor, and what they still have to do."""

    id: int
    name: str
    told: str
    ready: bool


def mentor_rows(found: Sequence[Mentor]) -> list[MentorRow]:
    """Return the mentors, those who are ready last."""
    rows = []
    for mentor in found:
        told = _lacks(mentor)
        rows.append(
            MentorRow(
                id_of(mentor.person),
                mentor.person.name,
                told or gettext("ready"),
                not told,
            )
        )
    rows.sort(key=lambda row: row.ready)
    return rows


def _lacks(mentor: Mentor) -> str:
    if not mentor.active:
        return gettext("did not sign in yet")
    if not mentor.domains:
        return gettext("did not say yet what they pass on")
    if not mentor.places:
        return gettext("offers no place yet")
    return ""
