"""The waiting list as a list: who stands in it how, its columns, what it is chosen by, and what of it a view shows."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from typing import Any

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Column, Filter, Listing, View
from mentorship.people.models import Person, Site
from mentorship.rounds.waiting import rules, words
from mentorship.rounds.waiting.queries import Today
from mentorship.rounds.waiting.standing import Standing
from mentorship.rounds.waiting.waits import Waits

NONE, SOME = "none", "some"


@dataclass(frozen=True)
class Row:
    """Somebody who waits: how long in days, how many mentors can, what stops them, whether they have an account."""

    waits: Waits
    days: int
    can: int
    reason: str
    account: bool

    @property
    def request_id(self) -> int:
        """Return the request."""
        return self.waits.request_id

    @property
    def domain_id(self) -> int:
        """Return the domain of the main need, 0 where there is none."""
        return self.waits.domains[0] if self.waits.domains else 0

    @property
    def nobody(self) -> bool:
        """Tell whether nobody can be found now."""
        return self.reason in rules.NOBODY


def rows(found: Today, with_account: Collection[int]) -> list[Row]:
    """Return everybody who waits as they stand, the longest first."""
    day = local_date(found.now)
    listed = []
    for waits in found.waiting:
        request_id = waits.request_id
        known = found.standing.knows(request_id)
        row = Row(
            waits=waits,
            days=(day - local_date(waits.since)).days,
            can=found.standing.can(request_id) if known else 0,
            reason=_reason(
                found.standing,
                request_id,
                request_id in found.in_rounds,
            )
            if known
            else rules.ASIDE,
            account=waits.person_id in with_account,
        )
        listed.append(row)
    return listed


def _reason(standing: Standing, request_id: int, in_round: bool) -> str:
    stop = standing.stop(request_id)
    full = stop == "place" and bool(standing.full(request_id))
    return rules.reason(stop, in_round=in_round, full=full)


def _main(key: str) -> Callable[[Any], str]:
    """Return what to take of the main need of a line."""

    def of(line: Any) -> str:
        return getattr(line.needs[0], key) if line.needs else ""

    return of


WHO = (
    Column(
        "number",
        N_("Number"),
        lambda line: line.person.number,
    ),
    Column(
        "name",
        N_("Name"),
        lambda line: line.person.name,
    ),
    Column("site", N_("Site"), lambda line: line.site),
)
WHAT = (
    Column("domain", N_("Main need"), _main("domain")),
    Column("current", N_("From"), _main("current")),
    Column("target", N_("To"), _main("target")),
    Column("others", N_("Other domains"), lambda line: line.others),
    Column(
        "goal",
        N_("Goal"),
        lambda line: line.goal,
    ),
)
SINCE = (
    Column(
        "since",
        N_("Since"),
        lambda line: local_date(line.row.waits.since),
    ),
    Column("days", N_("Days"), lambda line: line.row.days),
    Column(
        "rounds",
        N_("Rounds waited"),
        lambda line: line.row.waits.waited,
    ),
)
STANDS = (
    Column("reason", N_("How it stands"), lambda line: line.label),
    Column("note", N_("More about it"), lambda line: line.note),
)
COLUMNS = (
    Column("who", N_("Junior"), sorts=True, fixed=True, parts=WHO),
    Column("what", N_("Wants to learn"), sorts=True, parts=WHAT),
    Column("waits", N_("Waits"), sorts=True, parts=SINCE),
    Column(
        "can",
        N_("Mentors who can"),
        lambda line: line.row.can,
        sorts=True,
        number=True,
    ),
    Column("stands", N_("How it stands"), sorts=True, parts=STANDS),
    Column(
        "manager",
        N_("Manager"),
        lambda line: line.manager,
        hidden=True,
    ),
    Column("step", "", fixed=True),
)


def listing(
    sites: Sequence[Site],
    domains: Mapping[int, str],
    managers: Mapping[int, Person],
) -> Listing:
    """Return the list, the longest waiting first."""
    return Listing(
        key="requests",
        title=N_("Waiting list"),
        columns=COLUMNS,
        filters=(
            Filter(
                "site",
                gettext("Site"),
                [(str(site.id), site.name) for site in sites],
            ),
            Filter(
                "domain",
                gettext("Domain"),
                _by_letters(domains),
            ),
            Filter(
                "reason",
                gettext("How it stands"),
                [(key, gettext(words.LABELS[key])) for key in rules.REASONS],
            ),
            Filter(
                "manager",
                gettext("Manager"),
                _by_letters({key: one.name for key, one in managers.items()}),
            ),
            Filter(
                "waits",
                gettext("Waits"),
                [(str(n), gettext(name)) for n, name in enumerate(words.BAR_NAMES)],
            ),
            Filter(
                "find",
                gettext("Finds"),
                [
                    (NONE, gettext("nobody now")),
                    (SOME, gettext("somebody")),
                ],
            ),
            Filter(
                "account",
                gettext("Account"),
                [
                    (NONE, gettext("none yet")),
                    (SOME, gettext("has one")),
                ],
            ),
        ),
        search=gettext("Name, number or domain"),
        sort="waits",
        descending=True,
    )


def _by_letters(
    names: Mapping[int, str],
) -> list[tuple[str, str]]:
    in_order = sorted(names.items(), key=lambda item: item[1].casefold())
    return [(str(key), name) for key, name in in_order]


def chosen(
    found: Sequence[Row],
    view: View,
    named: Collection[int] | None,
) -> list[Row]:
    """Return those that a view shows, in its order; `named` are the requests that its words name, None: all."""
    tests: list[Callable[[Row], bool]] = []
    if named is not None:
        tests.append(lambda row: row.request_id in named)
    for key, value_of in VALUES.items():
        wanted = view.chosen(key)
        if wanted:
            tests.append(_wanted(wanted, value_of))
    fitting = [row for row in found if all(test(row) for test in tests)]
    return sorted(
        fitting,
        key=ORDERS.get(view.sort, ORDERS["waits"]),
        reverse=view.descending,
    )


def _wanted(wanted: Collection[str], value_of: Callable[[Row], str]) -> Callable[[Row], bool]:
    def test(row: Row) -> bool:
        return value_of(row) in wanted

    return test


VALUES: dict[str, Callable[[Row], str]] = {
    "site": lambda row: str(row.waits.site_id),
    "domain": lambda row: str(row.domain_id),
    "reason": lambda row: row.reason,
    "manager": lambda row: str(row.waits.manager_id),
    "waits": lambda row: str(rules.bar(row.days)),
    "find": lambda row: NONE if row.nobody else SOME,
    "account": lambda row: SOME if row.account else NONE,
}
ORDERS: dict[str, Callable[[Row], Any]] = {
    "who": lambda row: row.waits.sort_key,
    "what": lambda row: (row.domain_id, row.days),
    "waits": lambda row: (row.days, -row.request_id),
    "can": lambda row: (row.can, -row.days),
    "stands": lambda row: (
        rules.REASONS.index(row.reason),
        -row.days,
    ),
}
