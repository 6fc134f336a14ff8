"""The words of the guide: its steps with what stands of each, and how many are left."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.home.setup import rules
from mentorship.home.setup.rules import Stands

FRAME = "home/setup/_frame.html"
"""The template of what stands around a step, also of one whose page is another room's."""
TITLES = {
    rules.ORGANISATION: N_("Organisation and sites"),
    rules.AGREEMENTS: N_("Agreements"),
    rules.PEOPLE: N_("People"),
    rules.LINE: N_("Line and roles"),
    rules.DOMAINS: N_("Domains and rosters"),
    rules.CARDS: N_("Hand out cards"),
}
NOTES = {
    rules.ORGANISATION: N_("what you are called, and where you work"),
    rules.AGREEMENTS: N_("works council and DPIA; a text to start from"),
    rules.PEOPLE: N_("paste names, or a sheet"),
    rules.LINE: N_("who leads, who is a mentor"),
    rules.DOMAINS: N_("to tick from ready lists"),
    rules.CARDS: N_("code and QR, without e-mail"),
}
"""What a step is about, while nothing stands."""
DOORS = {
    rules.ORGANISATION: "setup.organisation",
    rules.AGREEMENTS: "setup.agreements",
    rules.PEOPLE: "pasting.index",
    rules.LINE: "setup.line",
    rules.DOMAINS: "setup.domains",
    rules.CARDS: "setup.cards",
}


@dataclass(frozen=True)
class Step:
    """A step of the guide, as it stands at the left."""

    key: str
    title: str
    note: str
    door: str
    done: bool


@dataclass(frozen=True)
class Link:
    """A step with its address."""

    title: str
    note: str
    url: str
    done: bool


@dataclass(frozen=True)
class Guide:
    """All steps, which of them is open (from 1), and what is left; whether it is put aside or over."""

    steps: list[Step]
    at: int
    heading: str
    aside: bool
    over: bool

    def links(self, url_for: Callable[[str], str]) -> list[Link]:
        """Return the steps as links, by the addresses of their doors."""
        return [
            Link(
                step.title,
                step.note,
                url_for(step.door),
                step.done,
            )
            for step in self.steps
        ]


def guide(stands: Stands, here: str) -> Guide:
    """Return the guide as it stands, opened at one step."""
    steps = []
    for key in rules.STEPS:
        done = stands.done(key)
        step = Step(
            key=key,
            title=gettext(TITLES[key]),
            note=_stands(stands, key) if done else gettext(NOTES[key]),
            door=DOORS[key],
            done=done,
        )
        steps.append(step)
    return Guide(
        steps,
        rules.STEPS.index(here) + 1,
        heading(len(stands.open_steps)),
        stands.aside,
        stands.over,
    )


def next_door(stands: Stands) -> str:
    """Return the door of the first step that is not done; of the last when all are."""
    left = stands.open_steps or [rules.CARDS]
    return DOORS[left[0]]


def open_steps(steps: Collection[str]) -> str:
    """Name the steps that are left; or say what comes after them."""
    if not steps:
        return gettext("Ask what they pass on, and how many places they have. Then find pairs in a round.")
    return " · ".join(gettext(TITLES[step]) for step in steps)


def heading(left: int) -> str:
    """Say how many steps are left."""
    if not left:
        return gettext("All steps are done: now the first mentors")
    return ngettext(
        "%(num)s step left before your first pair",
        "%(num)s steps left before your first pair",
        left,
    )


def _stands(stands: Stands, key: str) -> str:
    """Say what stands of a step that is done."""
    if key == rules.ORGANISATION:
        return ngettext(
            "%(num)s site",
            "%(num)s sites",
            stands.sites,
        )
    if key == rules.AGREEMENTS:
        return gettext("all agreed")
    if key == rules.PEOPLE:
        return ngettext(
            "%(num)s person",
            "%(num)s people",
            stands.people,
        )
    if key == rules.LINE:
        return _roles(stands)
    if key == rules.DOMAINS:
        domains = ngettext(
            "%(num)s domain",
            "%(num)s domains",
            stands.domains,
        )
        rosters = ngettext(
            "%(num)s roster",
            "%(num)s rosters",
            stands.rosters,
        )
        return f"{domains}, {rosters}"
    return ngettext(
        "%(num)s can sign in",
        "%(num)s can sign in",
        stands.reached,
    )


def _roles(stands: Stands) -> str:
    mentors = ngettext(
        "%(num)s mentor",
        "%(num)s mentors",
        stands.mentors,
    )
    juniors = ngettext(
        "%(num)s junior",
        "%(num)s juniors",
        stands.juniors,
    )
    return f"{mentors}, {juniors}"
