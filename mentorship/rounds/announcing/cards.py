"""Announced pairs as they are shown: to a manager who may object, and to the coordinator who sees who answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext, long_day, ngettext
from mentorship.mentor_requests.queries import needs_of
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.rounds.announcing import rules
from mentorship.rounds.announcing.models import FINE
from mentorship.rounds.announcing.queries import Announced, Asked, Told
from mentorship.rounds.announcing.words import REASON_NAMES, SAID

FINE_BUTTON = "fine"
SIDES = {
    frozenset({"junior"}): N_("the junior"),
    frozenset({"mentor"}): N_("the mentor"),
    frozenset({"junior", "mentor"}): N_("both"),
}


@dataclass(frozen=True)
class Choice:
    """An answer that can be given: its value, its words, and whether it is the one that stands."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Card:
    """A pair for whom a manager may say something: who, what it is about, whose answer it is, and until when.

    `confirms`: the mentor, where the reader is the one who confirms their hours.
    """

    key: str
    told: Told
    junior: Person
    title: str
    about: str
    until: str
    said: str
    objected: bool
    choices: list[Choice]
    confirms: Person | None


def cards(session: Session, pairs: Sequence[Announced], person_id: int) -> list[Card]:
    """Return the pairs that somebody is asked about; those they said nothing to come first."""
    asked = [(pair, pair.of(person_id)) for pair in pairs]
    names = _Names(session, pairs)
    found = [names.card(pair, mine, person_id) for pair, mine in asked if mine]
    return sorted(found, key=lambda card: (bool(card.said), card.junior.sort_key))


class _Names:
    """The people and domains of many pairs, read once."""

    def __init__(self, session: Session, pairs: Sequence[Announced]) -> None:
        ids: set[int | None] = set()
        for pair in pairs:
            ids |= {pair.junior_id, pair.mentor_id}
            for one in pair.asked:
                ids |= {one.manager_id, one.stand_in_id, one.by_id}
        known = [person_id for person_id in ids if person_id is not None]
        self.people: Mapping[int, Person] = people.persons(session, known)
        request_ids = [pair.request_id for pair in pairs]
        self._needs = needs_of(session, request_ids)
        self._domains = {}
        for domain in profiles.domains(session):
            self._domains[domain.id] = domain.title

    def domain(self, pair: Announced) -> str:
        main = self._needs[pair.request_id][0]
        return self._domains.get(main.domain_id, "")

    def card(self, pair: Announced, mine: Sequence[Asked], person_id: int) -> Card:
        junior = self.people[pair.junior_id]
        mentor = self.people[pair.mentor_id]
        answered = [one.said for one in mine if one.said is not None]
        said = answered[0] if answered else None
        title = gettext(
            "%(mentor)s mentors %(junior)s",
            mentor=mentor.name,
            junior=junior.name,
        )
        last = rules.day_of(mine[0].ends)
        until = gettext(
            "You can object until and including %(day)s.",
            day=long_day(last),
        )
        whose = self._whose(pair, mine, person_id)
        return Card(
            f"p{pair.told.round_id or 0}-{pair.request_id}",
            pair.told,
            junior,
            title,
            f"{self.domain(pair)} · {whose}",
            until,
            "" if said is None else gettext(SAID[said]),
            bool(said),
            _choices(said),
            mentor if self._manages_mentor(pair, mine, person_id) else None,
        )

    def _manages_mentor(self, pair: Announced, mine: Sequence[Asked], person_id: int) -> bool:
        """Tell whether somebody is asked as the manager of the mentor themselves: who stands in confirms no hours."""
        if person_id not in {one.manager_id for one in mine}:
            return False
        return "mentor" in pair.sides[person_id]

    def _whose(self, pair: Announced, mine: Sequence[Asked], person_id: int) -> str:
        """Say as whose manager somebody is asked, or in whose place."""
        told = []
        for one in mine:
            side = gettext(SIDES[pair.sides[one.manager_id]])
            if one.manager_id == person_id:
                told.append(gettext("you manage %(side)s", side=side))
                continue
            instead = gettext(
                "you stand in for %(name)s, who manages %(side)s",
                name=self.people[one.manager_id].name,
                side=side,
            )
            told.append(instead)
        return ", ".join(told)


def _choices(said: str | None) -> list[Choice]:
    fine = Choice(
        FINE_BUTTON,
        gettext(SAID[FINE]),
        said == FINE,
    )
    found = [fine]
    for reason, name in REASON_NAMES.items():
        choice = Choice(
            reason,
            gettext(name),
            said == reason,
        )
        found.append(choice)
    return found


def heading(found: Iterable[Card]) -> str:
    """Say how many pairs wait for an answer of the reader."""
    shown = list(found)
    if not shown:
        return gettext("No pair waits for you")
    waiting = sum(not card.said for card in shown)
    if not waiting:
        return gettext("You have answered about every pair")
    return ngettext(
        "%(num)s pair waits for you to look",
        "%(num)s pairs wait for you to look",
        waiting,
    )


@dataclass(frozen=True)
class Line:
    """What a manager said to a pair, or what it waits for; `tone` of the badge."""

    person: Person
    side: str
    told: str
    tone: str
    note: str
    stand_in_for: int | None


@dataclass(frozen=True)
class Row:
    """A pair of an announced round with all who are asked about it."""

    title: str
    domain: str
    lines: list[Line]


def rows(session: Session, pairs: Sequence[Announced], now: datetime) -> list[Row]:
    """Return for the coordinator who said what to which pair: objections first, then what is open."""
    names = _Names(session, pairs)
    found = []
    for pair in pairs:
        junior = names.people[pair.junior_id]
        mentor = names.people[pair.mentor_id]
        lines = [_line(names, pair, one, now) for one in pair.asked]
        row = Row(
            f"{junior.name} – {mentor.name}",
            names.domain(pair),
            lines,
        )
        found.append((_rank(pair), row))
    in_order = sorted(found, key=lambda one: one[0])
    return [row for _, row in in_order]


def _rank(pair: Announced) -> int:
    if any(one.said for one in pair.asked):
        return 0
    if any(one.said is None for one in pair.asked):
        return 1
    return 2


def _line(names: _Names, pair: Announced, one: Asked, now: datetime) -> Line:
    told, tone = _told(one, now)
    nobody = one.unreachable and one.said is None
    return Line(
        names.people[one.manager_id],
        gettext(SIDES[pair.sides[one.manager_id]]),
        told,
        tone,
        _note(names, one, now),
        one.manager_id if nobody else None,
    )


def _told(one: Asked, now: datetime) -> tuple[str, str]:
    if one.said is not None:
        tone = "bad" if one.said else "ok"
        return gettext(SAID[one.said]), tone
    if now >= one.ends:
        return gettext("no objection"), "ok"
    return gettext("said nothing yet"), ""


def _note(names: _Names, one: Asked, now: datetime) -> str:
    if one.said is not None:
        if one.by_id is None or one.by_id == one.manager_id:
            return ""
        by = names.people[one.by_id]
        return gettext("said by %(name)s", name=by.name)
    if one.unreachable:
        return gettext("Cannot answer now, and nobody stands in: their silence is no consent.")
    if one.stand_in_id is not None:
        instead = names.people[one.stand_in_id]
        return gettext("%(name)s stands in", name=instead.name)
    if now < one.ends:
        last = rules.day_of(one.ends)
        return gettext(
            "silence counts as consent after %(day)s",
            day=long_day(last),
        )
    return ""


def finding(pairs: Sequence[Announced], now: datetime) -> str:
    """Say for how many pairs all managers answered."""
    done = 0
    for pair in pairs:
        if rules.is_over(pair.asked, now):
            done += 1
    if done == len(pairs):
        return gettext("All managers answered, or their days are over.")
    if not done:
        return gettext("Of no pair did all managers answer yet.")
    return gettext(
        "Of %(done)s of the %(of)s pairs all managers answered, or their days are over.",
        done=done,
        of=len(pairs),
    )
