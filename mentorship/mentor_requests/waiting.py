"""The coordinator's list of open requests: its rows and columns, and what it is chosen by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, day, gettext, ngettext
from mentorship.base.lists import Column, Filter, Listing, View
from mentorship.mentor_requests import queries
from mentorship.mentor_requests.needs import NeedInWords, in_words
from mentorship.people import queries as people
from mentorship.people.models import Person, Site

WEEKS = (4, 8, 12)


@dataclass(frozen=True)
class RequestLine:
    """An open request in the coordinator's list."""

    person: Person
    site: str
    needs: Sequence[NeedInWords]
    goal: str
    asked_at: datetime

    @property
    def others(self) -> str:
        """Return the domains of the needs behind the main one."""
        names = [need.domain for need in self.needs[1:]]
        return ", ".join(names)


def rows(session: Session, view: View, domains: Mapping[int, str], now: datetime) -> list[RequestLine]:
    """Return the open requests that a view shows."""
    sites = people.site_names(session)
    found = []
    for asked, person in queries.list_open(session, view, now):
        line = RequestLine(
            person=person,
            site=sites[person.site_id],
            needs=in_words(asked.needs, domains),
            goal=asked.request.goal,
            asked_at=asked.request.created_at,
        )
        found.append(line)
    return found


WHO = (
    Column("number", N_("Number"), lambda line: line.person.number),
    Column("name", N_("Name"), lambda line: line.person.name),
)
WHAT = (
    Column("domain", N_("Main need"), lambda line: line.needs[0].domain if line.needs else ""),
    Column("current", N_("From"), lambda line: line.needs[0].current if line.needs else ""),
    Column("target", N_("To"), lambda line: line.needs[0].target if line.needs else ""),
    Column("others", N_("Other domains"), lambda line: line.others),
)
COLUMNS = (
    Column("who", N_("Who"), sorts=True, fixed=True, parts=WHO),
    Column("site", N_("Site"), lambda line: line.site, sorts=True),
    Column("what", N_("What"), parts=WHAT),
    Column("goal", N_("Goal"), lambda line: line.goal),
    Column("since", N_("Since"), lambda line: local_date(line.asked_at), sorts=True),
)


def listing(sites: Sequence[Site], domains: Mapping[int, str]) -> Listing:
    """Return the list, to be chosen by site, domain and how long somebody waits; the longest first."""
    by_letters = sorted(domains.items(), key=lambda item: item[1].casefold())
    return Listing(
        key="requests",
        title=N_("Open requests"),
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
                [(str(key), name) for key, name in by_letters],
            ),
            Filter("waits", gettext("Waits"), _waits(), several=False),
        ),
        search=gettext("Name or personnel number"),
        sort="since",
    )


def _waits() -> list[tuple[str, str]]:
    found = []
    for weeks in WEEKS:
        text = ngettext("%(num)s week or longer", "%(num)s weeks or longer", weeks)
        found.append((str(weeks), text))
    return found


def heading(number: int, oldest: date | None) -> str:
    """Say how many wait for a mentor, and since when."""
    if oldest is None:
        return gettext("Nobody is waiting for a mentor")
    waiting = ngettext("%(num)s person waits for a mentor", "%(num)s people wait for a mentor", number)
    return gettext("%(waiting)s, the first since %(day)s", waiting=waiting, day=day(oldest))
