"""The pairs of a round as a list: its columns, and what it is chosen by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.people.models import Site
from mentorship.programme.words import criterion_names
from mentorship.rounds.models import FORBID, LOCK
from mentorship.rounds.rows import PairRow
from mentorship.rounds.summary import tenth_name

JUNIOR = (
    Column("junior_number", N_("Number"), lambda row: row.asker.junior.number),
    Column("junior", N_("Junior"), lambda row: row.asker.junior.name),
    Column("site", N_("Site"), lambda row: row.asker.site),
)
MENTOR = (
    Column("mentor_number", N_("Number of mentor"), lambda row: row.mentor.number),
    Column("mentor", N_("Mentor"), lambda row: row.mentor.name),
)


def _part(place: int) -> Callable[[PairRow], float]:
    """Return what to take of one criterion of the score."""

    def of(row: PairRow) -> float:
        _, value = row.parts[place]
        return value

    return of


def _columns() -> tuple[Column, ...]:
    score = [Column("score", N_("Score"), lambda row: row.score, share=True)]
    for place, (key, name) in enumerate(criterion_names()):
        part = Column(key, name, _part(place), share=True)
        score.append(part)
    return (
        Column("junior", N_("Junior"), sorts=True, fixed=True, parts=JUNIOR),
        Column("mentor", N_("Mentor"), sorts=True, fixed=True, parts=MENTOR),
        Column("need", N_("Main need"), lambda row: row.asker.domain),
        Column("score", N_("How well it fits"), sorts=True, parts=tuple(score)),
        Column("decide", "", fixed=True),
    )


def listing(sites: Sequence[Site]) -> Listing:
    """Return the list, to be chosen by site and by what was decided; the lowest score first: those want a look."""
    decided = [
        (LOCK, gettext("locked")),
        (FORBID, gettext("kept apart")),
    ]
    tenths = [(str(tenth), tenth_name(tenth)) for tenth in range(1, 10)]
    return Listing(
        key="pairs",
        title=N_("Pairs"),
        columns=_columns(),
        filters=(
            Filter(
                "at",
                gettext("Site"),
                [(str(site.id), site.name) for site in sites],
            ),
            Filter("decided", gettext("Decided"), decided),
            Filter("fit", gettext("How well it fits"), tenths),
        ),
        search=gettext("Name or personnel number"),
        sort="score",
    )
