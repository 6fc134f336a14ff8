"""What a round came to as its page draws it: who has a mentor, why the rest have none, how well, what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.figures.histogram import Bin, Histogram, histogram
from mentorship.base.figures.segments import Portion, Segments, segments
from mentorship.base.i18n import gettext, integer, ngettext, percent
from mentorship.mentorships.models import EXPIRED, PROPOSED, REFUSED, TAKEN_BACK
from mentorship.rounds import counts, queries, rules
from mentorship.rounds.finding import Outcome
from mentorship.rounds.models import Round, RoundUnmatched
from mentorship.rounds.moves import moves
from mentorship.rounds.words import HELPS, REASONS

MOST_REASONS = 4
"""So many reasons have a look of their own; what is left is one of them."""
OTHER = "other"
HALF = 5
"""The tenth from which a score is half or more."""
Link = Callable[[str], str]
"""Where a part of a drawing leads, by its key."""


@dataclass(frozen=True)
class Whole:
    """How a round falls apart, under its finding."""

    title: str
    drawn: Segments


@dataclass(frozen=True)
class Fit:
    """How well the pairs fit, under its finding."""

    title: str
    described: str
    drawn: Histogram


def of(session: Session, found: Round, outcome: Outcome, pairs: Link, left: Link) -> dict[str, Any]:
    """Return what the page of a round shows above its pairs, by name; links lead to pairs and to who is left over."""
    round_id = id_of(found)
    shown: dict[str, Any] = {"fit": fit(counts.by_tenth(session, round_id), pairs)}
    if found.published_at is not None:
        shown["whole"] = answered(outcome)
        shown["silence"] = silence(*counts.silent(session, round_id))
        return shown
    shown["moves"] = moves(session, found)
    shown["whole"] = whole(outcome, queries.unmatched(session, round_id), left)
    return shown


def reasons(unmatched: Sequence[RoundUnmatched]) -> list[tuple[str, int]]:
    """Count the requests nobody was found for by the rule that stopped them, the most first."""
    counted = Counter(rules.stop(row.funnel) for row in unmatched)
    return counted.most_common()


def because(found: Sequence[tuple[str, int]]) -> str:
    """Say how many requests are left over, and why most of them."""
    left = sum(number for _, number in found)
    if not left:
        return gettext("No request is left over")
    return ngettext(
        "%(num)s request is left over, mostly: %(reason)s",
        "%(num)s requests are left over, mostly: %(reason)s",
        left,
        reason=gettext(REASONS[found[0][0]]),
    )


def whole(outcome: Outcome, unmatched: Sequence[RoundUnmatched], link: Link) -> Whole:
    """Draw who has a mentor, and why the rest have none; each reason leads to its requests."""
    found = reasons(unmatched)
    matched = Portion(gettext("with a mentor"), outcome.pairs, "yes")
    portions = [matched]
    shown = MOST_REASONS if len(found) == MOST_REASONS else MOST_REASONS - 1
    for key, number in found[:shown]:
        portion = Portion(
            gettext(REASONS[key]),
            number,
            "reason",
            link(key),
            gettext(HELPS[key]) if key in HELPS else "",
        )
        portions.append(portion)
    rest = sum(number for _, number in found[shown:])
    if rest:
        portions.append(Portion(gettext("another rule"), rest, "reason", link("")))
    return Whole(because(found), segments(portions))


def fit(by_tenth: Mapping[int, int], link: Link) -> Fit | None:
    """Draw how well the pairs fit, in tenths from the lowest to the highest; None without pairs."""
    pairs = sum(by_tenth.values())
    if not pairs:
        return None
    first = max(1, min(by_tenth))
    bins = []
    for tenth in range(first, max(first, *by_tenth) + 1):
        count = by_tenth.get(tenth, 0)
        if tenth == 1:
            count += by_tenth.get(0, 0)
        bins.append(Bin(tenth_name(tenth), count, link(str(tenth))))
    half = sum(count for tenth, count in by_tenth.items() if tenth >= HALF)
    title = ngettext(
        "%(num)s of the %(pairs)s pairs fits for half or more",
        "%(num)s of the %(pairs)s pairs fit for half or more",
        half,
        pairs=integer(pairs),
    )
    head = gettext("How well it fits"), gettext("Pairs")
    described = gettext("How many pairs fit how well, in steps of ten per cent.")
    return Fit(title, described, histogram(bins, head))


def tenth_name(tenth: int) -> str:
    """Name a tenth that scores lie in; the lowest two are one."""
    if tenth <= 1:
        return gettext("under %(share)s", share=percent(0.2))
    return f"{10 * tenth}–{percent((tenth + 1) / 10)}"


def answered(outcome: Outcome) -> Whole:
    """Draw what became of the proposals of a published round."""
    told = outcome.answers
    portions = [
        Portion(gettext("begun"), outcome.begun, "ok"),
        Portion(gettext("wait for an answer"), told.get(PROPOSED, 0), "open"),
        Portion(gettext("said no"), told.get(REFUSED, 0), "no"),
        Portion(gettext("not answered in time"), told.get(EXPIRED, 0), "reason"),
        Portion(gettext("withdrawn"), told.get(TAKEN_BACK, 0), "reason"),
    ]
    title = ngettext(
        "%(num)s of the %(pairs)s pairs has begun",
        "%(num)s of the %(pairs)s pairs have begun",
        outcome.begun,
        pairs=integer(outcome.pairs),
    )
    return Whole(title, segments(portions))


def silence(juniors: int, mentors: int) -> str:
    """Say on whom the proposals wait."""
    if not juniors and not mentors:
        return gettext("Everybody has answered")
    return gettext(
        "Not answered yet: %(juniors)s and %(mentors)s",
        juniors=ngettext("%(num)s junior", "%(num)s juniors", juniors),
        mentors=ngettext("%(num)s mentor", "%(num)s mentors", mentors),
    )
