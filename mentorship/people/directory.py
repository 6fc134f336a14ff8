"""The list of people: its columns, and what it is chosen by."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_, day, gettext, integer, joined, ngettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.people.listed import LEAVES, MANAGER_LEFT, WITH_ACCOUNT, WITHOUT_ACCOUNT, ListedPerson, Staff
from mentorship.people.models import ROLES, Site
from mentorship.people.words import TITLES


def _roles(row: ListedPerson) -> str:
    titles = [gettext(TITLES[role]) for role in row.roles]
    return joined(titles)


COLUMNS = (
    Column("name", N_("Name"), lambda row: row.person.name, sorts=True, fixed=True),
    Column("number", N_("Number"), lambda row: row.person.number, sorts=True),
    Column("site", N_("Site"), lambda row: row.site, sorts=True),
    Column("department", N_("Department"), lambda row: row.person.department, hidden=True),
    Column("roles", N_("Roles"), _roles),
    Column("last_day", N_("Last working day"), lambda row: day(row.person.last_day), hidden=True),
    Column("account", N_("Account"), lambda row: row.active),
)


def listing(sites: Sequence[Site]) -> Listing:
    """Return the list of people, to be chosen by site, role and account."""
    return Listing(
        key="people",
        title=N_("People"),
        columns=COLUMNS,
        filters=(
            Filter(
                "site",
                gettext("Site"),
                [(str(site.id), site.name) for site in sites],
            ),
            Filter(
                "role",
                gettext("Role"),
                [(role, gettext(TITLES[role])) for role in ROLES],
            ),
            Filter("account", gettext("Account"), _account(), several=False),
            Filter("manager", gettext("Manager"), [(MANAGER_LEFT, gettext("the manager left"))], several=False),
            Filter("leaves", gettext("Last working day"), [(LEAVES, gettext("leaves"))], several=False),
        ),
        search=gettext("Name or personnel number"),
        sort="name",
    )


def heading(staff: Staff) -> str:
    """Say how many there are, and how many cannot sign in yet."""
    people = ngettext("%(num)s person", "%(num)s people", staff.people)
    if not staff.without_account:
        return gettext("%(people)s, all with an account", people=people)
    number = integer(staff.without_account)
    return gettext("%(people)s, %(number)s without an account", people=people, number=number)


def _account() -> list[tuple[str, str]]:
    return [
        (WITHOUT_ACCOUNT, gettext("without account")),
        (WITH_ACCOUNT, gettext("with account")),
    ]
