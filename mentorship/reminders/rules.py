"""Pure decisions about mail: which news of a duo is for whom, and what was not asked for yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mentorship.base.clock import local_date
from mentorship.base.outbox import Ask
from mentorship.checkins import due
from mentorship.checkins.endings.rules import THANKED_WITHIN

PROPOSAL, ACCEPTED, STOPPED, EXPIRED = "proposal", "accepted", "refused", "expired"
LEVEL, HELP, SIGNAL, THANKS, LINE = "level", "help", "signal", "thanks", "line"
NEWEST_KINDS = (PROPOSAL, HELP, SIGNAL)
"""One mail of these tells a person of all that wait, so it is about the newest; only a newer one makes a new mail."""
DUO_KINDS = (*NEWEST_KINDS, LEVEL, ACCEPTED, STOPPED, EXPIRED, THANKS)
CHECK_IN = "check-in"
REMINDED = {days: f"reminder-{days}" for days in due.REMINDERS}
CHECK_IN_KINDS = (CHECK_IN, *REMINDED.values())
TELLING_ALL = (CHECK_IN_KINDS, (PROPOSAL,), (HELP,), (SIGNAL,), (LINE,))
"""Kinds of which each mail tells all that there is to tell, so that a later one makes an earlier one needless."""
PROPOSAL_LASTS = timedelta(days=30)
"""An older proposal is no news; shorter than the outbox remembers, so that nothing is told twice."""
LOOKED_BACK = max(PROPOSAL_LASTS, THANKED_WITHIN) + timedelta(days=1)
"""How far back it is looked up what was told of duos: further than any of their news is old."""
NEWS_LASTS = timedelta(days=7)
LINE_WAITS = timedelta(days=3)
UNSUBSCRIBE_LASTS = timedelta(days=180)
When = Callable[[int], datetime | None]
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

    @property
    def refused(self) -> bool:
        """Tell whether a side said no; a proposal that nobody refused lapsed."""
        return False in (self.mentor_accepted, self.junior_accepted)


def at_once(person_id: int) -> None:
    """Send at once, whoever it is for."""


def unasked(asks: Iterable[Ask], asked: Collection[Key], when: When) -> list[Ask]:
    """Return the mails that nobody asked for yet; `asks` with the newest last."""
    told: dict[tuple[str, int], int] = {}
    for kind, person_id, about in asked:
        if kind in NEWEST_KINDS:
            told[kind, person_id] = max(told.get((kind, person_id), 0), int(about))
    newest: dict[tuple[str, int], Ask] = {}
    others: list[Ask] = []
    for ask in asks:
        key = ask.kind, ask.recipient_id
        if ask.kind not in NEWEST_KINDS:
            others += [ask] if (*key, ask.about) not in asked else []
        elif int(ask.about) > max(told.get(key, 0), int(newest[key].about) if key in newest else 0):
            newest[key] = ask
    return [replace(ask, not_before=when(ask.recipient_id)) for ask in (*newest.values(), *others)]


def superseding(kind: str) -> tuple[str, ...]:
    """Return the kinds of which a later mail makes one of `kind` needless."""
    for kinds in TELLING_ALL:
        if kind in kinds:
            return kinds
    return ()


def duo_asks(news: Iterable[DuoNews]) -> list[Ask]:
    """Say whom the news of duos is for."""
    return [ask for one in news for ask in _asks(one)]


def week_to_tell(today: date) -> date | None:
    """Return the Monday of the week of which the overview is due; late in the week it waits for the next."""
    monday = today - timedelta(days=today.weekday())
    return monday if today - monday <= LINE_WAITS else None


def _asks(news: DuoNews) -> Iterator[Ask]:
    """Say whom one mentorship is news to: who can answer, both who did, or who was refused."""
    about = str(news.mentorship_id)
    if news.status == "proposed" and news.proposed_at is not None:
        due = local_date(news.proposed_at)
        if news.mentor_accepted is None:
            yield Ask(PROPOSAL, news.mentor_id, due, about)
        if news.junior_accepted is None:
            yield Ask(PROPOSAL, news.junior_id, due, about)
    elif news.status == "active" and news.started_on is not None:
        yield Ask(ACCEPTED, news.mentor_id, news.started_on, about)
        yield Ask(ACCEPTED, news.junior_id, news.started_on, about)
    elif news.status == "refused" and news.ended_on is not None and not news.refused:
        yield Ask(EXPIRED, news.mentor_id, news.ended_on, about)
        yield Ask(EXPIRED, news.junior_id, news.ended_on, about)
    elif news.status == "refused" and news.ended_on is not None:
        other = news.junior_id if news.mentor_accepted is False else news.mentor_id
        yield Ask(STOPPED, other, news.ended_on, about)


def unasked_check_ins(
    opened: Iterable[tuple[int, date]], asked: Collection[Key], today_asked: Collection[int], today: date, when: When
) -> list[Ask]:
    """Return who is told of open check-ins now: when one opens, once after 3 days and once after 7.

    `opened` are (person, day it opened). One mail names all that wait for a person, so it is about the newest, and
    nobody gets two on one day (`today_asked`): a worker that was away for a week sends one, not one for each day.
    """
    told: dict[tuple[str, int], str] = {}
    for kind, person_id, about in asked:
        told[kind, person_id] = max(told.get((kind, person_id), ""), about)
    asks: dict[int, Ask] = {}
    for person_id, day in sorted(opened):
        about = day.isoformat()
        sent = {days for days, kind in REMINDED.items() if told.get((kind, person_id), "") >= about}
        again = due.reminders_due(day, today, sent)
        if again is not None:
            asks[person_id] = Ask(REMINDED[again], person_id, today, about)
        elif (
            not sent and told.get((CHECK_IN, person_id), "") < about and today - day < timedelta(days=due.REMINDERS[0])
        ):
            asks[person_id] = Ask(CHECK_IN, person_id, today, about)
    return [replace(ask, not_before=when(who)) for who, ask in asks.items() if who not in today_asked]
