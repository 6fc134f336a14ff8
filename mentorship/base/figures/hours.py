"""The hour bar: what was spent a week of what is confirmed, on one scale for a whole table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mentorship.base.i18n import N_, decimal, gettext, ngettext

FULL = 10
"""So many hours a week are as wide as the scale."""
WIDTH = 180
END = 6
"""Room at the right for a flag at the end of the scale."""
APART = 2
WIDE = Decimal("1.25")
"""From so many times the confirmed hours on they are well over."""
Hours = Decimal | int


@dataclass(frozen=True)
class Stretch:
    """A part of a bar: room (confirmed), spent, over, or wide (well over, which is hatched)."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class HourBar:
    """A bar with its flag, if there is one, and the words under it: how many, how far over, what more."""

    stretches: tuple[Stretch, ...]
    flag: float | None
    count: str
    verdict: str
    promise: str
    tone: str
    """"" within the hours, "warn" over them, "bad" well over them."""
    width: int = WIDTH + END

    @property
    def said(self) -> str:
        """All of it in one sentence."""
        more = f": {self.verdict}" if self.verdict else ""
        promise = f"; {self.promise}" if self.promise else ""
        return self.count + more + promise


VERDICTS = {
    "": "",
    "over": N_("a little over"),
    "wide": N_("well over"),
}
TONES = {
    "": "",
    "over": "warn",
    "wide": "bad",
}


def hour_bar(spent: Hours, confirmed: Hours, promised: Hours | None = None, full: Hours = FULL) -> HourBar:
    """Show hours a week; the promised ones only where they differ. `full` is the most that the table has to show."""
    over = _over(spent, confirmed)
    differs = promised is not None and promised != confirmed
    count = ngettext(
        "%(spent)s of %(num)s hour",
        "%(spent)s of %(num)s hours",
        confirmed,
        spent=decimal(spent, 1),
    )
    return HourBar(
        stretches=tuple(_stretches(spent, confirmed, over, full)),
        flag=_length(promised, full) if differs and promised is not None else None,
        count=count,
        verdict=gettext(VERDICTS[over]),
        promise=_promise(promised) if differs else "",
        tone=TONES[over],
    )


def _promise(hours: Hours | None) -> str:
    return gettext(
        N_("%(hours)s promised"),
        hours=decimal(hours, 1),
    )


def _over(spent: Hours, confirmed: Hours) -> str:
    if spent <= confirmed:
        return ""
    return "wide" if spent >= confirmed * WIDE else "over"


def _stretches(spent: Hours, confirmed: Hours, over: str, full: Hours) -> Iterator[Stretch]:
    room = _length(confirmed, full)
    used = _length(spent, full)
    if room:
        yield Stretch(0, room, "room")
    if used and room:
        yield Stretch(0, min(used, room), "spent")
    if over:
        start = room + APART if room else 0
        yield Stretch(start, max(used - start, 1), over)


def _length(hours: Hours, full: Hours) -> float:
    share = min(float(hours) / float(full), 1)
    return round(WIDTH * share, 1)
