"""An outcome as one page to keep: a coordinator's, for it names people."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mentorship.base import files, i18n
from mentorship.base.config import resource
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, decimal, gettext, integer, ngettext, percent
from mentorship.file_round.outcome import FUNNEL_STEPS, Outcome
from mentorship.file_round.pictures import pictures
from mentorship.file_round.report import MOST_LINES, aside, figures, gain, headings, headline, proved, shortage
from mentorship.file_round.solved import Row
from mentorship.matching import CRITERIA
from mentorship.programme.words import CRITERION_NAMES
from mentorship.rounds.words import FUNNEL


def to_html(outcome: Outcome) -> str:
    """Return the outcome as one page that needs nothing else, in the language in force."""
    folder = resource("templates")
    helping = outcome["places_that_help"]
    template = _environment(folder).get_template("file_round/report.html")
    return template.render(
        outcome=outcome,
        headline=headline(outcome),
        headings=headings(outcome),
        proved=proved(),
        figures=figures(outcome),
        pictures=pictures(outcome),
        criteria=_criteria(outcome["terms"]["weights"]),
        steps=[(step, gettext(text)) for step, text in zip(FUNNEL_STEPS, FUNNEL, strict=True)],
        how=" ".join(_how(outcome["terms"])),
        helping=helping[:MOST_LINES],
        helping_less=len(helping[MOST_LINES:]),
        gain=gain,
        shortage=shortage,
        aside=aside,
        style=_style(folder),
    )


def _criteria(weights: Mapping[str, float]) -> list[tuple[str, str, float]]:
    """Return the criteria with their names, and for what share of the score they count."""
    total = sum(weights.values())
    found = []
    for name in CRITERIA:
        title = gettext(CRITERION_NAMES[name])
        found.append((name, title, weights[name] / total))
    return found


def _how(terms: Row) -> Iterator[str]:
    """Say by which terms the round was made."""
    if terms["unmatched_cost"] is None:
        yield gettext(N_("First as many requests as possible get a mentor; then the value is as high as can be."))
    else:
        yield gettext(
            N_("The value is as high as can be; a request without a mentor costs %(cost)s."),
            cost=decimal(terms["unmatched_cost"]),
        )
    yield gettext(
        N_(
            "The value is all scores together, less %(spread)s for a mentor's second junior, twice that for the third, "
            "and so on. A pair under the floor of %(floor)s is not made."
        ),
        spread=decimal(terms["spread"]),
        floor=percent(terms["floor"]),
    )
    if terms["with_outflow"]:
        yield gettext(N_("What people plan to do later counts for how urgent a domain is."))
    else:
        yield gettext(N_("What people plan to do later was not used."))


def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.filters.update(
        percent=percent,
        integer=integer,
        decimal=decimal,
    )
    environment.globals.update(
        _=gettext,
        ngettext=ngettext,
        locale=i18n.locale,
    )
    return environment


def _style(folder: Path) -> Markup:
    """Return our own style sheet and letter within the page, for the page goes where no server is."""
    sheet = (folder / "file_round" / "report.css").read_text(encoding="utf-8")
    letter = (resource("static") / "vendor" / "inter-latin.woff2").read_bytes()
    source = f"data:font/woff2;base64,{b64encode(letter).decode()}"
    face = f'@font-face{{font-family:"Inter Variable";font-weight:100 900;src:url({source})}}'
    return Markup(f"<style>{face}\n{sheet}</style>")  # noqa: S704 (nothing in it comes from the files)


def check_place(path: Path) -> None:
    """Refuse a folder that is not there, before the work is done."""
    if not os.path.isdir(path.parent):  # noqa: PTH112 (pathlib fails on a name that is too long)
        raise Refused(
            N_("There is no folder %(name)s to put the report in."),
            name=str(path.parent),
        )


def write(path: Path, text: str) -> None:
    """Put the page in place, for its owner alone: names stand in it."""
    try:
        files.write(path, text)
    except OSError as failure:
        raise Refused(N_("The report cannot be written: %(reason)s."), reason=failure.strerror) from None
