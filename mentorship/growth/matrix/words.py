"""The training matrix in words: its columns, what it finds, and each cell for who does not see the drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mentorship.base.figures.pips import Pips, levels
from mentorship.base.i18n import N_, gettext, integer, ngettext
from mentorship.base.lists import Column as ListColumn
from mentorship.base.lists import Filter, Listing
from mentorship.growth.matrix.queries import Line
from mentorship.growth.matrix.rules import GAP, GROWS, OK, Column, stands
from mentorship.profiles.words import LEVELS

STATES = {
    OK: N_("in order"),
    GROWS: N_("grows in a pair"),
    GAP: N_("missing, no plan"),
}
MARKS = {OK: "st-ok", GROWS: "st-duo", GAP: "st-gap"}
AT_FIRST = 8
"""So many domains stand beside each other at first: those that most people lack."""


@dataclass(frozen=True)
class Cell:
    """One domain of one person: how it stands, in a drawing, in dots and in words."""

    domain: str
    state: str
    mark: str
    says: str
    word: str
    pips: Pips


def cell(line: Line, domain_id: int, need: int, title: str) -> Cell:
    """Return how somebody stands in a domain that is asked."""
    have = line.have.get(domain_id, 0)
    state = stands(have, need, line.goals.get(domain_id, 0))
    word = gettext(LEVELS[have])
    if state != OK:
        word = gettext("%(level)s, asked: %(asked)s", level=word, asked=gettext(LEVELS[need]))
    goal = 0 if state == OK else need
    return Cell(
        title,
        state,
        MARKS[state],
        gettext(STATES[state]),
        word,
        levels(have, goal),
    )


def in_order(line: Line, asked: dict[int, int]) -> str:
    """Say how much of what is asked somebody has: 6 of 7 in order."""
    number = sum(line.have.get(domain_id, 0) >= need for domain_id, need in asked.items())
    return gettext("%(number)s of %(all)s in order", number=integer(number), all=integer(len(asked)))


def listing(
    asked: dict[int, int],
    titles: dict[int, str],
    shown: Sequence[int],
    sites: Sequence[tuple[str, str]],
    teams: Sequence[tuple[str, str]],
) -> Listing:
    """Return the matrix as a list: a column for each domain, of which some are shown at first."""
    lacking = [(str(domain_id), titles[domain_id]) for domain_id in asked]
    return Listing(
        key="matrix",
        title=N_("Training matrix"),
        columns=tuple(_columns(asked, titles, shown)),
        filters=(
            Filter("site", gettext("Site"), sites),
            Filter(
                "team",
                gettext("Team of"),
                teams,
                several=False,
            ),
            Filter(
                "lacks",
                gettext("Without a plan for"),
                lacking,
                several=False,
            ),
        ),
        search=gettext("Name or personnel number"),
        sort="name",
        foot=N_(
            "Everybody fills in their own levels; a mentor confirms a step. This is about learning, not appraisal."
        ),
    )


def sheet(asked: dict[int, int], titles: dict[int, str]) -> Listing:
    """Return the matrix as a sheet to fill in: numbers, names, and the level of each as people say it."""
    columns = [
        ListColumn("number", N_("Number"), lambda line: line.person.number),
        ListColumn("name", N_("Name"), lambda line: line.person.name),
    ]
    for domain_id in asked:
        columns.append(ListColumn(f"d{domain_id}", titles[domain_id], _level(domain_id)))
    return Listing("levels", N_("Levels"), tuple(columns))


def _level(domain_id: int) -> Callable[[Line], str]:
    """Return how to read a level off a line, as the import reads it; nothing where nothing is filled in."""
    return lambda line: gettext(LEVELS[line.have[domain_id]]) if domain_id in line.have else ""


def _columns(asked: dict[int, int], titles: dict[int, str], shown: Sequence[int]) -> list[ListColumn]:
    columns = [
        ListColumn(
            "number",
            N_("Number"),
            lambda line: line.person.number,
            hidden=True,
        ),
        ListColumn(
            "name",
            N_("Name"),
            lambda line: line.person.name,
            sorts=True,
            fixed=True,
        ),
        ListColumn(
            "site",
            N_("Site"),
            lambda line: line.site,
            hidden=True,
        ),
        ListColumn(
            "order",
            N_("In order"),
            lambda line: in_order(line, asked),
            sorts=True,
            hidden=True,
        ),
    ]
    for domain_id, need in asked.items():
        title = titles[domain_id]
        value = _value(domain_id, need, title)
        columns.append(
            ListColumn(
                f"d{domain_id}",
                title,
                value,
                hidden=domain_id not in shown,
            )
        )
    return columns


def _value(domain_id: int, need: int, title: str) -> Callable[[Line], str]:
    def value(line: Line) -> str:
        found = cell(
            line,
            domain_id,
            need,
            title,
        )
        return f"{found.says}: {found.word}"

    return value


def heading(worst: Column | None, titles: dict[int, str], people: int) -> str:
    """Say which domain most people lack."""
    if not people:
        return gettext("Nobody to show here yet")
    if worst is None:
        return gettext("Nothing is missing without a plan")
    return gettext(
        "%(domain)s is missing for %(number)s of %(all)s",
        domain=titles[worst.domain_id],
        number=integer(worst.gaps),
        all=integer(people),
    )


def brief(title: str, whole: int, people: int) -> str:
    """Say of which profile it is, and who has all of it."""
    if not people:
        return gettext("Job profile: %(title)s.", title=title)
    return gettext(
        "Job profile: %(title)s. All is in order for %(whole)s of %(all)s.",
        title=title,
        whole=integer(whole),
        all=integer(people),
    )


def kept(number: int) -> str:
    """Say to a manager how many of their line do not show how far they are."""
    return ngettext(
        "%(num)s other of your team works in this profile. How far somebody is, is theirs to show.",
        "%(num)s others of your team work in this profile. How far somebody is, is theirs to show.",
        number,
    )
