"""What the slips of a closed wave came to: shares, rounded; of whom and of how many answers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mentorship.disclosure import rounded
from mentorship.pulse.questions import PREFERS, agrees

ALL = "all"
"""The key of everybody together, beside those of the groups."""
Tally = Mapping[str, int]
"""How often each answer was given."""


@dataclass(frozen=True)
class Share:
    """A figure: the share that said yes, or of whom this was the answer; rounded, of so many answers."""

    share: float
    answers: int

    @property
    def percent(self) -> int:
        """Return it as a whole number of a hundred."""
        return round(self.share * 100)


def together(groups: Mapping[str, Tally]) -> Tally:
    """Return the answers of everybody: those of every group, and of who is in none that is told apart."""
    found: Counter[str] = Counter()
    for tally in groups.values():
        found.update(tally)
    return found


def yes(question: str, tally: Tally) -> Share | None:
    """Return the share that said yes to a statement; None where nothing of it is kept."""
    answers = sum(tally.values())
    if not answers or question == PREFERS:
        return None
    said = 0
    for answer, number in tally.items():
        if agrees(question, answer):
            said += number
    share = rounded(said / answers)
    return Share(share, answers)


def chosen(tally: Tally) -> dict[str, Share]:
    """Return the share of each answer to the question with a choice; none where nothing of it is kept."""
    answers = sum(tally.values())
    found = {}
    for answer, number in tally.items():
        share = rounded(number / answers)
        found[answer] = Share(share, answers)
    return found
