"""The needs of a request in words, as their owner and the coordinator read them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.figures.pips import Pips, levels
from mentorship.base.i18n import gettext
from mentorship.mentor_requests.models import Need
from mentorship.profiles.words import LEVELS


@dataclass(frozen=True)
class NeedInWords:
    """A need as its owner or the coordinator reads it."""

    domain_id: int
    domain: str
    current: str
    target: str
    is_main: bool
    pips: Pips


def in_words(needs: Sequence[Need], domains: Mapping[int, str]) -> list[NeedInWords]:
    """Return needs as people read them; `domains` are the names."""
    found = []
    for need in needs:
        line = NeedInWords(
            domain_id=need.domain_id,
            domain=domains[need.domain_id],
            current=gettext(LEVELS[need.current_level]),
            target=gettext(LEVELS[need.target_level]),
            is_main=need.position == 1,
            pips=levels(need.current_level, need.target_level),
        )
        found.append(line)
    return found
