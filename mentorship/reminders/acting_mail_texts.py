"""What the mails tell of a pair on which somebody acted: that it pauses, goes on, ended, or until when it runs."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, long_day
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.signals.carried import TALK
from mentorship.mentorships.acting.actions import END, PAUSE, RESUME, UNTIL
from mentorship.mentorships.acting.planning import ENDS, STAYS
from mentorship.mentorships.models import ACTIVE, ENDED, NOT_FITTING, PAUSED, Mentorship
from mentorship.mentorships.pace.slowing import SLOWER
from mentorship.mentorships.words import ENDINGS
from mentorship.people.models import Person
from mentorship.reminders import pace_mail_texts
from mentorship.reminders.mail_texts import Told

STANDS = {
    PAUSE: (PAUSED,),
    RESUME: (ACTIVE,),
    END: (ENDED,),
    UNTIL: (ACTIVE, PAUSED),
    ENDS: (ACTIVE, PAUSED),
    STAYS: (ACTIVE, PAUSED),
    TALK: (ACTIVE, PAUSED),
    SLOWER: (ACTIVE, PAUSED),
}
"""How a pair still has to stand for a mail to be true."""


def acted(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell one of the two what somebody did with their pair, as long as it is still so."""
    pair_id, what, _moment, by_id = row.about.split()
    what, _, day = what.partition(":")
    pair = session.get(Mentorship, int(pair_id))
    if pair is None or pair.status not in STANDS[what]:
        return None
    if what == TALK:
        return _talk(session, pair, date.fromisoformat(day), int(by_id))
    if what == SLOWER:
        return pace_mail_texts.slower(session, pair, int(day), int(by_id))
    if not _still_said(pair, what, day):
        return None
    other = session.get_one(Person, pair.other_of(row.recipient_id))
    tellers = {PAUSE: _paused, RESUME: _resumed, END: _ended, UNTIL: _until, ENDS: _ends, STAYS: _stays}
    subject, sentences = tellers[what](
        session,
        pair,
        other,
    )
    return {
        "subject": subject,
        "link": f"/mentorships/{pair.id}",
        "button": gettext("Go to your pair"),
        "sentences": [
            *sentences,
            *_by(
                session,
                pair,
                what,
                int(by_id),
            ),
        ],
    }


def _still_said(pair: Mentorship, what: str, day: str) -> bool:
    """Tell whether a pair still ends on the day that a mail tells of, or on none."""
    if what == ENDS:
        return pair.ends_on == date.fromisoformat(day)
    return what != STAYS or pair.ends_on is None


def _talk(session: Session, pair: Mentorship, day: date, by_id: int) -> Told:
    """Tell of a talk: on which day and with whom, and never why."""
    by = session.get(Person, by_id)
    if by is None:
        return None
    return {
        "subject": gettext("%(name)s wants to talk with you on %(day)s", name=by.name, day=long_day(day)),
        "link": f"/mentorships/{pair.id}",
        "button": gettext("Go to your pair"),
        "sentences": [
            gettext("It is about how it goes with mentoring. By your roster you work on that day."),
            gettext("Agree on the hour together. Does the day not suit you? Then say so."),
        ],
    }


def _by(session: Session, pair: Mentorship, what: str, by_id: int) -> list[str]:
    """Say who did it, unless they said goodbye already; which of the two ended it is not dwelt on."""
    if what in (END, ENDS) and (pair.farewell or pair.side_of(by_id) is not None):
        return []
    by = session.get(Person, by_id)
    if by is None:
        return []
    return [gettext("%(name)s arranged this.", name=by.name)]


def _paused(_session: Session, pair: Mentorship, other: Person) -> tuple[str, list[str]]:
    said = [gettext("You and %(name)s pause.", name=other.name)]
    if pair.paused_until is not None:
        said.append(gettext("It resumes by itself on %(day)s.", day=long_day(pair.paused_until)))
    said.append(gettext("Nobody is asked how it goes until then, and you keep each other's place."))
    return gettext("Your pair with %(name)s pauses", name=other.name), said


def _resumed(_session: Session, _pair: Mentorship, other: Person) -> tuple[str, list[str]]:
    return gettext("Your pair with %(name)s goes on", name=other.name), [
        gettext("You and %(name)s go on. Agree on a next moment together.", name=other.name),
    ]


def _until(_session: Session, pair: Mentorship, other: Person) -> tuple[str, list[str]]:
    subject = gettext("Until when your pair with %(name)s runs", name=other.name)
    if pair.expected_end is None:
        return subject, [gettext("There is no end in sight: you go on as long as you both like.")]
    day = long_day(pair.expected_end)
    return subject, [
        gettext("It is meant to run until %(day)s.", day=day),
        gettext("Nothing ends by itself: a week before you are both asked whether it ends or goes on."),
    ]


def _ended(session: Session, pair: Mentorship, other: Person) -> tuple[str, list[str]]:
    said = [gettext("Your pair with %(name)s has ended.", name=other.name)]
    if pair.ended_as in ENDINGS:
        said.append(gettext("How it ended: %(how)s.", how=_lowered(pair.ended_as)))
    said += _parting(session, pair, pair.ended_as)
    return gettext("Your pair with %(name)s has ended", name=other.name), said


def _ends(session: Session, pair: Mentorship, other: Person) -> tuple[str, list[str]]:
    assert pair.ends_on is not None
    day = long_day(pair.ends_on)
    said = [gettext("Your pair with %(name)s ends on %(day)s. Until then you go on as now.", name=other.name, day=day)]
    if pair.ends_as in ENDINGS:
        said.append(gettext("Why: %(how)s.", how=_lowered(pair.ends_as)))
    said += _parting(session, pair, pair.ends_as)
    said.append(gettext("Is that not right? Until that day it can be withdrawn, on the page of your pair."))
    return gettext("Your pair with %(name)s ends on %(day)s", name=other.name, day=day), said


def _stays(_session: Session, _pair: Mentorship, other: Person) -> tuple[str, list[str]]:
    return gettext("Your pair with %(name)s goes on", name=other.name), [
        gettext("The end that was planned is off: you and %(name)s go on.", name=other.name),
    ]


def _parting(session: Session, pair: Mentorship, how: str) -> list[str]:
    """Return what is said with how a pair ends: that it judges nobody, and the word of thanks."""
    said = []
    if how == NOT_FITTING:
        said.append(gettext("That says nothing of either of you."))
    if pair.farewell and pair.farewell_by_id is not None:
        by = session.get(Person, pair.farewell_by_id)
        if by is not None:
            said.append(
                gettext(
                    "%(name)s says: “%(words)s”",
                    name=by.given_name,
                    words=pair.farewell,
                )
            )
    return said


def _lowered(ended_as: str) -> str:
    """Return how it ended, in the middle of a sentence."""
    said = gettext(ENDINGS[ended_as])
    return said[:1].lower() + said[1:]


def ends_soon(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Ask one of the two whether their pair ends or goes on, while that is not said."""
    pair_id, day = row.about.split()
    pair = session.get(Mentorship, int(pair_id))
    if pair is None or pair.status not in (ACTIVE, PAUSED) or pair.expected_end is None:
        return None
    if pair.ends_on is not None:
        return None  # that was said meanwhile
    if f"{pair.expected_end:%Y%m%d}" != day:
        return None
    other = session.get_one(Person, pair.other_of(row.recipient_id))
    return {
        "subject": gettext("You and %(name)s: does it end or go on?", name=other.name),
        "link": f"/acting/until?duo={pair.id}",
        "button": gettext("Say which"),
        "sentences": [
            gettext("Your pair is meant to run until %(day)s.", day=long_day(pair.expected_end)),
            gettext("Nothing ends by itself. Talk about it together, and say what it becomes."),
        ],
    }
