"""Pure decisions about a message: whom it may be for, and how many."""

from __future__ import annotations

from datetime import timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.disclosure import FEWEST

MOST = 5000
"""So many people get one message at most."""
DRAFT_LASTS = timedelta(days=14)
TOO_FEW = N_(
    "This list was chosen by how it goes, and that rests on what people answered. Then a message goes to at least five "
    "pairs at once. Choose more pairs, or take that filter off."
)
TOO_MANY = N_("A message goes to at most 5,000 people at once. Choose fewer.")
TOO_FEW_LEFT = N_(
    "These pairs were chosen by how it goes, and that rests on what people answered. Then a message goes to at least "
    "five people. Choose again without that filter to write to fewer."
)
NOBODY = N_("Choose at least one person.")


def check_group(people: int, pairs: int) -> None:
    """Refuse a selection by how pairs go, which rests on answers, of fewer people or pairs than figures may be of."""
    if people < FEWEST or pairs < FEWEST:
        raise Refused(TOO_FEW)


def check_left(people: int, fewest: int) -> None:
    """Refuse fewer readers than a message must keep: by how pairs go five, else one."""
    if people >= fewest:
        return
    if fewest > 1:
        raise Refused(TOO_FEW_LEFT)
    raise Refused(NOBODY)


def check_number(people: int) -> None:
    """Refuse a message to nobody, or to more than can be looked over."""
    if people == 0:
        raise Refused(NOBODY)
    if people > MOST:
        raise Refused(TOO_MANY)
