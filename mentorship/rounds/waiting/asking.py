"""What is asked and told around a place: before mentors are asked, of a mentor who was, and that one came free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from mentorship.base.errors import Refused
from mentorship.base.i18n import decimal, gettext, ngettext
from mentorship.mentor_requests.models import PlaceAsked
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.rounds.waiting import queries, rules
from mentorship.rounds.waiting.standing import Gain

NAMED = 3


@dataclass(frozen=True)
class Asking:
    """What is asked before mentors are asked for a place."""

    title: str
    consequences: list[str]
    button: str
    named: str
    names: tuple[str, ...]
    danger: bool = False


def before(gains: Sequence[Gain], known: Mapping[int, Person]) -> Asking:
    """Say whom it would be to ask, and what each place brings."""
    won = sum(gain.requests for gain in gains)
    asked = ngettext(
        "Ask %(num)s mentor for a place?",
        "Ask %(num)s mentors for a place?",
        len(gains),
    )
    helped = ngettext(
        "With one place each, %(num)s person more gets a mentor.",
        "With one place each, %(num)s people more get a mentor.",
        won,
    )
    told = [
        helped,
        gettext("Each gets a mail in their own shift, ten minutes after this at the earliest, and reads no names."),
        gettext("They answer with one tap, without a reason. Who was asked is not asked again for four weeks."),
    ]
    button = ngettext("Ask %(num)s mentor", "Ask %(num)s mentors", len(gains))
    names = [known[gain.mentor_id].name for gain in gains if gain.mentor_id in known]
    return Asking(
        asked,
        told,
        button,
        gettext("Who are asked"),
        tuple(names),
    )


def news(session: Session, now: datetime) -> str:
    """Say with whom a place came free while somebody waits for it; "" where none did."""
    found = queries.came_free(session, now)
    if not found:
        return ""
    known = people.persons(session, [row.person_id for row in found[:NAMED]])
    names = [known[row.person_id].name for row in found[:NAMED] if row.person_id in known]
    more = len(found) - len(names)
    if more:
        names.append(ngettext("%(num)s other", "%(num)s others", more))
    return gettext(
        "A place came free with: %(names)s.",
        names=", ".join(names),
    )


def freed(mentors: int) -> str:
    """Say with how many mentors a place came free that somebody waits for."""
    return ngettext(
        "A place came free, and somebody waits who can have it",
        "Places came free with %(num)s mentors, and somebody waits who can have them",
        mentors,
    )


def asked_of(
    asked: Sequence[PlaceAsked],
    offer: Capacity,
    taken: int,
    settings: Programme,
) -> dict[str, Any]:
    """Return what a mentor reads who was asked: how many wait, what a place brings, and what it takes of them."""
    if not asked:
        return {
            "asked": False,
            "heading": gettext("Nobody waits for a place with you"),
        }
    newest = asked[-1]
    return {
        "asked": True,
        "heading": waiting(newest.waiting),
        "gain": gain(newest.gain),
        "takes": _takes(offer, taken, settings),
        "can_add": bool(_one_more(offer, taken, settings.hours_per_pair)),
    }


def waiting(number: int) -> str:
    """Say how many wait for a place with a mentor, without a number under three."""
    told = rules.told(number)
    if told is None:
        return gettext("Somebody waits for a place with you; one more place is enough")
    return ngettext(
        "%(num)s person waits for a place with you; one more place is enough",
        "%(num)s people wait for a place with you; one more place helps",
        told,
    )


def gain(requests: int) -> str:
    """Say what one place more brings exactly."""
    if not requests:
        return gettext("With it the choice gets better for who waits.")
    return ngettext(
        "With one more place with you, %(num)s colleague more gets a mentor.",
        "With one more place with you, %(num)s colleagues more get a mentor.",
        requests,
    )


def _one_more(offer: Capacity, taken: int, per_pair: Decimal) -> tuple[int, Decimal] | None:
    try:
        return rules.one_more(offer.places, taken, offer.hours, per_pair)
    except Refused:
        return None


def _takes(offer: Capacity, taken: int, settings: Programme) -> str:
    """Say what one place more is in places and hours, and who confirms those."""
    more = _one_more(offer, taken, settings.hours_per_pair)
    if more is None:
        return gettext(rules.FULL)
    places, hours = more
    said = ngettext(
        "You then have %(num)s place, and %(hours)s hours a week.",
        "You then have %(num)s places, and %(hours)s hours a week.",
        places,
        hours=decimal(hours),
    )
    if settings.confirm_hours and hours > (offer.confirmed_hours or Decimal(0)):
        confirmed = gettext("It counts once your manager has confirmed the hours.")
        return f"{said} {confirmed}"
    return said
