"""What the page of trying says: of a change, of what came of it, and of by what it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.i18n import day, gettext, joined, moment, ngettext
from mentorship.insight.what_if.changes import AWAY, MENTOR, PAUSE, Change
from mentorship.insight.what_if.queries import Known
from mentorship.insight.what_if.trying import Tried
from mentorship.rounds.models import Round

Item = tuple[str, str, str]
"""A consequence: its icon, a sentence, and "warn" where it asks for attention."""
NAMED = 5


@dataclass(frozen=True)
class Counts:
    """How many would lose, move and get a mentor."""

    lost: int
    other: int
    gained: int

    @classmethod
    def of(cls, tried: Tried) -> Counts:
        """Count what came of it."""
        return cls(len(tried.lost), len(tried.other), len(tried.gained))

    @property
    def total(self) -> int:
        """Return how many it is about."""
        return self.lost + self.other + self.gained


def heading(counts: Counts, changes: int) -> str:
    """State what would come of it, the worst first."""
    if not changes:
        return gettext("What if? Choose somebody to try something with")
    if counts.lost:
        return _lost(counts.lost)
    if counts.gained:
        return _gained(counts.gained)
    if counts.other:
        return _other(counts.other)
    return gettext("Nobody would get, lose or change a mentor")


def _lost(number: int) -> str:
    return ngettext(
        "%(num)s person would be without a mentor",
        "%(num)s people would be without a mentor",
        number,
    )


def _gained(number: int) -> str:
    return ngettext(
        "%(num)s person more would get a mentor",
        "%(num)s people more would get a mentor",
        number,
    )


def _other(number: int) -> str:
    return ngettext(
        "%(num)s person would get another mentor",
        "%(num)s people would get another mentor",
        number,
    )


def items(counts: Counts) -> list[Item]:
    """Say what would come of it in numbers."""
    if not counts.total:
        return [("circle-check", gettext("Nobody would get, lose or change a mentor."), "")]
    found: list[Item] = []
    if counts.lost:
        found.append(("user-question", f"{_lost(counts.lost)}.", "warn"))
    else:
        found.append(("circle-check", gettext("Nobody would be without a mentor by it."), ""))
    if counts.other:
        found.append(("switch-horizontal", f"{_other(counts.other)}.", ""))
    if counts.gained:
        found.append(("user-check", f"{_gained(counts.gained)}.", ""))
    return found


def basis(found: Round | None, *, kept: bool, requests: int, matched: int) -> str:
    """Say by what it is said: by the outcome of a round, or by the open requests of today."""
    if not requests:
        return gettext("Nobody waits for a mentor now, so no place that you try would be filled.")
    helped = ngettext(
        "%(num)s of %(all)s requests has a mentor in it.",
        "%(num)s of %(all)s requests have a mentor in it.",
        matched,
        all=requests,
    )
    if found is None:
        said = gettext("Exact for the next round, by the open requests of today.")
    elif kept:
        said = gettext(
            "Exact for “%(round)s”, by its pairs as they were found on %(moment)s.",
            round=found.name,
            moment=moment(found.solved_at),
        )
    else:
        said = gettext("Exact for “%(round)s”, by the open requests of today.", round=found.name)
    return f"{said} {helped}"


def change(one: Change, known: Known) -> str:
    """Say what is tried."""
    name = known.person.name
    if one.what == PAUSE:
        return gettext("%(name)s takes no new juniors", name=name)
    if one.what == AWAY and one.spell is not None:
        first, last = one.spell
        return gettext(
            "%(name)s is away from %(first)s until %(last)s",
            name=name,
            first=day(first),
            last=day(last),
        )
    if one.what == MENTOR and not known.offers:
        return ngettext(
            "%(name)s becomes a mentor with %(num)s place",
            "%(name)s becomes a mentor with %(num)s places",
            one.places,
            name=name,
        )
    return ngettext(
        "%(name)s has %(num)s place, now %(now)s",
        "%(name)s has %(num)s places, now %(now)s",
        one.places,
        name=name,
        now=known.stand.places,
    )


def notes(one: Change, known: Known, names: Sequence[str], others: int, *, changes: bool) -> list[str]:
    """Say what else follows of a change: of the juniors they guide already, and where a round goes on as it is.

    `changes`: the places that a round can fill with them are others by it.
    """
    said = []
    told = _named(names, others)
    if told and one.what == AWAY:
        said.append(gettext("In those days without this mentor: %(names)s.", names=told))
    elif told:
        said.append(gettext("Stay with this mentor: %(names)s.", names=told))
    if known.stand.out:
        said.append(gettext("Takes nobody now, so more places fill none."))
    elif one.what == AWAY and not changes:
        said.append(gettext("A round leaves out only who is away for all of its first two weeks."))
    return said


def _named(names: Sequence[str], others: int) -> str:
    told = list(names[:NAMED])
    more = others + len(names[NAMED:])
    if more:
        told.append(ngettext("%(num)s other", "%(num)s others", more))
    return joined(told)


def in_team(counts: Counts) -> str:
    """Say to a manager, without names, what would come of it in their own team; "" where nothing would."""
    said = _what(counts)
    return gettext("In your team: %(what)s.", what=said) if said else ""


def elsewhere(counts: Counts) -> str:
    """Say to a manager, without names, what would come of it in other teams; "" where nothing would."""
    said = _what(counts)
    return gettext("In other teams: %(what)s.", what=said) if said else ""


def _what(counts: Counts) -> str:
    said = []
    if counts.lost:
        said.append(_lost(counts.lost))
    if counts.other:
        said.append(_other(counts.other))
    if counts.gained:
        said.append(_gained(counts.gained))
    return "; ".join(_small(each) for each in said)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
