"""What there is to tap when asking for a mentor: domains with who passes them on, and the levels. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.db import id_of
from mentorship.base.figures.ladder import Rung, ladder, places_on
from mentorship.base.i18n import gettext, ngettext
from mentorship.mentor_requests.rules import TOLD_FROM
from mentorship.profiles.models import Domain
from mentorship.profiles.words import EXAMPLES, LEVELS

BEGINS = range(len(LEVELS) - 1)
"""The levels that one can learn on from."""


@dataclass(frozen=True)
class Tap:
    """A domain to choose, and something to know about it."""

    domain_id: int
    text: str
    note: str


@dataclass(frozen=True)
class Choice:
    """The domains that colleagues at one's own site pass on, and the others; not `nearby`: all there are, together."""

    near: Sequence[Tap]
    others: Sequence[Tap]
    nearby: bool
    site: str
    full: bool
    """The request has no room for another domain."""


@dataclass(frozen=True)
class Known:
    """What is known when somebody chooses a domain: who passes each on, their own levels, what they asked already."""

    passed_on: Mapping[int, int]
    levels: Mapping[int, int]
    asked: Collection[int]
    full: bool
    """The request has no room for another domain, so that only those asked can be chosen, to change them."""


def choice(domains: Sequence[Domain], known: Known, site: str) -> Choice:
    """Return what there is to learn: first what can be learned nearby, or all where nothing can."""
    near: list[Tap] = []
    others: list[Tap] = []
    for domain in domains:
        domain_id = id_of(domain)
        if known.full and domain_id not in known.asked:
            continue
        tap = Tap(domain_id, domain.title, _note(domain, known))
        is_near = domain_id in known.passed_on or domain_id in known.asked
        (near if is_near else others).append(tap)
    return Choice(
        near=near or others,
        others=others if near else (),
        nearby=bool(near) and not known.full,
        site=site,
        full=known.full,
    )


def _note(domain: Domain, known: Known) -> str:
    domain_id = id_of(domain)
    if domain_id in known.asked:
        return gettext("already in your request; choose it to change it")
    said = [domain.told, _passed_on(known.passed_on.get(domain_id, 0), domain.remote)]
    level = known.levels.get(domain_id)
    if level:
        own = gettext("you: %(level)s", level=gettext(LEVELS[level]))
        said.append(own)
    return " · ".join(filter(None, said))


def _passed_on(count: int, remote: bool) -> str:
    if not count:
        return gettext("can be learned at a distance") if remote else ""
    text = gettext("one or two colleagues pass this on")
    if count >= TOLD_FROM:
        text = ngettext("%(num)s colleague passes this on", "%(num)s colleagues pass this on", count)
    if remote:
        return gettext("%(colleagues)s, also at a distance", colleagues=text)
    return text


def starts(known: int | None) -> tuple[Rung, ...]:
    """Return the rungs that one can stand on, with an example of each."""
    words = _capital(LEVELS[: len(BEGINS)])
    examples = [gettext(text) for text in EXAMPLES]
    return places_on(words, examples, known)


def goals(current: int) -> tuple[Rung, ...]:
    """Return the ladder for who stands on `current`: what is above can be asked for."""
    examples = [gettext(text) for text in EXAMPLES]
    return ladder(_capital(LEVELS), examples, current)


def examples_above(current: int, target: int) -> list[str]:
    """Return what one could say of oneself on the way to a level, and there: a goal to tap instead of to type."""
    return [gettext(text) for text in EXAMPLES[current + 1 : target + 1]]


def _capital(words: Sequence[str]) -> list[str]:
    return [gettext(word).capitalize() for word in words]
