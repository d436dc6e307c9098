"""The way to a provider through the company's network: proxy, certificates, own ranges."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clew.engine.addresses import Network, address_of, is_own
from clew.errors import InvalidValue

PROXY_SCHEMES = ("http", "https", "socks5")
CLOSED = ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32",
          "::/127", "fe80::/10", "ff00::/8")  # fmt: skip
"""Where no instance of a provider is: this machine, its link and its cloud's metadata, groups."""
RANGES_MAX = 100
"""Most own ranges of one provider."""


@dataclass(frozen=True, slots=True)
class Route:
    """How the requests of one provider travel. Two providers share connections only if equal."""

    proxy: str = field(default="", repr=False)
    """Its URL, perhaps with a login; empty where it is gone to directly."""
    ca_bundle: str = ""
    """A PEM file of authorities that are trusted beside those of the system; empty for none."""
    own_ranges: tuple[Network, ...] = ()
    """Addresses of an own instance; where there are any, no other address is gone to."""

    @property
    def shown_proxy(self) -> str:
        """The proxy without its login, for messages."""
        return without_login(self.proxy)

    def sentence(self, host: str) -> str:
        """How *host* is reached, for a plan; empty where it is plain: directly, on the internet."""
        ranges = ", ".join(map(str, self.own_ranges))
        if not self.proxy:
            return f"to an own server in {ranges}" if ranges else ""
        way = f"by the proxy {self.shown_proxy}"
        if address_of(host) is not None:
            return f"to an own server, {host}, {way}" if is_own(host, self.own_ranges) else way
        where = f"that it is in {ranges}" if ranges else "its address"
        return f"{way}, which looks up {host}: {where} can't be checked here"


DIRECT = Route()
"""No proxy, the system's authorities, the internet's addresses."""


def without_login(url: str) -> str:
    """A URL with name and password taken out, or the mark ``…`` in their place."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return parts._replace(netloc=f"…@{parts.netloc.rpartition('@')[2]}").geturl()


def read_proxy(text: str) -> str:
    """A proxy's URL as it is used; empty for ``none``; raises InvalidValue."""
    if text.strip().lower() == "none":
        return ""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise InvalidValue("proxy", without_login_at_all(text), str(error)) from error
    shown = without_login_at_all(text)
    if "…" in text:
        raise InvalidValue("proxy", shown, "its login is hidden", helps="Give it whole.")
    if parts.scheme not in PROXY_SCHEMES or not parts.hostname:
        raise InvalidValue(
            "proxy", shown, f"it is {', '.join(f'{one}://' for one in PROXY_SCHEMES)} with host "
            "and port, or none",
        )  # fmt: skip
    if port is None:
        raise InvalidValue("proxy", shown, "it has no port", helps="Such as http://HOST:3128.")
    login = f"{parts.username or ''}{parts.password or ''}"
    if parts.scheme == "socks5" and not unquote(login).isascii():
        raise InvalidValue("proxy", shown, "the login of a SOCKS5 proxy is in ASCII")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise InvalidValue("proxy", shown, "it is more than scheme, login, host and port")
    return parts._replace(path="").geturl()


def without_login_at_all(text: str) -> str:
    """What of a text that may be no URL can be shown: what stands after its last ``@``."""
    return f"…@{text.rpartition('@')[2]}" if "@" in text else text


def read_ranges(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Own ranges from their CIDR forms; raises InvalidValue."""
    found: list[Network] = []
    if len(texts) > RANGES_MAX:
        raise InvalidValue("list of ranges", "", f"there are more than {RANGES_MAX}")
    for text in texts:
        try:
            one = ipaddress.ip_network(text)
        except ValueError as error:
            raise InvalidValue("range", text, str(error), helps="Such as 10.20.0.0/16.") from error
        for closed in map(ipaddress.ip_network, CLOSED):
            if one.version == closed.version and one.overlaps(closed):
                raise InvalidValue("range", text, f"no server of a provider is in {closed}")
        found.append(one)
    return tuple(found)


def read_ca_bundle(text: str) -> str:
    """The path of a PEM file with certificates that can be read; raises InvalidValue."""
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise InvalidValue("CA bundle", text, "its path is not absolute")
    import ssl

    try:
        ssl.create_default_context(cafile=str(path))
    except OSError as error:
        # ssl.SSLError is an OSError: the file is there, and holds no certificates.
        reason = "it holds no PEM certificates" if isinstance(error, ssl.SSLError) else (
            error.strerror or str(error)
        )  # fmt: skip
        raise InvalidValue("CA bundle", text, reason, helps="Give a PEM file.") from error
    return str(path)
