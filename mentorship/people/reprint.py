"""Printing cards anew: whose earlier card would stop working, asked before that happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext, integer, ngettext
from mentorship.people import queries
from mentorship.people.account.queries import cards_out

MOST_NAMES = 50
"""So many are named; the others are counted."""


@dataclass(frozen=True)
class Reprint:
    """What is asked before some cards are made anew; `without` are those of the chosen who have none yet."""

    title: str
    consequences: tuple[str, ...]
    button: str
    names: tuple[str, ...]
    without: list[int]
    others: str
    other_button: str


def ask(session: Session, chosen: Collection[int], now: datetime) -> Reprint | None:
    """Return what to ask before these get a card, None when none of them has one that works."""
    out = cards_out(
        session,
        chosen,
        now,
    )
    if not out:
        return None
    without = [person_id for person_id in chosen if person_id not in out]
    dies = ngettext(
        "%(num)s card that was handed out stops working.",
        "%(num)s cards that were handed out stop working.",
        len(out),
    )
    return Reprint(
        title=ngettext(
            "Make %(num)s card anew?",
            "Make %(num)s cards anew?",
            len(out),
        ),
        consequences=(
            dies,
            gettext("Who has the old card and did not sign in yet needs the new one."),
        ),
        button=ngettext(
            "Make %(num)s card",
            "Make %(num)s cards",
            len(chosen),
        ),
        names=_names(session, out),
        without=without,
        others=ngettext(
            "%(num)s of the people you ticked has no card yet.",
            "%(num)s of the people you ticked have no card yet.",
            len(without),
        ),
        other_button=ngettext(
            "Make only %(num)s card",
            "Make only %(num)s cards",
            len(without),
        ),
    )


def _names(session: Session, out: Mapping[int, date]) -> tuple[str, ...]:
    """Name who has a card, and when it was made."""
    people = sorted(
        queries.persons(session, out).values(),
        key=lambda person: person.sort_key,
    )
    told = []
    for person in people[:MOST_NAMES]:
        on = day(out[id_of(person)])
        told.append(
            gettext(
                "%(name)s: card made on %(day)s",
                name=person.name,
                day=on,
            )
        )
    hidden = len(people) - len(told)
    if hidden:
        told.append(gettext("and %(number)s more", number=integer(hidden)))
    return tuple(told)
