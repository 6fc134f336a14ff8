"""The list of pairs in words: its columns, what it is chosen by, what it finds, and what stands in its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentorship.base.i18n import N_, gettext, integer, ngettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.checkins import balance, findings
from mentorship.checkins.signals import words as signal_words
from mentorship.checkins.signals.viewers import Seen
from mentorship.checkins.words import CLASSES, NEVER_USED, SIDES
from mentorship.insight.duos.queries import ENDING
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, PROPOSED
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people.models import Person, Site
from mentorship.profiles.models import Domain

ATTENTION, APART = "attention", "apart"
OWN = "own"
VIEWS = {
    ATTENTION: N_("asks attention"),
    APART: N_("long not together"),
    ENDING: N_("nearly done"),
}
SIGNALS = {
    findings.HELP: (N_("wants help"), "lifebuoy", "bad"),
    findings.TALK: (N_("talk"), "message-circle", "warn"),
    findings.LEAVES: (N_("leaves"), "calendar-event", "warn"),
    findings.HOURS: (N_("more hours"), "clock", "warn"),
    findings.APART: (N_("not together"), "link-off", "warn"),
    findings.RULE: (N_("a rule fails"), "scale", "warn"),
}
SHOWN = N_("shown by one of them"), "message-circle", "warn"
"""What one drawn from answers is called in a cell, once its author shows it."""

PAIR = (
    Column("junior_number", N_("Number"), lambda row: row.junior.number),
    Column("junior", N_("Junior"), lambda row: row.junior.name),
    Column("mentor_number", N_("Number of mentor"), lambda row: row.mentor.number),
    Column("mentor", N_("Mentor"), lambda row: row.mentor.name),
    Column("site", N_("Site"), lambda row: row.site),
)
STATUS = (
    Column("status", N_("Status"), lambda row: row.status),
    Column("since", N_("Since"), lambda row: row.pair.started_on),
    Column("expected_end", N_("Expected end"), lambda row: row.pair.expected_end),
    Column("ends", N_("Ends on"), lambda row: row.pair.ends_on),
    Column("ended", N_("Ended"), lambda row: row.pair.ended_on),
)
WEEKS = (Column("hours", N_("Hours logged in eight weeks"), lambda row: row.hours),)


def _raised(row: Any) -> str:
    return ", ".join(mark.title for mark in row.signals)


@dataclass(frozen=True)
class Choices:
    """What one reader can choose by.

    `kinds`: what they are told of how pairs stand; `statuses`: in which states they see them; `both`: whether they see
    everybody's and have a line too.
    """

    sites: Sequence[Site]
    domains: Sequence[Domain]
    managers: Sequence[Person]
    kinds: Sequence[str]
    statuses: Sequence[str]
    both: bool


def listing(choices: Choices, weeks: Sequence[date]) -> Listing:
    """Return the list as one reader has it; the Mondays of the weeks that are drawn."""
    return Listing(
        key="duos",
        title=N_("Pairs"),
        columns=_columns(choices.kinds, weeks),
        filters=tuple(_filters(choices)),
        search=gettext("Name, number or domain"),
        sort="pair",
        foot=NEVER_USED,
    )


def _filters(choices: Choices) -> Iterator[Filter]:
    own = [(OWN, gettext("your own team"))] if choices.both else []
    yield Filter(
        "line",
        gettext("Team"),
        own,
        several=False,
    )
    views = [(key, gettext(name)) for key, name in VIEWS.items()]
    yield Filter(
        "view",
        gettext("What asks"),
        views,
        several=False,
    )
    yield Filter("site", gettext("Site"), [(str(site.id), site.name) for site in choices.sites])
    yield Filter("class", gettext("How it goes"), [(kind, _kind(kind)) for kind in choices.kinds])
    yield Filter("status", gettext("Status"), [(key, gettext(STATUS_NAMES[key])) for key in choices.statuses])
    yield Filter("domain", gettext("Domain"), [(str(domain.id), domain.title) for domain in choices.domains])
    yield Filter("manager", gettext("Manager"), [(str(one.id), one.name) for one in choices.managers])


def _columns(kinds: Sequence[str], weeks: Sequence[date]) -> tuple[Column, ...]:
    first, last = weeks[0].isocalendar().week, weeks[-1].isocalendar().week
    drawn = gettext("Together, week %(first)s–%(last)s", first=integer(first), last=integer(last))
    found = [
        Column(
            "pair",
            N_("Junior and mentor"),
            sorts=True,
            fixed=True,
            parts=PAIR,
        ),
        Column(
            "domain",
            N_("Learns"),
            lambda row: row.domain,
            sorts=True,
        ),
        Column(
            "status",
            N_("Status"),
            sorts=True,
            parts=STATUS,
        ),
    ]
    if kinds:
        found.append(
            Column(
                "how",
                N_("How it goes"),
                lambda row: row.said,
                sorts=True,
            )
        )
    return (
        *found,
        Column("weeks", drawn, parts=WEEKS),
        Column(
            "last",
            N_("Last together"),
            lambda row: row.last,
            sorts=True,
        ),
        Column("signal", N_("Signal"), _raised),
        Column(
            "mentor",
            N_("Mentor"),
            sorts=True,
            hidden=True,
        ),
        Column(
            "site",
            N_("Site"),
            sorts=True,
            hidden=True,
        ),
        Column(
            "since",
            N_("Since"),
            sorts=True,
            hidden=True,
        ),
    )


def _kind(kind: str) -> str:
    return gettext(CLASSES[kind]) if kind in CLASSES else gettext(SIDES[kind])


def stands(kind: str) -> str:
    """Return the class of a pair in a word."""
    return gettext(CLASSES[kind])


def side(person: Person, kind: str) -> str:
    """Return what is told of one side."""
    return gettext("%(name)s: %(low)s", name=person.given_name, low=gettext(SIDES[kind]))


def signal(seen: Seen) -> tuple[str, str, str, str]:
    """Return a signal in a word or two and in full, and how it is drawn."""
    title = signal_words.title(seen.shown.kind, own=seen.own)
    word, glyph, tone = SIGNALS.get(seen.shown.kind, SHOWN)
    if seen.row.status == "taken" and not seen.asks:
        return gettext(word), title, "user-check", ""
    return gettext(word), title, glyph, tone


def heading(counts: Counter[str], told: Counter[str], apart: int) -> str:
    """Say what asks for something first of the pairs that run, at most two things; else how many there are."""
    if not counts.total():
        return gettext("No pairs yet")
    found = list(_found(told, apart))
    if found:
        return "; ".join(found[:2])
    return ngettext("%(num)s pair runs", "%(num)s pairs run", counts[ACTIVE])


def _found(told: Counter[str], apart: int) -> Iterator[str]:
    if told[balance.TALK_NOW]:
        number = told[balance.TALK_NOW]
        yield ngettext("%(num)s pair has to talk now", "%(num)s pairs have to talk now", number)
    if told[balance.LOW]:
        yield ngettext("Talk with %(num)s pair of your team", "Talk with %(num)s pairs of your team", told[balance.LOW])
    if apart:
        yield ngettext(
            "%(num)s pair did not work together for four weeks",
            "%(num)s pairs did not work together for four weeks",
            apart,
        )
    asking = told[balance.STUCK] + told[balance.ON_RESERVE]
    if asking:
        yield ngettext("%(num)s pair is stuck or stretched", "%(num)s pairs are stuck or stretched", asking)


def brief(counts: Counter[str], everybody: bool) -> str:
    """Say how many run and pause, and of whom."""
    running = ngettext("%(num)s pair runs", "%(num)s pairs run", counts[ACTIVE])
    paused = ngettext("%(num)s pauses", "%(num)s pause", counts[PAUSED]) if counts[PAUSED] else ""
    said = ", ".join(filter(None, (running, paused)))
    if everybody:
        return gettext("%(said)s. Choose a pair for how it goes, why these two and the goals.", said=said)
    return gettext("In your team: %(said)s. Choose a pair for how it goes.", said=said)


TABS = {
    PROPOSED: N_("Proposals waiting"),
    ENDED: N_("Ended"),
}
