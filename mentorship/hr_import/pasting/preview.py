"""What the page of a pasted list shows: what asks a choice, how it is read, and what will happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mentorship.base.i18n import N_, gettext, joined, ngettext
from mentorship.hr_import.pasting import filling, rules
from mentorship.hr_import.pasting.actions import Taken
from mentorship.hr_import.reading.questions import CHOICES
from mentorship.hr_import.report_text import cause_line

SAMPLES = 5
MOST_CAUSES = 10
MOST_NAMES = 2
COLUMN_NAMES = {
    rules.NAME: N_("name"),
    rules.GIVEN: N_("given name"),
    "Voorvoegsel": N_("infix"),
    rules.FAMILY: N_("family name"),
    rules.NUMBER: N_("personnel number"),
    rules.SITE: N_("site"),
    "Afdeling": N_("department"),
    rules.ROLE: N_("role"),
    "Leidinggevende": N_("manager"),
    rules.EMAIL: N_("e-mail"),
    "Talen": N_("languages"),
    "Rooster": N_("roster"),
}
IN_EXAMPLE = (rules.NAME, rules.NUMBER, rules.SITE, rules.ROLE, "Leidinggevende", rules.EMAIL)
"""The columns of an empty sheet to start from."""
ROLE_NAMES = {
    "": N_("no role"),
    "junior": N_("junior"),
    "senior": N_("mentor"),
    "manager": N_("leads people"),
}


@dataclass(frozen=True)
class Cause:
    """Something that asks a choice for all of some rows at once; hidden fields say what it is about."""

    title: str
    count: str
    told: str
    name: str
    options: list[tuple[str, str]]
    chosen: str
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """A list before it is taken in."""

    causes: list[Cause]
    heading: str
    columns: list[tuple[str, str]]
    samples: list[list[str]]
    shown: str
    said: list[str]
    finding: str
    button: str
    ready: bool


def preview(taken: Taken, answers: filling.Answers, asked: Mapping[str, str]) -> Preview:
    """Return a list as its page shows it."""
    causes = [*_numbers(taken, answers), *_addresses(taken, answers), *_roles(taken, answers), *_asked(taken, asked)]
    people = len(taken.filled.people)
    counts = taken.report.kinds.get("person")
    added = counts.created if counts else 0
    return Preview(
        causes=causes,
        heading=ngettext(
            "%(num)s thing asks a choice",
            "%(num)s things ask a choice",
            len(causes),
        ),
        columns=_columns(taken),
        samples=[list(row) for row in taken.pasted.rows[:SAMPLES]],
        shown=gettext(
            "the first %(shown)s of %(all)s",
            shown=min(SAMPLES, len(taken.pasted.rows)),
            all=len(taken.pasted.rows),
        ),
        said=[cause_line(cause) for cause in taken.report.causes[:MOST_CAUSES]],
        finding=_finding(taken, people),
        button=ngettext(
            "Add %(num)s person",
            "Add %(num)s people",
            added,
        )
        if added
        else gettext("Take this over"),
        ready=not taken.report.stops,
    )


def _finding(taken: Taken, people: int) -> str:
    told = [
        ngettext(
            "%(num)s person",
            "%(num)s people",
            people,
        )
    ]
    sites = taken.report.kinds.get("site")
    if sites and sites.created:
        told.append(
            ngettext(
                "%(num)s new site",
                "%(num)s new sites",
                sites.created,
            )
        )
    counts = taken.report.kinds.get("person")
    if counts and people > counts.created:
        known = people - counts.created
        told.append(
            ngettext(
                "%(num)s is here already",
                "%(num)s are here already",
                known,
            )
        )
    return joined(told)


def _columns(taken: Taken) -> list[tuple[str, str]]:
    """Return of each column how it is called, and what it is."""
    found = []
    for at, (heading, column) in enumerate(
        zip(
            taken.pasted.headings,
            taken.columns,
            strict=True,
        ),
        start=1,
    ):
        found.append((heading or gettext("column %(number)s", number=at), column))
    return found


def column_choices() -> list[tuple[str, str]]:
    """Return what a column can be."""
    nothing = ("", gettext("not used"))
    return [nothing, *((column, gettext(name)) for column, name in COLUMN_NAMES.items())]


def _numbers(taken: Taken, answers: filling.Answers) -> list[Cause]:
    without = taken.filled.without_number
    if not without:
        return []
    named = ", ".join(without[:MOST_NAMES])
    if len(without) > MOST_NAMES:
        rest = len(without) - MOST_NAMES
        named = ngettext(
            "%(names)s and %(num)s other.",
            "%(names)s and %(num)s others.",
            rest,
            names=named,
        )
    new = min(taken.filled.proposed.values(), default="9001")
    return [
        Cause(
            title=ngettext(
                "%(num)s person has no number",
                "%(num)s people have no number",
                len(without),
            ),
            count=_lines(len(without)),
            told=named + " " + gettext("With a number they sign in."),
            name="no_number",
            options=[
                (filling.NEW, gettext("Give a new number, from %(first)s on", first=new)),
                (filling.SKIP, gettext("Leave them out")),
            ],
            chosen=answers.no_number,
        )
    ]


def _lines(count: int) -> str:
    return ngettext(
        "%(num)s line",
        "%(num)s lines",
        count,
    )


def _addresses(taken: Taken, answers: filling.Answers) -> list[Cause]:
    shared = taken.filled.shared
    if not shared:
        return []
    return [
        Cause(
            title=ngettext(
                "%(num)s address is of more than one person",
                "%(num)s addresses are of more than one person",
                len(shared),
            ),
            count=_lines(sum(shared.values())),
            told=gettext("%(names)s. An address belongs to one person.", names=", ".join(list(shared)[:MOST_NAMES])),
            name="shared",
            options=[
                (filling.NOBODY, gettext("Nobody gets it")),
                (filling.FIRST, gettext("The first one gets it")),
            ],
            chosen=answers.shared,
        )
    ]


def _roles(taken: Taken, answers: filling.Answers) -> list[Cause]:
    options = [(role, gettext(name)) for role, name in ROLE_NAMES.items()]
    found = []
    for word, count in taken.filled.words.items():
        cause = Cause(
            title=gettext("“%(word)s” is not a role that we know", word=word),
            count=_lines(count),
            told=gettext("What does it mean here?"),
            name="role",
            options=options,
            chosen=answers.roles.get(word, filling.likely_role(word)),
            hidden={"word": word},
        )
        found.append(cause)
    return found


def _asked(taken: Taken, asked: Mapping[str, str]) -> list[Cause]:
    """Return what only a person can tell, case by case."""
    found = []
    for question in taken.report.questions:
        for item in question.items:
            cause = Cause(
                title=str(question.asks),
                count=_lines(1),
                told=str(item.says),
                name="answer",
                options=[(choice, gettext(CHOICES[choice])) for choice in question.choices],
                chosen=asked.get(item.key, item.likely),
                hidden={"question": item.key},
            )
            found.append(cause)
    return found
