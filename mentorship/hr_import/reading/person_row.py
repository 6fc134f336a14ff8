"""One row of the file of employees -> a person, or `Broken`; only without a number or a name it cannot be taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import lists, names
from mentorship.hr_import.reading.cells import CAPITALS, Cells, tidied
from mentorship.hr_import.reading.columns import FIELDS
from mentorship.hr_import.reading.export import KnownPerson, PersonRecord
from mentorship.hr_import.reading.headings import FAMILY_FIRST
from mentorship.hr_import.reading.kinds import PEOPLE, folded
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.rows import Names, Unknown
from mentorship.hr_import.reading.sheets import Sheet, shown
from mentorship.hr_import.reading.spellings import is_dash, plain
from mentorship.profiles.models import HORIZONS

LONGEST_NUMBER = 40
MAIN_SITE, NO_SITE = "Hoofdvestiging", "Nog onbekend"
"""The site of who has none in the file: where nothing else is known, and where there are others."""
_TERMS = ("onbekend", "<1jaar", "1-3jaar", "3-5jaar", ">5jaar")
OUTFLOW = dict(zip(_TERMS, HORIZONS, strict=True))
"""What people plan, by the term for it without its spaces."""
_FIELDS = FIELDS[PEOPLE.name]


@dataclass
class Surroundings:
    """What a row of the people is read against."""

    people: Mapping[str, KnownPerson]
    sites: dict[str, str]
    rosters: Names
    unknown: Unknown
    numbers: Names
    settled: Settled
    take_outflow: bool
    only_site: str = NO_SITE
    closed_sites: Collection[str] = ()


def person(cells: Cells, around: Surroundings) -> PersonRecord:
    """Read a person; whether the manager is known can only be told when all rows are read."""
    number = _number(cells, around)
    given, infix, family = _in_small_letters(cells, _names(cells))
    places, hours = _capacity(cells)
    around_work = _around_work(cells, around, number)
    return PersonRecord(
        number=number,
        given_name=given,
        infix=infix,
        family_name=family,
        manager=cells.text("Leidinggevende", 100_000) or None,
        places=places,
        hours=hours,
        unsaid=_unsaid(cells, around_work),
        **around_work,
    )


def _number(cells: Cells, around: Surroundings) -> str:
    """Return a number as it is spelled here."""
    column = "Medewerkernummer"
    number = cells.number(column, around.numbers)
    if len(number) > LONGEST_NUMBER:
        raise cells.broken(
            N_("%(column)s has more than %(most)s characters."),
            column,
            most=LONGEST_NUMBER,
        )
    here = around.people.get(number.casefold())
    return here.number if here else number


def _around_work(cells: Cells, around: Surroundings, number: str) -> dict[str, Any]:
    """Return the fields without which somebody can be placed all the same."""
    settled = around.settled
    return {
        "email": cells.or_none("E-mail werk", partial(cells.email, "E-mail werk")),
        "site": _site(cells, around, number),
        "department": cells.or_none(
            "Afdeling",
            partial(
                cells.text,
                "Afdeling",
                200,
            ),
        )
        or "",
        "roles": lists.roles(cells, settled.roles),
        "roster": _roster(cells, around),
        "school_days": cells.or_none("Schooldag", partial(lists.school_days, cells)) or (),
        "languages": lists.languages(cells, settled.languages),
        "remote": cells.or_none("Op afstand", partial(cells.yes, "Op afstand")) or False,
        "horizon": _horizon(cells) if around.take_outflow else "unknown",
    }


def _unsaid(cells: Cells, record: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields of which the row says nothing that can be read."""
    unread = {column for column, _ in cells.filled}
    if record["roles"]:
        unread.discard("Rol")
    if record["languages"] != (lists.DUTCH,):
        unread.discard("Talen")
    if not unread and len(cells.raw) == len(cells.headings):
        return frozenset()
    unread |= cells.headings.keys() - cells.raw.keys()
    return frozenset(_FIELDS[column] for column in unread if column in _FIELDS)


def _names(cells: Cells) -> names.Parts:
    """Return the parts of a name, from their columns or from one that holds it whole."""
    ahead = names.without_titles(cells.text("Voorvoegsel", 40))
    if "Achternaam" in cells.raw and "Roepnaam" in cells.raw:
        given = cells.text(
            "Roepnaam",
            100,
            required=True,
        )
        family = cells.text(
            "Achternaam",
            100,
            required=True,
        )
        return given, ahead, family
    whole = cells.text(
        "Naam",
        200,
        required=True,
    )
    called = cells.text("Roepnaam", 100)
    heading = folded(cells.headings.get("Naam", ""))
    given, infix, family = names.split_as(
        whole,
        family_first=FAMILY_FIRST.fullmatch(heading) is not None,
        given=called,
    )
    given = called or given
    family = cells.text("Achternaam", 100) or family
    if not given and not family:
        raise cells.broken(N_("%(column)s is empty."), "Naam")
    if max(len(given), len(family)) > 100 or len(infix) > 40:
        raise cells.broken(
            N_("%(column)s has more than %(most)s characters."),
            "Naam",
            most=100,
        )
    return given, ahead or infix, family


def _in_small_letters(cells: Cells, written: names.Parts) -> names.Parts:
    """Return a name without its words in capitals alone, and count that."""
    given, infix, family = written
    mended = (
        names.capitals_mended(given),
        infix.lower() if infix.isupper() else infix,
        names.capitals_mended(family),
    )
    if mended != written:
        cells.tidied.append(CAPITALS)
    return mended


def _site(cells: Cells, around: Surroundings, number: str) -> str:
    """Return where somebody works; who has no site in the file gets the only one, or one to be settled later."""
    written = cells.or_none(
        "Vestiging",
        partial(
            cells.text,
            "Vestiging",
            200,
        ),
    )
    if written and not is_dash(written):
        settled = around.settled.sites.get(plain(written)) if around.settled.sites else None
        name = settled or written
        site = cells.spelled(name, around.sites) or around.sites.setdefault(name.casefold(), name)
        if _may_be_at(site, number, around):
            return site
        closed = cells.broken(
            N_("%(column)s “%(name)s” is closed: nobody can be put there any more."),
            "Vestiging",
            name=site,
        )
        cells.fill("Vestiging", closed)
    elif "Vestiging" in cells.raw and written is not None:
        missing = cells.broken(
            N_("%(column)s is empty: “%(site)s” was filled in."),
            "Vestiging",
            site=around.only_site,
        )
        cells.fill("Vestiging", missing)
    return around.sites.setdefault(around.only_site.casefold(), around.only_site)


def _may_be_at(site: str, number: str, around: Surroundings) -> bool:
    """Tell whether a site is open, or the person is there already."""
    if site not in around.closed_sites:
        return True
    here = around.people.get(number.casefold())
    return here is not None and here.site == site


def _roster(cells: Cells, around: Surroundings) -> str | None:
    name = cells.text("Rooster", 100_000)
    if not name or is_dash(name):
        return None
    works = cells.spelled(name, around.rosters)
    if works is None:
        cells.fill(
            "Rooster",
            around.unknown(
                cells,
                "Rooster",
                name,
            ),
        )
    return works


def _capacity(cells: Cells) -> tuple[int | None, Decimal | None]:
    """Return places and hours; who fills in one of the two has none of the other."""
    offers_places = cells.text("Plaatsen mentor", 100_000)
    offers_hours = cells.text("Uren mentor p/w", 100_000)
    if not offers_places and not offers_hours:
        return None, None
    places: int | None = 0
    hours: Decimal | None = Decimal(0)
    if offers_places:
        places = cells.or_none(
            "Plaatsen mentor",
            partial(
                cells.whole,
                "Plaatsen mentor",
                0,
                20,
            ),
        )
    if offers_hours:
        hours = cells.or_none(
            "Uren mentor p/w",
            partial(
                cells.hours,
                "Uren mentor p/w",
                40,
            ),
        )
    return places, hours


def _horizon(cells: Cells) -> str:
    column = "Verwachte uitstroom"
    text = cells.code(column)
    term = text.replace(" ", "").replace("–", "-") or "onbekend"
    if term in OUTFLOW:
        return OUTFLOW[term]
    unknown = cells.broken(
        N_("%(column)s is “%(value)s”, not a term that is known here."),
        column,
        value=shown(text),
    )
    cells.fill(column, unknown)
    return "unknown"


def only_site(known: Names, closed: Collection[str], sheet: Sheet | None) -> str:
    """Return the site for who has none in the file."""
    written = {row.cells.get("Vestiging", "") for row in sheet.rows} if sheet else set()
    named = {tidied(name) for name in written}
    every = {name.casefold(): name for name in named if name} | dict(known)
    open_ones = set(every.values()).difference(closed)
    if len(open_ones) == 1:
        return open_ones.pop()
    return NO_SITE if every else MAIN_SITE
