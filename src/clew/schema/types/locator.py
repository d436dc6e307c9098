"""The canonical form of a URL."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.schema.refang import refang, refang_dots, refang_scheme
from clew.schema.types import address
from clew.schema.types.text import ascii_digits, one_line

SCHEMES = {
    "http": 80,
    "https": 443,
    "ftp": 21,
    "ftps": 990,
    "sftp": 22,
    "ssh": 22,
    "telnet": 23,
    "ws": 80,
    "wss": 443,
    "ldap": 389,
    "ldaps": 636,
    "smb": 445,
    "rdp": 3389,
    "vnc": 5900,
    "irc": 6667,
    "ircs": 6697,
    "gopher": 70,
    "rtsp": 554,
    "rtmp": 1935,
    "mqtt": 1883,
    "git": 9418,
    "tftp": 69,
    "tcp": 0,
    "udp": 0,
}
"""Schemes whose URLs name a host, and the default port of each (0: none)."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,15}):(//)?", re.IGNORECASE | re.ASCII)
_TAIL = re.compile(r"[/?#]|\[/\]")
_AUTHORITY_LENGTH_MAX = 1_024
"""Longest part between ``//`` and the path, in code points."""


def canonical_url(text: str) -> str:
    """
    The URL with scheme and host in canonical form.

    Default port and trailing dot of the host are dropped, an empty path is ``/``, user part and
    fragment stay. The path is kept to the letter (percent-encoding is identity to a server),
    save that a space becomes ``%20``; where scheme or host were defanged, it is refanged too.

    Raises:
        InvalidValue: It has no scheme, one that names no host, no host, or a bad host or port.
    """
    live = refang_scheme(text)
    match = _SCHEME.match(live)
    if match is None or (match[2] is None and "." in match[1]):
        raise InvalidValue("URL", text, "it has no scheme", helps="Write http:// before it.")
    scheme = match[1].lower()
    if scheme not in SCHEMES:
        raise InvalidValue("URL", text, f"{scheme} is no scheme of a network address")
    if match[2] is None:
        raise InvalidValue("URL", text, "it has no // after the scheme")
    authority, tail = _split(live[match.end() :], text)
    userinfo, at, place = authority.rpartition("@")
    plain = refang(place)
    host, port = _split_port(plain, text)
    if not host:
        raise InvalidValue("URL", text, "it has no host")
    host = address.host(host, "URL", text)
    number = _port(port, scheme, text)
    if plain != place or live != text:
        tail = refang_dots(tail)
    tail = one_line("URL", tail).replace(" ", "%20").replace("\t", "%09")
    if not tail.startswith("/"):
        tail = f"/{tail}"
    return f"{scheme}://{one_line('URL', userinfo)}{at}{host}{number}{tail}"


def url_host(url: str) -> str:
    """The host of a canonical URL, without brackets."""
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    place = authority.rpartition("@")[2]
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return place.partition(":")[0]


def _split(rest: str, text: str) -> tuple[str, str]:
    end = _TAIL.search(rest)
    authority, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    if len(authority) > _AUTHORITY_LENGTH_MAX:
        raise InvalidValue("URL", text, f"its host is longer than {_AUTHORITY_LENGTH_MAX}")
    return authority, tail.replace("[/]", "/", 1) if tail.startswith("[/]") else tail


def _split_port(place: str, text: str) -> tuple[str, str]:
    if place.startswith("["):
        host, bracket, port = place.partition("]")
        if not bracket or (port and not port.startswith(":")):
            raise InvalidValue("URL", text, "its IPv6 host is not closed")
        return f"{host}]", port[1:]
    host, _, port = place.partition(":")
    return host, port


def _port(port: str, scheme: str, text: str) -> str:
    if not port:
        return ""
    if not ascii_digits(port) or len(port) > 8 or not 0 < int(port) < 0x10000:
        raise InvalidValue("URL", text, "its port is not 1 to 65535")
    return "" if int(port) == SCHEMES[scheme] else f":{int(port)}"
