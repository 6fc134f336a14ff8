"""Networks that addresses are in, however a proxy writes them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

NEAR = {4: 24, 6: 48}
"""The bits of an address that tell of which network it is, and not whose connection."""


def parsed(address: str) -> IPv4Address | IPv6Address | None:
    """Return an address, one of IPv4 written as IPv6 as itself; None when it is none."""
    try:
        found = ip_address(_bare(address))
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        return found.ipv4_mapped or found
    return found


def coarse(address: str) -> str:
    """Return the network around an address, of a site or a provider: hundreds share it, so it tells of nobody."""
    found = parsed(address)
    if found is None:
        return "unknown"
    bits = NEAR[found.version]
    network = ip_network(f"{found}/{bits}", strict=False)
    return str(network)


def _bare(address: str) -> str:
    """Return an address without its port, brackets and zone."""
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    return address.partition("%")[0]
