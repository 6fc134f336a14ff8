"""What the mails about a last day tell: whom it concerns, what becomes of their pairs, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import N_, gettext, long_day, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.mentorships.leaving import RUNNING
from mentorship.mentorships.models import REFUSED, Mentorship
from mentorship.people.managers import has_manager
from mentorship.people.models import Person
from mentorship.reminders.leaving import about_whom
from mentorship.reminders.mail_texts import Told

NEWS_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Leaving:
    """Somebody who leaves or just left, as it concerns one reader; `pair` when one of theirs is in it."""

    person: Person
    pair: Mentorship | None = None
    other: Person | None = None

    @property
    def guides(self) -> bool:
        """Tell whether the one who leaves is the mentor of the pair."""
        return self.pair is not None and self.pair.mentor_id == self.person.id


def leaves(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell somebody of all who leave of those near to them."""
    today = local_date(now)
    person_id, day = about_whom(row)
    leaver = session.get(
        Person,
        person_id,
    )
    if leaver is None or leaver.last_day != day:
        return None  # it was taken back or moved since
    found = _near(
        session,
        row.recipient_id,
        today - NEWS_LASTS,
    )
    if not found:
        return None
    sentences = []
    for one in found:
        sentences += _sentences(
            one,
            row.recipient_id,
            today,
        )
    who = {id_of(one.person) for one in found}
    return {
        "subject": _subject(found[0].person, len(who), today),
        "sentences": [*sentences, *_next(found, row.recipient_id, today)],
        **_place(found, row.recipient_id),
    }


def _near(session: Session, reader: int, since: date) -> list[Leaving]:
    """Return who leaves or just left of the reader's own people and pairs, and of the pairs of their people."""
    found = []
    for pair, mentor, junior in session.exec(_pairs_near(reader, since)):
        for leaver, other in ((mentor, junior), (junior, mentor)):
            if leaver.id == reader or leaver.last_day is None or leaver.last_day < since:
                continue
            if pair.status != REFUSED or other.id == reader:
                found.append(
                    Leaving(
                        leaver,
                        pair,
                        other,
                    )
                )
    known = {one.person.id for one in found}
    own = select(Person).where(
        has_manager(Person, reader),
        col(Person.last_day) >= since,
    )
    for person in session.exec(own.order_by(col(Person.last_day), col(Person.id))):
        if person.id not in known:
            found.append(Leaving(person))
    return found


def _pairs_near(reader: int, since: date) -> Any:
    """Return a query of the pairs with somebody who leaves that a reader is in, or one of their people."""
    mentor, junior = aliased(Person), aliased(Person)
    runs = col(Mentorship.status).in_(RUNNING)
    just_over = and_(
        col(Mentorship.by_leaving),
        col(Mentorship.ended_on) >= since,
    )
    leaves = or_(
        col(mentor.last_day) >= since,
        col(junior.last_day) >= since,
    )
    near = or_(
        col(mentor.id) == reader,
        col(junior.id) == reader,
        has_manager(mentor, reader),
        has_manager(junior, reader),
    )
    return (
        select(Mentorship, mentor, junior)
        .join(mentor, col(mentor.id) == Mentorship.mentor_id)
        .join(junior, col(junior.id) == Mentorship.junior_id)
        .where(or_(runs, just_over), leaves, near)
        .order_by(col(Mentorship.id))
    )


def _subject(first: Person, number: int, today: date) -> str:
    if number > 1:
        return ngettext("%(num)s person leaves", "%(num)s people leave", number)
    day = first.last_day
    if day is not None and not first.is_gone(today):
        return gettext(
            "%(name)s leaves on %(day)s",
            name=first.name,
            day=long_day(day),
        )
    return gettext(
        "%(name)s left",
        name=first.name,
    )


def _sentences(one: Leaving, reader: int, today: date) -> list[str]:
    """Say of one who leaves until when they are here, and in which pair."""
    told = {"name": one.person.name, "day": long_day(one.person.last_day or today)}
    gone = one.person.is_gone(today)
    if one.pair is None or one.other is None:
        text = _GONE if gone else _GOES
    elif one.other.id != reader:
        told["other"] = one.other.name
        text = _OF_OTHERS[one.guides]
    elif one.pair.status == REFUSED:
        text = _LAPSED
    else:
        text = _OWN[gone, one.guides]
    return [
        gettext(
            text,
            **told,
        )
    ]


_GOES = N_("The last working day of %(name)s is %(day)s.")
_GONE = N_("The last working day of %(name)s was %(day)s.")
_OF_OTHERS = {
    True: N_("%(name)s, mentor of %(other)s: last working day %(day)s."),
    False: N_("%(name)s, who learns from %(other)s: last working day %(day)s."),
}
_LAPSED = N_("%(name)s left, so the proposal for you two lapsed. Nobody said no.")
_OWN = {
    (True, True): N_("Your mentor %(name)s left on %(day)s. Your pair ended with it."),
    (True, False): N_("%(name)s, whom you mentored, left on %(day)s. Your pair ended with it."),
    (False, True): N_("Your mentor %(name)s leaves: the last working day is %(day)s."),
    (False, False): N_("%(name)s, whom you mentor, leaves: the last working day is %(day)s."),
}


def _own_pair(found: list[Leaving], reader: int) -> Leaving | None:
    for one in found:
        if one.other is not None and one.other.id == reader:
            return one
    return None


def _next(found: list[Leaving], reader: int, today: date) -> list[str]:
    """Say what the reader can do, and what happens by itself."""
    own = _own_pair(
        found,
        reader,
    )
    if own is None or own.pair is None:
        if any(one.pair is not None and not one.person.is_gone(today) for one in found):
            return [gettext("Agree in time who takes over. It stands with your signals.")]
        return []
    gone = own.person.is_gone(today)
    what_follows = [gettext(_AFTER[gone, _becomes(own.pair, reader)])]
    if gone:
        return what_follows
    return [gettext("Agree together what you still want to do, and who takes over."), *what_follows]


PLACE, REQUEST, NOTHING = "place", "request", "nothing"
_AFTER = {
    (True, PLACE): N_("Your place is free again."),
    (True, REQUEST): N_("Your request goes to the next match round; you do not have to do anything."),
    (True, NOTHING): N_("Do you want another mentor? Ask for one; it takes three taps."),
    (False, PLACE): N_("After that day your pair ends by itself, and your place is free again."),
    (False, REQUEST): N_("After that day your pair ends by itself, and your request goes to the next match round."),
    (False, NOTHING): N_("After that day your pair ends by itself. Do you want another mentor then, ask for one."),
}


def _becomes(pair: Mentorship, reader: int) -> str:
    """Return what the reader gets back when their pair is over: a place, what they asked for, or nothing."""
    if pair.mentor_id == reader:
        return PLACE
    return NOTHING if pair.request_id is None else REQUEST


def _place(found: list[Leaving], reader: int) -> dict[str, object]:
    """Return where the reader goes on from here."""
    own = _own_pair(
        found,
        reader,
    )
    if own is not None and own.pair is not None:
        return {"link": f"/mentorships/{own.pair.id}", "button": gettext("Go to your pair")}
    if any(one.pair is not None and one.pair.status in RUNNING for one in found):
        return {"link": "/signals", "button": gettext("To the signals")}
    return {"link": "/", "button": gettext("Go to Leermaat")}
