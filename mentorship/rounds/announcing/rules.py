"""Pure decisions about announcing: until when managers may object, when silence is consent, what may follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentorship.base.clock import local_date, wall_time
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_

A_DAY = timedelta(days=1)
SATURDAY = 5
NOT_ANNOUNCED = N_("This round is not announced any more, so there is nothing to answer.")
GONE = N_("This pair is not proposed any more. Nothing was changed.")
UNANSWERED = N_("Not every manager has answered, and the days to object are not over.")
AGAIN = N_("Pairs are being found again after an objection. Wait until that is done.")

Ordinals = Collection[int]


def works(day: date, out: Ordinals) -> bool:
    """Tell whether a day is a working day on which nothing is closed and nobody is out."""
    return day.weekday() < SATURDAY and day.toordinal() not in out


def last_day(since: date, days: int, closed: Ordinals) -> date:
    """Return the last of so many working days after a day."""
    day = since
    left = days
    while left:
        day += A_DAY
        left -= works(day, closed)
    return day


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over."""
    return wall_time(day + A_DAY, 0)


def day_of(until: datetime) -> date:
    """Return the last whole day before a moment at which a term ends."""
    return local_date(until - timedelta(seconds=1))


def ends(until: datetime, out: Ordinals) -> datetime:
    """Return when silence is consent: at the end of the last day, or of the first after it on which one is there."""
    day = day_of(until)
    while not works(day, out):
        day += A_DAY
    return max(until, end_of(day))


@dataclass(frozen=True)
class Answer:
    """What a manager said to a pair (None: nothing yet), and when their silence is consent."""

    manager_id: int
    said: str | None
    ends: datetime

    def settled(self, now: datetime) -> bool:
        """Tell whether nothing has to be waited for: an answer, or silence for long enough."""
        return self.said is not None or now >= self.ends


def all_said(answers: Iterable[Answer]) -> bool:
    """Tell whether every manager answered."""
    return all(answer.said is not None for answer in answers)


def is_over(answers: Iterable[Answer], now: datetime) -> bool:
    """Tell whether the days to object are over for every manager."""
    return all(answer.settled(now) for answer in answers)


def check_announce(status: str, pairs: int, days: int) -> None:
    """Refuse to announce anything but a solved round with pairs, where managers have days to object."""
    if status in ("announced", "published", "closed"):
        raise Conflict(N_("This round was announced or published already."))
    if status != "solved":
        raise Refused(N_("Find pairs again first: the round has changed since."))
    if not pairs:
        raise Refused(N_("There is no pair to announce."))
    if not days:
        raise Refused(N_("Managers have no days to object here, so this round is published at once."))


def check_answer(status: str) -> None:
    """Refuse an answer to what is not announced."""
    if status != "announced":
        raise Conflict(NOT_ANNOUNCED)


def check_withdraw(status: str) -> None:
    """Refuse to withdraw what is not announced."""
    if status != "announced":
        raise Conflict(N_("This round is not announced any more."))


def check_publish(status: str, pairs: int, days: int) -> None:
    """Refuse to publish what managers still have days to object to, and anything without pairs."""
    if status in ("published", "closed"):
        raise Conflict(N_("This round was published already."))
    if status == "solving":
        raise Refused(N_("The outcome is being worked out again. Publish when that is done."))
    if status == "solved" and days:
        raise Refused(N_("Managers have days to object first: announce this round."))
    if status not in ("solved", "announced"):
        raise Refused(N_("Find pairs again first: the round has changed since."))
    if not pairs:
        raise Refused(N_("There is no pair to publish."))
