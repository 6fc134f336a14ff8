"""At which pace one may try: so many at once, and then one now and then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network

from mentorship.base.networks import parsed
from mentorship.base.secret_codes import sealed

SIGN_IN, ACTIVATION, SLIP, PASSWORD, FIRST = "sign-in", "activation", "slip", "password", "first"
SECOND_FACTOR, TABLET = "second factor", "tablet"
"""What is tried; each is counted by itself."""
BY_NAME = frozenset({SIGN_IN, ACTIVATION})
"""What is tried by what somebody is called."""
FAILED = {
    SIGN_IN: "sign_in.failed",
    ACTIVATION: "activation.failed",
    SLIP: "slip.failed",
    PASSWORD: "password.failed",
    FIRST: "first.failed",
    SECOND_FACTOR: "second_factor.failed",
    TABLET: "card.failed",
}
"""How the security log calls a wrong try of each."""


@dataclass(frozen=True)
class Pace:
    """So many tries at once, and after those one each time (the generic cell rate algorithm, ITU-T I.371)."""

    at_once: int
    each: timedelta

    @property
    def step(self) -> int:
        """Return how many milliseconds a try costs."""
        return round(self.each / timedelta(milliseconds=1))

    @property
    def ahead(self) -> int:
        """Return how many milliseconds one may be ahead and try once more."""
        return self.farthest - self.step

    @property
    def farthest(self) -> int:
        """Return how many milliseconds one is ahead at most."""
        return self.at_once * self.step


NAME_HERE = Pace(5, timedelta(minutes=3))
"""Of one name from one network."""
NAME = Pace(60, timedelta(minutes=1))
"""Of one name from wherever."""
NETWORK = Pace(100, timedelta(seconds=2))
"""Of any names from one network: a site behind one address is slowed down, and never shut out."""
DEVICE = Pace(10, timedelta(minutes=1))
"""Of one name from a device on which that person was signed in before; what others try does not count there."""
PAGES = Pace(600, timedelta(milliseconds=200))
"""Of pages, by somebody who is signed in."""
FORMS = Pace(120, timedelta(seconds=1))
"""Of forms that they send."""
SHEETS = Pace(20, timedelta(seconds=15))
"""Of sheets that they fetch."""


@dataclass(frozen=True)
class Try:
    """What is tried, for which name, from which address; `device`: the digest of a device that was here before."""

    kind: str
    name: str
    address: str
    device: str = ""

    def limits(self) -> Iterator[tuple[str, Pace]]:
        """Yield the keys that this try counts for, each with its pace; names as typed, so that nobody learns whose."""
        name = self.name.strip().casefold()
        if self.device:
            key = _key(
                self.kind,
                "device",
                name,
                self.device,
            )
            yield key, DEVICE
            return
        network = network_of(self.address)
        here = _key(
            self.kind,
            "here",
            name,
            network,
        )
        yield here, NAME_HERE
        anywhere = _key(self.kind, "name", name)
        yield anywhere, NAME
        anybody = _key(self.kind, "network", network)
        yield anybody, NETWORK


def network_of(address: str) -> str:
    """Return the network of an address: of IPv6 the first 64 bits, one written as IPv6 as itself, without a port."""
    found = parsed(address)
    if found is None:
        return address
    if found.version == 4:
        return str(found)
    network = ip_network(f"{found}/64", strict=False)
    return str(network)


def _key(*parts: str) -> str:
    return sealed("\n".join(parts))
