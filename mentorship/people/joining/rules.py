"""Pure decisions about somebody new: the parts of a name, the next personnel number, who they might be already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

INFIXES = re.compile(r"van|de|den|der|het|'t|ten|ter|te|in|op|aan|bij|uit|voor|onder|over|von|zu|du|la|le", re.I)
"""Words between a given and a family name."""


@dataclass(frozen=True)
class FullName:
    """The parts of a name."""

    given: str
    infix: str
    family: str


@dataclass(frozen=True)
class Newcomer:
    """Who is to be added; `manager` is a personnel number or an address."""

    number: str
    name: FullName
    site_id: int
    department: str = ""
    manager: str | None = None
    email: str | None = None
    languages: Sequence[str] = ("nl",)
    roles: Sequence[str] = field(default=())


def parts_of(name: str) -> FullName:
    """Take a name apart: a given name, words such as "van der", a family name."""
    words = name.split()
    if len(words) < 2:
        raise Refused(N_("Give a first name and a family name."), field="name")
    given, *rest = words
    infix: list[str] = []
    while len(rest) > 1 and INFIXES.fullmatch(rest[0]):
        infix.append(rest.pop(0))
    return FullName(
        given,
        " ".join(infix),
        " ".join(rest),
    )


def number_after(highest: str | None) -> str:
    """Propose the personnel number after the highest; nothing when it does not end in digits."""
    if highest is None:
        return "1"
    digits = re.search(r"\d+$", highest)
    if digits is None:
        return ""
    after = int(digits[0]) + 1
    return highest[: digits.start()] + str(after).zfill(len(digits[0]))
