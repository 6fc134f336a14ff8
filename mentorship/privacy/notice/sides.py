"""On which sides of pairs a reader of the notice is, and what a viewer sees of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext
from mentorship.checkins import promises
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR

BOTH = (JUNIOR, MENTOR)
_OF_SIDE = {
    JUNIOR: N_("As a junior: %(sees)s"),
    MENTOR: N_("As a mentor: %(sees)s"),
}


def running(session: Session, person_id: int) -> list[Mentorship]:
    """Return the pairs that somebody is in now."""
    return [pair for pair in mentorships.of_person(session, person_id) if pair.status in OCCUPYING]


def of_pairs(pairs: Iterable[Mentorship], person_id: int) -> tuple[str, ...]:
    """Return the sides somebody is on in these pairs; of who is in none both, for either may come."""
    found = {pair.side_of(person_id) for pair in pairs}
    return tuple(side for side in BOTH if side in found) or BOTH


def sees(viewer: str, sides: Collection[str], chosen: str | None) -> str:
    """Say what a viewer sees of these sides: once where it is the same, else of each apart."""
    said = {}
    for side in sides:
        said[side] = promises.sees(
            viewer,
            side,
            chosen,
        )
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    told = []
    for side, text in said.items():
        of_side = gettext(
            _OF_SIDE[side],
            sees=text,
        )
        told.append(of_side)
    return " ".join(told)
