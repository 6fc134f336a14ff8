"""The forms of the guide: each sets up much at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from mentorship.base.forms import Form, Line, Optional_, Paragraph, RowId, decimal_or_text
from mentorship.base.i18n import N_
from mentorship.home.setup.actions import Place
from mentorship.home.setup.queries import MOST_LISTED
from mentorship.people.access import JUNIOR, MANAGER, SENIOR
from mentorship.people.sites.forms import Region
from mentorship.profiles.domains.starting_lists import NewDomain, by_name
from mentorship.profiles.rosters.ready_made import SHAPES

LONGEST_NAME = 200
Version = Annotated[int, Field(ge=1, le=10**9)]
Some = Annotated[list[RowId], Field(max_length=MOST_LISTED)]


def _lines(text: str) -> list[str]:
    """Return what stands on each line, without empty ones."""
    found = [" ".join(line.split()) for line in text.splitlines()]
    if any(len(line) > LONGEST_NAME for line in found):
        raise ValueError(N_("One of these lines is too long for a name."))
    return list(filter(None, found))


def _of_names(text: str) -> str:
    _lines(text)
    return text


Names = Annotated[Paragraph, AfterValidator(_of_names)]
"""Names, one a line."""


class OrganisationForm(Form):
    """What the organisation is called, and its other sites, one a line."""

    version: Version
    organisation: Annotated[Line, Field(min_length=1)]
    sites: Names
    region: Region

    @property
    def names(self) -> list[str]:
        """The names of the sites."""
        return _lines(self.sites)


class LineForm(Form):
    """Of each person who was shown who leads them, and the people ticked for each role."""

    person: Some
    leader: Annotated[list[Annotated[RowId | None, Optional_]], Field(max_length=MOST_LISTED)]
    junior: Some = []
    senior: Some = []
    manager: Some = []
    rest: Annotated[RowId | None, Optional_] = None
    """Who leads those of whom nothing was chosen."""

    @model_validator(mode="after")
    def _whole_rows(self) -> LineForm:
        if len(self.person) != len(self.leader):
            raise ValueError(N_("Something in the address or the form was not as expected. Nothing was changed."))
        return self

    def places(self) -> list[Place]:
        """Return what was chosen for each; nobody comes to lead who leads them."""
        leaders = dict(
            zip(
                self.person,
                self.leader,
                strict=True,
            )
        )
        above = {self.rest}
        higher = self.rest
        while (higher := leaders.get(higher or 0)) and higher not in above:
            above.add(higher)
        ticked = {
            JUNIOR: set(self.junior),
            SENIOR: set(self.senior),
            MANAGER: set(self.manager),
        }
        found = []
        for person_id, chosen in leaders.items():
            leader_id = chosen
            if chosen is None and person_id not in above:
                leader_id = self.rest
            roles = frozenset(role for role, people in ticked.items() if person_id in people)
            found.append(
                Place(
                    person_id,
                    roles,
                    leader_id,
                )
            )
        return found


def _known_shapes(keys: Iterable[str]) -> list[str]:
    chosen = list(keys)
    if not set(chosen) <= set(SHAPES):
        raise ValueError(N_("Choose one of the options."))
    return chosen


def _typed_domains(text: str) -> list[NewDomain]:
    """Return the domain on each line: its name, and perhaps its other words, apart as a sheet pastes them or by ";"."""
    found = []
    for line in text.splitlines():
        cells = [" ".join(cell.split()) for cell in line.replace("\t", ";").split(";")]
        if not any(cells):
            continue
        if not cells[0] or len(cells) > len(fields(NewDomain)):
            raise ValueError(
                N_("A line is a name, and perhaps the name in English and an explanation in both languages.")
            )
        if any(len(cell) > LONGEST_NAME for cell in cells):
            raise ValueError(N_("One of these lines is too long for a name."))
        found.append(NewDomain(*cells))
    return found


def _of_domains(text: str) -> str:
    _typed_domains(text)
    return text


class DomainsForm(Form):
    """Domains to add, ticked or typed one a line; rosters to add by shape; and the hours a pair needs."""

    version: Version
    domain: Annotated[list[Line], Field(max_length=200)] = []
    others: Annotated[Paragraph, AfterValidator(_of_domains)]
    shape: Annotated[list[str], Field(max_length=20), AfterValidator(_known_shapes)] = []
    usual: Line
    hours_per_pair: Annotated[
        Decimal, BeforeValidator(decimal_or_text), Field(gt=0, le=40, max_digits=4, decimal_places=2)
    ]

    @property
    def wanted(self) -> list[NewDomain]:
        """The domains, each with the words that the lists have for it, or that were typed."""
        ticked = [NewDomain(name) for name in self.domain if name]
        listed = by_name()
        found = []
        for domain in [*ticked, *_typed_domains(self.others)]:
            only_named = domain == NewDomain(domain.name)
            found.append(listed.get(domain.name, domain) if only_named else domain)
        return found
