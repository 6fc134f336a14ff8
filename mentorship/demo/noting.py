"""What a coordinator notes about requests of a round, for the others and for later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.people.access import Actor
from mentorship.rounds.announcing.models import FINE, Objection
from mentorship.rounds.models import ANNOUNCED, SOLVED, Round, RoundPair, RoundUnmatched
from mentorship.rounds.notes import actions

AGO = timedelta(minutes=1)
OBJECTED = "Leidinggevende gebeld: die monteur staat tot half volgende maand op een ander project. Daarna mag het wel."
ABOUT_PAIRS = (
    "Zelf gesproken op de vestiging: wil graag iemand met wie de vroege dienst samenvalt.",
    "Deze twee kennen elkaar van de stop in het voorjaar. Dat liep goed; graag zo laten staan.",
    "Begint in deze weken aan de avondopleiding: op donderdag niet laat plannen.",
)
ALONE = (
    "Wacht lang. Nagevraagd bij de ploeg: over een maand is er misschien een plek bij.",
    "Wil ook wel op afstand beginnen. Eerst even overleggen wie dat kan.",
)


def note(session: Session, coordinator: Actor, now: datetime) -> None:
    """Note why pairs were found again, and in the round that is looked at what to mind about some requests."""
    writer = _Writer(
        session,
        coordinator,
        now - AGO,
    )
    against = select(Objection).join(
        Round,
        col(Round.id) == Objection.round_id,
    )
    against = against.where(
        Round.status == ANNOUNCED,
        Objection.reason != FINE,
    )
    for objection in session.exec(against).all():
        if objection.round_id is not None:
            writer.note(
                objection.round_id,
                [objection.request_id],
                (OBJECTED,),
            )
    to_review = select(Round).where(
        Round.status == SOLVED,
    )
    for found in session.exec(to_review).all():
        writer.review(id_of(found))


class _Writer:
    """The coordinator who notes something now."""

    def __init__(self, session: Session, coordinator: Actor, now: datetime) -> None:
        self._session = session
        self._coordinator = coordinator
        self._now = now

    def review(self, round_id: int) -> None:
        """Note something about every other request of a round, as long as there are words."""
        pairs = select(RoundPair.request_id).where(
            RoundPair.round_id == round_id,
        )
        alone = select(RoundUnmatched.request_id).where(
            RoundUnmatched.round_id == round_id,
        )
        for query, words in (
            (pairs, ABOUT_PAIRS),
            (alone, ALONE),
        ):
            requests = sorted(self._session.exec(query))
            self.note(
                round_id,
                requests[::2],
                words,
            )

    def note(self, round_id: int, requests: Sequence[int], words: Sequence[str]) -> None:
        """Note one thing about each of these requests."""
        for request_id, text in zip(requests, words, strict=False):
            actions.note(
                self._session,
                self._coordinator,
                round_id,
                request_id,
                words=text,
                now=self._now,
            )
