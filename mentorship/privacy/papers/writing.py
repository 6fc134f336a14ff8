"""Writes a paper in one language: the words are templates of lines, filled with the facts."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mentorship.base import i18n
from mentorship.base.config import resource
from mentorship.base.i18n import use_locale
from mentorship.base.marks import BETWEEN
from mentorship.privacy.papers import words
from mentorship.privacy.papers.facts import Facts
from mentorship.privacy.papers.rules import COUNCIL


def written(kind: str, language: str, facts: Facts) -> str:
    """Return the lines of a paper in a language; what is asked of the council as it becomes by that."""
    told = facts.as_asked() if kind == COUNCIL else facts
    with use_locale(language):
        return (
            _environment()
            .get_template(f"{kind}.{language}.txt")
            .render(
                facts=told,
                words=words,
            )
        )


@lru_cache
def _environment() -> Environment:
    """Return what fills the templates; it writes lines of text, which a page escapes when it shows them."""
    found = Environment(
        loader=FileSystemLoader(resource("templates") / "privacy" / "papers"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_on_one_line,
    )
    found.filters.update(
        day=i18n.day,
        decimal=i18n.decimal,
        percent=i18n.percent,
        joined=i18n.joined,
    )
    return found


def _on_one_line(value: object) -> str:
    """Keep what somebody typed from beginning a line, or a cell, of its own."""
    text = str(value).replace(BETWEEN, " ")
    return " ".join(text.split())
