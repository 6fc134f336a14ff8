"""Who of a round cannot see a proposal once it is published: without an account, and without mail to learn of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.people import queries as people
from mentorship.people.account.queries import cards_out
from mentorship.people.models import Person
from mentorship.rounds import queries

MOST_CARDS = 500
"""So many cards are made at once."""


@dataclass(frozen=True)
class Unseen:
    """Who cannot see it, in a sentence; the people whose cards are to be printed, and the button for that."""

    told: str
    button: str
    to_print: list[int]


def unseen(session: Session, round_id: int, now: datetime, *, mails: bool) -> Unseen | None:
    """Return who of the pairs of a round cannot see their proposal; None when everybody can. `mails`: mail goes out."""
    both = _both_sides(session, round_id)
    unable = _unable(
        session,
        both,
        mails=mails,
    )
    if not unable:
        return None
    out = cards_out(
        session,
        unable,
        now,
    )
    to_print = _to_print(unable, out)
    return Unseen(
        _told(
            len(unable),
            len(both),
            out,
        ),
        ngettext(
            "Print %(num)s card first",
            "Print %(num)s cards first",
            len(to_print),
        ),
        to_print,
    )


def _both_sides(session: Session, round_id: int) -> dict[int, Person]:
    pairs = queries.pairs(session, round_id)
    requests = queries.requests(session, [pair.request_id for pair in pairs])
    ids = {pair.mentor_id for pair in pairs}
    ids.update(request.person_id for request in requests.values())
    return people.persons(session, ids)


def _unable(session: Session, both: Mapping[int, Person], *, mails: bool) -> list[int]:
    """Return who has no account, and no mail to hear of it by, in the order of their names."""
    active = people.with_account(session, both)
    found = []
    for person in sorted(both.values(), key=lambda person: person.sort_key):
        reached = bool(person.email) and mails
        if person.id not in active and not reached:
            found.append(id_of(person))
    return found


def _to_print(unable: list[int], out: Mapping[int, date]) -> list[int]:
    """Return who needs a card: those without one, and when all have one, all again."""
    without = [person_id for person_id in unable if person_id not in out]
    return (without or unable)[:MOST_CARDS]


def _told(unable: int, both: int, out: Mapping[int, date]) -> str:
    told = [
        ngettext(
            "%(num)s of %(all)s people cannot see their proposal: no account, and no e-mail address.",
            "%(num)s of %(all)s people cannot see their proposal: no account, and no e-mail address.",
            unable,
            all=both,
        )
    ]
    if out:
        had = ngettext(
            "%(num)s of them has a card and did not use it yet.",
            "%(num)s of them have a card and did not use it yet.",
            len(out),
        )
        told.append(had)
        told.append(gettext("The last card was made on %(day)s.", day=day(max(out.values()))))
    told.append(gettext("Hand out the cards before you publish: with the card they sign in and see it."))
    return " ".join(told)
