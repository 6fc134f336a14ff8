"""The list of certificates: its columns, what it is chosen by, and the views that everybody has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.growth.certificates import queries, words
from mentorship.growth.certificates.queries import Line

STATES = {
    queries.SOON: N_("ends within three months"),
    queries.ENDED: N_("ended, not renewed"),
    queries.VALID: N_("valid"),
    queries.ENDLESS: N_("without an end"),
}
SAID = {
    queries.TOLD: N_("told by the person"),
    queries.CONFIRMED: N_("confirmed"),
}


COLUMNS = (
    Column(
        "name",
        N_("Name"),
        lambda line: line.person.name,
        sorts=True,
        fixed=True,
    ),
    Column(
        "number",
        N_("Personnel number"),
        lambda line: line.person.number,
        hidden=True,
    ),
    Column(
        "site",
        N_("Site"),
        lambda line: line.site,
        hidden=True,
    ),
    Column(
        "kind",
        N_("Certificate"),
        lambda line: line.kind,
    ),
    Column(
        "got",
        N_("Got on"),
        lambda line: line.row.got_on,
        hidden=True,
    ),
    Column(
        "ends",
        N_("Until"),
        lambda line: line.row.ends_on,
        sorts=True,
    ),
    Column(
        "stands",
        N_("How it stands"),
        lambda line: line.until,
        hidden=True,
    ),
    Column(
        "said",
        N_("Who says so"),
        lambda line: words.said(line.row),
    ),
    Column(
        "do",
        N_("Action"),
    ),
)


def listing(kinds: Sequence[tuple[str, str]], sites: Sequence[tuple[str, str]]) -> Listing:
    """Return the list; `kinds` and `sites` to choose by."""
    return Listing(
        key="certificates",
        title=N_("Certificates"),
        columns=COLUMNS,
        filters=(
            Filter(
                "state",
                gettext("Until"),
                _options(STATES),
                several=False,
            ),
            Filter(
                "kind",
                gettext("Certificate"),
                kinds,
            ),
            Filter(
                "said",
                gettext("Who says so"),
                _options(SAID),
                several=False,
            ),
            Filter(
                "site",
                gettext("Site"),
                sites,
            ),
        ),
        search=gettext("Name or personnel number"),
        sort="ends",
    )


def _options(words_of: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, gettext(text)) for key, text in words_of.items()]


@dataclass(frozen=True)
class Listed(Line):
    """A row of the list: the certificate, until when in words, and how that stands."""

    until: str
    stands: str


def listed(line: Line, today: date) -> Listed:
    """Return a certificate as the list shows it."""
    return Listed(
        line.row,
        line.person,
        line.site,
        line.kind,
        line.renewed,
        words.until(
            line,
            today,
        ),
        words.stands(
            line,
            today,
        ),
    )
