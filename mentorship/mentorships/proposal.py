"""A proposal in words for one of the two: what is asked, how it stands, what happens next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentorship.base.i18n import day, gettext, long_day
from mentorship.mentorships.models import JUNIOR, MENTOR, PROPOSED, Mentorship
from mentorship.people.models import Person


@dataclass(frozen=True)
class Proposal:
    """A proposal as one of the two reads it; `next_steps` in their order."""

    heading: str
    brief: str
    next_steps: list[str]
    answered: bool
    is_open: bool


def proposal(pair: Mentorship, side: str, other: Person, domain: str, last_day: date | None) -> Proposal:
    """Return a proposal for the reader on this side."""
    own, theirs = pair.junior_accepted, pair.mentor_accepted
    if side == MENTOR:
        own, theirs = theirs, own
    if pair.agreed:
        return Proposal(
            heading=gettext("You both said yes"),
            brief=begins(pair),
            next_steps=_next_steps(side, pair)[1:],
            answered=True,
            is_open=True,
        )
    is_open = pair.status == PROPOSED
    if not is_open:
        return Proposal(
            heading=_over(own, other, pair),
            brief=_what_now(pair),
            next_steps=[],
            answered=True,
            is_open=False,
        )
    return Proposal(
        heading=_asked(side, other, domain) if own is None else _waits(other),
        brief=_until(other, last_day, answered=own is not None, theirs=bool(theirs)),
        next_steps=_next_steps(side, pair),
        answered=own is not None,
        is_open=True,
    )


def _asked(side: str, other: Person, domain: str) -> str:
    if side == JUNIOR:
        return gettext("%(name)s can be your mentor in %(domain)s", name=other.name, domain=domain)
    return gettext("%(name)s wants to learn %(domain)s, and you fit", name=other.name, domain=domain)


def _waits(other: Person) -> str:
    return gettext("You said yes; now it is up to %(name)s", name=other.given_name)


def _until(other: Person, last_day: date | None, *, answered: bool, theirs: bool) -> str:
    said = []
    if theirs:
        yes = gettext("%(name)s said yes already.", name=other.given_name)
        said.append(yes)
    if last_day:
        text = gettext("Answer by %(day)s; after that the proposal lapses.", day=long_day(last_day))
        if answered:
            text = gettext("It can be answered until %(day)s; after that the proposal lapses.", day=long_day(last_day))
        said.append(text)
    return " ".join(said)


def begins(pair: Mentorship) -> str:
    """Say when a pair begins to which both said yes, as managers may object until then."""
    if pair.begins_on is None:
        return ""
    return gettext(
        "Both said yes: you begin on %(day)s. You were paired at once, so until then your managers may object.",
        day=long_day(pair.begins_on),
    )


def _over(own: bool | None, other: Person, pair: Mentorship) -> str:
    if pair.withdrawn:
        return gettext("The proposal with %(name)s was withdrawn", name=other.name)
    if pair.expired:
        return gettext("You did not both answer in time")
    if own is False:
        return gettext("You said no to the proposal with %(name)s", name=other.name)
    return gettext("The proposal with %(name)s does not go ahead", name=other.name)


def _what_now(pair: Mentorship) -> str:
    said = gettext("You two are not proposed again.")
    if pair.by_leaving:
        said = gettext("One of you two left. Nobody said no.")
    elif pair.withdrawn:
        said = gettext("It is not because of you, and neither of you said no.")
    elif pair.expired:
        said = gettext("Nobody said no: a next round may propose you two again.")
    return f"{day(pair.ended_on)}. {said}" if pair.ended_on else said


def _next_steps(side: str, pair: Mentorship) -> list[str]:
    both = gettext("Do you both say yes, then you begin at once, and find each other on the page of your pair.")
    if pair.begins_on is not None:
        both = gettext(
            "Do you both say yes, then you begin on %(day)s at the soonest: until then your managers may object.",
            day=long_day(pair.begins_on),
        )
    later = gettext("After some shifts together you each get a check-in of two minutes. Only you see your answers.")
    no = gettext("Does one of you say no, then your request goes to the next round. You two are not proposed again.")
    if side == MENTOR:
        no = gettext("Does one of you say no, then your place is free again. You two are not proposed again.")
    return [both, later, no]
