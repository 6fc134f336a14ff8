"""An outcome in words, and as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mentorship.base import i18n
from mentorship.base.i18n import N_, decimal, gettext, integer, ngettext, percent
from mentorship.file_round.outcome import Outcome
from mentorship.file_round.solved import Row
from mentorship.matching import SCALE

PROVED = N_("Proved: no other way to pair them is better.")
CHECKED = N_("The outcome was checked again by a separate part of the program.")
MOST_LINES = 10
"""So many mentors with whom one more place helps are named in the terminal and on the page; JSON has them all."""


def headline(outcome: Outcome) -> str:
    """Return what came of it, in one sentence."""
    found = outcome["quality"]
    if not found["requests"]:
        return gettext(N_("Nobody asks for a mentor"))
    return ngettext(
        "A mentor for %(matched)s of %(num)s request",
        "A mentor for %(matched)s of %(num)s requests",
        found["requests"],
        matched=integer(found["matched"]),
    )


def figures(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the quality figures with their names."""
    found = outcome["quality"]
    blocking = gettext(N_("Not in a pair, and both would rather have each other"))
    return [
        (gettext(N_("Requests")), integer(found["requests"])),
        (gettext(N_("Matched")), integer(found["matched"])),
        (gettext(N_("Eligible pairs")), integer(found["eligible_pairs"])),
        (gettext(N_("Average score")), _score(found["mean"])),
        (gettext(N_("Lowest score")), _score(found["lowest"])),
        (gettext(N_("Got their best mentor")), percent(found["first"])),
        (gettext(N_("Got one of their best three")), percent(found["top_three"])),
        (blocking, integer(found["blocking"])),
        (gettext(N_("Value of the round")), _value(outcome["objective"])),
        (gettext(N_("Highest possible value")), _value(outcome["bound"])),
    ]


def _score(score: float | None) -> str:
    return "–" if score is None else percent(score)


def _value(objective: Sequence[int]) -> str:
    return decimal(objective[-1] / SCALE, 6)


def gain(one: Row) -> str:
    """Return what one more place with a mentor brings."""
    value = decimal(one["score"], 2, fixed=True)
    score = gettext(N_("%(score)s more value"), score=value)
    if not one["requests"]:
        return score
    return ngettext(
        "%(num)s more request, %(score)s",
        "%(num)s more requests, %(score)s",
        one["requests"],
        score=score,
    )


def shortage(one: Row) -> str:
    """Return by how much a bottleneck is short."""
    return ngettext(
        "%(requests)s requests, %(num)s place: %(short)s too few",
        "%(requests)s requests, %(num)s places: %(short)s too few",
        one["places"],
        requests=integer(len(one["requests"])),
        short=integer(one["short"]),
    )


def proved() -> str:
    """Return why the outcome can be relied on."""
    return f"{gettext(PROVED)} {gettext(CHECKED)}"


def talk(outcome: Outcome, place: Path | None) -> Iterator[str]:
    """Return what to say beside the outcome."""
    yield proved()
    if outcome["set_aside"]:
        yield ngettext(
            "%(num)s row was set aside; the round ran without it.",
            "%(num)s rows were set aside; the round ran without them.",
            len(outcome["set_aside"]),
        )
    if outcome["filled"]:
        yield ngettext(
            "%(num)s cell could not be read; its row went in without it.",
            "%(num)s cells could not be read; their rows went in without them.",
            len(outcome["filled"]),
        )
    if place:
        yield gettext(
            N_("The report is in %(name)s. It names people: it is for the coordinator alone."),
            name=str(place),
        )


def to_text(outcome: Outcome) -> str:
    """Return the outcome as lines to read, in the language in force."""
    return "\n".join(_lines(outcome))


def headings(outcome: Outcome) -> dict[str, str]:
    """Return the titles of the parts of a report, by their key."""
    pairs = integer(len(outcome["pairs"]))
    unmatched = integer(len(outcome["unmatched"]))
    set_aside = integer(len(outcome["set_aside"]))
    return {
        "quality": gettext(N_("How good it is")),
        "bottlenecks": gettext(N_("Too few places")),
        "places": gettext(N_("Where one more place helps")),
        "pairs": gettext(N_("Pairs (%(number)s)"), number=pairs),
        "unmatched": gettext(N_("Nobody found (%(number)s)"), number=unmatched),
        "set_aside": gettext(N_("Rows set aside (%(number)s)"), number=set_aside),
    }


def _lines(outcome: Outcome) -> Iterator[str]:
    parts = {
        "pairs": _aligned(map(_pair, outcome["pairs"])),
        "unmatched": _aligned(map(_nobody_found, outcome["unmatched"])),
        "quality": [f"{name}: {value}" for name, value in figures(outcome)],
        "bottlenecks": map(_bottleneck, outcome["bottlenecks"]),
        "places": _aligned(map(_helping, outcome["places_that_help"][:MOST_LINES])),
        "set_aside": map(aside, outcome["set_aside"]),
    }
    titles = headings(outcome)
    yield headline(outcome)
    for name, lines in parts.items():
        yield from _section(titles[name], lines)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {line}" for line in lines]
    if found:
        yield ""
        yield title
        yield from found


def _pair(one: Row) -> list[str]:
    return [
        percent(one["score"]),
        one["junior"],
        one["junior_name"],
        one["mentor"],
        one["mentor_name"],
        one["domain"],
        one["site"],
    ]


def _nobody_found(one: Row) -> list[str]:
    return [
        one["junior"],
        one["junior_name"],
        one["domain"],
        one["site"],
        one["reason"],
    ]


def _helping(one: Row) -> list[str]:
    return [
        one["mentor"],
        one["mentor_name"],
        gain(one),
    ]


def _aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    found = list(rows)
    columns = zip(*found, strict=True)
    widths = [max(map(len, column)) for column in columns]
    for row in found:
        cells = map(str.ljust, row, widths)
        yield "  ".join(cells).rstrip()


def _bottleneck(one: Row) -> str:
    asked = i18n.joined([request["junior_name"] for request in one["requests"]])
    guides = i18n.joined([mentor["mentor_name"] for mentor in one["mentors"]])
    return f"{shortage(one)}: {asked} ({guides})"


def aside(one: Row) -> str:
    """Return a row that was set aside, and why."""
    where = f"{one['file']}:{one['line']}"
    if one["key"]:
        where = f"{where} {one['key']}"
    return f"{where}: {one['reason']}"
