"""What somebody can choose from to ask for, read for them in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from mentorship.mentor_requests import rules, taps
from mentorship.mentor_requests.models import Need
from mentorship.mentor_requests.taps import Choice, Known
from mentorship.people import queries as people
from mentorship.profiles import queries as profiles


def offered(session: Session, person_id: int, needs: Sequence[Need] = ()) -> Choice:
    """Return the domains there are to choose from for somebody who asked these needs already."""
    person = people.persons(session, [person_id])[person_id]
    known = Known(
        passed_on=profiles.passing_on(session, person),
        levels=profiles.levels(session, person_id),
        asked=[need.domain_id for need in needs],
        full=not rules.has_room(len(needs)),
    )
    site = people.site_names(session)[person.site_id]
    return taps.choice(profiles.domains(session), known, site)
