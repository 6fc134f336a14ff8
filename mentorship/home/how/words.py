"""The rules, the weights and what never counts, in the order of the page. Pure; tests hold it against the match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mentorship.base.i18n import N_, decimal, gettext, ngettext, percent
from mentorship.matching import CRITERIA
from mentorship.mentorships.explanation import TITLES
from mentorship.rounds.gather import MOST_WAITING

RULES = {
    "self": N_("You are never your own mentor."),
    "expertise": N_(
        "A mentor stands at “can do it alone” or above in the domain that you named first, above you, and where you "
        "want to get to (“can explain it” is always enough); and wants to pass it on."
    ),
    "trainer": N_(
        "Did you ask for a practice trainer, then the mentor has a certificate for it that was confirmed and is valid."
    ),
    "line": N_("Neither of you is the other's manager, nor stands above the other's manager."),
    "apart": N_("Neither of you blocked the other, and you were no pair before, nor said no to each other."),
    "language": N_("You share a language to work in."),
    "site": N_("You work at the same site, or the domain can be learned at a distance and you both can work so."),
    "meeting": N_(
        "You both have a roster and meet enough: two shifts together in four weeks and never four weeks without one, "
        "or at a distance an hour of work in common in two weeks."
    ),
    "place": N_("The mentor has a place free, is not paused, and is there in the first weeks."),
}
"""Who can be whose mentor, in the order in which the match asks it."""

PARTS = {
    "domain": N_(
        "How much of what you want to learn the mentor can pass on. What matters most to you counts most. A mentor far "
        "above your goal counts a little less: others need them more."
    ),
    "together": N_("How much of your work you do at the same time and place."),
    "preference": N_("How you like to learn, beside how the mentor likes to mentor. Not filled in counts as half."),
    "continuity": N_("Whether knowledge that few people have is passed on. A pair is never refused for lack of this."),
    "wish": N_("Whether one of you named the other as wanted."),
}
"""What is looked at when two may be a pair."""

NEVER = (
    N_("Age, date of birth, generation or years of service: nobody can fill them in here."),
    N_("How many hours a week you work. What counts is whether you two meet."),
    N_("Answers to check-ins, hours that were logged, and signals."),
    N_("Being ill, days off, or why somebody is away."),
    N_("What a manager thinks of you."),
    N_("Anything that a computer learned from earlier pairs. It learns nothing: it follows these rules."),
)
"""What never counts in how well two match."""

PEOPLE = (
    N_("The coordinator looks at the outcome and can change it; every change is written down with who made it."),
    N_("Both of you can say no, without giving a reason."),
    N_("Everybody can ask why: why this mentor, why not another one, and why nobody was found."),
)
"""What people decide."""


@dataclass(frozen=True)
class Part:
    """A part of how well two match: what it is, and how much it counts now."""

    title: str
    weight: str
    meaning: str


def rules() -> list[str]:
    """Return who can be whose mentor, step by step."""
    return [gettext(text) for text in RULES.values()]


def parts(weights: Mapping[str, float]) -> list[Part]:
    """Return what is looked at, the heaviest first, each with its share of all weights."""
    whole = sum(weights.values())
    found = []
    for name in sorted(CRITERIA, key=lambda name: -weights[name]):
        share = weights[name] / whole if whole else 0
        part = Part(
            gettext(TITLES[name]),
            percent(share),
            gettext(PARTS[name]),
        )
        found.append(part)
    return found


def floor(least: float) -> str:
    """Say which pairs are never proposed."""
    return gettext(
        "A pair that matches less than %(floor)s is never proposed, not even when there is nobody else.",
        floor=percent(least),
    )


def places(hours: Decimal, confirm: bool) -> str:
    """Say what a place asks of a mentor."""
    said = ngettext(
        "A junior asks %(num)s hour a week of a mentor.",
        "A junior asks %(num)s hours a week of a mentor.",
        hours,
    )
    if not confirm:
        return said
    told = gettext("The manager says how many hours are free; only those count.")
    return f"{said} {told}"


def spread(cost: float) -> str:
    """Say how the work is spread over mentors."""
    if not cost:
        return gettext("A second junior for the same mentor counts as much as a first one.")
    return gettext(
        "For a second junior of the same mentor %(cost)s is deducted, for a third twice that, and so on.",
        cost=decimal(cost, 3),
    )


def waiting(bonus: float) -> str:
    """Say what waiting counts."""
    if not bonus:
        return gettext("How long somebody waits does not count.")
    return gettext(
        "Each round without a mentor adds %(bonus)s to what helping somebody is worth, %(most)s at most: when places "
        "are short, who waits goes before somebody who fits a little better.",
        bonus=decimal(bonus, 3),
        most=decimal(MOST_WAITING, 3),
    )


def announcing(days: int) -> str:
    """Say what managers may object to before a round is published."""
    if not days:
        return gettext("What a round found is published without asking managers first.")
    return ngettext(
        "Before a round is published, the managers of both sides have %(num)s working day to object to a pair, with one"
        " of four fixed reasons. Who says nothing consents, but not while they are away without a stand-in.",
        "Before a round is published, the managers of both sides have %(num)s working days to object to a pair, with"
        " one of four fixed reasons. Who says nothing consents, but not while they are away without a stand-in.",
        days,
    )
