"""What a telephone number is, and how it is dialled. Pure."""

from __future__ import annotations

import re

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

_SIGNS = re.compile(r"\+?[0-9 ()./-]+")
LEAST, MOST = 8, 15
"""Digits of a number that can be dialled from anywhere in a country, after E.164."""


def checked(phone: str, *, shown: bool) -> str:
    """Return a number as it was typed; refuse what cannot be dialled, and to show none."""
    if not phone:
        if shown:
            raise Refused(N_("Fill in the number that you want to show."), field="phone")
        return ""
    digits = re.sub(r"\D", "", phone)
    if not _SIGNS.fullmatch(phone) or not LEAST <= len(digits) <= MOST:
        raise Refused(N_("This is no telephone number: 8 to 15 digits, such as 06 12 34 56 78."), field="phone")
    return phone


def dialled(phone: str) -> str:
    """Return what a telephone dials: the digits, with the plus of another country."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    if phone.startswith("+"):
        return f"+{digits}"
    return digits
