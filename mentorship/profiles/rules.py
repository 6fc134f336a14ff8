"""Pure decisions about places, hours, learning forms, wishes and rosters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme

TOO_MANY = N_("You can confirm at most the hours that the mentor promised.")


def usable_places(
    places: int, hours: Decimal, confirmed: Decimal | None, *, confirm: bool, hours_per_pair: Decimal
) -> int:
    """Return min(places, floor(counted hours / hours a pair needs)); hours count once confirmed, if so set."""
    counted = hours
    if confirm:
        counted = confirmed or Decimal(0)
    return min(places, int(counted // hours_per_pair))


def places_that_count(offer: Capacity, settings: Programme) -> int:
    """Return how many of the places that a mentor offers count under the settings of the programme."""
    return usable_places(
        offer.places,
        offer.hours,
        offer.confirmed_hours,
        confirm=settings.confirm_hours,
        hours_per_pair=settings.hours_per_pair,
    )


def free_places(usable: int, occupied: int) -> int:
    """Return the places left; lowering below the present load is allowed and leaves none."""
    return max(0, usable - occupied)


def is_paused(paused: bool, until: date | None, today: date) -> bool:
    """Tell whether a mentor pauses today; a pause with an end is over the day after it."""
    if not paused:
        return False
    return until is None or until >= today


def confirmed_after(hours: Decimal, confirmed: Decimal | None) -> Decimal | None:
    """Return what stays confirmed (or answered) when a mentor promises `hours`: only more than that is asked anew."""
    if confirmed is None:
        return None
    return min(confirmed, hours)


def waits(hours: Decimal, confirmed: Decimal | None, answered: Decimal | None) -> bool:
    """Tell whether promised hours wait for the manager: fewer confirmed than were promised are an answer too."""
    return hours > max(confirmed or Decimal(0), answered or Decimal(0))


def check_confirmation(hours: Decimal, promised: Decimal) -> None:
    """Refuse to confirm more hours than the mentor promised."""
    if hours > promised:
        raise Refused(TOO_MANY, field="hours")


def check_pause(until: date | None, today: date) -> None:
    """Refuse a pause that is already over."""
    if until is not None and until < today:
        raise Refused(N_("This pause would be over already."), field="until")


def check_ranking(forms: Sequence[str], known: Collection[str]) -> None:
    """Refuse a ranking in which a form is missing or named twice."""
    if sorted(forms) != sorted(known):
        raise Refused(N_("Give every way of learning its own place."), field="choice")


def check_wish(person_id: int, other_id: int) -> None:
    """Refuse a wish about oneself."""
    if person_id == other_id:
        raise Refused(N_("You cannot name yourself."))


def check_followed(followed_on: date, today: date) -> None:
    """Refuse a training that is still to come."""
    if followed_on > today:
        raise Refused(N_("Log it once you have taken it: this day is still to come."), field="followed_on")


def check_guides(senior: bool, places: int) -> None:
    """Refuse who does not guide."""
    if not senior and not places:
        raise Refused(N_("Training courses are logged by mentors: set a place first."))
