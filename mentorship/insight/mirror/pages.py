"""Doors: the sector mirror, as a page and as sheets, for the coordinator."""

from __future__ import annotations

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base import sheets
from mentorship.base.i18n import gettext
from mentorship.insight.mirror import boxes, drawings, rows, sheet, steps, words
from mentorship.insight.mirror.boxes import Read
from mentorship.insight.mirror.sector import BY_AGE, OTHERS
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.pulse import queries
from mentorship.pulse import words as pulse_words
from mentorship.pulse.models import BY_ROLE
from mentorship.web.lists import XLSX_TYPE
from mentorship.web.page import Page, download, render
from mentorship.web.request import db

blueprint = Blueprint("mirror", __name__, url_prefix="/insight/mirror")


def _read() -> Read:
    wave = queries.newest_closed(db())
    slips = queries.slips(db(), wave) if wave else {}
    groups = {}
    if wave and wave.grouping == BY_ROLE:
        groups = rows.of_groups(slips, list(pulse_words.GROUPS))
    return Read(
        wave,
        rows.statements(slips),
        rows.ways(slips),
        groups,
    )


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show what the newest pulse came to beside the sector, what to do about it, and what is not compared."""
    made = _read()
    return render(
        "insight/mirror/index.html",
        heading=words.heading(made.statements, made.wave),
        brief=words.brief(made.wave),
        wave=made.wave,
        boxes=boxes.boxes(made.statements),
        hidden=boxes.hidden(made.statements),
        ways=drawings.bars(made.ways) if made.ways else None,
        ways_title=words.ways_title(made.ways) if made.ways else "",
        groups=boxes.table(made),
        group_heads=[gettext(pulse_words.GROUPS[group]) for group in made.group_names],
        advice=_advice(made),
        others=boxes.facts(OTHERS),
        by_age=boxes.facts(BY_AGE),
        sentences=[gettext(text) for text in words.HOW_TO_READ],
        not_stated=gettext(words.NOT_STATED_HERE),
        age_apart=gettext(words.AGE_APART),
        least=pulse_words.least(),
        source=words.source(),
        no_sample=words.no_sample(made.wave) if made.wave else "",
    )


def _advice(made: Read) -> list[tuple[steps.Advice, list[tuple[str, str]]]]:
    """Return the five steps, each with the addresses of the pages that do it."""
    found = []
    for step in steps.advice(made.statements):
        links = [(url_for(endpoint), text) for endpoint, text in step.ways]
        found.append((step, links))
    return found


def _foot() -> str:
    return f"{words.source()} {gettext(words.NOT_THE_SAME)}"


@blueprint.get("/mirror.csv")
@guard.allow(access.COORDINATE, again=True)
def csv() -> Response:
    """Download what the mirror shows."""
    titles = [head.title for head in sheet.heads()]
    content = sheets.to_csv(
        titles,
        sheet.rows(_read()),
        _foot(),
    )
    return download(content, _name("csv"))


@blueprint.get("/mirror.xlsx")
@guard.allow(access.COORDINATE, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    content = sheets.to_xlsx(
        gettext("Sector mirror"),
        sheet.heads(),
        sheet.rows(_read()),
        _foot(),
    )
    return download(content, _name("xlsx"), XLSX_TYPE)


def _name(kind: str) -> str:
    name = gettext("Sector mirror")
    return f"{name}.{kind}"
