"""The pairs of a round as its list and its sheets show them; a fixed number of queries whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.figures.score import Score, score
from mentorship.matching import SCALE
from mentorship.people.models import Person
from mentorship.programme.words import criterion_names
from mentorship.rounds import queries
from mentorship.rounds.askers import Asker, Askers
from mentorship.rounds.models import FORBID, LOCK, SOLVING, Round, RoundOverride, RoundPair
from mentorship.rounds.notes.queries import marks
from mentorship.rounds.remarks import Remark, remarks
from mentorship.rounds.standing import seen

SWAP = "swap"
"""Decided so by a person: another mentor than the one that was found."""


@dataclass(frozen=True)
class PairRow:
    """A pair of a round, ready to show; `parts` are the criteria by name, and `bar` draws what they add.

    `held` is who the request is locked to, where that is not the mentor of the pair yet.
    """

    asker: Asker
    mentor: Person
    juniors: int
    score: float
    parts: list[tuple[str, float]]
    bar: Score
    decision: str
    held: Person | None
    seen: str
    remarks: list[Remark]
    notes: str
    """How many notes there are about the request, in words; "" where there are none."""

    @property
    def forbidden(self) -> bool:
        """Tell whether the two are kept apart from now on."""
        return self.decision == FORBID

    @property
    def decided(self) -> bool:
        """Tell whether somebody decided about this pair."""
        return bool(self.decision)

    @property
    def to_decide(self) -> Person:
        """Return the mentor whom the buttons of this row are about."""
        return self.held or self.mentor

    @property
    def value(self) -> str:
        """Return what the buttons and the tick of this row send."""
        return f"{self.asker.request_id}-{id_of(self.to_decide)}-{self.seen}"


class PairRows:
    """What the rows of some pairs of a round need to be shown."""

    def __init__(self, session: Session, pairs: Sequence[RoundPair], found: Round) -> None:
        self._found = found
        self._decided: dict[int, dict[int, RoundOverride]] = {}
        for decided in queries.overrides(
            session,
            id_of(found),
        ):
            of_request = self._decided.setdefault(
                decided.request_id,
                {},
            )
            of_request[decided.mentor_id] = decided
        self._moves = {}
        for move in found.quality.get("moved", ()):  # not kept of the rounds of long ago
            self._moves[move["request"]] = move
        self._juniors = queries.takers(
            session,
            id_of(found),
        )
        request_ids = [pair.request_id for pair in pairs]
        self._notes = marks(
            session,
            id_of(found),
            request_ids,
        )
        self._askers = Askers(
            session,
            request_ids,
            self._mentioned(pairs),
        )

    def _mentioned(self, pairs: Sequence[RoundPair]) -> set[int]:
        """Return the mentors whom the rows name."""
        named = set()
        for pair in pairs:
            named.add(pair.mentor_id)
            decided = self._decided.get(
                pair.request_id,
                (),
            )
            named.update(decided)
            move = self._moves.get(
                pair.request_id,
                {},
            )
            earlier = move.get("before")
            if earlier is not None:
                named.add(earlier)
        return named

    def row(self, pair: RoundPair) -> PairRow:
        """Return one pair ready to show."""
        decided = self._decided.get(
            pair.request_id,
            {},
        )
        held = self._held(
            decided,
            pair,
        )
        decision = self._decision(
            decided,
            pair,
            held,
        )
        return PairRow(
            self._askers.asker(pair.request_id),
            self._askers.mentor(pair.mentor_id),
            self._juniors.get(
                pair.mentor_id,
                0,
            ),
            pair.score / SCALE,
            _parts(pair.explanation),
            score_bar(
                pair.explanation,
                self._found.floor,
            ),
            decision,
            held,
            seen(decided.values()),
            remarks(
                pair.explanation,
                self._found.floor,
                self._before(pair),
                self._becomes(
                    decision,
                    held,
                ),
            ),
            self._notes.get(
                pair.request_id,
                "",
            ),
        )

    def _held(self, decided: Mapping[int, RoundOverride], pair: RoundPair) -> Person | None:
        """Return to whom the request is locked, where that is somebody else."""
        for mentor_id, override in decided.items():
            if override.kind == LOCK and mentor_id != pair.mentor_id:
                return self._askers.mentor(mentor_id)
        return None

    def _decision(self, decided: Mapping[int, RoundOverride], pair: RoundPair, held: Person | None) -> str:
        if held is not None:
            return SWAP
        override = decided.get(pair.mentor_id)
        if override is None:
            return ""
        swapped = override.kind == LOCK and pair.request_id in self._moves
        return SWAP if swapped else override.kind

    def _before(self, pair: RoundPair) -> str:
        """Return by name who was the mentor in the outcome before; "" where it was the same or nobody."""
        move = self._moves.get(pair.request_id)
        if move is None or move["before"] is None or move["after"] != pair.mentor_id:
            return ""
        return self._askers.mentor(move["before"]).name

    def _becomes(self, decision: str, held: Person | None) -> str | None:
        """Return by name who becomes the mentor, "" where that is being looked for; None where nothing changes."""
        if held is not None:
            return held.name
        waits = decision == FORBID and self._found.status == SOLVING
        return "" if waits else None


def pair_rows(session: Session, pairs: Sequence[RoundPair], found: Round) -> list[PairRow]:
    """Return the rows of these pairs of a round."""
    known = PairRows(
        session,
        pairs,
        found,
    )
    return [known.row(pair) for pair in pairs]


def score_bar(explanation: Mapping[str, Any], floor: float) -> Score:
    """Draw what each criterion adds to the score of a pair, and the floor of its round."""
    names = dict(criterion_names())
    return score(
        explanation["parts"],
        explanation["weights"],
        names,
        floor,
    )


def _parts(explanation: Mapping[str, Any]) -> list[tuple[str, float]]:
    parts = []
    for key, name in criterion_names():
        value = explanation["parts"][key]
        parts.append((name, value))
    return parts
