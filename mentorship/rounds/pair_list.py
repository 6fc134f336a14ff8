"""The pairs of a round as a list: its columns, and what it is chosen by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.people import queries as people
from mentorship.people.models import Site
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Domain
from mentorship.programme.words import criterion_names
from mentorship.rounds.models import FORBID, LOCK
from mentorship.rounds.pair_rows import PairRow
from mentorship.rounds.summary import tenth_name

NOT_YET = "open"
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
        Column("remarks", N_("To look at"), lambda row: "; ".join(one.text for one in row.remarks)),
        Column("decide", N_("Decision"), fixed=True),
    )


def of(session: Session) -> Listing:
    """Return the list with the sites and domains that there are."""
    return listing(people.sites(session), profiles.domains(session))


def presets(pairs: int) -> list[tuple[str, dict[str, tuple[str, ...]], int | None]]:
    """Return the views that everybody has: what each is called, what it chooses, and how many there are where known."""
    return [
        (gettext("All pairs"), {}, pairs),
        (gettext("Decided by hand"), {"decided": (LOCK, FORBID)}, None),
        (gettext("Not decided yet"), {"decided": (NOT_YET,)}, None),
    ]


def listing(sites: Sequence[Site], domains: Sequence[Domain]) -> Listing:
    """Return the list, chosen by site, domain, decision and fit; the lowest score first: those want a look."""
    decided = [
        (NOT_YET, gettext("not decided")),
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
            Filter(
                "domain",
                gettext("Domain"),
                [(str(domain.id), domain.title) for domain in domains],
            ),
            Filter("decided", gettext("Decided"), decided),
            Filter("fit", gettext("How well it fits"), tenths),
        ),
        search=gettext("Name or personnel number"),
        sort="score",
    )
