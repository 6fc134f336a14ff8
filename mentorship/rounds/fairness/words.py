"""How a round fell out for groups, in words, for its page and for papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, integer, percent
from mentorship.people.words import LANGUAGE_NAMES
from mentorship.rounds.fairness import rules
from mentorship.rounds.fairness.rules import Fell

WAYS = {
    rules.SITE: N_("By site"),
    rules.SHIFTS: N_("By kind of roster"),
    rules.HOURS: N_("By hours a week in the roster"),
    rules.LANGUAGE: N_("By language to work in"),
    rules.WAITED: N_("By earlier rounds without a mentor"),
}
GROUPS = {
    rules.NO_ROSTER: N_("no roster"),
    rules.DAY: N_("days"),
    rules.TWO_SHIFTS: N_("early and late"),
    rules.CONTINUOUS: N_("nights too"),
    rules.FEW_HOURS: N_("fewer than 20 hours"),
    rules.SOME_HOURS: N_("20 to 36 hours"),
    rules.MANY_HOURS: N_("36 hours or more"),
    rules.NOT_YET: N_("none"),
    rules.ONCE: N_("one"),
    rules.MORE: N_("two or more"),
}
WHY = (
    N_(
        "Hours are looked at because no distinction may be made by working hours (Dutch Civil Code, art. 7:648); "
        "language because it lies near origin. How many hours somebody works counts nowhere; the roster does, by how "
        "often two are at work together. A language in common is a rule: without one, two people are not paired."
    ),
    N_(
        "Groups have five people or more; smaller ones are put together, and of fewer than five with a mentor no score "
        "is told. Site and roster are those of the day of publishing, breaks counted; where that was not kept, of "
        "today. A difference between small groups may be chance."
    ),
)


@dataclass(frozen=True)
class GroupRow:
    """A group, ready to show: who, how many, how many got a mentor, and how well those match."""

    name: str
    people: str
    places: str
    share: str
    score: str


@dataclass(frozen=True)
class WayTable:
    """One way to part the juniors, with its groups."""

    title: str
    rows: list[GroupRow]


def tables(found: Mapping[str, Sequence[Fell]], sites: Mapping[int, str]) -> list[WayTable]:
    """Return a table for each way that has groups; none for a round of fewer than five people."""
    shown = []
    for way, groups in found.items():
        rows = [_row(way, fell, sites) for fell in groups]
        if rows:
            table = WayTable(gettext(WAYS[way]), rows)
            shown.append(table)
    return shown


def _row(way: str, fell: Fell, sites: Mapping[int, str]) -> GroupRow:
    score = "–"
    if fell.score is not None:
        score = percent(fell.score)
    return GroupRow(
        _name(way, fell.key, sites),
        integer(fell.people),
        integer(fell.places),
        percent(fell.share),
        score,
    )


def _name(way: str, key: str | None, sites: Mapping[int, str]) -> str:
    if key is None:
        return gettext("the others together")
    if way == rules.SITE:
        return sites.get(int(key), "")
    if way == rules.LANGUAGE:
        return gettext(LANGUAGE_NAMES[key])
    return gettext(GROUPS[key])
