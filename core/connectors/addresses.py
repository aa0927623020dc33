"""Which addresses on the internet a picture may be fetched from: public ones, and nothing near us.

`ipaddress.is_global` alone is not enough: on Python 3.11.7 it calls NAT64 of this very machine
(64:ff9b::7f00:1), site-local addresses (fec0::1) and 192.0.0.8 global (measured, design note 2.8).
"""

import ipaddress
from typing import Final

_DENIED: Final = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by providers
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",  # Teredo, ORCHID and other protocols' own
        "2001:db8::/32",
        "2002::/16",  # 6to4: holds an IPv4 address
        "3fff::/20",  # documentation
    )
)
# The only part of IPv6 from which ordinary public addresses are given out: leaves mapped, NAT64,
# site-local, unique local and link-local addresses outside.
_GIVEN_OUT: Final = ipaddress.ip_network("2000::/3")


def is_public(untrusted_address: str) -> bool:
    """Whether this is an ordinary public address, written in the usual way."""
    try:
        address = ipaddress.ip_address(untrusted_address)
    except ValueError:
        return False
    if address.version == 6 and (address not in _GIVEN_OUT or "%" in untrusted_address):
        return False
    if any(address in net for net in _DENIED if net.version == address.version):
        return False
    return address.is_global and not address.is_multicast
