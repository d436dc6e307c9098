"""What every run shows of the sandbox itself: left out unless asked for, and always told."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from clew.schema.types import URL, DomainName, IPAddress
from clew.schema.value import Value

NAMES = frozenset({"workstation", "wpad", "localhost", "time.windows.com", "dns.msftncsi.com"})
UNDER = (
    ".windowsupdate.com", ".update.microsoft.com", ".local", ".in-addr.arpa", ".ip6.arpa",
    "crl.microsoft.com", "ocsp.msocsp.com", ".msftncsi.com", ".msftconnecttest.com",
)  # fmt: skip
NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.168.0.0/16", "224.0.0.0/4", "255.255.255.255/32", "::/127", "fc00::/7", "fe80::/10",
        "ff00::/8",
    )
)  # fmt: skip
"""Private, link-local and multicast. Not ``is_private``: that has documentation ranges too."""


def is_noise(kind: type[Value], text: str) -> bool:
    """Whether a name, address or URL belongs to the sandbox or to every Windows machine."""
    if kind is DomainName:
        name = text.lower().rstrip(".")
        return name in NAMES or f".{name}".endswith(UNDER) or "." not in name
    if kind is IPAddress:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in net for net in NETWORKS if net.version == address.version)
    if kind is URL:
        try:
            host = urlsplit(text).hostname or ""
        except ValueError:
            return False
        numeric = host.replace(".", "").isdigit() or ":" in host
        return is_noise(IPAddress if numeric else DomainName, host)
    return False
