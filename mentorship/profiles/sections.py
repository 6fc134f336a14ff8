"""What the sections of a profile page show, decided from the profile and from what was typed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mentorship.base.figures.pips import Pips, levels, places
from mentorship.base.i18n import decimal, gettext, weekday
from mentorship.matching import FORMS
from mentorship.profiles import coverage, rules, words
from mentorship.profiles.contact.models import Contact
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
        "addable": [("", ""), *words.domain_options(domains_to_add(domains, profile.expertise))],
        "add": expertise,
        "rungs": rungs(),
        "ranking": ranked_choices(ranking, learning.errors),
        "ways": [(form, gettext(words.FORM_NAMES[form])) for form in FORMS],
    }


def what_one_carries(profile: Profile, settings: Programme, today: date, told: Sections) -> dict[str, Any]:
    """Return what the sections on guiding show."""
    offer = profile.capacity
    usable = rules.places_that_count(offer, settings)
    offered = {
        "places": offer.places,
        "hours": decimal(offer.hours),
    }
    return {
        "offer": offer,
        "offered": told.get("places", Told(offered)).values,
        "placing": told.get("places", NOTHING).errors,
        "hours_per_pair": settings.hours_per_pair,
        "hours": hours_told(offer, confirm=settings.confirm_hours),
        "usable": usable,
        "paused": rules.is_paused(offer.paused, offer.paused_until, today),
        "pausing": told.get("pause", NOTHING),
        "counting": places(usable, usable, idle=max(0, offer.places - usable)),
        "comfort": _comfort(profile, told),
        "comforts": [(str(number), text) for number, text in options(words.COMFORT)],
        "training": told.get("training", NOTHING),
    }


def _comfort(profile: Profile, told: Sections) -> Told:
    known = {form: str(value) for form, value in profile.comfort.items()}
    return told.get("comfort", Told(known))


def when_one_works(profile: Profile, told: Sections) -> dict[str, Any]:
    """Return what the sections on working time and on plans show."""
    out = profile.days_off
    shown = {
        "roster_id": profile.roster_id or "",
        "off": [str(number) for number, school in out.items() if not school],
        "school": [str(number) for number, school in out.items() if school],
        "remote": profile.work.remote,
    }
    return {
        "time": told.get("time", Told(shown)),
        "weekdays": [(str(number), weekday(number)) for number in range(7)],
        "horizons": [(horizon, gettext(words.HORIZON_NAMES[horizon])) for horizon in HORIZONS],
        "horizon": profile.plan.horizon,
        "leaves_soon": profile.plan.horizon in coverage.SOON,
    }


def as_seen(profile: Profile, settings: Programme, today: date) -> dict[str, Any]:
    """Return what the coordinator sees of somebody's profile."""
    offer = profile.capacity
    ways = []
    for form, value in profile.comfort.items():
        way = gettext(words.FORM_NAMES[form])
        suits = gettext(words.COMFORT[value])
        ways.append((way, suits))
    usable = rules.places_that_count(offer, settings)
    return {
        "profile": profile,
        "expertise": expertise_rows(profile.expertise, {}),
        "learns_by": [gettext(words.FORM_NAMES[form]) for form in profile.wanted_forms],
        "teaches_by": ways,
        "days_out": days_out(profile.days_off),
        "offer": offer,
        "usable": usable,
        "counting": places(usable, usable, idle=max(0, offer.places - usable)),
        "paused": rules.is_paused(offer.paused, offer.paused_until, today),
        "plan": plan_told(profile),
    }


def options(texts: Sequence[str]) -> list[tuple[object, str]]:
    """Return texts in order as the options of a select, each with its number."""
    return [(number, gettext(text)) for number, text in enumerate(texts)]


@dataclass(frozen=True)
class ChosenRung:
    """A level that somebody may say they have: its dots, its word and an example."""

    level: int
    pips: Pips
    word: str
    example: str


def rungs() -> list[ChosenRung]:
    """Return the levels, the highest on top."""
    found = []
    for level, word in enumerate(words.LEVELS):
        rung = ChosenRung(
            level=level,
            pips=levels(level),
            word=gettext(word),
            example=gettext(words.EXAMPLES[level]),
        )
        found.append(rung)
    return found[::-1]


@dataclass(frozen=True)
class ExpertiseRow:
    """A domain that somebody knows: how well, and whether they pass it on; as it is told while folded."""

    domain: Domain
    level: str
    word: str
    willing: bool
    answer: str
    pips: Pips


def expertise_rows(known: Sequence[tuple[Domain, Expertise]], typed: Mapping[str, Any]) -> list[ExpertiseRow]:
    """Return the domains that somebody knows; where it was typed, with what was typed of them."""
    pairs = zip(
        typed.get("domain", ()),
        typed.get("level", ()),
        strict=False,
    )
    chosen = dict(pairs)
    found = []
    for domain, row in known:
        key = str(domain.id)
        shown = ExpertiseRow(
            domain=domain,
            level=chosen.get(key, str(row.level)),
            word=gettext(words.LEVELS[row.level]),
            willing=key in typed["willing"] if key in chosen else row.willing,
            answer=_level_told(row),
            pips=levels(row.level),
        )
        found.append(shown)
    return found


def _level_told(row: Expertise) -> str:
    word = gettext(words.LEVELS[row.level])
    if not row.willing:
        return word
    return " · ".join([word, gettext("I pass it on")])


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
    """Return the places of an order; what is wrong with it is said where nothing, or the same again, was chosen."""
    found = []
    for place, label in enumerate(words.CHOICES):
        form = ranking[place] if place < len(ranking) else ""
        right = form and form not in ranking[:place]
        choice = RankedChoice(
            id=f"choice-{place}",
            label=gettext(label),
            form=form,
            errors={} if right else errors,
        )
        found.append(choice)
    return found


def how_one_is_reached(chosen: Contact, told: Sections) -> dict[str, Any]:
    """Return what the section on being reached shows."""
    said = told.get("contact", Told({"phone": chosen.phone}))
    sent = "contact" in told
    return {
        "reached_by": said,
        "show_phone": "show_phone" in said.values if sent else chosen.show_phone,
        "show_email": "show_email" in said.values if sent else chosen.show_email,
    }


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
