"""What the newest wave came to, beside the sector: a row for each statement, a bar for each way of learning. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.insight.mirror import rules
from mentorship.insight.mirror.sector import MIRRORED, WAYS, Fact
from mentorship.profiles.words import FORM_NAMES
from mentorship.pulse import figures
from mentorship.pulse.figures import Share
from mentorship.pulse.queries import Slips
from mentorship.pulse.questions import BETTER_HIGH, PREFERS, STATEMENTS

NO_SLIPS: Mapping[str, Mapping[str, int]] = {}


@dataclass(frozen=True)
class Row:
    """A figure of ours, None where it is hidden, that of the sector, None where it has none, and how they stand."""

    question: str
    ours: Share | None
    sector: Fact | None
    stands: str

    @property
    def apart(self) -> int:
        """Return how many percent ours is higher (lower: under 0)."""
        if self.ours is None or self.sector is None:
            return 0
        return self.ours.percent - self.sector.percent

    @property
    def worse(self) -> bool:
        """Tell whether ours is the worse one, beyond doubt."""
        bad = rules.BELOW if self.question in BETTER_HIGH else rules.ABOVE
        return self.stands == bad

    @property
    def better(self) -> bool:
        """Tell whether ours is the better one, beyond doubt."""
        return self.stands in (rules.ABOVE, rules.BELOW) and not self.worse


def row(question: str, ours: Share | None, sector: Fact | None) -> Row:
    """Set a figure of ours beside that of the sector."""
    if ours is None or sector is None:
        return Row(question, ours, sector, rules.UNJUDGED)
    stands = rules.judged(ours.share, ours.answers, sector.percent / 100, sector.of)
    return Row(question, ours, sector, stands)


def statements(slips: Slips) -> list[Row]:
    """Return a row for each statement of the pulse, in its order."""
    found = []
    for question in STATEMENTS:
        everybody = figures.together(slips.get(question, NO_SLIPS))
        ours = figures.yes(question, everybody)
        found.append(row(question, ours, MIRRORED.get(question)))
    return found


def ways(slips: Slips) -> list[Row]:
    """Return a row for each way of learning, what is liked most first; none where nothing of it is told."""
    everybody = figures.together(slips.get(PREFERS, NO_SLIPS))
    if not everybody:
        return []
    chosen = figures.chosen(everybody)
    nobody = Share(0.0, sum(everybody.values()))
    found = [row(way, chosen.get(way, nobody), WAYS[way]) for way in FORM_NAMES]
    return sorted(found, key=_least_liked_last)


def _least_liked_last(one: Row) -> tuple[float, str]:
    share = one.ours.share if one.ours else 0.0
    return -share, one.question


def of_groups(slips: Slips, groups: Sequence[str]) -> dict[str, dict[str, Share | None]]:
    """Return the share of each group that says yes to each statement; None where it is not told."""
    found = {}
    for question in STATEMENTS:
        here = slips.get(question, NO_SLIPS)
        found[question] = {group: figures.yes(question, here.get(group, {})) for group in groups}
    return found
