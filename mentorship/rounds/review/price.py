"""What choosing another mentor would cost, in one sentence: who loses a mentor, who moves, how well it fits then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import gettext, joined, ngettext
from mentorship.matching import SCALE
from mentorship.rounds.review.words import NOTHING

NAMED = 3
"""So many of those who move alike are named; the others are counted."""
POINT = SCALE / 100
LITTLE = 5 * POINT
"""Who fits less by less than this gets somebody who fits a little less."""
LOSES, GAINS, LITTLE_LESS, LESS, ALIKE, BETTER = "loses", "gains", "little less", "less", "alike", "better"
MOVES = LITTLE_LESS, LESS, ALIKE, BETTER


@dataclass(frozen=True)
class Changed:
    """Somebody, by name, with the score of their pair before a choice and after it, in millionths; None: no pair."""

    name: str
    before: int | None
    after: int | None

    @property
    def how(self) -> str:
        """Tell what becomes of somebody who is moved."""
        if self.after is None:
            return LOSES
        if self.before is None:
            return GAINS
        rises = self.after - self.before
        if rises > 0:
            return BETTER
        if rises == 0:
            return ALIKE
        return LITTLE_LESS if -rises < LITTLE else LESS


def price(own: Changed, others: Sequence[Changed], loss: Sequence[float], *, waits: bool) -> str:
    """Say in one sentence what a choice costs; `own`: whose request it is, `others`: whom it moves besides.

    `loss` is in requests and score, what the whole outcome falls by; `waits`: waiting counts in it.
    """
    *requests, value = loss
    if not others and own.before == own.after and abs(value) <= NOTHING:
        return gettext("Costs nobody anything: it fits as well for all.")
    by_how = _by_how(others)
    clauses = [
        _mentors(by_how[LOSES], anybody=bool(others)),
        _own(own),
        *_of_others(by_how),
    ]
    if not round(sum(requests)) and _tells_more(own, others, value):
        clauses.append(_in_all(value, waits=waits))
    said = "; ".join(clause for clause in clauses if clause)
    return f"{said[0].upper()}{said[1:]}."


def _by_how(others: Iterable[Changed]) -> Mapping[str, list[str]]:
    """Return the names of those who are moved, by what becomes of them."""
    found: dict[str, list[str]] = defaultdict(list)
    for other in others:
        found[other.how].append(other.name)
    return found


def _named(names: Sequence[str]) -> str:
    shown = sorted(names)[:NAMED]
    more = len(names) - len(shown)
    if more:
        rest = ngettext("%(num)s more", "%(num)s more", more)
        return joined([*shown, rest])
    return joined(shown)


def _mentors(losing: Sequence[str], *, anybody: bool) -> str:
    if losing:
        return ngettext(
            "costs %(num)s other a mentor: %(names)s",
            "costs %(num)s others a mentor: %(names)s",
            len(losing),
            names=_named(losing),
        )
    if anybody:
        return gettext("costs nobody a mentor")
    return gettext("costs nobody a mentor and moves nobody else")


def _of_others(by_how: Mapping[str, list[str]]) -> Iterable[str]:
    gaining = by_how.get(GAINS)
    if gaining:
        yield ngettext(
            "%(num)s other then has one: %(names)s",
            "%(num)s others then have one: %(names)s",
            len(gaining),
            names=_named(gaining),
        )
    for how in MOVES:
        names = by_how.get(how)
        if names:
            yield _WORDS[how](len(names), _named(names))


def _little_less(number: int, names: str) -> str:
    return ngettext(
        "%(num)s other gets somebody who fits a little less: %(names)s",
        "%(num)s others get somebody who fits a little less: %(names)s",
        number,
        names=names,
    )


def _less(number: int, names: str) -> str:
    return ngettext(
        "%(num)s other gets somebody who fits less: %(names)s",
        "%(num)s others get somebody who fits less: %(names)s",
        number,
        names=names,
    )


def _alike(number: int, names: str) -> str:
    return ngettext(
        "%(num)s other gets somebody who fits as well: %(names)s",
        "%(num)s others get somebody who fits as well: %(names)s",
        number,
        names=names,
    )


def _better(number: int, names: str) -> str:
    return ngettext(
        "%(num)s other gets somebody who fits better: %(names)s",
        "%(num)s others get somebody who fits better: %(names)s",
        number,
        names=names,
    )


_WORDS: Mapping[str, Callable[[int, str], str]] = {
    LITTLE_LESS: _little_less,
    LESS: _less,
    ALIKE: _alike,
    BETTER: _better,
}


def _own(own: Changed) -> str:
    """Say what it is to whose request it is: they have another mentor then, or one at last."""
    if own.after is None:
        return gettext("%(name)s then has none", name=own.name)
    if own.before is None:
        return gettext("%(name)s then has one", name=own.name)
    if own.before == own.after:
        return gettext("for %(name)s it fits as well", name=own.name)
    # as the page shows both, so that they can be subtracted
    points = round(own.after / POINT) - round(own.before / POINT)
    if not points:
        return gettext("for %(name)s it fits almost as well", name=own.name)
    if points > 0:
        return ngettext(
            "for %(name)s it fits %(num)s point better",
            "for %(name)s it fits %(num)s points better",
            points,
            name=own.name,
        )
    return ngettext(
        "for %(name)s it fits %(num)s point less",
        "for %(name)s it fits %(num)s points less",
        -points,
        name=own.name,
    )


def _tells_more(own: Changed, others: Sequence[Changed], value: float) -> bool:
    """Tell whether the whole changes otherwise than the one request does: others move, or loads count."""
    if others or own.before is None or own.after is None:
        return True
    return abs((own.before - own.after) / SCALE - value) > NOTHING


def _in_all(value: float, *, waits: bool) -> str:
    points = round(100 * value)
    if abs(value) <= NOTHING:
        return gettext("in all it is as good")
    if not points:
        return gettext("in all next to nothing less")
    if waits:
        return ngettext(
            "in all %(num)s point less, with waiting counted",
            "in all %(num)s points less, with waiting counted",
            points,
        )
    return ngettext(
        "in all %(num)s point less",
        "in all %(num)s points less",
        points,
    )
