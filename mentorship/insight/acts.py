"""What may be done from the row of a mentor, in the order in which it is offered. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mentorship.base.i18n import day, gettext
from mentorship.insight.forms import ALL, FEWER
from mentorship.insight.queries import Load

Pair = tuple[str, str]
"""A new pair that waits for the reader's word: the place of its card on the page of those, and the junior's name."""


@dataclass(frozen=True)
class Act:
    """Something to do: its words, its door, and what goes with it; `sends`: it is done at once.

    Without a door it only says something.
    """

    text: str
    endpoint: str = ""
    at: Mapping[str, Any] = field(default_factory=dict)
    sends: bool = False


@dataclass(frozen=True)
class Reader:
    """Who reads the list: for whom they answer about hours, whether they coordinate, and where they are.

    `asked`: when each manager was asked again who is left alone now; None where no mail is sent. `pairs`: by mentor,
    those that wait for the reader's word. `view`: what is chosen of the list; `back`: its address.
    """

    below: Collection[int]
    coordinates: bool
    asked: Mapping[int, date] | None
    pairs: Mapping[int, Sequence[Pair]]
    view: Mapping[str, Any]
    back: str


def acts(load: Load, reader: Reader) -> list[Act]:
    """Return what this reader may do with a mentor."""
    person_id = load.person.id or 0
    back = f"{reader.back}#p{person_id}"
    found = [*_pairs(person_id, reader, back)]
    if person_id in reader.below:
        found += _hours(load, reader)
    if reader.coordinates and load.waits:
        found.append(_again(load, reader, back))
    if load.places and (reader.coordinates or person_id in reader.below):
        found.append(
            Act(
                gettext("Fewer places"),
                "lowering.show",
                {"person_id": person_id, "back": back},
            )
        )
    what_if = {"who": person_id, "_anchor": "who"}
    found.append(Act(gettext("What if"), "what_if.index", what_if))
    return found


def _pairs(person_id: int, reader: Reader, back: str) -> Iterator[Act]:
    for key, junior in reader.pairs.get(person_id, ()):
        yield Act(
            gettext("Say what you think of the pair with %(name)s", name=junior),
            "announcing.index",
            {"back": back, "_anchor": key},
        )


def _hours(load: Load, reader: Reader) -> Iterator[Act]:
    """Yield the ways to answer about the hours: all of them while they wait, and fewer."""
    at = {**reader.view, "open": load.person.id, "_anchor": f"p{load.person.id}"}
    if load.waits:
        yield Act(gettext("Confirm the hours"), "insight.index", {**at, "answer": ALL})
        yield Act(gettext("Confirm fewer hours"), "insight.index", {**at, "answer": FEWER})
    elif load.hours:
        yield Act(gettext("Lower the hours"), "insight.index", {**at, "answer": FEWER})


def _again(load: Load, reader: Reader, back: str) -> Act:
    """Return that the manager is asked again, or when they were."""
    if reader.asked is None:
        return Act(gettext("The manager has not confirmed the hours yet"))
    asked_on = reader.asked.get(load.person.manager_id or 0)
    if asked_on is not None:
        return Act(gettext("The manager was asked on %(day)s", day=day(asked_on)))
    return Act(
        gettext("Ask the manager again"),
        "managers.ask_again",
        {"person_id": load.person.id, "back": back},
        sends=True,
    )
