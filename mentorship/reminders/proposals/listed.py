"""The proposals that wait as a list: its columns, what it is chosen by, and its rows, chosen in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, day, gettext, ngettext
from mentorship.base.letters import folded
from mentorship.base.lists import Column, Filter, Listing, View
from mentorship.mentorships.models import JUNIOR, MENTOR
from mentorship.reminders.proposals import rules
from mentorship.reminders.proposals.queries import Side, Waiting

SOON, UNOPENED, BY_SLIP = "soon", "unopened", "slip"
STATES = {
    "yes": N_("yes"),
    "seen": N_("waits"),
    "unopened": N_("not opened yet"),
}
Test = Callable[[Waiting], bool]
ICONS = {"yes": "check", "seen": "hourglass", "unopened": "mail"}


@dataclass(frozen=True)
class Answer:
    """How one side stands, in a word with its icon, and a line about how it is reached."""

    word: str
    icon: str
    yes: bool
    note: str


@dataclass(frozen=True)
class Row:
    """A proposal in the list, ready to show: `remind` and `slip` are what its one button does."""

    one: Waiting
    name: str
    note: str
    junior: Answer
    mentor: Answer
    left: str
    share: int
    reminded: str
    remind: str
    slip: str

    @property
    def people(self) -> list[Any]:
        """The junior and the mentor, as their faces."""
        return [self.one.junior.person, self.one.mentor.person]


def listing(found: Iterable[Waiting]) -> Listing:
    """Return the list, to be chosen by what is urgent, on whom it waits, how they are reached, site and round."""
    rounds = sorted({one.round_name for one in found if one.round_name})
    sites = sorted({one.site for one in found if one.site})
    return Listing(
        key="proposals",
        title=N_("Proposals"),
        columns=(
            Column(
                "who",
                N_("Junior and mentor"),
                lambda row: row.name,
                sorts=True,
                fixed=True,
            ),
            Column(
                "junior",
                N_("Junior"),
                lambda row: row.junior.word,
            ),
            Column(
                "mentor",
                N_("Mentor"),
                lambda row: row.mentor.word,
            ),
            Column(
                "left",
                N_("Still"),
                lambda row: row.one.last_day,
                sorts=True,
            ),
            Column(
                "reminded",
                N_("Reminded"),
                lambda row: row.reminded,
            ),
            Column("do", "", fixed=True),
        ),
        filters=(
            Filter(
                "lapses",
                gettext("Lapses"),
                [(SOON, gettext("this week"))],
                several=False,
            ),
            Filter(
                "on",
                gettext("Waits for"),
                _sides(),
                several=False,
            ),
            Filter(
                "stands",
                gettext("Stands"),
                _stands(),
                several=False,
            ),
            Filter(
                "site",
                gettext("Site"),
                [(name, name) for name in sites],
            ),
            Filter(
                "round",
                gettext("Round"),
                [(name, name) for name in rounds],
            ),
        ),
        search=gettext("Name of one of the two"),
        sort="left",
    )


def _sides() -> list[tuple[str, str]]:
    return [(JUNIOR, gettext("the junior")), (MENTOR, gettext("the mentor"))]


def _stands() -> list[tuple[str, str]]:
    return [(UNOPENED, gettext("not opened yet")), (BY_SLIP, gettext("no mail address"))]


def chosen(found: Sequence[Waiting], view: View) -> list[Waiting]:
    """Return the proposals that a view shows, in its order."""
    tests = _tests(view)
    fitting = [one for one in found if all(test(one) for test in tests)]
    if view.sort == "who":
        fitting.sort(key=lambda one: folded(one.junior.person.name))
    if view.descending:
        fitting.reverse()
    return fitting


def _tests(view: View) -> list[Test]:
    """Return what a proposal has to meet."""
    tests: list[Test] = []
    if view.text:
        wanted = folded(view.text)
        tests.append(partial(_named, wanted))
    for key, test in _FILTERS.items():
        values = view.chosen(key)
        if values:
            tests.append(partial(test, values))
    return tests


def _named(wanted: str, one: Waiting) -> bool:
    return any(wanted in folded(side.person.name) for side in one.sides)


def _on(values: Collection[str], one: Waiting) -> bool:
    return any(side.side in values for side in one.silent)


def _stand(values: Collection[str], one: Waiting) -> bool:
    if UNOPENED in values:
        return any(not side.seen for side in one.silent)
    return any(not side.by_mail for side in one.silent)


_FILTERS: Mapping[str, Callable[[Collection[str], Waiting], bool]] = {
    "lapses": lambda _values, one: one.soon,
    "on": _on,
    "stands": _stand,
    "site": lambda values, one: one.site in values,
    "round": lambda values, one: one.round_name in values,
}


def row(one: Waiting, now: datetime, *, mails: bool) -> Row:
    """Return a proposal as the list shows it."""
    to_remind = remindable(one, now) if mails else []
    by_slip = [side for side in one.silent if not side.by_mail or not mails]
    length = max(
        1,
        (one.last_day - one.proposed_on).days + 1,
    )
    return Row(
        one,
        name=gettext(
            "%(junior)s and %(mentor)s",
            junior=one.junior.person.name,
            mentor=one.mentor.person.name,
        ),
        note=" · ".join(part for part in (one.domain, one.site) if part),
        junior=_answer(one.junior),
        mentor=_answer(one.mentor),
        left=ngettext(
            "%(num)s day",
            "%(num)s days",
            one.left,
        ),
        share=min(
            100,
            round(100 * (length - one.left) / length),
        ),
        reminded=_reminded(one),
        remind=_names(to_remind),
        slip=_names(by_slip),
    )


def remindable(one: Waiting, now: datetime) -> list[Side]:
    """Return who of the two can be reminded by mail now."""
    found = []
    for side in one.silent:
        if side.by_mail and not rules.is_recent(
            side.reminded_at,
            now,
        ):
            found.append(side)
    return found


def _names(sides: Iterable[Side]) -> str:
    return ", ".join(side.person.name for side in sides)


def _answer(side: Side) -> Answer:
    state = "yes" if side.accepted else "seen" if side.seen else "unopened"
    note = ""
    if not side.accepted and not side.by_mail:
        note = gettext("no mail address")
    return Answer(
        gettext(STATES[state]),
        ICONS[state],
        side.accepted,
        note,
    )


def _reminded(one: Waiting) -> str:
    moments = [side.reminded_at for side in one.silent if side.reminded_at is not None]
    if not moments:
        return gettext("not yet")
    return day(local_date(max(moments)))


def people_to_remind(found: Iterable[Waiting], now: datetime) -> set[int]:
    """Return whom one click on all of them reminds: each once, however many proposals wait for them."""
    return {side.person.id or 0 for one in found for side in remindable(one, now)}


def without_mail(found: Iterable[Waiting]) -> set[int]:
    """Return who did not answer and has no address."""
    return {side.person.id or 0 for one in found for side in one.silent if not side.by_mail}
