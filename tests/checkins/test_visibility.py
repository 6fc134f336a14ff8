"""Who may see what of a check-in, every case of it, against a table that people read (golden/visibility.txt).

UPDATE_GOLDEN=1 rewrites the table; then read it line by line against DOMAIN.md before committing it.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product

from mentorship.checkins.signals import viewers
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import COORDINATOR, MANAGER, Actor
from mentorship.programme.rules import Visibility

GOLDEN = pathlib.Path(__file__).parent.parent / "golden" / "visibility.txt"
HEAD = """\
# Who sees what of a signal, for every kind of it, every choice of the programme, and everybody who is something to the
# pair. "whole": by its name, its day and from which answers; "unnamed": the same, but not which rule; "asked": that
# help was asked, without a day; "kind": its name, without a side or a day; "talk": no more than "talk with this duo";
# "again": also that it returned; "-": none.
# "acts": takes it on and closes it; "eases": lightens their own load in a tap; "releases": lets their line see it.
# Who is several of these sees as the first of: the one asked, a side of the pair; as line and coordinator the most.
"""
MENTOR_ID, JUNIOR_ID, ASKED_ID, VIEWER_ID = 1, 2, 3, 9
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHOICES = ("released", "classes", "aggregates", None)
TIES = ("mentor", "junior", "asked", "mentor's line", "junior's line", "coordinator")
ANSWERS = ("safety", "lowest", "low", "fall")
MOST_FIRST = ("whole", "unnamed", "asked", "kind", "talk again", "talk", "-")


@dataclass(frozen=True)
class Case:
    """A signal as it stands, under what the programme lets managers see."""

    kind: str
    side: str
    about: str
    visibility: str | None
    raised: str = "since"
    state: str = ""

    @property
    def row(self) -> Signal:
        found = Signal(
            id=1,
            mentorship_id=1,
            kind=self.kind,
            side=self.side,
            about=self.about,
            since=date(2026, 11, 1),
            evidence=["2026-11-01"],
            returned=True,
            raised_at=NOW - timedelta(days=10),
        )
        if self.kind == "help":
            found.asked_id = {"mentor": MENTOR_ID, COORDINATOR: None}.get(self.about, ASKED_ID)
        if self.state == "this week":
            found.raised_at = NOW - timedelta(days=6, hours=23)
        if self.state == "taken on":
            found.status, found.raised_at = "taken", NOW - timedelta(hours=1)
        if self.state.startswith("by the "):
            found.released_at = NOW
            found.released_by = JUNIOR_ID if self.state == "by the junior" else MENTOR_ID
        return found

    @property
    def managers(self) -> Visibility:
        changed = timedelta(minutes=-1 if self.raised == "since" else 1)
        return Visibility(self.visibility, self.row.raised_at + changed)


def looks(case: Case, *ties: str) -> str:
    """What somebody with these ties sees of a signal, in a word or two."""
    roles = {COORDINATOR} if COORDINATOR in ties else set()
    below = {person for line, person in (("mentor's line", MENTOR_ID), ("junior's line", JUNIOR_ID)) if line in ties}
    if below:
        roles.add(MANAGER)
    me, row, pair = VIEWER_ID, case.row, Mentorship(mentor_id=MENTOR_ID, junior_id=JUNIOR_ID, domain_id=1, origin="x")
    if "mentor" in ties:
        me = pair.mentor_id
    elif "junior" in ties:
        me = pair.junior_id
    if "asked" in ties:
        row.asked_id = me if row.asked_id else None
    found = viewers.look(Actor(me, frozenset(roles)), row, pair, case.managers, below, NOW)
    return "-" if found is None else " ".join([_shown(found), *_may(found)])


def _shown(found: viewers.Seen) -> str:
    shown, row = found.shown, found.row
    dated = shown.since == row.since and len(shown.evidence) == 1
    assert dated or (shown.since is None and not shown.evidence)
    again = " again" if shown.returned else ""
    if shown.kind == "talk":
        assert (shown.side, shown.about, dated) == ("both", "", False)
        return f"talk{again}"
    if (shown.kind, shown.side, dated) == (row.kind, "both", False):
        assert found.viewer == COORDINATOR and row.released_at
        return f"kind{again}"
    assert (shown.kind, shown.side) == (row.kind, row.side)
    if shown.about != row.about:
        assert (shown.kind, shown.about, dated) == ("rule", "", True)
        return f"unnamed{again}"
    return f"{'whole' if dated else 'asked'}{again}"


def _may(found: viewers.Seen) -> Iterator[str]:
    if found.acts:
        yield "acts"
    if found.eases:
        yield "eases"
    if found.releasable:
        yield "releases"


def kinds() -> Iterator[tuple[str, str, str]]:
    """Every kind of signal, drawn from which side, about what."""
    for kind, side in product(ANSWERS, ("junior", "mentor")):
        yield kind, side, ""
    yield "hours", "mentor", ""
    yield "apart", "both", ""
    yield "rule", "both", "site"
    for side, helper in product(("junior", "mentor"), ("mentor", "coordinator", "manager", "confidant")):
        if side != helper:
            yield "help", side, helper


def states(kind: str, side: str) -> tuple[str, ...]:
    """How a signal of a kind may stand, as far as that could matter."""
    if kind == "hours":
        return "this week", "a week ago", "taken on"
    if kind == "help":
        return ("",)
    return "", *(f"by the {author}" for author in ("junior", "mentor") if side in (author, "both"))


def cases() -> Iterator[Case]:
    for (kind, side, about), visibility in product(kinds(), CHOICES):
        for raised, state in product(("since", "before"), states(kind, side)):
            yield Case(kind, side, about, visibility, raised, state)


def told(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def choices(found: list[Case]) -> str:
    """Under which choices of the programme, and raised when, this is what people see."""
    raised: dict[str, list[str]] = {}
    for case in found:
        raised.setdefault(case.visibility or "none", []).append(case.raised)
    names = [name if len(set(whens)) == 2 else f"{name} {whens[0]}" for name, whens in raised.items()]
    return "any" if len(names) == len(CHOICES) and not any(" " in name for name in names) else told(names)


def test_who_sees_what_of_a_signal():
    seen: dict[tuple[str, ...], list[Case]] = {}
    for case in cases():
        cells = tuple(looks(case, tie) for tie in TIES)
        seen.setdefault((case.side, case.about, case.state, *cells), []).append(case)
    rows = [("SIGNAL", "OF", "ASKED", "STATE", "PROGRAMME", *(tie.upper() for tie in TIES))]
    for (side, about, state, *cells), found in seen.items():
        rows.append((told(case.kind for case in found), side, about or "-", state or "-", choices(found), *cells))
    widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    lines = ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    found = "\n".join([HEAD, *lines]) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(found)
    assert found == GOLDEN.read_text(), "read the difference against DOMAIN.md; if it is right: UPDATE_GOLDEN=1"


def test_who_is_several_sees_as_the_closest_or_the_most():
    for case in cases():
        asked = case.row.asked_id is not None
        for chosen in product((False, True), repeat=len(TIES)):
            ties = [tie for tie, is_one in zip(TIES, chosen, strict=True) if is_one]
            if {"mentor", "junior"} <= set(ties):
                continue
            if "asked" in ties and asked:
                expected = looks(case, "asked") if case.about != "mentor" else looks(case, "mentor")
            elif "mentor" in ties or "junior" in ties:
                expected = looks(case, "mentor" if "mentor" in ties else "junior")
            else:
                expected = min([looks(case, tie) for tie in ties], key=how_little, default="-")
            assert looks(case, *ties) == expected, (case, ties)


def how_little(cell: str) -> int:
    return next(at for at, shown in enumerate(MOST_FIRST) if cell.startswith(shown))
