"""What the waiting list says of a row in words, by what stops it, and the one next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.matching import SCALE
from mentorship.mentor_requests.models import Need, PlaceAsked
from mentorship.people.models import Person
from mentorship.rounds.waiting import rules, words
from mentorship.rounds.waiting.listed import Row
from mentorship.rounds.waiting.queries import Today

NAMED = 2


@dataclass(frozen=True)
class Step:
    """The next step: the words on its button, the door, and what goes with it; `sends`: it is done at once."""

    button: str
    endpoint: str
    at: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    sends: bool = False


@dataclass(frozen=True)
class Names:
    """What rows are told with: names, what is asked for in full; which domains can be learned at a distance."""

    people: Mapping[int, Person]
    sites: Mapping[int, str]
    domains: Mapping[int, str]
    remote: frozenset[int]
    needs: Mapping[int, Sequence[Need]]
    goals: Mapping[int, str]

    def of(self, person_id: int | None) -> str:
        """Return somebody's name; "" where there is nobody."""
        person = self.people.get(person_id or 0)
        return person.name if person else ""


def mentioned(found: Today, rows: Sequence[Row]) -> set[int | None]:
    """Return everybody whom these rows name."""
    ids: set[int | None] = set()
    for row in rows:
        ids.add(row.waits.person_id)
        ids.add(row.waits.manager_id)
        if row.reason == rules.ROUND:
            ids.add(found.in_rounds[row.request_id].mentor_id)
        if row.reason == rules.PLACE:
            ids.update(found.standing.full(row.request_id)[:NAMED])
            ids.add(_to_ask(found, row))
            ids.update(asked.mentor_id for asked in _asked(found, row))
    return ids


Told = tuple[str, Step | None]


def _opens(button: str, row: Row) -> Step:
    """Return the step that opens the row, with the names of who is stopped there."""
    return Step(
        button,
        "waiting.index",
        {"open": row.request_id, "_anchor": f"r{row.request_id}"},
    )


def _in_round(found: Today, row: Row, names: Names) -> Told:
    held = found.in_rounds[row.request_id]
    note = gettext(
        "%(mentor)s, %(score)s %%",
        mentor=names.of(held.mentor_id),
        score=round(100 * held.score / SCALE),
    )
    at = {"round_id": held.round_id, "request_id": row.request_id}
    return note, Step(
        gettext("See it"),
        "review.show",
        at,
    )


def _now(_found: Today, row: Row, _names: Names) -> Told:
    step = Step(
        gettext("Pair now"),
        "direct.show",
        {"person_id": row.waits.person_id},
    )
    return words.rounds(row.waits.waited), step


def _asked(found: Today, row: Row) -> list[PlaceAsked]:
    """Return who was asked for a place for this request, the newest last."""
    return [asked for asked in found.asked if asked.request_id == row.request_id]


def _to_ask(found: Today, row: Row) -> int | None:
    """Return whom to ask for a place: whose would bring the most, of who can be asked."""
    return found.standing.best_full(row.request_id, found.not_asked_now)


def _place(found: Today, row: Row, names: Names) -> Told:
    asked = _asked(found, row)
    mentor_id = _to_ask(found, row)
    note = _who_is_full(
        found,
        row,
        names,
    )
    if asked:
        last = asked[-1]
        note = gettext(
            "%(mentor)s was asked on %(day)s: %(answer)s",
            mentor=names.of(last.mentor_id),
            day=day(local_date(last.asked_at)),
            answer=gettext(words.ANSWERS[last.answer]),
        )
    if mentor_id is not None and not (asked and asked[-1].answer == ""):
        return note, Step(
            gettext("Ask for a place"),
            "waiting.ask",
            {"request_id": row.request_id},
            {"mentor": mentor_id},
            sends=True,
        )
    if any(found.planned.get(full) for full in found.standing.full(row.request_id)):
        waits = gettext("promised hours wait for a manager")
        return f"{note}; {waits}", Step(
            gettext("See the hours"),
            "insight.index",
            {"state": "waits"},
        )
    return note, _opens(gettext("See who"), row)


def _who_is_full(found: Today, row: Row, names: Names) -> str:
    """Name who lacks nothing but a place for this request, and say whether they are mentors at all."""
    full = found.standing.full(row.request_id)
    told = words.named([names.of(mentor_id) for mentor_id in full[:NAMED]], len(full[NAMED:]))
    if any(mentor_id in found.mentors for mentor_id in full):
        return gettext("can, but no place is free: %(names)s", names=told)
    return gettext("can, but is no mentor yet: %(names)s", names=told)


def _meeting(found: Today, row: Row, _names: Names) -> Told:
    here = found.standing.left(row.request_id, "site")
    note = ngettext(
        "%(num)s can, but works other shifts",
        "%(num)s can, but work other shifts",
        here,
    )
    return note, Step(
        gettext("Look at rosters"),
        "person_roster.show",
        {"person_id": row.waits.person_id},
    )


def _site(found: Today, row: Row, names: Names) -> Told:
    elsewhere = found.standing.left(row.request_id, "language")
    if row.domain_id in names.remote:
        note = ngettext(
            "at a distance it could be: %(num)s elsewhere",
            "at a distance it could be: %(num)s elsewhere",
            elsewhere,
        )
        return note, _opens(gettext("At a distance"), row)
    note = ngettext(
        "%(num)s can, at another site",
        "%(num)s can, at another site",
        elsewhere,
    )
    return note, _opens(gettext("Another site"), row)


def _language(found: Today, row: Row, _names: Names) -> Told:
    able = found.standing.left(row.request_id, "apart")
    note = ngettext(
        "%(num)s can, in another language",
        "%(num)s can, in another language",
        able,
    )
    return note, _opens(gettext("See who"), row)


def _trainer(found: Today, row: Row, _names: Names) -> Told:
    able = found.standing.left(row.request_id, "expertise")
    note = ngettext(
        "%(num)s can, but is no practice trainer: ask them to become one",
        "%(num)s can, but are no practice trainers: ask one to become one",
        able,
    )
    return note, _opens(gettext("See who"), row)


def _apart(found: Today, row: Row, _names: Names) -> Told:
    able = found.standing.able(row.request_id)
    note = ngettext(
        "%(num)s can, but manages the other, or was kept apart",
        "%(num)s can, but manage the other, or were kept apart",
        able,
    )
    return note, _opens(gettext("See who"), row)


def _expertise(_found: Today, row: Row, _names: Names) -> Told:
    noted = row.waits.outside_on
    at = {"request_id": row.request_id}
    if noted is not None:
        note = gettext("training outside is looked for since %(day)s", day=day(noted))
        return note, Step(
            gettext("No longer"),
            "waiting.outside",
            at,
            {"looked_for": "no"},
            sends=True,
        )
    note = gettext("nobody who wants to pass it on is far enough")
    return note, Step(
        gettext("Note training outside"),
        "waiting.outside",
        at,
        {"looked_for": "yes"},
        sends=True,
    )


def _floor(found: Today, row: Row, _names: Names) -> Told:
    free = found.standing.left(row.request_id, "place")
    note = ngettext(
        "%(num)s has a place, but the fit is under the bar",
        "%(num)s have a place, but the fit is under the bar",
        free,
    )
    return note, Step(
        gettext("See the profile"),
        "profiles.person",
        {"person_id": row.waits.person_id},
    )


def _aside(_found: Today, row: Row, _names: Names) -> Told:
    note = gettext("names nothing to learn, or takes no part in matching")
    return note, Step(
        gettext("See the profile"),
        "profiles.person",
        {"person_id": row.waits.person_id},
    )


def _nobody(_found: Today, row: Row, _names: Names) -> Told:
    """Say of who could and is out no more than that: why is nobody's business."""
    return gettext("who could takes nobody now"), _opens(gettext("See who"), row)


TELLERS: dict[str, Callable[[Today, Row, Names], Told]] = {
    rules.ROUND: _in_round,
    rules.NOW: _now,
    rules.PLACE: _place,
    rules.MEETING: _meeting,
    rules.SITE: _site,
    rules.LANGUAGE: _language,
    rules.TRAINER: _trainer,
    rules.APART: _apart,
    rules.EXPERTISE: _expertise,
    rules.FLOOR: _floor,
    rules.ASIDE: _aside,
}


def tell(found: Today, row: Row, names: Names) -> Told:
    """Say what stops a row, and the next step."""
    teller = TELLERS.get(row.reason, _nobody)
    return teller(
        found,
        row,
        names,
    )
