"""A mentor as a line of the list: what they carry, and the question for their manager with what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mentorship.base.figures.hours import FULL, HourBar, hour_bar
from mentorship.base.figures.pips import Pips
from mentorship.base.figures.pips import places as place_pips
from mentorship.base.i18n import N_, decimal, gettext, ngettext
from mentorship.insight.acts import Act
from mentorship.insight.queries import Guided, Load
from mentorship.mentorships.hours.rules import Balance
from mentorship.profiles.rules import TOO_MANY, usable_places
from mentorship.programme.models import Programme

Item = tuple[str, str, str]
"""A consequence: its icon, a sentence, and "warn" where it asks for attention."""


@dataclass(frozen=True)
class Then:
    """What follows when so many hours are confirmed."""

    hours: Decimal
    title: str
    items: list[Item]
    button: str


@dataclass(frozen=True)
class Ask:
    """The question how many of the promised hours are free: the answer chosen, filled in, with what was wrong."""

    question: str
    promised: Decimal
    answer: str
    values: Mapping[str, str]
    errors: Mapping[str, str]
    then: Then


@dataclass(frozen=True)
class LoadLine:
    """What a mentor carries, and what their manager may do about the hours."""

    load: Load
    pips: Pips
    bar: HourBar
    planned: str
    button: str
    juniors: Sequence[Guided] = ()
    ask: Ask | None = None
    acts: Sequence[Act] = ()


def scale(loads: Sequence[Load]) -> Decimal:
    """Return how many hours a week the bars of a table must have room for."""
    most = Decimal(FULL)
    for load in loads:
        most = max(most, load.hours, load.confirmed or most)
        if load.balance is not None:
            most = max(most, load.balance.spent / load.balance.weeks)
    return most


def line(
    load: Load,
    full: Decimal,
    juniors: Sequence[Guided],
    own: bool,
    ask: Ask | None,
    acts: Sequence[Act],
) -> LoadLine:
    """Return a mentor as they stand in the list; `own` when the reader answers for their hours."""
    return LoadLine(
        load=load,
        pips=_pips(load),
        bar=_bar(load, full),
        planned=_planned(load),
        button=_button(load) if own else "",
        juniors=juniors,
        ask=ask,
        acts=acts,
    )


def _pips(load: Load) -> Pips:
    return place_pips(
        load.taken - load.proposed,
        load.usable,
        proposed=load.proposed,
        idle=load.places - max(load.usable, min(load.taken, load.places)),
    )


def _bar(load: Load, full: Decimal) -> HourBar:
    confirmed = load.confirmed or Decimal(0)
    promised = None if load.hours == confirmed else load.hours
    found = load.balance
    if found is None:
        bar = hour_bar(
            0,
            confirmed,
            promised,
            full,
        )
        return replace(bar, count=gettext("no hours logged yet"))
    return _spent(found, promised, full)


def _spent(found: Balance, promised: Decimal | None, full: Decimal) -> HourBar:
    """Show the hours of the last noted weeks as those of one; whether they are over follows from the sums, exactly."""
    agreed = found.confirmed or Decimal(0)
    a_week = hour_bar(
        found.spent / found.weeks,
        agreed / found.weeks,
        promised,
        full,
    )
    exact = hour_bar(found.spent, agreed, full=full * found.weeks)
    bar = replace(
        exact,
        flag=a_week.flag,
        count=a_week.count,
        promise=a_week.promise,
    )
    if found.confirmed is not None:
        return bar
    plain = [replace(part, kind="spent") for part in bar.stretches]
    count = ngettext("%(num)s hour, none confirmed", "%(num)s hours, none confirmed", found.spent / found.weeks)
    return replace(
        bar,
        stretches=tuple(plain),
        count=count,
        verdict="",
        tone="",
    )


def _planned(load: Load) -> str:
    if not load.hours:
        return gettext("no hours promised")
    if load.waits and not load.confirmed:
        return ngettext("of %(num)s hour promised", "of %(num)s hours promised", load.hours)
    free = ngettext("%(num)s hour free", "%(num)s hours free", load.confirmed or Decimal(0))
    if not load.partly_confirmed:
        return free
    return gettext(
        N_("%(free)s, %(hours)s promised"),
        free=free,
        hours=decimal(load.hours),
    )


def _button(load: Load) -> str:
    if load.waits:
        return gettext("Confirm")
    return gettext("Change") if load.hours else ""


def question(load: Load) -> str:
    """Ask how many of the hours that a mentor promised are free."""
    return ngettext(
        "%(name)s promised %(num)s hour a week. How much is free?",
        "%(name)s promised %(num)s hours a week. How much is free?",
        load.hours,
        name=load.person.given_name,
    )


def then(load: Load, hours: Decimal, settings: Programme) -> Then:
    """Return what follows when a manager confirms so many hours."""
    places = usable_places(
        load.places,
        load.hours,
        hours,
        confirm=settings.confirm_hours,
        hours_per_pair=settings.hours_per_pair,
    )
    items = list(_items(load, places))
    if hours > load.hours:
        items = [("alert-triangle", gettext(TOO_MANY), "warn")]
    return Then(
        hours=hours,
        title=ngettext("If you confirm %(num)s hour", "If you confirm %(num)s hours", hours),
        items=items,
        button=ngettext("Confirm %(num)s hour", "Confirm %(num)s hours", hours),
    )


def _items(load: Load, places: int) -> Iterator[Item]:
    yield "users", _counting(load, places), ""
    running = load.taken - load.proposed
    if running:
        said = ngettext("The running pair goes on as it is", "The %(num)s running pairs go on as they are", running)
        yield "check", said, ""
    if load.proposed:
        said = ngettext("The proposal stays", "The %(num)s proposals stay", load.proposed)
        yield "hourglass", said, ""
    free = places - load.taken
    if load.paused:
        said = gettext("The mentor is paused: nobody new comes until that ends")
        yield "player-pause", said, ""
    elif free < 0:
        said = gettext("There are more pairs than places then: nobody new comes until there is room")
        yield "alert-triangle", said, "warn"
    elif free:
        said = ngettext("%(num)s place is free for a new junior", "%(num)s places are free for a new junior", free)
        yield "user-plus", said, ""
    else:
        yield "user-check", gettext("No place is free for a new junior"), ""


def _counting(load: Load, places: int) -> str:
    if places == load.usable:
        return ngettext("%(num)s place counts, as now", "%(num)s places count, as now", places)
    return ngettext(
        "%(num)s place counts, now %(before)s",
        "%(num)s places count, now %(before)s",
        places,
        before=load.usable,
    )
