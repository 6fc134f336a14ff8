"""The words for the states of a mentorship, and the sentences about where one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.i18n import N_, day, gettext, long_day, ngettext
from mentorship.mentorships.models import (
    ACTIVE,
    CHANGED,
    ENDED,
    NOT_FITTING,
    PAUSED,
    REACHED,
    REFUSED,
    TIME,
    WELL,
    Mentorship,
)
from mentorship.mentorships.rules import PAUSES
from mentorship.people.models import Person

STATUS_NAMES = {
    "proposed": N_("proposal"),
    "active": N_("running"),
    "paused": N_("paused"),
    "ended": N_("ended"),
    "refused": N_("said no"),
    "expired": N_("not answered in time"),
    "lapsed": N_("lapsed"),
    "withdrawn": N_("withdrawn"),
}
ENDINGS = {
    REACHED: N_("The goal is reached"),
    TIME: N_("The time agreed on is over"),
    CHANGED: N_("The work or the place changed"),
    NOT_FITTING: N_("It did not work out together"),
}
"""How a pair can have ended: of the pair, and never a verdict on one of the two."""


def made_how(pair: Mentorship) -> str:
    """Say how these two came to be proposed."""
    if pair.origin == "direct":
        return gettext("Chosen by hand from those who fit best, outside a round.")
    return gettext("Together with all other pairs this gives the most people a good mentor.")


def story(pair: Mentorship, sides: Iterable[Person] = ()) -> list[str]:
    """Return how a mentorship came to stand where it does, and until when: a sentence for each day that counts."""
    found = [*_last_days(pair, sides), *_begins(pair)]
    if pair.started_on:
        text = gettext("Together since %(day)s", day=day(pair.started_on))
        found.append(text)
    found += _over(pair)
    if pair.status == PAUSED and pair.paused_until:
        text = gettext("It resumes by itself on %(day)s.", day=day(pair.paused_until))
        found.append(text)
    if pair.runs and pair.ends_on:
        found.append(gettext("ends on %(day)s", day=day(pair.ends_on)))
    elif pair.runs and pair.expected_end:
        text = gettext("meant to run until %(day)s", day=day(pair.expected_end))
        found.append(text)
    return found


def _begins(pair: Mentorship) -> list[str]:
    """Say when a pair begins to which both said yes, while managers may still object to it."""
    if not pair.agreed:
        return []
    said = gettext("Both said yes; they begin on %(day)s unless a manager objects", day=day(pair.begins_on))
    return [said]


def _over(pair: Mentorship) -> list[str]:
    """Return how it came to be over."""
    if pair.ended_on is None:
        return []
    on = {"day": day(pair.ended_on)}
    if pair.expired:
        text = gettext(
            "They did not both answer in time, so this proposal lapsed on %(day)s. Nobody said no: a next round may "
            "propose these two again.",
            **on,
        )
    elif pair.withdrawn:
        text = gettext("Withdrawn on %(day)s; neither of the two said no", **on)
    elif pair.lapsed:
        text = gettext("Lapsed on %(day)s, because one of the two left", **on)
    elif pair.status == REFUSED:
        text = gettext("Said no on %(day)s", **on)
    elif pair.by_leaving:
        text = gettext("Ended on %(day)s, because one of the two left", **on)
    else:
        text = gettext("Ended on %(day)s", **on)
    return [text]


def parting(pair: Mentorship) -> list[str]:
    """Return how a pair ended, or is to end, and the word of thanks to both, for the two and the coordinator."""
    found = []
    how = pair.ends_as if pair.runs else pair.ended_as
    if how in ENDINGS:
        found.append(gettext(ENDINGS[how]))
    if pair.farewell:
        found.append(gettext("“%(words)s”", words=pair.farewell))
    return found


def may_wish_again(pair: Mentorship) -> bool:
    """Tell whether the two of a pair can say that they would like each other again: it ended well."""
    return pair.status == ENDED and pair.ended_as in WELL


def again(other: Person, *, both: bool) -> str:
    """Say to who would like the same one again what comes of it."""
    if both:
        return gettext("You both said that you would like each other again, so you can be paired again.")
    return gettext(
        "You said that you would like %(name)s again. Only you and the coordinator see it, until %(name)s says the "
        "same.",
        name=other.given_name,
    )


def _last_days(pair: Mentorship, sides: Iterable[Person]) -> list[str]:
    found = []
    for person in sides:
        if person.last_day is not None and pair.status in (ACTIVE, PAUSED):
            text = gettext("%(name)s: last working day %(day)s", name=person.name, day=day(person.last_day))
            found.append(text)
    return found


SLOWER = (2, 4, 8)
"""So many weeks the days of goals move by a tap."""


@dataclass(frozen=True)
class PauseUntil:
    """A day on which a pause can end: how long that is, and the day as it is shown and sent."""

    title: str
    note: str
    value: str


def pauses(today: date) -> list[PauseUntil]:
    """Return the pauses that are offered for a tap."""
    found = []
    for weeks in PAUSES:
        until = today + timedelta(weeks=weeks)
        way = PauseUntil(
            title=ngettext("%(num)s week", "%(num)s weeks", weeks),
            note=gettext("resumes on %(day)s", day=long_day(until)),
            value=until.isoformat(),
        )
        found.append(way)
    return found


def slower() -> list[PauseUntil]:
    """Return by how many weeks the pace is slowed by a tap."""
    found = []
    for weeks in SLOWER:
        way = PauseUntil(
            title=ngettext("%(num)s week more", "%(num)s weeks more", weeks),
            note="",
            value=str(weeks),
        )
        found.append(way)
    return found
