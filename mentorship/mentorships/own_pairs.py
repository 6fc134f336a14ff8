"""One's own pairs as cards: what waits for an answer, what runs, what is over. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.mentorships.models import (
    ACTIVE,
    ENDED,
    JUNIOR,
    OCCUPYING,
    PAUSED,
    PROPOSED,
    REFUSED,
    Mentorship,
)
from mentorship.mentorships.rules import began
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people.models import Person

TONES = {ACTIVE: "ok", PAUSED: "warn", PROPOSED: "warn"}


@dataclass(frozen=True)
class OwnPair:
    """A pair with its other side, as one of the two reads it; `guides`: the other is the mentor."""

    id: int
    other: Person
    guides: bool
    note: str
    status: str
    tone: str


@dataclass(frozen=True)
class OwnPairs:
    """All of somebody's pairs, in the order of what they ask, and what they come to."""

    heading: str
    to_answer: Sequence[OwnPair]
    current: Sequence[OwnPair]
    over: Sequence[OwnPair]


def own_pairs(
    pairs: Sequence[Mentorship],
    me: int,
    others: Mapping[int, Person],
    domains: Mapping[int, str],
) -> OwnPairs:
    """Return the pairs of a person, in three groups."""
    to_answer: list[OwnPair] = []
    current: list[OwnPair] = []
    over: list[OwnPair] = []
    for pair in pairs:
        row = _row(pair, me, others[pair.other_of(me)], domains[pair.domain_id])
        if pair.status not in OCCUPYING:
            over.append(row)
        elif pair.status == PROPOSED and _answer(pair, me) is None:
            to_answer.append(row)
        else:
            current.append(row)
    running = sum(pair.status == ACTIVE for pair in pairs)
    return OwnPairs(
        heading=_heading(len(to_answer), running, anything=bool(pairs)),
        to_answer=to_answer,
        current=current,
        over=over,
    )


def _answer(pair: Mentorship, me: int) -> bool | None:
    return pair.junior_accepted if pair.side_of(me) == JUNIOR else pair.mentor_accepted


def _heading(to_answer: int, running: int, *, anything: bool) -> str:
    if to_answer:
        return ngettext(
            "%(num)s proposal waits for your answer",
            "%(num)s proposals wait for your answer",
            to_answer,
        )
    if running:
        return ngettext("You learn and mentor in %(num)s pair", "You learn and mentor in %(num)s pairs", running)
    return gettext("None of your pairs runs now") if anything else gettext("You have no pair yet")


def _row(pair: Mentorship, me: int, other: Person, domain: str) -> OwnPair:
    guided = pair.side_of(me) == JUNIOR
    role = domain
    if began(pair.status):
        role = gettext("learns %(domain)s from you", domain=domain)
        if guided:
            role = gettext("your mentor in %(domain)s", domain=domain)
    return OwnPair(
        id=id_of(pair),
        other=other,
        guides=guided,
        note=" · ".join([role, _when(pair), *_until(pair, other)]),
        status=_status(pair, me, other),
        tone=TONES.get(pair.status, ""),
    )


def _when(pair: Mentorship) -> str:
    if pair.status == ENDED:
        return gettext("until %(day)s", day=day(pair.ended_on))
    if pair.started_on:
        return gettext("since %(day)s", day=day(pair.started_on))
    return gettext("proposed on %(day)s", day=day(pair.proposed_at))


def _until(pair: Mentorship, other: Person) -> list[str]:
    """Say until when the other one is here, when they leave."""
    if other.last_day is None or pair.status not in OCCUPYING:
        return []
    return [gettext("last working day %(day)s", day=day(other.last_day))]


def _status(pair: Mentorship, me: int, other: Person) -> str:
    """Say how a pair stands; who did not refuse reads no more than that it did not go ahead."""
    if pair.status == REFUSED and not pair.lapsed:
        return gettext("you said no") if _answer(pair, me) is False else gettext("did not go ahead")
    if pair.agreed:
        return gettext("begins on %(day)s", day=day(pair.begins_on))
    if pair.status == PROPOSED and _answer(pair, me):
        return gettext("waits for %(name)s", name=other.given_name)
    return gettext(STATUS_NAMES[pair.stands])
