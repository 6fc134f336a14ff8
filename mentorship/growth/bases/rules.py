"""What may be said to build on what. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

ITSELF = N_("A domain cannot build on itself.")
ROUND = N_("These would build on each other in a circle. Nothing was changed.")


def check_base(domain_id: int, base_id: int, pairs: Iterable[tuple[int, int]]) -> None:
    """Refuse that a domain builds on another that builds on it, in however many steps."""
    if domain_id == base_id:
        raise Refused(ITSELF, field="base")
    bases: dict[int, set[int]] = {}
    for builds, base in pairs:
        bases.setdefault(builds, set()).add(base)
    known: set[int] = set()
    ahead = {base_id}
    while ahead:
        if domain_id in ahead:
            raise Refused(ROUND, field="base")
        known |= ahead
        ahead = set().union(*(bases.get(one, set()) for one in ahead)) - known
