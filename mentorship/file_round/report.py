"""An outcome as text for the terminal and as one page to keep: a coordinator's, for it names people."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mentorship.base import i18n
from mentorship.base.config import resource
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, decimal, gettext, integer, ngettext, percent
from mentorship.file_round.outcome import FUNNEL_STEPS, Outcome, Row
from mentorship.file_round.pictures import pictures
from mentorship.matching import CRITERIA, SCALE
from mentorship.programme.words import CRITERION_NAMES
from mentorship.rounds.words import FUNNEL

PROVED = N_("Proved: no other way to pair them is better.")
CHECKED = N_("The outcome was checked again by a part that knows nothing of the solver.")
MOST_LINES = 10
"""So many mentors with whom one more place helps are named in the terminal and on the page; JSON has them all."""


def headline(outcome: Outcome) -> str:
    """Return what came of it, in one sentence."""
    figures = outcome["quality"]
    if not figures["requests"]:
        return gettext(N_("Nobody asks for a mentor"))
    return gettext(
        N_("A mentor for %(matched)s of %(requests)s requests"),
        matched=integer(figures["matched"]), requests=integer(figures["requests"]),
    )  # fmt: skip


def figures(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the quality figures with their names."""
    found = outcome["quality"]
    mean, lowest = ("–" if score is None else percent(score) for score in (found["mean"], found["lowest"]))
    return [
        (gettext(N_("Requests")), integer(found["requests"])),
        (gettext(N_("Matched")), integer(found["matched"])),
        (gettext(N_("Eligible pairs")), integer(found["eligible_pairs"])),
        (gettext(N_("Mean score")), mean),
        (gettext(N_("Lowest score")), lowest),
        (gettext(N_("Got their best mentor")), percent(found["first"])),
        (gettext(N_("Got one of their best three")), percent(found["top_three"])),
        (gettext(N_("Not in a pair, and both would rather have each other")), integer(found["blocking"])),
        (gettext(N_("Value of the round")), decimal(outcome["objective"][-1] / SCALE, 6)),
        (gettext(N_("Highest possible value")), decimal(outcome["bound"][-1] / SCALE, 6)),
    ]


def gain(one: Row) -> str:
    """Return what one more place with a mentor brings."""
    score = gettext(N_("%(score)s more value"), score=decimal(one["score"], 2, fixed=True))
    if not one["requests"]:
        return score
    return ngettext("%(num)s more request, %(score)s", "%(num)s more requests, %(score)s", one["requests"], score=score)


def shortage(one: Row) -> str:
    """Return by how much a bottleneck is short."""
    return ngettext(
        "%(requests)s requests, %(num)s place: %(short)s too few",
        "%(requests)s requests, %(num)s places: %(short)s too few",
        one["places"],
        requests=integer(len(one["requests"])),
        short=integer(one["short"]),
    )


def talk(outcome: Outcome, place: Path | None) -> Iterator[str]:
    """Return what to say beside the outcome."""
    yield f"{gettext(PROVED)} {gettext(CHECKED)}"
    if outcome["set_aside"]:
        yield ngettext(
            "%(num)s row was set aside; the round ran without it.",
            "%(num)s rows were set aside; the round ran without them.",
            len(outcome["set_aside"]),
        )
    if place:
        yield gettext(
            N_("The report is in %(name)s. It names people: it is for the coordinator alone."), name=str(place)
        )


def to_text(outcome: Outcome) -> str:
    """Return the outcome as lines to read, in the language in force."""
    return "\n".join(_lines(outcome))


def headings(outcome: Outcome) -> dict[str, str]:
    """Return the titles of the parts of a report, by their key."""
    counted = {name: integer(len(outcome[name])) for name in ("pairs", "unmatched", "set_aside")}
    return {
        "quality": gettext(N_("How good it is")),
        "bottlenecks": gettext(N_("Too few places")),
        "places": gettext(N_("Where one more place helps")),
        "pairs": gettext(N_("Pairs (%(number)s)"), number=counted["pairs"]),
        "unmatched": gettext(N_("Nobody found (%(number)s)"), number=counted["unmatched"]),
        "set_aside": gettext(N_("Rows set aside (%(number)s)"), number=counted["set_aside"]),
    }


def _lines(outcome: Outcome) -> Iterator[str]:
    titles = headings(outcome)
    yield headline(outcome)
    names = ("junior", "junior_name", "mentor", "mentor_name", "domain", "site")
    pairs = [[percent(one["score"]), *_cells(one, *names)] for one in outcome["pairs"]]
    yield from _section(titles["pairs"], _aligned(pairs))
    unmatched = [_cells(one, "junior", "junior_name", "domain", "site", "reason") for one in outcome["unmatched"]]
    yield from _section(titles["unmatched"], _aligned(unmatched))
    yield from _section(titles["quality"], (f"{name}: {value}" for name, value in figures(outcome)))
    yield from _section(titles["bottlenecks"], map(_bottleneck, outcome["bottlenecks"]))
    helping = [[*_cells(one, "mentor", "mentor_name"), gain(one)] for one in outcome["places_that_help"][:MOST_LINES]]
    yield from _section(titles["places"], _aligned(helping))
    yield from _section(titles["set_aside"], map(aside, outcome["set_aside"]))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *(f"  {line}" for line in found))


def _cells(row: Row, *names: str) -> list[str]:
    return [row[name] for name in names]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _bottleneck(one: Row) -> str:
    asked = i18n.joined([request["junior_name"] for request in one["requests"]])
    guides = i18n.joined([mentor["mentor_name"] for mentor in one["mentors"]])
    return f"{shortage(one)}: {asked} ({guides})"


def aside(one: Row) -> str:
    """Return a row that was set aside, and why."""
    where = f"{one['file']}:{one['line']}"
    return f"{where} {one['key']}: {one['reason']}" if one["key"] else f"{where}: {one['reason']}"


def to_html(outcome: Outcome) -> str:
    """Return the outcome as one page that needs nothing else, in the language in force."""
    folder = resource("templates")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    environment.filters.update(percent=percent, integer=integer, decimal=decimal)
    environment.globals.update(_=gettext, ngettext=ngettext, locale=i18n.locale)
    return environment.get_template("file_round/report.html").render(
        outcome=outcome,
        headline=headline(outcome),
        headings=headings(outcome),
        proved=f"{gettext(PROVED)} {gettext(CHECKED)}",
        figures=figures(outcome),
        pictures=pictures(outcome),
        criteria=[(name, gettext(CRITERION_NAMES[name])) for name in CRITERIA],
        steps=[(step, gettext(text)) for step, text in zip(FUNNEL_STEPS, FUNNEL, strict=True)],
        gain=gain,
        shortage=shortage,
        aside=aside,
        most=MOST_LINES,
        style=_style(folder),
    )


def _style(folder: Path) -> Markup:
    """Return our own style sheet and letter within the page, for the page goes where no server is."""
    sheet = (folder / "file_round" / "report.css").read_text(encoding="utf-8")
    letter = b64encode((resource("static") / "vendor" / "inter-latin.woff2").read_bytes()).decode()
    face = f'@font-face{{font-family:"Inter Variable";font-weight:100 900;src:url(data:font/woff2;base64,{letter})}}'
    return Markup(f"<style>{face}\n{sheet}</style>")  # noqa: S704 (nothing in it comes from the files)


def check_place(path: Path) -> None:
    """Refuse a folder that is not there, before the work is done."""
    if not os.path.isdir(path.parent):  # noqa: PTH112 (pathlib fails on a name that is too long)
        raise Refused(N_("There is no folder %(name)s to put the report in."), name=str(path.parent))


def write(path: Path, text: str) -> None:
    """Put the page in place whole or not at all: who looks meanwhile sees the earlier one."""
    made = path.with_name(f".leermaat-{os.getpid()}")
    try:
        made.write_text(text, encoding="utf-8")
        made.replace(path)
    except OSError as failure:
        raise Refused(N_("The report cannot be written: %(reason)s."), reason=failure.strerror) from None
    finally:
        made.unlink(missing_ok=True)
