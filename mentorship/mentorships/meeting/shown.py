"""A first meeting as one of the two finds it: each point with its answer, who waits for whom, and what to tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import gettext
from mentorship.mentorships.meeting import offered, words
from mentorship.mentorships.meeting.forms import shown
from mentorship.mentorships.meeting.offered import Brought
from mentorship.mentorships.meeting.points import FORM, POINTS, Option, Point
from mentorship.mentorships.meeting.rules import NOTHING_CHOSEN, Choice, Choices, Standing, standing

DONE, TODO, PLAIN = "done", "todo", "plain"
"""How a fold looks: agreed, needs a look, may stay as it is."""


@dataclass(frozen=True)
class Reading:
    """Who reads it: on which side of the pair, what the other is called, and whether something can be chosen."""

    side: str
    name: str
    changing: bool


@dataclass(frozen=True)
class Tap:
    """A choice as a button: whether it holds or waits, and what is said of that."""

    option: Option
    here: bool
    glyph: str
    said: str


@dataclass(frozen=True)
class PointRow:
    """A point on the page: its answer while it is closed, a word about what waits, and its choices."""

    key: str
    question: str
    title: str
    help: str
    glyph: str
    answer: str
    state: str
    word: str
    open: bool
    taps: Sequence[Tap]
    mine: bool
    """Whether the reader can take back what waits there."""


@dataclass(frozen=True)
class Agreed:
    """What stands at a point, in a list: its title, the answer, and the value by which a yes says so."""

    title: str
    answer: str
    value: str


def rows(choices: Choices, brings: Brought, titles: Mapping[int, str], reading: Reading) -> list[PointRow]:
    """Return the ten points; the first at which nothing was chosen is open."""
    stands = standing(choices, reading.side)
    first = stands.open[0] if stands.open and reading.changing else ""
    found = []
    for point in POINTS:
        choice = choices.get(point.key, NOTHING_CHOSEN)
        taps = _taps(point, choice, offered.options(point.key, brings, choice, titles), reading)
        row = PointRow(
            key=point.key,
            question=gettext(point.question),
            title=gettext(point.title),
            help=gettext(point.help) if point.help else "",
            glyph=point.glyph,
            answer=_answer(point, choice, titles, reading),
            state=_state(choice, reading),
            word=gettext("your yes") if choice.by and choice.by != reading.side else "",
            open=point.key == first,
            taps=taps,
            mine=choice.by == reading.side,
        )
        found.append(row)
    return found


def _state(choice: Choice, reading: Reading) -> str:
    if choice.by and choice.by != reading.side:
        return TODO
    return DONE if choice.agreed and not choice.by else PLAIN


def _answer(point: Point, choice: Choice, titles: Mapping[int, str], reading: Reading) -> str:
    """Say in a line what stands at a point."""
    if not choice.by:
        return offered.title(point.key, choice.agreed, titles)
    proposed = offered.title(point.key, choice.proposed, titles)
    told = {"choice": proposed, "name": reading.name}
    if choice.by == reading.side:
        told_new = gettext("%(choice)s, once %(name)s says yes", **told)
    else:
        told_new = gettext("%(name)s proposes: %(choice)s", **told)
    if not choice.agreed:
        return told_new
    holds = offered.title(point.key, choice.agreed, titles)
    return gettext("Now: %(holds)s. %(proposal)s", holds=holds, proposal=told_new)


def _taps(point: Point, choice: Choice, options: Sequence[Option], reading: Reading) -> list[Tap]:
    found = []
    for option in options:
        if option.key == choice.proposed:
            mine = choice.by == reading.side
            said = gettext("waits for the yes of %(name)s", name=reading.name)
            if not mine:
                said = gettext("proposed by %(name)s: tap to say yes", name=reading.name)
            found.append(Tap(option, True, "hourglass", said))
        elif option.key == choice.agreed:
            said = gettext("agreed")
            if choice.by:
                said = gettext("holds until you both agree on something else")
            found.append(Tap(option, True, "check", said))
        else:
            found.append(Tap(option, False, "chevron-right", ""))
    return found


def proposed(choices: Choices, stands: Standing, titles: Mapping[int, str]) -> list[Agreed]:
    """Return what the other proposes, to say yes to in one go."""
    found = []
    for point in POINTS:
        if point.key in stands.theirs:
            key = choices[point.key].proposed
            answer = offered.title(point.key, key, titles)
            found.append(Agreed(gettext(point.title), answer, shown(point.key, key)))
    return found


def agreed(choices: Choices, titles: Mapping[int, str]) -> list[Agreed]:
    """Return what both agreed, point by point."""
    found = []
    for point in POINTS:
        key = choices.get(point.key, NOTHING_CHOSEN).agreed
        if key:
            answer = offered.title(point.key, key, titles)
            found.append(Agreed(gettext(point.title), answer, shown(point.key, key)))
    return found


@dataclass(frozen=True)
class Box:
    """A first meeting on the page of a pair: how far it is, how the two work, and what leads to it."""

    title: str
    note: str
    calls: bool
    """Whether something waits for the reader."""
    form: str
    meaning: str
    button: str


def box(choices: Choices, reading: Reading, *, aside: bool) -> Box:
    """Return what the page of a pair says of its first meeting."""
    stands = standing(choices, reading.side)
    form = choices.get(FORM, NOTHING_CHOSEN).agreed
    named, meaning = words.form_told(form, reading.side, reading.name) if form else ("", "")
    calls = reading.changing and bool(stands.theirs or (stands.open and not aside))
    title = words.heading(stands, reading.name, over=not reading.changing)
    return Box(
        title,
        words.in_short(stands, reading.name) if reading.changing else "",
        calls,
        named,
        meaning,
        words.button(stands, changing=reading.changing),
    )
