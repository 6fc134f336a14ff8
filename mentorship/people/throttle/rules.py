"""At which pace one may try: so many at once, and then one now and then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from mentorship.base.secret_codes import digest

SIGN_IN, ACTIVATION, SLIP, PASSWORD, FIRST = "sign-in", "activation", "slip", "password", "first"
SECOND_FACTOR = "second factor"
"""What is tried; each is counted by itself."""


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


@dataclass(frozen=True)
class Try:
    """What is tried, for which name, from which address; `device`: the digest of a device that was here before."""

    kind: str
    name: str
    address: str
    device: str = ""

    def limits(self) -> Iterator[tuple[str, Pace]]:
        """Yield the keys that this try counts for, each with its pace; names as typed, so that nobody learns whose."""
        name, network = self.name.strip().casefold(), network_of(self.address)
        if self.device:
            yield _key(self.kind, "device", name, self.device), DEVICE
            return
        yield _key(self.kind, "here", name, network), NAME_HERE
        yield _key(self.kind, "name", name), NAME
        yield _key(self.kind, "network", network), NETWORK


def network_of(address: str) -> str:
    """Return the network of an address: of IPv6 the first 64 bits, one written as IPv6 as itself, without a port."""
    try:
        found = ip_address(_bare(address))
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((int(found), 64), strict=False))
        return str(found.ipv4_mapped)
    return str(found)


def _bare(address: str) -> str:
    """Return an address without its port, brackets and zone."""
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    return address.partition("%")[0]


def _key(*parts: str) -> str:
    return digest("\n".join(parts))
