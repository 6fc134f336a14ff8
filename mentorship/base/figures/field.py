"""The field of classes: four quadrants with a mark for each duo. Where a mark stands in its quadrant says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.figures.table import Table
from mentorship.base.i18n import N_, gettext, integer

KINDS = ("on_reserve", "in_balance", "talk_now", "stuck")
"""By rows from above: the junior gets on in the upper two, the mentor keeps it up in the right two."""
UNKNOWN = "unknown"
A_ROW = 12
STEP = 14
MOST = 120
"""So many marks stand in a quadrant at most; beyond that a mark stands for some duos."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Group:
    """The duos of one class: the class in words, what it means, how many, how many of them new in it, and a link."""

    word: str
    meaning: str
    count: int
    changed: int = 0
    href: str = ""


@dataclass(frozen=True)
class FieldMark:
    """One mark of a quadrant; `fresh` stands for duos that came into their class since four weeks."""

    x: int
    y: int
    fresh: bool


@dataclass(frozen=True)
class Quadrant:
    """A class as it is drawn."""

    kind: str
    group: Group
    written: str
    changed: str
    marks: tuple[FieldMark, ...]
    width: int = A_ROW * STEP

    @property
    def height(self) -> int:
        """How high its marks stand."""
        rows = -(-len(self.marks) // A_ROW)
        return STEP * rows


@dataclass(frozen=True)
class Field:
    """Four quadrants, from above and from the left, and the strip of those not known yet."""

    quadrants: tuple[Quadrant, ...]
    unknown: Quadrant
    each: int
    note: str
    table: Table


def field(groups: Mapping[str, Group]) -> Field:
    """Show the duos by class."""
    each = _each(groups)
    quadrants = []
    for kind in KINDS:
        quadrant = _quadrant(kind, groups[kind], each)
        quadrants.append(quadrant)
    unknown = _quadrant(UNKNOWN, groups[UNKNOWN], each)
    changed = sum(groups[kind].changed for kind in KINDS)
    return Field(
        quadrants=tuple(quadrants),
        unknown=unknown,
        each=each,
        note=_note(each, changed),
        table=_table([*quadrants, unknown]),
    )


def _each(groups: Mapping[str, Group]) -> int:
    """Return for how many duos a mark stands, so that the largest group fits."""
    largest = max(groups[kind].count for kind in KINDS)
    for step in STEPS:
        if largest <= step * MOST:
            return step
    return STEPS[-1]


def _quadrant(kind: str, group: Group, each: int) -> Quadrant:
    changed = ""
    if group.changed:
        changed = gettext(
            N_("%(number)s came in since four weeks"),
            number=integer(group.changed),
        )
    return Quadrant(
        kind=kind,
        group=group,
        written=integer(group.count),
        changed=changed,
        marks=tuple(_marks(group, each)),
    )


def _marks(group: Group, each: int) -> Iterator[FieldMark]:
    """Place the marks row by row, those of new duos last."""
    number = -(-group.count // each)
    fresh = -(-group.changed // each)
    for place in range(number):
        row, column = divmod(place, A_ROW)
        yield FieldMark(
            x=STEP * column,
            y=STEP * row,
            fresh=place >= number - fresh,
        )


def _table(quadrants: Sequence[Quadrant]) -> Table:
    head = (
        gettext(N_("Class")),
        gettext(N_("Pairs")),
    )
    rows = []
    for quadrant in quadrants:
        row = quadrant.group.word, quadrant.written
        rows.append(row)
    return Table(head, rows)


def _note(each: int, changed: int) -> str:
    told = []
    if each > 1:
        stands = gettext(
            N_("One mark stands for %(each)s of them."),
            each=integer(each),
        )
        told.append(stands)
    told.append(gettext(N_("Where a mark stands in its box says nothing.")))
    if changed:
        came = gettext(
            N_("A line around it: in another class than four weeks ago (%(number)s)."),
            number=integer(changed),
        )
        told.append(came)
    return " ".join(told)
