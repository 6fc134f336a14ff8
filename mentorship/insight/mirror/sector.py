"""The figures of the sector: ROVC TechBarometer 2026, edition 3; survey by Markteffect, September 2025, n = 1,249.

Of whom a figure is, is stated for a few alone; the others are shown and never judged by. What is of an age group, or is
about differences between them, is shown as the sector's and never beside a figure of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_
from mentorship.pulse.questions import (
    ALONE_SOON,
    HIERARCHY,
    HOLDERS,
    LEARNING_TIME,
    NEWCOMERS_TIME,
    OWN_WORK,
)

TECHNICIANS, COMPANIES, NOT_STATED = "technicians", "companies", "not stated"
BASES = {TECHNICIANS: 412, COMPANIES: 837}


@dataclass(frozen=True)
class Fact:
    """A figure of the sector, in percent, and of whom it is."""

    percent: int
    base: str = NOT_STATED

    @property
    def of(self) -> int | None:
        """Return of how many it is, None where that is not stated."""
        return BASES.get(self.base)


MIRRORED: Mapping[str, Fact] = {
    LEARNING_TIME: Fact(43),
    NEWCOMERS_TIME: Fact(35, TECHNICIANS),
    OWN_WORK: Fact(45),
    ALONE_SOON: Fact(37),
    HIERARCHY: Fact(21),
    HOLDERS: Fact(35),
}
"""By the question of the pulse that comes near it."""
WAYS: Mapping[str, Fact] = {
    "on_the_job": Fact(30, TECHNICIANS),
    "classroom": Fact(21, TECHNICIANS),
    "online": Fact(15, TECHNICIANS),
    "with_colleague": Fact(14, TECHNICIANS),
    "short_modules": Fact(12, TECHNICIANS),
}
"""How technicians prefer to learn."""
OTHERS: tuple[tuple[str, Fact], ...] = (
    (N_("much knowledge is with people who leave within five years"), Fact(41)),
    (N_("the organisation is not well prepared for that"), Fact(37)),
    (N_("companies that pair newcomers with experienced colleagues"), Fact(48, COMPANIES)),
    (N_("somebody is of use sooner beside an experienced colleague"), Fact(55)),
    (N_("learning on the job gets people started sooner"), Fact(77)),
    (N_("fewer people leave thanks to experienced mentors"), Fact(43)),
)
"""What the pulse does not ask."""
BY_AGE: tuple[tuple[str, Fact], ...] = (
    (N_("hierarchy gets in the way of sharing knowledge (under 35)"), Fact(33)),
    (N_("misunderstandings between generations (under 35)"), Fact(32)),
    (N_("felt treated differently for their age (under 35)"), Fact(26)),
    (N_("choose their own training (under 35)"), Fact(21)),
    (N_("young people bring knowledge of new techniques"), Fact(69)),
    (N_("young people bring knowledge of new ways of working"), Fact(66)),
)
