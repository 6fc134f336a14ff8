"""Texts to start from, for the works council and for the DPIA, with what was chosen filled in."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, select_autoescape

from mentorship.base.config import resource
from mentorship.base.i18n import gettext, locale
from mentorship.programme.models import Programme
from mentorship.programme.words import VISIBILITY

MARK = b"\xef\xbb\xbf"
"""By which a text editor knows how it is written."""
BLANK = "................"
"""Where something is to be filled in by hand."""


def written(name: str, settings: Programme) -> bytes:
    """Return a paper in the reader's language."""
    texts = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=select_autoescape(),
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    template = texts.get_template(f"home/setup/papers/{name}.{locale()}.txt")
    text = template.render(
        organisation=settings.organisation or BLANK,
        visibility=_visibility(settings.visibility),
        settings=settings,
    )
    lines = text.replace("\n", "\r\n")
    return MARK + lines.encode()


def _visibility(chosen: str | None) -> str:
    if chosen is None:
        return BLANK
    title, meaning = VISIBILITY[chosen]
    return f"{gettext(title)}. {gettext(meaning)}"
