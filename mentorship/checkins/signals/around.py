"""In what and where the pairs of signals are, to choose by: nothing of a pair that its reader does not learn of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from mentorship.base.db import chunked
from mentorship.base.i18n import gettext
from mentorship.base.lists import Filter, View
from mentorship.checkins.signals.viewers import Seen
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles


@dataclass(frozen=True)
class Around:
    """The domain and site of each pair by its id, and what domains and sites are called."""

    domain_of: Mapping[int, int]
    site_of: Mapping[int, int]
    domains: Mapping[int, str]
    sites: Mapping[int, str]

    def filters(self) -> tuple[Filter, Filter]:
        """Return what to choose by: the domains and sites there are."""
        return (
            _filter("site", gettext("Site"), self.site_of, self.sites),
            _filter("domain", gettext("Domain"), self.domain_of, self.domains),
        )

    def fits(self, seen: Seen, view: View) -> bool:
        """Tell whether a signal is of the site and the domain that a view asks for."""
        return _fits(view.one("site"), seen, self.site_of) and _fits(view.one("domain"), seen, self.domain_of)


def _filter(key: str, title: str, of_pairs: Mapping[int, int], names: Mapping[int, str]) -> Filter:
    here = set(of_pairs.values())
    options = [(str(number), name) for number, name in names.items() if number in here]
    options.sort(key=lambda option: option[1].casefold())
    return Filter(
        key,
        title,
        options,
        several=False,
    )


def _fits(wanted: str, seen: Seen, of_pairs: Mapping[int, int]) -> bool:
    if not wanted:
        return True
    if not seen.names_pair:
        return False
    return str(of_pairs.get(seen.row.mentorship_id, "")) == wanted


def around(session: Session, found: Sequence[Seen]) -> Around:
    """Return in what and where the pairs of signals are, of those that their reader learns of."""
    domain_of: dict[int, int] = {}
    site_of: dict[int, int] = {}
    named = {seen.row.mentorship_id for seen in found if seen.names_pair}
    for some in chunked(named):
        query = select(Mentorship.id, Mentorship.domain_id, Person.site_id)
        query = query.join(Person, col(Person.id) == Mentorship.junior_id)
        for pair_id, domain_id, site_id in session.exec(query.where(col(Mentorship.id).in_(some))):
            domain_of[pair_id or 0] = domain_id
            site_of[pair_id or 0] = site_id
    return Around(
        domain_of,
        site_of,
        profiles.domain_names(session),
        people.site_names(session),
    )
