"""Pure decisions about mail: which news of a duo is for whom, and what was not asked for yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mentorship.base.clock import local_date
from mentorship.base.mail_kinds import (
    ACCEPTED,
    ANNOUNCED,
    CHECK_IN,
    ENDS_SOON,
    EXPIRED,
    HELP,
    HOURS_AGAIN,
    LEAVES,
    LEVEL,
    LINE,
    NOBODY,
    OBJECT_SOON,
    PROPOSAL,
    PROPOSAL_AGAIN,
    PULSE,
    PULSE_AGAIN,
    REMINDERS,
    SIGNAL,
    STOPPED,
    THANKS,
    WITHDRAWAL,
)
from mentorship.base.outbox import Ask
from mentorship.checkins import due
from mentorship.checkins.endings.rules import THANKED_WITHIN
from mentorship.mentorships.models import ACTIVE, PROPOSED, REFUSED

NEWEST_KINDS = (PROPOSAL, HELP, SIGNAL)
"""One mail of these tells a person of all that wait, so it is about the newest; only a newer one makes a new mail."""
DUO_KINDS = (
    *NEWEST_KINDS,
    LEVEL,
    ACCEPTED,
    STOPPED,
    EXPIRED,
    WITHDRAWAL,
    NOBODY,
    ENDS_SOON,
    THANKS,
    ANNOUNCED,
    OBJECT_SOON,
)
REMINDED = dict(zip(due.REMINDERS, REMINDERS, strict=True))
CHECK_IN_KINDS = (CHECK_IN, *REMINDED.values())
TELLING_ALL = (
    CHECK_IN_KINDS,
    (PROPOSAL, PROPOSAL_AGAIN),
    (HELP,),
    (SIGNAL,),
    (LINE,),
    (HOURS_AGAIN,),
    (LEAVES,),
    (ANNOUNCED, OBJECT_SOON),
    (PULSE, PULSE_AGAIN),
)
"""Kinds of which each mail tells all that there is to tell, so that a later one makes an earlier one needless."""
PROPOSAL_LASTS = timedelta(days=30)
"""An older proposal is no news; shorter than the outbox remembers, so that nothing is told twice."""
LOOKED_BACK = max(PROPOSAL_LASTS, THANKED_WITHIN) + timedelta(days=1)
"""How far back it is looked up what was told of duos: further than any of their news is old."""
NEWS_LASTS = timedelta(days=7)
LINE_WAITS = timedelta(days=3)
UNSUBSCRIBE_LASTS = timedelta(days=180)
EVERYBODY_THERE: Mapping[int, frozenset[int]] = {}
When = Callable[[int, str], datetime | None]
"""From which moment a mail of a kind suits a person; none: at once."""
Key = tuple[str, int, str]


@dataclass(frozen=True)
class DuoNews:
    """Where a mentorship stands and who answered what."""

    mentorship_id: int
    mentor_id: int
    junior_id: int
    status: str
    mentor_accepted: bool | None
    junior_accepted: bool | None
    proposed_at: datetime | None
    started_on: date | None
    ended_on: date | None
    withdrawn_at: datetime | None = None

    @property
    def refused(self) -> bool:
        """Tell whether a side said no; a proposal that nobody refused lapsed."""
        return False in (self.mentor_accepted, self.junior_accepted)


def at_once(person_id: int, kind: str) -> None:
    """Send at once, whoever it is for."""


def unasked(asks: Iterable[Ask], asked: Collection[Key], when: When) -> list[Ask]:
    """Return the mails that nobody asked for yet; `asks` with the newest last."""
    told = _last_told(asked)
    newest: dict[tuple[str, int], Ask] = {}
    others: list[Ask] = []
    for ask in asks:
        key = ask.kind, ask.recipient_id
        if ask.kind not in NEWEST_KINDS:
            whole_key = (*key, ask.about)
            if whole_key not in asked:
                others.append(ask)
        elif int(ask.about) > told.get(key, 0):
            told[key] = int(ask.about)
            newest[key] = ask
    return _from_when([*newest.values(), *others], when)


def _last_told(asked: Collection[Key]) -> dict[tuple[str, int], int]:
    """Return about which row each person was told last, by the kinds of which one mail tells of all."""
    told: dict[tuple[str, int], int] = {}
    for kind, person_id, about in asked:
        if kind in NEWEST_KINDS:
            key = kind, person_id
            before = told.get(key, 0)
            told[key] = max(before, int(about))
    return told


def _from_when(asks: Iterable[Ask], when: When) -> list[Ask]:
    """Let mails go out from the moment that suits who gets them."""
    found = []
    for ask in asks:
        moment = when(ask.recipient_id, ask.kind)
        found.append(replace(ask, not_before=moment))
    return found


def superseding(kind: str) -> tuple[str, ...]:
    """Return the kinds of which a later mail makes one of `kind` needless."""
    for kinds in TELLING_ALL:
        if kind in kinds:
            return kinds
    return ()


def duo_asks(news: Iterable[DuoNews]) -> list[Ask]:
    """Say whom the news of duos is for."""
    found: list[Ask] = []
    for one in news:
        found += _asks(one)
    return found


def week_to_tell(today: date) -> date | None:
    """Return the Monday of the week of which the overview is due; late in the week it waits for the next."""
    monday = today - timedelta(days=today.weekday())
    if today - monday > LINE_WAITS:
        return None
    return monday


def _asks(news: DuoNews) -> list[Ask]:
    """Say whom one mentorship is news to: who can answer, both who did, or who was refused."""
    both = [news.mentor_id, news.junior_id]
    told = {
        PROPOSED: (PROPOSAL, _unanswered(news), _day(news.proposed_at)),
        ACTIVE: (ACCEPTED, both, news.started_on),
        REFUSED: (EXPIRED, both, news.ended_on),
    }
    if news.withdrawn_at is not None:
        told[REFUSED] = (WITHDRAWAL, both, news.ended_on)
    if news.refused:
        told[REFUSED] = (STOPPED, [_refused(news)], news.ended_on)
    if news.status not in told:
        return []
    kind, whom, day = told[news.status]
    if day is None:
        return []
    about = str(news.mentorship_id)
    return [Ask(kind, person_id, day, about) for person_id in whom]


def _day(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    return local_date(moment)


def _refused(news: DuoNews) -> int:
    """Return whom the other side refused."""
    if news.mentor_accepted is False:
        return news.junior_id
    return news.mentor_id


def _unanswered(news: DuoNews) -> list[int]:
    """Return who can still answer a proposal."""
    found = []
    if news.mentor_accepted is None:
        found.append(news.mentor_id)
    if news.junior_accepted is None:
        found.append(news.junior_id)
    return found


def unasked_check_ins(
    opened: Iterable[tuple[int, date]],
    asked: Collection[Key],
    today_asked: Collection[int],
    today: date,
    when: When,
    out: Mapping[int, frozenset[int]] = EVERYBODY_THERE,
) -> list[Ask]:
    """Return who is told of open check-ins now: when one opens, once after 3 days and once after 7.

    Days on which somebody is `out` do not count, and on these they are told nothing.

    `opened` are (person, day it opened). One mail names all that wait for a person, so it is about the newest, and
    nobody gets two on one day (`today_asked`): a worker that was away for a week sends one, not one for each day.
    """
    told: dict[tuple[str, int], str] = {}
    for kind, person_id, about in asked:
        key = kind, person_id
        before = told.get(key, "")
        told[key] = max(before, about)
    asks: dict[int, Ask] = {}
    for person_id, day in sorted(opened):
        known = set()
        for kind in CHECK_IN_KINDS:
            newest = told.get((kind, person_id), "")
            if newest >= day.isoformat():
                known.add(kind)
        due_kind = _kind_due(day, today, known, out.get(person_id, due.NEVER))
        if due_kind is not None:
            asks[person_id] = Ask(
                due_kind,
                person_id,
                today,
                day.isoformat(),
            )
    waiting = [ask for who, ask in asks.items() if who not in today_asked]
    return _from_when(waiting, when)


def _kind_due(opened_on: date, today: date, told: Collection[str], out: Collection[int]) -> str | None:
    """Return which mail is due of a check-in that opened on a day, given those that told of it or of a newer one."""
    if due.is_out(today, out):
        return None
    reminded = [days for days, kind in REMINDED.items() if kind in told]
    again = due.reminders_due(opened_on, today, reminded, out)
    if again is not None:
        return REMINDED[again]
    open_for = due.days_since(opened_on, today, out)
    if reminded or CHECK_IN in told or open_for >= due.REMINDERS[0]:
        return None
    return CHECK_IN
