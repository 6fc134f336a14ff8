"""What the pages of certificates say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mentorship.base.i18n import day, gettext, long_day, ngettext
from mentorship.growth.certificates import queries, rules
from mentorship.growth.certificates.models import Certificate
from mentorship.growth.certificates.queries import Line


@dataclass(frozen=True)
class Shown:
    """A certificate as a row shows it: what it is called, until when, who says so, and how that stands."""

    row: Certificate
    title: str
    until: str
    said: str
    glyph: str
    tone: str
    waits: bool


def shown(line: Line, today: date, names: Mapping[int, str]) -> Shown:
    """Return a certificate as its own person sees it; `names` of who confirmed it."""
    row = line.row
    state = stands(
        line,
        today,
    )
    glyphs = {queries.SOON: "clock-exclamation", queries.ENDED: "alert-triangle"}
    return Shown(
        row,
        line.kind,
        until(
            line,
            today,
        ),
        _own_said(
            row,
            names,
        ),
        glyphs.get(
            state,
            "id",
        ),
        "bad" if state == queries.ENDED else "",
        not line.renewed
        and rules.waits(
            row.ends_on,
            row.seen_on,
            today,
        ),
    )


def _own_said(row: Certificate, names: Mapping[int, str]) -> str:
    if row.confirmed_at is None:
        return gettext("told by yourself")
    return gettext(
        "confirmed by %(name)s",
        name=names.get(
            row.confirmed_by or 0,
            gettext("a colleague"),
        ),
    )


def said(row: Certificate) -> str:
    """Say whether a certificate was confirmed, or told by its person alone."""
    if row.confirmed_at is None:
        return gettext("told by the person")
    return gettext("confirmed")


def stands(line: Line, today: date) -> str:
    """Return how a certificate stands: it ended, ends soon, or is valid; what was renewed asks nothing any more."""
    ends_on = line.row.ends_on
    if line.renewed or ends_on is None:
        return queries.VALID
    if ends_on < today:
        return queries.ENDED
    return (
        queries.SOON
        if rules.stage(
            ends_on,
            today,
        )
        is not None
        else queries.VALID
    )


def until(line: Line, today: date) -> str:
    """Say until when a certificate is valid."""
    ends_on = line.row.ends_on
    if ends_on is None:
        return gettext("without an end")
    if ends_on < today:
        text = gettext(
            "ended on %(day)s",
            day=day(ends_on),
        )
    else:
        text = gettext(
            "valid until %(day)s",
            day=day(ends_on),
        )
    if line.renewed:
        return gettext(
            "%(until)s, renewed",
            until=text,
        )
    left = (ends_on - today).days
    if 0 <= left <= rules.EARLY:
        days = ngettext(
            "%(num)s day left",
            "%(num)s days left",
            left,
        )
        return f"{text} · {days}"
    return text


def heading(number: int, soon: int) -> str:
    """Say how many certificates there are, and how many of them end soon."""
    if not number:
        return gettext("No certificates yet")
    if soon:
        return ngettext(
            "%(num)s certificate ends within three months",
            "%(num)s certificates end within three months",
            soon,
        )
    return gettext("No certificate ends within three months")


def noted(number: int) -> str:
    """Say of how many people a certificate was noted."""
    return ngettext(
        "Certificate noted of %(num)s person.",
        "Certificate noted of %(num)s people.",
        number,
    )


def confirmed(number: int) -> str:
    """Say how many certificates were confirmed."""
    return ngettext(
        "%(num)s certificate confirmed.",
        "%(num)s certificates confirmed.",
        number,
    )


def ending(title: str, ends_on: date) -> str:
    """Say which certificate ends when."""
    return gettext(
        "Your certificate %(title)s ends on %(day)s.",
        title=title,
        day=long_day(ends_on),
    )
