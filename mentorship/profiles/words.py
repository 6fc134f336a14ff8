"""The words in which profiles speak to people; never a bare number for a level."""

from __future__ import annotations

from collections.abc import Iterable

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.profiles.models import Domain

LEVELS = (
    N_("not yet"),
    N_("have watched it"),
    N_("with guidance"),
    N_("can do it alone"),
    N_("can explain it"),
    N_("the go-to person"),
)
EXAMPLES = (
    N_("I have never done it."),
    N_("I stood by while somebody else did it."),
    N_("I do it myself while somebody looks on."),
    N_("I do it alone, and it is right."),
    N_("I show somebody else how it is done, then I look on."),
    N_("They call me for the hard cases."),
)
"""What each level looks like, as who stands there would say it."""
FORM_NAMES = {
    "on_the_job": N_("doing it on the job"),
    "classroom": N_("in a classroom"),
    "online": N_("online"),
    "with_colleague": N_("together with an experienced colleague"),
    "short_modules": N_("in short modules"),
}
CHOICES = (
    N_("first choice"),
    N_("second choice"),
    N_("third choice"),
    N_("fourth choice"),
    N_("fifth choice"),
)
"""The places in one's order of the ways of learning."""
COMFORT = (
    N_("does not suit me"),
    N_("rather not"),
    N_("all right"),
    N_("suits me"),
    N_("suits me very well"),
)
HORIZON_NAMES = {
    "unknown": N_("I do not know or would rather not say"),
    "under_1": N_("less than a year"),
    "1_to_3": N_("1 to 3 years"),
    "3_to_5": N_("3 to 5 years"),
    "over_5": N_("more than 5 years"),
}


def wishes_named(number: int) -> str:
    """Say how many people somebody named, as wanted or not."""
    if not number:
        return gettext("You named nobody: everybody who fits counts")
    return ngettext("You named %(num)s colleague", "You named %(num)s colleagues", number)


def domain_options(domains: Iterable[Domain]) -> list[tuple[object, str]]:
    """Return domains to choose from, each with its word of explanation."""
    return [(domain.id, ": ".join(filter(None, [domain.title, domain.told]))) for domain in domains]
