"""What each fold of one's own profile tells while it is closed, and what is missing of a profile. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mentorship.base.i18n import decimal, gettext, joined, ngettext
from mentorship.profiles import rules, words
from mentorship.profiles.contact.queries import Reach
from mentorship.profiles.models import Training
from mentorship.profiles.queries import Profile
from mentorship.profiles.sections import days_out
from mentorship.programme.models import Programme

DONE, TODO, PLAIN = "done", "todo", "plain"
"""Filled in, missing, or what may stay empty."""
NOTHING_SHOWN = Reach()
FOLD_OF = {"comfort": "carry", "places": "carry", "pause": "carry"}
"""The fold of a section that has none of its own."""
FIRST_OF = {"carry": "places"}
"""The first form of a fold that has several."""


@dataclass(frozen=True)
class Teller:
    """Whose profile is told of: what they do in the programme decides what is missing."""

    takes_part: bool
    offers: bool
    settings: Programme
    today: date


@dataclass(frozen=True)
class Fold:
    """A fold: its answer, its state, and a word beside it where that needs one; whether it is open."""

    answer: str
    state: str = PLAIN
    word: str = ""
    open: bool = False


def folds(
    profile: Profile,
    trainings: Sequence[Training],
    roster: str,
    who: Teller,
    opened: Collection[str],
    reach: Reach = NOTHING_SHOWN,
    *,
    is_found: bool = False,
) -> dict[str, Fold]:
    """Return the folds by section: those that something lacks in are open, and those asked for."""
    found = {
        "learning": _learning(profile, who),
        "expertise": _expertise(profile, who),
        "time": _time(profile, roster, who),
        "carry": _carry(profile, who),
        "training": _training(trainings),
        "findable": _findable(is_found=is_found),
        "contact": _contact(reach),
        "wishes": _wishes(profile),
        "plans": _plans(profile),
    }
    for key, fold in found.items():
        if fold.state == TODO:
            found[key] = replace(fold, open=True)
    for section in opened:
        key = FOLD_OF.get(section, section)
        if key in found:
            found[key] = replace(found[key], open=True)
    return found


def first_form(asked: str, found: dict[str, Fold], opened: Collection[str]) -> str:
    """Return the form that stands alone where no script runs: the one asked for, or the first of an open fold."""
    parts = [part for part in opened if part and part not in found]
    if asked or parts:
        return asked or parts[0]
    for key, fold in found.items():
        if fold.open and (key in opened or not any(opened)):
            return FIRST_OF.get(key, key)
    return ""


def lacking(profile: Profile, roster: str, who: Teller) -> list[str]:
    """Return the sections in which something is missing."""
    found = folds(
        profile,
        [],
        roster,
        who,
        (),
    )
    return [key for key, fold in found.items() if fold.state == TODO]


def _findable(*, is_found: bool) -> Fold:
    if is_found:
        return Fold(gettext("yes, with my name and site"))
    return Fold(gettext("no, only counted"))


def _missing(answer: str) -> Fold:
    """Return a fold that something lacks in."""
    return Fold(answer, TODO, gettext("missing"))


def finding(found: dict[str, Fold], who: Teller) -> str:
    """Return what the page says of the whole profile."""
    lacking = sum(fold.state == TODO for fold in found.values())
    if lacking:
        return ngettext(
            "Your profile is almost complete: %(num)s thing is missing",
            "Your profile is not complete: %(num)s things are missing",
            lacking,
        )
    if who.takes_part:
        return gettext("Your profile is complete")
    return gettext("Nothing has to be filled in here, and all of it may be")


def finding_of(name: str, profile: Profile) -> str:
    """Return what the coordinator reads above somebody's profile."""
    passed_on = sum(row.willing for _domain, row in profile.expertise)
    if passed_on:
        return ngettext(
            "%(name)s passes on %(num)s domain",
            "%(name)s passes on %(num)s domains",
            passed_on,
            name=name,
        )
    if not profile.expertise:
        return gettext("%(name)s has filled in no domain yet", name=name)
    return ngettext(
        "%(name)s knows %(num)s domain, and passes none on",
        "%(name)s knows %(num)s domains, and passes none on",
        len(profile.expertise),
        name=name,
    )


def _learning(profile: Profile, who: Teller) -> Fold:
    if profile.wanted_forms:
        first = profile.wanted_forms[0]
        way = gettext(words.FORM_NAMES[first])
        answer = gettext("First choice: %(way)s", way=way)
        return Fold(answer, DONE)
    answer = gettext("Not said yet")
    if who.takes_part:
        return _missing(answer)
    return Fold(answer)


def _expertise(profile: Profile, who: Teller) -> Fold:
    known = profile.expertise
    passed_on = sum(row.willing for _domain, row in known)
    answer = gettext("Nothing yet")
    if known:
        answer = ngettext("%(num)s domain", "%(num)s domains", len(known))
    if passed_on:
        willing = ngettext("%(num)s that I pass on", "%(num)s that I pass on", passed_on)
        answer = f"{answer}, {willing}"
    elif who.offers:
        lacking = gettext("nothing to pass on yet")
        return _missing(f"{answer}; {lacking}")
    if not known:
        return Fold(answer)
    return Fold(answer, DONE)


def _time(profile: Profile, roster: str, who: Teller) -> Fold:
    if not roster:
        answer = gettext("No roster yet")
        if who.takes_part:
            return _missing(answer)
        return Fold(answer)
    parts = [roster]
    if profile.days_off:
        out = days_out(profile.days_off)
        parts.append(gettext("not on %(days)s", days=joined(out)))
    if profile.work.remote:
        parts.append(gettext("also remotely"))
    return Fold(" · ".join(parts), DONE)


def _carry(profile: Profile, who: Teller) -> Fold:
    offer = profile.capacity
    if not offer.places:
        return Fold(gettext("No place set, and that is fine"))
    answer = ngettext(
        "%(num)s place, %(hours)s hours a week",
        "%(num)s places, %(hours)s hours a week",
        offer.places,
        hours=decimal(offer.hours),
    )
    if not profile.comfort:
        lacking = gettext("not said yet which way suits you")
        return _missing(f"{answer}; {lacking}")
    if rules.is_paused(offer.paused, offer.paused_until, who.today):
        return Fold(answer, word=gettext("paused"))
    if rules.places_that_count(offer, who.settings) < offer.places:
        return Fold(answer, word=gettext("not all count"))
    return Fold(answer, DONE)


def _training(trainings: Sequence[Training]) -> Fold:
    if not trainings:
        return Fold(gettext("None yet"))
    return Fold(ngettext("%(num)s training course", "%(num)s training courses", len(trainings)), DONE)


def _contact(reach: Reach) -> Fold:
    shown = [each for each in (reach.phone, reach.email) if each]
    if not shown:
        return Fold(gettext("Nothing shown, and that is fine"))
    return Fold(" · ".join(shown), DONE)


def _wishes(profile: Profile) -> Fold:
    if not profile.wishes:
        return Fold(gettext("Nobody named, and that is fine"))
    counted = ngettext("%(num)s colleague named", "%(num)s colleagues named", len(profile.wishes))
    return Fold(gettext("%(counted)s; only the coordinator sees whom", counted=counted), DONE)


def _plans(profile: Profile) -> Fold:
    if profile.plan.horizon == "unknown":
        return Fold(gettext("Not filled in, and that is fine"))
    return Fold(gettext("Filled in; only you and the coordinator see it"), DONE)
