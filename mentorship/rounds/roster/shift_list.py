"""The shifts that rosters are made of, each with its form. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentorship.base.db import id_of
from mentorship.base.i18n import ngettext
from mentorship.profiles.rosters import strip
from mentorship.profiles.rosters.models import Shift
from mentorship.rounds.roster.squares import clock, times


@dataclass(frozen=True)
class ShiftLine:
    """A shift with its form: how it is drawn, what it is, and what was typed."""

    id: int
    code: str
    kind: str
    times: str
    used: str
    removable: bool
    values: Mapping[str, Any]
    errors: Mapping[str, str]


def line(shift: Shift, rosters: int, errors: Mapping[str, str], typed: Mapping[str, Any]) -> ShiftLine:
    """Return a shift that so many rosters have, with its form."""
    shift_id = id_of(shift)
    values = {
        "code": shift.code,
        "begins": clock(shift.begins),
        "ends": clock(shift.ends),
        "description": shift.description,
    }
    return ShiftLine(
        id=shift_id,
        code=shift.code,
        kind=strip.kind_of(strip.blocks_of([shift])),
        times=times(shift),
        used=ngettext("in %(num)s roster", "in %(num)s rosters", rosters),
        removable=not rosters,
        values={**values, **typed},
        errors=errors,
    )
