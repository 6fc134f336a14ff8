"""What the sections of a profile page show, decided from the profile and from what was typed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mentorship.base.i18n import decimal, gettext, weekday
from mentorship.matching import FORMS
from mentorship.profiles import rules, words
from mentorship.profiles.models import HORIZONS, Capacity, Domain, Expertise
from mentorship.profiles.queries import Profile
from mentorship.programme.models import Programme


@dataclass(frozen=True)
class Told:
    """What was typed in a section that is shown again, and what was wrong with it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


Sections = Mapping[str, Told]
"""What there is to tell, by section; only the one that was sent is among them."""
NOTHING = Told()


def what_one_knows(profile: Profile, domains: Sequence[Domain], told: Sections) -> dict[str, Any]:
    """Return what the sections on knowing and learning show."""
    expertise = told.get("expertise", NOTHING)
    learning = told.get("learning", NOTHING)
    ranking = learning.values.get("choice", profile.wanted_forms)
    return {
        "expertise": expertise_rows(profile.expertise, expertise.values),
        "addable": domains_to_add(domains, profile.expertise),
        "add": expertise.values,
        "levels": options(words.LEVELS),
        "ranking": ranked_choices(ranking, learning.errors),
        "ways": [(form, gettext(words.FORM_NAMES[form])) for form in FORMS],
    }


def what_one_carries(profile: Profile, settings: Programme, today: date, told: Sections) -> dict[str, Any]:
    """Return what the sections on guiding show."""
    offer = profile.capacity
    offered = {
        "places": offer.places,
        "hours": decimal(offer.hours),
    }
    return {
        "offer": offer,
        "offered": told.get("places", Told(offered)).values,
        "hours_per_pair": settings.hours_per_pair,
        "hours": hours_told(offer, confirm=settings.confirm_hours),
        "usable": rules.places_that_count(offer, settings),
        "paused": rules.is_paused(offer.paused, offer.paused_until, today),
        "pausing": told.get("pause", NOTHING),
        "comfort": told.get("comfort", Told(profile.comfort)),
        "comforts": [("", ""), *options(words.COMFORT)],
        "training": told.get("training", NOTHING),
    }


def when_one_works(profile: Profile) -> dict[str, Any]:
    """Return what the sections on working time and on plans show."""
    return {
        "roster_id": profile.work.roster_id or "",
        "weekdays": weekdays(profile.days_off),
        "remote": profile.work.remote,
        "horizons": [(horizon, gettext(words.HORIZON_NAMES[horizon])) for horizon in HORIZONS],
        "horizon": profile.plan.horizon,
    }


def options(texts: Sequence[str]) -> list[tuple[object, str]]:
    """Return texts in order as the options of a select, each with its number."""
    return [(number, gettext(text)) for number, text in enumerate(texts)]


@dataclass(frozen=True)
class ExpertiseRow:
    """A domain that somebody knows: how well, whether they pass it on, and whether it is about to go."""

    domain: Domain
    level: object
    willing: bool
    remove: bool = False


def expertise_rows(known: Sequence[tuple[Domain, Expertise]], typed: Mapping[str, Any]) -> list[ExpertiseRow]:
    """Return the domains that somebody knows; where it was typed, with what was typed of them."""
    pairs = zip(
        typed.get("domain", ()),
        typed.get("level", ()),
        strict=False,
    )
    levels = dict(pairs)
    found = []
    for domain, row in known:
        key = str(domain.id)
        shown = ExpertiseRow(
            domain=domain,
            level=levels.get(key, row.level),
            willing=key in typed["willing"] if typed else row.willing,
            remove=key in typed.get("remove", ()),
        )
        found.append(shown)
    return found


def domains_to_add(domains: Iterable[Domain], known: Sequence[tuple[Domain, Expertise]]) -> list[Domain]:
    """Return the domains that somebody did not name yet."""
    named = {row.domain_id for _domain, row in known}
    found = []
    for domain in domains:
        if domain.id not in named:
            found.append(domain)
    return found


@dataclass(frozen=True)
class RankedChoice:
    """A place in somebody's order of the ways of learning, and the way that stands there."""

    id: str
    label: str
    form: str
    errors: Mapping[str, str]


def ranked_choices(ranking: Sequence[str], errors: Mapping[str, str]) -> list[RankedChoice]:
    """Return the places of an order; what is wrong with it is said where nothing was chosen."""
    found = []
    for place, label in enumerate(words.CHOICES):
        form = ranking[place] if place < len(ranking) else ""
        choice = RankedChoice(
            id=f"choice-{place}",
            label=gettext(label),
            form=form,
            errors={} if form else errors,
        )
        found.append(choice)
    return found


@dataclass(frozen=True)
class Weekday:
    """A day of the week, and whether it is out of somebody's roster: off, or at school."""

    number: str
    name: str
    off: bool
    school: bool


def weekdays(days_off: Mapping[int, bool]) -> list[Weekday]:
    """Return the days of the week; `days_off` holds True for a school day."""
    found = []
    for number in range(7):
        day = Weekday(
            number=str(number),
            name=weekday(number),
            off=days_off.get(number) is False,
            school=days_off.get(number) is True,
        )
        found.append(day)
    return found


@dataclass(frozen=True)
class HoursTold:
    """How the hours that a mentor promised stand with their manager, with an icon."""

    icon: str
    text: str


def hours_told(offer: Capacity, *, confirm: bool) -> HoursTold | None:
    """Tell how the hours that a mentor promised stand with their manager; nothing when none were."""
    if not offer.hours:
        return None
    confirmed = offer.confirmed_hours or Decimal(0)
    if not confirm or confirmed >= offer.hours:
        return HoursTold("check", gettext("The hours are confirmed in the schedule."))
    hours = decimal(confirmed)
    if rules.waits(offer.hours, offer.confirmed_hours, offer.answered_hours):
        waiting = gettext(
            "Your manager still has to confirm the hours in the schedule (confirmed now: %(hours)s).",
            hours=hours,
        )
        return HoursTold("hourglass", waiting)
    fewer = gettext("Your manager confirmed %(hours)s of these hours in the schedule.", hours=hours)
    return HoursTold("check", fewer)


def days_out(days_off: Mapping[int, bool]) -> list[str]:
    """Name the weekdays out of somebody's roster."""
    found = []
    for number, school in sorted(days_off.items()):
        name = weekday(number)
        if school:
            name += f" ({gettext('school')})"
        found.append(name)
    return found


def plan_told(profile: Profile) -> str:
    """Return what somebody told of how long they expect to stay; "" when nothing."""
    if profile.plan.horizon == "unknown":
        return ""
    return gettext(words.HORIZON_NAMES[profile.plan.horizon])
