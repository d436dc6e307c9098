"""The name and address families: what the internet is addressed by."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.schema.entity_type import Property, entity_type
from clew.schema.refang import refang
from clew.schema.registered_domain import is_known_tld
from clew.schema.types import address
from clew.schema.types.hostname import FIXED_NAME, to_a_label, to_unicode
from clew.schema.types.properties import RATED, REPUTATION
from clew.schema.types.text import ascii_digits
from clew.schema.value import Value

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = rf"(?:{_OCTET}\.){{3}}{_OCTET}"
_FIXED_NAME = re.compile(FIXED_NAME)
_FIXED_IPV4 = re.compile(_IPV4)
_AS_NUMBER = re.compile(r"(?:ASN?\s?)?([0-9]{1,10})(?:\.([0-9]{1,5}))?", re.IGNORECASE | re.ASCII)
_AS_MAX = 2**32 - 1
_PORT = re.compile(r"(.+?):([0-9]{1,5})(?:/([a-z]{3,4}))?", re.IGNORECASE | re.DOTALL)
_PROTOCOLS = frozenset({"tcp", "udp", "sctp", "quic"})
_TEXT_LENGTH_MAX = 1_024
"""Longest text that is looked at here, in code points."""


@entity_type(
    "domain-name",
    label="Domain name",
    family="name",
    icon="globe",
    properties=(
        *RATED,
        *REPUTATION,
        Property("registrar", "Registrar"),
        Property("created", "Registered on", "moment"),
        Property("updated", "Registry updated", "moment"),
        Property("expires", "Expires", "moment"),
        Property("registrant_name", "Registrant name"),
        Property("registrant_organisation", "Registrant organisation"),
        Property("registrant_country", "Registrant country"),
        Property("risk_score", "Risk score", "integer"),
        Property("dns_active", "In the DNS", "boolean"),
        Property("whois_active", "In whois", "boolean"),
        Property("tags", "Tags"),
    ),
    detect=r"[^\s/@:,;!\"'<>|\\()\[\]{}%=?&]{1,250}[.。．｡][^\s/@:,;!\"'<>|\\()\[\]{}%=?&]{2,63}[.。．｡]?",
    detect_rank=80,
    fixed=f"^{FIXED_NAME}$",
)
class DomainName(Value):
    """A DNS name in lower-case A-label form, without a trailing dot."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """A-labels in lower case, at most 253 characters; raises InvalidValue."""
        if _FIXED_NAME.fullmatch(text):
            return text
        return to_a_label(refang(_bounded("domain name", text)))

    def likely(self) -> bool:
        """Whether the top-level name exists, so that ``report.pdf`` is no domain."""
        return is_known_tld(self)

    @property
    def unicode(self) -> str:
        """The name as people of its script read it; the same text where that fails."""
        return to_unicode(self)


@entity_type(
    "ip-address",
    label="IP address",
    plural="IP addresses",
    family="address",
    icon="map-pin",
    properties=(
        *RATED,
        *REPUTATION,
        Property("network", "Network"),
        Property("asn", "AS number", "integer"),
        Property("as_name", "AS name"),
        Property("country", "Country"),
        Property("city", "City"),
        Property("hosting", "Hosting provider"),
        Property("latitude", "Latitude", "number"),
        Property("longitude", "Longitude", "number"),
        Property("tags", "Tags"),
    ),
    detect=r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\[?[0-9a-f:]{0,39}:[0-9a-f:.]{1,45}\]?)",
    detect_rank=40,
    fixed=f"^{_IPV4}$",
)
class IPAddress(Value):
    """An IPv4 or IPv6 address; an IPv4 address mapped into IPv6 is the IPv4 address."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The short lower-case form (RFC 5952); raises InvalidValue."""
        if _FIXED_IPV4.fullmatch(text):
            return text
        return str(address.ip(refang(_bounded("IP address", text)), text))


@entity_type(
    "netblock",
    label="Netblock",
    family="address",
    icon="network",
    solid=False,
    properties=(
        Property("name", "Name"),
        Property("organisation", "Organisation"),
        Property("country", "Country"),
        Property("description", "Description"),
        Property("registered", "Registered", "moment"),
    ),
    detect=r"[0-9a-f:.]{2,45}(?:/[0-9]{1,3}|\s{0,3}[-–]\s{0,3}[0-9a-f:.]{2,45})",
    detect_rank=30,
)
class Netblock(Value):
    """A block of addresses: a CIDR prefix, or ``first-last`` where no one prefix fits."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The prefix with its host bits cleared, or the range; raises InvalidValue."""
        return address.block(refang(_bounded("netblock", text)), text)


@entity_type(
    "autonomous-system",
    label="Autonomous system",
    family="address",
    icon="waypoints",
    solid=False,
    properties=(
        Property("as_name", "Name"),
        Property("organisation", "Organisation"),
        Property("country", "Country"),
    ),
    detect=r"ASN?\s?[0-9]{1,10}",
    detect_rank=60,
)
class AutonomousSystem(Value):
    """An autonomous system, as ``AS`` and its number."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """``AS64496``, from ``64496``, ``ASN64496``, ``as 64496`` or the dotted form."""
        match = _AS_NUMBER.fullmatch(text)
        if match is None:
            raise InvalidValue("autonomous system", text, "it reads AS and a number")
        number, low = int(match[1]), match[2]
        if low is not None:
            if number > 0xFFFF or int(low) > 0xFFFF:
                raise InvalidValue("autonomous system", text, "a dotted part is above 65535")
            number = number * 0x10000 + int(low)
        if number > _AS_MAX:
            raise InvalidValue("autonomous system", text, f"the number is above {_AS_MAX}")
        return f"AS{number}"


@entity_type(
    "port",
    label="Port",
    family="address",
    icon="plug",
    solid=False,
    properties=(
        Property("service", "Service"),
        Property("banner", "Banner"),
        Property("status", "Status"),
    ),
    detect=r"(?:[0-9.]{7,15}|\[[0-9a-f:.]{2,45}\]|[^\s/@:]{1,253}\.[^\s/@:]{2,63}):[0-9]{1,5}(?:/[a-z]{3,4})?",
    detect_rank=45,
)
class Port(Value):
    """A port of a host: ``192.0.2.1:443/tcp``, ``[2001:db8::1]:53/udp``."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The host in its own canonical form, the port, and the protocol (tcp unless said)."""
        match = _PORT.fullmatch(refang(_bounded("port", text)))
        if match is None:
            raise InvalidValue("port", text, "it reads address:port/protocol")
        number, protocol = int(match[2]), (match[3] or "tcp").lower()
        if not 0 < number < 0x10000 or not ascii_digits(match[2]):
            raise InvalidValue("port", text, "a port is 1 to 65535")
        if protocol not in _PROTOCOLS:
            raise InvalidValue("port", text, f"{protocol} is no known transport")
        return f"{address.host(match[1], 'port', text)}:{number}/{protocol}"


def _bounded(kind: str, text: str) -> str:
    if len(text) > _TEXT_LENGTH_MAX:
        raise InvalidValue(kind, text, f"longer than {_TEXT_LENGTH_MAX} characters")
    return text
