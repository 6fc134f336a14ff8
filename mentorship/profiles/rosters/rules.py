"""By which roster somebody works from when on. Pure; days are ordinals."""

from __future__ import annotations

from mentorship.matching import ALWAYS

Pieces = tuple[tuple[int, int | None], ...]
"""From which day on somebody works by which roster (None: by none), in order; the first holds from `ALWAYS`."""
UNSAID: Pieces = ((ALWAYS, None),)
"""Of somebody who never said."""
LOOK_BACK = 8 * 7
"""Days for which an earlier roster is kept: hours can be noted and corrected for so long."""


def changed(pieces: Pieces, roster_id: int | None, from_day: int) -> Pieces:
    """Return the pieces when another roster holds from a day on; who never had one has had it always."""
    if pieces == UNSAID:
        return ((ALWAYS, roster_id),)
    kept = [piece for piece in pieces if piece[0] != from_day]
    in_order = sorted([*kept, (from_day, roster_id)], key=lambda piece: piece[0])
    found = [in_order[0]]
    for piece in in_order[1:]:
        if piece[1] != found[-1][1]:
            found.append(piece)
    return tuple(found)


def since(pieces: Pieces, day: int) -> Pieces:
    """Return the pieces without those that were over by a day."""
    past = [begins for begins, _ in pieces if begins <= day]
    (_, current), *later = pieces[len(past) - 1 :]
    return ((ALWAYS, current), *later)


def holding(pieces: Pieces, day: int) -> int | None:
    """Return the roster that holds on a day."""
    return since(pieces, day)[0][1]
